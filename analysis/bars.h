#ifndef ANALYSIS_BARS_H
#define ANALYSIS_BARS_H
/* A picture of bars from 0 with their intervals, a row each, as an SVG 800 pixels wide that any
 * browser, word processor or LaTeX takes. Colours are those that all eyes tell apart (Okabe and Ito
 * 2008), and of another darkness as well, for paper in grey. */

#include "interval.h"

#include <stddef.h>
#include <stdio.h>

#define BARS_MOST_ROWS   40
#define BARS_MOST_SERIES 2
#define BARS_CAPTION     112 /* characters of a line of the caption that fit */

struct bars_row {
    char label[256], number[40];          /* before the bars and behind them */
    struct interval of[BARS_MOST_SERIES]; /* without a value there is no bar */
};

/* Texts are UTF-8 that may be shown; what is too long is cut in the middle. */
struct bars {
    const char *title, *subtitle;
    const char *axis;        /* what the values are, with their unit */
    const char *number_name; /* what stands behind the bars */
    const char *series_name[BARS_MOST_SERIES];
    const char *const *caption; /* [captions]: lines */
    size_t captions, rows, series;
    const struct bars_row *row; /* [rows] */
    double low, high;           /* the axis holds both, 0, and every end of an interval */
};

/* Write the first BARS_MOST_ROWS of BARS; how many rows are left out, a line of the picture says.
 */
void bars_write(FILE *to, const struct bars *bars);

#endif
