#include "long_run.h"

#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#define FIVE 5

static double
mean_of_five(const double *value, size_t k)
{
    return gsl_stats_mean(value + FIVE * k, 1, FIVE);
}

/* From the last mean to the first, so that each cut is one step more: sums of the means and of
 * their squares about the last. */
size_t
long_run_cut(const double *value, size_t count)
{
    size_t n = count / FIVE, best = 0;
    double sum = 0, squares = 0, least = INFINITY;

    if (n < 2)
        return 0;
    double origin = mean_of_five(value, n - 1);
    for (size_t k = n; k-- > 0;) {
        double here = mean_of_five(value, k) - origin, m = (double)(n - k);
        sum += here;
        squares += here * here;
        double error = (squares - sum * sum / m) / (m * m);
        if (2 * k <= n && error <= least) {
            least = error;
            best = k;
        }
    }
    return FIVE * best;
}

static double
mean_of_rows(const double *value, const double *weight, size_t first, size_t rows)
{
    return weight != NULL ? gsl_stats_wmean(weight + first, 1, value + first, 1, rows)
                          : gsl_stats_mean(value + first, 1, rows);
}

/* What rows weigh together. */
static double
weight_of(const double *weight, size_t first, size_t rows)
{
    return weight != NULL ? gsl_stats_mean(weight + first, 1, rows) * (double)rows : (double)rows;
}

struct long_run
long_run_weighted(const double *value, const double *weight, size_t count, size_t cut,
                  size_t batches)
{
    struct long_run run = {cut, 0, NAN, NAN, NAN};
    size_t length = batches > 1 && count > cut ? (count - cut) / batches : 0;
    double n = (double)batches, squares = 0;

    if (length == 0)
        return run;
    run.cut = count - length * batches;
    run.batches = batches;
    run.mean = mean_of_rows(value, weight, run.cut, count - run.cut);
    double each = weight_of(weight, run.cut, count - run.cut) / n;
    for (size_t first = run.cut; first < count; first += length) {
        double weighs = weight_of(weight, first, length) / each;
        double off =
            weighs > 0 ? weighs * (mean_of_rows(value, weight, first, length) - run.mean) : 0;
        squares += off * off;
    }
    double half = gsl_cdf_tdist_Pinv(0.975, n - 1) * sqrt(squares / (n * (n - 1)));
    run.low = run.mean - half;
    run.high = run.mean + half;
    return run;
}

struct long_run
long_run_batches(const double *value, size_t count, size_t cut, size_t batches)
{
    return long_run_weighted(value, NULL, count, cut, batches);
}
