/* Who people are, what they go through, where they come from: the fields of people, classes,
 * pathways, desks, stock, intake and of time itself, one by one. Stays have a known length, so that
 * each day and number is known by hand; shares are those of 4000 people, within 4.5 standard
 * errors. */

#include "tests/support.h"

#include "tests/models.h"

#define ONE_PRISON     "facilities: [{name: A, region: north, capacity: 4000}]\n"
#define NOBODY_ARRIVES "intake: [{class: a, region: north, rate: 0 / d}]\n"
#define FOR_300_DAYS                                                                               \
    "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: {released: "     \
    "1}}]}\n"
#define MANY "stock: [{status: convicted, count: 4000, facility: A, fresh: yes}]\n"
#define TEN  "stock: [{status: convicted, count: 10, facility: A, fresh: yes}]\n"

/* Whoever comes to a desk comes to it a quarter of a day after the start, all at once. */
#define BEFORE "{phase: before, status: remand, stay: {fixed: 0.25 d}, then: {one: 1}},\n      "

static double
bound(double n, double share)
{
    return 4.5 * sqrt(n * share * (1 - share));
}

static void
shares_of_everybody_hold_where_a_class_says_nothing(void **state)
{
    static const struct {
        const char *fields;
        double women, no_residence;
    } cases[] = {{"", 0, 0},
                 {"people: {women: 30 %, no_residence: 20 %}\n", 0.3, 0.2},
                 {"classes: [{name: a, women: 40 %, no_residence: 10 %}]\n", 0.4, 0.1},
                 {"people: {women: 30 %, no_residence: 20 %}\n"
                  "classes: [{name: a, women: 40 %, no_residence: 10 %}]\n",
                  0.4, 0.1}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial, "%s" ONE_PRISON MANY NOBODY_ARRIVES FOR_300_DAYS, cases[i].fields);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "women", 0, 5), 4000 * cases[i].women,
                    bound(4000, cases[i].women));
        assert_near(trial_value(&trial, "no_residence", 0, 5), 4000 * cases[i].no_residence,
                    bound(4000, cases[i].no_residence));
        trial_close(&trial);
    }
}

static void
needs_ages_and_exclusions_have_their_shares(void **state)
{
    struct trial trial;
    double ages[AGE_BANDS] = {0}, excluded[EXCLUSIONS] = {0};
    static const double age_share[AGE_BANDS] = {0.2, 0, 0.5, 0, 0.3};

    (void)state;
    trial_open_text(&trial, "people: {needs: {none: 0.6, vulnerable: 0.3, addiction: 0.1},"
                            " ages: {under_25: 0.2, 35_49: 0.5, 60_over: 0.3},"
                            " exclusions: {sexual: 0.15, high_risk: 0.05}}\n" ONE_PRISON MANY
                                NOBODY_ARRIVES FOR_300_DAYS);
    model_begin(trial.model, 0);
    const struct site *site = &trial.model->site[0];
    assert_int_equal(site->used, 4000);
    for (uint32_t slot = 0; slot < site->used; slot++) {
        ages[site->person[slot].age]++;
        for (int i = 0; i < EXCLUSIONS; i++)
            excluded[i] += site->person[slot].exclusions >> i & 1;
    }
    for (int i = 0; i < AGE_BANDS; i++)
        assert_near(ages[i], 4000 * age_share[i], bound(4000, age_share[i]));
    assert_near(excluded[EXCLUSION_SEXUAL], 600, bound(4000, 0.15));
    assert_near(excluded[EXCLUSION_TERRORIST], 0, 0);
    assert_near(excluded[EXCLUSION_HIGH_RISK], 200, bound(4000, 0.05));
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "population_by_need", NEED_VULNERABLE, 5), 1200,
                bound(4000, 0.3));
    assert_near(trial_value(&trial, "population_by_need", NEED_ADDICTION, 5), 400,
                bound(4000, 0.1));
    trial_close(&trial);
}

/* Of a sentence of 200 days: a third is the least, two thirds for whoever repeats; the share that
 * is served is never below it. */
