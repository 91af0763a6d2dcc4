#include "reading.h"

#include "formula.h"
#include "models/scenario/fields/scale.h"
#include "suggest.h"
#include "value.h"

#include <stdio.h>
#include <string.h>

#define LIST 256

static const char *
shown(const struct node *node)
{
    static const char *const kinds[] = {"", "a list", "a map"};
    static const char *const empty[] = {"", "an empty list", "an empty map"};

    return node->count > 0 ? kinds[node->kind] : empty[node->kind];
}

/* What to do where NODE is nearly what was expected. */
static const char *
advice(const char *expected, const struct node *node)
{
    bool scalar = node->kind == NODE_SCALAR;

    if (scalar && strstr(expected, "a number") != NULL && strchr(node->text, '%') != NULL)
        return "; a number has no %: 0.95 for 95 %";
    if (scalar && strcmp(expected, "a list of names") == 0)
        return "; a list stands in brackets, [...]";
    if (node->kind == NODE_MAP && strcmp(expected, "a list of maps") == 0)
        return "; a list stands in brackets, [{...}], or each of its maps behind a dash";
    return "";
}

void
reading_refuse(const struct reading *r, const struct node *node, const char *expected)
{
    if (node->kind == NODE_SCALAR && node->formula != NULL)
        faults_add(r->tree->faults, node_at(node), r->path,
                   "expected %s, and what is drawn is such as '%.60s'", expected, node->text);
    else if (node->kind == NODE_SCALAR)
        faults_add(r->tree->faults, node_at(node), r->path, "expected %s, found '%.60s'%s",
                   expected, node->text, advice(expected, node));
    else
        faults_add(r->tree->faults, node_at(node), r->path, "expected %s, found %s%s", expected,
                   shown(node), advice(expected, node));
}

static size_t
words_count(const char *const *words)
{
    size_t count = 0;

    while (words[count] != NULL)
        count++;
    return count;
}

int
reading_word(const struct reading *r, const struct node *node, const char *const *words)
{
    char list[LIST] = "";
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

const char *
reading_expected_whole(const char *text)
{
    return strpbrk(text, "0123456789") != NULL ? "a whole number, in digits alone (such as 1040)"
                                               : "a whole number";
}

/* A duration without a unit is the commonest slip: say which units fit. */
const char *
reading_expected(enum field_type type, const char *text)
{
    double number;

    if (type == FIELD_DURATION && value_number(text, &number))
        return "a unit after the number (d, h, min, wk, mo or y)";
    if (type == FIELD_RATE_STEPS && value_number(text, &number))
        return "a rate with its unit (such as / d or / y)";
    if (type == FIELD_COUNT_STEPS)
        return reading_expected_whole(text);
    return field_type_text(type);
}

bool
reading_reach(const struct reading *r, const struct node *node, double low, double high,
              const char *unit)
{
    double least, most;

    if (node->formula == NULL || r->tree->draws == NULL)
        return true;
    formula_reach(r->tree->draws, node->formula, &least, &most);
    if (least >= low && most <= high)
        return true;
    faults_add(
        r->tree->faults, node_at(node), r->path,
        "expected from %g%s to %g%s, and what is drawn reaches %g%s; a uniform or triangular "
        "distribution stays within its ends",
        low, unit, high, unit, least < low ? least : most, unit);
    return false;
}

/* A share above its range and without a sign is most often one in per cent. */
static void
refuse_range(const struct reading *r, const struct node *node, const struct scale *scale,
             double low, double high)
{
    double number;
    char meant[96] = "";

    if (scale->parse == value_share && value_number(node->text, &number) && number > high &&
        number >= 5 && number <= 100 * high)
        snprintf(meant, sizeof meant, "; did you mean %.30s %% or %g?", node->text, number / 100);
    faults_add(r->tree->faults, node_at(node), r->path,
               "expected from %g%s to %g%s, found '%.60s'%s", low, scale->unit, high, scale->unit,
               node->text, meant);
}

bool
reading_number(const struct reading *r, const struct node *node, enum field_type type, double low,
               double high, double *value)
{
    const struct scale *scale = scale_of_type(type);

    if (node->unread) /* its fault has been said */
        return false;
    if (node->kind != NODE_SCALAR || !scale->parse(node->text, value)) {
        reading_refuse(r, node,
                       node->kind == NODE_SCALAR ? reading_expected(type, node->text)
                                                 : field_type_text(type));
        return false;
    }
    if (*value < low || *value > high) {
        refuse_range(r, node, scale, low, high);
        return false;
    }
    return reading_reach(r, node, low, high, scale->unit);
}

void *
reading_room(const struct reading *r, const struct node *node, size_t count, size_t size)
{
    void *memory = tree_allocate(r->tree, count * size);

    if (memory == NULL)
        faults_add(r->tree->faults, node_at(node), r->path, "no memory for it");
    return memory;
}
