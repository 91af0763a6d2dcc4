/* Pressure and staff: incidents, who is there, what goes slower, and which house takes nobody. */

#include "tests/support.h"

#include "tests/models.h"

#include "models/plan/staff.h"

#include <math.h>

/* So many people on so many places, who stay: pressure is held. What follows adds to the prison. */
#define HELD(people, places, more)                                                                 \
    "facilities: [{name: Prison, region: north, capacity: " places more "}]\n"                     \
    "intake: []\n"                                                                                 \
    "stock: [{status: remand, count: " people ", facility: Prison, fresh: yes}]\n"                 \
    "pathways: {held: [{phase: inside, status: remand, stay: {fixed: {value: 90 y}}, then: "       \
    "{released: 1}}]}\n"

/* Incidents of 150 on 100 places: base x exp(2 x 0.5) each, of 150 people and 7 days, in each of 52
 * weeks whose beginning has seen a week before it: Poisson, so the variance is the mean. */
static void
incidents_happen_at_their_hazard_at_a_held_pressure(void **state)
{
    const double mean = 0.003 * 2.718281828459045 * 150 * 7 * 52;
    const int replications = 40;
    struct trial trial;
    double sum = 0, square = 0;

    (void)state;
    trial_open_text(&trial, HELD("150", "100", "") "warm_up: 14 d\nhorizon: 364 d\npressure: "
                                                   "{incidents: {base: 0.003 / d, grow: 2}}\n");
    for (int r = 0; r < replications; r++) {
        trial_run(&trial, (uint64_t)r);
        double incidents = trial_sum(&trial, "incidents", 0);
        sum += incidents;
        square += (incidents - mean) * (incidents - mean);
    }
    assert_near(sum / replications, mean, 4.5 * sqrt(mean / replications));
    assert_near(square / replications, mean, 4.5 * mean * sqrt(2.0 / replications));
    trial_close(&trial);
}

/* Below and at 100 % they happen at the base: the first week knows no pressure at all. */
static void
more_pressure_never_gives_fewer_incidents_in_a_week(void **state)
{
    static const char *const places[] = {"200", "150", "120", "75"};
    struct trial trial[4];

    (void)state;
    for (int i = 0; i < 4; i++) {
        trial_open_text(&trial[i],
                        "facilities: [{name: Prison, region: north, capacity: %s}]\nintake: []\n"
                        "stock: [{status: remand, count: 150, facility: Prison, fresh: yes}]\n"
                        "pathways: {held: [{phase: inside, status: remand, stay: {fixed: {value: "
                        "90 y}}, then: {released: 1}}]}\n"
                        "pressure: {incidents: {base: 0.003 / d, grow: 3}}\n",
                        places[i]);
        trial_run(&trial[i], 0);
    }
    for (int32_t day = 0; day < 400; day++)
        for (int i = 0; i < 4; i++) {
            double now = trial_value(&trial[i], "incidents", 0, day);
            assert_true(day % 7 == 0 || now == 0);
            if (i == 1 || (i > 0 && day == 7))
                assert_near(now, trial_value(&trial[0], "incidents", 0, day), 0);
            else if (i > 1)
                assert_true(now >= trial_value(&trial[i - 1], "incidents", 0, day));
        }
    assert_true(trial_sum(&trial[3], "incidents", 0) > trial_sum(&trial[2], "incidents", 0));
    for (int i = 0; i < 4; i++)
        trial_close(&trial[i]);
}

#define LIVES 3000

/* P posts, m0 filled, a and b a week: P b / (a + b) + (m0 - P b / (a + b)) (1 - a - b)^w after w
 * weeks. Here p = 1.5, so a = 1 - exp(-0.8 (1 + 1.2 x 0.5) 7 / 365.25), but 0.8 alone in the first
 * week, of which no pressure is known: from then on a new m0. */
