/* The series table, and the layout of a result that follows from it and from what a scenario keeps.
 */

#include "tests/support.h"

#include "tests/models.h"

#include "models/record/series.h"

static void
each_series_has_one_name_and_says_what_it_is(void **state)
{
    (void)state;
    assert_true(series_count > 50);
    for (size_t i = 0; i < series_count; i++) {
        const struct series *series = &series_table[i];
        const char *const texts[] = {series->definition, series->units};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            if (texts[t] == NULL || *texts[t] == '\0')
                fail_msg("%s has no text %zu", series->name, t);
        assert_ptr_equal(series_find(series->name), series); /* the first of its name */
        assert_true(series->nation || series->region || series->facility);
    }
    assert_null(series_find("populatio"));
    assert_null(series_find(""));
}

/* The rows that a person would look for, as the definitions have them. */
static void
a_kind_decides_whether_values_are_whole(void **state)
{
    static const struct {
        const char *name;
        bool whole;
    } cases[] = {{"population", false}, {"occupancy", false}, {"releases", true},
                 {"house_wait", false}, {"crowding", true},   {"measure_on", false},
                 {"peak", true},        {"noon", true},       {"total_arrived", true}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (series_is_whole(series_find(cases[i].name)) != cases[i].whole)
            fail_msg("%s", cases[i].name);
}

static void
a_flow_is_found_by_its_number(void **state)
{
    const struct scenario scenario = {0};
    struct plan plan = {.scenario = &scenario, .exits = 2, .measures = 3, .relief = true};

    (void)state;
    assert_string_equal(series_of_flow(&plan, FLOW_ARRIVED), "arrivals");
    assert_string_equal(series_of_flow(&plan, FLOW_BREACH), "breaches");
    assert_string_equal(series_of_flow(&plan, FLOW_WAITED + QUEUE_CENTRE), "centre_wait");
    assert_string_equal(series_of_flow(&plan, FLOWS_FIXED), "releases");
    assert_string_equal(series_of_flow(&plan, FLOWS_FIXED + 1),
                        "releases"); /* of the second exit */
    assert_string_equal(series_of_flow(&plan, FLOWS_FIXED + 2), "measure_taken");
    assert_string_equal(series_of_flow(&plan, FLOWS_FIXED + 2 + 3 + 2), "measure_wait");
    assert_string_equal(series_of_flow(&plan, FLOWS_FIXED + 2 + 9), "measure_days");
    assert_null(series_of_flow(&plan, FLOWS_FIXED + 2 + 12));
}

/* What is counted can be seen: but for the list that nobody is in. */
static void
every_flow_has_a_series(void **state)
{
    const struct scenario scenario = {0};
    struct plan plan = {.scenario = &scenario, .exits = 1};

    (void)state;
    for (int flow = 0; flow < FLOWS_FIXED; flow++)
        if (flow != FLOW_WAITED + QUEUE_NONE && series_of_flow(&plan, flow) == NULL)
            fail_msg("no series shows flow %d", flow);
}

#define TWO_REGIONS                                                                                \
    "regions: [north, south]\nhorizon: 60 d\nexits: [out, away, abroad]\n"                         \
    "facilities: [{name: A, region: north, capacity: 10}, {name: B, region: south, capacity: 10}," \
    " {name: C, region: south, capacity: 10, kind: forensic_centre, counted: no}]\n"               \
    "desks: [{name: court, time: {fixed: 3 d}}]\n"                                                 \
    "measures: [{name: m, forward: 10 d, from: 2026-01-01}]\n"                                     \
    "intake: [{class: a, region: north, rate: 1 / d}]\n"                                           \
    "pathways: {a: [{phase: wait, status: remand, desk: court, then: {stay: 1}},\n"                \
    "  {phase: stay, status: convicted, stay: {fixed: 10 d}, then: {out: 1}}],\n"                  \
    "  b: [{phase: stay, status: remand, stay: {fixed: 10 d}, then: {away: 1}}]}\n"

/* As many values as there are of what a series runs over. */
static void
a_series_is_as_wide_as_what_it_runs_over(void **state)
{
    static const struct {
        const char *name;
        size_t width;
    } cases[] = {
        {"women", 1},    {"population", 3},  {"population_by_need", 6}, {"facilities_above", 5},
        {"releases", 3}, {"at_desk", 1},     {"crowding", 4},           {"measure_on", 1},
        {"in_phase", 3}, {"total_inside", 2}};
    struct trial trial;

    (void)state;
    trial_open_text(&trial, TWO_REGIONS);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (series_width(trial.plan, series_find(cases[i].name)) != cases[i].width)
            fail_msg("%s is %zu wide", cases[i].name,
                     series_width(trial.plan, series_find(cases[i].name)));
    trial_close(&trial);
}

static const struct layout_variable *
variable_of(const struct layout *layout, const char *name)
{
    for (size_t v = 0; v < layout->variables; v++)
        if (strcmp(layout->variable[v].name, name) == 0)
            return &layout->variable[v];
    return NULL;
}

/* The sizes and names of the dimensions of NAME, as "time 60 status 3". */
static void
shape_of(const struct layout *layout, const char *name, char text[128])
{
    const struct layout_variable *variable = variable_of(layout, name);

    *text = '\0';
    for (int i = 0; variable != NULL && i < variable->dimensions; i++) {
        const struct layout_dimension *dimension = &layout->dimension[variable->dimension[i]];
        snprintf(text + strlen(text), 128 - strlen(text), "%s%s %zu", i > 0 ? " " : "",
                 dimension->name, dimension->size);
    }
}

/* Nation by day, regions by week, facilities by month: from Thursday 1 January to Sunday 1 March
 * 2026 are sixty days, nine weeks that begin on a Monday, and three months. */
static void
a_layout_has_each_variable_over_its_place_and_rows(void **state)
{
    static const char *const expected[][2] = {
        {"population", "time 60 status 3"},
        {"women", "time 60"},
        {"releases", "time 60 exit 3"},
        {"region_population", "week 9 region 2 status 3"},
        {"facility_population", "month 3 facility 3 status 3"},
        {"facility_peak", "month 3 facility 3"},
        {"measure_on", "time 60 measure 1"},
        {"in_phase", "time 60 phase 3"},
    };
    struct trial trial;
    struct layout layout;
    struct error err = {0};

    (void)state;
    trial_open_text(&trial,
                    TWO_REGIONS "record: [{place: nation, tick: day}, {place: region, tick: "
                                "week}, {place: facility, tick: month}]\n");
    assert_int_equal(series_layout(&layout, trial.plan, &err), OK);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char shape[128];
        shape_of(&layout, expected[i][0], shape);
        if (strcmp(shape, expected[i][1]) != 0)
            fail_msg("%s is over '%s', and '%s' is expected", expected[i][0], shape,
                     expected[i][1]);
    }
    assert_null(variable_of(&layout, "facility_women")); /* kept for the nation and regions only */
    assert_null(variable_of(&layout, "region_in_phase"));
    assert_null(variable_of(&layout, "region_peak"));
    series_layout_free(&layout);
    trial_close(&trial);
}

