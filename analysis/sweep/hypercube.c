#include "hypercube.h"

#include "sim/engine/stream.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

/* What is tried: so many starts, so many exchanges for each value, and at most so many steps in
 * all. */
#define STARTS 20
#define TRIES  100
#define WORK   200000000

enum use { PERMUTE, SPREAD, PLACE };

static struct stream
open_stream(uint64_t seed, enum use use, size_t column, uint32_t start)
{
    struct stream stream;

    stream_open(&stream, seed, column, 0,
                (struct stream_name){stream_text_name("sweep latin_hypercube"), (uint64_t)use},
                start);
    return stream;
}

int
hypercube_draw(uint32_t *stratum, size_t rows, size_t columns, uint64_t seed, uint32_t start,
               struct error *err)
{
    uint32_t *order = calloc(rows, sizeof *order);

    if (order == NULL)
        return error_set(err, NO_MEMORY, "no memory for a hypercube of %zu points", rows);
    for (size_t c = 0; c < columns; c++) {
        struct stream stream = open_stream(seed, PERMUTE, c, start);
        gsl_rng random = stream_gsl(&stream);
        for (size_t row = 0; row < rows; row++)
            order[row] = (uint32_t)row;
        gsl_ran_shuffle(&random, order, rows, sizeof *order);
        for (size_t row = 0; row < rows; row++)
            stratum[row * columns + c] = order[row];
    }
    free(order);
    return OK;
}

/* In strata. */
static double
square_of_difference(uint32_t a, uint32_t b)
{
    double difference = (double)a - (double)b;

    return difference * difference;
}

/* Whole numbers below 2^53, for fewer than 2^13 columns of the longest: exact. */
static double
square_distance(const uint32_t *a, const uint32_t *b, size_t columns)
{
    double sum = 0;

    for (size_t c = 0; c < columns; c++)
        sum += square_of_difference(a[c], b[c]);
    return sum;
}

/* A distance to the power -16, from its square. */
static double
nearness(double square)
{
    double fourth = square * square, eighth = fourth * fourth;

    return 1 / (eighth * eighth);
}

double
hypercube_nearness(const uint32_t *stratum, size_t rows, size_t columns)
{
    double sum = 0;

    for (size_t a = 0; a < rows; a++)
        for (size_t b = 0; b < a; b++)
            sum += nearness(square_distance(stratum + a * columns, stratum + b * columns, columns));
    return sum;
}

/* How much the sum rises if points A and B exchange their strata in column C. Their own distance
 * stays. */
static double
rise(const uint32_t *stratum, size_t rows, size_t columns, size_t a, size_t b, size_t c)
{
    const uint32_t *point_a = stratum + a * columns, *point_b = stratum + b * columns;
    double sum = 0;

    for (size_t i = 0; i < rows; i++) {
        const uint32_t *other = stratum + i * columns;
        if (i == a || i == b)
            continue;
        double from_a = square_distance(point_a, other, columns);
        double from_b = square_distance(point_b, other, columns);
        double more =
            square_of_difference(point_b[c], other[c]) - square_of_difference(point_a[c], other[c]);
        sum += nearness(from_a + more) - nearness(from_a);
        sum += nearness(from_b - more) - nearness(from_b);
    }
    return sum;
}

/* Exchanges that all starts together can afford: each passes over all points in all columns, and
 * four quotients more. */
static size_t
affordable(size_t rows, size_t columns)
{
    return WORK / (rows * (columns + 8));
}

static size_t
count_tries(size_t rows, size_t columns)
{
    size_t wanted = TRIES * rows * columns, most = affordable(rows, columns);

    return wanted < most ? wanted : most;
}

/* One column has the same distances in each hypercube. */
static uint32_t
count_starts(size_t rows, size_t columns)
{
    size_t most = affordable(rows, columns) / (TRIES * rows * columns);

    return most <= 1 || columns == 1 ? 1 : most < STARTS ? (uint32_t)most : STARTS;
}

void
hypercube_spread(uint32_t *stratum, size_t rows, size_t columns, uint64_t seed, uint32_t start)
{
    struct stream stream = open_stream(seed, SPREAD, 0, start);
    gsl_rng random = stream_gsl(&stream);
    /* Two points, or one column, have the same distances whatever is exchanged. */
    size_t tries = rows > 2 && columns > 1 ? count_tries(rows, columns) : 0;

    for (size_t t = 0; t < tries; t++) {
        size_t a = gsl_rng_uniform_int(&random, rows);
        size_t b = (a + 1 + gsl_rng_uniform_int(&random, rows - 1)) % rows;
        size_t c = gsl_rng_uniform_int(&random, columns);
        if (rise(stratum, rows, columns, a, b, c) < 0) {
            uint32_t kept = stratum[a * columns + c];
            stratum[a * columns + c] = stratum[b * columns + c];
            stratum[b * columns + c] = kept;
        }
    }
}

int
hypercube_best(uint32_t *stratum, size_t rows, size_t columns, uint64_t seed, struct error *err)
{
    uint32_t starts = count_starts(rows, columns);
    uint32_t *tried = calloc(rows * columns, sizeof *tried);
    double least = 0;
    int status = OK;

    if (tried == NULL)
        return error_set(err, NO_MEMORY, "no memory for a hypercube of %zu points", rows);
    for (uint32_t start = 0; start < starts && status == OK; start++) {
        status = hypercube_draw(tried, rows, columns, seed, start, err);
        if (status != OK)
            break;
        hypercube_spread(tried, rows, columns, seed, start);
        double sum = starts > 1 ? hypercube_nearness(tried, rows, columns) : 0;
        if (start == 0 || sum < least) {
            least = sum;
            memcpy(stratum, tried, rows * columns * sizeof *tried);
        }
    }
    free(tried);
    return status;
}

/* A place of 32 binary digits and a half: 33 and the 20 of a stratum are exact in a double, and the
 * quotient stays in its stratum. */
void
hypercube_place(const uint32_t *stratum, size_t rows, size_t columns, uint64_t seed, double *u)
{
    for (size_t c = 0; c < columns; c++) {
        struct stream stream = open_stream(seed, PLACE, c, 0);
        for (size_t row = 0; row < rows; row++) {
            double place = ((double)(stream_next(&stream) >> 32) + 0.5) * 0x1p-32;
            u[row * columns + c] = ((double)stratum[row * columns + c] + place) / (double)rows;
        }
    }
}
