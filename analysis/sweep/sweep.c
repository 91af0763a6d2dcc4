#include "sweep.h"

#include "layout_of_points.h"
#include "points_write.h"

#include "analysis/trial.h"
#include "models/run/campaign.h"
#include "models/run/provenance.h"
#include "sim/base/array.h"
#include "sim/result/identity.h"
#include "sim/result/journal.h"
#include "sim/result/output.h"
#include "sim/result/sink_point.h"
#include "sim/result/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Points that are run in a row: however many there are, no more of them are in memory. */
#define BATCH 4096

/* A point while it is run, from open to close. */
struct work_point {
    struct scenario scenario;
    struct point_values values;
};

/* What a sweep needs while it runs. */
struct work {
    struct sweep *sweep;
    struct experiment_point plain;
    struct journal journal;
    struct output output;
    char identity[IDENTITY_SIZE];
    struct experiment_point *point; /* [BATCH] */
    struct work_point **own;        /* [BATCH]; NULL but while they are run */
    size_t *number;                 /* [BATCH] */
    size_t todo;                    /* in this batch */
    size_t next;                    /* of the sweep's points, behind those of the batch */
    size_t begun, all;              /* points to run: in batches before this one, altogether */
    time_t started;
    bool halted;         /* no further point is begun, for */
    struct error reason; /* it would meet the same: a journal that takes no more */
};

size_t
sweep_share(size_t points, size_t task, size_t tasks, size_t *first)
{
    size_t each = points / tasks, more = points % tasks;

    *first = task * each + (task < more ? task : more);
    return each + (task < more);
}

static void
say(const struct sweep *sweep, const char *line)
{
    if (sweep->note != NULL)
        sweep->note(sweep->context, line);
}

/* The layout that every point has: that of the scenario without any factor's value. */
static int
plan_base(struct work *work, struct error *err)
{
    const struct design *design = work->sweep->design;
    int status = campaign_plan(&work->plain, &design->base, err);

    return status == OK ? layout_check_factors(work->plain.layout, design, err) : status;
}

/* What makes this sweep this one, and no other task's of it: a line 'WORD VALUE' each. */
static int
identify(struct work *work, struct error *err)
{
    const struct sweep *sweep = work->sweep;
    const struct source *source = sweep->design->tree.source;
    unsigned char digest[DIGEST_SIZE] = {0};
    char design[DIGEST_TEXT], *base = provenance_identity(&sweep->design->base, work->plain.layout);

    for (size_t i = 0; i < sweep->design->tree.sources; i++)
        digest_chain(digest, source[i].text, source[i].size);
    digest_text(digest, design);
    if (base == NULL)
        return error_set(err, NO_MEMORY, "no memory for what the sweep is");
    snprintf(work->identity, sizeof work->identity, "%sdesign %s\ntask %zu of %zu\n", base, design,
             sweep->task + 1, sweep->tasks);
    free(base);
    return OK;
}

static int
name_part(struct work *work, struct error *err)
{
    struct sweep *sweep = work->sweep;
    size_t size = strlen(sweep->folder) + 80;
    char *path = malloc(size);

    if (path == NULL)
        return error_set(err, NO_MEMORY, "no memory for the name of a part");
    snprintf(path, size, "%s/part-%05zu-of-%05zu.h5", sweep->folder, sweep->task + 1, sweep->tasks);
    int status = OK;
    if (mkdir(sweep->folder, 0777) != 0 && errno != EEXIST)
        status = error_set(err, ENVIRONMENT, "%.500s: cannot be made: %s", sweep->folder,
                           strerror(errno));
    if (status == OK)
        status = output_find(&work->output, path, err);
    sweep->part = path;
    return status;
}

/* The part has the identity FOUND, another one. */
static int
other_sweep(const struct work *work, const char *found, struct error *err)
{
    struct identity_difference difference = identity_compare(found, work->identity, "and now");

    return error_set(err, BAD_INPUT,
                     "%.500s is of another sweep: %s; %sgive another folder, or run with --force "
                     "to begin anew",
                     work->sweep->part, difference.text,
                     difference.of_build ? "go on with the program as it was built then, " : "");
}

/* A damaged part stays until somebody has looked at it. */
static int
refuse_part(const struct error *why, struct error *err)
{
    return error_set(err, why->code, "%.800s%s", why->message,
                     why->code == BAD_INPUT ? "; take it away to run its points again" : "");
}

