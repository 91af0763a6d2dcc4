#include "change.h"

#include "formula.h"
#include "models/scenario/fields/scale.h"
#include "value.h"

#include "sim/engine/calendar.h"
#include "sim/engine/distribution.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct changing {
    struct tree *tree;
    const struct field *field;
    const struct scale *scale;
    enum change_kind kind;
    double factor;      /* of times */
    const char *added;  /* of plus, as written */
    double added_value; /* in the scale's unit */
    const struct node *at, *operand;
    const char *label;
    bool whole;
};

void
change_write_number(double number, char text[32])
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, 32, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            return;
    }
}

/* What follows the number at the start of TEXT: its unit, with the space before. */
static const char *
unit_of(const char *text)
{
    char *end;

    (void)strtod(text, &end);
    return end;
}

static const char *
without_space(const char *text)
{
    return text + strspn(text, " ");
}

static struct node *
write_number(const struct changing *c, double number, const char *unit)
{
    char digits[32], text[128];

    if (c->whole) /* digits alone */
        snprintf(digits, sizeof digits, "%.0f", round(number));
    else
        change_write_number(number, digits);
    int length = snprintf(text, sizeof text, "%s%.80s", digits, unit);
    return tree_node(c->tree, NODE_SCALAR, c->at->at, text, (size_t)length);
}

/* CHANGED comes from a VALUE, or by an operand, in which something is drawn: it does, too. */
static struct node *
keep_formula(const struct changing *c, const struct node *value, double number,
             struct node *changed)
{
    double by = c->kind == CHANGE_TIMES ? c->factor : c->added_value;

    if (changed == NULL || (value->formula == NULL && c->operand->formula == NULL))
        return changed;
    changed->formula = formula_pair(
        c->tree, c->kind == CHANGE_TIMES ? FORMULA_TIMES : FORMULA_PLUS,
        value->formula != NULL ? value->formula : formula_number(c->tree, number),
        c->operand->formula != NULL ? c->operand->formula : formula_number(c->tree, by));
    return changed->formula != NULL ? changed : NULL;
}

static struct node *
changed_number(const struct changing *c, const struct node *value, const struct scale *scale,
               double number)
{
    const char *unit = unit_of(value->text);
    double written = strtod(value->text, NULL);

    if (c->kind == CHANGE_TIMES)
        return write_number(c, written * c->factor, unit);
    if (strcmp(without_space(unit), without_space(unit_of(c->added))) == 0)
        return write_number(c, written + strtod(c->added, NULL), unit);
    return write_number(c, number + c->added_value, scale->unit);
}

/* VALUE itself where it is no number of the scale: the reader says so. */
static struct node *
change_number(const struct changing *c, struct node *value, const struct scale *scale)
{
    double number;

    if (value->kind != NODE_SCALAR || !scale->parse(value->text, &number))
        return value;
    return keep_formula(c, value, number, changed_number(c, value, scale, number));
}

/* A copy of a list or map whose children are to be changed one by one. */
static struct node *
begin_copy(const struct changing *c, const struct node *value)
{
    struct node *copy = tree_node(c->tree, value->kind, c->at->at, NULL, 0);

    for (size_t i = 0; copy != NULL && i < value->count; i++)
        if (!tree_add_child(c->tree, copy, value->key[i], value->child[i]))
            copy = NULL;
    return copy;
}

static struct node *
change_each(const struct changing *c, struct node *value)
{
    if (value->kind == NODE_SCALAR)
        return change_number(c, value, c->scale);
    struct node *copy = begin_copy(c, value);
    for (size_t i = 0; copy != NULL && i < copy->count; i++)
        copy->child[i] = change_number(c, copy->child[i], c->scale);
    return copy;
}

static const struct distribution_form *
form_named(const char *name)
{
    for (int i = 0; i < DIST_KINDS; i++)
        if (strcmp(distribution_forms[i].name, name) == 0)
            return &distribution_forms[i];
    return NULL;
}

