#ifndef ANALYSIS_ARCHIVE_H
#define ANALYSIS_ARCHIVE_H
/* A folder to keep and to give away: a result with its scenario as files, the program's sources,
 * the licence, how to cite it, checksums, and what all that is, as an RO-Crate 1.1
 * (https://w3id.org/ro/crate/1.1). */

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <stddef.h>

struct archive {
    const struct store *store;
    const char *result; /* its path */
    const char *folder; /* that is made, and must not be there */
    size_t files;       /* out: in it */
};

/* Write the folder, whole or not at all. BAD_INPUT: the scenario in the result names a file
 * elsewhere; ENVIRONMENT: it is there, or cannot be written; NO_MEMORY. */
MUST_CHECK int archive_write(struct archive *archive, struct error *err);

#endif
