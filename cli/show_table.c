#include "show_table.h"

#include "text.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERIOD_TEXT  40
#define PERIOD_WIDTH 24 /* 2025-02-11 to 2025-12-31 */
#define CELL         8  /* columns of a number */

/* How a period's value comes about, in a column's head. */
static const char *const method_heads[] = {
    [VIEW_MEAN] = "mean",       [VIEW_SUM] = "sum",          [VIEW_POINT] = "at end",
    [VIEW_MAXIMUM] = "largest", [VIEW_MINIMUM] = "smallest", [VIEW_SHARE] = "share",
};

/* "2026", or "2025-02-11 to 2025-12-31", with its days where WITH_DAYS. */
static const char *
period_text(const struct summary_period *period, bool with_days, char out[PERIOD_TEXT])
{
    char from[CALENDAR_TEXT], to[CALENDAR_TEXT], days[24] = "";
    int count = (int)(period->end - period->begin);

    if (period->is_year) {
        snprintf(out, PERIOD_TEXT, "%d", calendar_date(period->begin).year);
        return out;
    }
    calendar_write(period->begin, from);
    calendar_write(period->end - 1, to);
    if (with_days)
        snprintf(days, sizeof days, " (%d day%s)", count, count == 1 ? "" : "s");
    snprintf(out, PERIOD_TEXT, "%.10s to %.10s%s", from, to, days);
    return out;
}

/* Some replications may have no value in a period (nobody in a house, no place). */
static void
print_missing(const struct summary *summary)
{
    if (summary->draws > 0)
        printf("%zu runs share %zu draws of what is uncertain: each draw counts once in the "
               "mean\nand its interval\n",
               summary->replications, summary->draws);
    if (summary->has_missing)
        printf("-: no value; a mean is over the replications and the days that have one\n");
}

/* How much of the spread over runs is not known, and how much is chance; of one cell. */
static void
print_shares(const struct summary *summary)
{
    char line[1024] = "";
    size_t size = 0;

    for (size_t p = 0; summary->uncertain != NULL && p < summary->years.count; p++)
        if (!isnan(summary->uncertain[p]) && size + 32 < sizeof line)
            size += (size_t)snprintf(
                line + size, sizeof line - size, "%s%d %.0f %%", size > 0 ? ", " : "",
                calendar_date(summary->period[p].begin).year, 100 * summary->uncertain[p]);
    if (size == 0)
        return;
    printf("of the variance between runs, so much is uncertainty, and the rest chance:\n");
    text_wrap(stdout, line, 0, 0);
}

/* A table with intervals, of one cell. */
void
table_of_intervals(const struct summary *summary)
{
    int decimals = number_decimals(summary->largest);
    char runs[NUMBER_TEXT];

    size_t units = summary->draws > 0 ? summary->draws : summary->replications;
    snprintf(runs, sizeof runs, "%zu %s%s", units, summary->draws > 0 ? "draw" : "run",
             units == 1 ? "" : "s");
    printf("%-35s %8s %18s %7s %7s\n%-35s %8s %18s %7s %7s\n", "", "mean of", "95 % interval",
           "1 in 10", "1 in 10", "period", runs, "of that mean", "below", "above");
    for (size_t p = 0; p < summary->years.count; p++) {
        const struct estimate *e = &summary->year[p];
        char text[PERIOD_TEXT], n[5][NUMBER_TEXT], interval[2 * NUMBER_TEXT + 8] = "-";
        number_text(e->low, decimals, 7, n[0]);
        number_text(e->high, decimals, 7, n[1]);
        if (!isnan(e->low))
            snprintf(interval, sizeof interval, "%s to %s", n[0], n[1]);
        printf("%-35s %8s %18s %7s %7s\n", period_text(&summary->period[p], true, text),
               number_text(e->mean, decimals, CELL, n[2]), interval,
               number_text(e->tenth, decimals, 7, n[3]),
               number_text(e->ninetieth, decimals, 7, n[4]));
    }
    print_missing(summary);
    print_shares(summary);
}

#define BAND_COLUMNS 12
#define BAND_FROM    (TERMINAL_WIDTH - BANDS * BAND_COLUMNS)

/* One year's quantiles, and below them their intervals. */
static void
print_band(const struct bands *bands, size_t y, int decimals)
{
    char text[PERIOD_TEXT], n[2][NUMBER_TEXT], interval[2 * NUMBER_TEXT + 4];

    int taken = printf("%s", period_text(&bands->period[y], false, text));
    for (int b = 0; b < BANDS; b++) {
        int end = BAND_FROM + (b + 1) * BAND_COLUMNS;
        taken +=
            printf(" %*s", end - taken - 1,
                   number_text(bands->quantile[y * BANDS + (size_t)b].value, decimals, 8, n[0]));
    }
    printf("\n%-*s", BAND_FROM, "");
    for (size_t b = 0; b < BANDS; b++) {
        const struct interval *quantile = &bands->quantile[y * BANDS + b];
        snprintf(interval, sizeof interval, "%s:%s", number_text(quantile->low, decimals, 5, n[0]),
                 number_text(quantile->high, decimals, 4 + (n[0][0] == '-'), n[1]));
        printf("%*s", BAND_COLUMNS, interval);
    }
    printf("\n");
}

