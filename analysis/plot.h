#ifndef ANALYSIS_PLOT_H
#define ANALYSIS_PLOT_H
/* A picture of lines over time, in text. */

#include <stddef.h>

struct plot_line {
    const double *value; /* [columns]; what is not finite is left out */
    char letter;
};

#define PLOT_MARGIN 10 /* columns that the scale takes */

/* LINES of them, one letter each, later ones over earlier ones, HEIGHT rows by COLUMNS. TEXT has
 * room for plot_size. Empty where no value is finite. */
size_t plot_size(size_t height, size_t columns);
void plot_text(char *text, const struct plot_line *line, size_t lines, size_t height,
               size_t columns);

#endif
