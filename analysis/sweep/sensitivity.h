#ifndef ANALYSIS_SWEEP_SENSITIVITY_H
#define ANALYSIS_SWEEP_SENSITIVITY_H
/* Which factors of a sweep move an outcome, most important first, by what its sample was made for:
 * Sobol' indices of saltelli and jansen, elementary effects of morris (per whole range of a
 * factor), partial rank correlation of the mean over replications for the others. */

#include "outcome.h"

#include "analysis/interval.h"
#include "sim/base/error.h"

#include <stddef.h>

#define SENSITIVITY_MEASURES 3

struct sensitivity {
    const char *measure[SENSITIVITY_MEASURES]; /* names; [0] puts the factors in order */
    size_t measures;
    struct sensitivity_row {
        size_t factor; /* of the design */
        struct interval of[SENSITIVITY_MEASURES];
    } * row;            /* [factors of the design] */
    const char *unit;   /* of what is counted: base rows, trajectories, points */
    size_t used, units; /* whole ones that count, of so many in the design */
    double noise;       /* share of chance in the variance of one replication; NaN: not known */
};

/* BAD_INPUT: the method compares no factors, points are missing (how many), a factor is a word, or
 * the estimator has nothing to go by; NO_MEMORY. To be freed either way. */
MUST_CHECK int sensitivity_find(struct sensitivity *out, const struct outcome *outcome,
                                struct error *err);
void sensitivity_free(struct sensitivity *sensitivity);

#endif
