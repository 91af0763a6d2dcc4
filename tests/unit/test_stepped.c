/* The change of an outcome where houses open, and how it is told from chance, where both are known:
 * by hand, by least squares done elsewhere, and by the exact chances of orders. */

#include "tests/support.h"

#include "analysis/stepped.h"

#include "sim/engine/stream.h"

#include <math.h>
#include <string.h>

enum { MOST = 12 };

static double outcome[MOST * MOST], exposure[MOST * MOST], pair[MOST * MOST], level[2 * MOST];

static struct stepped
panel_of(size_t regions, size_t periods)
{
    return (struct stepped){regions, periods, outcome, exposure, pair, level};
}

/* Region i of REGIONS opens at the beginning of period i + 1 of PERIODS. */
static struct stepped
one_by_one(size_t regions, size_t periods)
{
    for (size_t i = 0; i < regions; i++)
        for (size_t t = 0; t < periods; t++)
            exposure[i * periods + t] = t > i;
    return panel_of(regions, periods);
}

/* Two periods; three of six regions open between them. */
static struct stepped
three_of_six(void)
{
    for (size_t i = 0; i < 6; i++) {
        exposure[2 * i] = 0;
        exposure[2 * i + 1] = i < 3;
    }
    return panel_of(6, 2);
}

/* By Box and Muller; both of the pair are not needed. */
static double
normal(struct stream *stream)
{
    return sqrt(-2 * log(stream_uniform_open(stream))) * cos(2 * M_PI * stream_uniform(stream));
}

static struct stream
stream_of(uint64_t replication, const char *what)
{
    struct stream stream;

    stream_open(&stream, 1, replication, 0, (struct stream_name){stream_text_name(what), 0}, 0);
    return stream;
}

static void
assert_share(size_t seen, size_t of, double expected)
{
    double share = (double)seen / (double)of;

    print_message("%zu of %zu: %.2f %%, expected %.2f %%\n", seen, of, 100 * share, 100 * expected);
    assert_near(share, expected, 4.5 * sqrt(expected * (1 - expected) / (double)of));
}

/* (12 - 10) where it opens, less (11 - 10) where it does not. */
static void
two_regions_and_two_periods_give_the_difference_of_differences(void **state)
{
    const double y[] = {10, 12, 10, 11}, x[] = {0, 1, 0, 0};

    (void)state;
    memcpy(outcome, y, sizeof y);
    memcpy(exposure, x, sizeof x);
    struct stepped panel = panel_of(2, 2);
    assert_near(stepped_change(&panel), 1, 1e-12);
}

/* By numpy.linalg.lstsq on the periods without houses, a level for each region and each period, and
 * what lies beyond it under houses, weighed with the exposure. In the last period of the first all
 * have houses, so it says nothing: 34/9, and in the other orders of the openings -2/9, 8/9, -8/3,
 * -10/9 and -2/3, of which none is as far. In the second a fourth region has none to the end. */
static void
a_staggered_opening_has_the_change_of_least_squares(void **state)
{
    const double y[] = {10, 12, 15, 11, 20, 19, 24, 22, 7, 9, 8, 12};
    const double x[] = {0, 1, 1, 1, 0, 0, 0.5, 1, 0, 0, 0, 1};
    const double other_y[] = {10, 12, 15, 11, 13, 20, 19, 24, 22, 17,
                              7,  9,  8,  12, 10, 3,  1,  4,  1,  5};
    const double other_x[] = {0, 1, 1, 1, 1, 0, 0, 0.5, 1, 1, 0, 0, 0, 0.25, 1, 0, 0, 0, 0, 0};
    struct stream none = stream_of(0, "none");

    (void)state;
    memcpy(outcome, y, sizeof y);
    memcpy(exposure, x, sizeof x);
    struct stepped panel = panel_of(3, 4);
    assert_near(stepped_change(&panel), 34.0 / 9, 1e-12);
    assert_near(stepped_p(&panel, STEPPED_EITHER, &none), 1.0 / 6, 1e-12);
    assert_near(stepped_p(&panel, STEPPED_MORE, &none), 1.0 / 6, 1e-12);
    assert_near(stepped_p(&panel, STEPPED_LESS, &none), 1, 1e-12);
    memcpy(outcome, other_y, sizeof other_y);
    memcpy(exposure, other_x, sizeof other_x);
    panel = panel_of(4, 5);
    assert_near(stepped_change(&panel), 1.5042735042735043, 1e-12);
}

/* A region that has houses from the beginning has no level, and changes nothing: the same as the
 * first of the test above. */
