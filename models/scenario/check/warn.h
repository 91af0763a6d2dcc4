#ifndef MODELS_SCENARIO_WARN_H
#define MODELS_SCENARIO_WARN_H
/* What a scenario without errors says and likely does not mean. */

#include "known.h"

/* Add the warnings to the scenario's faults; FACILITIES are the names of its facilities. */
void warn_scenario(struct scenario *scenario, const struct known *facilities);

#endif