/* A row of an empirical distribution: its times, not how often they are counted. */
static struct node *
change_row(const struct changing *c, struct node *row)
{
    struct node *copy = row->kind == NODE_MAP ? begin_copy(c, row) : row;

    for (size_t i = 0; copy != NULL && copy != row && i < copy->count; i++)
        if (strcmp(copy->key[i]->text, "share") != 0 && strcmp(copy->key[i]->text, "count") != 0)
            copy->child[i] = change_number(c, copy->child[i], c->scale);
    return copy;
}

#define MIXTURE_DEPTH 4

/* VALUE is {form: parameters}. Every parameter but the cv is a time, a quantile's value too. */
static struct node *
change_distribution(const struct changing *c, struct node *value, int depth)
{
    const struct distribution_form *form =
        value->kind == NODE_MAP && value->count == 1 ? form_named(value->key[0]->text) : NULL;
    struct node *copy = form != NULL && depth < MIXTURE_DEPTH ? begin_copy(c, value) : NULL;

    if (copy == NULL)
        return value;
    struct node *given = copy->child[0];
    if (given->kind == NODE_SCALAR) {
        copy->child[0] = change_number(c, given, c->scale);
        return copy;
    }
    given = copy->child[0] = begin_copy(c, given);
    for (size_t i = 0; given != NULL && i < given->count; i++) {
        if (given->kind == NODE_LIST && node_find(given->child[i], "of") == NULL)
            given->child[i] = change_row(c, given->child[i]);
        else if (given->kind == NODE_MAP && strcmp(given->key[i]->text, "cv") != 0)
            given->child[i] = change_number(c, given->child[i], c->scale);
        else if (given->kind == NODE_LIST && node_find(given->child[i], "of") != NULL) {
            struct node *part = given->child[i] = begin_copy(c, given->child[i]);
            for (size_t p = 0; part != NULL && p < part->count; p++)
                if (strcmp(part->key[p]->text, "of") == 0)
                    part->child[p] = change_distribution(c, part->child[p], depth + 1);
        }
    }
    return copy;
}

/* A date is moved in calendar time. */
static struct node *
change_date(const struct changing *c, struct node *value)
{
    char text[CALENDAR_TEXT];
    struct span span;
    int32_t day;

    if (value->kind != NODE_SCALAR || !calendar_parse(value->text, &day))
        return value;
    if (c->operand->formula != NULL) /* whole days, of what is drawn */
        span = (struct span){.days = (int32_t)round(c->added_value)};
    else if (!value_span(c->added, &span)) {
        faults_add(c->tree->faults, node_at(c->operand), c->label,
                   "plus: a date moves by whole days or months, found '%.60s'", c->added);
        return NULL;
    }
    int32_t written = day;
    day = calendar_add_months(day, span.months) + span.days;
    if (day < CALENDAR_FIRST || day > CALENDAR_LAST) {
        faults_add(c->tree->faults, node_at(c->operand), c->label,
                   "plus: '%.60s' from %s is beyond the calendar", c->added, value->text);
        return NULL;
    }
    calendar_write(day, text);
    return keep_formula(c, value, written,
                        tree_node(c->tree, NODE_SCALAR, c->at->at, text, strlen(text)));
}

/* Calendar time keeps its months. */
static struct node *
change_span(const struct changing *c, struct node *value)
{
    struct span old, added;

    if (c->operand->formula != NULL) {
        faults_add(c->tree->faults, node_at(c->at), c->label,
                   "is the same for all replications, and is not drawn");
        return NULL;
    }
    if (c->kind == CHANGE_PLUS && value->kind == NODE_SCALAR && value_span(value->text, &old) &&
        value_span(c->added, &added) && old.days == 0 && added.days == 0)
        return write_number(c, old.months + added.months, " mo");
    return change_number(c, value, c->scale);
}

