#include "command.h"
#include "text.h"

#include "analysis/plot.h"
#include "analysis/summary.h"
#include "models/scenario/suggest.h"
#include "sim/base/array.h"
#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLOT_HEIGHT  12
#define PLOT_COLUMNS (TERMINAL_WIDTH - PLOT_MARGIN)
#define PERIOD_TEXT  40
#define PERIOD_WIDTH 24 /* 2025-02-11 to 2025-12-31 */
#define CELL         8  /* columns of a number */

/* How a period's value comes about, in a sentence and in a column's head. */
static const struct {
    const char *sentence, *head;
} method_words[] = {
    [VIEW_MEAN] = {"a mean over each period's days", "mean"},
    [VIEW_SUM] = {"a sum over each period", "sum"},
    [VIEW_POINT] = {"as it is in each period's last row", "at end"},
    [VIEW_MAXIMUM] = {"the largest of each period", "largest"},
    [VIEW_MINIMUM] = {"the smallest of each period", "smallest"},
    [VIEW_SHARE] = {"the share of each period's rows at whose end it is so", "share"},
};

static bool
is_whole_year(const struct view *view, const struct view_periods *periods, size_t p)
{
    struct date from = calendar_date(view->time->begins[periods->first[p]]);
    struct date to = calendar_date(view->time->begins[periods->first[p + 1]]);

    return from.month == 1 && from.day == 1 && to.month == 1 && to.day == 1 &&
           to.year == from.year + 1;
}

/* "2026", or "2025-02-11 to 2025-12-31", with its days where WITH_DAYS. */
static const char *
period_text(const struct view *view, const struct view_periods *periods, size_t p, bool with_days,
            char out[PERIOD_TEXT])
{
    int32_t begin = view->time->begins[periods->first[p]],
            end = view->time->begins[periods->first[p + 1]];
    char from[CALENDAR_TEXT], to[CALENDAR_TEXT], days[24] = "";

    if (is_whole_year(view, periods, p)) {
        snprintf(out, PERIOD_TEXT, "%d", calendar_date(begin).year);
        return out;
    }
    calendar_write(begin, from);
    calendar_write(end - 1, to);
    if (with_days)
        snprintf(days, sizeof days, " (%d day%s)", (int)(end - begin), end - begin == 1 ? "" : "s");
    snprintf(out, PERIOD_TEXT, "%.10s to %.10s%s", from, to, days);
    return out;
}

static double
largest_of(const struct estimate *estimate, size_t count)
{
    double largest = 0;

    for (size_t i = 0; i < count; i++)
        if (isfinite(estimate[i].mean))
            largest = fmax(largest, fabs(estimate[i].mean));
    return largest;
}

/* Some replications may have no value in a period (nobody in a house, no place). */
static void
print_missing(const struct summary *summary)
{
    bool some = false;

    for (size_t i = 0; i < summary->years.count * summary->cells; i++)
        some |= summary->year[i].count < summary->replications;
    if (some)
        printf("-: no value; a mean is over the replications and the days that have one\n");
}

/* The lower end of an interval: a mean of what is never below zero is not either. */
static double
lower_end(const struct view *view, const struct estimate *estimate)
{
    bool never_below = view->method != VIEW_POINT && estimate->mean >= 0;

    return never_below && estimate->low < 0 ? 0 : estimate->low;
}

/* A table with intervals, of one cell. */
static void
print_estimates(const struct view *view, const struct summary *summary)
{
    int decimals = number_decimals(largest_of(summary->year, summary->years.count));
    char runs[NUMBER_TEXT];

    snprintf(runs, sizeof runs, "%zu run%s", summary->replications,
             summary->replications == 1 ? "" : "s");
    printf("%-35s %8s %18s %7s %7s\n%-35s %8s %18s %7s %7s\n", "", "mean of", "95 % interval",
           "1 in 10", "1 in 10", "period", runs, "of that mean", "below", "above");
    for (size_t p = 0; p < summary->years.count; p++) {
        const struct estimate *e = &summary->year[p];
        char text[PERIOD_TEXT], n[5][NUMBER_TEXT], interval[2 * NUMBER_TEXT + 8] = "-";
        number_text(lower_end(view, e), decimals, 7, n[0]);
        number_text(e->high, decimals, 7, n[1]);
        if (!isnan(e->low))
            snprintf(interval, sizeof interval, "%s to %s", n[0], n[1]);
        printf("%-35s %8s %18s %7s %7s\n", period_text(view, &summary->years, p, true, text),
               number_text(e->mean, decimals, CELL, n[2]), interval,
               number_text(e->tenth, decimals, 7, n[3]),
               number_text(e->ninetieth, decimals, 7, n[4]));
    }
    print_missing(summary);
}

