#ifndef MODELS_PATHWAYS_HOUSE_H
#define MODELS_PATHWAYS_HOUSE_H
/* The way to a detention or transition house: its window, screening, and the breach that ends a
 * stay. */

#include "models/places/site.h"

/* Begin the screening of SLOT, or wait for the day on which a transition house becomes possible. */
void house_consider(struct site *site, uint32_t slot, ticks now);

/* Set when the resident of SLOT will breach, if at all. */
void house_set_breach(struct site *site, uint32_t slot, ticks now);

/* The window opens: screening begins, if nothing speaks against it. */
void house_on_window(struct lp *lp, const struct event *event);

/* Screening ends: the person is suitable and waits for a house, or is not. */
void house_on_screened(struct lp *lp, const struct event *event);

/* A resident of a house breaches: back to a prison. */
void house_on_breach(struct lp *lp, const struct event *event);

#endif
