#include "tests/support.h"

#include "sim/engine/distribution.h"

#include <stdbool.h>

#define N 400000

static double quantiles[] = {0, 2, 0.5, 4, 1, 12};

static struct distribution
make(enum distribution_kind kind, double a, double b, double c)
{
    struct distribution dist = {0};
    struct error err = {0};
    double given[3] = {a, b, c};

    if (kind == DIST_EMPIRICAL) {
        dist.count = 3;
        dist.quantile = quantiles;
    }
    if (distribution_make(&dist, kind, given, &err) != OK)
        fail_msg("%s", err.message);
    return dist;
}

/* One of each; means and variances by hand from the published parametrisations. */
static struct {
    enum distribution_kind kind;
    double a, b, c, mean, variance;
    bool has_inverse; /* 1/X of a length-biased draw has a variance: E[1/X] of a fresh one is finite
                       */
} cases[] = {
    {DIST_FIXED, 3, 0, 0, 3, 0, true},
    {DIST_EXPONENTIAL, 3, 0, 0, 3, 9, false},
    {DIST_LOGNORMAL, 4.1, 0.9, 0, 4.1, 4.1 * 4.1 * 0.81, true},
    {DIST_GAMMA, 5, 0.7, 0, 5, 25 * 0.49, true},
    {DIST_GAMMA, 5, 1.5, 0, 5, 25 * 2.25, false},
    {DIST_WEIBULL, 6, 1.4, 0, 6, 36 * 1.96, false},
    {DIST_WEIBULL, 6, 0.5, 0, 6, 36 * 0.25, false},
    {DIST_HYPEREXPONENTIAL, 2, 1.6, 0, 2, 4 * 2.56, false},
    {DIST_UNIFORM, 1, 4, 0, 2.5, 0.75, true},
    {DIST_TRIANGULAR, 1, 2, 6, 3, 21.0 / 18, true}, /* (1+4+36-2-6-12)/18 */
    /* half uniform on 2..4, half on 4..12: second moment (28/3 + 208/3)/2 = 118/3 */
    {DIST_EMPIRICAL, 0, 0, 0, 5.5, 118.0 / 3 - 30.25, true},
};

#define CASES (sizeof cases / sizeof *cases)

static void
each_form_keeps_its_mean_and_spread(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct distribution dist = make(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        struct stream stream;
        double sum = 0, square = 0, fourth = 0;

        stream_open(&stream, 3, 0, 0, (struct stream_name){0, i}, 0);
        assert_near(distribution_mean(&dist), cases[i].mean, 1e-9);
        assert_near(distribution_variance(&dist), cases[i].variance, 1e-9);
        for (int n = 0; n < N; n++) {
            double d = distribution_draw(&dist, &stream) - cases[i].mean;
            sum += d;
            square += d * d;
            fourth += d * d * d * d;
        }
        double variance = square / N;
        assert_near(sum / N, 0, 5 * sqrt(cases[i].variance / N) + 1e-12);
        assert_near(variance, cases[i].variance,
                    5 * sqrt((fourth / N - variance * variance) / N) + 1e-12);
    }
}

