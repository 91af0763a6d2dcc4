#include "document.h"

#include "text.h"

#include <ctype.h>
#include <search.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct anchor {
    const char *name;
    struct node *node;
};

struct loader {
    struct tree *tree;
    const struct document *document;
    struct {
        size_t index; /* characters before it */
        size_t byte;  /* the same position in the text */
        int quotes;   /* double quotes before it in its line */
    } counted;        /* how far quotes have been counted */
    yaml_parser_t parser;
    void *anchors; /* by name (tsearch) */
    bool failed;
};

static struct node *
load_failed(struct loader *loader, struct position at, const char *what)
{
    if (!loader->failed)
        faults_add(loader->tree->faults, at, NULL, "%s", what);
    loader->failed = true;
    return NULL;
}

static int
by_name(const void *left, const void *right)
{
    const struct anchor *a = left, *b = right;

    return strcmp(a->name, b->name);
}

/* The tree owns what an index of names points to. */
static void
keep_anchor(void *anchor)
{
    (void)anchor;
}

/* An anchor given again names the newer node. */
static void
remember_anchor(struct loader *loader, const yaml_char_t *name, struct node *node)
{
    if (name == NULL || node == NULL)
        return;
    struct anchor *anchor = tree_allocate(loader->tree, sizeof *anchor);
    if (anchor == NULL)
        return;
    *anchor = (struct anchor){tree_keep_text(loader->tree, (const char *)name), node};
    struct anchor **found = tsearch(anchor, &loader->anchors, by_name);
    if (found == NULL)
        loader->tree->no_memory = true;
    else
        (*found)->node = node;
}

static struct node *
resolve_alias(struct loader *loader, const yaml_event_t *event, struct position at, int depth)
{
    struct anchor wanted = {(const char *)event->data.alias.anchor, NULL};
    struct anchor **found = tfind(&wanted, &loader->anchors, by_name);

    if (found == NULL)
        return load_failed(loader, at, "an alias without its anchor");
    struct node *node = (*found)->node;
    loader->tree->nodes += node->weight;
    if (loader->tree->nodes > TREE_MOST_NODES)
        return load_failed(loader, at, "aliases make this file too large");
    if (depth + node->height > TREE_MOST_DEPTH)
        return load_failed(loader, at, "aliases nest more than 32 deep");
    return node;
}

/* A key of a map: explicit ones come before those that are merged in. */
struct map_key {
    struct node *key;
    size_t order;
    bool again; /* an earlier one has the same text */
};

static int
by_text_and_order(const void *left, const void *right)
{
    const struct map_key *a = left, *b = right;
    int text = strcmp(a->key->text, b->key->text);

    return text != 0 ? text : a->order < b->order ? -1 : a->order > b->order;
}

static int
by_order(const void *left, const void *right)
{
    const struct map_key *a = left, *b = right;

    return a->order < b->order ? -1 : a->order > b->order;
}

/* Mark each key that an earlier one has given; from position SILENT on that is no fault. */
static void
mark_again(struct loader *loader, struct map_key *entry, size_t count, size_t silent)
{
    size_t first = 0;

    qsort(entry, count, sizeof *entry, by_text_and_order);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(entry[i].key->text, entry[first].key->text) != 0) {
            first = i;
            continue;
        }
        entry[i].again = true;
        if (entry[i].order < silent)
            faults_add(loader->tree->faults, node_at(entry[i].key), NULL,
                       "%.60s: given twice; first on line %d", entry[i].key->text,
                       entry[first].key->at.line);
    }
    qsort(entry, count, sizeof *entry, by_order);
}

/* The maps that a merge key brings in, one after the other; false: it brings none. */
static bool
merged_maps(struct loader *loader, const struct node *value, size_t *keys)
{
    size_t count = value->kind == NODE_LIST ? value->count : 1;

    for (size_t i = 0; i < count; i++) {
        const struct node *map = value->kind == NODE_LIST ? value->child[i] : value;
        if (map->kind != NODE_MAP) {
            faults_add(loader->tree->faults, node_at(map), NULL,
                       "<<: expected a map, or a list of maps, to merge");
            return false;
        }
        *keys += map->count;
    }
    return true;
}

/* NODE with what its merge key brings: first the keys that are merged in, of several maps the
 * earlier's, then its own, which win (yaml.org/type/merge.html). */
