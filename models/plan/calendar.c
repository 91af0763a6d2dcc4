#include "calendar.h"

#include "models/scenario/smaller.h"

#include <stdlib.h>

static void
add_calendar(struct plan *plan, int32_t date, enum calendar_kind kind, uint32_t facility,
             double value)
{
    int32_t day = date == NO_DATE || date < plan->first_day ? 0 : date - plan->first_day;

    if (day < plan->days)
        plan->calendar[plan->calendars++] = (struct calendar_plan){
            day, (uint8_t)kind, facility, plan->facility[facility].region, value};
}

static int
by_region_and_day(const void *left, const void *right)
{
    const struct calendar_plan *a = left, *b = right;

    if (a->region != b->region)
        return a->region < b->region ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->facility != b->facility)
        return a->facility < b->facility ? -1 : 1;
    return a->kind - b->kind;
}

/* A house that is there, or on its way, when the cap begins to act. */
static bool
shrinks(const struct plan *plan, const struct facility_object *row)
{
    const struct scenario *scenario = plan->scenario;
    bool house = row->kind == KIND_DETENTION_HOUSE || row->kind == KIND_TRANSITION_HOUSE;

    return house && scenario->cap_from != NO_DATE && scenario->small_scale_cap > 0 &&
           !smaller_is_new(scenario, row);
}

/* Every change of a figure by date becomes a calendar row; the value on the first day is one too.
 */
int
plan_calendar_create(struct plan *plan, struct error *err)
{
    size_t most = 0;

    plan->calendars = 0;
    plan->shrinking = false;
    for (uint32_t i = 0; i < plan->facilities; i++) {
        const struct facility_object *row = scenario_facility(plan->scenario, i);
        most += 10 + scenario_places(plan->scenario, row)->count + row->beds.count +
                row->entry.count + row->ceiling.count;
    }
    plan->calendar = malloc((most + 1) * sizeof *plan->calendar);
    if (plan->calendar == NULL)
        return error_set(err, NO_MEMORY, "no memory for the calendar");
    for (uint32_t i = 0; i < plan->facilities; i++) {
        const struct facility_object *row = scenario_facility(plan->scenario, i);
        const struct steps *steps[] = {scenario_places(plan->scenario, row), &row->beds,
                                       &row->entry, &row->ceiling};
        bool project = row->project.node != NULL; /* which opens it, and gives it its places */
        for (int kind = project ? CAL_BEDS : CAL_CAPACITY; kind <= CAL_CEILING; kind++) {
            if (steps[kind]->count > 0 &&
                (!steps[kind]->nothing_before || steps[kind]->day[0] <= plan->first_day))
                add_calendar(plan, NO_DATE, (enum calendar_kind)kind, i,
                             steps_at(steps[kind], plan->first_day, 0));
            for (size_t s = 0; s < steps[kind]->count; s++)
                if (steps[kind]->day[s] != NO_DATE && steps[kind]->day[s] > plan->first_day)
                    add_calendar(plan, steps[kind]->day[s], (enum calendar_kind)kind, i,
                                 steps[kind]->value[s]);
        }
        if (!project)
            add_calendar(plan, scenario_opens(row), CAL_OPEN, i, 1);
        if (shrinks(plan, row))
            add_calendar(plan, plan->scenario->cap_from, CAL_CAP, i,
                         (double)plan->scenario->small_scale_cap);
        plan->shrinking |= shrinks(plan, row);
        if (row->closes != NO_DATE && row->closing_notice >= 1)
            add_calendar(plan, row->closes - (int32_t)row->closing_notice, CAL_LEAVE, i, 0);
        if (row->closes != NO_DATE)
            add_calendar(plan, row->closes, CAL_CLOSE, i, 0);
    }
    qsort(plan->calendar, plan->calendars, sizeof *plan->calendar, by_region_and_day);
    for (uint32_t i = 0; i < plan->calendars; i++)
        plan->region[plan->calendar[i].region].calendars++;
    for (uint32_t r = 1; r < plan->regions; r++)
        plan->region[r].first_calendar =
            plan->region[r - 1].first_calendar + plan->region[r - 1].calendars;
    return OK;
}

void
plan_calendar_free(struct plan *plan)
{
    free(plan->calendar);
}