static void
a_sentence_is_served_to_a_share_and_never_below_the_least(void **state)
{
    static const struct {
        const char *class, *serve, *least;
        int day;
    } cases[] = {
        {"", "all", "", 200},
        {"", "share", "", 200},
        {", served: {fixed: 0.55}", "share", "", 110},
        {", served: {fixed: 0.55}", "all", "", 200},
        {", served: {fixed: 0.1}", "share", "earliest_share: 0.305\n", 61},
        {", served: {fixed: 0.1}", "earliest", "earliest_share: 0.305\n", 61},
        {", repeat: 1", "earliest", "earliest_share: 0.305\n", 61},
        {", repeat: 1", "earliest", "earliest_share: 0.305\nearliest_share_repeat: 0.665\n", 133},
        {"", "earliest", "earliest_share: 0.305\nearliest_share_repeat: 0.665\n", 61},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            ONE_PRISON TEN NOBODY_ARRIVES
            "classes: [{name: a, sentence: {fixed: 200.5 d}%s}]\n%s"
            "pathways: {a: [{phase: one, status: convicted, serve: %s, then: {released: 1}}]}\n",
            cases[i].class, cases[i].least, cases[i].serve);
        trial_run(&trial, 0);
        if (trial_value(&trial, "releases", 0, cases[i].day) != 10)
            fail_msg("case %zu: not all are released on day %d", i, cases[i].day);
        trial_close(&trial);
    }
}

/* One place at a desk, a case of 3.5 days each: the class that comes first in waiting lists has its
 * ten cases done by day 35, the other by day 70. */
static void
priority_comes_first_at_a_desk(void **state)
{
    static const struct {
        const char *classes;
        uint32_t first, second; /* exits, out_a and out_b */
    } cases[] = {{"[{name: a, priority: 0}, {name: b, priority: 3}]", 0, 1},
                 {"[{name: a, priority: 3}, {name: b, priority: 0}]", 1, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        double first = 0, second = 0;
        trial_open_text(
            &trial,
            "exits: [out_a, out_b]\n" ONE_PRISON "classes: %s\ndesks: [{name: court, time: {fixed: "
            "3.5 d}, places: 1, serves: facility}]\n"
            "stock: [{status: remand, class: a, phase: before, count: 10, facility: A, fresh: yes},"
            " {status: remand, class: b, phase: before, count: 10, facility: A, fresh: "
            "yes}]\n" NOBODY_ARRIVES "pathways: {a: [" BEFORE
            "{phase: one, status: remand, desk: court, then: {out_a: 1}}],\n"
            "  b: [" BEFORE "{phase: one, status: remand, desk: court, then: {out_b: 1}}]}\n",
            cases[i].classes);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 36; day++) {
            first += trial_value(&trial, "releases", cases[i].first, day);
            second += trial_value(&trial, "releases", cases[i].second, day);
        }
        /* one case may have begun before the other class asked */
        assert_true(first >= 9 && second <= 1);
        assert_int_equal(first + second, 10);
        assert_int_equal(trial_sum(&trial, "releases", 0) + trial_sum(&trial, "releases", 1), 20);
        trial_close(&trial);
    }
}

/* Two facilities with two people each; a case takes ten days and a half. With two places for the
 * nation, the region or each facility; without a limit. */
static void
places_at_a_desk_are_those_of_the_nation_a_region_or_a_facility(void **state)
{
    static const struct {
        const char *desk;
        int at_once;
    } cases[] = {{"", 4},
                 {", places: 1", 1},
                 {", places: 1, serves: nation", 1},
                 {", places: 1, serves: region", 1},
                 {", places: 1, serves: facility", 2},
                 {", places: 3", 3}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: A, region: north, capacity: 5}, {name: B, region: north, "
            "capacity: 5}]\n"
            "desks: [{name: court, time: {fixed: 10.5 d}%s}]\n"
            "stock: [{status: remand, class: a, phase: before, count: 2, facility: A, fresh: yes},"
            " {status: remand, class: a, phase: before, count: 2, facility: B, fresh: "
            "yes}]\n" NOBODY_ARRIVES "pathways: {a: [" BEFORE
            "{phase: one, status: remand, desk: court, then: {released: 1}}]}\n",
            cases[i].desk);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "at_desk", 0, 5), 4, 0);
        assert_near(trial_value(&trial, "desk_queue", 0, 5), 4 - cases[i].at_once, 0);
        assert_int_equal(trial_sum(&trial, "releases", 0), 4);
        trial_close(&trial);
    }
}

/* From Thursday 1 January 2026, 6 h, on, 2.5 days end on Saturday; on working days on Monday the
 * 5th. */
