#ifndef ANALYSIS_STOCK_PHASES_H
#define ANALYSIS_STOCK_PHASES_H
/* People at home and outside, scaled to counts of their phases. */

#include "stock_table.h"

/* Scale them in T: a phase's count of a region, or of all, over its rows. BAD_INPUT: FAULTS has a
 * line for each count that cannot hold; NO_MEMORY. */
MUST_CHECK int stock_phases_scale(struct stock_table *t, struct faults *faults, struct error *err);

/* Sums of these phases, and a note for those that were not counted; NO_MEMORY. */
MUST_CHECK int stock_phases_sum(struct stock_table *t, struct error *err);

#endif
