/* Stays as they are counted and published, against sums by hand. */

#include "tests/support.h"

#include "tests/models.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct distribution *
stay_of(const struct plan *plan, const char *phase)
{
    for (uint16_t i = 0; i < plan->phases; i++)
        if (strcmp(plan->phase[i].name, phase) == 0)
            return plan->phase[i].stay;
    fail_msg("no phase %s", phase);
    return NULL;
}

/* 120, 80 and 40 of 240 in 0-30, 30-90 and 90-365 days: the mean is 1/2 15 + 1/3 60 + 1/6 227.5 =
 * 65.41667; E X^2 = 1/2 30^2/3 + 1/3 (90^3 - 30^3)/180 + 1/6 (365^3 - 90^3)/825 = 150 + 1300 +
 * 9676.389. */
#define RANGES_MEAN   (7.5 + 20 + 227.5 / 6)
#define RANGES_SECOND (150 + 1300 + (365.0 * 365 * 365 - 90.0 * 90 * 90) / 825 / 6)

static void
ranges_and_values_have_the_moments_of_the_table(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "histogram.yaml");
    const struct distribution *ranges = stay_of(trial.plan, "ranges.inside");
    assert_near(distribution_mean(ranges), RANGES_MEAN, 1e-9);
    assert_near(distribution_variance(ranges), RANGES_SECOND - RANGES_MEAN * RANGES_MEAN, 1e-6);
    assert_near(distribution_survival(ranges, 30), 0.5, 1e-12);
    assert_near(distribution_survival(ranges, 60), 0.5 - 1.0 / 6, 1e-12);
    assert_near(distribution_survival(ranges, 365), 0, 1e-12);

    const struct distribution *values = stay_of(trial.plan, "values.inside");
    assert_near(distribution_mean(values), 15, 1e-12);    /* 3/4 10 + 1/4 30 */
    assert_near(distribution_variance(values), 75, 1e-9); /* 3/4 25 + 1/4 225 */
    assert_near(distribution_survival(values, 9), 1, 1e-12);
    assert_near(distribution_survival(values, 10), 0.25, 1e-12);

    const struct distribution *part = stay_of(trial.plan, "part.inside");
    assert_near(distribution_mean(part), 0.4 * (0.3 * 5 + 0.7 * 30) + 60, 1e-9);
    trial_close(&trial);
}

/* Person-days in the phase for each arrival are the mean of the stay. */
static void
the_balance_has_the_mean_of_the_table(void **state)
{
    const double mean[] = {RANGES_MEAN, 15, 0.4 * (0.3 * 5 + 0.7 * 30) + 60};
    static const char *const phase[] = {"ranges.inside", "values.inside", "part.inside"};
    struct trial trial;

    (void)state;
    trial_open(&trial, "histogram.yaml");
    for (uint16_t i = 0; i < trial.plan->phases; i++)
        for (int k = 0; k < 3; k++)
            if (strcmp(trial.plan->phase[i].name, phase[k]) == 0) {
                uint16_t of_class = trial.plan->phase[i].class;
                double days = trial.plan->steady.days[of_class * trial.plan->phases + i];
                assert_near(days, mean[k], 1e-6 * mean[k]);
            }
    trial_close(&trial);
}

#define DRAWS 200000

/* Fresh draws fall into the rows as counted; one who is met on a random day has a stay of mean
 * E X^2 / E X; X beyond 60 days lies in 60-90 with (1/6) / (1/6 + 1/6). */
static void
draws_fall_as_counted(void **state)
{
    struct trial trial;
    struct stream stream;
    double first = 0, last = 0, biased = 0, beyond = 0;

    (void)state;
    trial_open(&trial, "histogram.yaml");
    const struct distribution *ranges = stay_of(trial.plan, "ranges.inside");
    stream_open(&stream, 1, 1, 1, (struct stream_name){1, 1}, 0);
    for (int i = 0; i < DRAWS; i++) {
        double x = distribution_draw(ranges, &stream);
        assert_true(x >= 0 && x <= 365);
        first += x < 30;
        last += x >= 90;
        biased += distribution_draw_length_biased(ranges, &stream);
        beyond += distribution_draw_beyond(ranges, 60, &stream) < 90;
    }
    assert_near(first / DRAWS, 0.5, 4.5 * sqrt(0.25 / DRAWS));
    assert_near(last / DRAWS, 1.0 / 6, 4.5 * sqrt(5.0 / 36 / DRAWS));
    assert_near(biased / DRAWS, RANGES_SECOND / RANGES_MEAN, 4.5 * 110 / sqrt(DRAWS));
    assert_near(beyond / DRAWS, 0.5, 4.5 * sqrt(0.25 / DRAWS));
    trial_close(&trial);
}

/* Half of all times, and the counts as they were. */
static void
a_factor_changes_times_and_not_counts(void **state)
{
    const char *const set[] = {"pathways.ranges[inside].stay: {times: 0.5}",
                               "pathways.values[inside].stay: {plus: 5 d}"};
    struct scenario_source from = {
        .file = "tests/data/models/histogram.yaml", .set = set, .sets = 2};
    struct error err = {0};
    struct trial trial = {0};

    (void)state;
    assert_int_equal(scenario_read_from(&trial.scenario, &from, &trial.faults), OK);
    assert_int_equal(plan_create(&trial.plan, &trial.scenario, &err), OK);
    assert_near(distribution_mean(stay_of(trial.plan, "ranges.inside")), RANGES_MEAN / 2, 1e-9);
    assert_near(distribution_survival(stay_of(trial.plan, "ranges.inside"), 15), 0.5, 1e-12);
    assert_near(distribution_mean(stay_of(trial.plan, "values.inside")), 20, 1e-9);
    trial_close(&trial);
}

/* 400 values of 1 to 400 days, value k counted 401 - k times: mean 402 / 3 = 134. */
static void
a_long_table_has_its_mean_too(void **state)
{
    char rows[20000] = "";
    size_t used = 0;
    struct trial trial;

    (void)state;
    for (int k = 1; k <= 400; k++)
        used += (size_t)snprintf(rows + used, sizeof rows - used, "%s{value: %d d, count: %d}",
                                 k > 1 ? ", " : "", k, 401 - k);
    trial_open_text(&trial,
                    "facilities: [{name: Town, region: north, capacity: 100}]\n"
                    "intake: [{class: a, region: north, rate: 1 / d}]\n"
                    "pathways: {a: [{phase: inside, status: remand, stay: {empirical: [%s]}, "
                    "then: {released: 1}}]}\n",
                    rows);
    assert_near(distribution_mean(trial.plan->phase[0].stay), 134, 1e-9);
    assert_near(trial.plan->steady.days[0], 134, 0.134); /* a thousandth, by a rule of points */
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_and_values_have_the_moments_of_the_table),
        cmocka_unit_test(the_balance_has_the_mean_of_the_table),
        cmocka_unit_test(draws_fall_as_counted),
        cmocka_unit_test(a_long_table_has_its_mean_too),
        cmocka_unit_test(a_factor_changes_times_and_not_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
