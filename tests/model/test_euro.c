/* What things cost, in a system that stands still, by hand. */

#include "tests/support.h"

#include "tests/models.h"

#define STILL                                                                                      \
    "facilities:\n"                                                                                \
    "  - {name: A, region: north, capacity: 100, ceiling: 110 %%, cost_day: 1000, "                \
    "cost_person_day: 50, penalty: 20}\n"                                                          \
    "  - {name: H, kind: detention_house, region: north, capacity: 10, cost_day: 300, project: "   \
    "{process: p, starts: 2026-01-01, cost: 250000}}\n"                                            \
    "stages: {p: [{stage: works, party: agency, time: {fixed: 10 d}}]}\n"                          \
    "stock: [{status: convicted, count: 120, facility: A, fresh: yes}]\n"                          \
    "intake: [{class: a, region: north, rate: 0 / d}]\n"                                           \
    "house_selection: {suitable: 0, screening: {fixed: 10 d}, most_sentence: 10 y}\n"              \
    "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 3000 d}, then: {released: "      \
    "1}}]}\n"                                                                                      \
    "measures: [{name: m, kind: electronic_monitoring, at_once: 5, called_back: yes, from: "       \
    "2026-01-21, until: 2026-02-20, cost_day: 100, cost_person_day: 12.50}]\n"

enum { PRISON = KIND_PRISON, HOUSE = KIND_DETENTION_HOUSE };

/* 120 people cost 1,000 + 6,000 a day, and 10 are above 110 %; from day 20 to day 49 five are at
 * home with a bracelet of 12.50 a day, beside 100 a day. The house opens on day 10. */
static void
each_day_costs_what_the_hand_says(void **state)
{
    struct trial trial;
    double measure = 0;

    (void)state;
    trial_open_text(&trial, STILL "record: [{place: nation, tick: day}, {place: region, tick: "
                                  "day}, {place: facility, tick: month}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++) {
        bool on = day >= 20 && day < 50;
        assert_int_equal(trial_value(&trial, "cost", PRISON, day), on ? 6750 : 7000);
        assert_int_equal(trial_value(&trial, "cost", HOUSE, day), day >= 10 ? 300 : 0);
        assert_int_equal(trial_value(&trial, "penalty", 0, day), on ? 100 : 200);
        assert_int_equal(trial_value(&trial, "building_cost", 0, day), day == 10 ? 250000 : 0);
        measure += trial_value(&trial, "measure_cost", 0, day);
        assert_near(measure, on ? 162.5 * (day - 19) : day < 20 ? 0 : 4875, 0.5);
    }
    assert_int_equal(trial_at(&trial, AT_FACILITY, 0, "running_cost", 0, 0), 20 * 7000 + 11 * 6750);
    assert_int_equal(trial_at(&trial, AT_FACILITY, 1, "running_cost", 0, 0), 21 * 300);
    assert_int_equal(trial_at(&trial, AT_FACILITY, 0, "penalty", 0, 1), 19 * 100 + 9 * 200);
    assert_int_equal(trial_at(&trial, AT_FACILITY, 1, "building_cost", 0, 0), 250000);
    trial_close(&trial);
}

/* Years are the sums of their days, and halves of a euro are not lost: 162.50 for 30 days is 4,875.
 */
static void
rows_add_up(void **state)
{
    static const char *const tick[] = {"day", "week", "month", "year"};

    (void)state;
    for (int i = 0; i < 4; i++) {
        struct trial trial;
        trial_open_text(&trial, STILL "record: [{place: nation, tick: %s}]\n", tick[i]);
        trial_run(&trial, 0);
        assert_int_equal(trial_sum(&trial, "cost", PRISON), 370 * 7000 + 30 * 6750);
        assert_int_equal(trial_sum(&trial, "cost", HOUSE), 390 * 300);
        assert_int_equal(trial_sum(&trial, "penalty", 0), 370 * 200 + 30 * 100);
        assert_int_equal(trial_sum(&trial, "measure_cost", 0), 4875);
        trial_close(&trial);
    }
}

/* Beside what costs there are a prison, a house by way of a project and a measure that cost
 * nothing; who is inside them, or under it, adds nothing. */
static void
what_says_nothing_of_cost_costs_nothing(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "facilities:\n"
        "  - {name: A, region: north, capacity: 100, cost_day: 1000}\n"
        "  - {name: B, region: north, capacity: 100, ceiling: 100 %%}\n"
        "  - {name: H, kind: detention_house, region: north, capacity: 10, project: {process: p, "
        "starts: 2026-01-01}}\n"
        "stages: {p: [{stage: works, party: agency, time: {fixed: 10 d}}]}\n"
        "stock: [{status: convicted, count: 90, facility: A, fresh: yes}, {status: convicted, "
        "count: 131, facility: B, fresh: yes}]\n"
        "intake: [{class: a, region: north, rate: 0 / d}]\n"
        "house_selection: {suitable: 1, screening: {fixed: 10 d}, most_sentence: 10 y}\n"
        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 3000 d}, then: {released: "
        "1}}]}\n"
        "measures:\n"
        "  - {name: free, kind: electronic_monitoring, at_once: 5, called_back: no, from: "
        "2026-01-21}\n"
        "  - {name: dear, kind: electronic_monitoring, at_once: 5, called_back: no, from: "
        "2026-03-01, "
        "cost_person_day: 3}\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_sum(&trial, "cost", PRISON), 400 * 1000);
    assert_int_equal(trial_sum(&trial, "cost", HOUSE), 0);
    assert_int_equal(trial_sum(&trial, "measure_cost", 0), 0);
    assert_int_equal(trial_sum(&trial, "measure_cost", 1), 341 * 15);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_day_costs_what_the_hand_says),
        cmocka_unit_test(rows_add_up),
        cmocka_unit_test(what_says_nothing_of_cost_costs_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
