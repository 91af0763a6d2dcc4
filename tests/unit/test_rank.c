/* Rank regression and partial rank correlation: in closed form for normal numbers, by their
 * definition, and how often they see what is not there. */

#include "tests/support.h"

#include "analysis/rank.h"
#include "sim/engine/stream.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

static double
normal(struct stream *stream)
{
    return gsl_cdf_ugaussian_Pinv(stream_uniform_open(stream));
}

/* The rank correlation of normal numbers with correlation R (Pearson 1907). */
static double
of_ranks(double r)
{
    return 6 / M_PI * asin(r / 2);
}

/* x1, x2 with correlation 0.5 and y = x1 - 2 x2 + 2 e: var y is 1 + 4 - 2 + 4 = 7, so y has
 * correlations 0 / sqrt 7 with x1 (1 - 2 x 0.5) and -1.5 / sqrt 7 with x2. Ranks r1, r2 and s
 * between: regression (r1 - s r2) / (1 - s^2), partial (r1 - s r2) / sqrt((1 - s^2) (1 - r2^2)),
 * and 1 - left is r1 b1 + r2 b2. 40,000 draws; 4.5 standard errors of a correlation are 4.5 / 200
 * times (for ranks) at most 1.1, and regression's are those over sqrt(1 - s^2) = 0.88. */
static void
normal_numbers_have_their_closed_form(void **state)
{
    enum { N = 40000 };
    static double parameter[2 * N], outcome[N];
    double r1 = 0, r2 = of_ranks(-1.5 / sqrt(7)), s = of_ranks(0.5), explained;
    double direct1 = (r1 - s * r2) / (1 - s * s), direct2 = (r2 - s * r1) / (1 - s * s);
    struct stream stream;
    struct rank rank[2];
    struct error err = {0};

    (void)state;
    stream_open(&stream, 1, 0, 0, (struct stream_name){1, 1}, 0);
    for (int i = 0; i < N; i++) {
        double x = normal(&stream);
        parameter[i] = x;
        parameter[N + i] = x / 2 + sqrt(0.75) * normal(&stream);
        outcome[i] = x - 2 * parameter[N + i] + 2 * normal(&stream);
    }
    assert_int_equal(rank_parameters(parameter, 2, outcome, N, rank, &explained, &err), OK);
    assert_near(rank[0].regression, direct1, 0.029);
    assert_near(rank[1].regression, direct2, 0.029);
    assert_near(rank[0].partial, (r1 - s * r2) / sqrt((1 - s * s) * (1 - r2 * r2)), 0.025);
    assert_near(rank[1].partial, (r2 - s * r1) / sqrt((1 - s * s) * (1 - r1 * r1)), 0.025);
    assert_near(explained, r1 * direct1 + r2 * direct2, 0.025);
    assert_true(rank[0].p < 1e-9 && rank[1].p < 1e-9);
}

/* e^x1 + 0 x2: one tells it all, whatever its shape, and nothing is left for the other. */
static void
what_only_rises_or_falls_is_one(void **state)
{
    enum { N = 12 };
    double parameter[2 * N], outcome[N], explained;
    struct rank rank[2];
    struct error err = {0};

    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        for (size_t i = 0; i < N; i++) {
            parameter[i] = (double)((5 * i) % N);
            parameter[N + i] = (double)((7 * i + 3) % N % 5);
            outcome[i] = sign * exp(parameter[i]);
        }
        assert_int_equal(rank_parameters(parameter, 1, outcome, N, rank, &explained, &err), OK);
        assert_near(rank[0].partial, sign, 1e-9);
        assert_near(rank[0].regression, sign, 1e-9);
        assert_near(rank[0].low, sign, 1e-9);
        assert_near(rank[0].p, 0, 1e-30);
        assert_near(explained, 1, 1e-9);
        assert_int_equal(rank_parameters(parameter, 2, outcome, N, rank, &explained, &err), OK);
        assert_near(rank[0].partial, sign, 1e-9);
        assert_true(isnan(rank[1].partial) && isnan(rank[1].p));
        /* and regression says so: all of one, none of the other, and no doubt */
        assert_near(rank[0].regression, sign, 1e-9);
        assert_near(rank[1].regression, 0, 1e-9);
        assert_near(rank[0].regression_wide, 0, 1e-9);
        assert_near(rank[1].regression_wide, 0, 1e-9);
    }
}

