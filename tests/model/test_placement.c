/* The placement office and what it counts, against closed forms and hand calculation. */

#include "tests/support.h"

#include "tests/models.h"

#include "sim/engine/calendar.h"

static int32_t
day_of(const struct trial *trial, int year, int month, int day)
{
    return calendar_day((struct date){year, month, day}) - trial->scenario.start;
}

/* 20 % of full stays end in a breach: about 5,840 stays, standard error sqrt(0.2 * 0.8 / 5840). */
static void
a_fifth_of_full_stays_ends_in_a_breach(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "house.yaml");
    trial_run(&trial, 0);
    double moves = trial_sum(&trial, "moves_house", 0);
    assert_true(moves > 5000);
    assert_near(trial_sum(&trial, "breaches", 0) / moves, 0.2, 4.5 * sqrt(0.2 * 0.8 / moves));
    trial_close(&trial);
}

/* A quarter is suitable; of 180 days about 178 are left, and screening (exponential, 30 d) takes
 * longer than that for exp(-178 / 30) of them. */
static void
a_quarter_of_those_screened_moves_to_a_house(void **state)
{
    struct trial trial;
    double share = 0.25 * (1 - exp(-178.0 / 30));

    (void)state;
    trial_open(&trial, "screening.yaml");
    trial_run(&trial, 0);
    double entries = trial_sum(&trial, "entries", 0);
    assert_near(trial_sum(&trial, "moves_house", 0) / entries, share,
                4.5 * sqrt(share * (1 - share) / entries));
    assert_near(trial_sum(&trial, "breaches", 0), 0, 0);
    trial_close(&trial);
}

static void
an_excluded_offence_keeps_out_of_houses(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "excluded.yaml");
    trial_run(&trial, 0);
    assert_true(trial_sum(&trial, "entries", 0) > 5000);
    assert_near(trial_sum(&trial, "moves_house", 0), 0, 0);
    trial_close(&trial);
}

/* The house for young adults takes nobody else, so all its residents fit. Beside it one of 20
 * places for all takes the rest: 5 in 7 have no need. About 330 stays there. */
static void
a_specialised_house_takes_its_group(void **state)
{
    struct trial trial;
    double people = 0, young = 0, fit = 0;

    (void)state;
    trial_open(&trial, "groups.yaml");
    trial_run(&trial, 0);
    uint32_t house = trial_facility(&trial, "House"), all = trial_facility(&trial, "All");
    int32_t months = trial.plan->keep[AT_FACILITY].rows;
    for (int32_t row = 0; row < months; row++) {
        assert_near(trial_at(&trial, AT_FACILITY, house, "match", 0, row), 100, 1e-9);
        fit += trial_at(&trial, AT_FACILITY, all, "match", 0, row) / months;
    }
    for (uint32_t need = 0; need < NEEDS; need++)
        people += trial_mean(&trial, "population_by_need", need);
    young = trial_mean(&trial, "population_by_need", NEED_YOUNG_ADULT);
    assert_near(fit, 100 * 5.0 / 7, 100 * 4.5 * sqrt(5.0 / 7 * 2 / 7 / 330));
    assert_near(young / people, 0.3, 4.5 * sqrt(0.3 * 0.7 / 5840));
    trial_close(&trial);
}

/* Occupancy s / (s + g): stays of 100 d, gaps of 14 d, and half a round of an eighth of a day until
 * the office sees the free place. Ten replications. */
static void
a_hand_off_leaves_places_empty(void **state)
{
    const int n = 10;
    double share[10], mean, error;
    struct trial trial;

    (void)state;
    trial_open(&trial, "handoff.yaml");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        share[r] = trial_mean(&trial, "house_residents", 0) / 30;
    }
    mean = mean_of(share, n, &error);
    assert_near(mean, 100 / (100 + 14 + 0.0625), 4.5 * error);
    trial_close(&trial);
}

/* 15 people on 10 places and 12 beds, 20 on 20: occupancy 35 / 30, felt (15 x 150 + 20 x 100) / 35.
 */
