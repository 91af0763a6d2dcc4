#ifndef MODELS_SCENARIO_COPIES_H
#define MODELS_SCENARIO_COPIES_H
/* {name: House, copies: 20} is House 1 to House 20, each as if it had been written out. */

#include "node.h"

/* Write out the copies among the facilities of *ROOT; a scenario without any stays as it is. What
 * cannot be read is left for the reader. */
void copies_write_out(struct tree *tree, struct node **root);

#endif
