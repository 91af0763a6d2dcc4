#ifndef ANALYSIS_SWEEP_HYPERCUBE_H
#define ANALYSIS_SWEEP_HYPERCUBE_H
/* Latin hypercubes: of ROWS points each has a stratum of its own, 1 / ROWS wide, in every column
 * (McKay, Beckman and Conover 1979). */

#include "sim/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* So many that a point and its place in its stratum have room in a double. */
enum { HYPERCUBE_ROWS = 1 << 20 };

/* The strata of a random hypercube into STRATUM [rows][columns], each column a permutation of 0 to
 * ROWS - 1 drawn from SEED. NO_MEMORY. */
MUST_CHECK int hypercube_draw(uint32_t *stratum, size_t rows, size_t columns, uint64_t seed,
                              struct error *err);

/* Spread the points of STRATUM: exchange the strata of two points in one column, drawn at random,
 * wherever that lowers phi_p, p = 16 (Morris and Mitchell 1995): the sum over all pairs of their
 * distance to the power -p, which the nearest pairs decide. The number of exchanges that are tried
 * is bounded by the work they take, some tenths of a second. What is done beyond some ten thousand
 * points is little. */
void hypercube_spread(uint32_t *stratum, size_t rows, size_t columns, uint64_t seed);

/* The points themselves into U [rows][columns], in (0, 1): each uniform in its strata, drawn from
 * SEED. */
void hypercube_place(const uint32_t *stratum, size_t rows, size_t columns, uint64_t seed,
                     double *u);

#endif
