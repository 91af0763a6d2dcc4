/* Measures of all kinds, each in a system of a few people or with a closed form: who goes where,
 * how many at a time, for how long, and that nobody is lost. */

#include "tests/support.h"

#include "tests/models.h"

#define NOBODY_ARRIVES "intake: [{class: a, region: north, rate: 0 / d}]\n"
#define ONE_PRISON     "facilities: [{name: N, region: north, capacity: 100}]\n"
#define STAY(days)                                                                                 \
    "pathways: {a: [{phase: sentence, status: convicted, stay: {fixed: " days "}, then: "          \
    "{released: 1}}]}\n"
#define PEOPLE(count) "stock: [{status: convicted, count: " count ", facility: N, fresh: yes}]\n"

static double
held(const struct trial *trial, uint32_t measure, int32_t day)
{
    return trial_value(trial, "measure_people", measure, day);
}

/* Nobody is lost: of each class, who was there or came is somewhere, or has left. */
static void
assert_conserved(const struct trial *trial)
{
    int32_t row = trial->plan->keep[AT_NATION].rows - 1;

    for (uint32_t class = 0; class < trial->plan->classes; class ++)
        assert_int_equal(trial_value(trial, "total_initial", class, row) +
                             trial_value(trial, "total_arrived", class, row),
                         trial_value(trial, "total_inside", class, row) +
                             trial_value(trial, "total_centres", class, row) +
                             trial_value(trial, "total_elsewhere", class, row) +
                             trial_value(trial, "total_released", class, row) +
                             trial_value(trial, "total_refused", class, row));
}

/* 110 and 90 people on 100 beds each, floor sleepers to 5: five leave, all from the first. */
static void
enough_takes_as_many_as_needed_where_they_are_needed(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: A, region: north, capacity: 100}, {name: B, region: "
        "north, capacity: 100}]\n"
        "stock: [{status: convicted, count: 110, facility: A, fresh: yes},"
        " {status: convicted, count: 90, facility: B, fresh: yes}]\n" NOBODY_ARRIVES STAY(
            "300.5 d") "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n"
                       "measures: [{name: m, forward: 3 y, looks_at: floor_sleepers, on: 5, off: "
                       "5, "
                       "enough: yes}]\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_value(&trial, "releases", 0, 1), 5);
    assert_int_equal(trial_sum(&trial, "measure_taken", 0), 5);
    assert_int_equal(trial_at(&trial, AT_FACILITY, trial_facility(&trial, "A"), "population", 1, 2),
                     105);
    assert_int_equal(trial_at(&trial, AT_FACILITY, trial_facility(&trial, "B"), "population", 1, 2),
                     90);
    trial_close(&trial);
}

#define CROWDED                                                                                    \
    "facilities: [{name: N, region: north, capacity: 800}]\n" PEOPLE("1000")                       \
        NOBODY_ARRIVES STAY("300.5 d")
#define TO_120 "forward: 3 y, on: 121 %%, off: 120 %%, enough: yes"

/* 1,000 on 800 places, to 120 %: 40 leave, under one measure or under two together. */
static void
two_measures_take_enough_together(void **state)
{
    static const struct {
        const char *measures;
        int first, second;
    } cases[] = {
        {"[{name: m, " TO_120 "}, {name: other, from: 2028-01-01, forward: 1 d}]", 40, 0},
        {"[{name: m, total: 15, " TO_120 "}, {name: other, " TO_120 "}]", 15, 25},
        {"[{name: m, " TO_120 "}, {name: other, " TO_120 "}]", 40, 0},
        {"[{name: m, kind: electronic_monitoring, called_back: no, total: 15, on: 121 %%, off: 120 "
         "%%, enough: yes}, {name: other, " TO_120 "}]",
         15, 25},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048];
        struct trial trial;
        snprintf(text, sizeof text, "%smeasures: %s\n", CROWDED, cases[i].measures);
        trial_open_text(&trial, text, "");
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "measure_taken", 0, 1), cases[i].first);
        assert_int_equal(trial_value(&trial, "measure_taken", 1, 1), cases[i].second);
        assert_int_equal(trial_value(&trial, "population", 1, 2), 960);
        assert_int_equal(trial_sum(&trial, "measure_taken", 0), cases[i].first);
        assert_conserved(&trial);
        trial_close(&trial);
    }
}

/* 30 of the 1,000 leave on day 1 anyway: ten more are enough. */
static void
who_leaves_that_day_anyway_is_counted(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: N, region: north, capacity: 800}]\n"
        "stock: [{status: convicted, class: a, count: 970, facility: N, fresh: yes},"
        " {status: convicted, class: b, count: 30, facility: N, fresh: yes}]\n" NOBODY_ARRIVES
        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: {released: "
        "1}}],\n"
        "  b: [{phase: one, status: convicted, stay: {fixed: 1.5 d}, then: {released: 1}}]}\n"
        "measures: [{name: m, " TO_120 "}]\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_value(&trial, "measure_taken", 0, 1), 10);
    assert_int_equal(trial_value(&trial, "releases", 0, 1), 40);
    assert_int_equal(trial_sum(&trial, "measure_taken", 0), 10);
    trial_close(&trial);
}

