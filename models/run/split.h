#ifndef MODELS_SPLIT_H
#define MODELS_SPLIT_H
/* How a run uses its threads: on replications side by side, or on the facilities of one replication
 * side by side. The result is the same. */

#include "models/plan/plan.h"

#include <stdint.h>

enum split { SPLIT_AUTO, SPLIT_REPLICATIONS, SPLIT_PROCESSES };

/* What is quicker for so many REPLICATIONS of PLAN on THREADS at most; never SPLIT_AUTO. */
enum split split_choose(const struct plan *plan, int threads, uint64_t replications);

/* How many threads there is work for. */
uint64_t split_most_threads(const struct plan *plan, enum split split, uint64_t replications);

#endif
