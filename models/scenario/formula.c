#include "formula.h"

#include <stdlib.h>

static const struct formula *
keep(struct tree *tree, struct formula formula)
{
    struct formula *kept = tree_allocate(tree, sizeof *kept);

    if (kept != NULL)
        *kept = formula;
    return kept;
}

const struct formula *
formula_number(struct tree *tree, double number)
{
    return keep(tree, (struct formula){.kind = FORMULA_NUMBER, .number = number});
}

const struct formula *
formula_draw(struct tree *tree, size_t draw)
{
    return keep(tree, (struct formula){.kind = FORMULA_DRAW, .draw = draw});
}

const struct formula *
formula_pair(struct tree *tree, enum formula_kind kind, const struct formula *of,
             const struct formula *by)
{
    if (of == NULL || by == NULL)
        return NULL;
    return keep(tree, (struct formula){.kind = kind, .of = of, .by = by});
}

const struct formula *
formula_scaled(struct tree *tree, const struct formula *of, const struct formula_shares *shares)
{
    if (of == NULL || shares == NULL)
        return NULL;
    return keep(tree, (struct formula){.kind = FORMULA_SCALED, .of = of, .shares = shares});
}

static double
sum_of(const struct formula **formula, size_t count, const double *draw)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += formula_value(formula[i], draw);
    return sum;
}

double
formula_value(const struct formula *formula, const double *draw)
{
    const struct formula_shares *shares = formula->shares;

    switch (formula->kind) {
    case FORMULA_NUMBER:
        return formula->number;
    case FORMULA_DRAW:
        return draw[formula->draw];
    case FORMULA_TIMES:
        return formula_value(formula->of, draw) * formula_value(formula->by, draw);
    case FORMULA_PLUS:
        return formula_value(formula->of, draw) + formula_value(formula->by, draw);
    case FORMULA_SCALED:
        return formula_value(formula->of, draw) * ((1 - sum_of(shares->set, shares->sets, draw)) /
                                                   sum_of(shares->other, shares->others, draw));
    }
    return 0;
}

const struct formula *
formula_in(const struct node *node)
{
    const struct formula *found = node != NULL ? node->formula : NULL;

    for (size_t i = 0; node != NULL && i < node->count && found == NULL; i++)
        found = formula_in(node->child[i]);
    return found;
}

size_t
formula_origin(const struct formula *formula)
{
    while (formula->kind != FORMULA_DRAW) {
        const struct formula *of = formula->of;
        /* what is scaled may itself be a plain number: then it follows what is set */
        if (of->kind == FORMULA_NUMBER && formula->by != NULL)
            of = formula->by;
        for (size_t i = 0;
             of->kind == FORMULA_NUMBER && formula->shares != NULL && i < formula->shares->sets;
             i++)
            of = formula->shares->set[i];
        for (size_t i = 0;
             of->kind == FORMULA_NUMBER && formula->shares != NULL && i < formula->shares->others;
             i++)
            of = formula->shares->other[i];
        formula = of;
    }
    return formula->draw;
}

void
formula_reach(const struct draws *draws, const struct formula *formula, double *least, double *most)
{
    double *value = calloc(draws->count + 1, sizeof *value);

    *least = *most = 0;
    if (value == NULL)
        return;
    for (size_t i = 0; i < draws->count; i++)
        value[i] = draws->draw[i].median;
    *least = *most = formula_value(formula, value);
    for (size_t i = 0; i < 2 * draws->count; i++) {
        const struct draw *draw = &draws->draw[i / 2];
        value[i / 2] = i % 2 == 0 ? draw->least : draw->most;
        double reached = formula_value(formula, value);
        value[i / 2] = draw->median;
        *least = reached < *least ? reached : *least;
        *most = reached > *most ? reached : *most;
    }
    free(value);
}
