/* Intervals against published tables, exact sums and the equations that they solve; Holm. How often
 * they hold what is true is counted in test_coverage.c. */

#include "tests/support.h"

#include "analysis/interval.h"
#include "analysis/multiple.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics_double.h>

enum { MOST = 200 };
static double work[2 * MOST];

/* 1 .. N, in a mixed order. */
static void
ranks(double *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        value[i] = (double)((i * 7) % n + 1); /* 7 and n have no divisor in common */
}

/* Conover 1999, table A3: of 20 values the median lies between the 6th and the 15th with 95.86 %.
 */
static void
the_median_of_twenty_lies_between_the_sixth_and_the_fifteenth(void **state)
{
    double value[20];

    (void)state;
    ranks(value, 20);
    struct interval median = interval_quantile(value, 20, NULL, 0.5, work);
    assert_near(median.value, 10.5, 1e-12);
    assert_near(median.low, 6, 0);
    assert_near(median.high, 15, 0);
    double chance = 0; /* that 6 to 14 of 20 lie below */
    for (unsigned int below = 6; below < 15; below++)
        chance += gsl_ran_binomial_pdf(below, 0.5, 20);
    assert_near(chance, 0.9586, 5e-5);
}

/* Exactly: order statistics l and u hold the quantile with P(l <= B < u), B binomial; at least
 * 95 %, and less beyond either end than 2.5 %, but more one value further in. */
static void
intervals_of_quantiles_are_exact_and_as_narrow_as_can_be(void **state)
{
    static const size_t sizes[] = {10, 25, 41, 100, 199};
    static const double chances[] = {0.1, 0.25, 0.5, 0.9, 0.95};
    double value[MOST];

    (void)state;
    for (size_t i = 0; i < 25; i++) {
        size_t n = sizes[i / 5];
        double p = chances[i % 5];
        unsigned int many = (unsigned int)n;
        for (size_t k = 0; k < n; k++)
            value[k] = (double)(n - k);
        struct interval q = interval_quantile(value, n, NULL, p, work);
        double chance = 0;
        for (unsigned int k = 0; k <= many; k++) /* NaN: that end is beyond all values */
            chance += !(k < q.low) && !(k >= q.high) ? gsl_ran_binomial_pdf(k, p, many) : 0;
        assert_true(chance >= 0.95);
        if (!isnan(q.low)) {
            unsigned int l = (unsigned int)q.low;
            assert_true(gsl_cdf_binomial_P(l - 1, p, many) <= 0.025);
            assert_true(gsl_cdf_binomial_P(l, p, many) > 0.025);
        } else {
            assert_true(gsl_cdf_binomial_P(0, p, many) > 0.025);
        }
        if (!isnan(q.high)) {
            unsigned int u = (unsigned int)q.high;
            assert_true(gsl_cdf_binomial_Q(u - 1, p, many) <= 0.025);
            assert_true(u < 2 || gsl_cdf_binomial_Q(u - 2, p, many) > 0.025);
        } else {
            assert_true(gsl_cdf_binomial_Q(many - 1, p, many) > 0.025);
        }
    }
}

/* Four values of each draw are the same: there are five values, not twenty. Below the median of
 * 1 .. 5 lie (with it) the draws 1, 2, 3: shares 1 1 1 0 0, of which the mean is 0.6, the standard
 * deviation 0.5477, and t of 4 degrees 2.776: 0.5 +- 0.68 has no end within the values. */
static void
draws_and_not_replications_are_what_is_independent(void **state)
{
    double value[20];
    uint64_t draw[20];

    (void)state;
    for (size_t i = 0; i < 20; i++) {
        value[i] = (double)(i / 4 + 1);
        draw[i] = i / 4;
    }
    struct interval median = interval_quantile(value, 20, draw, 0.5, work);
    assert_near(median.value, 3, 0);
    assert_true(isnan(median.low) && isnan(median.high));
    struct interval plain = interval_quantile(value, 20, NULL, 0.5, work);
    assert_near(plain.low, 2, 0);
    assert_near(plain.high, 4, 0);
    assert_near(interval_p(value, 20, draw, work),
                2 * gsl_cdf_tdist_Q(3 / (sqrt(2.5) / sqrt(5)), 4), 1e-12);
}

/* Clopper and Pearson, as tabulated: 0 of 10: 0 to 30.85 %; 5 of 10: 18.71 to 81.29 %; 9 of
 * 10: 55.50 to 99.75 %. */