static void
what_is_counted_of_a_still_system_is_known_by_hand(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "still.yaml");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < trial.plan->result_days; day += 100) {
        assert_near(trial_value(&trial, "population", STATUS_CONVICTED, day), 35, 1e-9);
        assert_near(trial_value(&trial, "above_capacity", 0, day), 5, 1e-9);
        assert_near(trial_value(&trial, "floor_sleepers", 0, day), 3, 1e-9);
        assert_near(trial_value(&trial, "occupancy", 0, day), 100 * 35.0 / 30, 1e-5);
        assert_near(trial_value(&trial, "felt_occupancy", 0, day), (15 * 150.0 + 20 * 100.0) / 35,
                    1e-4);
        /* above 100, 110, 120 and 137.5 %, not above 150 % */
        for (uint32_t level = 0; level < THRESHOLDS; level++) {
            assert_near(trial_value(&trial, "facilities_above", level, day), level < 4, 1e-9);
            assert_near(trial_value(&trial, "people_above", level, day), level < 4 ? 15 : 0, 1e-9);
        }
        assert_near(trial_value(&trial, "crowding", CROWDING_SHORTAGE, day), 5, 0);
    }
    assert_near(trial_at(&trial, AT_FACILITY, 0, "noon", 0, 3), 15, 0);
    assert_near(trial_at(&trial, AT_FACILITY, 1, "peak", 0, 3), 20, 0);
    trial_close(&trial);
}

static void
the_record_keeps_what_is_asked_for(void **state)
{
    struct trial all, some;
    struct variable kept[256];

    (void)state;
    trial_open(&all, "small.yaml");
    trial_open(&some, "kept.yaml");
    trial_run(&all, 0);
    trial_run(&some, 0);
    assert_int_equal(series_variables(some.plan, kept), 4);
    /* 1 January 2026 is a Thursday: four days, then 103 full weeks and five days */
    assert_int_equal(some.plan->keep[AT_NATION].rows, 105);
    double mean = 0;
    for (int32_t day = 4; day < 11; day++)
        mean += trial_value(&all, "population", STATUS_REMAND, day) / 7;
    assert_near(trial_value(&some, "population", STATUS_REMAND, 1), mean, 1e-3);
    assert_near(trial_sum(&some, "entries", 0), trial_sum(&all, "entries", 0), 0);
    assert_int_equal(some.plan->keep[AT_FACILITY].rows, 2);
    double peak = 0;
    for (int32_t month = 0; month < 12; month++)
        peak = fmax(peak, trial_at(&all, AT_FACILITY, 0, "peak", 0, month));
    assert_near(trial_at(&some, AT_FACILITY, 0, "peak", 0, 0), peak, 0);
    trial_close(&all);
    trial_close(&some);
}

/* Who began under the measure is released exactly 100 days early; 2 a day who stay 200 days are
 * 400, and 600 without it. Ten replications; the mean of half a year has a standard error of
 * about 5. */
static void
an_early_release_is_early_to_the_day(void **state)
{
    double with = 0, without = 0;
    struct trial trial;

    (void)state;
    trial_open(&trial, "early.yaml");
    for (int r = 0; r < 10; r++) {
        double days = 0, people = 0;
        trial_run(&trial, (uint64_t)r);
        for (int32_t day = day_of(&trial, 2029, 1, 1); day < day_of(&trial, 2030, 1, 1); day++) {
            days += trial_value(&trial, "early_days", 0, day);
            people += trial_value(&trial, "early_releases", 0, day);
        }
        assert_true(people > 500);
        assert_near(days / people, 100, 0);
        for (int32_t i = 0; i < 180; i++) {
            with +=
                trial_value(&trial, "population", STATUS_CONVICTED, day_of(&trial, 2029, 7, 1) + i);
            without +=
                trial_value(&trial, "population", STATUS_CONVICTED, day_of(&trial, 2027, 7, 1) + i);
        }
        for (int32_t day = day_of(&trial, 2030, 1, 1); day < trial.plan->result_days; day++)
            assert_near(trial_value(&trial, "early_releases", 0, day), 0, 0);
    }
    assert_near(with / 1800, 400, 25);
    assert_near(without / 1800, 600, 25);
    trial_close(&trial);
}

/* 98 % of 50 places are 49, 105 % of 90 are 94; a van with three seats, five moves by allocation a
 * day. */
