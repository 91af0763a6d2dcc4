#ifndef ANALYSIS_STOCK_INSIDE_H
#define ANALYSIS_STOCK_INSIDE_H
/* People inside, scaled to counts by status, in a facility, a region or all. */

#include "stock_table.h"

/* Solve T for its counts of people inside, add those whom measures hold out, and share each site's
 * people over its rows. BAD_INPUT: FAULTS has a line for each count that cannot hold; NO_MEMORY. */
MUST_CHECK int stock_inside_scale(struct stock_table *t, struct faults *faults, struct error *err);

#endif
