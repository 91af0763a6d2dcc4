/* Sobol' indices: in closed form for functions that are published for it, by hand for few rows, and
 * how often intervals hold them, with and without chance in the outcomes. */

#include "tests/support.h"

#include "analysis/sweep/sobol_indices.h"
#include "sim/engine/stream.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <omp.h>
#include <stdbool.h>
#include <string.h>

enum { MOST_FACTORS = 8, MOST_POINTS = 4000 }; /* of a matrix, replication by replication */
enum { FACTORS, CHANCE };                      /* purposes of streams */

/* A function of factors that are uniform in 0 to 1, to which each replication adds a normal number
 * with standard deviation CHANCE (NULL: none). */
struct subject {
    size_t factors;
    double (*of)(const double *x);
    double (*chance)(const double *x);
};

static double a_of[MOST_POINTS], b_of[MOST_POINTS], ab_of[MOST_FACTORS * MOST_POINTS];

static double
normal(struct stream *stream)
{
    return gsl_cdf_ugaussian_Pinv(stream_uniform_open(stream));
}

static void
simulate(const struct subject *subject, const double *x, size_t replications, struct stream *chance,
         double *outcome)
{
    double mean = subject->of(x), sd = subject->chance != NULL ? subject->chance(x) : 0;

    for (size_t r = 0; r < replications; r++)
        outcome[r] = mean + (subject->chance != NULL ? sd * normal(chance) : 0);
}

/* The outcomes of a Saltelli design of SUBJECT, whose base matrices are drawn; each point has
 * streams of its own. */
static struct sobol_outcomes
sample(const struct subject *subject, size_t rows, size_t replications, uint64_t seed)
{
    struct stream factors, chance;
    size_t k = subject->factors;
    double a[MOST_FACTORS], b[MOST_FACTORS];

    assert_true(k <= MOST_FACTORS && rows * replications <= MOST_POINTS);
    stream_open(&factors, seed, 0, FACTORS, (struct stream_name){1, 1}, 0);
    stream_open(&chance, seed, 0, CHANCE, (struct stream_name){1, 1}, 0);
    for (size_t j = 0; j < rows; j++) {
        for (size_t i = 0; i < k; i++) {
            a[i] = stream_uniform_open(&factors);
            b[i] = stream_uniform_open(&factors);
        }
        simulate(subject, a, replications, &chance, a_of + j * replications);
        simulate(subject, b, replications, &chance, b_of + j * replications);
        for (size_t i = 0; i < k; i++) {
            double own = a[i];
            a[i] = b[i];
            simulate(subject, a, replications, &chance, ab_of + (i * rows + j) * replications);
            a[i] = own;
        }
    }
    return (struct sobol_outcomes){k, rows, replications, a_of, b_of, ab_of, false};
}

static bool
holds(struct interval interval, double truth)
{
    return interval.low <= truth && truth <= interval.high;
}

/* Of REPEATS intervals of 95 %, 4.5 standard errors: what a right interval is within, whatever the
 * seed. */
static void
assert_coverage(const char *what, size_t held, size_t repeats)
{
    double share = (double)held / (double)repeats;

    print_message("%s: %zu of %zu intervals hold it\n", what, held, repeats);
    assert_near(share, 0.95, 4.5 * sqrt(0.95 * 0.05 / (double)repeats));
}

enum { MOST_REPEATS = 300 };

/* What REPEATS of a subject gave: estimates, and how many intervals held the truth. */
struct tried {
    double first[MOST_FACTORS][MOST_REPEATS], total[MOST_FACTORS][MOST_REPEATS];
    double share[MOST_REPEATS];
    size_t first_held[MOST_FACTORS], total_held[MOST_FACTORS], share_held;
};

struct truth {
    double first[MOST_FACTORS], total[MOST_FACTORS], share;
};