static void
a_region_that_had_houses_at_first_says_nothing(void **state)
{
    const double y[] = {10, 12, 15, 11, 20, 19, 24, 22, 7, 9, 8, 12, 300, 100, 400, 100};
    const double x[] = {0, 1, 1, 1, 0, 0, 0.5, 1, 0, 0, 0, 1, 0.5, 1, 1, 1};

    (void)state;
    memcpy(outcome, y, sizeof y);
    memcpy(exposure, x, sizeof x);
    struct stepped panel = panel_of(4, 4);
    assert_near(stepped_change(&panel), 34.0 / 9, 1e-10);
}

/* Two regions have 10 and 20 a period until houses open, and then 1, 2, 3 ... less, the longer they
 * are open: the third has none, so the change is the mean of 1, 2, 3, 4 and 1, 2. */
static void
an_effect_that_grows_does_not_turn_against_itself(void **state)
{
    const double y[] = {10, 9, 8, 7, 6, 20, 20, 20, 19, 18, 15, 15, 15, 15, 15};
    const double x[] = {0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};

    (void)state;
    memcpy(outcome, y, sizeof y);
    memcpy(exposure, x, sizeof x);
    struct stepped panel = panel_of(3, 5);
    assert_near(stepped_change(&panel), -13.0 / 6, 1e-12);
}

/* The three that open grow by 6, 5 and 4, the others by 3, 2 and 1. Of the 20 ways to choose three
 * of six none gives more, and only the opposite one gives as much the other way. Where they grow by
 * 6, 5 and 2, and the others by 4, 3 and 1, their sum is 13: 6 5 4, 6 5 3 and 6 4 3 are as
 * far up, all but the first two of them as far down. */
static void
of_three_among_six_the_orders_are_counted(void **state)
{
    const double grows[][6] = {{6, 5, 4, 3, 2, 1}, {6, 5, 2, 4, 3, 1}};
    const double expected[][3] = {{2.0 / 20, 1.0 / 20, 1}, {8.0 / 20, 4.0 / 20, 18.0 / 20}};
    const enum stepped_direction way[] = {STEPPED_EITHER, STEPPED_MORE, STEPPED_LESS};
    struct stream none = stream_of(0, "none");

    (void)state;
    for (size_t c = 0; c < 2; c++) {
        struct stepped panel = three_of_six();
        for (size_t i = 0; i < 6; i++) {
            outcome[2 * i] = 100 * (double)i;
            outcome[2 * i + 1] = 100 * (double)i + grows[c][i];
        }
        stepped_change(&panel);
        for (size_t w = 0; w < 3; w++)
            assert_near(stepped_p(&panel, way[w], &none), expected[c][w], 1e-12);
    }
}

static void
openings_that_leave_nothing_to_compare_have_no_change(void **state)
{
    (void)state;
    for (size_t i = 0; i < 12; i++) {
        outcome[i] = (double)(i * i);
        exposure[i] = i % 4 >= 2; /* everywhere at once */
    }
    struct stepped panel = panel_of(3, 4);
    assert_true(isnan(stepped_change(&panel)));
}

/* 1 / 5!, 1 / 3!; three of six alike: 3! 3! / 6!, twice where the opposite is as far; of two
 * regions one order is the opposite of the other; of more than seven regions 1999 orders are drawn.
 */
static void
the_least_share_follows_from_the_number_of_orders(void **state)
{
    struct stepped panel;

    (void)state;
    memset(outcome, 0, sizeof outcome);
    panel = one_by_one(5, 7);
    stepped_change(&panel);
    assert_near(stepped_least_p(&panel, STEPPED_EITHER), 1.0 / 120, 1e-12);
    panel = one_by_one(3, 8);
    stepped_change(&panel);
    assert_near(stepped_least_p(&panel, STEPPED_LESS), 1.0 / 6, 1e-12);
    panel = three_of_six();
    stepped_change(&panel);
    assert_near(stepped_least_p(&panel, STEPPED_MORE), 1.0 / 20, 1e-12);
    assert_near(stepped_least_p(&panel, STEPPED_EITHER), 2.0 / 20, 1e-12);
    panel = one_by_one(2, 2);
    stepped_change(&panel);
    assert_near(stepped_least_p(&panel, STEPPED_EITHER), 1, 1e-12);
    panel = one_by_one(10, 12);
    stepped_change(&panel);
    assert_near(stepped_least_p(&panel, STEPPED_EITHER), 1.0 / 2000, 1e-12);
}

/* What happens in a region hangs together from one period to the next (0.9), some regions are ten
 * times as restless as others, and all share a trend. */
