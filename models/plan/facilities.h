#ifndef MODELS_PLAN_FACILITIES_H
#define MODELS_PLAN_FACILITIES_H
/* Where people live: each facility as its row and its kind say, and the facilities of each region.
 */

#include "tables.h"

#include "sim/base/error.h"

/* Regions are there. NO_MEMORY. */
MUST_CHECK int plan_facilities_create(struct plan *plan, struct error *err);
void plan_facilities_free(struct plan *plan);

#endif
