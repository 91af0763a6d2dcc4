/* Elementary effects: exact where a function is linear, by hand where it is not, and with chance
 * whose part is known. */

#include "tests/support.h"

#include "analysis/sweep/morris_effects.h"
#include "sim/engine/stream.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <omp.h>
#include <stdbool.h>
#include <string.h>

enum { K = 3, MOST_TRAJECTORIES = 40, MOST_REPLICATIONS = 4 };
enum { FACTORS, CHANCE }; /* purposes of streams */

static double outcome[MOST_TRAJECTORIES * (K + 1) * MOST_REPLICATIONS];
static double step[MOST_TRAJECTORIES * K];
static size_t moved[MOST_TRAJECTORIES * K];

static double
normal(struct stream *stream)
{
    return gsl_cdf_ugaussian_Pinv(stream_uniform_open(stream));
}

/* X is where a trajectory begins and where it has come to: a step of 2/3 from one of four levels,
 * up from the lower two and down from the upper (Morris 1991), factors in turn from FIRST on. */
static void
write_trajectory(size_t t, size_t replications, double (*of)(const double *x), double sd,
                 struct stream *factors, struct stream *chance)
{
    double x[K], *y = outcome + t * (K + 1) * replications;
    size_t first = (size_t)(stream_uniform(factors) * K);

    for (size_t i = 0; i < K; i++)
        x[i] = floor(stream_uniform(factors) * 4) / 3;
    for (size_t s = 0; s <= K; s++) {
        for (size_t r = 0; r < replications; r++)
            y[s * replications + r] = of(x) + (sd > 0 ? sd * normal(chance) : 0);
        if (s == K)
            return;
        size_t i = (first + s) % K;
        moved[t * K + s] = i;
        step[t * K + s] = x[i] < 0.5 ? 2.0 / 3 : -2.0 / 3;
        x[i] += step[t * K + s];
    }
}

static struct morris_outcomes
sample(size_t trajectories, size_t replications, double (*of)(const double *x), double sd,
       uint64_t seed)
{
    struct stream factors, chance;

    stream_open(&factors, seed, 0, FACTORS, (struct stream_name){1, 1}, 0);
    stream_open(&chance, seed, 0, CHANCE, (struct stream_name){1, 1}, 0);
    for (size_t t = 0; t < trajectories; t++)
        write_trajectory(t, replications, of, sd, &factors, &chance);
    return (struct morris_outcomes){K, trajectories, replications, outcome, moved, step, false};
}

/* The third factor does nothing. */
static double
straight(const double *x)
{
    return 5 + 3 * x[0] - 2 * x[1];
}

static void
of_a_linear_function_all_effects_are_its_slopes(void **state)
{
    static const double slope[K] = {3, -2, 0};
    struct morris_outcomes outcomes = sample(10, 1, straight, 0, 1);
    struct morris_effect effect[K];
    size_t used;
    struct error err = {0};

    (void)state;
    assert_int_equal(morris_effects(&outcomes, (struct bootstrap){1, 100}, effect, &used, &err),
                     OK);
    assert_int_equal(used, 10);
    for (int i = 0; i < K; i++) {
        assert_near(effect[i].mu.value, slope[i], 1e-12);
        assert_near(effect[i].mu.low, slope[i], 1e-12);
        assert_near(effect[i].mu_star.value, fabs(slope[i]), 1e-12);
        assert_near(effect[i].mu_star.high, fabs(slope[i]), 1e-12);
        assert_near(effect[i].sigma.value, 0, 1e-12);
        assert_near(effect[i].sigma.high, 0, 1e-12);
        assert_true(isnan(effect[i].chance) && isnan(effect[i].mu_star_chance));
    }
}

/* y = x1 x2 from corners of the square, along an edge and then the next: an effect of x1 is x2
 * where it moves, and the other way round.
 *
 *     from     y     moves         y    moves        y    x1  x2
 *     (0, 0)   0     x1 to 1       0    x2 to 1      1     0   1
 *     (0, 1)   0     x1 to 1       1    x2 to 0      0     1   1
 *     (1, 1)   1     x2 to 0       0    x1 to 0      0     0   1
 *     (0, 0)   0     x2 to 1       0    x1 to -1    -1     1   0
 *
 * So mu of x1 is 1/2 and of x2 3/4; sigma is the root of 4 (1/2)^2 / 3 = 1/3 and of (3 (1/4)^2 +
 * (3/4)^2) / 3 = 1/4. */
static const double product[12] = {0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, -1},
                    product_step[8] = {1, 1, 1, -1, -1, -1, 1, -1};
static const size_t product_moved[8] = {0, 1, 0, 1, 1, 0, 1, 0};

