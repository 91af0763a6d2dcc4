/* Laws by date against integrals and by hand: who begins after it, and who is inside. */

#include "tests/support.h"

#include "tests/models.h"

enum { RUNS = 60, DAY = 200 }; /* the day of the law */

#define FLOW                                                                                       \
    "horizon: 400 d\nwarm_up: 200 d\n"                                                             \
    "facilities: [{name: N, region: north, capacity: 1000}]\n"                                     \
    "exits: [released, paroled]\n"                                                                 \
    "intake: [{class: a, region: north, rate: 5 / d}]\n"

/* People in the phase at the middle of DAY, over RUNS, within 4.5 standard errors (Poisson). */
static void
assert_people(struct trial *trial, uint32_t phase, const int32_t *day, const double *expected,
              size_t days)
{
    double sum[16] = {0};

    for (uint64_t r = 0; r < RUNS; r++) {
        trial_run(trial, r);
        for (size_t i = 0; i < days; i++)
            sum[i] += trial_value(trial, "in_phase", phase, day[i]);
    }
    for (size_t i = 0; i < days; i++)
        if (fabs(sum[i] / RUNS - expected[i]) > 4.5 * sqrt((expected[i] + 1) / RUNS))
            fail_msg("phase %u, day %d: %g and not %g", phase, day[i], sum[i] / RUNS, expected[i]);
}

/* Half of those who begin from the day on are released after 40 days in place of 100: of 5 a day
 * those from before are there as they were, of the new min(t, 40) and min(t, 100), by halves. For
 * those inside, too: from the day on half of 40 and half of 100 days are there. */
static void
half_are_released_earlier(void **state)
{
    static const int32_t days[] = {DAY - 1, DAY, DAY + 20, DAY + 60, DAY + 90, DAY + 150};
    static const char *const reaches[] = {"new", "both"};

    (void)state;
    for (int both = 0; both < 2; both++) {
        struct trial trial;
        double expected[6];
        for (int i = 0; i < 6; i++) {
            double t = days[i] + 0.5 - DAY;
            double from_before = t > 0 ? 100 - t > 0 ? 100 - t : 0 : 100;
            double new = t > 0 ? 0.5 * fmin(t, 40) + 0.5 * fmin(t, 100) : 0;
            expected[i] = 5 * (both && t > 0 ? 70 : from_before + new);
        }
        trial_open_text(&trial,
                        FLOW "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 100 d}, "
                             "then: {released: 1}}]}\n"
                             "law: [{name: l, from: 2026-07-20, reaches: %s, set: "
                             "{'pathways.a[one].stay': {mixture: [{weight: 0.5, of: {fixed: 40 "
                             "d}}, {weight: 0.5, of: {fixed: 100 d}}]}}}]\n",
                        reaches[both]);
        assert_people(&trial, 0, days, expected, 6);
        trial_close(&trial);
    }
}

/* Exponential stays become half as long: each ends at the same quantile, so at half of its length;
 * those who have been there longer go on the day. Of those inside, with ages x exponential too, who
 * stay are those whose half length is beyond x: of 5 m there are 5 m/2 left, at once. */
static void
a_shorter_stay_is_the_same_quantile(void **state)
{
    static const int32_t days[] = {DAY - 1, DAY, DAY + 50};
    static const double expected[] = {5 * 60, 5 * 30, 5 * 30};
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    FLOW "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 60 "
                         "d}, then: {released: 1}}]}\n"
                         "law: [{name: l, from: 2026-07-20, reaches: both, set: "
                         "{'pathways.a[one].stay': {times: 0.5}}}]\n");
    assert_people(&trial, 0, days, expected, 3);
    trial_close(&trial);
}

/* A longer stay, by hand: ten who began on day 0 with 300.5 days have 601, if the law reaches them;
 * released 100 days earlier by a measure they stay so many days early. */
