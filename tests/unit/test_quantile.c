/* Whole numbers by the inverse of one uniform number. */

#include "tests/support.h"

#include "sim/engine/quantile.h"

#include <gsl/gsl_cdf.h>

/* As far from a step of the distribution function as rounding reaches. */
#define NEAR 1e-10

static const double us[] = {0, 1e-12, 1e-6, 0.01, 0.3, 0.5, 0.77, 0.99, 0.999999, 1 - 0x1p-53};

/* The least K whose distribution function is above U: P(X <= k - 1) <= u < P(X <= k). */
static void
poisson_numbers_are_the_inverse_of_gsls_distribution_function(void **state)
{
    static const double means[] = {1e-9, 0.1, 1, 7.3, 60, 143, 145, 2000, 1e5};

    (void)state;
    for (size_t m = 0; m < sizeof means / sizeof *means; m++)
        for (size_t i = 0; i + 1 < sizeof us / sizeof *us; i++) {
            int64_t k = quantile_poisson(means[m], us[i]);
            assert_true(gsl_cdf_poisson_P((unsigned)k, means[m]) > us[i] - NEAR);
            assert_true(k == 0 || gsl_cdf_poisson_P((unsigned)k - 1, means[m]) <= us[i] + NEAR);
        }
}

static void
binomial_numbers_are_the_inverse_of_gsls_distribution_function(void **state)
{
    static const double chances[] = {1e-6, 0.01, 0.3, 0.5, 0.9, 0.999};
    static const unsigned ns[] = {1, 2, 10, 137, 1000, 100000};

    (void)state;
    for (size_t n = 0; n < sizeof ns / sizeof *ns; n++)
        for (size_t c = 0; c < sizeof chances / sizeof *chances; c++)
            for (size_t i = 0; i < sizeof us / sizeof *us; i++) {
                int64_t k = quantile_binomial(ns[n], chances[c], us[i]);
                assert_true(k >= 0 && k <= ns[n]);
                assert_true(gsl_cdf_binomial_P((unsigned)k, chances[c], ns[n]) > us[i] - NEAR);
                assert_true(k == 0 ||
                            gsl_cdf_binomial_P((unsigned)k - 1, chances[c], ns[n]) <= us[i] + NEAR);
            }
}

static void
of_nothing_comes_nothing_and_of_certainty_all(void **state)
{
    (void)state;
    assert_int_equal(quantile_poisson(0, 0.999), 0);
    assert_int_equal(quantile_binomial(0, 0.5, 0.999), 0);
    assert_int_equal(quantile_binomial(12, 0, 0.999), 0);
    assert_int_equal(quantile_binomial(12, 1, 0), 12);
}

static void
more_is_never_fewer(void **state)
{
    (void)state;
    for (size_t i = 0; i + 1 < sizeof us / sizeof *us; i++) {
        int64_t poisson = 0, binomial = 0;
        for (double x = 0; x <= 1; x += 1.0 / 512) {
            assert_true(quantile_poisson(300 * x, us[i]) >= poisson);
            assert_true(quantile_binomial(50, x, us[i]) >= binomial);
            poisson = quantile_poisson(300 * x, us[i]);
            binomial = quantile_binomial(50, x, us[i]);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(poisson_numbers_are_the_inverse_of_gsls_distribution_function),
        cmocka_unit_test(binomial_numbers_are_the_inverse_of_gsls_distribution_function),
        cmocka_unit_test(of_nothing_comes_nothing_and_of_certainty_all),
        cmocka_unit_test(more_is_never_fewer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
