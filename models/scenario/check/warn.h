#ifndef MODELS_SCENARIO_WARN_H
#define MODELS_SCENARIO_WARN_H
/* What a scenario without errors says and likely does not mean. */

#include "models/scenario/scenario.h"

/* Add the warnings to the scenario's faults. */
void warn_scenario(struct scenario *scenario);

#endif
