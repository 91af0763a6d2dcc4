#ifndef ANALYSIS_REPORT_FILL_H
#define ANALYSIS_REPORT_FILL_H
/* The page with its numbers in it. */

#include "sim/base/error.h"

#include <jansson.h>
#include <stddef.h>

/* The page that travels in the program (page/): HTML with @NUMBERS@, @LANG@ and @TITLE@, each once;
 * SIZE bytes, 0: the program was built without it. */
const char *fill_page(size_t *size);

/* PAGE of PAGE_SIZE bytes filled: TITLE as text, LANGUAGE (nl, fr, en) and DOCUMENT, as JSON that
 * zlib deflates, in base64. *SIZE bytes into *HTML, which the caller frees. NO_MEMORY, or BROKEN: a
 * marker is not there once. */
MUST_CHECK int fill_html(const char *page, size_t page_size, const char *title,
                         const char *language, const json_t *document, char **html, size_t *size,
                         struct error *err);

#endif
