#ifndef MODELS_SCENARIO_READ_RECORD_H
#define MODELS_SCENARIO_READ_RECORD_H
/* Reads a tree into a record by its field table. */

#include "models/scenario/fields/fields.h"
#include "node.h"

/* Fill RECORD (zeroed, of TYPE) from MAP; fields that are missing get their fallback. */
void read_record(struct tree *tree, const struct node *map, const struct record_type *type,
                 void *record, const char *path);

#endif
