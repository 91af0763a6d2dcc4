/* The smoother against Kalman's update, and how often its regions hold the truth. */

#include "tests/support.h"

#include "analysis/smoother.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static double
normal(struct stream *stream)
{
    return gsl_cdf_ugaussian_Pinv(stream_uniform_open(stream));
}

/* The covariance of columns A and B of VALUE, and the mean of A. */
static double
covariance(const double *value, size_t members, size_t columns, size_t a, size_t b, double *mean)
{
    double mean_a = 0, mean_b = 0, sum = 0;

    for (size_t m = 0; m < members; m++) {
        mean_a += value[m * columns + a] / (double)members;
        mean_b += value[m * columns + b] / (double)members;
    }
    for (size_t m = 0; m < members; m++)
        sum += (value[m * columns + a] - mean_a) * (value[m * columns + b] - mean_b);
    *mean = mean_a;
    return sum / (double)(members - 1);
}

enum { MEMBERS = 40, STEPS = 4 };

/* One parameter z, one outcome y = 3 z + 1, observed as 5 with an error of 2: with a prior of mean
 * m and variance P the update is m + P 3 (5 - 3 m - 1) / (9 P + 4), P 4 / (9 P + 4). Kalman's, to
 * the last digits, in one step or in four. */
static void
one_parameter_is_kalmans(void **state)
{
    const double observed = 5, error = 2, chance = 0;

    (void)state;
    for (size_t steps = 1; steps <= STEPS; steps += STEPS - 1) {
        struct smoother smoother = {.members = MEMBERS,
                                    .parameters = 1,
                                    .targets = 1,
                                    .steps = steps,
                                    .replications = 1,
                                    .observed = &observed,
                                    .error = &error,
                                    .chance = &chance};
        double z[MEMBERS], y[MEMBERS], m, mean;
        struct stream stream;
        struct error err = {0};
        stream_open(&stream, 1, 0, 0, (struct stream_name){1, steps}, 0);
        for (size_t i = 0; i < MEMBERS; i++)
            z[i] = normal(&stream);
        double p = covariance(z, MEMBERS, 1, 0, 0, &m);
        for (size_t step = 0; step < steps; step++) {
            for (size_t i = 0; i < MEMBERS; i++)
                y[i] = 3 * z[i] + 1;
            assert_int_equal(smoother_step(&smoother, z, y, &stream, &err), OK);
        }
        double variance = covariance(z, MEMBERS, 1, 0, 0, &mean);
        assert_near(mean, m + p * 3 * (observed - 3 * m - 1) / (9 * p + 4), 1e-10);
        assert_near(variance, p * 4 / (9 * p + 4), 1e-10);
    }
}

/* Two parameters seen by three targets that mix them: the information of the posterior is that of
 * the prior, P^-1, and H' R^-1 H; its mean solves Lambda x = P^-1 m + H' R^-1 d. */
static void
two_parameters_are_kalmans(void **state)
{
    static const double h[3][2] = {{1, 0.5}, {-0.3, 2}, {0.7, 0.7}};
    static const double observed[3] = {1.5, -0.5, 2}, error[3] = {0.4, 0.7, 1.1}, chance[9] = {0};
    const struct smoother smoother = {.members = MEMBERS,
                                      .parameters = 2,
                                      .targets = 3,
                                      .steps = STEPS,
                                      .replications = 1,
                                      .observed = observed,
                                      .error = error,
                                      .chance = chance};
    double z[2 * MEMBERS], y[3 * MEMBERS], m[2], mean[2], unused;
    struct stream stream;
    struct error err = {0};

    (void)state;
    stream_open(&stream, 2, 0, 0, (struct stream_name){2, 0}, 0);
    for (size_t i = 0; i < 2 * MEMBERS; i++)
        z[i] = normal(&stream);
    double p00 = covariance(z, MEMBERS, 2, 0, 0, &m[0]);
    double p11 = covariance(z, MEMBERS, 2, 1, 1, &m[1]);
    double p01 = covariance(z, MEMBERS, 2, 0, 1, &unused), det = p00 * p11 - p01 * p01;
    double l00 = p11 / det, l11 = p00 / det, l01 = -p01 / det;
    double b0 = l00 * m[0] + l01 * m[1], b1 = l01 * m[0] + l11 * m[1];
    for (int t = 0; t < 3; t++) {
        double weight = 1 / (error[t] * error[t]);
        l00 += weight * h[t][0] * h[t][0];
        l01 += weight * h[t][0] * h[t][1];
        l11 += weight * h[t][1] * h[t][1];
        b0 += weight * h[t][0] * observed[t];
        b1 += weight * h[t][1] * observed[t];
    }
    det = l00 * l11 - l01 * l01;
    for (size_t step = 0; step < STEPS; step++) {
        for (size_t i = 0; i < MEMBERS; i++)
            for (int t = 0; t < 3; t++)
                y[3 * i + (size_t)t] = h[t][0] * z[2 * i] + h[t][1] * z[2 * i + 1];
        assert_int_equal(smoother_step(&smoother, z, y, &stream, &err), OK);
    }
    assert_near(covariance(z, MEMBERS, 2, 0, 0, &mean[0]), l11 / det, 1e-9);
    assert_near(covariance(z, MEMBERS, 2, 1, 1, &mean[1]), l00 / det, 1e-9);
    assert_near(covariance(z, MEMBERS, 2, 0, 1, &unused), -l01 / det, 1e-9);
    assert_near(mean[0], (l11 * b0 - l01 * b1) / det, 1e-9);
    assert_near(mean[1], (l00 * b1 - l01 * b0) / det, 1e-9);
}