static void
staff_in_service_go_from_the_start_to_the_balance(void **state)
{
    const double b = 1 - exp(-7 / 50.0), a = 1 - exp(-0.8 * 1.6 * 7 / 365.25);
    const double first = 1 - exp(-0.8 * 7 / 365.25), posts = 40;
    const double m1 = 10 * (1 - first) + 30 * b, balance = posts * b / (a + b);
    static const int weeks[] = {1, 2, 5, 20};
    double sum[4] = {0}, square[4] = {0};
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        HELD("3", "2",
             ", posts: 40") "horizon: 142 d\n"
                            "staff: {at_start: 25 %%, leavers: 80 %%, leavers_pressure: 1.2, "
                            "recruiting: 50 d, absence: 0}\n");
    for (uint64_t r = 0; r < LIVES; r++) {
        trial_run(&trial, r);
        for (int i = 0; i < 4; i++) {
            double staff = trial_value(&trial, "staff_in_service", 0, 7 * weeks[i]);
            assert_near(trial_value(&trial, "vacancies", 0, 7 * weeks[i]), posts - staff, 0);
            sum[i] += staff;
            square[i] += staff * staff;
        }
    }
    for (int i = 0; i < 4; i++) {
        double expected = balance + (m1 - balance) * pow(1 - a - b, weeks[i] - 1);
        double mean = sum[i] / LIVES, variance = square[i] / LIVES - mean * mean;
        assert_near(mean, expected, 4.5 * sqrt(variance / LIVES));
    }
    trial_close(&trial);
}

/* 50 posts, all filled, 8 % absent: 46 are present; of a strike of 40 % in the north, 27.6; where
 * another takes half of the rest, 13.8. */
static void
a_strike_keeps_its_share_away_on_its_days_in_its_region(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "regions: [north, south]\n"
                    "facilities: [{name: Prison, region: north, capacity: 10, posts: 50}, {name: "
                    "Other, region: south, capacity: 10, posts: 20}]\n"
                    "intake: []\nstock: [{status: remand, count: 3, facility: Prison}]\n"
                    "pathways: {held: [{phase: inside, status: remand, stay: {fixed: {value: 9 "
                    "y}}, then: {released: 1}}]}\n"
                    "record: [{place: facility, tick: day}, {place: nation, tick: day}]\n"
                    "staff: {leavers: 0, recruiting: 50 d, absence: 8 %%}\n"
                    "strikes: [{from: 2026-01-11, until: 2026-01-15, share: 40 %%, region: north}, "
                    "{from: 2026-01-13, until: 2026-01-14, share: 50 %%}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 30; day++) {
        double north = 46, south = 18.4;
        if (day >= 10 && day < 14)
            north *= 0.6;
        if (day == 12) {
            north *= 0.5;
            south *= 0.5;
        }
        assert_near(trial_at(&trial, AT_FACILITY, 0, "staff_present", 0, day), north, 1e-6 * north);
        assert_near(trial_at(&trial, AT_FACILITY, 1, "staff_present", 0, day), south, 1e-6 * south);
        assert_near(trial_value(&trial, "absence", 0, day), 8, 1e-6);
    }
    trial_close(&trial);
}

/* A house with 10 posts and a least share of one half; without staff nobody moves in. */
static int64_t
moves_into_a_house(const char *at_start, const char *posts)
{
    struct trial trial;

    trial_open_text(&trial,
                    "facilities: [{name: Prison, region: north, capacity: 100}, {name: House, "
                    "region: north, kind: detention_house, capacity: 10%s}]\n"
                    "intake: [{class: held, region: north, rate: 1 / d}]\n"
                    "house_selection: {suitable: 1, screening: {fixed: {value: 1 d}}}\n"
                    "pathways: {held: [{phase: inside, status: convicted, stay: {fixed: {value: 30 "
                    "d}}, then: {released: 1}}]}\n"
                    "staff: {at_start: %s, leavers: 0, recruiting: 200 y, absence: 0, least_share: "
                    "50 %%}\n",
                    posts, at_start);
    trial_run(&trial, 0);
    double moved = trial_sum(&trial, "moves_house", 0);
    trial_close(&trial);
    return (int64_t)moved;
}