/* A week out, a week in: half of the beds are in use and nobody has left. Of 101 the one more is
 * out in the first week and in in the next. */
static void
leave_by_turns_halves_beds_not_people(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        ONE_PRISON PEOPLE("101") NOBODY_ARRIVES STAY(
            "300.5 d") "measures: [{name: m, kind: extended_leave, in_turn: yes, turn: 7 d, "
                       "called_back: yes, from: 2026-01-11, until: 2026-04-11}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 300; day++) {
        bool on = day >= 10 && day < 100;
        double out = !on ? 0 : (day - 10) / 7 % 2 == 0 ? 51 : 50;
        assert_near(trial_value(&trial, "at_home", 0, day), out, 0);
        assert_near(trial_value(&trial, "population", 1, day), 101 - out, 0);
        assert_near(trial_value(&trial, "in_phase", 0, day), 101, 0);
        assert_near(held(&trial, 0, day), on ? 101 : 0, 0);
    }
    assert_int_equal(trial_value(&trial, "releases", 0, 300), 101);
    assert_int_equal(trial_sum(&trial, "entries", 0), 0);
    assert_conserved(&trial);
    trial_close(&trial);
}

/* Days on leave count as served: the release is on day 300, whether they come back or not. */
static void
leave_until_release_or_called_back(void **state)
{
    static const struct {
        const char *back;
        int at_home, returns;
    } cases[] = {{"yes", 0, 10}, {"no", 10, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            ONE_PRISON
            "classes: [{name: a, sentence: {fixed: 300.5 d}}]\n"
            "stock: [{status: convicted, class: a, phase: one, count: 10, facility: N, fresh: "
            "yes}]\n" NOBODY_ARRIVES
            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 50.5 d}, then: {two: "
            "1}},\n"
            "  {phase: two, status: convicted, serve: all, then: {released: 1}}]}\n"
            "measures: [{name: m, kind: extended_leave, called_back: %s, from: 2026-01-11, until: "
            "2026-04-11}]\n",
            cases[i].back);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "at_home", 0, 9), 0, 0);
        assert_near(trial_value(&trial, "at_home", 0, 10), 10, 0);
        assert_near(trial_value(&trial, "at_home", 0, 99), 10, 0);
        assert_near(trial_value(&trial, "at_home", 0, 100), cases[i].at_home, 0);
        assert_int_equal(trial_value(&trial, "returns", 0, 100), cases[i].returns);
        assert_int_equal(trial_value(&trial, "releases", 0, 300), 10);
        assert_int_equal(trial_sum(&trial, "measure_releases", 0), cases[i].at_home);
        assert_conserved(&trial);
        trial_close(&trial);
    }
}

/* E min(N, c) of a Poisson N. */
static double
mean_of_least(double mean, int c)
{
    double p = exp(-mean), sum = 0;

    for (int n = 0; n < 10 * c; n++) {
        sum += p * (n < c ? n : c);
        p *= mean / (n + 1);
    }
    return sum;
}

/* Sentences run inside and outside alike, so the people under one are those of M/M/infinity, N of
 * them at a round; min(N, c) have a bracelet from then on, and e^(-t/m) of these t later. What is
 * not under the measure waits for it, but for who is in custody until the round. */
static void
bracelets_are_in_use_as_the_formula_says(void **state)
{
    enum { RUNS = 300, C = 95 };
    const double a = 100, m = 50;
    double sum = 0, squares = 0;
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "horizon: 60 d\nwarm_up: 700 d\n"
                    "facilities: [{name: N, region: north, capacity: 100}]\n"
                    "intake: [{class: a, region: north, rate: 2 / d}]\n"
                    "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 50 d}, "
                    "then: {released: 1}}]}\n"
                    "measures: [{name: m, kind: electronic_monitoring, called_back: yes, at_once: "
                    "95, from: 2020-01-01}]\n");
    for (uint64_t r = 0; r < RUNS; r++) {
        trial_run(&trial, r);
        double mean = trial_mean(&trial, "measure_people", 0);
        sum += mean;
        squares += mean * mean;
        for (int32_t day = 0; day < 60; day++) {
            assert_true(held(&trial, 0, day) <= C);
            assert_near(held(&trial, 0, day) + trial_value(&trial, "measure_waiting", 0, day) +
                            trial_value(&trial, "custody", 0, day),
                        trial_value(&trial, "in_phase", 0, day), 1e-4);
        }
    }
    double mean = sum / RUNS, error = sqrt((squares / RUNS - mean * mean) / (RUNS - 1));
    assert_near(mean, mean_of_least(a, C) * m * (1 - exp(-1 / m)), 4.5 * error);
    trial_close(&trial);
}

/* One bracelet for three whose sentences end on days 5.5, 8.5 and 20.5, least left first: from day
 * 1, from day 6 and from day 9, so they waited 1, 6 and 9 days. */
