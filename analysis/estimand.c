#include "estimand.h"

#include "sim/base/array.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next of "a@entry+b" from *AT on into NAME, its entry into *ENTRY (NULL: none is said); false:
 * there are no more. */
static bool
next_series(const char **at, char name[256], const char **entry)
{
    *at += strspn(*at, "+");
    int length = (int)strcspn(*at, "+");

    if (length == 0)
        return false;
    snprintf(name, 256, "%.*s", length, *at);
    *at += length;
    char *mark = strchr(name, '@');
    if (mark != NULL)
        *mark++ = '\0';
    *entry = mark;
    return true;
}

static bool
is_named(const struct estimand_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->choice[i].name, name) == 0)
            return true;
    return false;
}

static int
add_name(struct estimand_names *names, const char *name, struct error *err)
{
    if (is_named(names, name))
        return OK;
    bool room = array_room(names->choice, names->room, names->count + 1);
    char *copy = room ? strdup(name) : NULL;
    if (copy == NULL)
        return error_set(err, NO_MEMORY, "no memory for series '%s'", name);
    names->choice[names->count++] = (struct memory_choice){.name = copy};
    return OK;
}

int
estimand_name(const struct estimand *estimand, struct estimand_names *names, struct error *err)
{
    const char *texts[] = {estimand->series, estimand->under}, *entry;
    char name[256];
    int status = OK;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (const char *at = texts[i]; status == OK && next_series(&at, name, &entry);)
            status = add_name(names, name, err);
    return status;
}

void
estimand_names_free(struct estimand_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free((char *)names->choice[i].name);
    free(names->choice);
    *names = (struct estimand_names){0};
}

/* Series added up: one value for each row of a replication. */
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

/* Where LABEL stands among the WIDTH values that VARIABLE has in a row; SIZE_MAX: nowhere. */
static size_t
find_label(const struct layout *layout, const struct layout_variable *variable, const char *label,
           size_t width)
{
    for (int d = 1; d < variable->dimensions; d++) {
        const struct layout_dimension *dimension = &layout->dimension[variable->dimension[d]];
        for (size_t i = 0; dimension->size == width && dimension->label != NULL && i < width; i++)
            if (strcmp(dimension->label[i], label) == 0)
                return i;
    }
    return SIZE_MAX;
}

/* How long each row is; the last goes on to the end of the run. */
static void
row_days(const struct estimand_run *run, const struct layout_dimension *time, double *days)
{
    for (size_t i = 0; time->value != NULL && i < time->size; i++)
        days[i] = (i + 1 < time->size ? time->value[i + 1] : run->days) - time->value[i];
}

