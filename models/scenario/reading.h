#ifndef MODELS_SCENARIO_READING_H
#define MODELS_SCENARIO_READING_H
/* What all readers of values have in common: where they are, words, numbers with their units, and
 * the fault that says what was expected. */

#include "models/scenario/fields/fields.h"
#include "node.h"

#include "sim/base/error.h"

struct reading {
    struct tree *tree;
    const struct field *field;
    const char *path; /* of the field, for faults */
};

/* Say of NODE "expected X, found 'Y'". */
void reading_refuse(const struct reading *r, const struct node *node, const char *expected);

/* The index of NODE's word among WORDS, which end in NULL; -1 and a fault that lists or suggests.
 */
int reading_word(const struct reading *r, const struct node *node, const char *const *words);

/* The number of NODE, written as those of TYPE are, from LOW to HIGH; false and a fault: none. */
MUST_CHECK bool reading_number(const struct reading *r, const struct node *node,
                               enum field_type type, double low, double high, double *value);

/* Does what is drawn for NODE, if anything is, stay between LOW and HIGH, in UNIT? false and a
 * fault: it does not. */
bool reading_reach(const struct reading *r, const struct node *node, double low, double high,
                   const char *unit);

/* What is expected where TEXT is no value of TYPE, or no whole number: the commonest slips have
 * texts of their own. */
const char *reading_expected(enum field_type type, const char *text);
const char *reading_expected_whole(const char *text);

/* Zeroed room for COUNT items of SIZE bytes, which lives as long as the tree; NULL and a fault: no
 * memory. */
MUST_CHECK void *reading_room(const struct reading *r, const struct node *node, size_t count,
                              size_t size);

#endif
