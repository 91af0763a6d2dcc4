/* Quantities of two replications with three rows of one, two and three days, by hand. */

#include "tests/support.h"

#include "analysis/estimand.h"

#include <string.h>

static const int32_t begins[] = {0, 1, 3}, month_begins[] = {0, 3};
static const char *parts[] = {"x", "y"};
static struct layout_dimension dimensions[] = {
    {.name = "time", .size = 3, .value = begins},
    {.name = "part", .size = 2, .label = parts},
    {.name = "month", .size = 2, .value = month_begins},
};
static struct layout_variable variables[] = {
    {.name = "other", .type = LAYOUT_COUNT, .dimensions = 1, .dimension = {0}},
    {.name = "a", .type = LAYOUT_FLOAT, .dimensions = 1, .dimension = {0}},
    {.name = "b", .type = LAYOUT_COUNT, .dimensions = 2, .dimension = {0, 1}},
    {.name = "monthly", .type = LAYOUT_FLOAT, .dimensions = 1, .dimension = {2}},
};
static const struct layout layout = {
    .dimension = dimensions, .dimensions = 3, .variable = variables, .variables = 4};

static const struct memory_choice choice[] = {{.name = "b"}, {.name = "a"}, {.name = "monthly"}};
static double b[2][3][2] = {{{1, 10}, {2, 20}, {3, 30}}, {{0, 0}, {1, 1}, {2, 2}}};
static double a[2][3] = {{1, 2, 3}, {3, 2, 1}};
static double monthly[2][2] = {{5, 6}, {5, 6}};
static struct memory_series series[] = {
    {2, 6, &b[0][0][0]}, {1, 3, &a[0][0]}, {3, 2, &monthly[0][0]}};
static const struct memory memory = {
    .choice = choice, .choices = 3, .first = 7, .replications = 2, .series = series};
static const struct estimand_run run = {&memory, &layout, 6};

/* The mean over two replications that give X and Y is (x + y) / 2, its standard error |x - y| / 2.
 */
static void
expect(const struct estimand *of, double x, double y)
{
    double mean = NAN, standard_error = NAN;

    assert_int_equal(estimand_take(of, &run, &mean, &standard_error, NULL), OK);
    assert_near(mean, (x + y) / 2, 1e-12);
    assert_near(standard_error, fabs(x - y) / 2, 1e-7);
}

static void
each_estimator_is_what_a_hand_reckons(void **state)
{
    (void)state;
    /* Rows weighed with their days: 1 + 2 2 + 3 3 = 14 and 3 + 2 2 + 3 1 = 10, of six days. */
    expect(&(struct estimand){"mean", "a", "", "", 0, 1, 0, 0, 0}, 14.0 / 6, 10.0 / 6);
    expect(&(struct estimand){"ratio", "a", "", "b@x", 0, 1, 0, 0, 0}, 6.0 / 6, 6.0 / 3);
    expect(&(struct estimand){"stay", "a", "", "b@x", 0, 1, 0, 0, 0}, 14.0 / 6, 10.0 / 3);
    expect(&(struct estimand){"rate", "a", "", "", 0, 1, 0, 0, 0}, 1, 1);
    /* Around 2, the mean of all rows of both. */
    expect(&(struct estimand){"variance", "a", "", "", 0, 1, 0, 0, 0}, 2.0 / 3, 2.0 / 3);
    expect(&(struct estimand){"share", "a", "", "", 2, 1, 0, 0, 0}, 1.0 / 3, 1.0 / 3);
    expect(&(struct estimand){"delay", "a", "", "", 2, 1, 0, 0, 0}, 1.0 / 2, 1.0 / 2);
    /* The rows of one, two and three days that begin on day 1 or later, or on day 0. */
    expect(&(struct estimand){"mean", "a", "", "", 0, 1, 0, 1, 0}, 13.0 / 5, 7.0 / 5);
    expect(&(struct estimand){"rate", "a", "", "", 0, 1, 0, 1, 6}, 5.0 / 5, 3.0 / 5);
    expect(&(struct estimand){"mean", "a", "", "", 0, 1, 0, 0, 1}, 1, 3);
    /* One row at 2 + 365.25 years: the third. */
    expect(&(struct estimand){"day", "a", "", "", 2, 1, 0, 0, 0}, 3, 1);
}

static void
series_are_added_up_by_entry(void **state)
{
    (void)state;
    expect(&(struct estimand){"rate", "b", "", "", 0, 1, 0, 0, 0}, 66.0 / 6, 6.0 / 6);
    expect(&(struct estimand){"rate", "b", "y", "", 0, 1, 0, 0, 0}, 60.0 / 6, 3.0 / 6);
    expect(&(struct estimand){"rate", "b@x+b@y+a", "", "", 0, 1, 0, 0, 0}, 72.0 / 6, 12.0 / 6);
    /* An entry stands for those series that say none. */
    expect(&(struct estimand){"rate", "b+b@y", "x", "", 0, 1, 0, 0, 0}, 66.0 / 6, 6.0 / 6);
}

static void
scale_comes_before_offset(void **state)
{
    (void)state;
    expect(&(struct estimand){"ratio", "a", "", "b@x", 0, 10, -1, 0, 0}, 9, 19);
}

static void
what_is_not_there_is_said(void **state)
{
    static const struct {
        struct estimand of;
        const char *said;
    } cases[] = {
        {{"mean", "c", "", "", 0, 1, 0, 0, 0}, "the result has no series 'c'"},
        {{"mean", "b", "z", "", 0, 1, 0, 0, 0}, "series 'b' has no entry 'z'"},
        {{"mean", "a", "x", "", 0, 1, 0, 0, 0}, "series 'a' has no entry 'x'"},
        {{"median", "a", "", "", 0, 1, 0, 0, 0}, "no estimator is called 'median'"},
        {{"mean", "a+monthly", "", "", 0, 1, 0, 0, 0},
         "series 'monthly' has other rows than those before it"},
        {{"mean", "", "", "", 0, 1, 0, 0, 0}, "no series is given"},
        {{"mean", "a", "", "", 0, 1, 0, 5, 6}, "no row of the result begins in that time"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double mean, standard_error;
        struct error err = {0};
        assert_int_equal(estimand_take(&cases[i].of, &run, &mean, &standard_error, &err),
                         BAD_INPUT);
        assert_string_equal(err.message, cases[i].said);
    }
}

static void
the_variables_that_are_needed_are_named_once(void **state)
{
    static const char *const expected[] = {"a", "b", "monthly"};
    const struct estimand first = {"ratio", "a+b@x", "", "a", 0, 1, 0, 0, 0};
    const struct estimand second = {"ratio", "b@y", "", "monthly+a", 0, 1, 0, 0, 0};
    struct estimand_names names = {0};

    (void)state;
    assert_int_equal(estimand_name(&first, &names, NULL), OK);
    assert_int_equal(estimand_name(&second, &names, NULL), OK);
    assert_int_equal(names.count, 3);
    for (size_t i = 0; i < names.count; i++) {
        assert_string_equal(names.choice[i].name, expected[i]);
        assert_null(names.choice[i].fold);
    }
    estimand_names_free(&names);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_estimator_is_what_a_hand_reckons),
        cmocka_unit_test(series_are_added_up_by_entry),
        cmocka_unit_test(scale_comes_before_offset),
        cmocka_unit_test(what_is_not_there_is_said),
        cmocka_unit_test(the_variables_that_are_needed_are_named_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
