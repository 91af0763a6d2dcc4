#ifndef MODELS_OFFICE_SERVE_H
#define MODELS_OFFICE_SERVE_H
/* Places for those who wait in a list for a kind of facility. */

#include "office.h"

/* Serve those of region NUMBER who wait for QUEUE at its own facilities; lower priority numbers
 * first, at most MOVES people. */
void serve_region(struct model *model, uint32_t number, enum queue_kind queue, int64_t moves,
                  ticks now);

/* Give what the regions left to whoever waits longest in the country. */
void serve_nation(struct model *model, enum queue_kind queue, int64_t moves, ticks now);

#endif
