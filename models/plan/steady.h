#ifndef MODELS_PLAN_STEADY_H
#define MODELS_PLAN_STEADY_H
/* The pathways in balance: how often one of a class enters each phase and how long it is there in
 * all, by quadrature over sentence, served share, repeat offence and the custody before (nothing is
 * drawn); and by which ways a phase is come to. What the stock is drawn from.
 *
 * A phase that serves a part of the sentence lasts max(0, due - served before), whose mean is not
 * the difference of the means. Custody before adds up along the way; time at home or outside does
 * not count, and places at desks are taken to be free. */

#include "tables.h"

#include "sim/base/error.h"

/* The balance of PLAN, whose classes and phases are there. NO_MEMORY. */
MUST_CHECK int plan_steady_create(struct plan *plan, struct error *err);
void plan_steady_free(struct plan *plan);

static inline double
steady_visits(const struct steady *steady, uint16_t of_class, uint16_t phase)
{
    return steady->visits[(uint32_t)of_class * steady->phases + phase];
}

static inline double
steady_days(const struct steady *steady, uint16_t of_class, uint16_t phase)
{
    return steady->days[(uint32_t)of_class * steady->phases + phase];
}

#endif
