/* The samples of a sweep: by hand where they are small, by what defines them where they are not. */

#include "tests/support.h"

#include "analysis/sweep/hypercube.h"
#include "analysis/sweep/sample.h"
#include "analysis/sweep/sequence.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_permutation.h>
#include <gsl/gsl_qrng.h>
#include <string.h>

static struct sample_asked
ask(int method, size_t n, size_t factors, uint64_t seed)
{
    return (struct sample_asked){
        .method = &sample_methods[method], .n = n, .factors = factors, .levels = 4, .seed = seed};
}

static struct sample
make(const struct sample_asked *asked)
{
    struct sample sample;
    struct error err = {0};

    if (sample_make(&sample, asked, &err) != OK)
        fail_msg("%s", err.message);
    return sample;
}

static void
levels_are(const struct sample *sample, const int32_t *expected)
{
    assert_null(sample->u);
    for (size_t i = 0; i < sample->rows * sample->factors; i++)
        assert_int_equal(sample->level[i], expected[i]);
}

/* 2 x 3 x 1, written out as one counts. */
static void
a_grid_counts_with_the_last_factor_fastest(void **state)
{
    static const size_t count[] = {2, 3, 1};
    static const int32_t expected[] = {0, 0, 0, 0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 1, 0, 1, 2, 0};
    struct sample_asked asked = ask(SAMPLE_GRID, 0, 3, 0);

    (void)state;
    asked.count = count;
    struct sample sample = make(&asked);
    assert_int_equal(sample.rows, 6);
    assert_int_equal(sample.group, 1);
    levels_are(&sample, expected);
    sample_free(&sample);
}

static void
one_at_a_time_leaves_the_others_at_their_first(void **state)
{
    static const size_t count[] = {2, 1, 3};
    static const int32_t expected[] = {0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 2};
    static const int32_t moved[] = {SAMPLE_START, 0, 2, 2};
    struct sample_asked asked = ask(SAMPLE_ONE_AT_A_TIME, 0, 3, 0);

    (void)state;
    asked.count = count;
    struct sample sample = make(&asked);
    assert_int_equal(sample.rows, 4);
    assert_int_equal(sample.group, 4);
    levels_are(&sample, expected);
    assert_memory_equal(sample.moved, moved, sizeof moved);
    sample_free(&sample);
}

/* Does column J of U [rows][columns] have one value in each of ROWS strata? */
static void
each_stratum_once(const double *u, size_t rows, size_t columns, size_t j)
{
    char *seen = calloc(rows, 1);

    assert_non_null(seen);
    for (size_t row = 0; row < rows; row++) {
        double value = u[row * columns + j];
        assert_true(value > 0 && value < 1);
        size_t stratum = (size_t)(value * (double)rows);
        assert_int_equal(seen[stratum], 0);
        seen[stratum] = 1;
    }
    free(seen);
}

static void
a_hypercube_has_each_stratum_once(void **state)
{
    static const size_t rows[] = {1, 2, 3, 7, 64, 1000}, columns[] = {1, 2, 5};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
            struct sample_asked asked = ask(SAMPLE_LATIN_HYPERCUBE, rows[i], columns[k], 7 + i);
            struct sample sample = make(&asked);
            for (size_t j = 0; j < columns[k]; j++)
                each_stratum_once(sample.u, rows[i], columns[k], j);
            sample_free(&sample);
        }
}

/* Three points: the order of the second column by that of the first is each of six equally often,
 * in 6,000 seeds within 4.5 standard errors; and so is the first by itself. */
static void
every_hypercube_is_as_likely(void **state)
{
    enum { TRIED = 6000 };
    int count[2][27] = {{0}};
    struct error err = {0};

    (void)state;
    for (uint64_t seed = 0; seed < TRIED; seed++) {
        uint32_t stratum[3 * 2], second[3];
        assert_int_equal(hypercube_draw(stratum, 3, 2, seed, 0, &err), OK);
        for (size_t row = 0; row < 3; row++)
            second[stratum[2 * row]] = stratum[2 * row + 1];
        count[0][stratum[0] * 9 + stratum[2] * 3 + stratum[4]]++;
        count[1][second[0] * 9 + second[1] * 3 + second[2]]++;
    }
    for (int column = 0; column < 2; column++)
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                if (a != b)
                    assert_near(count[column][a * 9 + b * 3 + 3 - a - b], TRIED / 6,
                                4.5 * sqrt(TRIED * 5.0 / 36));
}