static void
a_bracelet_goes_to_the_next_as_it_is_free(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "horizon: 60 d\n" ONE_PRISON
        "stock: [{status: convicted, class: a, count: 1, facility: N, fresh: yes},"
        " {status: convicted, class: b, count: 1, facility: N, fresh: yes},"
        " {status: convicted, class: c, count: 1, facility: N, fresh: yes}]\n" NOBODY_ARRIVES
        "pathways: {c: [{phase: one, status: convicted, stay: {fixed: 5.5 d}, then: {released: "
        "1}}],\n"
        "  b: [{phase: one, status: convicted, stay: {fixed: 8.5 d}, then: {released: 1}}],\n"
        "  a: [{phase: one, status: convicted, stay: {fixed: 20.5 d}, then: {released: 1}}]}\n"
        "measures: [{name: m, kind: electronic_monitoring, at_once: 1, order: least_left, "
        "called_back: yes, from: 2026-01-01}]\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_sum(&trial, "measure_taken", 0), 3);
    assert_near(trial_sum(&trial, "measure_wait", 0), 1 + 6 + 9, 0);
    assert_near(trial_value(&trial, "measure_waiting", 0, 3), 2, 0);
    assert_near(held(&trial, 0, 8), 0.5, 1e-6);
    assert_near(held(&trial, 0, 9), 1, 0);
    assert_near(trial_sum(&trial, "at_home", 0), 4.5 + 2.5 + 11.5, 1e-4);
    assert_int_equal(trial_sum(&trial, "measure_releases", 0), 3);
    assert_conserved(&trial);
    trial_close(&trial);
}

/* On day 10 one is taken: whose phase began first (on day 3, remand), or who has served longest
 * (since day 0, in a phase that began on day 5.5), or has the least time left. */
static void
the_order_says_who_comes_first(void **state)
{
    static const struct {
        const char *order, *stay;
        int convicted;
    } cases[] = {{"in_turn", "40", 1},
                 {"longest_served", "40", 0},
                 {"least_left", "40", 0},
                 {"least_left", "10", 1}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            ONE_PRISON
            "stock: [{status: remand, class: a, count: 1, facility: N, fresh: yes}]\n"
            "intake: [{class: b, region: north, rate: {2026-01-01: 0 / d, 2026-01-04: 20 / d, "
            "2026-01-05: 0 / d}}]\n"
            "pathways: {a: [{phase: zero, status: remand, stay: {fixed: 5.5 d}, then: {one: 1}},"
            " {phase: one, status: convicted, stay: {fixed: 30 d}, then: {released: 1}}],\n"
            "  b: [{phase: one, status: remand, stay: {fixed: %s d}, then: {released: 1}}]}\n"
            "measures: [{name: m, kind: electronic_monitoring, at_once: 1, order: %s, called_back: "
            "yes, from: 2026-01-11}]\n",
            cases[i].stay, cases[i].order);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "measure_people", 0, 10), 1, 0);
        assert_near(trial_value(&trial, "population", 1, 10), cases[i].convicted, 0);
        trial_close(&trial);
    }
}

/* 30 people; 15 seats, or as many as the rented place has: reached and not passed. */
static void
seats_are_reached_and_not_passed(void **state)
{
    static const struct {
        const char *limit;
        int seats;
    } cases[] = {{"at_once: 15, ", 15}, {"", 20}, {"at_once: 25, ", 20}, {"total: 3, ", 3}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: N, region: north, capacity: 100}, {name: Rented, "
            "kind: rented, region: north, capacity: 20}]\n" PEOPLE("30")
                NOBODY_ARRIVES STAY("300.5 d") "measures: [{name: m, kind: transfer_out, to: "
                                               "Rented, %scalled_back: yes, "
                                               "from: 2026-01-11, until: 2026-04-11}]\n",
            cases[i].limit);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 300; day++)
            assert_near(held(&trial, 0, day), day >= 10 && day < 100 ? cases[i].seats : 0, 0);
        assert_near(trial_mean(&trial, "population", 1), 30 * 300.5 / 400, 1e-4);
        assert_int_equal(trial_value(&trial, "releases", 0, 300), 30);
        assert_conserved(&trial);
        trial_close(&trial);
    }
}

/* Abroad they are no part of the population; the sentence runs. */
static void
abroad_is_outside_the_count(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        ONE_PRISON PEOPLE("30") NOBODY_ARRIVES STAY(
            "300.5 d") "measures: [{name: m, kind: transfer_out, a_day: 4, called_back: yes, from: "
                       "2026-01-11, until: 2026-04-11}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 300; day++) {
        int abroad = day < 10 || day >= 100 ? 0 : 4 * (day - 9);
        abroad = abroad > 30 ? 30 : abroad;
        assert_near(trial_value(&trial, "abroad", 0, day), abroad, 0);
        assert_near(trial_value(&trial, "population", 1, day), 30 - abroad, 0);
    }
    assert_int_equal(trial_value(&trial, "returns", 0, 100), 30);
    assert_int_equal(trial_value(&trial, "releases", 0, 300), 30);
    assert_conserved(&trial);
    trial_close(&trial);
}

