#ifndef ANALYSIS_SWEEP_FACTOR_H
#define ANALYSIS_SWEEP_FACTOR_H
/* The values of a factor: a range with or without a step, a list, or a distribution; and the line
 * 'PATH: VALUE' that sets one, as --set gives it. */

#include "design_file.h"

#include "analysis/ladder.h"
#include "models/scenario/change.h"
#include "models/scenario/faults.h"
#include "models/scenario/node.h"
#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define FACTOR_TEXT 128 /* bytes of a value, as written */

enum factor_kind { FACTOR_RANGE, FACTOR_STEPS, FACTOR_LIST, FACTOR_DISTRIBUTION };

struct factor {
    const char *name;
    const char *path;       /* NULL: it changes nothing */
    const char *key;        /* the path as a line has it: between quotes where it needs them */
    const struct node *way; /* what says how it varies */
    enum change_kind change;
    const char *source; /* of its values, for readers; NULL: not given */
    bool world;
    enum factor_kind kind;
    struct ladder ladder;                    /* of a range and of steps */
    double low, high;                        /* of a range, in the ladder's unit */
    const struct node *list;                 /* of scalars */
    const struct distribution *distribution; /* in days, per day, or plain numbers */
    const char *unit;                        /* of its values, with a space before it, or "" */
    size_t levels;                           /* values that a grid takes of it */
};

/* Make FACTOR of what the file says, LEVELS where it does not say how many. Faults go to the
 * tree's; false: there is one, or no memory. Texts are the tree's. */
MUST_CHECK bool factor_read(struct factor *factor, const struct factor_object *asked, size_t levels,
                            struct tree *tree);

/* Whether VALUE can be one that a factor takes: a text in one line, not longer than FACTOR_TEXT. */
bool factor_takes(const struct node *value);

/* How many values there are; 0: any between two ends. */
size_t factor_values(const struct factor *factor);

/* The value at U of [0, 1]: the quantile of the factor, all its values alike. */
const char *factor_write(const struct factor *factor, double u, char text[FACTOR_TEXT]);

/* Where the value at U of [0, 1] lies from the first of the factor's values, 0, to the last, 1; U
 * itself where any between two ends is one, or there is no other. */
double factor_place(const struct factor *factor, double u);

/* The value on LEVEL of the factor's levels, from 0. */
const char *factor_write_level(const struct factor *factor, size_t level, char text[FACTOR_TEXT]);

/* The line that sets VALUE, of SIZE bytes; its length, or what it would be. 0: it changes nothing.
 */
size_t factor_line(const struct factor *factor, const char *value, char *line, size_t size);

/* VALUE as a number, where it is one: 0.25 of '25 %', durations in days, rates per day, dates in
 * days since 1970-01-01; NaN: a word. */
double factor_number(const char *value);

/* The units of that number, as udunits has them: 1, d, d-1 or 'days since 1970-01-01'; NULL: a
 * word. */
const char *factor_units(const char *value);

#endif
