/* Scores of forecasts: by hand, in closed form, and what the fair one is fair in. */

#include "tests/support.h"

#include "analysis/crps.h"
#include "sim/engine/stream.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>

static double
normal(struct stream *stream)
{
    return gsl_cdf_ugaussian_Pinv(stream_uniform_open(stream));
}

/* (sqrt(2) - 1) / sqrt(pi) in the middle (Gneiting and Raftery 2007, 4.2, at 0); one standard
 * deviation off 0.682689 + 2 x 0.241971 - 0.564190; far off the distance less 1 / sqrt(pi). */
static void
a_normal_forecast_has_its_closed_form(void **state)
{
    (void)state;
    assert_near(crps_normal(0, 1, 0), (sqrt(2) - 1) / sqrt(M_PI), 1e-12);
    assert_near(crps_normal(10, 3, 10), 3 * 0.233695, 1e-5);
    assert_near(crps_normal(0, 1, 1), 0.602441, 2e-6);
    assert_near(crps_normal(0, 1, -1), 0.602441, 2e-6);
    assert_near(crps_normal(5, 2, 105), 100 - 2 / sqrt(M_PI), 1e-9);
    assert_true(isnan(crps_normal(0, 0, 1)));
    assert_true(isnan(crps_normal(0, NAN, 1)));
}

/* 1 2 4 against 3: distances 2 1 1, mean 4/3; between 1 + 3 + 2 = 6 for three pairs. Plain: 4/3 - 6
 * / 9; fair: 4/3 - 6 / (3 x 2). */
static void
an_ensemble_of_a_hand_scores_as_by_hand(void **state)
{
    static const double sorted[] = {1, 2, 4};

    (void)state;
    assert_near(crps_plain(sorted, 3, 3), 2.0 / 3, 1e-12);
    assert_near(crps_ensemble(sorted, 3, 3), 1.0 / 3, 1e-12);
    assert_near(crps_plain(sorted, 1, 3), 2, 1e-12);
    assert_true(isnan(crps_ensemble(sorted, 1, 3)));
    assert_true(isnan(crps_plain(sorted, 0, 3)));
    assert_true(isnan(crps_ensemble(sorted, 3, NAN)));
}

/* The integral of (F(x) - 1[x >= 3])^2 for 1 2 4 by steps: 1 to 2: 1/9, 2 to 3: 4/9, 3 to 4: 1/9.
 */
static void
the_plain_score_is_the_integral(void **state)
{
    static const double sorted[] = {1, 2, 4};

    (void)state;
    assert_near(crps_plain(sorted, 3, 3), 1.0 / 9 + 4.0 / 9 + 1.0 / 9, 1e-12);
    /* below all of them: 1 from 0.5 to 1, 4/9 to 2, 1/9 to 4 */
    assert_near(crps_plain(sorted, 3, 0.5), 0.5 + 4.0 / 9 + 2.0 / 9, 1e-12);
}

/* A large offset leaves the digits of the differences. */
static void
a_score_does_not_hang_on_where_zero_is(void **state)
{
    static const double sorted[] = {1e9 + 1, 1e9 + 2, 1e9 + 4};

    (void)state;
    assert_near(crps_ensemble(sorted, 3, 1e9 + 3), 1.0 / 3, 1e-6);
}

/* 20,000 ensembles of three standard normals against one: the mean of the fair score is that of a
 * normal forecast, 1 / sqrt(pi); of the plain one E|X - X'| / 6 = 1 / (3 sqrt(pi)) more. Bounds are
 * 4.5 standard errors of the scores drawn. */
static void
few_draws_are_scored_as_many(void **state)
{
    enum { TIMES = 20000, DRAWS = 3 };
    static double fair[TIMES], plain[TIMES];
    struct stream stream;
    double error;

    (void)state;
    stream_open(&stream, 1, 0, 0, (struct stream_name){1, 1}, 0);
    for (int i = 0; i < TIMES; i++) {
        double draw[DRAWS];
        for (int k = 0; k < DRAWS; k++)
            draw[k] = normal(&stream);
        gsl_sort(draw, 1, DRAWS);
        double observed = normal(&stream);
        fair[i] = crps_ensemble(draw, DRAWS, observed);
        plain[i] = crps_plain(draw, DRAWS, observed);
    }
    double mean = mean_of(fair, TIMES, &error);
    assert_near(mean, 1 / sqrt(M_PI), 4.5 * error);
    mean = mean_of(plain, TIMES, &error);
    assert_near(mean, 4 / (3 * sqrt(M_PI)), 4.5 * error);
}

/* Of 19 draws the first and the last hold a twentieth like them with chance 18 / 20; 18 are too few
 * for 90 %. With 39 and 80 % the ends are the 4th and the 36th: 32 / 40. */
static void
a_middle_part_has_ends_between_which_it_holds(void **state)
{
    double sorted[39];

    (void)state;
    for (int i = 0; i < 39; i++)
        sorted[i] = i + 1;
    assert_near(crps_cover(sorted, 19, 0.9, 1), 1, 0);
    assert_near(crps_cover(sorted, 19, 0.9, 19), 1, 0);
    assert_near(crps_cover(sorted, 19, 0.9, 0.9), 0, 0);
    assert_near(crps_cover(sorted, 19, 0.9, 19.1), 0, 0);
    assert_true(isnan(crps_cover(sorted, 18, 0.9, 9)));
    assert_near(crps_cover(sorted, 39, 0.8, 4.01), 1, 0);
    assert_near(crps_cover(sorted, 39, 0.8, 3.99), 0, 0);
    assert_near(crps_cover(sorted, 39, 0.8, 35.99), 1, 0);
    assert_near(crps_cover(sorted, 39, 0.8, 36.01), 0, 0);
    assert_true(isnan(crps_cover(sorted, 39, 0.8, NAN)));
}

/* 10,000 observations like the 19 draws beside them: 90 % within, whatever the distribution (here
 * exponential); 4.5 standard errors are 1.35 %. */
static void
a_middle_part_holds_as_often_as_it_says(void **state)
{
    enum { TIMES = 10000, DRAWS = 19 };
    struct stream stream;
    double held = 0;

    (void)state;
    stream_open(&stream, 2, 0, 0, (struct stream_name){1, 1}, 0);
    for (int i = 0; i < TIMES; i++) {
        double draw[DRAWS];
        for (int k = 0; k < DRAWS; k++)
            draw[k] = stream_exponential(&stream);
        gsl_sort(draw, 1, DRAWS);
        held += crps_cover(draw, DRAWS, 0.9, stream_exponential(&stream)) / TIMES;
    }
    assert_near(held, 0.9, 4.5 * sqrt(0.9 * 0.1 / TIMES));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_normal_forecast_has_its_closed_form),
        cmocka_unit_test(an_ensemble_of_a_hand_scores_as_by_hand),
        cmocka_unit_test(the_plain_score_is_the_integral),
        cmocka_unit_test(a_score_does_not_hang_on_where_zero_is),
        cmocka_unit_test(few_draws_are_scored_as_many),
        cmocka_unit_test(a_middle_part_has_ends_between_which_it_holds),
        cmocka_unit_test(a_middle_part_holds_as_often_as_it_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
