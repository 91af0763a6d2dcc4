#ifndef ANALYSIS_UNPACK_H
#define ANALYSIS_UNPACK_H
/* Writes the scenario in a result out as files again, so that it can be run with nothing else. */

#include "sim/result/store.h"

#include <stddef.h>

/* Write all files of STORE's scenario into FOLDER, which is made and must not be there. COMMAND:
 * the line for a shell that simulates the same result. BAD_INPUT: a file has a name that lies
 * elsewhere (an absolute path); ENVIRONMENT: it cannot be written. */
MUST_CHECK int unpack(const struct store *store, const char *folder, char *command, size_t size,
                      struct error *err);

#endif
