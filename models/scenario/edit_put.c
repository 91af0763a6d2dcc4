#include "edit_put.h"

#include "items.h"
#include "load.h"
#include "uncertain.h"
#include "value.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Change the value in SLOT as {times: ..} or {plus: ..} says; a default counts as written. */
static struct node *
changed(struct edit *e, const struct node *old, const struct field *field, enum change_kind kind,
        const struct node *operand)
{
    if (old == NULL && field->fallback != NULL)
        old = load_text(e->batch->tree, "(default)", field->fallback);
    if (old == NULL) {
        path_refuse(&e->origin, "there is no value to change; set one");
        return NULL;
    }
    return change_value(e->batch->tree, field, old, kind, operand, e->origin.at, e->origin.label);
}

/* VALUE as FIELD takes it: what is drawn of a whole number is rounded. */
static const struct node *
as_field(const struct edit *e, const struct node *value, const struct field *field)
{
    bool whole = field->type == FIELD_WHOLE || field->type == FIELD_COUNT_STEPS;
    double number;
    char text[32];

    if (!whole || value->formula == NULL || !value_number(value->text, &number))
        return value;
    snprintf(text, sizeof text, "%.0f", round(number));
    struct node *rounded = tree_node(e->batch->tree, NODE_SCALAR, value->at, text, strlen(text));
    if (rounded == NULL)
        return value;
    rounded->formula = value->formula;
    return rounded;
}

/* Can a value be drawn for FIELD? false and a fault: not so. */
static bool
may_be_drawn(const struct edit *e, const struct field *field)
{
    static const bool numbers[FIELD_TYPES] = {
        [FIELD_WHOLE] = true,       [FIELD_NUMBER] = true,    [FIELD_SHARE] = true,
        [FIELD_DURATION] = true,    [FIELD_STEPS] = true,     [FIELD_COUNT_STEPS] = true,
        [FIELD_SHARE_STEPS] = true, [FIELD_RATE_STEPS] = true};

    if (numbers[field->type])
        return true;
    if (field->type == FIELD_SPAN)
        path_refuse(&e->origin, "is the same for all replications, and is not drawn");
    else if (field->type == FIELD_DATE)
        path_refuse(&e->origin, "a date is drawn as so many days after one that is written: {plus: "
                                "{uniform: {low: 0 d, high: 90 d}}}");
    else if (field->type == FIELD_DISTRIBUTION)
        path_refuse(&e->origin,
                    "is a distribution: name the parameter of it that is drawn, such as "
                    ".exponential.mean, or a factor on all of it, {times: ..}");
    else
        path_refuse(&e->origin, "numbers are drawn, and this is %s", field_type_text(field->type));
    return false;
}

static void
put_leaf(struct edit *e, struct node **slot, const struct field *field)
{
    enum change_kind kind = CHANGE_TO;
    const struct node *value = e->value;
    const struct mark *mark = *slot != NULL ? (*slot)->mark : NULL;
    bool again = mark != NULL && mark->layer == e->batch->layer;

    if (change_is(value, field) && (value = change_read(&e->origin, value, &kind)) == NULL)
        return;
    bool joins = again && mark->whole && mark->kind == kind && kind != CHANGE_TO;
    if (again && !joins && edit_in_conflict(e, *slot)) /* two factors, or two sums, go together */
        return;
    if (kind == CHANGE_TO && value->formula != NULL && !may_be_drawn(e, field))
        return;
    struct node *made = kind == CHANGE_TO ? tree_allocate(e->batch->tree, sizeof *made)
                                          : changed(e, *slot, field, kind, value);
    if (made == NULL)
        return;
    if (kind == CHANGE_TO)
        *made = *as_field(e, value, field);
    if (e->batch->operation == EDIT_SET && *e->batch->within == '\0' && kind == CHANGE_TO)
        uncertain_warn_cancelled(e->batch->tree, *slot, made, e->origin.label);
    struct mark *whole = tree_allocate(e->batch->tree, sizeof *whole);
    if (whole == NULL)
        return;
    *whole = (struct mark){e->batch->layer, true, kind, e->part->path, e->origin.at};
    if (made == *slot) /* what cannot be read is left for the reader */
        return;
    made->mark = whole;
    *slot = made;
}

/* Lay the fields of VALUE over the object in SLOT; those that name it have found it. */
static void
put_object(struct edit *e, struct node **slot, const struct object_type *type, bool named)
{
    const struct node *value = e->value, *at = e->origin.at;
    struct node *map = edit_own(e, slot, NODE_MAP);

    for (size_t i = 0; map != NULL && i < value->count; i++) {
        const char *name = value->key[i]->text;
        const struct field *field = field_in(type, name);
        if (named && path_key_has(type, name))
            continue;
        e->origin.at = value->child[i];
        if (field == NULL)
            edit_refuse_field(e, type, name);
        else if (path_key_has(type, name) || field->type == FIELD_PATHS ||
                 strcmp(name, "extends") == 0 || strcmp(name, "copies") == 0)
            path_refuse(&e->origin, "%s is not changed by a path", name);
        else {
            e->value = value->child[i];
            struct node **child = edit_slot(e, map, name);
            if (child != NULL)
                edit_put(e, child, field);
        }
    }
    e->value = value;
    e->origin.at = at;
}

