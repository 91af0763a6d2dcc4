/* Measures beside what else happens: their own dates, each other, laws and clocks; each in a system
 * of a few people, worked out by hand. */

#include "tests/support.h"

#include "tests/models.h"

/* A prison N with PLACES, in which A of class a stay DAYS_A and B of class b DAYS_B, and nobody
 * comes; MORE: what the scenario says besides. */
static void
open_prison(struct trial *trial, const char *places, int a, const char *days_a, int b,
            const char *days_b, const char *more)
{
    trial_open_text(
        trial,
        "facilities: [{name: N, region: north, capacity: %s}]\n"
        "stock: [{status: convicted, class: a, count: %d, facility: N, fresh: yes},"
        " {status: convicted, class: b, count: %d, facility: N, fresh: yes}]\n"
        "intake: [{class: a, region: north, rate: 0 / d}, {class: b, region: north, rate: 0 / d}]\n"
        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: %s}, then: {released: 1}}],"
        " b: [{phase: two, status: convicted, stay: {fixed: %s}, then: {released: 1}}]}\n%s\n",
        places, a, b, days_a, days_b, more);
}

/* Two in a phase of DAYS, after which THEN, where a second of 50.5 leads out. */
static void
open_phases(struct trial *trial, const char *days, const char *then, const char *more)
{
    trial_open_text(
        trial,
        "facilities: [{name: N, region: north, capacity: 100}]\n"
        "stock: [{status: convicted, class: a, phase: one, count: 2, facility: N, fresh: yes}]\n"
        "intake: [{class: a, region: north, rate: 0 / d}]\n"
        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: %s}, then: {%s}}, {phase: "
        "two, status: convicted, stay: {fixed: 50.5 d}, then: {released: 1}}]}\n%s\n",
        days, then, more);
}

/* Takes nobody, and looks at the figure and at who leaves that day before the others. */
#define LOOKS                                                                                      \
    "{name: e, forward: 40 d, on: 110 %, off: 50 %, enough: yes, least_sentence: 4000 d}, "

static double
on(const struct trial *trial, uint32_t measure, int32_t day)
{
    return trial_value(trial, "measure_on", measure, day);
}

/* Twenty people on ten places. A look at the figure every 30 days does not put off the first day,
 * nor the last; notice puts off the first alone. */
static void
dates_hold_whatever_the_review(void **state)
{
    static const struct {
        const char *more;
        int32_t first;
    } cases[] = {
        {"measures: [{name: m, kind: extended_leave, called_back: yes, on: 110 %, off: 10 %, from: "
         "2026-01-11, until: 2026-02-11, total: 1, review: 30 d}]",
         10},
        {"measures: [{name: m, kind: extended_leave, called_back: yes, on: 110 %, off: 10 %, from: "
         "2026-01-11, until: 2026-02-11, total: 1, review: 7 d, notice: 3 d}]",
         13},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        open_prison(&trial, "10", 20, "300.5 d", 1, "1 d", cases[i].more);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < 300; day++) {
            bool is_on = day >= cases[i].first && day < 41;
            assert_near(on(&trial, 0, day), is_on, 0);
            assert_near(trial_value(&trial, "at_home", 0, day), is_on, 0);
        }
        trial_close(&trial);
    }
}

/* Four people, whose prison has four places for a month and again from day 59 on: two are outside
 * each time, and change every ten days. */
static void
leave_by_turns_can_be_used_twice(void **state)
{
    struct trial trial;

    (void)state;
    open_prison(&trial, "{2026-01-01: 1000, 2026-01-11: 4, 2026-02-10: 1000, 2026-03-01: 4}", 4,
                "300.5 d", 0, "1 d",
                "measures: [{name: m, kind: extended_leave, in_turn: yes, turn: 10 d, called_back: "
                "yes, on: 40 %, off: 10 %}]");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 300; day++) {
        bool is_on = (day >= 10 && day < 40) || day >= 59;
        bool turns = day == 20 || day == 30 || day == 40 || (day >= 69 && (day - 69) % 10 == 0);
        assert_near(trial_value(&trial, "at_home", 0, day), is_on ? 2 : 0, 0);
        assert_near(trial_value(&trial, "returns", 0, day), turns ? 2 : 0, 0);
    }
    trial_close(&trial);
}

