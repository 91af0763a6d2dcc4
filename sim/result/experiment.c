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

/* The next replication that is not in the journal; false: none, or it is time to stop. */
static bool
take_replication(const struct experiment *experiment, struct progress *progress,
                 uint64_t *replication)
{
    bool taken = false;

#pragma omp critical(experiment_next)
    {
        while (progress->next <= experiment->last &&
               journal_has(experiment->journal, progress->next))
            progress->next++;
        bool stop = experiment->stop != NULL && *experiment->stop;
        if (progress->next <= experiment->last && !progress->failed && !stop) {
            *replication = progress->next++;
            taken = true;
        }
    }
    return taken;
}

static int
pack_values(const struct experiment *experiment, void *worker, struct chunk_tools *tools,
            struct chunk *chunks, void *values, struct error *err)
{
    int status = OK;

    for (size_t v = 0; v < experiment->layout->variables && status == OK; v++) {
        const struct layout_variable *variable = &experiment->layout->variable[v];
        experiment->values(worker, v, values);
        status = chunk_pack(tools, &chunks[v], values, layout_count(experiment->layout, variable),
                            layout_value_size(variable->type), err);
    }
    return status;
}

/* One writer at a time. */
static int
write_journal(const struct experiment *experiment, struct progress *progress, uint64_t replication,
              const struct chunk *chunks, struct error *err)
{
    int status;

#pragma omp critical(experiment_next)
    {
        status = journal_append(experiment->journal, replication, chunks, err);
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
    struct chunk_tools tools = {0};
    void *worker = NULL;
    void *values = malloc(layout_most_bytes(experiment->layout));
    struct chunk *chunks = calloc(experiment->layout->variables, sizeof *chunks);
    uint64_t replication = 0;
    int status = values != NULL && chunks != NULL
                     ? experiment->worker_create(experiment->context, engine_threads, &worker, &err)
                     : error_set(&err, NO_MEMORY, "no memory for a worker");

    while (status == OK && take_replication(experiment, progress, &replication)) {
        status = experiment->run(worker, replication, &err);
        if (status == OK)
            status = pack_values(experiment, worker, &tools, chunks, values, &err);
        if (status == OK)
            status = write_journal(experiment, progress, replication, chunks, &err);
    }
    if (status != OK && status != INTERRUPTED)
        note_failure(progress, replication, status, &err);
    if (worker != NULL)
        experiment->worker_free(worker);
    for (size_t v = 0; chunks != NULL && v < experiment->layout->variables; v++)
        free(chunks[v].bytes);
    free(chunks);
    free(values);
    chunk_tools_free(&tools);
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

    progress.total = wanted;
    for (uint64_t r = experiment->first; r <= experiment->last; r++)
        progress.done += journal_has(experiment->journal, r);
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
    return OK;
}
