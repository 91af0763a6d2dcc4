/* A result opened: how a variable's rows become those of a year, by its own cell_methods; estimates
 * over replications; pictures of awkward numbers. */

#include "tests/support.h"

#include "analysis/names.h"
#include "analysis/plot.h"
#include "analysis/selection.h"
#include "analysis/summary.h"
#include "analysis/view.h"
#include "sim/result/store_write.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Rows of December 2025 (31 days), January (31) and February 2026 (28). */
enum { ROWS = 3, REPLICATIONS = 2, VARIABLES = 5 };
static const int32_t month_begins[ROWS] = {0, 31, 62};
static const char *place_labels[] = {"Arrest", "House"}, *exit_labels[] = {"released", "expelled"},
                  *level_labels[] = {"100", "137.5"};

static struct layout_dimension dimensions[] = {
    {.name = "month",
     .long_name = "month",
     .units = "days since 2025-12-01",
     .size = ROWS,
     .value = month_begins},
    {.name = "facility", .long_name = "facility", .size = 2, .label = place_labels},
    {.name = "exit", .long_name = "exit", .size = 2, .label = exit_labels},
    {.name = "level", .long_name = "level", .size = 2, .label = level_labels},
};
#define OVER(number, ...) .dimensions = number, .dimension = {__VA_ARGS__}
#define TEXTS(...)                                                                                 \
    .attribute = (const struct layout_attribute[]){__VA_ARGS__},                                   \
    .attributes =                                                                                  \
        sizeof((const struct layout_attribute[]){__VA_ARGS__}) / sizeof(struct layout_attribute)
static struct layout_variable variables[VARIABLES] = {
    {.name = "facility_population",
     TEXTS({"long_name", "people"}, {"units", "1"}, {"counted", "persons"},
           {"cell_methods", "month: mean"}),
     .type = LAYOUT_FLOAT,
     OVER(2, 0, 1)},
    {.name = "releases",
     TEXTS({"long_name", "releases"}, {"units", "1"}, {"counted", "persons"},
           {"cell_methods", "time: sum"}),
     .type = LAYOUT_COUNT,
     OVER(2, 0, 2)},
    {.name = "crowding",
     TEXTS({"long_name", "crowding"}, {"units", "1"}, {"counted", "persons"},
           {"cell_methods", "month: point"}),
     .type = LAYOUT_COUNT,
     OVER(1, 0)},
    {.name = "peak",
     TEXTS({"long_name", "peak"}, {"units", "1"}, {"counted", "persons"},
           {"cell_methods", "month: maximum"}),
     .type = LAYOUT_COUNT,
     OVER(1, 0)},
    {.name = "facilities_above",
     TEXTS({"long_name", "above"}, {"units", "1"}, {"counted", "facilities"},
           {"cell_methods", "month: mean"}),
     .type = LAYOUT_FLOAT,
     OVER(2, 0, 3)},
};
static const struct layout layout = {
    .dimension = dimensions, .dimensions = 4, .variable = variables, .variables = VARIABLES};

/* Of replication 0; replication 1 has 10 more everywhere. NAN stays. */
static const double values[VARIABLES][ROWS * 2] = {
    {100, NAN, 110, 20, 139, NAN}, {5, 1, 6, 2, 7, 3}, {8, 9, 4}, {3, 90, 40}, {1, 0, 1, 0.5, 1, 0},
};

static void
pack_replication(struct journal *journal, uint64_t replication)
{
    struct chunk chunks[VARIABLES] = {0};
    struct chunk_tools tools = {0};
    struct error err;

    for (size_t v = 0; v < VARIABLES; v++) {
        float real[ROWS * 2];
        int64_t whole[ROWS * 2];
        size_t count = layout_count(&layout, &variables[v]);
        bool is_float = variables[v].type == LAYOUT_FLOAT;
        for (size_t i = 0; i < count; i++) {
            double value = values[v][i] + 10.0 * (double)replication;
            real[i] = (float)value;
            whole[i] = is_float ? 0 : (int64_t)value;
        }
        const void *bytes = is_float ? (const void *)real : (const void *)whole;
        assert_int_equal(chunk_pack(&tools, &chunks[v], bytes, count,
                                    is_float ? sizeof *real : sizeof *whole, &err),
                         OK);
    }
    assert_int_equal(journal_append(journal, replication, chunks, &err), OK);
    for (size_t v = 0; v < VARIABLES; v++)
        free(chunks[v].bytes);
    chunk_tools_free(&tools);
}

