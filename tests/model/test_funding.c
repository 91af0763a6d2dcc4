/* Whose money ends, as scenarios say it. The dates are worked out by hand: a term of two years from
 * 1 June 2023 ends on 1 June 2025, before the start, and the next on 1 June 2027. */

#include "tests/support.h"

#include "analysis/report/funding.h"
#include "analysis/within.h"

#include "models/scenario/read.h"

#include "sim/engine/calendar.h"

#include <string.h>

#define BASE                                                                                       \
    "name: Money\n"                                                                                \
    "start: 2026-01-01\n"                                                                          \
    "horizon: 4 y\n"                                                                               \
    "regions: [north, south]\n"                                                                    \
    "stages:\n"                                                                                    \
    "  open: [{stage: opening, party: service, time: {fixed: 0 d}}]\n"                             \
    "  built: [{stage: works, party: service, time: {exponential: {mean: 200 d}}}]\n"              \
    "  planned: [{stage: works, party: service, time: {fixed: 10 d}}, "                            \
    "{stage: staffing, party: service, time: {fixed: 21 d}}]\n"                                    \
    "house_selection: {suitable: 30 %, screening: {fixed: 5 d}}\n"                                 \
    "facilities:\n"                                                                                \
    "  - {name: Town, region: north, capacity: 100, beds: 120}\n"                                  \
    "  - {name: Open, kind: detention_house, region: north, capacity: 30, project: {process: "     \
    "open, starts: 2023-06-01, funding: {term: 2 y, renewal: 70 %}}}\n"                            \
    "  - {name: Building, kind: detention_house, region: south, capacity: 57, project: {process: " \
    "built, starts: 2026-03-01, funding: {term: 1 y, renewal: 50 %}}}\n"                           \
    "  - {name: Planned, kind: detention_house, region: south, capacity: 20, project: {process: "  \
    "planned, starts: 2026-03-01, funding: {term: 365 d, renewal: 0 %}}}\n"                        \
    "  - {name: Later, kind: detention_house, region: south, capacity: 20, project: {process: "    \
    "planned, starts: 2026-03-01, funding: {term: 4 y, renewal: 0 %}}}\n"                          \
    "  - {name: For good, kind: detention_house, region: south, capacity: 20, project: {process: " \
    "open, starts: 2024-03-01}}\n"                                                                 \
    "pathways: {long: [{phase: inside, status: convicted, stay: {fixed: 100 y}, "                  \
    "then: {released: 1}}]}\n"                                                                     \
    "intake: [{class: long, region: north, rate: 0 / d}]\n"

static void
read_text(struct within *within, const char *text)
{
    const struct scenario_text memory = {"test.yaml", text, strlen(text)};
    const struct scenario_source from = {
        .file = "test.yaml", .text = &memory, .texts = 1, .no_files = true};
    char line[512];

    *within = (struct within){0};
    if (scenario_read_from(&within->scenario, &from, &within->faults) == OK)
        return;
    faults_line(&within->faults, 0, line, sizeof line);
    fail_msg("%s", line);
}

static void
assert_row(const json_t *list, size_t i, const char *facility, const char *until, double chance,
           const char *in)
{
    const json_t *row = json_array_get(list, i), *day = json_object_get(row, "until");
    char *got = json_dumps(json_object_get(row, "in"), JSON_COMPACT);
    int32_t expected = 0;

    assert_string_equal(json_string_value(json_object_get(row, "facility")), facility);
    assert_near(json_number_value(json_object_get(row, "chance")), chance, 0);
    assert_string_equal(got, in);
    if (until != NULL) {
        assert_true(calendar_parse(until, &expected));
        assert_int_equal(json_integer_value(day), expected);
    } else {
        assert_true(json_is_null(day));
    }
    free(got);
}

/* Planned opens 31 days after 1 March 2026, and its money ends 365 days later. That of Later ends
 * on 1 April 2030, after the last day. */
static void
terms_that_end_in_the_years_simulated_are_told(void **state)
{
    struct within within;
    struct error err = {0};
    json_t *list;

    (void)state;
    read_text(&within, BASE);
    assert_int_equal(report_funding((const struct scenario *[]){&within.scenario}, 1, &list, &err),
                     OK);
    assert_int_equal(json_array_size(list), 3);
    assert_row(list, 0, "Open", "2027-06-01", 0.7, "[true]");
    assert_row(list, 1, "Building", NULL, 0.5, "[true]");
    assert_row(list, 2, "Planned", "2027-04-01", 0, "[true]");
    assert_near(json_number_value(json_object_get(json_array_get(list, 1), "places")), 57, 0);
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 1), "region")),
                        "south");
    json_decref(list);
    within_free(&within);
}

/* The second has Open for good and Planned renewed by half. */
static void
a_scenario_that_says_otherwise_is_told_apart(void **state)
{
    struct within within[2];
    struct error err = {0};
    json_t *list;

    (void)state;
    read_text(&within[0], BASE);
    read_text(&within[1], BASE "drop: ['facilities[Open].project.funding']\n"
                               "set: {'facilities[Planned].project.funding.renewal': 50 %}\n");
    const struct scenario *scenario[] = {&within[0].scenario, &within[1].scenario};
    assert_int_equal(report_funding(scenario, 2, &list, &err), OK);
    assert_int_equal(json_array_size(list), 4);
    assert_row(list, 0, "Open", "2027-06-01", 0.7, "[true,false]");
    assert_row(list, 1, "Building", NULL, 0.5, "[true,true]");
    assert_row(list, 2, "Planned", "2027-04-01", 0, "[true,false]");
    assert_row(list, 3, "Planned", "2027-04-01", 0.5, "[false,true]");
    json_decref(list);
    within_free(&within[0]);
    within_free(&within[1]);
}

/* Of what could not be read there may be halves: they are not looked at. */
static void
a_scenario_that_is_not_read_says_nothing(void **state)
{
    struct within within;
    struct error err = {0};
    json_t *list;

    (void)state;
    read_text(&within, BASE);
    const struct scenario *scenario[] = {NULL, &within.scenario, NULL};
    assert_int_equal(report_funding(scenario, 3, &list, &err), OK);
    assert_int_equal(json_array_size(list), 3);
    assert_row(list, 0, "Open", "2027-06-01", 0.7, "[false,true,false]");
    json_decref(list);
    within_free(&within);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_that_end_in_the_years_simulated_are_told),
        cmocka_unit_test(a_scenario_that_says_otherwise_is_told_apart),
        cmocka_unit_test(a_scenario_that_is_not_read_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
