#ifndef MODELS_OFFICE_RELIEF_H
#define MODELS_OFFICE_RELIEF_H
/* Measures at the round: what they decide, and where people go by them. */

#include "models/places/site.h"

/* Look at each measure in its order on DAY, and let it act: those it lets go come back, those whose
 * sentence it postponed are called, those it takes go. At time 0 nobody goes anywhere yet. */
void relief_review(struct model *model, int32_t day, ticks now);

#endif
