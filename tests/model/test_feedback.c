/* Feedback of courts and law: the factor after a year, whom it lets in, and whose sentence it
 * moves. */

#include "tests/support.h"

#include "tests/models.h"

#include <math.h>
#include <stdlib.h>

/* 150 people on 100 places, who stay; and what follows. */
#define HELD                                                                                       \
    "facilities: [{name: Prison, region: north, capacity: 100}]\n"                                 \
    "stock: [{status: remand, count: 150, facility: Prison, fresh: yes}]\n"                        \
    "pathways:\n"                                                                                  \
    "  held: [{phase: inside, status: remand, stay: {fixed: {value: 90 y}}, then: {released: "     \
    "1}}]\n"

#define SEEN                                                                                       \
    "  seen: [{phase: brief, status: convicted, stay: {fixed: {value: 1 d}}, then: {released: "    \
    "1}}]\n"

/* At 150 % each factor is by hand; in the first 365 days it is 1. */
static void
the_factor_is_that_of_the_occupancy_of_the_last_year(void **state)
{
    static const double expected[] = {1.1, 0.75, 0.6, 1.5};
    struct trial trial;

    (void)state;
    trial_open_text(&trial, HELD SEEN
                    "  two: [{phase: in, status: convicted, stay: {fixed: {value: 1 d}}, then: "
                    "{released: 1}}]\n"
                    "classes: [{name: seen, sentence: {fixed: {value: 1 y}}}, {name: two, "
                    "sentence: {fixed: {value: 1 y}}}]\nhorizon: 3 y\nintake: []\nfeedback:\n"
                    "  - {name: more, classes: [held], acts_on: intake, at: 125 %%, slope: "
                    "0.4, least: 0.5, most: 2}\n"
                    "  - {name: fewer, classes: [seen], acts_on: intake, at: 100 %%, slope: "
                    "-0.5, least: 0.5, most: 2}\n"
                    "  - {name: floor, classes: [seen, two], acts_on: sentence, at: 100 %%, "
                    "slope: -2, least: 0.6, most: 2}\n"
                    "  - {name: top, classes: [two], acts_on: intake, at: 1, slope: 9, "
                    "least: 0.5, most: 1.5}\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 1095; day++)
        for (uint32_t k = 0; k < 4; k++)
            assert_near(trial_value(&trial, "feedback_factor", k, day), day < 365 ? 1 : expected[k],
                        1e-6);
    trial_close(&trial);
}

/* A prison of 100 places that opens after 18 months: no places in the first year, half a year with
 * 150 people in the second. */
static void
before_there_are_places_nothing_follows(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities: [{name: Late, region: north, capacity: 100, opens: 2027-07-02}]\n"
                "intake: [{class: held, region: north, rate: 0 / d}]\n"
                "pathways: {held: [{phase: inside, status: remand, stay: {fixed: {value: 90 y}}, "
                "then: {released: 1}}]}\n"
                "horizon: 3 y\nfeedback: [{name: empty, classes: [held], acts_on: intake, at: 50 "
                "%%, slope: -1, least: 0, most: 9}]\n");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "feedback_factor", 0, 700), 1, 0);
    assert_near(trial_value(&trial, "feedback_factor", 0, 730), 1.5, 1e-6);
    trial_close(&trial);
}

#define RUNS 2000

/* 4 a day come for a day, of which they are in prison from the next day's round on, a share of the
 * day that is uniform: N of the first year, whose last day's are not seen, has the mean 4 x 364/365
 * x 1/2 and the variance 4 x 364/365^2 x 1/3. The factor of the second is 1 + 0.8 ((150 + N)/100 -
 * 1.4), and those who come are Poisson given it. */
static void
arrivals_of_the_second_year_follow_the_first(void **state)
{
    const double slope = 0.8, all = 4 * 365, seen = 4 * 364.0 / 365 / 2;
    const double factor = 1 + slope * ((150 + seen) / 100 - 1.4);
    const double spread = slope * slope / 1e4 * 4 * 364.0 / (365.0 * 365) / 3;
    const double mean = all * factor, variance = mean + all * all * spread;
    double sum = 0, square = 0, factors = 0;
    struct trial trial;

    (void)state;
    trial_open_text(&trial, HELD SEEN
                    "horizon: 730 d\nintake: [{class: seen, region: north, rate: 4 / d}]\n"
                    "record: [{place: nation, tick: year}]\n"
                    "feedback: [{name: f, classes: [seen], acts_on: intake, at: 140 %%, slope: "
                    "0.8, least: 0.5, most: 2}]\n");
    for (uint64_t r = 0; r < RUNS; r++) {
        trial_run(&trial, r);
        double came = trial_value(&trial, "arrivals", 0, 1);
        sum += came;
        square += (came - mean) * (came - mean);
        factors += trial_value(&trial, "feedback_factor", 0, 1);
    }
    trial_close(&trial);
    assert_near(factors / RUNS, factor, 4.5 * sqrt(spread / RUNS));
    assert_near(sum / RUNS, mean, 4.5 * sqrt(variance / RUNS));
    assert_near(square / RUNS, variance, 4.5 * variance * sqrt(2.0 / RUNS));
}

