/* Faults: one line for each, in the order of the text, and nothing in them that cannot be seen. */

#include "tests/support.h"

#include "models/scenario/faults.h"

#include <stdbool.h>
#include <string.h>

static void
assert_line(const struct faults *faults, size_t i, const char *expected)
{
    char line[512];

    assert_true(i < faults->count);
    faults_line(faults, i, line, sizeof line);
    assert_string_equal(line, expected);
}

static void
faults_come_in_the_order_of_the_text(void **state)
{
    struct faults faults = {0};

    (void)state;
    faults_add(&faults, (struct position){"b.yaml", 1, 1}, NULL, "fourth");
    faults_add(&faults, (struct position){"a.yaml", 10, 2}, "seed", "expected %d", 3);
    faults_warn(&faults, (struct position){"a.yaml", 9, 20}, "name", "second");
    faults_add(&faults, (struct position){"a.yaml", 9, 3}, NULL, "first");
    faults_add(&faults, (struct position){"c.yaml", 0, 0}, NULL, "cannot be read");
    faults_sort(&faults);
    assert_int_equal(faults.count, 5);
    assert_int_equal(faults.errors, 4);
    assert_line(&faults, 0, "a.yaml:9:3: error: first");
    assert_line(&faults, 1, "a.yaml:9:20: warning: name: second");
    assert_line(&faults, 2, "a.yaml:10:2: error: seed: expected 3");
    assert_line(&faults, 3, "b.yaml:1:1: error: fourth");
    assert_line(&faults, 4, "c.yaml: error: cannot be read");
    faults_free(&faults);
}

/* A value that stands in two fields has one fault, though its path differs; a warning there,
 * another message, and files as a whole stay. */
static void
one_position_has_one_line_for_one_fault(void **state)
{
    const struct position at = {"a.yaml", 2, 5}, whole = {"a.yaml", 0, 0};
    struct faults faults = {0};

    (void)state;
    faults_add(&faults, at, "intake[0].rate", "expected a rate");
    faults_add(&faults, at, "intake[1].rate", "expected a rate");
    faults_add(&faults, at, "intake[1].rate", "expected another");
    faults_warn(&faults, (struct position){"a.yaml", 2, 6}, NULL, "expected a rate");
    faults_add(&faults, whole, NULL, "cannot be read");
    faults_add(&faults, whole, NULL, "cannot be read");
    faults_sort(&faults);
    assert_int_equal(faults.count, 5);
    assert_int_equal(faults.errors, 4);
    assert_line(&faults, 2, "a.yaml:2:5: error: intake[0].rate: expected a rate");
    assert_line(&faults, 3, "a.yaml:2:5: error: intake[1].rate: expected another");
    faults_free(&faults);
}

/* U+00A0, a space that does not break, as two bytes of UTF-8; an escape; a line end; a byte that is
 * half a character. */
static void
what_cannot_be_seen_is_shown_by_its_number(void **state)
{
    struct faults faults = {0};

    (void)state;
    faults_add(&faults, (struct position){"a.yaml", 1, 1}, NULL, "found '%s'",
               "x\xc2\xa0y\x1b[2Jz\nLi\xc3\xa8ge \xc3");
    assert_line(&faults, 0,
                "a.yaml:1:1: error: found 'x<U+00A0>y<U+001B>[2Jz<U+000A>Li\xc3\xa8ge '");
    faults_free(&faults);
}

static void
more_than_anybody_reads_are_counted_and_not_kept(void **state)
{
    struct faults faults = {0};

    (void)state;
    assert_false(faults_many(&faults));
    for (int i = 0; i < FAULTS_MOST + 7; i++)
        faults_add(&faults, (struct position){"a.yaml", 1 + i, 1}, NULL, "wrong");
    for (int i = 0; i < 5; i++)
        faults_warn(&faults, (struct position){"a.yaml", 1, 1}, NULL, "odd");
    assert_true(faults_many(&faults));
    assert_int_equal(faults.count, FAULTS_MOST);
    assert_int_equal(faults.errors, FAULTS_MOST + 7);
    assert_int_equal(faults.left_out, 7);
    faults_free(&faults);
    assert_int_equal(faults.count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_come_in_the_order_of_the_text),
        cmocka_unit_test(one_position_has_one_line_for_one_fault),
        cmocka_unit_test(what_cannot_be_seen_is_shown_by_its_number),
        cmocka_unit_test(more_than_anybody_reads_are_counted_and_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