/* Arrivals L a day, stays of mean m: L m inside. None come in for T days, then all at once: peak
 * L m e^(-T/m) + L T, and from there back to L m with e^(-t/m). */
static void
the_bow_wave_peaks_and_decays_as_the_integral(void **state)
{
    enum { RUNS = 200, FROM = 31, UNTIL = 90 };
    const double rate = 4, m = 40, span = UNTIL - FROM;
    static const int32_t days[] = {20, 60, UNTIL - 1, UNTIL, UNTIL + 20, UNTIL + 60};
    enum { DAYS = sizeof days / sizeof *days };
    double sum[DAYS] = {0}, squares[DAYS] = {0}, waiting = 0;
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "horizon: 200 d\nwarm_up: 500 d\n" ONE_PRISON
                    "intake: [{class: a, region: north, rate: 4 / d}]\n"
                    "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 40 d}, "
                    "then: {released: 1}}]}\n"
                    "measures: [{name: m, kind: postpone, from: 2026-02-01, until: 2026-04-01}]\n");
    for (uint64_t r = 0; r < RUNS; r++) {
        trial_run(&trial, r);
        for (size_t i = 0; i < DAYS; i++) {
            double inside = trial_value(&trial, "population", 1, days[i]) +
                            trial_value(&trial, "custody", 0, days[i]);
            sum[i] += inside;
            squares[i] += inside * inside;
        }
        waiting += held(&trial, 0, UNTIL - 1);
        assert_conserved(&trial);
    }
    for (size_t i = 0; i < DAYS; i++) {
        double t = days[i] + 0.5, expected = rate * m; /* the middle of the day's row */
        if (t > FROM && t < UNTIL)
            expected *= exp(-(t - FROM) / m);
        if (t > UNTIL) {
            double peak = rate * m * exp(-span / m) + rate * span;
            expected += (peak - rate * m) * exp(-(t - UNTIL) / m);
        }
        double mean = sum[i] / RUNS;
        double error = sqrt((squares[i] / RUNS - mean * mean) / (RUNS - 1));
        assert_near(mean, expected, 4.5 * error);
    }
    assert_near(waiting / RUNS, rate * (span - 0.5), 4.5 * sqrt(rate * span / RUNS));
    trial_close(&trial);
}

/* Ten arrive in each of the ten days of the postponement; a share never comes; of the others six a
 * day do. */
static void
who_was_postponed_comes_so_many_a_day_or_never(void **state)
{
    struct trial trial;
    double waited, came, never = 0;

    (void)state;
    trial_open_text(
        &trial, ONE_PRISON
        "exits: [released, lapsed]\n"
        "intake: [{class: a, region: north, rate: {2026-01-01: 0 / d, 2026-01-11: 400 "
        "/ d, 2026-01-21: 0 / d}}]\n" STAY(
            "300.5 d") "measures: [{name: m, kind: postpone, from: 2026-01-01, until: 2026-02-01, "
                       "a_day: 60, never: 30 %%, exit: lapsed}]\n");
    trial_run(&trial, 0);
    waited = held(&trial, 0, 30);
    assert_near(waited, 4000, 4.5 * sqrt(4000));
    assert_near(trial_value(&trial, "waiting_outside", 0, 30), waited, 0);
    came = trial_sum(&trial, "measure_taken", 0);
    never = trial_sum(&trial, "releases", 1);
    assert_int_equal(came + never, waited);
    assert_near(never, 0.3 * waited, 4.5 * sqrt(waited * 0.3 * 0.7));
    for (int32_t day = 31; day < 31 + (int32_t)came / 60; day++)
        assert_int_equal(trial_value(&trial, "entries", 0, day), 60);
    assert_int_equal(trial_sum(&trial, "entries", 0), came);
    assert_conserved(&trial);
    trial_close(&trial);
}

/* 400 a day come in a postponement that has just begun and wait for at most an exponential time of
 * mean M: the list is rate M (1 - exp(-t / M)) at t, and those who left did so by the exit. Then
 * they are called, and nobody lapses who is inside. */
static void
a_postponed_sentence_lapses(void **state)
{
    const double rate = 400, m = 20, t = 59.5;
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, ONE_PRISON
        "exits: [released, lapsed]\n"
        "intake: [{class: a, region: north, rate: 400 / d}]\n" STAY(
            "300.5 d") "measures: [{name: m, kind: postpone, from: 2026-01-01, until: "
                       "2026-03-02, lapse: {exponential: {mean: 20 d}}, exit: lapsed}]\n");
    trial_run(&trial, 0);
    double expected = rate * m * (1 - exp(-t / m)), lapsed = 0, came = 0;
    assert_near(trial_value(&trial, "waiting_outside", 0, 59), expected, 5 * sqrt(expected));
    for (int32_t day = 0; day < 60; day++)
        lapsed += trial_value(&trial, "releases", 1, day);
    assert_near(lapsed, rate * (t + 0.5 - m * (1 - exp(-(t + 0.5) / m))), 5 * sqrt(rate * t));
    came = trial_sum(&trial, "measure_taken", 0);
    assert_near(came, rate * m * (1 - exp(-(t + 0.5) / m)), 5 * sqrt(rate * m));
    assert_int_equal(trial_sum(&trial, "releases", 1), lapsed);
    assert_conserved(&trial);
    trial_close(&trial);
}

