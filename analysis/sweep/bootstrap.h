#ifndef ANALYSIS_BOOTSTRAP_H
#define ANALYSIS_BOOTSTRAP_H
/* How far estimates of a design may be off: its units (base rows, trajectories) are drawn anew, as
 * many as there are and each as often as it comes, and the estimates made of every such resample.
 * Their interval of 95 % lies between two percentiles of the resamples (Efron 1979), beyond 2.5 %
 * and 97.5 % by so much that the interval of a mean is that of Student's t, which few units take
 * (the expanded percentile interval: Hesterberg 2015). What is skewed, as a variance is, is held in
 * a little less than 95 of 100. Units are taken to be independent of each other: those of a
 * scrambled Sobol' sequence lie more evenly, so that their intervals are wider than need be. */

#include "analysis/interval.h"
#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOOTSTRAP_FEWEST 100 /* resamples */

/* Which resamples: number i is drawn from a stream of its own, so that the same seed gives the same
 * intervals on any number of threads. */
struct bootstrap {
    uint64_t seed;
    size_t resamples; /* 1,000 are usual */
};

/* How often all is in a resample; in the design itself everything is there once. */
struct weights {
    size_t units, replications;
    const double *unit;        /* [units]: whole numbers, units in all */
    const double *replication; /* [replications]: the same */
    /* Squares about a mean over units, or replications, over this, are a variance: in the design
     * one less than their number; where they are drawn anew, squares are smaller, and so is this.
     */
    double unit_degrees, degrees; /* of units; of replications: 0 where there is one */
};

/* Estimates that can be made of any resample. */
struct estimator {
    size_t units, replications;
    bool draws_replications; /* anew too, which takes two: they are the same in all units */
    size_t values;           /* how many estimates */
    size_t room;             /* numbers that ESTIMATE may write into while it works */
    const void *of;
    void (*estimate)(const void *of, const struct weights *weights, double *room, double *value);
};

/* The [values] estimates and their intervals. Where more than one resample in 40 has no estimate
 * (NaN), neither has the interval ends. BAD_INPUT: fewer than BOOTSTRAP_FEWEST resamples;
 * NO_MEMORY. */
MUST_CHECK int bootstrap_intervals(const struct estimator *estimator, struct bootstrap bootstrap,
                                   struct interval *interval, struct error *err);

/* The mean of the replications VALUE [replications] of one point; *SQUARES grows by the squares
 * about it. */
double weights_mean(const struct weights *weights, const double *value, double *squares);

#endif
