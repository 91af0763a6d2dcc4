#ifndef ANALYSIS_DIFFERENCE_H
#define ANALYSIS_DIFFERENCE_H
/* Are two results the same, bit for bit, in values, dates and labels? Provenance (times, command
 * lines) does not count; inputs that differ are named. */

#include "sim/result/store.h"

#include <stdbool.h>
#include <stddef.h>

#define DIFFERENCE_TEXT 512

struct difference {
    size_t variables, replications; /* compared */
    char first[DIFFERENCE_TEXT];    /* where they differ first; empty: nowhere */
    char inputs[256];               /* inputs that are not the same; empty: none */
};

/* Compare A and B; with COMMON only the replications that both hold. Returns OK,
 * DIFFERENT (and what is first), or what went wrong in reading; the same for any number of A's
 * threads.
 */
MUST_CHECK int difference_find(const struct store *a, const struct store *b, bool common,
                               struct difference *difference, struct error *err);

#endif