static void
a_desk_that_keeps_working_days_ends_no_case_at_the_weekend(void **state)
{
    struct trial trial;

    (void)state;
    for (int working = 0; working < 2; working++) {
        trial_open_text(&trial,
                        ONE_PRISON
                        "desks: [{name: court, time: {fixed: 2.5 d}%s}]\n"
                        "stock: [{status: remand, class: a, phase: before, count: 10, facility: A, "
                        "fresh: yes}]\n" NOBODY_ARRIVES "pathways: {a: [" BEFORE
                        "{phase: one, status: remand, desk: court, then: {released: 1}}]}\n",
                        working == 1 ? ", working_days: yes" : "");
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "releases", 0, working == 1 ? 4 : 2), 10);
        trial_close(&trial);
    }
}

static void
a_phase_happens_inside_at_home_or_outside(void **state)
{
    static const struct {
        const char *where, *series;
    } cases[] = {
        {"", "population"}, {", place: home", "at_home"}, {", place: outside", "waiting_outside"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        ONE_PRISON "stock: [{status: convicted, class: a, phase: one, region: "
                                   "north, count: 10, fresh: yes}]\n" NOBODY_ARRIVES
                                   "pathways: {a: [{phase: one, status: convicted, stay: {fixed: "
                                   "300.5 d}%s, then: {released: 1}}]}\n",
                        cases[i].where);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, cases[i].series, i == 0 ? STATUS_CONVICTED : 0, 5), 10, 0);
        assert_near(trial_value(&trial, "population", STATUS_CONVICTED, 5), i == 0 ? 10 : 0, 0);
        trial_close(&trial);
    }
}

/* A phase of ten days that happens in a unit with room for three: seven wait where they are, and
 * three by three. */
static void
a_phase_in_a_unit_waits_for_its_places(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities: [{name: A, region: north, capacity: 20},"
                " {name: Unit, region: north, capacity: 3, when_full: wait, entry: 0}]\n"
                "stock: [{status: remand, class: a, phase: remand, count: 10, facility: A, fresh: "
                "yes}]\n" NOBODY_ARRIVES "pathways: {a: [{phase: remand, status: remand, stay: "
                "{fixed: 5.5 d}, then: {treated: 1}},\n"
                "  {phase: treated, status: remand, facility: Unit, stay: {fixed: 100.5 d}, then: "
                "{released: 1}}]}\n"
                "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n");
    trial_run(&trial, 0);
    uint32_t unit = trial_facility(&trial, "Unit");
    assert_near(trial_at(&trial, AT_FACILITY, unit, "population", STATUS_REMAND, 4), 0, 0);
    for (int32_t day = 10; day < 300; day += 50)
        assert_near(trial_at(&trial, AT_FACILITY, unit, "population", STATUS_REMAND, day), 3, 0);
    assert_int_equal(trial_sum(&trial, "releases", 0), 9); /* the tenth is there from day 307 on */
    trial_close(&trial);
}

/* A unit that refuses when it is full: three get in, seven go on to what `refused` says. */
static void
whom_a_full_unit_refuses_goes_on_elsewhere(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "exits: [released, sent_away]\nfacilities: [{name: A, region: north, capacity: 20},"
                " {name: Unit, region: north, capacity: 3, when_full: refuse, entry: 0}]\n"
                "stock: [{status: remand, class: a, phase: remand, count: 10, facility: A, fresh: "
                "yes}]\n" NOBODY_ARRIVES "pathways: {a: [{phase: remand, status: remand, stay: "
                "{fixed: 5.5 d}, then: {treated: 1}},\n"
                "  {phase: treated, status: remand, facility: Unit, refused: sent_away, stay: "
                "{fixed: 100.5 d}, "
                "then: {released: 1}}]}\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_sum(&trial, "releases", 0), 3);
    assert_int_equal(trial_sum(&trial, "releases", 1), 7);
    trial_close(&trial);
}

/* A clock of 50.5 days beside a stay of 300.5: what rings first ends the phase. */
static void
a_competing_clock_ends_the_phase_when_it_rings_first(void **state)
{
    static const int after[] = {50, 350};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "exits: [released, deported]\n" ONE_PRISON TEN NOBODY_ARRIVES
            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, "
            "then: {released: 1}, clocks: [{to: deported, after: {fixed: %d.5 d}}]}]}\n",
            after[i]);
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "releases", 1, 50), i == 0 ? 10 : 0);
        assert_int_equal(trial_value(&trial, "releases", 0, 300), i == 0 ? 0 : 10);
        trial_close(&trial);
    }
}

