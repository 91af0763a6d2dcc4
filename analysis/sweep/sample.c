#include "sample.h"

#include "hypercube.h"
#include "sequence.h"
#include "trajectory.h"

#include <stdlib.h>
#include <string.h>

/* Morris's levels stay far from what an int32_t holds. */
#define MOST_LEVELS 1000000

/* A x B, or SIZE_MAX if that is above SAMPLE_ROWS. */
static size_t
times(size_t a, size_t b)
{
    return a <= SAMPLE_ROWS / b ? a * b : SIZE_MAX;
}

static size_t
count_n(const struct sample_asked *asked)
{
    return times(asked->n, 1);
}

static size_t
count_combinations(const struct sample_asked *asked)
{
    size_t rows = 1;

    for (size_t j = 0; j < asked->factors; j++)
        rows = times(rows, asked->count[j]);
    return rows;
}

static size_t
count_one_at_a_time(const struct sample_asked *asked)
{
    size_t rows = 1;

    for (size_t j = 0; j < asked->factors && rows <= SAMPLE_ROWS; j++)
        rows = asked->count[j] <= SAMPLE_ROWS ? rows + asked->count[j] - 1 : SIZE_MAX;
    return times(rows, 1);
}

static size_t
count_trajectories(const struct sample_asked *asked)
{
    return times(asked->n, asked->factors + 1);
}

static size_t
count_matrices(const struct sample_asked *asked)
{
    return times(asked->n, asked->factors + 2);
}

static size_t
group_one(const struct sample_asked *asked)
{
    (void)asked;
    return 1;
}

static size_t
group_trajectory(const struct sample_asked *asked)
{
    return asked->factors + 1;
}

static size_t
group_matrices(const struct sample_asked *asked)
{
    return asked->factors + 2;
}

/* The levels are the digits of the row's number, the last factor's running fastest. */
static int
fill_grid(struct sample *sample, const struct sample_asked *asked, struct error *err)
{
    (void)err;
    for (size_t row = 0; row < sample->rows; row++) {
        size_t left = row;
        for (size_t j = sample->factors; j-- > 0; left /= asked->count[j])
            sample->level[row * sample->factors + j] = (int32_t)(left % asked->count[j]);
    }
    return OK;
}

static int
fill_one_at_a_time(struct sample *sample, const struct sample_asked *asked, struct error *err)
{
    size_t row = 1;

    (void)err;
    for (size_t j = 0; j < sample->factors; j++)
        for (size_t value = 1; value < asked->count[j]; value++, row++) {
            sample->level[row * sample->factors + j] = (int32_t)value;
            sample->moved[row] = (int32_t)j;
        }
    return OK;
}

static int
fill_hypercube(struct sample *sample, const struct sample_asked *asked, struct error *err)
{
    size_t rows = sample->rows, factors = sample->factors;
    uint32_t *stratum = calloc(rows * factors, sizeof *stratum);

    if (stratum == NULL)
        return error_set(err, NO_MEMORY, "no memory for a hypercube of %zu points", rows);
    int status = hypercube_best(stratum, rows, factors, asked->seed, err);
    if (status == OK)
        hypercube_place(stratum, rows, factors, asked->seed, sample->u);
    free(stratum);
    return status;
}

static int
fill_sobol(struct sample *sample, const struct sample_asked *asked, struct error *err)
{
    int status = sequence_sobol(sample->u, sample->rows, sample->factors, err);

    if (status == OK)
        sequence_scramble(sample->u, sample->rows, sample->factors, asked->seed);
    return status;
}

static int
fill_halton(struct sample *sample, const struct sample_asked *asked, struct error *err)
{
    (void)err;
    sequence_halton(sample->u, sample->rows, sample->factors);
    sequence_shift(sample->u, sample->rows, sample->factors, asked->seed);
    return OK;
}

static int
fill_morris(struct sample *sample, const struct sample_asked *asked, struct error *err)
{
    double last = (double)asked->levels - 1;
    int status = trajectory_draw(sample->level, sample->moved, asked->n, asked->factors,
                                 asked->levels, asked->seed, err);

    for (size_t i = 0; i < sample->rows * sample->factors && status == OK; i++)
        sample->u[i] = sample->level[i] / last;
    return status;
}

/* One base row [2 factors], its first half a row of A and its second one of B, as the rows A, B and
 * A with each column from B. */