static int
by_name(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct stream_name));
}

/* Everybody who is inside; nobody leaves. */
static size_t
names_of(const struct trial *trial, struct stream_name *names, size_t room)
{
    const struct site *site = &trial->model->site[0];
    size_t count = 0;

    for (uint32_t slot = 0; slot < site->used && count < room; slot++)
        if (site->person[slot].phase != NO_PHASE) {
            memset(&names[count], 0, sizeof names[count]);
            names[count].source = site->person[slot].name.source;
            names[count++].number = site->person[slot].name.number;
        }
    qsort(names, count, sizeof *names, by_name);
    return count;
}

/* At 1 + slope x (occupancy - 0) above 1, whoever comes without it comes with it; at 0 % slope, the
 * same people. */
static void
whoever_comes_without_it_comes_with_more(void **state)
{
    static const char text[] =
        "facilities: [{name: Prison, region: north, capacity: 1000}]\n"
        "intake: [{class: held, region: north, rate: 2 / d}]\n"
        "pathways: {held: [{phase: inside, status: remand, stay: {fixed: {value: 90 y}}, then: "
        "{released: 1}}]}\nhorizon: 2 y\nfeedback: [{name: f, classes: [held], acts_on: intake, "
        "at: 0, slope: %s, least: 1, most: 4}]\n";
    static struct stream_name few[8000], many[8000];
    struct trial still, more;

    (void)state;
    trial_open_text(&still, text, "0");
    trial_open_text(&more, text, "1");
    for (uint64_t r = 0; r < 5; r++) {
        trial_run(&still, r);
        trial_run(&more, r);
        size_t fewer = names_of(&still, few, 8000), all = names_of(&more, many, 8000);
        assert_true(fewer > 1300 && all > fewer + 150);
        for (size_t i = 0; i < fewer; i++)
            assert_non_null(bsearch(&few[i], many, all, sizeof *many, by_name));
    }
    trial_close(&still);
    trial_close(&more);
}

/* 150 % and slope 1 at 100 %: whoever comes after a year has a sentence of 150 d for 100, of which
 * the earliest date and the share served move with it. */
static void
sentences_of_those_who_come_follow(void **state)
{
    struct trial trial;
    const struct site *site;
    int after = 0;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: Prison, region: north, capacity: 100}]\n"
        "stock: [{status: remand, count: 150, facility: Prison, fresh: yes}]\n"
        "classes: [{name: judged, sentence: {fixed: {value: 6 y}}, served: {fixed: {value: "
        "0.5}}}]\n"
        "pathways:\n"
        "  held: [{phase: inside, status: remand, stay: {fixed: {value: 90 y}}, then: {released: "
        "1}}]\n"
        "  judged: [{phase: sentence, status: convicted, serve: share, then: {released: 1}}]\n"
        "earliest_share: 0.4\nhorizon: 2 y\nintake: [{class: judged, region: north, rate: "
        "{2026-01-01: 0 / d, "
        "2026-12-31: 0 / d, 2027-01-01: 0.02 / d}}]\n"
        "feedback: [{name: f, classes: [judged], acts_on: sentence, at: 100 %%, slope: 1, least: "
        "0.5, most: 2}]\n");
    trial_run(&trial, 0);
    site = &trial.model->site[0];
    for (uint32_t slot = 0; slot < site->used; slot++) {
        const struct person *person = &site->person[slot];
        if (person->phase == NO_PHASE || person->class != 1)
            continue;
        after++;
        assert_near((double)person->sentence / TICKS_PER_DAY, 1.5 * 6 * 365.25, 1e-3);
        assert_near((double)person->earliest / TICKS_PER_DAY, 1.5 * 6 * 365.25 * 0.4, 1e-3);
        assert_near((double)person->served / TICKS_PER_DAY, 1.5 * 3 * 365.25, 1e-3);
    }
    assert_true(after > 2);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_factor_is_that_of_the_occupancy_of_the_last_year),
        cmocka_unit_test(before_there_are_places_nothing_follows),
        cmocka_unit_test(arrivals_of_the_second_year_follow_the_first),
        cmocka_unit_test(whoever_comes_without_it_comes_with_more),
        cmocka_unit_test(sentences_of_those_who_come_follow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
