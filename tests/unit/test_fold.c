/* Rows folded into one number for each stretch of time, by hand; quantities bound to a layout. */

#include "tests/support.h"

#include "analysis/fold.h"
#include "analysis/frame.h"
#include "analysis/quantity.h"
#include "sim/engine/calendar.h"

#include <string.h>

/* Ten days from 30 January 2030 on, and three months from January on. */
enum { DAYS = 10, MONTHS = 3 };
static const int32_t day_begins[DAYS] = {29, 30, 31, 32, 33, 34, 35, 36, 37, 38};
static const int32_t month_begins[MONTHS] = {0, 31, 59};
static const char *places[] = {"Old prison", "New prison", "Centre", "Far prison"};
static const char *regions[] = {"north", "north", "north", "south"};
static const char *counted[] = {"yes", "yes", "no", "yes"};
static const char *kinds[] = {"prison", "detention_house", "transition_house", "prison"};
static const char *parts[] = {"shortage", "delay"};
static const char *levels[] = {"100", "110"};

static struct layout_dimension dimensions[] = {
    {.name = "time",
     .units = "days since 2030-01-01",
     .size = DAYS,
     .value = day_begins,
     .end = 39},
    {.name = "month",
     .units = "days since 2030-01-01",
     .size = MONTHS,
     .value = month_begins,
     .end = 90},
    {.name = "facility", .size = 4, .label = places},
    {.name = "part", .size = 2, .label = parts},
    {.name = "level", .size = 2, .label = levels},
};
static struct layout_auxiliary beside[] = {
    {.name = "facility_region", .long_name = "region", .dimension = 2, .label = regions},
    {.name = "facility_kind", .long_name = "kind", .dimension = 2, .label = kinds},
    {.name = "facility_counted", .long_name = "counted", .dimension = 2, .label = counted}};
#define TEXTS(...)                                                                                 \
    .attribute = (const struct layout_attribute[]){__VA_ARGS__},                                   \
    .attributes =                                                                                  \
        sizeof((const struct layout_attribute[]){__VA_ARGS__}) / sizeof(struct layout_attribute)
static struct layout_variable variables[] = {
    {.name = "occupancy",
     TEXTS({"units", "percent"}, {"cell_methods", "time: mean"}),
     .type = LAYOUT_FLOAT,
     .dimensions = 1,
     .dimension = {0}},
    {.name = "above_capacity",
     TEXTS({"units", "1"}, {"counted", "persons"}, {"cell_methods", "time: mean"}),
     .type = LAYOUT_FLOAT,
     .dimensions = 1,
     .dimension = {0}},
    {.name = "crowding",
     TEXTS({"units", "1"}, {"counted", "persons"}, {"cell_methods", "time: point"}),
     .type = LAYOUT_COUNT,
     .dimensions = 2,
     .dimension = {0, 3}},
    {.name = "facility_occupancy",
     TEXTS({"units", "percent"}, {"cell_methods", "month: mean"}),
     .type = LAYOUT_FLOAT,
     .dimensions = 2,
     .dimension = {1, 2}},
    {.name = "facility_above_capacity",
     TEXTS({"units", "1"}, {"counted", "persons"}, {"cell_methods", "month: mean"}),
     .type = LAYOUT_FLOAT,
     .dimensions = 2,
     .dimension = {1, 2}},
    {.name = "facilities_above",
     TEXTS({"units", "1"}, {"counted", "facilities"}, {"cell_methods", "time: mean"}),
     .type = LAYOUT_FLOAT,
     .dimensions = 2,
     .dimension = {0, 4}},
    {.name = "facility_capacity",
     TEXTS({"units", "1"}, {"counted", "places"}, {"cell_methods", "month: mean"}),
     .type = LAYOUT_FLOAT,
     .dimensions = 2,
     .dimension = {1, 2}},
    {.name = "house_residents",
     TEXTS({"units", "1"}, {"counted", "persons"}, {"cell_methods", "time: mean"}),
     .type = LAYOUT_FLOAT,
     .dimensions = 1,
     .dimension = {0}},
};
static const struct layout layout = {.dimension = dimensions,
                                     .dimensions = 5,
                                     .auxiliary = beside,
                                     .auxiliaries = 3,
                                     .variable = variables,
                                     .variables = sizeof variables / sizeof *variables};

static const double daily[DAYS] = {100, 104, 112, 118, 109, 111, NAN, 120, 116, 90};

/* The value of KIND at LEVEL over WINDOW of the daily series. */
static double
fold_daily(enum fold_kind kind, double level, const char *text)
{
    struct frame frame;
    struct window window;
    struct error err = {0};
    double value = -1;

    assert_int_equal(frame_of_layout(&frame, &layout, &err), OK);
    assert_true(window_read(text, &window));
    struct term term = {
        .view = frame.view[0], .fold = kind, .level = level, .window = &window, .windows = 1};
    if (term_prepare(&term, &err) != OK)
        fail_msg("%s", err.message);
    term_fold(&term, daily, &value);
    term_free(&term);
    frame_free(&frame);
    return value;
}

