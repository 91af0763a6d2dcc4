/* The placement office at its edges: whom it must leave alone, whom it may not forget. */

#include "tests/support.h"

#include "tests/models.h"

#define POPULATION_CONVICTED "population", STATUS_CONVICTED

/* The mean over REPLICATIONS and rows FROM .. TO - 1 of the nation's SERIES, all its parts added
 * up; its standard error. */
static double
mean_of_rows(struct trial *trial, const char *series, int replications, int32_t from, int32_t to,
             double *error)
{
    const struct kept *kept = trial_kept(trial, AT_NATION, series);
    double value[100];

    for (int r = 0; r < replications; r++) {
        trial_run(trial, (uint64_t)r);
        value[r] = 0;
        for (int32_t row = from; row < to; row++)
            for (uint32_t k = 0; k < kept->width; k++)
                value[r] += trial_value(trial, series, k, row) / (to - from);
    }
    return mean_of(value, replications, error);
}

/* 10 a day, an hour in police custody, then 100 d at home or outside: 1,000 there, of M/D/infinity;
 * in custody or, for those whose hour goes over midnight, inside 10 / 24 in all, inside 10 / 24
 * / 48. Rows of the second year, 20 replications. */
static void
who_leaves_before_the_round_is_not_placed(void **state)
{
    static const struct {
        const char *file, *there;
    } cases[] = {{"before_round_home.yaml", "at_home"},
                 {"before_round_outside.yaml", "waiting_outside"}};
    const int n = 20;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double there, inside, custody, error;
        struct trial trial;
        trial_open(&trial, cases[i].file);
        there = mean_of_rows(&trial, cases[i].there, n, 365, 730, &error);
        assert_near(there, 1000, 4.5 * error);
        inside = mean_of_rows(&trial, "population", n, 365, 730, &error);
        assert_near(inside, 10.0 / 24 / 48, 4.5 * error);
        custody = mean_of_rows(&trial, "custody", n, 365, 730, &error);
        assert_near(custody, 10.0 / 24 * 47 / 48, 4.5 * error);
        trial_close(&trial);
    }
}

/* The same after three days inside: 30 inside or, before their first midnight, in custody. */
static void
who_leaves_after_the_round_was_placed(void **state)
{
    const int n = 20;
    double inside, custody, error;
    struct trial trial;

    (void)state;
    trial_open(&trial, "after_rounds.yaml");
    assert_near(mean_of_rows(&trial, "at_home", n, 365, 730, &error), 1000, 4.5 * error);
    inside = mean_of_rows(&trial, "population", n, 365, 730, &error);
    assert_near(inside, 25, 4.5 * error);
    custody = mean_of_rows(&trial, "custody", n, 365, 730, &error);
    assert_near(custody, 5, 4.5 * error);
    trial_close(&trial);
}

/* 10 erlang at a unit of 20 places, reached by the midnight after the hour: 23 of 24 wait for it
 * outside, 23 / 48 of a day; the others were placed at the midnight within their hour and wait a
 * day in the prison. 20 replications. */
static void
who_waits_outside_for_a_unit_is_not_put_in_prison(void **state)
{
    const int n = 20;
    double in_prison[20], in_unit[20], outside, error;
    struct trial trial;

    (void)state;
    trial_open(&trial, "before_round_unit.yaml");
    uint32_t prison = trial_facility(&trial, "Prison"), unit = trial_facility(&trial, "Unit");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        in_prison[r] = in_unit[r] = 0;
        for (int32_t month = 12; month < 24; month++) {
            in_prison[r] +=
                trial_at(&trial, AT_FACILITY, prison, "population", STATUS_CONVICTED, month) / 12;
            in_unit[r] +=
                trial_at(&trial, AT_FACILITY, unit, "population", STATUS_CONVICTED, month) / 12;
        }
    }
    assert_near(mean_of(in_unit, n, &error), 10, 4.5 * error);
    assert_near(mean_of(in_prison, n, &error), 1.0 / 24, 4.5 * error);
    outside = mean_of_rows(&trial, "waiting_outside", n, 365, 730, &error);
    assert_near(outside, 23.0 / 24 * 23 / 48, 4.5 * error);
    trial_close(&trial);
}

