#include "edit.h"

#include "copies.h"
#include "edit_put.h"
#include "formula.h"
#include "items.h"
#include "value.h"

#include "sim/engine/distribution.h"

#include <stdio.h>
#include <string.h>

#define LABEL 256

static void edit_value(struct edit *e, struct node **slot, const struct field *field, size_t step);

/* Go on into FIELD of the object MAP. */
static void
edit_child(struct edit *e, struct node *map, const struct field *field, size_t step)
{
    struct node **slot = edit_slot(e, map, field->name);

    if (slot == NULL)
        return;
    edit_value(e, slot, field, step);
    if (*slot == NULL)
        edit_touch(e, map, false);
}

static void
edit_object(struct edit *e, struct node **slot, const struct object_type *type, size_t step)
{
    const struct path_step *word = &e->path.step[step];
    const struct field *field = word->key ? NULL : field_in(type, word->part[0].name);

    if (word->key) {
        path_refuse(&e->origin, "%s is no list; name its field behind a dot", type->name);
        return;
    }
    if (field == NULL) {
        edit_refuse_field(e, type, word->part[0].name);
        return;
    }
    if (field->type == FIELD_PATHS || strcmp(field->name, "extends") == 0) {
        path_refuse(&e->origin, "%s is not changed by a path", field->name);
        return;
    }
    if (path_key_has(type, field->name)) {
        path_refuse(&e->origin, "%s is what the item goes by; drop it and add another",
                    field->name);
        return;
    }
    if (strcmp(field->name, "copies") == 0) {
        path_refuse(&e->origin,
                    "only the name that copies were made of, and no other, has a number of them");
        return;
    }
    struct node *map = edit_own(e, slot, NODE_MAP);
    if (map != NULL)
        edit_child(e, map, field, step + 1);
}

/* Whether people of the scenario below are in the facility ITEM at the start. */
static bool
holds_stock(const struct edit *e, const struct node *item, const struct object_type *type)
{
    const struct node *stock = e->batch->stock;
    const char *name = strcmp(type->name, "facility") == 0 ? node_text(item, "name") : NULL;

    return name != NULL && stock != NULL &&
           items_any(e->batch->tree, &e->batch->index, stock, "facility", name);
}

/* The number of a copy: what its name says behind that of the item that it was made of. */
static int64_t
copy_number(const struct node *copy)
{
    const char *name = node_text(copy, "name"), *stem = node_text(copy->copy_of, "name");
    int64_t number = 0;

    return name != NULL && stem != NULL && strncmp(name, stem, strlen(stem)) == 0 &&
                   value_whole(name + strlen(stem) + 1, &number)
               ? number
               : 0;
}

/* Make the copies in FOUND as many as the value says: the last ones go, or more come that are like
 * the last. */
static void
edit_copies(struct edit *e, struct node *list, const struct items *found, const struct field *field)
{
    const struct node *last = list->child[found->at[found->count - 1]];
    const char *stem = node_text(last->copy_of, "name");
    char text[32];
    int64_t wanted;

    if (formula_in(e->value) != NULL) {
        path_refuse(&e->origin, "is the same for all replications, and is not drawn");
        return;
    }
    change_write_number((double)found->count, text);
    struct node *count =
        tree_node(e->batch->tree, NODE_SCALAR, e->origin.at->at, text, strlen(text));
    edit_put(e, &count, field);
    if (count == NULL || count->mark == NULL) /* a fault has been said */
        return;
    if (!value_whole(count->text, &wanted) || (double)wanted < field->low ||
        (double)wanted > field->high) {
        path_refuse(&e->origin, "expected from %g to %g, found '%.60s'", field->low, field->high,
                    count->text);
        return;
    }
    int64_t number = copy_number(last);
    for (size_t i = found->count; i-- > 0 && (int64_t)i >= wanted;) {
        list->child[found->at[i]] = NULL;
        edit_touch(e, list, false);
    }
    for (int64_t i = (int64_t)found->count; i < wanted; i++) {
        struct node *copy = copies_make(e->batch->tree, last, stem, ++number);
        if (copy == NULL || !tree_add_child(e->batch->tree, list, NULL, copy))
            return;
    }
    e->batch->index = NULL; /* the list has other items now */
}