/* The least square of a distance, in strata. */
static double
least_distance(const uint32_t *stratum, size_t rows, size_t columns)
{
    double least = INFINITY;

    for (size_t a = 0; a < rows; a++)
        for (size_t b = 0; b < a; b++) {
            double square = 0;
            for (size_t c = 0; c < columns; c++) {
                double d = (double)stratum[a * columns + c] - (double)stratum[b * columns + c];
                square += d * d;
            }
            least = fmin(least, square);
        }
    return sqrt(least);
}

/* 30 points in 3 factors. Each spread hypercube against its own start, and all of 20 against the
 * best of 200 random ones: what exchanges are for. */
static void
exchanges_spread_a_hypercube(void **state)
{
    enum { ROWS = 30, COLUMNS = 3, RANDOM = 200, SPREAD = 20 };
    uint32_t stratum[ROWS * COLUMNS];
    double best = 0;
    struct error err = {0};

    (void)state;
    for (uint64_t seed = 0; seed < RANDOM; seed++) {
        assert_int_equal(hypercube_draw(stratum, ROWS, COLUMNS, seed, 0, &err), OK);
        best = fmax(best, least_distance(stratum, ROWS, COLUMNS));
    }
    for (uint64_t seed = 0; seed < SPREAD; seed++) {
        assert_int_equal(hypercube_draw(stratum, ROWS, COLUMNS, seed, 0, &err), OK);
        double before = least_distance(stratum, ROWS, COLUMNS);
        hypercube_spread(stratum, ROWS, COLUMNS, seed, 0);
        double after = least_distance(stratum, ROWS, COLUMNS);
        assert_true(after > before);
        assert_true(after > best);
    }
}

/* The sum that exchanges lower, by its definition (Morris and Mitchell 1995), p = 16. */
static double
sum_of_nearness(const uint32_t *stratum, size_t rows, size_t columns)
{
    double sum = 0;

    for (size_t a = 0; a < rows; a++)
        for (size_t b = 0; b < a; b++) {
            double square = 0;
            for (size_t c = 0; c < columns; c++) {
                double d = (double)stratum[a * columns + c] - (double)stratum[b * columns + c];
                square += d * d;
            }
            sum += pow(square, -8);
        }
    return sum;
}

/* Five points in two columns, where 1,000 exchanges of 20 that there are have been tried: none is
 * left that lowers the sum. */
static void
spreading_ends_where_no_exchange_helps(void **state)
{
    enum { ROWS = 5, COLUMNS = 2 };
    struct error err = {0};

    (void)state;
    for (uint64_t seed = 0; seed < 10; seed++) {
        uint32_t stratum[ROWS * COLUMNS];
        assert_int_equal(hypercube_draw(stratum, ROWS, COLUMNS, seed, 0, &err), OK);
        hypercube_spread(stratum, ROWS, COLUMNS, seed, 0);
        double reached = sum_of_nearness(stratum, ROWS, COLUMNS);
        assert_near(hypercube_nearness(stratum, ROWS, COLUMNS), reached, reached * 1e-12);
        for (size_t a = 0; a < ROWS; a++)
            for (size_t b = 0; b < a; b++) {
                uint32_t other[ROWS * COLUMNS];
                memcpy(other, stratum, sizeof other);
                other[a * COLUMNS] = stratum[b * COLUMNS];
                other[b * COLUMNS] = stratum[a * COLUMNS];
                assert_true(sum_of_nearness(other, ROWS, COLUMNS) >= reached * (1 - 1e-12));
            }
    }
}

/* All hypercubes of ROWS points in two columns: their least sum. The first column may be 0, 1, 2,
 * ... in each. */
static double
least_of_all(size_t rows)
{
    gsl_permutation *order = gsl_permutation_calloc(rows);
    double least = INFINITY;

    assert_non_null(order);
    do {
        uint32_t stratum[2 * 7];
        for (size_t row = 0; row < rows; row++) {
            stratum[2 * row] = (uint32_t)row;
            stratum[2 * row + 1] = (uint32_t)gsl_permutation_get(order, row);
        }
        least = fmin(least, sum_of_nearness(stratum, rows, 2));
    } while (gsl_permutation_next(order) == GSL_SUCCESS);
    gsl_permutation_free(order);
    return least;
}

