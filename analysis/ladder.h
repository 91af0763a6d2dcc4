#ifndef ANALYSIS_LADDER_H
#define ANALYSIS_LADDER_H
/* The values from A to B, a step apart, as a scenario writes them: 0..200, 10 d..120 d, 0 %..50 %,
 * 2027-01-01..2032-01-01. */

#include "models/scenario/value.h"

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LADDER_UNIT 32
#define LADDER_TEXT 64
#define LADDER_MOST 1000000 /* steps */

struct ladder {
    bool dates;
    double low, step;       /* of numbers, in their unit */
    char unit[LADDER_UNIT]; /* with the space before it */
    int32_t first;          /* of dates: days since 1970-01-01 */
    struct span span;       /* their step: months or days */
    size_t count;           /* values, 1 at least */
};

/* Read "A..B", and STEP (NULL: 1 in the unit, or a day). BAD_INPUT and a line that says what is
 * wrong: it is no such text, B is below A, or no step ends on B. */
MUST_CHECK int ladder_read(struct ladder *ladder, const char *text, const char *step,
                           struct error *err);

/* Read "A..B" as two rungs, its ends. BAD_INPUT as above; A is below B. */
MUST_CHECK int ladder_read_ends(struct ladder *ladder, const char *text, struct error *err);

/* The value on rung I, from 0 to count - 1. */
const char *ladder_write(const struct ladder *ladder, size_t i, char out[LADDER_TEXT]);

#endif
