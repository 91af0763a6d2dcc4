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

struct long_run
long_run_batches(const double *value, size_t count, size_t cut, size_t batches)
{
    struct long_run run = {cut, 0, NAN, NAN, NAN};
    size_t length = batches > 1 && count > cut ? (count - cut) / batches : 0;
    double sum = 0, squares = 0;

    if (length == 0)
        return run;
    run.cut = count - length * batches;
    run.batches = batches;
    run.mean = gsl_stats_mean(value + run.cut, 1, count - run.cut);
    for (size_t b = 0; b < batches; b++) {
        double off = gsl_stats_mean(value + run.cut + b * length, 1, length) - run.mean;
        sum += off;
        squares += off * off;
    }
    double n = (double)batches, variance = (squares - sum * sum / n) / (n - 1);
    double half = gsl_cdf_tdist_Pinv(0.975, n - 1) * sqrt(fmax(0, variance) / n);
    run.low = run.mean - half;
    run.high = run.mean + half;
    return run;
}
