#ifndef MODELS_PLAN_INTAKE_H
#define MODELS_PLAN_INTAKE_H
/* Who comes: each source with its rate by day, cut into slabs. */

#include "tables.h"

#include "sim/base/error.h"

/* Facilities and classes are there. NO_MEMORY. */
MUST_CHECK int plan_intake_create(struct plan *plan, struct error *err);
/* Multiply the intake of each class by FACTOR[class]. The sources are PLAN's own. NO_MEMORY. */
MUST_CHECK int plan_intake_multiply(struct plan *plan, const double *factor, struct error *err);
/* The slabs that the rates of all sources reach, again after these have changed. */
MUST_CHECK int plan_intake_slabs(struct plan *plan, struct error *err);

void plan_intake_free(struct plan *plan);

#endif
