#include "measures.h"

#include "names.h"

#include "sim/engine/stream.h"

#include <stdlib.h>

/* A name as a stream's "which time", which has 32 bits. */
static uint32_t
folded_name(const char *name)
{
    uint64_t hash = stream_text_name(name);

    return (uint32_t)(hash ^ hash >> 32);
}

int
plan_measures_create(struct plan *plan, struct error *err)
{
    const struct measure_object *rows = plan->scenario->measures.item;

    plan->measures = (uint32_t)plan->scenario->measures.count;
    plan->measure = calloc(plan->measures + 1, sizeof *plan->measure);
    if (plan->measure == NULL)
        return error_set(err, NO_MEMORY, "no memory for the measures");
    for (uint32_t i = 0; i < plan->measures; i++)
        plan->measure[i] = (struct measure_plan){
            .kind = MEASURE_EARLY_RELEASE,
            .name = rows[i].name,
            .from = rows[i].from == NO_DATE ? 0 : rows[i].from - plan->first_day,
            .until = rows[i].until == NO_DATE ? INT32_MAX : rows[i].until - plan->first_day,
            .region = plan_region_index(plan, rows[i].region),
            .draw = folded_name(rows[i].name),
            .forward = ticks_from_days(rows[i].forward),
            .most_sentence = ticks_from_days(rows[i].most_sentence),
            .notice = ticks_from_days(rows[i].notice),
            .review = ticks_from_days(rows[i].on > 0 ? rows[i].review : 0),
            .on = rows[i].on,
            .off = rows[i].off,
            .uptake = rows[i].uptake,
            .reaches = (uint8_t)rows[i].reaches,
            .residence = (uint8_t)rows[i].residence,
            .all_offences = rows[i].all_offences,
        };
    return OK;
}

void
plan_measures_free(struct plan *plan)
{
    free(plan->measure);
}