static void
write_matrices(const double *base, size_t factors, double *u, int32_t *moved)
{
    memcpy(u, base, factors * sizeof *u);
    memcpy(u + factors, base + factors, factors * sizeof *u);
    moved[1] = SAMPLE_OTHER;
    for (size_t j = 0; j < factors; j++) {
        double *mixed = u + (j + 2) * factors;
        memcpy(mixed, base, factors * sizeof *u);
        mixed[j] = base[factors + j];
        moved[j + 2] = (int32_t)j;
    }
}

/* Saltelli et al. 2010, their radial design: A, B and A with columns of B. */
static int
fill_matrices(struct sample *sample, const struct sample_asked *asked, struct error *err)
{
    size_t factors = asked->factors, group = sample->group;
    double *base = calloc(asked->n * 2 * factors, sizeof *base);

    if (base == NULL)
        return error_set(err, NO_MEMORY, "no memory for %zu base rows", asked->n);
    int status = sequence_sobol(base, asked->n, 2 * factors, err);
    if (status == OK) {
        sequence_scramble(base, asked->n, 2 * factors, asked->seed);
        for (size_t row = 0; row < asked->n; row++)
            write_matrices(base + row * 2 * factors, factors, sample->u + row * group * factors,
                           sample->moved + row * group);
    }
    free(base);
    return status;
}

#define MATRICES                                                                                   \
    .n_counts = "base rows", .most_n = SEQUENCE_SOBOL_ROWS,                                        \
    .most_factors = SEQUENCE_SOBOL_DIMENSIONS / 2, .wants_power = true,                            \
    .limit = " (each takes two of Sobol's 40 dimensions; morris takes more)",                      \
    .rows = count_matrices, .group = group_matrices, .fill = fill_matrices

const struct sample_method sample_methods[SAMPLE_METHODS] = {
    [SAMPLE_GRID] =
        {
            .word = "grid",
            .meaning = "every combination of the factors' values, the last factor's "
                       "running fastest",
            .takes_values = true,
            .most_factors = SAMPLE_FACTORS,
            .limit = "",
            .rows = count_combinations,
            .group = group_one,
            .fill = fill_grid,
        },
    [SAMPLE_ONE_AT_A_TIME] =
        {
            .word = "one_at_a_time",
            .meaning = "all factors at their first value, then each other value "
                       "of each factor alone",
            .takes_values = true,
            .most_factors = SAMPLE_FACTORS,
            .limit = "",
            .rows = count_one_at_a_time,
            .group = count_one_at_a_time,
            .fill = fill_one_at_a_time,
        },
    [SAMPLE_LATIN_HYPERCUBE] =
        {
            .word = "latin_hypercube",
            .meaning = "in every factor each of as many strata as there are "
                       "points once, the points far from each other (maximin)",
            .n_counts = "points",
            .most_n = HYPERCUBE_ROWS,
            .most_factors = SAMPLE_FACTORS,
            .limit = "",
            .rows = count_n,
            .group = group_one,
            .fill = fill_hypercube,
        },
    [SAMPLE_SOBOL] =
        {
            .word = "sobol",
            .meaning = "Sobol's sequence, its digits scrambled as Owen does; best with a "
                       "power of two of points",
            .n_counts = "points",
            .wants_power = true,
            .most_n = SEQUENCE_SOBOL_ROWS,
            .most_factors = SEQUENCE_SOBOL_DIMENSIONS,
            .limit = " (dimensions of GSL's Sobol' sequence; latin_hypercube takes more)",
            .rows = count_n,
            .group = group_one,
            .fill = fill_sobol,
        },
    [SAMPLE_HALTON] =
        {
            .word = "halton",
            .meaning = "Halton's sequence, shifted at random; any number of points",
            .n_counts = "points",
            .most_n = SEQUENCE_HALTON_ROWS,
            .most_factors = SEQUENCE_HALTON_DIMENSIONS,
            .limit = " (dimensions of GSL's Halton sequence; latin_hypercube takes more)",
            .rows = count_n,
            .group = group_one,
            .fill = fill_halton,
        },
    [SAMPLE_MORRIS] =
        {
            .word = "morris",
            .meaning = "trajectories on which each factor moves once, half its levels "
                       "up or down",
            .n_counts = "trajectories",
            .takes_levels = true,
            .most_n = SAMPLE_ROWS,
            .most_factors = SAMPLE_FACTORS,
            .limit = "",
            .rows = count_trajectories,
            .group = group_trajectory,
            .fill = fill_morris,
        },
    [SAMPLE_SALTELLI] =
        {
            .word = "saltelli",
            .meaning = "two matrices A and B, and A with each column from B: for "
                       "indices by Saltelli's estimator",
            MATRICES,
        },
    [SAMPLE_JANSEN] =
        {
            .word = "jansen",
            .meaning = "the same rows as saltelli, for indices by Jansen's estimator",
            MATRICES,
        },
};

