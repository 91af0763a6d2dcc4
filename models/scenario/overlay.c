#include "overlay.h"

#include "change.h"
#include "copies.h"
#include "edit.h"
#include "models/scenario/fields/fields.h"
#include "grades.h"
#include "load.h"
#include "numbers.h"
#include "path.h"
#include "uncertain.h"
#include "ways.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a file extends, the files above it, and the world that the stock comes from. */
struct chain {
    const char *real[TREE_MOST_EXTENDS + 1];
    int depth;
    struct node *world; /* NULL: no stock so far */
    const char *world_file;
    bool policy; /* something is laid over the world */
};

/* What is laid over what, for messages. */
struct laying {
    struct tree *tree;
    const char *base; /* the file below */
};

static struct node *lay_over(const struct laying *l, struct node *base, struct node *over,
                             const struct field *field, const char *path);

/* A copy of a map with children of its own to exchange: an anchor may share the original. */
static struct node *
copy_map(struct tree *tree, const struct node *node)
{
    struct node *copy = tree_node(tree, NODE_MAP, node->at, NULL, 0);

    for (size_t i = 0; copy != NULL && i < node->count; i++)
        if (!tree_add_child(tree, copy, node->key[i], node->child[i]))
            copy = NULL;
    if (copy == NULL)
        faults_add(tree->faults, node_at(node), NULL, "no memory for the scenario");
    return copy;
}

/* Put OVER as KEY into MAP, laid over what is there. */
static void
lay_over_child(const struct laying *l, struct node *map, struct node *key, struct node *over,
               const struct field *field, const char *path)
{
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key->text) == 0) {
            map->child[i] = lay_over(l, map->child[i], over, field, path);
            return;
        }
    if (!tree_add_child(l->tree, map, key, over))
        faults_add(l->tree->faults, node_at(over), NULL, "no memory for the scenario");
}

static struct node *
lay_map_over(const struct laying *l, struct node *base, struct node *over,
             const struct object_type *type, const struct field *each, const char *path)
{
    char inner[256];

    if (base->kind != NODE_MAP || over->kind != NODE_MAP ||
        (base = copy_map(l->tree, base)) == NULL)
        return over;
    for (size_t i = 0; i < over->count; i++) {
        const char *name = over->key[i]->text;
        snprintf(inner, sizeof inner, "%.180s%s%.60s", path, *path != '\0' ? "." : "", name);
        lay_over_child(l, base, over->key[i], over->child[i],
                       type != NULL ? field_in(type, name) : each, inner);
    }
    return base;
}

/* A list that is written out replaces the whole list. */
static void
warn_of_replaced(const struct laying *l, const struct node *base, const struct node *over,
                 const struct field *field, const char *path)
{
    char key[128] = "";

    if (base->kind != NODE_LIST || over->kind != NODE_LIST || base->count == 0 ||
        base->child[0] == NULL)
        return;
    if (field->object == NULL) {
        faults_warn(
            l->tree->faults, node_at(over), path,
            "replaces the whole list of %zu in %s by %zu; add and drop change single names, "
            "and 'drop: %s' says that all of them go",
            base->count, l->base, over->count, path);
        return;
    }
    path_write_key(base->child[0], field->object, key, sizeof key);
    faults_warn(l->tree->faults, node_at(over), path,
                "replaces the whole list of %zu in %s by %zu; to change one, set %s%s, and "
                "'drop: %s' says that all of them go",
                base->count, l->base, over->count, path, key, path);
}

/* Objects are laid over field by field, maps of lists key by key; any other value (a list, a
 * distribution, shares, steps) is replaced whole. */
static struct node *
lay_over(const struct laying *l, struct node *base, struct node *over, const struct field *field,
         const char *path)
{
    if (field == NULL || base == NULL)
        return over;
    const struct field list = {.type = FIELD_OBJECTS, .object = field->object};
    if (field->type == FIELD_OBJECT)
        return lay_map_over(l, base, over, field->object, NULL, path);
    if (field->type == FIELD_OBJECT_MAP)
        return lay_map_over(l, base, over, NULL, &list, path);
    if (field->type == FIELD_OBJECTS || field->type == FIELD_NAMES)
        warn_of_replaced(l, base, over, field, path);
    uncertain_warn_cancelled(l->tree, base, over, path);
    return over;
}