static void
of_a_product_effects_differ(void **state)
{
    struct morris_outcomes outcomes = {2, 4, 1, product, product_moved, product_step, false};
    struct morris_effect effect[2];
    size_t used;
    struct error err = {0};

    (void)state;
    assert_int_equal(morris_effects(&outcomes, (struct bootstrap){1, 100}, effect, &used, &err),
                     OK);
    assert_near(effect[0].mu.value, 0.5, 1e-12);
    assert_near(effect[0].mu_star.value, 0.5, 1e-12);
    assert_near(effect[0].sigma.value, sqrt(1.0 / 3), 1e-12);
    assert_near(effect[1].mu.value, 0.75, 1e-12);
    assert_near(effect[1].sigma.value, 0.5, 1e-12);
}

static double
folded(const double *x)
{
    return fabs(x[0] - 0.5);
}

/* |x1 - 1/2| goes from 1/2 to 1/6 (from 0 to 2/3, from 1 to 1/3) or back (from 1/3 to 1, from 2/3
 * to 0) in a step of 2/3: effects are 1/2 or -1/2, so that mu is about 0 and mu* is 1/2 (Campolongo
 * et al. 2007). With n effects of one size sigma squared is n (1/4 - mu^2) / (n - 1). */
static void
effects_of_both_signs_do_not_cancel_in_mu_star(void **state)
{
    struct morris_outcomes outcomes = sample(40, 1, folded, 0, 2);
    struct morris_effect effect[K];
    size_t used;
    struct error err = {0};

    (void)state;
    assert_int_equal(morris_effects(&outcomes, (struct bootstrap){1, 100}, effect, &used, &err),
                     OK);
    double mu = effect[0].mu.value;
    assert_near(mu, 0, 4.5 * 0.5 / sqrt(40));
    assert_near(effect[0].mu_star.value, 0.5, 1e-12);
    assert_near(effect[0].mu_star.low, 0.5, 1e-12);
    assert_near(effect[0].sigma.value, sqrt(40 * (0.25 - mu * mu) / 39), 1e-12);
    assert_near(effect[2].mu_star.value, 0, 0);
}

/* The mean of what REPEATS gave is within 4.5 of its standard errors. */
static void
assert_mean(const char *what, const double *value, int repeats, double truth)
{
    double error, mean = mean_of(value, repeats, &error);

    print_message("%s: %.4f, error %.4f, expected %.4f\n", what, mean, error, truth);
    assert_near(mean, truth, 4.5 * error);
}

/* Chance of each point's own with sd 0.5 and four replications has 2 0.25 / (4 (2/3)^2) = 9/32 in
 * the variance of an effect, all of which is chance where the function is linear; a factor that
 * does nothing has the mu* of a normal number with that variance, sqrt(2 / pi) of its root. Its mu
 * is 0, which 95 % of intervals are to hold: 4.5 standard errors of that in 1,000 repeats are
 * 3.1 %, and plain percentiles, which hold it 90 times in 100 with ten trajectories, would be seen.
 */
static void
what_chance_does_is_told_apart(void **state)
{
    enum { REPEATS = 1000 };
    static double chance[REPEATS], left[REPEATS], mu[REPEATS], mu_star[REPEATS];
    struct morris_effect effect[K];
    size_t used, held = 0;
    struct error err = {0};

    (void)state;
    for (int t = 0; t < REPEATS; t++) {
        struct morris_outcomes outcomes = sample(10, 4, straight, 0.5, (uint64_t)t + 1);
        struct bootstrap bootstrap = {(uint64_t)t, 400};
        assert_int_equal(morris_effects(&outcomes, bootstrap, effect, &used, &err), OK);
        chance[t] = effect[1].chance;
        left[t] = effect[1].sigma.value * effect[1].sigma.value - effect[1].chance;
        mu[t] = effect[1].mu.value;
        mu_star[t] = effect[2].mu_star.value;
        held += effect[2].mu.low <= 0 && effect[2].mu.high >= 0;
        assert_near(effect[2].mu_star_chance, sqrt(2 * effect[2].chance / M_PI), 1e-12);
    }
    assert_mean("chance", chance, REPEATS, 9.0 / 32);
    assert_mean("sigma squared less chance", left, REPEATS, 0);
    assert_mean("mu", mu, REPEATS, -2);
    assert_mean("mu* of nothing", mu_star, REPEATS, sqrt(2 * 9.0 / 32 / M_PI));
    print_message("mu of nothing: %zu of %d intervals hold it\n", held, REPEATS);
    assert_near((double)held / REPEATS, 0.95, 4.5 * sqrt(0.95 * 0.05 / REPEATS));
}

/* Every point of the product in three replications: all with -1, 0 and 1 added, which no
 * difference sees; or all times 0, 1 and 2, so that an effect e has replications 0, e and 2 e,
 * with the variance e^2, over 3. Effects of x1 are 0, 1, 0 and 1. */