static struct node *
merge(struct loader *loader, struct node *node, size_t at)
{
    const struct node *value = node->child[at];
    size_t maps = value->kind == NODE_LIST ? value->count : 1, keys = node->count, n = 0, own = 0;
    struct tree *tree = loader->tree;

    if (!merged_maps(loader, value, &keys)) {
        tree->incomplete = true;
        maps = 0;
    }
    if ((tree->nodes += keys) > TREE_MOST_NODES)
        return load_failed(loader, node->at, "merge keys make this file too large");
    struct map_key *entry = tree_allocate(tree, keys * sizeof *entry);
    struct node **child = tree_allocate(tree, keys * sizeof(struct node *));
    struct node *merged = tree_node(tree, NODE_MAP, node->at, NULL, 0);
    if (entry == NULL || child == NULL || merged == NULL)
        return NULL;
    for (size_t map = 0; map <= maps; map++) {
        const struct node *from = map == 0                   ? node
                                  : value->kind == NODE_LIST ? value->child[map - 1]
                                                             : value;
        for (size_t i = 0; i < from->count; i++) {
            if (map == 0 && strcmp(from->key[i]->text, "<<") == 0)
                continue;
            entry[n] = (struct map_key){from->key[i], n, false};
            child[n++] = from->child[i];
        }
        own = map == 0 ? n : own;
    }
    mark_again(loader, entry, n, 0);
    for (size_t i = 0; i < n; i++) {
        size_t from = i < n - own ? own + i : i - (n - own);
        if (!entry[from].again && !tree_add_child(tree, merged, entry[from].key, child[from]))
            return NULL;
    }
    return merged;
}

/* Whether the entry AT of a map is what follows a comma inside a number, {mean: 4,1 mo}: a key that
 * begins with a digit, right behind the digits of the value before, and that has no value. */
static bool
goes_on(const struct node *map, size_t at)
{
    const struct node *key = map->key[at], *none = map->child[at];
    const struct node *number = at > 0 ? map->child[at - 1] : NULL;
    size_t length = number != NULL && number->kind == NODE_SCALAR ? strlen(number->text) : 0;

    return length > 0 && strspn(number->text, "+-0123456789") == length &&
           isdigit((unsigned char)key->text[0]) && none->kind == NODE_SCALAR &&
           none->text[0] == '\0' && key->at.line == number->at.line &&
           key->at.column == number->at.column + (int)length + 1;
}

/* Much of Europe writes 4,1 for 4.1: one fault says so, and what is behind the comma is no entry.
 */
static void
join_numbers(struct loader *loader, struct node *map)
{
    size_t kept = 0;

    for (size_t i = 0; i < map->count; i++) {
        if (goes_on(map, i)) {
            struct node *number = map->child[i - 1];
            if (!number->unread)
                faults_add(loader->tree->faults, number->at, NULL,
                           "a comma inside the number %.20s,%.40s; write decimals with a point, "
                           "and thousands with nothing between them",
                           number->text, map->key[i]->text);
            number->unread = true;
            continue;
        }
        map->key[kept] = map->key[i];
        map->child[kept++] = map->child[i];
    }
    map->count = kept;
}

/* What is left to do when all keys of a map are there. */
static struct node *
finish_map(struct loader *loader, struct node *node)
{
    struct map_key *entry = calloc(node->count + 1, sizeof *entry);

    join_numbers(loader, node);
    loader->tree->no_memory |= entry == NULL;
    for (size_t i = 0; entry != NULL && i < node->count; i++)
        entry[i] = (struct map_key){node->key[i], i, false};
    if (entry != NULL)
        mark_again(loader, entry, node->count, SIZE_MAX);
    free(entry);
    for (size_t i = 0; i < node->count; i++)
        if (strcmp(node->key[i]->text, "<<") == 0)
            return merge(loader, node, i);
    return node;
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
                load_failed(loader, key->at, "a key must be a plain word");
                return;
            }
        }
        struct node *child = load_node(loader, depth + 1, &ended);
        if (child == NULL || ended)
            return;
        if (!tree_add_child(loader->tree, node, key, child)) {
            load_failed(loader, child->at, "no memory for the scenario");
            return;
        }
    }
}

/* A tag would say how to read a value; the field says that here. YAML's own that change nothing are
 * passed over. */
