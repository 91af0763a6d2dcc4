#ifndef ANALYSIS_SWEEP_SEQUENCE_H
#define ANALYSIS_SWEEP_SEQUENCE_H
/* Points that fill the unit cube more evenly than chance: the sequences of Sobol' and of Halton,
 * and how each is made random without losing that. All points are [rows][dimensions]. */

#include "sim/base/error.h"

#include <stddef.h>
#include <stdint.h>

enum {
    SEQUENCE_SOBOL_DIMENSIONS = 40,    /* of GSL */
    SEQUENCE_SOBOL_ROWS = 1 << 30,     /* GSL's points have 30 binary digits */
    SEQUENCE_HALTON_DIMENSIONS = 1229, /* of GSL: the primes below 10,000 */
    SEQUENCE_HALTON_ROWS = 1 << 30,
};

/* The first ROWS points of Sobol's sequence (Bratley and Fox 1988) into U, the origin among them,
 * which GSL leaves out: the first 2^m are a net only with it. ROWS and DIMENSIONS are at most those
 * above. NO_MEMORY. */
MUST_CHECK int sequence_sobol(double *u, size_t rows, size_t dimensions, struct error *err);

/* Scramble the binary digits of U, multiples of 2^-32 in [0, 1), as Owen (1995) does: whether a
 * digit is flipped hangs on all digits before it, and is drawn from SEED for each dimension and
 * each such beginning. 20 more digits are drawn behind the 32, so that a point is uniform in its
 * cell, and never 0 or 1. */
void sequence_scramble(double *u, size_t rows, size_t dimensions, uint64_t seed);

/* Points 1 to ROWS of Halton's sequence into U: in dimension d the radical inverse in the d-th
 * prime (Halton 1960), as GSL has them, but rounded once, so that each processor has the same. */
void sequence_halton(double *u, size_t rows, size_t dimensions);

/* Add to each dimension of U a number drawn from SEED, modulo 1 (Cranley and Patterson 1976). No
 * value becomes 0 or 1. */
void sequence_shift(double *u, size_t rows, size_t dimensions, uint64_t seed);

#endif
