#ifndef MODELS_PLAN_PATHWAYS_H
#define MODELS_PLAN_PATHWAYS_H
/* Classes of people and the phases they go through: where each leads to, by shares and by clocks.
 */

#include "tables.h"

#include "sim/base/error.h"

/* Facilities are there. NO_MEMORY. */
MUST_CHECK int plan_pathways_create(struct plan *plan, struct error *err);
void plan_pathways_free(struct plan *plan);

#endif
