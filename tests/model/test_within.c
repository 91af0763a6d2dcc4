/* The scenario in a result is the one that was simulated, without its files. What is expected
 * stands in the texts below. */

#include "tests/support.h"

#include "tests/results.h"

#include "analysis/within.h"

#include "models/run/reading.h"
#include "models/run/run.h"

#define TEXT(name, text)                                                                           \
    {                                                                                              \
        name, text, sizeof(text) - 1                                                               \
    }

static const struct scenario_text texts[] = {
    TEXT("folder/base.yaml",
         "name: Base\n"
         "start: 2026-01-01\n"
         "horizon: 10 d\n"
         "seed: 7\n"
         "regions: [north]\n"
         "facilities: {csv: ../facilities.csv}\n"
         "pathways: {long: [{phase: inside, status: convicted, stay: {fixed: 100 y}, "
         "then: {released: 1}}]}\n"
         "stock: [{facility: Town, status: convicted, count: 20, fresh: yes}]\n"
         "intake: [{class: long, region: north, rate: 0 / d}]\n"),
    TEXT("facilities.csv", "name,region,capacity,beds\nTown,north,10,90\nLake,north,20,40\n"),
    TEXT("more.yaml", "extends: folder/base.yaml\nname: More places\n"
                      "set: {'facilities[Town].capacity': {plus: 4}}\n"),
};

static const char *const over[] = {"more.yaml"};
static const char *const set[] = {"facilities[Town].capacity: {times: 2}", "replications: 3"};

/* Run two replications of the base with both laid over it, seed 11, into result_path. */
static void
run_laid_over(void)
{
    const struct scenario_source from = {.file = "folder/base.yaml",
                                         .over = over,
                                         .overs = 1,
                                         .set = set,
                                         .sets = 2,
                                         .text = texts,
                                         .texts = sizeof texts / sizeof *texts,
                                         .no_files = true};
    struct scenario scenario;
    struct faults faults = {0};
    struct error err = {0};
    struct run run = {.scenario = &scenario,
                      .output = result_path,
                      .first = 0,
                      .last = 1,
                      .threads = 1,
                      .force = true};
    char line[512];

    if (run_read_from(&scenario, &from, &faults) != OK) {
        faults_line(&faults, 0, line, sizeof line);
        fail_msg("%s", line);
    }
    scenario.seed = 11;
    if (run_scenario(&run, &err) != OK)
        fail_msg("%s", err.message);
    scenario_free(&scenario);
    faults_free(&faults);
}

/* (10 + 4) x 2 places in the town; what the command line sets comes last of all. */
static void
a_result_gives_its_scenario_with_all_that_was_laid_over_it(void **state)
{
    struct within within;
    struct error err = {0};

    (void)state;
    run_laid_over();
    struct store *store = result_open(result_path);
    if (scenario_within(&within, store, &err) != OK)
        fail_msg("%s", err.message);
    const struct scenario *scenario = &within.scenario;
    assert_string_equal(scenario->name, "More places");
    assert_int_equal(scenario->facilities.count, 2);
    assert_string_equal(scenario_facility(scenario, 0)->name, "Town");
    assert_near(scenario_most_places(scenario, scenario_facility(scenario, 0)), 28, 0);
    assert_near(scenario_most_places(scenario, scenario_facility(scenario, 1)), 20, 0);
    assert_int_equal(scenario->replications, 3);
    assert_int_equal(scenario->seed, 11);
    within_free(&within);
    store_close(store);
}

static void
its_texts_are_told_one_by_one(void **state)
{
    const char *name;

    (void)state;
    run_laid_over();
    struct store *store = result_open(result_path);
    assert_non_null(within_file(store, 1, &name));
    assert_string_equal(name, "folder/base.yaml");
    assert_string_equal(within_overlay(store, 1), "more.yaml");
    assert_null(within_overlay(store, 2));
    size_t files = 0;
    while (within_file(store, files + 1, &name) != NULL)
        files++;
    assert_int_equal(files, 4); /* the three texts, and what is set */
    assert_string_equal(within_file(store, 4, &name),
                        "facilities[Town].capacity: {times: 2}\nreplications: 3\n");
    assert_string_equal(name, "--set");
    store_close(store);
}

static void
a_result_without_a_scenario_is_refused(void **state)
{
    struct within within;
    struct error err = {0};
    char id[DIGEST_TEXT];

    (void)state;
    result_write(result_path, &(struct result_spec){.last = 1}, id);
    struct store *store = result_open(result_path);
    assert_int_equal(scenario_within(&within, store, &err), BAD_INPUT);
    assert_string_equal(err.message, "the scenario is not in the result");
    within_free(&within);
    store_close(store);
}

/* In 0.1.0 a house could be filled by selection without a word on how long screening takes. */
static void
what_this_version_does_not_read_is_told_with_its_place(void **state)
{
    struct within within;
    struct error err = {0};

    (void)state;
    struct store *store = result_open("tests/data/results/0.1.0-first.h5");
    assert_int_equal(scenario_within(&within, store, &err), BAD_INPUT);
    if (strstr(err.message,
               "this version does not read the scenario in the result: first.yaml:1:1: "
               "error: house_selection.screening: is missing") == NULL)
        fail_msg("%s", err.message);
    within_free(&within);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_result_gives_its_scenario_with_all_that_was_laid_over_it),
        cmocka_unit_test(its_texts_are_told_one_by_one),
        cmocka_unit_test(a_result_without_a_scenario_is_refused),
        cmocka_unit_test(what_this_version_does_not_read_is_told_with_its_place),
    };

    return cmocka_run_group_tests(tests, result_name_files, result_remove_files);
}
