/* Two results beside one another: the same bit for bit, or where they differ first. */

#include "tests/support.h"

#include "tests/results.h"

#include "analysis/difference.h"

/* Compare the results that A and B say. */
static int
compare(const struct result_spec *a, const struct result_spec *b, bool common,
        struct difference *difference)
{
    char id[DIGEST_TEXT];
    struct error err = {0};

    result_write(result_path, a, id);
    result_write(result_other, b, id);
    struct store *one = result_open(result_path), *other = result_open(result_other);
    *difference = (struct difference){0};
    int status = difference_find(one, other, common, difference, &err);
    store_close(one);
    store_close(other);
    return status;
}

static const struct result_spec plain = {.first = 0, .last = 4};

static void
the_same_values_are_the_same_whoever_wrote_them(void **state)
{
    struct result_spec other = plain;
    struct difference difference;

    (void)state;
    other.threads = 3;
    other.remark = "evening";
    assert_int_equal(compare(&plain, &other, false, &difference), OK);
    assert_int_equal(difference.variables, RESULT_VARIABLES);
    assert_int_equal(difference.replications, 5);
    assert_string_equal(difference.first, "");
    assert_string_equal(difference.inputs, "");
}

static void
an_input_that_differs_is_named_but_makes_no_difference(void **state)
{
    struct result_spec other = plain;
    struct difference difference;

    (void)state;
    other.input = "seed 1 in other words";
    assert_int_equal(compare(&plain, &other, false, &difference), OK);
    assert_string_equal(difference.inputs, "scenario");
}

/* One value of one replication: the variable, the replication and both values are said. */
static void
the_first_difference_is_said_with_its_place_and_values(void **state)
{
    struct result_spec other = plain;
    struct difference difference;

    (void)state;
    other.more = 7;
    other.variable = 0;
    other.place = 2;
    other.replication = 3;
    assert_int_equal(compare(&plain, &other, false, &difference), DIFFERENT);
    assert_non_null(strstr(difference.first, "inside"));
    assert_non_null(strstr(difference.first, "302")); /* replication 3, row 2; and with 7 more */
    assert_non_null(strstr(difference.first, "309"));
}

/* Of two whole numbers beyond 2^60 that differ by one: as floats or doubles they are the same. */
static void
whole_numbers_are_compared_as_such(void **state)
{
    struct result_spec other = plain;
    struct difference difference;

    (void)state;
    other.more = 1;
    other.variable = 1;
    other.place = 5;
    other.replication = 4;
    assert_int_equal(compare(&plain, &other, false, &difference), DIFFERENT);
    assert_non_null(strstr(difference.first, "entered"));
}

static void
labels_and_dates_count(void **state)
{
    struct result_spec label = plain, date = plain, north = plain;
    struct difference difference;

    (void)state;
    label.label = "fourth";
    assert_int_equal(compare(&plain, &label, false, &difference), DIFFERENT);
    assert_non_null(strstr(difference.first, "part"));
    date.first_day = 1;
    assert_int_equal(compare(&plain, &date, false, &difference), DIFFERENT);
    assert_non_null(strstr(difference.first, "time"));
    north.north = 4.4;
    assert_int_equal(compare(&plain, &north, false, &difference), DIFFERENT);
    assert_non_null(strstr(difference.first, "part_latitude"));
}

/* 0..4 and 3..8 have two in common. */
static void
other_replications_differ_unless_only_common_ones_are_asked_for(void **state)
{
    const struct result_spec other = {.first = 3, .last = 8};
    struct difference difference;

    (void)state;
    assert_int_equal(compare(&plain, &other, false, &difference), DIFFERENT);
    assert_int_equal(compare(&plain, &other, true, &difference), OK);
    assert_int_equal(difference.replications, 2);
    const struct result_spec changed = {
        .first = 3, .last = 8, .more = 1, .variable = 0, .replication = 4};
    assert_int_equal(compare(&plain, &changed, true, &difference), DIFFERENT);
    const struct result_spec apart = {
        .first = 3, .last = 8, .more = 1, .variable = 0, .replication = 5};
    assert_int_equal(compare(&plain, &apart, true, &difference), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_values_are_the_same_whoever_wrote_them),
        cmocka_unit_test(an_input_that_differs_is_named_but_makes_no_difference),
        cmocka_unit_test(the_first_difference_is_said_with_its_place_and_values),
        cmocka_unit_test(whole_numbers_are_compared_as_such),
        cmocka_unit_test(labels_and_dates_count),
        cmocka_unit_test(other_replications_differ_unless_only_common_ones_are_asked_for),
    };

    return cmocka_run_group_tests(tests, result_name_files, result_remove_files);
}
