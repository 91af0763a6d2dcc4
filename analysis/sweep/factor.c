#include "factor.h"

#include "models/scenario/uncertain.h"
#include "models/scenario/value.h"
#include "sim/engine/calendar.h"
#include "sim/engine/distribution.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands for the ends of a distribution without any: drawn once in 10^9 draws. */
#define RARE 1e-9

/* Which of to, times and plus NODE has: one, as design_file.h saw to. */
static const struct node *
way_of(const struct factor_object *asked, enum change_kind *change)
{
    const struct node *const ways[] = {
        [CHANGE_TO] = asked->to, [CHANGE_TIMES] = asked->times, [CHANGE_PLUS] = asked->plus};

    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++)
        if (ways[w] != NULL) {
            *change = (enum change_kind)w;
            return ways[w];
        }
    return NULL;
}

static bool
refuse(struct tree *tree, const struct node *node, const char *name, const char *what)
{
    faults_add(tree->faults, node_at(node), name, "%s", what);
    return false;
}

/* A range without a step is read as one of two values, its ends. */
static bool
read_range(struct factor *factor, const struct node *node, const char *step, struct tree *tree)
{
    struct error err = {0};

    factor->kind = step != NULL ? FACTOR_STEPS : FACTOR_RANGE;
    int status = step != NULL ? ladder_read(&factor->ladder, node->text, step, &err)
                              : ladder_read_ends(&factor->ladder, node->text, &err);
    if (status != OK)
        return refuse(tree, node, factor->name, err.message);
    factor->low = factor->ladder.low;
    factor->high = factor->ladder.low + factor->ladder.step;
    factor->unit = factor->ladder.unit;
    return true;
}

bool
factor_takes(const struct node *value)
{
    return value->kind == NODE_SCALAR && strlen(value->text) < FACTOR_TEXT &&
           strpbrk(value->text, "\r\n") == NULL;
}

static bool
read_list(struct factor *factor, const struct node *node, struct tree *tree)
{
    if (node->count == 0)
        return refuse(tree, node, factor->name, "there is no value: give one at least");
    for (size_t i = 0; i < node->count; i++)
        if (!factor_takes(node->child[i]))
            return refuse(tree, node->child[i], factor->name,
                          "expected a value in one line, of 127 bytes at most, such as 0.9, 14 d "
                          "or 2027-01-01");
    factor->kind = FACTOR_LIST;
    factor->list = node;
    return true;
}

static bool
read_distribution_of(struct factor *factor, const struct node *node, struct tree *tree)
{
    factor->kind = FACTOR_DISTRIBUTION;
    factor->distribution =
        uncertain_distribution(tree, node, factor->change, factor->name, &factor->unit);
    return factor->distribution != NULL;
}

/* PATH as the key of a line of YAML: names of places may hold what would end it, as 'House #2'
 * does.
 */
static const char *
key_of(struct tree *tree, const char *path)
{
    size_t size = strlen(path);
    bool plain = (isalpha((unsigned char)path[0]) != 0) && strstr(path, ": ") == NULL &&
                 strstr(path, " #") == NULL && path[size - 1] != ':';
    char *key = plain ? NULL : tree_allocate(tree, 2 * size + 3), *end = key;

    if (key == NULL)
        return path;
    *end++ = '\'';
    for (; *path != '\0'; path++) {
        if (*path == '\'')
            *end++ = '\'';
        *end++ = *path;
    }
    *end = '\'';
    return key;
}

bool
factor_read(struct factor *factor, const struct factor_object *asked, size_t levels,
            struct tree *tree)
{
    bool good = false;

    *factor = (struct factor){.name = asked->name != NULL ? asked->name : asked->path,
                              .path = asked->path,
                              .source = asked->source,
                              .key = asked->path != NULL ? key_of(tree, asked->path) : NULL,
                              .world = asked->world,
                              .unit = ""};
    const struct node *way = way_of(asked, &factor->change);
    if (way == NULL)
        return false;
    factor->way = way;
    if (asked->step != NULL && way->kind != NODE_SCALAR)
        return refuse(tree, node_where(asked->node, "step"), factor->name,
                      "a list or a distribution has no step: leave it out, or give a range A..B");
    switch (way->kind) {
    case NODE_SCALAR:
        good = read_range(factor, way, asked->step, tree);
        break;
    case NODE_LIST:
        good = read_list(factor, way, tree);
        break;
    case NODE_MAP:
        good = read_distribution_of(factor, way, tree);
        break;
    }
    size_t values = good ? factor_values(factor) : 0;
    if (values > 0 && asked->levels > 0)
        return refuse(tree, node_where(asked->node, "levels"), factor->name,
                      "its values are counted already: leave levels out");
    factor->levels = values > 0 ? values : asked->levels > 0 ? (size_t)asked->levels : levels;
    return good;
}

