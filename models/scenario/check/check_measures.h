#ifndef MODELS_SCENARIO_CHECK_MEASURES_H
#define MODELS_SCENARIO_CHECK_MEASURES_H

#include "known.h"

/* Measures: what each kind needs and what is of no kind's business, dates, triggers, names. */
void check_measures(struct scenario *scenario, const struct known *regions,
                    const struct known *classes, const struct known *facilities);

#endif
