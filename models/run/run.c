#include "run.h"

#include "models/model.h"
#include "provenance.h"
#include "models/places/site.h"
#include "models/record/record.h"
#include "models/record/series.h"
#include "models/scenario/read.h"

#include "sim/result/output.h"
#include "sim/result/sink_journal.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct job {
    struct run *run;
    struct plan *plan;
    struct layout layout;
    struct output output;
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
    if (status == OK)
        worker->model->days = &job->run->days;
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

__attribute__((format(printf, 2, 3))) static void
note(const struct run *run, const char *format, ...)
{
    char line[1024];
    va_list values;

    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    if (run->note != NULL)
        run->note(run->context, line);
}

/* Threads that share one replication meet several times a window, which is worth it where a window
 * has enough to do. Of one thread's time two threads took, on two cores that others used as well:
 * Belgium (265 events a window expected) from half to seventeen times, a country of 20,000 people
 * (390) the same, of 100,000 people (1,900) 0.55, of a million (19,000) 0.5. */
#define EVENTS_WORTH_SHARING 1000.0

/* What N threads that share a replication are worth; replications side by side are worth N. */
static double
worth_shared(int threads)
{
    return 1 + 0.7 * (threads - 1);
}

static enum split
choose_split(const struct run *run, const struct plan *plan, uint64_t replications)
{
    double windows = (double)plan->end / (double)plan->round;

    if (run->split != SPLIT_AUTO)
        return run->split;
    return replications < (uint64_t)run->threads &&
                   plan->most_events / windows >= EVENTS_WORTH_SHARING &&
                   worth_shared(run->threads) > (double)replications
               ? SPLIT_PROCESSES
               : SPLIT_REPLICATIONS;
}

/* No more threads than there is work for. */
static int
useful_threads(const struct run *run, const struct plan *plan, enum split split,
               uint64_t replications)
{
    uint64_t most = split == SPLIT_REPLICATIONS ? replications : plan->sites;

    if ((uint64_t)run->threads <= most)
        return run->threads;
    if (run->threads_asked)
        note(run,
             "warning: %d threads are more than there is work for: %d %s used, one for each %s",
             run->threads, (int)most, most == 1 ? "is" : "are",
             split == SPLIT_REPLICATIONS ? "replication" : "facility and region");
    return (int)most;
}

