#include "read_value.h"

#include "read_distribution.h"
#include "scenario.h"
#include "value.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool
read_day(const struct reading *r, const struct node *node, int32_t *day)
{
    if (node->kind == NODE_SCALAR && calendar_parse(node->text, day))
        return true;
    reading_refuse(r, node, "a date such as 2025-03-01");
    return false;
}

static void
read_span(const struct reading *r, const struct node *node, void *out)
{
    struct span *span = out;
    const struct field *field = r->field;
    double days;

    if (node->kind != NODE_SCALAR || !value_duration(node->text, &days)) {
        reading_refuse(r, node,
                       node->kind == NODE_SCALAR ? reading_expected(FIELD_DURATION, node->text)
                                                 : field_type_text(FIELD_SPAN));
    } else if (days < field->low || days > field->high) {
        faults_add(r->tree->faults, node_at(node), r->path,
                   "expected from %g d to %g d, found '%.60s'", field->low, field->high,
                   node->text);
    } else if (!value_span(node->text, span)) {
        reading_refuse(r, node, "whole days, or whole months (6 mo, 1.5 y)");
    }
}

static void
read_whole(const struct reading *r, const struct node *node, void *out)
{
    int64_t *value = out;
    const struct field *field = r->field;

    if (node->kind != NODE_SCALAR || !value_whole(node->text, value))
        reading_refuse(r, node,
                       node->kind == NODE_SCALAR ? reading_expected_whole(node->text)
                                                 : "a whole number");
    else if ((double)*value < field->low || (double)*value > field->high)
        faults_add(r->tree->faults, node_at(node), r->path,
                   "expected from %.0f to %.0f, found '%.60s'", field->low, field->high,
                   node->text);
    else
        reading_reach(r, node, field->low, field->high, "");
}

bool
read_step(const struct reading *r, const struct node *node, double *value)
{
    return reading_number(r, node, r->field->type, r->field->low, r->field->high, value);
}

