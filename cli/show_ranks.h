#ifndef CLI_SHOW_RANKS_H
#define CLI_SHOW_RANKS_H
/* Which of the uncertain fields of a result move a number. */

#include "analysis/quantity.h"
#include "sim/result/store.h"

#include "sim/base/error.h"

/* A row for each uncertain field of STORE, and for each drift of intake (its mean until UNTIL, days
 * since 1970-01-01), those that move OUTCOME [replications] most first: partial rank correlation
 * with its interval, standardised rank regression, Holm's chance that there is nothing. BAD_INPUT:
 * nothing is uncertain, or too few draws; NO_MEMORY. */
MUST_CHECK int show_ranks(const struct store *store, const double *outcome, int32_t until,
                          struct error *err);

#endif
