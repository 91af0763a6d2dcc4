#include "sobol_indices.h"

#include <math.h>
#include <stdlib.h>

/* A variance below this part of the squares that it is made of is rounding. */
#define ROUNDING 1e-12

/* Of the estimates: two a factor, then these. */
enum { VARIANCE, CHANCE, SHARE, WHOLE_VALUES };

struct design {
    const struct sobol_outcomes *outcomes;
    const size_t *row; /* [rows used] */
    double origin;     /* sums are of differences from this outcome, so that few digits are lost */
};

/* Sums over the rows of a resample. */
struct sums {
    double sum, squares; /* of A and B */
    double within;       /* squares of replications about their point's mean, all points */
    double *first;       /* [factors]: squares of B less A with a column of B */
    double *total;       /* [factors]: squares of A less the same */
};

static const double *
point(const struct sobol_outcomes *outcomes, const double *matrix, size_t row)
{
    return matrix + row * outcomes->replications;
}

static const double *
mixed_point(const struct sobol_outcomes *outcomes, size_t factor, size_t row)
{
    return point(outcomes, outcomes->ab, factor * outcomes->rows + row);
}

static void
add_row(struct sums *sums, const struct design *design, size_t row, double times,
        const struct weights *weights)
{
    const struct sobol_outcomes *o = design->outcomes;
    double within = 0;
    double a = weights_mean(weights, point(o, o->a, row), &within) - design->origin;
    double b = weights_mean(weights, point(o, o->b, row), &within) - design->origin;

    sums->sum += times * (a + b);
    sums->squares += times * (a * a + b * b);
    for (size_t i = 0; i < o->factors; i++) {
        double ab = weights_mean(weights, mixed_point(o, i, row), &within) - design->origin;
        sums->first[i] += times * (b - ab) * (b - ab);
        sums->total[i] += times * (a - ab) * (a - ab);
    }
    sums->within += times * within;
}

/* VALUE: [factors] of the first order, [factors] totals, and of the whole. In V less the first
 * order's half of squared differences, what chance adds to both goes by itself. */
static void
write_estimates(const struct sums *sums, const struct design *design, const struct weights *weights,
                double *value)
{
    const struct sobol_outcomes *o = design->outcomes;
    size_t factors = o->factors;
    double n = (double)weights->units, *whole = value + 2 * factors;
    double all = (sums->squares - sums->sum * sums->sum / (2 * n)) / (2 * n - 1);
    double chance =
        weights->degrees > 0 ? sums->within / ((double)(factors + 2) * n * weights->degrees) : NAN;
    double added = o->common ? 0 : chance / (double)o->replications;
    double variance = all - added;
    double divisor = variance > ROUNDING * sums->squares / n ? variance : NAN;

    for (size_t i = 0; i < factors; i++) {
        value[i] = (all - sums->first[i] / (2 * n)) / divisor;
        value[factors + i] = (sums->total[i] / (2 * n) - added) / divisor;
    }
    whole[VARIANCE] = variance;
    whole[CHANCE] = chance;
    whole[SHARE] = chance / (chance + divisor);
}

static void
estimate(const void *of, const struct weights *weights, double *room, double *value)
{
    const struct design *design = of;
    size_t factors = design->outcomes->factors;
    struct sums sums = {.first = room, .total = room + factors};

    for (size_t i = 0; i < 2 * factors; i++)
        room[i] = 0;
    for (size_t u = 0; u < weights->units; u++)
        if (weights->unit[u] > 0)
            add_row(&sums, design, design->row[u], weights->unit[u], weights);
    write_estimates(&sums, design, weights, value);
}

static bool
is_finite(const double *value, size_t count)
{
    bool finite = true;

    for (size_t i = 0; i < count; i++)
        finite = finite && isfinite(value[i]);
    return finite;
}

