#include "view.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* "time: sum" or "area: sum month: mean (of each day)": the method of the variable's own time, else
 * that of the first that has one. */
static enum view_method
read_method(const char *cell_methods, const char *time)
{
    static const char *const words[] = {
        [VIEW_MEAN] = "mean",       [VIEW_SUM] = "sum",         [VIEW_POINT] = "point",
        [VIEW_MAXIMUM] = "maximum", [VIEW_MINIMUM] = "minimum",
    };
    size_t length = strlen(time);
    const char *at = length > 0 ? strstr(cell_methods, time) : NULL;

    while (at != NULL && at[length] != ':')
        at = strstr(at + 1, time);
    at = at != NULL ? at : cell_methods;
    at += strcspn(at, ":");
    at += strspn(at, ": ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0)
            return (enum view_method)i;
    return VIEW_POINT;
}

/* What a place is called in a variable's name and as a dimension. */
static const char *const place_names[] = {"region", "facility"};

static bool
is_place_name(const char *name)
{
    return strcmp(name, place_names[0]) == 0 || strcmp(name, place_names[1]) == 0;
}

const char *
view_base_name(const struct store_variable *variable)
{
    const char *name = variable->name;

    for (size_t i = 0; i < sizeof place_names / sizeof *place_names; i++) {
        size_t length = strlen(place_names[i]);
        if (strncmp(name, place_names[i], length) == 0 && name[length] == '_')
            return name + length + 1;
    }
    return name;
}

static bool
is_number(const char *label)
{
    char *end;

    strtod(label, &end);
    return end != label && *end == '\0';
}

struct view
view_in_memory(const struct store_variable *variable, const char *counted)
{
    struct view view = {
        .variable = variable,
        .units = counted != NULL ? counted : variable->units,
        .time = variable->axis[0],
        .dimensions = variable->axes - 1,
        .method = read_method(variable->cell_methods, variable->axis[0]->name),
    };

    for (int i = 0; i < view.dimensions; i++)
        view.dimension[i] = variable->axis[i + 1];
    if (view.method == VIEW_POINT && strcmp(view.units, "1") == 0)
        view.method = VIEW_SHARE;
    return view;
}

struct view
view_of(const struct store *store, const struct store_variable *variable)
{
    struct view view = view_in_memory(variable, store_text(store, variable, "counted"));

    view.store = store;
    return view;
}

size_t
view_label(const struct store_axis *axis, const char *label)
{
    for (size_t i = 0; i < axis->size; i++)
        if (strcmp(axis->label[i], label) == 0)
            return i;
    for (size_t i = 0; i < axis->size; i++)
        if (strcasecmp(axis->label[i], label) == 0)
            return i;
    return SIZE_MAX;
}

/* Are all its labels numbers? */
static bool
is_scale(const struct store_axis *axis)
{
    bool numbers = axis->size > 0 && !is_place_name(axis->name);

    for (size_t i = 0; i < axis->size && numbers; i++)
        numbers = is_number(axis->label[i]);
    return numbers;
}

bool
view_adds_up(const struct view *view, int dimension)
{
    bool quotient = strcmp(view->units, "%") == 0 || strstr(view->units, "percent") != NULL ||
                    strstr(view->units, " per ") != NULL;

    return !quotient && view->method != VIEW_MAXIMUM && view->method != VIEW_MINIMUM &&
           view->method != VIEW_SHARE && !is_scale(view->dimension[dimension]);
}

size_t
view_cells(const struct view *view, const struct view_pick *pick)
{
    size_t cells = 1;

    for (int i = 0; i < view->dimensions; i++)
        if (pick->of[i] == VIEW_EACH)
            cells *= view->dimension[i]->size;
    return cells;
}

static int
make_periods(struct view_periods *periods, size_t most, struct error *err)
{
    *periods = (struct view_periods){0, calloc(most + 1, sizeof *periods->first)};
    return periods->first != NULL ? OK : error_set(err, NO_MEMORY, "no memory for the periods");
}

int
view_years(const struct view *view, struct view_periods *periods, struct error *err)
{
    const struct store_axis *time = view->time;
    int status = make_periods(periods, time->size, err), year = INT32_MIN;

    for (size_t row = 0; row < time->size && status == OK; row++)
        if (calendar_date(time->begins[row]).year != year) {
            year = calendar_date(time->begins[row]).year;
            periods->first[periods->count++] = row;
        }
    if (status == OK)
        periods->first[periods->count] = time->size;
    return status;
}

int
view_bins(const struct view *view, size_t most, struct view_periods *periods, struct error *err)
{
    size_t rows = view->time->size, count = rows < most ? rows : most;
    int status = make_periods(periods, count, err);

    for (size_t i = 0; i <= count && status == OK && count > 0; i++)
        periods->first[i] = i * rows / count;
    periods->count = status == OK ? count : 0;
    return status;
}

void
view_periods_free(struct view_periods *periods)
{
    free(periods->first);
    *periods = (struct view_periods){0};
}

/* The value of a cell in a row: one entry, or the sum over those that are summed over. */
static double
cell_value(const struct view *view, const struct view_pick *pick, const double *row, size_t cell)
{
    size_t from[VIEW_DIMENSIONS] = {0}, to[VIEW_DIMENSIONS] = {1, 1};
    double sum = 0;

    for (int i = 0; i < view->dimensions; i++) {
        bool all = pick->of[i] == VIEW_SUM_OVER;
        from[i] = all ? 0 : pick->of[i] == VIEW_EACH ? cell : (size_t)pick->of[i];
        to[i] = all ? view->dimension[i]->size : from[i] + 1;
    }
    size_t width = view->dimensions > 1 ? view->dimension[1]->size : 1;
    for (size_t a = from[0]; a < to[0]; a++)
        for (size_t b = from[1]; b < to[1]; b++)
            sum += row[a * width + b];
    return sum;
}

/* Rows folded so far into one value. */
struct folding {
    double sum, weight, last, least, most;
    bool any;
};

static void
fold_value(struct folding *folding, double value, double days, bool is_last)
{
    if (is_last)
        folding->last = value;
    if (isnan(value))
        return;
    folding->sum += value;
    folding->weight += days;
    folding->least = folding->any ? fmin(folding->least, value) : value;
    folding->most = folding->any ? fmax(folding->most, value) : value;
    folding->any = true;
}

static double
fold_cell(const struct view *view, const struct view_pick *pick, const double *values, size_t width,
          size_t from, size_t to, size_t cell)
{
    struct folding folding = {.last = NAN};

    for (size_t row = from; row < to; row++) {
        double days = (double)(view->time->begins[row + 1] - view->time->begins[row]);
        double value = cell_value(view, pick, values + row * width, cell);
        bool mean = view->method == VIEW_MEAN || view->method == VIEW_SHARE;
        fold_value(&folding, mean ? value * days : value, days, row + 1 == to);
    }
    const double by_method[] = {
        [VIEW_MEAN] = folding.sum / folding.weight,
        [VIEW_SUM] = folding.sum,
        [VIEW_POINT] = folding.last,
        [VIEW_MAXIMUM] = folding.most,
        [VIEW_MINIMUM] = folding.least,
        [VIEW_SHARE] = folding.sum / folding.weight,
    };
    return folding.any ? by_method[view->method] : NAN;
}

/* What the values of each replication are folded into. */
struct folds {
    const struct view *view;
    const struct view_pick *pick;
    const struct view_fold *fold;
    size_t count;
    size_t width, cells; /* values of a row; those that are taken of it */
};

static int
fold_replication(void *context, size_t variable, size_t replication, void *values,
                 struct chunk_tools *tools, struct error *err)
{
    const struct folds *folds = context;
    const double *real = store_doubles(folds->view->variable, values);

    (void)variable;
    (void)tools;
    (void)err;
    for (size_t f = 0; f < folds->count; f++) {
        const struct view_periods *periods = folds->fold[f].periods;
        double *out = folds->fold[f].value + replication * periods->count * folds->cells;
        for (size_t p = 0; p < periods->count; p++)
            for (size_t c = 0; c < folds->cells; c++)
                out[p * folds->cells + c] = fold_cell(folds->view, folds->pick, real, folds->width,
                                                      periods->first[p], periods->first[p + 1], c);
    }
    return OK;
}

int
view_read(const struct view *view, const struct view_pick *pick, const struct view_fold *fold,
          size_t count, struct error *err)
{
    struct folds folds = {view, pick, fold, count, 1, view_cells(view, pick)};

    for (int i = 0; i < view->dimensions; i++)
        folds.width *= view->dimension[i]->size;
    const struct store_part part = {.first = store_index(view->store, view->variable),
                                    .variables = 1,
                                    .count = store_replications(view->store)};
    return store_each(view->store, &part, fold_replication, &folds, err);
}