/* Up to seven points in two columns, against all 5,040 hypercubes that there are. */
static void
the_best_of_a_few_points_is_the_best_of_all(void **state)
{
    struct error err = {0};

    (void)state;
    for (size_t rows = 2; rows <= 7; rows++) {
        double least = least_of_all(rows);
        for (uint64_t seed = 0; seed < 10; seed++) {
            uint32_t stratum[2 * 7];
            assert_int_equal(hypercube_best(stratum, rows, 2, seed, &err), OK);
            assert_near(sum_of_nearness(stratum, rows, 2), least, least * 1e-12);
        }
    }
}

/* The first points of the published sequence (Bratley and Fox 1988; the order of Antonov and
 * Saleev): the first dimension is van der Corput's, the second has the polynomial x + 1. */
static void
unscrambled_points_are_the_published_ones(void **state)
{
    static const double expected[8][2] = {{0, 0},         {0.5, 0.5},     {0.75, 0.25},
                                          {0.25, 0.75},   {0.375, 0.375}, {0.875, 0.875},
                                          {0.625, 0.125}, {0.125, 0.625}};
    double u[8 * 2];
    struct error err = {0};

    (void)state;
    assert_int_equal(sequence_sobol(u, 8, 2, &err), OK);
    for (size_t i = 0; i < 8; i++)
        for (size_t d = 0; d < 2; d++)
            assert_near(u[i * 2 + d], expected[i][d], 0);
}

/* Every elementary interval 2^-i x 2^-(m - i) of the first two dimensions has exactly one point. */
static void
each_interval_once(const double *u, size_t dimensions, unsigned m)
{
    size_t rows = (size_t)1 << m;

    for (unsigned i = 0; i <= m; i++) {
        char seen[4096] = {0};
        for (size_t row = 0; row < rows; row++) {
            size_t left = (size_t)ldexp(u[row * dimensions], (int)i);
            size_t below = (size_t)ldexp(u[row * dimensions + 1], (int)(m - i));
            size_t cell = left << (m - i) | below;
            assert_true(cell < rows);
            assert_int_equal(seen[cell], 0);
            seen[cell] = 1;
        }
    }
}

static void
scrambled_points_are_a_net(void **state)
{
    (void)state;
    for (unsigned m = 0; m <= 10; m += 2)
        for (uint64_t seed = 0; seed < 3; seed++) {
            struct sample_asked asked = ask(SAMPLE_SOBOL, (size_t)1 << m, 40, seed);
            struct sample sample = make(&asked);
            assert_false(sample.unbalanced);
            for (size_t d = 0; d < 40; d++)
                each_stratum_once(sample.u, sample.rows, 40, d);
            each_interval_once(sample.u, 40, m);
            sample_free(&sample);
        }
}

/* In Owen's scrambling two points of a dimension keep the digits that they share and the first in
 * which they differ still differs: the scrambled ones share exactly as many. */
static void
scrambling_keeps_what_two_points_share(void **state)
{
    enum { ROWS = 64 };
    double plain[ROWS], scrambled[ROWS];
    struct error err = {0};

    (void)state;
    assert_int_equal(sequence_sobol(plain, ROWS, 1, &err), OK);
    memcpy(scrambled, plain, sizeof plain);
    sequence_scramble(scrambled, ROWS, 1, 11);
    for (size_t a = 0; a < ROWS; a++)
        for (size_t b = 0; b < a; b++) {
            int shared = 0;
            while (floor(ldexp(plain[a], shared + 1)) == floor(ldexp(plain[b], shared + 1)))
                shared++;
            assert_true(floor(ldexp(scrambled[a], shared)) == floor(ldexp(scrambled[b], shared)));
            assert_true(floor(ldexp(scrambled[a], shared + 1)) !=
                        floor(ldexp(scrambled[b], shared + 1)));
        }
}

/* Every one of the first 52 digits of a point is flipped in half of all seeds: of 10,000, within
 * 4.5 standard errors of 50. And two neighbours below the same beginning are flipped alike in half
 * of them: the flips of digit 2 where digit 1 was 0 and where it was 1 are independent. */
static void
every_digit_is_flipped_in_half_of_the_seeds(void **state)
{
    enum { SEEDS = 10000, DIGITS = 52 };
    int ones[DIGITS] = {0}, alike = 0;

    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        double u[2] = {0, 0.5};
        sequence_scramble(u, 2, 1, seed);
        uint64_t digits = (uint64_t)ldexp(u[0], DIGITS), other = (uint64_t)ldexp(u[1], DIGITS);
        for (int i = 0; i < DIGITS; i++)
            ones[i] += (int)(digits >> (DIGITS - 1 - i) & 1);
        alike += ((digits ^ other) >> (DIGITS - 2) & 1) == 0;
    }
    for (int i = 0; i < DIGITS; i++)
        assert_near(ones[i], SEEDS / 2, 4.5 * 50);
    assert_near(alike, SEEDS / 2, 4.5 * 50);
}