/* Both end on the same day: the second takes nobody whom the first lets go, and all are released
 * when they would have been. */
static void
what_ends_together_takes_nobody_over(void **state)
{
    struct trial trial;

    (void)state;
    open_prison(&trial, "100", 3, "300.5 d", 0, "1 d",
                "measures: [{name: m, from: 2026-01-11, until: 2026-03-01, forward: 20 d}, {name: "
                "k, from: 2026-01-11, until: 2026-03-01, forward: 280 d}]");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "releases", 0, 300), 3, 0);
    assert_near(trial_sum(&trial, "early_releases", 0), 0, 0);
    trial_close(&trial);
}

/* A case of 100 days at a desk that a clock ends after 30: bracelets bring nothing forward. */
static void
what_a_clock_ends_is_not_brought_forward(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "facilities: [{name: N, region: north, capacity: 100}]\n"
                    "exits: [released, struck]\n"
                    "desks: [{name: d, time: {fixed: 100 d}}]\n"
                    "intake: [{class: a, region: north, rate: 1 / d}]\n"
                    "pathways: {a: [{phase: one, status: convicted, desk: d, clocks: [{to: struck, "
                    "after: {fixed: 30 d}}], then: {released: 1}}]}\n"
                    "measures: [{name: m, kind: electronic_monitoring, called_back: yes, from: "
                    "2026-01-01}]\n");
    trial_run(&trial, 0);
    assert_true(trial_sum(&trial, "measure_releases", 0) > 300);
    assert_near(trial_sum(&trial, "measure_days", 0), 0, 0);
    trial_close(&trial);
}

/* A phase of 60.5 days that leads out, until on day 20 a law lets it lead on to another of 50.5.
 * Early release of day 10 (20 days) is undone, and holds in the second: it ends on day 91. */
static void
a_law_that_leads_on_undoes_early_release(void **state)
{
    struct trial trial;

    (void)state;
    open_phases(&trial, "60.5 d", "released: 1",
                "law: [{name: l, from: 2026-01-21, reaches: both, set: {'pathways.a[one].then': "
                "{released: 0, two: 1}}}]\n"
                "measures: [{name: m, kind: early_release, from: 2026-01-11, forward: 20 d}]");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "releases", 0, 91), 2, 0);
    assert_near(trial_sum(&trial, "early_releases", 0), 2, 0);
    assert_near(trial_sum(&trial, "early_days", 0), 40, 0);
    trial_close(&trial);
}

/* The mean day of release of the ten. */
static double
mean_release(const char *measures)
{
    struct trial trial;
    double sum = 0;

    trial_open_text(
        &trial,
        "facilities: [{name: N, region: north, capacity: 100}]\n"
        "stock: [{status: convicted, class: a, count: 10, facility: N, fresh: yes}]\n"
        "intake: [{class: a, region: north, rate: 0 / d}]\n"
        "classes: [{name: a, sentence: {fixed: 1000 d}, served: {uniform: {low: 40 %%, high: 60 "
        "%%}}}]\n"
        "earliest_share: 0.1\n"
        "pathways: {a: [{phase: one, status: convicted, serve: share, then: {released: 1}}]}\n"
        "law: [{name: l, from: 2026-01-31, reaches: both, set: {'classes[a].served': {uniform: "
        "{low: 25 %%, high: 35 %%}}}}]\n"
        "%s",
        measures);
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++)
        sum += day * trial_value(&trial, "releases", 0, day) / 10;
    assert_near(trial_sum(&trial, "releases", 0), 10, 0);
    trial_close(&trial);
    return sum;
}

/* A hundred days pardoned before a law on the share that is served: each at the quantile of the
 * sentence as it was given, so each a hundred days earlier than without. */
static void
a_law_follows_the_sentence_as_it_was_given(void **state)
{
    (void)state;
    double without = mean_release("");
    double with =
        mean_release("measures: [{name: m, kind: pardon, from: 2026-01-21, forward: 100 d}]\n");

    assert_true(without > 250 && without < 350);
    assert_near(without - with, 100, 1e-9);
}

