#ifndef MODELS_OFFICE_TURNS_H
#define MODELS_OFFICE_TURNS_H
/* Turns that are not for a place in a prison or a house: at desks, and in units where a phase
 * happens. */

#include "office.h"

/* Desks of regions and of the nation take those whose turn it is, as places are free. */
void turns_desks(struct model *model, ticks now);

/* Those whose next phase happens in a unit: it takes them, lets them wait where they are, or
 * refuses. */
void turns_units(struct model *model, ticks now);

#endif
