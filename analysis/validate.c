#include "validate.h"

#include "models/run/reading.h"
#include "models/run/run.h"
#include "models/scenario/load.h"
#include "models/scenario/source.h"

#include "sim/result/store.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FAMILY_ERROR 1e-3 /* that any comparison fails by chance */

/* The columns of the table: a text, or a number with what an empty cell means. */
static const struct column {
    const char *name;
    size_t offset;
    bool number;
    double empty;
} columns[] = {
    {"case", offsetof(struct comparison, case_name), false, 0},
    {"quantity", offsetof(struct comparison, quantity), false, 0},
    {"unit", offsetof(struct comparison, unit), false, 0},
    {"expected", offsetof(struct comparison, expected), true, 0},
    {"tolerance", offsetof(struct comparison, tolerance), true, 0},
    {"estimator", offsetof(struct comparison, estimator), false, 0},
    {"series", offsetof(struct comparison, series), false, 0},
    {"at", offsetof(struct comparison, at), false, 0},
    {"under", offsetof(struct comparison, under), false, 0},
    {"number", offsetof(struct comparison, number), true, 0},
    {"scale", offsetof(struct comparison, scale), true, 1},
    {"offset", offsetof(struct comparison, offset), true, 0},
    {"source", offsetof(struct comparison, source), false, 0},
};

static void
read_row(struct comparison *row, const struct node *node, struct faults *faults)
{
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        const struct node *cell = node_find(node, columns[c].name);
        char *field = (char *)row + columns[c].offset, *end;
        if (!columns[c].number) {
            const char *text = cell != NULL && cell->kind == NODE_SCALAR ? cell->text : "";
            memcpy(field, &text, sizeof text);
            continue;
        }
        double value = cell != NULL ? strtod(cell->text, &end) : columns[c].empty;
        if (cell != NULL && (*end != '\0' || end == cell->text))
            faults_add(faults, node_at(cell), columns[c].name, "expected a number, found '%.40s'",
                       cell->text);
        memcpy(field, &value, sizeof value);
    }
}

int
validation_read(struct validation *validation, const char *folder, struct faults *faults)
{
    char path[4200];

    *validation = (struct validation){.rows = 0};
    snprintf(validation->folder, sizeof validation->folder, "%s", folder);
    snprintf(path, sizeof path, "%s/cases.yaml", folder);
    source_begin(&validation->tree, &(struct scenario_source){.file = path}, faults);
    validation->tree.root = load_file(&validation->tree, path, "cases.yaml", NULL);
    source_end(&validation->tree);
    const struct node *list = node_find(validation->tree.root, "comparisons");
    if (faults->errors > 0 || list == NULL || list->kind != NODE_LIST) {
        if (faults->errors == 0)
            faults_add(faults, (struct position){path, 1, 1}, NULL, "expected comparisons: a list");
        return BAD_INPUT;
    }
    validation->row = calloc(list->count + 1, sizeof *validation->row);
    for (size_t i = 0; validation->row != NULL && i < list->count; i++)
        read_row(&validation->row[validation->rows++], list->child[i], faults);
    return validation->row == NULL ? NO_MEMORY : faults->errors > 0 ? BAD_INPUT : OK;
}

void
validation_free(struct validation *validation)
{
    free(validation->row);
    tree_free(&validation->tree);
}

/* A result, and how long its rows are. */
struct taken {
    struct store *store;
    double days;
};

/* Series of a result, added up: one value for each row of a replication. */
struct rows {
    size_t count;
    double *value; /* [count] */
    double *days;  /* [count] */
};

static void
rows_free(struct rows *rows)
{
    free(rows->value);
    free(rows->days);
}

/* Where LABEL stands in a coordinate of SIZE entries; SIZE_MAX: in none. */
static size_t
find_label(struct store *store, const char *label, size_t size)
{
    static const char *const coordinates[] = {"facility", "status", "phase", "exit",    "desk",
                                              "level",    "region", "group", "measure", "part"};

    for (size_t c = 0; c < sizeof coordinates / sizeof *coordinates; c++) {
        size_t count = 0;
        const char *const *labels = store_labels(store, coordinates[c], &count);
        for (size_t i = 0; count == size && i < count; i++)
            if (strcmp(labels[i], label) == 0)
                return i;
    }
    return SIZE_MAX;
}