/* The number of the choice NAME; SIZE_MAX: it is none. */
static size_t
find_choice(const struct memory *memory, const char *name)
{
    for (size_t i = 0; i < memory->choices; i++)
        if (strcmp(memory->choice[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

static int
make_rows(struct rows *rows, size_t count, const char *name, struct error *err)
{
    if (rows->value == NULL) {
        rows->count = count;
        rows->value = calloc(count + 1, sizeof *rows->value);
        rows->days = calloc(count + 1, sizeof *rows->days);
    }
    if (rows->value == NULL || rows->days == NULL)
        return error_set(err, NO_MEMORY, "no memory for series '%s'", name);
    return rows->count == count
               ? OK
               : error_set(err, BAD_INPUT, "series '%s' has other rows than those before it", name);
}

/* Add one series to ROWS: the entry AT of a row's values (empty: their sum). */
static int
add_series(struct rows *rows, const struct estimand_run *run, const char *name, const char *at,
           uint64_t replication, struct error *err)
{
    size_t choice = find_choice(run->memory, name), entry = SIZE_MAX, width = 1;

    if (choice == SIZE_MAX)
        return error_set(err, BAD_INPUT, "the result has no series '%s'", name);
    const struct layout_variable *variable =
        &run->layout->variable[run->memory->series[choice].variable];
    const struct layout_dimension *time = &run->layout->dimension[variable->dimension[0]];
    for (int d = 1; d < variable->dimensions; d++)
        width *= run->layout->dimension[variable->dimension[d]].size;
    if (at[0] != '\0' && (entry = find_label(run->layout, variable, at, width)) == SIZE_MAX)
        return error_set(err, BAD_INPUT, "series '%s' has no entry '%s'", name, at);
    int status = make_rows(rows, time->size, name, err);
    if (status != OK)
        return status;
    const double *values = memory_values(run->memory, choice, replication);
    for (size_t i = 0; i < rows->count; i++)
        for (size_t k = 0; k < width; k++)
            if (entry == SIZE_MAX || entry == k)
                rows->value[i] += values[i * width + k];
    row_days(run, time, rows->days);
    return OK;
}

/* Those that begin within what OF asks for. */
static void
keep_window(struct rows *rows, const struct estimand *of)
{
    double begins = 0;
    size_t kept = 0;

    for (size_t i = 0; i < rows->count; i++) {
        double days = rows->days[i];
        if (begins >= of->from && (of->until <= 0 || begins < of->until)) {
            rows->value[kept] = rows->value[i];
            rows->days[kept++] = days;
        }
        begins += days;
    }
    rows->count = kept;
}

/* "a+b@entry": the series of TEXT, added up, in the window of OF. */
static int
read_rows(struct rows *rows, const struct estimand_run *run, const struct estimand *of,
          const char *text, const char *at, uint64_t replication, struct error *err)
{
    char name[256];
    const char *entry;
    int status = OK;

    *rows = (struct rows){0};
    while (status == OK && next_series(&text, name, &entry))
        status = add_series(rows, run, name, entry != NULL ? entry : at, replication, err);
    if (status == OK && rows->count == 0)
        status = error_set(err, BAD_INPUT, "no series is given");
    if (status == OK && (of->from > 0 || of->until > 0)) {
        keep_window(rows, of);
        if (rows->count == 0)
            status = error_set(err, BAD_INPUT, "no row of the result begins in that time");
    }
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
    return gsl_stats_variance_with_fixed_mean(sample->above.value, 1, sample->above.count,
                                              sample->mean);
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
grand_mean(const struct estimand *of, const struct estimand_run *run, double *mean,
           struct error *err)
{
    size_t replications = run->memory->replications;
    int status = OK;

    *mean = 0;
    for (size_t r = 0; r < replications && status == OK; r++) {
        struct rows rows;
        status = read_rows(&rows, run, of, of->series, of->at, run->memory->first + r, err);
        if (status == OK)
            *mean += gsl_stats_mean(rows.value, 1, rows.count) / (double)replications;
        rows_free(&rows);
    }
    return status;
}

static int
estimate(const struct estimand *of, const struct estimand_run *run, uint64_t replication,
         double mean, double *value, struct error *err)
{
    struct sample sample = {.number = of->number, .mean = mean};
    int status = read_rows(&sample.above, run, of, of->series, of->at, replication, err);

    if (status == OK && of->under[0] != '\0')
        status = read_rows(&sample.below, run, of, of->under, "", replication, err);
    for (size_t i = 0; i < sample.above.count && status == OK; i++)
        sample.total_days += sample.above.days[i];
    if (status == OK) {
        size_t e = 0;
        while (e < ESTIMATORS && strcmp(estimators[e].name, of->estimator) != 0)
            e++;
        if (e == ESTIMATORS)
            status = error_set(err, BAD_INPUT, "no estimator is called '%s'", of->estimator);
        else
            *value = of->scale * estimators[e].estimate(&sample) + of->offset;
    }
    rows_free(&sample.above);
    rows_free(&sample.below);
    return status;
}

int
estimand_each(const struct estimand *of, const struct estimand_run *run, double *value,
              struct error *err)
{
    double mean = 0;
    int status = OK;

    if (strcmp(of->estimator, "variance") == 0)
        status = grand_mean(of, run, &mean, err);
    for (size_t r = 0; r < run->memory->replications && status == OK; r++)
        status = estimate(of, run, run->memory->first + r, mean, &value[r], err);
    return status;
}

int
estimand_take(const struct estimand *of, const struct estimand_run *run, double *got,
              double *standard_error, struct error *err)
{
    size_t n = run->memory->replications;
    double *value = calloc(n + 1, sizeof *value);
    int status = value != NULL ? estimand_each(of, run, value, err)
                               : error_set(err, NO_MEMORY, "no memory for %zu replications", n);
    if (status == OK) {
        *got = gsl_stats_mean(value, 1, n);
        *standard_error = n > 1 ? gsl_stats_sd_m(value, 1, n, *got) / sqrt((double)n) : 0;
    }
    free(value);
    return status;
}
