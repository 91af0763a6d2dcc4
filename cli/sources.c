#include "sources.h"

#include "command.h"
#include "csv.h"
#include "text.h"

#include "models/scenario/numbers.h"
#include "models/scenario/scenario.h"

#include "sim/engine/calendar.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const grade_letters[GRADES] = {
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

/* What stands in ROW, as one text; the caller frees it; NULL: no memory. */
static char *
row_text(const struct number_row *row)
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
    if (row->drawn)
        fputs(" (drawn)", to);
    if (fclose(to) == 0)
        return text;
    free(text);
    return NULL;
}

/* One line of the table: a value, or a map whose numbers all have one source. */
struct line {
    const struct number_row *row;
    bool printed;
};

struct table {
    struct line *line;
    size_t count;
};

static bool
has_source(const struct number_row *row)
{
    return row->grade != GRADE_NONE;
}

/* The lines of NUMBERS: groups of one source stand for their rows; what has none stands alone. */
static bool
make_table(const struct number_rows *numbers, struct table *table)
{
    *table = (struct table){calloc(numbers->count + 1, sizeof *table->line), 0};
    if (table->line == NULL)
        return false;
    for (size_t i = 0; i < numbers->count; i++) {
        const struct number_row *row = &numbers->row[i];
        if (row->below > 0 && !(row->one && has_source(row)))
            continue;
        table->line[table->count++].row = row;
        i += row->below;
    }
    return true;
}

#define INDENT     2
#define COUNT_AT   38
#define VALUE_AT   44
#define MOST_LINES 3 /* of a value: what is longer is cut */

/* PATH, how many NUMBERS, and the value: on one line where the path leaves room. */
static void
print_row(const struct number_row *row)
{
    char path[1024], value[1024];
    char *text = row_text(row);

    text_safe(row->path, TERMINAL_WIDTH - INDENT, path, sizeof path);
    text_safe(text != NULL ? text : "", (MOST_LINES - 1) * (TERMINAL_WIDTH - VALUE_AT), value,
              sizeof value);
    size_t column = INDENT + text_columns(path);
    printf("%*s%s", INDENT, "", path);
    if (column >= COUNT_AT) {
        printf("\n");
        column = 0;
    }
    printf("%*s%4zu  ", COUNT_AT - (int)column, "", row->numbers);
    text_wrap(stdout, value, VALUE_AT, VALUE_AT);
    free(text);
}

/* Each source with what comes from it. */
static void
print_by_source(struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct number_row *first = table->line[i].row;
        if (table->line[i].printed || !has_source(first))
            continue;
        printf("%s  ", grade_letters[first->grade]);
        text_wrap(stdout, first->text, 3, 3);
        for (size_t j = i; j < table->count; j++)
            if (!table->line[j].printed && number_row_same_source(table->line[j].row, first)) {
                table->line[j].printed = true;
                print_row(table->line[j].row);
            }
        printf("\n");
    }
}

static void
print_chosen(const struct table *table)
{
    bool any = false;

    for (size_t i = 0; i < table->count; i++) {
        if (!table->line[i].row->chosen)
            continue;
        if (!any)
            printf("chosen for the run, no source needed and not counted\n");
        any = true;
        print_row(table->line[i].row);
    }
    printf("%s", any ? "\n" : "");
}

/* Whether ROW is to have a source and has none. */
static bool
is_without(const struct number_row *row)
{
    return row->below == 0 && !row->chosen && !has_source(row);
}

#define LEAST_VALUE 8 /* columns, however long the path is */

/* FILE:LINE: PATH: VALUE; what does not fit of the value is cut. */
static void
print_place(const struct number_row *row)
{
    struct position at = node_at(row->value);
    char file[1024], path[1024], value[1024];
    char *text = row_text(row);

    text_safe(at.file, 0, file, sizeof file);
    text_safe(row->path, 0, path, sizeof path);
    size_t column =
        text_columns(file) + text_columns(path) + (size_t)snprintf(NULL, 0, ":%d: : ", at.line);
    size_t room = column + LEAST_VALUE < TERMINAL_WIDTH ? TERMINAL_WIDTH - column : LEAST_VALUE;
    printf("%s:%d: %s: %s\n", file, at.line, path,
           text_safe(text != NULL ? text : "", room, value, sizeof value));
    free(text);
}

static void
print_without(const struct table *table)
{
    bool any = false;

    for (size_t i = 0; i < table->count; i++) {
        if (!is_without(table->line[i].row))
            continue;
        if (!any)
            printf("without a source\n");
        any = true;
        print_place(table->line[i].row);
    }
    printf("%s", any ? "\n" : "");
}

/* A row for each value, whatever it has in common with others. */
static void
print_csv(const struct number_rows *numbers)
{
    printf("path,value,numbers,grade,source,file,line\n");
    for (size_t i = 0; i < numbers->count; i++) {
        const struct number_row *row = &numbers->row[i];
        if (row->below > 0)
            continue;
        char *text = row_text(row);
        struct position at = node_at(row->value);
        csv_text(stdout, row->path);
        fputc(',', stdout);
        csv_text(stdout, text != NULL ? text : "");
        printf(",%zu,%s,", row->numbers, row->chosen ? "chosen" : grade_letters[row->grade]);
        csv_text(stdout, row->text != NULL ? row->text : "");
        fputc(',', stdout);
        csv_text(stdout, at.file);
        printf(",%d\n", at.line);
        free(text);
    }
}

/* How many numbers there are of each grade; those of no grade are without a source. */
static void
count_grades(const struct number_rows *numbers, size_t count[GRADES])
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->row[i].below == 0 && !numbers->row[i].chosen)
            count[numbers->row[i].grade] += numbers->row[i].numbers;
}

int
print_sources(struct scenario *scenario, bool csv)
{
    struct number_rows numbers;
    struct table table = {NULL, 0};
    size_t count[GRADES] = {0};

    if (numbers_list(&scenario->tree, &numbers) != OK || !make_table(&numbers, &table)) {
        fprintf(stderr, "doorstroom check: no memory for the numbers\n");
        return EXIT_ENVIRONMENT;
    }
    count_grades(&numbers, count);
    if (csv) {
        print_csv(&numbers);
    } else {
        print_by_source(&table);
        print_chosen(&table);
        print_without(&table);
        size_t all = count[GRADE_A] + count[GRADE_B] + count[GRADE_C] + count[GRADE_NONE];
        printf("%zu number%s: %zu A, %zu B, %zu C, %zu without a source\n", all,
               all == 1 ? "" : "s", count[GRADE_A], count[GRADE_B], count[GRADE_C],
               count[GRADE_NONE]);
    }
    free(table.line);
    return count[GRADE_NONE] > 0 ? EXIT_DIFFERENT : EXIT_DONE;
}
