#ifndef MODELS_SCENARIO_WORDS_H
#define MODELS_SCENARIO_WORDS_H
/* What the words of a scenario mean, one row for each word that a field accepts, and the forms of
 * distributions. `explain` and the schema draw from it; a test says which word has no row. */

#include "sim/engine/distribution.h"

#include <stddef.h>

struct word {
    const char
        *fields; /* names of the fields that accept it, between blanks: " status statuses " */
    const char *word, *meaning;
};
extern const struct word word_table[];
extern const size_t word_count;

/* What WORD means in the field called FIELD (its last name); NULL: there is no row. */
const struct word *word_find(const char *field, const char *word);

struct distribution_text {
    const char *meaning, *example;
    const char *parameter[3]; /* meanings, in the order of distribution_forms */
};
extern const struct distribution_text distribution_texts[DIST_KINDS];

#endif
