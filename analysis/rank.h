#ifndef ANALYSIS_RANK_H
#define ANALYSIS_RANK_H
/* Which of what is not known moves an outcome, by ranks: right wherever more of a parameter means
 * more (or less) of the outcome, straight or not (Saltelli et al. 2004, 5.4; Iman and Conover
 * 1979).
 */

#include "sim/base/error.h"

#include <stddef.h>

struct rank {
    double regression; /* standardised rank regression coefficient */
    double partial;   /* partial rank correlation: of what the other parameters leave unexplained */
    double low, high; /* its 95 % interval by Fisher's z, with N less the other parameters */
    double p; /* that there is none, by Student's t; all NaN where a parameter never varies */
};

/* The RANK [parameters] of each of PARAMETER [parameters][count] for OUTCOME [count], and the share
 * of the outcome's ranks' variance that all explain into *EXPLAINED. Ties have their mean rank.
 * BAD_INPUT: there are too few values for so many parameters, the outcome never varies, or two
 * parameters say the same; NO_MEMORY. */
MUST_CHECK int rank_parameters(const double *parameter, size_t parameters, const double *outcome,
                               size_t count, struct rank *rank, double *explained,
                               struct error *err);

#endif
