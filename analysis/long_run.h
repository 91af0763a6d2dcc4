#ifndef ANALYSIS_LONG_RUN_H
#define ANALYSIS_LONG_RUN_H
/* What one long run says of the mean in balance: where its beginning ends, and how sure the mean of
 * the rest is although its rows hang together. */

#include <stddef.h>

#define LONG_RUN_BATCHES 30

struct long_run {
    size_t cut;       /* rows of the beginning that are left out */
    size_t batches;   /* 0: too few rows */
    double mean;      /* of the rest */
    double low, high; /* 95 % interval from the batches' means, as if they were independent */
};

/* Where the beginning of VALUE [count] ends by MSER-5 (White 1997): of the means of five rows each,
 * so many are left out that the standard error of those that stay is least; never more than half.
 * Rows. */
size_t long_run_cut(const double *value, size_t count);

/* Batch means (Law 2015, 9.5.3): VALUE [count] from CUT on, in BATCHES of the same length (what is
 * left over is left out in front), Student's t of their means. */
struct long_run long_run_batches(const double *value, size_t count, size_t cut, size_t batches);

#endif