/* Is the part there, whole and of this sweep? */
static int
look_at_part(struct work *work, bool *whole, struct error *err)
{
    struct sweep *sweep = work->sweep;
    struct store *store;
    struct error why = {0};

    *whole = false;
    if (sweep->force || access(work->output.path, F_OK) != 0 ||
        access(work->output.journal, F_OK) == 0)
        return OK;
    int status = store_open_any(&store, work->output.path, &why);
    if (status != OK)
        return refuse_part(&why, err);
    const char *found = store_provenance(store, "identity");
    if (found == NULL || strcmp(found, work->identity) != 0)
        status = other_sweep(work, found != NULL ? found : "", err);
    else if (store_replications(store) < sweep->points)
        status = error_set(err, ENVIRONMENT,
                           "%.500s has %zu of %zu points, and its journal is gone: take it away "
                           "to run them again",
                           sweep->part, store_replications(store), sweep->points);
    else if (store_verify(store, &why) != OK)
        status = refuse_part(&why, err);
    *whole = status == OK;
    sweep->kept = *whole ? sweep->points : 0;
    store_close(store);
    return status;
}

/* ---- The points ---- */

static void
halt(struct work *work, const struct error *reason)
{
    if (work->halted)
        return;
    work->reason = *reason;
    __atomic_store_n(&work->halted, true, __ATOMIC_RELEASE);
}

static void
note_failure(struct work *work, size_t point, const struct error *error)
{
    struct sweep *sweep = work->sweep;
    struct sweep_failure *more =
        realloc(sweep->failure, (sweep->failures + 1) * sizeof *sweep->failure);

    if (more == NULL) {
        halt(work, &(struct error){NO_MEMORY, "no memory for what points failed of"});
        return;
    }
    sweep->failure = more;
    size_t at = sweep->failures++;
    for (; at > 0 && more[at - 1].point > point; at--)
        more[at] = more[at - 1];
    more[at] = (struct sweep_failure){point, *error};
}

/* What became of a point. A disk that takes no more is no fault of the point's. */
static void
note_end(struct work *work, size_t p)
{
    const struct experiment_point *point = &work->point[p];

    if (point->status == OK)
        work->sweep->finished++;
    else if (point->status == ENVIRONMENT)
        halt(work, &point->error);
    else if (point->status != INTERRUPTED)
        note_failure(work, work->number[p], &point->error);
}

/* The first of FAULTS that is an error, as what went wrong. */
static int
fault_of(const struct faults *faults, int status, struct error *err)
{
    char line[1024];

    for (size_t i = 0; i < faults->count; i++)
        if (!faults->fault[i].warning) {
            faults_line(faults, i, line, sizeof line);
            return error_set(err, status, "%s", line);
        }
    return error_set(err, status, "no memory to read the scenario");
}

static int
open_point(void *context, size_t p, struct error *err)
{
    struct work *work = context;
    struct experiment_point *point = &work->point[p];
    size_t number = work->number[p];
    struct faults faults = {0};

    if (__atomic_load_n(&work->halted, __ATOMIC_ACQUIRE))
        return error_set(err, INTERRUPTED, "the sweep is at its end");
    struct work_point *own = calloc(1, sizeof *own);
    work->own[p] = own;
    if (own == NULL)
        return error_set(err, NO_MEMORY, "no memory for a point");
    int status = design_scenario(work->sweep->design, number, &own->scenario, &faults);

    if (status != OK)
        status = fault_of(&faults, status, err);
    faults_free(&faults);
    if (status == OK)
        status = campaign_plan(point, &own->scenario, err);
    const char *other = status == OK ? layout_difference(work->plain.layout, point->layout) : NULL;
    if (other != NULL)
        status = error_set(err, BAD_INPUT,
                           "%s is another there than in the scenario itself: keep of each point "
                           "what does not depend on a factor (record)",
                           other);
    own->values = (struct point_values){.journal = &work->journal, .point = number};
    point->sink = sink_point(&own->values);
    return status;
}

static void
close_point(void *context, size_t p)
{
    struct work *work = context;
    struct experiment_point *point = &work->point[p];
    struct work_point *own = work->own[p];

    note_end(work, p);
    if (own != NULL) {
        point_values_free(&own->values);
        campaign_plan_free(point);
        scenario_free(&own->scenario);
    }
    free(own);
    work->own[p] = NULL;
}

static size_t
number_at(const struct sweep *sweep, size_t i)
{
    return sweep->only != NULL ? sweep->only[i] : sweep->first_point + i;
}

/* Room for a batch, and how many points the journal does not hold yet. */
static int
prepare_batches(struct work *work, struct error *err)
{
    struct sweep *sweep = work->sweep;

    work->point = calloc(BATCH, sizeof *work->point);
    work->own = calloc(BATCH, sizeof *work->own);
    work->number = calloc(BATCH, sizeof *work->number);
    if (work->point == NULL || work->own == NULL || work->number == NULL)
        return error_set(err, NO_MEMORY, "no memory for the points");
    for (size_t i = 0; i < sweep->points; i++)
        work->all += !journal_has(&work->journal, number_at(sweep, i));
    sweep->kept = sweep->points - work->all;
    return OK;
}

