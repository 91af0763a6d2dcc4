#include "experiment.h"

#include <omp.h>
#include <stdlib.h>

enum stage { STAGE_WAITING, STAGE_OPENING, STAGE_OPEN, STAGE_CLOSED };

/* How far a point is. */
struct point_state {
    enum stage stage;
    omp_lock_t opening; /* held by the worker that opens it */
    omp_lock_t taking;  /* by the one whose values its sink takes in */
    bool *held;         /* by its sink from an earlier run [wanted]; NULL: none is */
    uint64_t next;      /* replication to be handed out; beyond the last: none is left */
    uint64_t done;
    int workers;     /* that have turned to it, or will */
    bool failed;     /* no further replication is begun */
    uint64_t lowest; /* that failed: they are begun in order, so none below it is left out, for any
                        number of threads */
};

/* What the workers share. It is looked at and changed in critical(experiment_next) alone, where
 * nobody waits for a disk: a sink takes values in under its point's own lock. */
struct progress {
    const struct experiment *experiment;
    struct point_state *state; /* [points] */
    size_t from;               /* points before it have nothing to hand out */
    uint64_t done, total;
};

/* A worker with what it needs for its point. */
struct hand {
    struct progress *progress;
    int threads;      /* that it runs a replication on */
    size_t at, given; /* the point that it has turned to, and the one that it was given; the number
                         of points: none */
    void *tray;
    size_t room;
    struct finished finished;
};

static uint64_t
wanted(const struct experiment_point *point)
{
    return point->last - point->first + 1;
}

static bool
is_held(const struct experiment_point *point, const struct point_state *state, uint64_t replication)
{
    return state->held != NULL && state->held[replication - point->first];
}

/* Has POINT a replication to hand out? It is then the next. */
static bool
has_next(const struct progress *progress, size_t p)
{
    const struct experiment_point *point = &progress->experiment->point[p];
    struct point_state *state = &progress->state[p];

    if (state->stage != STAGE_OPEN || state->failed)
        return false;
    while (state->next <= point->last && is_held(point, state, state->next))
        state->next++;
    return state->next <= point->last;
}

enum given { GIVEN_NOTHING, GIVEN_REPLICATION, GIVEN_POINT, GIVEN_WAIT };

/* From the first point that has something: a replication, or a point to open; else to wait for a
 * point that another worker opens. */
static enum given
give_from_first(struct progress *progress, size_t *point)
{
    size_t points = progress->experiment->points;
    enum given given = GIVEN_NOTHING;

    for (size_t p = progress->from; p < points; p++) {
        struct point_state *state = &progress->state[p];
        if (has_next(progress, p) || state->stage == STAGE_WAITING) {
            *point = p;
            return state->stage == STAGE_WAITING ? GIVEN_POINT : GIVEN_REPLICATION;
        }
        if (state->stage == STAGE_OPENING && given == GIVEN_NOTHING) {
            *point = p;
            given = GIVEN_WAIT;
        }
        if (p == progress->from && state->stage != STAGE_OPENING)
            progress->from++;
    }
    return given;
}

/* What a worker does next. It stays with the point that it was given last while there are
 * replications of it. */
static enum given
give(struct hand *hand)
{
    struct progress *progress = hand->progress;
    const struct experiment *experiment = progress->experiment;
    enum given given;

#pragma omp critical(experiment_next)
    {
        if (experiment->stop != NULL && __atomic_load_n(experiment->stop, __ATOMIC_RELAXED))
            given = GIVEN_NOTHING;
        else if (hand->given < experiment->points && has_next(progress, hand->given))
            given = GIVEN_REPLICATION;
        else
            given = give_from_first(progress, &hand->given);
        struct point_state *state = &progress->state[hand->given];
        if (given == GIVEN_REPLICATION) {
            hand->finished.replication = state->next++;
            state->workers += hand->at != hand->given;
        } else if (given == GIVEN_POINT) {
            state->stage = STAGE_OPENING;
            omp_set_lock(&state->opening);
        }
    }
    return given;
}

static void
note_failure(struct progress *progress, size_t p, uint64_t replication, int status,
             const struct error *err)
{
    struct experiment_point *point = &progress->experiment->point[p];
    struct point_state *state = &progress->state[p];

    if (state->failed && replication >= state->lowest)
        return;
    state->failed = true;
    state->lowest = replication;
    point->status = status;
    point->error = *err;
}

static int
unfinished(struct experiment_point *point, uint64_t done)
{
    return error_set(&point->error, INTERRUPTED, "%llu of %llu replications are finished",
                     (unsigned long long)done, (unsigned long long)wanted(point));
}

