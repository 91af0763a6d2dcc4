#ifndef ANALYSIS_RESTOCK_H
#define ANALYSIS_RESTOCK_H
/* The stock of a scenario, scaled to counts of another day: row by row, whole people, so that what
 * was counted holds. What was counted by facility is taken so; what was counted of a region or of
 * all is spread as the stock was; what was not counted stays as it was. */

#include "stock_table.h"

struct restock {
    struct restock_row *row; /* those of the stock in their order, then new ones; none is empty */
    size_t rows, row_room;
    struct restock_sum *sum;
    size_t sums;
};

/* Scale the stock of SCENARIO to COUNTS, whose names were found (counts_find); NOTES gets a line
 * for each thing worth knowing. BAD_INPUT: FAULTS has a line for each count that cannot hold;
 * NO_MEMORY. Free either way. */
MUST_CHECK int restock_make(struct restock *restock, struct scenario *scenario,
                            const struct counts *counts, struct lines *notes, struct faults *faults,
                            struct error *err);
void restock_free(struct restock *restock);

#endif
