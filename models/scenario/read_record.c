#include "read_record.h"

#include "load.h"
#include "scenario.h"
#include "value.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH       256
#define MOST_NAMES 1000

struct reading {
    struct tree *tree;
    const struct field *field;
    const char *path;
};

static const char *
shown(const struct node *node)
{
    static const char *const kinds[] = {"", "a list", "a map"};
    static const char *const empty[] = {"", "an empty list", "an empty map"};

    return node->count > 0 ? kinds[node->kind] : empty[node->kind];
}

/* "expected X, found 'Y'", and whether the node was a scalar at all. */
static void
refuse(const struct reading *r, const struct node *node, const char *expected)
{
    if (node->kind == NODE_SCALAR)
        faults_add(r->tree->faults, node_at(node), r->path, "expected %s, found '%.60s'%s",
                   expected, node->text,
                   strstr(expected, "a number") != NULL && strchr(node->text, '%') != NULL
                       ? "; a number has no %: 0.95 for 95 %"
                       : "");
    else
        faults_add(r->tree->faults, node_at(node), r->path, "expected %s, found %s", expected,
                   shown(node));
}

static size_t
words_count(const char *const *words)
{
    size_t count = 0;

    while (words[count] != NULL)
        count++;
    return count;
}

/* The index of NODE's word, or -1 and a fault that lists or suggests. */
static int
read_word(const struct reading *r, const struct node *node, const char *const *words)
{
    char list[PATH] = "";
    size_t count = words_count(words), length = 0;

    if (node->kind == NODE_SCALAR)
        for (size_t i = 0; i < count; i++)
            if (strcmp(words[i], node->text) == 0)
                return (int)i;
    for (size_t i = 0; i < count && length < sizeof list; i++)
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", i > 0 ? ", " : "",
                                   words[i]);
    const char *near = node->kind == NODE_SCALAR && !faults_many(r->tree->faults)
                           ? suggest(node->text, words, count)
                           : NULL;
    if (near != NULL)
        faults_add(r->tree->faults, node_at(node), r->path,
                   "unknown word '%.60s'; did you mean '%s'?", node->text, near);
    else if (node->kind == NODE_SCALAR)
        faults_add(r->tree->faults, node_at(node), r->path, "expected one of %s, found '%.60s'",
                   list, node->text);
    else
        faults_add(r->tree->faults, node_at(node), r->path, "expected one of %s, found %s", list,
                   shown(node));
    return -1;
}

/* How a type's numbers are written, and the word for their unit in messages. */
static const struct scale {
    enum field_type type;
    bool (*parse)(const char *text, double *value);
    const char *unit;
} scales[] = {
    {FIELD_NUMBER, value_number, ""},       {FIELD_SHARE, value_share, ""},
    {FIELD_DURATION, value_duration, " d"}, {FIELD_STEPS, value_number, ""},
    {FIELD_COUNT_STEPS, value_count, ""},   {FIELD_SHARE_STEPS, value_share, ""},
    {FIELD_RATE_STEPS, value_rate, " / d"}, {FIELD_FRACTIONS, value_share, ""},
    {FIELD_SHARES, value_share, ""},        {FIELD_NUMBERS, value_number, ""},
};

static const struct scale *
scale_of(enum field_type type)
{
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (scales[i].type == type)
            return &scales[i];
    return NULL;
}

/* What looks like a number and is no count: a decimal, thousands set apart, a power, spaces. */
static const char *
expected_whole(const char *text)
{
    return strpbrk(text, "0123456789") != NULL ? "a whole number, in digits alone (such as 1040)"
                                               : "a whole number";
}

/* A duration without a unit is the commonest slip: say which units fit. */
static const char *
expected_text(enum field_type type, const char *text)
{
    double number;

    if (type == FIELD_DURATION && value_number(text, &number))
        return "a unit after the number (d, h, min, wk, mo or y)";
    if (type == FIELD_RATE_STEPS && value_number(text, &number))
        return "a rate with its unit (such as / d or / y)";
    if (type == FIELD_COUNT_STEPS)
        return expected_whole(text);
    return field_type_text(type);
}