/* Whether the path ends in the number of copies of what STEP names. */
static bool
is_of_copies(const struct edit *e, const struct node *list, const struct items *found, size_t step)
{
    const struct path_step *name = &e->path.step[step], *field = &e->path.step[step + 1];
    const struct node *first = found->count > 0 ? list->child[found->at[0]] : NULL;
    const char *stem = first != NULL ? node_text(first->copy_of, "name") : NULL;

    return e->batch->operation == EDIT_SET && step + 2 == e->path.steps && !field->key &&
           strcmp(field->part[0].name, "copies") == 0 && stem != NULL && name->parts == 1 &&
           strcmp(name->part[0].name, stem) == 0;
}

static void
edit_items(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    const struct path_step *key = &e->path.step[step];
    const struct object_type *type = field->object;

    if (!key->key) {
        path_refuse(&e->origin,
                    "%s is a list; say which one in brackets before .%.60s, or [*] for all of them",
                    field->name, key->part[0].name);
        return;
    }
    if (*slot == NULL) {
        path_refuse(&e->origin, "there is no %s", type->name);
        return;
    }
    struct node *list = edit_own(e, slot, NODE_LIST);
    if (list == NULL)
        return;
    struct items found = items_find(&e->origin, &e->batch->index, list, type, key);
    if (is_of_copies(e, list, &found, step)) {
        edit_copies(e, list, &found, field_in(type, "copies"));
        return;
    }
    for (size_t i = 0; i < found.count; i++) {
        struct node **item = &list->child[found.at[i]];
        if (step + 1 < e->path.steps)
            edit_object(e, item, type, step + 1);
        else if (e->batch->operation == EDIT_DROP && holds_stock(e, *item, type))
            path_refuse(
                &e->origin,
                "people are there at the start; close it in place of that: set %.80s.closes",
                e->origin.label);
        else
            edit_put(e, item,
                     &(struct field){.name = type->name, .type = FIELD_OBJECT, .object = type});
    }
    if (e->batch->operation == EDIT_DROP && found.count > 0)
        edit_touch(e, list, false);
}

static void
edit_object_map(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    const struct path_step *word = &e->path.step[step];
    const struct field list = {
        .name = word->part[0].name, .type = FIELD_OBJECTS, .object = field->object};
    struct node *map = *slot != NULL ? edit_own(e, slot, NODE_MAP) : NULL;
    const char *names[64];
    size_t count = 0;

    for (size_t i = 0; map != NULL && i < map->count; i++) {
        if (strcmp(map->key[i]->text, word->part[0].name) == 0 && word->parts == 1) {
            edit_value(e, &map->child[i], &list, step + 1);
            if (map->child[i] == NULL)
                edit_touch(e, map, false);
            return;
        }
        if (count < 64)
            names[count++] = map->key[i]->text;
    }
    if (*slot == NULL || map != NULL) {
        char what[96];
        snprintf(what, sizeof what, "%s has no %s", field->name, field->keys);
        path_refuse_name(&e->origin, what, word->part[0].name, names, count);
    }
}

/* One share of a map; what is left of the path is its name, dots and all. */
static void
edit_share(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    const struct path_step *word = &e->path.step[step];
    const struct field share = {
        .name = word->rest, .type = FIELD_SHARE, .low = 0, .high = 1, .meaning = field->meaning};
    bool last = step + 1 == e->path.steps;
    const char *name = last ? word->part[0].name : word->rest;
    struct node *map = edit_own(e, slot, NODE_MAP);

    if (map == NULL)
        return;
    struct node **child = edit_slot(e, map, name);
    if (child == NULL)
        return;
    edit_put(e, child, &share);
    edit_touch(e, map, field->type == FIELD_SHARES);
    if (*child == NULL)
        edit_touch(e, map, false);
}