static void
those_inside_stay_longer_and_as_much_earlier(void **state)
{
    static const struct {
        const char *reaches, *measures;
        int32_t released;
    } cases[] = {{"new", "", 300},
                 {"both", "", 601},
                 {"both", "measures: [{name: m, forward: 100 d, from: 2026-01-01}]\n", 501},
                 {"new", "measures: [{name: m, forward: 100 d, from: 2026-01-01}]\n", 200}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "horizon: 700 d\nfacilities: [{name: N, region: north, capacity: 100}]\n"
            "stock: [{status: convicted, count: 10, facility: N, fresh: yes}]\n"
            "intake: [{class: a, region: north, rate: 0 / d}]\n"
            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: "
            "{released: 1}}]}\n"
            "law: [{name: l, from: 2026-02-01, reaches: %s, set: {'pathways.a[one].stay': {times: "
            "2}}}]\n%s",
            cases[i].reaches, cases[i].measures);
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "releases", 0, cases[i].released), 10);
        if (cases[i].measures[0] != '\0')
            assert_int_equal(trial_sum(&trial, "early_days", 0), 1000);
        trial_close(&trial);
    }
}

/* Prison after a date: from then on 60 % of those whose remand ends go on to a sentence. New ones
 * are those who began after it, 30 days later. */
static void
what_follows_changes_by_date(void **state)
{
    static const char *const reaches[] = {"new", "both"};

    (void)state;
    for (int both = 0; both < 2; both++) {
        struct trial trial;
        double before = 0, between = 0, after = 0, released = 0;
        trial_open_text(&trial,
                        FLOW "pathways: {a: [{phase: remand, status: remand, stay: {fixed: 30 d}, "
                             "then: {released: 0.999999, sentence: 0.000001}},\n"
                             "  {phase: sentence, status: convicted, stay: {fixed: 20 d}, then: "
                             "{paroled: 1}}]}\n"
                             "law: [{name: l, from: 2026-07-20, reaches: %s, set: "
                             "{'pathways.a[remand].then': {released: 0.4, sentence: 0.6}}}]\n",
                        reaches[both]);
        for (uint64_t r = 0; r < RUNS; r++) {
            trial_run(&trial, r);
            for (int32_t day = 0; day < 400; day++) {
                double paroled = trial_value(&trial, "releases", 1, day);
                before += day < DAY + 20 ? paroled : 0;
                between += day >= DAY + 20 && day < DAY + 50 ? paroled : 0;
                after += day >= DAY + 51 ? paroled : 0;
                released += day >= DAY + 31 ? trial_value(&trial, "releases", 0, day) : 0;
            }
        }
        assert_true(before < 3); /* of a million */
        double expected = both ? RUNS * 30 * 5 * 0.6 : 0;
        assert_near(between, expected, 4.5 * sqrt(expected + 1) + 3);
        expected = RUNS * 149 * 5 * 0.6;
        assert_near(after, expected, 4.5 * sqrt(expected));
        expected = RUNS * 169 * 5 * 0.4;
        assert_near(released, expected, 4.5 * sqrt(expected));
        trial_close(&trial);
    }
}

/* Sentences of 100 days, half served; from the day on all. Who is inside serves all under a law
 * that reaches them; a sentence that is pronounced stays as long as it was. */
