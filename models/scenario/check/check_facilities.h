#ifndef MODELS_SCENARIO_CHECK_FACILITIES_H
#define MODELS_SCENARIO_CHECK_FACILITIES_H
/* What facilities say of one another and of their regions, what changes their figures by date, and
 * how houses are filled. */

#include "known.h"

void check_facilities(struct scenario *scenario, const struct known *regions);

/* Check the rows of the history, and add them to the figures of their facilities. */
void check_history(struct scenario *scenario, const struct known *facilities);

/* Houses that are filled by selection need its rule: no rule is neutral. */
void check_selection(struct scenario *scenario, const struct known *facilities);

/* Courts send by weight as soon as one prison of the region has one: warn of whoever has none and
 * so gets nobody. Only of a scenario without errors, which may be those of a kind or a region. */
void check_entry(struct scenario *scenario, const struct known *regions);

#endif
