#ifndef ANALYSIS_SWEEP_MERGE_H
#define ANALYSIS_SWEEP_MERGE_H
/* The parts of a sweep as one file, with the same bits as if one task had run all points. */

#include "sim/base/error.h"

#include <stddef.h>

struct merge {
    const char *folder; /* where the parts lie */
    const char *output;
    const char *command_line;
    int threads;
    size_t parts, points; /* out: merged */
    char *missing_points; /* out: "3,7-9", from 0, or NULL: none is missing */
    char *missing_tasks;  /* out: the tasks that have them, from 1, as --array wants them */
    size_t tasks;         /* out: of the sweep */
};

/* Write all that is there into the output, if nothing is missing. OK; DIFFERENT: points are
 * missing, and nothing is written; BAD_INPUT: there is no part, one is damaged or of another sweep,
 * or two have the same point (both are named); ENVIRONMENT; NO_MEMORY. To be freed either way. */
MUST_CHECK int merge_parts(struct merge *merge, struct error *err);
void merge_free(struct merge *merge);

#endif
