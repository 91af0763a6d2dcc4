#ifndef MODELS_PLAN_PROJECTS_H
#define MODELS_PLAN_PROJECTS_H
/* Houses on their way: projects, their stages and parties. */

#include "tables.h"

#include "sim/base/error.h"

MUST_CHECK int plan_projects_create(struct plan *plan, struct error *err);
void plan_projects_free(struct plan *plan);

#endif