static void
a_house_below_its_least_share_of_staff_takes_nobody(void **state)
{
    (void)state;
    assert_int_equal(moves_into_a_house("0", ", posts: 10"), 0);
    assert_int_equal(moves_into_a_house("40 %", ", posts: 10"), 0);
    assert_true(moves_into_a_house("50 %", ", posts: 10") > 50);
    assert_true(moves_into_a_house("0", "") > 50); /* no posts: it has no staff to be short of */
}

/* 150 on 100 places and half of 10 posts filled: a case of 10 d takes 10 (1 + 0.4 x 0.5 + 0.2 x
 * 0.5) = 13 d, from day 20 on. In the first week pressure is not known: from day 5 on, 11 d. */
static void
procedures_take_longer_by_pressure_and_vacancies(void **state)
{
    static const struct {
        const char *stay;
        int32_t released;
    } rows[] = {{"20 d", 33}, {"5 d", 16}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: Prison, region: north, capacity: 100, posts: 10}]\nintake: []\n"
            "stock: [{status: remand, count: 150, facility: Prison, class: held, phase: inside, "
            "fresh: yes}]\n"
            "desks: [{name: court, time: {fixed: {value: 10 d}}}]\n"
            "pathways: {held: [{phase: inside, status: remand, stay: {fixed: {value: %s}}, then: "
            "{paper: 1}}, {phase: paper, status: remand, desk: court, then: {released: 1}}]}\n"
            "staff: {at_start: 50 %%, leavers: 0, recruiting: 200 y, absence: 0}\n"
            "pressure: {procedures: {pressure: 0.4, vacancy: 0.2}}\n",
            rows[i].stay);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "releases", 0, rows[i].released), 150, 0);
        assert_near(trial_sum(&trial, "releases", 0), 150, 0);
        trial_close(&trial);
    }
}

/* Who comes on day 20 begins in police custody, on the way to 150 on 100 places: 12 d and not 10.
 */
static void
procedures_that_begin_in_custody_take_longer_too(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: Prison, region: north, capacity: 100}]\n"
        "intake: [{class: comes, region: north, rate: {2026-01-01: 0 / d, 2026-01-21: 20 / d, "
        "2026-01-22: 0 / d}}]\n"
        "stock: [{status: remand, count: 150, facility: Prison, class: held, phase: inside, fresh: "
        "yes}]\n"
        "desks: [{name: court, time: {fixed: {value: 10 d}}}]\n"
        "pathways: {held: [{phase: inside, status: remand, stay: {fixed: {value: 90 y}}, then: "
        "{released: 1}}], comes: [{phase: paper, status: remand, desk: court, then: {released: "
        "1}}]}\n"
        "pressure: {procedures: {pressure: 0.4}}\n");
    trial_run(&trial, 0);
    double came = trial_sum(&trial, "arrivals", 0);
    assert_true(came > 0);
    assert_near(trial_value(&trial, "releases", 0, 32), came, 0);
    trial_close(&trial);
}

/* Screening of 20 d at p = 1.25 takes 20 (1 + 2 x 0.25) = 30 d: who is convicted on
 * day 10 moves ten days later. In the house, below its capacity, nothing goes slower. */
static void
screening_takes_longer_by_pressure(void **state)
{
    static const char *const pressure[] = {"", "pressure: {procedures: {pressure: 2}}\n"};
    int32_t first[2] = {0};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: Prison, region: north, capacity: 100}, {name: House, region: "
            "north, kind: detention_house, capacity: 10}]\n"
            "intake: []\n"
            "house_selection: {suitable: 1, screening: {fixed: {value: 20 d}}}\n"
            "stock: [{status: remand, count: 124, facility: Prison, class: waits, fresh: yes}, "
            "{status: remand, count: 1, facility: Prison, class: held, phase: before, fresh: "
            "yes}]\n"
            "pathways:\n  waits: [{phase: waiting, status: remand, stay: {fixed: {value: 9 y}}, "
            "then: {released: 1}}]\n"
            "  held: [{phase: before, status: remand, stay: {fixed: {value: 10 d}}, then: {inside: "
            "1}}, {phase: inside, status: convicted, stay: {fixed: {value: 1 y}}, then: {released: "
            "1}}]\n%s",
            pressure[i]);
        trial_run(&trial, 0);
        while (trial_value(&trial, "moves_house", 0, first[i]) < 1)
            first[i]++;
        trial_close(&trial);
    }
    assert_int_equal(first[0], 31); /* screening ends on the 30th day, behind its round */
    assert_int_equal(first[1], 41);
}

