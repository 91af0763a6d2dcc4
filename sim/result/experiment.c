#include "experiment.h"

#include <omp.h>
#include <stdlib.h>

struct progress {
    uint64_t next, done, total;
    bool failed;          /* no further replication is begun */
    uint64_t replication; /* the lowest that failed: they are begun in order, so none below it is */
    int status;           /* left out, for any number of threads */
    struct error error;
};

static void
note_failure(struct progress *progress, uint64_t replication, int status, const struct error *err)
{
#pragma omp critical(experiment_next)
    if (!progress->failed || replication < progress->replication) {
        progress->failed = true;
        progress->replication = replication;
        progress->status = status;
        progress->error = *err;
    }
}

/* The next replication that is not in the sink; false: none, or it is time to stop. */
static bool
take_replication(const struct experiment *experiment, struct progress *progress,
                 uint64_t *replication)
{
    bool taken = false;

#pragma omp critical(experiment_next)
    {
        while (progress->next <= experiment->last && sink_holds(&experiment->sink, progress->next))
            progress->next++;
        bool stop = experiment->stop != NULL && *experiment->stop;
        if (progress->next <= experiment->last && !progress->failed && !stop) {
            *replication = progress->next++;
            taken = true;
        }
    }
    return taken;
}

/* One worker at a time. */
static int
take_in(const struct experiment *experiment, struct progress *progress, void *tray,
        uint64_t replication, struct error *err)
{
    int status;

#pragma omp critical(experiment_next)
    {
        status = sink_take(&experiment->sink, tray, replication, err);
        progress->done += status == OK;
        if (status == OK && experiment->progress != NULL)
            experiment->progress(experiment->context, progress->done, progress->total);
    }
    return status;
}

/* A worker's life: a model of its own, replications until there are no more. */
static void
work(const struct experiment *experiment, struct progress *progress, int engine_threads)
{
    struct error err = {0};
    struct finished finished = {.layout = experiment->layout, .values = experiment->values};
    void *tray = NULL;
    int status = sink_tray_create(&experiment->sink, &tray, &err);

    finished.room = malloc(finished_room(experiment->layout));
    if (status == OK && finished.room == NULL)
        status = error_set(&err, NO_MEMORY, "no memory for a worker");
    if (status == OK)
        status =
            experiment->worker_create(experiment->context, engine_threads, &finished.worker, &err);
    while (status == OK && take_replication(experiment, progress, &finished.replication)) {
        status = experiment->run(finished.worker, finished.replication, &err);
        if (status == OK)
            status = sink_prepare(&experiment->sink, tray, &finished, &err);
        if (status == OK)
            status = take_in(experiment, progress, tray, finished.replication, &err);
    }
    if (status != OK && status != INTERRUPTED)
        note_failure(progress, finished.replication, status, &err);
    if (finished.worker != NULL)
        experiment->worker_free(finished.worker);
    sink_tray_free(&experiment->sink, tray);
    free(finished.room);
}

/* A worker for each thread, and no more than there are replications. */
static void
work_side_by_side(const struct experiment *experiment, struct progress *progress)
{
    bool few = progress->total < (uint64_t)experiment->threads;

#pragma omp parallel num_threads(few ? (int)progress->total : experiment->threads)
    work(experiment, progress, 1);
}

int
experiment_run(const struct experiment *experiment, struct error *err)
{
    struct progress progress = {.next = experiment->first};
    uint64_t wanted = experiment->last - experiment->first + 1;
    int status =
        sink_begin(&experiment->sink, experiment->layout, experiment->first, experiment->last, err);

    if (status != OK)
        return status;
    progress.total = wanted;
    for (uint64_t r = experiment->first; r <= experiment->last; r++)
        progress.done += sink_holds(&experiment->sink, r);
    if (experiment->progress != NULL)
        experiment->progress(experiment->context, progress.done, progress.total);
    bool side_by_side =
        experiment->split == SPLIT_REPLICATIONS ||
        (experiment->split == SPLIT_AUTO && wanted >= (uint64_t)experiment->threads);
    if (side_by_side)
        work_side_by_side(experiment, &progress);
    else
        work(experiment, &progress, experiment->threads);
    if (progress.status != OK)
        return error_set(err, progress.status, "%s", progress.error.message);
    if (progress.done < progress.total)
        return error_set(err, INTERRUPTED, "%llu of %llu replications are finished",
                         (unsigned long long)progress.done, (unsigned long long)progress.total);
    return sink_end(&experiment->sink, err);
}
