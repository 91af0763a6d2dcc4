#include "drift.h"

#include "models/plan/draws.h"

#include "sim/engine/portable_math.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

struct path {
    double *factor;  /* [days] */
    uint64_t *total; /* [days + 1], ticks */
    double most;
};

struct drift {
    struct path *path; /* [drifts] */
    double *factor;    /* memory of the paths */
    uint64_t *total;
};

struct drift *
drift_create(const struct plan *plan)
{
    struct drift *drift = calloc(1, sizeof *drift);
    size_t days = (size_t)plan->days;

    if (drift == NULL)
        return NULL;
    drift->path = calloc(plan->drifts + 1, sizeof *drift->path);
    drift->factor = calloc(plan->drifts * days + 1, sizeof *drift->factor);
    drift->total = calloc(plan->drifts * (days + 1) + 1, sizeof *drift->total);
    if (drift->path == NULL || drift->factor == NULL || drift->total == NULL) {
        drift_free(drift);
        return NULL;
    }
    for (uint32_t i = 0; i < plan->drifts; i++) {
        drift->path[i].factor = drift->factor + i * days;
        drift->path[i].total = drift->total + i * (days + 1);
    }
    return drift;
}

void
drift_free(struct drift *drift)
{
    if (drift == NULL)
        return;
    free(drift->path);
    free(drift->factor);
    free(drift->total);
    free(drift);
}

/* Month MONTH of the standard normal numbers of a drift: one uniform number gives one, which rises
 * with it. */
static double
draw_month(const struct model *model, const struct drift_plan *row, uint32_t month)
{
    const struct stream_name name = {row->hash, 0};
    struct stream stream = plan_stream(model->plan, model->replication, DRAW_DRIFT, name, month);

    return gsl_cdf_ugaussian_Pinv(stream_uniform_open(&stream));
}

/* E exp(X - Var X / 2) = 1 in each month. */
static void
draw_path(const struct model *model, const struct drift_plan *row, struct path *path)
{
    const struct plan *plan = model->plan;
    const double most = DRIFT_MOST_SPREAD * row->spread;
    double x = 0, variance = 0, factor = 1;
    uint32_t month = 0;

    path->most = 1;
    for (int32_t day = 0; day < plan->days; day++) {
        int32_t since = day - row->from;
        while (since > 0 && (uint32_t)(since / DRIFT_DAYS) > month) {
            x = x * row->keep + row->step * draw_month(model, row, month++);
            x = x > most ? most : x;
            variance = variance * row->keep * row->keep + row->step * row->step;
            factor = portable_exp(x - variance / 2);
            path->most = factor > path->most ? factor : path->most;
        }
        path->factor[day] = factor;
        path->total[day + 1] = path->total[day] + (uint64_t)(factor * TICKS_PER_DAY + 0.5);
    }
}

void
drift_begin(struct model *model)
{
    for (uint32_t i = 0; i < model->plan->drifts; i++)
        draw_path(model, &model->plan->drift[i], &model->drift->path[i]);
}

double
drift_factor(const struct model *model, uint16_t drift, int32_t day)
{
    return drift != NO_DRIFT ? model->drift->path[drift].factor[day] : 1;
}

double
drift_most(const struct model *model, uint16_t drift)
{
    return drift != NO_DRIFT ? model->drift->path[drift].most : 1;
}

uint64_t
drift_total(const struct model *model, uint32_t drift, int32_t day)
{
    return model->drift->path[drift].total[day];
}
