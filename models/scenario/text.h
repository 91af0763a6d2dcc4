#ifndef MODELS_SCENARIO_TEXT_H
#define MODELS_SCENARIO_TEXT_H
/* The bytes of a file before anything reads them: UTF-8 without control characters and invisible
 * ones, or refused. */

#include "node.h"

/* Where in SOURCE the text begins, behind a byte order mark; -1 and a fault: it is no text. */
int text_begin(struct tree *tree, const char *file, const struct source *source);

/* Whether TEXT holds a character that no text should: a control other than tab and line ends,
 * or one that cannot be seen. */
bool text_has_control(const char *text, size_t length);

#endif
