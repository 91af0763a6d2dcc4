#include "interval.h"

#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>

#define OUTSIDE 0.025 /* on each side */

static double
students_t(size_t units)
{
    return gsl_cdf_tdist_Pinv(1 - OUTSIDE, (double)units - 1);
}

static size_t
sorted_values(const double *value, size_t count, double *sorted)
{
    size_t n = statistics_units(value, 1, count, NULL, sorted);

    gsl_sort(sorted, 1, n);
    return n;
}

/* The largest K with P(B <= K) <= 2.5 %, B binomial of N with P; -1: there is none. */
static long
below(size_t n, double p)
{
    long low = -1, high = (long)n;

    while (high - low > 1) {
        long middle = low + (high - low) / 2;
        if (gsl_cdf_binomial_P((unsigned int)middle, p, (unsigned int)n) <= OUTSIDE)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The quantile lies below value number K (from 1 on) with P(B < K), at the lower end; and above
 * with P(B' < n + 1 - K), where B' counts those above it. */
static void
bounds_by_order(const double *sorted, size_t n, double p, struct interval *interval)
{
    long low = below(n, p), high = below(n, 1 - p);

    interval->low = low >= 0 ? sorted[low] : NAN;
    interval->high = high >= 0 ? sorted[(long)n - 1 - high] : NAN;
}

/* The draws' shares of values at or below the quantile have a mean near P. */
static void
bounds_by_draws(const double *value, size_t count, const uint64_t *draw, double p, double *work,
                const double *sorted, size_t n, struct interval *interval)
{
    for (size_t i = 0; i < count; i++)
        work[i] = isnan(value[i]) ? NAN : value[i] <= interval->value;
    size_t units = statistics_units(work, 1, count, draw, work);
    if (units < 2)
        return;
    double half = students_t(units) * gsl_stats_sd(work, 1, units) / sqrt((double)units);
    if (p - half > 0)
        interval->low = gsl_stats_quantile_from_sorted_data(sorted, 1, n, p - half);
    if (p + half < 1)
        interval->high = gsl_stats_quantile_from_sorted_data(sorted, 1, n, p + half);
}

struct interval
interval_quantile(const double *value, size_t count, const uint64_t *draw, double p, double *work)
{
    struct interval interval = {NAN, NAN, NAN};
    double *sorted = work + count;
    size_t n = sorted_values(value, count, sorted);

    if (n == 0)
        return interval;
    interval.value = gsl_stats_quantile_from_sorted_data(sorted, 1, n, p);
    if (draw == NULL)
        bounds_by_order(sorted, n, p, &interval);
    else
        bounds_by_draws(value, count, draw, p, work, sorted, n, &interval);
    return interval;
}

/* As many independent futures as the draws' shares SHARE [draws] of COUNT futures are worth. */
static double
worth_of_draws(const double *share, size_t draws, size_t count, double mean)
{
    double n = (double)draws, variance = gsl_stats_variance_m(share, 1, draws, mean) / n;
    double worth = variance > 0 ? mean * (1 - mean) / variance : n;
    double fewer = students_t(count) / students_t(draws);

    return fmin((double)count, fmax(n, worth * fewer * fewer));
}

double
interval_beta_quantile(double p, double a, double b)
{
    double low = 0, high = 1;

    for (double middle = 0.5; low < middle && middle < high; middle = low + (high - low) / 2) {
        if (gsl_cdf_beta_P(middle, a, b) < p)
            low = middle;
        else
            high = middle;
    }
    return high;
}

struct interval
interval_share(const double *holds, size_t count, const uint64_t *draw, double *work)
{
    struct interval share = {NAN, NAN, NAN};
    size_t futures = statistics_units(holds, 1, count, NULL, work);
    size_t units = statistics_units(holds, 1, count, draw, work);

    if (units == 0)
        return share;
    share.value = gsl_stats_mean(work, 1, units);
    if (draw != NULL && units < 2)
        return share;
    double n = draw == NULL ? (double)units : worth_of_draws(work, units, futures, share.value);
    double of = draw == NULL ? round(share.value * n) : share.value * n;
    share.low = of > 0 ? interval_beta_quantile(OUTSIDE, of, n - of + 1) : 0;
    share.high = of < n ? interval_beta_quantile(1 - OUTSIDE, of + 1, n - of) : 1;
    return share;
}

/* Pairs that have both values, or their draws' means, into A and B. */
static size_t
pairs(const double *above, const double *under, size_t count, const uint64_t *draw, double *a,
      double *b)
{
    for (size_t i = 0; i < count; i++) {
        bool both = !isnan(above[i]) && !isnan(under[i]);
        a[i] = both ? above[i] : NAN;
        b[i] = both ? under[i] : NAN;
    }
    statistics_units(a, 1, count, draw, a);
    return statistics_units(b, 1, count, draw, b);
}

/* (a - R b)^2 <= t^2 var(a - R b) / n, solved for R. */
struct interval
interval_ratio(const double *above, const double *under, size_t count, const uint64_t *draw,
               double *work)
{
    struct interval ratio = {NAN, NAN, NAN};
    double *x = work, *y = work + count;
    size_t n = pairs(above, under, count, draw, x, y);

    if (n == 0)
        return ratio;
    double a = gsl_stats_mean(x, 1, n), b = gsl_stats_mean(y, 1, n);
    ratio.value = b != 0 ? a / b : NAN;
    if (n < 2)
        return ratio;
    double t2n = students_t(n) * students_t(n) / (double)n;
    double aa = t2n * gsl_stats_variance_m(x, 1, n, a), bb = t2n * gsl_stats_variance_m(y, 1, n, b);
    double ab = t2n * gsl_stats_covariance_m(x, 1, y, 1, n, a, b);
    double square = b * b - bb, linear = a * b - ab, rest = a * a - aa;
    if (square <= 0)
        return ratio;
    double root = fmax(0, linear * linear - square * rest); /* below 0 by rounding alone */
    ratio.low = (linear - sqrt(root)) / square;
    ratio.high = (linear + sqrt(root)) / square;
    return ratio;
}

double
interval_p(const double *value, size_t count, const uint64_t *draw, double *work)
{
    size_t n = statistics_units(value, 1, count, draw, work);

    if (n < 2)
        return NAN;
    double mean = gsl_stats_mean(work, 1, n);
    double error = gsl_stats_sd_m(work, 1, n, mean) / sqrt((double)n);
    if (error <= 0)
        return mean != 0 ? 0 : 1;
    return 2 * gsl_cdf_tdist_Q(fabs(mean) / error, (double)n - 1);
}

double
interval_gain(const double *a, const double *b, size_t count, const uint64_t *draw, double *work)
{
    double *x = work, *y = work + count;
    size_t n = pairs(a, b, count, draw, x, y);

    if (n < 2)
        return NAN;
    double apart = gsl_stats_variance(x, 1, n) + gsl_stats_variance(y, 1, n);
    for (size_t i = 0; i < n; i++)
        x[i] -= y[i];
    double together = gsl_stats_variance(x, 1, n);
    return together > 0 ? apart / together : NAN;
}
