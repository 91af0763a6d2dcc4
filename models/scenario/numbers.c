#include "numbers.h"

#include "items.h"
#include "source.h"
#include "value.h"

#include "sim/engine/calendar.h"
#include "sim/engine/distribution.h"

#include <stdio.h>
#include <string.h>

static void walk_value(struct walk *w, const struct node *node, const struct field *field,
                       struct pending pending);

/* Say of what is PENDING that FIELD has no parts. */
static void
refuse_parts(struct walk *w, const struct field *field, struct pending pending)
{
    for (size_t i = 0; w->loud && i < pending.count; i++) {
        struct path_origin origin = walk_origin(w, pending.entry[i]);
        path_refuse(&origin, "%s is %s and has no parts; name it whole", field->name,
                    field_type_text(field->type));
    }
}

static bool
is_number(const char *text)
{
    double number;
    int32_t day;

    return value_share(text, &number) || value_duration(text, &number) ||
           value_rate(text, &number) || value_number(text, &number) || calendar_parse(text, &day);
}

/* Numbers in NODE and below, whatever field they are of: what a row of `set` has beside its value
 * is none. */
static size_t
count_below(const struct node *node)
{
    static const char *const beside[] = {"path", "world", "note"};
    size_t count = 0;

    if (node->kind == NODE_SCALAR)
        return is_number(node->text);
    for (size_t i = 0; i < node->count; i++) {
        bool passed_over = node->child[i] == NULL;
        for (size_t b = 0; node->kind == NODE_MAP && b < sizeof beside / sizeof *beside; b++)
            passed_over |= strcmp(node->key[i]->text, beside[b]) == 0;
        count += passed_over ? 0 : count_below(node->child[i]);
    }
    return count;
}

static void
walk_words(struct walk *w, const struct node *node, const struct field *field,
           struct pending pending)
{
    (void)node;
    refuse_parts(w, field, pending);
}

static void
walk_number(struct walk *w, const struct node *node, const struct field *field,
            struct pending pending)
{
    refuse_parts(w, field, pending);
    walk_add(w, node, node->kind == NODE_SCALAR ? 1 : node->count, field->chosen);
}

static void
walk_anything(struct walk *w, const struct node *node, const struct field *field,
              struct pending pending)
{
    refuse_parts(w, field, pending);
    walk_add(w, node, count_below(node), false);
}

/* The parts of a value, each a number. */
static const struct field part_field = {.name = "a number", .type = FIELD_NUMBER};

/* Those of PENDING whose last step names the share NAME: with its dots it may look like more. */
static struct pending
follow_share(struct walk *w, struct pending pending, const char *name)
{
    struct pending inner = {NULL, 0, PATH_MOST_STEPS};

    for (size_t i = 0; i < pending.count; i++) {
        const struct path *path = &pending.entry[i]->path;
        const struct path_step *step = &path->step[pending.level];
        bool last = pending.level + 1 == path->steps;
        if (step->key || strcmp(last ? step->part[0].name : step->rest, name) != 0)
            continue;
        if (inner.entry == NULL)
            inner.entry = tree_allocate(w->tree, pending.count * sizeof *inner.entry);
        if (inner.entry == NULL)
            return inner;
        inner.entry[inner.count++] = pending.entry[i];
    }
    return inner;
}

static void
refuse_share(struct walk *w, const struct node *map, const struct field *field,
             struct pending pending)
{
    const char *names[64];
    char what[96];
    size_t count = 0;

    for (size_t i = 0; i < map->count && count < 64; i++)
        names[count++] = map->key[i]->text;
    snprintf(what, sizeof what, "%s has no", field->name);
    for (size_t i = 0; i < pending.count; i++) {
        struct path_origin origin = walk_origin(w, pending.entry[i]);
        path_refuse_name(&origin, what, pending.entry[i]->path.step[pending.level].rest, names,
                         count);
    }
}

static void
walk_shares(struct walk *w, const struct node *node, const struct field *field,
            struct pending pending)
{
    size_t group = walk_group_begin(w, node), found = 0;

    for (size_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        struct pending inner = follow_share(w, pending, node->key[i]->text);
        size_t length = walk_into(w, ".", node->key[i]->text);
        found += inner.count;
        walk_value(w, node->child[i], &part_field, inner);
        walk_out(w, length);
    }
    walk_group_end(w, group);
    if (w->loud && found == 0 && node->kind == NODE_MAP)
        refuse_share(w, node, field, pending);
}

