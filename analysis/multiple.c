#include "multiple.h"

#include <gsl/gsl_sort.h>
#include <math.h>

void
multiple_holm(const double *p, size_t count, double *adjusted, size_t *work)
{
    double least = 0;
    size_t left = 0;

    for (size_t i = 0; i < count; i++) {
        left += isnan(p[i]) ? 0 : 1;
        adjusted[i] = isnan(p[i]) ? INFINITY : p[i]; /* so that they come last */
    }
    gsl_sort_index(work, adjusted, 1, count);
    for (size_t i = 0; i < count; i++) {
        size_t at = work[i];
        if (isnan(p[at])) {
            adjusted[at] = NAN;
            continue;
        }
        least = fmax(least, fmin(1, (double)left * p[at]));
        adjusted[at] = least;
        left--;
    }
}
