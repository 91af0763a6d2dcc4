#include "reproduce.h"

#include "analysis/sweep/sweep.h"
#include "analysis/within.h"
#include "models/run/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which entries are simulated again: a row of them, whose place follows from the result's id, so
 * that one result is always sampled alike and no two need to be. */
static size_t
choose(struct reproduce *reproduce)
{
    size_t all = store_replications(reproduce->store);
    double wanted = ceil(reproduce->share * (double)all);
    char digits[9] = "";

    reproduce->entries = wanted < 1 ? 1 : wanted < (double)all ? (size_t)wanted : all;
    snprintf(digits, sizeof digits, "%.8s", store_id(reproduce->store));
    return strtoul(digits, NULL, 16) % (all - reproduce->entries + 1);
}

static int
run_again(struct reproduce *reproduce, size_t first, struct error *err)
{
    const struct store *store = reproduce->store;
    struct within within = {0};
    int status = scenario_within_set(&within, store, reproduce->set, reproduce->sets, err);

    if (status == OK) {
        struct run run = {.scenario = &within.scenario,
                          .output = reproduce->output,
                          .first = store_replication(store, first),
                          .last = store_replication(store, first + reproduce->entries - 1),
                          .threads = reproduce->threads,
                          .force = true,
                          .command_line = reproduce->command_line,
                          .progress = reproduce->progress,
                          .context = reproduce->context,
                          .stop = reproduce->stop};
        status = run_scenario(&run, err);
        reproduce->again = strdup(reproduce->output);
    }
    within_free(&within);
    return status;
}

static int
sweep_points(struct reproduce *reproduce, const struct design *design, const size_t *only,
             struct error *err)
{
    struct sweep sweep = {.design = design,
                          .folder = reproduce->output,
                          .tasks = 1,
                          .only = only,
                          .points = reproduce->entries,
                          .threads = reproduce->threads,
                          .force = true,
                          .command_line = reproduce->command_line,
                          .progress = reproduce->progress,
                          .context = reproduce->context,
                          .stop = reproduce->stop,
                          .days = reproduce->days};
    int status = sweep_run(&sweep, err);

    if (status == OK && sweep.failures > 0)
        status = error_set(err, sweep.failure[0].error.code, "point %zu: %s",
                           sweep.failure[0].point, sweep.failure[0].error.message);
    reproduce->again = sweep.part;
    sweep.part = NULL;
    sweep_free(&sweep);
    return status;
}

static int
sweep_again(struct reproduce *reproduce, size_t first, struct error *err)
{
    const struct store *store = reproduce->store;
    struct within_source source;
    struct within within = {0};
    struct design design = {0};
    struct faults faults = {0};
    size_t *only = calloc(reproduce->entries + 1, sizeof *only);
    int status = within_source(&source, store, NULL, 0, err);

    if (status == OK && only == NULL)
        status = error_set(err, NO_MEMORY, "no memory for the points");
    if (status == OK)
        status = scenario_within(&within, store, err);
    if (status == OK)
        status = design_within(&design, store, within.scenario.seed, &faults, err);
    if (status == OK) {
        status = design_read_from(&design, &source.source, &faults);
        if (status != OK)
            error_set(err, status, "this version does not read the scenario of the sweep");
    }
    for (size_t i = 0; i < reproduce->entries && status == OK; i++)
        only[i] = (size_t)store_replication(store, first + i);
    if (status == OK)
        status = sweep_points(reproduce, &design, only, err);
    design_free(&design);
    within_free(&within);
    within_source_free(&source);
    faults_free(&faults);
    free(only);
    return status;
}

/* What the program and the machine are called stands before the command line. */
static void
compare_makers(struct reproduce *reproduce, const struct store *again)
{
    const char *name;
    bool input;

    for (size_t i = 0; (name = store_provenance_name(again, i, &input)) != NULL &&
                       strcmp(name, "command_line") != 0;
         i++) {
        const char *there = store_provenance(reproduce->store, name);
        const char *here = store_provenance(again, name);
        size_t size = strlen(reproduce->made);
        if (here != NULL && (there == NULL || strcmp(there, here) != 0))
            snprintf(reproduce->made + size, sizeof reproduce->made - size,
                     "%s: %.200s, here %.200s\n", name, there != NULL ? there : "unknown", here);
    }
}

/* Hold what was made against what was there. */
static int
compare(struct reproduce *reproduce, struct error *err)
{
    struct store *again = NULL;
    int status = reproduce->again == NULL ? error_set(err, NO_MEMORY, "no memory for its name")
                                          : store_open_any(&again, reproduce->again, err);
    bool all = reproduce->entries == store_replications(reproduce->store);

    if (status == OK)
        compare_makers(reproduce, again);
    if (status == OK)
        status = difference_find(reproduce->store, again, !all, &reproduce->difference, err);
    reproduce->same_id =
        status == OK && all && strcmp(store_id(again), store_id(reproduce->store)) == 0;
    store_close(again);
    return status;
}

int
reproduce_run(struct reproduce *reproduce, struct error *err)
{
    bool points = store_is_of_points(reproduce->store);

    if (store_replications(reproduce->store) == 0)
        return error_set(err, BAD_INPUT, "the result has no replication");
    if (points && reproduce->sets > 0)
        return error_set(err, BAD_INPUT,
                         "what a sweep's points have is set in its design: change that, and run "
                         "'doorstroom sweep'");
    size_t first = choose(reproduce);
    int status = points ? sweep_again(reproduce, first, err) : run_again(reproduce, first, err);
    return status == OK && reproduce->sets == 0 ? compare(reproduce, err) : status;
}

void
reproduce_free(struct reproduce *reproduce)
{
    free(reproduce->again);
}
