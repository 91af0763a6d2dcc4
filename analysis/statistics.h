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

/* The variance of a number over futures, taken apart by the law of total variance; in the square of
 * its unit. */
struct variance_parts {
    size_t draws;     /* that have a value */
    double between;   /* of what is not known: the variance that draws would have without chance */
    double within;    /* of chance: that of values about the mean of their draw, pooled */
    double share;     /* between / (between + within); NaN where nothing varies */
    double low, high; /* its 95 % interval, where chance is normal; NaN as the share is */
};

/* Of VALUE [count]; NaN is no value, DRAW as above. Draws' means still have chance in them: within
 * times the mean of 1 / (values of a draw), which is taken off, and between is 0 where it is more
 * (analysis of variance with one random factor, for means that count the same; Searle, Casella and
 * McCulloch 1992, 3.6). The interval is Thomas and Hultquist's (1978), which is exact where draws
 * have as many values each. NaN where DRAW is NULL, below two draws, or where no draw has two
 * values: then nothing tells one from the other. WORK has room for COUNT. */
struct variance_parts variance_take_apart(const double *value, size_t count, const uint64_t *draw,
                                          double *work);

#endif
