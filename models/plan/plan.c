#include "plan.h"

#include "calendar.h"
#include "desks.h"
#include "expect.h"
#include "facilities.h"
#include "intake.h"
#include "keep.h"
#include "measures.h"
#include "pathways.h"
#include "people.h"
#include "regions.h"
#include "rules.h"
#include "stock.h"
#include "world.h"

#include <stdlib.h>

/* The time that is simulated. */
static void
plan_time(struct plan *plan)
{
    const struct scenario *scenario = plan->scenario;

    plan->warm_days = (int32_t)(scenario->warm_up + 0.5);
    plan->days = plan->warm_days + (int32_t)(scenario->horizon + 0.5);
    plan->result_days = plan->days - plan->warm_days;
    plan->start = scenario->start;
    plan->first_day = scenario->start - plan->warm_days;
    plan->round = ticks_from_days(scenario->round);
    plan->end = (ticks)plan->days * TICKS_PER_DAY;
}

/* The stock is the world's: the same people with the same draws whatever is laid over it. */
static int
plan_world_create(struct plan *plan, struct error *err)
{
    int status = OK;

    plan->world = plan;
    if (plan->scenario->world != NULL)
        status = plan_create(&plan->world, plan->scenario->world, err);
    if (status != OK)
        return status;
    plan->world->seed = plan->seed;
    return plan_world_names_create(plan, err);
}

static void
plan_world_free(struct plan *plan)
{
    if (plan->world != plan)
        plan_free(plan->world);
    plan_world_names_free(plan);
}

/* Each after those that it reads. */
static const struct topic {
    int (*create)(struct plan *plan, struct error *err);
    void (*free)(struct plan *plan); /* NULL: it takes no memory */
} topics[] = {
    {plan_regions_create, plan_regions_free},
    {plan_facilities_create, plan_facilities_free},
    {plan_rules_create, NULL},
    {plan_desks_create, plan_desks_free},
    {plan_pathways_create, plan_pathways_free},
    {plan_intake_create, plan_intake_free},
    {plan_calendar_create, plan_calendar_free},
    {plan_steady_create, plan_steady_free},
    {plan_stock_create, plan_stock_free},
    {plan_world_create, plan_world_free},
    {plan_keep_create, plan_keep_free},
    {plan_measures_create, plan_measures_free},
};
#define TOPICS (sizeof topics / sizeof *topics)

int
plan_create(struct plan **out, const struct scenario *scenario, struct error *err)
{
    struct plan *plan = calloc(1, sizeof *plan);
    int status = OK;

    *out = NULL;
    if (plan == NULL)
        return error_set(err, NO_MEMORY, "no memory for the plan");
    plan->scenario = scenario;
    plan->seed = (uint64_t)scenario->seed;
    plan_time(plan);
    for (size_t i = 0; i < TOPICS && status == OK; i++)
        status = topics[i].create(plan, err);
    if (status != OK) {
        plan_free(plan);
        return status;
    }
    plan_people(plan);
    plan_expect(plan);
    *out = plan;
    return OK;
}

void
plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; i < TOPICS; i++)
        if (topics[i].free != NULL)
            topics[i].free(plan);
    free(plan);
}
