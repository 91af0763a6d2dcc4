#ifndef ANALYSIS_SHAPLEY_H
#define ANALYSIS_SHAPLEY_H
/* Each player's share of what all bring together, in whole numbers, so that shares and total add up
 * exactly. A set of players is a number: bit I is player I. */

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 shapley_wide;

#define SHAPLEY_MOST_PLAYERS 63
#define SHAPLEY_MOST_ALL                                                                           \
    8 /* players of whom all sets are looked at unless it is said otherwise                        \
       */
#define SHAPLEY_LARGEST (INT64_C(1) << 61) /* magnitude of a set's value */

/* Which sets are looked at, and in which orders players come. */
struct shapley {
    size_t players, sets;
    uint64_t *set;  /* [sets]: rising; the first has nobody, the last everybody */
    size_t orders;  /* that are sampled, each after its reverse; 0: all sets are there */
    uint8_t *order; /* [orders][players] */
};

/* All sets of PLAYERS; or (ORDERS > 0) those that so many random orders pass through, and those of
 * one and of all but one. Orders come in pairs, one the reverse of the other, which takes out what
 * is linear in the position (Castro, Gomez and Tejada 2009; Mitchell, Cooper, Frank and Holmes
 * 2022); an odd number is raised by one. SEED names them. NO_MEMORY. To be freed either way. */
MUST_CHECK int shapley_create(struct shapley *shapley, size_t players, size_t orders, uint64_t seed,
                              struct error *err);
void shapley_free(struct shapley *shapley);

/* Where SET stands among the sets, or SIZE_MAX. */
size_t shapley_index(const struct shapley *shapley, uint64_t set);

/* By what the shares are divided: players! or orders. */
int64_t shapley_divisor(const struct shapley *shapley);

/* What players bring: ALONE v({i}) - v({}), LAST in v(all) - v(all but i), and their SHARE, times
 * the divisor, [players] each:
 *   sum over S without i of |S|! (n - |S| - 1)! (v(S + i) - v(S))    (Shapley 1953)
 * or of samples the sum over the orders of what i adds to those before. VALUE [sets] is
 * SHAPLEY_LARGEST at most. The shares sum to (v(all) - v({})) times the divisor, exactly. */
void shapley_split(const struct shapley *shapley, const int64_t *value, int64_t *alone,
                   int64_t *last, shapley_wide *share);

/* The standard error that comes of sampling orders, [players], of shares of VALUE [sets], say its
 * mean: between pairs of orders. 0 where all sets are there; NaN of one pair. */
void shapley_error(const struct shapley *shapley, const double *value, double *error);

#endif