static bool
read_scaled(const struct reading *r, const struct node *node, enum field_type type, double low,
            double high, double *value)
{
    const struct scale *scale = scale_of(type);

    if (node->kind != NODE_SCALAR || !scale->parse(node->text, value)) {
        refuse(r, node,
               node->kind == NODE_SCALAR ? expected_text(type, node->text) : field_type_text(type));
        return false;
    }
    if (*value < low || *value > high) {
        faults_add(r->tree->faults, node_at(node), r->path,
                   "expected from %g%s to %g%s, found '%.60s'", low, scale->unit, high, scale->unit,
                   node->text);
        return false;
    }
    return true;
}

static bool
read_date(const struct reading *r, const struct node *node, int32_t *day)
{
    if (node->kind == NODE_SCALAR && calendar_parse(node->text, day))
        return true;
    refuse(r, node, "a date such as 2025-03-01");
    return false;
}

static void
read_span(const struct reading *r, const struct node *node, struct span *span)
{
    const struct field *field = r->field;
    double days;

    if (node->kind != NODE_SCALAR || !value_duration(node->text, &days)) {
        refuse(r, node,
               node->kind == NODE_SCALAR ? expected_text(FIELD_DURATION, node->text)
                                         : field_type_text(FIELD_SPAN));
    } else if (days < field->low || days > field->high) {
        faults_add(r->tree->faults, node_at(node), r->path,
                   "expected from %g d to %g d, found '%.60s'", field->low, field->high,
                   node->text);
    } else if (!value_span(node->text, span)) {
        refuse(r, node, "whole days, or whole months (6 mo, 1.5 y)");
    }
}

static void
read_whole(const struct reading *r, const struct node *node, int64_t *value)
{
    const struct field *field = r->field;

    if (node->kind != NODE_SCALAR || !value_whole(node->text, value))
        refuse(r, node, node->kind == NODE_SCALAR ? expected_whole(node->text) : "a whole number");
    else if ((double)*value < field->low || (double)*value > field->high)
        faults_add(r->tree->faults, node_at(node), r->path,
                   "expected from %.0f to %.0f, found '%.60s'", field->low, field->high,
                   node->text);
}

static void *
room_for(const struct reading *r, const struct node *node, size_t count, size_t size)
{
    void *memory = tree_allocate(r->tree, count * size);

    if (memory == NULL)
        faults_add(r->tree->faults, node_at(node), r->path, "no memory for it");
    return memory;
}

bool
read_step(struct tree *tree, const struct node *node, const struct field *field, const char *path,
          double *value)
{
    struct reading reading = {tree, field, path};

    return read_scaled(&reading, node, field->type, field->low, field->high, value);
}

static void
read_steps(const struct reading *r, const struct node *node, struct steps *steps)
{
    const struct field *field = r->field;
    size_t count = node->kind == NODE_MAP ? node->count : 1;

    if (node->kind == NODE_LIST || count == 0) {
        refuse(r, node, field_type_text(field->type));
        return;
    }
    steps->day = room_for(r, node, count, sizeof *steps->day);
    steps->value = room_for(r, node, count, sizeof *steps->value);
    if (steps->day == NULL || steps->value == NULL)
        return;
    if (node->kind == NODE_SCALAR) {
        steps->day[0] = NO_DATE;
        steps->count = read_scaled(r, node, field->type, field->low, field->high, &steps->value[0]);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        int32_t day;
        double value;
        bool good = read_date(r, node->key[i], &day);
        good &= read_scaled(r, node->child[i], field->type, field->low, field->high, &value);
        if (good && steps->count > 0 && day == steps->day[steps->count - 1])
            continue; /* a key given twice, which has its fault */
        if (good && steps->count > 0 && day < steps->day[steps->count - 1])
            faults_add(r->tree->faults, node_at(node->key[i]), r->path,
                       "dates must rise; '%s' does not come after the one before",
                       node->key[i]->text);
        else if (good) {
            steps->day[steps->count] = day;
            steps->value[steps->count++] = value;
        }
    }
}

