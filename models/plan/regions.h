#ifndef MODELS_PLAN_REGIONS_H
#define MODELS_PLAN_REGIONS_H
/* The regions by name. */

#include "tables.h"

#include "sim/base/error.h"

/* Number and order the regions of the scenario. NO_MEMORY. */
MUST_CHECK int plan_regions_create(struct plan *plan, struct error *err);
void plan_regions_free(struct plan *plan);

#endif
