#ifndef MODELS_SCENARIO_EDIT_H
#define MODELS_SCENARIO_EDIT_H
/* A tree changed by paths: values set or changed, items added, fields or items taken out. What is
 * changed is copied first, so the tree before stays as it was. */

#include "node.h"

enum operation { EDIT_SET, EDIT_ADD, EDIT_DROP };

struct items_index;

/* The changes that one file (or the command line) makes with one operation. */
struct edit_batch {
    struct tree *tree;
    enum operation operation;
    const char *within; /* for messages: which tree, where it is not the scenario itself; or "" */
    unsigned layer;
    const struct node *stock; /* of the scenario below, whose facilities must stay; NULL: none */
    struct items_index *index;
    struct edit_touched *touched; /* shares to be made to sum to 1, lists with gaps */
};

void edit_begin(struct edit_batch *batch, struct tree *tree, enum operation operation,
                const char *within);

/* Change *ROOT, a scenario, at PATH by VALUE (of EDIT_DROP: NULL). Faults stand at PATH or VALUE.
 */
void edit_apply(struct edit_batch *batch, struct node **root, const struct node *path,
                const struct node *value);

/* After all of them: the other shares of a map whose shares were set are scaled to a sum of 1. */
void edit_end(struct edit_batch *batch);

#endif