/* Read what is to be done; false and a fault where it has no meaning for the field. */
static bool
read_operand(struct changing *c, const struct node *operand, const char *label)
{
    struct faults *faults = c->tree->faults;
    const char *word = c->kind == CHANGE_TIMES ? "times" : "plus";
    static const char *const kinds[] = {"", "[...]", "{...}"};
    const char *text = operand->kind == NODE_SCALAR ? operand->text : kinds[operand->kind];
    double whole;

    c->scale = scale_of(c->field);
    if (c->scale == NULL || c->field->type == FIELD_SHARES ||
        (c->field->type == FIELD_DATE && c->kind == CHANGE_TIMES)) {
        faults_add(faults, node_at(operand), label, "%s changes numbers, and this is %s", word,
                   c->field->type == FIELD_SHARES ? "a map of shares; change one of them"
                                                  : field_type_text(c->field->type));
        return false;
    }
    if (c->kind == CHANGE_TIMES) {
        if (value_share(text, &c->factor) && c->factor >= 0)
            return true;
        faults_add(faults, node_at(operand), label,
                   "times: expected a factor of 0 or more such as 0.9 or 90 %%, found '%.60s'",
                   text);
        return false;
    }
    c->added = text;
    if (!c->scale->parse(text, &c->added_value) ||
        (c->whole && operand->formula == NULL && modf(c->added_value, &whole) != 0)) {
        faults_add(faults, node_at(operand), label, "plus: expected %s, found '%.60s'",
                   c->whole                            ? "a whole number such as 100 or -100"
                   : *c->scale->unit == '\0'           ? "a number such as 0.05 or -0.05"
                   : strcmp(c->scale->unit, " d") == 0 ? "a time such as 10 d or -10 d"
                                                       : "a rate such as 1 / d or -100 / y",
                   text);
        return false;
    }
    return true;
}

struct node *
change_value(struct tree *tree, const struct field *field, const struct node *value,
             enum change_kind kind, const struct node *operand, const struct node *at,
             const char *label)
{
    struct changing c = {
        .tree = tree, .field = field, .kind = kind, .at = at, .operand = operand, .label = label};
    struct node *old = (struct node *)value;

    c.whole = field->type == FIELD_WHOLE || field->type == FIELD_COUNT_STEPS;
    if (!read_operand(&c, operand, label))
        return NULL;
    if (field->type == FIELD_DATE)
        return change_date(&c, old);
    if (field->type == FIELD_SPAN)
        return change_span(&c, old);
    if (field->type == FIELD_DISTRIBUTION)
        return change_distribution(&c, old, 0);
    return change_each(&c, old);
}

/* The words of a change. */
static const struct {
    const char *name;
    enum change_kind kind;
} words[] = {{"to", CHANGE_TO}, {"times", CHANGE_TIMES}, {"plus", CHANGE_PLUS}};

bool
change_is(const struct node *value, const struct field *field)
{
    bool any = false;

    if (value->kind != NODE_MAP ||
        (field != NULL && field->type == FIELD_OBJECT && field_in(field->object, "to") != NULL))
        return false;
    for (size_t i = 0; i < value->count; i++) {
        bool known = strcmp(value->key[i]->text, "world") == 0;
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            known |= strcmp(value->key[i]->text, words[w].name) == 0;
        if (!known)
            return false;
        any = true;
    }
    return any;
}

bool
change_is_world(const struct node *value)
{
    const char *world = value != NULL && change_is(value, NULL) ? node_text(value, "world") : NULL;
    bool yes = false;

    return world != NULL && value_yes_no(world, &yes) && yes;
}

const struct node *
change_read(const struct path_origin *origin, const struct node *value, enum change_kind *kind)
{
    const struct node *operand = NULL, *world = node_find(value, "world");
    size_t count = 0;
    bool yes;

    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        const struct node *found = node_find(value, words[w].name);
        if (found == NULL)
            continue;
        operand = found;
        *kind = words[w].kind;
        count++;
    }
    if (world != NULL && (world->kind != NODE_SCALAR || !value_yes_no(world->text, &yes))) {
        faults_add(origin->tree->faults, node_at(world), origin->label,
                   "world: expected yes or no");
        return NULL;
    }
    if (count != 1)
        faults_add(origin->tree->faults, node_at(value), origin->label,
                   "expected one of to, times and plus, found %zu", count);
    return count == 1 ? operand : NULL;
}
