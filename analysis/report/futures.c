#include "futures.h"

#include "analysis/statistics.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

const double futures_p[FUTURES_QUANTILES] = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

json_t *
futures_numbers(const double *value, size_t count, int decimals)
{
    json_t *array = json_array();
    double power = pow(10, decimals);
    json_int_t before = 0;

    for (size_t i = 0; i < count; i++) {
        bool there = isfinite(value[i]) && fabs(value[i] * power) < 9e15;
        json_int_t number = there ? (json_int_t)round(value[i] * power) : before;
        if (json_array_append_new(array, there ? json_integer(number - before) : json_null()) !=
            0) {
            json_decref(array);
            return NULL;
        }
        before = number;
    }
    return array;
}

/* What is told of each window, [windows] each. */
enum column { MEAN, LOW, HIGH, BELOW, ABOVE, QUANTILE, COLUMNS = QUANTILE + FUTURES_QUANTILES };

struct told {
    size_t windows;
    double *column[COLUMNS];
    double *work, *sorted; /* [futures] */
    json_t *all;           /* NULL: not asked for */
};

/* The values of a window, sorted, without those that are not there; how many. */
static size_t
sort_window(const struct futures *futures, size_t window, double *sorted)
{
    size_t there = 0;

    for (size_t r = 0; r < futures->count; r++) {
        double value = futures->value[r * futures->windows + window];
        if (!isnan(value))
            sorted[there++] = value;
    }
    gsl_sort(sorted, 1, there);
    return there;
}

/* In per cent of SORTED [there]: those below nothing, and those above it. */
static void
tell_sides(struct told *told, size_t at, const double *sorted, size_t there)
{
    size_t below = 0, above = 0;

    for (size_t i = 0; i < there; i++) {
        below += sorted[i] < 0;
        above += sorted[i] > 0;
    }
    told->column[BELOW][at] = there > 0 ? 100.0 * (double)below / (double)there : NAN;
    told->column[ABOVE][at] = there > 0 ? 100.0 * (double)above / (double)there : NAN;
}

static bool
tell_window(const struct futures *futures, const struct futures_asked *asked, struct told *told,
            size_t window)
{
    size_t at = window - asked->from, there = sort_window(futures, window, told->sorted);
    struct estimate estimate = estimate_make(futures->value + window, futures->windows,
                                             futures->count, futures->draw, told->work);

    told->column[MEAN][at] = estimate.mean;
    told->column[LOW][at] = estimate.low;
    told->column[HIGH][at] = estimate.high;
    for (int q = 0; q < FUTURES_QUANTILES; q++)
        told->column[QUANTILE + q][at] =
            there > 0 ? gsl_stats_quantile_from_sorted_data(told->sorted, 1, there, futures_p[q])
                      : NAN;
    tell_sides(told, at, told->sorted, there);
    return told->all == NULL ||
           json_array_append_new(told->all,
                                 futures_numbers(told->sorted, there, asked->decimals)) == 0;
}

static bool
make_room(struct told *told, const struct futures *futures, const struct futures_asked *asked)
{
    told->windows = asked->until - asked->from;
    told->column[0] = calloc(COLUMNS * told->windows + 2 * futures->count + 1, sizeof(double));
    told->all = asked->all ? json_array() : NULL;
    if (told->column[0] == NULL || (asked->all && told->all == NULL))
        return false;
    for (int c = 1; c < COLUMNS; c++)
        told->column[c] = told->column[c - 1] + told->windows;
    told->work = told->column[COLUMNS - 1] + told->windows;
    told->sorted = told->work + futures->count;
    return true;
}

static bool
put(json_t *object, const char *name, const struct told *told, int column, int decimals)
{
    return json_object_set_new(object, name,
                               futures_numbers(told->column[column], told->windows, decimals)) == 0;
}

static bool
put_quantiles(json_t *object, const struct told *told, int decimals)
{
    json_t *array = json_array();
    bool good = json_object_set_new(object, "q", array) == 0;

    for (int q = 0; q < FUTURES_QUANTILES && good; q++)
        good = json_array_append_new(array, futures_numbers(told->column[QUANTILE + q],
                                                            told->windows, decimals)) == 0;
    return good;
}

#define SIDE_DECIMALS 1 /* of futures in a hundred */

static json_t *
write_told(const struct told *told, const struct futures_asked *asked)
{
    json_t *object = json_object();
    bool good = put(object, "mean", told, MEAN, asked->decimals);

    if (good && asked->interval)
        good = put(object, "low", told, LOW, asked->decimals) &&
               put(object, "high", told, HIGH, asked->decimals);
    if (good && asked->bands)
        good = put_quantiles(object, told, asked->decimals);
    if (good && asked->change)
        good = put(object, "below", told, BELOW, SIDE_DECIMALS) &&
               put(object, "above", told, ABOVE, SIDE_DECIMALS);
    if (good && told->all != NULL)
        good = json_object_set(object, "futures", told->all) == 0;
    if (good)
        return object;
    json_decref(object);
    return NULL;
}

json_t *
futures_json(const struct futures *futures, const struct futures_asked *asked)
{
    struct told told = {0};
    bool good = make_room(&told, futures, asked);

    for (size_t w = asked->from; w < asked->until && good; w++)
        good = tell_window(futures, asked, &told, w);
    json_t *object = good ? write_told(&told, asked) : NULL;
    free(told.column[0]);
    json_decref(told.all);
    return object;
}
