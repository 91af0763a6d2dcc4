#ifndef MODELS_PLAN_PROJECTS_H
#define MODELS_PLAN_PROJECTS_H
/* Houses on their way: projects, their stages and parties. */

#include "tables.h"

#include "sim/base/error.h"

MUST_CHECK int plan_projects_create(struct plan *plan, struct error *err);

/* Of FREE_AT[places], when each place of all phases is free, the first that is for PROJECT; NULL:
 * it waits for none. */
double *plan_project_place(const struct projects_plan *projects, const struct project_plan *project,
                           double *free_at);
void plan_projects_free(struct plan *plan);

#endif