/* 1 - 0.5 x 0.5 - 0.3 x 0.5 = 0.6 of the programme at p = 1.5 and v = 0.5; before the first look
 * 0.85; and 0 where less than nothing would be left. */
static void
activities_fall_with_pressure_and_vacancies(void **state)
{
    static const char *const c[] = {"0.5", "3"};
    static const double expected[] = {60, 0};
    struct trial trial;

    (void)state;
    for (int i = 0; i < 2; i++) {
        trial_open_text(&trial,
                        HELD("150", "100",
                             ", posts: 10") "pressure: {activities: {pressure: %s, vacancy: 0.3}}\n"
                                            "staff: {at_start: 50 %%, leavers: 0, recruiting: 200 "
                                            "y, absence: 5 %%, "
                                            "absence_pressure: 0.4}\n",
                        c[i]);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "activities", 0, 6), 85, 1e-6);
        assert_near(trial_value(&trial, "activities", 0, 7), expected[i], 1e-6);
        assert_near(trial_value(&trial, "absence", 0, 6), 5, 1e-6); /* and 5 % + 0.4 x 0.5 */
        assert_near(trial_value(&trial, "absence", 0, 7), 25, 1e-6);
        assert_near(trial_value(&trial, "staff_present", 0, 7), 5 * 0.75, 1e-6);
        trial_close(&trial);
    }
}

/* A house of 8 posts that is open from day 10 to before day 20; factors of houses; absence is at
 * most all of it. */
static void
a_facility_has_staff_while_it_is_open_and_houses_have_factors(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities: [{name: Prison, region: north, capacity: 100, posts: 10}, {name: "
                "House, region: north, kind: detention_house, capacity: 10, posts: 8, opens: "
                "2026-01-11, closes: 2026-01-21}]\n"
                "house_selection: {suitable: 1, screening: {fixed: {value: 1 d}}}\n"
                "intake: [{class: held, region: north, rate: 1 / y}]\n"
                "pathways: {held: [{phase: inside, status: convicted, stay: {fixed: {value: 30 d}},"
                " then: {released: 1}}]}\n"
                "record: [{place: facility, tick: day}]\n"
                "staff: {at_start: 50 %%, leavers: 0, recruiting: 200 y, absence: 10 %%, "
                "house_absence: 0.5}\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 30; day++) {
        bool open = day >= 10 && day < 20;
        assert_near(trial_at(&trial, AT_FACILITY, 1, "staff_in_service", 0, day), open ? 4 : 0, 0);
        assert_near(trial_at(&trial, AT_FACILITY, 1, "vacancies", 0, day), open ? 4 : 0, 0);
        assert_near(trial_at(&trial, AT_FACILITY, 1, "staff_present", 0, day), open ? 3.8 : 0,
                    1e-6);
        assert_near(trial_at(&trial, AT_FACILITY, 0, "staff_present", 0, day), 4.5, 1e-6);
    }
    trial_close(&trial);
}

/* Nobody leaves a house where its factor is 0; of ten in a prison, at a rate of 3 a year, nearly
 * all do within the 57 weeks. */
static void
houses_have_leavers_of_their_own(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities: [{name: Prison, region: north, capacity: 100, posts: 10}, {name: "
                "House, region: north, kind: detention_house, capacity: 10, posts: 10}]\n"
                "house_selection: {suitable: 1, screening: {fixed: {value: 1 d}}}\n"
                "intake: [{class: held, region: north, rate: 1 / y}]\n"
                "pathways: {held: [{phase: inside, status: convicted, stay: {fixed: {value: 30 d}},"
                " then: {released: 1}}]}\n"
                "record: [{place: facility, tick: year}]\n"
                "staff: {leavers: 3, recruiting: 200 y, absence: 0, house_leavers: 0}\n");
    trial_run(&trial, 0);
    assert_true(trial_at(&trial, AT_FACILITY, 0, "staff_left", 0, 0) >= 5);
    assert_near(trial_at(&trial, AT_FACILITY, 1, "staff_left", 0, 0), 0, 0);
    trial_close(&trial);
}

/* 90 % + 1 x 0.5 is more than everybody: nobody is there. */
static void
no_more_than_all_are_absent(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    HELD("150", "100", ", posts: 10") "staff: {leavers: 0, recruiting: 1 y, "
                                                      "absence: 90 %%, absence_pressure: 1}\n");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "absence", 0, 6), 90, 1e-6);
    assert_near(trial_value(&trial, "staff_present", 0, 6), 1, 1e-6);
    assert_near(trial_value(&trial, "absence", 0, 7), 100, 0);
    assert_near(trial_value(&trial, "staff_present", 0, 7), 0, 0);
    trial_close(&trial);
}

