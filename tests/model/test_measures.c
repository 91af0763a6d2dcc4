/* Early release, field by field: people at the beginning of stays of known length, so that each day
 * of release is known by hand. */

#include "tests/support.h"

#include "tests/models.h"

/* Nobody arrives; sentences of 300.5 days, released 100 days earlier by a measure: on day 200 or on
 * day 300. */
#define NOBODY_ARRIVES "intake: [{class: a, region: north, rate: 0 / d}]\n"
#define SENTENCE                                                                                   \
    "pathways: {a: [{phase: sentence, status: convicted, stay: {fixed: 300.5 d}, then: "           \
    "{released: 1}}]}\n"

enum { LATE = 300, EARLY = 200 };

static double
released(const struct trial *trial, int32_t day)
{
    return trial_value(trial, "releases", 0, day);
}

/* EARLY_ONES leave on day 200, LATE_ONES on day 300, nobody else on any other day. */
static void
assert_released(struct trial *trial, int early_ones, int late_ones)
{
    trial_run(trial, 0);
    assert_int_equal(released(trial, EARLY), early_ones);
    assert_int_equal(released(trial, LATE), late_ones);
    assert_int_equal(trial_sum(trial, "releases", 0), early_ones + late_ones);
    assert_int_equal(trial_sum(trial, "early_releases", 0), early_ones);
    assert_int_equal(trial_sum(trial, "early_days", 0), 100 * early_ones);
    trial_close(trial);
}

#define TWO_REGIONS                                                                                \
    "regions: [north, south]\n"                                                                    \
    "facilities: [{name: N, region: north, capacity: 100}, {name: S, region: south, capacity: "    \
    "5}]\n"                                                                                        \
    "stock: [{status: convicted, count: 10, facility: N, fresh: yes},"                             \
    " {status: convicted, count: 7, facility: S, fresh: yes}]\n" NOBODY_ARRIVES SENTENCE

static void
a_measure_of_a_region_reaches_that_region_alone(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    TWO_REGIONS "measures: [{name: m, forward: 100 d, from: 2026-01-01}]\n");
    assert_released(&trial, 17, 0);
    trial_open_text(&trial, TWO_REGIONS
                    "measures: [{name: m, forward: 100 d, from: 2026-01-01, region: south}]\n");
    assert_released(&trial, 7, 10);
}

/* 17 people on 105 places: 16 %; 7 on 5 in the south alone: 140 %. */
static void
a_measure_of_a_region_looks_at_that_region_alone(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    TWO_REGIONS "measures: [{name: m, forward: 100 d, on: 130 %%, off: 20 %%}]\n");
    assert_released(&trial, 0, 17);
    trial_open_text(&trial, TWO_REGIONS "measures: [{name: m, forward: 100 d, on: 130 %%, off: 20 "
                                        "%%, region: north}]\n");
    assert_released(&trial, 0, 17);
    trial_open_text(&trial, TWO_REGIONS "measures: [{name: m, forward: 100 d, on: 130 %%, off: 20 "
                                        "%%, region: south}]\n");
    assert_released(&trial, 7, 10);
}

/* Ten of a class with the right to stay, seven of one without. */
static void
a_measure_asks_for_the_right_of_residence(void **state)
{
    static const struct {
        const char *residence;
        int early, late;
    } cases[] = {{"any", 17, 0}, {"with", 10, 7}, {"without", 7, 10}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: N, region: north, capacity: 100}]\n"
            "classes: [{name: a}, {name: b, no_residence: 1}]\n"
            "stock: [{status: convicted, class: a, count: 10, facility: N, fresh: yes},"
            " {status: convicted, class: b, count: 7, facility: N, fresh: yes}]\n" NOBODY_ARRIVES
            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: "
            "{released: 1}}],\n"
            "  b: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: {released: 1}}]}\n"
            "measures: [{name: m, forward: 100 d, from: 2026-01-01, residence: %s}]\n",
            cases[i].residence);
        assert_released(&trial, cases[i].early, cases[i].late);
    }
}

#define ONE_PRISON                                                                                 \
    "facilities: [{name: N, region: north, capacity: 100}]\n"                                      \
    "stock: [{status: convicted, count: 10, facility: N, fresh: yes}]\n" NOBODY_ARRIVES SENTENCE

static void
whoever_has_an_exclusion_is_left_out_unless_all_offences_count(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, ONE_PRISON "people: {exclusions: {sexual: 1}}\n"
                                       "measures: [{name: m, forward: 100 d, from: 2026-01-01}]\n");
    assert_released(&trial, 0, 10);
    trial_open_text(&trial, ONE_PRISON
                    "people: {exclusions: {sexual: 1}}\n"
                    "measures: [{name: m, forward: 100 d, from: 2026-01-01, all_offences: yes}]\n");
    assert_released(&trial, 10, 0);
    trial_open_text(&trial, ONE_PRISON "measures: [{name: m, forward: 100 d, from: 2026-01-01}]\n");
    assert_released(&trial, 10, 0);
}

