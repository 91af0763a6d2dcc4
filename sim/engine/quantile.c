#include "quantile.h"

#include "portable_math.h"

#include <float.h>
#include <math.h>

/* Standard deviations below the mean, and then some, under which nothing lies that counts: less
 * than 1e-30 of all. */
#define DEVIATIONS 12
#define AND_SOME   40

#define HALF_LOG_TWO_PI 0.91893853320467274178
#define EXACT_UP_TO     20 /* 20! is exact in floating point */

/* log K!: by Stirling's series from where its next term is below 1e-14. */
static double
log_factorial(double k)
{
    double product = 1, square = k * k;

    if (k > EXACT_UP_TO)
        return (k + 0.5) * portable_log(k) - k + HALF_LOG_TWO_PI +
               (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / square) / square) / square) / k;
    for (int i = 2; i <= (int)k; i++)
        product *= i;
    return portable_log(product);
}

/* Numbers whose chances follow one from another: that of k + 1 is that of k times
 * (RISES - FALLS k) / (k + 1). */
struct chances {
    double mean, rises, falls;
};

/* Up from FROM, whose chance is TERM, until U is passed. Beyond the mean the sum stays where terms
 * no longer change it. */
static int64_t
count_up(const struct chances *chances, double from, double term, double u)
{
    double k = from, sum = term;

    while (u >= sum && (k < chances->mean || term > DBL_EPSILON / 16)) {
        term *= (chances->rises - chances->falls * k) / (k + 1);
        k++;
        sum += term;
    }
    return (int64_t)k;
}

static double
lowest(double mean, double variance)
{
    double from = floor(mean - DEVIATIONS * sqrt(variance) - AND_SOME);

    return from > 0 ? from : 0;
}

int64_t
quantile_poisson(double mean, double u)
{
    const struct chances chances = {mean, mean, 0};
    double from = lowest(mean, mean);

    if (mean <= 0)
        return 0;
    return count_up(&chances, from,
                    portable_exp(from * portable_log(mean) - mean - log_factorial(from)), u);
}

int64_t
quantile_binomial(int64_t n, double chance, double u)
{
    if (n <= 0 || chance <= 0)
        return 0;
    if (chance >= 1)
        return n;
    const double all = (double)n, odds = chance / (1 - chance);
    const struct chances chances = {all * chance, all * odds, odds};
    double from = lowest(all * chance, all * chance * (1 - chance));
    double log_term = log_factorial(all) - log_factorial(from) - log_factorial(all - from) +
                      from * portable_log(chance) + (all - from) * portable_log1p(-chance);
    int64_t k = count_up(&chances, from, portable_exp(log_term), u);
    return k < n ? k : n;
}