static void
try_often(const struct subject *subject, size_t rows, size_t replications, bool common,
          size_t repeats, size_t resamples, const struct truth *truth, struct tried *tried)
{
    struct sobol_index index[MOST_FACTORS];
    struct sobol_whole whole;
    struct error err = {0};

    *tried = (struct tried){0};
    for (size_t t = 0; t < repeats; t++) {
        struct sobol_outcomes outcomes = sample(subject, rows, replications, t + 1);
        outcomes.common = common;
        assert_int_equal(
            sobol_indices(&outcomes, (struct bootstrap){t, resamples}, index, &whole, &err), OK);
        for (size_t i = 0; i < subject->factors; i++) {
            tried->first[i][t] = index[i].first.value;
            tried->total[i][t] = index[i].total.value;
            tried->first_held[i] += holds(index[i].first, truth->first[i]);
            tried->total_held[i] += holds(index[i].total, truth->total[i]);
        }
        tried->share[t] = whole.share.value;
        tried->share_held += holds(whole.share, truth->share);
    }
}

/* The mean of what REPEATS gave is within 4.5 of its standard errors. */
static void
assert_mean(const char *what, const double *value, size_t repeats, double truth)
{
    double error, mean = mean_of(value, (int)repeats, &error);

    print_message("%s: %.4f, error %.4f, expected %.4f\n", what, mean, error, truth);
    assert_near(mean, truth, 4.5 * error);
}

static void
assert_means(const struct tried *tried, size_t factors, size_t repeats, const struct truth *truth)
{
    for (size_t i = 0; i < factors; i++) {
        assert_mean("first order", tried->first[i], repeats, truth->first[i]);
        assert_mean("total", tried->total[i], repeats, truth->total[i]);
    }
}

static double
ishigami(const double *x)
{
    double x1 = M_PI * (2 * x[0] - 1), x2 = M_PI * (2 * x[1] - 1), x3 = M_PI * (2 * x[2] - 1);

    return sin(x1) + 7 * sin(x2) * sin(x2) + 0.1 * pow(x3, 4) * sin(x1);
}

/* Ishigami and Homma 1990, a = 7, b = 0.1: V = a^2 / 8 + b pi^4 / 5 + b^2 pi^8 / 18 + 1 / 2; alone
 * x1 has (1 + b pi^4 / 5)^2 / 2, x2 a^2 / 8 and x3 nothing; x1 with x3 8 b^2 pi^8 / 225. Published
 * are 0.3139, 0.4424, 0 and the totals 0.5576, 0.4424, 0.2437 (Saltelli et al. 2008). */
static void
ishigami_has_its_published_indices(void **state)
{
    enum { REPEATS = 20 };
    static const struct subject subject = {3, ishigami, NULL};
    static struct tried tried;
    double a = 7, b = 0.1, p4 = pow(M_PI, 4);
    double v = a * a / 8 + b * p4 / 5 + b * b * p4 * p4 / 18 + 0.5;
    double v1 = pow(1 + b * p4 / 5, 2) / 2, v2 = a * a / 8, v13 = 8 * b * b * p4 * p4 / 225;
    struct truth truth = {{v1 / v, v2 / v, 0}, {(v1 + v13) / v, v2 / v, v13 / v}, 0};

    (void)state;
    assert_near(truth.first[0], 0.3139, 5e-5);
    assert_near(truth.first[1], 0.4424, 5e-5);
    assert_near(truth.total[0], 0.5576, 5e-5);
    assert_near(truth.total[2], 0.2437, 5e-5);
    try_often(&subject, 2000, 1, true, REPEATS, 100, &truth, &tried);
    assert_means(&tried, 3, REPEATS, &truth);
}

static const double g_of[8] = {0, 1, 4.5, 9, 99, 99, 99, 99};

static double
g_function(const double *x)
{
    double product = 1;

    for (int i = 0; i < 8; i++)
        product *= (fabs(4 * x[i] - 2) + g_of[i]) / (1 + g_of[i]);
    return product;
}

