#ifndef MODELS_READING_H
#define MODELS_READING_H
/* A scenario from its file, with all that is to be said of it before it is run. */

#include "models/scenario/scenario.h"
#include "models/scenario/source.h"

#include "sim/base/error.h"

/* Read and check what FROM names as scenario_read_from does, and what only the model knows (names
 * of series). */
MUST_CHECK int run_read_from(struct scenario *scenario, const struct scenario_source *from,
                             struct faults *faults);

/* The same of FILE and the files that it names. */
MUST_CHECK int run_read(struct scenario *scenario, const char *file, bool allow_outside,
                        struct faults *faults);

#endif
