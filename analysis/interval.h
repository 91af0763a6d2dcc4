#ifndef ANALYSIS_INTERVAL_H
#define ANALYSIS_INTERVAL_H
/* Intervals of 95 % beside that of a mean (statistics.h), from futures by replication. Where
 * several share a draw (DRAW, as in statistics.h; NULL: none do) the draw is what is independent,
 * and the interval is that of draws. NaN is no value. WORK has room for 2 * COUNT. */

#include <stddef.h>
#include <stdint.h>

struct interval {
    double value, low, high; /* NaN: there is none */
};

/* What P (0 to 1) of the values lie below: the quantile as estimates have it (Hyndman and Fan 1996,
 * their seventh). Its interval from order statistics, free of any distribution, holds the quantile
 * with a chance of 95 % at least: values number l and u with P(l <= B < u) >= 0.95, B binomial,
 * 2.5 % at most beyond each (Conover 1999, 3.2); an end is NaN where no value is far enough out.
 * Draws: the t interval of the draws' shares below the quantile, turned into quantiles (Woodruff
 * 1952). */
struct interval interval_quantile(const double *value, size_t count, const uint64_t *draw, double p,
                                  double *work);

/* The share of the values that are not 0 (HOLDS: 0 or 1): by Clopper and Pearson 1934, exact at
 * least. Of draws by the same with as many futures as give the mean of their shares the error that
 * it has, the draws at least (Korn and Graubard 1998). */
struct interval interval_share(const double *holds, size_t count, const uint64_t *draw,
                               double *work);

/* Where the beta distribution of A and B (above 0) has P below it: the limits of Clopper and
 * Pearson. By halving, as GSL's own inverse finds nothing for some large A and B (GSL 2.7: an upper
 * limit of 31 of 1,000, a lower one of 317 of 319). */
double interval_beta_quantile(double p, double a, double b);

/* Mean of ABOVE over mean of BELOW, pair by pair, by Fieller 1954: NaN ends where the interval of
 * the mean below holds 0, or the value of below is 0. */
struct interval interval_ratio(const double *above, const double *below, size_t count,
                               const uint64_t *draw, double *work);

/* The chance of a mean at least so far from 0 if it were 0 (Student's t, both sides); 1 where all
 * values are 0, NaN below two. */
double interval_p(const double *value, size_t count, const uint64_t *draw, double *work);

/* How many times as many replications two means would take to be told apart as well without common
 * random numbers: (var A + var B) / var(A - B). NaN where no difference varies. */
double interval_gain(const double *a, const double *b, size_t count, const uint64_t *draw,
                     double *work);

#endif