/* Sobol' 1993: each of its terms has the mean 1 and the variance V_i = 1 / (3 (1 + a_i)^2), so that
 * V is the product of 1 + V_i less 1, and the total of i V_i times the others' 1 + V_j, over V. */
static void
the_g_function_has_its_closed_form(void **state)
{
    enum { REPEATS = 20 };
    static const struct subject subject = {8, g_function, NULL};
    static struct tried tried;
    struct truth truth = {0};
    double all = 1;

    (void)state;
    for (int i = 0; i < 8; i++)
        all *= 1 + 1 / (3 * pow(1 + g_of[i], 2));
    for (int i = 0; i < 8; i++) {
        double own = 1 / (3 * pow(1 + g_of[i], 2));
        truth.first[i] = own / (all - 1);
        truth.total[i] = own * all / (1 + own) / (all - 1);
    }
    assert_near(truth.first[0], 0.716, 1e-3); /* published, Saltelli et al. 2010 */
    try_often(&subject, 2000, 1, true, REPEATS, 100, &truth, &tried);
    assert_means(&tried, 8, REPEATS, &truth);
}

/* 1, 2 and 3 times normal factors: shares 1/14, 4/14 and 9/14, alone and in total. */
static double
normal_sum(const double *x)
{
    double sum = 0;

    for (int i = 0; i < 3; i++)
        sum += (i + 1) * gsl_cdf_ugaussian_Pinv(x[i]);
    return sum;
}

/* An interval of percentiles holds a little less than 95 % where rows are few; of 256 that is below
 * what 300 repeats can see. */
static void
intervals_of_a_linear_function_hold_its_shares(void **state)
{
    enum { REPEATS = 300 };
    static const struct subject subject = {3, normal_sum, NULL};
    static struct tried tried;
    struct truth truth = {{1.0 / 14, 4.0 / 14, 9.0 / 14}, {1.0 / 14, 4.0 / 14, 9.0 / 14}, 0};

    (void)state;
    try_often(&subject, 256, 1, true, REPEATS, 400, &truth, &tried);
    assert_means(&tried, 3, REPEATS, &truth);
    for (int i = 0; i < 3; i++) {
        assert_coverage("first order", tried.first_held[i], REPEATS);
        assert_coverage("total", tried.total_held[i], REPEATS);
    }
}

/* The third factor does nothing. The variance is (4 + 1) / 12. */
static double
two_of_three(const double *x)
{
    return 2 * x[0] + x[1];
}

static double
the_same_everywhere(const double *x)
{
    (void)x;
    return 0.6;
}

static double
more_with_the_first(const double *x)
{
    return 0.4 + 0.4 * x[0];
}

/* 2 x1 + x2 has the variance 5/12, of which 4/5 and 1/5. Chance has 0.36, or, where it grows with
 * x1, the mean of (0.4 + 0.4 x1)^2: 0.16 (1 + 1 + 1/3) = 0.16 7/3. */
static void
try_with_chance(double (*chance)(const double *x), double variance)
{
    enum { REPEATS = 200, REPLICATIONS = 4 };
    const struct subject subject = {3, two_of_three, chance};
    static struct tried tried;
    struct truth truth = {{0.8, 0.2, 0}, {0.8, 0.2, 0}, .share = variance / (variance + 5.0 / 12)};

    try_often(&subject, 128, REPLICATIONS, false, REPEATS, 400, &truth, &tried);
    assert_means(&tried, 3, REPEATS, &truth);
    assert_mean("share of chance", tried.share, REPEATS, truth.share);
    assert_coverage("nothing alone", tried.first_held[2], REPEATS);
    assert_coverage("nothing in total", tried.total_held[2], REPEATS);
    assert_coverage("share of chance", tried.share_held, REPEATS);
}

static void
chance_is_taken_off_and_told_apart(void **state)
{
    (void)state;
    try_with_chance(the_same_everywhere, 0.36);
}