/* What a name may not have: it would break tables and paths, or look like another. NULL: it is
 * good. */
static const char *
name_fault(const char *name)
{
    static const char *const blanks[] = {" ", "\t", "\n", "\r", "\xc2\xa0", "\xe3\x80\x80"};
    size_t length = strlen(name);

    if (strpbrk(name, "\n\r\t\x0b\x0c") != NULL)
        return "a name in one line, without tabs";
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        size_t size = strlen(blanks[i]);
        if (length >= size && (memcmp(name, blanks[i], size) == 0 ||
                               memcmp(name + length - size, blanks[i], size) == 0))
            return "a name without spaces before or behind it";
    }
    return NULL;
}

/* Refuse NODE, a scalar, where its text is no good name. */
static bool
refused_name(const struct reading *r, const struct node *node)
{
    const char *expected = name_fault(node->text);

    if (expected != NULL)
        refuse(r, node, expected);
    return expected != NULL;
}

static void
read_names(const struct reading *r, const struct node *node, struct names *names)
{
    if (node->kind != NODE_LIST || node->count == 0) {
        refuse(r, node, "a list of names");
        return;
    }
    if (node->count > MOST_NAMES) {
        faults_add(r->tree->faults, node_at(node), r->path, "%zu names are too many: at most %d",
                   node->count, MOST_NAMES);
        return;
    }
    names->name = room_for(r, node, node->count, sizeof *names->name);
    for (size_t i = 0; i < node->count && names->name != NULL; i++) {
        const struct node *child = node->child[i];
        bool twice = false;
        if (child->kind != NODE_SCALAR || child->text[0] == '\0') {
            refuse(r, child, "a name");
            continue;
        }
        if (refused_name(r, child))
            continue;
        for (size_t j = 0; j < names->count; j++)
            twice |= strcmp(names->name[j], child->text) == 0;
        if (twice)
            faults_add(r->tree->faults, node_at(child), r->path, "'%s' is there twice",
                       child->text);
        else
            names->name[names->count++] = child->text;
    }
}

static void
read_numbers(const struct reading *r, const struct node *node, struct numbers *numbers)
{
    size_t wanted = (size_t)r->field->low;

    if (node->kind != NODE_LIST || node->count != wanted) {
        faults_add(r->tree->faults, node_at(node), r->path,
                   "expected a list of %zu numbers, found %zu", wanted,
                   node->kind == NODE_LIST ? node->count : 0);
        return;
    }
    numbers->value = room_for(r, node, wanted, sizeof *numbers->value);
    for (size_t i = 0; i < wanted && numbers->value != NULL; i++)
        numbers->count += read_scaled(r, node->child[i], FIELD_NUMBERS, 0, 100, &numbers->value[i]);
}

/* Shares by name; the names are checked against words where the field has them. */
static void
read_shares(const struct reading *r, const struct node *node, struct shares *shares)
{
    const struct field *field = r->field;
    double sum = 0;

    if (node->kind != NODE_MAP || node->count == 0) {
        refuse(r, node, field_type_text(field->type));
        return;
    }
    shares->name = room_for(r, node, node->count, sizeof *shares->name);
    shares->share = room_for(r, node, node->count, sizeof *shares->share);
    if (shares->name == NULL || shares->share == NULL)
        return;
    for (size_t i = 0; i < node->count; i++) {
        double share = 0;
        bool known = field->words == NULL || read_word(r, node->key[i], field->words) >= 0;
        known &= read_scaled(r, node->child[i], field->type, 0, 1, &share);
        if (!known)
            return;
        sum += share;
        shares->name[shares->count] = node->key[i]->text;
        shares->share[shares->count++] = share;
    }
    if (field->type == FIELD_SHARES && fabs(sum - 1) > 1e-9)
        faults_add(r->tree->faults, node_at(node), r->path,
                   "shares must sum to 1, these sum to %.10g", sum);
}

#define MIXTURE_DEPTH 3

static bool read_distribution(const struct reading *r, const struct node *node,
                              struct distribution *dist, int depth);

