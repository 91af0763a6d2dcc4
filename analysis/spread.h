#ifndef ANALYSIS_SPREAD_H
#define ANALYSIS_SPREAD_H
/* Counts spread over a table of sites and legal statuses: as many people as were counted, in
 * proportion to those who were there before, and whole. */

#include "models/scenario/scenario.h"

#include "sim/base/error.h"

/* Parts of TOTAL, [count], in proportion to WEIGHT: each rounded down, and what is left to those
 * with the largest remainders, the first where they are equal (Hamilton's method). Without any
 * weight all is left to the first. NO_MEMORY. */
MUST_CHECK int spread_total(int64_t total, const double *weight, size_t count, int64_t *part,
                            struct error *err);

/* Where people live. */
struct spread_site {
    size_t region;
    bool counted; /* among those whom counts of a region and of all tell */
};

enum spread_scope { SPREAD_SITE, SPREAD_REGION, SPREAD_NATION };
#define SPREAD_ANY STATUSES /* a status: all of them */

/* So many people of a status in a site, a region or all. */
struct spread_count {
    enum spread_scope scope;
    size_t of; /* site or region; 0 */
    int status;
    int64_t people;
};

struct spread {
    const struct spread_site *site;
    size_t sites, regions;
    const double *before;             /* [sites][STATUSES]: people who were there */
    const struct spread_count *count; /* no two of the same */
    size_t counts;
    int64_t *people; /* [sites][STATUSES]: what comes out */
    bool *told;      /* [sites][STATUSES]: a count tells of it, itself or by a sum; NULL: no need */
    size_t wrong;    /* of BAD_INPUT: the count that cannot hold */
};

/* Spread the counts: those of one status in one site are taken as they are; each other is reached
 * by scaling what it tells of by one factor, over and over until all hold (iterative proportional
 * fitting, Deming and Stephan 1940); then each number is rounded down or up so that all still hold
 * and the remainders of those rounded up are the largest (a flow of least cost; controlled
 * rounding, Cox 1987). Of one count alone that is spread_total. What no count tells of stays as it
 * was. BAD_INPUT: counts contradict each other, or nobody was there to be scaled; `wrong` is the
 * count, and the message says what is wrong with it. NO_MEMORY. */
MUST_CHECK int spread_solve(struct spread *spread, struct error *err);

#endif
