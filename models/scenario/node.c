#include "node.h"

#include <stdlib.h>
#include <string.h>

void *
tree_allocate(struct tree *tree, size_t size)
{
    void *memory = arena_allocate(&tree->memory, size);

    tree->no_memory |= memory == NULL;
    return memory;
}

const char *
tree_keep_text(struct tree *tree, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = tree_allocate(tree, size);

    return copy ? memcpy(copy, text, size) : "";
}

struct node *
tree_node(struct tree *tree, enum node_kind kind, struct position at, const char *text,
          size_t length)
{
    struct node *node = tree_allocate(tree, sizeof *node + length + 1);

    if (node == NULL)
        return NULL;
    tree->nodes++;
    *node = (struct node){.kind = kind, .at = at, .weight = 1};
    if (text != NULL) {
        char *copy = (char *)(node + 1);
        memcpy(copy, text, length);
        node->text = copy;
    }
    return node;
}

bool
tree_add_child(struct tree *tree, struct node *parent, struct node *key, struct node *child)
{
    size_t n = parent->count;

    if ((n & (n - 1)) == 0) { /* room is the next power of two */
        size_t room = n == 0 ? 1 : 2 * n;
        struct node **children = tree_allocate(tree, room * sizeof *children);
        struct node **keys = tree_allocate(tree, room * sizeof *keys);
        if (children == NULL || keys == NULL)
            return false;
        if (n > 0) {
            memcpy(children, parent->child, n * sizeof *children);
            memcpy(keys, parent->key, n * sizeof *keys);
        }
        parent->child = children;
        parent->key = keys;
    }
    parent->key[n] = key;
    parent->child[n] = child;
    parent->count++;
    if (child == NULL) /* it is put there later */
        return true;
    parent->weight += child->weight + (parent->kind == NODE_MAP);
    if (child->height >= parent->height)
        parent->height = child->height + 1;
    return true;
}

struct position
node_at(const struct node *node)
{
    return node != NULL ? node->at : (struct position){"", 0, 0};
}

const struct node *
node_find(const struct node *map, const char *key)
{
    if (map == NULL || map->kind != NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->child[i];
    return NULL;
}

const char *
node_text(const struct node *map, const char *key)
{
    const struct node *node = node_find(map, key);

    return node != NULL && node->kind == NODE_SCALAR ? node->text : NULL;
}

const struct node *
node_where(const struct node *map, const char *key)
{
    const struct node *found = node_find(map, key);

    return found != NULL ? found : map;
}

bool
node_faulty(const struct node *map, const char *key)
{
    const struct node *found = node_find(map, key);

    return found != NULL && found->faulty;
}

void
tree_free(struct tree *tree)
{
    for (size_t i = 0; i < tree->sources; i++) {
        free(tree->source[i].name);
        free(tree->source[i].text);
    }
    free(tree->source);
    arena_free(&tree->memory);
    *tree = (struct tree){0};
}