static void
ceilings_vans_and_moves_have_their_limits(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "crowded.yaml");
    trial_run(&trial, 0);
    uint32_t full = trial_facility(&trial, "Full"), room = trial_facility(&trial, "Room");
    uint32_t sentences = trial_facility(&trial, "Sentences");
    double most = 0;
    for (int32_t row = 0; row < trial.plan->keep[AT_FACILITY].rows; row++) {
        assert_true(trial_at(&trial, AT_FACILITY, sentences, "peak", 0, row) <= 49);
        assert_true(trial_at(&trial, AT_FACILITY, room, "peak", 0, row) <= 94);
        most = fmax(most, trial_at(&trial, AT_FACILITY, full, "peak", 0, row));
    }
    assert_true(most > 1.3 * 60);
    double moved = 0;
    for (int32_t day = 0; day < trial.plan->result_days; day++) {
        assert_true(trial_value(&trial, "moves_balance", 0, day) <= 3);
        assert_true(trial_value(&trial, "moves_allocation", 0, day) <= 5);
        moved = fmax(moved, trial_value(&trial, "moves_balance", 0, day));
    }
    assert_near(moved, 3, 0);
    assert_true(trial_sum(&trial, "moves_allocation", 0) > 50);
    trial_close(&trial);
}

/* 60 internees in the mean, 30 places: the centre is full but for half a day after each of 0.1
 * departures a day, 29.95; the rest block places in prison. Ten replications of ten years: the
 * standard error of the mean of an M/M/infinity of 60 with stays of 300 d is sqrt(60 * 2 * 300 /
 * 3652 / 10) = 1. */
static void
internees_block_prison_places_until_the_centre_has_one(void **state)
{
    double centre = 0, prison = 0;
    struct trial trial;

    (void)state;
    trial_open(&trial, "forensic.yaml");
    for (int r = 0; r < 10; r++) {
        trial_run(&trial, (uint64_t)r);
        centre += trial_mean(&trial, "centre_residents", 0) / 10;
        prison += trial_mean(&trial, "population", STATUS_INTERNEE) / 10;
    }
    assert_near(centre, 29.95, 0.02);
    assert_near(prison, 60 - 29.95, 4.5);
    trial_close(&trial);
}

/* How many of REGION are in the facility NAME at the end. */
static int
people_of(const struct trial *trial, const char *name, uint8_t region)
{
    const struct site *site = &trial->model->site[trial_facility(trial, name)];
    int people = 0;

    for (uint32_t slot = 0; slot < site->used; slot++)
        people += site->person[slot].phase != NO_PHASE && site->person[slot].region == region;
    return people;
}

/* Region first: each region's house or prison takes its own. By date: the ten of the south, who
 * have waited longer, take all there is. */
static void
places_go_to_the_own_region_or_to_who_waits_longest(void **state)
{
    enum { NORTH, SOUTH };
    struct trial trial;

    (void)state;
    trial_open(&trial, "regional.yaml");
    trial_run(&trial, 0);
    assert_int_equal(people_of(&trial, "North house", NORTH), 5);
    assert_int_equal(people_of(&trial, "North house", SOUTH), 0);
    assert_int_equal(people_of(&trial, "South house", SOUTH), 5);
    assert_near(trial_sum(&trial, "moves_house", 0), 10, 0);
    trial.plan->selection_rule.region_first = false;
    trial_run(&trial, 0);
    assert_int_equal(people_of(&trial, "North house", SOUTH), 5);
    assert_int_equal(people_of(&trial, "South house", SOUTH), 5);
    trial_close(&trial);
    trial_open(&trial, "regional_prisons.yaml");
    trial_run(&trial, 0);
    assert_int_equal(people_of(&trial, "Hill", NORTH), 4);
    assert_int_equal(people_of(&trial, "Dune", SOUTH), 4);
    trial.plan->allocation_rule.region_first = false;
    trial_run(&trial, 0);
    assert_int_equal(people_of(&trial, "Hill", SOUTH), 4);
    assert_int_equal(people_of(&trial, "Dune", SOUTH), 4);
    trial_close(&trial);
}

/* Two on remand stay in police custody until a prison takes them, on day 31; three convicted go
 * there when theirs closes, on day 59. The round that opens or closes a prison moves them. */
