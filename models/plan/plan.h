#ifndef MODELS_PLAN_PLAN_H
#define MODELS_PLAN_PLAN_H
/* A scenario compiled to flat tables (tables.h), topic by topic. */

#include "names.h"
#include "steady.h"
#include "tables.h"

#include "sim/base/error.h"

/* Compile SCENARIO, which was read without an error and outlives the plan. NO_MEMORY, or BAD_INPUT
 * where the world that the stock comes from does not fit. */
MUST_CHECK int plan_create(struct plan **plan, const struct scenario *scenario, struct error *err);
void plan_free(struct plan *plan);

#endif