enum { SEEDS = 2000, POINTS = 64 };

/* Means of x and of x y over 64 scrambled points, for each of 2,000 seeds. */
static void
means_of_seeds(double *of_x, double *of_product)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct sample_asked asked = ask(SAMPLE_SOBOL, POINTS, 2, seed);
        struct sample sample = make(&asked);
        of_x[seed] = of_product[seed] = 0;
        for (size_t i = 0; i < POINTS; i++) {
            of_x[seed] += sample.u[2 * i] / POINTS;
            of_product[seed] += sample.u[2 * i] * sample.u[2 * i + 1] / POINTS;
        }
        sample_free(&sample);
    }
}

/* One dimension: each of n = 64 points is uniform in a stratum of its own, so the mean of x has the
 * variance 1 / (12 n^3), n^2 below Monte Carlo's; that of 2,000 seeds is near it within 4.5 times
 * sqrt(2 / 2000).
 *
 * x y = (x - 1/2) (y - 1/2) + x / 2 + y / 2 - 1/4, whose three parts are uncorrelated (Owen 1997).
 * The sums have 1 / (48 n^3) each. Of the product, digit j of x with digit k of y has the variance
 * 4^(-j-k-2) (x - 1/2 is the sum of +-2^-(j+1)); a net of 2^6 points leaves none of those with
 * j + k <= 6, and of the others at most 2 / n (gain coefficients of a (0, m, 2)-net in base 2, Owen
 * 1997): 2 / n times the sum over s > 6 of (s - 1) 4^(-s-2), which is below 3.3e-5. Monte Carlo has
 * 7 / 144 / n. */
static void
means_over_scrambled_points_are_unbiased_and_near(void **state)
{
    static double of_x[SEEDS], of_product[SEEDS];
    double error_x, error_product, n = POINTS, over = 1 + 4.5 * sqrt(2.0 / SEEDS), left = 0;

    (void)state;
    means_of_seeds(of_x, of_product);
    double mean_x = mean_of(of_x, SEEDS, &error_x);
    double mean_product = mean_of(of_product, SEEDS, &error_product);
    double variance_x = error_x * error_x * SEEDS;
    double variance_product = error_product * error_product * SEEDS;
    assert_near(mean_x, 0.5, 4.5 * sqrt(1 / (12 * n * n * n) / SEEDS));
    assert_near(variance_x * 12 * n * n * n, 1, over - 1);

    for (int s = 7; s < 40; s++)
        left += (s - 1) * ldexp(1, -2 * (s + 2));
    double bound = 2 / n * left + 2 / (48 * n * n * n);
    assert_true(bound < 7.0 / 144 / n / 500);
    assert_near(mean_product, 0.25, 4.5 * sqrt(bound / SEEDS));
    assert_true(variance_product < bound * over);
}

/* 1 to 5 mirrored: in base 2 1, 10, 11, 100, 101; in base 3 1, 2, 10, 11, 12. */
static void
halton_mirrors_digits(void **state)
{
    static const double expected[5][2] = {{1.0 / 2, 1.0 / 3},
                                          {1.0 / 4, 2.0 / 3},
                                          {3.0 / 4, 1.0 / 9},
                                          {1.0 / 8, 4.0 / 9},
                                          {5.0 / 8, 7.0 / 9}};
    struct sample_asked asked = ask(SAMPLE_HALTON, 5, 2, 3);
    struct sample sample = make(&asked);

    (void)state;
    for (size_t d = 0; d < 2; d++) {
        double shift = sample.u[d] - expected[0][d];
        assert_true(fabs(shift - round(shift)) > 1e-6);
        for (size_t i = 0; i < 5; i++) {
            double back = sample.u[i * 2 + d] - shift;
            assert_near(back - floor(back), expected[i][d], 1e-15);
        }
    }
    assert_true(fabs(sample.u[0] - 1.0 / 2 - (sample.u[1] - 1.0 / 3)) > 1e-6);
    sample_free(&sample);
}

