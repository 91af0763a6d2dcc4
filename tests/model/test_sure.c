/* How sure the report is, of runs of a small scenario: what it says of the outcome, and the share
 * of the variance that is of the draws, worked out here for two futures a draw: within is the mean
 * of half the squared difference of the two, and between the variance of the means less half of it.
 */

#include "tests/support.h"

#include "tests/ran.h"

#include "analysis/frame.h"
#include "analysis/quantity.h"
#include "analysis/report/sure.h"

#include <gsl/gsl_statistics_double.h>

enum { REPLICATIONS = 48, DRAWS = REPLICATIONS / 2, YEARS = 3 };

#define SCENARIO(chance, more)                                                                     \
    "name: Two fields\n"                                                                           \
    "start: 2026-07-01\n"                                                                          \
    "horizon: 600 d\n" chance "regions: [north]\n"                                                 \
    "facilities: [{name: Town, region: north, capacity: 10, beds: 20}]\n"                          \
    "pathways: {long: [{phase: inside, status: convicted, stay: {exponential: {mean: 20 d}}, "     \
    "then: {released: 1}}]}\n"                                                                     \
    "intake: [{class: long, region: north, rate: 1.5 / d}]\n" more

#define UNCERTAIN                                                                                  \
    "uncertain:\n"                                                                                 \
    "  'intake[long].rate': {uniform: {low: 1 / d, high: 2 / d}}\n"                                \
    "  'facilities[Town].beds': {uniform: {low: 18, high: 22}}\n"

static void
the_outcome_is_of_the_last_full_year_and_the_rate_moves_it_most(void **state)
{
    struct ranked ranked;
    struct error err = {0};
    json_t *ranks;

    (void)state;
    struct store *store = ran_text(SCENARIO("", UNCERTAIN), REPLICATIONS);
    assert_int_equal(report_ranks(store, &ranked, &ranks, &err), OK);
    /* From July 2026 to February 2028. */
    assert_string_equal(json_string_value(json_object_get(ranks, "outcome")),
                        "mean(floor_sleepers, 2027)");
    assert_string_equal(json_string_value(json_object_get(ranks, "unit")), "persons");
    assert_near(json_real_value(json_object_get(ranks, "explained")), ranked.explained, 5e-5);
    json_t *rows = json_object_get(ranks, "rows"), *first = json_array_get(rows, 0);
    assert_int_equal(json_array_size(rows), 2);
    assert_string_equal(json_string_value(json_object_get(first, "path")), "intake[long].rate");
    assert_true(json_real_value(json_object_get(first, "low")) > 0.5);
    json_t *beds = json_array_get(rows, 1); /* more of them, fewer on the floor */
    assert_true(json_real_value(json_object_get(beds, "partial")) < 0);
    json_decref(ranks);
    ranked_free(&ranked);
    store_close(store);
}

static void
a_drift_is_named_as_the_scenario_has_it(void **state)
{
    struct ranked ranked;
    struct error err = {0};
    json_t *ranks;

    (void)state;
    struct store *store =
        ran_text(SCENARIO("", "drift: [{name: arrests, classes: [long], yearly: 0.3, "
                              "return: 1 y}]\n"),
                 REPLICATIONS);
    assert_int_equal(report_ranks(store, &ranked, &ranks, &err), OK);
    json_t *row = json_array_get(json_object_get(ranks, "rows"), 0);
    assert_string_equal(json_string_value(json_object_get(row, "path")), "drift[arrests]");
    json_decref(ranks);
    ranked_free(&ranked);
    store_close(store);
}

static void
without_draws_nothing_is_told_and_why_is_said(void **state)
{
    struct ranked ranked;
    struct error err = {0};
    json_t *ranks, *variance;

    (void)state;
    struct store *store = ran_text(SCENARIO("", ""), 2);
    assert_int_equal(report_ranks(store, &ranked, &ranks, &err), OK);
    assert_true(json_is_null(ranks));
    assert_string_equal(err.message, "nothing is uncertain in this result: nothing to rank");
    assert_int_equal(report_variance(store, &variance, &err), OK);
    assert_true(json_is_null(variance));
    json_decref(ranks);
    json_decref(variance);
    ranked_free(&ranked);
    store_close(store);
}

/* The mean number of people in 2027, [REPLICATIONS]. */
static void
read_people(const struct store *store, double people[REPLICATIONS])
{
    const struct quantity_name name = {.name = "people"};
    struct window year;
    struct frame frame;
    struct quantity quantity;
    struct error err = {0};

    assert_true(window_read("2027", &year));
    assert_int_equal(frame_of_store(&frame, store, &err), OK);
    assert_int_equal(quantity_create(&quantity, &frame, &name, &year, 1, &err), OK);
    assert_int_equal(quantities_read(store, &quantity, 1, NULL, REPLICATIONS, people, &err), OK);
    quantity_free(&quantity);
    frame_free(&frame);
}

static void
the_spread_is_taken_apart_where_futures_share_draws(void **state)
{
    struct error err = {0};
    json_t *variance;
    double people[REPLICATIONS], mean[DRAWS], within = 0;

    (void)state;
    struct store *store = ran_text(SCENARIO("chance: 2\n", UNCERTAIN), REPLICATIONS);
    assert_int_equal(report_variance(store, &variance, &err), OK);
    assert_int_equal(json_array_size(variance), 3); /* the floor, density, people */
    json_t *row = json_array_get(variance, 2), *share = json_object_get(row, "share");
    assert_string_equal(json_string_value(json_object_get(row, "name")), "people");
    assert_int_equal(json_array_size(share), YEARS);
    read_people(store, people);
    for (size_t d = 0; d < DRAWS; d++) {
        double apart = people[2 * d] - people[2 * d + 1];
        mean[d] = (people[2 * d] + people[2 * d + 1]) / 2;
        within += apart * apart / 2 / DRAWS;
    }
    double between = gsl_stats_variance(mean, 1, DRAWS) - within / 2;
    assert_true(between > 0);
    assert_near(json_real_value(json_array_get(share, 1)), between / (between + within), 5.1e-4);
    json_decref(variance);
    store_close(store);
}

static void
a_future_with_a_draw_of_its_own_does_not_tell_chance_apart(void **state)
{
    struct error err = {0};
    json_t *variance;

    (void)state;
    struct store *store = ran_text(SCENARIO("", UNCERTAIN), 6);
    assert_int_equal(report_variance(store, &variance, &err), OK);
    assert_true(json_is_null(variance));
    json_decref(variance);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_outcome_is_of_the_last_full_year_and_the_rate_moves_it_most),
        cmocka_unit_test(a_drift_is_named_as_the_scenario_has_it),
        cmocka_unit_test(without_draws_nothing_is_told_and_why_is_said),
        cmocka_unit_test(the_spread_is_taken_apart_where_futures_share_draws),
        cmocka_unit_test(a_future_with_a_draw_of_its_own_does_not_tell_chance_apart),
    };

    return cmocka_run_group_tests(tests, result_name_files, result_remove_files);
}
