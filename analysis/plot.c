#include "plot.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The least and the largest finite value; false: there is none. */
static bool
find_range(const struct plot_line *line, size_t lines, size_t columns, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < lines; i++)
        for (size_t c = 0; c < columns; c++)
            if (isfinite(line[i].value[c])) {
                *low = fmin(*low, line[i].value[c]);
                *high = fmax(*high, line[i].value[c]);
            }
    return *low <= *high;
}

/* A line of one height would have no scale; nothing goes below zero for it. */
static void
widen(double *low, double *high)
{
    double least = 1e-6 * fmax(fabs(*low), fabs(*high));

    if (*high - *low > least)
        return;
    least = least > 0 ? fmax(least, 0.01 * fabs(*high)) : 1;
    *low = *low >= 0 ? fmax(0, *low - least) : *low - least;
    *high += least;
}

size_t
plot_size(size_t height, size_t columns)
{
    return height * (PLOT_MARGIN + columns + 1) + 1;
}

static void
print_scale(char *row, double value, double span)
{
    char number[32];
    int decimals = span >= 20 ? 0 : span >= 2 ? 1 : span >= 0.2 ? 2 : 3;

    snprintf(number, sizeof number, "%.*f", decimals, value);
    if (strlen(number) > PLOT_MARGIN - 2 || span < 0.02)
        snprintf(number, sizeof number, "%.2g", value);
    number[PLOT_MARGIN - 2] = '\0';
    snprintf(row, PLOT_MARGIN + 1, "%*s |", PLOT_MARGIN - 2, number);
}

/* Take out the blanks at the ends of rows. */
static void
trim_rows(char *text)
{
    char *to = text, *end = text; /* of what is not blank in a row */

    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '\n')
            to = end;
        *to++ = *from;
        if (*from != ' ')
            end = to;
    }
    *to = '\0';
}

void
plot_text(char *text, const struct plot_line *line, size_t lines, size_t height, size_t columns)
{
    size_t row_size = PLOT_MARGIN + columns + 1;
    double low, high;

    *text = '\0';
    if (!find_range(line, lines, columns, &low, &high))
        return;
    widen(&low, &high);
    double steps = (double)height - 1, span = high - low;
    memset(text, ' ', height * row_size);
    for (size_t row = 0; row < height; row++) {
        print_scale(text + row * row_size, high - span * ((double)row / steps), span);
        text[row * row_size + PLOT_MARGIN] = ' '; /* over the end of the scale's text */
        text[(row + 1) * row_size - 1] = '\n';
    }
    for (size_t i = 0; i < lines; i++)
        for (size_t c = 0; c < columns; c++)
            if (isfinite(line[i].value[c])) {
                size_t row = (size_t)((high - line[i].value[c]) / span * steps + 0.5);
                text[row * row_size + PLOT_MARGIN + c] = line[i].letter;
            }
    text[height * row_size] = '\0';
    trim_rows(text);
}
