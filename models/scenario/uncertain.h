#ifndef MODELS_SCENARIO_UNCERTAIN_H
#define MODELS_SCENARIO_UNCERTAIN_H
/* Fields whose values are drawn for each replication. `uncertain:` names paths and distributions,
 * `posterior:` a table of values that belong together, a path a column. Of what they name the
 * scenario as it is read has the median; formulas (formula.h) say what it is for any draw. */

#include "change.h"
#include "formula.h"
#include "node.h"

/* A value for a path, as `set:` has them. */
struct uncertain_line {
    const struct node *path, *value;
};

/* The lines of UNCERTAIN and POSTERIOR (each may be NULL), whose draws become the tree's: values
 * that are medians and carry formulas. Their number; *LINES lives as long as the tree. */
size_t uncertain_read(struct tree *tree, const struct node *uncertain, const struct node *posterior,
                      struct uncertain_line **lines);

/* The distribution that VALUE is, of what changes a field so; *UNIT: of what it draws, "", " d" or
 * " / d". NULL and a fault: it is none. Both live as long as the tree. */
MUST_CHECK struct distribution *uncertain_distribution(struct tree *tree, const struct node *value,
                                                       enum change_kind kind, const char *label,
                                                       const char **unit);

/* Say that VALUE, of PATH and without a draw, takes the place of OLD, in which something is drawn.
 */
void uncertain_warn_cancelled(struct tree *tree, const struct node *old, const struct node *value,
                              const char *path);

#endif
