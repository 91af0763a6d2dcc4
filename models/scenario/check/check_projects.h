#ifndef MODELS_SCENARIO_CHECK_PROJECTS_H
#define MODELS_SCENARIO_CHECK_PROJECTS_H
/* Projects of houses, and the stages they go through. */

#include "models/scenario/scenario.h"

void check_projects(struct scenario *scenario);

/* Processes that nobody goes through. */
void warn_projects(struct scenario *scenario);

#endif