/* Ten of class b, in its second phase, of the south, in S. */
static void
the_stock_is_of_the_class_phase_region_and_facility_that_it_says(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "regions: [north, south]\n"
        "facilities: [{name: N, region: north, capacity: 50}, {name: M, region: north, capacity: "
        "50},"
        " {name: S, region: south, capacity: 50}]\n"
        "stock: [{status: convicted, class: b, count: 10, facility: M},"
        " {status: convicted, class: a, phase: second, count: 7, region: south}]\n"
        "intake: [{class: a, region: north, rate: 0 / d}, {class: b, region: north, rate: 0 / d}]\n"
        "pathways: {a: [{phase: first, status: convicted, stay: {fixed: 9000 d}, then: {second: "
        "1}},\n"
        "  {phase: second, status: convicted, stay: {fixed: 9000 d}, then: {released: 1}}],\n"
        "  b: [{phase: only, status: convicted, stay: {fixed: 9000 d}, then: {released: 1}}]}\n"
        "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n");
    trial_run(&trial, 0);
    assert_near(trial_at(&trial, AT_FACILITY, trial_facility(&trial, "M"), "population",
                         STATUS_CONVICTED, 5),
                10, 0);
    assert_near(trial_at(&trial, AT_FACILITY, trial_facility(&trial, "S"), "population",
                         STATUS_CONVICTED, 5),
                7, 0);
    assert_int_equal(trial_value(&trial, "total_initial", 0, 0), 7);
    assert_int_equal(trial_value(&trial, "total_initial", 1, 0), 10);
    assert_near(trial_value(&trial, "in_phase", 0, 5), 0, 0);
    assert_near(trial_value(&trial, "in_phase", 1, 5), 7, 0);
    assert_near(trial_value(&trial, "in_phase", 2, 5), 10, 0);
    trial_close(&trial);
}

/* At the beginning of 300.5 days nobody leaves before; met on a random day of it, the time left is
 * uniform, and 10 of 4000 leave in three quarters of a day. */
static void
a_fresh_stock_is_at_the_beginning_of_its_phase(void **state)
{
    struct trial trial;
    double left[2] = {0};

    (void)state;
    for (int fresh = 0; fresh < 2; fresh++) {
        trial_open_text(
            &trial,
            ONE_PRISON
            "stock: [{status: convicted, count: 4000, facility: A, fresh: %s}]\n" NOBODY_ARRIVES
                FOR_300_DAYS,
            fresh == 1 ? "yes" : "no");
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 100; day++)
            left[fresh] += trial_value(&trial, "releases", 0, day);
        trial_close(&trial);
    }
    assert_near(left[1], 0, 0);
    assert_near(left[0], 4000 * 100 / 300.5, bound(4000, 100 / 300.5));
}

#define ARRIVE(fields)                                                                             \
    "facilities: [{name: A, region: north, capacity: 100000}]\n" FOR_300_DAYS                      \
    "intake: [{class: a, region: north, rate: 100 / d" fields "}]\n"

/* 2026-01-01 is a Thursday: nobody comes on Sundays, days 3, 10, ...; nor in February. */
static void
intake_follows_weekdays_and_months(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, ARRIVE(", weekdays: [1, 1, 1, 1, 1, 1, 0],"
                                   " months: [1, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]"));
    trial_run(&trial, 0);
    double january = 0, march = 0;
    for (int32_t day = 0; day < 90; day++) {
        double came = trial_value(&trial, "arrivals", 0, day);
        if (day % 7 == 3 || (day >= 31 && day < 59))
            assert_near(came, 0, 0);
        else
            assert_true(came > 40);
        january += day < 28 ? came : 0;
        march += day >= 59 && day < 87 ? came : 0;
    }
    /* 24 days that are no Sundays of each: at 100 a day and at 200 */
    assert_near(january, 2400, 4.5 * sqrt(2400));
    assert_near(march, 4800, 4.5 * sqrt(4800));
    trial_close(&trial);
}

/* A rate of 100 a day that grows by half a year: over the 400 days 100 x 365.25 / log 1.5 x
 * (1.5^(400 / 365.25) - 1). */
static void
intake_grows_by_its_trend(void **state)
{
    struct trial trial;
    double expected = 100 * 365.25 / log(1.5) * (pow(1.5, 400 / 365.25) - 1);

    (void)state;
    trial_open_text(&trial, ARRIVE(", trend: 0.5"));
    trial_run(&trial, 0);
    assert_near(trial_sum(&trial, "arrivals", 0), expected, 4.5 * sqrt(expected) + 100 * 0.5);
    trial_close(&trial);
}

