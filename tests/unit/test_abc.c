/* Sequential ABC where the posterior is known: Kalman's, two modes where the smoother has one
 * between them, a step, and how often its regions hold the truth. */

#include "tests/support.h"

#include "analysis/abc.h"
#include "analysis/smoother.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <string.h>

static double
normal(struct stream *stream)
{
    return gsl_cdf_ugaussian_Pinv(stream_uniform_open(stream));
}

/* What one world gives where the parameters are SCORE. */
typedef void simulator(const double *score, double *outcome, struct stream *stream);

/* Populations until few of the new members come within the tolerance, or it can fall no more. */
struct course {
    size_t steps;
    double accepted;
    simulator *simulate;
    const double *chance; /* [targets][targets] */
};

/* SCORE [members][parameters] as they end; those that are kept are not resampled yet. */
static size_t
run(struct abc *abc, const struct course *course, double *score, struct stream *stream)
{
    size_t step, p = abc->parameters, worlds = abc->replications, size = worlds * abc->targets;
    double *outcome = calloc(abc->members * size, sizeof *outcome);
    struct error err = {0};

    assert_int_equal(abc_open(abc, &err), OK);
    for (size_t i = 0; i < abc->members * p; i++)
        score[i] = normal(stream);
    for (step = 0;; step++) {
        for (size_t m = abc->kept; m < abc->count; m++)
            for (size_t r = 0; r < worlds; r++)
                course->simulate(score + m * p, outcome + m * size + r * abc->targets, stream);
        abc_keep(abc, score, outcome, course->chance, stream);
        if (step == course->steps || abc_is_exact(abc) || abc_is_stuck(abc) ||
            abc->accepted < course->accepted)
            break;
        abc_propose(abc, score, stream);
    }
    free(outcome);
    return step;
}

/* The mean of column A of VALUE, and its covariance with column B. */
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

/* Two parameters seen by two targets that mix them, with a chance of 0.5 and 0.8. */
static void
linear(const double *z, double *y, struct stream *stream)
{
    y[0] = z[0] + 0.5 * z[1] + 0.5 * normal(stream);
    y[1] = -0.3 * z[0] + 2 * z[1] + 0.8 * normal(stream);
}

/* Observed as 1.5 and -0.5 with errors of 0.4 and 0.7. The noise has variances R of 0.41 and 1.13;
 * the information of the posterior is I + H' R^-1 H, and its mean solves Lambda x = H' R^-1 d, as
 * Kalman's. A tolerance e adds e^2 / 4 in units of R, here below 4 %. Means within 4.5 standard
 * errors sqrt(V / n), covariances within 4.5 of sqrt((V_aa V_bb + V_ab^2) / n), where n is what the
 * members are worth. */
static void
linear_outcomes_are_kalmans(void **state)
{
    enum { MEMBERS = 4000 };
    static const double h[2][2] = {{1, 0.5}, {-0.3, 2}}, r[2] = {0.41, 1.13};
    static const double observed[2] = {1.5, -0.5}, error[2] = {0.4, 0.7};
    static const double chance[4] = {0.25, 0, 0, 0.64};
    const struct course course = {30, 0.03, linear, chance};
    double *score = calloc(2 * MEMBERS, sizeof *score), l[2][2] = {{1, 0}, {0, 1}}, b[2] = {0};
    struct abc abc = {.members = MEMBERS,
                      .parameters = 2,
                      .targets = 2,
                      .replications = 2,
                      .observed = observed,
                      .error = error};
    struct stream stream;

    (void)state;
    for (int t = 0; t < 2; t++)
        for (int i = 0; i < 2; i++) {
            b[i] += h[t][i] * observed[t] / r[t];
            for (int j = 0; j < 2; j++)
                l[i][j] += h[t][i] * h[t][j] / r[t];
        }
    double det = l[0][0] * l[1][1] - l[0][1] * l[0][1];
    double v[2][2] = {{l[1][1] / det, -l[0][1] / det}, {-l[0][1] / det, l[0][0] / det}};
    stream_open(&stream, 1, 0, 0, (struct stream_name){1, 0}, 0);
    run(&abc, &course, score, &stream);
    assert_true(abc.tolerance < 0.4);
    assert_true(abc.effective > MEMBERS / 8.0);
    abc_resample(&abc, score, &stream);
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++) {
            double mean, got = covariance(score, MEMBERS, 2, i, j, &mean), n = abc.effective;
            double wanted = v[i][0] * b[0] + v[i][1] * b[1];
            assert_near(mean, wanted, 4.5 * sqrt(v[i][i] / n));
            assert_near(got, v[i][j], 4.5 * sqrt((v[i][i] * v[j][j] + v[i][j] * v[i][j]) / n));
        }
    abc_close(&abc);
    free(score);
}

