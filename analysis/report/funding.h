#ifndef ANALYSIS_REPORT_FUNDING_H
#define ANALYSIS_REPORT_FUNDING_H
/* Houses that are funded for a term, and whose money ends within the time that is simulated. */

#include "models/scenario/scenario.h"

#include "sim/base/error.h"

#include <jansson.h>
#include <stddef.h>

/* A list of
 *
 *   facility, region, places
 *   until    the first day from the scenario's start on (days since 1970-01-01) on which a term
 *            ends; null where the day of the opening is not known beforehand
 *   chance   that it is funded for another term
 *   in       of each of SCENARIO [scenarios], the base first: does it say the same of this
 *            facility? NULL stands for one that this version does not read: it says nothing
 *
 * What opens so late that no term can end before its scenario does is not among them. NO_MEMORY. */
MUST_CHECK int report_funding(const struct scenario *const *scenario, size_t scenarios,
                              json_t **list, struct error *err);

#endif
