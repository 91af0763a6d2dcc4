#ifndef MODELS_OFFICE_ROUND_H
#define MODELS_OFFICE_ROUND_H
/* The placement office's round, the first thing of a day (or of a part of it). It looks at what was
 * asked for since the last one and decides. Each region's part comes first and uses its own places,
 * side by side with the others; then the nation gives what is left to whoever is first in the
 * country, and sees to what is the nation's own. What happens, and in which order, is the table of
 * stages in round.c. */

#include "office.h"

/* The round at NOW: each region's stages, which touch its own sites alone; then the nation's. */
void round_region(struct model *model, uint32_t region, ticks now);
void round_nation(struct model *model, ticks now);

/* What the calendar says of region NUMBER up to DAY; also before the first round. */
void round_calendar(struct model *model, uint32_t number, int32_t day, ticks now);

/* The houses of region NUMBER that a cap shrinks have places for those who are there, and no fewer
 * than the cap. */
void round_shrink(struct model *model, uint32_t number, ticks now);

#endif