static void
a_mean_and_person_days_leave_rows_without_a_value_out(void **state)
{
    (void)state;
    assert_near(fold_daily(FOLD_OWN, 0, "all"),
                (100 + 104 + 112 + 118 + 109 + 111 + 120 + 116 + 90) / 9.0, 1e-12);
    assert_near(fold_daily(FOLD_OWN, 0, "2030-01"), 102, 1e-12);
    assert_near(fold_daily(FOLD_DAYS, 0, "2030-01"), 204, 1e-12);
    assert_true(isnan(fold_daily(FOLD_OWN, 0, "2030-02-05")));
    assert_true(isnan(fold_daily(FOLD_DAYS, 0, "2030-02-05")));
}

/* Above 110: 1, 2, 4, 7 and 8 February; of nine days with a value. */
static void
days_months_and_spells_above_a_level_are_counted(void **state)
{
    (void)state;
    assert_near(fold_daily(FOLD_SHARE_ABOVE, 110, "all"), 100 * 5 / 9.0, 1e-12);
    assert_near(fold_daily(FOLD_MONTHS_ABOVE, 111, "all"), 0, 0); /* 102, and 776 / 7 = 110.9 */
    assert_near(fold_daily(FOLD_MONTHS_ABOVE, 110, "all"), 1, 0);
    assert_near(fold_daily(FOLD_MONTHS_ABOVE, 101, "all"), 2, 0);
    assert_near(fold_daily(FOLD_MONTHS_ABOVE, 102, "all"), 1, 0);
    assert_near(fold_daily(FOLD_SPELL, 110, "all"), 2, 0);
    assert_near(fold_daily(FOLD_SPELL, 99, "all"), 6, 0); /* ended by the day without a value */
    assert_near(fold_daily(FOLD_FIRST, 111, "all"), 2, 0);
    assert_near(fold_daily(FOLD_FIRST, 111, "2030-02-02..2030-02-08"), 0, 0);
    assert_true(isnan(fold_daily(FOLD_FIRST, 120, "all")));
}

/* Sorted: 90 100 104 109 111 112 116 118 120. */
static void
quantiles_are_values_that_are_there(void **state)
{
    (void)state;
    assert_near(fold_daily(FOLD_QUANTILE, 0.5, "all"), 111, 0);
    assert_near(fold_daily(FOLD_QUANTILE, 0.95, "all"), 120, 0);
    assert_near(fold_daily(FOLD_QUANTILE, 1.0 / 9, "all"), 90, 0);
    assert_near(fold_daily(FOLD_QUANTILE, 2.0 / 9, "all"), 100, 0);
    assert_near(fold_daily(FOLD_QUANTILE, 0.23, "all"), 104, 0);
    assert_near(fold_daily(FOLD_MOST, 0, "all"), 120, 0);
}

/* A quantity of the layout and its value from VALUES of each variable. */
static int
ask(const char *name, const char *const *label, size_t labels, const char *time,
    const double *const values[], double *value, struct error *err)
{
    struct frame frame;
    struct window window;
    struct quantity quantity;
    const struct quantity_name asked = {name, label, labels, NULL};
    double of_term[INDICATOR_MOST_TERMS] = {0};

    assert_int_equal(frame_of_layout(&frame, &layout, err), OK);
    assert_true(window_read(time, &window));
    int status = quantity_create(&quantity, &frame, &asked, &window, 1, err);
    for (size_t t = 0; t < INDICATOR_MOST_TERMS && status == OK; t++)
        for (size_t v = 0; quantity.there[t] && v < layout.variables; v++)
            if (strcmp(quantity.term[t].view.variable->name, variables[v].name) == 0)
                term_fold(&quantity.term[t], values[v], &of_term[t]);
    if (status == OK)
        *value = quantity_combine(&quantity, of_term);
    quantity_free(&quantity);
    frame_free(&frame);
    return status;
}

static const double crowding[DAYS * 2] = {5, 1, 6, 1, 7, 1, 8, 1, 9, 1,
                                          5, 2, 6, 2, 7, 2, 8, 2, 9, 2};
/* The third month has no value for the far prison. */
static const double by_facility[MONTHS * 4] = {100, 140, 500, 120, 80,  80,
                                               500, 80,  90,  130, 500, NAN};
static const double above[MONTHS * 4] = {1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8};
static const double capacity[MONTHS * 4] = {100, 20, 5, 40, 100, 30, 5, 40, 100, 30, 5, 40};
static const double residents[DAYS] = {15, 16, 21, 21, 21, 21, 21, 21, 21, 21};
static const double *const all_values[] = {daily, daily,    crowding, by_facility,
                                           above, crowding, capacity, residents};

