#include "summary.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One replication's values as one number a day. */
static void
fold(double *day, const double *values, size_t days, size_t width, int column)
{
    for (size_t d = 0; d < days; d++) {
        day[d] = 0;
        for (size_t k = 0; k < width; k++)
            if (column < 0 || (size_t)column == k)
                day[d] += values[d * width + k];
    }
}

static void
summarise(struct daily *daily, double *all, double *across)
{
    size_t n = daily->replications;

    for (size_t d = 0; d < daily->days; d++) {
        for (size_t r = 0; r < n; r++)
            across[r] = all[r * daily->days + d];
        gsl_sort(across, 1, n);
        daily->mean[d] = gsl_stats_mean(across, 1, n);
        daily->low[d] = gsl_stats_quantile_from_sorted_data(across, 1, n, 0.1);
        daily->high[d] = gsl_stats_quantile_from_sorted_data(across, 1, n, 0.9);
    }
}

int
daily_read(struct daily *daily, struct store *store, const char *series, int column,
           struct error *err)
{
    size_t variable = store_find(store, series), shape[LAYOUT_MOST_DIMENSIONS] = {0};
    int rank = variable != SIZE_MAX ? store_shape(store, variable, shape) : 0, status = OK;
    size_t width = rank == 2 ? shape[1] : 1;

    *daily = (struct daily){.days = shape[0], .replications = store_replications(store)};
    if (rank < 1 || rank > 2)
        return error_set(err, BAD_INPUT, "no series of the nation is called '%s'", series);
    size_t n = daily->replications;
    double *values = malloc(daily->days * width * sizeof *values + 1);
    double *all = malloc(daily->days * n * sizeof *all + 1),
           *across = malloc(n * sizeof *across + 1);
    daily->mean = malloc(3 * daily->days * sizeof *daily->mean + 1);
    if (values == NULL || all == NULL || across == NULL || daily->mean == NULL) {
        error_set(err, NO_MEMORY, "no memory to read %s", series);
        status = NO_MEMORY;
    } else {
        daily->low = daily->mean + daily->days;
        daily->high = daily->low + daily->days;
    }
    for (size_t r = 0; r < n && status == OK; r++) {
        status = store_read_doubles(store, variable, r, values, err);
        if (status == OK)
            fold(all + r * daily->days, values, daily->days, width, column);
    }
    if (status == OK)
        summarise(daily, all, across);
    free(values);
    free(all);
    free(across);
    return status;
}

void
daily_free(struct daily *daily)
{
    free(daily->mean);
    *daily = (struct daily){0};
}

double
daily_mean(const struct daily *daily, size_t from, size_t to)
{
    return to > from ? gsl_stats_mean(daily->mean + from, 1, to - from) : 0;
}

static void
find_range(const struct plot_line *line, size_t lines, size_t days, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < lines; i++)
        for (size_t d = 0; d < days; d++) {
            *low = fmin(*low, line[i].value[d]);
            *high = fmax(*high, line[i].value[d]);
        }
    if (*high - *low < 1) {
        *low -= 1;
        *high += 1;
    }
}

void
plot_text(char *text, const struct plot_line *line, size_t lines, size_t days, int height,
          int width)
{
    double low, high;
    int row_size = width + 13;

    find_range(line, lines, days, &low, &high);
    for (int row = 0; row < height; row++) {
        double scale = high - (high - low) * row / (height - 1);
        char *start = text + (size_t)row * (size_t)row_size;
        snprintf(start, (size_t)row_size, "%9.0f |%*s", scale, width, "");
        start[row_size - 1] = '\n';
        start[row_size - 2] = ' ';
    }
    for (size_t i = 0; i < lines; i++)
        for (int column = 0; column < width; column++) {
            size_t day = (size_t)column * (days - 1) / (size_t)(width - 1);
            int row = (int)((high - line[i].value[day]) / (high - low) * (height - 1) + 0.5);
            text[(size_t)row * (size_t)row_size + 11 + (size_t)column] = line[i].letter;
        }
    text[(size_t)height * (size_t)row_size] = '\0';
}
