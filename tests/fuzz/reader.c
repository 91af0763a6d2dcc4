/* libFuzzer on the scenario reader: the input is a scenario, then, behind a line of three equals
 * signs, the table t.csv beside it. What is read without a fault is compiled to a plan as well. */

#include "models/plan/plan.h"
#include "models/run/reading.h"

#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    const unsigned char *mark = memmem(bytes, size, "\n===\n", 5);
    size_t first = mark != NULL ? (size_t)(mark - bytes) : size;
    const struct scenario_text text[] = {
        {"s.yaml", (const char *)bytes, first},
        {"t.csv", mark != NULL ? (const char *)mark + 5 : "", mark != NULL ? size - first - 5 : 0}};
    const struct scenario_source from = {
        .file = "s.yaml", .text = text, .texts = 2, .no_files = true};
    struct scenario scenario;
    struct faults faults = {0};
    struct error err = {0};
    struct plan *plan = NULL;

    if (run_read_from(&scenario, &from, &faults) == OK && plan_create(&plan, &scenario, &err) == OK)
        plan_free(plan);
    for (size_t i = 0; i < faults.count; i++) {
        char line[256];
        faults_line(&faults, i, line, sizeof line);
    }
    scenario_free(&scenario);
    faults_free(&faults);
    return 0;
}
