#ifndef MODELS_PLAN_KEEP_H
#define MODELS_PLAN_KEEP_H
/* Which days of the result fall into which row, for the nation, regions and facilities. */

#include "tables.h"

#include "sim/base/error.h"

/* NO_MEMORY. */
MUST_CHECK int plan_keep_create(struct plan *plan, struct error *err);
void plan_keep_free(struct plan *plan);

#endif
