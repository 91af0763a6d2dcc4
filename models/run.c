#include "run.h"

#include "model.h"
#include "provenance.h"
#include "series.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct job {
    struct run *run;
    struct plan *plan;
    struct layout layout;
};

/* A worker is a model beside the layout that its values go into. */
struct worker {
    struct model *model;
    struct job *job;
};

static int
worker_create(void *context, int threads, void **out, struct error *err)
{
    struct worker *worker = calloc(1, sizeof *worker);
    struct job *job = context;

    if (worker == NULL)
        return error_set(err, NO_MEMORY, "no memory for a worker");
    worker->job = job;
    *out = worker;
    int status = model_create(&worker->model, job->plan, threads, err);
    if (status == OK)
        engine_watch(worker->model->engine, job->run->stop);
    return status;
}

static void
worker_free(void *context)
{
    struct worker *worker = context;

    model_free(worker->model);
    free(worker);
}

static int
worker_run(void *context, uint64_t replication, struct error *err)
{
    struct worker *worker = context;
    int status = model_run(worker->model, replication, err);

    __atomic_fetch_add(&worker->job->run->events, engine_events(worker->model->engine),
                       __ATOMIC_RELAXED);
    return status;
}

static void
worker_values(void *context, size_t variable, void *values)
{
    struct worker *worker = context;

    record_values(worker->model, variable, values);
}

static void
report_progress(void *context, uint64_t done, uint64_t total)
{
    struct job *job = context;

    if (job->run->progress != NULL)
        job->run->progress(job->run->context, done, total);
}

/* What makes a run this run: the texts, the seed, the version and what it keeps. */
static void
run_identity(const struct job *job, unsigned char identity[DIGEST_SIZE])
{
    const struct scenario *scenario = job->run->scenario;
    unsigned char part[DIGEST_SIZE], all[2 * DIGEST_SIZE];
    char seed[128];

    snprintf(seed, sizeof seed, "%lld %s %zu", (long long)scenario->seed, provenance_version(),
             job->layout.variables);
    digest_of(seed, strlen(seed), all);
    for (size_t i = 0; i < scenario->tree.sources; i++) {
        digest_of(scenario->tree.source[i].text, scenario->tree.source[i].size, part);
        memcpy(all + DIGEST_SIZE, part, DIGEST_SIZE);
        digest_of(all, sizeof all, part);
        memcpy(all, part, DIGEST_SIZE);
    }
    memcpy(identity, all, DIGEST_SIZE);
}

static int
run_journalled(struct job *job, struct journal *journal, const unsigned char *identity,
               struct error *err)
{
    struct run *run = job->run;
    struct experiment experiment = {
        .layout = &job->layout,
        .journal = journal,
        .first = run->first,
        .last = run->last,
        .threads = run->threads,
        .split = run->split,
        .context = job,
        .worker_create = worker_create,
        .worker_free = worker_free,
        .run = worker_run,
        .values = worker_values,
        .progress = report_progress,
        .stop = run->stop,
    };
    struct provenance_texts texts;
    int status;

    provenance_begin(&texts, run->scenario, run->command_line, identity);
    status = texts.no_memory ? NO_MEMORY : experiment_run(&experiment, err);
    provenance_end(&texts);
    if (texts.no_memory)
        status = error_set(err, NO_MEMORY, "no memory for where the result comes from");
    if (status == OK)
        status = store_write(run->output, &job->layout, journal, run->scenario->name, texts.item,
                             texts.count, err);
    provenance_free(&texts);
    return status;
}

static int
run_planned(struct job *job, struct error *err)
{
    struct run *run = job->run;
    unsigned char identity[DIGEST_SIZE];
    char path[4096];
    struct journal journal = {0};

    run_identity(job, identity);
    snprintf(path, sizeof path, "%s.journal", run->output);
    if (!run->force && !run->resume && access(run->output, F_OK) == 0)
        return error_set(err, ENVIRONMENT,
                         "%s is there already; --force replaces it, --resume goes on with it",
                         run->output);
    if (!run->force && !run->resume && access(path, F_OK) == 0)
        return error_set(err, ENVIRONMENT,
                         "%s holds finished replications; --resume goes on with them, --force "
                         "begins anew",
                         path);
    if (run->resume && access(run->output, F_OK) == 0 && access(path, F_OK) != 0)
        return error_set(err, ENVIRONMENT, "%s is complete; --force simulates it again",
                         run->output);
    int status = journal_open(&journal, path, identity, job->layout.variables, run->resume, err);
    if (status == OK)
        status = run_journalled(job, &journal, identity, err);
    if (journal.file != NULL)
        journal_close(&journal, status == OK);
    return status;
}

#define BYTES_A_PERSON 320.0 /* record, event, and room to grow */
#define MOST_EVENTS    1e13  /* of a replication: weeks */
#define MOST_COUNTED   1e10  /* people or places: what a row adds up stays below 2^63 (site.h) */

/* Places and beds of all facilities; an upper bound, of all steps together. */
static double
most_places(const struct plan *plan)
{
    double places = 0;

    for (uint32_t i = 0; i < plan->calendars; i++)
        if (plan->calendar[i].kind == CAL_CAPACITY || plan->calendar[i].kind == CAL_BEDS)
            places += plan->calendar[i].value;
    return places;
}

int
run_fits(const struct plan *plan, struct error *err)
{
    double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    double need = plan->most_people * BYTES_A_PERSON + (double)plan->sites * sizeof(struct site);

    if (need > 0.9 * memory)
        return error_set(err, BAD_INPUT,
                         "about %.2g people at once would need about %.2g GiB of memory, and this "
                         "machine has %.2g; lower intake, stays or stock",
                         plan->most_people, need / 0x1p30, memory / 0x1p30);
    if (plan->most_events > MOST_EVENTS)
        return error_set(err, BAD_INPUT,
                         "a replication would have about %.2g events, more than %.0g; lower intake "
                         "or the horizon",
                         plan->most_events, MOST_EVENTS);
    if (plan->most_people > MOST_COUNTED || most_places(plan) > MOST_COUNTED)
        return error_set(err, BAD_INPUT,
                         "%s: %.3g are more than a result adds up (%.0g); make it smaller",
                         plan->most_people > MOST_COUNTED ? "population" : "capacity",
                         fmax(plan->most_people, most_places(plan)), MOST_COUNTED);
    return OK;
}

int
run_read(struct scenario *scenario, const char *file, bool allow_outside, struct faults *faults)
{
    return run_read_set(scenario, file, NULL, 0, allow_outside, faults);
}

int
run_read_set(struct scenario *scenario, const char *file, const char *const *set, size_t count,
             bool allow_outside, struct faults *faults)
{
    int status = scenario_read_set(scenario, file, set, count, allow_outside, faults);

    if (status == NO_MEMORY)
        return status;
    series_check(scenario, faults);
    faults_sort(faults);
    return status == OK && faults->errors > 0 ? BAD_INPUT : status;
}

int
run_scenario(struct run *run, struct error *err)
{
    struct job job = {.run = run};
    int status = plan_create(&job.plan, run->scenario, err);

    if (status == OK)
        status = run_fits(job.plan, err);
    if (status == OK)
        status = series_layout(&job.layout, job.plan, err);
    if (status == OK)
        status = run_planned(&job, err);
    series_layout_free(&job.layout);
    plan_free(job.plan);
    return status;
}
