#ifndef MODELS_PATHWAYS_LAW_H
#define MODELS_PATHWAYS_LAW_H
/* Laws that reach those inside, too, on the day on which they come into force. Whatever begins
 * later asks plan_under_law. */

#include "models/places/site.h"

/* A law comes into force NOW, or none does: phases that are running end at the same quantile of the
 * new stay (sentences: as the new served shares say), but not before NOW; who is released early
 * stays so many days early. Procedures at desks that have begun end as they would have. */
void law_take_effect(struct model *model, ticks now);

#endif
