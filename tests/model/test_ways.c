/* Stays by the way on, and stock by time spent or left: against the same written as two phases, and
 * by shares times means. */

#include "tests/support.h"

#include "tests/models.h"

#define PLACE                                                                                      \
    "exits: [released, paroled]\n"                                                                 \
    "facilities: [{name: N, region: north, capacity: 5000}]\n"

/* 30 % go on parole after 100 days and 70 % are released after 20: of the people met inside 30/44
 * are on the long way. Their releases are spread evenly over what is left. */
static void
people_met_are_on_the_ways_by_share_and_mean(void **state)
{
    enum { N = 20000 };
    static const char *const written[] = {
        "then: {paroled: {share: 30 %%, stay: {fixed: 100 d}}, released: {share: 70 %%, stay: "
        "{fixed: 20 d}}}",
        "stay: {fixed: 20 d}, then: {paroled: {share: 30 %%, stay: {fixed: 100 d}}, released: 70 "
        "%%}",
        "stay: {fixed: 20 d}, then: {paroled: 30 %%, released: 70 %%}, stays: [{way: paroled, "
        "stay: {fixed: 100 d}}]"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct trial trial;
        char text[1024];
        double by_50 = 0, share = 30.0 / 44;
        snprintf(
            text, sizeof text,
            PLACE
            "stock: [{status: convicted, count: 20000, facility: N}]\n"
            "intake: [{class: a, region: north, rate: {2020-01-01: 1 / d, 2026-01-01: 0 / d}}]\n"
            "pathways: {a: [{phase: one, status: convicted, %s}]}\n",
            written[i]);
        trial_open_text(&trial, text, "");
        trial_run(&trial, 0);
        double paroled = trial_sum(&trial, "releases", 1);
        assert_near(paroled, N * share, 4.5 * sqrt(N * share * (1 - share)));
        assert_int_equal(paroled + trial_sum(&trial, "releases", 0), N);
        for (int32_t day = 0; day < 50; day++)
            by_50 += trial_value(&trial, "releases", 1, day);
        assert_near(by_50, N * share / 2, 4.5 * sqrt(N * share / 2));
        for (int32_t day = 20; day < 400; day++)
            assert_int_equal(trial_value(&trial, "releases", 0, day), 0);
        trial_close(&trial);
    }
}

/* New ones: after 20 days 70 %, after 100 the rest, each by its own exit. */
static void
who_begins_goes_one_way_with_its_stay(void **state)
{
    struct trial trial;
    const double n = 4000;

    (void)state;
    trial_open_text(
        &trial,
        PLACE "stock: [{status: convicted, count: 4000, facility: N, fresh: yes}]\n"
              "intake: [{class: a, region: north, rate: {2020-01-01: 1 / d, 2026-01-01: 0 / d}}]\n"
              "pathways: {a: [{phase: one, status: convicted, then: {paroled: {share: "
              "30 %%, stay: {fixed: 100.5 d}}, released: {share: 70 %%, stay: {fixed: "
              "20.5 d}}}}]}\n");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "releases", 0, 20), 0.7 * n, 4.5 * sqrt(n * 0.21));
    assert_int_equal(
        trial_value(&trial, "releases", 0, 20) + trial_value(&trial, "releases", 1, 100), n);
    trial_close(&trial);
}

/* The times at which 3,000 people leave, in order. */
static size_t
leaving_days(const char *pathways, double *day, size_t most)
{
    struct trial trial;
    size_t count = 0;
    char text[2048];

    snprintf(
        text, sizeof text,
        "horizon: 3 y\n" PLACE "stock: [{status: convicted, class: a, count: 3000, facility: N}]\n"
        "intake: [{class: a, region: north, rate: {2020-01-01: 1 / d, 2026-01-01: 0 / d}}]\n%s",
        pathways);
    trial_open_text(&trial, text, "");
    trial_run(&trial, 0);
    for (int32_t row = 0; row < trial.plan->result_days; row++)
        for (int n = 0; n < trial_value(&trial, "releases", 0, row); n++)
            if (count < most)
                day[count++] = row;
    trial_close(&trial);
    return count;
}

/* The largest difference of the shares of A and B up to any day. */
static double
distance(const double *a, size_t as, const double *b, size_t bs)
{
    double most = 0;

    for (int day = 0; day < 1100; day++) {
        size_t i = 0, j = 0;
        while (i < as && a[i] <= day)
            i++;
        while (j < bs && b[j] <= day)
            j++;
        most = fmax(most, fabs((double)i / (double)as - (double)j / (double)bs));
    }
    return most;
}

/* The same as a phase by way, and as two phases behind a choice that takes no time: Kolmogorov's
 * distance of days of leaving, of a stock in balance, stays below its bound at one in 10^5. */
static void
by_way_is_the_same_as_two_phases(void **state)
{
    enum { N = 3000 };
    static double a[N], b[N];

    (void)state;
    size_t as = leaving_days(
        "pathways: {a: [{phase: one, status: convicted, then: {released: {share: 40 %%, stay: "
        "{lognormal: {mean: 120 d, cv: 0.8}}}, two: {share: 60 %%, stay: {gamma: {mean: 40 d, cv: "
        "0.5}}}}}, {phase: two, status: convicted, stay: {exponential: 30 d}, then: {released: "
        "1}}]}\n",
        a, N);
    size_t bs = leaving_days(
        "pathways: {a: [{phase: zero, status: convicted, stay: {fixed: 0 d}, then: {long: 0.4, "
        "short: 0.6}}, {phase: long, status: convicted, stay: {lognormal: {mean: 120 d, cv: 0.8}}, "
        "then: {released: 1}}, {phase: short, status: convicted, stay: {gamma: {mean: 40 d, cv: "
        "0.5}}, then: {two: 1}}, {phase: two, status: convicted, stay: {exponential: 30 d}, then: "
        "{released: 1}}]}\n",
        b, N);
    assert_true(as > N - 10 && bs > N - 10); /* the others stay longer than the run */
    assert_true(distance(a, as, b, bs) < sqrt(-log(0.5e-5) / 2 * 2.0 / N));
}

