#ifndef ANALYSIS_ABC_H
#define ANALYSIS_ABC_H
/* Approximate Bayesian computation by populations of members: APMC (Lenormand, Jabot and Deffuant
 * 2013). Of the members half are kept, those nearest to what was observed; others are drawn about
 * them by a normal kernel of twice their covariance, weighted by prior over proposal, and run. So
 * the tolerance, which is the distance of the farthest that is kept, falls from step to step. Of
 * the proposals one in ten is drawn from the prior, so that no weight is above ten and no part of
 * it is lost from sight (Hesterberg 1995).
 *
 * What was observed is one world, seen with an error. Each replication of a member, with an error
 * drawn for it, is therefore something that might have been observed, and a member counts by the
 * share of its replications within the tolerance (Del Moral, Doucet and Jasra 2012). As the
 * tolerance falls to 0 the members become draws of the posterior itself (Wilkinson 2013), whatever
 * the outcomes are like: steps, counts of few, an answer with two causes. A tolerance above 0 adds
 * noise that is even in a ball: tolerance^2 / (targets + 2) to the variance of each target. */

#include "sim/base/error.h"
#include "sim/engine/stream.h"

#include <stdbool.h>
#include <stddef.h>

struct abc {
    size_t members, parameters, targets, replications;
    const double *observed; /* [targets] */
    const double *error;    /* [targets]: standard error of what was observed */
    /* What has come out. */
    size_t kept;    /* members that are kept: the first rows */
    size_t count;   /* members that there are: those kept, then those to be run */
    double *weight; /* [count]: density of the prior over that of the proposal */
    /* [targets]: what a distance is counted in: a standard deviation of error and chance together;
     * where there is neither, of the members; 0: all are the same, and the target counts for
     * nothing. */
    double *unit;
    double first;     /* the first tolerance */
    double tolerance; /* the last, in units, over all targets (Euclid) */
    double accepted;  /* share of the new members that came within the last tolerance but one */
    double effective; /* members of equal weight that those kept are worth (Kish) */
    struct abc_own *own;
    size_t out_of_reach; /* abc_out_of_reach */
};

/* The fewest members that so many parameters can do with, and how many of MEMBERS are new in a
 * step, at most. */
size_t abc_fewest(size_t parameters);
size_t abc_new(size_t members);

/* Begin with all members new and drawn from the prior; the upper half of the struct is filled in.
 * NO_MEMORY. To be closed either way. */
MUST_CHECK int abc_open(struct abc *abc, struct error *err);
void abc_close(struct abc *abc);

/* Which target the first step has found to be the same in every run, without an error, and another
 * than was observed: nothing could come near it. The number of targets: none is. */
size_t abc_out_of_reach(const struct abc *abc);

/* Keep the nearest: the new ones among SCORE [members][parameters], standard normal in the prior,
 * have given OUTCOME [members][replications][targets]. CHANCE [targets][targets]: covariance
 * between the replications of one member, which the first step takes units from. Rows of SCORE
 * move; outcomes are not asked for again. STREAM: of the errors. */
void abc_keep(struct abc *abc, double *score, const double *outcome, const double *chance,
              struct stream *stream);

/* Can the tolerance fall no more? It is 0 for half of the members, or all of them are within it. */
bool abc_is_exact(const struct abc *abc);
bool abc_is_stuck(const struct abc *abc);

/* Draw new members behind those that are kept, at most abc_new. */
void abc_propose(struct abc *abc, double *score, struct stream *stream);

/* Members of equal weight, as many as there are in all, by systematic resampling (Kitagawa 1996) of
 * those that are kept. */
void abc_resample(struct abc *abc, double *score, struct stream *stream);

#endif
