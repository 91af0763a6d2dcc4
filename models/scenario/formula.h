#ifndef MODELS_SCENARIO_FORMULA_H
#define MODELS_SCENARIO_FORMULA_H
/* How a number of the scenario follows from what is drawn for a replication: a draw, and what paths
 * have made of it since ({times: ..}, {plus: ..}, shares scaled to a sum of 1). Numbers are in the
 * unit in which their field is read: days, per day, shares. */

#include "node.h"

enum formula_kind { FORMULA_NUMBER, FORMULA_DRAW, FORMULA_TIMES, FORMULA_PLUS, FORMULA_SCALED };

/* Shares of a map: those OTHERS that no path has set share what those SET leave of 1. */
struct formula_shares {
    const struct formula **set, **other;
    size_t sets, others;
};

struct formula {
    enum formula_kind kind;
    double number;                       /* of FORMULA_NUMBER */
    size_t draw;                         /* of FORMULA_DRAW: which of the tree's draws */
    const struct formula *of, *by;       /* of TIMES and PLUS; of SCALED: OF alone */
    const struct formula_shares *shares; /* of SCALED */
};

/* Formulas that live as long as TREE; NULL: no memory, or an operand that is NULL. */
const struct formula *formula_number(struct tree *tree, double number);
const struct formula *formula_draw(struct tree *tree, size_t draw);
const struct formula *formula_pair(struct tree *tree, enum formula_kind kind,
                                   const struct formula *of, const struct formula *by);
const struct formula *formula_scaled(struct tree *tree, const struct formula *of,
                                     const struct formula_shares *shares);

/* The value for what was drawn: DRAW has a number for each of the tree's draws. */
double formula_value(const struct formula *formula, const double *draw);

/* The first formula in NODE or below; NULL: nothing in it is drawn. */
const struct formula *formula_in(const struct node *node);

/* The draw that FORMULA comes from: one of them, where there are several. */
size_t formula_origin(const struct formula *formula);

#endif
