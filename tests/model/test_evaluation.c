/* Screening that errs, and learns from houses that report. */

#include "tests/support.h"

#include "tests/models.h"

#include <math.h>

/* 300 d for everybody; a house with room for all, and others as written. */
#define SCREENED(people, houses, evaluation)                                                       \
    "exits: [released]\n"                                                                          \
    "facilities:\n"                                                                                \
    "  - {name: Prison, region: north, capacity: 10000}\n"                                         \
    "  - {name: House, kind: detention_house, region: north, capacity: 10000}\n" houses            \
    "house_selection: {suitable: 40 %%, screening: {fixed: {value: 10 d}}, breach: 20 %%, "        \
    "most_sentence: 10 y}\n"                                                                       \
    "pathways: {held: [{phase: inside, status: convicted, stay: {fixed: {value: 300 d}}, then: "   \
    "{released: 1}}]}\n" people "evaluation: {" evaluation "}\n"
#define STOCK                                                                                      \
    "intake: []\nstock: [{status: convicted, count: 4000, facility: Prison, fresh: yes}]\n"
#define INTAKE "intake: [{class: held, region: north, rate: 1 / d}]\n"

/* Two houses from the start, one of which publishes nothing, and a third that opens on day 100 and
 * closes on day 300; evaluated from day 50 on: so many house-days at the beginning of DAY. */
static double
house_days(int32_t day)
{
    double days = 0;

    for (int32_t d = 50; d < day; d++)
        days += 1 + (d >= 100 && d < 300);
    return days;
}

static void
the_error_falls_with_the_years_of_houses_that_report(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    SCREENED(INTAKE,
                             "  - {name: Closed, kind: detention_house, region: north, capacity: "
                             "5, transparent: no}\n"
                             "  - {name: Third, kind: transition_house, region: north, capacity: "
                             "5, opens: 2026-04-11, closes: 2026-10-28}\n",
                             "error: 30 %%, least_error: 10 %%, experience: 1.5 y, from: "
                             "2026-02-20"));
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++) {
        double years = house_days(day) / 365.25;
        assert_near(trial_value(&trial, "house_years", 0, day), years, 1e-6);
        assert_near(trial_value(&trial, "screening_error", 0, day), 0.1 + 0.2 * exp(-years / 1.5),
                    1e-6);
    }
    trial_close(&trial);
}

static void
a_house_that_does_not_report_teaches_nothing(void **state)
{
    static const char *const rows[] = {
        "error: 30 %, least_error: 10 %, experience: 0.1 y, from: 2026-01-01",
        "error: 30 %, least_error: 10 %, experience: 0.1 y"};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        "facilities: [{name: Prison, region: north, capacity: 100}, {name: House, "
                        "kind: detention_house, region: north, capacity: 10, transparent: %s}]\n"
                        "house_selection: {suitable: 1, screening: {fixed: {value: 1 d}}}\n" INTAKE
                        "pathways: {held: [{phase: inside, status: convicted, stay: {fixed: "
                        "{value: 30 d}}, then: {released: 1}}]}\nevaluation: {%s}\n",
                        i == 0 ? "no" : "yes", rows[i]);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 400; day++) {
            assert_near(trial_value(&trial, "screening_error", 0, day), 0.3, 1e-6);
            assert_near(trial_value(&trial, "house_years", 0, day), 0, 0);
        }
        trial_close(&trial);
    }
}

/* N binomial trials with CHANCE have given GOT. */
static void
assert_share(double got, double n, double chance)
{
    assert_near(got, n * chance, 4.5 * sqrt(n * chance * (1 - chance)));
}

/* Of 4000, 40 % would do well; a quarter of the screenings is wrong, both ways. Of the wrongly
 * admitted 1 - 0.8^3 of full stays end in a breach, of the others 20 %. */
static void
screening_errs_both_ways_and_the_wrongly_admitted_breach_more(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, SCREENED(STOCK, "",
                                     "error: 25 %%, least_error: 25 %%, experience: 1 "
                                     "y, breach: 3"));
    trial_run(&trial, 0);
    double wrong = trial_sum(&trial, "wrongly_suitable", 0);
    double refused = trial_sum(&trial, "wrongly_refused", 0);
    double moved = trial_sum(&trial, "moves_house", 0);
    double breached = trial_sum(&trial, "breaches_wrongly_admitted", 0);
    assert_near(trial_sum(&trial, "screened", 0), 4000, 0);
    assert_share(wrong, 4000, 0.6 * 0.25);
    assert_share(refused, 4000, 0.4 * 0.25);
    assert_share(moved, 4000, 0.6 * 0.25 + 0.4 * 0.75);
    assert_share(breached, wrong, 1 - 0.8 * 0.8 * 0.8);
    assert_share(trial_sum(&trial, "breaches", 0) - breached, moved - wrong, 0.2);
    trial_close(&trial);
}

/* The same people would do well, and whoever is judged wrongly with a small error is so with a
 * large one; without an error everybody is found to be what they are. */
static void
a_smaller_error_errs_with_some_of_the_same_people(void **state)
{
    static const char *const errors[] = {"0", "10 %", "30 %"};
    struct trial trial[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        trial_open_text(&trial[i],
                        SCREENED(INTAKE, "",
                                 "error: %s, least_error: 0, experience: 100 "
                                 "y"),
                        errors[i]);
        trial_run(&trial[i], 0);
    }
    for (int32_t day = 0; day < 400; day++)
        for (int i = 0; i < 3; i++)
            for (int way = 0; way < 2; way++) {
                const char *series = way == 0 ? "wrongly_suitable" : "wrongly_refused";
                double now = trial_value(&trial[i], series, 0, day);
                assert_true(i == 0 ? now == 0 : now >= trial_value(&trial[i - 1], series, 0, day));
            }
    assert_true(trial_sum(&trial[1], "wrongly_suitable", 0) > 5);
    assert_true(trial_sum(&trial[2], "wrongly_refused", 0) >
                trial_sum(&trial[1], "wrongly_refused", 0));
    for (int i = 0; i < 3; i++)
        trial_close(&trial[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_error_falls_with_the_years_of_houses_that_report),
        cmocka_unit_test(a_house_that_does_not_report_teaches_nothing),
        cmocka_unit_test(screening_errs_both_ways_and_the_wrongly_admitted_breach_more),
        cmocka_unit_test(a_smaller_error_errs_with_some_of_the_same_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