/* It holds for nobody afterwards, and is on for its day. */
static void
a_pardon_is_on_for_its_day(void **state)
{
    struct trial trial;

    (void)state;
    open_prison(&trial, "100", 3, "300.5 d", 0, "1 d",
                "measures: [{name: m, kind: pardon, from: 2026-01-21, forward: 10 d}]");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 300; day++)
        assert_near(on(&trial, 0, day), day == 20, 0);
    assert_near(trial_value(&trial, "releases", 0, 290), 3, 0);
    trial_close(&trial);
}

/* Fourteen on ten places. Two would leave on day 50, and are sent home at its round: then twelve
 * are there, and two more go abroad to come to ten, whether another measure looks at the figure
 * before or not. */
static void
who_leaves_today_and_is_sent_away_counts_once(void **state)
{
    static const char *const other[] = {"", LOOKS};

    (void)state;
    for (uint32_t i = 0; i < 2; i++) {
        char text[1024];
        struct trial trial;
        snprintf(text, sizeof text,
                 "measures: [%s{name: home, kind: electronic_monitoring, called_back: no, from: "
                 "2026-02-20, classes: [a]}, {name: abroad, kind: transfer_out, called_back: no, "
                 "from: 2026-02-20, classes: [b], on: 110 %%, off: 100 %%, enough: yes}]",
                 other[i]);
        open_prison(&trial, "10", 2, "50.5 d", 12, "300 d", text);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "measure_taken", i, 50), 2, 0);
        assert_near(trial_value(&trial, "measure_taken", i + 1, 50), 2, 0);
        assert_near(trial_sum(&trial, "measure_taken", i + 1), 2, 0);
        trial_close(&trial);
    }
}

/* One on leave at a time, least left first, at least 60 days: the one of 90.5 days goes, and the
 * three of 140.5 wait. On day 91 they have too little left for it: they wait for bracelets, of
 * which there are none. */
static void
who_may_be_taken_no_longer_waits_for_the_next(void **state)
{
    struct trial trial;

    (void)state;
    open_prison(&trial, "10", 1, "90.5 d", 3, "140.5 d",
                "measures: [{name: leave, kind: extended_leave, called_back: no, from: 2026-01-01, "
                "at_once: 1, least_left: 60 d, order: least_left}, {name: bracelets, kind: "
                "electronic_monitoring, called_back: no, from: 2026-01-01, at_once: 0}]");
    trial_run(&trial, 0);
    for (int32_t day = 1; day < 140; day++) {
        assert_near(trial_value(&trial, "measure_waiting", 0, day), day < 91 ? 3 : 0, 0);
        assert_near(trial_value(&trial, "measure_waiting", 1, day), day < 91 ? 0 : 3, 0);
    }
    trial_close(&trial);
}

/* A law halves 100.5 days on day 10, or a pardon takes off 50: 20 days before the end and 20 days
 * left are on day 30.25, or 30.5, so the release is at the next round. A law that lets the phase
 * lead out on day 20 lets early release of 20 days reach it: day 80. */
static void
what_moves_the_end_is_offered_anew(void **state)
{
    static const struct {
        const char *then, *more;
        int32_t released;
    } cases[] = {
        {"released: 1",
         "law: [{name: l, from: 2026-01-11, reaches: both, set: {'pathways.a[one].stay': {times: "
         "0.5}}}]\nmeasures: [{name: m, from: 2026-01-03, forward: 20 d, most_left: 20 d}]\n",
         31},
        {"released: 1",
         "measures: [{name: m, from: 2026-01-03, forward: 20 d, most_left: 20 d}, {name: grace, "
         "kind: pardon, from: 2026-01-11, forward: 50 d}]\n",
         31},
        {"two: 1",
         "law: [{name: l, from: 2026-01-21, reaches: both, set: {'pathways.a[one].then': "
         "{released: 1, two: 0}}}]\nmeasures: [{name: m, from: 2026-01-11, forward: 20 d}]\n",
         80},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        open_phases(&trial, "100.5 d", cases[i].then, cases[i].more);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "releases", 0, cases[i].released), 2, 0);
        trial_close(&trial);
    }
}

/* Twenty on ten places; six are freed at once on day 50, so four go abroad: also where a measure
 * that takes nobody has looked before at who leaves that day. */
