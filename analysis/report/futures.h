#ifndef ANALYSIS_REPORT_FUTURES_H
#define ANALYSIS_REPORT_FUTURES_H
/* What futures (replications) say of one number, stretch of time by stretch of time. */

#include "sim/base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FUTURES_QUANTILES 7
extern const double futures_p[FUTURES_QUANTILES]; /* 2.5 % to 97.5 %: bands of 95, 80 and 50 % */

/* Values of COUNT futures, VALUE[future][WINDOWS], NaN where there is none; DRAW as in
 * statistics.h.
 */
struct futures {
    const double *value;
    size_t count, windows;
    const uint64_t *draw;
};

/* What is told of windows FROM to UNTIL - 1 of them. */
struct futures_asked {
    size_t from, until;
    int decimals;  /* to which numbers are rounded */
    bool interval; /* low and high: the 95 % interval of the mean */
    bool bands;    /* the quantiles of futures_p */
    bool all;      /* each future's value, sorted */
    bool change;   /* values are differences: in how many of 100 they are below and above nothing */
};

/* An object {mean, low, high, q, futures, below, above} of arrays by window, as ASKED; numbers are
 * whole, times 10^decimals, each less the one before it that is there; null: none. NULL: no memory.
 */
json_t *futures_json(const struct futures *futures, const struct futures_asked *asked);

/* COUNT numbers as such an array. NULL: no memory. */
json_t *futures_numbers(const double *value, size_t count, int decimals);

#endif
