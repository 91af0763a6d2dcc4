#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

size_t
statistics_units(const double *value, size_t stride, size_t count, const uint64_t *draw,
                 double *mean)
{
    size_t draws = 0, of_draw = 0;
    uint64_t last = 0;

    for (size_t i = 0; i < count; i++) {
        double here = value[i * stride]; /* MEAN may be where the values are */
        if (isnan(here))
            continue;
        if (draw == NULL || of_draw == 0 || draw[i] != last) {
            mean[draws++] = 0;
            of_draw = 0;
        }
        last = draw != NULL ? draw[i] : 0;
        of_draw++;
        mean[draws - 1] += (here - mean[draws - 1]) / (double)of_draw;
    }
    return draws;
}

double
statistics_next_below(const double *sorted, size_t count, double p)
{
    double at = count > 1 ? (p * (double)(count + 1) - 1) / (double)(count - 1) : 0;

    return gsl_stats_quantile_from_sorted_data(sorted, 1, count, fmax(0, fmin(1, at)));
}

static size_t
values_that_are(const double *value, size_t stride, size_t count, double *work)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i * stride]))
            work[n++] = value[i * stride];
    return n;
}

struct estimate
estimate_make(const double *value, size_t stride, size_t count, const uint64_t *draw, double *work)
{
    struct estimate estimate = {0, NAN, NAN, NAN, NAN, NAN, NAN};
    size_t draws = statistics_units(value, stride, count, draw, work);

    if (draws == 0)
        return estimate;
    estimate.mean = gsl_stats_mean(work, 1, draws);
    if (draws > 1) {
        double error = gsl_stats_sd_m(work, 1, draws, estimate.mean) / sqrt((double)draws);
        double half = error > 0 ? gsl_cdf_tdist_Pinv(0.975, (double)draws - 1) * error : error;
        estimate.low = estimate.mean - half;
        estimate.high = estimate.mean + half;
    }
    size_t n = estimate.count = values_that_are(value, stride, count, work);
    gsl_sort(work, 1, n);
    estimate.least = work[0];
    if (n == 1)
        return estimate;
    estimate.tenth = gsl_stats_quantile_from_sorted_data(work, 1, n, 0.1);
    estimate.ninetieth = gsl_stats_quantile_from_sorted_data(work, 1, n, 0.9);
    return estimate;
}

/* What the values of draws have about their means. */
struct chance {
    double squares; /* about the means, added up */
    double free;    /* values less draws */
    double thinned; /* sum over the draws of 1 / values */
};

/* Values of one draw stand side by side; MEAN is of draws in the same order. */
static struct chance
chance_within(const double *value, size_t count, const uint64_t *draw, const double *mean)
{
    struct chance chance = {0};
    size_t of_draw = 0;
    uint64_t last = 0;

    for (size_t i = 0; i < count; i++) {
        if (isnan(value[i]))
            continue;
        if (of_draw > 0 && draw[i] != last) {
            chance.thinned += 1 / (double)of_draw;
            of_draw = 0;
            mean++;
        }
        last = draw[i];
        chance.free += of_draw > 0 ? 1 : 0;
        of_draw++;
        chance.squares += (value[i] - *mean) * (value[i] - *mean);
    }
    chance.thinned += of_draw > 0 ? 1 / (double)of_draw : 0;
    return chance;
}

/* The share at which the ratio of MEANS, the variance of the draws' means, to WITHIN lies at P of
 * what it may be by chance. */
static double
share_bound(double means, double within, size_t draws, const struct chance *chance, double p)
{
    double each = (double)draws / chance->thinned; /* values of a draw: the harmonic mean */

    if (!(within > 0))
        return 1;
    double ratio = each * means / within / gsl_cdf_fdist_Pinv(p, (double)draws - 1, chance->free);
    return fmax(0, (ratio - 1) / (ratio + each - 1));
}

struct variance_parts
variance_take_apart(const double *value, size_t count, const uint64_t *draw, double *work)
{
    struct variance_parts parts = {0, NAN, NAN, NAN, NAN, NAN};

    if (draw == NULL)
        return parts;
    size_t draws = parts.draws = statistics_units(value, 1, count, draw, work);
    struct chance chance = chance_within(value, count, draw, work);
    if (draws < 2 || chance.free <= 0)
        return parts;
    parts.within = chance.squares / chance.free;
    double means = gsl_stats_variance(work, 1, draws);
    parts.between = fmax(0, means - parts.within * chance.thinned / (double)draws);
    double total = parts.between + parts.within;
    if (!(total > 0))
        return parts;
    parts.share = parts.between / total;
    parts.low = share_bound(means, parts.within, draws, &chance, 0.975);
    parts.high = share_bound(means, parts.within, draws, &chance, 0.025);
    return parts;
}
