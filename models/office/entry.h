#ifndef MODELS_OFFICE_ENTRY_H
#define MODELS_OFFICE_ENTRY_H
/* What people ask the office for: a prison at once, or a turn in a list. */

#include "office.h"

/* What was asked for at SITE since the last round, in the order of asking. */
void entry_answer(struct model *model, struct site *site, ticks now);

/* SLOT, who is inside already or in custody, asks for a prison and gets it at once; whom the region
 * has none for is among those of entry_away. */
void entry_place(struct model *model, struct site *site, uint32_t slot, ticks now);

/* Whom their region had no place for: the own region's prison after all, or the emptiest of the
 * country. Who finds none asks again at the next round. */
void entry_away(struct model *model, ticks now);

#endif