/* 10 a day come in two postponements, one behind the other; each sentence waits 30 days at most, so
 * after 40 days those of the last 30 are waiting: who came before the second began has not begun to
 * wait anew. */
static void
a_sentence_that_is_postponed_again_has_waited_already(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, ONE_PRISON
                    "exits: [released, lapsed]\n"
                    "intake: [{class: a, region: north, rate: 10 / d}]\n" STAY(
                        "300.5 d") "measures:\n"
                                   "  - {name: m, kind: postpone, from: 2026-01-01, until: "
                                   "2026-01-21, lapse: {fixed: 30 d}, exit: lapsed}\n"
                                   "  - {name: n, kind: postpone, from: 2026-01-21, lapse: {fixed: "
                                   "30 d}, exit: lapsed}\n");
    trial_run(&trial, 0);
    double came = 0;
    for (int32_t day = 10; day < 40; day++)
        came += trial_value(&trial, "arrivals", 0, day);
    assert_near(trial_value(&trial, "waiting_outside", 0, 39), came, 4.5 * sqrt(10));
    assert_conserved(&trial);
    trial_close(&trial);
}

/* A facility that is stopped above K people and open again below L, looked at each day: from round
 * to round a chain of (people, stopped), whose balance is found by stepping it on. */
enum { MOST = 80 };

static void
step_chain(double p[2][MOST], double rate, double mean)
{
    static double binomial[MOST][MOST];
    double stays = exp(-1 / mean), come = rate * mean * (1 - stays), next[2][MOST] = {{0}};

    if (binomial[0][0] == 0)
        for (int n = 0; n < MOST; n++)
            for (int k = 0; k <= n; k++)
                binomial[n][k] = exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) +
                                     k * log(stays) + (n - k) * (n == k ? 0 : log(1 - stays)));
    for (int stopped = 0; stopped < 2; stopped++)
        for (int n = 0; n < MOST; n++)
            for (int k = 0; k <= n; k++) {
                double way = p[stopped][n] * binomial[n][k], poisson = stopped ? 1 : exp(-come);
                for (int j = 0; k + j < MOST; j++) {
                    int people = k + j;
                    bool stops = stopped ? people >= 18 : people > 22;
                    next[stops][people] += way * poisson;
                    poisson *= stopped ? 0 : come / (j + 1);
                }
            }
    memcpy(p, next, sizeof next);
}

static void
hysteresis_keeps_to_its_chain(void **state)
{
    enum { RUNS = 200 };
    double p[2][MOST] = {{1}}, stopped = 0, sum = 0, squares = 0;
    struct trial trial;

    (void)state;
    for (int i = 0; i < 400; i++)
        step_chain(p, 3, 8);
    for (int n = 0; n < MOST; n++)
        stopped += p[1][n];
    trial_open_text(&trial,
                    "horizon: 200 d\nwarm_up: 100 d\n"
                    "facilities: [{name: N, region: north, capacity: 20}]\n"
                    "intake: [{class: a, region: north, facility: N, rate: 3 / d}]\n"
                    "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 8 d}, "
                    "then: {released: 1}}]}\n"
                    "measures: [{name: m, kind: entry_stop, facility: N, on: 110 %%, off: 90 "
                    "%%}]\n");
    for (uint64_t r = 0; r < RUNS; r++) {
        trial_run(&trial, r);
        double on = trial_mean(&trial, "measure_on", 0);
        sum += on;
        squares += on * on;
        assert_conserved(&trial);
    }
    double mean = sum / RUNS, error = sqrt((squares / RUNS - mean * mean) / (RUNS - 1));
    assert_near(mean, stopped, 4.5 * error);
    assert_true(stopped > 0.2 && stopped < 0.8 && error < 0.02);
    trial_close(&trial);
}

/* One person, three measures. The first that is on takes; when it ends, the next that holds does.
 */
