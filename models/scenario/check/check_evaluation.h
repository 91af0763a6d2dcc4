#ifndef MODELS_SCENARIO_CHECK_EVALUATION_H
#define MODELS_SCENARIO_CHECK_EVALUATION_H
/* How screening for houses errs, and what is learned. */

#include "models/scenario/scenario.h"

void check_evaluation(struct scenario *scenario);

/* Settings of it that nothing would read, and learning that cannot be. */
void warn_evaluation(struct scenario *scenario);

#endif
