#include "sources.h"

#include "command.h"
#include "csv.h"
#include "text.h"

#include "analysis/sources.h"

#include "models/scenario/scenario.h"

#include <stdio.h>
#include <stdlib.h>

/* What stands in ROW, with a word where it is drawn; the caller frees it; NULL: no memory. */
static char *
row_text(const struct number_row *row)
{
    char *value = sources_value(row), *text = NULL;

    if (value != NULL && asprintf(&text, "%s%s", value, row->drawn ? " (drawn)" : "") < 0)
        text = NULL;
    free(value);
    return text;
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

/* Each source with what comes from it. PRINTED [lines]: which are there already. */
static void
print_by_source(const struct source_lines *lines, bool *printed)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct number_row *first = lines->row[i];
        if (printed[i] || !sources_has(first))
            continue;
        printf("%s  ", sources_grade[first->grade]);
        text_wrap(stdout, first->text, 3, 3);
        for (size_t j = i; j < lines->count; j++)
            if (!printed[j] && number_row_same_source(lines->row[j], first)) {
                printed[j] = true;
                print_row(lines->row[j]);
            }
        printf("\n");
    }
}

static void
print_chosen(const struct source_lines *lines)
{
    bool any = false;

    for (size_t i = 0; i < lines->count; i++) {
        if (!lines->row[i]->chosen)
            continue;
        if (!any)
            printf("chosen for the run, no source needed and not counted\n");
        any = true;
        print_row(lines->row[i]);
    }
    printf("%s", any ? "\n" : "");
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
print_without(const struct source_lines *lines)
{
    bool any = false;

    for (size_t i = 0; i < lines->count; i++) {
        if (!sources_lacks(lines->row[i]))
            continue;
        if (!any)
            printf("without a source\n");
        any = true;
        print_place(lines->row[i]);
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
        printf(",%zu,%s,", row->numbers, row->chosen ? "chosen" : sources_grade[row->grade]);
        csv_text(stdout, row->text != NULL ? row->text : "");
        fputc(',', stdout);
        csv_text(stdout, at.file);
        printf(",%d\n", at.line);
        free(text);
    }
}

static void
print_table(const struct source_lines *lines, bool *printed, const size_t count[GRADES])
{
    size_t all = count[GRADE_A] + count[GRADE_B] + count[GRADE_C] + count[GRADE_NONE];

    print_by_source(lines, printed);
    print_chosen(lines);
    print_without(lines);
    printf("%zu number%s: %zu A, %zu B, %zu C, %zu without a source\n", all, all == 1 ? "" : "s",
           count[GRADE_A], count[GRADE_B], count[GRADE_C], count[GRADE_NONE]);
}

int
print_sources(struct scenario *scenario, bool csv)
{
    struct number_rows numbers;
    struct source_lines lines = {NULL, 0};
    size_t count[GRADES];
    int status = numbers_list(&scenario->tree, &numbers);

    if (status == OK)
        status = sources_lines(&lines, &numbers);
    bool *printed = status == OK ? calloc(lines.count + 1, sizeof *printed) : NULL;
    if (printed == NULL) {
        free(lines.row);
        fprintf(stderr, "doorstroom check: no memory for the numbers\n");
        return EXIT_ENVIRONMENT;
    }
    sources_count(&numbers, count);
    if (csv)
        print_csv(&numbers);
    else
        print_table(&lines, printed, count);
    free(printed);
    free(lines.row);
    return count[GRADE_NONE] > 0 ? EXIT_DIFFERENT : EXIT_DONE;
}
