/* What is counted of procedures as they end at desks. Stays have a known length: whoever comes to a
 * desk comes to it a quarter of a day after the start. */

#include "tests/support.h"

#include "tests/models.h"

#define ONE_PRISON     "facilities: [{name: A, region: north, capacity: 20}]\n"
#define NOBODY_ARRIVES "intake: [{class: a, region: north, rate: 0 / d}]\n"
#define INSIDE(class, count)                                                                       \
    "{status: remand, class: " class ", phase: before, count: " count ", facility: A, fresh: yes}"
#define BEFORE "{phase: before, status: remand, stay: {fixed: 0.25 d}, then: {one: 1}}, "

/* Four cases of 3.5 days, ended on day 3.75, and after them four of 25.5, ended on day 29.25: 14
 * and 40 days of which ten days less at the desk would save all and no more. Three people at home
 * wait 20 days there: nothing is saved inside. */
static void
procedures_are_counted_as_they_end_with_ten_days_at_most(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, ONE_PRISON NOBODY_ARRIVES
        "desks: [{name: short, time: {fixed: 3.5 d}}, {name: long, time: {fixed: 25.5 "
        "d}}, {name: home, time: {fixed: 20 d}}]\n"
        "stock: [" INSIDE("a", "4") ", " INSIDE(
            "b", "3") "]\n"
                      "pathways:\n  a: [" BEFORE "{phase: one, status: remand, desk: short, then: "
                      "{two: 1}}, {phase: two, status: remand, desk: long, then: {released: 1}}]\n"
                      "  b: [" BEFORE "{phase: one, status: remand, place: home, desk: home, then: "
                      "{released: 1}}]\n");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "desk_done", 0, 3), 4, 0);
    assert_near(trial_value(&trial, "desk_done", 1, 29), 4, 0);
    assert_near(trial_value(&trial, "desk_done", 2, 20), 3, 0);
    assert_near(trial_at(&trial, AT_REGION, 0, "desk_done", 1, 29), 4, 0);
    static const double done[] = {4, 4, 3}, days[] = {14, 40, 0};
    for (uint32_t desk = 0; desk < 3; desk++) {
        assert_near(trial_sum(&trial, "desk_done", desk), done[desk], 0);
        assert_near(trial_sum(&trial, "ten_days", desk), days[desk], 1e-4);
    }
    trial_close(&trial);
}

/* Of three cases of six days with one place one is done after 6 days, one after 12 and one after
 * 18: 6 + 10 + 10. */
static void
waiting_for_a_turn_is_time_at_the_desk(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, ONE_PRISON NOBODY_ARRIVES
                    "desks: [{name: court, time: {fixed: 6 d}, places: 1, serves: facility}]\n"
                    "stock: [" INSIDE("a", "3") "]\n"
                                                "pathways: {a: [" BEFORE
                                                "{phase: one, status: remand, desk: court, then: "
                                                "{released: 1}}]}\n");
    trial_run(&trial, 0);
    for (int32_t day = 6; day <= 18; day += 6)
        assert_near(trial_value(&trial, "desk_done", 0, day), 1, 0);
    assert_near(trial_sum(&trial, "desk_done", 0), 3, 0);
    assert_near(trial_sum(&trial, "ten_days", 0), 26, 1e-4);
    trial_close(&trial);
}

/* A clock rings after 5 days, also for who still waits for a turn: no procedure comes to its end.
 */
static void
what_a_clock_ends_is_not_counted(void **state)
{
    static const char *const places[] = {"", ", places: 1"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            ONE_PRISON NOBODY_ARRIVES
            "desks: [{name: court, time: {fixed: 25.5 d}%s}]\n"
            "stock: [" INSIDE(
                "a", "3") "]\n"
                          "pathways: {a: [" BEFORE
                          "{phase: one, status: remand, desk: court, clocks: "
                          "[{to: released, after: {fixed: 5 d}}], then: {released: 1}}]}\n",
            places[i]);
        trial_run(&trial, 0);
        assert_near(trial_sum(&trial, "releases", 0), 3, 0);
        assert_near(trial_sum(&trial, "desk_done", 0), 0, 0);
        assert_near(trial_sum(&trial, "ten_days", 0), 0, 0);
        trial_close(&trial);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(procedures_are_counted_as_they_end_with_ten_days_at_most),
        cmocka_unit_test(waiting_for_a_turn_is_time_at_the_desk),
        cmocka_unit_test(what_a_clock_ends_is_not_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
