#ifndef MODELS_LABELS_H
#define MODELS_LABELS_H
/* What each series is called for a reader, in the languages of results and reports. A new series
 * needs a row here besides its own in series.c; tests/unit/test_labels.c says where one is missing.
 */

#include <stddef.h>

enum label_language { LABEL_EN, LABEL_NL, LABEL_FR, LABEL_LANGUAGES };

struct labels {
    const char *series;
    const char *text[LABEL_LANGUAGES];
};

extern const struct labels label_table[];
extern const size_t label_count;

/* What the series called SERIES is called in LANGUAGE, or NULL: it has no row. */
const char *label_of(const char *series, enum label_language language);

#endif
