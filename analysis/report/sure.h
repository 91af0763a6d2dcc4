#ifndef ANALYSIS_REPORT_SURE_H
#define ANALYSIS_REPORT_SURE_H
/* How sure the report is: which of what is not known moves the outcome, and how much of the
 * futures' spread is not known rather than chance. */

#include "analysis/ranked.h"

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <jansson.h>

/* The outcome is the mean of floor_sleepers in the last full year of STORE, or over all of it where
 * it has no full year. Its ranks into RANKED, to be freed either way, and *RANKS:
 *
 *   outcome    its address; unit
 *   explained  adjusted share of the variance of its ranks, 0 to 1
 *   rows       {path, regression, partial, low, high, p} of each field that varies, the heaviest
 *              first; of a drift of the intake drift[NAME]
 *
 * or null where STORE does not tell (no such series, nothing drawn, too few draws): then ERR says
 * why. BAD_INPUT: a value is damaged; NO_MEMORY. */
MUST_CHECK int report_ranks(const struct store *store, struct ranked *ranked, json_t **ranks,
                            struct error *err);

/* A list of {name, by, share, low, high: [by year of STORE]} into *VARIANCE: which share of the
 * variance over futures is of what was drawn, with its 95 % interval, the rest is chance; null in a
 * year that does not vary. Null instead of the list where nothing tells one from the other: every
 * future has a draw of its own. BAD_INPUT, NO_MEMORY. */
MUST_CHECK int report_variance(const struct store *store, json_t **variance, struct error *err);

#endif
