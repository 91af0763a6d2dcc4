#ifndef MODELS_SCENARIO_EDIT_H
#define MODELS_SCENARIO_EDIT_H
/* A tree changed by paths: values set or changed, items added, fields or items taken out. What is
 * changed is copied first, so the tree before stays as it was. */

#include "edit_end.h"
#include "edit_node.h"

/* Begin the changes of one file; each edit_apply follows a path, edit_end (edit_end.h) finishes. */
void edit_begin(struct edit_batch *batch, struct tree *tree, enum operation operation,
                const char *within);

/* Change *ROOT, a scenario, at PATH by VALUE (of EDIT_DROP: NULL). Faults stand at PATH or VALUE.
 */
void edit_apply(struct edit_batch *batch, struct node **root, const struct node *path,
                const struct node *value);

#endif
