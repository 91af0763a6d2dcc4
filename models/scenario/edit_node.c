#include "edit_node.h"

#include "source.h"

#include <stdio.h>
#include <string.h>

void
edit_touch(struct edit *e, struct node *node, bool shares)
{
    struct edit_touched *last = e->batch->touched;

    if (last != NULL && last->node == node && last->shares == shares) {
        last->path = e->origin.at; /* faults stand at the last path */
        return;
    }
    struct edit_touched *touched = tree_allocate(e->batch->tree, sizeof *touched);
    if (touched == NULL)
        return;
    *touched = (struct edit_touched){node, shares, e->origin.at, e->batch->touched};
    e->batch->touched = touched;
}

/* A copy with children of its own: an anchor, or the scenario below, may share the original. */
static struct node *
copy_node(struct edit *e, const struct node *node)
{
    struct tree *tree = e->batch->tree;
    struct node *copy = tree_node(tree, node->kind, node->at, NULL, 0);

    for (size_t i = 0; copy != NULL && i < node->count; i++)
        if (!tree_add_child(tree, copy, node->key[i], node->child[i]))
            return NULL;
    if (copy != NULL)
        copy->copy_of = node->copy_of;
    return copy;
}

bool
edit_in_conflict(const struct edit *e, const struct node *node)
{
    const struct mark *mark = node != NULL ? node->mark : NULL;

    if (mark == NULL || mark->layer != e->batch->layer)
        return false;
    if (strcmp(mark->where->at.file, SOURCE_SET) == 0) /* which has no lines that one can look up */
        path_refuse(&e->origin, "'%.80s' changes the same value; keep one of them",
                    mark->path->text);
    else
        path_refuse(&e->origin, "'%.80s' on line %d changes the same value; keep one of them",
                    mark->path->text, mark->where->at.line);
    return true;
}

struct node *
edit_own(struct edit *e, struct node **slot, enum node_kind kind)
{
    struct node *node = *slot;

    if (node == NULL)
        node = tree_node(e->batch->tree, kind, e->origin.at->at, NULL, 0);
    else if (node->kind != kind ||
             (node->mark != NULL && node->mark->whole && edit_in_conflict(e, node)))
        return NULL;
    else if (node->mark == NULL || node->mark->layer != e->batch->layer)
        node = copy_node(e, node);
    if (node != NULL && (node->mark == NULL || node->mark->layer != e->batch->layer))
        node->mark = e->part;
    if (node != NULL)
        *slot = node;
    return node;
}

struct node **
edit_slot(struct edit *e, struct node *map, const char *key)
{
    struct tree *tree = e->batch->tree;

    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return &map->child[i];
    if (e->batch->operation == EDIT_DROP) {
        path_refuse(&e->origin, "there is no %.60s to take out", key);
        return NULL;
    }
    struct node *name = tree_node(tree, NODE_SCALAR, e->origin.at->at, key, strlen(key));
    if (name == NULL || !tree_add_child(tree, map, name, NULL))
        return NULL;
    edit_touch(e, map, false); /* should nothing come of it */
    return &map->child[map->count - 1];
}

void
edit_refuse_field(const struct edit *e, const struct object_type *type, const char *name)
{
    const char *names[64];
    char what[96];
    size_t count = 0;

    for (size_t i = 0; i < type->fields && count < 64; i++)
        names[count++] = type->field[i].name;
    snprintf(what, sizeof what, "%s has no field", type->name);
    path_refuse_name(&e->origin, what, name, names, count);
}
