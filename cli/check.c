#include "command.h"

#include "models/run.h"
#include "sim/calendar.h"

#include <stdio.h>

void
print_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        char line[2048];
        faults_line(faults, i, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
}

static void
print_plan(const struct scenario *scenario)
{
    char start[CALENDAR_TEXT], end[CALENDAR_TEXT];

    calendar_write(scenario->start, start);
    calendar_write(scenario->start + (int32_t)scenario->horizon, end);
    printf("%s: %s to %s, %lld replications, seed %lld\n", scenario->name, start, end,
           (long long)scenario->replications, (long long)scenario->seed);
    printf("%zu facilities in %zu regions, %zu streams of arrivals, %zu classes, %zu measures\n",
           scenario->facilities.count, scenario->regions.count, scenario->intake.count,
           scenario->pathways.count, scenario->measures.count);
}

int
command_check(const struct options *options)
{
    struct scenario scenario;
    struct faults faults = {0};
    int status = run_read(&scenario, options->argument[0], options->allow_outside, &faults);

    print_faults(&faults);
    if (status == OK)
        print_plan(&scenario);
    else
        fprintf(stderr, "%zu error%s\n", faults.errors, faults.errors == 1 ? "" : "s");
    faults_free(&faults);
    scenario_free(&scenario);
    return status == OK ? EXIT_DONE : EXIT_BAD_INPUT;
}