/* The measure comes into force on day 20. Ten serve already; seven begin on day 50 and would leave
 * on day 350.5: with it on day 250. */
static void
a_measure_reaches_those_who_serve_or_those_who_begin_or_both(void **state)
{
    static const struct {
        const char *reaches;
        int on_day_200, on_day_250, on_day_300, on_day_350;
    } cases[] = {{"both", 10, 7, 0, 0}, {"inside", 10, 0, 0, 7}, {"new", 0, 7, 10, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: N, region: north, capacity: 100}]\n"
            "stock: [{status: convicted, count: 10, facility: N, fresh: yes},"
            " {status: remand, count: 7, facility: N, fresh: yes}]\n" NOBODY_ARRIVES
            "pathways: {a: [{phase: remand, status: remand, stay: {fixed: 50 d}, then: {sentence: "
            "1}},\n"
            "  {phase: sentence, status: convicted, stay: {fixed: 300.5 d}, then: {released: "
            "1}}]}\n"
            "measures: [{name: m, forward: 100 d, from: 2026-01-21, reaches: %s}]\n",
            cases[i].reaches);
        trial_run(&trial, 0);
        assert_int_equal(released(&trial, 200), cases[i].on_day_200);
        assert_int_equal(released(&trial, 250), cases[i].on_day_250);
        assert_int_equal(released(&trial, 300), cases[i].on_day_300);
        assert_int_equal(released(&trial, 350), cases[i].on_day_350);
        assert_int_equal(trial_sum(&trial, "releases", 0), 17);
        trial_close(&trial);
    }
}

/* Sentences of 300.5 and of 600 days, all served; the measure holds up to 400 days. */
static void
longer_sentences_than_the_measure_holds_for_are_served(void **state)
{
    struct trial trial;

    (void)state;
    for (int limited = 0; limited < 2; limited++) {
        trial_open_text(
            &trial,
            "horizon: 700 d\n"
            "facilities: [{name: N, region: north, capacity: 100}]\n"
            "classes: [{name: a, sentence: {fixed: 300.5 d}}, {name: b, sentence: {fixed: 600 "
            "d}}]\n"
            "stock: [{status: convicted, class: a, count: 10, facility: N, fresh: yes},"
            " {status: convicted, class: b, count: 7, facility: N, fresh: yes}]\n" NOBODY_ARRIVES
            "pathways: {a: [{phase: one, status: convicted, serve: all, then: {released: 1}}],\n"
            "  b: [{phase: one, status: convicted, serve: all, then: {released: 1}}]}\n"
            "measures: [{name: m, forward: 100 d, from: 2026-01-01%s}]\n",
            limited == 1 ? ", most_sentence: 400 d" : "");
        trial_run(&trial, 0);
        assert_int_equal(released(&trial, 200), 10);
        assert_int_equal(trial_sum(&trial, "early_releases", 0), limited == 1 ? 10 : 17);
        assert_int_equal(trial_sum(&trial, "early_days", 0), 100 * (limited == 1 ? 10 : 17));
        trial_close(&trial);
    }
}

/* From 1 February to the last day of it. */
static void
a_measure_is_on_between_its_dates(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, ONE_PRISON
        "measures: [{name: m, forward: 1 d, uptake: 0, from: 2026-02-01, until: 2026-03-01}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++)
        assert_near(trial_value(&trial, "measure_on", 0, day), day >= 31 && day < 31 + 28 ? 1 : 0,
                    0);
    trial_close(&trial);
}

/* 100 people for the whole run, on 100 places, 80 from February, 100 from March, 125 from April,
 * 100 from May: an occupancy of 100 %, 125 %, 100 %, 80 % and 100 %. */
#define PLACES_GO_UP_AND_DOWN                                                                      \
    "facilities: [{name: N, region: north, capacity: {2026-01-01: 100, 2026-02-01: 80, "           \
    "2026-03-01: "                                                                                 \
    "100, 2026-04-01: 125, 2026-05-01: 100}}]\n"                                                   \
    "stock: [{status: convicted, count: 100, facility: N, fresh: yes}]\n" NOBODY_ARRIVES           \
    "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 3000 d}, then: {released: "      \
    "1}}]}\n"

enum { FEBRUARY = 31, MARCH = 59, APRIL = 90, MAY = 120 };

/* The measure is on from day ON to the day before OFF, and on no other day; the day of a change
 * itself is not looked at more closely than that. */