/* A person a day, 30 days inside and 20 at a desk (and 20 at one from home), on 40 places: 20 of 50
 * at desks (40 %), times occupancy 125 %, times c = 0.5 c. */
static void
a_loop_that_gains_one_or_more_is_refused(void **state)
{
    static const struct {
        const char *c;
        int status;
    } rows[] = {{"1.99", OK}, {"2", BAD_INPUT}, {"2.5", BAD_INPUT}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct trial trial;
        struct error err = {0};
        trial_open_text(
            &trial,
            "facilities: [{name: Prison, region: north, capacity: 40}]\n"
            "intake: [{class: held, region: north, rate: 1 / d}]\n"
            "desks: [{name: court, time: {exponential: {mean: 20 d}}}]\n"
            "pathways: {held: [{phase: inside, status: remand, stay: {exponential: {mean: 30 d}}, "
            "then: {paper: 1}}, {phase: paper, status: remand, desk: court, then: {home: 1}}, "
            "{phase: home, place: home, status: remand, desk: court, then: {released: 1}}]}\n"
            "pressure: {procedures: {pressure: %s}}\n",
            rows[i].c);
        struct loop_gain loop = plan_loop_gain(trial.plan);
        assert_near(loop.inside, 50, 1e-9);
        assert_near(loop.at_desks, 20, 1e-9);
        assert_near(loop.gain, 0.5 * strtod(rows[i].c, NULL), 1e-9);
        assert_int_equal(plan_check_loop(trial.plan, &err), rows[i].status);
        trial_close(&trial);
    }
}

/* Half a person a day, 60 days inside of which 40, its mean, in screening: 20 people; on 40 + 10
 * places. Whose sentence is shorter than screening is in it for all of that. */
static void
screening_is_part_of_the_loop(void **state)
{
    static const struct {
        const char *stay;
        double at_desks;
    } rows[] = {{"60 d", 20}, {"30 d", 15}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: Prison, region: north, capacity: 40}, {name: House, region: "
            "north, kind: detention_house, capacity: 10}]\n"
            "house_selection: {suitable: 1, screening: {exponential: {mean: 40 d}}}\n"
            "intake: [{class: held, region: north, rate: 0.5 / d}]\n"
            "pathways: {held: [{phase: inside, status: convicted, stay: {exponential: {mean: "
            "%s}}, then: {released: 1}}]}\n"
            "pressure: {procedures: {pressure: 2}}\n",
            rows[i].stay);
        struct loop_gain loop = plan_loop_gain(trial.plan);
        assert_near(loop.at_desks, rows[i].at_desks, 1e-9);
        assert_near(loop.gain, 2 * rows[i].at_desks / 50, 1e-9);
        trial_close(&trial);
    }
}

