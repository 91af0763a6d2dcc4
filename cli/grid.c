#include "grid.h"

#include "csv.h"
#include "text.h"

#include "sim/base/array.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[GRID_FORMATS] = {
    [GRID_TEXT] = "text", [GRID_CSV] = "csv", [GRID_JSON] = "json", [GRID_MARKDOWN] = "markdown"};

enum grid_format
grid_format_read(const char *command, const char *word)
{
    char safe[128];

    if (word == NULL)
        return GRID_TEXT;
    for (int f = 0; f < GRID_FORMATS; f++)
        if (strcmp(words[f], word) == 0)
            return (enum grid_format)f;
    fprintf(stderr, "doorstroom %s: --format is text, csv, json or markdown, not '%s'\n", command,
            text_safe(word, 40, safe, sizeof safe));
    return GRID_FORMATS;
}

static struct grid_cell *
next_cell(struct grid *grid)
{
    if (!array_room(grid->cell, grid->room, grid->cells + 1)) {
        grid->lost = true;
        return NULL;
    }
    return &grid->cell[grid->cells++];
}

void
grid_text(struct grid *grid, const char *text)
{
    struct grid_cell *cell = next_cell(grid);

    if (cell == NULL)
        return;
    *cell = (struct grid_cell){strdup(text != NULL ? text : ""), NAN};
    grid->lost |= cell->text == NULL;
}

void
grid_number(struct grid *grid, double number)
{
    struct grid_cell *cell = next_cell(grid);

    if (cell != NULL)
        *cell = (struct grid_cell){NULL, number};
}

static void
print_csv(const struct grid *grid, FILE *to)
{
    assert(grid->columns > 0);
    for (size_t c = 0; c < grid->columns; c++)
        fprintf(to, "%s%s", c > 0 ? "," : "", grid->column[c]);
    for (size_t i = 0; i < grid->cells; i++) {
        fputs(i % grid->columns == 0 ? "\n" : ",", to);
        if (grid->cell[i].text != NULL)
            csv_text(to, grid->cell[i].text);
        else if (!isnan(grid->cell[i].number))
            csv_number(to, grid->cell[i].number);
    }
    fputs("\n", to);
}

/* A name of a result that is no UTF-8 is told as a terminal would be. */
static json_t *
json_of(const struct grid_cell *cell)
{
    char safe[1024];
    json_t *text = cell->text != NULL ? json_string(cell->text) : NULL;

    if (cell->text != NULL)
        return text != NULL ? text : json_string(text_safe(cell->text, 0, safe, sizeof safe));
    return isfinite(cell->number) ? json_real(cell->number) : json_null();
}

/* An array of an object for each row; what has no value is null. */
static bool
print_json(const struct grid *grid, FILE *to)
{
    json_t *rows = json_array(), *row = NULL;
    bool good = rows != NULL;

    for (size_t i = 0; i < grid->cells && good; i++) {
        if (i % grid->columns == 0)
            good = json_array_append_new(rows, row = json_object()) == 0;
        good = good && json_object_set_new(row, grid->column[i % grid->columns],
                                           json_of(&grid->cell[i])) == 0;
    }
    char *text = good ? json_dumps(rows, JSON_INDENT(1) | JSON_REAL_PRECISION(17)) : NULL;
    json_decref(rows);
    if (text != NULL)
        fprintf(to, "%s\n", text);
    free(text);
    return text != NULL;
}

/* What Markdown would read as a bar, as emphasis or as HTML is escaped. */
static void
print_markdown_text(FILE *to, const char *text)
{
    char safe[1024];

    for (text = text_safe(text, 0, safe, sizeof safe); *text != '\0'; text++) {
        if (strchr("|\\`*_<>[]#", *text) != NULL)
            fputc('\\', to);
        fputc(*text, to);
    }
}

static void
print_markdown(const struct grid *grid, FILE *to)
{
    assert(grid->columns > 0);
    for (size_t c = 0; c < grid->columns; c++)
        fprintf(to, "| %s %s", grid->column[c], c + 1 == grid->columns ? "|\n" : "");
    for (size_t c = 0; c < grid->columns; c++) {
        bool number = c < grid->cells && grid->cell[c].text == NULL;
        fprintf(to, "| %s %s", number ? "--:" : "---", c + 1 == grid->columns ? "|\n" : "");
    }
    for (size_t i = 0; i < grid->cells; i++) {
        fputs("| ", to);
        if (grid->cell[i].text != NULL)
            print_markdown_text(to, grid->cell[i].text);
        else if (!isnan(grid->cell[i].number))
            fprintf(to, "%.6g", grid->cell[i].number);
        fputs(i % grid->columns + 1 == grid->columns ? " |\n" : " ", to);
    }
}

bool
grid_print(const struct grid *grid, enum grid_format format, FILE *to)
{
    bool good = !grid->lost;

    if (good && format == GRID_CSV)
        print_csv(grid, to);
    if (good && format == GRID_MARKDOWN)
        print_markdown(grid, to);
    if (good && format == GRID_JSON)
        good = print_json(grid, to);
    if (!good)
        fprintf(stderr, "doorstroom: no memory for the table\n");
    return good;
}

void
grid_free(struct grid *grid)
{
    for (size_t i = 0; i < grid->cells; i++)
        free(grid->cell[i].text);
    free(grid->cell);
    grid->cell = NULL;
    grid->cells = grid->room = 0;
}