/* Means, a column for each label. */
static void
print_label_columns(const struct view *view, const struct summary *summary,
                    const struct store_axis *dimension, const int *width)
{
    int decimals =
        number_decimals(largest_of(summary->year, summary->years.count * summary->cells));

    printf("%-*s", PERIOD_WIDTH, dimension->name);
    for (size_t c = 0; c < summary->cells; c++) {
        printf(" ");
        text_cell(stdout, dimension->label[c], -width[c]);
    }
    printf("\n");
    for (size_t p = 0; p < summary->years.count; p++) {
        char text[PERIOD_TEXT], number[NUMBER_TEXT];
        printf("%-*s", PERIOD_WIDTH, period_text(view, &summary->years, p, false, text));
        for (size_t c = 0; c < summary->cells; c++)
            printf(" %*s", width[c],
                   number_text(summary->year[p * summary->cells + c].mean, decimals, CELL, number));
        printf("\n");
    }
}

/* Means, a row for each label; as many periods side by side as fit. */
static void
print_label_rows(const struct view *view, const struct summary *summary,
                 const struct store_axis *dimension, int label_width)
{
    size_t fit = (size_t)(TERMINAL_WIDTH - label_width) / (CELL + 1);
    int decimals =
        number_decimals(largest_of(summary->year, summary->years.count * summary->cells));
    char text[PERIOD_TEXT];

    for (size_t from = 0; from < summary->years.count; from += fit) {
        size_t to = from + fit < summary->years.count ? from + fit : summary->years.count;
        text_cell(stdout, dimension->name, label_width);
        for (size_t p = from; p < to; p++)
            printf(" %*d%s", CELL - 1,
                   calendar_date(view->time->begins[summary->years.first[p]]).year,
                   is_whole_year(view, &summary->years, p) ? " " : "*");
        printf("\n");
        for (size_t c = 0; c < summary->cells; c++) {
            text_cell(stdout, dimension->label[c], label_width);
            for (size_t p = from; p < to; p++) {
                char number[NUMBER_TEXT];
                printf(" %*s", CELL,
                       number_text(summary->year[p * summary->cells + c].mean, decimals, CELL,
                                   number));
            }
            printf("\n");
        }
        for (size_t p = from; p < to; p++)
            if (!is_whole_year(view, &summary->years, p))
                printf("* %s\n", period_text(view, &summary->years, p, true, text));
    }
}

/* The means of each label: beside one another where that fits, else below. */
static void
print_labels(const struct view *view, const struct summary *summary,
             const struct store_axis *dimension)
{
    int total = PERIOD_WIDTH, longest = (int)strlen(dimension->name);
    int *width = calloc(dimension->size + 1, sizeof *width);

    for (size_t i = 0; width != NULL && i < dimension->size; i++) {
        char safe[256];
        int columns = (int)text_columns(text_safe(dimension->label[i], 36, safe, sizeof safe));
        width[i] = columns > CELL ? columns : CELL;
        longest = columns > longest ? columns : longest;
        total = total < 1000 ? total + width[i] + 1 : total;
    }
    if (width != NULL && total <= TERMINAL_WIDTH)
        print_label_columns(view, summary, dimension, width);
    else
        print_label_rows(view, summary, dimension, longest < 36 ? longest : 36);
    print_missing(summary);
    free(width);
}

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

/* Is there anything to draw? */
static bool
any_value(const struct summary *summary)
{
    for (size_t i = 0; i < summary->columns.count * summary->cells; i++)
        if (isfinite(summary->column[i].mean))
            return true;
    return false;
}