/* From 1 March (row 59) to 10 March (row 68) everybody who comes in goes at once, and nobody else
 * does. */
static void
a_measure_holds_on_its_days_and_no_others(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "dates.yaml");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < trial.plan->result_days; day++) {
        bool on = day >= 59 && day <= 68;
        assert_near(trial_value(&trial, "measure_on", 0, day), on, 0);
        assert_near(trial_value(&trial, "early_releases", 0, day),
                    on ? trial_value(&trial, "arrivals", 0, day) : 0, 0);
    }
    assert_true(trial_sum(&trial, "early_releases", 0) > 20);
    trial_close(&trial);
}

/* Kept by month, the same measure is in force for 10 of the 31 days of March. */
static void
a_measure_is_in_force_for_a_share_of_a_month(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "dates_month.yaml");
    trial_run(&trial, 0);
    for (int32_t month = 0; month < 4; month++)
        assert_near(trial_value(&trial, "measure_on", 0, month), month == 2 ? 10.0 / 31 : 0, 1e-7);
    trial_close(&trial);
}

/* All 37 are found suitable after a day. On 1 January (row 31) 20 of them move into the house that
 * opens, those of the prison that closes go elsewhere, and the new capacity holds the whole day. */
static void
what_the_round_of_midnight_does_belongs_to_the_new_day(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "opens.yaml");
    trial_run(&trial, 0);
    uint32_t old = trial_facility(&trial, "Old"), house = trial_facility(&trial, "House");
    for (int32_t day = 0; day < 62; day++) {
        bool after = day >= 31;
        assert_near(trial_value(&trial, "moves_house", 0, day), day == 31 ? 20 : 0, 0);
        assert_near(trial_value(&trial, "house_residents", 0, day), after ? 20 : 0, 0);
        assert_near(trial_value(&trial, "capacity", 0, day), after ? 140 : 110, 0);
        assert_near(trial_at(&trial, AT_FACILITY, house, "population", STATUS_CONVICTED, day),
                    after ? 20 : 0, 0);
        assert_near(trial_at(&trial, AT_FACILITY, old, "population", STATUS_CONVICTED, day),
                    after ? 0 : 7, 0);
        assert_near(trial_at(&trial, AT_FACILITY, old, "peak", 0, day), after ? 0 : 7, 0);
        if (day != 31)
            assert_near(trial_value(&trial, "moves_closing", 0, day), 0, 0);
    }
    assert_true(trial_value(&trial, "moves_closing", 0, 31) > 0);
    trial_close(&trial);
}

/* The loss of SERVERS at LOAD erlang: B(0) = 1, B(n) = a B(n - 1) / (n + a B(n - 1)); Erlang 1917.
 */
static double
erlang_b(int servers, double load)
{
    double loss = 1;

    for (int n = 1; n <= servers; n++)
        loss = load * loss / (n + load * loss);
    return loss;
}

/* 15 erlang before a first house of 10 and, for whom it refuses, a second of 10: the first loses as
 * Erlang's 10 servers do, both together as 20. 20 replications of 30,000 days. */
static void
who_is_refused_at_the_door_goes_on_as_the_phase_says(void **state)
{
    const int n = 20;
    double first[20], lost[20], error;
    struct trial trial;

    (void)state;
    trial_open(&trial, "refused_at_the_door.yaml");
    uint32_t house = trial_facility(&trial, "First");
    for (int r = 0; r < n; r++) {
        double arrivals, refused = 0;
        trial_run(&trial, (uint64_t)r);
        arrivals = trial_sum(&trial, "arrivals", 0);
        for (int32_t row = 0; row < trial.plan->keep[AT_FACILITY].rows; row++)
            refused += trial_at(&trial, AT_FACILITY, house, "refused", 0, row);
        first[r] = refused / arrivals;
        lost[r] = trial_sum(&trial, "releases", 1) / arrivals;
    }
    assert_near(mean_of(first, n, &error), erlang_b(10, 15), 4.5 * error);
    assert_near(mean_of(lost, n, &error), erlang_b(20, 15), 4.5 * error);
    trial_close(&trial);
}

