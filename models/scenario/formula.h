#ifndef MODELS_SCENARIO_FORMULA_H
#define MODELS_SCENARIO_FORMULA_H
/* How a number of the scenario follows from what is drawn for a replication: a draw, and what paths
 * have made of it since ({times: ..}, {plus: ..}, shares scaled to a sum of 1). Numbers are in the
 * unit in which their field is read: days, per day, shares. */

#include "node.h"

struct distribution;

/* What is drawn for each replication, or each group of them. */
struct draw {
    const char *name; /* its path in one spelling, with " times" or " plus" where it changes so */
    const char *unit; /* "", " d" or " / d" */
    const struct distribution *of; /* NULL: a column of the posterior */
    const double *column;          /* [rows] */
    size_t rows;
    double median, least, most; /* of what is drawn; beyond the ends once in 10^9 draws each */
    const struct node *at;
};

/* Of a tree, and of the world's beside it. */
struct draws {
    struct draw *draw;
    size_t count, room;
};

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

/* From *LEAST to *MOST FORMULA reaches, each of DRAWS at either of its ends and all others at their
 * medians. */
void formula_reach(const struct draws *draws, const struct formula *formula, double *least,
                   double *most);

/* The first formula in NODE or below; NULL: nothing in it is drawn. */
const struct formula *formula_in(const struct node *node);

/* The draw that FORMULA comes from: one of them, where there are several. */
size_t formula_origin(const struct formula *formula);

#endif
