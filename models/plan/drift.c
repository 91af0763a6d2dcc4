#include "drift.h"

#include "sim/engine/portable_math.h"
#include "sim/engine/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_A_YEAR 365.25

int
plan_drift_create(struct plan *plan, struct error *err)
{
    const struct drift_object *rows = plan->scenario->drift.item;

    plan->drifts = (uint32_t)plan->scenario->drift.count;
    plan->drift = calloc(plan->drifts + 1, sizeof *plan->drift);
    if (plan->drift == NULL)
        return error_set(err, NO_MEMORY, "no memory for the drift of intake");
    for (uint32_t i = 0; i < plan->drifts; i++) {
        double keep = portable_exp(-DRIFT_DAYS / rows[i].back);
        double spread = rows[i].yearly * sqrt(rows[i].back / DAYS_A_YEAR / 2);
        plan->drift[i] = (struct drift_plan){
            .name = rows[i].name,
            .hash = stream_text_name(rows[i].name),
            .from = rows[i].from == NO_DATE ? plan->warm_days : rows[i].from - plan->first_day,
            .keep = keep,
            .step = spread * sqrt(1 - keep * keep),
            .spread = spread};
    }
    return OK;
}

void
plan_drift_free(struct plan *plan)
{
    free(plan->drift);
}

uint16_t
plan_drift_of(const struct plan *plan, const char *class_name)
{
    const struct drift_object *rows = plan->scenario->drift.item;

    for (uint32_t i = 0; i < plan->drifts; i++)
        for (size_t n = 0; n < rows[i].classes.count; n++)
            if (strcmp(rows[i].classes.name[n], class_name) == 0)
                return (uint16_t)i;
    return NO_DRIFT;
}