static void
an_indicator_is_bound_to_its_series_and_labels(void **state)
{
    static const char *const old[] = {"old prison"};
    double value;
    struct error err;

    (void)state;
    assert_int_equal(ask("person_days_above", NULL, 0, "2030-01", all_values, &value, &err), OK);
    assert_near(value, 204, 1e-12);
    assert_int_equal(ask("crowding_shortage", NULL, 0, "2030-02", all_values, &value, &err), OK);
    assert_near(value, 7 + 8 + 9 + 5 + 6 + 7 + 8 + 9, 1e-12);
    assert_int_equal(ask("person_days_above", old, 1, "2030-01..2030-02", all_values, &value, &err),
                     OK);
    assert_near(value, 59, 1e-12);
    assert_int_equal(ask("above_capacity", old, 1, "2030-03", all_values, &value, &err), OK);
    assert_near(value, 1, 1e-12);
}

/* Counted facilities: 100, 140, 120; 80, 80, 80; 90, 130. Gini of the first: pairs differ by 40,
 * 20, 20, both ways 160, over 2 x 3 x 360; of the last: 80 over 2 x 2 x 220. */
static void
evenness_looks_at_counted_facilities(void **state)
{
    static const char *const south[] = {"South"}, *const west[] = {"west"};
    double value;
    struct error err;

    (void)state;
    assert_int_equal(ask("evenness_range", NULL, 0, "all", all_values, &value, &err), OK);
    assert_near(value, (31 * 40 + 28 * 0 + 31 * 40) / 90.0, 1e-12);
    assert_int_equal(ask("evenness_gini", NULL, 0, "all", all_values, &value, &err), OK);
    assert_near(value, (31 * 160 / 2160.0 + 31 * 80 / 880.0) / 90.0, 1e-12);
    assert_int_equal(ask("evenness_range", south, 1, "2030-01", all_values, &value, &err), OK);
    assert_near(value, 0, 0);
    assert_int_equal(ask("evenness_range", west, 1, "2030-01", all_values, &value, &err),
                     BAD_INPUT);
}

/* Two houses in the north, the one that is not counted too: 25 places in January, 35 from then on;
 * 15.5 residents on the two days of January. None in the south. */
static void
places_of_houses_are_those_of_their_kinds(void **state)
{
    static const char *const north[] = {"north"}, *const south[] = {"south"};
    static const char *const new[] = {"New prison"};
    double value;
    struct error err;

    (void)state;
    assert_int_equal(ask("house_places", NULL, 0, "all", all_values, &value, &err), OK);
    assert_near(value, (31 * 25 + 28 * 35 + 31 * 35) / 90.0, 1e-12);
    assert_int_equal(ask("house_places", north, 1, "2030-02", all_values, &value, &err), OK);
    assert_near(value, 35, 0);
    assert_int_equal(ask("house_places", south, 1, "all", all_values, &value, &err), OK);
    assert_near(value, 0, 0);
    assert_int_equal(ask("house_empty", NULL, 0, "2030-01", all_values, &value, &err), OK);
    assert_near(value, 25 - 15.5, 1e-12);
    assert_int_equal(ask("house_places", new, 1, "all", all_values, &value, &err), BAD_INPUT);
    assert_string_equal(err.message, "no facility is in a region called 'New prison'");
}

static void
what_is_not_there_is_refused_with_what_is_near(void **state)
{
    static const char *const wrong[] = {"Old prisn"}, *const twice[] = {"Old prison", "Far prison"};
    static const struct {
        const char *name;
        const char *const *label;
        size_t labels;
        const char *time, *says;
    } rows[] = {
        {"occupanci", NULL, 0, "all", "did you mean 'occupancy'"},
        {"zzzzzzzzz", NULL, 0, "all", "explain indicators"},
        {"density", NULL, 0, "all", "needs the series population"},
        {"person_days_above", wrong, 1, "all", "did you mean 'Old prison'"},
        {"person_days_above", twice, 2, "all", "together with the other labels"},
        {"facilities_above", NULL, 0, "all", "does not add up over its entries of level"},
        {"occupancy", NULL, 0, "2031", "the result goes from 2030-01-30 to 2030-02-08"},
        {"facility_above_capacity", NULL, 0, "2030-01-15..2030-02", "cuts one"},
        {"facility_above_capacity", NULL, 0, "2030-02..2030-03-15", "cuts one"},
        {"facility_above_capacity", NULL, 0, "2030-02-15", "cuts one"},
    };
    double value;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err = {0};
        assert_int_equal(ask(rows[i].name, rows[i].label, rows[i].labels, rows[i].time, all_values,
                             &value, &err),
                         BAD_INPUT);
        if (strstr(err.message, rows[i].says) == NULL)
            fail_msg("%s: %s", rows[i].name, err.message);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mean_and_person_days_leave_rows_without_a_value_out),
        cmocka_unit_test(days_months_and_spells_above_a_level_are_counted),
        cmocka_unit_test(quantiles_are_values_that_are_there),
        cmocka_unit_test(an_indicator_is_bound_to_its_series_and_labels),
        cmocka_unit_test(evenness_looks_at_counted_facilities),
        cmocka_unit_test(places_of_houses_are_those_of_their_kinds),
        cmocka_unit_test(what_is_not_there_is_refused_with_what_is_near),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
