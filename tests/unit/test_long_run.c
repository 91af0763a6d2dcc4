/* One long run: where its beginning ends and how sure its mean is, by hand. How often the interval
 * holds what is true is counted in test_coverage.c. */

#include "tests/support.h"

#include "analysis/long_run.h"

/* Means of five rows each: VALUE [5 * MEANS] scatters about them by -2, -1, 0, 1, 2. */
static void
spread_means(const double *mean, size_t means, double *value)
{
    for (size_t i = 0; i < 5 * means; i++)
        value[i] = mean[i / 5] + (double)(i % 5) - 2;
}

/* Without the first d of 9 4 1 3 2 2 1 3 the squares about the mean, over the square of how many
 * are left: d = 0: 125 - 25^2 / 8 = 46.875, / 64 = 0.732; d = 1: 44 - 16^2 / 7 = 7.429, / 49 =
 * 0.1516; d = 2: 28 - 12^2 / 6 = 4, / 36 = 0.1111; d = 3: 27 - 11^2 / 5 = 2.8, / 25 = 0.112; d = 4:
 * 18 - 8^2 / 4 = 2, / 16 = 0.125. The least is that of d = 2: ten rows. */
static void
the_beginning_ends_where_the_standard_error_of_the_rest_is_least(void **state)
{
    static const double mean[] = {9, 4, 1, 3, 2, 2, 1, 3};
    double value[44];

    (void)state;
    spread_means(mean, 8, value);
    assert_int_equal(long_run_cut(value, 40), 10);
    for (size_t i = 40; i < 44; i++)
        value[i] = 1000; /* too few for a mean of five */
    assert_int_equal(long_run_cut(value, 44), 10);
}

/* 8 7 6 5 4 3 0 0: the last two alone have an error of 0, but more than half is never left out: d =
 * 4 has 25 - 7^2 / 4 = 12.75, / 16 = 0.797; d = 3 has 50 - 12^2 / 5 = 21.2, / 25 = 0.848; d = 2: 86
 * - 18^2 / 6 = 32, / 36 = 0.889; d = 1: 135 - 25^2 / 7 = 45.71, / 49 = 0.933; d = 0: 199 - 33^2 / 8
 * = 62.875, / 64 = 0.982. */
static void
never_more_than_half_is_left_out(void **state)
{
    static const double mean[] = {8, 7, 6, 5, 4, 3, 0, 0};
    double value[40];

    (void)state;
    spread_means(mean, 8, value);
    assert_int_equal(long_run_cut(value, 40), 20);
}

static void
nothing_is_left_out_of_what_is_short_or_never_varies(void **state)
{
    double value[40];

    (void)state;
    for (size_t i = 0; i < 40; i++)
        value[i] = 3;
    assert_int_equal(long_run_cut(value, 0), 0);
    assert_int_equal(long_run_cut(value, 9), 0);
    assert_int_equal(long_run_cut(value, 40), 0);
}

/* Means of pairs: 2 4 6 4 4, about 4: squares 4 + 0 + 4 + 0 + 0 = 8, variance 2, standard error
 * sqrt(2 / 5) = 0.632456; t of 4 degrees 2.776445 (tables). */
static void
batches_of_a_hand_are_those_of_a_table(void **state)
{
    static const double value[] = {99, 1, 3, 3, 5, 5, 7, 4, 4, 2, 6};

    (void)state;
    struct long_run run = long_run_batches(value, 11, 0, 5); /* the first row is left over */
    assert_int_equal(run.cut, 1);
    assert_int_equal(run.batches, 5);
    assert_near(run.mean, 4, 1e-12);
    assert_near(run.low, 4 - 2.776445 * 0.632456, 1e-5);
    assert_near(run.high, 4 + 2.776445 * 0.632456, 1e-5);
    assert_int_equal(long_run_batches(value, 11, 7, 5).batches, 0);
    assert_int_equal(long_run_batches(value, 11, 11, 2).batches, 0);
    assert_int_equal(long_run_batches(value, 11, 0, 1).batches, 0);
    assert_true(isnan(long_run_batches(value, 11, 7, 5).mean));
}

static void
a_row_that_is_missing_leaves_no_mean(void **state)
{
    static const double value[] = {1, 3, NAN, 5};

    (void)state;
    struct long_run run = long_run_batches(value, 4, 0, 2);
    assert_true(isnan(run.mean) && isnan(run.low) && isnan(run.high));
}

/* Months of 31 and 28 days, two batches: 31 x 10 + 28 x 13 is 674 of 59 days, 31 x 12 + 31 x 14 is
 * 806 of 62 days. Mean 1480 / 121; a batch is off by its sum less its days times that, over 60.5
 * days; both are off by the same d, so the standard error is sqrt(2 d^2 / 2) = d. */
static void
rows_count_by_their_days(void **state)
{
    static const double value[] = {10, 13, 12, 14}, days[] = {31, 28, 31, 31};
    double mean = 1480.0 / 121, d = fabs(674 - 59 * mean) / 60.5;

    (void)state;
    struct long_run run = long_run_weighted(value, days, 4, 0, 2);
    assert_near(run.mean, mean, 1e-12);
    assert_near(run.high - run.mean, 12.7062 * d, 1e-4); /* t of one degree */
    assert_near(run.mean - run.low, 12.7062 * d, 1e-4);
}

/* And a row without weight is not there: 2, 4 and 6 are left. */
static void
rows_of_one_weight_are_rows_without(void **state)
{
    static const double value[] = {1, 3, 3, 5, 5, 7, 4, 4, 2, 6},
                        days[] = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
    static const double with_none[] = {2, 77, 4, 6}, weight[] = {1, 0, 1, 1};

    (void)state;
    struct long_run plain = long_run_batches(value, 10, 0, 5),
                    weighted = long_run_weighted(value, days, 10, 0, 5);
    assert_near(weighted.mean, plain.mean, 1e-12);
    assert_near(weighted.low, plain.low, 1e-12);
    assert_near(long_run_weighted(with_none, weight, 4, 0, 2).mean, 4, 1e-12);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_beginning_ends_where_the_standard_error_of_the_rest_is_least),
        cmocka_unit_test(never_more_than_half_is_left_out),
        cmocka_unit_test(nothing_is_left_out_of_what_is_short_or_never_varies),
        cmocka_unit_test(batches_of_a_hand_are_those_of_a_table),
        cmocka_unit_test(a_row_that_is_missing_leaves_no_mean),
        cmocka_unit_test(rows_count_by_their_days),
        cmocka_unit_test(rows_of_one_weight_are_rows_without),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