/* How long each of SIZE rows is, from the coordinate that has as many. */
static void
row_days(const struct taken *taken, size_t size, double *days)
{
    static const char *const names[] = {"time", "week", "month", "year"};

    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        size_t count = 0;
        const int32_t *begins = store_coordinate(taken->store, names[n], &count);
        if (begins == NULL || count != size)
            continue;
        for (size_t i = 0; i < size; i++)
            days[i] = (i + 1 < size ? begins[i + 1] : taken->days) - begins[i];
        return;
    }
}

/* Add one series to ROWS: the entry AT of its last dimension (empty: their sum). */
static int
add_series(struct rows *rows, const struct taken *taken, const char *name, const char *at,
           size_t replication, struct error *err)
{
    size_t shape[LAYOUT_MOST_DIMENSIONS] = {0}, variable = store_find(taken->store, name);
    size_t width = 1, entry = SIZE_MAX;

    if (variable == SIZE_MAX)
        return error_set(err, BAD_INPUT, "the result has no series '%s'", name);
    int dimensions = store_shape(taken->store, variable, shape);
    for (int d = 1; d < dimensions; d++)
        width *= shape[d];
    if (at[0] != '\0' && (entry = find_label(taken->store, at, width)) == SIZE_MAX)
        return error_set(err, BAD_INPUT, "series '%s' has no entry '%s'", name, at);
    if (rows->value == NULL) {
        rows->count = shape[0];
        rows->value = calloc(shape[0] + 1, sizeof *rows->value);
        rows->days = calloc(shape[0] + 1, sizeof *rows->days);
    }
    if (rows->count != shape[0])
        return error_set(err, BAD_INPUT, "series '%s' has other rows than those before it", name);
    double *values = calloc(shape[0] * width + 1, sizeof *values);
    if (values == NULL || rows->value == NULL || rows->days == NULL) {
        free(values);
        return error_set(err, NO_MEMORY, "no memory for series '%s'", name);
    }
    int status = store_read_doubles(taken->store, variable, replication, values, err);
    for (size_t i = 0; status == OK && i < shape[0]; i++)
        for (size_t k = 0; k < width; k++)
            if (entry == SIZE_MAX || entry == k)
                rows->value[i] += values[i * width + k];
    if (status == OK)
        row_days(taken, rows->count, rows->days);
    free(values);
    return status;
}

/* "a+b@entry": the series of TEXT, added up. */
static int
read_rows(struct rows *rows, const struct taken *taken, const char *text, const char *at,
          size_t replication, struct error *err)
{
    char copy[256], *save = NULL;
    int status = OK;

    *rows = (struct rows){0};
    snprintf(copy, sizeof copy, "%s", text);
    for (char *name = strtok_r(copy, "+", &save); name != NULL && status == OK;
         name = strtok_r(NULL, "+", &save)) {
        char *entry = strchr(name, '@');
        if (entry != NULL)
            *entry++ = '\0';
        status = add_series(rows, taken, name, entry != NULL ? entry : at, replication, err);
    }
    if (status == OK && rows->count == 0)
        status = error_set(err, BAD_INPUT, "no series is given");
    return status;
}

/* What the estimators see of a replication: rows above, rows below (ratio, stay), the grand mean.
 */
struct sample {
    struct rows above, below;
    double number, mean, total_days;
};

static double
sum_of(const struct rows *rows, bool by_days)
{
    double sum = 0;

    for (size_t i = 0; i < rows->count; i++)
        sum += rows->value[i] * (by_days ? rows->days[i] : 1);
    return sum;
}

static double
estimate_mean(const struct sample *sample)
{
    return sum_of(&sample->above, true) / sample->total_days;
}

