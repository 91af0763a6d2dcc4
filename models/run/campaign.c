#include "campaign.h"

#include "limits.h"
#include "models/model.h"
#include "models/record/record.h"
#include "models/record/series.h"

#include <stdlib.h>

/* A worker is a model; it has none before its first point. */
struct worker {
    const struct campaign *campaign;
    struct model *model;
    int threads;
};

static int
worker_create(void *context, int threads, void **out, struct error *err)
{
    struct worker *worker = calloc(1, sizeof *worker);

    if (worker == NULL)
        return error_set(err, NO_MEMORY, "no memory for a worker");
    *worker = (struct worker){.campaign = context, .threads = threads};
    *out = worker;
    return OK;
}

static void
worker_free(void *context)
{
    struct worker *worker = context;

    model_free(worker->model);
    free(worker);
}

static int
worker_turn(void *context, const void *plan, struct error *err)
{
    struct worker *worker = context;

    model_free(worker->model);
    int status = model_create(&worker->model, plan, worker->threads, err);
    if (status != OK)
        return status;
    engine_watch(worker->model->engine, worker->campaign->stop);
    worker->model->days = worker->campaign->days;
    return OK;
}

static int
worker_run(void *context, uint64_t replication, struct error *err)
{
    struct worker *worker = context;
    int status = model_run(worker->model, replication, err);

    if (worker->campaign->events != NULL)
        __atomic_fetch_add(worker->campaign->events, engine_events(worker->model->engine),
                           __ATOMIC_RELAXED);
    return status;
}

static void
worker_values(void *context, size_t variable, void *values)
{
    const struct worker *worker = context;

    record_values(worker->model, variable, values);
}

static int
open_point(void *context, size_t point, struct error *err)
{
    const struct campaign *campaign = context;

    return campaign->open != NULL ? campaign->open(campaign->context, point, err) : OK;
}

static void
close_point(void *context, size_t point)
{
    const struct campaign *campaign = context;

    if (campaign->close != NULL)
        campaign->close(campaign->context, point);
}

static void
tell_progress(void *context, uint64_t done, uint64_t total)
{
    const struct campaign *campaign = context;

    if (campaign->progress != NULL)
        campaign->progress(campaign->context, done, total);
}

int
campaign_run(const struct campaign *campaign, struct error *err)
{
    struct campaign own = *campaign;
    const struct experiment experiment = {
        .point = own.point,
        .points = own.points,
        .threads = own.threads,
        .share = own.share,
        .context = &own,
        .open = open_point,
        .close = close_point,
        .worker_create = worker_create,
        .worker_turn = worker_turn,
        .worker_free = worker_free,
        .run = worker_run,
        .values = worker_values,
        .progress = tell_progress,
        .stop = own.stop,
    };

    return experiment_run(&experiment, err);
}

int
campaign_plan(struct experiment_point *point, const struct scenario *scenario, struct error *err)
{
    struct layout *layout = calloc(1, sizeof *layout);
    struct plan *plan = NULL;

    point->layout = layout;
    int status = layout != NULL ? plan_create(&plan, scenario, err)
                                : error_set(err, NO_MEMORY, "no memory for a point");
    point->subject = plan;
    if (status == OK)
        status = run_fits(plan, err);
    return status == OK ? series_layout(layout, plan, err) : status;
}

void
campaign_plan_free(struct experiment_point *point)
{
    struct layout *layout = (struct layout *)point->layout;

    if (layout != NULL)
        series_layout_free(layout);
    free(layout);
    plan_free((struct plan *)point->subject);
    point->layout = NULL;
    point->subject = NULL;
}