/* The form of the distribution NODE, and in *GIVEN its parameters; NULL: it has none with names. */
static const struct distribution_form *
form_of(const struct node *node, const struct node **given)
{
    if (node->kind != NODE_MAP || node->count != 1 || node->child[0] == NULL)
        return NULL;
    *given = node->child[0];
    for (int i = 0; i < DIST_KINDS; i++)
        if (strcmp(distribution_forms[i].name, node->key[0]->text) == 0)
            return distribution_forms[i].parameters > 0 && (*given)->kind != NODE_LIST
                       ? &distribution_forms[i]
                       : NULL;
    return NULL;
}

static void
walk_parameters(struct walk *w, const struct node *given, const struct distribution_form *form,
                struct pending pending)
{
    struct node short_form = {.kind = NODE_SCALAR, .text = form->parameter[0]};
    size_t count = given->kind == NODE_MAP ? given->count : 1;

    for (size_t i = 0; i < count; i++) {
        const struct node *key = given->kind == NODE_MAP ? given->key[i] : &short_form;
        size_t length = walk_into(w, ".", key->text);
        walk_value(w, given->kind == NODE_MAP ? given->child[i] : given, &part_field,
                   walk_follow(w, pending, key->text));
        walk_out(w, length);
    }
}

/* Say of what is PENDING which parts the distribution of FIELD has; FORM is NULL: none with names.
 */
static void
refuse_parameters(struct walk *w, const struct field *field, const struct distribution_form *form,
                  struct pending pending)
{
    char names[128] = "";
    size_t length = 0;

    for (unsigned p = 0; form != NULL && p < form->parameters && length < sizeof names; p++)
        length += (size_t)snprintf(names + length, sizeof names - length, "%s.%s.%s",
                                   p > 0 ? " and " : "", form->name, form->parameter[p]);
    for (size_t i = 0; w->loud && !walk_ended(w) && i < pending.count; i++) {
        struct path_origin origin = walk_origin(w, pending.entry[i]);
        if (pending.entry[i]->reaches > 0)
            continue;
        if (form != NULL)
            path_refuse(&origin, "%s is a distribution whose parts are %s", field->name, names);
        else
            path_refuse(&origin, "the parts of this distribution have no paths; name %s whole",
                        field->name);
    }
}

static void
walk_distribution(struct walk *w, const struct node *node, const struct field *field,
                  struct pending pending)
{
    const struct node *given = NULL;
    const struct distribution_form *form = form_of(node, &given);

    if (form != NULL) {
        size_t group = walk_group_begin(w, node), length = walk_into(w, ".", form->name);
        walk_parameters(w, given, form, walk_end_here(w, walk_follow(w, pending, form->name)));
        walk_out(w, length);
        walk_group_end(w, group);
    } else {
        walk_add(w, node, count_below(node), false);
    }
    refuse_parameters(w, field, form, pending);
}

/* Say what of PENDING names no field of TYPE, or one that no path changes. */
static void
refuse_fields(struct walk *w, const struct object_type *type, struct pending pending)
{
    const char *names[64];
    char what[96];
    size_t count = 0;

    for (size_t i = 0; i < type->fields && count < 64; i++)
        names[count++] = type->field[i].name;
    snprintf(what, sizeof what, "%s has no field", type->name);
    for (size_t i = 0; i < pending.count; i++) {
        struct path_origin origin = walk_origin(w, pending.entry[i]);
        const struct path_step *step = &pending.entry[i]->path.step[pending.level];
        const struct field *field = step->key ? NULL : field_in(type, step->part[0].name);
        if (step->key)
            path_refuse(&origin, "%s is no list; name its field behind a dot", type->name);
        else if (field == NULL)
            path_refuse_name(&origin, what, step->part[0].name, names, count);
        else if (field->type == FIELD_PATHS && type == &scenario_type)
            path_refuse(&origin, "%s has no source of its own; name what it changes", field->name);
    }
}

static void
walk_fields(struct walk *w, const struct node *map, const struct object_type *type,
            struct pending pending)
{
    if (map->kind != NODE_MAP)
        return;
    if (w->loud)
        refuse_fields(w, type, pending);
    for (size_t i = 0; i < map->count && !walk_ended(w); i++) {
        const struct field *field = field_in(type, map->key[i]->text);
        if (field == NULL)
            continue;
        size_t length = walk_into(w, ".", field->name);
        struct number_rows *out = w->out;
        w->out = field->for_readers ? NULL : out;
        walk_value(w, map->child[i], field, walk_follow(w, pending, field->name));
        w->out = out;
        walk_out(w, length);
    }
}