static void
who_is_freed_at_once_counts_for_enough(void **state)
{
    static const char *const other[] = {"", LOOKS};

    (void)state;
    for (uint32_t i = 0; i < 2; i++) {
        char text[1024];
        struct trial trial;
        snprintf(
            text, sizeof text,
            "measures: [%s{name: free, forward: 300 d, classes: [a], from: 2026-02-20}, {name: "
            "abroad, kind: transfer_out, called_back: no, from: 2026-02-20, classes: [b], on: "
            "110 %%, off: 100 %%, enough: yes}]",
            other[i]);
        open_prison(&trial, "10", 6, "100.5 d", 14, "250.5 d", text);
        trial_run(&trial, 0);
        assert_near(trial_sum(&trial, "measure_taken", i), 6, 0);
        assert_near(trial_sum(&trial, "measure_taken", i + 1), 4, 0);
        trial_close(&trial);
    }
}

/* 150 days pardoned on remand, more than some were to serve: after a law that lets 40 to 100 % of
 * 300 days be served each is free 150 days before that, or as remand ends on day 20. */
static void
a_pardon_beyond_what_is_left_keeps_the_quantile(void **state)
{
    static const char *const pardons[] = {
        "", "measures: [{name: m, kind: pardon, from: 2026-01-11, forward: 150 d}]\n"};
    int32_t day[2][10];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        size_t found = 0;
        trial_open_text(
            &trial,
            "facilities: [{name: N, region: north, capacity: 100}]\n"
            "intake: [{class: a, region: north, rate: 0 / d}]\n"
            "stock: [{status: remand, class: a, phase: rem, count: 10, facility: N, fresh: yes}]\n"
            "earliest_share: 0\n"
            "classes: [{name: a, sentence: {fixed: 300 d}, served: {uniform: {low: 20 %%, high: 50 "
            "%%}}}]\n"
            "pathways: {a: [{phase: rem, status: remand, stay: {fixed: 20.5 d}, then: {one: 1}}, "
            "{phase: one, status: convicted, serve: share, then: {released: 1}}]}\n"
            "law: [{name: l, from: 2026-01-16, reaches: both, set: {'classes[a].served': {uniform: "
            "{low: 40 %%, high: 100 %%}}}}]\n%s",
            pardons[i]);
        trial_run(&trial, 0);
        for (int32_t d = 0; d < 400; d++)
            for (double n = trial_value(&trial, "releases", 0, d); n > 0 && found < 10; n--)
                day[i][found++] = d;
        assert_int_equal(found, 10);
        trial_close(&trial);
    }
    for (size_t k = 0; k < 10; k++)
        assert_int_equal(day[1][k], day[0][k] - 150 > 20 ? day[0][k] - 150 : 20);
}

/* A date in the past has given its notice; a prison that is empty is not above anything. */
static void
notice_is_from_the_date_and_an_empty_prison_asks_for_nothing(void **state)
{
    struct trial trial;

    (void)state;
    open_phases(
        &trial, "30.5 d", "released: 1",
        "measures: [{name: past, from: 2020-01-01, notice: 3 d, forward: 1 d}, {name: beds, "
        "kind: extra_beds, beds: 5, on: 1.5 %, off: 1 %, on_days: 3, of_days: 5}]");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 100; day++) {
        assert_near(on(&trial, 0, day), 1, 0);
        assert_near(on(&trial, 1, day), day >= 2 && day <= 29, 0);
    }
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_hold_whatever_the_review),
        cmocka_unit_test(leave_by_turns_can_be_used_twice),
        cmocka_unit_test(what_ends_together_takes_nobody_over),
        cmocka_unit_test(what_a_clock_ends_is_not_brought_forward),
        cmocka_unit_test(a_law_that_leads_on_undoes_early_release),
        cmocka_unit_test(a_law_follows_the_sentence_as_it_was_given),
        cmocka_unit_test(a_pardon_is_on_for_its_day),
        cmocka_unit_test(who_leaves_today_and_is_sent_away_counts_once),
        cmocka_unit_test(who_may_be_taken_no_longer_waits_for_the_next),
        cmocka_unit_test(what_moves_the_end_is_offered_anew),
        cmocka_unit_test(who_is_freed_at_once_counts_for_enough),
        cmocka_unit_test(a_pardon_beyond_what_is_left_keeps_the_quantile),
        cmocka_unit_test(notice_is_from_the_date_and_an_empty_prison_asks_for_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
