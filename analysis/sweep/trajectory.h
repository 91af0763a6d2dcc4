#ifndef ANALYSIS_SWEEP_TRAJECTORY_H
#define ANALYSIS_SWEEP_TRAJECTORY_H
/* Trajectories through a grid of an even number of levels: from a random point on, each factor
 * moves once, in random order, half the levels up or down (Morris 1991). */

#include "sim/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* COUNT trajectories of FACTORS + 1 points each, drawn from SEED: LEVEL [count][factors + 1]
 * [factors], from 0 to LEVELS - 1, and MOVED [count][factors + 1], the factor that was moved last,
 * -1 in the first point. LEVELS is even: then every level is as likely as another. Each trajectory
 * has a stream of its own, so that those of a longer sample begin with those of a shorter one.
 * NO_MEMORY. */
MUST_CHECK int trajectory_draw(int32_t *level, int32_t *moved, size_t count, size_t factors,
                               size_t levels, uint64_t seed, struct error *err);

#endif
