#ifndef ANALYSIS_RESTOCK_H
#define ANALYSIS_RESTOCK_H
/* The stock of a scenario, scaled to counts of another day: row by row, whole people, so that what
 * was counted holds. What was counted by facility is taken so; what was counted of a region or of
 * all is spread as the stock was; what was not counted stays as it was. */

#include "counts.h"

#include "models/scenario/scenario.h"

#include "sim/base/error.h"

#include <stdio.h>

struct restock_row {
    const struct stock_object *like; /* the row of the stock that it was; NULL: it is new */
    int status;
    const char *class, *phase, *region, *facility; /* NULL: not said */
    int64_t count;
};

/* People of a kind, in the stock and by the counts. */
struct restock_sum {
    const char *what;
    int64_t before, now;
};

struct restock {
    struct scenario *scenario;
    const struct counts *counts;
    FILE *notes; /* gets a line for each thing worth knowing */
    struct restock_row *row;
    size_t rows, row_room;
    struct restock_sum *sum;
    size_t sums, sum_room;
};

/* Scale the stock of `scenario` to `counts`, whose names were found (counts_find); the rest of
 * RESTOCK is zero. BAD_INPUT: FAULTS has a line for each count that cannot hold; NO_MEMORY. Free
 * either way. */
MUST_CHECK int restock_make(struct restock *restock, struct faults *faults, struct error *err);
void restock_free(struct restock *restock);

/* How many people MEASURE holds out of the prisons on the day of COUNTS: counted, or else (COUNTED
 * false) at_once of one that has held since before SCENARIO's start, whose stock has them. */
int64_t restock_out(const struct scenario *scenario, const struct counts *counts, size_t measure,
                    bool *counted);

/* Is somebody held out by any measure on that day? */
bool restock_any_out(const struct scenario *scenario, const struct counts *counts);

#endif
