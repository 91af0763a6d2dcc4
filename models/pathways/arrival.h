#ifndef MODELS_PATHWAYS_ARRIVAL_H
#define MODELS_PATHWAYS_ARRIVAL_H
/* Who arrives: points of a Poisson field in the plane of time and rate, in slabs (tables.h). A
 * point is a person where it lies under the rate curve, and is named by slab and number. */

#include "models/places/site.h"

/* Room for the slabs of PLAN; NULL: no memory. */
struct arrivals *arrivals_create(const struct plan *plan);
void arrivals_free(struct arrivals *arrivals);

/* Make room for the slabs of PLAN, of which there are more where its rates are higher; false: no
 * memory. */
MUST_CHECK bool arrivals_fit(struct arrivals *arrivals, const struct plan *plan);

/* Schedule the first point of each slab. */
void arrivals_start(struct model *model);

/* The next point of a slab: it brings somebody, or nobody. */
void arrival_on_event(struct lp *lp, const struct event *event);

/* Somebody released before comes once more. */
void arrival_comes_back(struct lp *lp, const struct event *event);

#endif
