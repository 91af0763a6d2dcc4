#ifndef MODELS_PATHWAYS_DRIFT_H
#define MODELS_PATHWAYS_DRIFT_H
/* How a replication's intake wanders: a path for each drift of the plan (tables.h), named by seed,
 * replication, the drift's name and the month, whatever else the scenario says. */

#include "models/plan/plan.h"

#include "models/state.h"

/* Room for the paths of PLAN; NULL: no memory. */
struct drift *drift_create(const struct plan *plan);
void drift_free(struct drift *drift);

/* Draw the paths of the replication that begins. */
void drift_begin(struct model *model);

/* The factor of DRIFT (NO_DRIFT: 1) on rates of a DAY counted from the beginning of the warm-up,
 * during which it is 1; and the highest of all days. */
double drift_factor(const struct model *model, uint16_t drift, int32_t day);
double drift_most(const struct model *model, uint16_t drift);

/* The factor added up over the time from the first day to the beginning of DAY, in ticks. */
uint64_t drift_total(const struct model *model, uint32_t drift, int32_t day);

#endif
