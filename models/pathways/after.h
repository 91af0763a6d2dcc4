#ifndef MODELS_PATHWAYS_AFTER_H
#define MODELS_PATHWAYS_AFTER_H
/* After release: who comes back, and where they are until then, counted nowhere. They come back in
 * their own region, as anybody who is brought in. */

#include "models/places/site.h"

/* Those of PLAN's regions who are away; NULL: no memory. */
struct after *after_create(const struct plan *plan);
void after_reset(struct model *model);
void after_free(struct after *after);

/* WHO has left SITE by EXIT at NOW: whether they come back, and when, is drawn. */
void after_release(struct site *site, struct traveller *who, uint16_t exit, ticks now);

/* WHO, on the way back, has come to their region's SITE: the number that after_take knows. */
uint32_t after_keep(struct site *site, const struct traveller *who);

/* Those of NUMBER at SITE come back: no longer away. */
struct traveller after_take(struct site *site, uint32_t number);

#endif
