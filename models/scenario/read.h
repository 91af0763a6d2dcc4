#ifndef MODELS_SCENARIO_READ_H
#define MODELS_SCENARIO_READ_H
/* From a scenario's text to a struct scenario: overlay (files to one tree), read_record (the tree
 * by the field table), check (what no single field can know). */

#include "scenario.h"

/* Read and check FILE. FAULTS gets every fault and warning; returns OK, BAD_INPUT when there is an
 * error among them, ENVIRONMENT when a file that is there cannot be read, or NO_MEMORY (and one
 * fault that says so). SCENARIO is to be freed either way. */
int scenario_read(struct scenario *scenario, const char *file, bool allow_outside,
                  struct faults *faults);

/* The same with COUNT texts of SET laid over it, each a line 'PATH: VALUE' of `set:`. */
int scenario_read_set(struct scenario *scenario, const char *file, const char *const *set,
                      size_t count, bool allow_outside, struct faults *faults);

#endif