static double
estimate_ratio(const struct sample *sample)
{
    return sum_of(&sample->above, false) / sum_of(&sample->below, false);
}

static double
estimate_stay(const struct sample *sample)
{
    return sum_of(&sample->above, true) / sum_of(&sample->below, false);
}

static double
estimate_rate(const struct sample *sample)
{
    return sum_of(&sample->above, false) / sample->total_days;
}

static double
estimate_variance(const struct sample *sample)
{
    double sum = 0;

    for (size_t i = 0; i < sample->above.count; i++)
        sum += (sample->above.value[i] - sample->mean) * (sample->above.value[i] - sample->mean);
    return sum / (double)sample->above.count;
}

static double
estimate_share(const struct sample *sample)
{
    size_t same = 0;

    for (size_t i = 0; i < sample->above.count; i++)
        same += fabs(sample->above.value[i] - sample->number) < 0.5;
    return (double)same / (double)sample->above.count;
}

static double
estimate_delay(const struct sample *sample)
{
    size_t same = 0, most = 0;

    for (size_t i = 0; i < sample->above.count; i++) {
        same += fabs(sample->above.value[i] - sample->number) < 0.5;
        most += sample->above.value[i] < sample->number + 0.5;
    }
    return (double)same / (double)most;
}

static double
estimate_day(const struct sample *sample)
{
    double sum = 0;
    int years = 0;

    for (;; years++) {
        size_t row = (size_t)(sample->number + 365.25 * years);
        if (row >= sample->above.count)
            return sum / years;
        sum += sample->above.value[row];
    }
}

static const struct {
    const char *name;
    double (*estimate)(const struct sample *sample);
} estimators[] = {
    {"mean", estimate_mean},   {"ratio", estimate_ratio},       {"stay", estimate_stay},
    {"rate", estimate_rate},   {"variance", estimate_variance}, {"share", estimate_share},
    {"delay", estimate_delay}, {"day", estimate_day},
};
#define ESTIMATORS (sizeof estimators / sizeof *estimators)

/* The mean of a series over rows and replications. */
static int
grand_mean(const struct comparison *row, const struct taken *taken, double *mean, struct error *err)
{
    size_t replications = store_replications(taken->store);
    int status = OK;

    *mean = 0;
    for (size_t r = 0; r < replications && status == OK; r++) {
        struct rows rows;
        status = read_rows(&rows, taken, row->series, row->at, r, err);
        if (status == OK)
            *mean += sum_of(&rows, false) / (double)rows.count / (double)replications;
        rows_free(&rows);
    }
    return status;
}

static int
estimate(const struct comparison *row, const struct taken *taken, size_t replication, double mean,
         double *value, struct error *err)
{
    struct sample sample = {.number = row->number, .mean = mean, .total_days = taken->days};
    int status = read_rows(&sample.above, taken, row->series, row->at, replication, err);

    if (status == OK && row->under[0] != '\0')
        status = read_rows(&sample.below, taken, row->under, "", replication, err);
    if (status == OK) {
        size_t e = 0;
        while (e < ESTIMATORS && strcmp(estimators[e].name, row->estimator) != 0)
            e++;
        if (e == ESTIMATORS)
            status = error_set(err, BAD_INPUT, "no estimator is called '%s'", row->estimator);
        else
            *value = row->scale * estimators[e].estimate(&sample) + row->offset;
    }
    rows_free(&sample.above);
    rows_free(&sample.below);
    return status;
}

/* Take a row's quantity from every replication; its mean and standard error. */
static int
take_row(struct comparison *row, const struct taken *taken, struct error *err)
{
    size_t n = store_replications(taken->store);
    double mean = 0, sum = 0, squares = 0;
    int status = strcmp(row->estimator, "variance") == 0 ? grand_mean(row, taken, &mean, err) : OK;

    for (size_t r = 0; r < n && status == OK; r++) {
        double value = 0;
        status = estimate(row, taken, r, mean, &value, err);
        sum += value;
        squares += value * value;
    }
    row->replications = n;
    row->got = sum / (double)n;
    double variance = (squares - sum * sum / (double)n) / (double)(n - 1);
    row->standard_error = sqrt(fmax(variance, 0) / (double)n);
    row->done = status == OK;
    return status;
}

