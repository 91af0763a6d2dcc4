/* The variance over futures taken apart: by hand, and on average right. Estimates themselves are
 * tested with what they are of (test_view.c). */

#include "tests/support.h"

#include "analysis/statistics.h"
#include "sim/engine/stream.h"

#include <gsl/gsl_cdf.h>

enum { MOST = 60 };
static double work[MOST];

/* Draws 1 3 and 5 9 and 6 6: means 2, 7, 6 with variance 7; squares within 2 + 8 + 0 = 10 of 3
 * free, so chance is 10/3, of which a mean of two keeps half: 7 - 5/3 = 16/3, 16/26 of all. */
static void
chance_that_means_keep_is_taken_off(void **state)
{
    static const double value[] = {1, 3, 5, 9, 6, 6};
    static const uint64_t draw[] = {0, 0, 1, 1, 2, 2};

    (void)state;
    struct variance_parts parts = variance_take_apart(value, 6, draw, work);
    assert_int_equal(parts.draws, 3);
    assert_near(parts.within, 10.0 / 3, 1e-12);
    assert_near(parts.between, 16.0 / 3, 1e-12);
    assert_near(parts.share, 16.0 / 26, 1e-12);
}

/* Draws 1 3 (and one without a value) and 5 and 6 6 9: means 2, 5, 7 with variance 19/3; squares 2
 * + 0
 * + 6 = 8 of 3 free; means keep (1/2 + 1 + 1/3) / 3 = 11/18 of 8/3. */
static void
draws_may_have_different_numbers(void **state)
{
    static const double value[] = {1, NAN, 3, 5, 6, 6, 9, NAN};
    static const uint64_t draw[] = {0, 0, 0, 1, 2, 2, 2, 3};

    (void)state;
    struct variance_parts parts = variance_take_apart(value, 8, draw, work);
    assert_int_equal(parts.draws, 3);
    assert_near(parts.within, 8.0 / 3, 1e-12);
    assert_near(parts.between, 19.0 / 3 - 11.0 / 18 * 8 / 3, 1e-12);
}

/* Draws 1 3, 2 4, 6 8, 5 9: means 2, 3, 7, 7 with variance 83/12, so 83/6 a value; chance 14/4. The
 * tables have 9.979 for F at 97.5 % with 3 and 4 degrees of freedom, 15.101 with 4 and 3. */
static void
a_share_has_the_interval_of_the_ratio_of_variances(void **state)
{
    static const double value[] = {1, 3, 2, 4, 6, 8, 5, 9};
    static const uint64_t draw[] = {0, 0, 1, 1, 2, 2, 3, 3};
    const double ratio = 83.0 / 6 / 3.5;

    (void)state;
    struct variance_parts parts = variance_take_apart(value, 8, draw, work);
    assert_near(parts.share, (83.0 / 12 - 1.75) / (83.0 / 12 + 1.75), 1e-12);
    assert_near(parts.low, 0, 0); /* below nothing: 3.95 is less than 9.979 */
    assert_near(parts.high, (ratio * 15.101 - 1) / (ratio * 15.101 + 1), 1e-4);
}

static void
means_closer_than_chance_leaves_them_have_nothing_between(void **state)
{
    static const double value[] = {1, 9, 2, 8}, same[] = {4, 4, 4, 4};
    static const uint64_t draw[] = {0, 0, 1, 1};

    (void)state;
    struct variance_parts parts = variance_take_apart(value, 4, draw, work);
    assert_near(parts.between, 0, 0);
    assert_near(parts.share, 0, 0);
    parts = variance_take_apart(same, 4, draw, work);
    assert_near(parts.within, 0, 0);
    assert_true(isnan(parts.share));
}

static void
one_value_a_draw_tells_nothing_apart(void **state)
{
    static const double value[] = {1, 9, 2, 8};
    static const uint64_t each[] = {0, 1, 2, 3}, one[] = {0, 0, 0, 0};
    const uint64_t *draws[] = {each, one, NULL};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct variance_parts parts = variance_take_apart(value, 4, draws[i], work);
        assert_true(isnan(parts.between) && isnan(parts.within) && isnan(parts.share));
    }
    assert_int_equal(variance_take_apart(value, 0, each, work).draws, 0);
}

/* 4,000 times twelve normal draws with a variance of 900, of one to five values each with a chance
 * of 81 (exponential): so much is found on average, and never so little between that it is cut at
 * 0. Bounds are 4.5 standard errors. */
static void
parts_are_right_on_average(void **state)
{
    enum { TIMES = 4000, DRAWS = 12 };
    static double between[TIMES], within[TIMES];
    struct stream stream;
    double error;

    (void)state;
    stream_open(&stream, 5, 0, 0, (struct stream_name){1, 1}, 0);
    for (int time = 0; time < TIMES; time++) {
        double value[MOST];
        uint64_t draw[MOST];
        size_t n = 0;
        for (uint64_t d = 0; d < DRAWS; d++) {
            double mean = 30 * gsl_cdf_ugaussian_Pinv(stream_uniform_open(&stream));
            for (uint64_t i = 0; i <= d % 5; i++) {
                draw[n] = d;
                value[n++] = mean + 9 * (stream_exponential(&stream) - 1);
            }
        }
        struct variance_parts parts = variance_take_apart(value, n, draw, work);
        between[time] = parts.between;
        within[time] = parts.within;
    }
    double mean = mean_of(between, TIMES, &error);
    assert_near(mean, 900, 4.5 * error);
    mean = mean_of(within, TIMES, &error);
    assert_near(mean, 81, 4.5 * error);
}

/* 4,000 times ten normal draws of three values each, a quarter of whose variance is between: the
 * interval holds a quarter 95 times in 100, 4.5 standard errors more or less. */
static void
intervals_hold_the_true_share(void **state)
{
    enum { TIMES = 4000, DRAWS = 10, EACH = 3 };
    struct stream stream;
    int held = 0;

    (void)state;
    stream_open(&stream, 6, 0, 0, (struct stream_name){1, 1}, 0);
    for (int time = 0; time < TIMES; time++) {
        double value[DRAWS * EACH];
        uint64_t draw[DRAWS * EACH];
        for (uint64_t d = 0, n = 0; d < DRAWS; d++) {
            double mean = gsl_cdf_ugaussian_Pinv(stream_uniform_open(&stream));
            for (int i = 0; i < EACH; i++, n++) {
                draw[n] = d;
                value[n] = mean + sqrt(3) * gsl_cdf_ugaussian_Pinv(stream_uniform_open(&stream));
            }
        }
        struct variance_parts parts = variance_take_apart(value, (size_t)DRAWS * EACH, draw, work);
        held += parts.low <= 0.25 && parts.high >= 0.25;
    }
    assert_near(held / (double)TIMES, 0.95, 4.5 * sqrt(0.95 * 0.05 / TIMES));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance_that_means_keep_is_taken_off),
        cmocka_unit_test(draws_may_have_different_numbers),
        cmocka_unit_test(a_share_has_the_interval_of_the_ratio_of_variances),
        cmocka_unit_test(intervals_hold_the_true_share),
        cmocka_unit_test(means_closer_than_chance_leaves_them_have_nothing_between),
        cmocka_unit_test(one_value_a_draw_tells_nothing_apart),
        cmocka_unit_test(parts_are_right_on_average),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
