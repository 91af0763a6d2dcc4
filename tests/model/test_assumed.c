/* What a result assumes, told from the result alone. What is expected is read off the text below.
 */

#include "tests/support.h"

#include "tests/ran.h"

#include "analysis/parameters.h"
#include "analysis/report/assumed.h"
#include "analysis/report/give.h"

enum { REPLICATIONS = 30 };

/* The median of a uniform from 1 to 2 is 1.5; start, horizon and replications are chosen, and are
 * no facts. */
static const char text[] =
    "name: Sources\n"
    "start: 2026-01-01\n"
    "horizon: 5 d\n"
    "replications: 30\n"
    "regions: [north]\n"
    "facilities: [{name: Town, region: north, capacity: 10, beds: 90, source: 'B: page \"12\"'}]\n"
    "intake: [{class: long, region: north, rate: 1 / d}]\n"
    "pathways: {long: [{phase: inside, status: convicted, stay: {fixed: 100 y}, "
    "then: {released: 1}}]}\n"
    "uncertain: {'intake[long].rate': {uniform: {low: 1 / d, high: 2 / d}}}\n"
    "sources: {'intake[long].rate': {grade: C, text: a guess}}\n";

static void
assert_row(const json_t *list, size_t i, const char *expected)
{
    char *got = json_dumps(json_array_get(list, i), JSON_COMPACT);

    assert_string_equal(got != NULL ? got : "nothing", expected);
    free(got);
}

static json_t *
list_of(struct within *within, const struct ranked *ranked)
{
    json_t *list;
    struct error err = {0};

    assert_int_equal(report_assumed(within, ranked, &list, &err), OK);
    return list;
}

static void
each_number_has_its_grade_source_and_value(void **state)
{
    struct within within;
    struct error err = {0};

    (void)state;
    struct store *store = ran_text(text, REPLICATIONS);
    assert_int_equal(scenario_within(&within, store, &err), OK);
    json_t *list = list_of(&within, NULL);
    assert_int_equal(json_array_size(list), 5);
    assert_row(list, 0,
               "{\"path\":\"facilities[Town].capacity\",\"value\":\"10\",\"grade\":\"B\","
               "\"source\":\"page \\\"12\\\"\",\"drawn\":false,\"effect\":null}");
    assert_row(list, 2,
               "{\"path\":\"intake[long,north].rate\",\"value\":\"1.5 / d\",\"grade\":\"C\","
               "\"source\":\"a guess\",\"drawn\":true,\"effect\":null}");
    assert_row(
        list, 3,
        "{\"path\":\"pathways.long[inside].stay.fixed.value\",\"value\":\"100 y\",\"grade\":\"\","
        "\"source\":\"\",\"drawn\":false,\"effect\":null}");
    json_decref(list);
    within_free(&within);
    store_close(store);
}

/* An outcome that falls as the rate rises, and nothing else: -1. */
static void
what_is_drawn_has_its_effect_on_the_outcome(void **state)
{
    struct within within;
    struct ranked ranked;
    struct parameters parameters;
    struct error err = {0};
    double outcome[REPLICATIONS];

    (void)state;
    struct store *store = ran_text(text, REPLICATIONS);
    assert_int_equal(parameters_read(&parameters, store, store_find(store, "parameter"), &err), OK);
    for (size_t r = 0; r < REPLICATIONS; r++)
        outcome[r] = 100 - parameters.value[r];
    assert_int_equal(ranked_make(&ranked, store, outcome, INT32_MAX, &err), OK);
    assert_int_equal(scenario_within(&within, store, &err), OK);
    json_t *list = list_of(&within, &ranked);
    json_t *rate = json_array_get(list, 2), *places = json_array_get(list, 0);
    assert_near(json_real_value(json_object_get(rate, "effect")), -1, 0);
    assert_true(json_is_null(json_object_get(places, "effect")));
    json_decref(list);
    ranked_free(&ranked);
    parameters_free(&parameters);
    within_free(&within);
    store_close(store);
}

static void
a_number_that_is_none_is_null_and_others_are_rounded(void **state)
{
    json_t *none = give_rounded(NAN, 2), *endless = give_rounded(INFINITY, 2);
    json_t *third = give_rounded(-1. / 3, 4), *little = give_rounded(-0.00001, 2);

    (void)state;
    assert_true(json_is_null(none) && json_is_null(endless));
    assert_near(json_real_value(third), -0.3333, 0);
    assert_false(signbit(json_real_value(little)));
    json_decref(none);
    json_decref(endless);
    json_decref(third);
    json_decref(little);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_number_has_its_grade_source_and_value),
        cmocka_unit_test(what_is_drawn_has_its_effect_on_the_outcome),
        cmocka_unit_test(a_number_that_is_none_is_null_and_others_are_rounded),
    };

    return cmocka_run_group_tests(tests, result_name_files, result_remove_files);
}
