/* libFuzzer on the scenario reader: the input is a scenario, then, behind a line of three equals
 * signs, the table t.csv beside it. What is read without a fault is compiled to a plan as well. */

#include "models/plan/plan.h"
#include "models/run/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

static char scenario_path[96], table_path[96];

static void
write_file(const char *path, const unsigned char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL || fwrite(bytes, 1, size, file) != size)
        abort();
    fclose(file);
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    struct scenario scenario;
    struct faults faults = {0};
    struct error err = {0};
    struct plan *plan = NULL;

    if (scenario_path[0] == '\0') {
        snprintf(table_path, sizeof table_path, "/dev/shm/doorstroom-fuzz-%ld", (long)getpid());
        mkdir(table_path, 0700);
        snprintf(scenario_path, sizeof scenario_path, "%s/s.yaml", table_path);
        strcat(table_path, "/t.csv");
    }
    const unsigned char *mark = memmem(bytes, size, "\n===\n", 5);
    size_t first = mark != NULL ? (size_t)(mark - bytes) : size;
    write_file(scenario_path, bytes, first);
    write_file(table_path, mark != NULL ? mark + 5 : bytes, mark != NULL ? size - first - 5 : 0);
    if (run_read(&scenario, scenario_path, false, &faults) == OK &&
        plan_create(&plan, &scenario, &err) == OK)
        plan_free(plan);
    for (size_t i = 0; i < faults.count; i++) {
        char line[256];
        faults_line(&faults, i, line, sizeof line);
    }
    scenario_free(&scenario);
    faults_free(&faults);
    return 0;
}
