#include "pathways.h"

#include "desks.h"
#include "names.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct class_object *
class_row(const struct scenario *scenario, const char *name)
{
    const struct class_object *rows = scenario->classes.item;

    for (size_t i = 0; i < scenario->classes.count; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static void
plan_class(struct plan *plan, uint16_t i, uint16_t first)
{
    const struct scenario *scenario = plan->scenario;
    const struct class_object *row = class_row(scenario, scenario->pathways.name[i]);

    plan->class[i] = (struct class_plan){
        .name = scenario->pathways.name[i],
        .first = first,
        .phases = (uint16_t)scenario->pathways.list[i].count,
        .women = scenario->people.women,
        .no_residence = scenario->people.no_residence,
    };
    if (row == NULL)
        return;
    plan->class[i].sentence = row->sentence;
    plan->class[i].served = row->served;
    plan->class[i].repeat = row->repeat;
    plan->class[i].priority = (uint8_t)row->priority;
    if (row->women >= 0)
        plan->class[i].women = row->women;
    if (row->no_residence >= 0)
        plan->class[i].no_residence = row->no_residence;
}

static struct target_plan
plan_target(const struct plan *plan, uint16_t class, const char *name)
{
    struct target found = {0};

    scenario_target(plan->scenario, class, name, &found);
    return (struct target_plan){
        .exit = found.exit,
        .to = (uint16_t)(found.exit ? found.phase : plan->class[found.class].first + found.phase)};
}

/* The stay of those who go the way NAME; that of the phase where the way has none of its own. */
static const struct distribution *
stay_of_way(const struct phase_object *row, const char *name)
{
    const struct stay_object *stays = row->stays.item;

    for (size_t i = 0; i < row->stays.count; i++)
        if (strcmp(stays[i].way, name) == 0)
            return stays[i].stay;
    return row->stay;
}

/* Stays by way: the phase's own is the mixture of them. */
static int
plan_ways(struct plan *plan, uint16_t at, const struct phase_object *row, struct error *err)
{
    struct phase_plan *phase = &plan->phase[at];
    struct distribution *mixture = &plan->mixtures[at];
    double before = 0;

    phase->by_way = row->stays.count > 0;
    if (!phase->by_way)
        return OK;
    mixture->part = calloc(phase->next_count, sizeof *mixture->part);
    if (mixture->part == NULL)
        return error_set(err, NO_MEMORY, "no memory for the pathways");
    mixture->count = phase->next_count;
    for (uint8_t i = 0; i < phase->next_count; i++) {
        phase->next[i].after = stay_of_way(row, row->then.name[i]);
        mixture->part[i].weight = phase->next[i].up_to - before;
        mixture->part[i].of = *phase->next[i].after;
        before = phase->next[i].up_to;
    }
    phase->stay = mixture;
    return distribution_make(mixture, DIST_MIXTURE, NULL, err);
}

static int
plan_phase(struct plan *plan, uint16_t class, uint16_t at, const struct phase_object *row,
           struct error *err)
{
    struct phase_plan *phase = &plan->phase[at];
    const struct clock_object *clocks = row->clocks.item;
    double sum = 0;

    assert(row->then.count <= MOST_SHARES && row->clocks.count <= MOST_CLOCKS);
    *phase = (struct phase_plan){.class = class,
                                 .status = (uint8_t)row->status,
                                 .where = (uint8_t)row->where,
                                 .serve = (uint8_t)row->serve,
                                 .desk = plan_desk_index(plan, row->desk),
                                 .facility = plan_facility_index(plan, row->facility),
                                 .stay = row->stay};
    if (asprintf(&phase->name, "%s.%s", plan->class[class].name, row->phase) < 0) {
        phase->name = NULL;
        return error_set(err, NO_MEMORY, "no memory for the phases");
    }
    if (row->refused != NULL) {
        phase->diverts = true;
        phase->refused = plan_target(plan, class, row->refused);
    }
    if (phase->desk >= 0) {
        const struct desk_plan *desk = &plan->desk[phase->desk];
        phase->stay = desk->time;
        plan->desk_places |= desk->places > 0;
        plan->busy_desks |= desk->places > 0 && desk->serves != SERVES_FACILITY;
    }
    plan->units |= phase->facility != NOWHERE;
    for (size_t i = 0; i < row->then.count; i++) {
        struct target_plan *next = &phase->next[phase->next_count++];
        *next = plan_target(plan, class, row->then.name[i]);
        sum += row->then.share[i];
        next->up_to = i + 1 == row->then.count ? 1 : sum;
    }
    for (size_t i = 0; i < row->clocks.count; i++) {
        phase->clock[phase->clock_count] = plan_target(plan, class, clocks[i].to);
        phase->clock[phase->clock_count++].after = clocks[i].after;
    }
    return plan_ways(plan, at, row, err);
}

#define NOBODY 1e-12 /* a share: a way that nobody goes */

/* A phase inside that leads only out of custody. */
static void
mark_releases(struct plan *plan)
{
    for (uint16_t i = 0; i < plan->phases; i++) {
        struct phase_plan *phase = &plan->phase[i];
        phase->releases =
            phase->where == PHASE_INSIDE && phase->status == STATUS_CONVICTED && phase->desk < 0;
        double before = 0;
        for (int n = 0; n < phase->next_count; before = phase->next[n++].up_to)
            if (!phase->next[n].exit && plan->phase[phase->next[n].to].where == PHASE_INSIDE &&
                phase->next[n].up_to - before > NOBODY)
                phase->releases = false;
    }
}

static int
allocate(struct plan *plan, struct error *err)
{
    const struct scenario *scenario = plan->scenario;
    size_t phases = 0;

    for (size_t i = 0; i < scenario->pathways.count; i++)
        phases += scenario->pathways.list[i].count;
    assert(phases <= MOST_PHASES);
    plan->classes = (uint16_t)scenario->pathways.count;
    plan->phases = (uint16_t)phases;
    plan->class = calloc(plan->classes + 1u, sizeof *plan->class);
    plan->phase = calloc(plan->phases + 1u, sizeof *plan->phase);
    plan->mixtures = calloc(plan->phases + 1u, sizeof *plan->mixtures);
    plan->class_by_name = calloc(plan->classes + 1u, sizeof *plan->class_by_name);
    plan->phase_by_name = calloc(plan->phases + 1u, sizeof *plan->phase_by_name);
    return plan->class && plan->phase && plan->mixtures && plan->class_by_name &&
                   plan->phase_by_name
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the pathways");
}

int
plan_pathways_create(struct plan *plan, struct error *err)
{
    const struct object_map *pathways = &plan->scenario->pathways;
    uint16_t at = 0;
    int status = allocate(plan, err);

    plan->units = plan->busy_desks = plan->desk_places = false;
    for (uint16_t pathway = 0; pathway < plan->classes && status == OK; pathway++) {
        plan_class(plan, pathway, at);
        at = (uint16_t)(at + pathways->list[pathway].count);
    }
    at = 0;
    for (uint16_t pathway = 0; pathway < plan->classes; pathway++)
        for (size_t i = 0; i < pathways->list[pathway].count && status == OK; i++)
            status = plan_phase(plan, pathway, at++,
                                (const struct phase_object *)pathways->list[pathway].item + i, err);
    if (status != OK)
        return status;
    mark_releases(plan);
    /* By name, so that nobody of the stock is another when a list is written in another order. */
    names_order_short(plan->class_by_name, plan->classes,
                      (struct name_column){&plan->class->name, sizeof *plan->class});
    names_order_short(
        plan->phase_by_name, plan->phases,
        (struct name_column){(const char *const *)&plan->phase->name, sizeof *plan->phase});
    return OK;
}

void
plan_pathways_free(struct plan *plan)
{
    for (uint16_t i = 0; plan->phase != NULL && i < plan->phases; i++)
        free(plan->phase[i].name);
    for (uint16_t i = 0; plan->mixtures != NULL && i < plan->phases; i++)
        free(plan->mixtures[i].part);
    free(plan->mixtures);
    free(plan->class);
    free(plan->phase);
    free(plan->class_by_name);
    free(plan->phase_by_name);
}
