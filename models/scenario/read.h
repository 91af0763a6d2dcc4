#ifndef MODELS_SCENARIO_READ_H
#define MODELS_SCENARIO_READ_H
/* From a scenario's text to a struct scenario: overlay (files to one tree), read_object (the tree
 * by the field table), check (what no single field can know). */

#include "scenario.h"
#include "source.h"

#include "sim/base/error.h"

/* Read and check what FROM names. FAULTS gets every fault and warning; returns OK, BAD_INPUT when
 * there is an error among them, ENVIRONMENT when a file that is there cannot be read, or NO_MEMORY
 * (and one fault that says so). SCENARIO is to be freed either way. */
MUST_CHECK int scenario_read_from(struct scenario *scenario, const struct scenario_source *from,
                                  struct faults *faults);

/* The same of FILE and the files that it names. */
MUST_CHECK int scenario_read(struct scenario *scenario, const char *file, bool allow_outside,
                             struct faults *faults);

#endif