static void
shares_have_their_tabulated_limits(void **state)
{
    static const struct {
        size_t of;
        double low, high;
    } rows[] = {{0, 0, 0.3085}, {5, 0.1871, 0.8129}, {9, 0.5550, 0.9975}, {10, 0.6915, 1}};
    double holds[10];

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 10; k++)
            holds[k] = k < rows[i].of;
        struct interval share = interval_share(holds, 10, NULL, work);
        assert_near(share.value, (double)rows[i].of / 10, 1e-12);
        assert_near(share.low, rows[i].low, 5e-5);
        assert_near(share.high, rows[i].high, 5e-5);
    }
}

/* scipy.stats.beta.ppf(0.025, k, n - k + 1) and (0.975, k + 1, n - k); GSL's inverse does not find
 * the upper ends. */
static void
shares_of_many_have_limits_too(void **state)
{
    static const struct {
        size_t of, n;
        double low, high;
    } rows[] = {{31, 1000, 0.02115817, 0.04371508}, {274, 6000, 0.04052310, 0.05125754}};
    static double holds[6000], room[12000];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < rows[i].n; k++)
            holds[k] = k < rows[i].of;
        struct interval share = interval_share(holds, rows[i].n, NULL, room);
        assert_near(share.low, rows[i].low, 1e-8);
        assert_near(share.high, rows[i].high, 1e-8);
    }
}

/* At either end R of Fieller's interval the mean of a - R b is just t standard errors from 0. */
static void
a_ratio_is_as_far_as_its_residual_allows(void **state)
{
    static const double a[] = {12, 15, 9, 14, 11, 17, 13, 10}, b[] = {4, 6, 3, 5, 4, 6, 5, 3};
    double rest[8];

    (void)state;
    struct interval ratio = interval_ratio(a, b, 8, NULL, work);
    assert_near(ratio.value, 101 / 36.0, 1e-12);
    for (int end = 0; end < 2; end++) {
        double r = end == 0 ? ratio.low : ratio.high;
        for (size_t i = 0; i < 8; i++)
            rest[i] = a[i] - r * b[i];
        double t = fabs(gsl_stats_mean(rest, 1, 8)) / (gsl_stats_sd(rest, 1, 8) / sqrt(8));
        assert_near(t, 2.364624, 1e-5); /* of 7 degrees, tabulated */
    }
    assert_true(ratio.low < ratio.value && ratio.value < ratio.high);
}

/* a = k b in every pair: the ratio is k without any doubt, which rounding must not undo. */
static void
a_ratio_that_never_varies_is_its_own_interval(void **state)
{
    static const double times[] = {1, 0.1, 1.1, 3, 0.7, 1e-3};
    double a[12], b[12];

    (void)state;
    for (size_t k = 0; k < 6; k++) {
        for (size_t i = 0; i < 12; i++) {
            b[i] = 11000.1 + 17.3 * (double)((5 * i) % 12);
            a[i] = times[k] * b[i];
        }
        struct interval ratio = interval_ratio(a, b, 12, NULL, work);
        assert_near(ratio.low, times[k], 1e-6 * times[k]); /* a root doubles lost digits */
        assert_near(ratio.high, times[k], 1e-6 * times[k]);
    }
}

/* Pairs of one draw are one pair of means, and a pair without one of its values is none: (2, 1),
 * (6, 2), (9, 4) either way. */
static void
a_ratio_is_of_draws_and_of_whole_pairs(void **state)
{
    static const double a[] = {1, 3, 6, NAN, 8, 9, 10}, b[] = {1, 1, 2, 7, 3, 4, 5};
    static const uint64_t draw[] = {0, 0, 1, 1, 2, 2, 2};
    static const double means[] = {2, 6, 9}, under[] = {1, 2, 4};

    (void)state;
    struct interval of_draws = interval_ratio(a, b, 7, draw, work),
                    of_means = interval_ratio(means, under, 3, NULL, work);
    assert_near(of_draws.value, 17.0 / 7, 1e-12);
    assert_near(of_draws.value, of_means.value, 1e-12);
    assert_true(isnan(of_draws.low) == isnan(of_means.low));
    assert_near(interval_gain(a, b, 7, draw, work), interval_gain(means, under, 3, NULL, work),
                1e-12);
}

