#ifndef SIM_QUANTILE_H
#define SIM_QUANTILE_H
/* Whole numbers drawn by the inverse of one uniform number U in [0, 1): the least k whose
 * distribution function is above U. So a larger mean, chance or U never gives fewer, but for
 * rounding (a U within 1e-13 of a step). The same bits on every processor; takes about 24 standard
 * deviations of steps. */

#include <stdint.h>

/* Of the Poisson distribution with MEAN >= 0. */
int64_t quantile_poisson(double mean, double u);

/* Of how many of N >= 0 meet with what has this CHANCE (0..1), each for itself. */
int64_t quantile_binomial(int64_t n, double chance, double u);

#endif
