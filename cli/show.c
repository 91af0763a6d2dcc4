#include "command.h"

#include "analysis/summary.h"
#include "sim/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEIGHT 14
#define WIDTH  72

/* Columns of the table: a series of the nation, and how a year of it is told. */
static const struct column {
    const char *series, *heading;
    bool total; /* the sum of the year, not its mean */
} columns[] = {
    {"population", "population", false},
    {"capacity", "capacity", false},
    {"above_capacity", "above", false},
    {"floor_sleepers", "on floor", false},
    {"house_residents", "in houses", false},
    {"waiting_for_house", "wait house", false},
    {"entries", "entries", true},
};
#define COLUMNS (sizeof columns / sizeof *columns)

/* When the rows of the nation begin: days since 1970-01-01, by the tick that the result keeps. */
struct axis {
    const char *word; /* what a row is */
    size_t rows;
    int32_t *begins; /* [rows] */
};

/* The axis that has as many rows as a series; without one, days from 0. */
static int
find_axis(struct axis *axis, struct store *store, size_t rows)
{
    static const char *const names[][2] = {
        {"time", "days"}, {"week", "weeks"}, {"month", "months"}, {"year", "years"}};

    *axis = (struct axis){"rows", rows, calloc(rows + 1, sizeof *axis->begins)};
    if (axis->begins == NULL)
        return NO_MEMORY;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size = 0;
        const int32_t *value = store_coordinate(store, names[i][0], &size);
        int32_t start = 0;
        if (value == NULL || size != rows)
            continue;
        memcpy(axis->begins, value, rows * sizeof *value);
        const char *units = store_text(store, names[i][0], "units");
        if (units != NULL && strncmp(units, "days since ", 11) == 0)
            calendar_parse(units + 11, &start);
        for (size_t row = 0; row < rows; row++)
            axis->begins[row] += start;
        axis->word = names[i][1];
        return OK;
    }
    return OK;
}

/* The first row of the year after ROW's. */
static size_t
year_end(const struct axis *axis, size_t row)
{
    int year = calendar_date(axis->begins[row]).year;

    while (row < axis->rows && calendar_date(axis->begins[row]).year == year)
        row++;
    return row;
}

static void
print_table(const struct daily *daily, const struct axis *axis)
{
    printf("from, %-18s", axis->word);
    for (size_t c = 0; c < COLUMNS; c++)
        printf(" %10s", columns[c].heading);
    printf("\n");
    for (size_t row = 0; row < axis->rows;) {
        char date[CALENDAR_TEXT];
        size_t end = year_end(axis, row);
        calendar_write(axis->begins[row], date);
        printf("%s, %3zu %-8s", date, end - row, axis->word);
        for (size_t c = 0; c < COLUMNS; c++) {
            double times = columns[c].total ? (double)(end - row) : 1;
            if (daily[c].days > 0)
                printf(" %10.0f", times * daily_mean(&daily[c], row, end));
            else
                printf(" %10s", "");
        }
        printf("\n");
        row = end;
    }
}

static void
print_plot(const struct plot_line *line, size_t lines, size_t days)
{
    char *text = malloc((HEIGHT + 1) * (WIDTH + 16));

    if (text == NULL || days < 2) {
        free(text);
        return;
    }
    plot_text(text, line, lines, days, HEIGHT, WIDTH);
    printf("%s", text);
    free(text);
}

static int
show_summary(struct store *store, struct error *err)
{
    struct daily daily[COLUMNS] = {{0}};
    struct axis axis = {0};
    int status = OK;

    for (size_t c = 0; c < COLUMNS && status == OK; c++) {
        status = daily_read(&daily[c], store, columns[c].series, -1, err);
        if (status == BAD_INPUT && c > 0) { /* not kept: its column stays empty */
            status = OK;
            daily[c] = (struct daily){0};
        }
    }
    if (status == OK && find_axis(&axis, store, daily[0].days) != OK)
        status = error_set(err, NO_MEMORY, "no memory for the table");
    if (status == OK) {
        struct plot_line lines[] = {
            {daily[0].low, '.'}, {daily[0].high, '.'}, {daily[0].mean, '*'}, {daily[1].mean, '-'}};
        printf("mean over %zu replications; each year's mean, entries in all\n\n",
               daily[0].replications);
        print_table(daily, &axis);
        printf("\n * population (. one in ten below, one in ten above)   - capacity\n");
        print_plot(lines, daily[1].days > 0 ? 4 : 3, daily[0].days);
    }
    free(axis.begins);
    for (size_t c = 0; c < COLUMNS; c++)
        daily_free(&daily[c]);
    return status;
}

static void
list_series(struct store *store)
{
    for (size_t v = 0; v < store_variables(store); v++)
        fprintf(stderr, "%s%s", v > 0 ? ", " : "series: ", store_variable(store, v));
    fprintf(stderr, "\n");
}

static int
show_series(struct store *store, const char *series, struct error *err)
{
    struct daily daily;
    struct axis axis = {0};
    int status = daily_read(&daily, store, series, -1, err);

    if (status != OK)
        list_series(store);
    else if (find_axis(&axis, store, daily.days) != OK)
        status = error_set(err, NO_MEMORY, "no memory for the table");
    if (status == OK) {
        struct plot_line lines[] = {{daily.low, '.'}, {daily.high, '.'}, {daily.mean, '*'}};
        printf("%s: mean over %zu replications, and the 10th and 90th percentile\n", series,
               daily.replications);
        for (size_t row = 0; row < daily.days;) {
            char date[CALENDAR_TEXT];
            size_t end = year_end(&axis, row);
            calendar_write(axis.begins[row], date);
            printf("%s  %12.2f\n", date, daily_mean(&daily, row, end));
            row = end;
        }
        print_plot(lines, 3, daily.days);
    }
    free(axis.begins);
    daily_free(&daily);
    return status;
}

int
command_show(const struct options *options)
{
    struct store *store;
    struct error err = {0};
    int status = store_open(&store, options->argument[0], &err);

    if (status == OK) {
        const char *title = store_text(store, NULL, "title");
        printf("%s: %s\n", options->argument[0], title != NULL ? title : "");
        status = options->argument[1] != NULL ? show_series(store, options->argument[1], &err)
                                              : show_summary(store, &err);
    }
    if (status != OK)
        fprintf(stderr, "doorstroom show: %s\n", err.message);
    store_close(store);
    return exit_for(status);
}