/* The next points that the journal does not hold; none: all are run. */
static size_t
fill_batch(struct work *work)
{
    struct sweep *sweep = work->sweep;
    uint64_t last = sweep->design->replications - 1;

    for (work->todo = 0; work->next < sweep->points && work->todo < BATCH; work->next++) {
        size_t number = number_at(sweep, work->next);
        if (journal_has(&work->journal, number))
            continue;
        work->number[work->todo] = number;
        work->point[work->todo++] = (struct experiment_point){.first = 0, .last = last};
    }
    return work->todo;
}

static void
tell_progress(void *context, uint64_t done, uint64_t total)
{
    const struct work *work = context;
    const struct sweep *sweep = work->sweep;
    uint64_t each = sweep->design->replications;

    (void)total;
    if (sweep->progress != NULL)
        sweep->progress(sweep->context, work->begun * each + done, work->all * each);
}

static int
run_batch(struct work *work, struct error *err)
{
    struct sweep *sweep = work->sweep;
    const struct campaign campaign = {
        .point = work->point,
        .points = work->todo,
        .threads = sweep->threads,
        .context = work,
        .open = open_point,
        .close = close_point,
        .progress = tell_progress,
        .stop = sweep->stop,
        .days = sweep->days,
        .events = sweep->events,
    };
    int status = campaign_run(&campaign, err);

    work->begun += work->todo;
    return status;
}

static int
run_points(struct work *work, struct error *err)
{
    double start = trial_now();
    int status = prepare_batches(work, err);

    while (status == OK && !work->halted && fill_batch(work) > 0)
        status = run_batch(work, err);
    free(work->point); /* the part, which is written next, takes memory of its own */
    free(work->own);
    free(work->number);
    work->sweep->seconds_run = trial_now() - start;
    if (work->halted)
        *err = work->reason;
    return work->halted ? err->code : status;
}

/* ---- The part ---- */

static int
write_part(struct work *work, struct error *err)
{
    struct sweep *sweep = work->sweep;
    const struct points_written written = {.design = sweep->design,
                                           .base = &sweep->design->base,
                                           .replication = work->plain.layout,
                                           .identity = work->identity,
                                           .command_line = sweep->command_line,
                                           .threads = sweep->threads,
                                           .started = work->started};
    int status = sweep->folder != NULL
                     ? points_write(work->output.path, &written, &work->journal, err)
                     : points_write_unnamed(&sweep->bytes, &written, &work->journal, err);

    sweep->variables = work->plain.layout->variables;
    return status;
}

static int
open_journal(struct work *work, struct error *err)
{
    struct sweep *sweep = work->sweep;
    size_t variables = work->plain.layout->variables;

    if (sweep->folder == NULL)
        return journal_open_unnamed(&work->journal, variables, err);
    int status = journal_open(&work->journal, work->output.journal, work->identity, variables,
                              !sweep->force, err);
    if (status == OK && work->journal.lock.path != NULL)
        say(sweep, "the file system has no locks: a file stands in");
    return status;
}

/* Why it ended so, and that what is finished is kept. */
static int
tell_how_to_go_on(struct error *err)
{
    const struct error reason = *err;

    return error_set(err, reason.code, "%.900s; once that is mended, the same command goes on",
                     reason.message);
}

static int
run_journalled(struct work *work, struct error *err)
{
    struct sweep *sweep = work->sweep;
    int status = open_journal(work, err);

    if (status == OK)
        status = run_points(work, err);
    if (status == OK && work->journal.entries > 0)
        status = write_part(work, err);
    if ((status == ENVIRONMENT || status == NO_MEMORY) && work->journal.file != NULL)
        status = tell_how_to_go_on(err);
    journal_close(&work->journal, status == OK && sweep->failures == 0);
    return status;
}

int
sweep_run(struct sweep *sweep, struct error *err)
{
    struct work work = {.sweep = sweep, .started = time(NULL)};
    bool whole = false;

    if (sweep->only == NULL)
        sweep->points =
            sweep_share(sweep->design->points, sweep->task, sweep->tasks, &sweep->first_point);
    int status = plan_base(&work, err);
    if (status == OK)
        status = identify(&work, err);
    if (status == OK && sweep->folder != NULL)
        status = name_part(&work, err);
    if (status == OK && sweep->folder != NULL)
        status = look_at_part(&work, &whole, err);
    if (status == OK && !whole && sweep->points > 0)
        status = run_journalled(&work, err);
    output_free(&work.output);
    campaign_plan_free(&work.plain);
    return status;
}

void
sweep_free(struct sweep *sweep)
{
    free(sweep->failure);
    free(sweep->part);
}
