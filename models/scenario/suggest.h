#ifndef MODELS_SCENARIO_SUGGEST_H
#define MODELS_SCENARIO_SUGGEST_H
/* "Did you mean?" for names and words. */

#include <stddef.h>

/* The closest of COUNT words to TEXT (edit distance), or the only one that goes on behind it, as
 * 'Canal house' behind 'Canal'; NULL: none is near. */
const char *suggest(const char *text, const char *const *word, size_t count);

/* What there is where nothing is near: "; there are north and south" in TEXT, of SIZE bytes; empty
 * where it would be a long list, or nothing. */
void suggest_all(const char *const *word, size_t count, char *text, size_t size);

#endif
