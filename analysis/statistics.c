#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

struct estimate
estimate_make(const double *value, size_t stride, size_t count, double *work)
{
    struct estimate estimate = {0, NAN, NAN, NAN, NAN, NAN};
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i * stride]))
            work[n++] = value[i * stride];
    estimate.count = n;
    if (n == 0)
        return estimate;
    estimate.mean = gsl_stats_mean(work, 1, n);
    if (n == 1)
        return estimate;
    double error = gsl_stats_sd_m(work, 1, n, estimate.mean) / sqrt((double)n);
    double half = error > 0 ? gsl_cdf_tdist_Pinv(0.975, (double)n - 1) * error : error;
    estimate.low = estimate.mean - half;
    estimate.high = estimate.mean + half;
    gsl_sort(work, 1, n);
    estimate.tenth = gsl_stats_quantile_from_sorted_data(work, 1, n, 0.1);
    estimate.ninetieth = gsl_stats_quantile_from_sorted_data(work, 1, n, 0.9);
    return estimate;
}
