#ifndef MODELS_PLAN_STAFF_H
#define MODELS_PLAN_STAFF_H
/* What pressure does and who works there: struct staff_plan of tables.h. */

#include "tables.h"

#include "sim/base/error.h"

/* NO_MEMORY. */
MUST_CHECK int plan_staff_create(struct plan *plan, struct error *err);
void plan_staff_free(struct plan *plan);

/* By how many people the number inside grows, in balance, for one person more: slower procedures,
 * more people, slower procedures. Below 1 the numbers settle.
 *
 * Inside are N = A + B s people, B of them at desks or in screening where these take their written
 * time, on K places; s = 1 + b2 (N / K - 1) is what a case takes above capacity (b3 v, never
 * more than b3, cannot run away). One person more makes s larger by b2 / K, and N by B b2 / K: the
 * share B / N of those inside times the occupancy N / K times b2. By Little's law B is arrivals a
 * day times days at desks and in screening. Who is in screening stays in prison for as long; at
 * most as long as their sentence. */
struct loop_gain {
    double gain, at_desks, inside, places; /* B, N, K */
};
struct loop_gain plan_loop_gain(const struct plan *plan);

/* BAD_INPUT: it is 1 or more. */
MUST_CHECK int plan_check_loop(const struct plan *plan, struct error *err);

#endif
