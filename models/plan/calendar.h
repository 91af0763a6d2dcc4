#ifndef MODELS_PLAN_CALENDAR_H
#define MODELS_PLAN_CALENDAR_H
/* What changes in a facility on a date. */

#include "tables.h"

#include "sim/base/error.h"

/* Facilities are there. NO_MEMORY. */
MUST_CHECK int plan_calendar_create(struct plan *plan, struct error *err);
void plan_calendar_free(struct plan *plan);

#endif