static void
walk_object(struct walk *w, const struct node *node, const struct field *field,
            struct pending pending)
{
    size_t group = walk_group_begin(w, node);

    walk_fields(w, node, field->object, pending);
    walk_group_end(w, group);
}

/* What ITEM says itself of where its numbers come from covers them, as a path with its whole key
 * would. */
static void
cover_itself(struct walk *w, const struct node *item, const struct object_type *type, size_t level)
{
    const struct field *field = field_in(type, "source");
    const struct node *source = node_find(item, "source");
    const char *const *key = path_key(type);
    size_t parts = 0;

    if (w->out == NULL || field == NULL || field->type != FIELD_TEXT || source == NULL ||
        source->kind != NODE_SCALAR)
        return;
    for (size_t i = 0; key[i] != NULL; i++)
        parts += node_text(item, key[i]) != NULL;
    struct grade_entry *entry = tree_allocate(w->tree, sizeof *entry);
    if (entry == NULL)
        return;
    *entry = (struct grade_entry){.at = source,
                                  .layer = source_layer(w->tree, source->at.file),
                                  .length = grade_length(level, parts),
                                  .reaches = 1};
    entry->grade = grade_of_text(source->text, &entry->text);
    w->cover[w->covers++] = entry;
}

static void
walk_item(struct walk *w, const struct node *item, const struct object_type *type, size_t number,
          struct pending pending)
{
    const struct field field = {.name = type->name, .type = FIELD_OBJECT, .object = type};
    char key[PATH_TEXT];

    if (item == NULL)
        return;
    path_write_key(item, type, key, sizeof key);
    if (strcmp(key, "[]") == 0)
        snprintf(key, sizeof key, "[%zu]", number);
    size_t length = walk_into(w, "", key), covers = w->covers;
    cover_itself(w, item, type, pending.level);
    walk_value(w, item, &field, pending);
    w->covers = covers;
    walk_out(w, length);
}

/* The entries of PENDING that lead to each item of LIST; NULL: to none. */
static struct pending *
follow_items(struct walk *w, const struct node *list, const struct field *field,
             struct pending pending)
{
    struct items *found = tree_allocate(w->tree, (pending.count + 1) * sizeof *found);
    struct pending *of = tree_allocate(w->tree, (list->count + 1) * sizeof *of);

    if (found == NULL || of == NULL)
        return NULL;
    for (size_t i = 0; i < pending.count && !walk_ended(w); i++) {
        const struct path_step *step = &pending.entry[i]->path.step[pending.level];
        struct path_origin origin = walk_origin(w, pending.entry[i]);
        if (step->key)
            found[i] = items_find(&origin, &w->index, list, field->object, step);
        else if (w->loud)
            path_refuse(&origin,
                        "%s is a list; say which one in brackets before .%.60s, or [*] "
                        "for all of them",
                        field->name, step->part[0].name);
        for (size_t f = 0; f < found[i].count; f++)
            of[found[i].at[f]].count++;
    }
    for (size_t i = 0; i < list->count; i++) {
        of[i].level = pending.level + 1;
        if (of[i].count > 0)
            of[i].entry = tree_allocate(w->tree, of[i].count * sizeof *of[i].entry);
        if (of[i].count > 0 && of[i].entry == NULL)
            return NULL;
        of[i].count = 0;
    }
    for (size_t i = 0; i < pending.count; i++)
        for (size_t f = 0; f < found[i].count; f++) {
            struct pending *item = &of[found[i].at[f]];
            item->entry[item->count++] = pending.entry[i];
        }
    return of;
}

static void
walk_items(struct walk *w, const struct node *node, const struct field *field,
           struct pending pending)
{
    struct pending none = {NULL, 0, pending.level + 1};
    struct pending *of = NULL;

    if (node->kind != NODE_LIST)
        return;
    if (pending.count > 0)
        of = follow_items(w, node, field, pending);
    for (size_t i = 0; i < node->count && !walk_ended(w); i++) {
        struct pending inner = of != NULL ? of[i] : none;
        if (w->out != NULL || inner.count > 0)
            walk_item(w, node->child[i], field->object, i, inner);
    }
}