static void
restless_outcomes(struct stepped *panel, uint64_t replication)
{
    struct stream stream = stream_of(replication, "outcomes");

    for (size_t i = 0; i < panel->regions; i++) {
        double restless = stream_uniform(&stream) < 0.3 ? 10 : 1, last = 5 * normal(&stream);
        for (size_t t = 0; t < panel->periods; t++) {
            last = 0.9 * last + restless * normal(&stream);
            outcome[i * panel->periods + t] = last + 3 * (double)t;
        }
    }
}

static size_t
false_alarms(size_t regions, size_t of)
{
    size_t seen = 0;

    for (size_t r = 0; r < of; r++) {
        struct stepped panel = one_by_one(regions, regions + 2);
        struct stream stream = stream_of(r, "orders");
        restless_outcomes(&panel, r);
        stepped_change(&panel);
        seen += stepped_p(&panel, STEPPED_EITHER, &stream) <= 0.05 * (1 + 1e-9);
    }
    return seen;
}

/* 6 of the 120 orders of five regions, 2 of the 24 of four (one is 4.2 %). */
static void
false_alarms_are_as_many_as_the_level_says(void **state)
{
    (void)state;
    assert_share(false_alarms(5, 20000), 20000, 0.05);
    assert_share(false_alarms(4, 20000), 20000, 1.0 / 24);
}

/* 100 of 2,000 orders, of which the one that came is any. */
static void
false_alarms_are_as_many_where_orders_are_drawn(void **state)
{
    (void)state;
    assert_share(false_alarms(9, 2000), 2000, 0.05);
}

/* Three of six regions open, and what they grow by is normal, D standard deviations more than what
 * the others do. At 5 % more is seen where all three have grown by more than any other: the chance
 * is the integral of 3 f(x - D) (1 - F(x - D))^2 F(x)^3, by numerical integration. */
static void
the_power_for_normal_outcomes_is_that_of_order_statistics(void **state)
{
    const struct {
        double d, power;
    } known[] = {{0, 0.05}, {1, 0.260249}, {2, 0.623570}};
    enum { OF = 20000 };

    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        size_t seen = 0;
        for (uint64_t r = 0; r < OF; r++) {
            struct stepped panel = three_of_six();
            struct stream stream = stream_of(r, "normal");
            for (size_t i = 0; i < 6; i++) {
                outcome[2 * i] = 10 * normal(&stream);
                outcome[2 * i + 1] = outcome[2 * i] + normal(&stream) + (i < 3 ? known[k].d : 0);
            }
            stepped_change(&panel);
            seen += stepped_p(&panel, STEPPED_MORE, &stream) <= 0.05 * (1 + 1e-9);
        }
        assert_share(seen, OF, known[k].power);
    }
}

static double
poisson(struct stream *stream, double mean)
{
    double count = -1;

    for (double time = 0; time < mean; count++)
        time -= log(stream_uniform_open(stream));
    return count;
}

/* Counts: 20 a period, 12 where houses are open. Less is seen where each of the three changes is
 * less than each of the other three: of the exact distributions of differences of two Poisson
 * counts (Skellam), added up over the largest of the three. Ties make the level of no effect less
 * than 5 %. */
static void
the_power_for_counts_is_that_of_differences_of_poisson_counts(void **state)
{
    const struct {
        double after, power;
    } known[] = {{20, 0.0423279}, {12, 0.3468103}, {10, 0.4807336}};
    enum { OF = 20000 };

    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        size_t seen = 0;
        for (uint64_t r = 0; r < OF; r++) {
            struct stepped panel = three_of_six();
            struct stream stream = stream_of(r, "counts");
            for (size_t i = 0; i < 6; i++) {
                outcome[2 * i] = poisson(&stream, 20);
                outcome[2 * i + 1] = poisson(&stream, i < 3 ? known[k].after : 20);
            }
            stepped_change(&panel);
            seen += stepped_p(&panel, STEPPED_LESS, &stream) <= 0.05 * (1 + 1e-9);
        }
        assert_share(seen, OF, known[k].power);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_regions_and_two_periods_give_the_difference_of_differences),
        cmocka_unit_test(a_staggered_opening_has_the_change_of_least_squares),
        cmocka_unit_test(a_region_that_had_houses_at_first_says_nothing),
        cmocka_unit_test(an_effect_that_grows_does_not_turn_against_itself),
        cmocka_unit_test(of_three_among_six_the_orders_are_counted),
        cmocka_unit_test(openings_that_leave_nothing_to_compare_have_no_change),
        cmocka_unit_test(the_least_share_follows_from_the_number_of_orders),
        cmocka_unit_test(false_alarms_are_as_many_as_the_level_says),
        cmocka_unit_test(false_alarms_are_as_many_where_orders_are_drawn),
        cmocka_unit_test(the_power_for_normal_outcomes_is_that_of_order_statistics),
        cmocka_unit_test(the_power_for_counts_is_that_of_differences_of_poisson_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
