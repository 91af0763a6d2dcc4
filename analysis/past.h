#ifndef ANALYSIS_PAST_H
#define ANALYSIS_PAST_H
/* Counts of one thing on many days, and what they alone say of a day to come: that all stays as it
 * is, or goes on changing as it has. What any model must do better than. */

#include <stddef.h>
#include <stdint.h>

/* What was counted on DAY, days since 1970-01-01; VALUE is above 0. */
struct past_count {
    int32_t day;
    double value;
};

/* Times ahead in MONTHS (of 365.25 / 12 days), rising. */
struct horizons {
    const double *months; /* [count] */
    size_t count;
};

/* The months that DAYS are. */
double past_months(int32_t days);

/* Which horizon MONTHS belong to: the nearest (the earlier where two are as near) of those that
 * they are no more than half of away from, and no more than 3; SIZE_MAX: there is none. */
size_t horizons_nearest(const struct horizons *horizons, double months);

/* The change a year of the logarithm, from the first of COUNT counts, which rise in their days, to
 * the last; NaN where they are fewer than two, or less than five years apart. */
double past_trend(const struct past_count *count, size_t counts);

/* How far those counts were from what TREND (0: none) made of earlier ones of them, so many months
 * before as belong to horizon H: the root of the mean square of the logarithm's change less TREND.
 * NaN: there are fewer than three such pairs, or no trend. */
double past_spread(const struct past_count *count, size_t counts, const struct horizons *horizons,
                   size_t h, double trend);

#endif
