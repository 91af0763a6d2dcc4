#include "read_object.h"

#include "load.h"
#include "read_value.h"
#include "scenario.h"
#include "suggest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define PATH        256
#define MOST_FIELDS 63 /* of an object, and one bit for none of them */

static void
read_objects(const struct reading *r, const struct node *node, struct objects *objects)
{
    const struct object_type *type = r->field->object;

    if (node->kind != NODE_LIST) {
        reading_refuse(r, node, "a list of maps");
        return;
    }
    objects->item = reading_room(r, node, node->count, type->size);
    for (size_t i = 0; i < node->count && objects->item != NULL; i++) {
        char path[PATH];
        snprintf(path, sizeof path, "%s[%zu]", r->path, i);
        read_object(r->tree, node->child[i], type, (char *)objects->item + i * type->size, path);
    }
    objects->count = objects->item != NULL ? node->count : 0;
}

static void
read_object_map(const struct reading *r, const struct node *node, struct object_map *map)
{
    if (node->kind != NODE_MAP) {
        reading_refuse(r, node, "a map of lists");
        return;
    }
    map->name = reading_room(r, node, node->count, sizeof *map->name);
    map->list = reading_room(r, node, node->count, sizeof *map->list);
    if (map->name == NULL || map->list == NULL)
        return;
    for (size_t i = 0; i < node->count; i++) {
        char path[PATH];
        struct reading inner = {r->tree, r->field, path};
        snprintf(path, sizeof path, "%s.%.60s", r->path, node->key[i]->text);
        map->name[i] = node->key[i]->text;
        node->key[i]->faulty = read_refuses_name(&inner, node->key[i]);
        read_objects(&inner, node->child[i], &map->list[i]);
    }
    map->count = node->count;
}

static void
read_field(const struct reading *r, const struct node *node, void *out)
{
    if (r->field->type == FIELD_OBJECT)
        read_object(r->tree, node, r->field->object, out, r->path);
    else if (r->field->type == FIELD_OBJECTS)
        read_objects(r, node, out);
    else if (r->field->type == FIELD_OBJECT_MAP)
        read_object_map(r, node, out);
    else
        value_readers[r->field->type](r, node, out);
}

static void
refuse_field(struct tree *tree, const struct object_type *type, const struct node *map,
             const struct node *key, const char *path, const char *near)
{
    if (near != NULL)
        faults_add(tree->faults, node_at(key), path, "unknown field; did you mean '%s'?", near);
    else if (map->table_row && map->count == 1)
        faults_add(tree->faults, node_at(key), path,
                   "unknown field of %s, in a row of one cell; separate the columns with commas",
                   type->name);
    else
        faults_add(tree->faults, node_at(key), path,
                   "unknown field of %s; 'doorstroom explain%s%s' lists them", type->name,
                   type->explained != NULL ? " " : "",
                   type->explained != NULL ? type->explained : "");
}

/* Say that there is no field KEY; the number of the one that is likely meant, or the number of
 * fields.
 */
static size_t
unknown_field(struct tree *tree, const struct object_type *type, const struct node *map,
              struct node *key, const char *path)
{
    const char *names[MOST_FIELDS];
    size_t count = type->fields;

    for (size_t i = 0; i < count; i++)
        names[i] = type->field[i].name;
    const char *near = faults_many(tree->faults) ? NULL : suggest(key->text, names, count);
    if (!map->table_row || !key->faulty) /* a heading is said once, at its first row */
        refuse_field(tree, type, map, key, path, near);
    key->faulty = true;
    for (size_t i = 0; near != NULL && i < count; i++)
        if (near == names[i])
            return i;
    return type->fields;
}

static void
join(char path[PATH], const char *above, const char *name)
{
    snprintf(path, PATH, "%.190s%s%.60s", above, *above != '\0' ? "." : "", name);
}

/* What a field holds when nothing is said and it has no fallback. */
static void
leave_out(const struct field *field, void *out)
{
    if (field->type == FIELD_DATE)
        *(int32_t *)out = NO_DATE;
    else if (field->type == FIELD_NUMBER || field->type == FIELD_SHARE ||
             field->type == FIELD_DURATION)
        *(double *)out = NO_NUMBER;
}

static void
read_missing(struct tree *tree, const struct node *map, const struct field *field, void *out,
             const char *path)
{
    struct reading reading = {tree, field, path};

    leave_out(field, out);
    if (field->required && tree->incomplete)
        return; /* it may stand in what could not be read, which has its own fault */
    if (field->required)
        faults_add(tree->faults, node_at(map), path, "is missing: %s, %s",
                   field_type_text(field->type), field->meaning);
    else if (field->fallback != NULL) {
        struct node plain = {.kind = NODE_SCALAR, .at.file = "(default)", .text = field->fallback};
        const struct node *fallback = strpbrk(field->fallback, "[{") == NULL
                                          ? &plain
                                          : load_text(tree, "(default)", field->fallback);
        if (fallback != NULL)
            read_field(&reading, fallback, out);
    } else if (field->type == FIELD_OBJECT) {
        for (size_t i = 0; i < field->object->fields; i++) {
            const struct field *inner = &field->object->field[i];
            char inner_path[PATH];
            if (inner->required) { /* of an object that is not there at all */
                leave_out(inner, (char *)out + inner->offset);
                continue;
            }
            join(inner_path, path, inner->name);
            read_missing(tree, map, inner, (char *)out + inner->offset, inner_path);
        }
    }
}

/* What a map gives, by number of field. */
struct given {
    struct node *value[MOST_FIELDS];
    uint64_t meant; /* fields that are there, misspelt */
    bool lost;      /* a column under no field's name may be any of those that are missing */
};

static void
find_given(struct tree *tree, const struct node *map, const struct object_type *type,
           const char *path, struct given *given)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct field *field = field_in(type, map->key[i]->text);
        if (field != NULL) {
            struct node **value = &given->value[field - type->field];
            *value = *value != NULL ? *value : map->child[i];
            continue;
        }
        char inner[PATH];
        join(inner, path, map->key[i]->text);
        size_t near = unknown_field(tree, type, map, map->key[i], inner);
        given->lost |= map->table_row && near == type->fields;
        given->meant |= (uint64_t)1 << near;
    }
}

void
read_object(struct tree *tree, const struct node *map, const struct object_type *type, void *object,
            const char *path)
{
    struct given given = {0};

    if (map->kind != NODE_MAP) {
        faults_add(tree->faults, node_at(map), path, "expected a map of fields, found '%.60s'",
                   map->kind == NODE_SCALAR ? map->text : "a list");
        return;
    }
    memcpy(object, &map, sizeof(struct node *)); /* every object starts with its node */
    find_given(tree, map, type, path, &given);
    for (size_t f = 0; f < type->fields; f++) {
        const struct field *field = &type->field[f];
        struct node *node = given.value[f];
        void *out = (char *)object + field->offset;
        char inner[PATH] = "";
        if (node != NULL || field->required || field->type == FIELD_OBJECT)
            join(inner, path, field->name); /* else nobody asks for it: a default has no fault */
        struct reading reading = {tree, field, inner};
        size_t errors = tree->faults->errors;
        if (node == NULL && field->required && (given.lost || (given.meant >> f & 1))) {
            leave_out(field, out);
        } else if (node == NULL) {
            read_missing(tree, map, field, out, inner);
        } else {
            leave_out(field, out);
            if (!node->unread)
                read_field(&reading, node, out);
            node->faulty = node->unread || tree->faults->errors > errors;
        }
    }
}
