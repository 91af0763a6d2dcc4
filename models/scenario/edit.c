#include "edit.h"

#include "change.h"
#include "copies.h"
#include "items.h"
#include "load.h"
#include "value.h"

#include "sim/engine/distribution.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LABEL 256

/* Which path made or changed a node, in which batch. */
struct mark {
    unsigned layer;
    bool whole; /* the node's value is what the path says; else a part of it was changed */
    enum change_kind kind;
    const struct node *path, *where; /* its text, and where that or a row of its value stands */
};

struct edit_touched {
    struct node *node;
    bool shares; /* else: children taken out leave gaps */
    const struct node *path;
    struct edit_touched *next;
};

/* One path on its way down the tree. */
struct edit {
    struct edit_batch *batch;
    struct path path;
    struct path_place place;  /* where it is written, or the row of its value that is laid over */
    const struct node *value; /* as written */
    struct mark *part;        /* of what is changed inside */
};

static void edit_value(struct edit *e, struct node **slot, const struct field *field, size_t step);
static void put(struct edit *e, struct node **slot, const struct field *field);

static void
touch(struct edit *e, struct node *node, bool shares)
{
    const struct edit_touched *last = e->batch->touched;

    if (last != NULL && last->node == node && !last->shares && !shares)
        return;
    struct edit_touched *touched = tree_allocate(e->batch->tree, sizeof *touched);
    if (touched == NULL)
        return;
    *touched = (struct edit_touched){node, shares, e->place.at, e->batch->touched};
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

static bool
in_conflict(const struct edit *e, const struct node *node)
{
    const struct mark *mark = node != NULL ? node->mark : NULL;

    if (mark == NULL || mark->layer != e->batch->layer)
        return false;
    path_refuse(&e->place, "'%.80s' on line %d changes the same value; keep one of them",
                mark->path->text, mark->where->at.line);
    return true;
}

/* The list or map in SLOT, to be changed in place; NULL: it is none, or set by another path. */
static struct node *
own(struct edit *e, struct node **slot, enum node_kind kind)
{
    struct node *node = *slot;

    if (node == NULL)
        node = tree_node(e->batch->tree, kind, e->place.at->at, NULL, 0);
    else if (node->kind != kind ||
             (node->mark != NULL && node->mark->whole && in_conflict(e, node)))
        return NULL;
    else if (node->mark == NULL || node->mark->layer != e->batch->layer)
        node = copy_node(e, node);
    if (node != NULL && (node->mark == NULL || node->mark->layer != e->batch->layer))
        node->mark = e->part;
    if (node != NULL)
        *slot = node;
    return node;
}

/* The place of KEY in MAP, made where it is missing; NULL: it is missing and is not to be made. */
static struct node **
child_slot(struct edit *e, struct node *map, const char *key)
{
    struct tree *tree = e->batch->tree;

    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return &map->child[i];
    if (e->batch->operation == EDIT_DROP) {
        path_refuse(&e->place, "there is no %.60s to take out", key);
        return NULL;
    }
    struct node *name = tree_node(tree, NODE_SCALAR, e->place.at->at, key, strlen(key));
    if (name == NULL || !tree_add_child(tree, map, name, NULL))
        return NULL;
    touch(e, map, false); /* should nothing come of it */
    return &map->child[map->count - 1];
}

/* Go on into FIELD of the record MAP. */
static void
edit_child(struct edit *e, struct node *map, const struct field *field, size_t step)
{
    struct node **slot = child_slot(e, map, field->name);

    if (slot == NULL)
        return;
    edit_value(e, slot, field, step);
    if (*slot == NULL)
        touch(e, map, false);
}

static void
refuse_field(const struct edit *e, const struct record_type *type, const char *name)
{
    const char *names[64];
    char what[96];
    size_t count = 0;

    for (size_t i = 0; i < type->fields && count < 64; i++)
        names[count++] = type->field[i].name;
    snprintf(what, sizeof what, "%s has no field", type->name);
    path_refuse_name(&e->place, what, name, names, count);
}

static void
edit_record(struct edit *e, struct node **slot, const struct record_type *type, size_t step)
{
    const struct path_step *word = &e->path.step[step];
    const struct field *field = word->key ? NULL : field_in(type, word->part[0].name);

    if (word->key) {
        path_refuse(&e->place, "%s is no list; name its field behind a dot", type->name);
        return;
    }
    if (field == NULL) {
        refuse_field(e, type, word->part[0].name);
        return;
    }
    if (field->type == FIELD_PATHS || strcmp(field->name, "extends") == 0) {
        path_refuse(&e->place, "%s is not changed by a path", field->name);
        return;
    }
    if (path_key_has(type, field->name)) {
        path_refuse(&e->place, "%s is what the item goes by; drop it and add another", field->name);
        return;
    }
    if (strcmp(field->name, "copies") == 0) {
        path_refuse(&e->place,
                    "only the name that copies were made of, and no other, has a number of them");
        return;
    }
    struct node *map = own(e, slot, NODE_MAP);
    if (map != NULL)
        edit_child(e, map, field, step + 1);
}

/* Whether people of the scenario below are in the facility ITEM at the start. */
static bool
holds_stock(const struct edit *e, const struct node *item, const struct record_type *type)
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

    change_write_number((double)found->count, text);
    struct node *count =
        tree_node(e->batch->tree, NODE_SCALAR, e->place.at->at, text, strlen(text));
    put(e, &count, field);
    if (count == NULL || count->mark == NULL) /* a fault has been said */
        return;
    if (!value_whole(count->text, &wanted) || (double)wanted < field->low ||
        (double)wanted > field->high) {
        path_refuse(&e->place, "expected from %g to %g, found '%.60s'", field->low, field->high,
                    count->text);
        return;
    }
    int64_t number = copy_number(last);
    for (size_t i = found->count; i-- > 0 && (int64_t)i >= wanted;) {
        list->child[found->at[i]] = NULL;
        touch(e, list, false);
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
    const struct record_type *type = field->record;

    if (!key->key) {
        path_refuse(&e->place,
                    "%s is a list; say which one in brackets before .%.60s, or [*] for all of them",
                    field->name, key->part[0].name);
        return;
    }
    if (*slot == NULL) {
        path_refuse(&e->place, "there is no %s", type->name);
        return;
    }
    struct node *list = own(e, slot, NODE_LIST);
    if (list == NULL)
        return;
    struct items found = items_find(&e->place, &e->batch->index, list, type, key);
    if (is_of_copies(e, list, &found, step)) {
        edit_copies(e, list, &found, field_in(type, "copies"));
        return;
    }
    for (size_t i = 0; i < found.count; i++) {
        struct node **item = &list->child[found.at[i]];
        if (step + 1 < e->path.steps)
            edit_record(e, item, type, step + 1);
        else if (e->batch->operation == EDIT_DROP && holds_stock(e, *item, type))
            path_refuse(
                &e->place,
                "people are there at the start; close it in place of that: set %.80s.closes",
                e->place.label);
        else
            put(e, item, &(struct field){.name = type->name, .type = FIELD_RECORD, .record = type});
    }
    if (e->batch->operation == EDIT_DROP && found.count > 0)
        touch(e, list, false);
}

static void
edit_record_map(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    const struct path_step *word = &e->path.step[step];
    const struct field list = {
        .name = word->part[0].name, .type = FIELD_RECORDS, .record = field->record};
    struct node *map = *slot != NULL ? own(e, slot, NODE_MAP) : NULL;
    const char *names[64];
    size_t count = 0;

    for (size_t i = 0; map != NULL && i < map->count; i++) {
        if (strcmp(map->key[i]->text, word->part[0].name) == 0 && word->parts == 1) {
            edit_value(e, &map->child[i], &list, step + 1);
            if (map->child[i] == NULL)
                touch(e, map, false);
            return;
        }
        if (count < 64)
            names[count++] = map->key[i]->text;
    }
    if (*slot == NULL || map != NULL)
        path_refuse_name(&e->place, "pathways has no class", word->part[0].name, names, count);
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
    struct node *map = own(e, slot, NODE_MAP);

    if (map == NULL)
        return;
    struct node **child = child_slot(e, map, name);
    if (child == NULL)
        return;
    put(e, child, &share);
    touch(e, map, field->type == FIELD_SHARES);
    if (*child == NULL)
        touch(e, map, false);
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
        path_refuse(&e->place, "%s has the parameters %s; name one behind a dot", row->name, names);
    else
        path_refuse(&e->place, "the parts of %s have no paths; set %s whole", row->name,
                    field->name);
}

/* The form of the distribution VALUE of FIELD, which must be called FORM; NULL and a fault: it is
 * not. */
static const struct distribution_form *
form_of(const struct edit *e, const struct node *value, const struct field *field, const char *form)
{
    if (e->batch->operation == EDIT_DROP)
        path_refuse(&e->place, "a distribution is taken out whole");
    else if (value == NULL || value->kind != NODE_MAP || value->count != 1)
        path_refuse(&e->place, "%s has no distribution yet; set it whole", field->name);
    else if (strcmp(value->key[0]->text, form) != 0)
        path_refuse(&e->place, "%s is a distribution of the form %.60s, not %.60s", field->name,
                    value->key[0]->text, form);
    else {
        for (int i = 0; i < DIST_KINDS; i++)
            if (strcmp(distribution_forms[i].name, form) == 0)
                return &distribution_forms[i];
        path_refuse(&e->place, "the parts of %.60s have no paths; set %s whole", form, field->name);
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
    struct node *map = own(e, slot, NODE_MAP);
    if (map == NULL)
        return;
    if (map->child[0]->kind == NODE_SCALAR) { /* the short way to write its only parameter */
        put(e, &map->child[0], &number);
        return;
    }
    struct node *given = own(e, &map->child[0], NODE_MAP);
    struct node **child = given != NULL ? child_slot(e, given, parameter) : NULL;
    if (child != NULL)
        put(e, child, &number);
}

/* A name of a list of names, to be taken out. */
static void
edit_name(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    const struct path_step *key = &e->path.step[step];
    const char *names[64];
    size_t count = 0;

    if (!key->key || key->parts != 1 || e->batch->operation != EDIT_DROP) {
        path_refuse(&e->place,
                    "%s is a list of names; set it whole, add to it or drop a name, %s[NAME]",
                    field->name, field->name);
        return;
    }
    struct node *list = *slot != NULL ? own(e, slot, NODE_LIST) : NULL;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct node *child = list->child[i];
        if (child == NULL || child->kind != NODE_SCALAR)
            continue;
        if (strcmp(child->text, key->part[0].name) == 0) {
            list->child[i] = NULL;
            touch(e, list, false);
            return;
        }
        if (count < 64)
            names[count++] = child->text;
    }
    char what[96];
    snprintf(what, sizeof what, "%s has no", field->name);
    path_refuse_name(&e->place, what, key->part[0].name, names, count);
}

static void
edit_value(struct edit *e, struct node **slot, const struct field *field, size_t step)
{
    if (step == e->path.steps) {
        put(e, slot, field);
        return;
    }
    switch (field->type) {
    case FIELD_RECORD:
        edit_record(e, slot, field->record, step);
        break;
    case FIELD_RECORDS:
        edit_items(e, slot, field, step);
        break;
    case FIELD_RECORD_MAP:
        edit_record_map(e, slot, field, step);
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
    case FIELD_COUNT_STEPS:
    case FIELD_ANY:
    case FIELD_STEPS:
    case FIELD_SHARE_STEPS:
    case FIELD_RATE_STEPS:
    case FIELD_PATHS:
        path_refuse(&e->place, "%s is %s and has no parts; set it whole", field->name,
                    field_type_text(field->type));
        break;
    }
}

/* Change the value in SLOT as {times: ..} or {plus: ..} says; a default counts as written. */
static struct node *
changed(struct edit *e, const struct node *old, const struct field *field, enum change_kind kind,
        const struct node *operand)
{
    if (old == NULL && field->fallback != NULL)
        old = load_text(e->batch->tree, "(default)", field->fallback);
    if (old == NULL) {
        path_refuse(&e->place, "there is no value to change; set one");
        return NULL;
    }
    return change_value(e->batch->tree, field, old, kind, operand, e->place.at, e->place.label);
}

static void
put_leaf(struct edit *e, struct node **slot, const struct field *field)
{
    enum change_kind kind = CHANGE_TO;
    const struct node *value = e->value;
    const struct mark *mark = *slot != NULL ? (*slot)->mark : NULL;
    bool again = mark != NULL && mark->layer == e->batch->layer;

    if (change_is(value, field) && (value = change_read(&e->place, value, &kind)) == NULL)
        return;
    bool joins = again && mark->whole && mark->kind == kind && kind != CHANGE_TO;
    if (again && !joins && in_conflict(e, *slot)) /* two factors, or two sums, go together */
        return;
    struct node *made = kind == CHANGE_TO ? tree_allocate(e->batch->tree, sizeof *made)
                                          : changed(e, *slot, field, kind, value);
    if (made == NULL)
        return;
    if (kind == CHANGE_TO)
        *made = *value;
    struct mark *whole = tree_allocate(e->batch->tree, sizeof *whole);
    if (whole == NULL)
        return;
    *whole = (struct mark){e->batch->layer, true, kind, e->part->path, e->place.at};
    if (made == *slot) /* what cannot be read is left for the reader */
        return;
    made->mark = whole;
    *slot = made;
}

/* Lay the fields of VALUE over the record in SLOT; those that name it have found it. */
static void
put_record(struct edit *e, struct node **slot, const struct record_type *type, bool named)
{
    const struct node *value = e->value, *at = e->place.at;
    struct node *map = own(e, slot, NODE_MAP);

    for (size_t i = 0; map != NULL && i < value->count; i++) {
        const char *name = value->key[i]->text;
        const struct field *field = field_in(type, name);
        if (named && path_key_has(type, name))
            continue;
        e->place.at = value->child[i];
        if (field == NULL)
            refuse_field(e, type, name);
        else if (path_key_has(type, name) || field->type == FIELD_PATHS ||
                 strcmp(name, "extends") == 0 || strcmp(name, "copies") == 0)
            path_refuse(&e->place, "%s is not changed by a path", name);
        else {
            e->value = value->child[i];
            struct node **child = child_slot(e, map, name);
            if (child != NULL)
                put(e, child, field);
        }
    }
    e->value = value;
    e->place.at = at;
}

/* The rows of VALUE, each laid over the items that it names. */
static void
put_rows(struct edit *e, struct node **slot, const struct record_type *type)
{
    const struct node *value = e->value, *at = e->place.at;
    struct node only = {.kind = NODE_LIST, .count = 1, .child = (struct node *[]){NULL}};
    struct node *list = *slot != NULL ? own(e, slot, NODE_LIST) : NULL;
    const char *const *key = path_key(type);

    only.child[0] = (struct node *)value;
    const struct node *rows = value->kind == NODE_LIST ? value : &only;
    if (rows->count == 0)
        path_refuse(&e->place, "an empty list sets nothing; drop takes out");
    for (size_t i = 0; list != NULL && i < rows->count; i++) {
        const struct node *row = rows->child[i];
        struct path_step step = {.key = true};
        for (size_t k = 0; key[k] != NULL; k++)
            if (node_text(row, key[k]) != NULL)
                step.part[step.parts++] = (struct path_part){key[k], node_text(row, key[k]), true};
        e->place.at = row;
        if (row->kind != NODE_MAP || step.parts == 0) {
            path_refuse(&e->place, "expected a row that says which %s it changes, by its %s",
                        type->name, key[0] != NULL ? key[0] : "name");
            continue;
        }
        struct items found = items_find(&e->place, &e->batch->index, list, type, &step);
        e->value = row;
        for (size_t f = 0; f < found.count; f++)
            put_record(e, &list->child[found.at[f]], type, true);
    }
    if (*slot == NULL)
        path_refuse(&e->place, "there is no %s to set; add adds one", type->name);
    e->value = value;
    e->place.at = at;
}

/* Put new items behind those of a list. */
static void
add_items(struct edit *e, struct node **slot, const struct field *field)
{
    const struct node *value = e->value;
    struct node *alone = *slot != NULL && (*slot)->kind == NODE_SCALAR ? *slot : NULL;

    if (alone != NULL) /* a single name or word may stand without brackets */
        *slot = NULL;
    struct node *list = own(e, slot, NODE_LIST);
    if (list == NULL || (alone != NULL && !tree_add_child(e->batch->tree, list, NULL, alone)))
        return;
    if (value->kind != NODE_LIST) {
        if (!tree_add_child(e->batch->tree, list, NULL, (struct node *)value))
            path_refuse(&e->place, "no memory for it");
    }
    for (size_t i = 0; value->kind == NODE_LIST && i < value->count; i++)
        if (!tree_add_child(e->batch->tree, list, NULL, value->child[i]))
            path_refuse(&e->place, "no memory for it");
    if (value->kind == NODE_LIST && value->count == 0)
        path_refuse(&e->place, "an empty list adds nothing to %s", field->name);
    e->batch->index = NULL; /* the list has grown */
}

/* Put new classes beside those of pathways. */
static void
add_entries(struct edit *e, struct node **slot, const struct field *field)
{
    const struct node *value = e->value;
    struct node *map = own(e, slot, NODE_MAP);

    if (value->kind != NODE_MAP) {
        path_refuse(&e->place, "expected a map of lists to add");
        return;
    }
    for (size_t i = 0; map != NULL && i < value->count; i++) {
        const char *name = value->key[i]->text;
        if (node_find(map, name) != NULL)
            path_refuse(&e->place, "%.60s is there already; add to %s.%.60s", name, field->name,
                        name);
        else if (!tree_add_child(e->batch->tree, map, value->key[i], value->child[i]))
            path_refuse(&e->place, "no memory for it");
    }
}

static void
add_to(struct edit *e, struct node **slot, const struct field *field)
{
    if (field->type == FIELD_RECORDS || field->type == FIELD_NAMES || field->type == FIELD_SET)
        add_items(e, slot, field);
    else if (field->type == FIELD_RECORD_MAP)
        add_entries(e, slot, field);
    else
        path_refuse(&e->place, "add adds to lists, and this is %s; set it",
                    field_type_text(field->type));
}

/* The end of the path. */
static void
put(struct edit *e, struct node **slot, const struct field *field)
{
    const struct node *value = e->value;

    if (e->batch->operation == EDIT_DROP) {
        if (*slot == NULL)
            path_refuse(&e->place, "there is none to take out");
        *slot = NULL;
    } else if (e->batch->operation == EDIT_ADD) {
        add_to(e, slot, field);
    } else if (field->record != NULL && change_is(value, field)) {
        enum change_kind kind = CHANGE_TO;
        const struct node *to = change_read(&e->place, value, &kind);
        if (to != NULL && kind != CHANGE_TO)
            path_refuse(&e->place, "times and plus change numbers, and this is %s",
                        field_type_text(field->type));
        else if (to != NULL) {
            e->value = to;
            put(e, slot, field);
            e->value = value;
        }
    } else if (field->type == FIELD_RECORD && value->kind == NODE_MAP) {
        put_record(e, slot, field->record, false);
    } else if (field->type == FIELD_RECORDS && value->kind != NODE_SCALAR) {
        put_rows(e, slot, field->record);
    } else if (field->type == FIELD_RECORD_MAP) {
        path_refuse(&e->place, "set its lists one by one: %s.CLASS[PHASE]", field->name);
    } else {
        put_leaf(e, slot, field);
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
        .batch = batch, .place = {batch->tree, path, label, batch->within}, .value = value};

    if (batch->tree->no_memory || !path_parse(batch->tree, path, &e.path))
        return;
    e.part = tree_allocate(batch->tree, sizeof *e.part);
    if (e.part == NULL)
        return;
    *e.part = (struct mark){batch->layer, false, CHANGE_TO, path, path};
    snprintf(label, sizeof label, "%.200s", path->text);
    edit_record(&e, root, &scenario_type, 0);
}

/* Close the gaps that taken-out children left. */
static void
close_gaps(struct node *node)
{
    size_t kept = 0;

    for (size_t i = 0; i < node->count; i++)
        if (node->child[i] != NULL) {
            node->key[kept] = node->key[i];
            node->child[kept++] = node->child[i];
        }
    node->count = kept;
}

/* Make the shares of MAP that are not of LAYER so many times as large; of layer 0: all of them. */
static void
multiply_shares(struct edit_batch *batch, struct node *map, double factor, unsigned layer)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct node *child = map->child[i];
        char text[32];
        double share;
        if (layer != 0 && child->mark != NULL && child->mark->layer == layer)
            continue;
        (void)value_share(child->text, &share);
        change_write_number(share * factor, text);
        struct node *scaled = tree_node(batch->tree, NODE_SCALAR, child->at, text, strlen(text));
        if (scaled != NULL)
            map->child[i] = scaled;
    }
}