/* A point is uniform in its stratum: over 2,000 seeds the mean of 64 points has the mean 1/2 and
 * the variance 1 / (12 n^3), as above, within 4.5 standard errors. In two columns of the same
 * strata it lies apart: the difference of their means has twice that variance. */
static void
a_hypercubes_points_are_uniform_in_their_strata(void **state)
{
    static double of_x[SEEDS], apart[SEEDS];
    uint32_t stratum[2 * POINTS];
    double error, n = POINTS, inverse = 12 * n * n * n;

    (void)state;
    for (uint32_t i = 0; i < 2 * POINTS; i++)
        stratum[i] = i / 2;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        double u[2 * POINTS];
        hypercube_place(stratum, POINTS, 2, seed, u);
        of_x[seed] = apart[seed] = 0;
        for (size_t i = 0; i < 2 * POINTS; i += 2) {
            of_x[seed] += u[i] / POINTS;
            apart[seed] += (u[i] - u[i + 1]) / POINTS;
        }
    }
    assert_near(mean_of(of_x, SEEDS, &error), 0.5, 4.5 * sqrt(1 / inverse / SEEDS));
    assert_near(error * error * SEEDS * inverse, 1, 4.5 * sqrt(2.0 / SEEDS));
    assert_near(mean_of(apart, SEEDS, &error), 0, 4.5 * sqrt(2 / inverse / SEEDS));
    assert_near(error * error * SEEDS * inverse, 2, 2 * 4.5 * sqrt(2.0 / SEEDS));
}

/* All dimensions against GSL, whose sums of fractions round more often. */
static void
halton_is_gsls(void **state)
{
    enum { ROWS = 50, ALL = SEQUENCE_HALTON_DIMENSIONS };
    static double u[ROWS * ALL], point[ALL];
    gsl_qrng *points = gsl_qrng_alloc(gsl_qrng_halton, ALL);

    (void)state;
    assert_non_null(points);
    sequence_halton(u, ROWS, ALL);
    for (size_t row = 0; row < ROWS; row++) {
        gsl_qrng_get(points, point);
        for (size_t d = 0; d < ALL; d++)
            assert_near(u[row * ALL + d], point[d], 1e-15);
    }
    gsl_qrng_free(points);
}

/* 0, the largest number below 1, and what a shift brings to 1 exactly, stay inside. The mean of a
 * shifted point over seeds is 1/2: 2,000 of them, 4.5 standard errors of sqrt(1 / 12). */
static void
a_shift_is_uniform_and_stays_inside(void **state)
{
    double sum = 0;

    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        double shift = 0;
        sequence_shift(&shift, 1, 1, seed);
        double u[] = {0, 1 - 0x1p-53, 0.3, 1 - shift};
        sequence_shift(u, 4, 1, seed);
        for (int i = 0; i < 4; i++)
            assert_true(u[i] > 0 && u[i] < 1);
        sum += u[2];
    }
    assert_near(sum / SEEDS, 0.5, 4.5 * sqrt(1.0 / 12 / SEEDS));
}

/* From row ROW - 1 to ROW one factor, the one that is told, moves half of LEVELS. */
static void
one_factor_moves(const struct sample *sample, size_t row, int32_t levels)
{
    const int32_t *now = sample->level + row * sample->factors, *before = now - sample->factors;

    for (size_t j = 0; j < sample->factors; j++)
        assert_int_equal(abs(now[j] - before[j]),
                         (int32_t)j == sample->moved[row] ? levels / 2 : 0);
}

/* Four levels 0, 1/3, 2/3, 1: delta = 4 / (2 x 3) = 2/3. */
static void
a_trajectory_moves_each_factor_once_by_delta(void **state)
{
    enum { COUNT = 30, FACTORS = 6 };
    struct sample_asked asked = ask(SAMPLE_MORRIS, COUNT, FACTORS, 5);
    struct sample sample = make(&asked);

    (void)state;
    assert_int_equal(sample.rows, COUNT * (FACTORS + 1));
    assert_int_equal(sample.group, FACTORS + 1);
    for (size_t row = 0, moves = 0; row < sample.rows; row++) {
        for (size_t j = 0; j < FACTORS; j++)
            assert_near(sample.u[row * FACTORS + j], sample.level[row * FACTORS + j] / 3.0, 0);
        if (row % sample.group == 0) {
            assert_int_equal(sample.moved[row], SAMPLE_START);
            moves = 0;
            continue;
        }
        one_factor_moves(&sample, row, 4);
        size_t j = (size_t)sample.moved[row];
        assert_near(fabs(sample.u[row * FACTORS + j] - sample.u[(row - 1) * FACTORS + j]), 2.0 / 3,
                    1e-15);
        moves |= (size_t)1 << j;
        if (row % sample.group == FACTORS)
            assert_int_equal(moves, (1 << FACTORS) - 1);
    }
    sample_free(&sample);
}