static char path[64];

static int
write_result(void **state)
{
    static const struct store_text title = {.name = "title", .text = "view"};
    const struct store_texts texts = {.attribute = &title, .attributes = 1};
    struct journal journal;
    char name[80], id[DIGEST_TEXT];
    struct error err;

    snprintf(path, sizeof path, "/tmp/doorstroom-view-%ld.h5", (long)getpid());
    snprintf(name, sizeof name, "%s.journal", path);
    assert_int_equal(journal_open(&journal, name, "run view\n", VARIABLES, false, &err), OK);
    for (uint64_t r = 0; r < REPLICATIONS; r++)
        pack_replication(&journal, r);
    assert_int_equal(store_write(path, &layout, &journal, &texts, 2, id, &err), OK);
    journal_close(&journal, true);
    struct store *store;
    assert_int_equal(store_open(&store, path, &err), OK);
    *state = store;
    return 0;
}

static int
remove_result(void **state)
{
    store_close(*state);
    return unlink(path);
}

/* VALUE[replication][year][cell] of NAME. */
static void
fold_years(struct store *store, const char *name, struct view_pick pick, double *value,
           size_t *years)
{
    struct view view = view_of(store, store_find(store, name));
    struct view_periods periods;
    struct error err;

    assert_int_equal(view_years(&view, &periods, &err), OK);
    const struct view_fold fold = {&periods, value};
    assert_int_equal(view_read(&view, &pick, &fold, 1, &err), OK);
    *years = periods.count;
    view_periods_free(&periods);
}

static void
a_year_of_months_weighs_them_by_days(void **state)
{
    double value[REPLICATIONS * 2];
    size_t years;

    fold_years(*state, "facility_population", (struct view_pick){{0}}, value, &years);
    assert_int_equal(years, 2);
    assert_near(value[0], 100, 1e-9);
    assert_near(value[1], (110 * 31 + 139 * 28) / 59.0, 1e-9);
    assert_near(value[3], (120 * 31 + 149 * 28) / 59.0, 1e-9);
}

static void
rows_without_a_value_are_left_out_of_a_mean(void **state)
{
    double value[REPLICATIONS * 2];
    size_t years;

    fold_years(*state, "facility_population", (struct view_pick){{1}}, value, &years);
    assert_true(isnan(value[0])); /* December alone, which has none */
    assert_near(value[1], 20, 1e-9);
}

static void
sums_points_and_largest_values_are_told_apart(void **state)
{
    double value[REPLICATIONS * 4];
    size_t years;

    fold_years(*state, "releases", (struct view_pick){{VIEW_EACH}}, value, &years);
    assert_near(value[0], 5, 0);
    assert_near(value[2], 6 + 7, 0);
    assert_near(value[3], 2 + 3, 0);
    fold_years(*state, "releases", (struct view_pick){{VIEW_SUM_OVER}}, value, &years);
    assert_near(value[1], 6 + 7 + 2 + 3, 0);
    fold_years(*state, "crowding", (struct view_pick){{0}}, value, &years);
    assert_near(value[1], 4, 0);
    fold_years(*state, "peak", (struct view_pick){{0}}, value, &years);
    assert_near(value[1], 90, 0);
}

static void
labels_of_levels_do_not_add_up(void **state)
{
    struct view view = view_of(*state, store_find(*state, "facilities_above"));

    assert_false(view_adds_up(&view, 0));
    assert_int_equal(view_label(view.dimension[0], "137.5"), 1);
    view = view_of(*state, store_find(*state, "releases"));
    assert_true(view_adds_up(&view, 0));
    assert_int_equal(view_label(view.dimension[0], "Expelled"), 1);
    assert_true(view_label(view.dimension[0], "expel") == SIZE_MAX);
    assert_string_equal(view_base_name(store_find(*state, "facility_population")), "population");
    assert_string_equal(view_base_name(store_find(*state, "facilities_above")), "facilities_above");
}

