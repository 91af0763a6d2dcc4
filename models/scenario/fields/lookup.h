#ifndef MODELS_SCENARIO_LOOKUP_H
#define MODELS_SCENARIO_LOOKUP_H
/* Finds the row of the field table that a path means, as people write it. */

#include "fields.h"

/* The row of TEXT, such as facilities[Haren].capacity, pathways.arrested[sentence].then or
 * facilities.capacity, and its path in the table into PATH; NULL: there is none. */
const struct field *lookup_field(const char *text, char *path, size_t size);

#endif
