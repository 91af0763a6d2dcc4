#include "check.h"
#include "sources.h"
#include "text.h"

#include "analysis/sweep/design.h"
#include "models/run/reading.h"
#include "models/run/run.h"
#include "models/scenario/load.h"
#include "models/scenario/uncertain.h"
#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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
    const struct facility_object *rows = scenario->facilities.item;
    char *text = NULL;
    size_t size;
    FILE *to = open_memstream(&text, &size);
    int found = 0;

    for (size_t i = 0;
         to != NULL && i < scenario->facilities.count && scenario->small_scale_cap > 0; i++) {
        double places = steps_at(&rows[i].capacity[CAPACITY_MAIN], INT32_MAX, 0);
        if ((rows[i].kind == KIND_DETENTION_HOUSE || rows[i].kind == KIND_TRANSITION_HOUSE) &&
            places > (double)scenario->small_scale_cap)
            fprintf(to, "%s%s (%g)", found++ > 0 ? ", " : "not small-scale: ", rows[i].name,
                    places);
    }
    if (found > 0)
        fprintf(to, "; small_scale_cap is %lld places", (long long)scenario->small_scale_cap);
    if (to != NULL && fclose(to) == 0 && found > 0)
        text_wrap(stdout, text, 0, 2);
    free(text);
}

/* "3 facilities", "1 region". */
static void
print_count(size_t count, const char *one, const char *more, const char *after)
{
    printf("%zu %s%s", count, count == 1 ? one : more, after);
}

/* Feedback is never silent. */
static void
print_feedback(const struct scenario *scenario)
{
    const struct feedback_object *rows = scenario->feedback.item;
    char text[1024];

    for (size_t i = 0; i < scenario->feedback.count; i++) {
        snprintf(text, sizeof text,
                 "feedback %.200s is on: %s of %zu class%s follow%s last year's occupancy, which "
                 "nobody has measured",
                 rows[i].name, rows[i].acts_on == ACTS_ON_INTAKE ? "intake" : "sentences",
                 rows[i].classes.count, rows[i].classes.count == 1 ? "" : "es",
                 rows[i].acts_on == ACTS_ON_INTAKE ? "s" : "");
        text_wrap(stdout, text, 0, 2);
    }
}

/* What would run. */
static void
print_plan(const struct scenario *scenario)
{
    char start[CALENDAR_TEXT], end[CALENDAR_TEXT], text[2048];
    size_t drawn = scenario->tree.draws != NULL ? scenario->tree.draws->count : 0;
    int32_t last = scenario->start + (int32_t)ceil(scenario->horizon) - 1;

    calendar_write(scenario->start, start);
    calendar_write(last, end);
    snprintf(text, sizeof text, "%.1000s: %s to %s (%d day%s)", scenario->name, start, end,
             (int)(last - scenario->start + 1), last == scenario->start ? "" : "s");
    text_wrap(stdout, text, 0, 2);
    printf("%lld replication%s, seed %lld\n", (long long)scenario->replications,
           scenario->replications == 1 ? "" : "s", (long long)scenario->seed);
    print_count(scenario->facilities.count, "facility", "facilities", " in ");
    print_count(scenario->regions.count, "region", "regions", ", ");
    print_count(scenario->intake.count, "stream of arrivals", "streams of arrivals", ", ");
    print_count(scenario->pathways.count, "class", "classes", ", ");
    print_count(scenario->measures.count, "measure", "measures", "\n");
    if (drawn > 0) {
        print_count(drawn, "field is", "fields are", " drawn, anew for ");
        if (scenario->chance == 1)
            printf("each replication\n");
        else
            printf("every %lld replications\n", (long long)scenario->chance);
    }
    print_feedback(scenario);
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

/* A time in the unit that reads best, in two digits. */
static void
print_time(double seconds, const char *after)
{
    if (seconds < 99.5)
        printf("%.2g s%s", seconds, after);
    else if (seconds < 99.5 * 60)
        printf("%.2g min%s", seconds / 60, after);
    else
        printf("%.*f h%s", seconds < 36000, seconds / 3600, after);
}

void
print_cost_of(const char *what, const struct cost *cost, int threads)
{
    printf("%s takes about ", what);
    print_time(cost->seconds, "");
    printf(" on %d thread%s (", threads, threads == 1 ? "" : "s");
    print_time(cost->seconds_a_replication, " a replication");
    printf(" of %.2g events),\n", cost->events);
    print_bytes(cost->memory_bytes, "of memory, ");
    print_bytes(cost->file_bytes, "on disk");
}

/* What a run would cost; the trial may fail, as the run would. */
static int
print_cost(const struct scenario *scenario, int threads)
{
    struct cost cost;
    struct error err = {0};
    int status = cost_estimate(scenario, threads, stop_on_signals(), &cost, &err);

    if (status != OK) {
        fprintf(stderr, "doorstroom check: %s\n", err.message);
        return status == INTERRUPTED ? stop_status() : exit_for(status);
    }
    print_cost_of("a run", &cost, threads);
    printf(" (twice that while it is written)\n");
    return EXIT_DONE;
}

/* Files that are no scenarios, by a field that they have and no scenario has: who reads them, and
 * what explain calls them. A design comes first. */
static const char *const only_there[] = {"factors", "outcomes", "targets", "counts"};
static const struct {
    const char *reader, *explained;
} others[] = {
    {"sweep", "sweep"}, {"power", "power"}, {"calibrate", "calibration"}, {"backtest", "backtest"}};

/* A file that is for another command. */
static int
refuse_other(const char *path, size_t which)
{
    fprintf(stderr,
            "doorstroom check: %s: is for 'doorstroom %s', which tells its faults before it runs "
            "anything; 'doorstroom explain %s' lists its fields\n",
            path, others[which].reader, others[which].explained);
    return EXIT_BAD_INPUT;
}

int
command_check(const struct options *options)
{
    struct scenario scenario;
    struct faults faults = {0};
    struct run run = {.scenario = &scenario};
    const struct scenario_source from = {.file = options->argument[0],
                                         .over = options->over.item,
                                         .overs = options->over.count,
                                         .set = options->set.item,
                                         .sets = options->set.count,
                                         .allow_outside = options->allow_outside};

    size_t other =
        load_which(options->argument[0], only_there, sizeof only_there / sizeof *only_there);
    if (other == 0)
        return check_design(options);
    if (other < sizeof others / sizeof *others)
        return refuse_other(options->argument[0], other);
    if (options->csv && !options->sources) {
        fprintf(stderr, "doorstroom check: --csv says how --sources prints; give both\n");
        return EXIT_BAD_INPUT;
    }
    int status = exit_for(run_read_from(&scenario, &from, &faults));

    print_faults(&faults);
    if (faults.errors > 0)
        fprintf(stderr, "%zu error%s\n", faults.errors, faults.errors == 1 ? "" : "s");
    if (status == EXIT_DONE)
        status = read_run_options("check", options, &scenario, &run);
    if (status == EXIT_DONE && options->sources) {
        status = print_sources(&scenario, options->csv);
    } else if (status == EXIT_DONE) {
        scenario.replications = (int64_t)(run.last - run.first + 1);
        print_plan(&scenario);
        if (!options->quick)
            status = print_cost(&scenario, run.threads);
    }
    faults_free(&faults);
    scenario_free(&scenario);
    return status;
}
