#ifndef SIM_OUTPUT_H
#define SIM_OUTPUT_H
/* Where a result will be written, looked at before anything is simulated: symbolic links are
 * followed, and what no result can be written to is refused. */

#include "sim/base/error.h"

struct output {
    char *path;    /* of the result, links followed */
    char *journal; /* PATH.journal */
};

/* Look at NAME. BAD_INPUT: it is no name for a file, or names a folder, a device, a pipe or a
 * file that is no result. ENVIRONMENT: the folder is not there or cannot be written in, or another
 * program writes the file. NO_MEMORY. */
MUST_CHECK int output_find(struct output *output, const char *name, struct error *err);
void output_free(struct output *output);

#endif
