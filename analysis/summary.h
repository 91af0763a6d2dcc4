#ifndef ANALYSIS_SUMMARY_H
#define ANALYSIS_SUMMARY_H
/* Means over replications, day by day, and what follows from them. */

#include "sim/store.h"

struct daily {
    size_t days, replications;
    double *mean; /* [days], over replications, summed over the series' last dimension */
    double *low;  /* [days]: the 10th percentile over replications */
    double *high; /* [days]: the 90th */
};

/* Read a series of the nation (dimensions time, or time and one more). COLUMN: one entry of the
 * last dimension; -1: their sum. Returns BAD_INPUT when there is no such series. */
int daily_read(struct daily *daily, struct store *store, const char *series, int column,
               struct error *err);
void daily_free(struct daily *daily);

/* Mean of the days FROM .. TO - 1. */
double daily_mean(const struct daily *daily, size_t from, size_t to);

/* A picture in text: LINES of them over time, one letter each, HEIGHT rows by WIDTH columns, with
 * the scale on the left. TEXT has room for (HEIGHT + 1) * (WIDTH + 16). */
struct plot_line {
    const double *value;
    char letter;
};
void plot_text(char *text, const struct plot_line *line, size_t lines, size_t days, int height,
               int width);

#endif
