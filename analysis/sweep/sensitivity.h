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

/* What is told of each factor. */
struct sensitivity_measure {
    const char *name, *meaning;
};

/* By which kind of number factors are compared. */
enum sensitivity_kind {
    SENSITIVITY_SHARES,  /* of the variance, 0 to 1 but for the error of estimation */
    SENSITIVITY_EFFECTS, /* in the outcome's unit */
    SENSITIVITY_RANKS    /* correlations, -1 to 1 */
};

struct sensitivity {
    enum sensitivity_kind kind;
    const struct sensitivity_measure *measure; /* [measures]; the first puts the factors in order */
    size_t measures;
    struct sensitivity_row {
        size_t factor; /* of the design */
        struct interval of[SENSITIVITY_MEASURES];
    } * row;            /* [factors of the design] */
    const char *unit;   /* of what is counted: base rows, trajectories, points */
    size_t used, units; /* whole ones that count, of so many in the design */
    /* What is chance, or not explained, for itself. NaN: not known, or not of this kind. */
    struct interval noise; /* of shares: that of chance in the variance of one replication */
    double chance;         /* of effects: the mean size that chance alone would give the factor to
                              which it gives most */
    double explained;      /* of ranks: share of their variance that all factors tell, less what so
                              many would tell by chance */
};

/* BAD_INPUT: the method compares no factors, points are missing (how many), a factor is a word, or
 * the estimator has nothing to go by; NO_MEMORY. To be freed either way. */
MUST_CHECK int sensitivity_find(struct sensitivity *out, const struct outcome *outcome,
                                struct error *err);
void sensitivity_free(struct sensitivity *sensitivity);

#endif