/* What became of POINT, and its end. */
static void
close_point(struct progress *progress, size_t p)
{
    const struct experiment *experiment = progress->experiment;
    struct experiment_point *point = &experiment->point[p];
    struct point_state *state = &progress->state[p];

    if (!state->failed && state->done < wanted(point))
        point->status = unfinished(point, state->done);
    else if (!state->failed)
        point->status = sink_end(&point->sink, &point->error);
    free(state->held);
    state->held = NULL;
    if (experiment->close != NULL)
        experiment->close(experiment->context, p);
}

/* Close POINT when nothing of it is left to be done. */
static void
close_if_done(struct progress *progress, size_t p)
{
    struct point_state *state = &progress->state[p];
    bool done;

#pragma omp critical(experiment_next)
    {
        done = state->stage == STAGE_OPEN && state->workers == 0 && !has_next(progress, p);
        if (done)
            state->stage = STAGE_CLOSED;
    }
    if (!done)
        return;
#pragma omp critical(experiment_close)
    close_point(progress, p);
}

static void
tell(const struct progress *progress)
{
    const struct experiment *experiment = progress->experiment;

    if (experiment->progress != NULL)
        experiment->progress(experiment->context, progress->done, progress->total);
}

/* What the sink holds is asked once: later it takes in more while replications are handed out. */
static int
note_held(const struct experiment_point *point, struct point_state *state, struct error *err)
{
    for (uint64_t r = point->first; r <= point->last; r++) {
        if (!sink_holds(&point->sink, r))
            continue;
        if (state->held == NULL)
            state->held = calloc(wanted(point), sizeof *state->held);
        if (state->held == NULL)
            return error_set(err, NO_MEMORY, "no memory for what is there of a run");
        state->held[r - point->first] = true;
        state->done++;
    }
    return OK;
}

static void
open_point(struct progress *progress, size_t p)
{
    const struct experiment *experiment = progress->experiment;
    struct experiment_point *point = &experiment->point[p];
    struct point_state *state = &progress->state[p];
    struct error err = {0};
    int status = experiment->open != NULL ? experiment->open(experiment->context, p, &err) : OK;

    if (status == OK)
        status = sink_begin(&point->sink, point->layout, point->first, point->last, &err);
    if (status == OK)
        status = note_held(point, state, &err);
#pragma omp critical(experiment_next)
    {
        state->stage = STAGE_OPEN;
        progress->done += state->done;
        if (status != OK)
            note_failure(progress, p, 0, status, &err);
        else
            tell(progress);
    }
    omp_unset_lock(&state->opening);
    close_if_done(progress, p);
}

/* Until the worker that opens POINT has done so. */
static void
wait_for(struct progress *progress, size_t p)
{
    omp_set_lock(&progress->state[p].opening);
    omp_unset_lock(&progress->state[p].opening);
}

/* The worker has no more to do with the point that it was at. */
static void
leave(struct hand *hand)
{
    struct progress *progress = hand->progress;
    size_t left = hand->at;

    hand->at = progress->experiment->points;
    if (left == hand->at)
        return;
    sink_tray_free(&progress->experiment->point[left].sink, hand->tray);
    hand->tray = NULL;
#pragma omp critical(experiment_next)
    progress->state[left].workers--;
    close_if_done(progress, left);
}

static void
free_worker(struct hand *hand)
{
    if (hand->finished.worker != NULL)
        hand->progress->experiment->worker_free(hand->finished.worker);
    hand->finished.worker = NULL;
}

/* Room for the values of the point that was given, and a worker, where there is none yet. */
static int
make_ready(struct hand *hand, const struct experiment_point *point, struct error *err)
{
    const struct experiment *experiment = hand->progress->experiment;
    struct finished *finished = &hand->finished;
    size_t room = finished_room(point->layout);

    if (hand->room < room) {
        free(finished->room);
        finished->room = malloc(room);
        hand->room = finished->room != NULL ? room : 0;
    }
    if (finished->room == NULL)
        return error_set(err, NO_MEMORY, "no memory for a worker");
    return finished->worker != NULL ? OK
                                    : experiment->worker_create(experiment->context, hand->threads,
                                                                &finished->worker, err);
}