void
table_of_bands(const struct bands *bands)
{
    int decimals = number_decimals(bands->largest);

    int taken = printf("of 100 futures lie below");
    for (int b = 0; b < BANDS; b++)
        taken += printf("%*.0f", BAND_FROM + (b + 1) * BAND_COLUMNS - taken, 100 * bands_p[b]);
    printf("\n");
    for (size_t y = 0; y < bands->years.count; y++)
        print_band(bands, y, decimals);
    printf("below each its 95 %% interval, from %zu %s; -: it would take more\n",
           bands->draws < bands->replications ? bands->draws : bands->replications,
           bands->draws < bands->replications ? "draws" : "futures");
}

/* Means, a column for each label. */
static void
print_label_columns(const struct summary *summary, const struct store_axis *dimension,
                    const int *width)
{
    int decimals = number_decimals(summary->largest);

    printf("%-*s", PERIOD_WIDTH, dimension->name);
    for (size_t c = 0; c < summary->cells; c++) {
        printf(" ");
        text_cell(stdout, dimension->label[c], -width[c]);
    }
    printf("\n");
    for (size_t p = 0; p < summary->years.count; p++) {
        char text[PERIOD_TEXT], number[NUMBER_TEXT];
        printf("%-*s", PERIOD_WIDTH, period_text(&summary->period[p], false, text));
        for (size_t c = 0; c < summary->cells; c++)
            printf(" %*s", width[c],
                   number_text(summary->year[p * summary->cells + c].mean, decimals, CELL, number));
        printf("\n");
    }
}

/* Means, a row for each label; as many periods side by side as fit. */
static void
print_label_rows(const struct summary *summary, const struct store_axis *dimension, int label_width)
{
    size_t fit = (size_t)(TERMINAL_WIDTH - label_width) / (CELL + 1);
    int decimals = number_decimals(summary->largest);
    char text[PERIOD_TEXT];

    for (size_t from = 0; from < summary->years.count; from += fit) {
        size_t to = from + fit < summary->years.count ? from + fit : summary->years.count;
        text_cell(stdout, dimension->name, label_width);
        for (size_t p = from; p < to; p++)
            printf(" %*d%s", CELL - 1, calendar_date(summary->period[p].begin).year,
                   summary->period[p].is_year ? " " : "*");
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
            if (!summary->period[p].is_year)
                printf("* %s\n", period_text(&summary->period[p], true, text));
    }
}

/* The means of each label: beside one another where that fits, else below. */
void
table_of_labels(const struct summary *summary, const struct store_axis *dimension)
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
        print_label_columns(summary, dimension, width);
    else
        print_label_rows(summary, dimension, longest < 36 ? longest : 36);
    print_missing(summary);
    free(width);
}

/* A row for each year, with two lines of words and the way a value comes about above. */
void
table_of_overview(const struct overview *overview)
{
    const struct overview_column *column = overview->column;
    const struct summary *first = &column[0].summary;
    char text[PERIOD_TEXT], number[NUMBER_TEXT];

    printf("%-*s", PERIOD_WIDTH, "");
    for (size_t c = 0; c < overview->count; c++)
        printf("%*s", CELL, column[c].series->above);
    printf("\n%-*s", PERIOD_WIDTH, "period");
    for (size_t c = 0; c < overview->count; c++)
        printf("%*s", CELL, column[c].series->below);
    printf("\n%-*s", PERIOD_WIDTH, "");
    for (size_t c = 0; c < overview->count; c++)
        printf("%*s", CELL, method_heads[column[c].view.method]);
    printf("\n");
    for (size_t p = 0; p < first->years.count; p++) {
        printf("%-*s", PERIOD_WIDTH, period_text(&first->period[p], false, text));
        for (size_t c = 0; c < overview->count; c++) {
            const struct summary *summary = &column[c].summary;
            const char *cell = "";
            if (p < summary->years.count)
                cell = number_text(summary->year[p].mean, number_decimals(summary->largest),
                                   CELL - 1, number);
            printf(" %*s", CELL - 1, cell);
        }
        printf("\n");
    }
    for (size_t p = 0; p < first->years.count; p++)
        if (!first->period[p].is_year)
            printf("part of a year: %s\n", period_text(&first->period[p], true, text));
    if (overview_has_missing(overview))
        printf("-: no value; where no places are open, there are no people per 100 of them\n");
}

void
table_of_parameters(const struct parameters *parameters)
{
    char safe[512];

    printf("%-34s %11s %10s %10s %10s\n", "field (unit)", "mean", "spread", "1 in 10 <",
           "1 in 10 >");
    for (size_t i = 0; i < parameters->count; i++) {
        const struct parameter *row = &parameters->parameter[i];
        const char *field = text_safe(row->field, 0, safe, sizeof safe);
        bool plain = strcmp(row->unit, "1") == 0 || row->unit[0] == '\0';
        int width = printf("%s%s%.20s%s", field, plain ? "" : " (", plain ? "" : row->unit,
                           plain ? "" : ")");
        printf("%s%*s ", width > 34 ? "\n" : "", width > 34 ? 34 : 34 - width, "");
        printf("%11.5g %10.4g %10.4g %10.4g\n", row->mean, row->spread, row->low, row->high);
    }
}
