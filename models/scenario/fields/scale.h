#ifndef MODELS_SCENARIO_SCALE_H
#define MODELS_SCENARIO_SCALE_H
/* How the numbers of a field are written: what reads one, and the unit of what it reads. */

#include "fields.h"

struct scale {
    bool (*parse)(const char *text, double *value);
    const char *unit; /* behind a number in messages: " d", " / d" or nothing */
};

/* The scale of the numbers in a field of TYPE; of a distribution that of its times. NULL: it holds
 * none. */
const struct scale *scale_of_type(enum field_type type);

/* The same of FIELD, whose distribution may be one of plain numbers. */
const struct scale *scale_of(const struct field *field);

#endif