/* What is left of VALUE by the straight line through the two columns of RANKS that are not COLUMN.
 */
static void
residuals(double ranks[3][10], int column, const double *value, gsl_vector *rest)
{
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(10, 3);
    gsl_matrix *x = gsl_matrix_alloc(10, 3), *covariance = gsl_matrix_alloc(3, 3);
    gsl_vector *c = gsl_vector_alloc(3);
    gsl_vector_const_view y = gsl_vector_const_view_array(value, 10);
    double squares;

    for (size_t i = 0; i < 10; i++) {
        gsl_matrix_set(x, i, 0, 1);
        gsl_matrix_set(x, i, 1, ranks[(column + 1) % 3][i]);
        gsl_matrix_set(x, i, 2, ranks[(column + 2) % 3][i]);
    }
    gsl_multifit_linear(x, &y.vector, c, covariance, &squares, work);
    gsl_multifit_linear_residuals(x, &y.vector, c, rest);
    gsl_vector_free(c);
    gsl_matrix_free(x);
    gsl_matrix_free(covariance);
    gsl_multifit_linear_free(work);
}

/* By definition: the correlation of what the other parameters leave of ranks of both. Values are
 * written so that the ranks, with ties, can be seen. Interval: tanh(atanh r -+ 1.959964 / sqrt(10 -
 * 2
 * - 3)); chance of t = r sqrt(6 / (1 - r^2)), 10 - 2 - 2 degrees, which is the coefficient over its
 * standard error: half of its interval is 2.446912 (t of 6 degrees) of those. */
static void
partial_is_the_correlation_of_what_others_leave(void **state)
{
    static const double parameter[30] = {1, 2, 3, 4, 5,  6, 7, 8, 9, 10, //
                                         0, 0, 7, 3, 20, 9, 9, 9, 1, 4,  //
                                         5, 3, 8, 1, 9,  2, 7, 6, 4, 2.5},
                        outcome[10] = {0.1, 5, 2, 3, 40, 9, 10, 7, 7, 8};
    double ranks[3][10] = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
                           {1.5, 1.5, 6, 4, 10, 8, 8, 8, 3, 5},
                           {6, 4, 9, 1, 10, 2, 8, 7, 5, 3}},
           of_outcome[10] = {1, 4, 2, 3, 10, 8, 9, 5.5, 5.5, 7}, explained;
    struct rank rank[3];
    struct error err = {0};
    gsl_vector *a = gsl_vector_alloc(10), *b = gsl_vector_alloc(10);

    (void)state;
    assert_int_equal(rank_parameters(parameter, 3, outcome, 10, rank, &explained, &err), OK);
    for (int j = 0; j < 3; j++) {
        residuals(ranks, j, ranks[j], a);
        residuals(ranks, j, of_outcome, b);
        double r = gsl_stats_correlation(a->data, 1, b->data, 1, 10);
        double t = fabs(r) * sqrt(6 / (1 - r * r)), wide = 1.959964 / sqrt(5);
        assert_near(rank[j].partial, r, 1e-9);
        assert_near(rank[j].low, tanh(atanh(r) - wide), 1e-6);
        assert_near(rank[j].high, tanh(atanh(r) + wide), 1e-6);
        assert_near(rank[j].p, 2 * gsl_cdf_tdist_Q(t, 6), 1e-9);
        assert_near(rank[j].regression_wide, 2.446912 * fabs(rank[j].regression) / t, 1e-6);
        /* and regression on what the others leave, in standard deviations of ranks */
        assert_near(rank[j].regression,
                    r * gsl_stats_sd(b->data, 1, 10) / gsl_stats_sd(a->data, 1, 10) *
                        gsl_stats_sd(ranks[j], 1, 10) / gsl_stats_sd(of_outcome, 1, 10),
                    1e-9);
    }
    gsl_vector_free(a);
    gsl_vector_free(b);
}

/* 2,000 times four parameters and an outcome, none of which has to do with another, in 30 draws: a
 * chance below 5 % comes 5 times in 100, and an interval of 95 % holds 0 as often. 4.5 standard
 * errors are 2.2 %. Of ranks t is an
 * approximation (Iman and Conover 1979). */
