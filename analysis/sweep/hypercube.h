#ifndef ANALYSIS_SWEEP_HYPERCUBE_H
#define ANALYSIS_SWEEP_HYPERCUBE_H
/* Latin hypercubes: of ROWS points each has a stratum of its own, 1 / ROWS wide, in every column
 * (McKay, Beckman and Conover 1979). */

#include "sim/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* So many that a point and its place in its stratum have room in a double. */
enum { HYPERCUBE_ROWS = 1 << 20 };

/* The strata of random hypercube START of SEED into STRATUM [rows][columns], each column a
 * permutation of 0 to ROWS - 1. NO_MEMORY. */
MUST_CHECK int hypercube_draw(uint32_t *stratum, size_t rows, size_t columns, uint64_t seed,
                              uint32_t start, struct error *err);

/* How near the points are: phi_p of Morris and Mitchell (1995), p = 16, to that power: the sum over
 * all pairs of their distance, in strata, to the power -16, which the nearest pairs decide. */
double hypercube_nearness(const uint32_t *stratum, size_t rows, size_t columns);

/* Lower that sum: exchange the strata of two points in one column, drawn at random by SEED and
 * START, wherever it helps. The number of exchanges that are tried is bounded by the work they
 * take, some tenths of a second: beyond some ten thousand points little is done. */
void hypercube_spread(uint32_t *stratum, size_t rows, size_t columns, uint64_t seed,
                      uint32_t start);

/* Of up to 20 random hypercubes, spread, the one whose points are least near: fewer where points
 * are many, since all take no more work than hypercube_spread may. NO_MEMORY. */
MUST_CHECK int hypercube_best(uint32_t *stratum, size_t rows, size_t columns, uint64_t seed,
                              struct error *err);

/* The points themselves into U [rows][columns], in (0, 1): each uniform in its strata, drawn from
 * SEED. */
void hypercube_place(const uint32_t *stratum, size_t rows, size_t columns, uint64_t seed,
                     double *u);

#endif
