/* Intake that wanders: its variance, its mean, what arrives, and what it leaves alone. */

#include "tests/support.h"

#include "tests/models.h"

#include "models/pathways/drift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COURTS                                                                                     \
    "drift: [{name: courts, classes: [arrested], yearly: %d %%, return: %d y}]\n"                  \
    "facilities: [{name: Prison, region: north, capacity: 1000}]\n"                                \
    "intake: [{class: arrested, region: north, rate: 1000 / y}]\n"                                 \
    "intake_level: %g\n"                                                                           \
    "horizon: %s\n"                                                                                \
    "record: [{place: nation, tick: %s}]\n"                                                        \
    "pathways: {arrested: [{phase: inside, status: remand, stay: {fixed: {value: %s}}, "           \
    "then: {released: 1}}]}\n"

/* Var X after so many years (Ornstein and Uhlenbeck), in years. */
static double
variance_after(double yearly, double back, double years)
{
    return yearly * yearly * back / 2 * (1 - exp(-2 * years / back));
}

/* The day on which so many whole months of 365.25/12 days are over. */
static int32_t
day_after(int months)
{
    return (int32_t)ceil(months * 365.25 / 12);
}

/* X of the replication's path, by its factor. */
static double
log_factor(const struct trial *trial, double yearly, double back, int months)
{
    return log(drift_factor(trial->model, 0, day_after(months))) +
           variance_after(yearly, back, months / 12.0) / 2;
}

#define PATHS 20000

/* 9 % a year and a return of 5 y; the standard error of a variance of normal numbers is
 * sqrt(2 / (n - 1)) of it, that of a mean its root over sqrt(n). */
static void
paths_have_the_variance_and_the_mean_written(void **state)
{
    static const int months[] = {0, 1, 12, 36, 120};
    struct trial trial;
    double sum[5] = {0}, square[5] = {0}, factor[5] = {0}, product = 0;

    (void)state;
    trial_open_text(&trial, COURTS, 9, 5, 1.0, "11 y", "year", "1 d");
    for (uint64_t r = 0; r < PATHS; r++) {
        double x[5];
        trial.model->replication = r;
        drift_begin(trial.model);
        for (int i = 0; i < 5; i++) {
            x[i] = log_factor(&trial, 0.09, 5, months[i]);
            sum[i] += x[i];
            square[i] += x[i] * x[i];
            factor[i] += drift_factor(trial.model, 0, day_after(months[i]));
        }
        product += x[2] * x[4];
    }
    for (int i = 0; i < 5; i++) {
        double expected = variance_after(0.09, 5, months[i] / 12.0);
        double spread = sqrt(exp(expected) - 1); /* of the factor */
        assert_near(sum[i] / PATHS, 0, 4.5 * sqrt(expected / PATHS) + 1e-12);
        assert_near(square[i] / PATHS, expected, 4.5 * expected * sqrt(2.0 / PATHS) + 1e-12);
        assert_near(factor[i] / PATHS, 1, 4.5 * spread / sqrt(PATHS) + 1e-12);
    }
    /* Nine years on, what is left of a deviation is exp(-9/5) of it. */
    double early = variance_after(0.09, 5, 1), late = variance_after(0.09, 5, 10);
    double together = early * exp(-9.0 / 5);
    assert_near(product / PATHS, together,
                4.5 * sqrt((early * late + together * together) / PATHS));
    trial_close(&trial);
}

/* Cov of the factors of two months: exp(Cov of their logarithms) - 1. */
static double
covariance(double yearly, double back, int one, int other)
{
    double first = one < other ? one : other, apart = abs(one - other);

    return expm1(variance_after(yearly, back, first / 12) * exp(-apart / 12 / back));
}

#define RUNS 1500

/* Those who arrive in 36 months: 3,000 on average, as without drift; their variance is the Poisson
 * 3,000 and the sum of the covariances of months, each of 83.3 expected. */
