#ifndef ANALYSIS_SOBOL_INDICES_H
#define ANALYSIS_SOBOL_INDICES_H
/* How much of an outcome's variance each factor of a sweep is answerable for, alone and together
 * with others (Sobol' 1993; Homma and Saltelli 1996), from the outcomes of a Saltelli design: base
 * matrices A and B, and for each factor A with its column from B (Saltelli et al. 2010). With V the
 * variance over points of A and B, N rows and y the mean of a point's replications, Jansen's
 * estimators (Jansen 1999; Saltelli et al. 2010, table 2) are
 *
 *   first order  (V - 1/(2N) sum (y_B - y_ABi)^2) / V
 *   total        1/(2N) sum (y_A - y_ABi)^2 / V
 *
 * What outcomes are simulated with is chance, too. The indices are those of the mean, and the share
 * of chance is told apart.
 *
 * Where each point has random streams of its own, chance adds variance / replications to V and to
 * half of each squared difference. It is taken off all of them (from the first order it goes by
 * itself), so that a factor that does nothing has a total about 0, and as often below. The variance
 * of chance is pooled over all points: A, B and A with a column of B have points that are
 * distributed alike, so that this is right in the mean even where chance differs between points.
 *
 * Where streams are common (replication r has the same ones at every point), a factor that does
 * nothing changes no outcome, and its total is 0 exactly. The indices are those of the mean over
 * the replications that there are; resamples draw replications anew as well. */

#include "bootstrap.h"

#include "analysis/interval.h"
#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define SOBOL_FEWEST_ROWS 8 /* below this, resamples say nothing */

struct sobol_outcomes {
    size_t factors, rows, replications;
    const double *a, *b; /* [rows][replications] */
    const double *ab;    /* [factors][rows][replications]: A with the factor's column from B */
    bool common;         /* streams */
};

/* Shares of the variance of the mean, 0 to 1 but for the error of estimation. */
struct sobol_index {
    struct interval first; /* of the factor alone */
    struct interval total; /* and of all that it does together with others */
};

/* The outcome as a whole, in the square of its unit. */
struct sobol_whole {
    size_t rows;              /* that were used: the others have an outcome that is not finite */
    struct interval variance; /* V, of the mean over points, chance taken off as above */
    struct interval chance;   /* variance of one replication about its point's mean, pooled */
    struct interval share;    /* of chance in the variance of one replication: chance / (chance +
                                 variance); of four common replications 77 of 100 intervals hold
                                 it, of four of each point's own 99; this and chance are NaN
                                 for one replication a point */
};

/* INDEX [factors] and WHOLE with intervals of 95 % from resampled rows. A row of the design in
 * which any outcome is NaN or infinite is left out. BAD_INPUT, with all but WHOLE's rows NaN: there
 * are fewer than SOBOL_FEWEST_ROWS; the outcome is the same at all points of A and B; there is one
 * replication a point and streams are not common, so that chance cannot be told from factors;
 * points differ no more than by chance; too few resamples. NO_MEMORY. */
MUST_CHECK int sobol_indices(const struct sobol_outcomes *outcomes, struct bootstrap bootstrap,
                             struct sobol_index *index, struct sobol_whole *whole,
                             struct error *err);

#endif