/* A sentence after a phase by way: those who waited long have less of it left. By hand: half wait
 * 50 days, half 10; of a sentence of 60 served in all there are 10 and 50 left. */
static void
a_sentence_after_it_counts_the_time_of_the_way(void **state)
{
    struct trial trial;
    double inside = 0;

    (void)state;
    trial_open_text(
        &trial,
        PLACE "classes: [{name: a, sentence: {fixed: 60 d}}]\n"
              "stock: [{status: remand, count: 3000, facility: N}, {status: convicted, "
              "count: 3000, facility: N}]\n"
              "intake: [{class: a, region: north, rate: {2020-01-01: 1 / d, 2026-01-01: 0 / d}}]\n"
              "pathways: {a: [{phase: remand, status: remand, then: {long: {share: 50 "
              "%%, stay: {fixed: 50 d}}, short: {share: 50 %%, stay: {fixed: 10 d}}}},\n"
              "  {phase: long, status: convicted, serve: all, then: {released: 1}},\n"
              "  {phase: short, status: convicted, serve: all, then: {released: 1}}]}\n");
    /* of the stock's 3,000 convicted 10/60 are in long, 50/60 in short */
    trial_run(&trial, 0);
    assert_near(trial.plan->steady.days[1], 5, 1e-6);
    assert_near(trial.plan->steady.days[2], 25, 1e-6);
    assert_near(trial.plan->steady.days[0], 30, 1e-6);
    for (int32_t day = 0; day < 60; day++)
        inside += trial_value(&trial, "in_phase", 1, day);
    /* in long: 500 of the stock for 5 days on average, 2,500 of remand for 10 each */
    assert_near(inside, 500 * 5 + 2500 * 10, 4.5 * (sqrt(3000.0 / 36 * 5) * 10 + sqrt(417.0) * 10));
    trial_close(&trial);
}

/* Counted by time left: ten leave on day 30, and of a histogram those of each bar in its days. */
static void
time_left_is_when_they_leave(void **state)
{
    struct trial trial;
    double first = 0, second = 0;

    (void)state;
    trial_open_text(
        &trial,
        PLACE "classes: [{name: b, sentence: {fixed: 900 d}}]\n"
              "stock: [{status: convicted, class: a, phase: one, count: 10, facility: N, left: "
              "{fixed: 30.5 d}},\n"
              "  {status: convicted, class: b, phase: one, count: 4000, facility: N, left: "
              "{empirical: [{from: 100 d, to: 110 d, count: 1}, {from: 200 d, to: 220 d, count: "
              "3}]}}]\n"
              "intake: [{class: a, region: north, rate: 0 / d}]\n"
              "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 700 d}, then: "
              "{released: 1}}],\n"
              "  b: [{phase: one, status: convicted, serve: all, then: {paroled: 1}}]}\n");
    trial_run(&trial, 0);
    assert_int_equal(trial_value(&trial, "releases", 0, 30), 10);
    for (int32_t day = 0; day < 400; day++) {
        double left = trial_value(&trial, "releases", 1, day);
        first += day >= 100 && day < 110 ? left : 0;
        second += day >= 200 && day < 220 ? left : 0;
    }
    assert_int_equal(first + second, 4000);
    assert_near(first, 1000, 4.5 * sqrt(4000 * 0.25 * 0.75));
    trial_close(&trial);
}

/* 50 of up to 100 days spent, anything between as likely: half of what is left is over after 25
 * more. And who has an exponential stay has as much left whatever was spent. */
static void
time_spent_is_of_a_longer_stay(void **state)
{
    static const struct {
        const char *stay;
        int32_t half;
        double expected;
    } cases[] = {{"{uniform: {low: 0 d, high: 100 d}}", 25, 0.5},
                 {"{exponential: 60 d}", 60, 0.63212055883}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        double gone = 0, n = 4000;
        trial_open_text(&trial,
                        PLACE "stock: [{status: convicted, class: a, phase: one, count: 4000, "
                              "facility: N, spent: {fixed: 50 d}}]\n"
                              "intake: [{class: a, region: north, rate: 0 / d}]\n"
                              "pathways: {a: [{phase: one, status: convicted, stay: %s, then: "
                              "{released: 1}}]}\n",
                        cases[i].stay);
        trial_run(&trial, 0);
        for (int32_t day = 0; day < cases[i].half; day++)
            gone += trial_value(&trial, "releases", 0, day);
        assert_near(gone, n * cases[i].expected,
                    4.5 * sqrt(n * cases[i].expected * (1 - cases[i].expected)));
        if (i == 0)
            for (int32_t day = 50; day < 400; day++)
                assert_int_equal(trial_value(&trial, "releases", 0, day), 0);
        trial_close(&trial);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_met_are_on_the_ways_by_share_and_mean),
        cmocka_unit_test(who_begins_goes_one_way_with_its_stay),
        cmocka_unit_test(by_way_is_the_same_as_two_phases),
        cmocka_unit_test(time_left_is_when_they_leave),
        cmocka_unit_test(time_spent_is_of_a_longer_stay),
        cmocka_unit_test(a_sentence_after_it_counts_the_time_of_the_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