/* The rows of which every outcome is known; how many there are. */
static size_t
keep(const struct sobol_outcomes *o, size_t *row)
{
    size_t count = 0;

    for (size_t j = 0; j < o->rows; j++) {
        bool finite = is_finite(point(o, o->a, j), o->replications) &&
                      is_finite(point(o, o->b, j), o->replications);
        for (size_t i = 0; i < o->factors; i++)
            finite = finite && is_finite(mixed_point(o, i, j), o->replications);
        if (finite)
            row[count++] = j;
    }
    return count;
}

static bool
differ(const double *a, const double *b, size_t count)
{
    bool different = false;

    for (size_t i = 0; i < count; i++)
        different = different || a[i] < b[i] || a[i] > b[i];
    return different;
}

/* Does any point of A or B differ from the first? */
static bool
varies(const struct sobol_outcomes *o, const size_t *row, size_t rows)
{
    const double *first = point(o, o->a, row[0]);
    bool varies = false;

    for (size_t u = 0; u < rows && !varies; u++)
        varies = differ(point(o, o->a, row[u]), first, o->replications) ||
                 differ(point(o, o->b, row[u]), first, o->replications);
    return varies;
}

static int
check(const struct sobol_outcomes *o, const size_t *row, size_t rows, struct error *err)
{
    if (rows < SOBOL_FEWEST_ROWS)
        return error_set(err, BAD_INPUT,
                         "Sobol' indices take %d base rows at least whose outcomes are all known, "
                         "not %zu of %zu",
                         SOBOL_FEWEST_ROWS, rows, o->rows);
    if (!o->common && o->replications < 2)
        return error_set(err, BAD_INPUT,
                         "chance cannot be told from the factors with one replication a point: run "
                         "two at least, or common random numbers");
    if (!varies(o, row, rows))
        return error_set(err, BAD_INPUT, "the outcome is the same at all points");
    return OK;
}

/* VALUE [2 factors + WHOLE_VALUES]; where there is nothing to share, nobody has a share. */
static int
give(const struct interval *value, size_t factors, struct sobol_index *index,
     struct sobol_whole *whole, struct error *err)
{
    if (isnan(value[0].value))
        return error_set(err, BAD_INPUT,
                         "the outcome differs between points no more than by chance: run more "
                         "replications or rows");
    for (size_t i = 0; i < factors; i++)
        index[i] = (struct sobol_index){value[i], value[factors + i]};
    whole->variance = value[2 * factors + VARIANCE];
    whole->chance = value[2 * factors + CHANCE];
    whole->share = value[2 * factors + SHARE];
    return OK;
}

static int
estimate_kept(const struct sobol_outcomes *o, const size_t *row, struct bootstrap bootstrap,
              struct interval *value, struct sobol_index *index, struct sobol_whole *whole,
              struct error *err)
{
    int status = check(o, row, whole->rows, err);

    if (status != OK)
        return status;
    struct design design = {o, row, *point(o, o->a, row[0])};
    struct estimator estimator = {
        .units = whole->rows,
        .replications = o->replications,
        .draws_replications = o->common,
        .values = 2 * o->factors + WHOLE_VALUES,
        .room = 2 * o->factors,
        .of = &design,
        .estimate = estimate,
    };
    status = bootstrap_intervals(&estimator, bootstrap, value, err);
    return status != OK ? status : give(value, o->factors, index, whole, err);
}

int
sobol_indices(const struct sobol_outcomes *outcomes, struct bootstrap bootstrap,
              struct sobol_index *index, struct sobol_whole *whole, struct error *err)
{
    const struct interval none = {NAN, NAN, NAN};
    size_t *row = calloc(outcomes->rows + 1, sizeof *row);
    struct interval *value = calloc(2 * outcomes->factors + WHOLE_VALUES, sizeof *value);
    int status;

    for (size_t i = 0; i < outcomes->factors; i++)
        index[i] = (struct sobol_index){none, none};
    *whole = (struct sobol_whole){0, none, none, none};
    if (row != NULL && value != NULL) {
        whole->rows = keep(outcomes, row);
        status = estimate_kept(outcomes, row, bootstrap, value, index, whole, err);
    } else {
        status = error_set(err, NO_MEMORY, "no memory for %zu base rows", outcomes->rows);
    }
    free(row);
    free(value);
    return status;
}
