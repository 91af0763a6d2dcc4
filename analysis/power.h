#ifndef ANALYSIS_POWER_H
#define ANALYSIS_POWER_H
/* What an evaluation of a roll-out can see: a scenario in which houses open region by region is
 * simulated without an effect and with each that they might have, in the same futures; each future
 * is judged as the evaluation would judge it (stepped.h). How often a change is found where there
 * is one is the power, how often where there is none the rate of false alarms. */

#include "power_plan.h"

/* Simulate and judge: the same for any number of threads. BAD_INPUT: no house opens, an effect
 * changes nothing, an outcome never varies, no order of so few regions could show anything.
 * INTERRUPTED. */
MUST_CHECK int power_run(struct power *power, struct error *err);

/* The row of DATA and EFFECT at WATCH. */
const struct power_row *power_row(const struct power *power, size_t data, size_t effect,
                                  size_t watch);

/* The first row of DATA and EFFECT from which on each is shown (95 %) to be seen as often as is
 * aimed at; NULL: none is. */
const struct power_row *power_enough(const struct power *power, size_t data, size_t effect);

/* At the last watch, is EFFECT seen more often in data A than in data B, in the same futures? 5 %
 * of being wrong are shared by all pairs of data. */
bool power_is_better(const struct power *power, size_t effect, size_t a, size_t b);

/* Are false alarms of DATA at WATCH more than the level says? 2.5 % of being wrong are shared by
 * all data and watches. Never of data that are held against futures, which are as many as it says
 * by how the limit is found. */
bool power_errs(const struct power *power, size_t data, size_t watch);

#endif
