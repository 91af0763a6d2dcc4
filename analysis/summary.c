#include "summary.h"

#include "pairing.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdlib.h>

/* The estimates of values [replication][period][cell], over replications and their DRAW. */
static struct estimate *
estimates_of(const double *value, size_t replications, size_t each, const uint64_t *draw)
{
    struct estimate *estimate = calloc(each + 1, sizeof *estimate);
    double *work = calloc(replications + 1, sizeof *work);

    for (size_t i = 0; estimate != NULL && work != NULL && i < each; i++)
        estimate[i] = estimate_make(value + i, each, replications, draw, work);
    if (work == NULL) {
        free(estimate);
        estimate = NULL;
    }
    free(work);
    return estimate;
}

/* A column of a picture may hold one row more than the next: sums are told a row. */
static void
sums_to_rows(double *value, size_t replications, size_t cells, const struct view_periods *columns)
{
    for (size_t r = 0; r < replications; r++)
        for (size_t p = 0; p < columns->count; p++)
            for (size_t c = 0; c < cells; c++)
                value[(r * columns->count + p) * cells + c] /=
                    (double)(columns->first[p + 1] - columns->first[p]);
}

static struct summary_period
period_of(const struct store_axis *time, const struct view_periods *years, size_t p)
{
    struct summary_period period = {.begin = time->begins[years->first[p]],
                                    .end = time->begins[years->first[p + 1]]};
    struct date from = calendar_date(period.begin), to = calendar_date(period.end);

    period.is_year = from.month == 1 && from.day == 1 && to.month == 1 && to.day == 1 &&
                     to.year == from.year + 1;
    return period;
}

int
summary_periods(const struct store_axis *time, const struct view_periods *years,
                struct summary_period **period, struct error *err)
{
    *period = calloc(years->count + 1, sizeof **period);
    if (*period == NULL)
        return error_set(err, NO_MEMORY, "no memory for the periods");
    for (size_t p = 0; p < years->count; p++)
        (*period)[p] = period_of(time, years, p);
    return OK;
}

/* What is told of all estimates together. A mean of what is never below zero is not either. */
static void
survey(struct summary *summary, const struct view *view)
{
    for (size_t i = 0; i < summary->years.count * summary->cells; i++) {
        struct estimate *year = &summary->year[i];
        if (isfinite(year->mean))
            summary->largest = fmax(summary->largest, fabs(year->mean));
        summary->has_missing |= year->count < summary->replications;
        if (view->method != VIEW_POINT && year->least >= 0 && year->low < 0)
            year->low = 0;
    }
    for (size_t i = 0; i < summary->columns.count * summary->cells; i++)
        summary->has_picture |= isfinite(summary->column[i].mean) != 0;
}

static int
estimate_all(struct summary *summary, const struct view *view, const struct view_pick *pick,
             double *year, double *column, struct error *err)
{
    size_t n = summary->replications, cells = summary->cells;
    const struct view_fold folds[] = {{&summary->years, year}, {&summary->columns, column}};
    int status = view_read(view, pick, folds, 2, err);

    if (status != OK)
        return status;
    if (view->method == VIEW_SUM)
        sums_to_rows(column, n, cells, &summary->columns);
    summary->year = estimates_of(year, n, summary->years.count * cells, summary->draw);
    summary->column = estimates_of(column, n, summary->columns.count * cells, summary->draw);
    if (summary->year == NULL || summary->column == NULL)
        return error_set(err, NO_MEMORY, "no memory for the estimates of %s", view->variable->name);
    survey(summary, view);
    return OK;
}

/* Which replications share a draw. */
static int
read_draws(struct summary *summary, const struct store *store, struct error *err)
{
    int status =
        pairing_draws(store, NULL, summary->replications, &summary->draw, &summary->draws, err);

    if (summary->draw == NULL)
        summary->draws = 0;
    return status;
}

int
summary_read(struct summary *summary, const struct view *view, const struct view_pick *pick,
             size_t columns, struct error *err)
{
    *summary = (struct summary){.replications = store_replications(view->store),
                                .cells = view_cells(view, pick)};
    int status = read_draws(summary, view->store, err);
    if (status == OK)
        status = view_years(view, &summary->years, err);
    if (status == OK)
        status = view_bins(view, columns, &summary->columns, err);
    if (status == OK)
        status = summary_periods(view->time, &summary->years, &summary->period, err);
    if (status != OK)
        return status;
    size_t each = summary->replications * summary->cells;
    double *year = calloc(each * summary->years.count + 1, sizeof *year);
    double *column = calloc(each * summary->columns.count + 1, sizeof *column);
    status = year != NULL && column != NULL
                 ? estimate_all(summary, view, pick, year, column, err)
                 : error_set(err, NO_MEMORY,
                             "no memory for %s of %zu replications; name a place for less",
                             view->variable->name, summary->replications);
    free(year);
    free(column);
    return status;
}

void
summary_free(struct summary *summary)
{
    view_periods_free(&summary->years);
    view_periods_free(&summary->columns);
    free(summary->draw);
    free(summary->period);
    free(summary->year);
    free(summary->column);
    *summary = (struct summary){0};
}
