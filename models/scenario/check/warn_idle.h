#ifndef MODELS_SCENARIO_WARN_IDLE_H
#define MODELS_SCENARIO_WARN_IDLE_H
/* What a scenario says and changes nothing, or concerns nobody: rows of tables. */

#include "known.h"

/* Add the warnings to the scenario's faults; FACILITIES are the names of its facilities. */
void warn_idle(const struct scenario *scenario, const struct known *facilities);

#endif
