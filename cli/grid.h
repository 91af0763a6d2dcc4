#ifndef CLI_GRID_H
#define CLI_GRID_H
/* A table for other programs: filled cell by cell, printed as CSV, JSON or Markdown. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum grid_format { GRID_TEXT, GRID_CSV, GRID_JSON, GRID_MARKDOWN, GRID_FORMATS };

/* The format called WORD (NULL: text, which a command prints itself); GRID_FORMATS, having said on
 * stderr which there are: none is. */
enum grid_format grid_format_read(const char *command, const char *word);

struct grid {
    const char *const *column; /* [columns]: names, in JSON the keys */
    size_t columns;
    struct grid_cell {
        char *text; /* NULL: a number */
        double number;
    } * cell;
    size_t cells, room;
    bool lost; /* no memory for a cell */
};

/* The next cell, row by row: a text (NULL: none), or a number (NaN: none). */
void grid_text(struct grid *grid, const char *text);
void grid_number(struct grid *grid, double number);

/* Print all rows in FORMAT; false, having said so: there was no memory. */
bool grid_print(const struct grid *grid, enum grid_format format, FILE *to);
void grid_free(struct grid *grid);

#endif
