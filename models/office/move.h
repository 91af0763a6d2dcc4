#ifndef MODELS_OFFICE_MOVE_H
#define MODELS_OFFICE_MOVE_H
/* Moves from one site to another, with all that goes along: cases, turns in lists, what begins. */

#include "office.h"

#include "models/places/trace.h"

/* Move the person of SLOT at FROM to the facility TO; the slot there, or NOWHERE (no memory). WHY
 * is for whoever writes the life down. */
uint32_t move_to(struct model *model, struct site *from, uint32_t slot, struct site *to,
                 enum trace_move why, ticks now);

#endif