static void
arrivals_have_the_mean_without_and_the_variance_with_drift(void **state)
{
    struct trial trial;
    double each = 1000 / 12.0, expected = 36 * each, variance = expected;
    double sum = 0, square = 0;

    (void)state;
    for (int a = 0; a < 36; a++)
        for (int b = 0; b < 36; b++)
            variance += each * each * covariance(0.2, 2, a, b);
    trial_open_text(&trial, COURTS, 20, 2, 1.0, "3 y", "year", "1 d");
    for (uint64_t r = 0; r < RUNS; r++) {
        trial_run(&trial, r);
        double came = trial_sum(&trial, "arrivals", 0);
        sum += came;
        square += (came - expected) * (came - expected);
    }
    trial_close(&trial);
    assert_true(variance > 30 * expected); /* the drift is what is measured */
    assert_near(sum / RUNS, expected * 1095 / 1095.75, 4.5 * sqrt(variance / RUNS));
    /* Kurtosis of a sum of lognormal months adds about a tenth to a normal's sqrt(2 / n). */
    assert_near(square / RUNS, variance, 4.5 * 1.2 * variance * sqrt(2.0 / RUNS));
}

static int
by_name(const void *left, const void *right)
{
    const struct stream_name *a = left, *b = right;

    return a->source != b->source   ? (a->source > b->source) - (a->source < b->source)
           : a->number != b->number ? (a->number > b->number) - (a->number < b->number)
                                    : 0;
}

/* Everybody who ever came, by name; nobody leaves. */
static size_t
names_of(const struct trial *trial, struct stream_name **names)
{
    size_t count = 0;

    *names = calloc(100000, sizeof **names);
    assert_non_null(*names);
    for (uint32_t i = 0; i < trial->plan->sites; i++)
        for (uint32_t slot = 0; slot < trial->model->site[i].used; slot++)
            if (trial->model->site[i].person[slot].phase != NO_PHASE)
                (*names)[count++] = trial->model->site[i].person[slot].name;
    qsort(*names, count, sizeof **names, by_name);
    return count;
}

/* The same path at both levels, and more people at the higher one: about a tenth. */
static void
whoever_arrives_at_factor_one_arrives_at_a_higher_one(void **state)
{
    struct trial one, more;

    (void)state;
    trial_open_text(&one, COURTS, 30, 2, 1.0, "3 y", "year", "100 y");
    trial_open_text(&more, COURTS, 30, 2, 1.1, "3 y", "year", "100 y");
    for (uint64_t r = 0; r < 5; r++) {
        struct stream_name *few, *many;
        trial_run(&one, r);
        trial_run(&more, r);
        size_t fewer = names_of(&one, &few), all = names_of(&more, &many);
        assert_true(fewer > 1000 && all > fewer);
        for (size_t i = 0; i < fewer; i++)
            assert_non_null(bsearch(&few[i], many, all, sizeof *many, by_name));
        double added = (double)(all - fewer), expected = (double)fewer / 10;
        assert_near(added, expected, 4.5 * sqrt(expected + expected / 10));
        free(few);
        free(many);
    }
    trial_close(&one);
    trial_close(&more);
}

/* Another country, other rates, prisons and lengths: the drift's name, yearly and return decide the
 * path; another name has another one. */
static void
a_path_is_the_same_in_two_scenarios(void **state)
{
    struct trial one, other;
    int differ = 0;

    (void)state;
    trial_open_text(&one, COURTS, 15, 2, 1.0, "1 y", "month", "1 d");
    trial_open(&other, "drift.yaml");
    for (uint64_t r = 0; r < 3; r++) {
        trial_run(&one, r);
        trial_run(&other, r);
        for (int32_t month = 0; month < 12; month++) {
            double courts = trial_value(&one, "intake_drift", 0, month);
            assert_near(courts, trial_value(&other, "intake_drift", 0, month), 0);
            differ += courts != trial_value(&other, "intake_drift", 1, month);
        }
    }
    assert_true(differ > 30);
    trial_close(&one);
    trial_close(&other);
}

