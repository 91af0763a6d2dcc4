/* Forecasts against what came: the continuous ranked probability score, cover, bias, and no score
 * of few. */

#include "tests/support.h"

#include "analysis/score.h"

#include <gsl/gsl_math.h>
#include <math.h>

/* |1 - 3|, |2 - 3|, |4 - 3|: 4/3 on average; |1 - 2|, |1 - 4|, |2 - 4|: 2 on average, of which half
 * is taken away. */
static void
the_score_of_three_draws_by_hand(void **state)
{
    const double draws[] = {4, 1, 2};
    double work[3];

    (void)state;
    assert_near(outcome_of_ensemble(draws, 3, 3, work).crps, 4.0 / 3 - 1, 1e-15);
    assert_near(outcome_of_ensemble(draws, 3, 10, work).crps, (9 + 8 + 6) / 3.0 - 1, 1e-14);
    assert_true(isnan(outcome_of_ensemble(draws, 1, 3, work).crps));
}

/* A future without a value leaves none of the forecast. */
static void
an_ensemble_with_a_gap_is_no_forecast(void **state)
{
    const double draws[] = {4, NAN, 2};
    double work[3];

    (void)state;
    struct outcome outcome = outcome_of_ensemble(draws, 3, 3, work);
    assert_true(isnan(outcome.median) && isnan(outcome.crps) && isnan(outcome.low[0]));
}

/* What came is of any of the 20 ranks beside 19 draws of the same: in 16 of them it lies within the
 * middle 80 %, in 18 within the middle 90 %. */
static void
middle_parts_hold_what_is_like_the_draws_as_often_as_they_say(void **state)
{
    double draws[19], work[19];
    struct outcome outcome[20];

    (void)state;
    for (int i = 0; i < 19; i++)
        draws[i] = 7 * (i + 1) % 19 + 1;
    for (int rank = 0; rank < 20; rank++)
        outcome[rank] = outcome_of_ensemble(draws, 19, rank + 0.5, work);
    struct score score = score_make(outcome, outcome, 20);
    assert_near(score.cover[0], 80, 1e-12);
    assert_near(score.cover[1], 90, 1e-12);
    assert_near(outcome->median, 10, 1e-12);
    assert_near(score.against, 1, 1e-12);
}

/* A forecast of 110 against 100, 100, 110, 110 and 55: 10, 10, 0, 0 and 100 % too many, 24 on
 * average; the root of (100 + 100 + 0 + 0 + 10000) / 5. */
static void
bias_and_error_are_those_of_the_median(void **state)
{
    const double came[] = {100, 100, 110, 110, 55};
    struct outcome outcome[5];

    (void)state;
    for (int i = 0; i < 5; i++)
        outcome[i] = outcome_of_normal(110, NAN, came[i]);
    struct score score = score_make(outcome, outcome, 5);
    assert_int_equal(score.counts, 5);
    assert_near(score.bias, 24, 1e-12);
    assert_near(score.rms, sqrt(2040), 1e-12);
    assert_int_equal(score.spread, 0);
    assert_true(isnan(score.cover[0]) && isnan(score.crps) && isnan(score.against));
}

/* Of six forecasts one has no spread, and of these five the other has four. */
static void
fewer_than_five_have_no_score(void **state)
{
    struct outcome outcome[6], other[6];

    (void)state;
    for (int i = 0; i < 6; i++) {
        outcome[i] = outcome_of_normal(100, i == 0 ? NAN : 10, 100);
        other[i] = outcome_of_normal(100, i < 2 ? NAN : 20, 100);
    }
    struct score score = score_make(outcome, other, 6);
    assert_int_equal(score.spread, 5);
    assert_near(score.crps, 10 * (M_SQRT2 - 1) / M_SQRTPI, 1e-12);
    assert_int_equal(score.both, 4);
    assert_true(isnan(score.against));
    score = score_make(outcome, other, 5);
    assert_near(score.bias, 0, 1e-12);
    assert_true(isnan(score.crps) && isnan(score.cover[1]));
    score = score_make(outcome, other, 4);
    assert_int_equal(score.counts, 4);
    assert_true(isnan(score.bias) && isnan(score.rms));
    outcome[2] = outcome_of_normal(NAN, NAN, 100);
    assert_int_equal(score_make(outcome, other, 6).counts, 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_score_of_three_draws_by_hand),
        cmocka_unit_test(an_ensemble_with_a_gap_is_no_forecast),
        cmocka_unit_test(middle_parts_hold_what_is_like_the_draws_as_often_as_they_say),
        cmocka_unit_test(bias_and_error_are_those_of_the_median),
        cmocka_unit_test(fewer_than_five_have_no_score),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
