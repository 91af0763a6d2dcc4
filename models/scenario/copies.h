#ifndef MODELS_SCENARIO_COPIES_H
#define MODELS_SCENARIO_COPIES_H
/* {name: House, copies: 20} is House 1 to House 20, each as if it had been written out. */

#include "node.h"

#include "sim/base/error.h"

#include <stdint.h>

/* Write out the copies among the facilities of *ROOT; a scenario without any stays as it is. What
 * cannot be read is left for the reader. */
void copies_write_out(struct tree *tree, struct node **root);

/* A facility like ITEM but for its name, STEM and NUMBER; NULL: no memory. */
MUST_CHECK struct node *copies_make(struct tree *tree, const struct node *item, const char *stem,
                                    int64_t number);

#endif
