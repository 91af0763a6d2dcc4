#ifndef MODELS_PLAN_DRIFT_H
#define MODELS_PLAN_DRIFT_H
/* Topic of a plan: how intake wanders. */

#include "tables.h"

#include "sim/base/error.h"

/* Fill and free the drifts of PLAN. NO_MEMORY. */
MUST_CHECK int plan_drift_create(struct plan *plan, struct error *err);
void plan_drift_free(struct plan *plan);

/* The drift that moves the intake of CLASS, or NO_DRIFT. */
uint16_t plan_drift_of(const struct plan *plan, const char *class_name);

#endif
