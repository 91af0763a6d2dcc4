#ifndef MODELS_SCENARIO_READ_VALUE_H
#define MODELS_SCENARIO_READ_VALUE_H
/* One value of a field, by its type. */

#include "reading.h"

/* Read NODE into OUT, zeroed and of the C type that fields.h names; where there is a fault OUT
 * stays as it is, or has what is good. NULL: of objects, which are read_object.h's. */
extern void (*const value_readers[FIELD_TYPES])(const struct reading *r, const struct node *node,
                                                void *out);

/* Read NODE as one number of the field of R; false and a fault: it is none. */
bool read_step(const struct reading *r, const struct node *node, double *value);

/* Whether the text of NODE is no good name, which is said. */
bool read_refuses_name(const struct reading *r, const struct node *node);

#endif