/* One parameter, of which the square is seen: whether z or -z was the cause cannot be told. */
static void
mirrored(const double *z, double *y, struct stream *stream)
{
    (void)stream;
    *y = *z * *z;
}

/* z^2 observed as 2.25 with an error of 0.3: the posterior is even in z, with density proportional
 * to exp(-z^2 / 2 - (z^2 - 2.25)^2 / 0.18). Its distribution function by Simpson's rule. */
static double
below_mirrored(double z)
{
    enum { PARTS = 4000 };
    double sum = 0, upto = 0, step = 8.0 / PARTS;

    for (int i = 0; i <= PARTS; i++) {
        double x = -4 + step * i, weight = i == 0 || i == PARTS ? 1 : i % 2 ? 4 : 2;
        double density = weight * exp(-x * x / 2 - pow(x * x - 2.25, 2) / 0.18);
        sum += density;
        upto += x <= z ? density : 0;
    }
    return upto / sum;
}

/* Half of the members lie on either side and none between, |z| has the quantiles of the density,
 * and Kolmogorov's distance to it is below 1.95 / sqrt(n), which chance exceeds once in a thousand.
 * The smoother, whose outcomes have no covariance with the parameter, leaves the prior as it was,
 * with a fifth of its members (Phi(0.5) - Phi(-0.5) = 38 %, at least 20 % of 200) where there can
 * be none. */
static void
both_causes_are_found_where_the_smoother_has_what_lies_between(void **state)
{
    enum { MEMBERS = 2000, SMOOTHED = 200 };
    const double observed = 2.25, error = 0.3, chance = 0;
    const struct course course = {40, 0.03, mirrored, &chance};
    double score[MEMBERS], farthest = 0, between = 0, smoothed = 0;
    struct abc abc = {.members = MEMBERS,
                      .parameters = 1,
                      .targets = 1,
                      .replications = 2,
                      .observed = &observed,
                      .error = &error};
    struct stream stream;

    (void)state;
    stream_open(&stream, 2, 0, 0, (struct stream_name){2, 0}, 0);
    run(&abc, &course, score, &stream);
    abc_resample(&abc, score, &stream);
    gsl_sort(score, 1, MEMBERS);
    for (size_t m = 0; m < MEMBERS; m += 20)
        farthest = fmax(farthest, fabs(below_mirrored(score[m]) - ((double)m + 0.5) / MEMBERS));
    for (size_t m = 0; m < MEMBERS; m++)
        between += fabs(score[m]) < 0.5;
    assert_true(farthest < 1.95 / sqrt(abc.effective));
    assert_near(between, 0, 0);
    abc_close(&abc);

    const struct smoother smoother = {.members = SMOOTHED,
                                      .parameters = 1,
                                      .targets = 1,
                                      .steps = 4,
                                      .replications = 2,
                                      .observed = &observed,
                                      .error = &error,
                                      .chance = &chance};
    double z[SMOOTHED], y[SMOOTHED];
    struct error err = {0};
    for (size_t m = 0; m < SMOOTHED; m++)
        z[m] = normal(&stream);
    for (size_t step = 0; step < smoother.steps; step++) {
        for (size_t m = 0; m < SMOOTHED; m++)
            mirrored(&z[m], &y[m], &stream);
        assert_int_equal(smoother_step(&smoother, z, y, &stream, &err), OK);
    }
    for (size_t m = 0; m < SMOOTHED; m++)
        smoothed += fabs(z[m]) < 0.5;
    assert_true(smoothed >= 0.2 * SMOOTHED);
}

/* 1 where the parameter is above 1, else 0: a level is passed or it is not. */
static void
level(const double *z, double *y, struct stream *stream)
{
    (void)stream;
    *y = *z > 1;
}

/* Seen to be passed, without error: the posterior is the prior's tail, of mean phi(1) / Q(1) =
 * 1.52514 and variance 1 + 1.52514 - 1.52514^2 = 0.19909. The tolerance is 0 when it ends. */