/* The same with an exit in place of a second house: whoever is refused leaves by it. */
static void
who_is_refused_at_the_door_may_leave_by_an_exit(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "refused_to_an_exit.yaml");
    trial_run(&trial, 0);
    assert_true(trial_sum(&trial, "refused", 0) > 500);
    assert_near(trial_sum(&trial, "releases", 1), trial_sum(&trial, "refused", 0), 0);
    trial_close(&trial);
}

/* Waits at one server of mean 100 d for loads 1/15, 1/5 and 2/5 of three priorities, not
 * interrupted: W_k = R / ((1 - s_(k-1)) (1 - s_k)), R = sum of load times mean = 66.7 d, s_k the
 * load of the first k (Cobham 1954). 40 replications of 300,000 days; time in the phase is the wait
 * and 100 d of service. */
static void
a_desk_of_a_facility_calls_by_priority(void **state)
{
    static const double rate[] = {0.01 / 15, 0.002, 0.004};
    const int n = 40;
    double wait[3][40], before = 0, error;
    struct trial trial;

    (void)state;
    trial_open(&trial, "desk_priority.yaml");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        for (uint32_t k = 0; k < 3; k++)
            wait[k][r] = trial_mean(&trial, "in_phase", k) / rate[k] - 100;
    }
    for (int k = 0; k < 3; k++) {
        double upto = before + 100 * rate[k];
        assert_near(mean_of(wait[k], n, &error), 66.6667 / (1 - before) / (1 - upto), 4.5 * error);
        before = upto;
    }
    trial_close(&trial);
}

/* By hand: under the second measure the north leaves on day 240, 60 days early; south and west on
 * day 300. */
static void
a_measure_that_still_holds_takes_over_when_another_ends(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "two_measures.yaml");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 320; day++) {
        assert_near(trial_at(&trial, AT_REGION, 0, "releases", 0, day), day == 240 ? 10 : 0, 0);
        assert_near(trial_at(&trial, AT_REGION, 1, "releases", 0, day), day == 300 ? 10 : 0, 0);
        assert_near(trial_at(&trial, AT_REGION, 2, "releases", 0, day), day == 300 ? 10 : 0, 0);
    }
    assert_near(trial_sum(&trial, "early_days", 0), 10 * 60, 0);
    trial_close(&trial);
}

/* Who takes part is drawn by the measure's name: another measure before it changes nothing. */
static void
the_uptake_of_a_measure_goes_by_its_name(void **state)
{
    struct trial one, two;

    (void)state;
    trial_open(&one, "uptake.yaml");
    trial_open(&two, "uptake_second.yaml");
    trial_run(&one, 0);
    trial_run(&two, 0);
    assert_true(trial_sum(&one, "early_releases", 0) > 300);
    for (int32_t day = 0; day < 380; day++) {
        assert_near(trial_value(&two, "early_releases", 0, day),
                    trial_value(&one, "early_releases", 0, day), 0);
        assert_near(trial_value(&two, POPULATION_CONVICTED, day),
                    trial_value(&one, POPULATION_CONVICTED, day), 0);
    }
    trial_close(&one);
    trial_close(&two);
}

static double
convicted_at(const struct trial *trial, const char *facility, int32_t day)
{
    return trial_at(trial, AT_FACILITY, trial_facility(trial, facility), POPULATION_CONVICTED, day);
}

/* By hand: 8 people on the first midnight (row 1), 7 on the second; the internees stay. */
static void
balance_passes_over_a_prison_with_nobody_to_move(void **state)
{
    static const int moved[] = {0, 8, 7, 0, 0, 0, 0, 0, 0, 0};
    struct trial trial;

    (void)state;
    trial_open(&trial, "balance_passes.yaml");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 10; day++)
        assert_near(trial_value(&trial, "moves_balance", 0, day), moved[day], 0);
    assert_near(convicted_at(&trial, "Crowded", 9), 15, 0);
    assert_near(convicted_at(&trial, "Roomy", 9), 15, 0);
    trial_close(&trial);
}

/* By hand: the prison of the region takes 20 until it is at 80 %, the other region's the other 10;
 * at once on the day, or four a day from the notice on. */