static void
a_level_by_date_is_a_factor_on_all_intake(void **state)
{
    struct trial trial;
    double before = 0, after = 0;

    (void)state;
    trial_open_text(&trial, ARRIVE("") "intake_level: {2026-01-01: 0.5, 2026-02-01: 0}\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++)
        *(day < 31 ? &before : &after) += trial_value(&trial, "arrivals", 0, day);
    assert_near(before, 31 * 50, 4.5 * sqrt(31 * 50));
    assert_near(after, 0, 0);
    trial_close(&trial);
}

/* Whoever is bound to a facility enters at the very moment; others are in custody until the next
 * round, half a day on the average of a day's, an eighth of rounds of a quarter of a day. 100 a
 * day: 50 and 12.5 in custody at any time. */
static void
arrivals_wait_in_custody_for_the_round_unless_bound_to_a_facility(void **state)
{
    static const struct {
        const char *round, *bound;
        double custody;
    } cases[] = {{"1 d", "", 50}, {"0.25 d", "", 12.5}, {"1 d", ", facility: A", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "round: %s\nfacilities: [{name: A, region: north, capacity: 100000}]\n" FOR_300_DAYS
            "intake: [{class: a, region: north, rate: 100 / d%s}]\n",
            cases[i].round, cases[i].bound);
        trial_run(&trial, 0);
        /* a day's custody is a sum of uniform waits of a Poisson number: variance 100 w^2 / 3, over
         * 400 days */
        double longest = cases[i].custody / 50;
        assert_near(trial_mean(&trial, "custody", 0), cases[i].custody,
                    4.5 * sqrt(100 * longest * longest / 3 / 400));
        trial_close(&trial);
    }
}

/* The result begins after the warm-up: of 300.5 days that begin with it, the last 200.5 lie in the
 * result. */
static void
a_warm_up_is_left_out_of_the_result(void **state)
{
    struct trial trial;

    (void)state;
    for (int warm = 0; warm < 2; warm++) {
        trial_open_text(&trial, "%s" ONE_PRISON TEN NOBODY_ARRIVES FOR_300_DAYS,
                        warm == 1 ? "warm_up: 100 d\n" : "");
        trial_run(&trial, 0);
        assert_int_equal(trial.plan->keep[AT_NATION].rows, 400);
        assert_int_equal(trial_value(&trial, "releases", 0, warm == 1 ? 200 : 300), 10);
        trial_close(&trial);
    }
}

static void
exits_have_the_names_and_the_order_that_the_scenario_gives(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "exits: [deported, free]\n" ONE_PRISON TEN NOBODY_ARRIVES
                    "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, "
                    "then: {free: 1}}]}\n");
    trial_run(&trial, 0);
    assert_int_equal(trial.plan->exits, 2);
    assert_int_equal(trial_sum(&trial, "releases", 0), 0);
    assert_int_equal(trial_sum(&trial, "releases", 1), 10);
    trial_close(&trial);
}

/* Other seeds and other replications are other people; the same are the same. */
static void
the_seed_and_the_replication_name_the_random_numbers(void **state)
{
    double sum[3][2];

    (void)state;
    for (int run = 0; run < 3; run++) {
        struct trial trial;
        trial_open_text(&trial, "%s" ARRIVE(""), run == 1 ? "seed: 2\n" : "seed: 1\n");
        for (uint64_t r = 0; r < 2; r++) {
            trial_run(&trial, r);
            sum[run][r] = trial_sum(&trial, "arrivals", 0);
        }
        trial_close(&trial);
    }
    assert_true(sum[0][0] == sum[2][0] && sum[0][1] == sum[2][1]);
    assert_true(sum[0][0] != sum[1][0] && sum[0][1] != sum[1][1] && sum[0][0] != sum[0][1]);
}

static void
the_scenario_says_how_many_replications_and_which_series_are_kept(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, ONE_PRISON TEN NOBODY_ARRIVES FOR_300_DAYS
                    "record: [{place: nation, tick: month, series: [population, releases]}]\n");
    trial_run(&trial, 0);
    assert_int_equal(trial.scenario.replications, 1);
    assert_non_null(record_kept(trial.model, 1));
    assert_null(record_kept(trial.model, 2));
    assert_int_equal(trial.plan->keep[AT_NATION].rows, 14);      /* January 2026 to February 2027 */
    assert_int_equal(trial_value(&trial, "releases", 0, 9), 10); /* 28 October is day 300 */
    trial_close(&trial);
}

/* Ten wait for a prison for sentences from the start: so many are moved in a round, and nobody with
 * less time left than the rule asks for. */
