#ifndef ANALYSIS_STATISTICS_H
#define ANALYSIS_STATISTICS_H
/* Estimates over replications. */

#include <stddef.h>

struct estimate {
    size_t count;     /* replications that have a value */
    double mean;      /* NaN where none has one */
    double low, high; /* of the mean: 95 % interval by Student's t; NaN below two values */
    double tenth;     /* the 10th percentile over replications; NaN below two values */
    double ninetieth;
};

/* The estimate of COUNT values that lie STRIDE apart; NaN is no value. WORK has room for COUNT. */
struct estimate estimate_make(const double *value, size_t stride, size_t count, double *work);

#endif