/* A path and what it does. */
struct entry {
    const struct node *path, *value;
    bool world;
};

struct entries {
    struct entry *item;
    size_t count;
};

/* A row {path: .., value: .., world: ..}, as of a table. */
static bool
read_row(struct tree *tree, const struct node *row, struct entry *entry)
{
    const struct node *world = node_find(row, "world");

    entry->path = node_find(row, "path");
    entry->value = node_find(row, "value");
    entry->world = change_is_world(entry->value) ||
                   (world != NULL && world->kind == NODE_SCALAR && strcmp(world->text, "yes") == 0);
    for (size_t i = 0; row->kind == NODE_MAP && i < row->count; i++) {
        static const char *const names[] = {"path", "value", "world", "note"};
        const struct node *key = row->key[i];
        bool known = false;
        for (size_t n = 0; n < sizeof names / sizeof *names; n++)
            known |= strcmp(key->text, names[n]) == 0;
        if (!known)
            faults_add(tree->faults, node_at(key), "set",
                       "unknown column '%.60s'; a row has path, value, "
                       "world and note",
                       key->text);
    }
    if (entry->path == NULL || entry->value == NULL)
        faults_add(tree->faults, node_at(row), "set",
                   "expected PATH: VALUE lines, or rows with a path and a "
                   "value");
    return entry->path != NULL && entry->value != NULL;
}

/* The lines of set, add or drop. */
static struct entries
read_entries(struct tree *tree, const struct node *node, enum operation operation)
{
    static const char *const names[] = {"set", "add", "drop"};
    static const char *const expected[] = {
        "expected PATH: VALUE lines", "expected LIST: ITEMS lines", "expected paths, one a line"};
    struct entries entries = {tree_allocate(tree, (node->count + 1) * sizeof(struct entry)), 0};
    bool map = node->kind == NODE_MAP, list = node->kind == NODE_LIST;

    if (entries.item == NULL)
        return entries;
    if (operation == EDIT_DROP && !map) {
        for (size_t i = 0; i < (list ? node->count : 1); i++)
            entries.item[entries.count++].path = list ? node->child[i] : node;
    } else if (operation != EDIT_DROP && map) {
        for (size_t i = 0; i < node->count; i++)
            entries.item[entries.count++] =
                (struct entry){node->key[i], node->child[i], change_is_world(node->child[i])};
    } else if (operation == EDIT_SET && list) {
        for (size_t i = 0; i < node->count; i++)
            entries.count += read_row(tree, node->child[i], &entries.item[entries.count]);
    } else {
        faults_add(tree->faults, node_at(node), names[operation], "%s", expected[operation]);
    }
    return entries;
}

/* Whether the path begins with `stock`. */
static bool
is_of_stock(const struct node *path)
{
    return path->kind == NODE_SCALAR && strncmp(path->text, "stock", 5) == 0 &&
           (path->text[5] == '\0' || path->text[5] == '[' || path->text[5] == '.');
}

/* Who is there at the start does not hang on what is decided today. */
static bool
may_touch_stock(struct tree *tree, const struct entry *entry, enum operation operation)
{
    if (!is_of_stock(entry->path) || entry->world)
        return true;
    faults_add(tree->faults, node_at(entry->path), entry->path->text,
               operation == EDIT_SET
                   ? "changes who is there at the start, which is no policy; say so with "
                     "{to: .., world: yes}, or write stock out"
                   : "changes who is there at the start, which is no policy; write stock out, or "
                     "set counts with {to: .., world: yes}");
    return false;
}

/* Apply the lines of ENTRIES to *ROOT: all of them to the scenario (WITHIN is empty), to the world
 * those that hold for it too. STOCK is that of the scenario below, NULL: the file's own. */
static void
apply(struct tree *tree, struct node **root, const struct entries *entries,
      enum operation operation, const struct node *stock, const char *within)
{
    struct edit_batch batch;

    if (entries->count == 0)
        return;
    edit_begin(&batch, tree, operation, within);
    batch.stock = stock;
    for (size_t i = 0; i < entries->count; i++)
        if (*within == '\0' || entries->item[i].world)
            edit_apply(&batch, root, entries->item[i].path, entries->item[i].value);
    edit_end(&batch);
}