/* The mean of one cell in a picture, and where one replication in ten lies below and above. */
static void
plot_estimates(const struct view *view, const struct summary *summary)
{
    static const char *const tick_words[][2] = {
        {"time", "day"}, {"week", "week"}, {"month", "month"}, {"year", "year"}};
    size_t n = summary->columns.count;
    double *value = calloc(3 * n + 1, sizeof *value);

    if (value == NULL || n < 2 || !any_value(summary)) {
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
static void
plot_labels(const struct view *view, const struct summary *summary,
            const struct store_axis *dimension)
{
    enum { MOST_LETTERS = 8 };
    struct plot_line lines[MOST_LETTERS];
    size_t n = summary->columns.count, cells = summary->cells;
    double *value = calloc(n * cells + 1, sizeof *value);

    if (value != NULL && n > 1 && cells <= MOST_LETTERS && any_value(summary)) {
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

static void
print_heading(const struct view *view, const struct view_pick *pick)
{
    char text[512], safe[2048];

    printf("%s", text_safe(view->variable->name, 40, safe, sizeof safe));
    for (int i = 0; i < view->dimensions; i++)
        if (pick->of[i] >= 0) {
            text_safe(view->dimension[i]->label[pick->of[i]], 36, text, sizeof text);
            printf("%s%s", i > 0 && pick->of[0] >= 0 ? ", " : " of ", text);
        }
    printf("\n");
    bool has_unit = view->units[0] != '\0' && strcmp(view->units, "1") != 0;
    snprintf(text, sizeof text, "%.200s%s%.100s: %s", view->variable->long_name,
             has_unit ? ", in " : "", has_unit ? view->units : "",
             method_words[view->method].sentence);
    text_wrap(stdout, text, 0, 0);
    const char *definition = store_text(view->store, view->variable, "definition");
    text_wrap(stdout, definition != NULL ? definition : "", 0, 0);
    printf("\n");
}

/* The estimates of one selection, and its picture. */
static int
show_one(const struct view *view, const struct view_pick *pick, struct error *err)
{
    struct summary summary;
    int status = summary_read(&summary, view, pick, PLOT_COLUMNS, err);

    if (status == OK) {
        print_estimates(view, &summary);
        plot_estimates(view, &summary);
    }
    summary_free(&summary);
    return status;
}

static int
show_each(const struct view *view, const struct view_pick *pick, int dimension, bool plots,
          struct error *err)
{
    struct summary summary;
    int status = summary_read(&summary, view, pick, PLOT_COLUMNS, err);

    if (status == OK) {
        print_labels(view, &summary, view->dimension[dimension]);
        if (plots)
            plot_labels(view, &summary, view->dimension[dimension]);
    }
    summary_free(&summary);
    return status;
}

/* A variable, with some of its dimensions picked: in all where that makes sense, then by label. */
static int
show_view(const struct view *view, struct view_pick pick, struct error *err)
{
    bool adds_up = true;
    int status = OK, each = 0;

    print_heading(view, &pick);
    for (int i = 0; i < view->dimensions; i++)
        if (pick.of[i] == VIEW_SUM_OVER) {
            adds_up &= view_adds_up(view, i);
            each++;
        }
    if (adds_up)
        status = show_one(view, &pick, err);
    for (int i = 0; i < view->dimensions && status == OK; i++) {
        struct view_pick labels = pick;
        bool makes_sense = true;
        if (pick.of[i] != VIEW_SUM_OVER)
            continue;
        for (int other = 0; other < view->dimensions; other++)
            makes_sense &= other == i || pick.of[other] >= 0 || view_adds_up(view, other);
        if (!makes_sense)
            continue;
        labels.of[i] = VIEW_EACH;
        printf(adds_up ? "\n" : "");
        status = show_each(view, &labels, i, !adds_up, err);
    }
    if (each == 2 && !adds_up)
        printf("\nname one %s or %s for more\n", view->dimension[0]->name,
               view->dimension[1]->name);
    return status;
}

/* The index of the dimension that has LABEL, and which it is; -1: none has. */
static int
find_label(const struct view *view, const struct view_pick *pick, const char *label, size_t *index)
{
    for (int i = 0; i < view->dimensions; i++)
        if (pick->of[i] < 0 && (*index = view_label(view->dimension[i], label)) != SIZE_MAX)
            return i;
    return -1;
}

/* View VARIABLE and pick the labels named; false: it has not all of them. */
static bool
pick_labels(struct view *view, struct view_pick *pick, const struct store *store,
            const struct store_variable *variable, const char *const *label, int labels)
{
    bool good = true;

    *view = view_of(store, variable);
    *pick = (struct view_pick){{VIEW_SUM_OVER, VIEW_SUM_OVER}};
    for (int i = 0; i < labels && good; i++) {
        size_t index;
        int dimension = find_label(view, pick, label[i], &index);
        good = dimension >= 0;
        if (good)
            pick->of[dimension] = (int)index;
    }
    return good;
}

/* Is VARIABLE called SERIES, with or without its place in front? */
static bool
is_called(const struct store_variable *variable, const char *series)
{
    return strcmp(variable->name, series) == 0 || strcmp(view_base_name(variable), series) == 0;
}

/* The first variable of SERIES that has all labels; false: none has. */
static bool
find_picked(struct view *view, struct view_pick *pick, const struct store *store,
            const char *series, const char *const *label, int labels)
{
    for (size_t v = 0; v < store_variables(store); v++)
        if (is_called(store_variable(store, v), series) &&
            pick_labels(view, pick, store, store_variable(store, v), label, labels))
            return true;
    return false;
}

/* Names gathered for a list or a suggestion: each once. */
struct gathered {
    char **name;
    size_t count, room;
};

static void
gather(struct gathered *gathered, const char *name)
{
    for (size_t i = 0; i < gathered->count; i++)
        if (strcmp(gathered->name[i], name) == 0)
            return;
    char *copy =
        array_room(gathered->name, gathered->room, gathered->count + 1) ? strdup(name) : NULL;
    if (copy != NULL)
        gathered->name[gathered->count++] = copy;
}

static void
gathered_free(struct gathered *gathered)
{
    for (size_t i = 0; i < gathered->count; i++)
        free(gathered->name[i]);
    free(gathered->name);
}

/* HEADING and the names, wrapped. */
static void
print_gathered(FILE *to, const char *heading, const struct gathered *gathered)
{
    size_t column = strlen(heading);

    if (gathered->count == 0)
        return;
    fputs(heading, to);
    for (size_t i = 0; i < gathered->count; i++) {
        char safe[512];
        size_t columns = text_columns(text_safe(gathered->name[i], 0, safe, sizeof safe));
        bool last = i + 1 == gathered->count;
        if (column + columns + 2 > TERMINAL_WIDTH && column > 2) {
            fprintf(to, "\n ");
            column = 1;
        }
        fprintf(to, " %s%s", safe, last ? "\n" : ",");
        column += columns + 2;
    }
}

static void
gather_series(struct gathered *series, const struct store *store)
{
    for (size_t v = 0; v < store_variables(store); v++)
        gather(series, view_base_name(store_variable(store, v)));
}

/* The labels of the dimensions called NAME, or of all where NAME is NULL, of the variables of
 * SERIES, or of all. */
static void
gather_labels(struct gathered *labels, const struct store *store, const char *name,
              const char *series)
{
    size_t before = labels->count;

    for (size_t v = 0; v < store_variables(store); v++) {
        const struct store_variable *variable = store_variable(store, v);
        if (series != NULL && !is_called(variable, series))
            continue;
        for (int i = 1; i < variable->axes; i++)
            for (size_t k = 0; k < variable->axis[i]->size; k++)
                if (name == NULL || strcmp(variable->axis[i]->name, name) == 0)
                    gather(labels, variable->axis[i]->label[k]);
        if (name != NULL && labels->count > before)
            return;
    }
}

/* A name that is not there: what is near, and what there is. */
static void
print_unknown(const char *what, const char *name, const struct gathered *names)
{
    char safe[512], near_safe[512];
    const char *near = suggest(name, (const char *const *)names->name, names->count);

    fprintf(stderr, "doorstroom show: no %s is called '%s'", what,
            text_safe(name, 60, safe, sizeof safe));
    if (near != NULL)
        fprintf(stderr, "; did you mean '%s'?", text_safe(near, 60, near_safe, sizeof near_safe));
    fprintf(stderr, "\n");
    print_gathered(stderr, "there are:", names);
}

/* Which of the names is not there: the series, or a label. */
static void
explain_missing(const struct store *store, const char *series, const char *const *label, int labels)
{
    struct gathered names = {0};
    char what[256], safe[128];
    bool known = false;

    for (size_t v = 0; v < store_variables(store); v++)
        known |= is_called(store_variable(store, v), series);
    if (!known) {
        gather_series(&names, store);
        gather_labels(&names, store, "region", NULL);
        gather_labels(&names, store, "facility", NULL);
        print_unknown("series or place", series, &names);
    } else {
        gather_labels(&names, store, NULL, series);
        snprintf(what, sizeof what, "place or label of %s",
                 text_safe(series, 60, safe, sizeof safe));
        const char *wrong = label[0];
        for (int i = 0; i < labels; i++) {
            bool found = false;
            for (size_t k = 0; k < names.count; k++)
                found |= strcasecmp(names.name[k], label[i]) == 0;
            if (!found)
                wrong = label[i];
        }
        if (names.count > 0)
            print_unknown(what, wrong, &names);
        else
            fprintf(stderr, "doorstroom show: this result keeps %s for the nation alone\n",
                    text_safe(series, 60, safe, sizeof safe));
    }
    gathered_free(&names);
}

/* Columns of the overview: series by name, and two words above. Those that a result does not keep
 * are left out; the first that fit are shown. */
static const struct column {
    const char *series, *above, *below;
} overview[] = {
    {"population", "people", "inside"},
    {"capacity", "", "places"},
    {"above_capacity", "above", "places"},
    {"floor_sleepers", "on the", "floor"},
    {"house_residents", "in", "houses"},
    {"waiting_for_house", "await a", "house"},
    {"entries", "", "entries"},
    {"releases", "let", "go"},
    {"occupancy", "per 100", "places"},
    {"waiting_outside", "waiting", "outside"},
};
#define OVERVIEW     (sizeof overview / sizeof *overview)
#define MOST_COLUMNS ((TERMINAL_WIDTH - PERIOD_WIDTH) / CELL)

struct overview_column {
    const struct column *column;
    struct view view;
    struct summary summary;
};

/* Read what is kept of the overview for PLACE (NULL: the nation); all on the same rows. */
static int
read_overview(struct overview_column *columns, size_t *count, const struct store *store,
              const char *place, struct error *err)
{
    for (size_t i = 0; i < OVERVIEW && *count < MOST_COLUMNS; i++) {
        struct overview_column *out = &columns[*count];
        struct view_pick pick;
        *out = (struct overview_column){.column = &overview[i]};
        const struct store_variable *variable = store_find(store, overview[i].series);
        bool found =
            place == NULL
                ? variable != NULL && pick_labels(&out->view, &pick, store, variable, NULL, 0)
                : find_picked(&out->view, &pick, store, overview[i].series, &place, 1);
        if (!found)
            continue;
        ++*count;
        int status = summary_read(&out->summary, &out->view, &pick, PLOT_COLUMNS, err);
        if (status != OK)
            return status;
    }
    return OK;
}

/* Has a column a period without a value? */
static bool
some_missing(const struct overview_column *columns, size_t count)
{
    for (size_t c = 0; c < count; c++)
        for (size_t p = 0; p < columns[c].summary.years.count; p++)
            if (isnan(columns[c].summary.year[p].mean))
                return true;
    return false;
}

static void
print_overview(const struct overview_column *columns, size_t count)
{
    const struct view *view = &columns[0].view;
    const struct view_periods *years = &columns[0].summary.years;
    char text[PERIOD_TEXT], number[NUMBER_TEXT];

    printf("%-*s", PERIOD_WIDTH, "");
    for (size_t c = 0; c < count; c++)
        printf("%*s", CELL, columns[c].column->above);
    printf("\n%-*s", PERIOD_WIDTH, "period");
    for (size_t c = 0; c < count; c++)
        printf("%*s", CELL, columns[c].column->below);
    printf("\n%-*s", PERIOD_WIDTH, "");
    for (size_t c = 0; c < count; c++)
        printf("%*s", CELL, method_words[columns[c].view.method].head);
    printf("\n");
    for (size_t p = 0; p < years->count; p++) {
        printf("%-*s", PERIOD_WIDTH, period_text(view, years, p, false, text));
        for (size_t c = 0; c < count; c++)
            printf(" %*s", CELL - 1,
                   p < columns[c].summary.years.count
                       ? number_text(columns[c].summary.year[p].mean,
                                     number_decimals(largest_of(columns[c].summary.year,
                                                                columns[c].summary.years.count)),
                                     CELL - 1, number)
                       : "");
        printf("\n");
    }
    for (size_t p = 0; p < years->count; p++)
        if (!is_whole_year(view, years, p))
            printf("part of a year: %s\n", period_text(view, years, p, true, text));
    if (some_missing(columns, count))
        printf("-: no value; where no places are open, there are no people per 100 of them\n");
}

/* Population and capacity in one picture, or the first column alone. */
static void
plot_overview(const struct overview_column *columns, size_t count)
{
    const struct summary *first = &columns[0].summary, *second = &columns[count > 1].summary;
    size_t n = first->columns.count;
    bool both = count > 1 && strcmp(columns[0].column->series, "population") == 0 &&
                strcmp(columns[1].column->series, "capacity") == 0 && second->columns.count == n;
    double *value = both && n > 1 ? calloc(4 * n, sizeof *value) : NULL;

    if (value == NULL) {
        plot_estimates(&columns[0].view, first);
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
    print_plot(&columns[0].view, lines, 4, n);
    free(value);
}

/* What else there is to see. */
static void
print_contents(const struct store *store)
{
    struct gathered series = {0}, regions = {0}, facilities = {0};

    gather_series(&series, store);
    gather_labels(&regions, store, "region", NULL);
    gather_labels(&facilities, store, "facility", NULL);
    printf("\nshow RESULT SERIES [PLACE], or PLACE alone; intervals are shown there\n");
    print_gathered(stdout, "series:", &series);
    print_gathered(stdout, "regions:", &regions);
    print_gathered(stdout, "facilities:", &facilities);
    gathered_free(&series);
    gathered_free(&regions);
    gathered_free(&facilities);
}

static int
show_overview(const struct store *store, const char *place, struct error *err)
{
    struct overview_column columns[OVERVIEW] = {{0}};
    size_t count = 0, n = store_replications(store);
    char safe[256];
    int status = read_overview(columns, &count, store, place, err);

    if (status == OK && count > 0) {
        printf("%s%smean over %zu replication%s\n\n",
               place != NULL ? text_safe(place, 40, safe, sizeof safe) : "",
               place != NULL ? ": " : "", n, n == 1 ? "" : "s");
        print_overview(columns, count);
        plot_overview(columns, count);
    } else if (status == OK) {
        printf("this result keeps no series of the overview%s\n",
               place != NULL ? "" : " for the nation");
    }
    for (size_t c = 0; c < OVERVIEW; c++)
        summary_free(&columns[c].summary);
    if (status == OK && place == NULL)
        print_contents(store);
    return status;
}

/* Is NAME a region or a facility? */
static bool
is_place(const struct store *store, const char *name)
{
    struct gathered places = {0};
    bool found = false;

    gather_labels(&places, store, "region", NULL);
    gather_labels(&places, store, "facility", NULL);
    for (size_t i = 0; i < places.count; i++)
        found |= strcasecmp(places.name[i], name) == 0;
    gathered_free(&places);
    return found;
}

static int
show_named(const struct store *store, const struct options *options, struct error *err)
{
    const char *name = options->argument[1], *const *label = &options->argument[2];
    int labels = options->arguments - 2;
    struct view view;
    struct view_pick pick;

    if (find_picked(&view, &pick, store, name, label, labels))
        return show_view(&view, pick, err);
    if (labels == 0 && is_place(store, name))
        return show_overview(store, name, err);
    explain_missing(store, name, label, labels);
    return BAD_INPUT;
}

int
command_show(const struct options *options)
{
    struct store *store;
    struct error err = {0};
    char title[4096];
    int status = store_open(&store, options->argument[0], &err);

    if (status == OK) {
        const char *text = store_text(store, NULL, "title");
        snprintf(title, sizeof title, "%.2000s: %.1000s", options->argument[0],
                 text != NULL ? text : "");
        text_wrap(stdout, title, 0, 2);
        store_use_threads(store, threads_default("show", 0));
        status = options->arguments > 1 ? show_named(store, options, &err)
                                        : show_overview(store, NULL, &err);
    }
    if (err.code != OK)
        fprintf(stderr, "doorstroom show: %s\n", text_safe(err.message, 0, title, sizeof title));
    store_close(store);
    return exit_for(status);
}
