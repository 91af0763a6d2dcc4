#ifndef MODELS_SCENARIO_CHECK_COST_H
#define MODELS_SCENARIO_CHECK_COST_H
/* What a scenario says of cost: what is likely not meant. */

#include "known.h"

/* Warn of SCENARIO, whose FACILITIES have no fault. */
void warn_cost(struct scenario *scenario, const struct known *facilities);

#endif
