#ifndef MODELS_SCENARIO_READ_OBJECT_H
#define MODELS_SCENARIO_READ_OBJECT_H
/* Reads a tree into an object by its field table. */

#include "models/scenario/fields/fields.h"
#include "node.h"

/* Fill OBJECT (zeroed, of TYPE) from MAP; fields that are missing get their fallback. */
void read_object(struct tree *tree, const struct node *map, const struct object_type *type,
                 void *object, const char *path);

#endif
