#ifndef MODELS_SCENARIO_SUGGEST_H
#define MODELS_SCENARIO_SUGGEST_H
/* "Did you mean?" for names and words. */

#include <stddef.h>

/* The closest of COUNT words to TEXT, or NULL when none is near (edit distance). */
const char *suggest(const char *text, const char *const *word, size_t count);

#endif