static void
chance_may_differ_between_points(void **state)
{
    (void)state;
    try_with_chance(more_with_the_first, 0.16 * 7 / 3);
}

/* The same outcomes taken as if streams had been common: a quarter of 0.36 is left in all
 * variances, so that who does nothing has 0.09 of 0.09 + 5/12 in total. */
static void
chance_that_is_not_taken_off_is_in_every_total(void **state)
{
    enum { REPEATS = 50 };
    static const struct subject subject = {3, two_of_three, the_same_everywhere};
    static struct tried tried;
    struct truth truth = {0};
    double all = 0.09 + 5.0 / 12;

    (void)state;
    try_often(&subject, 256, 4, true, REPEATS, 100, &truth, &tried);
    assert_mean("nothing in total", tried.total[2], REPEATS, 0.09 / all);
    assert_mean("first order", tried.first[0], REPEATS, 4.0 / 12 / all);
}

/* One factor, so that A with its column is B. A has 0 to 7 and B 1 to 8, each the mean of two
 * replications one below and one above. Sums are 64 and of squares 344, so that V is (344 - 64^2 /
 * 16) / 15 = 88/15; half the mean of (A - AB)^2 is 1/2, and of (B - AB)^2 nothing. The variance of
 * a replication is 2. */
static void
write_by_hand(double *a, double *b)
{
    for (int j = 0; j < 8; j++)
        for (int r = 0; r < 2; r++) {
            a[2 * j + r] = j - 1 + 2 * r;
            b[2 * j + r] = j + 2 * r;
        }
}

/* Own streams: 2 / 2 is taken off V, which leaves 73/15, and off the total's 1/2, which leaves
 * -1/2; the share of chance is 2 / (2 + 73/15) = 30/103. Common: nothing is, and 2 / (2 + 88/15) =
 * 30/118. */
static void
few_rows_are_as_by_hand(void **state)
{
    double a[16], b[16];
    struct sobol_outcomes outcomes = {1, 8, 2, a, b, b, false};
    struct sobol_index index;
    struct sobol_whole whole;
    struct error err = {0};

    (void)state;
    write_by_hand(a, b);
    assert_int_equal(sobol_indices(&outcomes, (struct bootstrap){1, 200}, &index, &whole, &err),
                     OK);
    assert_near(index.first.value, 88.0 / 73, 1e-12);
    assert_near(index.total.value, -7.5 / 73, 1e-12);
    assert_near(whole.variance.value, 73.0 / 15, 1e-12);
    assert_near(whole.chance.value, 2, 1e-12);
    assert_near(whole.share.value, 30.0 / 103, 1e-12);
    outcomes.common = true;
    assert_int_equal(sobol_indices(&outcomes, (struct bootstrap){1, 200}, &index, &whole, &err),
                     OK);
    assert_near(index.first.value, 1, 1e-12);
    assert_near(index.total.value, 7.5 / 88, 1e-12);
    assert_near(whole.share.value, 30.0 / 118, 1e-12);
    assert_int_equal(whole.rows, 8);
}

/* Far from 0 the same variance is found: of outcomes about 10^9, whose squares have 18 digits. */
static void
an_outcome_far_from_nothing_loses_no_digits(void **state)
{
    double a[16], b[16];
    struct sobol_outcomes outcomes = {1, 8, 2, a, b, b, true};
    struct sobol_index index;
    struct sobol_whole whole;
    struct error err = {0};

    (void)state;
    write_by_hand(a, b);
    for (int i = 0; i < 16; i++) {
        a[i] += 1e9;
        b[i] += 1e9;
    }
    assert_int_equal(sobol_indices(&outcomes, (struct bootstrap){1, 200}, &index, &whole, &err),
                     OK);
    assert_near(whole.variance.value, 88.0 / 15, 1e-9);
    assert_near(index.total.value, 7.5 / 88, 1e-9);
}