static void
what_is_not_there_is_seen_once_in_twenty(void **state)
{
    enum { TIMES = 2000, N = 30, K = 4 };
    double parameter[K * N], outcome[N], explained, seen[K] = {0}, held[K] = {0};
    struct stream stream;
    struct error err = {0};

    (void)state;
    stream_open(&stream, 3, 0, 0, (struct stream_name){1, 1}, 0);
    for (int time = 0; time < TIMES; time++) {
        struct rank rank[K];
        for (int i = 0; i < K * N; i++)
            parameter[i] = stream_uniform(&stream);
        for (int i = 0; i < N; i++)
            outcome[i] = stream_exponential(&stream);
        assert_int_equal(rank_parameters(parameter, K, outcome, N, rank, &explained, &err), OK);
        for (int j = 0; j < K; j++) {
            seen[j] += rank[j].p < 0.05;
            held[j] += rank[j].low <= 0 && rank[j].high >= 0;
        }
    }
    for (int j = 0; j < K; j++) {
        assert_near(seen[j] / TIMES, 0.05, 4.5 * sqrt(0.05 * 0.95 / TIMES));
        assert_near(held[j] / TIMES, 0.95, 4.5 * sqrt(0.05 * 0.95 / TIMES));
    }
}

/* A parameter that never varies says nothing, and a draw without an outcome is left out: the others
 * are as without them. */
static void
what_never_varies_and_what_is_missing_are_left_out(void **state)
{
    static const double three[24] = {4, 2, 7, 1, 9, 3, 8, 5, //
                                     6, 6, 6, 6, 6, 6, 6, 6, //
                                     1, 5, 2, 8, 3, 7, 4, 6},
                        with[8] = {3, 1, 9, 2, NAN, 5, 7, 6};
    static const double two[14] = {4, 2, 7, 1, 3, 8, 5, 1, 5, 2, 8, 7, 4, 6},
                        without[7] = {3, 1, 9, 2, 5, 7, 6};
    struct rank all[3], some[2];
    double explained, again;
    struct error err = {0};

    (void)state;
    assert_int_equal(rank_parameters(three, 3, with, 8, all, &explained, &err), OK);
    assert_int_equal(rank_parameters(two, 2, without, 7, some, &again, &err), OK);
    assert_true(isnan(all[1].partial) && isnan(all[1].regression) && isnan(all[1].p));
    assert_near(all[0].partial, some[0].partial, 1e-12);
    assert_near(all[2].high, some[1].high, 1e-12);
    assert_near(explained, again, 1e-12);
}

static void
assert_refused(const double *parameter, size_t parameters, const double *outcome, size_t count,
               const char *why)
{
    struct rank rank[3];
    double explained;
    struct error err = {0};

    assert_int_equal(rank_parameters(parameter, parameters, outcome, count, rank, &explained, &err),
                     BAD_INPUT);
    assert_non_null(strstr(err.message, why));
    assert_true(isnan(rank[0].partial) && isnan(explained));
}

static void
what_cannot_be_told_apart_is_an_error(void **state)
{
    static const double parameter[16] = {1, 5, 2, 8, 3, 7, 4, 6, 10, 50, 20, 80, 30, 70, 40, 60},
                        outcome[8] = {3, 1, 9, 2, 4, 5, 7, 6}, same[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    static const double three[15] = {1, 2, 3, 4, 5, 2, 1, 4, 3, 5, 5, 1, 4, 2, 3};
    struct rank rank[1];
    double explained;
    struct error err = {0};

    (void)state;
    assert_refused(parameter, 2, outcome, 8, "say the same");
    assert_refused(parameter, 1, same, 8, "the same in all futures");
    assert_refused(three, 3, outcome, 5, "3 uncertain fields take 7 draws at least, not 5");
    assert_refused(parameter, 1, outcome, 0, "0 uncertain fields take 4 draws");
    assert_int_equal(rank_parameters(same, 1, outcome, 8, rank, &explained, &err), OK);
    assert_true(isnan(rank[0].partial));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_numbers_have_their_closed_form),
        cmocka_unit_test(what_only_rises_or_falls_is_one),
        cmocka_unit_test(partial_is_the_correlation_of_what_others_leave),
        cmocka_unit_test(what_is_not_there_is_seen_once_in_twenty),
        cmocka_unit_test(what_never_varies_and_what_is_missing_are_left_out),
        cmocka_unit_test(what_cannot_be_told_apart_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
