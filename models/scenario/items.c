#include "items.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An item by the text of one field; copies also by the name that they were made of. */
struct named {
    const char *name;
    size_t at;
};

struct items_index {
    const struct node *list;
    const char *field;
    struct named *entry; /* by name, items of one name as in the list */
    size_t count;
    struct items_index *next;
};

/* The entries of one name. */
struct range {
    const struct named *entry;
    size_t count;
};

static int
by_name(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int order = strcmp(a->name, b->name);

    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

static void
index_name(struct items_index *index, const char *name, size_t at)
{
    if (name != NULL)
        index->entry[index->count++] = (struct named){name, at};
}

/* The index of LIST by FIELD; NULL: no memory. */
static const struct items_index *
index_of(struct tree *tree, struct items_index **all, const struct node *list, const char *field)
{
    struct items_index *index = *all;

    while (index != NULL && (index->list != list || strcmp(index->field, field) != 0))
        index = index->next;
    if (index != NULL)
        return index;
    index = tree_allocate(tree, sizeof *index);
    struct named *entry = tree_allocate(tree, (2 * list->count + 1) * sizeof *entry);
    if (index == NULL || entry == NULL)
        return NULL;
    *index = (struct items_index){list, field, entry, 0, *all};
    *all = index;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->child[i];
        index_name(index, node_text(item, field), i);
        index_name(index, item != NULL ? node_text(item->copy_of, field) : NULL, i);
    }
    qsort(index->entry, index->count, sizeof *index->entry, by_name);
    return index;
}

