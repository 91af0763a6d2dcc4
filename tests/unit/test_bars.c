/* Pictures of bars: where a bar lies, what a name becomes, what is left out. */

#include "tests/support.h"

#include "analysis/bars.h"

#include <string.h>

/* The picture of ROWS rows of one series from LOW to HIGH; the caller frees it. */
static char *
draw(const struct bars_row *row, size_t rows, double low, double high)
{
    static const char *const caption[] = {"below"};
    const struct bars bars = {.title = "What moves it",
                              .subtitle = "people, persons",
                              .axis = "share",
                              .number_name = "total",
                              .series_name = {"total: all"},
                              .caption = caption,
                              .captions = 1,
                              .rows = rows,
                              .series = 1,
                              .row = row,
                              .low = low,
                              .high = high};
    char *text = NULL;
    size_t size;
    FILE *to = open_memstream(&text, &size);

    assert_non_null(to);
    bars_write(to, &bars);
    assert_int_equal(fclose(to), 0);
    return text;
}

static size_t
count(const char *text, const char *what)
{
    size_t found = 0;

    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        found++;
    return found;
}

/* The plot is from 316 to 700 pixels, so -1 to 1 has 0 at 508 and 192 pixels a unit: 0.5 is 96
 * wide, -0.25 begins at 460; 0.25 to 0.75 is 556 to 652. Marks lie 0.5 apart: five of them. */
static void
a_bar_goes_from_nothing_to_its_value(void **state)
{
    const struct bars_row row[] = {{"up", "+0.5", {{0.5, 0.25, 0.75}}},
                                   {"down", "-0.25", {{-0.25, NAN, NAN}}},
                                   {"none", "-", {{NAN, NAN, NAN}}}};
    char *text = draw(row, 3, -1, 1);

    (void)state;
    assert_non_null(strstr(text, "<rect x=\"508.0\" y=\"103.0\" width=\"96.0\" height=\"10\""));
    assert_non_null(strstr(text, "<path d=\"M556.0 108.0H652.0M"));
    assert_non_null(strstr(text, "<rect x=\"460.0\" y=\"121.0\" width=\"48.0\" height=\"10\""));
    assert_int_equal(count(text, "<rect "), 4); /* the ground, the colour's name, two bars */
    assert_int_equal(count(text, "<path "), 1);
    assert_int_equal(count(text, "<g>"), 3);
    assert_int_equal(count(text, "<line "), 5);
    assert_non_null(strstr(text, ">-0.5</text>"));
    free(text);
}

/* Ends of intervals widen it: 0 to 42 has marks at 0, 10, .. 50, and 384 / 50 pixels a unit. */
static void
the_axis_holds_every_interval(void **state)
{
    const struct bars_row row[] = {{"wide", "20", {{20, 10, 42}}}};
    char *text = draw(row, 1, 0, 0);

    (void)state;
    assert_int_equal(count(text, "<line "), 6);
    assert_non_null(strstr(text, "<rect x=\"316.0\" y=\"103.0\" width=\"153.6\""));
    assert_non_null(strstr(text, "M392.8 108.0H638.6M"));
    free(text);
    const struct bars_row nothing[] = {{"none", "0", {{0, 0, 0}}}};
    text = draw(nothing, 1, 0, 0);
    assert_non_null(strstr(text, "<rect x=\"316.0\" y=\"103.0\" width=\"0.0\""));
    assert_null(strstr(text, "nan"));
    free(text);
}

/* 61 letters in 40: 38 less two fifths, 15, are 23 of the beginning, and 15 of the end; whole
 * characters, and the name itself where a pointer rests. */
static void
long_names_keep_both_ends(void **state)
{
    const struct bars_row row[] = {{"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
                                    "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
                                    "abc<&d..............................mnop\u00e9",
                                    "1",
                                    {{1, 1, 1}}},
                                   {"a name of exactly forty letters, no more", "1", {{1, 1, 1}}}};
    char *text = draw(row, 2, 0, 1);

    (void)state;
    assert_non_null(strstr(text, ">\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
                                 "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
                                 "abc............mnop\u00e9</text>"));
    assert_non_null(strstr(text, "abc&lt;&amp;d..............................mnop\u00e9</title>"));
    assert_non_null(strstr(text, ">a name of exactly forty letters, no more</text>"));
    assert_null(strstr(text, "<&"));
    free(text);
}

static void
what_is_left_out_is_said(void **state)
{
    static struct bars_row row[BARS_MOST_ROWS + 3];

    (void)state;
    for (size_t i = 0; i < BARS_MOST_ROWS + 3; i++)
        row[i] = (struct bars_row){"name", "1", {{1, 1, 1}}};
    char *text = draw(row, BARS_MOST_ROWS + 3, 0, 1);
    assert_int_equal(count(text, "<g>"), BARS_MOST_ROWS);
    assert_non_null(strstr(text, "3 more are left out."));
    free(text);
    text = draw(row, BARS_MOST_ROWS, 0, 1);
    assert_null(strstr(text, "left out"));
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_goes_from_nothing_to_its_value),
        cmocka_unit_test(the_axis_holds_every_interval),
        cmocka_unit_test(long_names_keep_both_ends),
        cmocka_unit_test(what_is_left_out_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
