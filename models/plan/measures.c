#include "measures.h"

#include "names.h"

#include "sim/engine/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A name as a stream's "which time", which has 32 bits. */
static uint32_t
folded_name(const char *name)
{
    uint64_t hash = stream_text_name(name);

    return (uint32_t)(hash ^ hash >> 32);
}

/* The facility called NAME, or NOWHERE. */
static uint32_t
facility_called(const struct plan *plan, const char *name)
{
    const struct facility_object *rows = plan->scenario->facilities.item;

    for (uint32_t i = 0; name != NULL && i < plan->facilities; i++)
        if (strcmp(rows[i].name, name) == 0)
            return i;
    return NOWHERE;
}

static uint16_t
exit_called(const struct plan *plan, const char *name)
{
    const struct names *exits = &plan->scenario->exits;

    for (size_t i = 0; name != NULL && i < exits->count; i++)
        if (strcmp(exits->name[i], name) == 0)
            return (uint16_t)i;
    return 0;
}

/* Which classes ROW holds for, in OF_CLASS; NULL: all. */
static const bool *
classes_of(const struct plan *plan, const struct measure_object *row, bool *of_class)
{
    for (size_t i = 0; i < row->classes.count; i++) {
        size_t class;
        if (scenario_class(plan->scenario, row->classes.name[i], &class) != NULL)
            of_class[class] = true;
    }
    return row->classes.count > 0 ? of_class : NULL;
}

/* Whether people are taken from a list at the round: where they move, where not all can be taken,
 * and where they come into its scope as time goes by. Else the measure holds for them at once. */
static bool
is_listed(const struct measure_object *row)
{
    static const bool moves[MEASURE_KINDS] = {[MEASURE_EXTENDED_LEAVE] = true,
                                              [MEASURE_POSTPONE] = true,
                                              [MEASURE_MONITORING] = true,
                                              [MEASURE_TRANSFER_OUT] = true};

    if (row->kind != MEASURE_EARLY_RELEASE)
        return moves[row->kind];
    return node_find(row->node, "a_day") != NULL || node_find(row->node, "total") != NULL ||
           row->enough || node_find(row->node, "most_left") != NULL;
}

static struct measure_plan
plan_measure(const struct plan *plan, uint32_t number, bool *of_class)
{
    const struct measure_object *row =
        (const struct measure_object *)plan->scenario->measures.item + number;
    bool triggered = node_find(row->node, "on") != NULL;

    return (struct measure_plan){
        .kind = (uint8_t)row->kind,
        .looks_at = (uint8_t)row->looks_at,
        .reaches = (uint8_t)row->reaches,
        .residence = (uint8_t)row->residence,
        .statuses = (uint8_t)(row->statuses ? row->statuses : (1u << STATUSES) - 1),
        .needs = (uint8_t)(row->needs ? row->needs : (1u << NEEDS) - 1),
        .order = (uint8_t)row->order,
        .name = row->name,
        .number = number,
        .from = row->from == NO_DATE ? 0 : row->from - plan->first_day,
        .until = row->kind == MEASURE_PARDON ? row->from - plan->first_day + 1
                 : row->until == NO_DATE     ? INT32_MAX
                                             : row->until - plan->first_day,
        .region = plan_region_index(plan, row->region),
        .facility = facility_called(plan, row->facility),
        .to = facility_called(plan, row->to),
        .draw = folded_name(row->name),
        .exit = exit_called(plan, row->exit),
        .forward = ticks_from_days(row->forward),
        .turn = ticks_from_days(row->turn),
        .least_sentence = ticks_from_days(row->least_sentence),
        .most_sentence = ticks_from_days(row->most_sentence),
        .least_left = ticks_from_days(row->least_left),
        .most_left = ticks_from_days(row->most_left),
        .notice = ticks_from_days(row->notice),
        .review = ticks_from_days(triggered ? row->review : 0),
        .on = row->on,
        .off = row->off,
        .on_days = (uint32_t)row->on_days,
        .of_days = (uint32_t)row->of_days,
        .uptake = row->uptake,
        .fatigue = row->fatigue,
        .never = row->never,
        .lapse = row->lapse,
        .a_day = row->a_day,
        .at_once = row->at_once,
        .total = row->total,
        .beds = row->beds,
        .cost_day = (int64_t)round(100 * row->cost_day),
        .cost_person_day = (int64_t)round(100 * row->cost_person_day),
        .of_class = classes_of(plan, row, of_class),
        .triggered = triggered,
        .all_offences = row->all_offences,
        .enough = row->enough,
        .in_turn = row->in_turn,
        .called_back = row->called_back,
        .listed = is_listed(row),
    };
}

int
plan_measures_create(struct plan *plan, struct error *err)
{
    plan->measures = (uint32_t)plan->scenario->measures.count;
    plan->measure = calloc(plan->measures + 1, sizeof *plan->measure);
    plan->measure_of_class = calloc((size_t)plan->measures * plan->classes + 1, sizeof(bool));
    if (plan->measure == NULL || plan->measure_of_class == NULL)
        return error_set(err, NO_MEMORY, "no memory for the measures");
    plan->measure_costs = false;
    plan->relief = plan->listed_measures = plan->enough_measures = false;
    plan->postpones = plan->sends_abroad = plan->pardons = false;
    for (uint32_t i = 0; i < plan->measures; i++) {
        struct measure_plan *measure = &plan->measure[i];
        *measure = plan_measure(plan, i, plan->measure_of_class + (size_t)i * plan->classes);
        plan->relief |= measure->listed || measure->kind != MEASURE_EARLY_RELEASE;
        plan->listed_measures |= measure->listed;
        plan->measure_costs |= measure->cost_day > 0 || measure->cost_person_day > 0;
        plan->enough_measures |= measure->enough;
        plan->pardons |= measure->kind == MEASURE_PARDON;
        plan->postpones |= measure->kind == MEASURE_POSTPONE;
        plan->sends_abroad |= measure->kind == MEASURE_TRANSFER_OUT && measure->to == NOWHERE;
    }
    return OK;
}

void
plan_measures_free(struct plan *plan)
{
    free(plan->measure);
    free(plan->measure_of_class);
}
