#ifndef MODELS_SCENARIO_EDIT_END_H
#define MODELS_SCENARIO_EDIT_END_H
/* What is left to do when all paths of a batch have been followed. */

#include "edit_node.h"

/* Close the gaps that taken-out children left; scale the other shares of a map whose shares were
 * set, so that all sum to 1. */
void edit_end(struct edit_batch *batch);

#endif