const struct sample_method *
sample_method_find(const char *word)
{
    for (size_t m = 0; m < SAMPLE_METHODS; m++)
        if (strcmp(sample_methods[m].word, word) == 0)
            return &sample_methods[m];
    return NULL;
}

static int
check_factors(const struct sample_asked *asked, struct error *err)
{
    const struct sample_method *method = asked->method;

    if (asked->factors == 0)
        return error_set(err, BAD_INPUT, "%s: expected one factor or more, found none",
                         method->word);
    if (asked->factors > method->most_factors)
        return error_set(err, BAD_INPUT, "%s: expected %zu factors at most%s, found %zu",
                         method->word, method->most_factors, method->limit, asked->factors);
    for (size_t j = 0; j < asked->factors && method->takes_values; j++)
        if (asked->count[j] == 0)
            return error_set(err, BAD_INPUT, "%s: factor %zu has no value", method->word, j + 1);
    return OK;
}

static int
check_numbers(const struct sample_asked *asked, struct error *err)
{
    const struct sample_method *method = asked->method;

    if (method->n_counts && (asked->n == 0 || asked->n > method->most_n))
        return error_set(err, BAD_INPUT, "%s: expected 1 to %zu %s, found %zu", method->word,
                         method->most_n, method->n_counts, asked->n);
    if (method->takes_levels &&
        (asked->levels == 0 || asked->levels % 2 != 0 || asked->levels > MOST_LEVELS))
        return error_set(err, BAD_INPUT,
                         "%s: expected an even number of levels from 2 to %d, found %zu",
                         method->word, MOST_LEVELS, asked->levels);
    return OK;
}

int
sample_count(const struct sample_asked *asked, size_t *rows, struct error *err)
{
    int status = check_factors(asked, err);

    if (status == OK)
        status = check_numbers(asked, err);
    if (status != OK)
        return status;
    *rows = asked->method->rows(asked);
    return *rows <= SAMPLE_ROWS ? OK
                                : error_set(err, BAD_INPUT, "%s: that makes more than %d rows",
                                            asked->method->word, SAMPLE_ROWS);
}

static int
make_room(struct sample *sample, const struct sample_method *method, struct error *err)
{
    size_t values = sample->rows * sample->factors;
    bool has_u = !method->takes_values, has_level = method->takes_values || method->takes_levels;

    sample->u = has_u ? calloc(values, sizeof *sample->u) : NULL;
    sample->level = has_level ? calloc(values, sizeof *sample->level) : NULL;
    sample->moved = calloc(sample->rows, sizeof *sample->moved);
    if ((has_u && !sample->u) || (has_level && !sample->level) || !sample->moved)
        return error_set(err, NO_MEMORY, "no memory for %zu rows of %zu factors", sample->rows,
                         sample->factors);
    for (size_t row = 0; row < sample->rows; row++)
        sample->moved[row] = SAMPLE_START;
    return OK;
}

int
sample_make(struct sample *sample, const struct sample_asked *asked, struct error *err)
{
    const struct sample_method *method = asked->method;

    *sample = (struct sample){.factors = asked->factors};
    int status = sample_count(asked, &sample->rows, err);
    if (status != OK)
        return status;
    sample->group = method->group(asked);
    sample->unbalanced = method->wants_power && (asked->n & (asked->n - 1)) != 0;
    status = make_room(sample, method, err);
    if (status == OK)
        status = method->fill(sample, asked, err);
    if (status != OK)
        sample_free(sample);
    return status;
}

void
sample_free(struct sample *sample)
{
    free(sample->u);
    free(sample->level);
    free(sample->moved);
    *sample = (struct sample){0};
}