/* Whether a file decides itself who is there at the start. */
static bool
has_own_stock(const struct node *root, const struct entries *drop)
{
    bool own = node_find(root, "stock") != NULL;

    for (size_t i = 0; i < drop->count; i++)
        own |= drop->item[i].path->kind == NODE_SCALAR &&
               strcmp(drop->item[i].path->text, "stock") == 0;
    return own;
}

static void
drop_refused(struct tree *tree, struct entries *entries, enum operation operation)
{
    size_t kept = 0;

    for (size_t i = 0; i < entries->count; i++)
        if (may_touch_stock(tree, &entries->item[i], operation))
            entries->item[kept++] = entries->item[i];
    entries->count = kept;
}

/* What a layer's set says to the world, and whether it is more than that. */
static void
change_world(struct tree *tree, struct chain *chain, const struct entries *set)
{
    size_t world = 0;
    char within[128];

    for (size_t i = 0; i < set->count; i++)
        world += set->item[i].world;
    if (chain->world == NULL || world == 0)
        return;
    snprintf(within, sizeof within, " (in the world that the stock comes from, %.60s)",
             chain->world_file);
    apply(tree, &chain->world, set, EDIT_SET, NULL, within);
}

/* What a file says that is no field's value: what it does by path. */
enum { PART_UNCERTAIN = EDIT_DROP + 1, PART_POSTERIOR, PART_SOURCES, PARTS };
static const char *const part_names[PARTS] = {"set",       "add",       "drop",
                                              "uncertain", "posterior", "sources"};

/* Take the parts out of ROOT, into PART; NULL: no memory. */
static struct node *
take_parts(struct tree *tree, const struct node *root, const struct node *part[PARTS])
{
    struct node *copy = tree_node(tree, NODE_MAP, root->at, NULL, 0);

    for (size_t i = 0; copy != NULL && i < root->count; i++) {
        bool taken = false;
        for (int p = 0; p < PARTS && !taken; p++) {
            taken = strcmp(root->key[i]->text, part_names[p]) == 0;
            if (taken && part[p] == NULL)
                part[p] = root->child[i];
        }
        if (!taken && !tree_add_child(tree, copy, root->key[i], root->child[i]))
            return NULL;
    }
    return copy;
}

/* What is not known is the world's, too: draw it here and there. What the world does not have is of
 * this file alone. */