/* A replication has the absence and the posts that are drawn for it: all posts are filled. */
static void
what_is_drawn_for_a_replication_is_what_its_staff_have(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        HELD("3", "10",
             ", posts: 40") "staff: {leavers: 0, recruiting: 1 y, absence: 5 %%}\n"
                            "uncertain: {staff.absence: {uniform: {low: 5 %%, high: 15 %%}}, "
                            "'facilities[Prison].posts': {uniform: {low: 20, high: 60}}}\n");
    for (uint64_t r = 0; r < 5; r++) {
        trial_run(&trial, r);
        const double *drawn = trial.model->parameter;
        assert_near(trial_value(&trial, "absence", 0, 10), 100 * drawn[0], 0.05);
        assert_near(trial_value(&trial, "staff_in_service", 0, 10), round(drawn[1]), 0);
    }
    trial_close(&trial);
}

/* North's staff and incidents with and without a prison in the south that strikes and is full. */
static void
another_facility_changes_nothing_here(void **state)
{
    static const char *const others[] = {"",
                                         ", {name: Other, region: south, capacity: 1, posts: 20}"};
    struct trial trial[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        trial_open_text(&trial[i],
                        "regions: [south, north]\n"
                        "facilities: [{name: Prison, region: north, capacity: 100, posts: 50}%s]\n"
                        "intake: []\nstock: [{status: remand, count: 130, facility: Prison, fresh: "
                        "yes}]\n"
                        "pathways: {held: [{phase: inside, status: remand, stay: {fixed: {value: 9 "
                        "y}}, then: {released: 1}}]}\n"
                        "record: [{place: facility, tick: day}]\n"
                        "pressure: {incidents: {base: 2 / y, grow: 1}}\n"
                        "staff: {at_start: 70 %%, leavers: 1, recruiting: 50 d, absence: 8 %%}\n"
                        "strikes: [{from: 2026-02-01, until: 2026-03-01, share: 1, region: "
                        "south}]\n",
                        others[i]);
        trial_run(&trial[i], 0);
    }
    for (int32_t day = 0; day < 400; day++)
        for (int s = 0; s < 3; s++) {
            const char *series = (const char *[]){"incidents", "staff_present", "staff_left"}[s];
            assert_near(trial_at(&trial[1], AT_FACILITY, 0, series, 0, day),
                        trial_at(&trial[0], AT_FACILITY, 0, series, 0, day), 0);
        }
    trial_close(&trial[0]);
    trial_close(&trial[1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(incidents_happen_at_their_hazard_at_a_held_pressure),
        cmocka_unit_test(more_pressure_never_gives_fewer_incidents_in_a_week),
        cmocka_unit_test(staff_in_service_go_from_the_start_to_the_balance),
        cmocka_unit_test(a_strike_keeps_its_share_away_on_its_days_in_its_region),
        cmocka_unit_test(a_house_below_its_least_share_of_staff_takes_nobody),
        cmocka_unit_test(procedures_take_longer_by_pressure_and_vacancies),
        cmocka_unit_test(procedures_that_begin_in_custody_take_longer_too),
        cmocka_unit_test(screening_takes_longer_by_pressure),
        cmocka_unit_test(activities_fall_with_pressure_and_vacancies),
        cmocka_unit_test(a_facility_has_staff_while_it_is_open_and_houses_have_factors),
        cmocka_unit_test(houses_have_leavers_of_their_own),
        cmocka_unit_test(no_more_than_all_are_absent),
        cmocka_unit_test(screening_is_part_of_the_loop),
        cmocka_unit_test(what_is_drawn_for_a_replication_is_what_its_staff_have),
        cmocka_unit_test(another_facility_changes_nothing_here),
        cmocka_unit_test(a_loop_that_gains_one_or_more_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
