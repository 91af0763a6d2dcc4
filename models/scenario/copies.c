#include "copies.h"

#include "items.h"
#include "models/scenario/fields/fields.h"
#include "value.h"

#include <stdio.h>
#include <string.h>

/* How many copies ITEM asks for; -1: it says nothing, or nothing that can be read. */
static int64_t
wanted_copies(const struct node *item)
{
    const struct node *copies = node_find(item, "copies"), *name = node_find(item, "name");
    const struct field *field = field_find("facilities.copies");
    int64_t count = 0;

    if (copies == NULL || copies->kind != NODE_SCALAR || !value_whole(copies->text, &count) ||
        (double)count < field->low || (double)count > field->high || name == NULL ||
        name->kind != NODE_SCALAR || name->text[0] == '\0')
        return -1;
    return count;
}

struct node *
copies_make(struct tree *tree, const struct node *item, const char *stem, int64_t number)
{
    struct node *copy = tree_node(tree, NODE_MAP, item->at, NULL, 0);

    for (size_t i = 0; copy != NULL && i < item->count; i++) {
        struct node *child = item->child[i];
        char name[512];
        if (strcmp(item->key[i]->text, "copies") == 0)
            continue;
        if (strcmp(item->key[i]->text, "name") == 0) {
            int length = snprintf(name, sizeof name, "%.480s %lld", stem, (long long)number);
            child = tree_node(tree, NODE_SCALAR, child->at, name, (size_t)length);
        }
        if (child == NULL || !tree_add_child(tree, copy, item->key[i], child))
            return NULL;
    }
    if (copy != NULL)
        copy->copy_of = item->copy_of != NULL ? item->copy_of : item;
    return copy;
}

/* Another facility with the very name that copies are made of could not be told from them. */
static void
check_name(struct tree *tree, struct items_index **index, const struct node *list,
           const struct node *item)
{
    const struct node *name = node_find(item, "name");

    if (items_another(tree, index, list, "name", item))
        faults_add(tree->faults, node_at(name), "facilities.name",
                   "another facility is called '%.60s'; copies need a name of their own",
                   name->text);
}

static struct node *
write_out_list(struct tree *tree, const struct node *list)
{
    struct node *made = tree_node(tree, NODE_LIST, list->at, NULL, 0);
    struct items_index *index = NULL;

    for (size_t i = 0; made != NULL && i < list->count; i++) {
        struct node *item = list->child[i];
        int64_t count = wanted_copies(item);
        if (count < 0 && !tree_add_child(tree, made, NULL, item))
            return NULL;
        if (count >= 0)
            check_name(tree, &index, list, item);
        for (int64_t number = 1; number <= count; number++) {
            struct node *copy = copies_make(tree, item, node_find(item, "name")->text, number);
            if (tree->nodes > TREE_MOST_NODES) {
                faults_add(tree->faults, node_at(node_find(item, "copies")), "facilities.copies",
                           "the copies make this scenario too large");
                return NULL;
            }
            if (copy == NULL || !tree_add_child(tree, made, NULL, copy))
                return NULL;
        }
    }
    return made;
}

void
copies_write_out(struct tree *tree, struct node **root)
{
    const struct node *list = node_find(*root, "facilities");
    bool any = false;

    for (size_t i = 0; list != NULL && list->kind == NODE_LIST && i < list->count; i++)
        any |= wanted_copies(list->child[i]) >= 0;
    struct node *made = any ? write_out_list(tree, list) : NULL;
    struct node *copy = made != NULL ? tree_node(tree, NODE_MAP, (*root)->at, NULL, 0) : NULL;
    for (size_t i = 0; copy != NULL && i < (*root)->count; i++) {
        struct node *child = (*root)->child[i] == list ? made : (*root)->child[i];
        if (!tree_add_child(tree, copy, (*root)->key[i], child))
            return;
    }
    if (copy != NULL)
        *root = copy;
}
