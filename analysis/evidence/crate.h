#ifndef ANALYSIS_CRATE_H
#define ANALYSIS_CRATE_H
/* What a folder holds, as an RO-Crate 1.1 says it, and the checksums of its files. */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <stddef.h>

/* Files of the crate that others are told by. */
#define CRATE_LICENCE  "LICENSE"
#define CRATE_SOURCES  "doorstroom-sources.tar.gz"
#define CRATE_SCENARIO "scenario/"
#define CRATE_DESIGN   "design/"
#define CRATE_SUMS     "SHA256SUMS"
#define CRATE_METADATA "ro-crate-metadata.json"

/* Describe all that is in FOLDER, where STORE's result is the file RESULT, in CRATE_METADATA, and
 * list the SHA-256 of every file in CRATE_SUMS, as sha256sum reads it; *FILES: how many there are
 * then. ENVIRONMENT; NO_MEMORY. */
MUST_CHECK int crate_write(const char *folder, const struct store *store, const char *result,
                           size_t *files, struct error *err);

#endif