static bool
tag_is_plain(const yaml_char_t *tag)
{
    static const char core[] = "tag:yaml.org,2002:";
    static const char *const plain[] = {"str", "int", "float", "bool", "timestamp", "seq", "map"};

    if (tag == NULL || strcmp((const char *)tag, "!") == 0)
        return true;
    if (strncmp((const char *)tag, core, sizeof core - 1) != 0)
        return false;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp((const char *)tag + sizeof core - 1, plain[i]) == 0)
            return true;
    return false;
}

static struct node *
load_scalar(struct loader *loader, const yaml_event_t *event, struct position at)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;

    if (!tag_is_plain(event->data.scalar.tag))
        return load_failed(loader, at, "tags such as !this are not read; take it out");
    if (text_has_control(text, length))
        return load_failed(loader, at,
                           "a control or invisible character in this text; take the escape out");
    struct node *node = tree_node(loader->tree, NODE_SCALAR, at, text, length);
    remember_anchor(loader, event->data.scalar.anchor, node);
    return node;
}

static struct node *
load_collection(struct loader *loader, const yaml_event_t *event, struct position at, int depth)
{
    bool map = event->type == YAML_MAPPING_START_EVENT;
    const yaml_char_t *tag = map ? event->data.mapping_start.tag : event->data.sequence_start.tag;

    if (!tag_is_plain(tag))
        return load_failed(loader, at, "tags such as !this are not read; take it out");
    struct node *node = tree_node(loader->tree, map ? NODE_MAP : NODE_LIST, at, NULL, 0);
    if (node == NULL)
        return NULL;
    load_children(loader, node, depth);
    if (map && !loader->failed && (node = finish_map(loader, node)) == NULL)
        return load_failed(loader, at, "no memory for the scenario");
    remember_anchor(
        loader, map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor, node);
    return node;
}

/* Double quotes between the beginning of a line and MARK. Marks come mostly in order, so that each
 * character is looked at about once. */
static int
quotes_before(struct loader *loader, yaml_mark_t mark)
{
    const struct document *document = loader->document;
    size_t index = loader->counted.index, byte = loader->counted.byte;
    int quotes = loader->counted.quotes;

    if (mark.index < index) {
        index = byte = 0;
        quotes = 0;
    }
    for (; index < mark.index && byte < document->size; byte++) {
        char c = document->text[byte];
        quotes = c == '\n' || c == '\r' ? 0 : quotes + (c == '"');
        index += byte + 1 == document->size || (document->text[byte + 1] & 0xc0) != 0x80;
    }
    loader->counted.index = index;
    loader->counted.byte = byte;
    loader->counted.quotes = quotes;
    return quotes;
}

/* The position of MARK in the file. */
static struct position
position_of(struct loader *loader, yaml_mark_t mark)
{
    const struct position *first = &loader->document->at;
    int quotes = loader->document->doubled ? quotes_before(loader, mark) : 0;

    return (struct position){first->file, first->line + (int)mark.line,
                             (mark.line == 0 ? first->column : 1) + (int)mark.column + quotes};
}

/* The text of line NUMBER, from 0 on; *LENGTH to its end. */
static const char *
line_of(const struct document *document, size_t number, size_t *length)
{
    const char *line = document->text, *end = document->text + document->size, *next;

    while (number > 0 && (next = memchr(line, '\n', (size_t)(end - line))) != NULL) {
        line = next + 1;
        number--;
    }
    next = memchr(line, '\n', (size_t)(end - line));
    *length = (size_t)((next != NULL ? next : end) - line);
    return line;
}

/* What is most often meant where the parser stops: a path with brackets in braces, or a tab. */
static const char *
hint_of(const struct loader *loader)
{
    size_t length, brace;
    const char *line = line_of(loader->document, loader->parser.problem_mark.line, &length);

    for (size_t i = 0; i < length && strchr(" \t-", line[i]) != NULL; i++)
        if (line[i] == '\t')
            return "; indent with spaces, not with a tab";
    bool inside = loader->parser.context != NULL &&
                  strstr(loader->parser.context, "flow mapping") != NULL &&
                  loader->parser.context_mark.line < loader->parser.problem_mark.line;
    for (brace = 0; !inside && brace < length && line[brace] != '{';)
        brace++;
    for (size_t i = brace + 1; i < length; i++)
        if (line[i] == '[' && line[i - 1] != ' ' && line[i - 1] != '{' && line[i - 1] != '[')
            return "; inside { } a path with [ ] stands between quotes: "
                   "{'facilities[Haren].capacity': 900}";
    return "";
}