static void
precedence_is_the_order_of_the_list(void **state)
{
    static const char leave[] = "{name: leave, kind: extended_leave, called_back: yes, from: "
                                "2026-01-11, until: 2026-01-21}";
    static const char bracelet[] = "{name: bracelet, kind: electronic_monitoring, called_back: "
                                   "yes, from: 2026-01-06, until: 2026-01-16}";
    static const char early[] = "{name: early, forward: 50 d, from: 2026-01-06}";
    /* the measure by day, from day 1 on: L, B, E, or - */
    static const struct {
        const char *list[3];
        int by_day[25]; /* number in the list + 1 */
        int release;
    } cases[] = {
        /* the bracelet from day 5 to 14, then leave to day 19, then early release */
        {{leave, bracelet, early},
         {0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3},
         50},
        /* early release takes first, and a person is under one at a time */
        {{early, leave, bracelet},
         {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
         50},
        {{bracelet, early, leave},
         {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2},
         50},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        ONE_PRISON PEOPLE("1")
                            NOBODY_ARRIVES STAY("100.5 d") "measures: [%s, %s, %s]\n",
                        cases[i].list[0], cases[i].list[1], cases[i].list[2]);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 25; day++)
            for (int number = 0; number < 3; number++)
                if (held(&trial, (uint32_t)number, day) != (cases[i].by_day[day] == number + 1))
                    fail_msg("case %zu, day %d: measure %d holds for %g", i, day, number,
                             held(&trial, (uint32_t)number, day));
        assert_int_equal(trial_value(&trial, "releases", 0, cases[i].release), 1);
        assert_int_equal(trial_sum(&trial, "measure_days", 0) +
                             trial_sum(&trial, "measure_days", 1) +
                             trial_sum(&trial, "measure_days", 2),
                         50);
        trial_close(&trial);
    }
}

/* Ten beds over prisons of 100, 200 and 0 places: three and seven; and all to the one named. */
static void
extra_beds_are_spread_by_places(void **state)
{
    static const struct {
        const char *where;
        int beds_a, beds_b;
    } cases[] = {{"", 3, 7}, {", facility: A", 10, 0}, {", region: south", 0, 10}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "regions: [north, south]\n"
            "facilities: [{name: A, region: north, capacity: 100}, {name: B, region: south, "
            "capacity: 200, beds: 150}, {name: C, region: south, capacity: 50, opens: "
            "2026-12-01}]\n"
            "stock: [{status: convicted, count: 120, facility: A, fresh: yes}, {status: convicted, "
            "count: 160, facility: B, fresh: yes}]\n" NOBODY_ARRIVES STAY(
                "300.5 d") "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n"
                           "measures: [{name: m, kind: extra_beds, beds: 10, from: 2026-01-11, "
                           "until: "
                           "2026-02-01%s}]\n",
            cases[i].where);
        trial_run(&trial, 0);
        uint32_t a = trial_facility(&trial, "A"), b = trial_facility(&trial, "B");
        for (int32_t day = 0; day < 60; day++) {
            bool on = day >= 10 && day < 31;
            assert_near(trial_at(&trial, AT_FACILITY, a, "beds", 0, day),
                        100 + (on ? cases[i].beds_a : 0), 0);
            assert_near(trial_at(&trial, AT_FACILITY, b, "beds", 0, day),
                        150 + (on ? cases[i].beds_b : 0), 0);
            assert_near(trial_value(&trial, "floor_sleepers", 0, day), on ? 20 : 30, 0);
            assert_near(trial_value(&trial, "above_capacity", 0, day), 20, 0);
        }
        trial_close(&trial);
    }
}

/* Both prisons take half of the entries; A is stopped in February. */
static void
entries_go_elsewhere_while_a_prison_is_stopped(void **state)
{
    struct trial trial;
    double a = 0, b = 0;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: A, region: north, capacity: 100, entry: 1}, {name: B, "
        "region: north, capacity: 100, entry: 1}]\n"
        "intake: [{class: a, region: north, rate: 10 / d}]\n" STAY(
            "5 d") "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n"
                   "measures: [{name: m, kind: entry_stop, facility: A, from: 2026-02-01, until: "
                   "2026-03-01}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 31; day < 59; day++) {
        /* the round of the day on which it goes on has placed that day's entries before */
        if (day > 31)
            a += trial_at(&trial, AT_FACILITY, trial_facility(&trial, "A"), "entries", 0, day);
        b += trial_at(&trial, AT_FACILITY, trial_facility(&trial, "B"), "entries", 0, day);
    }
    assert_int_equal(a, 0);
    assert_true(b > 200);
    assert_true(trial_at(&trial, AT_FACILITY, trial_facility(&trial, "A"), "entries", 0, 70) > 0);
    assert_int_equal(trial_sum(&trial, "refused", 0), 0);
    assert_conserved(&trial);
    trial_close(&trial);
}

/* 100 days off a sentence of 300.5, on day 20; nothing for who begins later or has an exclusion; in
 * a phase before the one that the sentence ends, too. */
