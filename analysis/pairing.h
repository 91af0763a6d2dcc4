#ifndef ANALYSIS_PAIRING_H
#define ANALYSIS_PAIRING_H
/* Two results, replication by replication: the same people live in both, so that a difference is
 * what the scenarios do and not chance. */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <stddef.h>
#include <stdint.h>

struct pairing {
    size_t count;         /* replications that both hold, in their order */
    size_t *base, *other; /* [count]: where each stands */
    uint64_t *draw;       /* [count]: of which draw each is; NULL: each is of its own */
    size_t draws;         /* how many; count where each is of its own */
    size_t only_base, only_other;
    char fields[256]; /* fields drawn in one of them alone, "" for none: policy set the other */
};

/* BAD_INPUT and what to do: their seeds, their first or last days, how many replications share a
 * draw or what was drawn differ, or they have no replication in common. NO_MEMORY. To be freed
 * either way. */
MUST_CHECK int pairing_make(struct pairing *pairing, const struct store *base,
                            const struct store *other, struct error *err);
/* Of which draw each of COUNT replications of STORE is, those at INDEX (NULL: the first ones): DRAW
 * [count], which the caller frees; NULL: each is of its own. How many draws into DRAWS. NO_MEMORY.
 */
MUST_CHECK int pairing_draws(const struct store *store, const size_t *index, size_t count,
                             uint64_t **draw, size_t *draws, struct error *err);
void pairing_free(struct pairing *pairing);

#endif