/* P(X <= quantile(u)) = u, where the distribution has no jumps. */
static void
a_quantile_turns_the_survival_function(void **state)
{
    static const double share[] = {0.001, 0.1, 0.5, 0.9, 0.999};

    (void)state;
    for (size_t i = 1; i < CASES; i++) {
        struct distribution dist = make(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        for (size_t n = 0; n < sizeof share / sizeof *share; n++) {
            double x = distribution_quantile(&dist, share[n]);
            assert_near(1 - distribution_survival(&dist, x), share[n], 1e-9);
        }
    }
}

/* Means over the points of the rule: of 1, X and X^2 they are those of the distribution; the mean
 * of max(0, X - m) is the integral of the survival function beyond m, here by steps of 1e-4 m. */
static void
means_over_the_points_of_a_rule_are_those_of_the_distribution(void **state)
{
    struct distribution_node node[64];

    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct distribution dist = make(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        double all = 0, mean = 0, second = 0, beyond = 0, expected = 0, m = cases[i].mean;
        size_t count = distribution_nodes(&dist, 20, node, 64);
        assert_true(count > 0);
        for (size_t n = 0; n < count; n++) {
            all += node[n].weight;
            mean += node[n].weight * node[n].value;
            second += node[n].weight * node[n].value * node[n].value;
            beyond += node[n].weight * fmax(0, node[n].value - m);
        }
        for (double x = m * (1 + 5e-5); x < 200 * m; x += 1e-4 * m)
            expected += 1e-4 * m * distribution_survival(&dist, x);
        assert_near(all, 1, 1e-12);
        assert_near(mean, m, 1e-3 * m);
        assert_near(second, cases[i].variance + m * m, 0.03 * (cases[i].variance + m * m));
        assert_near(beyond, expected, 0.02 * m);
    }
}

/* Half at 2, half uniform on 4..8 (as a mixture): by hand E X = 4, E X^2 = (4 + 112 / 3) / 2. */
static void
the_points_of_a_mixture_are_those_of_its_parts(void **state)
{
    struct distribution_part part[2] = {{0.5, make(DIST_FIXED, 2, 0, 0)},
                                        {0.5, make(DIST_UNIFORM, 4, 8, 0)}};
    struct distribution dist = {.count = 2, .part = part};
    struct distribution_node node[64];
    double mean = 0, second = 0, low = 0;

    (void)state;
    assert_int_equal(distribution_make(&dist, DIST_MIXTURE, NULL, NULL), OK);
    size_t count = distribution_nodes(&dist, 16, node, 64);
    for (size_t n = 0; n < count; n++) {
        mean += node[n].weight * node[n].value;
        second += node[n].weight * node[n].value * node[n].value;
        low += node[n].value < 3 ? node[n].weight : 0;
    }
    assert_int_equal(count, 17);
    assert_near(low, 0.5, 1e-12);
    assert_near(mean, 4, 1e-6);
    assert_near(second, (4 + 112.0 / 3) / 2, 1e-5);
}

/* Drawn beyond an age, P(X > x | X > age) = S(x) / S(age). */
static void
a_draw_beyond_an_age_follows_the_survival_function(void **state)
{
    (void)state;
    for (size_t i = 1; i < CASES; i++) {
        struct distribution dist = make(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        double age = 0.9 * cases[i].mean, x = 1.4 * cases[i].mean;
        double p = distribution_survival(&dist, x) / distribution_survival(&dist, age);
        struct stream stream;
        int above = 0;

        stream_open(&stream, 4, 0, 0, (struct stream_name){0, i}, 0);
        for (int n = 0; n < N; n++) {
            double drawn = distribution_draw_beyond(&dist, age, &stream);
            assert_true(drawn >= age);
            above += drawn > x;
        }
        assert_near((double)above / N, p, 5 * sqrt(p * (1 - p) / N) + 1e-9);
    }
}

/* The fresh draws and the survival function are made by different code; they must agree. */
static void
fresh_draws_follow_the_survival_function(void **state)
{
    (void)state;
    for (size_t i = 1; i < CASES; i++) {
        struct distribution dist = make(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        double x = 1.2 * cases[i].mean, p = distribution_survival(&dist, x);
        struct stream stream;
        int above = 0;

        stream_open(&stream, 5, 0, 0, (struct stream_name){0, i}, 0);
        for (int n = 0; n < N; n++)
            above += distribution_draw(&dist, &stream) > x;
        assert_near((double)above / N, p, 5 * sqrt(p * (1 - p) / N));
    }
}

/* Length-biased, E[1/X] = 1 / mean whatever the form, and E[X] = (variance + mean^2) / mean. */
static void
a_length_biased_draw_has_the_inverse_mean(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct distribution dist = make(cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
        struct stream stream;
        double sum = 0, square = 0, whole = 0, whole_square = 0;
        double mean = cases[i].mean, biased = mean + cases[i].variance / mean;

        stream_open(&stream, 6, 0, 0, (struct stream_name){0, i}, 0);
        for (int n = 0; n < N; n++) {
            double x = distribution_draw_length_biased(&dist, &stream);
            double inverse = 1 / x;
            sum += inverse;
            square += inverse * inverse;
            whole += x;
            whole_square += x * x;
        }
        double spread = whole_square / N - (whole / N) * (whole / N);
        assert_near(whole / N, biased, 5.5 * sqrt(spread / N) + 1e-9);
        if (cases[i].has_inverse)
            assert_near(sum / N, 1 / mean,
                        5 * sqrt(fmax(0, square / N - 1 / mean / mean) / N) + 1e-9);
    }
}

static void
a_mixture_mixes_draws_ages_and_lengths(void **state)
{
    struct distribution_part parts[2] = {{0.25, {0}}, {0.75, {0}}};
    struct distribution dist = {.count = 2, .part = parts};
    struct stream stream;
    double sum = 0, biased = 0, beyond = 0;

    (void)state;
    parts[0].of = make(DIST_EXPONENTIAL, 8, 0, 0);
    parts[1].of = make(DIST_EXPONENTIAL, 1, 0, 0);
    assert_int_equal(distribution_make(&dist, DIST_MIXTURE, NULL, NULL), OK);
    stream_open(&stream, 7, 0, 0, (struct stream_name){0, 0}, 0);
    for (int n = 0; n < N; n++) {
        sum += distribution_draw(&dist, &stream);
        biased += distribution_draw_length_biased(&dist, &stream);
        beyond += distribution_draw_beyond(&dist, 2, &stream);
    }
    assert_near(sum / N, 2.75, 5 * sqrt(distribution_variance(&dist) / N));
    /* E[X^2]/E[X] = 12.18; the variance of such a draw is E[X^3]/E[X] less its square */
    double variance = 6 * (0.25 * 512 + 0.75) / 2.75 - 12.1818 * 12.1818;
    assert_near(biased / N, (0.25 * 128 + 0.75 * 2) / 2.75, 4.5 * sqrt(variance / N));
    double slow = 0.25 * exp(-2.0 / 8), fast = 0.75 * exp(-2.0);
    assert_near(beyond / N, 2 + (slow * 8 + fast * 1) / (slow + fast), 0.06);
}

static void
bad_parameters_are_refused_with_a_reason(void **state)
{
    struct distribution dist;
    struct error err;
    double negative[3] = {-1, 0.5, 0}, narrow[3] = {1, 0.5, 0}, fall[3] = {4, 3, 0};
    double nothing[3] = {0}, below[4] = {0, -2, 1, 3};
    struct distribution_part parts[2] = {{1.5, {0}}, {-0.5, {0}}};

    (void)state;
    assert_int_equal(distribution_make(&dist, DIST_LOGNORMAL, negative, &err), BAD_INPUT);
    assert_string_equal(err.message, "lognormal: mean must be 0 or more, and at most 1e12");
    assert_int_equal(distribution_make(&dist, DIST_HYPEREXPONENTIAL, narrow, &err), BAD_INPUT);
    assert_string_equal(err.message, "hyperexponential: cv must be 1 or more");
    assert_int_equal(distribution_make(&dist, DIST_UNIFORM, fall, &err), BAD_INPUT);
    assert_string_equal(err.message, "uniform: high must be above low");
    assert_int_equal(distribution_make(&dist, DIST_TRIANGULAR, fall, &err), BAD_INPUT);
    assert_string_equal(err.message, "triangular: low, mode, high must rise");
    assert_int_equal(distribution_make(&dist, DIST_EXPONENTIAL, nothing, &err), BAD_INPUT);
    assert_string_equal(err.message, "exponential: mean must be above 0");
    dist = (struct distribution){.count = 2, .quantile = below};
    assert_int_equal(distribution_make(&dist, DIST_EMPIRICAL, NULL, &err), BAD_INPUT);
    assert_string_equal(err.message, "empirical: a value must be 0 or more");
    dist = (struct distribution){.count = 2, .part = parts};
    assert_int_equal(distribution_make(&dist, DIST_MIXTURE, NULL, &err), BAD_INPUT);
    assert_string_equal(err.message, "mixture: a weight must be 0 or more");
}

/* By hand: mean 4 and cv 1 make three forms exponential; a lognormal of mean exp(1/2) and cv
 * sqrt(e - 1) has its median at 1. */
static void
the_share_that_lasts_longer_is_known_at_some_points(void **state)
{
    const struct {
        enum distribution_kind kind;
        double a, b, c, x, survival;
    } points[] = {
        {DIST_UNIFORM, 2, 6, 0, 1, 1},
        {DIST_UNIFORM, 2, 6, 0, 3, 0.75},
        {DIST_UNIFORM, 2, 6, 0, 7, 0},
        {DIST_TRIANGULAR, 0, 2, 6, 1, 11.0 / 12},
        {DIST_TRIANGULAR, 0, 2, 6, 4, 1.0 / 6},
        {DIST_TRIANGULAR, 0, 2, 6, 7, 0},
        {DIST_FIXED, 5, 0, 0, 4, 1},
        {DIST_FIXED, 5, 0, 0, 5, 0},
        {DIST_EXPONENTIAL, 4, 0, 0, 4, exp(-1)},
        {DIST_EXPONENTIAL, 4, 0, 0, -1, 1},
        {DIST_WEIBULL, 4, 1, 0, 4, exp(-1)},
        {DIST_GAMMA, 4, 1, 0, 4, exp(-1)},
        {DIST_HYPEREXPONENTIAL, 4, 1, 0, 4, exp(-1)},
        {DIST_LOGNORMAL, exp(0.5), sqrt(exp(1) - 1), 0, 1, 0.5},
        {DIST_LOGNORMAL, 3, 1, 0, 0, 1},
        {DIST_EMPIRICAL, 0, 0, 0, 1, 1}, /* 2, 4 and 12 at 0, 1/2 and 1 */
        {DIST_EMPIRICAL, 0, 0, 0, 3, 0.75},
        {DIST_EMPIRICAL, 0, 0, 0, 8, 0.25},
        {DIST_EMPIRICAL, 0, 0, 0, 13, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        struct distribution dist = make(points[i].kind, points[i].a, points[i].b, points[i].c);
        assert_near(distribution_survival(&dist, points[i].x), points[i].survival, 1e-9);
    }
}

/* A part that cannot last that long has no share in who is still there. */
static void
beyond_an_age_only_what_lasts_longer_is_left(void **state)
{
    struct distribution_part parts[2] = {{0.25, make(DIST_FIXED, 5, 0, 0)},
                                         {0.75, make(DIST_UNIFORM, 4, 8, 0)}};
    struct distribution fixed = make(DIST_FIXED, 5, 0, 0), mixed = {.count = 2, .part = parts};
    struct stream stream;

    (void)state;
    stream_open(&stream, 3, 0, 0, (struct stream_name){0, 0}, 0);
    assert_near(distribution_draw_beyond(&fixed, 0, &stream), 5, 0);
    assert_near(distribution_draw_beyond(&fixed, 4, &stream), 5, 0);
    assert_near(distribution_draw_beyond(&fixed, 6, &stream), 6, 0);
    assert_int_equal(distribution_make(&mixed, DIST_MIXTURE, NULL, NULL), OK);
    assert_near(distribution_survival(&mixed, 4.5), 0.25 + 0.75 * 0.875, 1e-12);
    for (int i = 0; i < 100; i++) {
        double x = distribution_draw_beyond(&mixed, 6, &stream);
        assert_true(x > 6 && x < 8);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_keeps_its_mean_and_spread),
        cmocka_unit_test(a_quantile_turns_the_survival_function),
        cmocka_unit_test(means_over_the_points_of_a_rule_are_those_of_the_distribution),
        cmocka_unit_test(the_points_of_a_mixture_are_those_of_its_parts),
        cmocka_unit_test(a_draw_beyond_an_age_follows_the_survival_function),
        cmocka_unit_test(fresh_draws_follow_the_survival_function),
        cmocka_unit_test(a_length_biased_draw_has_the_inverse_mean),
        cmocka_unit_test(a_mixture_mixes_draws_ages_and_lengths),
        cmocka_unit_test(the_share_that_lasts_longer_is_known_at_some_points),
        cmocka_unit_test(beyond_an_age_only_what_lasts_longer_is_left),
        cmocka_unit_test(bad_parameters_are_refused_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
