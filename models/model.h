#ifndef MODELS_MODEL_H
#define MODELS_MODEL_H
/* One replication of a plan: sites on the engine, the placement office's lists, what was recorded.
 * A model is used again for the next replication; it keeps its memory. */

#include "state.h"

#include "plan/plan.h"

#include "sim/base/error.h"

/* A model of PLAN, whose replications THREADS work on together. NO_MEMORY. */
MUST_CHECK int model_create(struct model **model, const struct plan *plan, int threads,
                            struct error *err);
void model_free(struct model *model);

/* Put REPLICATION at its start: the stock is there, and nothing has happened. */
void model_begin(struct model *model, uint64_t replication);

/* Simulate REPLICATION from the start; the record then holds it. INTERRUPTED; or what an event has
 * failed with. */
MUST_CHECK int model_run(struct model *model, uint64_t replication, struct error *err);

#endif
