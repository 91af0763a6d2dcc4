#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H
/* What every test file includes: cmocka and a comparison of numbers. */

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

/* TEST_ALONE=name runs that test alone. What a test says comes before the line that it failed,
 * though that goes to stdout and this to stderr. */
__attribute__((constructor)) static void
before_the_tests(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    cmocka_set_test_filter(getenv("TEST_ALONE"));
}

/* Fails unless |GOT - EXPECTED| <= BOUND, and says all three. */
#define assert_near(got, expected, bound)                                                          \
    do {                                                                                           \
        double got_ = (got), expected_ = (expected), bound_ = (bound);                             \
        if (!(fabs(got_ - expected_) <= bound_))                                                   \
            fail_msg("%s: got %.10g, expected %.10g within %.3g", #got, got_, expected_, bound_);  \
    } while (0)

/* The mean of N values of independent replications, and its standard error. */
__attribute__((unused)) static double
mean_of(const double *values, int n, double *standard_error)
{
    double mean = 0, square = 0;

    for (int i = 0; i < n; i++)
        mean += values[i] / n;
    for (int i = 0; i < n; i++)
        square += (values[i] - mean) * (values[i] - mean);
    *standard_error = sqrt(square / n / (n - 1));
    return mean;
}

#endif
