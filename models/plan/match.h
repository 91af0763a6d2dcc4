#ifndef MODELS_PLAN_MATCH_H
#define MODELS_PLAN_MATCH_H
/* Intake that fits the people of the start. Where stays are not known and the counts of the first
 * day are, a draw of the stays says what the intake must have been: by Little's law people =
 * entries a day times days. */

#include "tables.h"

#include "sim/base/error.h"

/* Multiply the intake of PLAN, and of its world where it is PLAN's own, by a factor for each legal
 * status in which people come, the same for all classes that begin in it: the world's pathways in
 * balance then hold as many people inside of each status as its stock counts. A status in which
 * nobody comes, or of which nobody is counted, is left as it is. The sources of PLAN, and of a
 * world of its own, are as the scenario says and its own. BAD_INPUT: no such factors, or one is not
 * above 0, and which; NO_MEMORY. */
MUST_CHECK int plan_match_stock(struct plan *plan, struct error *err);

#endif