/* Outcomes have chance with a variance of 1 in each replication, of which a member has two; the
 * truth is drawn from the prior and seen once, with an error of 0.3. The posterior's variance is
 * P = 1 / (1 + 36 / 1.09), and in 1,000 repeats the region of 90 % holds the truth in 900: 4.5
 * standard errors are 43. Members without the mending of their own chance would be too sure. */
static void
regions_hold_the_truth_as_often_as_they_say(void **state)
{
    enum { REPEATS = 1000, MANY = 100 };
    const double error = 0.3, chance = 1, slope = 6;
    double z[MANY], y[MANY], observed, variances = 0;
    int held = 0;

    (void)state;
    for (uint64_t repeat = 0; repeat < REPEATS; repeat++) {
        struct smoother smoother = {.members = MANY,
                                    .parameters = 1,
                                    .targets = 1,
                                    .steps = STEPS,
                                    .replications = 2,
                                    .observed = &observed,
                                    .error = &error,
                                    .chance = &chance};
        struct stream stream;
        struct error err = {0};
        double mean;
        stream_open(&stream, 3, 0, 0, (struct stream_name){3, repeat}, 0);
        double truth = normal(&stream);
        observed = slope * truth + normal(&stream) + error * normal(&stream);
        for (size_t i = 0; i < MANY; i++)
            z[i] = normal(&stream);
        for (size_t step = 0; step < STEPS; step++) {
            for (size_t i = 0; i < MANY; i++)
                y[i] = slope * z[i] + normal(&stream) / sqrt(2);
            assert_int_equal(smoother_step(&smoother, z, y, &stream, &err), OK);
        }
        double variance = covariance(z, MANY, 1, 0, 0, &mean);
        variances += variance / REPEATS;
        held += fabs(truth - mean) < 1.644854 * sqrt(variance);
    }
    assert_near(variances, 1 / (1 + 36 / 1.09), 0.1 / (1 + 36 / 1.09));
    assert_near(held, 900, 43);
}

static void
what_cannot_be_inverted_is_an_error(void **state)
{
    const double observed[2] = {1, 1}, error[2] = {0, 0}, chance[4] = {0};
    const struct smoother smoother = {.members = MEMBERS,
                                      .parameters = 1,
                                      .targets = 2,
                                      .steps = 1,
                                      .replications = 1,
                                      .observed = observed,
                                      .error = error,
                                      .chance = chance};
    double z[MEMBERS], y[2 * MEMBERS];
    struct stream stream;
    struct error err = {0};

    (void)state;
    stream_open(&stream, 4, 0, 0, (struct stream_name){4, 0}, 0);
    for (size_t i = 0; i < MEMBERS; i++)
        y[2 * i] = y[2 * i + 1] = z[i] = normal(&stream);
    assert_int_equal(smoother_step(&smoother, z, y, &stream, &err), BAD_INPUT);
    assert_non_null(strstr(err.message, "give each an error"));
    assert_int_equal(smoother_fewest(3, 10), 25);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_parameter_is_kalmans),
        cmocka_unit_test(two_parameters_are_kalmans),
        cmocka_unit_test(regions_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(what_cannot_be_inverted_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
