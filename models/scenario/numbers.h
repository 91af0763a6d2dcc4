#ifndef MODELS_SCENARIO_NUMBERS_H
#define MODELS_SCENARIO_NUMBERS_H
/* Every number that a scenario writes, with its path and where it comes from. Numbers, dates,
 * durations, shares and the parameters of distributions are numbers; names and words are not, nor
 * is what is left to a default, nor what is there for readers alone: counts to be shown, places on
 * a map. */

#include "numbers_walk.h"

#include "sim/base/error.h"

/* Which values of ROOT, the scenario as far as the file with the tree's sources from FIRST on has
 * laid it, their paths end at; a fault for each that ends nowhere. */
void numbers_check_sources(struct tree *tree, struct node *root, size_t first);

/* All numbers of the scenario that TREE holds, read without an error. OK or NO_MEMORY; the tree
 * owns the rows. */
MUST_CHECK int numbers_list(struct tree *tree, struct number_rows *numbers);

#endif
