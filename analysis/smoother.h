#ifndef ANALYSIS_SMOOTHER_H
#define ANALYSIS_SMOOTHER_H
/* An iterated ensemble smoother: ES-MDA (Emerick and Reynolds 2013). Members, each a draw of all
 * parameters with what the simulator gives for it, move towards what was observed, in so many steps
 * that each count a part of the observations, by the covariance of parameters and outcomes over the
 * members. Where outcomes are linear in normal parameters that is the update of Kalman (1960).
 *
 * Perturbations of the observations are drawn without correlation with the members and with just
 * the covariance that they should have, so that in the linear case mean and covariance of the
 * members are those of Kalman's update to the last digits, and not only in the mean of many. */

#include "sim/base/error.h"
#include "sim/engine/stream.h"

#include <stddef.h>

struct smoother {
    size_t members, parameters, targets;
    size_t steps;           /* each counts the observations with 1 / steps */
    size_t replications;    /* that the outcome of a member is the mean of; at least 1 */
    const double *observed; /* [targets] */
    const double *error;    /* [targets]: standard error of what was observed */
    const double *chance;   /* [targets][targets]: covariance of an outcome between replications of
                             * one member; the world has been run once, so what was observed has it,
                             * too */
};

/* The fewest members that so many parameters and targets can do with. */
size_t smoother_fewest(size_t parameters, size_t targets);

/* One step: move PARAMETER [members][parameters], standard normal to begin with, by OUTCOME
 * [members][targets]. STREAM: of the perturbations. BAD_INPUT: outcomes or errors leave no
 * covariance that could be inverted; NO_MEMORY. */
MUST_CHECK int smoother_step(const struct smoother *smoother, double *parameter,
                             const double *outcome, struct stream *stream, struct error *err);

#endif
