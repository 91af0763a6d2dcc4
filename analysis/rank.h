#ifndef ANALYSIS_RANK_H
#define ANALYSIS_RANK_H
/* Which of what is not known moves an outcome, by ranks: right wherever more of a parameter means
 * more (or less) of the outcome, straight or not (Saltelli et al. 2004, 5.4; Iman and Conover
 * 1979). One value a draw: where replications share one, their mean. */

#include "sim/base/error.h"

#include <stddef.h>

#define RANK_MORE_DRAWS 4 /* than parameters that vary, at least */

/* All NaN where a parameter never varies. Where others tell the outcome's ranks to the last,
 * nothing is left for it to explain: then all are NaN but the regression's, which are 0. */
struct rank {
    double regression;      /* standardised rank regression coefficient */
    double regression_wide; /* half of its 95 % interval, by Student's t as p */
    double partial;   /* partial rank correlation: of what the other parameters leave unexplained */
    double low, high; /* its 95 % interval by Fisher's z, with N less the other parameters. Of 40
                         independent draws it holds 0.9 in 91 of 100, 0.99 in 77, 0.999 hardly ever;
                         of a Latin hypercube in more than 90, as its points lie more evenly */
    double p;         /* that there is none, by Student's t of n - 1 - parameters degrees; the same
                         for partial and regression, of which either is 0 if the other is */
};

/* The RANK [parameters] of each of PARAMETER [parameters][count] for OUTCOME [count], and the share
 * of the outcome's ranks' variance that all explain into *EXPLAINED (NaN: none varies). Ties have
 * their mean rank; a draw for which the outcome or a parameter is NaN is left out. BAD_INPUT: there
 * are too few values for so many parameters, the outcome never varies, or two parameters say the
 * same; NO_MEMORY. */
MUST_CHECK int rank_parameters(const double *parameter, size_t parameters, const double *outcome,
                               size_t count, struct rank *rank, double *explained,
                               struct error *err);

#endif
