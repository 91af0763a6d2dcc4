#include "crps.h"

#include "statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>

/* Mean |X - observed| less PAIRS times the sum of |X - X'| over pairs i < j, which is that of
 * (2 i - n + 1) X_i, i from 0, for X ascending. */
static double
score(const double *sorted, size_t count, double observed, double pairs)
{
    double n = (double)count, off = 0, apart = 0;

    for (size_t i = 0; i < count; i++) {
        off += fabs(sorted[i] - observed);
        apart += (2 * (double)i - n + 1) * (sorted[i] - sorted[0]);
    }
    return off / n - pairs * apart;
}

double
crps_ensemble(const double *sorted, size_t count, double observed)
{
    double n = (double)count;

    return count > 1 ? score(sorted, count, observed, 1 / (n * (n - 1))) : (double)NAN;
}

double
crps_plain(const double *sorted, size_t count, double observed)
{
    double n = (double)count;

    return count > 0 ? score(sorted, count, observed, 1 / (n * n)) : (double)NAN;
}

double
crps_normal(double mean, double sd, double observed)
{
    double z = (observed - mean) / sd;

    if (!(sd > 0))
        return NAN;
    return sd *
           (z * (2 * gsl_cdf_ugaussian_P(z) - 1) + 2 * gsl_ran_ugaussian_pdf(z) - 1 / M_SQRTPI);
}

double
crps_cover(const double *sorted, size_t count, double cover, double observed)
{
    double beyond = (1 - cover) / 2, room = beyond * (double)(count + 1);

    if (isnan(observed) ||
        !(room > 1 - 1e-9)) /* 5 % of 20 are one, whatever rounding makes of it */
        return NAN;
    return observed >= statistics_next_below(sorted, count, beyond) &&
           observed <= statistics_next_below(sorted, count, 1 - beyond);
}
