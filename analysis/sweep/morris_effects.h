#ifndef ANALYSIS_MORRIS_EFFECTS_H
#define ANALYSIS_MORRIS_EFFECTS_H
/* Which of many factors move an outcome at all, from few points: effects of one step of one factor
 * at a time, along trajectories that step once in each (Morris 1991; Campolongo, Cariboni and
 * Saltelli 2007). An elementary effect is the difference of the points before and after the step,
 * each the mean of its replications, over the step. */

#include "bootstrap.h"

#include "analysis/interval.h"
#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define MORRIS_FEWEST_TRAJECTORIES 4 /* below this, resamples say nothing */

struct morris_outcomes {
    size_t factors, trajectories, replications;
    const double *outcome; /* [trajectories][factors + 1][replications] */
    const size_t *moved;   /* [trajectories][factors]: which factor from each point to the next */
    const double *step;    /* [trajectories][factors]: by how much, with its sign */
    bool common;           /* replication r has the same random streams at every point: then a
                              factor that does nothing has effects of 0 exactly */
};

/* In outcome per unit of the factor. Chance makes sigma larger, and mu* as well, which is not
 * 0 even where a factor does nothing: how much it makes of both is given beside. */
struct morris_effect {
    struct interval mu;      /* mean of the effects */
    struct interval mu_star; /* mean of their sizes */
    struct interval sigma;   /* their standard deviation: not straight, or together with others;
                                of ten trajectories, with normal effects, 86 of 100
                                intervals hold it, of forty 91 */
    double chance;           /* of sigma squared, what is chance: the variance of an effect of one
                                replication about their mean, over replications; for streams of
                                each point's own 2 variance / (replications step^2). NaN: one
                                replication */
    double mu_star_chance;   /* the mu* of effects that are chance alone, where it is normal:
                                sqrt(2 chance / pi) */
};

/* EFFECT [factors], with intervals of 95 % from resampled trajectories (where streams are common,
 * and resampled replications); *USED is how many trajectories there are in which all outcomes are
 * finite: others are left out. An outcome that never varies has effects of 0, which is no error.
 * BAD_INPUT, with all effects NaN: fewer than MORRIS_FEWEST_TRAJECTORIES; a trajectory that does
 * not move each factor once, or by a step of 0; too few resamples. NO_MEMORY. */
MUST_CHECK int morris_effects(const struct morris_outcomes *outcomes, struct bootstrap bootstrap,
                              struct morris_effect *effect, size_t *used, struct error *err);

#endif