static const char *
text_of(const struct layout_variable *variable, const char *name)
{
    for (size_t i = 0; i < variable->attributes; i++)
        if (strcmp(variable->attribute[i].name, name) == 0)
            return variable->attribute[i].text;
    return NULL;
}

/* Units that UDUNITS knows; what is counted beside them; how rows came about. */
static void
variables_say_their_units_and_how_their_rows_came_about(void **state)
{
    static const struct {
        const char *name, *units, *counted, *methods;
        enum layout_type type;
    } cases[] = {
        {"population", "1", "persons", "time: mean", LAYOUT_FLOAT},
        {"occupancy", "percent", "persons per 100 places", "time: mean", LAYOUT_FLOAT},
        {"releases", "1", "persons", "time: sum", LAYOUT_COUNT},
        {"house_wait", "d", "days", "time: sum", LAYOUT_FLOAT},
        {"crowding", "1", "persons", "time: point", LAYOUT_COUNT},
        {"measure_on", "1", NULL, "time: mean", LAYOUT_FLOAT},
        {"facility_peak", "1", "persons", "month: maximum", LAYOUT_COUNT},
        {"region_capacity", "1", "places", "time: mean", LAYOUT_FLOAT},
    };
    struct trial trial;
    struct layout layout;
    struct error err = {0};

    (void)state;
    trial_open_text(&trial, TWO_REGIONS);
    assert_int_equal(series_layout(&layout, trial.plan, &err), OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct layout_variable *variable = variable_of(&layout, cases[i].name);
        if (variable == NULL)
            fail_msg("%s is not there", cases[i].name);
        assert_string_equal(text_of(variable, "units"), cases[i].units);
        assert_string_equal(text_of(variable, "cell_methods"), cases[i].methods);
        assert_int_equal(variable->type, cases[i].type);
        if (cases[i].counted == NULL)
            assert_null(text_of(variable, "counted"));
        else
            assert_string_equal(text_of(variable, "counted"), cases[i].counted);
    }
    series_layout_free(&layout);
    trial_close(&trial);
}