size_t
factor_values(const struct factor *factor)
{
    switch (factor->kind) {
    case FACTOR_STEPS:
        return factor->ladder.count;
    case FACTOR_LIST:
        return factor->list->count;
    case FACTOR_RANGE:
    case FACTOR_DISTRIBUTION:
        break;
    }
    return 0;
}

/* NUMBER and the factor's unit, in the fewest digits that read back as the same. */
static void
write_number(const struct factor *factor, double number, char text[FACTOR_TEXT])
{
    char digits[32];

    change_write_number(number, digits);
    snprintf(text, FACTOR_TEXT, "%s%s", digits, factor->unit);
}

/* A day of a range of dates, each day alike. */
static void
write_date(const struct factor *factor, double u, char text[FACTOR_TEXT])
{
    double days = factor->ladder.span.days + 1.0;
    int32_t day = (int32_t)fmin(floor(u * days), days - 1);

    calendar_write(factor->ladder.first + day, text);
}

/* Which of VALUES, all alike, is at U. */
static size_t
level_at(double u, size_t values)
{
    return (size_t)fmin(floor(u * (double)values), (double)values - 1);
}

double
factor_place(const struct factor *factor, double u)
{
    size_t values = factor_values(factor);

    return values > 1 ? (double)level_at(u, values) / (double)(values - 1) : u;
}

const char *
factor_write(const struct factor *factor, double u, char text[FACTOR_TEXT])
{
    size_t values = factor_values(factor);

    if (values > 0)
        return factor_write_level(factor, level_at(u, values), text);
    if (factor->kind == FACTOR_DISTRIBUTION)
        write_number(factor,
                     distribution_quantile(factor->distribution, fmax(RARE, fmin(1 - RARE, u))),
                     text);
    else if (factor->ladder.dates)
        write_date(factor, u, text);
    else
        write_number(factor, factor->low + (factor->high - factor->low) * u, text);
    return text;
}

const char *
factor_write_level(const struct factor *factor, size_t level, char text[FACTOR_TEXT])
{
    switch (factor->kind) {
    case FACTOR_STEPS:
        ladder_write(&factor->ladder, level, text);
        return text;
    case FACTOR_LIST:
        snprintf(text, FACTOR_TEXT, "%s", factor->list->child[level]->text);
        return text;
    case FACTOR_RANGE:
        return factor_write(
            factor, factor->levels > 1 ? (double)level / (double)(factor->levels - 1) : 0.5, text);
    case FACTOR_DISTRIBUTION:
        break;
    }
    return factor_write(factor, ((double)level + 0.5) / (double)factor->levels, text);
}

size_t
factor_line(const struct factor *factor, const char *value, char *line, size_t size)
{
    static const char *const words[] = {"to", "times", "plus"};
    int length = 0;

    if (size > 0)
        line[0] = '\0';
    if (factor->path == NULL)
        return 0;
    if (factor->change == CHANGE_TO && !factor->world)
        length = snprintf(line, size, "%s: %s", factor->key, value);
    else
        length = snprintf(line, size, "%s: {%s: %s%s}", factor->key, words[factor->change], value,
                          factor->world ? ", world: yes" : "");
    return length > 0 ? (size_t)length : 0;
}

static bool
parse_date(const char *value, double *number)
{
    int32_t day;
    bool good = calendar_parse(value, &day);

    *number = good ? (double)day : NAN;
    return good;
}

/* How a value may be written, and in what its number is then: as udunits has it. */
static const struct {
    bool (*parse)(const char *value, double *number);
    const char *units;
} ways_to_write[] = {
    {parse_date, "days since 1970-01-01"},
    {value_number, "1"},
    {value_share, "1"},
    {value_duration, "d"},
    {value_rate, "d-1"},
};

double
factor_number(const char *value)
{
    double number;

    for (size_t w = 0; w < sizeof ways_to_write / sizeof *ways_to_write; w++)
        if (ways_to_write[w].parse(value, &number))
            return number;
    return NAN;
}

const char *
factor_units(const char *value)
{
    double number;

    for (size_t w = 0; w < sizeof ways_to_write / sizeof *ways_to_write; w++)
        if (ways_to_write[w].parse(value, &number))
            return ways_to_write[w].units;
    return NULL;
}
