#ifndef ANALYSIS_REPORT_DOCUMENT_H
#define ANALYSIS_REPORT_DOCUMENT_H
/* All that the page of a report shows, as one JSON document: README.md has its keys. */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <jansson.h>
#include <stddef.h>
#include <time.h>

/* What a report is of. */
struct report_asked {
    struct store *const *store; /* [stores]: the base first */
    const char *const *path;    /* [stores]: their files */
    size_t stores;
    const char *command; /* that asked for it */
    time_t made;
    const char *attribution, *backtest; /* files of JSON (brought.h); NULL: none */
};

/* The DOCUMENT, to be given back with json_decref. BAD_INPUT: the results do not belong together,
 * or are damaged (*WRONG: which of them), or a file of JSON is not what it should be (*WRONG is
 * SIZE_MAX, and the line names the file); ENVIRONMENT: that cannot be read; NO_MEMORY. */
MUST_CHECK int report_document(const struct report_asked *asked, json_t **document, size_t *wrong,
                               struct error *err);

#endif