static void
labels_are_those_of_the_scenario(void **state)
{
    struct trial trial;
    struct layout layout;
    struct error err = {0};
    bool facility = false, exits = false;

    (void)state;
    trial_open_text(&trial, TWO_REGIONS);
    assert_int_equal(series_layout(&layout, trial.plan, &err), OK);
    for (size_t d = 0; d < layout.dimensions; d++) {
        const struct layout_dimension *dimension = &layout.dimension[d];
        if (strcmp(dimension->name, "facility") == 0) {
            assert_string_equal(dimension->label[2], "C");
            facility = true;
        } else if (strcmp(dimension->name, "exit") == 0) {
            assert_string_equal(dimension->label[1], "away");
            exits = true;
        }
    }
    assert_true(facility && exits);
    for (size_t i = 0; i < layout.auxiliaries; i++) {
        if (strcmp(layout.auxiliary[i].name, "facility_region") == 0)
            assert_string_equal(layout.auxiliary[i].label[1], "south");
        if (strcmp(layout.auxiliary[i].name, "facility_kind") == 0)
            assert_string_equal(layout.auxiliary[i].label[2], "forensic_centre");
    }
    assert_true(layout.auxiliaries >= 4);
    series_layout_free(&layout);
    trial_close(&trial);
}

static const struct layout_auxiliary *
beside_called(const struct layout *layout, const char *name)
{
    for (size_t i = 0; i < layout->auxiliaries; i++)
        if (strcmp(layout->auxiliary[i].name, name) == 0)
            return &layout->auxiliary[i];
    return NULL;
}

/* A facility that says nothing of where it is has no number, not 0 degrees. */
static void
facilities_are_on_a_map_where_the_scenario_says_where(void **state)
{
    static const char *const said[] = {
        "", "set: {'facilities[B]': {latitude: -51.25, longitude: 4.5}}\n"};
    struct trial trial;
    struct layout layout;
    struct error err = {0};

    (void)state;
    for (int on = 0; on < 2; on++) {
        trial_open_text(&trial, TWO_REGIONS "%s", said[on]);
        assert_int_equal(series_layout(&layout, trial.plan, &err), OK);
        const struct layout_auxiliary *north = beside_called(&layout, "facility_latitude");
        const struct layout_auxiliary *east = beside_called(&layout, "facility_longitude");
        assert_true((north != NULL) == on && (east != NULL) == on);
        const char *coordinates =
            text_of(variable_of(&layout, "facility_population"), "coordinates");
        assert_true((strstr(coordinates, " facility_latitude facility_longitude") != NULL) == on);
        if (on == 1) {
            assert_string_equal(north->units, "degrees_north");
            assert_string_equal(east->standard_name, "longitude");
            assert_true(isnan(north->number[0]) && north->number[1] == -51.25);
            assert_true(isnan(east->number[2]) && east->number[1] == 4.5);
        }
        series_layout_free(&layout);
        trial_close(&trial);
    }
}

/* Only what is asked for, in the order of the table; a name that no series has is a fault. */
static void
a_scenario_keeps_the_series_that_it_names(void **state)
{
    struct trial trial;
    struct layout layout;
    struct error err = {0};
    struct variable *kept = calloc(3 * series_count, sizeof *kept);

    (void)state;
    assert_non_null(kept);
    trial_open_text(&trial,
                    TWO_REGIONS "record: [{place: nation, tick: year, series: [releases, women]},"
                                " {place: facility, tick: year, series: [population]}]\n");
    assert_int_equal(series_variables(trial.plan, kept), 3);
    assert_int_equal(series_layout(&layout, trial.plan, &err), OK);
    assert_int_equal(layout.variables, 3);
    for (size_t v = 0; v < 3; v++)
        assert_string_equal(kept[v].series->name,
                            strncmp(layout.variable[v].name, "facility_", 9) == 0
                                ? layout.variable[v].name + 9
                                : layout.variable[v].name);
    assert_non_null(variable_of(&layout, "women"));
    assert_non_null(variable_of(&layout, "facility_population"));
    free(kept);
    series_layout_free(&layout);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_series_has_one_name_and_says_what_it_is),
        cmocka_unit_test(a_kind_decides_whether_values_are_whole),
        cmocka_unit_test(a_flow_is_found_by_its_number),
        cmocka_unit_test(every_flow_has_a_series),
        cmocka_unit_test(a_series_is_as_wide_as_what_it_runs_over),
        cmocka_unit_test(a_layout_has_each_variable_over_its_place_and_rows),
        cmocka_unit_test(variables_say_their_units_and_how_their_rows_came_about),
        cmocka_unit_test(labels_are_those_of_the_scenario),
        cmocka_unit_test(facilities_are_on_a_map_where_the_scenario_says_where),
        cmocka_unit_test(a_scenario_keeps_the_series_that_it_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