static void
a_step_that_is_seen_leaves_the_tail_of_the_prior(void **state)
{
    enum { MEMBERS = 1000 };
    const double observed = 1, error = 0, chance = 0;
    const struct course course = {40, 0.03, level, &chance};
    double score[MEMBERS], mean;
    struct abc abc = {.members = MEMBERS,
                      .parameters = 1,
                      .targets = 1,
                      .replications = 2,
                      .observed = &observed,
                      .error = &error};
    struct stream stream;

    (void)state;
    stream_open(&stream, 3, 0, 0, (struct stream_name){3, 0}, 0);
    run(&abc, &course, score, &stream);
    assert_true(abc_is_exact(&abc));
    abc_resample(&abc, score, &stream);
    double variance = covariance(score, MEMBERS, 1, 0, 0, &mean);
    assert_near(mean, 1.52514, 4.5 * sqrt(0.19909 / abc.effective));
    assert_near(variance, 0.19909, 4.5 * sqrt(8 * 0.19909 * 0.19909 / abc.effective));
    for (size_t m = 0; m < MEMBERS; m++)
        assert_true(score[m] > 1);
    abc_close(&abc);
}

/* A count that is 0 or 1, by chance: 1 with probability Phi(z). */
static void
seldom(const double *z, double *y, struct stream *stream)
{
    *y = stream_uniform(stream) < gsl_cdf_ugaussian_P(*z);
}

/* Seen to be 1: the density 2 phi(z) Phi(z) is skew normal of slant 1 (Azzalini 1985), of mean
 * 1 / sqrt(pi) and variance 1 - 1 / pi. A member of which four worlds in four gave 1 counts four
 * times one of which one did. */
static void
a_count_of_nought_or_one_is_weighed_by_its_chance(void **state)
{
    enum { MEMBERS = 4000 };
    const double observed = 1, error = 0, chance = 0.25, pi = 3.14159265358979;
    const struct course course = {40, 0.03, seldom, &chance};
    double *score = calloc(MEMBERS, sizeof *score), mean;
    struct abc abc = {.members = MEMBERS,
                      .parameters = 1,
                      .targets = 1,
                      .replications = 4,
                      .observed = &observed,
                      .error = &error};
    struct stream stream;

    (void)state;
    stream_open(&stream, 4, 0, 0, (struct stream_name){4, 0}, 0);
    run(&abc, &course, score, &stream);
    assert_true(abc_is_exact(&abc));
    abc_resample(&abc, score, &stream);
    double variance = covariance(score, MEMBERS, 1, 0, 0, &mean), v = 1 - 1 / pi;
    assert_near(mean, 1 / sqrt(pi), 4.5 * sqrt(v / abc.effective));
    assert_near(variance, v, 4.5 * v * sqrt(2 / abc.effective));
    abc_close(&abc);
    free(score);
}

/* Outcomes have chance with a variance of 1; the truth is drawn from the prior and seen once, with
 * an error of 0.3. The posterior's variance is P = 1 / (1 + 36 / 1.09), and in 400 repeats the
 * region of 90 % holds the truth in 360: 4.5 standard errors are 27. */
static void
steep(const double *z, double *y, struct stream *stream)
{
    *y = 6 * *z + normal(stream);
}

static void
regions_hold_the_truth_as_often_as_they_say(void **state)
{
    enum { REPEATS = 400, MEMBERS = 300 };
    const double error = 0.3, chance = 1;
    const struct course course = {40, 0.05, steep, &chance};
    double score[MEMBERS], observed, variances = 0, wanted = 1 / (1 + 36 / 1.09);
    int held = 0;

    (void)state;
    for (uint64_t repeat = 0; repeat < REPEATS; repeat++) {
        struct abc abc = {.members = MEMBERS,
                          .parameters = 1,
                          .targets = 1,
                          .replications = 2,
                          .observed = &observed,
                          .error = &error};
        struct stream stream;
        double mean;
        stream_open(&stream, 5, 0, 0, (struct stream_name){5, repeat}, 0);
        double truth = normal(&stream);
        steep(&truth, &observed, &stream);
        observed += error * normal(&stream);
        run(&abc, &course, score, &stream);
        abc_resample(&abc, score, &stream);
        variances += covariance(score, MEMBERS, 1, 0, 0, &mean) / REPEATS;
        gsl_sort(score, 1, MEMBERS);
        held += truth > score[MEMBERS / 20] && truth < score[MEMBERS - 1 - MEMBERS / 20];
        abc_close(&abc);
    }
    assert_near(variances, wanted, 0.1 * wanted);
    assert_near(held, 360, 27);
}

/* Nothing but the prior comes out where all give the same, and that is known at once; a target that
 * tells nothing takes nothing from one that does. */
static void
flat(const double *z, double *y, struct stream *stream)
{
    (void)z;
    (void)stream;
    *y = 7;
}

static void
flat_and_level(const double *z, double *y, struct stream *stream)
{
    flat(z, &y[0], stream);
    level(z, &y[1], stream);
}

