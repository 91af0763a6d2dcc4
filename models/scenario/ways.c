#include "ways.h"

#include <string.h>

/* A way with a stay: a map of share and stay. */
static bool
has_stay(const struct node *way)
{
    return way != NULL && way->kind == NODE_MAP && node_find(way, "stay") != NULL;
}

/* The share of WAY; where it has none, one that the reader passes over, for its fault is told. */
static struct node *
share_of(struct tree *tree, const struct node *way)
{
    struct node *share = NULL;

    for (size_t i = 0; i < way->count; i++) {
        const char *key = way->key[i]->text;
        if (strcmp(key, "share") == 0)
            share = way->child[i];
        else if (strcmp(key, "stay") != 0)
            faults_add(tree->faults, node_at(way->key[i]), "pathways.then",
                       "unknown field '%.60s' of a way on; it has share and stay", key);
    }
    if (share != NULL)
        return share;
    faults_add(tree->faults, node_at(way), "pathways.then",
               "share is missing: of those whose phase ends, who go this way");
    share = tree_node(tree, NODE_SCALAR, way->at, "", 0);
    if (share != NULL)
        share->unread = true;
    return share;
}

/* The child of PHASE called KEY; NULL: there is none. */
static struct node **
child_of(struct node *phase, const char *key)
{
    for (size_t i = 0; i < phase->count; i++)
        if (strcmp(phase->key[i]->text, key) == 0)
            return &phase->child[i];
    return NULL;
}

static struct node *
scalar(struct tree *tree, const struct node *at, const char *text)
{
    return tree_node(tree, NODE_SCALAR, node_at(at), text, strlen(text));
}

/* Put {way: NAME, stay: STAY} behind LIST; false: no memory. */
static bool
add_stay(struct tree *tree, struct node *list, struct node *name, struct node *stay)
{
    struct node *item = tree_node(tree, NODE_MAP, name->at, NULL, 0);
    struct node *way = scalar(tree, name, "way"), *key = scalar(tree, name, "stay");

    return item != NULL && way != NULL && key != NULL && tree_add_child(tree, item, way, name) &&
           tree_add_child(tree, item, key, stay) && tree_add_child(tree, list, NULL, item);
}

static bool
write_out(struct tree *tree, struct node *phase, struct node **then)
{
    struct node **given = child_of(phase, "stays");
    struct node *shares = tree_node(tree, NODE_MAP, (*then)->at, NULL, 0);
    struct node *stays = tree_node(tree, NODE_LIST, (*then)->at, NULL, 0);
    bool good = shares != NULL && stays != NULL;
    size_t errors = tree->faults->errors;

    for (size_t i = 0; good && given != NULL && i < (*given)->count; i++)
        good = tree_add_child(tree, stays, NULL, (*given)->child[i]);
    for (size_t i = 0; good && i < (*then)->count; i++) {
        struct node *way = (*then)->child[i];
        if (!has_stay(way)) {
            good = tree_add_child(tree, shares, (*then)->key[i], way);
            continue;
        }
        struct node *share = share_of(tree, way);
        good = share != NULL && tree_add_child(tree, shares, (*then)->key[i], share) &&
               add_stay(tree, stays, (*then)->key[i], *child_of(way, "stay"));
    }
    if (!good)
        return false;
    shares->unread = tree->faults->errors > errors;
    *then = shares;
    if (given != NULL) {
        *given = stays;
        return true;
    }
    struct node *key = scalar(tree, stays, "stays");
    return key != NULL && tree_add_child(tree, phase, key, stays);
}

static bool
any_has_stay(const struct node *then)
{
    bool any = false;

    for (size_t i = 0; then != NULL && then->kind == NODE_MAP && i < then->count; i++)
        any |= has_stay(then->child[i]);
    return any;
}

void
ways_write_out(struct tree *tree, struct node *root)
{
    const struct node *pathways = node_find(root, "pathways");

    for (size_t c = 0; pathways != NULL && pathways->kind == NODE_MAP && c < pathways->count; c++) {
        const struct node *list = pathways->child[c];
        for (size_t i = 0; list->kind == NODE_LIST && i < list->count; i++) {
            struct node *phase = list->child[i];
            struct node **then =
                phase != NULL && phase->kind == NODE_MAP ? child_of(phase, "then") : NULL;
            const struct node *stays = node_find(phase, "stays");
            if (then == NULL || !any_has_stay(*then) || (stays != NULL && stays->kind != NODE_LIST))
                continue;
            if (!write_out(tree, phase, then)) {
                faults_add(tree->faults, node_at(phase), NULL, "no memory for the scenario");
                return;
            }
        }
    }
}
