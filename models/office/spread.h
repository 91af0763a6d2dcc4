#ifndef MODELS_OFFICE_SPREAD_H
#define MODELS_OFFICE_SPREAD_H
/* The office's own moves, which nobody waits for: out of facilities that close, and from prisons
 * that are too full to others. They look at the whole country. Whoever travels by van does so
 * within the day's seats. */

#include "office.h"

/* Out of facilities that close; and out of prisons that are too full, within the van seats of the
 * day. */
void spread_closing(struct model *model, ticks now);
void spread_balance(struct model *model, ticks now);

#endif
