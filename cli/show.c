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

static int32_t
start_of(struct store *store)
{
    const char *units = store_text(store, "time", "units");
    int32_t day = 0;

    if (units != NULL && strncmp(units, "days since ", 11) == 0)
        calendar_parse(units + 11, &day);
    return day;
}

/* The next first of January after DAY, as days from START. */
static size_t
year_end(int32_t start, size_t day, size_t days)
{
    struct date date = calendar_date(start + (int32_t)day);
    size_t end = (size_t)(calendar_day((struct date){date.year + 1, 1, 1}) - start);

    return end < days ? end : days;
}

static void
print_table(const struct daily *daily, int32_t start)
{
    printf("%-24s", "from, days");
    for (size_t c = 0; c < COLUMNS; c++)
        printf(" %10s", columns[c].heading);
    printf("\n");
    for (size_t day = 0; day < daily[0].days;) {
        char date[CALENDAR_TEXT];
        size_t end = year_end(start, day, daily[0].days);
        calendar_write(start + (int32_t)day, date);
        printf("%s, %3zu days    ", date, end - day);
        for (size_t c = 0; c < COLUMNS; c++) {
            double mean = daily_mean(&daily[c], day, end);
            printf(" %10.0f", columns[c].total ? mean * (double)(end - day) : mean);
        }
        printf("\n");
        day = end;
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
    int32_t start = start_of(store);
    int status = OK;

    for (size_t c = 0; c < COLUMNS && status == OK; c++)
        status = daily_read(&daily[c], store, columns[c].series, -1, err);
    if (status == OK) {
        struct plot_line lines[] = {
            {daily[1].mean, '-'}, {daily[0].low, '.'}, {daily[0].high, '.'}, {daily[0].mean, '*'}};
        printf("mean over %zu replications; each year's mean, entries in all\n\n",
               daily[0].replications);
        print_table(daily, start);
        printf("\n * population (. one in ten below, one in ten above)   - capacity\n");
        print_plot(lines, 4, daily[0].days);
    }
    for (size_t c = 0; c < COLUMNS; c++)
        daily_free(&daily[c]);
    return status;
}

static int
show_series(struct store *store, const char *series, struct error *err)
{
    struct daily daily;
    int32_t start = start_of(store);
    int status = daily_read(&daily, store, series, -1, err);

    if (status == OK) {
        struct plot_line lines[] = {{daily.low, '.'}, {daily.high, '.'}, {daily.mean, '*'}};
        printf("%s: mean over %zu replications, and the 10th and 90th percentile\n", series,
               daily.replications);
        for (size_t day = 0; day < daily.days;) {
            char date[CALENDAR_TEXT];
            size_t end = year_end(start, day, daily.days);
            calendar_write(start + (int32_t)day, date);
            printf("%s  %12.2f\n", date, daily_mean(&daily, day, end));
            day = end;
        }
        print_plot(lines, 3, daily.days);
    } else {
        for (size_t v = 0; v < store_variables(store); v++)
            fprintf(stderr, "%s%s", v > 0 ? ", " : "series: ", store_variable(store, v));
        fprintf(stderr, "\n");
    }
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