static double
seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int
run_journalled(struct job *job, struct journal *journal, const char *identity, struct error *err)
{
    struct run *run = job->run;
    uint64_t replications = run->last - run->first + 1;
    enum split split = choose_split(run, job->plan, replications);
    struct experiment experiment = {
        .layout = &job->layout,
        .sink = sink_journal(journal),
        .first = run->first,
        .last = run->last,
        .threads = useful_threads(run, job->plan, split, replications),
        .split = split,
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

    run->kept = 0;
    for (size_t i = 0; i < journal->entries; i++)
        run->kept += journal->entry[i].replication >= run->first &&
                     journal->entry[i].replication <= run->last;
    run->days_each = (double)job->plan->end / TICKS_PER_DAY;
    provenance_begin(&texts, run->scenario,
                     &(struct provenance_run){run->command_line, identity, run->first, run->last});
    status = texts.no_memory ? NO_MEMORY : experiment_run(&experiment, err);
    provenance_end(&texts);
    if (texts.no_memory)
        status = error_set(err, NO_MEMORY, "no memory for where the result comes from");
    const struct store_texts written = {texts.attribute.item, texts.attribute.count,
                                        texts.provenance.item, texts.provenance.count};
    if (status == OK) {
        double start = seconds_now();
        status = store_write(job->output.path, &job->layout, journal, &written, run->threads,
                             run->id, err);
        run->seconds_stored = seconds_now() - start;
        run->variables = job->layout.variables;
    }
    provenance_free(&texts);
    return status;
}

/* A whole result is there: of this run or of another, and with which replications. */
static int
refuse_whole(const struct run *run, const char *path, const char *identity, struct error *err)
{
    struct store *store = NULL;
    int status = store_open(&store, path, err);

    if (status == OK) {
        const char *found = store_provenance(store, "identity");
        bool same = found != NULL && strcmp(found, identity) == 0;
        size_t count = store_replications(store);
        uint64_t first = count > 0 ? store_replication(store, 0) : 0;
        uint64_t last = count > 0 ? store_replication(store, count - 1) : 0;
        if (!same)
            status = error_set(err, ENVIRONMENT,
                               "%.500s is the result of another run: scenario, seed, version or "
                               "what it keeps differ; --force replaces it, -o names another file",
                               path);
        else if (first != run->first || last != run->last)
            status = error_set(err, ENVIRONMENT,
                               "%.500s is complete with replications %" PRIu64 "..%" PRIu64
                               ", and %" PRIu64 "..%" PRIu64 " are asked for; run those that it "
                               "lacks into another file, or --force simulates all again",
                               path, first, last, run->first, run->last);
        else
            status =
                error_set(err, ENVIRONMENT, "%.500s is complete; --force simulates it again", path);
    }
    store_close(store);
    return status;
}

/* What is there already must not be lost. */
static int
check_there(const struct run *run, const struct output *output, const char *identity,
            struct error *err)
{
    bool result = access(output->path, F_OK) == 0, journal = access(output->journal, F_OK) == 0;

    if (!run->force && !run->resume && result)
        return error_set(err, ENVIRONMENT,
                         "%.500s is there already; --force replaces it, --resume goes on with it",
                         output->path);
    if (!run->force && !run->resume && journal)
        return error_set(err, ENVIRONMENT,
                         "%.500s holds finished replications; --resume goes on with them, --force "
                         "begins anew",
                         output->journal);
    if (run->resume && result && !journal)
        return refuse_whole(run, output->path, identity, err);
    return OK;
}

static int
run_planned(struct job *job, struct error *err)
{
    struct run *run = job->run;
    struct output *output = &job->output;
    struct journal journal = {0};
    char *identity = provenance_identity(run->scenario, &job->layout);

    if (identity == NULL)
        return error_set(err, NO_MEMORY, "no memory for what the run is");
    int status = output_find(output, run->output, err);
    if (status == OK)
        status = check_there(run, output, identity, err);
    if (status == OK)
        status = journal_open(&journal, output->journal, identity, job->layout.variables,
                              run->resume, err);
    bool opened = status == OK;
    if (opened && journal.lock.path != NULL)
        note(run, "the file system has no locks: %s stands in", journal.lock.path);
    if (status == OK)
        status = run_journalled(job, &journal, identity, err);
    bool nothing_kept = opened && journal.entries == 0 && status != INTERRUPTED;
    journal_close(&journal, status == OK || nothing_kept);
    output_free(output);
    free(identity);
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
    double need = plan->most_people * BYTES_A_PERSON +
                  (double)plan->sites * (double)(sizeof(struct site) + site_counts_size(plan));

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
    const struct scenario_source from = {.file = file, .allow_outside = allow_outside};

    return run_read_from(scenario, &from, faults);
}

/* Most places of a facility in the run. */
static double
facility_places(const struct plan *plan, const struct facility_record *row)
{
    const struct steps *word = &row->capacity[plan->scenario->capacity_word];
    const struct steps *steps = word->count > 0 ? word : &row->capacity[MAIN_CAPACITY];
    int32_t end = plan->first_day + plan->days;
    double most = 0;

    if (row->opens != NO_DATE && row->opens >= end)
        return 0;
    for (size_t i = 0; i < steps->count; i++)
        if ((steps->day[i] == NO_DATE || steps->day[i] < end) && steps->value[i] > most)
            most = steps->value[i];
    return most;
}

#define FAR_ABOVE  3   /* times the places: no country is so full */
#define MOST_RATES 5e7 /* days of sources that a check looks at */

/* Little's law: arrivals a day times the days inside, against the places; no more people than come.
 */
static void
warn_crowded(const struct plan *plan, struct faults *faults)
{
    const struct scenario *scenario = plan->scenario;
    const struct facility_record *rows = scenario->facilities.item;
    double inside = 0, places = 0;

    for (uint32_t i = 0; i < plan->sources; i++) {
        double come = 0, days = 0;
        for (int32_t day = 0; day < plan->days; day++)
            come += plan->source[i].rate[day];
        for (uint16_t phase = 0; phase < plan->phases; phase++)
            if (plan->phase[phase].place == INSIDE)
                days += steady_days(&plan->steady, plan->source[i].class, phase);
        inside += come * fmin(days / plan->days, 1);
    }
    for (size_t i = 0; i < scenario->facilities.count; i++)
        places += facility_places(plan, &rows[i]);
    if (inside > FAR_ABOVE * places && inside >= 1)
        faults_warn(faults, node_at(node_find(scenario->node, "intake")), "intake",
                    "about %.3g people inside are to be expected (arrivals times days inside), and "
                    "there are %.0f places",
                    inside, places);
}

/* What only the plan knows. OK or NO_MEMORY; what else the plan cannot be, the run says. */
static int
warn_planned(const struct scenario *scenario, struct faults *faults)
{
    struct plan *plan;
    struct error err = {0};

    if ((double)scenario->intake.count * (scenario->horizon + scenario->warm_up) > MOST_RATES)
        return OK;
    int status = plan_create(&plan, scenario, &err);
    if (status != OK)
        return status == NO_MEMORY ? NO_MEMORY : OK;
    warn_crowded(plan, faults);
    plan_free(plan);
    return OK;
}

int
run_read_from(struct scenario *scenario, const struct scenario_source *from, struct faults *faults)
{
    int status = scenario_read_from(scenario, from, faults);

    if (status == NO_MEMORY)
        return status;
    series_check(scenario, faults);
    if (status == OK && faults->errors == 0 && warn_planned(scenario, faults) == NO_MEMORY) {
        faults_free(faults);
        faults_add(faults, (struct position){from->file, 0, 0}, NULL, "no memory to read it");
        return NO_MEMORY;
    }
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