static void
a_pardon_takes_off_once(void **state)
{
    static const struct {
        const char *scope;
        int early;
    } cases[] = {{"", 17},
                 {", classes: [a]", 10},
                 {", least_left: 280.75 d", 7},
                 {", most_left: 280.75 d", 10}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            ONE_PRISON
            "classes: [{name: a, sentence: {fixed: 300.5 d}}, {name: b, sentence: {fixed: 301 "
            "d}}]\n"
            "stock: [{status: convicted, class: a, count: 10, facility: N, fresh: yes},"
            " {status: convicted, class: b, phase: one, count: 7, facility: N, fresh: yes}]\n"
            "intake: [{class: a, region: north, rate: {2026-01-01: 0 / d, 2026-02-01: 5 / d, "
            "2026-02-02: 0 / d}}]\n"
            "pathways: {a: [{phase: one, status: convicted, serve: all, then: {released: 1}}],\n"
            "  b: [{phase: one, status: convicted, stay: {fixed: 30.5 d}, then: {two: 1}}, {phase: "
            "two, status: convicted, serve: all, then: {released: 1}}]}\n"
            "measures: [{name: m, kind: pardon, from: 2026-01-21, forward: 100 d%s}]\n",
            cases[i].scope);
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "releases", 0, 200) +
                             trial_value(&trial, "releases", 0, 201),
                         cases[i].early);
        assert_int_equal(trial_value(&trial, "releases", 0, 300) +
                             trial_value(&trial, "releases", 0, 301),
                         17 - cases[i].early);
        assert_int_equal(trial_sum(&trial, "measure_taken", 0), cases[i].early);
        assert_int_equal(trial_sum(&trial, "measure_days", 0),
                         100 * (cases[i].early - (i == 1 || i == 3 ? 0 : 7)));
        assert_conserved(&trial);
        trial_close(&trial);
    }
}

/* Ten days earlier by early release, and fifty off by a pardon on day 80: all leave on that day,
 * ten days early by each. */
static void
a_pardon_and_early_release_share_the_days(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, ONE_PRISON PEOPLE("10") NOBODY_ARRIVES STAY(
                    "100 d") "measures: [{name: early, forward: 10 d, from: 2026-01-01},"
                             " {name: grace, kind: pardon, from: 2026-03-22, forward: 50 d}]\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_value(&trial, "releases", 0, 80), 10);
    assert_int_equal(trial_sum(&trial, "early_days", 0), 100);
    assert_int_equal(trial_sum(&trial, "measure_days", 0), 100);
    assert_int_equal(trial_sum(&trial, "measure_days", 1), 100);
    trial_close(&trial);
}

/* Four on leave by turns whom allocation moves to rented places: nobody calls them back from there.
 */
static void
the_end_of_leave_empties_no_rented_places(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: N, region: north, capacity: 100}, {name: R, kind: rented, "
        "region: north, capacity: 10, opens: 2026-01-05}]\n" PEOPLE("4") NOBODY_ARRIVES STAY(
            "100 d") "measures: [{name: m, kind: extended_leave, in_turn: yes, turn: 5 d, from: "
                     "2026-01-02, until: 2026-01-12, called_back: yes}]\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_sum(&trial, "moves_allocation", 0), 4);
    assert_int_equal(trial_sum(&trial, "releases", 0), 4);
    assert_conserved(&trial);
    trial_close(&trial);
}

/* On in each of three Januaries, of 4,000 people each time: 40 %, then half of that, then a
 * quarter.
 */
static void
uptake_tires_with_each_use(void **state)
{
    struct trial trial;
    const double n = 4000;

    (void)state;
    trial_open_text(
        &trial,
        "horizon: 300 d\n"
        "facilities: [{name: N, region: north, capacity: {2026-01-01: 3000, "
        "2026-02-01: 10000, 2026-03-01: 3000, 2026-04-01: 10000, 2026-05-01: 3000, "
        "2026-06-01: 10000}}]\n" PEOPLE("4000") NOBODY_ARRIVES STAY(
            "3000 d") "measures: [{name: m, kind: extended_leave, called_back: yes, uptake: 40 %%, "
                      "fatigue: 50 %%, on: 75 %%, off: 45 %%, reaches: inside}]\n");
    trial_run(&trial, 0);
    static const int32_t from[] = {1, 59, 120};
    for (int use = 0; use < 3; use++) {
        double share = 0.4 / (1 << use);
        assert_near(trial_value(&trial, "measure_taken", 0, from[use]), n * share,
                    4.5 * sqrt(n * share * (1 - share)));
    }
    trial_close(&trial);
}

/* 100 people on 80 places on the second and third day, the fifth, and from the seventh on: on when
 * it was so at the rounds of three of five days, so on the fifth. */
static void
on_so_many_of_the_last_days(void **state)
{
    static const struct {
        const char *days;
        int32_t on;
    } cases[] = {{"", 1},
                 {", on_days: 2, of_days: 2", 2},
                 {", on_days: 3, of_days: 5", 4},
                 {", on_days: 3, of_days: 3", 8}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "horizon: 40 d\n"
            "facilities: [{name: N, region: north, capacity: {2026-01-01: 100, 2026-01-02: 80, "
            "2026-01-04: 100, 2026-01-05: 80, 2026-01-06: 100, 2026-01-07: 80}}]\n" PEOPLE("100")
                NOBODY_ARRIVES STAY("3000 d") "measures: [{name: m, kind: extra_beds, beds: 1, on: "
                                              "110 %%, off: 90 %%%s}]\n",
            cases[i].days);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 40; day++)
            assert_near(trial_value(&trial, "measure_on", 0, day), day >= cases[i].on, 0);
        trial_close(&trial);
    }
}