/* Beyond this many standard errors a comparison fails, so that all of COUNT do by chance with
 * FAMILY_ERROR (Sidak 1967). */
static double
limit(size_t replications, size_t count)
{
    double each = 1 - pow(1 - FAMILY_ERROR, 1.0 / (double)count);

    return gsl_cdf_tdist_Qinv(each / 2, (double)replications - 1);
}

static void
judge(struct comparison *row, size_t count)
{
    double off = fabs(row->got - row->expected);
    double most = row->tolerance + limit(row->replications, count) * row->standard_error;

    row->distance = row->standard_error > 0 ? (row->got - row->expected) / row->standard_error : 0;
    row->holds = off <= most + 1e-9 * fabs(row->expected);
}

static int
run_case(const struct validation *validation, const char *name, const char *output, bool quick,
         int threads, double *days, struct error *err)
{
    struct scenario scenario;
    struct faults faults = {0};
    char path[4400], line[1024];
    int status;

    snprintf(path, sizeof path, "%s/%s.yaml", validation->folder, name);
    status = run_read(&scenario, path, false, &faults);
    if (status != OK) {
        faults_line(&faults, 0, line, sizeof line);
        error_set(err, status, "%s", line);
    } else {
        uint64_t n = (uint64_t)scenario.replications;
        if (quick)
            n = n / 10 > 10 ? n / 10 : 10;
        struct run run = {.scenario = &scenario,
                          .output = output,
                          .last = n - 1,
                          .threads = threads,
                          .force = true,
                          .command_line = "doorstroom validate",
                          .stop = validation->stop};
        *days = floor(scenario.horizon + 0.5);
        status = run_scenario(&run, err);
    }
    faults_free(&faults);
    scenario_free(&scenario);
    return status;
}

static bool
wanted(const char *name, const char *const *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(cases[i], name) == 0)
            return true;
    return count == 0;
}

/* Run the case of the rows FIRST .. LAST - 1 and take them from its result. */
static int
take_case(struct validation *validation, size_t first, size_t last, const char *output, bool quick,
          int threads, struct error *err)
{
    struct taken taken = {0};
    char journal[4220];
    int status = run_case(validation, validation->row[first].case_name, output, quick, threads,
                          &taken.days, err);

    if (status == OK)
        status = store_open(&taken.store, output, err);
    for (size_t i = first; i < last && status == OK; i++)
        status = take_row(&validation->row[i], &taken, err);
    store_close(taken.store);
    snprintf(journal, sizeof journal, "%s.journal", output);
    unlink(output);
    unlink(journal); /* of a run that was stopped */
    return status;
}

int
validation_run(struct validation *validation, const char *const *cases, size_t count, bool quick,
               int threads, void (*done)(const struct comparison *row, size_t rows),
               struct error *err)
{
    const char *temporary = getenv("TMPDIR");
    char output[4200];
    size_t compared = 0, last;
    int status = OK;

    snprintf(output, sizeof output, "%s/doorstroom-validate-%ld.h5",
             temporary != NULL ? temporary : "/tmp", (long)getpid());
    for (size_t i = 0; i < validation->rows; i++)
        compared += wanted(validation->row[i].case_name, cases, count);
    for (size_t first = 0; first < validation->rows && status == OK; first = last) {
        const char *name = validation->row[first].case_name;
        for (last = first;
             last < validation->rows && strcmp(validation->row[last].case_name, name) == 0;)
            last++;
        if (!wanted(name, cases, count))
            continue;
        status = take_case(validation, first, last, output, quick, threads, err);
        for (size_t i = first; i < last && status == OK; i++)
            judge(&validation->row[i], compared);
        if (status == OK && done != NULL)
            done(&validation->row[first], last - first);
    }
    return status;
}