static void
a_facility_that_closes_spreads_its_people(void **state)
{
    static const int noticed[] = {4, 4, 4, 4, 4, 4, 4, 2};
    static const char *const files[] = {"closing.yaml", "closing_notice.yaml"};

    (void)state;
    for (int notice = 0; notice < 2; notice++) {
        struct trial trial;
        trial_open(&trial, files[notice]);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 30; day++) {
            int expected =
                notice ? (day >= 10 && day < 18 ? noticed[day - 10] : 0) : (day == 20 ? 30 : 0);
            assert_near(trial_value(&trial, "moves_closing", 0, day), expected, 0);
            assert_near(trial_value(&trial, "capacity", 0, day), day < 20 ? 240 : 200, 0);
        }
        assert_near(convicted_at(&trial, "Old", 29), 0, 0);
        assert_near(convicted_at(&trial, "Full", 29), 100, 0);
        assert_near(convicted_at(&trial, "North prison", 29), 40, 0);
        assert_near(convicted_at(&trial, "South prison", 29), 20, 0);
        trial_close(&trial);
    }
}

/* By hand: 5 are inside and go to the prison on day 10; whoever waited, and whoever comes later, is
 * refused. */
static void
who_waits_at_the_door_of_a_facility_that_closes_is_turned_away(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "door_closing.yaml");
    trial_run(&trial, 0);
    double waiting = trial_sum(&trial, "door_waits", 0), later = 0;
    for (int32_t day = 10; day < 20; day++) {
        later += trial_value(&trial, "arrivals", 0, day);
        assert_near(trial_value(&trial, "at_the_door", 0, day), 0, 0);
    }
    assert_true(waiting > 10 && later > 10);
    assert_near(trial_sum(&trial, "refused", 0), waiting + later, 0);
    assert_near(trial_value(&trial, "moves_closing", 0, 10), 5, 0);
    assert_near(convicted_at(&trial, "Prison", 19), 5, 0);
    trial_close(&trial);
}

/* Regions and facilities listed the other way round: every facility has the same people on every
 * day, and the same moves. */
static void
the_order_of_facilities_does_not_matter(void **state)
{
    static const char *const series[] = {"population",       "entries",       "moves_house",
                                         "moves_allocation", "moves_balance", "moves_centre",
                                         "moves_closing",    "breaches"};
    struct trial one, two;

    (void)state;
    trial_open(&one, "order.yaml");
    trial_open(&two, "order_reversed.yaml");
    trial_run(&one, 0);
    trial_run(&two, 0);
    for (size_t s = 0; s < sizeof series / sizeof *series; s++) {
        uint32_t width = trial_kept(&one, AT_FACILITY, series[s])->width;
        assert_true(trial_sum(&one, series[s], 0) > 0);
        for (uint32_t f = 0; f < one.plan->facilities; f++) {
            uint32_t other = trial_facility(&two, one.plan->facility[f].name);
            for (int32_t day = 0; day < 400; day++)
                for (uint32_t k = 0; k < width; k++)
                    assert_near(trial_at(&two, AT_FACILITY, other, series[s], k, day),
                                trial_at(&one, AT_FACILITY, f, series[s], k, day), 0);
        }
    }
    trial_close(&one);
    trial_close(&two);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leaves_before_the_round_is_not_placed),
        cmocka_unit_test(who_leaves_after_the_round_was_placed),
        cmocka_unit_test(who_waits_outside_for_a_unit_is_not_put_in_prison),
        cmocka_unit_test(a_measure_holds_on_its_days_and_no_others),
        cmocka_unit_test(a_measure_is_in_force_for_a_share_of_a_month),
        cmocka_unit_test(what_the_round_of_midnight_does_belongs_to_the_new_day),
        cmocka_unit_test(who_is_refused_at_the_door_goes_on_as_the_phase_says),
        cmocka_unit_test(who_is_refused_at_the_door_may_leave_by_an_exit),
        cmocka_unit_test(a_desk_of_a_facility_calls_by_priority),
        cmocka_unit_test(a_measure_that_still_holds_takes_over_when_another_ends),
        cmocka_unit_test(the_uptake_of_a_measure_goes_by_its_name),
        cmocka_unit_test(balance_passes_over_a_prison_with_nobody_to_move),
        cmocka_unit_test(a_facility_that_closes_spreads_its_people),
        cmocka_unit_test(who_waits_at_the_door_of_a_facility_that_closes_is_turned_away),
        cmocka_unit_test(the_order_of_facilities_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