/* 1 to 5: sd 1.58114, error 0.70711, t of 4 degrees 2.77645 (tables). */
static void
an_interval_is_students(void **state)
{
    const double value[] = {3, NAN, 1, 5, 2, NAN, 4};
    double work[7];
    struct estimate all = estimate_make(value, 1, 7, NULL, work),
                    one = estimate_make(value, 1, 2, NULL, work),
                    none = estimate_make(value + 1, 1, 1, NULL, work);

    (void)state;
    assert_int_equal(all.count, 5);
    assert_near(all.mean, 3, 1e-12);
    assert_near(all.low, 3 - 2.77645 * 0.707107, 1e-5);
    assert_near(all.high, 3 + 2.77645 * 0.707107, 1e-5);
    assert_near(all.tenth, 1.4, 1e-12); /* a tenth of the way from the first to the fifth */
    assert_near(all.ninetieth, 4.6, 1e-12);
    assert_near(one.mean, 3, 0);
    assert_true(isnan(one.low) && isnan(one.tenth));
    assert_true(isnan(none.mean) && none.count == 0);
    assert_near(all.least, 1, 0);
    const double sorted[] = {1, 2, 3, 4, 5}; /* 0.25 of 6 is 1.5: between the first two */
    assert_near(statistics_next_below(sorted, 5, 0.25), 1.5, 1e-12);
    assert_near(statistics_next_below(sorted, 5, 0.5), 3, 1e-12);
    assert_near(statistics_next_below(sorted, 5, 0.95), 5, 0);
}

/* Draws of 1 and 3; 5; 2 and 4: means 2, 5 and 3, their sd 1.52753, error 0.88192, t of 2 degrees
 * 4.30265. The percentiles are those of the five. */
static void
a_draw_counts_once(void **state)
{
    const double value[] = {3, 1, 5, NAN, 2, NAN, 4};
    const uint64_t draw[] = {0, 0, 1, 1, 2, 2, 2};
    double work[7];
    struct estimate all = estimate_make(value, 1, 7, draw, work),
                    one = estimate_make(value, 1, 2, draw, work);

    (void)state;
    assert_int_equal(all.count, 5);
    assert_near(all.mean, 10.0 / 3, 1e-12);
    assert_near(all.low, 10.0 / 3 - 4.30265 * 0.881917, 1e-5);
    assert_near(all.tenth, 1.4, 1e-12);
    assert_near(one.mean, 2, 0);
    assert_true(isnan(one.low));
    assert_near(one.tenth, 1.2, 1e-12);
}