/* The rows of VALUE, each laid over the items that it names. */
static void
put_rows(struct edit *e, struct node **slot, const struct object_type *type)
{
    const struct node *value = e->value, *at = e->origin.at;
    struct node only = {.kind = NODE_LIST, .count = 1, .child = (struct node *[]){NULL}};
    struct node *list = *slot != NULL ? edit_own(e, slot, NODE_LIST) : NULL;
    const char *const *key = path_key(type);

    assert(type != NULL);
    only.child[0] = (struct node *)value;
    const struct node *rows = value->kind == NODE_LIST ? value : &only;
    if (rows->count == 0)
        path_refuse(&e->origin, "an empty list sets nothing; drop takes out");
    for (size_t i = 0; list != NULL && i < rows->count; i++) {
        const struct node *row = rows->child[i];
        struct path_step step = {.key = true};
        for (size_t k = 0; key[k] != NULL; k++)
            if (node_text(row, key[k]) != NULL)
                step.part[step.parts++] = (struct path_part){key[k], node_text(row, key[k]), true};
        e->origin.at = row;
        if (row->kind != NODE_MAP || step.parts == 0) {
            path_refuse(&e->origin, "expected a row that says which %s it changes, by its %s",
                        type->name, key[0] != NULL ? key[0] : "name");
            continue;
        }
        struct items found = items_find(&e->origin, &e->batch->index, list, type, &step);
        e->value = row;
        for (size_t f = 0; f < found.count; f++)
            put_object(e, &list->child[found.at[f]], type, true);
    }
    if (*slot == NULL)
        path_refuse(&e->origin, "there is no %s to set; add adds one", type->name);
    e->value = value;
    e->origin.at = at;
}

/* Put new items behind those of a list. */
static void
add_items(struct edit *e, struct node **slot, const struct field *field)
{
    const struct node *value = e->value;
    struct node *alone = *slot != NULL && (*slot)->kind == NODE_SCALAR ? *slot : NULL;

    if (alone != NULL) /* a single name or word may stand without brackets */
        *slot = NULL;
    struct node *list = edit_own(e, slot, NODE_LIST);
    if (list == NULL || (alone != NULL && !tree_add_child(e->batch->tree, list, NULL, alone)))
        return;
    if (value->kind != NODE_LIST) {
        if (!tree_add_child(e->batch->tree, list, NULL, (struct node *)value))
            path_refuse(&e->origin, "no memory for it");
    }
    for (size_t i = 0; value->kind == NODE_LIST && i < value->count; i++)
        if (!tree_add_child(e->batch->tree, list, NULL, value->child[i]))
            path_refuse(&e->origin, "no memory for it");
    if (value->kind == NODE_LIST && value->count == 0)
        path_refuse(&e->origin, "an empty list adds nothing to %s", field->name);
    e->batch->index = NULL; /* the list has grown */
}

/* Put new classes beside those of pathways. */
static void
add_entries(struct edit *e, struct node **slot, const struct field *field)
{
    const struct node *value = e->value;
    struct node *map = edit_own(e, slot, NODE_MAP);

    if (value->kind != NODE_MAP) {
        path_refuse(&e->origin, "expected a map of lists to add");
        return;
    }
    for (size_t i = 0; map != NULL && i < value->count; i++) {
        const char *name = value->key[i]->text;
        if (node_find(map, name) != NULL)
            path_refuse(&e->origin, "%.60s is there already; add to %s.%.60s", name, field->name,
                        name);
        else if (!tree_add_child(e->batch->tree, map, value->key[i], value->child[i]))
            path_refuse(&e->origin, "no memory for it");
    }
}

static void
add_to(struct edit *e, struct node **slot, const struct field *field)
{
    if (field->type == FIELD_OBJECTS || field->type == FIELD_NAMES || field->type == FIELD_SET)
        add_items(e, slot, field);
    else if (field->type == FIELD_OBJECT_MAP)
        add_entries(e, slot, field);
    else
        path_refuse(&e->origin, "add adds to lists, and this is %s; set it",
                    field_type_text(field->type));
}

void
edit_put(struct edit *e, struct node **slot, const struct field *field)
{
    const struct node *value = e->value;

    if (e->batch->operation == EDIT_DROP) {
        if (*slot == NULL)
            path_refuse(&e->origin, "there is none to take out");
        *slot = NULL;
    } else if (e->batch->operation == EDIT_ADD) {
        add_to(e, slot, field);
    } else if (field->object != NULL && change_is(value, field)) {
        enum change_kind kind = CHANGE_TO;
        const struct node *to = change_read(&e->origin, value, &kind);
        if (to != NULL && kind != CHANGE_TO)
            path_refuse(&e->origin, "times and plus change numbers, and this is %s",
                        field_type_text(field->type));
        else if (to != NULL) {
            e->value = to;
            edit_put(e, slot, field);
            e->value = value;
        }
    } else if (field->type == FIELD_OBJECT && value->kind == NODE_MAP) {
        put_object(e, slot, field->object, false);
    } else if (field->type == FIELD_OBJECTS && value->kind != NODE_SCALAR) {
        put_rows(e, slot, field->object);
    } else if (field->type == FIELD_OBJECT_MAP) {
        assert(field->object != NULL);
        path_refuse(&e->origin, "set its lists one by one, by %s and %s: %s.NAME[NAME]",
                    field->keys, field->object->name, field->name);
    } else {
        put_leaf(e, slot, field);
    }
}