static void
apply_uncertain(struct tree *tree, struct chain *chain, struct node **root,
                const struct node *const part[PARTS], bool own_stock)
{
    struct uncertain_line *line = NULL;
    size_t count = part[PART_UNCERTAIN] != NULL || part[PART_POSTERIOR] != NULL
                       ? uncertain_read(tree, part[PART_UNCERTAIN], part[PART_POSTERIOR], &line)
                       : 0;
    struct entries entries = {tree_allocate(tree, (count + 1) * sizeof(struct entry)), count};

    if (entries.item == NULL || count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        entries.item[i] = (struct entry){line[i].path, line[i].value, true};
    apply(tree, root, &entries, EDIT_SET, NULL, "");
    if (own_stock || chain->world == NULL)
        return;
    bool before = tree->incomplete;
    tree->incomplete = true; /* no path is refused */
    apply(tree, &chain->world, &entries, EDIT_SET, NULL, " (in the world)");
    tree->incomplete = before;
}

/* What the file ROOT says of sources holds for what it has by now. */
static void
read_sources(struct tree *tree, struct node *root, const struct node *sources)
{
    size_t first = tree->grades->count;

    if (sources == NULL)
        return;
    grades_read(tree, sources);
    numbers_check_sources(tree, root, first);
}

/* Lay the file ROOT, called NAME, over BASE (NULL: it extends nothing). */
static struct node *
lay_file(struct tree *tree, struct chain *chain, struct node *base, struct node *root,
         const char *name, const char *base_name)
{
    const struct node *part[PARTS] = {NULL};
    struct entries line[3] = {0};
    struct laying laying = {tree, base_name};

    if ((root = take_parts(tree, root, part)) == NULL)
        return NULL;
    for (enum operation o = EDIT_SET; o <= EDIT_DROP; o++)
        if (part[o] != NULL)
            line[o] = read_entries(tree, part[o], o);
    bool own_stock = has_own_stock(root, &line[EDIT_DROP]);
    for (enum operation o = EDIT_SET; o <= EDIT_DROP && !own_stock && chain->world != NULL; o++)
        drop_refused(tree, &line[o], o);
    if (base == NULL)
        copies_write_out(tree, &root);
    apply(tree, base != NULL ? &base : &root, &line[EDIT_DROP], EDIT_DROP,
          own_stock ? NULL : node_find(base, "stock"), "");
    if (base != NULL)
        root = lay_map_over(&laying, base, root, &scenario_type, NULL, "");
    copies_write_out(tree, &root);
    apply(tree, &root, &line[EDIT_ADD], EDIT_ADD, NULL, "");
    copies_write_out(tree, &root);
    apply_uncertain(tree, chain, &root, part, own_stock);
    apply(tree, &root, &line[EDIT_SET], EDIT_SET, NULL, "");
    read_sources(tree, root, part[PART_SOURCES]);
    if (own_stock) {
        const struct node *stock = node_find(root, "stock");
        chain->world = stock != NULL && stock->count > 0 ? root : NULL;
        chain->world_file = name;
        chain->policy = false;
    } else {
        change_world(tree, chain, &line[EDIT_SET]);
        chain->policy = true;
    }
    return root;
}

static struct node *read_file(struct tree *tree, const char *path, const char *name,
                              const struct node *asked, struct chain *chain);

/* The scenario that ROOT extends, or NULL. */
static struct node *
read_extended(struct tree *tree, const struct node *root, struct chain *chain)
{
    const struct node *extends = node_find(root, "extends");
    char path[PATH_MAX], real[PATH_MAX];

    if (extends == NULL)
        return NULL;
    bool before = tree->incomplete;
    tree->incomplete = true; /* unless the base is read */
    if (extends->kind != NODE_SCALAR || extends->text[0] == '\0') {
        if (chain->depth > 0) /* in the file itself the reader will say so */
            faults_add(tree->faults, node_at(extends), "extends", "expected a file's name");
        return NULL;
    }
    if (chain->depth >= TREE_MOST_EXTENDS) {
        faults_add(tree->faults, node_at(extends), "extends", "more than %d files deep",
                   TREE_MOST_EXTENDS);
        return NULL;
    }
    if (!source_resolve(tree, extends, path) || !source_real(tree, path, real))
        return NULL;
    for (int i = 0; i <= chain->depth; i++)
        if (strcmp(chain->real[i], real) == 0) {
            faults_add(tree->faults, node_at(extends), "extends", "'%s' extends itself in a circle",
                       extends->text);
            return NULL;
        }
    chain->depth++;
    tree->incomplete = before;
    struct node *base = read_file(tree, tree_keep_text(tree, path), extends->text, extends, chain);
    chain->depth--;
    return base;
}

static struct node *
read_file(struct tree *tree, const char *path, const char *name, const struct node *asked,
          struct chain *chain)
{
    char real[PATH_MAX];
    struct node *root = load_file(tree, path, name, asked);

    if (root == NULL)
        return NULL;
    ways_write_out(tree, root);
    source_note(tree, path, chain->depth, NULL);
    chain->real[chain->depth] = source_real(tree, path, real) ? tree_keep_text(tree, real) : path;
    struct node *base = read_extended(tree, root, chain);
    const struct node *extends = node_find(root, "extends");
    return lay_file(tree, chain, base, root, tree_keep_text(tree, name),
                    base != NULL && extends != NULL ? extends->text : "");
}

/* An overlay that the command line names: its own texts, and which file it is. */
struct over {
    const char *real;
    const struct node *name, *description;
};

/* Whether ROOT, the file at PATH, extends the scenario and nothing else, and was not laid over it
 * BEFORE. */
static bool
may_lie_over(struct tree *tree, const struct chain *chain, const struct node *root,
             const char *path, const struct over *before, size_t count)
{
    const struct node *extends = node_find(root, "extends");
    const char *file = tree->from->file;

    if (extends == NULL || extends->kind != NODE_SCALAR ||
        !source_is(tree, extends, chain->real[0])) {
        faults_add(tree->faults, node_at(extends != NULL ? extends : root), "extends",
                   "expected the file %.300s, over which it is to be laid", file);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (before[count].real != NULL && strcmp(before[i].real, before[count].real) == 0) {
            faults_add(tree->faults, (struct position){path, 0, 0}, NULL,
                       "it lies over %.300s already: name it once", file);
            return false;
        }
    return true;
}

/* Lay the file at PATH over *ROOT, as over[COUNT]. */
static void
lay_one_over(struct tree *tree, struct chain *chain, struct node **root, const char *path,
             struct over *over, size_t count)
{
    char real[PATH_MAX];
    size_t first = tree->sources;

    source_enter(tree, path);
    struct node *top = load_file(tree, path, path, NULL);
    if (tree->sources > first)
        tree->source[first].over = true;
    over[count].real = source_real(tree, path, real) ? tree_keep_text(tree, real) : path;
    if (top != NULL)
        ways_write_out(tree, top);
    source_note(tree, path, -(int)count - 1, NULL);
    if (top != NULL && may_lie_over(tree, chain, top, path, over, count)) {
        over[count].name = node_find(top, "name");
        over[count].description = node_find(top, "description");
        struct node *laid = lay_file(tree, chain, *root, top, path, tree->from->file);
        *root = laid != NULL ? laid : *root;
    }
    source_enter(tree, NULL);
}

/* Put the texts of COUNT overlays, with BETWEEN between them, as KEY into *ROOT. */
static void
join_texts(struct tree *tree, struct node **root, const char *key, const char *between,
           const struct node *const *text, size_t count)
{
    size_t size = 1, texts = 0;

    for (size_t i = 0; i < count; i++)
        if (text[i] != NULL && text[i]->kind == NODE_SCALAR)
            size += strlen(text[i]->text) + strlen(between);
    char *joined = tree_allocate(tree, size), *end = joined;
    struct node *map = copy_map(tree, *root);
    for (size_t i = 0; joined != NULL && i < count; i++)
        if (text[i] != NULL && text[i]->kind == NODE_SCALAR)
            end += sprintf(end, "%s%s", texts++ > 0 ? between : "", text[i]->text);
    for (size_t i = 0; map != NULL && texts > 1 && i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0 && map->child[i]->kind == NODE_SCALAR) {
            struct node *node =
                tree_node(tree, NODE_SCALAR, node_at(map->child[i]), joined, strlen(joined));
            if (node != NULL)
                map->child[i] = node;
        }
    *root = map != NULL ? map : *root;
}

/* Lay the files that the command line names over *ROOT; several give it all their names. */
static void
lay_overs(struct tree *tree, struct chain *chain, struct node **root)
{
    size_t count = tree->from->overs;
    struct over *over = tree_allocate(tree, (count + 1) * sizeof *over);
    const struct node **text = tree_allocate(tree, (count + 1) * sizeof *text);

    if (over == NULL || text == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        lay_one_over(tree, chain, root, tree_keep_text(tree, tree->from->over[i]), over, i);
    for (size_t i = 0; i < count; i++)
        text[i] = over[i].name;
    join_texts(tree, root, "name", " + ", text, count);
    for (size_t i = 0; i < count; i++)
        text[i] = over[i].description;
    join_texts(tree, root, "description", " ", text, count);
}

/* What the command line sets, laid over *ROOT as a file above would be. */
static void
lay_set(struct tree *tree, struct chain *chain, struct node **root, const char *const *set,
        size_t count)
{
    struct node *lines = tree_node(tree, NODE_MAP, (struct position){SOURCE_SET, 1, 1}, NULL, 0);
    size_t size = 1;
    int line = 1;

    for (size_t i = 0; i < count; i++)
        size += strlen(set[i]) + 1;
    char *text = tree_allocate(tree, size), *end = text;
    for (size_t i = 0; lines != NULL && text != NULL && i < count; i++) {
        bool blank = set[i][strspn(set[i], " \t\r\n")] == '\0';
        const struct node *map = blank ? NULL : load_line(tree, SOURCE_SET, line, set[i]);
        if (blank || (map != NULL && map->kind != NODE_MAP))
            faults_add(tree->faults, (struct position){SOURCE_SET, line, 1}, NULL,
                       "expected 'PATH: VALUE' such as 'house_selection.suitable: 30 %%', with "
                       "a space behind the colon");
        for (size_t j = 0; map != NULL && map->kind == NODE_MAP && j < map->count; j++)
            if (!tree_add_child(tree, lines, map->key[j], map->child[j]))
                return;
        for (const char *c = set[i]; *c != '\0'; c++)
            line += *c == '\n';
        line++;
        end += sprintf(end, "%s\n", set[i]);
    }
    if (lines == NULL || text == NULL || source_add(tree, SOURCE_SET, text) == NULL)
        return;
    struct entries entries = read_entries(tree, lines, EDIT_SET);
    if (chain->world != NULL)
        drop_refused(tree, &entries, EDIT_SET);
    apply(tree, root, &entries, EDIT_SET, NULL, "");
    change_world(tree, chain, &entries);
    for (size_t i = 0; i < entries.count; i++)
        chain->policy |= !entries.item[i].world;
}

/* How long and how often is simulated is the run's, not the world's. */
static void
take_settings(struct tree *tree, struct node **world, const struct node *root)
{
    static const char *const settings[] = {"name",         "description", "start", "horizon",
                                           "warm_up",      "round",       "seed",  "record",
                                           "replications", "extends"};
    struct node *copy = copy_map(tree, *world);

    for (size_t s = 0; copy != NULL && s < sizeof settings / sizeof *settings; s++)
        for (size_t i = 0; i < root->count; i++)
            if (strcmp(root->key[i]->text, settings[s]) == 0) {
                size_t at = 0;
                while (at < copy->count && strcmp(copy->key[at]->text, settings[s]) != 0)
                    at++;
                if (at < copy->count)
                    copy->child[at] = root->child[i];
                else if (!tree_add_child(tree, copy, root->key[i], root->child[i]))
                    return;
            }
    if (copy != NULL)
        *world = copy;
}

/* The stock is that of a day: an overlay that starts on another takes it as it is. */
static void
warn_of_start(struct tree *tree, const struct chain *chain)
{
    const struct node *of_world = node_find(chain->world, "start");
    const struct node *start = node_find(tree->root, "start");

    if (of_world != NULL && start != NULL && of_world->kind == NODE_SCALAR &&
        start->kind == NODE_SCALAR && strcmp(of_world->text, start->text) != 0)
        faults_warn(tree->faults, node_at(start), "start",
                    "the stock of %s was counted on %s, and is taken as it is on %s; write stock "
                    "out if it differs",
                    chain->world_file, of_world->text, start->text);
}

/* What a law may set: fields of the items of a list, or a field alone. */
static const struct {
    const char *head, *fields[6];
} of_law[] = {
    {"pathways", {"stay", "stays", "serve", "then", "clocks"}},
    {"classes", {"sentence", "served", "repeat"}},
    {"desks", {"time"}},
    {"earliest_share", {NULL}},
    {"earliest_share_repeat", {NULL}},
};

/* Does a law set FIELD (NULL: the head alone) of HEAD? */
static bool
law_sets(const char *head, const char *field)
{
    for (size_t i = 0; i < sizeof of_law / sizeof *of_law; i++) {
        if (strcmp(of_law[i].head, head) != 0)
            continue;
        for (size_t n = 0; of_law[i].fields[n] != NULL; n++)
            if (field != NULL && strcmp(of_law[i].fields[n], field) == 0)
                return true;
        return of_law[i].fields[0] == NULL;
    }
    return false;
}

/* The field of PATH behind its first key, or the names of VALUE where PATH ends with the key. */
static bool
all_of_law(const struct path *path, const struct node *value)
{
    const char *head = path->step[0].part[0].name;
    size_t key = 1;
    bool all = value->kind == NODE_MAP && value->count > 0;

    while (key < path->steps && !path->step[key].key)
        key++;
    if (key + 1 < path->steps)
        return law_sets(head, path->step[key + 1].part[0].name);
    if (key == path->steps)
        return law_sets(head, NULL);
    for (size_t i = 0; all && i < value->count; i++)
        all = law_sets(head, value->key[i]->text);
    return all;
}

/* Only what happens to people under a law may be set by it. */
static bool
is_of_law(struct tree *tree, const struct node *path, const struct node *value)
{
    struct path parsed;

    if (!path_parse(tree, path, &parsed))
        return false;
    if (parsed.steps > 0 && !parsed.step[0].key && all_of_law(&parsed, value))
        return true;
    faults_add(tree->faults, node_at(path), "law",
               "a law sets stay, stays, serve, then and clocks of a phase, sentence, served and "
               "repeat of a class, time at a desk, earliest_share and earliest_share_repeat; "
               "what else changes, a scenario of its own says");
    return false;
}

static bool
reaches_both(const struct node *law)
{
    const struct node *reaches = node_find(law, "reaches");

    return reaches != NULL && reaches->kind == NODE_SCALAR && strcmp(reaches->text, "both") == 0;
}

/* What each law of LIST sets, with a fault for whatever is no law's business. */
static struct entries *
entries_of_laws(struct tree *tree, const struct node *list)
{
    struct entries *entries = tree_allocate(tree, (list->count + 1) * sizeof *entries);

    for (size_t i = 0; entries != NULL && i < list->count; i++) {
        const struct node *set = node_find(list->child[i], "set");
        size_t kept = 0;
        if (set == NULL || (set->kind != NODE_SCALAR && set->count == 0)) {
            faults_add(tree->faults, node_at(set != NULL ? set : list->child[i]), "law",
                       "sets nothing: give set, with PATH: VALUE lines");
            continue;
        }
        entries[i] = read_entries(tree, set, EDIT_SET);
        for (size_t n = 0; n < entries[i].count; n++)
            if (is_of_law(tree, entries[i].item[n].path, entries[i].item[n].value))
                entries[i].item[kept++] = entries[i].item[n];
        entries[i].count = kept;
    }
    return entries;
}

/* The scenario under its laws: for those who began when the first I were in force. */
static void
lay_laws(struct tree *tree)
{
    const struct node *list = node_find(tree->root, "law");
    size_t laws = list != NULL && list->kind == NODE_LIST ? list->count : 0;

    if (laws == 0 || laws > MOST_LAWS)
        return; /* the check says so */
    tree->law = tree_allocate(tree, (laws + 1) * (laws + 1) * sizeof(struct node *));
    const struct entries *entries = entries_of_laws(tree, list);
    if (tree->law == NULL || entries == NULL)
        return;
    tree->laws = laws;
    struct node *begun = tree->root;
    for (size_t i = 0; i <= laws; i++) {
        struct node *root = begun;
        tree->law[i * (laws + 1) + i] = root;
        for (size_t j = i + 1; j <= laws; j++)
            if (reaches_both(list->child[j - 1])) {
                apply(tree, &root, &entries[j - 1], EDIT_SET, NULL, "");
                tree->law[i * (laws + 1) + j] = root;
            }
        if (i < laws)
            apply(tree, &begun, &entries[i], EDIT_SET, NULL, "");
    }
}

void
overlay_read(struct tree *tree, const struct scenario_source *from, struct faults *faults)
{
    struct chain chain = {.depth = 0};
    const char *slash = strrchr(from->file, '/');

    source_begin(tree, from, faults);
    tree->draws = tree_allocate(tree, sizeof *tree->draws);
    tree->grades = tree_allocate(tree, sizeof *tree->grades);
    if (tree->draws == NULL || tree->grades == NULL)
        return;
    tree->root = read_file(tree, tree_keep_text(tree, from->file), slash ? slash + 1 : from->file,
                           NULL, &chain);
    if (tree->root != NULL && from->overs > 0)
        lay_overs(tree, &chain, &tree->root);
    if (tree->root != NULL && from->sets > 0)
        lay_set(tree, &chain, &tree->root, from->set, from->sets);
    if (tree->root != NULL)
        lay_laws(tree);
    source_end(tree);
    if (tree->root == NULL || chain.world == NULL || !chain.policy)
        return;
    warn_of_start(tree, &chain);
    tree->world = chain.world;
    take_settings(tree, &tree->world, tree->root);
}
