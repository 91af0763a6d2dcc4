#ifndef MODELS_SCENARIO_WAYS_H
#define MODELS_SCENARIO_WAYS_H
/* `then: {parole: {share: 30 %, stay: {fixed: 3 mo}}}` is `then: {parole: 30 %}` with `stays:
 * [{way: parole, stay: {fixed: 3 mo}}]` beside it. */

#include "node.h"

/* Write the stays within `then` out in the pathways of ROOT, a file as it was read; what cannot be
 * read so is left for the reader. */
void ways_write_out(struct tree *tree, struct node *root);

#endif