static void
assert_names(const struct names *names, size_t count, const char *const *expected)
{
    assert_int_equal(names->count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(names->name[i], expected[i]);
}

static void
names_are_listed_once_in_the_order_of_the_file(void **state)
{
    static const char *const series[] = {"population", "releases", "crowding", "peak",
                                         "facilities_above"};
    static const char *const places[] = {"Arrest", "House"};
    struct names names = {0};

    for (int twice = 0; twice < 2; twice++) {
        assert_true(names_add_series(&names, *state));
        assert_names(&names, 5, series);
    }
    names_free(&names);
    assert_true(names_add_places(&names, *state));
    assert_names(&names, 2, places);
    assert_true(names_have(&names, "HOUSE"));
    assert_false(names_have(&names, "Hous"));
    names_free(&names);
    assert_true(names_add_labels(&names, *state, NULL, "releases"));
    assert_names(&names, 2, (const char *const *)exit_labels);
    names_free(&names);
}

static void
a_selection_is_named_by_a_series_and_labels(void **state)
{
    const char *const house[] = {"house"}, *const nowhere[] = {"nowhere"},
                      *const both[] = {"house", "arrest"};
    struct selection selection;

    assert_true(selection_find(&selection, *state, "population", house, 1));
    assert_string_equal(selection.view.variable->name, "facility_population");
    assert_int_equal(selection.pick.of[0], 1);
    assert_false(selection_find(&selection, *state, "population", nowhere, 1));
    assert_false(selection_find(&selection, *state, "population", both, 2)); /* one dimension */
    assert_false(selection_find(&selection, *state, "populations", NULL, 0));
    assert_true(selection_find(&selection, *state, "releases", NULL, 0));
    assert_true(selection_adds_up(&selection));
    assert_true(selection_find(&selection, *state, "facilities_above", NULL, 0));
    assert_false(selection_adds_up(&selection));
    assert_true(selection_has_labels(&selection, 0));
}

/* Both replications: 5 and 15 released in December, 8 and 18 crowded: half an interval is 12.706 (t
 * of one degree) times 5, and a count of events has no end below zero. */
static void
an_interval_of_a_count_does_not_go_below_zero(void **state)
{
    const char *const released[] = {"released"};
    struct selection selection;
    struct summary summary;
    struct error err;

    assert_true(selection_find(&selection, *state, "releases", released, 1));
    assert_int_equal(summary_read(&summary, &selection.view, &selection.pick, 3, &err), OK);
    assert_near(summary.year[0].mean, 10, 1e-12);
    assert_near(summary.year[0].low, 0, 0);
    assert_near(summary.year[0].high, 10 + 12.7062 * 5, 1e-3);
    assert_near(summary.largest, (13 + 33) / 2.0, 1e-12); /* 6 + 7, and 10 more each month */
    summary_free(&summary);
    assert_true(selection_find(&selection, *state, "crowding", NULL, 0));
    assert_int_equal(summary_read(&summary, &selection.view, &selection.pick, 3, &err), OK);
    assert_near(summary.year[0].low, 13 - 12.7062 * 5, 1e-3);
    summary_free(&summary);
}

/* 2025-12-01 is day 20089 + 334, after 11 months of 2025. */
static void
a_part_of_a_year_says_from_when_to_when(void **state)
{
    struct selection selection;
    struct summary summary;
    struct error err;

    assert_true(selection_find(&selection, *state, "crowding", NULL, 0));
    assert_int_equal(summary_read(&summary, &selection.view, &selection.pick, 3, &err), OK);
    assert_int_equal(summary.years.count, 2);
    assert_int_equal(summary.period[0].begin, 20089 + 334);
    assert_int_equal(summary.period[0].end, 20089 + 365);
    assert_int_equal(summary.period[1].end, 20089 + 365 + 31 + 28);
    assert_false(summary.period[0].is_year || summary.period[1].is_year);
    assert_false(summary.has_missing);
    assert_true(summary.has_picture);
    summary_free(&summary);
}

/* Rows of a picture, counted, and their longest. */
static void
measure_picture(const char *text, size_t *rows, size_t *longest)
{
    *rows = *longest = 0;
    for (size_t length; *text != '\0'; text += length + 1) {
        length = strcspn(text, "\n");
        *longest = length > *longest ? length : *longest;
        ++*rows;
    }
}

static void
awkward_numbers_have_a_picture(void **state)
{
    static const double cases[][3] = {
        {1, NAN, 2},        {5, 5, 5},       {0, 0, 0},        {-3, -2, -1},
        {-3e38, 0, 3.4e38}, {1e-9, 2e-9, 0}, {INFINITY, 1, 2}, {9e15, 9e15 + 2, 9e15 + 4},
    };
    char *text = malloc(plot_size(12, 3));
    size_t rows, longest;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct plot_line line = {cases[i], '*'};
        plot_text(text, &line, 1, 12, 3);
        measure_picture(text, &rows, &longest);
        assert_int_equal(rows, 12);
        assert_true(longest <= PLOT_MARGIN + 3);
        assert_non_null(strchr(text, '*'));
    }
    const double nothing[] = {NAN, NAN, NAN};
    plot_text(text, &(struct plot_line){nothing, '*'}, 1, 12, 3);
    assert_string_equal(text, "");
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_of_months_weighs_them_by_days),
        cmocka_unit_test(rows_without_a_value_are_left_out_of_a_mean),
        cmocka_unit_test(sums_points_and_largest_values_are_told_apart),
        cmocka_unit_test(labels_of_levels_do_not_add_up),
        cmocka_unit_test(an_interval_is_students),
        cmocka_unit_test(a_draw_counts_once),
        cmocka_unit_test(names_are_listed_once_in_the_order_of_the_file),
        cmocka_unit_test(a_selection_is_named_by_a_series_and_labels),
        cmocka_unit_test(an_interval_of_a_count_does_not_go_below_zero),
        cmocka_unit_test(a_part_of_a_year_says_from_when_to_when),
        cmocka_unit_test(awkward_numbers_have_a_picture),
    };

    return cmocka_run_group_tests(tests, write_result, remove_result);
}
