#ifndef ANALYSIS_SWEEP_OUTCOME_H
#define ANALYSIS_SWEEP_OUTCOME_H
/* The outcomes of a sweep: what an address measures, in every replication of every point. */

#include "design.h"

#include "analysis/address.h"
#include "analysis/within.h"
#include "models/scenario/faults.h"
#include "sim/base/error.h"
#include "sim/result/store.h"

#include <stdbool.h>
#include <stddef.h>

struct outcome {
    struct store *store;
    struct within within;
    struct faults faults;
    struct design design;
    bool *there;              /* [design.points]: the file holds the point */
    size_t held;              /* points that are there */
    double *value;            /* [design.points][design.replications]; NaN: none */
    char what[128], unit[64]; /* of the values, in words: people on the floor, persons */
};

/* Read what ADDRESS measures (its quantity and window) from the merged sweep, or a part of one, at
 * PATH. BAD_INPUT: it is no sweep, or has no such quantity; ENVIRONMENT; NO_MEMORY. To be freed
 * either way. */
MUST_CHECK int outcome_read(struct outcome *outcome, const char *path,
                            const struct address *address, struct error *err);
void outcome_free(struct outcome *outcome);

#endif