static bool
read_parameter(const struct reading *r, const struct node *node, const char *name, double *value)
{
    bool plain = r->field->low == 1 || strcmp(name, "cv") == 0;

    return read_scaled(r, node, plain ? FIELD_SHARE : FIELD_DURATION, 0, 1e9, value);
}

static bool
read_parameters(const struct reading *r, const struct node *node,
                const struct distribution_form *form, double given[3])
{
    bool good = true;

    if (node->kind == NODE_SCALAR && form->parameters == 1)
        return read_parameter(r, node, form->parameter[0], &given[0]);
    if (node->kind != NODE_MAP) {
        refuse(r, node, "a map of the distribution's parameters");
        return false;
    }
    for (unsigned p = 0; p < form->parameters; p++) {
        const struct node *value = node_find(node, form->parameter[p]);
        if (value == NULL) {
            faults_add(r->tree->faults, node_at(node), r->path, "%s needs %s", form->name,
                       form->parameter[p]);
            good = false;
        } else {
            good &= read_parameter(r, value, form->parameter[p], &given[p]);
        }
    }
    for (size_t i = 0; i < node->count; i++) {
        bool known = false;
        for (unsigned p = 0; p < form->parameters; p++)
            known |= strcmp(node->key[i]->text, form->parameter[p]) == 0;
        if (!known) {
            faults_add(r->tree->faults, node_at(node->key[i]), r->path,
                       "%s has no parameter '%.60s'", form->name, node->key[i]->text);
            good = false;
        }
    }
    return good;
}

static bool
read_quantiles(const struct reading *r, const struct node *node, struct distribution *dist)
{
    bool good = true;

    if (node->kind != NODE_MAP) {
        refuse(r, node, "a map of quantiles and values");
        return false;
    }
    dist->quantile = room_for(r, node, 2 * node->count, sizeof *dist->quantile);
    for (size_t i = 0; i < node->count && dist->quantile != NULL; i++) {
        good &= read_scaled(r, node->key[i], FIELD_SHARE, 0, 1, &dist->quantile[2 * i]);
        good &= read_parameter(r, node->child[i], "value", &dist->quantile[2 * i + 1]);
    }
    dist->count = node->count;
    return good && dist->quantile != NULL;
}

static bool
read_parts(const struct reading *r, const struct node *node, struct distribution *dist, int depth)
{
    bool good = true;

    if (node->kind != NODE_LIST || node->count == 0 || depth >= MIXTURE_DEPTH) {
        refuse(r, node,
               depth >= MIXTURE_DEPTH ? "mixtures at most 3 deep" : "a list of {weight: , of: }");
        return false;
    }
    dist->part = room_for(r, node, node->count, sizeof *dist->part);
    for (size_t i = 0; i < node->count && dist->part != NULL; i++) {
        const struct node *part = node->child[i];
        const struct node *weight = node_find(part, "weight"), *of = node_find(part, "of");
        if (weight == NULL || of == NULL || part->count != 2) {
            refuse(r, part, "{weight: share, of: distribution}");
            good = false;
            continue;
        }
        good &= read_scaled(r, weight, FIELD_SHARE, 0, 1, &dist->part[i].weight);
        good &= read_distribution(r, of, &dist->part[i].of, depth + 1);
    }
    dist->count = node->count;
    return good && dist->part != NULL;
}

static bool
read_distribution(const struct reading *r, const struct node *node, struct distribution *dist,
                  int depth)
{
    const char *names[DIST_KINDS + 1] = {0};
    double given[3] = {0};
    struct error err = {0};

    if (node->kind != NODE_MAP || node->count != 1) {
        refuse(r, node, field_type_text(FIELD_DISTRIBUTION));
        return false;
    }
    for (int i = 0; i < DIST_KINDS; i++)
        names[i] = distribution_forms[i].name;
    int kind = read_word(r, node->key[0], names);
    if (kind < 0)
        return false;
    bool good = kind == DIST_EMPIRICAL ? read_quantiles(r, node->child[0], dist)
                : kind == DIST_MIXTURE
                    ? read_parts(r, node->child[0], dist, depth)
                    : read_parameters(r, node->child[0], &distribution_forms[kind], given);
    if (good && distribution_make(dist, (enum distribution_kind)kind, given, &err) != OK) {
        faults_add(r->tree->faults, node_at(node->child[0]), r->path, "%s", err.message);
        good = false;
    }
    return good;
}