/* From the point that the worker is at to the one that it was given. */
static int
turn(struct hand *hand, struct error *err)
{
    const struct experiment *experiment = hand->progress->experiment;
    const struct experiment_point *point = &experiment->point[hand->given];
    int status = make_ready(hand, point, err);

    if (status == OK)
        status = experiment->worker_turn(hand->finished.worker, point->subject, err);
    if (status != OK)
        free_worker(hand);
    leave(hand);
    hand->at = hand->given;
    hand->finished.layout = point->layout;
    return status == OK ? sink_tray_create(&point->sink, &hand->tray, err) : status;
}

/* One at a time into the sink of the point that was given. A worker that is done with it does not
 * wait for the next one's: it is handed other work meanwhile. */
static int
take(const struct hand *hand, struct error *err)
{
    const struct sink *sink = &hand->progress->experiment->point[hand->given].sink;
    omp_lock_t *taking = &hand->progress->state[hand->given].taking;

    omp_set_lock(taking);
    int status = sink_take(sink, hand->tray, hand->finished.replication, err);
    omp_unset_lock(taking);
    return status;
}

/* One replication, and its values into the sink. */
static void
run_replication(struct hand *hand)
{
    struct progress *progress = hand->progress;
    const struct experiment *experiment = progress->experiment;
    struct finished *finished = &hand->finished;
    struct error err = {0};
    int status = hand->at != hand->given ? turn(hand, &err) : OK;

    if (status == OK)
        status = experiment->run(finished->worker, finished->replication, &err);
    if (status == OK)
        status = sink_prepare(&experiment->point[hand->given].sink, hand->tray, finished, &err);
    if (status == OK)
        status = take(hand, &err);
#pragma omp critical(experiment_next)
    {
        if (status != OK && status != INTERRUPTED)
            note_failure(progress, hand->given, finished->replication, status, &err);
        progress->state[hand->given].done += status == OK;
        progress->done += status == OK;
        if (status == OK)
            tell(progress);
    }
}

/* A worker's life. */
static void
work(struct progress *progress, int threads)
{
    size_t none = progress->experiment->points;
    struct hand hand = {.progress = progress,
                        .threads = threads,
                        .at = none,
                        .given = none,
                        .finished = {.values = progress->experiment->values}};
    enum given given;

    while ((given = give(&hand)) != GIVEN_NOTHING)
        if (given == GIVEN_REPLICATION)
            run_replication(&hand);
        else if (given == GIVEN_POINT)
            open_point(progress, hand.given);
        else
            wait_for(progress, hand.given);
    free_worker(&hand);
    leave(&hand);
    free(hand.finished.room);
}

/* A worker for each thread, and no more than there are replications. */
static void
work_side_by_side(struct progress *progress)
{
    int threads = progress->experiment->threads;
    bool few = progress->total < (uint64_t)threads;

#pragma omp parallel num_threads(few ? (int)progress->total : threads)
    work(progress, 1);
}

/* Those that a stop has left open, or never opened. True: there were such, or unfinished ones. */
static bool
close_stopped(struct progress *progress)
{
    const struct experiment *experiment = progress->experiment;
    bool stopped = false;

    for (size_t p = 0; p < experiment->points; p++) {
        struct experiment_point *point = &experiment->point[p];
        if (progress->state[p].stage == STAGE_OPEN)
            close_point(progress, p);
        else if (progress->state[p].stage == STAGE_WAITING)
            point->status = unfinished(point, 0);
        stopped |= point->status == INTERRUPTED;
    }
    return stopped;
}

static void
begin_point(struct progress *progress, size_t p)
{
    struct experiment_point *point = &progress->experiment->point[p];
    struct point_state *state = &progress->state[p];

    point->status = OK;
    state->next = point->first;
    omp_init_lock(&state->opening);
    omp_init_lock(&state->taking);
    progress->total += wanted(point);
}

int
experiment_run(const struct experiment *experiment, struct error *err)
{
    struct progress progress = {.experiment = experiment};

    progress.state = calloc(experiment->points + 1, sizeof *progress.state);
    if (progress.state == NULL)
        return error_set(err, NO_MEMORY, "no memory for %zu points", experiment->points);
    for (size_t p = 0; p < experiment->points; p++)
        begin_point(&progress, p);
    if (experiment->share)
        work(&progress, experiment->threads);
    else if (experiment->points > 0)
        work_side_by_side(&progress);
    bool stopped = close_stopped(&progress);
    for (size_t p = 0; p < experiment->points; p++) {
        omp_destroy_lock(&progress.state[p].opening);
        omp_destroy_lock(&progress.state[p].taking);
    }
    free(progress.state);
    if (stopped)
        return error_set(err, INTERRUPTED, "%llu of %llu replications are finished",
                         (unsigned long long)progress.done, (unsigned long long)progress.total);
    return OK;
}
