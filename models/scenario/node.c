#include "node.h"

#include "document.h"
#include "table.h"
#include "text.h"

#include "sim/base/array.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void *
tree_allocate(struct tree *tree, size_t size)
{
    void *memory = arena_allocate(&tree->memory, size);

    tree->no_memory |= memory == NULL;
    return memory;
}

struct node *
tree_node(struct tree *tree, enum node_kind kind, const char *file, int line, int column,
          const char *text, size_t length)
{
    struct node *node = tree_allocate(tree, sizeof *node + length + 1);

    if (node == NULL)
        return NULL;
    tree->nodes++;
    *node = (struct node){.kind = kind, .file = file, .line = line, .column = column, .weight = 1};
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

/* All of FILE in memory of its own, up to a little more than is allowed; NULL: no memory. */
static char *
read_whole(FILE *file, size_t *size)
{
    char *text = NULL;
    size_t room = 0, more;

    *size = 0;
    do {
        if (!array_room(text, room, *size + 4096)) {
            free(text);
            return NULL;
        }
        more = room - 1 - *size; /* one byte for the end */
        *size += more = fread(text + *size, 1, more, file);
    } while (more > 0 && *size <= TREE_MOST_BYTES);
    return text;
}

struct source *
tree_add_source(struct tree *tree, const char *name, const char *text)
{
    char *name_copy = strdup(name), *text_copy = strdup(text);

    if (!array_room(tree->source, tree->source_room, tree->sources + 1) || name_copy == NULL ||
        text_copy == NULL) {
        tree->no_memory = true;
        free(name_copy);
        free(text_copy);
        return NULL;
    }
    struct source *source = &tree->source[tree->sources++];
    *source = (struct source){.name = name_copy, .text = text_copy, .size = strlen(text)};
    return source;
}

/* PATH from the scenario's folder on, without '.' and with '..' at its beginning only. */
static char *
source_name(const struct tree *tree, const char *path)
{
    size_t folder = tree->folder != NULL ? strlen(tree->folder) : 0, size = 0;
    char *name = calloc(strlen(path) + 2, 1);

    if (folder > 0 && strncmp(path, tree->folder, folder) == 0)
        path += folder;
    else if (path[0] == '/' && name != NULL)
        name[size++] = '/';
    for (size_t part; name != NULL && *path != '\0'; path += part + (path[part] == '/')) {
        part = strcspn(path, "/");
        char *last = memrchr(name, '/', size);
        last = last != NULL ? last + 1 : name;
        if (part == 0 || (part == 1 && path[0] == '.'))
            continue;
        if (part == 2 && memcmp(path, "..", 2) == 0 && size > 0 && strcmp(last, "..") != 0 &&
            strcmp(name, "/") != 0) {
            size = last > name ? (size_t)(last - name) - (last - name > 1) : 0;
            name[size] = '\0';
            continue;
        }
        if (size > 0 && name[size - 1] != '/')
            name[size++] = '/';
        memcpy(name + size, path, part);
        size += part;
        name[size] = '\0';
    }
    return name;
}

/* Open the file at PATH; NULL and a fault: it cannot be read. */
static FILE *
open_source(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    struct stat status;
    bool no_file = stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
                   (asked != NULL || S_ISDIR(status.st_mode));
    FILE *file = no_file ? NULL : fopen(path, "rb");

    if (file != NULL)
        return file;
    if (!no_file)
        tree->environment |= errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EIO;
    if (asked != NULL)
        faults_add(tree->faults, asked, NULL, "cannot read '%s': %s", name,
                   no_file ? "it is no file" : strerror(errno));
    else
        faults_add_at(tree->faults, path, 0, 0, "cannot be read: %s",
                      no_file ? "it is a folder" : strerror(errno));
    return NULL;
}

static struct source *
read_source(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    FILE *file = open_source(tree, path, name, asked);
    size_t size = 0;

    if (file == NULL)
        return NULL;
    char *text = read_whole(file, &size);
    bool broken = ferror(file) != 0;
    fclose(file);
    char *copy = text != NULL ? source_name(tree, path) : NULL;
    bool room = array_room(tree->source, tree->source_room, tree->sources + 1);
    tree->environment |= broken;
    tree->no_memory |= copy == NULL || !room;
    tree->bytes += size;
    if (copy == NULL || !room || broken || size > TREE_MOST_BYTES || tree->bytes > TREE_MOST_ALL) {
        faults_add_at(tree->faults, path, 0, 0,
                      broken                        ? "cannot be read"
                      : size > TREE_MOST_BYTES      ? "larger than 16 MiB"
                      : tree->bytes > TREE_MOST_ALL ? "all files together are larger than 64 MiB"
                                                    : "no memory for it");
        free(text);
        free(copy);
        return NULL;
    }
    text[size] = '\0';
    struct source *source = &tree->source[tree->sources++];
    *source = (struct source){.name = copy, .text = text, .size = size};
    return source;
}

/* The path of NAME as written in the file of ASKED; false (and a fault) when it may not be read. */
bool
tree_resolve(struct tree *tree, const struct node *asked, char *path)
{
    char joined[PATH_MAX], real[PATH_MAX];
    const char *slash = strrchr(asked->file, '/');
    int folder = slash ? (int)(slash - asked->file) + 1 : 0;
    size_t top = strlen(tree->top);

    if (snprintf(joined, sizeof joined, "%.*s%s", asked->text[0] == '/' ? 0 : folder, asked->file,
                 asked->text) >= (int)sizeof joined ||
        realpath(joined, real) == NULL) {
        faults_add(tree->faults, asked, NULL, "cannot read '%s': %s", asked->text, strerror(errno));
        return false;
    }
    if (!tree->allow_outside && (strncmp(real, tree->top, top) != 0 || real[top] != '/')) {
        faults_add(tree->faults, asked, NULL,
                   "'%s' lies outside the scenario's folder; move it, or allow it with "
                   "--allow-outside",
                   asked->text);
        return false;
    }
    memcpy(path, joined, sizeof joined);
    return true;
}

const char *
tree_keep_text(struct tree *tree, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = tree_allocate(tree, size);

    return copy ? memcpy(copy, text, size) : "";
}

/* The rows of the table that CSV names; an empty list that says so where there are none. */
static struct node *
read_table(struct tree *tree, const struct node *csv)
{
    char path[PATH_MAX];
    struct source *source =
        tree_resolve(tree, csv, path) ? read_source(tree, path, csv->text, csv) : NULL;
    const char *file = tree_keep_text(tree, source != NULL ? path : "");
    int begin = source != NULL ? text_begin(tree, file, source) : -1;
    struct node *list =
        begin < 0 ? NULL
                  : table_load(tree, file, source->text + begin, source->size - (size_t)begin);

    if (list != NULL && list->count > 0)
        return list;
    tree->incomplete |= list == NULL;
    struct node *empty = tree_node(tree, NODE_LIST, csv->file, csv->line, csv->column, NULL, 0);
    if (empty != NULL)
        empty->unread = list == NULL;
    return empty;
}

static struct node *table_or_node(struct tree *tree, struct node *node);

/* Put the rows of tables into the values of NODE. A file, or a line of --set, is no table itself.
 */
static void
expand_tables(struct tree *tree, struct node *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->child[i] != NULL && node->child[i]->kind != NODE_SCALAR) {
            struct node *child = table_or_node(tree, node->child[i]);
            if (child != NULL)
                node->child[i] = child;
        }
}

