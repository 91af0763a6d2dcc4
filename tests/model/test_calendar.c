/* Every kind of calendar event changes what it should, on the day it should. */

#include "tests/support.h"

#include "tests/models.h"

#include "sim/engine/calendar.h"

#include <string.h>

/* A facility's value in the month YEAR-MONTH. */
static double
monthly(const struct trial *trial, const char *name, int year, int month, const char *series,
        uint32_t k)
{
    int32_t day = calendar_day((struct date){year, month, 1}) - trial->scenario.start;

    return trial_at(trial, AT_FACILITY, trial_facility(trial, name), series, k,
                    trial->plan->keep[AT_FACILITY].row_of[day]);
}

static void
dates_are_those_of_the_calendar(void **state)
{
    int32_t day;
    char text[CALENDAR_TEXT];

    (void)state;
    assert_true(calendar_parse("1970-01-01", &day) && day == 0);
    assert_true(calendar_parse("2000-03-01", &day) && day == 11017);
    assert_int_equal(calendar_weekday(day), 2); /* a Wednesday */
    assert_true(calendar_parse("2024-02-29", &day));
    assert_false(calendar_parse("2025-02-29", &day));
    assert_false(calendar_parse("1900-02-29", &day));
    for (int32_t d = -700000; d < 700000; d += 37) {
        struct date date = calendar_date(d);
        assert_int_equal(calendar_day(date), d);
    }
    calendar_write(20497, text);
    assert_string_equal(text, "2026-02-13");
}

static void
months_are_added_to_the_same_day_or_the_last(void **state)
{
    static const struct {
        const char *from, *to;
        int months;
    } rows[] = {
        {"2028-01-01", "2029-01-01", 12},  {"2026-01-31", "2026-02-28", 1},
        {"2028-01-31", "2028-02-29", 1},   {"2028-02-29", "2029-02-28", 12},
        {"2026-03-31", "2026-02-28", -1},  {"2026-01-15", "2025-12-15", -1},
        {"2025-12-31", "2026-01-31", 1},   {"2026-05-31", "2027-11-30", 18},
        {"0001-12-31", "0001-01-31", -11}, {"9998-12-31", "9999-12-31", 12},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int32_t from, to;
        assert_true(calendar_parse(rows[i].from, &from) && calendar_parse(rows[i].to, &to));
        assert_int_equal(calendar_add_months(from, rows[i].months), to);
    }
    int32_t first, last;
    assert_true(calendar_parse("0001-01-01", &first) && calendar_parse("9999-12-31", &last));
    assert_int_equal(first, CALENDAR_FIRST);
    assert_int_equal(last, CALENDAR_LAST);
}

static void
capacity_and_beds_step_on_their_dates(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "small.yaml");
    trial_run(&trial, 0);
    assert_near(monthly(&trial, "Third", 2026, 11, "capacity", 0), 80, 1e-9);
    assert_near(monthly(&trial, "Third", 2027, 1, "capacity", 0), 100, 1e-9);
    assert_near(monthly(&trial, "Arrest", 2026, 5, "beds", 0), 140, 1e-9);
    assert_near(monthly(&trial, "Arrest", 2026, 6, "beds", 0), 150, 1e-9);
    trial_close(&trial);
}

static void
a_house_opens_and_fills(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "small.yaml");
    trial_run(&trial, 0);
    assert_near(monthly(&trial, "Canal", 2026, 3, "capacity", 0), 0, 0);
    assert_near(monthly(&trial, "Canal", 2026, 3, "population", STATUS_CONVICTED), 0, 0);
    assert_near(monthly(&trial, "Canal", 2026, 4, "capacity", 0), 30, 1e-9);
    assert_true(monthly(&trial, "Canal", 2026, 8, "population", STATUS_CONVICTED) > 5);
    trial_close(&trial);
}

static void
a_prison_closes_and_its_people_are_moved(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "small.yaml");
    trial_run(&trial, 0);
    double before = monthly(&trial, "Closing", 2027, 2, "population", STATUS_REMAND);
    assert_true(before > 5);
    for (int status = 0; status < STATUSES; status++)
        assert_near(monthly(&trial, "Closing", 2027, 4, "population", (uint32_t)status), 0, 0);
    assert_near(monthly(&trial, "Closing", 2027, 4, "capacity", 0), 0, 0);
    assert_true(trial_sum(&trial, "moves_closing", 0) > 5);
    assert_int_equal((int)monthly(&trial, "Closing", 2027, 4, "entries", 0), 0);
    trial_close(&trial);
}

static void
entry_weights_and_ceilings_step_on_their_dates(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "steps.yaml");
    trial_run(&trial, 0);
    assert_true(monthly(&trial, "Arrest", 2026, 6, "entries", 0) > 5);
    assert_int_equal((int)monthly(&trial, "Arrest", 2026, 7, "entries", 0), 0);
    assert_true(monthly(&trial, "Second", 2026, 7, "entries", 0) > 5);
    assert_true(monthly(&trial, "Third", 2026, 6, "entries", 0) > 5);
    assert_int_equal((int)monthly(&trial, "Third", 2026, 8, "entries", 0), 0);
    trial_close(&trial);
}