/* Ten of class a, men without a need, seven of class b: who goes home. */
static void
the_scope_says_for_whom(void **state)
{
    static const struct {
        const char *scope;
        int a, b;
    } cases[] = {
        {"", 10, 7},
        {", classes: [b]", 0, 7},
        {", statuses: [remand]", 0, 7},
        {", needs: [elderly]", 0, 0},
        {", needs: [none]", 10, 7},
        {", least_sentence: 301 d", 0, 7},
        {", most_sentence: 301 d", 10, 0},
        {", least_left: 301 d", 0, 7},
        {", total: 4, order: least_left", 4, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            ONE_PRISON
            "classes: [{name: a, sentence: {fixed: 300.5 d}}, {name: b, sentence: {fixed: 400 "
            "d}}]\n"
            "stock: [{status: convicted, count: 10, facility: N, fresh: yes},"
            " {status: remand, count: 7, facility: N, fresh: yes}]\n" NOBODY_ARRIVES
            "pathways: {a: [{phase: one, status: convicted, serve: all, then: {released: 1}}],\n"
            "  b: [{phase: one, status: remand, serve: all, then: {released: 1}}]}\n"
            "measures: [{name: m, kind: electronic_monitoring, called_back: yes, from: 2026-01-11"
            "%s}]\n",
            cases[i].scope);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "population", 1, 20), 10 - cases[i].a, 0);
        assert_near(trial_value(&trial, "population", 0, 20), 7 - cases[i].b, 0);
        trial_close(&trial);
    }
}

/* 60 days left of 300.5: on day 240.5, so from the round of day 241 on; early release among them
 * goes by lists, too. */
static void
people_come_into_the_scope_as_time_goes_by(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        ONE_PRISON PEOPLE("10") NOBODY_ARRIVES STAY(
            "300.5 d") "measures: [{name: m, kind: electronic_monitoring, called_back: yes, "
                       "most_left: 60 d, from: 2026-01-11}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 300; day++)
        assert_near(held(&trial, 0, day), day >= 241 ? 10 : 0, 0);
    assert_near(trial_sum(&trial, "measure_wait", 0), 5, 0); /* half a day each */
    trial_close(&trial);
}

/* Who is released early, so many a day: the first round takes three. */
static void
early_release_keeps_to_so_many_a_day(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, ONE_PRISON PEOPLE("10") NOBODY_ARRIVES STAY(
                    "300.5 d") "measures: [{name: m, forward: 3 y, a_day: 3, from: 2026-01-11}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 30; day++)
        assert_int_equal(trial_value(&trial, "releases", 0, day), day < 10 || day > 13 ? 0
                                                                  : day < 13           ? 3
                                                                                       : 1);
    assert_int_equal(trial_sum(&trial, "early_releases", 0), 10);
    assert_int_equal(trial_sum(&trial, "measure_releases", 0), 10);
    assert_int_equal(trial_sum(&trial, "measure_days", 0), 3 * 290 + 3 * 289 + 3 * 288 + 287);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enough_takes_as_many_as_needed_where_they_are_needed),
        cmocka_unit_test(two_measures_take_enough_together),
        cmocka_unit_test(who_leaves_that_day_anyway_is_counted),
        cmocka_unit_test(leave_by_turns_halves_beds_not_people),
        cmocka_unit_test(leave_until_release_or_called_back),
        cmocka_unit_test(bracelets_are_in_use_as_the_formula_says),
        cmocka_unit_test(a_bracelet_goes_to_the_next_as_it_is_free),
        cmocka_unit_test(the_order_says_who_comes_first),
        cmocka_unit_test(seats_are_reached_and_not_passed),
        cmocka_unit_test(abroad_is_outside_the_count),
        cmocka_unit_test(the_bow_wave_peaks_and_decays_as_the_integral),
        cmocka_unit_test(who_was_postponed_comes_so_many_a_day_or_never),
        cmocka_unit_test(a_postponed_sentence_lapses),
        cmocka_unit_test(a_sentence_that_is_postponed_again_has_waited_already),
        cmocka_unit_test(hysteresis_keeps_to_its_chain),
        cmocka_unit_test(precedence_is_the_order_of_the_list),
        cmocka_unit_test(extra_beds_are_spread_by_places),
        cmocka_unit_test(entries_go_elsewhere_while_a_prison_is_stopped),
        cmocka_unit_test(a_pardon_takes_off_once),
        cmocka_unit_test(a_pardon_and_early_release_share_the_days),
        cmocka_unit_test(the_end_of_leave_empties_no_rented_places),
        cmocka_unit_test(uptake_tires_with_each_use),
        cmocka_unit_test(on_so_many_of_the_last_days),
        cmocka_unit_test(the_scope_says_for_whom),
        cmocka_unit_test(people_come_into_the_scope_as_time_goes_by),
        cmocka_unit_test(early_release_keeps_to_so_many_a_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