/* 4,000 trajectories: each of four levels starts a quarter of them, half rise, and each of two
 * factors is moved first in half: binomial, within 4.5 standard errors. */
static void
trajectories_start_anywhere_in_any_order_and_direction(void **state)
{
    enum { COUNT = 4000 };
    struct sample_asked asked = ask(SAMPLE_MORRIS, COUNT, 2, 9);
    struct sample sample = make(&asked);
    int starts[4] = {0}, rises = 0, first = 0;

    (void)state;
    for (size_t t = 0; t < COUNT; t++) {
        const int32_t *level = sample.level + t * 6;
        assert_true(level[0] >= 0 && level[0] < 4);
        starts[level[0]]++;
        rises += level[4] > level[0]; /* the third row */
        first += sample.moved[t * 3 + 1] == 0;
    }
    for (int i = 0; i < 4; i++)
        assert_near(starts[i], COUNT / 4, 4.5 * sqrt(COUNT * 0.25 * 0.75));
    assert_near(rises, COUNT / 2, 4.5 * sqrt(COUNT * 0.25));
    assert_near(first, COUNT / 2, 4.5 * sqrt(COUNT * 0.25));
    sample_free(&sample);
}

/* A and B are the halves of the scrambled points in 2 k dimensions. */
static void
mixed_rows_are_a_but_for_one_column_of_b(void **state)
{
    enum { N = 16, K = 3 };
    struct sample_asked asked = ask(SAMPLE_SALTELLI, N, K, 2),
                        wide = ask(SAMPLE_SOBOL, N, 2 * K, 2);
    struct sample sample = make(&asked), base = make(&wide);

    (void)state;
    assert_int_equal(sample.rows, N * (K + 2));
    assert_int_equal(sample.group, K + 2);
    for (size_t row = 0; row < sample.rows; row++) {
        const double *both = base.u + row / (K + 2) * 2 * K;
        int32_t moved = sample.moved[row], place = (int32_t)(row % (K + 2));
        assert_int_equal(moved, place == 0 ? SAMPLE_START : place == 1 ? SAMPLE_OTHER : place - 2);
        for (int32_t j = 0; j < K; j++)
            assert_near(sample.u[row * K + (size_t)j],
                        both[moved == SAMPLE_OTHER || moved == j ? j + K : j], 0);
    }
    sample_free(&sample);
    sample_free(&base);
}

static void
jansens_rows_are_saltellis(void **state)
{
    struct sample_asked asked = ask(SAMPLE_SALTELLI, 8, 4, 2), other = ask(SAMPLE_JANSEN, 8, 4, 2);
    struct sample saltelli = make(&asked), jansen = make(&other);

    (void)state;
    assert_memory_equal(saltelli.u, jansen.u, 8 * 6 * 4 * sizeof(double));
    assert_memory_equal(saltelli.moved, jansen.moved, 8 * 6 * sizeof(int32_t));
    sample_free(&saltelli);
    sample_free(&jansen);
}

static void
points_that_are_no_power_of_two_are_told(void **state)
{
    static const struct {
        int method;
        size_t n;
        bool unbalanced;
    } rows[] = {{SAMPLE_SOBOL, 1, false},    {SAMPLE_SOBOL, 100, true},
                {SAMPLE_SOBOL, 128, false},  {SAMPLE_SALTELLI, 12, true},
                {SAMPLE_JANSEN, 16, false},  {SAMPLE_HALTON, 100, false},
                {SAMPLE_MORRIS, 100, false}, {SAMPLE_LATIN_HYPERCUBE, 100, false}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sample_asked asked = ask(rows[i].method, rows[i].n, 2, 1);
        struct sample sample = make(&asked);
        assert_int_equal(sample.unbalanced, rows[i].unbalanced);
        sample_free(&sample);
    }
}