static void
a_dated_measure_holds_between_its_dates_and_releases_early(void **state)
{
    struct trial trial;
    int32_t from, until;

    (void)state;
    trial_open(&trial, "small.yaml");
    trial_run(&trial, 0);
    from = calendar_day((struct date){2026, 9, 1}) - trial.scenario.start;
    until = calendar_day((struct date){2027, 2, 1}) - trial.scenario.start;
    for (int32_t day = 0; day < trial.plan->result_days; day++) {
        bool on = trial_value(&trial, "measure_on", 0, day) > 0;
        assert_int_equal(on, day >= from && day < until);
    }
    assert_true(trial_sum(&trial, "early_releases", 0) > 10);
    assert_true(trial_sum(&trial, "early_days", 0) > 10 * 20);
    trial_close(&trial);
}

/* Occupancy of the nation at a day's end: population over capacity, from what the record holds of
 * the following day is not needed: daily means stand close enough to tell 90 % from 84 %. */
static void
a_trigger_switches_on_above_and_off_below(void **state)
{
    struct trial trial;
    int switches = 0;

    (void)state;
    trial_open(&trial, "small.yaml");
    for (int r = 0; r < 5; r++) {
        bool was = false;
        trial_run(&trial, (uint64_t)r);
        for (int32_t day = 0; day < trial.plan->result_days; day++) {
            bool on = trial_value(&trial, "measure_on", 1, day) > 0;
            /* notice 3 d: decided three midnights before, by the day that ended then */
            int32_t decided = day - 4;
            if (on != was && decided >= 0) {
                double people = 0;
                for (int status = 0; status < STATUSES; status++)
                    people += trial_value(&trial, "population", (uint32_t)status, decided);
                double occupancy = people / trial_value(&trial, "capacity", 0, decided);
                if (on)
                    assert_true(occupancy > 0.90 - 0.03);
                else
                    assert_true(occupancy < 0.84 + 0.03);
                switches++;
            }
            was = on;
        }
    }
    assert_true(switches > 0);
    trial_close(&trial);
}

static void
without_measures_nobody_is_released_early_and_more_are_inside(void **state)
{
    struct trial with, without;

    (void)state;
    trial_open(&with, "small.yaml");
    trial_open(&without, "quiet.yaml");
    trial_run(&with, 1);
    trial_run(&without, 1);
    assert_near(trial_sum(&without, "early_releases", 0), 0, 0);
    assert_near(trial_sum(&with, "arrivals", 0), trial_sum(&without, "arrivals", 0), 0);
    assert_true(trial_mean(&with, "population", STATUS_CONVICTED) <
                trial_mean(&without, "population", STATUS_CONVICTED));
    trial_close(&with);
    trial_close(&without);
}

/* 10 a day, 5 % more each year: 10 x 1.05 ^ years from the start on, 10 before it. */
static void
a_trend_is_compound_from_the_start(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "trend.yaml");
    const double *rate = trial.plan->source[0].rate;
    int32_t start = trial.plan->warm_days;
    assert_int_equal(start, 365);
    assert_near(rate[0], 10, 0);
    assert_near(rate[start], 10, 0);
    assert_near(rate[start + 1461], 10 * 1.21550625, 1e-9); /* four years: 1.05 ^ 4 */
    assert_near(rate[start + 10227], 10 * pow(1.05, 28), 1e-9);
    trial_close(&trial);
}

/* One place until day 20, 30 from then on, one a day comes and stays: all who wait are in from the
 * round of that day on, before anybody new. */
static void
places_that_come_are_for_those_at_the_door(void **state)
{
    struct trial trial;
    double waiting = 0;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: Unit, region: north, capacity: {2026-01-01: 1, 2026-01-21: 30}, "
        "when_full: wait}]\n"
        "intake: [{class: a, region: north, facility: Unit, rate: 1 / d}]\n"
        "pathways: {a: [{phase: inside, status: convicted, stay: {fixed: {value: 900 d}}, then: "
        "{released: 1}}]}\nhorizon: 100 d\n"
        "record: [{place: facility, tick: day}]\n");
    for (uint64_t r = 0; r < 20; r++) {
        trial_run(&trial, r);
        waiting += trial_at(&trial, AT_FACILITY, 0, "at_the_door", 0, 19);
        for (int32_t day = 20; day < 100; day++)
            assert_true(trial_at(&trial, AT_FACILITY, 0, "at_the_door", 0, day) == 0 ||
                        trial_at(&trial, AT_FACILITY, 0, "population", 1, day) > 29);
    }
    assert_true(waiting > 20 * 10); /* 18.5 each in the mean */
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_those_of_the_calendar),
        cmocka_unit_test(months_are_added_to_the_same_day_or_the_last),
        cmocka_unit_test(capacity_and_beds_step_on_their_dates),
        cmocka_unit_test(a_house_opens_and_fills),
        cmocka_unit_test(a_prison_closes_and_its_people_are_moved),
        cmocka_unit_test(entry_weights_and_ceilings_step_on_their_dates),
        cmocka_unit_test(a_dated_measure_holds_between_its_dates_and_releases_early),
        cmocka_unit_test(a_trigger_switches_on_above_and_off_below),
        cmocka_unit_test(without_measures_nobody_is_released_early_and_more_are_inside),
        cmocka_unit_test(a_trend_is_compound_from_the_start),
        cmocka_unit_test(places_that_come_are_for_those_at_the_door),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
