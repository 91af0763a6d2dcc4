#ifndef MODELS_SCENARIO_CHECK_READERS_H
#define MODELS_SCENARIO_CHECK_READERS_H
/* What stands in a scenario for readers alone: words for reports, and what was counted. */

#include "known.h"

/* Each text says something, and a name says of which word. */
void check_texts(struct scenario *scenario);

/* Each count is of a place that there is, and of one day, series and place there is one. */
void check_counted(struct scenario *scenario, const struct known *regions,
                   const struct known *facilities);

#endif
