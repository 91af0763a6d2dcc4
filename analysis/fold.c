#include "fold.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdlib.h>

#define WEEK_DAYS 7

/* A row that begins before DAY and goes on behind it. */
static bool
is_cut(const struct store_axis *time, size_t row, int32_t day)
{
    return row < time->size && time->begins[row] < day && time->begins[row + 1] > day &&
           time->begins[row + 1] - time->begins[row] > WEEK_DAYS;
}

/* The first row that begins on DAY or later. */
static size_t
row_from(const struct store_axis *time, int32_t day)
{
    size_t low = 0, high = time->size;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (time->begins[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int
find_rows(struct term *term, size_t w, struct error *err)
{
    const struct window *window = &term->window[w];
    const struct store_axis *time = term->view.time;
    size_t from = row_from(time, window->from), until = row_from(time, window->until);
    const char *name = view_base_name(term->view.variable);
    char text[WINDOW_TEXT], begin[CALENDAR_TEXT], end[CALENDAR_TEXT];

    term->first[2 * w] = from;
    term->first[2 * w + 1] = until;
    size_t cut = from > 0 && is_cut(time, from - 1, window->from)      ? from - 1
                 : until > 0 && is_cut(time, until - 1, window->until) ? until - 1
                                                                       : time->size;
    calendar_write(time->begins[cut < time->size ? cut : 0], begin);
    calendar_write(time->begins[cut < time->size ? cut + 1 : time->size] - 1, end);
    window_write(window, text);
    if (cut < time->size)
        return error_set(
            err, BAD_INPUT,
            "%s is kept in rows as long as %s to %s, and %s cuts one: name a time that "
            "begins and ends with rows",
            name, begin, end, text);
    if (from < until)
        return OK;
    return error_set(err, BAD_INPUT, "%s has no row in %s: the result goes from %s to %s", name,
                     text, begin, end);
}

int
term_prepare(struct term *term, struct error *err)
{
    int status = OK;

    term->first = calloc(2 * term->windows + 1, sizeof *term->first);
    if (term->first == NULL)
        return error_set(err, NO_MEMORY, "no memory for the rows of %s", term->view.variable->name);
    for (size_t w = 0; w < term->windows && status == OK; w++)
        status = find_rows(term, w, err);
    return status;
}

void
term_free(struct term *term)
{
    free(term->first);
    term->first = NULL;
}

/* The entries of a dimension that are taken: one that is picked, or all. */
static size_t
first_entry(const struct term *term, int dimension)
{
    return term->pick.of[dimension] >= 0 ? (size_t)term->pick.of[dimension] : 0;
}

static size_t
last_entry(const struct term *term, int dimension)
{
    if (dimension >= term->view.dimensions)
        return 1;
    return term->pick.of[dimension] >= 0 ? (size_t)term->pick.of[dimension] + 1
                                         : term->view.dimension[dimension]->size;
}

/* The values of one row as they are taken: visited one after the other. */
struct cells {
    double sum, least, most, apart; /* apart: the sum of differences of any two */
    size_t count;
    bool missing; /* one has no value */
};

/* Gini's sum of differences needs each with each; rows have tens of cells. */
static double
differences(const struct term *term, const double *row, double value)
{
    size_t width = last_entry(term, 1);
    double sum = 0;

    for (size_t a = first_entry(term, 0); a < last_entry(term, 0); a++)
        for (size_t b = first_entry(term, 1); b < width; b++)
            if ((term->among == NULL || term->among[a]) && !isnan(row[a * width + b]))
                sum += fabs(row[a * width + b] - value);
    return sum;
}

static void
visit_cells(const struct term *term, const double *row, struct cells *cells)
{
    size_t width = term->view.dimensions > 1 ? term->view.dimension[1]->size : 1;

    *cells = (struct cells){.least = INFINITY, .most = -INFINITY};
    for (size_t a = first_entry(term, 0); a < last_entry(term, 0); a++)
        for (size_t b = first_entry(term, 1); b < last_entry(term, 1); b++) {
            double value = row[a * width + b];
            if (term->among != NULL && !term->among[a])
                continue;
            cells->missing |= isnan(value) != 0;
            if (isnan(value))
                continue;
            cells->sum += value;
            cells->least = value < cells->least ? value : cells->least;
            cells->most = value > cells->most ? value : cells->most;
            cells->count++;
            if (term->across == ACROSS_GINI)
                cells->apart += differences(term, row, value);
        }
}

/* Most are a sum of a few cells: NaN if one of them is. */
static double
sum_cells(const struct term *term, const double *row)
{
    size_t width = term->view.dimensions > 1 ? term->view.dimension[1]->size : 1;
    size_t until = last_entry(term, 0), first = first_entry(term, 1), last = last_entry(term, 1);
    double sum = 0;

    for (size_t a = first_entry(term, 0); a < until; a++)
        for (size_t b = first; b < last; b++)
            sum += row[a * width + b];
    return sum;
}

/* A sum lacks a value where one of its cells does; what is told across cells is of those that have
 * one. */
static double
row_value(const struct term *term, const double *row)
{
    struct cells cells;

    if (term->across == ACROSS_SUM && term->among == NULL)
        return sum_cells(term, row);
    visit_cells(term, row, &cells);
    if (term->across == ACROSS_SUM)
        return cells.missing ? NAN : cells.sum;
    if (cells.count == 0)
        return NAN;
    if (term->across == ACROSS_RANGE)
        return cells.most - cells.least;
    return cells.sum > 0 ? cells.apart / (2 * (double)cells.count * cells.sum) : NAN;
}

/* The rows of one window. */
struct rows {
    const struct term *term;
    const double *values;
    size_t width, from, until;
};

static inline double
row_days(const struct rows *rows, size_t row)
{
    const int32_t *begins = rows->term->view.time->begins;

    return (double)(begins[row + 1] - begins[row]);
}

/* Most variables have one cell a row. */
static inline double
row_at(const struct rows *rows, size_t row)
{
    if (rows->term->view.dimensions == 0)
        return rows->values[row];
    return row_value(rows->term, rows->values + row * rows->width);
}

/* What any fold may be made of. */
struct totals {
    double sum, by_days, days, above, last, least, most;
    bool any;
};

static struct totals
add_up(const struct rows *rows)
{
    struct totals totals = {.last = NAN, .least = INFINITY, .most = -INFINITY};

    for (size_t row = rows->from; row < rows->until; row++) {
        double value = row_at(rows, row), days = row_days(rows, row);
        totals.last = value;
        if (isnan(value))
            continue;
        totals.sum += value;
        totals.by_days += value * days;
        totals.days += days;
        totals.above += value > rows->term->level ? days : 0;
        totals.least = value < totals.least ? value : totals.least;
        totals.most = value > totals.most ? value : totals.most;
        totals.any = true;
    }
    return totals;
}

static double
fold_own(const struct rows *rows)
{
    struct totals totals = add_up(rows);
    const double by_method[] = {
        [VIEW_MEAN] = totals.by_days / totals.days,
        [VIEW_SUM] = totals.sum,
        [VIEW_POINT] = totals.last,
        [VIEW_MAXIMUM] = totals.most,
        [VIEW_MINIMUM] = totals.least,
        [VIEW_SHARE] = totals.by_days / totals.days,
    };

    return totals.any ? by_method[rows->term->view.method] : NAN;
}

static double
fold_days(const struct rows *rows)
{
    struct totals totals = add_up(rows);

    return totals.any ? totals.by_days : NAN;
}

static double
fold_share_above(const struct rows *rows)
{
    struct totals totals = add_up(rows);

    return totals.any ? 100 * totals.above / totals.days : NAN;
}

static double
fold_most(const struct rows *rows)
{
    struct totals totals = add_up(rows);

    return totals.any ? totals.most : NAN;
}

/* The first day of the month after DAY's. */
static int32_t
next_month(int32_t day)
{
    struct date date = calendar_date(day);

    date.day = 1;
    return calendar_add_months(calendar_day(date), 1);
}

static double
fold_months_above(const struct rows *rows)
{
    const int32_t *begins = rows->term->view.time->begins;
    double months = NAN;
    struct rows month = *rows;

    for (size_t row = rows->from; row < rows->until; month.from = row) {
        for (int32_t next = next_month(begins[row]); row < rows->until && begins[row] < next;)
            row++;
        month.until = row;
        struct totals totals = add_up(&month);
        if (totals.any)
            months = (isnan(months) ? 0 : months) +
                     (totals.by_days / totals.days > rows->term->level ? 1 : 0);
    }
    return months;
}

/* The days at or below VALUE, and the largest value among them. */
static double
days_up_to(const struct rows *rows, double value, double *largest)
{
    double days = 0;

    *largest = -INFINITY;
    for (size_t row = rows->from; row < rows->until; row++) {
        double at = row_at(rows, row);
        if (at <= value) {
            days += row_days(rows, row);
            *largest = fmax(*largest, at);
        }
    }
    return days;
}

/* Halving the range of values needs no room, and ends at a value that is there. */
static double
fold_quantile(const struct rows *rows)
{
    struct totals totals = add_up(rows);
    double low = totals.least, high = totals.most, largest;

    if (!totals.any || days_up_to(rows, low, &largest) >= rows->term->level * totals.days)
        return totals.any ? low : NAN;
    for (;;) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return high;
        if (days_up_to(rows, middle, &largest) >= rows->term->level * totals.days)
            high = largest;
        else
            low = middle;
    }
}

static double
fold_spell(const struct rows *rows)
{
    double longest = NAN, days = 0;

    for (size_t row = rows->from; row < rows->until; row++) {
        double value = row_at(rows, row);
        days = value > rows->term->level ? days + row_days(rows, row) : 0;
        if (!isnan(value))
            longest = isnan(longest) ? days : fmax(longest, days);
    }
    return longest;
}

static double
fold_first(const struct rows *rows)
{
    const int32_t *begins = rows->term->view.time->begins;

    for (size_t row = rows->from; row < rows->until; row++)
        if (row_at(rows, row) > rows->term->level)
            return (double)(begins[row] - begins[rows->from]);
    return NAN;
}

static double (*const folds[FOLD_KINDS])(const struct rows *rows) = {
    [FOLD_OWN] = fold_own,
    [FOLD_DAYS] = fold_days,
    [FOLD_SHARE_ABOVE] = fold_share_above,
    [FOLD_MONTHS_ABOVE] = fold_months_above,
    [FOLD_QUANTILE] = fold_quantile,
    [FOLD_MOST] = fold_most,
    [FOLD_SPELL] = fold_spell,
    [FOLD_FIRST] = fold_first,
};

void
term_fold(const struct term *term, const double *values, double *kept)
{
    struct rows rows = {.term = term, .values = values, .width = 1};

    for (int i = 0; i < term->view.dimensions; i++)
        rows.width *= term->view.dimension[i]->size;
    for (size_t w = 0; w < term->windows; w++) {
        rows.from = term->first[2 * w];
        rows.until = term->first[2 * w + 1];
        kept[w] = folds[term->fold](&rows);
    }
}
