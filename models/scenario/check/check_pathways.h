#ifndef MODELS_SCENARIO_CHECK_PATHWAYS_H
#define MODELS_SCENARIO_CHECK_PATHWAYS_H
/* What phases say of one another: where they lead, what they need, and that nobody goes round among
 * them without taking time. */

#include "known.h"

/* Check the pathways of SCENARIO, which has no more phases than the model has room for. */
void check_pathways(struct scenario *scenario, const struct known *desks,
                    const struct known *facilities);

/* Does `classes` say how long the sentence of CLASS is? */
bool class_has_sentence(const struct scenario *scenario, const char *class);

#endif