static void
whom_the_region_cannot_place_goes_elsewhere(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "away.yaml");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < trial.plan->result_days; day++) {
        assert_near(trial_value(&trial, "custody", 0, day), day < 31 ? 2 : 0, 1e-6);
        assert_near(trial_at(&trial, AT_REGION, 0, "population", STATUS_CONVICTED, day),
                    day < 59 ? 3 : 0, 1e-6);
        assert_near(trial_value(&trial, "population", STATUS_CONVICTED, day), 3, 1e-6);
        assert_near(trial_value(&trial, "population", STATUS_REMAND, day), day < 31 ? 0 : 2, 1e-6);
    }
    assert_near(trial_sum(&trial, "moves_closing", 0), 3, 0);
    trial_close(&trial);
}

/* 0.05 a day of the first class against 0.26 places a day that fall free: it hardly waits. */
static void
a_class_of_higher_priority_comes_first(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "priority.yaml");
    trial_run(&trial, 0);
    int waiting[2] = {0};
    for (uint32_t i = 0; i < trial.plan->sites; i++) {
        const struct site *site = &trial.model->site[i];
        for (uint32_t slot = 0; slot < site->used; slot++)
            if (site->person[slot].queue == QUEUE_DETENTION)
                waiting[trial.plan->class[site->person[slot].class].priority]++;
    }
    assert_true(waiting[0] <= 2);
    assert_true(waiting[1] > 40);
    trial_close(&trial);
}

/* A mother with a child is a woman, a young adult under 25, an elderly person over 60; all shares
 * are as Belgium's scenario gives them. 100,000 people: bound 4.5 standard errors. */
static void
attributes_go_together_and_keep_their_shares(void **state)
{
    const int n = 100000;
    double needs[NEEDS] = {0}, ages[AGE_BANDS] = {0}, women = 0;
    const double need_shares[NEEDS] = {0.6, 0.1, 0.12, 0.04, 0.005, 0.135};
    const double age_shares[AGE_BANDS] = {0.18, 0.33, 0.32, 0.12, 0.05};
    struct trial trial;

    (void)state;
    trial_open(&trial, "../../golden/runs/belgium/baseline.yaml");
    for (int i = 0; i < n; i++) {
        struct person person;
        person_draw(&person, trial.plan, 0, (struct stream_name){1, (uint64_t)i}, 0, 0,
                    COMES_AT_ALL, 0);
        needs[person.need]++;
        ages[person.age]++;
        women += person.sex == SEX_WOMAN;
        if (person.need == NEED_MOTHER)
            assert_int_equal(person.sex, SEX_WOMAN);
        if (person.need == NEED_YOUNG_ADULT)
            assert_int_equal(person.age, 0);
        if (person.need == NEED_ELDERLY)
            assert_int_equal(person.age, AGE_BANDS - 1);
    }
    assert_near(women / n, 0.045, 4.5 * sqrt(0.045 * 0.955 / n));
    for (int i = 0; i < NEEDS; i++)
        assert_near(needs[i] / n, need_shares[i],
                    4.5 * sqrt(need_shares[i] * (1 - need_shares[i]) / n));
    for (int i = 0; i < AGE_BANDS; i++)
        assert_near(ages[i] / n, age_shares[i],
                    4.5 * sqrt(age_shares[i] * (1 - age_shares[i]) / n));
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fifth_of_full_stays_ends_in_a_breach),
        cmocka_unit_test(a_quarter_of_those_screened_moves_to_a_house),
        cmocka_unit_test(an_excluded_offence_keeps_out_of_houses),
        cmocka_unit_test(a_specialised_house_takes_its_group),
        cmocka_unit_test(a_hand_off_leaves_places_empty),
        cmocka_unit_test(what_is_counted_of_a_still_system_is_known_by_hand),
        cmocka_unit_test(the_record_keeps_what_is_asked_for),
        cmocka_unit_test(an_early_release_is_early_to_the_day),
        cmocka_unit_test(ceilings_vans_and_moves_have_their_limits),
        cmocka_unit_test(internees_block_prison_places_until_the_centre_has_one),
        cmocka_unit_test(places_go_to_the_own_region_or_to_who_waits_longest),
        cmocka_unit_test(whom_the_region_cannot_place_goes_elsewhere),
        cmocka_unit_test(a_class_of_higher_priority_comes_first),
        cmocka_unit_test(attributes_go_together_and_keep_their_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
