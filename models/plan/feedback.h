#ifndef MODELS_PLAN_FEEDBACK_H
#define MODELS_PLAN_FEEDBACK_H
/* Feedback of courts and law. */

#include "tables.h"

#include "sim/base/error.h"

/* The rows of PLAN's scenario. NO_MEMORY. */
MUST_CHECK int plan_feedback_create(struct plan *plan, struct error *err);
void plan_feedback_free(struct plan *plan);

/* The most that feedback can multiply the intake of CLASS with. */
double plan_feedback_most(const struct plan *plan, uint16_t class);

#endif
