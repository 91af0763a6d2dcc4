#ifndef ANALYSIS_MULTIPLE_H
#define ANALYSIS_MULTIPLE_H
/* Many comparisons at once. */

#include <stddef.h>

/* P [count] adjusted so that all whose adjusted value is below 5 % are wrong together with a chance
 * of 5 % at most (Holm 1979), into ADJUSTED [count] in the order given. NaN is no comparison and
 * stays. WORK: [count] of size_t. */
void multiple_holm(const double *p, size_t count, double *adjusted, size_t *work);

#endif
