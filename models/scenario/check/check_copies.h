#ifndef MODELS_SCENARIO_CHECK_COPIES_H
#define MODELS_SCENARIO_CHECK_COPIES_H
/* Copies that open, or whose projects start, evenly over a time. */

#include "models/scenario/scenario.h"

/* Number those of one item's copies that open evenly, in the order of the list, and see that all of
 * them say the same two dates. */
void check_copies(struct scenario *scenario);

#endif