/* The value from one date on, which is there: the date as it is written. */
static void
edit_date(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    const struct path_step *word = &e->path.step[step];
    bool by_date = *slot != NULL && (*slot)->kind == NODE_MAP;
    struct node *map = by_date ? edit_own(e, slot, NODE_MAP) : NULL;
    const char *dates[64];
    size_t count = 0;

    if (!by_date) {
        path_refuse(&e->origin, "%s is no map of dates here; set it whole", field->name);
        return;
    }
    if (word->key || step + 1 < e->path.steps) {
        path_refuse(&e->origin, "the date stands behind a dot and ends the path: %s.2025-03-01",
                    field->name);
        return;
    }
    for (size_t i = 0; map != NULL && i < map->count; i++) {
        if (strcmp(map->key[i]->text, word->part[0].name) == 0) {
            edit_put(e, &map->child[i], field);
            if (map->child[i] == NULL)
                edit_touch(e, map, false);
            return;
        }
        if (count < 64)
            dates[count++] = map->key[i]->text;
    }
    if (map != NULL) {
        char what[96];
        snprintf(what, sizeof what, "%s has no value from", field->name);
        path_refuse_name(&e->origin, what, word->part[0].name, dates, count);
    }
}

/* Say which parameters FIELD's distribution of the form ROW has. */
static void
refuse_parameter(const struct edit *e, const struct field *field,
                 const struct distribution_form *row)
{
    char names[128] = "";
    size_t length = 0;

    for (unsigned p = 0; p < row->parameters && length < sizeof names; p++)
        length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", p > 0 ? ", " : "",
                                   row->parameter[p]);
    if (row->parameters > 0)
        path_refuse(&e->origin, "%s has the parameters %s; name one behind a dot", row->name,
                    names);
    else
        path_refuse(&e->origin, "the parts of %s have no paths; set %s whole", row->name,
                    field->name);
}

static bool
is_form(const char *name)
{
    bool any = false;

    for (int i = 0; i < DIST_KINDS; i++)
        any |= strcmp(distribution_forms[i].name, name) == 0;
    return any;
}

/* The form of the distribution VALUE of FIELD, which must be called FORM; NULL and a fault: it is
 * not. */
static const struct distribution_form *
form_of(const struct edit *e, const struct node *value, const struct field *field, const char *form)
{
    if (e->batch->operation == EDIT_DROP)
        path_refuse(&e->origin, "a distribution is taken out whole");
    else if (value == NULL || value->kind != NODE_MAP || value->count != 1)
        path_refuse(&e->origin, "%s has no distribution yet; set it whole", field->name);
    else if (strcmp(value->key[0]->text, form) != 0)
        path_refuse(&e->origin, "%s is a distribution of the form %.60s, not %.60s%s%.60s",
                    field->name, value->key[0]->text, form,
                    is_form(form) ? "" : "; its parameters stand behind .",
                    is_form(form) ? "" : value->key[0]->text);
    else {
        for (int i = 0; i < DIST_KINDS; i++)
            if (strcmp(distribution_forms[i].name, form) == 0)
                return &distribution_forms[i];
        path_refuse(&e->origin, "the parts of %.60s have no paths; set %s whole", form,
                    field->name);
    }
    return NULL;
}

static bool
has_parameter(const struct distribution_form *row, const char *name)
{
    for (unsigned p = 0; p < row->parameters; p++)
        if (strcmp(row->parameter[p], name) == 0)
            return true;
    return false;
}

