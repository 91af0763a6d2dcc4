#include "show_plot.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLOT_HEIGHT 12

/* The dates at both ends of a picture, and between them what a column stands for. */
static void
print_dates(const struct view *view, size_t columns)
{
    char from[CALENDAR_TEXT], to[CALENDAR_TEXT], meaning[40];
    double days =
        (double)(view->time->begins[view->time->size] - view->time->begins[0]) / (double)columns;

    calendar_write(view->time->begins[0], from);
    calendar_write(view->time->begins[view->time->size] - 1, to);
    snprintf(meaning, sizeof meaning, "a column: %.*f day%s", days<10, days, days> 1 ? "s" : "");
    int room = PLOT_COLUMNS - 2 * 10, left = (room - (int)strlen(meaning)) / 2;
    if (columns == PLOT_COLUMNS)
        printf("%*s%s%*s%s%*s\n", PLOT_MARGIN, "", from, left, "", meaning,
               room - left - (int)strlen(meaning) + 10, to);
    else
        printf("%*s%s to %s; %s\n", PLOT_MARGIN, "", from, to, meaning);
}

static void
print_plot(const struct view *view, const struct plot_line *line, size_t lines, size_t columns)
{
    char *text = malloc(plot_size(PLOT_HEIGHT, columns));

    if (text != NULL) {
        plot_text(text, line, lines, PLOT_HEIGHT, columns);
        printf("%s", text);
        if (*text != '\0')
            print_dates(view, columns);
    }
    free(text);
}

/* The mean of one cell in a picture, and where one replication in ten lies below and above. */
void
plot_intervals(const struct view *view, const struct summary *summary)
{
    static const char *const tick_words[][2] = {
        {"time", "day"}, {"week", "week"}, {"month", "month"}, {"year", "year"}};
    size_t n = summary->columns.count;
    double *value = calloc(3 * n + 1, sizeof *value);

    if (value == NULL || n < 2 || !summary->has_picture) {
        free(value);
        return;
    }
    for (size_t c = 0; c < n; c++) {
        value[c] = summary->column[c].mean;
        value[n + c] = summary->column[c].tenth;
        value[2 * n + c] = summary->column[c].ninetieth;
    }
    printf("\n * mean%s", summary->replications > 1 ? "   . one run in ten below, one above" : "");
    for (size_t i = 0; i < 4 && view->method == VIEW_SUM; i++)
        if (strcmp(tick_words[i][0], view->time->name) == 0)
            printf(", a %s", tick_words[i][1]);
    printf("\n");
    const struct plot_line lines[] = {{value + n, '.'}, {value + 2 * n, '.'}, {value, '*'}};
    print_plot(view, lines, 3, n);
    free(value);
}

/* A letter for each label, where there are few. */
void
plot_labels(const struct view *view, const struct summary *summary,
            const struct store_axis *dimension)
{
    enum { MOST_LETTERS = 8 };
    struct plot_line lines[MOST_LETTERS];
    size_t n = summary->columns.count, cells = summary->cells;
    double *value = calloc(n * cells + 1, sizeof *value);

    if (value != NULL && n > 1 && cells <= MOST_LETTERS && summary->has_picture) {
        printf("\n");
        for (size_t k = 0; k < cells; k++) {
            char safe[256];
            size_t room = TERMINAL_WIDTH / cells - 4;
            for (size_t c = 0; c < n; c++)
                value[k * n + c] = summary->column[c * cells + k].mean;
            lines[k] = (struct plot_line){value + k * n, (char)('a' + k)};
            printf(" %c %s ", 'a' + (int)k,
                   text_safe(dimension->label[k], room, safe, sizeof safe));
        }
        printf("\n");
        print_plot(view, lines, cells, n);
    }
    free(value);
}

/* Population and capacity in one picture, or the first column alone. */
void
plot_overview(const struct overview *overview)
{
    const struct overview_column *column = overview->column;
    const struct summary *first = &column[0].summary,
                         *second = &column[overview->count > 1].summary;
    size_t n = first->columns.count;
    bool both = overview->count > 1 && strcmp(column[0].series->series, "population") == 0 &&
                strcmp(column[1].series->series, "capacity") == 0 && second->columns.count == n;
    double *value = both && n > 1 ? calloc(4 * n, sizeof *value) : NULL;

    if (value == NULL) {
        plot_intervals(&column[0].view, first);
        return;
    }
    for (size_t c = 0; c < n; c++) {
        value[c] = first->column[c].tenth;
        value[n + c] = first->column[c].ninetieth;
        value[2 * n + c] = second->column[c].mean;
        value[3 * n + c] = first->column[c].mean;
    }
    const struct plot_line lines[] = {
        {value, '.'}, {value + n, '.'}, {value + 2 * n, '-'}, {value + 3 * n, '*'}};
    printf("\n * population%s   - capacity",
           first->replications > 1 ? " (. one run in ten below, one above)" : "");
    printf("\n");
    print_plot(&column[0].view, lines, 4, n);
    free(value);
}