/* Every method that draws: the same seed the same bits, another seed other ones. */
static void
the_seed_decides(void **state)
{
    (void)state;
    for (int m = SAMPLE_LATIN_HYPERCUBE; m < SAMPLE_METHODS; m++) {
        struct sample_asked asked = ask(m, 32, 5, 77), other = ask(m, 32, 5, 78);
        struct sample a = make(&asked), b = make(&asked), c = make(&other);
        size_t size = a.rows * a.factors * sizeof *a.u;
        assert_memory_equal(a.u, b.u, size);
        assert_memory_equal(a.moved, b.moved, a.rows * sizeof *a.moved);
        assert_memory_not_equal(a.u, c.u, size);
        sample_free(&a);
        sample_free(&b);
        sample_free(&c);
    }
}

/* 2^20 points in strata of 2^-20: the last digits of a double still tell the place in a stratum. */
static void
the_longest_hypercube_keeps_to_its_strata(void **state)
{
    struct sample_asked asked = ask(SAMPLE_LATIN_HYPERCUBE, HYPERCUBE_ROWS, 1, 1);
    struct sample sample = make(&asked);

    (void)state;
    each_stratum_once(sample.u, HYPERCUBE_ROWS, 1, 0);
    sample_free(&sample);
}

static const size_t none[] = {2, 0}, thousands[] = {40000, 40000, 1}, most[] = {1 << 30, 2};
static const size_t beyond[] = {SIZE_MAX, SIZE_MAX}, wraps[] = {SIZE_MAX, 2};

/* What is asked, and the line that refuses it. */
static const struct {
    int method;
    size_t n, factors, levels;
    const size_t *count;
    const char *line;
} refused[] = {
    {SAMPLE_SOBOL, 8, 0, 0, NULL, "sobol: expected one factor or more, found none"},
    {SAMPLE_SOBOL, 8, 41, 0, NULL,
     "sobol: expected 40 factors at most (dimensions of GSL's Sobol' sequence; latin_hypercube "
     "takes more), found 41"},
    {SAMPLE_HALTON, 8, 1230, 0, NULL,
     "halton: expected 1229 factors at most (dimensions of GSL's Halton sequence; latin_hypercube "
     "takes more), found 1230"},
    {SAMPLE_SALTELLI, 8, 21, 0, NULL,
     "saltelli: expected 20 factors at most (each takes two of Sobol's 40 dimensions; morris takes "
     "more), found 21"},
    {SAMPLE_JANSEN, 8, 21, 0, NULL,
     "jansen: expected 20 factors at most (each takes two of Sobol's 40 dimensions; morris takes "
     "more), found 21"},
    {SAMPLE_LATIN_HYPERCUBE, 8, 1000001, 0, NULL,
     "latin_hypercube: expected 1000000 factors at most, found 1000001"},
    {SAMPLE_LATIN_HYPERCUBE, 1048577, 1, 0, NULL,
     "latin_hypercube: expected 1 to 1048576 points, found 1048577"},
    {SAMPLE_HALTON, 0, 1, 0, NULL, "halton: expected 1 to 1073741824 points, found 0"},
    {SAMPLE_MORRIS, 0, 1, 4, NULL, "morris: expected 1 to 1073741824 trajectories, found 0"},
    {SAMPLE_JANSEN, 0, 1, 0, NULL, "jansen: expected 1 to 1073741824 base rows, found 0"},
    {SAMPLE_MORRIS, 5, 2, 5, NULL,
     "morris: expected an even number of levels from 2 to 1000000, found 5"},
    {SAMPLE_MORRIS, 5, 2, 0, NULL,
     "morris: expected an even number of levels from 2 to 1000000, found 0"},
    {SAMPLE_MORRIS, 5, 2, 1000002, NULL,
     "morris: expected an even number of levels from 2 to 1000000, found 1000002"},
    {SAMPLE_MORRIS, 1 << 30, 1, 4, NULL, "morris: that makes more than 1073741824 rows"},
    {SAMPLE_SALTELLI, 1 << 29, 1, 0, NULL, "saltelli: that makes more than 1073741824 rows"},
    {SAMPLE_GRID, 0, 2, 0, none, "grid: factor 2 has no value"},
    {SAMPLE_GRID, 0, 3, 0, thousands, "grid: that makes more than 1073741824 rows"},
    {SAMPLE_GRID, 0, 2, 0, beyond, "grid: that makes more than 1073741824 rows"},
    {SAMPLE_GRID, 0, 2, 0, wraps, "grid: that makes more than 1073741824 rows"},
    {SAMPLE_ONE_AT_A_TIME, 0, 2, 0, wraps, "one_at_a_time: that makes more than 1073741824 rows"},
    {SAMPLE_ONE_AT_A_TIME, 0, 2, 0, none, "one_at_a_time: factor 2 has no value"},
    {SAMPLE_ONE_AT_A_TIME, 0, 2, 0, most, "one_at_a_time: that makes more than 1073741824 rows"},
    {SAMPLE_ONE_AT_A_TIME, 0, 2, 0, beyond, "one_at_a_time: that makes more than 1073741824 rows"},
};