/* To the outcomes of a function without chance each replication adds its own number, the same at
 * all points: -1, 0 and 1, whose variance is 1. */
static void
add_common(const struct sobol_outcomes *alone, double *a, double *b, double *ab)
{
    for (size_t j = 0; j < alone->rows; j++)
        for (size_t r = 0; r < 3; r++) {
            a[3 * j + r] = alone->a[j] + (double)r - 1;
            b[3 * j + r] = alone->b[j] + (double)r - 1;
        }
    for (size_t j = 0; j < alone->factors * alone->rows; j++)
        for (size_t r = 0; r < 3; r++)
            ab[3 * j + r] = alone->ab[j] + (double)r - 1;
}

static void
common_chance_leaves_the_indices_and_nothing_is_nothing(void **state)
{
    enum { ROWS = 64 };
    static const struct subject subject = {3, two_of_three, NULL};
    static double a[3 * ROWS], b[3 * ROWS], ab[9 * ROWS];
    struct sobol_outcomes alone = sample(&subject, ROWS, 1, 1),
                          common = {3, ROWS, 3, a, b, ab, true};
    struct sobol_index without[3], with[3];
    struct sobol_whole whole_without, whole_with;
    struct error err = {0};
    struct bootstrap bootstrap = {1, 200};

    (void)state;
    alone.common = true;
    add_common(&alone, a, b, ab);
    assert_int_equal(sobol_indices(&alone, bootstrap, without, &whole_without, &err), OK);
    assert_int_equal(sobol_indices(&common, bootstrap, with, &whole_with, &err), OK);
    for (int i = 0; i < 3; i++) {
        assert_near(with[i].first.value, without[i].first.value, 1e-9);
        assert_near(with[i].total.value, without[i].total.value, 1e-9);
        assert_near(with[i].total.high, without[i].total.high, 1e-9);
    }
    assert_near(with[2].total.value, 0, 0);
    assert_near(with[2].total.low, 0, 0);
    assert_near(with[2].total.high, 0, 0);
    assert_true(isnan(whole_without.share.value) && isnan(whole_without.chance.low));
    assert_near(whole_with.chance.value, 1, 1e-12);
    assert_near(whole_with.share.value, 1 / (1 + whole_without.variance.value), 1e-9);
}

/* Replication 1 has x1 as its outcome and replication 2 x2: one resample in four has the first
 * alone, and one the second, so that the interval of x1 goes from 0 to what it has alone, about 1.
 */
static void
replications_that_disagree_make_wide_intervals(void **state)
{
    enum { ROWS = 100 };
    static double a[2 * ROWS], b[2 * ROWS], ab[4 * ROWS];
    struct sobol_outcomes outcomes = {2, ROWS, 2, a, b, ab, true};
    struct sobol_index index[2];
    struct sobol_whole whole;
    struct stream stream;
    struct error err = {0};

    (void)state;
    stream_open(&stream, 1, 0, FACTORS, (struct stream_name){1, 1}, 0);
    for (int i = 0; i < 2 * ROWS; i++) {
        a[i] = ab[i] = ab[2 * ROWS + i] = stream_uniform(&stream);
        b[i] = stream_uniform(&stream);
    }
    for (int j = 0; j < ROWS; j++) {
        ab[2 * j] = b[2 * j];
        ab[2 * ROWS + 2 * j + 1] = b[2 * j + 1];
    }
    assert_int_equal(sobol_indices(&outcomes, (struct bootstrap){1, 400}, index, &whole, &err), OK);
    for (int i = 0; i < 2; i++) {
        assert_near(index[i].total.low, 0, 0);
        assert_true(index[i].total.high > 0.9 && index[i].first.high > 0.9);
    }
}

