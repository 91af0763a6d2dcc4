#ifndef MODELS_SCENARIO_CHECK_STAFF_H
#define MODELS_SCENARIO_CHECK_STAFF_H
/* Pressure, staff and strikes. */

#include "known.h"

void check_staff(struct scenario *scenario, const struct known *regions);

/* Settings of them that nothing would read. */
void warn_staff(struct scenario *scenario);

#endif