static void
what_cannot_be_made_is_refused_in_one_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct sample_asked asked = ask(refused[i].method, refused[i].n, refused[i].factors, 1);
        struct sample sample;
        struct error err = {0};
        asked.levels = refused[i].levels;
        asked.count = refused[i].count;
        assert_int_equal(sample_make(&sample, &asked, &err), BAD_INPUT);
        assert_string_equal(err.message, refused[i].line);
        sample_free(&sample);
    }
}

/* The rows that the table of methods tells beforehand, without any being made: the largest. */
static void
rows_are_counted_without_being_made(void **state)
{
    static const size_t half[] = {1 << 15, 1 << 15}, two[] = {(1 << 30) - 1, 2};
    struct sample_asked grid = ask(SAMPLE_GRID, 0, 2, 1), one = ask(SAMPLE_ONE_AT_A_TIME, 0, 2, 1);
    struct sample_asked morris = ask(SAMPLE_MORRIS, 1000, 9, 1);
    struct sample_asked jansen = ask(SAMPLE_JANSEN, 1024, 14, 1);
    size_t rows;

    (void)state;
    grid.count = half;
    one.count = two;
    assert_int_equal(sample_count(&grid, &rows, NULL), OK);
    assert_int_equal(rows, 1 << 30);
    assert_int_equal(sample_count(&one, &rows, NULL), OK);
    assert_int_equal(rows, 1 << 30); /* 1 + (2^30 - 2) + 1 */
    assert_int_equal(sample_count(&morris, &rows, NULL), OK);
    assert_int_equal(rows, 10000);
    assert_int_equal(sample_count(&jansen, &rows, NULL), OK);
    assert_int_equal(rows, 16384);
}

static void
methods_are_found_by_their_word(void **state)
{
    (void)state;
    for (size_t m = 0; m < SAMPLE_METHODS; m++) {
        assert_ptr_equal(sample_method_find(sample_methods[m].word), &sample_methods[m]);
        assert_true(strlen(sample_methods[m].meaning) > 10);
    }
    assert_null(sample_method_find("sobol'"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_counts_with_the_last_factor_fastest),
        cmocka_unit_test(one_at_a_time_leaves_the_others_at_their_first),
        cmocka_unit_test(a_hypercube_has_each_stratum_once),
        cmocka_unit_test(every_hypercube_is_as_likely),
        cmocka_unit_test(a_hypercubes_points_are_uniform_in_their_strata),
        cmocka_unit_test(exchanges_spread_a_hypercube),
        cmocka_unit_test(spreading_ends_where_no_exchange_helps),
        cmocka_unit_test(the_best_of_a_few_points_is_the_best_of_all),
        cmocka_unit_test(the_longest_hypercube_keeps_to_its_strata),
        cmocka_unit_test(unscrambled_points_are_the_published_ones),
        cmocka_unit_test(scrambled_points_are_a_net),
        cmocka_unit_test(scrambling_keeps_what_two_points_share),
        cmocka_unit_test(every_digit_is_flipped_in_half_of_the_seeds),
        cmocka_unit_test(means_over_scrambled_points_are_unbiased_and_near),
        cmocka_unit_test(halton_mirrors_digits),
        cmocka_unit_test(halton_is_gsls),
        cmocka_unit_test(a_shift_is_uniform_and_stays_inside),
        cmocka_unit_test(a_trajectory_moves_each_factor_once_by_delta),
        cmocka_unit_test(trajectories_start_anywhere_in_any_order_and_direction),
        cmocka_unit_test(mixed_rows_are_a_but_for_one_column_of_b),
        cmocka_unit_test(jansens_rows_are_saltellis),
        cmocka_unit_test(points_that_are_no_power_of_two_are_told),
        cmocka_unit_test(the_seed_decides),
        cmocka_unit_test(what_cannot_be_made_is_refused_in_one_line),
        cmocka_unit_test(rows_are_counted_without_being_made),
        cmocka_unit_test(methods_are_found_by_their_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
