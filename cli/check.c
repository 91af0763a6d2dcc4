#include "command.h"

#include "analysis/cost.h"
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
    if (faults->left_out > 0)
        fprintf(stderr, "and %zu more\n", faults->left_out);
}

/* The houses above small_scale_cap. */
static void
print_large_houses(const struct scenario *scenario)
{
    const struct facility_record *rows = scenario->facilities.item;
    int found = 0;

    for (size_t i = 0; i < scenario->facilities.count && scenario->small_scale_cap > 0; i++) {
        double places = steps_at(&rows[i].capacity[MAIN_CAPACITY], INT32_MAX, 0);
        if ((rows[i].kind == DETENTION_HOUSE || rows[i].kind == TRANSITION_HOUSE) &&
            places > (double)scenario->small_scale_cap)
            printf("%s%s (%g)", found++ > 0 ? ", " : "not small-scale: ", rows[i].name, places);
    }
    if (found > 0)
        printf("; small_scale_cap is %lld places\n", (long long)scenario->small_scale_cap);
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
    print_large_houses(scenario);
}

/* A number of bytes in the unit that reads best. */
static void
print_bytes(double bytes, const char *after)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    int unit = 0;

    for (bytes /= 1e3; bytes >= 1000 && unit < 3; bytes /= 1e3)
        unit++;
    printf("%.3g %s %s", bytes, units[unit], after);
}

/* What a run would cost; the trial may fail, as the run would. */
static int
print_cost(const struct scenario *scenario)
{
    int threads = threads_default("check", 0);
    struct cost cost;
    struct error err = {0};
    int status = cost_estimate(scenario, threads, stop_on_signals(), &cost, &err);

    if (status != OK) {
        fprintf(stderr, "doorstroom check: %s\n", err.message);
        return status == INTERRUPTED ? stop_status() : exit_for(status);
    }
    printf("a run takes about %.2g s on %d threads (%.2g s a replication of %.2g events), ",
           cost.seconds, threads, cost.seconds_a_replication, cost.events);
    print_bytes(cost.memory_bytes, "of memory, ");
    print_bytes(cost.file_bytes, "on disk\n");
    return EXIT_DONE;
}

int
command_check(const struct options *options)
{
    struct scenario scenario;
    struct faults faults = {0};
    int status = run_read_set(&scenario, options->argument[0], options->set, options->sets,
                              options->allow_outside, &faults);

    print_faults(&faults);
    if (status == OK)
        print_plan(&scenario);
    else
        fprintf(stderr, "%zu error%s\n", faults.errors, faults.errors == 1 ? "" : "s");
    int exit_status = status != OK     ? exit_for(status)
                      : options->quick ? EXIT_DONE
                                       : print_cost(&scenario);
    faults_free(&faults);
    scenario_free(&scenario);
    return exit_status;
}