static void
read_steps(const struct reading *r, const struct node *node, void *out)
{
    struct steps *steps = out;
    const struct field *field = r->field;
    size_t count = node->kind == NODE_MAP ? node->count : 1;

    if (node->kind == NODE_LIST || count == 0) {
        reading_refuse(r, node, field_type_text(field->type));
        return;
    }
    steps->day = reading_room(r, node, count, sizeof *steps->day);
    steps->value = reading_room(r, node, count, sizeof *steps->value);
    if (steps->day == NULL || steps->value == NULL)
        return;
    if (node->kind == NODE_SCALAR) {
        steps->day[0] = NO_DATE;
        steps->count = read_step(r, node, &steps->value[0]);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        int32_t day;
        double value;
        bool good = read_day(r, node->key[i], &day);
        good &= read_step(r, node->child[i], &value);
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

    if (strcmp(name, "~") == 0)
        return "a name (~ stands for none)";
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

bool
read_refuses_name(const struct reading *r, const struct node *node)
{
    const char *expected = name_fault(node->text);

    if (expected != NULL)
        reading_refuse(r, node, expected);
    return expected != NULL;
}

/* A name of a list, and its number there. */
struct listed {
    const char *text;
    size_t at;
};

static int
by_text_and_index(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    int order = strcmp(a->text, b->text);

    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

/* The texts of LIST that are names, by text and then as they stand there; how many. */
static size_t
list_names(const struct reading *r, const struct node *list, struct listed *listed)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct node *child = list->child[i];
        if (child->kind != NODE_SCALAR || child->text[0] == '\0')
            reading_refuse(r, child, "a name");
        else if (!read_refuses_name(r, child))
            listed[count++] = (struct listed){child->text, i};
    }
    qsort(listed, count, sizeof *listed, by_text_and_index);
    return count;
}

static void
read_names(const struct reading *r, const struct node *node, void *out)
{
    struct names *names = out;

    if (node->kind != NODE_LIST || node->count == 0) {
        reading_refuse(r, node, "a list of names");
        return;
    }
    struct listed *listed = reading_room(r, node, node->count, sizeof *listed);
    const char **first = reading_room(r, node, node->count, sizeof *first);
    if (listed == NULL || first == NULL)
        return;
    size_t count = list_names(r, node, listed);
    for (size_t i = 0; i < count; i++)
        if (i > 0 && strcmp(listed[i].text, listed[i - 1].text) == 0)
            faults_add(r->tree->faults, node_at(node->child[listed[i].at]), r->path,
                       "'%s' is there twice", listed[i].text);
        else
            first[listed[i].at] = listed[i].text;
    names->name = first;
    for (size_t i = 0; i < node->count; i++)
        if (first[i] != NULL)
            names->name[names->count++] = first[i];
}

static void
read_numbers(const struct reading *r, const struct node *node, void *out)
{
    struct numbers *numbers = out;
    size_t wanted = r->field->entries > 0 ? (size_t)r->field->entries : node->count;

    if (node->kind != NODE_LIST && r->field->entries == 0) {
        reading_refuse(r, node, field_type_text(r->field->type));
        return;
    }
    if (node->kind != NODE_LIST || node->count != wanted) {
        faults_add(r->tree->faults, node_at(node), r->path,
                   "expected a list of %zu numbers, found %zu", wanted,
                   node->kind == NODE_LIST ? node->count : 0);
        return;
    }
    numbers->value = reading_room(r, node, wanted, sizeof *numbers->value);
    for (size_t i = 0; i < wanted && numbers->value != NULL; i++)
        numbers->count +=
            reading_number(r, node->child[i], FIELD_NUMBERS, 0, 100, &numbers->value[i]);
}

/* Shares by name; the names are checked against words where the field has them. */
static void
read_shares(const struct reading *r, const struct node *node, void *out)
{
    struct shares *shares = out;
    const struct field *field = r->field;
    double sum = 0;

    if (node->kind != NODE_MAP || node->count == 0) {
        reading_refuse(r, node, field_type_text(field->type));
        return;
    }
    shares->name = reading_room(r, node, node->count, sizeof *shares->name);
    shares->share = reading_room(r, node, node->count, sizeof *shares->share);
    if (shares->name == NULL || shares->share == NULL)
        return;
    for (size_t i = 0; i < node->count; i++) {
        double share = 0;
        if (field->ways && node->child[i]->kind == NODE_MAP) {
            faults_add(r->tree->faults, node_at(node->child[i]), r->path,
                       "expected a share such as 35 %%, found a map; a pathway that is written out "
                       "takes {share: 35 %%, stay: ...}, both of them, and what is set by path has "
                       "the stay under stays");
            return;
        }
        bool known = field->words == NULL || reading_word(r, node->key[i], field->words) >= 0;
        known &= reading_number(r, node->child[i], field->type, 0, 1, &share);
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

static void
read_set(const struct reading *r, const struct node *node, void *out)
{
    uint32_t *set = out;
    size_t count = node->kind == NODE_LIST ? node->count : 1;

    if (node->kind == NODE_MAP || count == 0) {
        reading_refuse(r, node, field_type_text(FIELD_SET));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct node *item = node->kind == NODE_LIST ? node->child[i] : node;
        int word = reading_word(r, item, r->field->words);
        if (word >= 0 && (*set >> word & 1))
            faults_add(r->tree->faults, node_at(item), r->path, "'%s' is there twice", item->text);
        if (word >= 0)
            *set |= (uint32_t)1 << word;
    }
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
read_text(const struct reading *r, const struct node *node, void *out)
{
    const char **text = out;

    if (node->kind != NODE_SCALAR || node->text[0] == '\0')
        reading_refuse(r, node, "a text");
    else if (is_free_text(r->field) || !read_refuses_name(r, node))
        *text = node->text;
}

static void
read_number(const struct reading *r, const struct node *node, void *out)
{
    read_step(r, node, out);
}

static void
read_date(const struct reading *r, const struct node *node, void *out)
{
    (void)read_day(r, node, out);
}

static void
read_yes_no(const struct reading *r, const struct node *node, void *out)
{
    if (node->kind != NODE_SCALAR || !value_yes_no(node->text, out))
        reading_refuse(r, node, "yes or no");
}

static void
read_choice(const struct reading *r, const struct node *node, void *out)
{
    int *choice = out, word = reading_word(r, node, r->field->words);

    if (word >= 0)
        *choice = word;
}

/* Read later, as the field that it changes. */
static void
keep_node(const struct reading *r, const struct node *node, void *out)
{
    const struct node **kept = out;

    (void)r;
    *kept = node;
}

/* Done already, by overlay.c. */
static void
pass_over(const struct reading *r, const struct node *node, void *out)
{
    (void)r;
    (void)node;
    (void)out;
}

void (*const value_readers[FIELD_TYPES])(const struct reading *, const struct node *, void *) = {
    [FIELD_TEXT] = read_text,         [FIELD_WHOLE] = read_whole,
    [FIELD_NUMBER] = read_number,     [FIELD_SHARE] = read_number,
    [FIELD_DURATION] = read_number,   [FIELD_SPAN] = read_span,
    [FIELD_DATE] = read_date,         [FIELD_YES_NO] = read_yes_no,
    [FIELD_CHOICE] = read_choice,     [FIELD_SET] = read_set,
    [FIELD_NAMES] = read_names,       [FIELD_NUMBERS] = read_numbers,
    [FIELD_SHARES] = read_shares,     [FIELD_FRACTIONS] = read_shares,
    [FIELD_COUNT_STEPS] = read_steps, [FIELD_ANY] = keep_node,
    [FIELD_STEPS] = read_steps,       [FIELD_SHARE_STEPS] = read_steps,
    [FIELD_RATE_STEPS] = read_steps,  [FIELD_DISTRIBUTION] = read_distribution,
    [FIELD_PATHS] = pass_over,
};
