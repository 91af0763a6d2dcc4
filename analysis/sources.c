#include "sources.h"

#include "models/scenario/formula.h"

#include "sim/engine/calendar.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const sources_grade[GRADES] = {
    [GRADE_NONE] = "", [GRADE_A] = "A", [GRADE_B] = "B", [GRADE_C] = "C"};

#define DRAWN_DIGITS 4 /* of a median: more of them would say more than is known */

/* What stands for a value that is drawn, its median: the number rounded, and its unit. */
static void
write_drawn(FILE *to, const char *text)
{
    char rounded[64], *unit;
    double number = strtod(text, &unit);
    int32_t day;

    if (unit == text || calendar_parse(text, &day)) {
        fputs(text, to);
        return;
    }
    snprintf(rounded, sizeof rounded, "%.*e", DRAWN_DIGITS - 1, number);
    fprintf(to, "%.*g%s", DBL_DIG, strtod(rounded, NULL), unit);
}

/* A value as a scenario writes it, on one line: 5 %, [1, 1.05], {2026-01-01: 40}. */
static void
write_value(FILE *to, const struct node *node)
{
    const char *open = node->kind == NODE_LIST ? "[" : "{";
    const char *close = node->kind == NODE_LIST ? "]" : "}";

    if (node->kind == NODE_SCALAR) {
        if (node->formula != NULL)
            write_drawn(to, node->text);
        else
            fputs(node->text, to);
        return;
    }
    fputs(open, to);
    for (size_t i = 0; i < node->count; i++) {
        fputs(i > 0 ? ", " : "", to);
        if (node->kind == NODE_MAP)
            fprintf(to, "%s: ", node->key[i]->text);
        if (node->child[i] != NULL)
            write_value(to, node->child[i]);
    }
    fputs(close, to);
}

/* The values of the rows that belong to GROUP, each behind the end of its path. */
static void
write_group(FILE *to, const struct number_row *group)
{
    size_t length = strlen(group->path);
    bool first = true;

    for (size_t i = 1; i <= group->below; i++) {
        if (group[i].below > 0)
            continue;
        const char *rest = group[i].path + length;
        fprintf(to, "%s%s ", first ? "" : ", ", rest + (*rest == '.'));
        write_value(to, group[i].value);
        first = false;
    }
}

char *
sources_value(const struct number_row *row)
{
    char *text = NULL;
    size_t size;
    FILE *to = open_memstream(&text, &size);

    if (to == NULL)
        return NULL;
    if (row->below > 0)
        write_group(to, row);
    else
        write_value(to, row->value);
    if (fclose(to) == 0)
        return text;
    free(text);
    return NULL;
}

bool
sources_has(const struct number_row *row)
{
    return row->grade != GRADE_NONE;
}

bool
sources_lacks(const struct number_row *row)
{
    return row->below == 0 && !row->chosen && !sources_has(row);
}

const char *
sources_draw(const struct tree *tree, const struct number_row *row)
{
    const struct formula *formula = row->below == 0 ? row->value->formula : NULL;

    if (formula == NULL || formula->kind == FORMULA_SCALED)
        return NULL;
    return tree->draws->draw[formula_origin(formula)].name;
}

int
sources_lines(struct source_lines *lines, const struct number_rows *numbers)
{
    *lines = (struct source_lines){calloc(numbers->count + 1, sizeof *lines->row), 0};
    if (lines->row == NULL)
        return NO_MEMORY;
    for (size_t i = 0; i < numbers->count; i++) {
        const struct number_row *row = &numbers->row[i];
        if (row->below > 0 && !(row->one && sources_has(row)))
            continue;
        lines->row[lines->count++] = row;
        i += row->below;
    }
    return OK;
}

void
sources_count(const struct number_rows *numbers, size_t count[GRADES])
{
    for (size_t g = 0; g < GRADES; g++)
        count[g] = 0;
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->row[i].below == 0 && !numbers->row[i].chosen)
            count[numbers->row[i].grade] += numbers->row[i].numbers;
}