static void
allocation_moves_so_many_a_round_and_nobody_near_the_end(void **state)
{
    static const struct {
        const char *fields;
        int first_day, all;
    } cases[] = {{"first: date", 10, 10},
                 {"moves: 3", 3, 10},
                 {"least_left: 300 d", 10, 10},
                 {"least_left: 301 d", 0, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        double first = 0;
        trial_open_text(
            &trial,
            "facilities: [{name: A, region: north, capacity: 20, use: arrest},"
            " {name: S, region: north, capacity: 20, use: sentences}]\n" TEN NOBODY_ARRIVES
                FOR_300_DAYS "allocation: {%s}\n",
            cases[i].fields);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 2 && first == 0; day++)
            first = trial_value(&trial, "moves_allocation", 0, day);
        assert_int_equal(first, cases[i].first_day);
        assert_int_equal(trial_sum(&trial, "moves_allocation", 0), cases[i].all);
        trial_close(&trial);
    }
}

/* One place for sentences, in the south, from 1 March (day 59) on. The north's person waits since
 * day 0, the south's since day 10: by date the north comes first, unless a region's own people do.
 */
static void
allocation_goes_by_date_or_its_region_first(void **state)
{
    static const char *const first[] = {"date", "region"};

    (void)state;
    for (int region = 0; region < 2; region++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "regions: [north, south]\n"
            "facilities: [{name: A, region: north, capacity: 20}, {name: B, region: south, "
            "capacity: 20},"
            " {name: S, region: south, capacity: {2026-01-01: 0, 2026-03-01: 1}, use: sentences}]\n"
            "stock: [{status: convicted, class: a, count: 1, facility: A, fresh: yes},"
            " {status: remand, class: b, count: 1, facility: B, fresh: yes}]\n"
            "intake: [{class: a, region: north, rate: 0 / d}, {class: b, region: south, rate: 0 / "
            "d}]\n"
            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: "
            "{released: 1}}],\n"
            "  b: [{phase: remand, status: remand, stay: {fixed: 10 d}, then: {one: 1}},\n"
            "      {phase: one, status: convicted, stay: {fixed: 300.5 d}, then: {released: 1}}]}\n"
            "record: [{place: nation, tick: day}, {place: region, tick: day}]\n"
            "allocation: {first: %s}\n",
            first[region]);
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "moves_allocation", 0, 59), 1);
        assert_near(trial_at(&trial, AT_REGION, 0, "population", STATUS_CONVICTED, 65), region, 0);
        trial_close(&trial);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_of_everybody_hold_where_a_class_says_nothing),
        cmocka_unit_test(needs_ages_and_exclusions_have_their_shares),
        cmocka_unit_test(a_sentence_is_served_to_a_share_and_never_below_the_least),
        cmocka_unit_test(priority_comes_first_at_a_desk),
        cmocka_unit_test(places_at_a_desk_are_those_of_the_nation_a_region_or_a_facility),
        cmocka_unit_test(a_desk_that_keeps_working_days_ends_no_case_at_the_weekend),
        cmocka_unit_test(a_phase_happens_inside_at_home_or_outside),
        cmocka_unit_test(a_phase_in_a_unit_waits_for_its_places),
        cmocka_unit_test(whom_a_full_unit_refuses_goes_on_elsewhere),
        cmocka_unit_test(a_competing_clock_ends_the_phase_when_it_rings_first),
        cmocka_unit_test(the_stock_is_of_the_class_phase_region_and_facility_that_it_says),
        cmocka_unit_test(a_fresh_stock_is_at_the_beginning_of_its_phase),
        cmocka_unit_test(intake_follows_weekdays_and_months),
        cmocka_unit_test(intake_grows_by_its_trend),
        cmocka_unit_test(a_level_by_date_is_a_factor_on_all_intake),
        cmocka_unit_test(arrivals_wait_in_custody_for_the_round_unless_bound_to_a_facility),
        cmocka_unit_test(a_warm_up_is_left_out_of_the_result),
        cmocka_unit_test(exits_have_the_names_and_the_order_that_the_scenario_gives),
        cmocka_unit_test(the_seed_and_the_replication_name_the_random_numbers),
        cmocka_unit_test(the_scenario_says_how_many_replications_and_which_series_are_kept),
        cmocka_unit_test(allocation_moves_so_many_a_round_and_nobody_near_the_end),
        cmocka_unit_test(allocation_goes_by_date_or_its_region_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
