#ifndef MODELS_MEASURES_TURNS_H
#define MODELS_MEASURES_TURNS_H
/* Leave by turns: two of a site share a bed, one of them outside. */

#include "models/places/site.h"

/* PERSON, on leave by turns, has come to SITE, where they take turns; or they do so no longer. */
void turns_join(struct site *site, uint32_t slot, ticks now);
void turns_leave(struct site *site, const struct person *person);

/* Is SLOT, just taken and put on the list inside, to go out now, or only at the next turn? */
bool measure_turn_out(struct site *site, uint32_t slot, ticks now);

/* PERSON of SITE, on leave by turns, has just gone out or come in. */
void measure_changes_side(struct site *site, const struct person *person);

/* At the end of a turn those outside come in and those inside go out, through OUT and IN. */
void measure_turns(struct model *model, uint32_t number, ticks now,
                   void (*out)(struct model *, struct site *, uint32_t, ticks),
                   void (*in)(struct model *, struct site *, uint32_t, ticks));

#endif
