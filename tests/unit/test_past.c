/* What counts alone say of a day to come: the horizons that they belong to, their trend, their
 * spread. */

#include "tests/support.h"

#include "analysis/past.h"

#include <math.h>

static const double usual[] = {1, 3, 6, 12, 24, 36};
static const struct horizons horizons = {usual, 6};

/* Half a month about 1, one and a half about 3, three about the others; 9 is as near to 6 as to 12.
 * 1.7 is nearer to 1, but not within half a month of it. */
static void
counts_belong_to_the_nearest_horizon_within_reach(void **state)
{
    static const struct {
        double months;
        size_t horizon;
    } expected[] = {{0.4, SIZE_MAX}, {0.5, 0},         {1.5, 0},  {1.7, 1},        {4.4, 1},
                    {4.6, 2},        {9, 2},           {9.01, 3}, {15, 3},         {15.1, SIZE_MAX},
                    {21, 4},         {27.1, SIZE_MAX}, {39, 5},   {39.1, SIZE_MAX}};

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (horizons_nearest(&horizons, expected[i].months) != expected[i].horizon)
            fail_msg("%g months", expected[i].months);
    assert_near(past_months(1461), 48, 1e-12); /* four years */
}

/* Twice as many after 20 years of 365.25 days: the logarithm of 2, by 20, whatever was between. */
static void
a_trend_goes_from_the_first_count_to_the_last(void **state)
{
    const struct past_count count[] = {{1000, 50}, {2000, 400}, {1000 + 7305, 100}};

    (void)state;
    assert_near(past_trend(count, 3), log(2) / 20, 1e-15);
}

/* 1,826 days are five years less a quarter of a day. */
static void
less_than_five_years_or_two_counts_have_no_trend(void **state)
{
    const struct past_count count[] = {{0, 50}, {1826, 60}, {1827, 60}};

    (void)state;
    assert_true(isnan(past_trend(count, 2)));
    assert_true(!isnan(past_trend(count, 3)));
    assert_true(isnan(past_trend(count, 1)));
    assert_true(isnan(past_trend(count, 0)));
}

/* 100, 110, 99 and 99 in four Januaries: changes of 12 months are those from one to the next; of 24
 * months there are two alone. With a trend, so much a year is taken off each. */
static void
a_spread_is_the_root_of_the_mean_square_of_earlier_changes(void **state)
{
    const struct past_count count[] = {{0, 100}, {365, 110}, {731, 99}, {1096, 99}};
    double up = log(1.1), down = log(0.9), trend = 0.02, year = 365.25;

    (void)state;
    assert_near(past_spread(count, 4, &horizons, 3, 0), sqrt((up * up + down * down) / 3), 1e-15);
    up -= trend * 365 / year;
    down -= trend * 366 / year;
    double still = -trend * 365 / year;
    assert_near(past_spread(count, 4, &horizons, 3, trend),
                sqrt((up * up + down * down + still * still) / 3), 1e-15);
}

static void
fewer_than_three_changes_have_no_spread(void **state)
{
    const struct past_count count[] = {{0, 100}, {365, 110}, {731, 99}, {1096, 99}};

    (void)state;
    assert_true(isnan(past_spread(count, 4, &horizons, 4, 0)));
    assert_true(isnan(past_spread(count, 3, &horizons, 3, 0)));
    assert_true(isnan(past_spread(count, 4, &horizons, 3, NAN)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_belong_to_the_nearest_horizon_within_reach),
        cmocka_unit_test(a_trend_goes_from_the_first_count_to_the_last),
        cmocka_unit_test(less_than_five_years_or_two_counts_have_no_trend),
        cmocka_unit_test(a_spread_is_the_root_of_the_mean_square_of_earlier_changes),
        cmocka_unit_test(fewer_than_three_changes_have_no_spread),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
