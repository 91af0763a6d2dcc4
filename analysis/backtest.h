#ifndef ANALYSIS_BACKTEST_H
#define ANALYSIS_BACKTEST_H
/* How good forecasts of the past would have been: of a model begun anew on each origin, beside the
 * last count as it was (naive) and the last count moved on by the mean change a year until then
 * (drift). Those two are normal, spread as earlier counts were from what they made of still earlier
 * ones (past.h): nothing that came after the origin is in them. */

#include "backtest_plan.h"

/* Run the replications of all origins, and make all forecasts. Each origin has replications of its
 * own. The same for any number of THREADS. INTERRUPTED: stopped. */
MUST_CHECK int backtest_run(struct backtest *backtest, int threads, struct error *err);

#define BACKTEST_ALL SIZE_MAX

/* The score of WHO over the forecasts from ORIGIN at HORIZON (BACKTEST_ALL: from all, at all),
 * against that of the naive forecast; all NaN, without counts, where there is no memory. */
struct score backtest_score(const struct backtest *backtest, enum forecaster who, size_t origin,
                            size_t horizon);

#endif
