/* What futures say of a number, by hand. */

#include "tests/support.h"

#include "analysis/report/futures.h"

#include <math.h>
#include <stdlib.h>

/* Five futures in three stretches: 1 to 5, -2 to 2, and one value alone. */
enum { FUTURES = 5, STRETCHES = 3 };
static const double value[FUTURES][STRETCHES] = {
    {4, -2, NAN}, {1, 0, NAN}, {5, 1, 7.26}, {2, -1, NAN}, {3, 2, NAN}};
static const struct futures five = {&value[0][0], FUTURES, STRETCHES, NULL};

/* EXPECTED NULL: it is not told. */
static void
holds(const struct futures_asked *asked, const char *name, const char *expected)
{
    json_t *told = futures_json(&five, asked);
    char *text = json_dumps(json_object_get(told, name), JSON_COMPACT | JSON_ENCODE_ANY);

    assert_true((text == NULL) == (expected == NULL));
    if (expected != NULL)
        assert_string_equal(text, expected);
    free(text);
    json_decref(told);
}

static void
numbers_are_whole_and_each_is_less_the_one_before(void **state)
{
    const double numbers[] = {12.34, 12.36, NAN, 10, INFINITY, -1};
    json_t *array = futures_numbers(numbers, 6, 1);
    char *text = json_dumps(array, JSON_COMPACT);

    (void)state;
    /* 12.3, 12.4, none, 10.0, none, -1.0 */
    assert_string_equal(text, "[123,1,null,-24,null,-110]");
    free(text);
    json_decref(array);
}

/* Means 3, 0, 7.26. The interval of 1 to 5 is 3 +- 2.776445 sqrt(2.5 / 5) = 1.0367 to 4.9633. */
static void
means_have_an_interval_where_there_are_two_values(void **state)
{
    const struct futures_asked asked = {.until = STRETCHES, .decimals = 1, .interval = true};

    (void)state;
    holds(&asked, "mean", "[30,-30,73]");
    holds(&asked, "low", "[10,-30,null]");
    holds(&asked, "high", "[50,-30,null]");
    holds(&asked, "q", NULL);
}

/* Of 1 to 5 the quantile p lies at 1 + 4 p. */
static void
quantiles_lie_between_the_sorted_futures(void **state)
{
    const struct futures_asked asked = {.until = 1, .decimals = 1, .bands = true};

    (void)state;
    holds(&asked, "q", "[[11],[14],[20],[30],[40],[46],[49]]");
    holds(&asked, "low", NULL);
}

static void
differences_are_counted_on_both_sides_of_nothing(void **state)
{
    const struct futures_asked asked = {.from = 1, .until = 3, .change = true};

    (void)state;
    holds(&asked, "below", "[400,-400]");
    holds(&asked, "above", "[400,600]");
}

static void
single_futures_are_sorted(void **state)
{
    const struct futures_asked asked = {.from = 1, .until = 3, .decimals = 0, .all = true};

    (void)state;
    holds(&asked, "futures", "[[-2,1,1,1,1],[7]]");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_whole_and_each_is_less_the_one_before),
        cmocka_unit_test(means_have_an_interval_where_there_are_two_values),
        cmocka_unit_test(quantiles_lie_between_the_sorted_futures),
        cmocka_unit_test(differences_are_counted_on_both_sides_of_nothing),
        cmocka_unit_test(single_futures_are_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
