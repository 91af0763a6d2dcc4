/* Places in closed form, against what was published and what can be worked out by hand. */

#include "tests/support.h"

#include "analysis/erlang.h"

/* One place: a / (1 + a). Two places at a = 1: (1/2) / (1 + 1 + 1/2) = 0.2. No place: everybody. */
static void
few_places_refuse_what_is_worked_out_by_hand(void **state)
{
    (void)state;
    assert_near(erlang_refused(0, 3), 1, 0);
    assert_near(erlang_refused(1, 3), 0.75, 1e-15);
    assert_near(erlang_refused(2, 1), 0.2, 1e-15);
    assert_near(erlang_refused(5, 0), 0, 0);
}

/* B = (a^n / n!) / sum of a^k / k!, term by term. */
static double
by_the_sum(int places, double load)
{
    double term = 1, sum = 1;

    for (int k = 1; k <= places; k++)
        sum += term *= load / k;
    return term / sum;
}

/* 25 erlang at 30 places: data/published, refuse-30. */
static void
the_recursion_is_the_sum(void **state)
{
    (void)state;
    assert_near(erlang_refused(30, 25), 0.0526031722, 5e-11);
    for (int places = 1; places <= 100; places += 11)
        for (double load = 0.5; load < 120; load *= 1.7)
            assert_near(erlang_refused(places, load) / by_the_sum(places, load), 1, 1e-12);
}

/* The load at which PLACES are full for so large a SHARE of the time, by bisection. */
static double
load_that_fills(int places, double share)
{
    double low = 0, high = 100.0 * places;

    for (int i = 0; i < 100; i++) {
        double load = (low + high) / 2;
        double full = load * (1 - erlang_refused(places, load)) / places;
        *(full < share ? &low : &high) = load;
    }
    return low;
}

/* A house of 30 places that is kept 95 % full refuses 37 % of those who come; ten of them behind
 * one list 4 %. */
static void
houses_that_share_their_places_refuse_fewer(void **state)
{
    (void)state;
    assert_near(erlang_refused(30, load_that_fills(30, 0.95)), 0.37, 0.005);
    assert_near(erlang_refused(300, load_that_fills(300, 0.95)), 0.04, 0.005);
}

/* Stays of half a year: 182.625 days. */
static void
each_day_of_hand_off_costs_occupancy(void **state)
{
    static const struct {
        double gap, lived_in;
    } expected[] = {{7, 0.96}, {14, 0.93}, {30, 0.86}, {60, 0.75}};

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_near(erlang_lived_in(365.25 / 2, expected[i].gap), expected[i].lived_in, 0.005);
    assert_true(isnan(erlang_lived_in(0, 0)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_places_refuse_what_is_worked_out_by_hand),
        cmocka_unit_test(the_recursion_is_the_sum),
        cmocka_unit_test(houses_that_share_their_places_refuse_fewer),
        cmocka_unit_test(each_day_of_hand_off_costs_occupancy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
