#ifndef MODELS_PLAN_STOCK_H
#define MODELS_PLAN_STOCK_H
/* The people of the start: so many of a status, as much as is said of them. */

#include "tables.h"

#include "sim/base/error.h"

/* Facilities and pathways are there. NO_MEMORY. */
MUST_CHECK int plan_stock_create(struct plan *plan, struct error *err);
void plan_stock_free(struct plan *plan);

#endif