/* The number of entries before NAME and AT. */
static size_t
entries_before(const struct items_index *index, const char *name, size_t at)
{
    const struct named wanted = {name, at};
    size_t low = 0, high = index->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_name(&index->entry[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct range
entries_called(struct tree *tree, struct items_index **all, const struct node *list,
               const char *field, const char *name)
{
    const struct items_index *index = index_of(tree, all, list, field);

    if (index == NULL)
        return (struct range){NULL, 0};
    size_t first = entries_before(index, name, 0);
    return (struct range){index->entry + first, entries_before(index, name, SIZE_MAX) - first};
}

bool
items_any(struct tree *tree, struct items_index **index, const struct node *list, const char *field,
          const char *name)
{
    struct range range = entries_called(tree, index, list, field, name);

    for (size_t i = 0; i < range.count; i++)
        if (list->child[range.entry[i].at] != NULL)
            return true;
    return false;
}

bool
items_another(struct tree *tree, struct items_index **index, const struct node *list,
              const char *field, const struct node *item)
{
    const char *name = node_text(item, field);
    struct range range = entries_called(tree, index, list, field, name);

    for (size_t i = 0; i < range.count; i++) {
        const struct node *other = list->child[range.entry[i].at];
        const char *own = node_text(other, field);
        if (other != item && own != NULL && strcmp(own, name) == 0)
            return true;
    }
    return false;
}

static bool
all_digits(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* Items go by name: say what the one at that number is called. */
static void
refuse_number(const struct path_origin *origin, const struct node *list,
              const struct object_type *type, const char *number)
{
    char key[256] = "";
    unsigned long at = strtoul(number, NULL, 10);

    if (at < list->count && list->child[at] != NULL)
        path_write_key(list->child[at], type, key, sizeof key);
    if (*key != '\0')
        path_refuse(origin, "items go by name, not by number; number %s is %s", number, key);
    else
        path_refuse(origin, "items go by name, not by number; no %s is called '%.60s'", type->name,
                    number);
}

static void
refuse_item(const struct path_origin *origin, const struct node *list,
            const struct object_type *type, const struct path_part *part)
{
    const char *const *key = path_key(type);
    char what[96];
    size_t count = 0;

    if (origin->tree->incomplete) /* nothing is said, so nobody needs help */
        return;
    if (!part->quoted && part->field == NULL && all_digits(part->name)) {
        refuse_number(origin, list, type, part->name);
        return;
    }
    const size_t room = (PATH_MOST_PARTS + 1) * (list->count + 1);
    const char **names = faults_many(origin->tree->faults)
                             ? NULL
                             : tree_allocate(origin->tree, room * sizeof *names);
    for (size_t i = 0; names != NULL && i < list->count; i++) {
        for (size_t k = 0; key[k] != NULL; k++)
            if (part->field == NULL || strcmp(part->field, key[k]) == 0)
                names[count++] = node_text(list->child[i], key[k]);
        if (list->child[i] != NULL && list->child[i]->copy_of != NULL)
            names[count++] = node_text(list->child[i]->copy_of, key[0]);
    }
    snprintf(what, sizeof what, "no %s %s", type->name, key[1] == NULL ? "is called" : "has");
    path_refuse_name(origin, what, part->name, names, count);
}

/* What is looked for, and where. */
struct search {
    const struct path_origin *origin;
    struct items_index **index;
    const struct node *list;
    const struct object_type *type;
};

static struct range
search_field(const struct search *s, const char *field, const char *name)
{
    return entries_called(s->origin->tree, s->index, s->list, field, name);
}

/* Room for as many items as RANGE has. */
static struct items
items_make(const struct search *s, size_t most)
{
    return (struct items){tree_allocate(s->origin->tree, (most + 1) * sizeof(size_t)), 0};
}

static struct items
find_by_name(const struct search *s, const struct path_part *part)
{
    struct range range = search_field(s, path_key(s->type)[0], part->name);
    struct items found = items_make(s, range.count);

    for (size_t i = 0; found.at != NULL && i < range.count; i++)
        if (s->list->child[range.entry[i].at] != NULL)
            found.at[found.count++] = range.entry[i].at;
    if (found.at != NULL && range.count == 0)
        refuse_item(s->origin, s->list, s->type, part);
    return found;
}

/* Which field of the key PART stands for; NULL and a fault: none, or more than one. */
static const char *
field_of_part(const struct search *s, const struct path_part *part)
{
    const char *const *key = path_key(s->type);
    const char *found[PATH_MOST_PARTS];
    size_t count = 0;

    for (size_t k = 0; key[k] != NULL; k++)
        if ((part->field == NULL || strcmp(part->field, key[k]) == 0) &&
            items_any(s->origin->tree, s->index, s->list, key[k], part->name))
            found[count++] = key[k];
    if (count == 0)
        refuse_item(s->origin, s->list, s->type, part);
    else if (count > 1)
        path_refuse(s->origin, "'%.60s' is a %s and a %s; write [%s=%.60s] or [%s=%.60s]",
                    part->name, found[0], found[1], found[0], part->name, found[1], part->name);
    return count == 1 ? found[0] : NULL;
}

/* The fields of the key that the parts of STEP stand for; false and a fault: they do not fit. */
static bool
fields_of_parts(const struct search *s, const struct path_step *step, const char **field)
{
    for (size_t p = 0; p < step->parts; p++) {
        field[p] = field_of_part(s, &step->part[p]);
        if (field[p] == NULL)
            return false;
        for (size_t q = 0; q < p; q++)
            if (strcmp(field[p], field[q]) == 0) {
                path_refuse(s->origin, "'%.60s' and '%.60s' are both a %s; give one",
                            step->part[q].name, step->part[p].name, field[p]);
                return false;
            }
    }
    return true;
}

static bool
fits(const struct node *item, const struct path_step *step, const char *const *field)
{
    for (size_t p = 0; p < step->parts; p++) {
        const char *text = node_text(item, field[p]);
        if (text == NULL || strcmp(text, step->part[p].name) != 0)
            return false;
    }
    return item != NULL;
}

/* Among the items that fit the part which the fewest fit, those that fit all. */
static struct items
find_by_parts(const struct search *s, const struct path_step *step)
{
    const char *field[PATH_MOST_PARTS] = {NULL};
    struct range fewest = {NULL, 0};

    if (!fields_of_parts(s, step, field))
        return (struct items){NULL, 0};
    for (size_t p = 0; p < step->parts; p++) {
        struct range range = search_field(s, field[p], step->part[p].name);
        if (p == 0 || range.count < fewest.count)
            fewest = range;
    }
    struct items found = items_make(s, fewest.count);
    for (size_t i = 0; found.at != NULL && i < fewest.count; i++)
        if (fits(s->list->child[fewest.entry[i].at], step, field))
            found.at[found.count++] = fewest.entry[i].at;
    if (found.at != NULL && found.count == 0)
        path_refuse(s->origin, "no %s has all of that", s->type->name);
    return found;
}

static struct items
find_all(const struct search *s)
{
    struct items found = items_make(s, s->list->count);

    for (size_t i = 0; found.at != NULL && i < s->list->count; i++)
        if (s->list->child[i] != NULL)
            found.at[found.count++] = i;
    if (found.count == 0)
        path_refuse(s->origin, "there is no %s", s->type->name);
    return found;
}

/* The fields that an item goes by: "class, region, facility". */
static const char *
key_text(const char *const *key, char *text, size_t size)
{
    size_t length = 0;

    snprintf(text, size, "its place in the list");
    for (size_t i = 0; key[i] != NULL && length < size; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%s", i > 0 ? ", " : "", key[i]);
    return text;
}

struct items
items_find(const struct path_origin *origin, struct items_index **index, const struct node *list,
           const struct object_type *type, const struct path_step *step)
{
    const struct search search = {origin, index, list, type};
    const char *const *key = path_key(type);
    char keys[128];

    for (size_t p = 0; p < step->parts; p++)
        if (step->part[p].field != NULL && !path_key_has(type, step->part[p].field)) {
            path_refuse(origin,
                        "%s %s goes by %s, not by '%.60s'; a name with = is written between "
                        "double quotes",
                        strchr("aeiou", type->name[0]) != NULL ? "an" : "a", type->name,
                        key_text(key, keys, sizeof keys), step->part[p].field);
            return (struct items){NULL, 0};
        }
    if (step->all)
        return find_all(&search);
    if (key[0] == NULL || key[1] != NULL)
        return find_by_parts(&search, step);
    if (step->parts == 1)
        return find_by_name(&search, &step->part[0]);
    path_refuse(origin,
                "a %s goes by its %s alone; a name with a comma is written between double quotes",
                type->name, key[0]);
    return (struct items){NULL, 0};
}
