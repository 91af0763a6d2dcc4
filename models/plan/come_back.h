#ifndef MODELS_PLAN_COME_BACK_H
#define MODELS_PLAN_COME_BACK_H
/* Those who come back after release: the rules, the entries before the start that they are part of,
 * and those who were released before it. */

#include "tables.h"

#include "sim/base/error.h"

/* Fill in who comes back where PLAN's scenario says so; its intake and balance are there. Where the
 * rates count all entries, those of the first time are what is left without those who come back;
 * the sources of those released before the start are added. NO_MEMORY; BAD_INPUT: more would come
 * back than come in all, or a chance that the factors do not allow. */
MUST_CHECK int plan_come_back(struct plan *plan, struct error *err);
void plan_come_back_free(struct plan *plan);

#endif