/* A parameter of a distribution: its form, then the parameter's name. */
static void
edit_parameter(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    const char *parameter = step + 2 == e->path.steps ? e->path.step[step + 1].part[0].name : NULL;
    const struct distribution_form *row = form_of(e, *slot, field, e->path.step[step].part[0].name);

    if (row == NULL)
        return;
    if (parameter == NULL || !has_parameter(row, parameter)) {
        refuse_parameter(e, field, row);
        return;
    }
    bool plain = field->plain || strcmp(parameter, "cv") == 0;
    const struct field number = {
        .name = parameter, .type = plain ? FIELD_SHARE : FIELD_DURATION, .low = 0, .high = 1e9};
    struct node *map = edit_own(e, slot, NODE_MAP);
    if (map == NULL)
        return;
    if (map->child[0]->kind == NODE_SCALAR) { /* the short way to write its only parameter */
        edit_put(e, &map->child[0], &number);
        return;
    }
    struct node *given = edit_own(e, &map->child[0], NODE_MAP);
    struct node **child = given != NULL ? edit_slot(e, given, parameter) : NULL;
    if (child != NULL)
        edit_put(e, child, &number);
}

/* A name of a list of names, to be taken out. */
static void
edit_name(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    const struct path_step *key = &e->path.step[step];
    const char *names[64];
    size_t count = 0;

    if (!key->key || key->parts != 1 || e->batch->operation != EDIT_DROP) {
        path_refuse(&e->origin,
                    "%s is a list of names; set it whole, add to it or drop a name, %s[NAME]",
                    field->name, field->name);
        return;
    }
    struct node *list = *slot != NULL ? edit_own(e, slot, NODE_LIST) : NULL;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct node *child = list->child[i];
        if (child == NULL || child->kind != NODE_SCALAR)
            continue;
        if (strcmp(child->text, key->part[0].name) == 0) {
            list->child[i] = NULL;
            edit_touch(e, list, false);
            return;
        }
        if (count < 64)
            names[count++] = child->text;
    }
    char what[96];
    snprintf(what, sizeof what, "%s has no", field->name);
    path_refuse_name(&e->origin, what, key->part[0].name, names, count);
}

static void
edit_value(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    if (step == e->path.steps) {
        edit_put(e, slot, field);
        return;
    }
    switch (field->type) {
    case FIELD_OBJECT:
        edit_object(e, slot, field->object, step);
        break;
    case FIELD_OBJECTS:
        edit_items(e, slot, field, step);
        break;
    case FIELD_OBJECT_MAP:
        edit_object_map(e, slot, field, step);
        break;
    case FIELD_SHARES:
    case FIELD_FRACTIONS:
        edit_share(e, slot, field, step);
        break;
    case FIELD_DISTRIBUTION:
        edit_parameter(e, slot, field, step);
        break;
    case FIELD_NAMES:
    case FIELD_SET:
        edit_name(e, slot, field, step);
        break;
    case FIELD_COUNT_STEPS:
    case FIELD_STEPS:
    case FIELD_SHARE_STEPS:
    case FIELD_RATE_STEPS:
        edit_date(e, slot, field, step);
        break;
    case FIELD_TEXT:
    case FIELD_WHOLE:
    case FIELD_NUMBER:
    case FIELD_SHARE:
    case FIELD_DURATION:
    case FIELD_SPAN:
    case FIELD_DATE:
    case FIELD_YES_NO:
    case FIELD_CHOICE:
    case FIELD_NUMBERS:
    case FIELD_ANY:
    case FIELD_PATHS:
        path_refuse(&e->origin, "%s is %s and has no parts; set it whole", field->name,
                    field_type_text(field->type));
        break;
    }
}

void
edit_begin(struct edit_batch *batch, struct tree *tree, enum operation operation,
           const char *within)
{
    *batch = (struct edit_batch){
        .tree = tree, .operation = operation, .within = within, .layer = ++tree->layers};
}

void
edit_apply(struct edit_batch *batch, struct node **root, const struct node *path,
           const struct node *value)
{
    char label[LABEL];
    struct edit e = {
        .batch = batch, .origin = {batch->tree, path, label, batch->within}, .value = value};

    if (batch->tree->no_memory || !path_parse(batch->tree, path, &e.path))
        return;
    e.part = tree_allocate(batch->tree, sizeof *e.part);
    if (e.part == NULL)
        return;
    *e.part = (struct mark){batch->layer, false, CHANGE_TO, path, path};
    snprintf(label, sizeof label, "%.200s", path->text);
    edit_object(&e, root, &scenario_type, 0);
}