/* The rows of a table where NODE is {csv: FILE}; an alias of it stands for the same rows. */
static struct node *
table_or_node(struct tree *tree, struct node *node)
{
    const struct node *csv =
        node->kind == NODE_MAP && node->count == 1 ? node_find(node, "csv") : NULL;

    if (csv != NULL && csv->kind == NODE_SCALAR) {
        if (node->rows == NULL)
            node->rows = read_table(tree, csv);
        return node->rows;
    }
    expand_tables(tree, node);
    return node;
}

struct node *
tree_load(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    struct source *source = read_source(tree, path, name, asked);
    int begin = source != NULL ? text_begin(tree, path, source) : -1;
    struct node *root =
        begin < 0
            ? NULL
            : document_load(tree, path, 1, 1, source->text + begin, source->size - (size_t)begin,
                            "a second document begins here; a file holds one");

    tree->incomplete |= root == NULL;
    if (root == NULL)
        return NULL;
    if (root->kind != NODE_MAP) {
        tree->incomplete = true;
        faults_add(tree->faults, root, NULL, "expected 'name: value' lines, found a %s",
                   root->kind == NODE_LIST ? "list" : "single value");
        return NULL;
    }
    expand_tables(tree, root);
    return root;
}

struct node *
tree_parse(struct tree *tree, const char *label, const char *text)
{
    return document_load(tree, label, 1, 1, text, strlen(text), "text behind the value");
}

struct node *
tree_parse_line(struct tree *tree, const char *label, int line, const char *text)
{
    struct node *root =
        document_load(tree, label, line, 1, text, strlen(text), "text behind the value");

    if (root != NULL)
        expand_tables(tree, root);
    return root;
}

void
tree_begin(struct tree *tree, const char *file, bool allow_outside, struct faults *faults)
{
    char real[PATH_MAX];

    *tree = (struct tree){.faults = faults, .allow_outside = allow_outside};
    const char *slash = strrchr(file, '/');
    if (slash != NULL) {
        char *folder = tree_allocate(tree, (size_t)(slash - file) + 2);
        tree->folder = folder != NULL ? memcpy(folder, file, (size_t)(slash - file) + 1) : NULL;
    }
    if (realpath(file, real) != NULL) {
        for (int up = 0; up < 2 && strrchr(real, '/') != NULL; up++)
            *strrchr(real, '/') = '\0';
        snprintf(tree->top, sizeof tree->top, "%s", real);
    }
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
