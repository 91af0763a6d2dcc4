#include "node.h"

#include <csv.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct loader {
    struct tree *tree;
    const char *file;
    yaml_parser_t parser;
    struct {
        char *name;
        struct node *node;
    } * anchor;
    size_t anchors;
    int line, column; /* of the text's first character */
    bool failed;
};

void *
tree_allocate(struct tree *tree, size_t size)
{
    void *memory = calloc(1, size > 0 ? size : 1);
    void **block = realloc(tree->block, (tree->blocks + 1) * sizeof *block);

    if (block != NULL)
        tree->block = block;
    if (memory == NULL || block == NULL) {
        tree->no_memory = true;
        free(memory);
        return NULL;
    }
    tree->block[tree->blocks++] = memory;
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
    *node = (struct node){.kind = kind, .file = file, .line = line, .column = column};
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

static struct node *
load_failed(struct loader *loader, int line, int column, const char *what)
{
    if (!loader->failed)
        faults_add_at(loader->tree->faults, loader->file, line, column, "%s", what);
    loader->failed = true;
    return NULL;
}

/* How many nodes an alias stands for, up to what the tree may still hold. */
static size_t
weight(const struct node *node, size_t most)
{
    size_t sum = 1;

    for (size_t i = 0; i < node->count && sum < most; i++)
        sum += weight(node->child[i], most - sum) + (node->kind == NODE_MAP);
    return sum;
}

static void
remember_anchor(struct loader *loader, const yaml_char_t *anchor, struct node *node)
{
    void *more =
        anchor ? realloc(loader->anchor, (loader->anchors + 1) * sizeof *loader->anchor) : NULL;

    if (anchor == NULL)
        return;
    char *name = more != NULL ? strdup((const char *)anchor) : NULL;
    if (more != NULL)
        loader->anchor = more;
    if (name == NULL) {
        loader->tree->no_memory = true;
        return;
    }
    loader->anchor[loader->anchors].name = name;
    loader->anchor[loader->anchors++].node = node;
}

static struct node *
resolve_alias(struct loader *loader, const yaml_event_t *event, int line, int column)
{
    const char *name = (const char *)event->data.alias.anchor;

    for (size_t i = loader->anchors; i-- > 0;)
        if (strcmp(loader->anchor[i].name, name) == 0) {
            struct node *node = loader->anchor[i].node;
            loader->tree->nodes += weight(node, TREE_MOST_NODES);
            if (loader->tree->nodes > TREE_MOST_NODES)
                return load_failed(loader, line, column, "aliases make this file too large");
            return node;
        }
    return load_failed(loader, line, column, "an alias without its anchor");
}

static struct node *load_node(struct loader *loader, int depth, bool *ended);

static void
load_children(struct loader *loader, struct node *node, int depth)
{
    bool ended = false;

    for (;;) {
        struct node *key = NULL;
        if (node->kind == NODE_MAP) {
            key = load_node(loader, depth + 1, &ended);
            if (key == NULL || ended)
                return;
            if (key->kind != NODE_SCALAR) {
                load_failed(loader, key->line, key->column, "a key must be a plain word");
                return;
            }
            for (size_t i = 0; i < node->count; i++)
                if (strcmp(node->key[i]->text, key->text) == 0)
                    faults_add(loader->tree->faults, key, NULL, "%s: given twice; first on line %d",
                               key->text, node->key[i]->line);
        }
        struct node *child = load_node(loader, depth + 1, &ended);
        if (child == NULL || ended)
            return;
        if (!tree_add_child(loader->tree, node, key, child)) {
            load_failed(loader, child->line, child->column, "no memory for the scenario");
            return;
        }
    }
}

/* The next node, or NULL at the end of the list or map (ENDED) or at a fault. */
static struct node *
load_node(struct loader *loader, int depth, bool *ended)
{
    yaml_event_t event;
    struct node *node = NULL;

    if (loader->failed)
        return NULL;
    if (!yaml_parser_parse(&loader->parser, &event)) {
        yaml_mark_t mark = loader->parser.problem_mark;
        char text[200];
        snprintf(text, sizeof text, "not YAML: %s", loader->parser.problem);
        return load_failed(loader, loader->line + (int)mark.line,
                           (mark.line == 0 ? loader->column : 1) + (int)mark.column, text);
    }
    int line = loader->line + (int)event.start_mark.line;
    int column = (event.start_mark.line == 0 ? loader->column : 1) + (int)event.start_mark.column;
    if (depth > TREE_MOST_DEPTH || loader->tree->nodes > TREE_MOST_NODES) {
        load_failed(loader, line, column,
                    depth > TREE_MOST_DEPTH ? "nested more than 32 deep" : "too many items");
        yaml_event_delete(&event);
        return NULL;
    }
    switch (event.type) {
    case YAML_SCALAR_EVENT:
        node = tree_node(loader->tree, NODE_SCALAR, loader->file, line, column,
                         (const char *)event.data.scalar.value, event.data.scalar.length);
        remember_anchor(loader, event.data.scalar.anchor, node);
        break;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        node =
            tree_node(loader->tree, event.type == YAML_MAPPING_START_EVENT ? NODE_MAP : NODE_LIST,
                      loader->file, line, column, NULL, 0);
        if (node != NULL)
            load_children(loader, node, depth);
        remember_anchor(loader,
                        event.type == YAML_MAPPING_START_EVENT ? event.data.mapping_start.anchor
                                                               : event.data.sequence_start.anchor,
                        node);
        break;
    case YAML_ALIAS_EVENT:
        node = resolve_alias(loader, &event, line, column);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        *ended = true;
        break;
    default: /* the start of the stream or of the document */
        yaml_event_delete(&event);
        return load_node(loader, depth, ended);
    }
    yaml_event_delete(&event);
    return loader->failed ? NULL : node;
}

/* SIZE bytes of TEXT, which begin at LINE and COLUMN of FILE. */
static struct node *
load_yaml(struct tree *tree, const char *file, int line, int column, const char *text, size_t size)
{
    struct loader loader = {.tree = tree, .file = file, .line = line, .column = column};
    bool ended = false;

    if (!yaml_parser_initialize(&loader.parser)) {
        faults_add_at(tree->faults, file, 0, 0, "no memory for the YAML parser");
        return NULL;
    }
    yaml_parser_set_input_string(&loader.parser, (const unsigned char *)text, size);
    struct node *root = load_node(&loader, 0, &ended);
    if (root == NULL && !loader.failed)
        load_failed(&loader, line, column, "the file is empty");
    yaml_parser_delete(&loader.parser);
    for (size_t i = 0; i < loader.anchors; i++)
        free(loader.anchor[i].name);
    free(loader.anchor);
    return root;
}

static struct node *expand_tables(struct tree *tree, struct node *node);

struct node *
tree_parse(struct tree *tree, const char *label, const char *text)
{
    return load_yaml(tree, label, 1, 1, text, strlen(text));
}

struct node *
tree_parse_line(struct tree *tree, const char *label, int line, const char *text)
{
    struct node *root = load_yaml(tree, label, line, 1, text, strlen(text));

    return root != NULL ? expand_tables(tree, root) : NULL;
}

struct table {
    struct tree *tree;
    const char *file;
    struct node *list, *row, *heading;
    size_t cell;
    int line, column, next_line, next_column; /* of this cell; of the next one */
    int row_line;
    bool failed;
};

/* A cell that begins with { or [ holds a map or a list, as in YAML: steps by date, a distribution.
 */
static struct node *
cell_node(const struct table *table, const char *text, size_t length)
{
    if (table->heading != table->row && length > 0 && (text[0] == '{' || text[0] == '['))
        return load_yaml(table->tree, table->file, table->line, table->column, text, length);
    return tree_node(table->tree, NODE_SCALAR, table->file, table->line, table->column,
                     text ? text : "", text ? length : 0);
}

static void
table_cell(void *text, size_t length, void *context)
{
    struct table *table = context;
    struct node *cell = cell_node(table, text, length);

    table->line = table->next_line;
    table->column = table->next_column;
    if (cell == NULL)
        table->failed = true;
    else if (table->heading == table->row)
        table->failed |= !tree_add_child(table->tree, table->row, NULL, cell);
    else if (table->cell >= table->heading->count)
        faults_add(table->tree->faults, cell, NULL, "a cell beyond the %zu columns of the heading",
                   table->heading->count);
    else if (length > 0)
        table->failed |=
            !tree_add_child(table->tree, table->row, table->heading->child[table->cell], cell);
    table->cell++;
}

static void
table_row(int end, void *context)
{
    struct table *table = context;

    (void)end;
    if (table->failed)
        return;
    if (table->row != table->heading && table->row->count > 0)
        table->failed |= !tree_add_child(table->tree, table->list, NULL, table->row);
    table->cell = 0;
    table->row = tree_node(table->tree, NODE_MAP, table->file, table->next_line, 1, NULL, 0);
    table->failed |= table->row == NULL;
    table->line = table->next_line;
    table->column = table->next_column;
}

/* libcsv says nothing about places, so it gets one byte at a time. */
static struct node *
load_csv(struct tree *tree, const char *file, const struct source *source)
{
    struct csv_parser parser;
    struct table table = {
        .tree = tree, .file = file, .line = 1, .column = 1, .next_line = 1, .next_column = 1};

    table.list = tree_node(tree, NODE_LIST, file, 1, 1, NULL, 0);
    table.heading = table.row = tree_node(tree, NODE_MAP, file, 1, 1, NULL, 0);
    if (table.list == NULL || table.heading == NULL || csv_init(&parser, CSV_STRICT) != 0) {
        faults_add_at(tree->faults, file, 0, 0, "no memory for the table");
        return NULL;
    }
    for (size_t i = 0; i < source->size && !table.failed; i++) {
        if (source->text[i] == '\n') {
            table.next_line++;
            table.next_column = 1;
        } else {
            table.next_column++;
        }
        if (csv_parse(&parser, source->text + i, 1, table_cell, table_row, &table) != 1) {
            faults_add_at(tree->faults, file, table.line, table.column, "not CSV: %s",
                          csv_strerror(csv_error(&parser)));
            table.failed = true;
        }
    }
    if (!table.failed)
        csv_fini(&parser, table_cell, table_row, &table);
    csv_free(&parser);
    return table.failed ? NULL : table.list;
}

/* All of FILE in memory of its own, up to one byte more than is allowed; NULL: no memory. */
static char *
read_whole(FILE *file, size_t *size)
{
    size_t room = 4096;
    char *text = malloc(room + 1);

    *size = 0;
    while (text != NULL) {
        *size += fread(text + *size, 1, room - *size, file);
        if (*size < room || room > TREE_MOST_BYTES)
            break;
        room = 4 * room > TREE_MOST_BYTES ? TREE_MOST_BYTES + 1 : 4 * room;
        char *more = realloc(text, room + 1);
        if (more == NULL)
            free(text);
        text = more;
    }
    return text;
}

struct source *
tree_add_source(struct tree *tree, const char *name, const char *text)
{
    struct source *more = realloc(tree->source, (tree->sources + 1) * sizeof *more);
    char *name_copy = strdup(name), *text_copy = strdup(text);

    if (more != NULL)
        tree->source = more;
    if (more == NULL || name_copy == NULL || text_copy == NULL) {
        tree->no_memory = true;
        free(name_copy);
        free(text_copy);
        return NULL;
    }
    tree->source[tree->sources] = (struct source){name_copy, text_copy, strlen(text)};
    return &tree->source[tree->sources++];
}

static struct source *
read_source(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    FILE *file = fopen(path, "rb");
    struct source *more = realloc(tree->source, (tree->sources + 1) * sizeof *more);
    size_t size = 0;

    if (more != NULL)
        tree->source = more;
    if (file == NULL) {
        tree->environment |= errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EIO;
        if (asked != NULL)
            faults_add(tree->faults, asked, NULL, "cannot read '%s': %s", name, strerror(errno));
        else
            faults_add_at(tree->faults, path, 0, 0, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    char *text = more != NULL ? read_whole(file, &size) : NULL;
    bool broken = ferror(file) != 0;
    fclose(file);
    char *copy = text != NULL ? strdup(name) : NULL;
    tree->environment |= broken;
    tree->no_memory |= copy == NULL;
    if (copy == NULL || broken || size > TREE_MOST_BYTES) {
        faults_add_at(tree->faults, path, 0, 0,
                      broken                   ? "cannot be read"
                      : size > TREE_MOST_BYTES ? "larger than 16 MiB"
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

/* Put the rows of a table where {csv: FILE} stands. */
static struct node *
expand_tables(struct tree *tree, struct node *node)
{
    const struct node *csv =
        node->kind == NODE_MAP && node->count == 1 ? node_find(node, "csv") : NULL;
    char path[PATH_MAX];

    if (csv != NULL && csv->kind == NODE_SCALAR) {
        struct source *source =
            tree_resolve(tree, csv, path) ? read_source(tree, path, csv->text, csv) : NULL;
        struct node *list = source ? load_csv(tree, tree_keep_text(tree, path), source) : NULL;
        return list != NULL
                   ? list
                   : tree_node(tree, NODE_LIST, csv->file, csv->line, csv->column, NULL, 0);
    }
    for (size_t i = 0; i < node->count; i++)
        if (node->child[i] != NULL && node->child[i]->kind != NODE_SCALAR) {
            struct node *child = expand_tables(tree, node->child[i]);
            if (child != NULL)
                node->child[i] = child;
        }
    return node;
}

struct node *
tree_load(struct tree *tree, const char *path, const char *name, const struct node *asked)
{
    struct source *source = read_source(tree, path, name, asked);
    struct node *root = source ? load_yaml(tree, path, 1, 1, source->text, source->size) : NULL;

    if (root == NULL)
        return NULL;
    if (root->kind != NODE_MAP) {
        faults_add(tree->faults, root, NULL, "expected 'name: value' lines, found a %s",
                   root->kind == NODE_LIST ? "list" : "single value");
        return NULL;
    }
    return expand_tables(tree, root);
}

void
tree_begin(struct tree *tree, const char *file, bool allow_outside, struct faults *faults)
{
    char real[PATH_MAX];

    *tree = (struct tree){.faults = faults, .allow_outside = allow_outside};
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
    for (size_t i = 0; i < tree->blocks; i++)
        free(tree->block[i]);
    free(tree->source);
    free(tree->block);
    *tree = (struct tree){0};
}
