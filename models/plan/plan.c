#include "plan.h"

#include "come_back.h"
#include "draws.h"
#include "expect.h"
#include "match.h"
#include "topics.h"
#include "world.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

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

static void
plan_seeds(struct plan *plan)
{
    for (int purpose = 1; purpose < PURPOSES; purpose++) {
        bool anew = plan->scenario->vary >> (purpose - 1) & 1;
        plan->seed_of[purpose] = (uint64_t)plan->scenario->seed | (anew ? SEED_VARIED : 0);
    }
}

/* What a plan is for: to be run; to be the world of another; to be asked what holds under a law,
 * which is nothing of the balance. */
enum use { TO_RUN, AS_WORLD, UNDER_LAW };

static int create_plan(struct plan **out, const struct scenario *scenario, enum use use,
                       struct error *err);

/* The stock is the world's: the same people with the same draws whatever is laid over it. */
static int
create_world(struct plan *plan, struct error *err)
{
    int status = OK;

    plan->world = plan;
    if (plan->scenario->world != NULL) {
        status = create_plan(&plan->world, plan->scenario->world, AS_WORLD, err);
        plan->owns_world = status == OK;
    }
    if (status != OK)
        return status;
    assert(plan->world != NULL);
    memcpy(plan->world->seed_of, plan->seed_of, sizeof plan->seed_of);
    return plan_world_names_create(plan, err);
}

/* The laws, and what holds under them. */
static int
create_laws(struct plan *plan, struct error *err)
{
    const struct scenario *scenario = plan->scenario;
    const struct law_object *rows = scenario->law.item;
    size_t laws = scenario->unders > 0 ? scenario->law.count : 0, all = (laws + 1) * (laws + 1);
    int status = OK;

    if (laws == 0)
        return OK;
    plan->owns_laws = true;
    plan->law = calloc(laws, sizeof *plan->law);
    plan->under = calloc(all, sizeof *plan->under);
    plan->own_under = calloc(all, sizeof *plan->own_under);
    if (plan->law == NULL || plan->under == NULL || plan->own_under == NULL)
        return error_set(err, NO_MEMORY, "no memory for the laws");
    plan->laws = (uint32_t)laws;
    for (size_t i = 0; i < laws; i++)
        plan->law[i] =
            (struct law_plan){.name = rows[i].name,
                              .from = (ticks)(rows[i].from - plan->first_day) * TICKS_PER_DAY,
                              .both = rows[i].reaches == LAW_REACHES_BOTH};
    for (size_t i = 1; i < all && status == OK; i++) {
        if (scenario->under[i] != NULL)
            status = create_plan(&plan->own_under[i], scenario->under[i], UNDER_LAW, err);
        plan->under[i] =
            plan->own_under[i] != NULL ? plan->own_under[i] : plan_under_before(plan, i);
    }
    return status;
}

static void
free_laws(struct plan *plan)
{
    size_t all = ((size_t)plan->laws + 1) * (plan->laws + 1);

    if (!plan->owns_laws)
        return;
    for (size_t i = 0; plan->own_under != NULL && i < all; i++)
        plan_free(plan->own_under[i]);
    free(plan->own_under);
    free(plan->under);
    free(plan->law);
}

static int
create_plan(struct plan **out, const struct scenario *scenario, enum use use, struct error *err)
{
    struct plan *plan = calloc(1, sizeof *plan);
    int status = OK;

    *out = NULL;
    if (plan == NULL)
        return error_set(err, NO_MEMORY, "no memory for the plan");
    plan->scenario = scenario;
    plan->not_run = use != TO_RUN;
    plan_seeds(plan);
    plan_time(plan);
    for (size_t i = 0; i < plan_topic_count && status == OK; i++) {
        if (use == UNDER_LAW && plan_topics[i].part == PART_STEADY)
            continue;
        plan->own |= 1u << i;
        status = plan_topics[i].create(plan, err);
    }
    if (status == OK) {
        plan->owns_names = true;
        status = create_world(plan, err);
    }
    if (status == OK && use == TO_RUN)
        status = create_laws(plan, err);
    if (status == OK && scenario->intake_matches_stock && use == TO_RUN)
        status = plan_match_stock(plan, err);
    if (status == OK && use != UNDER_LAW)
        status = plan_come_back(plan, err);
    if (status != OK) {
        plan_free(plan);
        return status;
    }
    if (use != UNDER_LAW)
        plan_expect(plan);
    *out = plan;
    return OK;
}

int
plan_create(struct plan **out, const struct scenario *scenario, struct error *err)
{
    return create_plan(out, scenario, TO_RUN, err);
}

void
plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; i < plan_topic_count; i++)
        if ((plan->own >> i & 1) && plan_topics[i].free != NULL)
            plan_topics[i].free(plan);
    if (plan->owns_world)
        plan_free(plan->world);
    if (plan->owns_names)
        plan_world_names_free(plan);
    plan_come_back_free(plan);
    free_laws(plan);
    for (size_t i = 0; i < plan->copies; i++)
        free(plan->copy[i]);
    free(plan->copy);
    free(plan->values);
    free(plan);
}
