/* What is shown of a mean, a quantile and a chance, and what is not. */

#include "tests/support.h"

#include "analysis/goal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static void
read_goal(struct goal *goal, const char *text)
{
    struct error err = {0};

    if (goal_read(goal, text, &err) != OK)
        fail_msg("%s", err.message);
}

static struct judgement
judge(const char *text, const double *value, size_t count, const uint64_t *draw)
{
    struct goal goal;
    struct judgement judgement;
    struct error err = {0};

    read_goal(&goal, text);
    assert_int_equal(goal_judge(&goal, value, count, draw, 0.95, &judgement, &err), OK);
    return judgement;
}

static void
a_goal_is_a_statistic_a_comparison_and_a_level(void **state)
{
    static const struct {
        const char *text, *written;
        enum relation relation;
        double level;
    } cases[] = {
        {"mean(floor_sleepers, 2032)<100", "mean(floor_sleepers, 2032) < 100", RELATION_LESS, 100},
        {" chance( floor_sleepers <= 100 , 2032 ) >= 80 % ",
         "chance(floor_sleepers <= 100, 2032) >= 80 %", RELATION_LEAST, 0.8},
        {"q97.5(density, Antwerpen) <= 1.2e2 %", "q97.5(density, Antwerpen) <= 120", RELATION_MOST,
         120},
        {"mean(\"a ) < 3\") > -1", "mean(\"a ) < 3\") > -1", RELATION_MORE, -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct goal goal;
        char text[GOAL_TEXT];
        read_goal(&goal, cases[i].text);
        assert_int_equal(goal.relation, cases[i].relation);
        assert_near(goal.level, cases[i].level, 1e-12);
        assert_string_equal(goal_write(&goal, text), cases[i].written);
    }
}

static void
what_is_no_goal_is_refused_with_a_line(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "expected a statistic and its level"},
        {"floor_sleepers < 100", "expected a statistic and its level"},
        {"mean(floor_sleepers)", "a comparison is missing"},
        {"mean(floor_sleepers) = 3", "a comparison is missing"},
        {"mean(floor_sleepers) < ", "a number is to stand behind"},
        {"mean(floor_sleepers) < nan", "a number is to stand behind"},
        {"mean(floor_sleepers) < 3 people", "no number"},
        {"chance(floor_sleepers < 100) >= 0.8", "from 0 % to 100 %"},
        {"chance(floor_sleepers < 100) >= 120 %", "from 0 % to 100 %"},
        {"chance(floor_sleepers) >= 80 %", "a chance needs a comparison"},
        {"mean_low(floor_sleepers) < 3", "of a mean, a quantile (q90) or a chance"},
        {"sd(floor_sleepers) < 3", "of a mean, a quantile (q90) or a chance"},
        {"3f2a9c81d0b4:mean(floor_sleepers) < 3", "leave the id out"},
        {"middle(floor_sleepers) < 3", "the statistics are"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct goal goal;
        struct error err = {0};
        assert_int_equal(goal_read(&goal, cases[i].text, &err), BAD_INPUT);
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].text, err.message);
    }
}

/* 1 to 5: mean 3, standard error sqrt(2.5 / 5) = 0.70711; Student's t of 4 degrees of freedom has
 * its 95th percentile at 2.13185 (any table), so that the bounds are 3 -+ 1.50745. */
static void
a_mean_holds_where_its_upper_bound_is_below_the_level(void **state)
{
    const double value[] = {4, 2, 5, 1, 3};
    struct judgement j = judge("mean(people) < 4.51", value, 5, NULL);

    (void)state;
    assert_near(j.estimate, 3, 1e-12);
    assert_near(j.low, 3 - 1.50745, 1e-5);
    assert_near(j.high, 3 + 1.50745, 1e-5);
    assert_int_equal(j.verdict, VERDICT_HOLDS);
    assert_int_equal(judge("mean(people) < 4.5", value, 5, NULL).verdict, VERDICT_OPEN);
    assert_int_equal(judge("mean(people) < 1.5", value, 5, NULL).verdict, VERDICT_OPEN);
    assert_int_equal(judge("mean(people) < 1.49", value, 5, NULL).verdict, VERDICT_FAILS);
    assert_int_equal(judge("mean(people) > 1.49", value, 5, NULL).verdict, VERDICT_HOLDS);
    assert_int_equal(judge("mean(people) > 4.51", value, 5, NULL).verdict, VERDICT_FAILS);
    assert_int_equal(judge("mean(people) > 3", value, 1, NULL).verdict, VERDICT_OPEN);
}

