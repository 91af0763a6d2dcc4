#ifndef MODELS_SCENARIO_READ_RECORD_H
#define MODELS_SCENARIO_READ_RECORD_H
/* Reads a tree into a record by its field table. */

#include "models/scenario/fields/fields.h"
#include "node.h"

/* Fill RECORD (zeroed, of TYPE) from MAP; fields that are missing get their fallback. */
void read_record(struct tree *tree, const struct node *map, const struct record_type *type,
                 void *record, const char *path);

/* Read NODE as one value of FIELD, a field of steps; false and a fault: it is none. */
bool read_step(struct tree *tree, const struct node *node, const struct field *field,
               const char *path, double *value);

#endif
