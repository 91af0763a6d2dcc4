#ifndef MODELS_SCENARIO_RANGE_H
#define MODELS_SCENARIO_RANGE_H
/* The range of a field's values, in words: for explain and the table of parameters. */

#include "fields.h"

#include <stddef.h>

/* "0 d to 10000 d", both allowed, into TEXT; false: the field has no range to tell of. */
bool range_text(const struct field *field, char *text, size_t size);

/* What FIELD's type is called: that of a distribution says what its numbers are. */
const char *range_type_text(const struct field *field);

#endif