static void
read_set(const struct reading *r, const struct node *node, uint32_t *set)
{
    size_t count = node->kind == NODE_LIST ? node->count : 1;

    if (node->kind == NODE_MAP || count == 0) {
        refuse(r, node, field_type_text(FIELD_SET));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct node *item = node->kind == NODE_LIST ? node->child[i] : node;
        int word = read_word(r, item, r->field->words);
        if (word >= 0 && (*set >> word & 1))
            faults_add(r->tree->faults, node_at(item), r->path, "'%s' is there twice", item->text);
        if (word >= 0)
            *set |= (uint32_t)1 << word;
    }
}

static void
read_records(const struct reading *r, const struct node *node, const struct record_type *type,
             struct records *records)
{
    if (node->kind != NODE_LIST) {
        refuse(r, node, "a list of maps");
        return;
    }
    records->item = room_for(r, node, node->count, type->size);
    for (size_t i = 0; i < node->count && records->item != NULL; i++) {
        char path[PATH];
        snprintf(path, sizeof path, "%s[%zu]", r->path, i);
        read_record(r->tree, node->child[i], type, (char *)records->item + i * type->size, path);
    }
    records->count = records->item != NULL ? node->count : 0;
}

static void
read_record_map(const struct reading *r, const struct node *node, const struct record_type *type,
                struct record_map *map)
{
    if (node->kind != NODE_MAP) {
        refuse(r, node, "a map of lists");
        return;
    }
    map->name = room_for(r, node, node->count, sizeof *map->name);
    map->list = room_for(r, node, node->count, sizeof *map->list);
    if (map->name == NULL || map->list == NULL)
        return;
    for (size_t i = 0; i < node->count; i++) {
        char path[PATH];
        struct reading inner = {r->tree, r->field, path};
        snprintf(path, sizeof path, "%s.%.60s", r->path, node->key[i]->text);
        map->name[i] = node->key[i]->text;
        node->key[i]->faulty = refused_name(&inner, node->key[i]);
        read_records(&inner, node->child[i], type, &map->list[i]);
    }
    map->count = node->count;
}

/* Texts that name nothing. */
static bool
is_free_text(const struct field *field)
{
    static const char *const free_texts[] = {"description", "note", "source", "extends"};

    for (size_t i = 0; i < sizeof free_texts / sizeof *free_texts; i++)
        if (strcmp(field->name, free_texts[i]) == 0)
            return true;
    return false;
}

static void
read_text(const struct reading *r, const struct node *node, const char **text)
{
    if (node->kind != NODE_SCALAR || node->text[0] == '\0')
        refuse(r, node, "a text");
    else if (is_free_text(r->field) || !refused_name(r, node))
        *text = node->text;
}

static void
read_distribution_field(const struct reading *r, const struct node *node, struct distribution **out)
{
    struct distribution *dist = room_for(r, node, 1, sizeof *dist);

    if (dist != NULL && read_distribution(r, node, dist, 0))
        *out = dist;
}