/* Shares that no path has set are scaled so that all sum to 1. */
static void
scale_shares(struct edit_batch *batch, const struct edit_touched *touched)
{
    struct node *map = touched->node;
    double set = 0, others = 0, share;

    for (size_t i = 0; i < map->count; i++) {
        const struct node *child = map->child[i];
        if (child == NULL || child->kind != NODE_SCALAR || !value_share(child->text, &share))
            return; /* the reader says so */
        if (child->mark != NULL && child->mark->layer == batch->layer)
            set += share;
        else
            others += share;
    }
    if (fabs(set + others - 1) <= 1e-9)
        return;
    if (set <= 1 + 1e-9 && others > 0) {
        multiply_shares(batch, map, (1 - set) / others, batch->layer);
        return;
    }
    faults_add(batch->tree->faults, node_at(touched->path), touched->path->text,
               others <= 0 ? "the shares set here sum to %.10g and leave no other to make up 1"
                           : "the shares set here sum to %.10g, above 1",
               set);
    if (set + others > 0) /* once is enough: the reader would say it again */
        multiply_shares(batch, map, 1 / (set + others), 0);
}

void
edit_end(struct edit_batch *batch)
{
    for (const struct edit_touched *t = batch->touched; t != NULL; t = t->next)
        close_gaps(t->node);
    for (const struct edit_touched *t = batch->touched; t != NULL; t = t->next) {
        bool seen = false;
        for (const struct edit_touched *before = batch->touched; t->shares && before != t;
             before = before->next)
            seen |= before->shares && before->node == t->node;
        if (t->shares && !seen && !batch->tree->no_memory)
            scale_shares(batch, t);
    }
    batch->touched = NULL;
    batch->index = NULL;
}
