#ifndef MODELS_SCENARIO_CHECK_H
#define MODELS_SCENARIO_CHECK_H
/* What is wrong with a scenario that no single field can know. */

#include "models/scenario/scenario.h"

/* Names that must stand for something, things that exclude one another, settings nothing reads.
 * Fills in what follows from several fields: the run's days, the steps of the history. */
void check_scenario(struct scenario *scenario);

/* A fault for every row of KEEP, rows of `record:`, whose place is kept already. */
void check_record(const struct objects *keep, struct faults *faults);

#endif
