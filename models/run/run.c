#include "run.h"

#include "campaign.h"
#include "provenance.h"

#include "sim/result/output.h"
#include "sim/result/sink_journal.h"
#include "sim/result/store.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A run is a campaign of one point, whose values go into a journal and from there into the result.
 * Without an output both lie in memory; else all is the same. */
struct job {
    struct run *run;
    struct experiment_point point;
    struct output output;
};

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

static double
seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* No more threads than there is work for. */
static int
useful_threads(const struct run *run, const struct plan *plan, enum split split,
               uint64_t replications)
{
    uint64_t most = split_most_threads(plan, split, replications);

    if ((uint64_t)run->threads <= most)
        return run->threads;
    if (run->threads_asked)
        note(run,
             "warning: %d threads are more than there is work for: %d %s used, one for each %s",
             run->threads, (int)most, most == 1 ? "is" : "are",
             split == SPLIT_REPLICATIONS ? "replication" : "facility and region");
    return (int)most;
}

static int
simulate(struct job *job, struct error *err)
{
    struct run *run = job->run;
    const struct plan *plan = job->point.subject;
    uint64_t replications = run->last - run->first + 1;
    enum split split =
        run->split != SPLIT_AUTO ? run->split : split_choose(plan, run->threads, replications);
    const struct campaign campaign = {
        .point = &job->point,
        .points = 1,
        .threads = useful_threads(run, plan, split, replications),
        .share = split == SPLIT_PROCESSES,
        .context = run->context,
        .progress = run->progress,
        .stop = run->stop,
        .days = &run->days,
        .events = &run->events,
    };

    run->days_each = (double)plan->end / TICKS_PER_DAY;
    int status = campaign_run(&campaign, err);
    if (status == OK && job->point.status != OK)
        status = error_set(err, job->point.status, "%s", job->point.error.message);
    return status;
}

static int
write_result(struct job *job, struct journal *journal, const struct provenance_texts *texts,
             struct error *err)
{
    struct run *run = job->run;
    const struct store_texts written = {texts->attribute.item,  texts->attribute.count,
                                        texts->provenance.item, texts->provenance.count,
                                        program_sources,        program_sources_size};
    double start = seconds_now();
    int status = run->output != NULL ? store_write(job->output.path, job->point.layout, journal,
                                                   &written, run->threads, run->id, err)
                                     : store_write_unnamed(&run->bytes, job->point.layout, journal,
                                                           &written, run->threads, run->id, err);

    run->seconds_stored = seconds_now() - start;
    run->variables = job->point.layout->variables;
    return status;
}

/* Simulate, and go on as long as whoever looks at the values wants more. */
static int
simulate_enough(struct job *job, struct journal *journal, struct error *err)
{
    struct run *run = job->run;
    uint64_t last;
    int status;

    do {
        last = run->last;
        job->point.last = last;
        job->point.sink = sink_journal(journal);
        status = simulate(job, err);
        if (status == OK && run->more != NULL)
            status = run->more(run->more_context, journal, job->point.layout, &run->last, err);
    } while (status == OK && run->last > last);
    return status;
}

static int
run_journalled(struct job *job, struct journal *journal, const char *identity, struct error *err)
{
    struct run *run = job->run;
    struct provenance_texts texts = {0};
    time_t started = time(NULL);

    run->kept = 0;
    for (size_t i = 0; i < journal->entries; i++)
        run->kept += journal->entry[i].replication >= run->first &&
                     journal->entry[i].replication <= run->last;
    int status = simulate_enough(job, journal, err);
    if (status != OK)
        return status;
    size_t finished = journal->entries;
    journal_narrow(journal, run->first, run->last);
    if (journal->entries < finished)
        note(run, "%zu finished replications were not asked for: they are left out",
             finished - journal->entries);
    provenance_collect(
        &texts, run->scenario,
        &(struct provenance_run){run->command_line, identity, run->first, run->last, started});
    status = texts.no_memory
                 ? error_set(err, NO_MEMORY, "no memory for where the result comes from")
                 : write_result(job, journal, &texts, err);
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

/* Where the result and the journal will be. */
static int
open_journal(struct job *job, struct journal *journal, const char *identity, struct error *err)
{
    struct run *run = job->run;
    size_t variables = job->point.layout->variables;

    if (run->output == NULL)
        return journal_open_unnamed(journal, variables, err);
    int status = output_find(&job->output, run->output, err);
    if (status == OK)
        status = check_there(run, &job->output, identity, err);
    if (status == OK)
        status = journal_open(journal, job->output.journal, identity, variables, run->resume, err);
    if (status == OK && journal->lock.path != NULL)
        note(run, "the file system has no locks: %s stands in", journal->lock.path);
    return status;
}

static int
run_planned(struct job *job, struct error *err)
{
    struct journal journal = {0};
    char *identity = provenance_identity(job->run->scenario, job->point.layout);

    if (identity == NULL)
        return error_set(err, NO_MEMORY, "no memory for what the run is");
    int status = open_journal(job, &journal, identity, err);
    bool opened = status == OK;
    if (status == OK)
        status = run_journalled(job, &journal, identity, err);
    bool nothing_kept = opened && journal.entries == 0 && status != INTERRUPTED;
    journal_close(&journal, status == OK || nothing_kept);
    output_free(&job->output);
    free(identity);
    return status;
}

int
run_scenario(struct run *run, struct error *err)
{
    struct job job = {.run = run, .point = {.first = run->first, .last = run->last}};
    int status = campaign_plan(&job.point, run->scenario, err);

    if (status == OK)
        status = run_planned(&job, err);
    campaign_plan_free(&job.point);
    return status;
}
