#ifndef MODELS_PLAN_MEASURES_H
#define MODELS_PLAN_MEASURES_H
/* Measures with their days and their draws. */

#include "tables.h"

#include "sim/base/error.h"

/* Regions are there. NO_MEMORY. */
MUST_CHECK int plan_measures_create(struct plan *plan, struct error *err);
void plan_measures_free(struct plan *plan);

#endif
