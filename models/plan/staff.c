#include "staff.h"

#include "names.h"
#include "steady.h"

#include "sim/engine/portable_math.h"

#include <math.h>
#include <stdlib.h>

static void
plan_strikes(struct plan *plan)
{
    const struct strike_object *rows = plan->scenario->strikes.item;
    struct staff_plan *staff = &plan->staff;

    for (uint32_t i = 0; i < staff->strikes; i++)
        staff->strike[i] = (struct strike_plan){
            .from = rows[i].from - plan->first_day,
            .until = rows[i].until - plan->first_day,
            .region = rows[i].region != NULL ? plan_region_index(plan, rows[i].region) : NOWHERE,
            .share = rows[i].share};
}

/* The rules as they are written; of what is not written nothing comes. */
static void
plan_pressure(struct staff_plan *staff, const struct pressure_object *pressure)
{
    const struct incidents_object *incidents = &pressure->incidents;
    const struct slows_object *procedures = &pressure->procedures;
    const struct slows_object *activities = &pressure->activities;

    staff->incidents = incidents->node != NULL;
    staff->incidents_base = &incidents->base;
    staff->incidents_grow = staff->incidents ? incidents->grow : 0;
    if (procedures->node != NULL)
        staff->procedures = (struct slows_plan){procedures->pressure, procedures->vacancy};
    staff->held = activities->node != NULL;
    if (staff->held)
        staff->activities = (struct slows_plan){activities->pressure, activities->vacancy};
}

static void
plan_posts(struct plan *plan, const struct staff_object *rule)
{
    struct staff_plan *staff = &plan->staff;

    staff->rule = rule;
    staff->filled = -portable_expm1(-DAYS_OF_WEEK / rule->recruiting);
    for (uint32_t i = 0; i < plan->facilities; i++) {
        double posts = scenario_facility(plan->scenario, i)->posts;
        staff->posts[i] = posts > 0 ? (int64_t)round(posts) : 0;
        staff->anybody |= staff->posts[i] > 0;
    }
}

int
plan_staff_create(struct plan *plan, struct error *err)
{
    const struct scenario *scenario = plan->scenario;
    struct staff_plan *staff = &plan->staff;
    bool works = scenario->staff.node != NULL;

    *staff = (struct staff_plan){.looks = scenario->pressure.node != NULL || works,
                                 .strikes = works ? (uint32_t)scenario->strikes.count : 0};
    staff->strike = calloc(staff->strikes + 1, sizeof *staff->strike);
    staff->posts = calloc(plan->facilities + 1, sizeof *staff->posts);
    if (staff->strike == NULL || staff->posts == NULL)
        return error_set(err, NO_MEMORY, "no memory for the staff");
    if (scenario->pressure.node != NULL)
        plan_pressure(staff, &scenario->pressure);
    if (works)
        plan_posts(plan, &scenario->staff);
    plan_strikes(plan);
    return OK;
}

void
plan_staff_free(struct plan *plan)
{
    free(plan->staff.strike);
    free(plan->staff.posts);
}

/* Days that one of CLASS spends in screening while waiting inside, at most. */
static double
screening_days(const struct plan *plan, uint16_t class)
{
    double days = 0;

    if (plan->selection_rule.screening == NULL ||
        !(plan->detention_houses || plan->transition_houses))
        return 0;
    for (uint16_t i = 0; i < plan->phases; i++)
        if (plan->phase[i].where == PHASE_INSIDE && plan->phase[i].status == STATUS_CONVICTED &&
            plan->phase[i].desk < 0)
            days += steady_days(&plan->steady, class, i);
    return fmin(days, distribution_mean(plan->selection_rule.screening));
}

struct loop_gain
plan_loop_gain(const struct plan *plan)
{
    struct loop_gain loop = {0};

    for (uint32_t s = 0; s < plan->sources; s++) {
        uint16_t class = plan->source[s].class;
        double a_day = plan->source[s].people / plan->days;
        for (uint16_t i = 0; i < plan->phases; i++) {
            double days =
                plan->phase[i].where == PHASE_INSIDE ? steady_days(&plan->steady, class, i) : 0;
            loop.inside += a_day * days;
            loop.at_desks += plan->phase[i].desk >= 0 ? a_day * days : 0;
        }
        loop.at_desks += a_day * screening_days(plan, class);
    }
    for (uint32_t i = 0; i < plan->facilities; i++)
        loop.places += scenario_most_places(plan->scenario, scenario_facility(plan->scenario, i));
    if (loop.places > 0)
        loop.gain = loop.at_desks / loop.places * plan->staff.procedures.pressure;
    return loop;
}

int
plan_check_loop(const struct plan *plan, struct error *err)
{
    const struct loop_gain loop = plan_loop_gain(plan);

    if (!plan->staff.looks || loop.gain < 1)
        return OK;
    return error_set(err, BAD_INPUT,
                     "slower procedures make more people and more people slower procedures without "
                     "end: %.3g of %.3g people inside at desks or in screening (%.3g %%) x "
                     "occupancy %.3g %% x pressure %.3g = %.3g, which must be below 1; lower "
                     "pressure below %.3g",
                     loop.at_desks, loop.inside, 100 * loop.at_desks / loop.inside,
                     100 * loop.inside / loop.places, plan->staff.procedures.pressure, loop.gain,
                     loop.places / loop.at_desks);
}