static void
served_shares_and_sentences(void **state)
{
    static const struct {
        const char *reaches, *set;
        double before, at_once, later; /* days inside of each */
    } cases[] = {
        {"new", "'classes[a].served': {fixed: 1}", 50, 50, 100},
        {"both", "'classes[a].served': {fixed: 1}", 50, 50, 100},
        {"both", "'classes[a].sentence': {fixed: 200 d}", 50, 50, 100},
        {"both", "earliest_share: 0.8", 50, 50, 80},
        {"both", "'classes[a].served': {fixed: 0.25}", 50, 25, 25},
    };
    static const int32_t days[] = {DAY - 1, DAY, DAY + 150};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double expected[] = {5 * cases[i].before, 5 * cases[i].at_once, 5 * cases[i].later};
        struct trial trial;
        trial_open_text(&trial,
                        FLOW "classes: [{name: a, sentence: {fixed: 100 d}, served: {fixed: "
                             "0.5}}]\nearliest_share: 0.1\n"
                             "pathways: {a: [{phase: one, status: convicted, serve: share, then: "
                             "{released: 1}}]}\n"
                             "law: [{name: l, from: 2026-07-20, reaches: %s, set: {%s}}]\n",
                        cases[i].reaches, cases[i].set);
        assert_people(&trial, 0, days, expected, 3);
        trial_close(&trial);
    }
}

/* Two laws: the later one stands on the earlier. */
static void
one_law_is_laid_over_the_other(void **state)
{
    static const int32_t days[] = {99, 195, 295};
    static const double expected[] = {5 * 40, 5 * 20, 5 * 10};
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    FLOW "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 40 d}, "
                         "then: {released: 1}}]}\n"
                         "law: [{name: first, from: 2026-04-11, reaches: new, set: "
                         "{'pathways.a[one].stay': {times: 0.5}}},\n"
                         "  {name: second, from: 2026-07-20, reaches: new, set: "
                         "{'pathways.a[one].stay': {times: 0.5}}}]\n");
    assert_people(&trial, 0, days, expected, 3);
    trial_close(&trial);
}

/* A stay of 100 days and a clock of 100, both exponential: whatever comes first. Ten times the
 * stay: a share of 10/11 leaves by the clock, after 1/(1/1000 + 1/100) days on average; a tenth:
 * 1/11, after 1/(1/10 + 1/100). Of all who are there on the first day. */
static void
competing_clocks_go_on_under_the_law(void **state)
{
    static const struct {
        const char *times;
        double by_clock, days;
    } cases[] = {{"10", 10.0 / 11, 1000.0 / 11}, {"0.1", 1.0 / 11, 100.0 / 11}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        double n = 20000, days = 0;
        trial_open_text(&trial,
                        "horizon: 5 y\nexits: [released, struck]\n"
                        "facilities: [{name: N, region: north, capacity: 20000}]\n"
                        "stock: [{status: convicted, count: 20000, facility: N, fresh: yes}]\n"
                        "intake: [{class: a, region: north, rate: 0 / d}]\n"
                        "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 100 "
                        "d}, clocks: [{to: struck, after: {exponential: 100 d}}], then: {released: "
                        "1}}]}\n"
                        "law: [{name: l, from: 2026-01-02, reaches: both, set: "
                        "{'pathways.a[one].stay': {times: %s}}}]\n",
                        cases[i].times);
        trial_run(&trial, 0);
        /* those gone on the first day left as before: half by the clock */
        double gone = trial_value(&trial, "releases", 0, 0) + trial_value(&trial, "releases", 1, 0);
        double by_clock = trial_sum(&trial, "releases", 1) - gone / 2;
        /* with a tenth of the stay, those of a quantile below a day's leave at once, too */
        assert_near(by_clock / (n - gone), cases[i].by_clock,
                    4.5 * sqrt(cases[i].by_clock * (1 - cases[i].by_clock) / n) +
                        (i == 1 ? 0.01 : 0));
        for (int32_t day = 1; day < trial.plan->result_days; day++)
            days += trial_value(&trial, "in_phase", 0, day);
        if (i == 0)
            assert_near(days / (n - gone), cases[i].days, 4.5 * cases[i].days / sqrt(n));
        trial_close(&trial);
    }
}

/* A law for new ones that shortens a, then one for both about b: whoever began before the first one
 * has nothing of it. And behind one for both a later one for both reaches all. */
