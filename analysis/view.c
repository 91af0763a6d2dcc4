#include "view.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static char *
copy_text(struct view *view, const char *attribute)
{
    const char *text = store_text(view->store, view->name, attribute);

    return strdup(text != NULL ? text : "");
}

/* "time: sum" or "area: sum month: mean (of each day)": the method of the variable's own time, else
 * that of the first that has one. */
static enum view_method
read_method(const char *cell_methods, const char *time)
{
    static const char *const words[] = {
        [VIEW_MEAN] = "mean",       [VIEW_SUM] = "sum",         [VIEW_POINT] = "point",
        [VIEW_MAXIMUM] = "maximum", [VIEW_MINIMUM] = "minimum",
    };
    char own[VIEW_NAME + 2];

    snprintf(own, sizeof own, "%s:", time);
    const char *at = strstr(cell_methods, own);
    at = at != NULL ? at : cell_methods;
    at += strcspn(at, ":");
    at += strspn(at, ": ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0)
            return (enum view_method)i;
    return VIEW_POINT;
}

/* The day on which a row that begins on DAY would end, by its tick. */
static int32_t
natural_end(const char *time, int32_t day)
{
    struct date date = calendar_date(day);

    if (strcmp(time, "year") == 0 || (strcmp(time, "month") == 0 && date.month == 12))
        return calendar_day((struct date){date.year + 1, 1, 1});
    if (strcmp(time, "month") == 0)
        return calendar_day((struct date){date.year, date.month + 1, 1});
    return strcmp(time, "week") == 0 ? day + 7 - calendar_weekday(day) : day + 1;
}

/* The day that the numbers of NAME count from. */
static int32_t
reference_day(struct store *store, const char *name)
{
    const char *units = store_text(store, name, "units");
    char date[CALENDAR_TEXT] = "";
    int32_t day = 0;

    if (units != NULL && sscanf(units, "days since %10s", date) == 1)
        calendar_parse(date, &day);
    return day;
}

/* The end of the last row: as its bounds say; without them the end of the days, where days are kept
 * too, else where its tick would end. */
static int32_t
last_end(struct view *view, int32_t reference)
{
    const char *bounds = store_text(view->store, view->time, "bounds");
    char name[VIEW_NAME];
    size_t size = 0;
    int32_t end = natural_end(view->time, view->begins[view->rows - 1]);

    if (bounds != NULL) {
        snprintf(name, sizeof name, "%s", bounds);
        const int32_t *both = store_coordinate(view->store, name, &size);
        if (both != NULL && size == 2 * view->rows)
            return reference + both[size - 1];
    }
    const int32_t *days = store_coordinate(view->store, "time", &size);
    int32_t after = days != NULL && size > 0 ? days[size - 1] + 1 : INT32_MAX;
    if (after == INT32_MAX)
        return end;
    after += reference_day(view->store, "time");
    return after > view->begins[view->rows - 1] && after < end ? after : end;
}

static int
read_rows(struct view *view, size_t rows, struct error *err)
{
    size_t size = 0;

    view->rows = rows;
    view->begins = calloc(rows + 1, sizeof *view->begins);
    if (view->begins == NULL)
        return error_set(err, NO_MEMORY, "no memory for the dates of %s", view->name);
    int32_t reference = reference_day(view->store, view->time);
    const int32_t *value = store_coordinate(view->store, view->time, &size);
    for (size_t row = 0; row <= rows; row++)
        view->begins[row] =
            value != NULL && size == rows && row < rows ? reference + value[row] : (int32_t)row;
    if (value != NULL && size == rows && rows > 0)
        view->begins[rows] = last_end(view, reference);
    return OK;
}

/* What a place is called in a variable's name and as a dimension. */
static const char *const place_names[] = {"region", "facility"};

static bool
is_place_name(const char *name)
{
    return strcmp(name, place_names[0]) == 0 || strcmp(name, place_names[1]) == 0;
}

const char *
view_base_name(const struct store *store, size_t variable)
{
    const char *name = store_variable(store, variable);

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

/* Labels as they stand, or the numbers of a coordinate as text, or 1, 2, 3. */
static int
read_dimension(struct view_dimension *dimension, struct store *store, size_t size,
               struct error *err)
{
    size_t labels = 0, numbers = 0;
    char text[32];
    const char *const *label = store_labels(store, dimension->name, &labels);
    const int32_t *number =
        labels == size ? NULL : store_coordinate(store, dimension->name, &numbers);

    dimension->size = size;
    dimension->label = calloc(size + 1, sizeof *dimension->label);
    dimension->scale = size > 0 && !is_place_name(dimension->name);
    for (size_t i = 0; i < size && dimension->label != NULL; i++) {
        snprintf(text, sizeof text, "%lld",
                 number != NULL && numbers == size ? (long long)number[i] : (long long)i + 1);
        dimension->label[i] = strdup(labels == size ? label[i] : text);
        if (dimension->label[i] == NULL)
            return error_set(err, NO_MEMORY, "no memory for the labels of %s", dimension->name);
        dimension->scale &= is_number(dimension->label[i]);
    }
    return dimension->label != NULL
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the labels of %s", dimension->name);
}

int
view_open(struct view *view, struct store *store, size_t variable, struct error *err)
{
    size_t shape[LAYOUT_MOST_DIMENSIONS] = {0};
    int rank = store_shape(store, variable, shape);

    *view = (struct view){.store = store, .variable = variable, .dimensions = rank - 1};
    view->name = strdup(store_variable(store, variable));
    view->long_name = copy_text(view, "long_name");
    bool counted = store_text(store, view->name != NULL ? view->name : "", "counted") != NULL;
    view->units = copy_text(view, counted ? "counted" : "units");
    view->definition = copy_text(view, "definition");
    char *methods = copy_text(view, "cell_methods");
    if (view->name == NULL || view->long_name == NULL || view->units == NULL ||
        view->definition == NULL || methods == NULL) {
        free(methods);
        return error_set(err, NO_MEMORY, "no memory to read %s", store_variable(store, variable));
    }
    store_dimension(store, variable, 0, view->time, sizeof view->time);
    view->method = read_method(methods, view->time);
    if (view->method == VIEW_POINT && strcmp(view->units, "1") == 0)
        view->method = VIEW_SHARE;
    free(methods);
    int status = read_rows(view, shape[0], err);
    for (int i = 0; i < view->dimensions && status == OK; i++) {
        struct view_dimension *dimension = &view->dimension[i];
        store_dimension(store, variable, i + 1, dimension->name, sizeof dimension->name);
        status = read_dimension(dimension, store, shape[i + 1], err);
    }
    return status;
}

void
view_close(struct view *view)
{
    for (int i = 0; i < view->dimensions; i++) {
        for (size_t k = 0; view->dimension[i].label != NULL && k < view->dimension[i].size; k++)
            free(view->dimension[i].label[k]);
        free(view->dimension[i].label);
    }
    free(view->name);
    free(view->long_name);
    free(view->units);
    free(view->definition);
    free(view->begins);
    *view = (struct view){0};
}

size_t
view_label(const struct view_dimension *dimension, const char *label)
{
    for (size_t i = 0; i < dimension->size; i++)
        if (strcmp(dimension->label[i], label) == 0)
            return i;
    for (size_t i = 0; i < dimension->size; i++)
        if (strcasecmp(dimension->label[i], label) == 0)
            return i;
    return SIZE_MAX;
}

bool
view_adds_up(const struct view *view, int dimension)
{
    bool quotient = strcmp(view->units, "%") == 0 || strstr(view->units, "percent") != NULL ||
                    strstr(view->units, " per ") != NULL;

    return !quotient && !view->dimension[dimension].scale && view->method != VIEW_MAXIMUM &&
           view->method != VIEW_MINIMUM && view->method != VIEW_SHARE;
}

size_t
view_cells(const struct view *view, const struct view_pick *pick)
{
    size_t cells = 1;

    for (int i = 0; i < view->dimensions; i++)
        if (pick->of[i] == VIEW_EACH)
            cells *= view->dimension[i].size;
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
    int status = make_periods(periods, view->rows, err), year = INT32_MIN;

    for (size_t row = 0; row < view->rows && status == OK; row++)
        if (calendar_date(view->begins[row]).year != year) {
            year = calendar_date(view->begins[row]).year;
            periods->first[periods->count++] = row;
        }
    if (status == OK)
        periods->first[periods->count] = view->rows;
    return status;
}

int
view_bins(const struct view *view, size_t most, struct view_periods *periods, struct error *err)
{
    size_t count = view->rows < most ? view->rows : most;
    int status = make_periods(periods, count, err);

    for (size_t i = 0; i <= count && status == OK && count > 0; i++)
        periods->first[i] = i * view->rows / count;
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
        to[i] = all ? view->dimension[i].size : from[i] + 1;
    }
    size_t width = view->dimensions > 1 ? view->dimension[1].size : 1;
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
        double days = (double)(view->begins[row + 1] - view->begins[row]);
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

int
view_read(const struct view *view, const struct view_pick *pick, const struct view_fold *folds,
          size_t count, struct error *err)
{
    size_t width = 1, cells = view_cells(view, pick);
    int status = OK;

    for (int i = 0; i < view->dimensions; i++)
        width *= view->dimension[i].size;
    double *values = calloc(view->rows * width + 1, sizeof *values);
    if (values == NULL)
        return error_set(err, NO_MEMORY, "no memory to read %s", view->name);
    for (size_t r = 0; r < store_replications(view->store) && status == OK; r++) {
        status = store_read_doubles(view->store, view->variable, r, values, err);
        for (size_t f = 0; f < count && status == OK; f++) {
            const struct view_periods *periods = folds[f].periods;
            double *out = folds[f].value + r * periods->count * cells;
            for (size_t p = 0; p < periods->count; p++)
                for (size_t c = 0; c < cells; c++)
                    out[p * cells + c] = fold_cell(view, pick, values, width, periods->first[p],
                                                   periods->first[p + 1], c);
        }
    }
    free(values);
    return status;
}
