#ifndef MODELS_SCENARIO_CHANGE_H
#define MODELS_SCENARIO_CHANGE_H
/* A value changed by `times` or `plus`. Numbers keep the unit in which they are written; whole
 * numbers are rounded to the nearest. Steps by date, month profiles and lists of fractions change
 * in each of their values. A distribution changes in its mean: with `times` all its times are so
 * many times as long, with `plus` it is moved, or its mean raised where it is written by its mean;
 * a cv stays. */

#include "path.h"

#include "sim/base/error.h"

enum change_kind { CHANGE_TO, CHANGE_TIMES, CHANGE_PLUS };

/* VALUE of FIELD changed by OPERAND, as new nodes that stand where AT does; NULL and a fault at
 * OPERAND (which names LABEL) where that has no meaning. What cannot be read in VALUE is left as it
 * is, for the reader to say so. */
MUST_CHECK struct node *change_value(struct tree *tree, const struct field *field,
                                     const struct node *value, enum change_kind kind,
                                     const struct node *operand, const struct node *at,
                                     const char *label);

/* Whether VALUE says how a value of FIELD (NULL: of any) changes: {to: ..}, {times: ..} or
 * {plus: ..}, with or without `world`. */
bool change_is(const struct node *value, const struct field *field);

/* What VALUE, a change, changes by, and how; NULL and a fault: by nothing, or by two things. */
MUST_CHECK const struct node *change_read(const struct path_origin *origin,
                                          const struct node *value, enum change_kind *kind);

/* Whether VALUE is a change and says that it holds for the world too. */
bool change_is_world(const struct node *value);

/* Write NUMBER in the fewest digits that read back as the same. */
void change_write_number(double number, char text[32]);

#endif
