#ifndef ANALYSIS_STATISTICS_H
#define ANALYSIS_STATISTICS_H
/* Estimates over replications. Where something is drawn for several of them together, a draw is
 * what is independent of others, and the mean is that of the draws' means. */

#include <stddef.h>
#include <stdint.h>

struct estimate {
    size_t count;     /* replications that have a value */
    double mean;      /* NaN where none has one */
    double low, high; /* of the mean: 95 % interval by Student's t; NaN below two draws */
    double least;     /* of all values; NaN where there is none */
    double tenth;     /* the 10th percentile over replications; NaN below two values */
    double ninetieth;
};

/* Below what a next value would lie with chance P, by COUNT that are SORTED: the P (COUNT + 1)th of
 * them, between two where that is no whole number, at most the last (Hyndman and Fan 1996, their
 * sixth). */
double statistics_next_below(const double *sorted, size_t count, double p);

/* The means of the draws of COUNT values that lie STRIDE apart, or (DRAW is NULL) the values
 * themselves, without NaN, into MEAN [COUNT]; how many there are. */
size_t statistics_units(const double *value, size_t stride, size_t count, const uint64_t *draw,
                        double *mean);

/* The estimate of COUNT values that lie STRIDE apart; NaN is no value. DRAW [COUNT]: of which draw
 * each is, those of one side by side (NULL: each of its own). WORK has room for COUNT. */
struct estimate estimate_make(const double *value, size_t stride, size_t count,
                              const uint64_t *draw, double *work);

#endif
