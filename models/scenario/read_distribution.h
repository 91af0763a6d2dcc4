#ifndef MODELS_SCENARIO_READ_DISTRIBUTION_H
#define MODELS_SCENARIO_READ_DISTRIBUTION_H
/* A distribution by its published means and spreads: {lognormal: {mean: 4.1 mo, cv: 0.9}}. */

#include "reading.h"

/* Read NODE into *OUT, a struct distribution *; it stays as it is where there is a fault. */
void read_distribution(const struct reading *r, const struct node *node, void *out);

#endif
