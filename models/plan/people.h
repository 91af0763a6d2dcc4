#ifndef MODELS_PLAN_PEOPLE_H
#define MODELS_PLAN_PEOPLE_H
/* What people are like: shares of needs, ages and exclusions, added up. */

#include "tables.h"

#include "sim/base/error.h"

/* Classes are there. Always OK. */
MUST_CHECK int plan_people_create(struct plan *plan, struct error *err);

#endif
