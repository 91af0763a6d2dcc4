#ifndef ANALYSIS_FORESIGHT_H
#define ANALYSIS_FORESIGHT_H
/* What nobody could have known on a day, taken out of a scenario that has been read. */

#include "models/scenario/scenario.h"

/* Leave out of SCENARIO what it dates after DAY. LAWS: measures do not begin, facilities neither
 * open nor close, projects do not start, nobody strikes, and values by date stay as they were on
 * that day, but for those of the intake, which do where INTAKE is. What began before ends as it
 * says. A measure whose beginning is drawn begins as drawn; laws themselves are not looked at
 * (rebase.h). */
void foresight_end(struct scenario *scenario, int32_t day, bool laws, bool intake);

#endif