/* Rows 3 and 9 of twenty are without one outcome: the rest is as if they had never been. */
static void
rows_without_an_outcome_are_left_out(void **state)
{
    enum { ROWS = 20, LESS = 18 };
    static const struct subject subject = {3, two_of_three, NULL};
    double a[LESS], b[LESS], ab[3 * LESS];
    struct sobol_outcomes all = sample(&subject, ROWS, 1, 1), some = {3, LESS, 1, a, b, ab, true};
    struct sobol_index of_all[3], of_some[3];
    struct sobol_whole whole, of_less;
    struct error err = {0};
    struct bootstrap bootstrap = {1, 100};

    (void)state;
    all.common = true;
    for (int j = 0, to = 0; j < ROWS; j++) {
        if (j == 3 || j == 9)
            continue;
        a[to] = a_of[j];
        b[to] = b_of[j];
        for (int i = 0; i < 3; i++)
            ab[i * LESS + to] = ab_of[i * ROWS + j];
        to++;
    }
    ab_of[2 * ROWS + 3] = NAN;
    b_of[9] = INFINITY;
    assert_int_equal(sobol_indices(&all, bootstrap, of_all, &whole, &err), OK);
    assert_int_equal(sobol_indices(&some, bootstrap, of_some, &of_less, &err), OK);
    assert_int_equal(whole.rows, LESS);
    for (int i = 0; i < 3; i++) {
        assert_near(of_all[i].total.value, of_some[i].total.value, 1e-12);
        assert_near(of_all[i].first.low, of_some[i].first.low, 1e-12);
    }
}

static void
assert_refused(const struct sobol_outcomes *outcomes, size_t resamples, const char *why)
{
    struct sobol_index index[MOST_FACTORS];
    struct sobol_whole whole;
    struct error err = {0};

    assert_int_equal(sobol_indices(outcomes, (struct bootstrap){1, resamples}, index, &whole, &err),
                     BAD_INPUT);
    if (strstr(err.message, why) == NULL)
        fail_msg("'%s' is not in '%s'", why, err.message);
    assert_true(isnan(index[0].first.value) && isnan(index[outcomes->factors - 1].total.high));
    assert_true(isnan(whole.variance.value) && isnan(whole.share.value));
}

static void
what_says_nothing_is_refused(void **state)
{
    static const struct subject subject = {3, two_of_three, NULL};
    struct sobol_outcomes outcomes = sample(&subject, 8, 1, 1);
    double up_and_down[16];

    (void)state;
    assert_refused(&outcomes, 100, "one replication a point");
    outcomes.common = true;
    assert_refused(&outcomes, 99, "takes 100 resamples");
    b_of[4] = NAN;
    assert_refused(&outcomes, 100, "8 base rows at least whose outcomes are all known, not 7 of 8");
    for (int j = 0; j < 8; j++)
        a_of[j] = b_of[j] = 0.1;
    assert_refused(&outcomes, 100, "the same at all points");
    for (int j = 0; j < 16; j++)
        up_and_down[j] = j % 3;
    outcomes = (struct sobol_outcomes){1, 8, 2, up_and_down, up_and_down, up_and_down, false};
    assert_refused(&outcomes, 100, "no more than by chance");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami_has_its_published_indices),
        cmocka_unit_test(the_g_function_has_its_closed_form),
        cmocka_unit_test(intervals_of_a_linear_function_hold_its_shares),
        cmocka_unit_test(chance_is_taken_off_and_told_apart),
        cmocka_unit_test(chance_may_differ_between_points),
        cmocka_unit_test(chance_that_is_not_taken_off_is_in_every_total),
        cmocka_unit_test(few_rows_are_as_by_hand),
        cmocka_unit_test(an_outcome_far_from_nothing_loses_no_digits),
        cmocka_unit_test(common_chance_leaves_the_indices_and_nothing_is_nothing),
        cmocka_unit_test(replications_that_disagree_make_wide_intervals),
        cmocka_unit_test(rows_without_an_outcome_are_left_out),
        cmocka_unit_test(what_says_nothing_is_refused),
    };

    omp_set_num_threads(1); /* thousands of small bootstraps: threads would wait for each other */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