/* From a day on: as given before it, and then as from the start where nothing is said. */
static void
it_wanders_from_a_day_on(void **state)
{
    const int32_t later = 365; /* 2027-01-01 */
    struct trial trial, from;

    (void)state;
    trial_open_text(&trial, COURTS, 15, 2, 1.0, "3 y", "month", "1 d");
    trial_open_text(&from, COURTS "set: {'drift[courts].from': 2027-01-01}\n", 15, 2, 1.0, "3 y",
                    "month", "1 d");
    drift_begin(trial.model);
    drift_begin(from.model);
    for (int32_t day = 0; day < later; day++)
        assert_near(drift_factor(from.model, 0, day), 1, 0);
    for (int32_t day = 0; day < 700; day++)
        assert_near(drift_factor(from.model, 0, later + day), drift_factor(trial.model, 0, day), 0);
    assert_true(drift_factor(from.model, 0, later + 600) != 1);
    trial_close(&from);
    trial_close(&trial);
}

/* Of a class that no drift names, and of all where yearly is 0, every day is as without. */
static void
without_spread_nothing_moves(void **state)
{
    struct trial still, without;

    (void)state;
    trial_open_text(&still, COURTS, 0, 5, 1.0, "2 y", "day", "90 d");
    trial_open_text(&without, "facilities: [{name: Prison, region: north, capacity: 1000}]\n"
                              "intake: [{class: arrested, region: north, rate: 1000 / y}]\n"
                              "pathways: {arrested: [{phase: inside, status: remand, "
                              "stay: {fixed: {value: 90 d}}, then: {released: 1}}]}\n"
                              "horizon: 2 y\n");
    for (uint64_t r = 0; r < 3; r++) {
        trial_run(&still, r);
        trial_run(&without, r);
        for (int32_t day = 0; day < still.plan->result_days; day++) {
            assert_near(trial_value(&still, "intake_drift", 0, day), 1, 0);
            assert_near(trial_value(&still, "population", 0, day),
                        trial_value(&without, "population", 0, day), 0);
            assert_near(trial_value(&still, "arrivals", 0, day),
                        trial_value(&without, "arrivals", 0, day), 0);
        }
    }
    trial_close(&still);
    trial_close(&without);
}

/* People of a class that no drift names come on the same days; those of the others do not. */
static void
only_the_classes_named_wander(void **state)
{
    static const bool named[] = {true, true, true, false}; /* arrested, called, stopped, other */
    struct trial with, without;
    bool moved[4] = {false};

    (void)state;
    trial_open(&with, "drift.yaml");
    trial_open(&without, "drift.yaml");
    for (uint32_t i = 0; i < without.plan->sources; i++)
        without.plan->source[i].drift = NO_DRIFT;
    trial_run(&with, 1);
    trial_run(&without, 1);
    for (int32_t month = 0; month < 36; month++)
        for (uint32_t k = 0; k < 4; k++)
            moved[k] |= trial_value(&with, "total_arrived", k, month) !=
                        trial_value(&without, "total_arrived", k, month);
    for (int k = 0; k < 4; k++)
        assert_true(moved[k] == named[k]);
    trial_close(&with);
    trial_close(&without);
}

/* During the warm-up and in the first month the factor is 1: who is inside at the start is as
 * without drift. */
static void
the_start_is_as_without_drift(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "drift.yaml");
    trial_run(&trial, 0);
    for (int32_t day = 0; day <= trial.plan->warm_days + 30; day++)
        assert_near(drift_factor(trial.model, 1, day), 1, 0);
    assert_true(drift_factor(trial.model, 1, trial.plan->warm_days + 31) != 1);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_have_the_variance_and_the_mean_written),
        cmocka_unit_test(arrivals_have_the_mean_without_and_the_variance_with_drift),
        cmocka_unit_test(whoever_arrives_at_factor_one_arrives_at_a_higher_one),
        cmocka_unit_test(a_path_is_the_same_in_two_scenarios),
        cmocka_unit_test(it_wanders_from_a_day_on),
        cmocka_unit_test(without_spread_nothing_moves),
        cmocka_unit_test(only_the_classes_named_wander),
        cmocka_unit_test(the_start_is_as_without_drift),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