/* Other over base less 1 is (other - base) over base, and its interval is that of other over base
 * less 1: Fieller's is the same whichever is asked for. */
static void
a_relative_difference_is_a_ratio_less_one(void **state)
{
    static const double other[] = {12, 15, 9, 14, 11, 17, 13, 10},
                        base[] = {4, 6, 3, 5, 4, 6, 5, 3};
    double difference[8];

    (void)state;
    for (size_t i = 0; i < 8; i++)
        difference[i] = other[i] - base[i];
    struct interval relative = interval_ratio(difference, base, 8, NULL, work),
                    ratio = interval_ratio(other, base, 8, NULL, work);
    assert_near(relative.value, ratio.value - 1, 1e-12);
    assert_near(relative.low, ratio.low - 1, 1e-12);
    assert_near(relative.high, ratio.high - 1, 1e-12);
}

static void
a_ratio_over_what_may_be_nothing_has_no_interval(void **state)
{
    static const double a[] = {1, 2, 3, 4}, b[] = {-3, 2, 5, -1}, none[] = {0, 0, 0, 0};

    (void)state;
    struct interval ratio = interval_ratio(a, b, 4, NULL, work);
    assert_true(isnan(ratio.low) && isnan(ratio.high));
    ratio = interval_ratio(a, none, 4, NULL, work);
    assert_true(isnan(ratio.value) && isnan(ratio.low));
}

/* var A = var B = 2.5 and the differences 0.1 0 -0.1 0 0 have 0.005: 1,000 times. */
static void
common_numbers_gain_what_variances_say(void **state)
{
    static const double a[] = {1, 2, 3, 4, 5}, b[] = {0.9, 2, 3.1, 4, 5};
    double variance = gsl_stats_variance(b, 1, 5);

    (void)state;
    assert_near(interval_gain(a, b, 5, NULL, work), (2.5 + variance) / 0.005, 1e-9);
    assert_true(isnan(interval_gain(a, a, 5, NULL, work)));
}

static void
a_chance_of_nothing_is_that_of_t(void **state)
{
    static const double value[] = {1, 2, 3, 4, 5}, none[] = {0, 0, 0}, same[] = {2, 2, 2},
                        one[] = {3};

    (void)state;
    /* 3 over sqrt(2.5 / 5) is 4.2426; of 4 degrees 1.3236 % beyond, both sides */
    assert_near(interval_p(value, 5, NULL, work), 0.013236, 1e-5);
    assert_near(interval_p(none, 3, NULL, work), 1, 0);
    assert_near(interval_p(same, 3, NULL, work), 0, 0);
    assert_true(isnan(interval_p(one, 1, NULL, work)));
}

/* Sorted 0.005 0.01 0.03 0.04: times 4, 3, 2, 1, never falling: 0.02 0.03 0.06 0.06. */
static void
holm_adjusts_in_the_order_given(void **state)
{
    static const double p[] = {0.01, NAN, 0.04, 0.03, 0.005};
    double adjusted[5];
    size_t order[5];

    (void)state;
    multiple_holm(p, 5, adjusted, order);
    assert_near(adjusted[0], 0.03, 1e-15);
    assert_true(isnan(adjusted[1]));
    assert_near(adjusted[2], 0.06, 1e-15);
    assert_near(adjusted[3], 0.06, 1e-15);
    assert_near(adjusted[4], 0.02, 1e-15);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_median_of_twenty_lies_between_the_sixth_and_the_fifteenth),
        cmocka_unit_test(intervals_of_quantiles_are_exact_and_as_narrow_as_can_be),
        cmocka_unit_test(draws_and_not_replications_are_what_is_independent),
        cmocka_unit_test(shares_have_their_tabulated_limits),
        cmocka_unit_test(shares_of_many_have_limits_too),
        cmocka_unit_test(a_ratio_is_as_far_as_its_residual_allows),
        cmocka_unit_test(a_ratio_that_never_varies_is_its_own_interval),
        cmocka_unit_test(a_ratio_is_of_draws_and_of_whole_pairs),
        cmocka_unit_test(a_relative_difference_is_a_ratio_less_one),
        cmocka_unit_test(a_ratio_over_what_may_be_nothing_has_no_interval),
        cmocka_unit_test(common_numbers_gain_what_variances_say),
        cmocka_unit_test(a_chance_of_nothing_is_that_of_t),
        cmocka_unit_test(holm_adjusts_in_the_order_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
