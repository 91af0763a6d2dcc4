#ifndef MODELS_SCENARIO_CHECK_WARN_GAPS_H
#define MODELS_SCENARIO_CHECK_WARN_GAPS_H
/* Facilities that leave out what most of the others say, so that they are free or without staff. */

#include "models/scenario/scenario.h"

void warn_gaps(const struct scenario *scenario);

#endif
