#ifndef TESTS_RAN_H
#define TESTS_RAN_H
/* Run a scenario of a test's own text into a result file. */

#include "tests/results.h"

#include "models/run/reading.h"
#include "models/run/run.h"

/* Run FROM with REPLICATIONS from 0 on and the seed of its text, into result_path; the result,
 * open. */
static inline struct store *
ran_from(const struct scenario_source *from, uint64_t replications)
{
    struct scenario scenario;
    struct faults faults = {0};
    struct error err = {0};
    struct run run = {.scenario = &scenario,
                      .output = result_path,
                      .last = replications - 1,
                      .threads = 1,
                      .force = true};
    char line[1024];

    if (run_read_from(&scenario, from, &faults) != OK) {
        faults_line(&faults, 0, line, sizeof line);
        fail_msg("%s", line);
    }
    if (run_scenario(&run, &err) != OK)
        fail_msg("%s", err.message);
    scenario_free(&scenario);
    faults_free(&faults);
    return result_open(result_path);
}

/* The same of TEXT, which names no other file. */
static inline struct store *
ran_text(const char *text, uint64_t replications)
{
    const struct scenario_text memory = {"test.yaml", text, strlen(text)};

    return ran_from(
        &(struct scenario_source){
            .file = "test.yaml", .text = &memory, .texts = 1, .no_files = true},
        replications);
}

#endif
