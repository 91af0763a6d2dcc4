#ifndef MODELS_PLAN_WORLD_H
#define MODELS_PLAN_WORLD_H
/* What is called the same here as in the world that the stock comes from. */

#include "tables.h"

#include "sim/base/error.h"

/* Facilities, regions and phases of PLAN and of its world are there. NO_MEMORY, or BAD_INPUT where
 * a region or a phase of the world is not here and there is a stock. */
MUST_CHECK int plan_world_names_create(struct plan *plan, struct error *err);
void plan_world_names_free(struct plan *plan);

#endif
