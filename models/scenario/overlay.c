#include "overlay.h"

#include "fields.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A copy of a map or list with children of its own to exchange: an anchor may share the original.
 */
static struct node *
copy_node(struct tree *tree, const struct node *node)
{
    struct node *copy = tree_node(tree, node->kind, node->file, node->line, node->column, NULL, 0);

    for (size_t i = 0; copy != NULL && i < node->count; i++)
        if (!tree_add_child(tree, copy, node->key[i], node->child[i]))
            copy = NULL;
    if (copy == NULL)
        faults_add(tree->faults, node, NULL, "no memory for the scenario");
    return copy;
}

/* What names an item of a list: {name: ...} or {phase: ...}. */
static const char *
item_name(const struct node *item)
{
    const struct node *name = node_find(item, "name");

    if (name == NULL)
        name = node_find(item, "phase");
    return name != NULL && name->kind == NODE_SCALAR ? name->text : NULL;
}

static bool
named_items(const struct node *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (item_name(list->child[i]) == NULL)
            return false;
    return list->count > 0;
}

static struct node *lay_over(struct tree *tree, struct node *base, struct node *over,
                             const struct field *field);

static const struct field *
field_named(const struct record_type *type, const char *name)
{
    for (size_t i = 0; i < type->fields; i++)
        if (strcmp(type->field[i].name, name) == 0)
            return &type->field[i];
    return NULL;
}

/* Lay OVER, which is called NAME, over the child of BASE with that name, or add it. */
static void
lay_over_child(struct tree *tree, struct node *base, struct node *key, const char *name,
               struct node *over, const struct field *field)
{
    for (size_t i = 0; i < base->count; i++) {
        const char *other = base->kind == NODE_MAP ? base->key[i]->text : item_name(base->child[i]);
        if (strcmp(other, name) == 0) {
            base->child[i] = lay_over(tree, base->child[i], over, field);
            return;
        }
    }
    if (!tree_add_child(tree, base, key, over))
        faults_add(tree->faults, over, NULL, "no memory for the scenario");
}

static struct node *
lay_record_over(struct tree *tree, struct node *base, struct node *over,
                const struct record_type *type)
{
    if (base->kind != NODE_MAP || over->kind != NODE_MAP || (base = copy_node(tree, base)) == NULL)
        return over;
    for (size_t i = 0; i < over->count; i++)
        lay_over_child(tree, base, over->key[i], over->key[i]->text, over->child[i],
                       field_named(type, over->key[i]->text));
    return base;
}

static struct node *
lay_list_over(struct tree *tree, struct node *base, struct node *over, const struct field *item)
{
    if (base->kind != NODE_LIST || over->kind != NODE_LIST || !named_items(base) ||
        !named_items(over) || (base = copy_node(tree, base)) == NULL)
        return over;
    for (size_t i = 0; i < over->count; i++)
        lay_over_child(tree, base, NULL, item_name(over->child[i]), over->child[i], item);
    return base;
}

/* Records are laid over field by field, lists of named records by name, maps of such lists key by
 * key; any other value (a distribution, shares, steps) is replaced whole. */
static struct node *
lay_over(struct tree *tree, struct node *base, struct node *over, const struct field *field)
{
    if (field == NULL || field->record == NULL)
        return over;
    struct field item = {.type = FIELD_RECORD, .record = field->record};
    struct field list = {.type = FIELD_RECORDS, .record = field->record};
    if (field->type == FIELD_RECORD)
        return lay_record_over(tree, base, over, field->record);
    if (field->type == FIELD_RECORDS)
        return lay_list_over(tree, base, over, &item);
    if (base->kind != NODE_MAP || over->kind != NODE_MAP || (base = copy_node(tree, base)) == NULL)
        return over;
    for (size_t i = 0; i < over->count; i++)
        lay_over_child(tree, base, over->key[i], over->key[i]->text, over->child[i], &list);
    return base;
}

/* What a file extends, and the files above it. */
struct chain {
    const char *real[TREE_MOST_EXTENDS + 1];
    int depth;
};

static struct node *read_file(struct tree *tree, const char *path, const char *name,
                              const struct node *asked, struct chain *chain);

static struct node *
read_extended(struct tree *tree, struct node *root, struct chain *chain)
{
    const struct node *extends = node_find(root, "extends");
    char path[PATH_MAX], real[PATH_MAX];

    if (extends == NULL)
        return root;
    if (extends->kind != NODE_SCALAR) {
        if (chain->depth > 0) /* in the file itself the reader will say so */
            faults_add(tree->faults, extends, "extends", "expected a file's name");
        return root;
    }
    if (chain->depth >= TREE_MOST_EXTENDS) {
        faults_add(tree->faults, extends, "extends", "more than %d files deep", TREE_MOST_EXTENDS);
        return root;
    }
    if (!tree_resolve(tree, extends, path) || realpath(path, real) == NULL)
        return root;
    for (int i = 0; i <= chain->depth; i++)
        if (strcmp(chain->real[i], real) == 0) {
            faults_add(tree->faults, extends, "extends", "'%s' extends itself in a circle",
                       extends->text);
            return root;
        }
    chain->depth++;
    struct node *base = read_file(tree, tree_keep_text(tree, path), extends->text, extends, chain);
    return base != NULL ? lay_record_over(tree, base, root, &scenario_type) : root;
}

static struct node *
read_file(struct tree *tree, const char *path, const char *name, const struct node *asked,
          struct chain *chain)
{
    char real[PATH_MAX];
    struct node *root = tree_load(tree, path, name, asked);

    if (root == NULL)
        return NULL;
    chain->real[chain->depth] = realpath(path, real) ? tree_keep_text(tree, real) : path;
    return read_extended(tree, root, chain);
}

void
overlay_read(struct tree *tree, const char *file, bool allow_outside, struct faults *faults)
{
    struct chain chain = {.depth = 0};
    const char *slash = strrchr(file, '/');

    tree_begin(tree, file, allow_outside, faults);
    tree->root =
        read_file(tree, tree_keep_text(tree, file), slash ? slash + 1 : file, NULL, &chain);
}
