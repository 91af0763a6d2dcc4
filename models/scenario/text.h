#ifndef MODELS_SCENARIO_TEXT_H
#define MODELS_SCENARIO_TEXT_H
/* The bytes of a file before anything reads them: UTF-8 without control characters and invisible
 * ones, or refused. */

#include "faults.h"

#include "sim/base/error.h"

/* Where in the SIZE bytes of FILE, behind which a zero follows, the text begins, behind a byte
 * order mark; -1 and a fault: it is no text. */
MUST_CHECK int text_begin(struct faults *faults, const char *file, const char *bytes, size_t size);

/* Whether TEXT holds a character that no text should: a control other than tab and line ends,
 * or one that cannot be seen. */
bool text_has_control(const char *text, size_t length);

#endif
