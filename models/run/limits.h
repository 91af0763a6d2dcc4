#ifndef MODELS_RUN_LIMITS_H
#define MODELS_RUN_LIMITS_H
/* What is too large to be run. */

#include "models/plan/plan.h"

#include "sim/base/error.h"

/* Refuse (BAD_INPUT) what no memory or no lifetime would hold of one replication, before anything
 * is taken. */
MUST_CHECK int run_fits(const struct plan *plan, struct error *err);

#endif