/* Two of each draw: means 1, 2, 3, 4, 5, so that the bounds are those of five values. */
static void
of_a_mean_the_draw_is_the_unit(void **state)
{
    const double value[] = {0, 2, 3, 1, 3, 3, 5, 3, 4, 6};
    const uint64_t draw[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
    struct judgement j = judge("mean(people) < 4.51", value, 10, draw);

    (void)state;
    assert_near(j.low, 3 - 1.50745, 1e-5);
    assert_near(j.high, 3 + 1.50745, 1e-5);
}

/* Clopper and Pearson: 18 of 20 have a chance of 5 % at the lower bound, by the binomial itself; of
 * 20 of 20 it is 0.05^(1/20) = 0.86089, and nothing above 1. */
static void
a_chance_holds_where_the_lower_bound_is_the_level(void **state)
{
    double value[20];
    struct judgement j;

    (void)state;
    for (int i = 0; i < 20; i++)
        value[i] = i < 18 ? 50 : 150;
    j = judge("chance(people < 100) >= 71 %", value, 20, NULL);
    assert_near(j.estimate, 0.9, 1e-12);
    assert_near(gsl_cdf_binomial_Q(17, j.low, 20), 0.05, 1e-9);
    assert_near(gsl_cdf_binomial_P(18, j.high, 20), 0.05, 1e-9);
    assert_near(j.low, 0.7174, 5e-5);
    assert_int_equal(j.verdict, VERDICT_HOLDS);
    assert_int_equal(judge("chance(people < 100) >= 72 %", value, 20, NULL).verdict, VERDICT_OPEN);
    assert_int_equal(judge("chance(people < 100) >= 99 %", value, 20, NULL).verdict, VERDICT_FAILS);
    j = judge("chance(people < 200) >= 80 %", value, 20, NULL);
    assert_near(j.low, 0.86089, 5e-6);
    assert_true(j.high == 1);
    j = judge("chance(people > 200) <= 14 %", value, 20, NULL);
    assert_near(j.high, 1 - 0.86089, 5e-6);
    assert_int_equal(j.verdict, VERDICT_HOLDS);
    value[0] = NAN; /* left out: 17 of 19 */
    assert_near(judge("chance(people < 100) >= 72 %", value, 20, NULL).estimate, 17.0 / 19, 1e-12);
}

/* By the binomial itself: 317 or more of 319 have a chance of 5 % at the lower bound, and two or
 * fewer at the upper bound of the others. */
static void
a_chance_of_many_has_bounds_too(void **state)
{
    double value[319];

    (void)state;
    for (int i = 0; i < 319; i++)
        value[i] = i < 317 ? 50 : 150;
    struct judgement j = judge("chance(people < 100) >= 95 %", value, 319, NULL);
    assert_near(gsl_cdf_binomial_Q(316, j.low, 319), 0.05, 1e-9);
    assert_int_equal(j.verdict, VERDICT_HOLDS);
    j = judge("chance(people > 100) <= 5 %", value, 319, NULL);
    assert_near(gsl_cdf_binomial_P(2, j.high, 319), 0.05, 1e-9);
    assert_int_equal(j.verdict, VERDICT_HOLDS);
}

/* Three draws with shares 1/2, 1/2 and 0: one success of three. The lower bound solves
 * 1 - (1 - x)^3 = 0.05, the upper one is 1 - y with 3 y^2 - 2 y^3 = 0.05. */
static void
of_a_chance_the_draw_is_the_unit(void **state)
{
    const double value[] = {1, 9, 9, 1, 9, 9};
    const uint64_t draw[] = {7, 7, 8, 8, 9, 9};
    struct judgement j = judge("chance(people < 5) >= 1 %", value, 6, draw);
    double y = 1 - j.high;

    (void)state;
    assert_near(j.estimate, 1 / 3.0, 1e-12);
    assert_near(j.low, 1 - pow(0.95, 1 / 3.0), 1e-9);
    assert_near(3 * y * y - 2 * y * y * y, 0.05, 1e-9);
}

/* 1 to 40. At most how many of 40 lie below what 90 % do? Binomial sums: 38 or fewer with a chance
 * of 91.95 %, 39 or fewer of 98.52 %, so the 40th is the upper bound; 33 or more with 95.8 %, 34 or
 * more with 90.0 %, so the 33rd is the lower one. */
static void
a_quantile_holds_where_an_order_statistic_beyond_it_does(void **state)
{
    double value[40];
    struct judgement j;

    (void)state;
    assert_near(gsl_cdf_binomial_P(38, 0.9, 40), 0.9195, 1e-4);
    assert_near(gsl_cdf_binomial_Q(32, 0.9, 40), 0.9581, 1e-4);
    assert_near(gsl_cdf_binomial_Q(33, 0.9, 40), 0.9005, 1e-4);
    for (int i = 0; i < 40; i++)
        value[i] = 1 + (17 * i) % 40; /* in no order */
    j = judge("q90(people) < 40.5", value, 40, NULL);
    assert_true(j.high == 40 && j.low == 33);
    assert_near(j.estimate, 1 + 0.9 * 39, 1e-9);
    assert_int_equal(j.verdict, VERDICT_HOLDS);
    assert_int_equal(judge("q90(people) < 40", value, 40, NULL).verdict, VERDICT_OPEN);
    assert_int_equal(judge("q90(people) < 33", value, 40, NULL).verdict, VERDICT_FAILS);
    assert_true(isinf(judge("q95(people) < 99", value, 40, NULL).high)); /* 0.95^40 = 12.9 % */
}

/* n >= ln 0.05 / ln 0.8 = 13.4; ln 0.05 / ln 0.95 = 58.4; ln 0.05 / ln 0.9 = 28.4. */
static void
so_few_draws_can_show_it_at_all(void **state)
{
    static const struct {
        const char *text;
        size_t fewest;
    } cases[] = {
        {"chance(people < 100) >= 80 %", 14},
        {"chance(people < 100) <= 5 %", 59},
        {"q90(people) < 3", 29},
        {"q10(people) > 3", 29},
        {"q10(people) < 3", 2},
        {"mean(people) < 3", 2},
        {"chance(people < 100) >= 0 %", 1},
        {"chance(people < 100) >= 100 %", SIZE_MAX},
        {"chance(people < 3) > 0 %", 1},
        {"chance(people < 100) >= 99.9 %", 2995},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct goal goal;
        read_goal(&goal, cases[i].text);
        if (goal_fewest(&goal, 0.95) != cases[i].fewest)
            fail_msg("%s: %zu", cases[i].text, goal_fewest(&goal, 0.95));
    }
}

/* Of 3, none, 1: the mean of two is 2. Of none, 1, 1 a chance is that of two, shown by no more than
 * (1 - 0.95)^(1/2) = 0.2236 (Clopper and Pearson). */
static void
a_future_without_a_value_is_left_out(void **state)
{
    const double mean[] = {3, NAN, 1}, chance[] = {NAN, 1, 1}, none[] = {NAN, NAN};
    struct judgement j = judge("mean(first_shortage) > 10", mean, 3, NULL);

    (void)state;
    assert_true(fabs(j.estimate - 2) < 1e-12);
    j = judge("chance(first_shortage < 2) >= 50 %", chance, 3, NULL);
    assert_true(j.estimate == 1 && fabs(j.low - 0.223606797749979) < 1e-12);
    j = judge("chance(first_shortage > 2) <= 50 %", chance, 3, NULL);
    assert_true(j.estimate == 0 && fabs(j.high - 0.776393202250021) < 1e-12);
    j = judge("q50(first_shortage) < 2", none, 2, NULL);
    assert_true(isnan(j.estimate));
    assert_int_equal(j.verdict, VERDICT_OPEN);
}

/* Persons are no share; a share of nights and a density in people per 100 places are. */
static void
a_per_cent_sign_belongs_to_a_share(void **state)
{
    static const struct {
        const char *text, *unit;
        int status;
    } cases[] = {
        {"chance(floor_sleepers < 5 %) >= 80 %", "persons", BAD_INPUT},
        {"chance(floor_sleepers < 5) >= 80 %", "persons", OK},
        {"mean(floor_sleepers) < 5 %", "persons", BAD_INPUT},
        {"mean(density) < 110 %", "per 100 places", OK},
        {"chance(refused_share < 5 %) >= 80 %", "%", OK},
        {"q90(occupancy) < 110 %", "percent", OK},
        {"q90(match) < 90 %", "1", BAD_INPUT},
    };
    struct error err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct goal goal;
        read_goal(&goal, cases[i].text);
        assert_int_equal(goal_check_unit(&goal, cases[i].unit, &err), cases[i].status);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_goal_is_a_statistic_a_comparison_and_a_level),
        cmocka_unit_test(what_is_no_goal_is_refused_with_a_line),
        cmocka_unit_test(a_mean_holds_where_its_upper_bound_is_below_the_level),
        cmocka_unit_test(of_a_mean_the_draw_is_the_unit),
        cmocka_unit_test(a_chance_holds_where_the_lower_bound_is_the_level),
        cmocka_unit_test(a_chance_of_many_has_bounds_too),
        cmocka_unit_test(of_a_chance_the_draw_is_the_unit),
        cmocka_unit_test(a_quantile_holds_where_an_order_statistic_beyond_it_does),
        cmocka_unit_test(so_few_draws_can_show_it_at_all),
        cmocka_unit_test(a_future_without_a_value_is_left_out),
        cmocka_unit_test(a_per_cent_sign_belongs_to_a_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