static void
what_tells_nothing_changes_nothing(void **state)
{
    enum { MEMBERS = 100 };
    const double observed[2] = {1e12, 1}, error[2] = {0, 0}, chance[4] = {0};
    const struct course alone = {40, 0.03, flat, chance}, both = {40, 0.03, flat_and_level, chance};
    double score[MEMBERS];
    struct abc abc = {.members = MEMBERS,
                      .parameters = 1,
                      .targets = 1,
                      .replications = 1,
                      .observed = observed,
                      .error = error};
    struct stream stream;

    (void)state;
    stream_open(&stream, 6, 0, 0, (struct stream_name){6, 0}, 0);
    run(&abc, &alone, score, &stream);
    assert_true(abc_is_stuck(&abc));
    assert_near(abc.unit[0], 0, 0);
    assert_near(abc.effective, MEMBERS, 1e-9);
    abc_close(&abc);
    abc.targets = 2;
    run(&abc, &both, score, &stream);
    assert_true(abc_is_exact(&abc));
    for (size_t m = 0; m < abc.kept; m++)
        assert_true(score[m] > 1);
    abc_close(&abc);
}

/* Prior over proposal has a mean of 1 under the proposal, whatever that is, and is at most 10 where
 * one proposal in ten is drawn from the prior. After eight steps the proposal is narrow. */
static void
weights_are_one_on_average(void **state)
{
    enum { MEMBERS = 4000, STEPS = 8 };
    static const double observed[2] = {1.5, -0.5}, error[2] = {0.4, 0.7};
    static const double chance[4] = {0.25, 0, 0, 0.64};
    const struct course course = {STEPS, 0, linear, chance};
    double *score = calloc(2 * MEMBERS, sizeof *score), weight[MEMBERS / 2], standard_error;
    struct abc abc = {.members = MEMBERS,
                      .parameters = 2,
                      .targets = 2,
                      .replications = 1,
                      .observed = observed,
                      .error = error};
    struct stream stream;

    (void)state;
    stream_open(&stream, 8, 0, 0, (struct stream_name){8, 0}, 0);
    assert_int_equal(run(&abc, &course, score, &stream), STEPS);
    abc_propose(&abc, score, &stream);
    assert_int_equal(abc.count - abc.kept, MEMBERS / 2);
    for (size_t m = 0; m < MEMBERS / 2; m++) {
        weight[m] = abc.weight[abc.kept + m];
        assert_true(weight[m] > 0 && weight[m] <= 10);
    }
    double mean = mean_of(weight, MEMBERS / 2, &standard_error);
    assert_near(mean, 1, 4.5 * standard_error);
    assert_true(standard_error < 0.1);
    abc_close(&abc);
    free(score);
}

/* Half of 101 members, the odd one among those kept, and a tolerance that never rises. */
static void
no_step_runs_more_than_half(void **state)
{
    enum { MEMBERS = 101 };
    const double observed = 40, error = 0.1, chance = 1;
    double score[MEMBERS], outcome[MEMBERS];
    struct abc abc = {.members = MEMBERS,
                      .parameters = 1,
                      .targets = 1,
                      .replications = 1,
                      .observed = &observed,
                      .error = &error};
    struct error err = {0};
    struct stream stream;

    (void)state;
    assert_int_equal(abc_new(MEMBERS), 50);
    assert_int_equal(abc_fewest(3), 40);
    stream_open(&stream, 7, 0, 0, (struct stream_name){7, 0}, 0);
    assert_int_equal(abc_open(&abc, &err), OK);
    assert_int_equal(abc.count, MEMBERS);
    for (size_t m = 0; m < MEMBERS; m++)
        score[m] = normal(&stream);
    double last = INFINITY;
    for (size_t step = 0; step < 20; step++) {
        for (size_t m = abc.kept; m < abc.count; m++)
            steep(&score[m], &outcome[m], &stream);
        abc_keep(&abc, score, outcome, &chance, &stream);
        assert_int_equal(abc.kept, 51);
        assert_true(abc.tolerance <= last);
        last = abc.tolerance;
        abc_propose(&abc, score, &stream);
        assert_int_equal(abc.count, MEMBERS);
    }
    abc_resample(&abc, score, &stream);
    assert_int_equal(abc.kept, MEMBERS);
    abc_close(&abc);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_outcomes_are_kalmans),
        cmocka_unit_test(both_causes_are_found_where_the_smoother_has_what_lies_between),
        cmocka_unit_test(a_step_that_is_seen_leaves_the_tail_of_the_prior),
        cmocka_unit_test(a_count_of_nought_or_one_is_weighed_by_its_chance),
        cmocka_unit_test(regions_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(what_tells_nothing_changes_nothing),
        cmocka_unit_test(weights_are_one_on_average),
        cmocka_unit_test(no_step_runs_more_than_half),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