static void
walk_map(struct walk *w, const struct node *node, const struct field *field, struct pending pending)
{
    const struct field list = {.name = field->name, .type = FIELD_OBJECTS, .object = field->object};
    const char *names[64];
    char what[96];
    size_t count = 0, found = 0;

    for (size_t i = 0; node->kind == NODE_MAP && i < node->count && !walk_ended(w); i++) {
        struct pending inner = walk_follow(w, pending, node->key[i]->text);
        size_t length = walk_into(w, ".", node->key[i]->text);
        found += inner.count;
        if (count < 64)
            names[count++] = node->key[i]->text;
        walk_value(w, node->child[i], &list, inner);
        walk_out(w, length);
    }
    snprintf(what, sizeof what, "%s has no %s", field->name, field->keys);
    for (size_t i = 0; w->loud && found == 0 && i < pending.count; i++) {
        struct path_origin origin = walk_origin(w, pending.entry[i]);
        path_refuse_name(&origin, what, pending.entry[i]->path.step[pending.level].part[0].name,
                         names, count);
    }
}

static void (*const walkers[FIELD_TYPES])(struct walk *w, const struct node *node,
                                          const struct field *field, struct pending pending) = {
    [FIELD_TEXT] = walk_words,         [FIELD_WHOLE] = walk_number,
    [FIELD_NUMBER] = walk_number,      [FIELD_SHARE] = walk_number,
    [FIELD_DURATION] = walk_number,    [FIELD_SPAN] = walk_number,
    [FIELD_DATE] = walk_number,        [FIELD_YES_NO] = walk_words,
    [FIELD_CHOICE] = walk_words,       [FIELD_SET] = walk_words,
    [FIELD_NAMES] = walk_words,        [FIELD_NUMBERS] = walk_number,
    [FIELD_SHARES] = walk_shares,      [FIELD_FRACTIONS] = walk_shares,
    [FIELD_COUNT_STEPS] = walk_number, [FIELD_ANY] = walk_anything,
    [FIELD_STEPS] = walk_number,       [FIELD_SHARE_STEPS] = walk_number,
    [FIELD_RATE_STEPS] = walk_number,  [FIELD_DISTRIBUTION] = walk_distribution,
    [FIELD_PATHS] = walk_anything,     [FIELD_OBJECT] = walk_object,
    [FIELD_OBJECTS] = walk_items,      [FIELD_OBJECT_MAP] = walk_map,
};

static void
walk_value(struct walk *w, const struct node *node, const struct field *field,
           struct pending pending)
{
    size_t covers = w->covers;

    if (node == NULL || walk_ended(w))
        return;
    struct pending inner = walk_end_here(w, pending);
    if (w->out != NULL || inner.count > 0)
        walkers[field->type](w, node, field, inner);
    w->covers = covers;
}

#define OWN_SOURCES 8 /* items within items that have one */

/* Go down ROOT with the COUNT entries from FIRST on. */
static void
walk_scenario(struct walk *w, const struct node *root, size_t first, size_t count)
{
    struct pending pending = {tree_allocate(w->tree, (count + 1) * sizeof *pending.entry), 0, 0};

    w->cover = tree_allocate(w->tree, (count + OWN_SOURCES) * sizeof *w->cover);
    w->errors = w->tree->faults->errors;
    if (pending.entry == NULL || w->cover == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        pending.entry[pending.count++] = &w->tree->grades->entry[first + i];
    walk_fields(w, root, &scenario_type, pending);
}

/* Say why ENTRY, number I, ends nowhere in ROOT. */
static void
refuse_entry(struct walk *w, const struct node *root, size_t i)
{
    struct path_origin origin = walk_origin(w, &w->tree->grades->entry[i]);
    size_t errors = w->tree->faults->errors;

    w->loud = true;
    if (!faults_many(w->tree->faults))
        walk_scenario(w, root, i, 1);
    if (w->tree->faults->errors == errors)
        path_refuse(&origin, "fits nothing: the scenario writes no value there");
}

void
numbers_check_sources(struct tree *tree, struct node *root, size_t first)
{
    struct walk w = {.tree = tree};
    bool incomplete = tree->incomplete;
    size_t count = tree->grades->count;

    if (root == NULL)
        return;
    tree->incomplete = true; /* that a path fits here and not there is no fault */
    walk_scenario(&w, root, first, count - first);
    tree->incomplete = incomplete;
    for (size_t i = first; i < count && !incomplete && !tree->no_memory; i++)
        if (tree->grades->entry[i].reaches == 0)
            refuse_entry(&w, root, i);
}

int
numbers_list(struct tree *tree, struct number_rows *numbers)
{
    struct walk w = {.tree = tree, .out = numbers};
    bool incomplete = tree->incomplete;

    *numbers = (struct number_rows){0};
    tree->incomplete = true; /* an entry of a file below may have lost its place */
    walk_scenario(&w, tree->root, 0, tree->grades->count);
    tree->incomplete = incomplete;
    return tree->no_memory ? NO_MEMORY : OK;
}
