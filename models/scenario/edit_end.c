#include "edit_end.h"

#include "formula.h"
#include "value.h"

#include <math.h>
#include <string.h>

/* Close the gaps that taken-out children left. */
static void
close_gaps(struct node *node)
{
    size_t kept = 0;

    for (size_t i = 0; i < node->count; i++)
        if (node->child[i] != NULL) {
            node->key[kept] = node->key[i];
            node->child[kept++] = node->child[i];
        }
    node->count = kept;
}

static bool
set_in(const struct node *child, unsigned layer)
{
    return child->mark != NULL && child->mark->layer == layer;
}

/* The shares of MAP as formulas; NULL: nothing in it is drawn. */
static const struct formula_shares *
shares_drawn(struct edit_batch *batch, const struct node *map)
{
    struct formula_shares *shares = tree_allocate(batch->tree, sizeof *shares);
    const struct formula **formula =
        tree_allocate(batch->tree, 2 * (map->count + 1) * sizeof *formula);

    if (formula_in(map) == NULL || shares == NULL || formula == NULL)
        return NULL;
    *shares = (struct formula_shares){.set = formula, .other = formula + map->count};
    for (size_t i = 0; i < map->count; i++) {
        const struct node *child = map->child[i];
        const struct formula *of = child->formula;
        double share;
        if (of == NULL && value_share(child->text, &share))
            of = formula_number(batch->tree, share);
        if (of == NULL)
            return NULL;
        if (set_in(child, batch->layer))
            shares->set[shares->sets++] = of;
        else
            shares->other[shares->others++] = of;
    }
    return shares;
}

/* Make the shares of the map TOUCHED that are not of LAYER so many times as large; of layer 0: all
 * of them. They stand where the path does that has changed them. DRAWN: what they are for any draw;
 * NULL: nothing in the map is drawn. */
static void
multiply_shares(struct edit_batch *batch, const struct edit_touched *touched, double factor,
                unsigned layer, const struct formula_shares *drawn)
{
    struct node *map = touched->node;
    struct position at = node_at(touched->path);
    size_t other = 0;

    for (size_t i = 0; i < map->count; i++) {
        const struct node *child = map->child[i];
        char text[32];
        double share;
        if (layer != 0 && set_in(child, layer))
            continue;
        (void)value_share(child->text, &share);
        change_write_number(share * factor, text);
        struct node *scaled = tree_node(batch->tree, NODE_SCALAR, at, text, strlen(text));
        if (scaled == NULL)
            return;
        if (drawn != NULL)
            scaled->formula = formula_scaled(batch->tree, drawn->other[other++], drawn);
        map->child[i] = scaled;
    }
}

/* Shares that no path has set are scaled so that all sum to 1. */
static void
scale_shares(struct edit_batch *batch, const struct edit_touched *touched)
{
    struct node *map = touched->node;
    double set = 0, others = 0, share;

    for (size_t i = 0; i < map->count; i++) {
        const struct node *child = map->child[i];
        if (child == NULL || child->kind != NODE_SCALAR || !value_share(child->text, &share))
            return; /* the reader says so */
        if (child->mark != NULL && child->mark->layer == batch->layer)
            set += share;
        else
            others += share;
    }
    const struct formula_shares *drawn = shares_drawn(batch, map);
    if (fabs(set + others - 1) <= 1e-9 && drawn == NULL)
        return;
    if (set <= 1 + 1e-9 && others > 0) {
        multiply_shares(batch, touched, (1 - set) / others, batch->layer, drawn);
        return;
    }
    faults_add(batch->tree->faults, node_at(touched->path), touched->path->text,
               others <= 0 ? "the shares set here sum to %.10g and leave no other to make up 1"
                           : "the shares set here sum to %.10g, above 1",
               set);
    if (set + others > 0) /* once is enough: the reader would say it again */
        multiply_shares(batch, touched, 1 / (set + others), 0, NULL);
}

void
edit_end(struct edit_batch *batch)
{
    for (const struct edit_touched *t = batch->touched; t != NULL; t = t->next)
        close_gaps(t->node);
    for (const struct edit_touched *t = batch->touched; t != NULL; t = t->next) {
        bool seen = false;
        for (const struct edit_touched *before = batch->touched; t->shares && before != t;
             before = before->next)
            seen |= before->shares && before->node == t->node;
        if (t->shares && !seen && !batch->tree->no_memory)
            scale_shares(batch, t);
    }
    batch->touched = NULL;
    batch->index = NULL;
}
