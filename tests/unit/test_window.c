/* A stretch of time as a reader writes it. */

#include "tests/support.h"

#include "analysis/window.h"
#include "sim/engine/calendar.h"

static int32_t
day(int year, int month, int of_month)
{
    return calendar_day((struct date){year, month, of_month});
}

static void
years_months_and_days_are_read(void **state)
{
    static const struct {
        const char *text;
        int from[3], until[3];
    } rows[] = {
        {"2030", {2030, 1, 1}, {2031, 1, 1}},
        {"2028-02", {2028, 2, 1}, {2028, 3, 1}},
        {"2028-02-29", {2028, 2, 29}, {2028, 3, 1}},
        {"2027..2031", {2027, 1, 1}, {2032, 1, 1}},
        {"2027-11..2028-01", {2027, 11, 1}, {2028, 2, 1}},
        {"2025-02-11..2025", {2025, 2, 11}, {2026, 1, 1}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct window window;
        assert_true(window_read(rows[i].text, &window));
        assert_int_equal(window.from, day(rows[i].from[0], rows[i].from[1], rows[i].from[2]));
        assert_int_equal(window.until, day(rows[i].until[0], rows[i].until[1], rows[i].until[2]));
    }
}

static void
anything_else_is_refused(void **state)
{
    static const char *const texts[] = {
        "",      "203",         "20300",       "2030-13",  "2030-2",   "2027-02-29",  "2031..2030",
        "2030.", "2030..",      "..2030",      "203x",     "2030 ..2", "2030-01-01x", " 2030",
        "-203",  "2030...2031", "2030..2031.", "Antwerpen"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct window window;
        if (window_read(texts[i], &window))
            fail_msg("'%s' was read", texts[i]);
    }
}

static void
the_shortest_text_reads_back_the_same(void **state)
{
    static const char *const texts[] = {
        "2030",       "2028-02",          "2028-02-29", "all",
        "2027..2031", "2027-11..2028-01", "2030-12",    "2025-02-11..2025-12-31"};
    char text[WINDOW_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct window window;
        assert_true(window_read(texts[i], &window));
        assert_string_equal(window_write(&window, text), texts[i]);
    }
    assert_string_equal(window_write(&(struct window){day(2030, 1, 1), day(2030, 2, 1)}, text),
                        "2030-01");
    assert_string_equal(window_write(&(struct window){day(2030, 3, 1), day(2031, 3, 1)}, text),
                        "2030-03..2031-02");
}

static void
years_and_months_are_cut_at_the_ends(void **state)
{
    const struct window window = {day(2025, 2, 11), day(2027, 1, 3)};
    struct window cut[32];

    (void)state;
    assert_int_equal(window_years(&window, NULL), 3);
    assert_int_equal(window_years(&window, cut), 3);
    assert_int_equal(cut[0].from, window.from);
    assert_int_equal(cut[0].until, day(2026, 1, 1));
    assert_int_equal(cut[1].until, day(2027, 1, 1));
    assert_int_equal(cut[2].until, window.until);
    assert_int_equal(window_months(&window, cut), 11 + 12 + 1);
    assert_int_equal(cut[0].until, day(2025, 3, 1));
    assert_int_equal(cut[23].from, day(2027, 1, 1));
    const struct window late = {day(2027, 1, 31), day(2027, 3, 31)};
    assert_int_equal(window_months(&late, cut), 3);
    assert_int_equal(cut[1].from, day(2027, 2, 1));
    assert_int_equal(cut[2].until, day(2027, 3, 31));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_months_and_days_are_read),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(the_shortest_text_reads_back_the_same),
        cmocka_unit_test(years_and_months_are_cut_at_the_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
