#include "bootstrap.h"

#include "sim/engine/stream.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>

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

/* Squares about the mean of COUNT drawn from COUNT are (COUNT - 1) / COUNT of those that they are
 * drawn from, in the mean; the degrees make up for it. */
static double
degrees_of_drawn(size_t count)
{
    double n = (double)count;

    return (n - 1) * (n - 1) / n;
}

static void
estimate_all(const struct estimator *e, double *work, double *value)
{
    double *unit = work, *replication = unit + e->units, *room = replication + e->replications;
    struct weights weights = {e->units,    e->replications,      unit,
                              replication, (double)e->units - 1, (double)e->replications - 1};

    all_once(unit, e->units);
    all_once(replication, e->replications);
    e->estimate(e->of, &weights, room, value);
}

static void
estimate_resample(const struct estimator *e, uint64_t seed, size_t resample, double *work,
                  double *value)
{
    double *unit = work, *replication = unit + e->units, *room = replication + e->replications;
    struct weights weights = {e->units,
                              e->replications,
                              unit,
                              replication,
                              degrees_of_drawn(e->units),
                              (double)e->replications - 1};

    draw(unit, e->units, seed, resample, UNITS);
    all_once(replication, e->replications);
    if (e->draws_replications) {
        draw(replication, e->replications, seed, resample, REPLICATIONS);
        weights.degrees = degrees_of_drawn(e->replications);
    }
    e->estimate(e->of, &weights, room, value);
}

/* The part of the resamples beyond each end. Where a mean is estimated, resamples are normal about
 * it with sqrt((n - 1) / n) of its standard error; Student's t of these are so many of those. */
static double
part_outside(size_t units)
{
    double n = (double)units, t = gsl_cdf_tdist_Pinv(0.975, n - 1);

    return gsl_cdf_ugaussian_Q(t * sqrt(n / (n - 1)));
}

/* Of VALUE [resamples], which lie STRIDE apart. */
static void
write_ends(struct interval *interval, const double *value, size_t stride, size_t resamples,
           double outside, double *sorted)
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
    interval->low = gsl_stats_quantile_from_sorted_data(sorted, 1, count, outside);
    interval->high = gsl_stats_quantile_from_sorted_data(sorted, 1, count, 1 - outside);
}

/* VALUE [resamples][values], SORTED [resamples], WORK [threads][room_of_a_thread]. */
static void
fill_intervals(const struct estimator *e, struct bootstrap bootstrap, double *value, double *sorted,
               double *work, int threads, struct interval *interval)
{
    size_t values = e->values, room = room_of_a_thread(e);
    double outside = part_outside(e->units);

    estimate_all(e, work, value);
    for (size_t v = 0; v < values; v++)
        interval[v].value = value[v];
#pragma omp parallel for schedule(static) num_threads(threads)
    for (size_t i = 0; i < bootstrap.resamples; i++)
        estimate_resample(e, bootstrap.seed, i, work + (size_t)omp_get_thread_num() * room,
                          value + i * values);
    for (size_t v = 0; v < values; v++)
        write_ends(&interval[v], value + v, values, bootstrap.resamples, outside, sorted);
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