static void
assert_on(struct trial *trial, int32_t on, int32_t off)
{
    trial_run(trial, 0);
    for (int32_t day = 0; day < 400; day++)
        if (trial_value(trial, "measure_on", 0, day) != (day >= on && day < off ? 1 : 0))
            fail_msg("day %d: on for %g of it, and from %d to %d is expected", day,
                     trial_value(trial, "measure_on", 0, day), on, off);
    trial_close(trial);
}

/* On above 110 %, off below 90 %: 100 % leaves it as it is, in March on, in January and in May off.
 */
static void
between_two_thresholds_a_measure_stays_as_it_is(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, PLACES_GO_UP_AND_DOWN
                    "measures: [{name: m, forward: 1 d, uptake: 0, on: 110 %%, off: 90 %%}]\n");
    assert_on(&trial, FEBRUARY, APRIL);
    trial_open_text(&trial, PLACES_GO_UP_AND_DOWN
                    "measures: [{name: m, forward: 1 d, uptake: 0, on: 110 %%, off: 110 %%}]\n");
    assert_on(&trial, FEBRUARY, MARCH);
    trial_open_text(&trial, PLACES_GO_UP_AND_DOWN
                    "measures: [{name: m, forward: 1 d, uptake: 0, on: 125 %%, off: 90 %%}]\n");
    assert_on(&trial, 0, 0); /* reached, not passed */
    trial_open_text(&trial, PLACES_GO_UP_AND_DOWN
                    "measures: [{name: m, forward: 1 d, uptake: 0, on: 110 %%, off: 80 %%}]\n");
    assert_on(&trial, FEBRUARY, 400); /* reached, not passed */
}

/* Looked at every 7 days: on days 28, 35, ..., 84, 91; three days of notice each way. */
static void
reviews_and_notice_put_a_measure_off(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, PLACES_GO_UP_AND_DOWN
        "measures: [{name: m, forward: 1 d, uptake: 0, on: 110 %%, off: 90 %%, review: 7 d}]\n");
    assert_on(&trial, 35, 91);
    trial_open_text(
        &trial, PLACES_GO_UP_AND_DOWN
        "measures: [{name: m, forward: 1 d, uptake: 0, on: 110 %%, off: 90 %%, notice: 3 d}]\n");
    assert_on(&trial, FEBRUARY + 3, APRIL + 3);
    trial_open_text(&trial, PLACES_GO_UP_AND_DOWN "measures: [{name: m, forward: 1 d, uptake: 0, "
                                                  "on: 110 %%, off: 90 %%, review: 7 d, notice: 3 "
                                                  "d}]\n");
    assert_on(&trial, 38, 94);
}

/* Of 4000 people each takes part by a draw of one's own: a share of 30 %. */
static void
a_share_of_those_eligible_gets_it(void **state)
{
    struct trial trial;
    const double n = 4000, share = 0.3;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: N, region: north, capacity: 4000}]\n"
        "stock: [{status: convicted, count: 4000, facility: N, fresh: yes}]\n" NOBODY_ARRIVES
            SENTENCE "measures: [{name: m, forward: 100 d, from: 2026-01-01, uptake: 30 %%}]\n");
    trial_run(&trial, 0);
    assert_near(released(&trial, EARLY), n * share, 4.5 * sqrt(n * share * (1 - share)));
    assert_int_equal(released(&trial, EARLY) + released(&trial, LATE), n);
    trial_close(&trial);
}

/* Who would have less time left than the measure brings the release forward, leaves at once. */
static void
a_release_is_brought_forward_to_now_at_most(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, ONE_PRISON "measures: [{name: m, forward: 100 d, from: 2026-09-08}]\n");
    trial_run(&trial, 0); /* day 250, 50.5 days before the end */
    assert_int_equal(released(&trial, 250), 10);
    assert_int_equal(trial_sum(&trial, "early_releases", 0), 10);
    assert_int_equal(trial_sum(&trial, "early_days", 0), 500); /* whole days of each */
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_of_a_region_reaches_that_region_alone),
        cmocka_unit_test(a_measure_of_a_region_looks_at_that_region_alone),
        cmocka_unit_test(a_measure_asks_for_the_right_of_residence),
        cmocka_unit_test(whoever_has_an_exclusion_is_left_out_unless_all_offences_count),
        cmocka_unit_test(a_measure_reaches_those_who_serve_or_those_who_begin_or_both),
        cmocka_unit_test(longer_sentences_than_the_measure_holds_for_are_served),
        cmocka_unit_test(a_measure_is_on_between_its_dates),
        cmocka_unit_test(between_two_thresholds_a_measure_stays_as_it_is),
        cmocka_unit_test(reviews_and_notice_put_a_measure_off),
        cmocka_unit_test(a_share_of_those_eligible_gets_it),
        cmocka_unit_test(a_release_is_brought_forward_to_now_at_most),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
