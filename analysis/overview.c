#include "overview.h"

#include "selection.h"

#include <math.h>

/* Those that a result does not keep are left out. */
static const struct overview_series overview_series[OVERVIEW_MOST] = {
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

static bool
select_series(struct selection *selection, const struct store *store, const char *series,
              const char *place)
{
    if (place != NULL)
        return selection_find(selection, store, series, &place, 1);
    const struct store_variable *variable = store_find(store, series);
    if (variable == NULL)
        return false;
    struct view view = view_of(store, variable);
    return selection_of(selection, &view, NULL, 0);
}

int
overview_read(struct overview *overview, const struct store *store, const char *place, size_t most,
              size_t plot, struct error *err)
{
    struct selection selection;
    int status = OK;

    overview->count = 0;
    for (size_t i = 0; i < OVERVIEW_MOST && overview->count < most && status == OK; i++) {
        if (!select_series(&selection, store, overview_series[i].series, place))
            continue;
        struct overview_column *column = &overview->column[overview->count++];
        column->series = &overview_series[i];
        column->view = selection.view;
        status = summary_read(&column->summary, &selection.view, &selection.pick, plot, err);
    }
    return status;
}

void
overview_free(struct overview *overview)
{
    for (size_t c = 0; c < overview->count; c++)
        summary_free(&overview->column[c].summary);
    overview->count = 0;
}

bool
overview_has_missing(const struct overview *overview)
{
    for (size_t c = 0; c < overview->count; c++)
        for (size_t p = 0; p < overview->column[c].summary.years.count; p++)
            if (isnan(overview->column[c].summary.year[p].mean))
                return true;
    return false;
}