/* The text is no YAML. What is opened and never closed is told where it is opened: the parser goes
 * on to the end of the text. */
static void
refuse_text(struct loader *loader)
{
    const yaml_parser_t *parser = &loader->parser;
    const char *within = parser->context != NULL ? parser->context : "";
    bool list = strstr(within, "flow sequence") != NULL;
    bool flow = list || strstr(within, "flow mapping") != NULL;
    char text[240], opened[64] = "";

    if (strstr(within, "quoted scalar") != NULL && strstr(parser->problem, "unexpected") != NULL) {
        load_failed(loader, position_of(loader, parser->context_mark),
                    "not YAML: the quote that opens here is not closed");
        return;
    }
    if (flow && parser->context_mark.line < parser->problem_mark.line)
        snprintf(opened, sizeof opened, " of the %c that opens on line %d", list ? '[' : '{',
                 position_of(loader, parser->context_mark).line);
    snprintf(text, sizeof text, "not YAML: %s%s%s", parser->problem, opened, hint_of(loader));
    load_failed(loader, position_of(loader, parser->problem_mark), text);
}

/* The parser's next event; false and a fault: the text is no YAML. */
static bool
next_event(struct loader *loader, yaml_event_t *event)
{
    if (yaml_parser_parse(&loader->parser, event))
        return true;
    refuse_text(loader);
    return false;
}

/* The next node, or NULL at the end of the list or map (ENDED) or at a fault. */
static struct node *
load_node(struct loader *loader, int depth, bool *ended)
{
    yaml_event_t event;
    struct node *node = NULL;

    if (loader->failed || !next_event(loader, &event))
        return NULL;
    struct position at = position_of(loader, event.start_mark);
    if (depth > TREE_MOST_DEPTH || loader->tree->nodes > TREE_MOST_NODES) {
        load_failed(loader, at,
                    depth > TREE_MOST_DEPTH ? "nested more than 32 deep" : "too many items");
        yaml_event_delete(&event);
        return NULL;
    }
    switch (event.type) {
    case YAML_SCALAR_EVENT:
        node = load_scalar(loader, &event, at);
        break;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        node = load_collection(loader, &event, at, depth);
        break;
    case YAML_ALIAS_EVENT:
        node = resolve_alias(loader, &event, at, depth);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        *ended = true;
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_START_EVENT:
        yaml_event_delete(&event);
        return load_node(loader, depth, ended);
    }
    yaml_event_delete(&event);
    return loader->failed ? NULL : node;
}

/* Behind the document there may be comments and its end mark, nothing else. */
static void
load_end(struct loader *loader, const char *behind)
{
    yaml_event_t event;
    yaml_event_type_t type = YAML_NO_EVENT;

    while (!loader->failed && type != YAML_STREAM_END_EVENT) {
        if (!yaml_parser_parse(&loader->parser, &event)) {
            const yaml_parser_t *parser = &loader->parser;
            load_failed(loader,
                        position_of(loader, parser->context != NULL ? parser->context_mark
                                                                    : parser->problem_mark),
                        behind);
            return;
        }
        type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT)
            load_failed(loader, position_of(loader, event.start_mark), behind);
        yaml_event_delete(&event);
    }
}

struct node *
document_load(struct tree *tree, const struct document *document)
{
    struct loader loader = {.tree = tree, .document = document};
    bool ended = false;

    if (!yaml_parser_initialize(&loader.parser)) {
        faults_add(tree->faults, (struct position){document->at.file, 0, 0}, NULL,
                   "no memory for the YAML parser");
        return NULL;
    }
    yaml_parser_set_encoding(&loader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&loader.parser, (const unsigned char *)document->text,
                                 document->size);
    struct node *root = load_node(&loader, 0, &ended);
    if (root == NULL && !loader.failed && !tree->no_memory)
        load_failed(&loader, document->at, "the file is empty");
    load_end(&loader, document->behind);
    yaml_parser_delete(&loader.parser);
    tdestroy(loader.anchors, keep_anchor);
    return loader.failed ? NULL : root;
}

struct library
document_library(void)
{
    struct library library = {.name = "libyaml"};

    snprintf(library.version, sizeof library.version, "%s", yaml_get_version_string());
    return library;
}
