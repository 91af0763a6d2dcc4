/* Which line of what a run is differs, in words for a person. */

#include "tests/support.h"

#include "sim/result/identity.h"

#include <string.h>

#define DIGEST_A "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define DIGEST_B "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdee"

static void
the_first_line_that_differs_is_told_with_both_values(void **state)
{
    struct identity_difference difference =
        identity_compare("version 1\nseed 3\nset 5\n", "version 1\nseed 77\nset 6\n", "and now");

    (void)state;
    assert_string_equal(difference.text, "seed 3, and now 77");
    assert_false(difference.of_build);
}

static void
a_digest_is_not_printed(void **state)
{
    struct identity_difference difference = identity_compare(
        "seed 3\nscenario " DIGEST_A "\n", "seed 3\nscenario " DIGEST_B "\n", "and there");

    (void)state;
    assert_string_equal(difference.text, "its scenario is not the same");
    assert_false(difference.of_build);
}

static void
another_version_or_commit_is_another_build(void **state)
{
    struct identity_difference commit =
        identity_compare("version 1\ncommit a\n", "version 1\ncommit b\n", "and there");
    struct identity_difference version =
        identity_compare("version 1\ncommit a\n", "version 2\ncommit b\n", "and there");

    (void)state;
    assert_string_equal(commit.text, "commit a, and there b");
    assert_true(commit.of_build);
    assert_string_equal(version.text, "version 1, and there 2");
    assert_true(version.of_build);
}

/* A text that is cut off has another line there: none. */
static void
a_text_that_ends_early_differs_where_it_ends(void **state)
{
    struct identity_difference difference =
        identity_compare("seed 3\n", "seed 3\ntask 1 of 2\n", "and now");

    (void)state;
    assert_string_equal(difference.text, "its task is not the same");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_that_differs_is_told_with_both_values),
        cmocka_unit_test(a_digest_is_not_printed),
        cmocka_unit_test(another_version_or_commit_is_another_build),
        cmocka_unit_test(a_text_that_ends_early_differs_where_it_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
