#include "bootstrap.h"

#include "sim/engine/stream.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>

#define OUTSIDE 0.025 /* of the resamples, on each side */

enum { UNITS, REPLICATIONS }; /* purposes of streams */

double
weights_mean(const struct weights *weights, const double *value, double *squares)
{
    size_t n = weights->replications;
    double sum = 0;

    for (size_t r = 0; r < n; r++)
        sum += weights->replication[r] * value[r];
    double mean = sum / (double)n;
    for (size_t r = 0; r < n; r++)
        *squares += weights->replication[r] * (value[r] - mean) * (value[r] - mean);
    return mean;
}

static void
all_once(double *weight, size_t count)
{
    for (size_t i = 0; i < count; i++)
        weight[i] = 1;
}

static void
draw(double *weight, size_t count, uint64_t seed, size_t resample, uint32_t purpose)
{
    struct stream stream;

    stream_open(&stream, seed, resample, purpose,
                (struct stream_name){stream_text_name("bootstrap"), 0}, 0);
    for (size_t i = 0; i < count; i++)
        weight[i] = 0;
    for (size_t i = 0; i < count; i++)
        weight[(size_t)(stream_uniform(&stream) * (double)count)]++;
}

/* Numbers that a thread works in: weights of units, of replications, and the estimator's room. */
static size_t
room_of_a_thread(const struct estimator *e)
{
    return e->units + e->replications + e->room;
}

static void
estimate_all(const struct estimator *e, double *work, double *value)
{
    double *unit = work, *replication = unit + e->units, *room = replication + e->replications;
    struct weights weights = {e->units, e->replications, unit, replication,
                              (double)e->replications - 1};

    all_once(unit, e->units);
    all_once(replication, e->replications);
    e->estimate(e->of, &weights, room, value);
}

/* Squares about the mean of N replications drawn from N are (N - 1) / N of those that they are
 * drawn from, in the mean; the degrees make up for it. */
static void
estimate_resample(const struct estimator *e, uint64_t seed, size_t resample, double *work,
                  double *value)
{
    double *unit = work, *replication = unit + e->units, *room = replication + e->replications;
    double n = (double)e->replications;
    struct weights weights = {e->units, e->replications, unit, replication, n - 1};

    draw(unit, e->units, seed, resample, UNITS);
    if (e->draws_replications && e->replications > 1) {
        draw(replication, e->replications, seed, resample, REPLICATIONS);
        weights.degrees = (n - 1) * (n - 1) / n;
    } else {
        all_once(replication, e->replications);
    }
    e->estimate(e->of, &weights, room, value);
}

/* Of VALUE [resamples], which lie STRIDE apart. */
static void
write_ends(struct interval *interval, const double *value, size_t stride, size_t resamples,
           double *sorted)
{
    size_t count = 0;

    for (size_t i = 0; i < resamples; i++)
        if (!isnan(value[i * stride]))
            sorted[count++] = value[i * stride];
    if (40 * (resamples - count) > resamples) {
        interval->low = interval->high = NAN;
        return;
    }
    gsl_sort(sorted, 1, count);
    interval->low = gsl_stats_quantile_from_sorted_data(sorted, 1, count, OUTSIDE);
    interval->high = gsl_stats_quantile_from_sorted_data(sorted, 1, count, 1 - OUTSIDE);
}

/* VALUE [resamples][values], SORTED [resamples], WORK [threads][room_of_a_thread]. */
static void
fill_intervals(const struct estimator *e, struct bootstrap bootstrap, double *value, double *sorted,
               double *work, int threads, struct interval *interval)
{
    size_t values = e->values, room = room_of_a_thread(e);

    estimate_all(e, work, value);
    for (size_t v = 0; v < values; v++)
        interval[v].value = value[v];
#pragma omp parallel for schedule(static) num_threads(threads)
    for (size_t i = 0; i < bootstrap.resamples; i++)
        estimate_resample(e, bootstrap.seed, i, work + (size_t)omp_get_thread_num() * room,
                          value + i * values);
    for (size_t v = 0; v < values; v++)
        write_ends(&interval[v], value + v, values, bootstrap.resamples, sorted);
}

int
bootstrap_intervals(const struct estimator *estimator, struct bootstrap bootstrap,
                    struct interval *interval, struct error *err)
{
    int threads = omp_get_max_threads(), status = OK;

    if (bootstrap.resamples < BOOTSTRAP_FEWEST)
        return error_set(err, BAD_INPUT,
                         "an interval of 95 %% takes %d resamples at least, not %zu",
                         BOOTSTRAP_FEWEST, bootstrap.resamples);
    double *value = calloc(bootstrap.resamples, estimator->values * sizeof *value);
    double *sorted = calloc(bootstrap.resamples, sizeof *sorted);
    double *work = calloc((size_t)threads, room_of_a_thread(estimator) * sizeof *work);
    if (value != NULL && sorted != NULL && work != NULL)
        fill_intervals(estimator, bootstrap, value, sorted, work, threads, interval);
    else
        status = error_set(err, NO_MEMORY, "no memory for %zu resamples", bootstrap.resamples);
    free(value);
    free(sorted);
    free(work);
    return status;
}