static void
common_chance_is_seen_only_where_it_changes_effects(void **state)
{
    double y[36];
    struct morris_outcomes outcomes = {2, 4, 3, y, product_moved, product_step, true};
    struct morris_effect effect[2];
    size_t used;
    struct error err = {0};

    (void)state;
    for (int times = 0; times <= 1; times++) {
        for (int i = 0; i < 12; i++)
            for (int r = 0; r < 3; r++)
                y[3 * i + r] = times ? product[i] * r : product[i] + r - 1;
        assert_int_equal(morris_effects(&outcomes, (struct bootstrap){1, 400}, effect, &used, &err),
                         OK);
        assert_near(effect[0].mu.value, 0.5, 1e-12);
        assert_near(effect[0].sigma.value, sqrt(1.0 / 3), 1e-12);
        assert_near(effect[0].chance, times ? 2.0 / 4 / 3 : 0, 1e-12);
        /* all four trajectories have the same effect of x2 once in (3/4)^4, and nothing is more
         * than 1 unless replications are drawn anew */
        assert_true(times ? effect[1].mu.high > 1.2 : effect[1].mu.high < 1.0000001);
    }
}

static void
trajectories_without_an_outcome_are_left_out(void **state)
{
    double y[15];
    size_t with[10] = {0, 1}, used;
    double by[10] = {1, 1};
    struct morris_outcomes all = {2, 5, 1, y, with, by, false};
    struct morris_outcomes some = {2, 4, 1, product, product_moved, product_step, false};
    struct morris_effect of_all[2], of_some[2];
    struct error err = {0};

    (void)state;
    y[0] = 1;
    y[1] = NAN;
    y[2] = 7;
    memcpy(y + 3, product, sizeof product);
    memcpy(with + 2, product_moved, sizeof product_moved);
    memcpy(by + 2, product_step, sizeof product_step);
    assert_int_equal(morris_effects(&all, (struct bootstrap){1, 100}, of_all, &used, &err), OK);
    assert_int_equal(used, 4);
    assert_int_equal(morris_effects(&some, (struct bootstrap){1, 100}, of_some, &used, &err), OK);
    for (int i = 0; i < 2; i++) {
        assert_near(of_all[i].mu.value, of_some[i].mu.value, 1e-12);
        assert_near(of_all[i].sigma.low, of_some[i].sigma.low, 1e-12);
    }
}

static void
assert_refused(const struct morris_outcomes *outcomes, size_t resamples, const char *why)
{
    struct morris_effect effect[K];
    size_t used;
    struct error err = {0};

    assert_int_equal(
        morris_effects(outcomes, (struct bootstrap){1, resamples}, effect, &used, &err), BAD_INPUT);
    if (strstr(err.message, why) == NULL)
        fail_msg("'%s' is not in '%s'", why, err.message);
    assert_true(isnan(effect[0].mu.value) && isnan(effect[outcomes->factors - 1].chance));
}

static void
what_is_no_trajectory_is_refused(void **state)
{
    struct morris_outcomes outcomes = sample(4, 1, straight, 0, 1);

    (void)state;
    assert_refused(&outcomes, 50, "takes 100 resamples");
    outcomes.trajectories = 3;
    assert_refused(&outcomes, 100, "take 4 trajectories at least");
    outcomes.trajectories = 4;
    outcome[6] = NAN;
    assert_refused(&outcomes, 100, "are all known, not 3 of 4");
    step[2 * K] = 0;
    assert_refused(&outcomes, 100, "trajectory 3 does not move each of 3 factors once");
    step[2 * K] = 1;
    moved[K + 1] = moved[K];
    assert_refused(&outcomes, 100, "trajectory 2 does not");
    moved[1] = 3;
    assert_refused(&outcomes, 100, "trajectory 1 does not");
}

/* Morris needs no variance: an outcome that is always the same has no effects. */
static void
an_outcome_that_never_varies_has_no_effects(void **state)
{
    struct morris_outcomes outcomes = sample(4, 1, straight, 0, 1);
    struct morris_effect effect[K];
    size_t used;
    struct error err = {0};

    (void)state;
    for (int i = 0; i < 4 * (K + 1); i++)
        outcome[i] = 0.1;
    assert_int_equal(morris_effects(&outcomes, (struct bootstrap){1, 100}, effect, &used, &err),
                     OK);
    assert_near(effect[0].mu_star.high, 0, 0);
    assert_near(effect[0].sigma.high, 0, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_linear_function_all_effects_are_its_slopes),
        cmocka_unit_test(of_a_product_effects_differ),
        cmocka_unit_test(effects_of_both_signs_do_not_cancel_in_mu_star),
        cmocka_unit_test(what_chance_does_is_told_apart),
        cmocka_unit_test(common_chance_is_seen_only_where_it_changes_effects),
        cmocka_unit_test(trajectories_without_an_outcome_are_left_out),
        cmocka_unit_test(what_is_no_trajectory_is_refused),
        cmocka_unit_test(an_outcome_that_never_varies_has_no_effects),
    };

    omp_set_num_threads(1); /* thousands of small bootstraps: threads would wait for each other */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