static void
read_value(const struct reading *r, const struct node *node, void *out)
{
    const struct field *field = r->field;
    int word;

    switch (field->type) {
    case FIELD_TEXT:
        read_text(r, node, out);
        break;
    case FIELD_WHOLE:
        read_whole(r, node, out);
        break;
    case FIELD_NUMBER:
    case FIELD_SHARE:
    case FIELD_DURATION:
        read_scaled(r, node, field->type, field->low, field->high, out);
        break;
    case FIELD_SPAN:
        read_span(r, node, out);
        break;
    case FIELD_DATE:
        read_date(r, node, out);
        break;
    case FIELD_YES_NO:
        if (node->kind != NODE_SCALAR || !value_yes_no(node->text, out))
            refuse(r, node, "yes or no");
        break;
    case FIELD_CHOICE:
        if ((word = read_word(r, node, field->words)) >= 0)
            *(int *)out = word;
        break;
    case FIELD_SET:
        read_set(r, node, out);
        break;
    case FIELD_NAMES:
        read_names(r, node, out);
        break;
    case FIELD_NUMBERS:
        read_numbers(r, node, out);
        break;
    case FIELD_SHARES:
    case FIELD_FRACTIONS:
        read_shares(r, node, out);
        break;
    case FIELD_ANY:
        *(const struct node **)out = node;
        break;
    case FIELD_COUNT_STEPS:
    case FIELD_STEPS:
    case FIELD_SHARE_STEPS:
    case FIELD_RATE_STEPS:
        read_steps(r, node, out);
        break;
    case FIELD_DISTRIBUTION:
        read_distribution_field(r, node, out);
        break;
    case FIELD_RECORD:
        read_record(r->tree, node, field->record, out, r->path);
        break;
    case FIELD_RECORDS:
        read_records(r, node, field->record, out);
        break;
    case FIELD_RECORD_MAP:
        read_record_map(r, node, field->record, out);
        break;
    case FIELD_PATHS: /* done already */
        break;
    }
}

static void
refuse_field(struct tree *tree, const struct record_type *type, const struct node *map,
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
                   "unknown field of %s; 'doorstroom explain' lists them", type->name);
}

/* Say that there is no field KEY; the number of the one that is likely meant, or the number of
 * fields.
 */
static size_t
unknown_field(struct tree *tree, const struct record_type *type, const struct node *map,
              struct node *key, const char *path)
{
    const char *names[64];
    size_t count = type->fields < 64 ? type->fields : 64;

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
            read_value(&reading, fallback, out);
    } else if (field->type == FIELD_RECORD) {
        for (size_t i = 0; i < field->record->fields; i++) {
            const struct field *inner = &field->record->field[i];
            char inner_path[PATH];
            if (inner->required) { /* of a record that is not there at all */
                leave_out(inner, (char *)out + inner->offset);
                continue;
            }
            join(inner_path, path, inner->name);
            read_missing(tree, map, inner, (char *)out + inner->offset, inner_path);
        }
    }
}

static struct node *
find_value(const struct node *map, const char *name)
{
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, name) == 0)
            return map->child[i];
    return NULL;
}

void
read_record(struct tree *tree, const struct node *map, const struct record_type *type, void *record,
            const char *path)
{
    char inner[PATH];

    if (map->kind != NODE_MAP) {
        faults_add(tree->faults, node_at(map), path, "expected a map of fields, found '%.60s'",
                   map->kind == NODE_SCALAR ? map->text : "a list");
        return;
    }
    uint64_t meant = 0; /* fields that are there, misspelt */
    bool lost = false;  /* a column under no field's name may be any of those that are missing */
    memcpy(record, &map, sizeof(struct node *)); /* every record starts with its node */
    for (size_t i = 0; i < map->count; i++) {
        bool known = false;
        for (size_t f = 0; f < type->fields; f++)
            known |= strcmp(type->field[f].name, map->key[i]->text) == 0;
        join(inner, path, map->key[i]->text);
        if (!known)
            meant |= (uint64_t)1 << unknown_field(tree, type, map, map->key[i], inner);
        lost |= !known && map->table_row && (meant >> type->fields & 1);
    }
    for (size_t f = 0; f < type->fields; f++) {
        const struct field *field = &type->field[f];
        struct node *node = find_value(map, field->name);
        void *out = (char *)record + field->offset;
        join(inner, path, field->name);
        struct reading reading = {tree, field, inner};
        size_t errors = tree->faults->errors;
        if (node == NULL && field->required && (lost || (meant >> f & 1))) {
            leave_out(field, out);
        } else if (node == NULL) {
            read_missing(tree, map, field, out, inner);
        } else {
            leave_out(field, out);
            if (!node->unread)
                read_value(&reading, node, out);
            node->faulty = node->unread || tree->faults->errors > errors;
        }
    }
}
