#ifndef MODELS_PLAN_DESKS_H
#define MODELS_PLAN_DESKS_H
/* Desks, and the exits by which people leave. */

#include "tables.h"

#include "sim/base/error.h"

/* NO_MEMORY. */
MUST_CHECK int plan_desks_create(struct plan *plan, struct error *err);
void plan_desks_free(struct plan *plan);

/* The desk called NAME; -1 where NAME is NULL or unknown. */
int16_t plan_desk_index(const struct plan *plan, const char *name);

#endif
