/* Values from one to another, a step apart, as a scenario writes them. */

#include "tests/support.h"

#include "analysis/ladder.h"

#include <string.h>

static void
values_are_written_as_they_were_given(void **state)
{
    static const struct {
        const char *text, *step;
        size_t count;
        const char *second, *last;
    } cases[] = {
        {"0..200", NULL, 201, "1", "200"},
        {"0..200", "5", 41, "5", "200"},
        {"7..7", NULL, 1, NULL, "7"},
        {"-3..0", NULL, 4, "-2", "0"},
        {"10 d..120 d", NULL, 111, "11 d", "120 d"},
        {"10..120 d", "5 d", 23, "15 d", "120 d"},
        {"0 %..50 %", NULL, 51, "1 %", "50 %"},
        {"0%..50%", "2.5%", 21, "2.5%", "50%"},
        {"0.1..0.3", "0.1", 3, "0.2", "0.3"},
        {"-0.3..0.3", "0.1", 7, "-0.2", "0.3"},
        {"5.2 / d..6 / d", "0.2 / d", 5, "5.4 / d", "6 / d"},
        {"2027-01-30..2027-02-02", NULL, 4, "2027-01-31", "2027-02-02"},
        {"2027-01-01..2032-01-01", "1 mo", 61, "2027-02-01", "2032-01-01"},
        {"2027-01-31..2027-03-31", "1 mo", 3, "2027-02-28", "2027-03-31"},
        {"2027-01-01..2027-01-29", "1 wk", 5, "2027-01-08", "2027-01-29"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ladder ladder;
        struct error err = {0};
        char out[LADDER_TEXT];
        if (ladder_read(&ladder, cases[i].text, cases[i].step, &err) != OK)
            fail_msg("%s: %s", cases[i].text, err.message);
        assert_int_equal(ladder.count, cases[i].count);
        if (cases[i].second != NULL)
            assert_string_equal(ladder_write(&ladder, 1, out), cases[i].second);
        assert_string_equal(ladder_write(&ladder, ladder.count - 1, out), cases[i].last);
    }
}

static void
what_is_no_ladder_is_refused_with_a_line(void **state)
{
    static const struct {
        const char *text, *step, *says;
    } cases[] = {
        {"", NULL, "expected A..B"},
        {"3", NULL, "expected A..B"},
        {"..", NULL, "expected A..B"},
        {"0...5", NULL, "expected A..B"},
        {"0..1e3", NULL, "expected A..B"},
        {"0..inf", NULL, "expected A..B"},
        {"0..nan", NULL, "expected A..B"},
        {"0x1..0x9", NULL, "expected A..B"},
        {"2027-01-01..9", NULL, "expected A..B"},
        {"2027-02-30..2027-03-01", NULL, "expected A..B"},
        {"9..3", NULL, "write 3..9"},
        {"1 d..3 mo", NULL, "in one unit"},
        {"0..10", "3", "come to 9 and 12"},
        {"0..10", "0", "a step above 0"},
        {"0..10", "-1", "a step above 0"},
        {"0..10", "1 d", "a step above 0"},
        {"0..10 d", "x", "a step above 0"},
        {"0.5..2", NULL, "or give --step"},
        {"0..99999999", NULL, "a longer --step"},
        {"2027-03-01..2027-01-01", NULL, "2027-01-01 comes before it"},
        {"2027-01-01..2027-03-15", "1 mo", "come to 2027-03-01 and 2027-04-01"},
        {"2027-01-01..2027-03-15", "5", "so many days or months"},
        {"2027-01-01..2027-03-15", "0 d", "so many days or months"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ladder ladder;
        struct error err = {0};
        assert_int_equal(ladder_read(&ladder, cases[i].text, cases[i].step, &err), BAD_INPUT);
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].text, err.message);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_as_they_were_given),
        cmocka_unit_test(what_is_no_ladder_is_refused_with_a_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