static void
a_law_for_both_brings_no_other_along(void **state)
{
    static const struct {
        const char *first, *second;
        int32_t released;
    } cases[] = {{"new", "'pathways.b[two].stay': {times: 0.9}", 300},
                 {"both", "'pathways.b[two].stay': {times: 0.9}", 150},
                 {"new", "'pathways.a[one].stay': {times: 0.8}", 240},
                 {"both", "'pathways.a[one].stay': {times: 0.8}", 120}};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: N, region: north, capacity: 100}]\n"
            "stock: [{status: convicted, class: a, count: 3, facility: N, fresh: yes}]\n"
            "intake: [{class: a, region: north, rate: 0 / d}, {class: b, region: north, rate: 0 / "
            "d}]\n"
            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: "
            "{released: 1}}], b: [{phase: two, status: convicted, stay: {fixed: 300 d}, then: "
            "{released: 1}}]}\n"
            "law: [{name: l, from: 2026-02-01, reaches: %s, set: {'pathways.a[one].stay': {times: "
            "0.5}}}, {name: k, from: 2026-03-01, reaches: both, set: {%s}}]\n",
            cases[i].first, cases[i].second);
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "releases", 0, cases[i].released), 3);
        trial_close(&trial);
    }
}

/* 20 days off a stay of 100 by a pardon, then a law of 200: 180. */
static void
a_pardon_outlives_a_law(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities: [{name: N, region: north, capacity: 100}]\n"
                "stock: [{status: convicted, count: 3, facility: N, fresh: yes}]\n"
                "intake: [{class: a, region: north, rate: 0 / d}]\n"
                "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 100.5 d}, then: "
                "{released: 1}}]}\n"
                "measures: [{name: grace, kind: pardon, from: 2026-01-11, forward: 20 d}]\n"
                "law: [{name: l, from: 2026-01-21, reaches: both, set: {'pathways.a[one].stay': "
                "{fixed: 200.5 d}}}]\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_value(&trial, "releases", 0, 180), 3);
    trial_close(&trial);
}

/* 60 % of 900 d less 100 d pardoned: 10 d of remand count: released on day 430, and a law for both
 * on something else changes nothing of it; nor does it take the pardon off once more. */
static void
a_pardon_of_a_sentence_is_taken_off_once(void **state)
{
    static const char *const laws[] = {
        "", "law: [{name: l, from: 2026-06-01, reaches: both, set: {'pathways.a[held].stay': "
            "{fixed: 30 d}}}]\n"};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: N, region: north, capacity: 100}]\n"
            "stock: [{status: convicted, count: 3, facility: N, fresh: yes}]\n"
            "intake: [{class: a, region: north, rate: 0 / d}]\nhorizon: 600 d\n"
            "classes: [{name: a, sentence: {fixed: 900.5 d}, served: {fixed: 0.6}}]\n"
            "pathways: {a: [{phase: held, status: remand, stay: {fixed: 10 d}, then: {one: 1}},"
            " {phase: one, status: convicted, serve: share, then: {released: 1}}]}\n"
            "measures: [{name: grace, kind: pardon, from: 2026-03-01, forward: 100 d}]\n%s",
            laws[i]);
        trial_run(&trial, 0);
        double released = 0;
        for (int32_t day = 425; day < 435; day++)
            released += trial_value(&trial, "releases", 0, day);
        assert_int_equal(released, 3);
        trial_close(&trial);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_are_released_earlier),
        cmocka_unit_test(a_shorter_stay_is_the_same_quantile),
        cmocka_unit_test(those_inside_stay_longer_and_as_much_earlier),
        cmocka_unit_test(what_follows_changes_by_date),
        cmocka_unit_test(served_shares_and_sentences),
        cmocka_unit_test(competing_clocks_go_on_under_the_law),
        cmocka_unit_test(a_law_for_both_brings_no_other_along),
        cmocka_unit_test(a_pardon_outlives_a_law),
        cmocka_unit_test(a_pardon_of_a_sentence_is_taken_off_once),
        cmocka_unit_test(one_law_is_laid_over_the_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
