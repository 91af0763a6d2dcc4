#include "command.h"
#include "progress.h"
#include "text.h"

#include "analysis/until.h"
#include "models/run/reading.h"
#include "models/run/run.h"
#include "models/scenario/fields/fields.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVENTS_TO_TIME 1000000

static void
show_progress(void *context, uint64_t done, uint64_t total)
{
    progress_tell(context, done, total);
}

static void
show_note(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "doorstroom run: %s\n", line);
}

static bool
whole_number(const char *text, unsigned long long least, unsigned long long most,
             unsigned long long *value)
{
    char *end;

    if (text[0] < '0' || text[0] > '9')
        return false;
    *value = strtoull(text, &end, 10);
    return *end == '\0' && *value >= least && *value <= most;
}

static int
bad_option(const char *command, const char *option, const char *found, const char *expected)
{
    fprintf(stderr, "doorstroom %s: %s: expected %s, found '%s'\n", command, option, expected,
            found);
    return EXIT_BAD_INPUT;
}

int
read_number(const char *command, const char *option, const char *text, unsigned long long least,
            unsigned long long most, const char *expected, unsigned long long *value)
{
    return whole_number(text, least, most, value) ? EXIT_DONE
                                                  : bad_option(command, option, text, expected);
}

/* "100": replications 0 to 99; "57..57": that one. */
static int
read_replications(const char *command, const char *text, struct run *run)
{
    char copy[64];
    unsigned long long first, last;
    char *dots;

    snprintf(copy, sizeof copy, "%s", text);
    dots = strstr(copy, "..");
    if (dots == NULL) {
        if (!whole_number(copy, 1, 10000000, &last))
            return bad_option(command, "-r", text, "a number of replications, or A..B");
        run->last = last - 1;
        return EXIT_DONE;
    }
    *dots = '\0';
    if (!whole_number(copy, 0, 10000000, &first) || !whole_number(dots + 2, first, 10000000, &last))
        return bad_option(command, "-r", text, "a number of replications, or A..B");
    run->first = first;
    run->last = last;
    return EXIT_DONE;
}

/* In the range of the scenario's field. */
static int
read_seed(const char *command, const char *text, struct scenario *scenario)
{
    const struct field *field = field_find("seed");
    unsigned long long most = (unsigned long long)field->high, number;
    char expected[64];

    snprintf(expected, sizeof expected, "a whole number from 0 to %llu", most);
    if (!whole_number(text, 0, most, &number))
        return bad_option(command, "-s", text, expected);
    scenario->seed = (int64_t)number;
    if (scenario->world != NULL)
        scenario->world->seed = scenario->seed;
    return EXIT_DONE;
}

int
read_run_options(const char *command, const struct options *options, struct scenario *scenario,
                 struct run *run)
{
    static const char *const splits[] = {"auto", "replications", "facilities"};
    unsigned long long number;
    int status = EXIT_DONE, threads = 0;

    run->last = (uint64_t)scenario->replications - 1;
    run->resume = options->resume;
    run->force = options->force;
    run->command_line = options->command_line;
    if (options->replications != NULL)
        status = read_replications(command, options->replications, run);
    if (status == EXIT_DONE && options->threads != NULL) {
        if (!whole_number(options->threads, 1, 1024, &number))
            return bad_option(command, "-t", options->threads,
                              "a number of threads from 1 to 1024");
        threads = (int)number;
        run->threads_asked = true;
    }
    if (status == EXIT_DONE)
        run->threads = threads_default(command, threads);
    if (status == EXIT_DONE && options->seed != NULL)
        status = read_seed(command, options->seed, scenario);
    if (status == EXIT_DONE && options->split != NULL) {
        for (int i = 0; i < 3; i++)
            if (strcmp(splits[i], options->split) == 0) {
                run->split = (enum split)i;
                return EXIT_DONE;
            }
        return bad_option(command, "--split", options->split, "auto, replications or facilities");
    }
    return status;
}

/* The scenario's file name with .h5, in the present folder. */
static void
default_output(char *path, size_t size, const char *scenario)
{
    const char *slash = strrchr(scenario, '/');
    const char *name = slash != NULL ? slash + 1 : scenario;
    const char *dot = strrchr(name, '.');

    snprintf(path, size, "%.*s.h5", dot != NULL ? (int)(dot - name) : (int)strlen(name), name);
}

/* The closing line. Few events tell nothing of what one takes: they are counted alone. */
static void
print_done(const struct run *run, double seconds)
{
    unsigned long long replications = run->last - run->first + 1;

    printf("%s: %llu replication%s, ", run->output, replications, replications == 1 ? "" : "s");
    if (run->kept > 0)
        printf("%llu of them finished before, ", (unsigned long long)run->kept);
    if (run->events < EVENTS_TO_TIME)
        printf("%llu event%s in %.1f s", (unsigned long long)run->events,
               run->events == 1 ? "" : "s", seconds);
    else
        printf("%.1f million events in %.1f s (%.0f ns of wall time each)",
               (double)run->events / 1e6, seconds, seconds / (double)run->events * 1e9);
    printf("; id %.12s\n", run->id);
}

/* What --until and --most ask for, into RUN; the exit status. */
static int
read_until(const struct options *options, struct run *run, struct until *until)
{
    unsigned long long most = UNTIL_MOST;
    struct error err = {0};

    if (options->until == NULL && options->most == NULL)
        return EXIT_DONE;
    if (options->until == NULL || options->replications != NULL) {
        fprintf(stderr, "doorstroom run: %s\n",
                options->until == NULL
                    ? "--most is how far --until may go: give both"
                    : "--until finds how many replications: give --most, not -r");
        return EXIT_BAD_INPUT;
    }
    int status = until_read(until, options->until, &err);
    if (status == OK && options->most != NULL &&
        read_number("run", "--most", options->most, 2, 10000000,
                    "a number of replications from 2 to 10000000", &most) != EXIT_DONE)
        return EXIT_BAD_INPUT;
    until->most = most;
    until->chance = (uint64_t)run->scenario->chance;
    if (status == OK)
        status = until_check(until, run->scenario, &err);
    if (status != OK)
        fprintf(stderr, "doorstroom run: --until: %s\n", err.message);
    run->last = until_first(until) - 1;
    run->more = until_more;
    run->more_context = until;
    return exit_for(status);
}

#define MOST_ENOUGH 1e7 /* replications that a run may have */

/* How well the number is known now; the exit status. */
static int
tell_until(const struct options *options, const struct until *until)
{
    char asked[ADDRESS_TEXT], mean[NUMBER_TEXT], half[NUMBER_TEXT], share[40] = "";

    if (options->quiet && until->reached)
        return EXIT_DONE;
    FILE *to = until->reached ? stdout : stderr;
    if (isnan(until->mean)) {
        fprintf(stderr, "doorstroom run: %s has no value in %zu replications\n",
                address_write(&until->address, asked), until->looked);
        return EXIT_DIFFERENT;
    }
    if (until->mean != 0)
        snprintf(share, sizeof share, " (%.2g %%)", 100 * until->half / fabs(until->mean));
    fprintf(to, "%s%s: %s +- %s%s after %zu replications%s\n",
            until->reached ? "" : "doorstroom run: ", address_write(&until->address, asked),
            number_text(until->mean, number_decimals(fabs(until->mean)), 12, mean),
            number_text(until->half, number_decimals(until->half), 12, half), share, until->looked,
            !until->reached    ? ", which is --most: not as well known as asked"
            : until->half == 0 ? ", which all have the same"
                               : "");
    double asked_half = until->relative ? until->width / 100 * fabs(until->mean) : until->width;
    double enough = 100 * ceil((double)until->looked * pow(until->half / asked_half, 2) / 100);
    if (!until->reached && until->half > 0 && enough <= MOST_ENOUGH)
        fprintf(to, "doorstroom run: about %.0f replications would do\n", enough);
    else if (!until->reached && until->half > 0)
        fprintf(to, "doorstroom run: more than %.0f replications would be needed; ask for less\n",
                MOST_ENOUGH);
    return until->reached ? EXIT_DONE : EXIT_DIFFERENT;
}

static int
simulate(const struct options *options, struct run *run, struct progress *progress)
{
    struct error err = {0};

    run->progress = show_progress;
    run->note = show_note;
    run->stop = stop_on_signals();
    progress_begin(progress, run, options->quiet);
    int status = run_scenario(run, &err);
    progress_end(progress);
    if (status == INTERRUPTED) {
        fprintf(stderr, "doorstroom run: stopped; %s; go on with: %s\n", err.message,
                options->resume_line);
        return stop_status();
    }
    if (status != OK) {
        fprintf(stderr, "doorstroom run: %s\n", err.message);
        return exit_for(status);
    }
    if (!options->quiet)
        print_done(run, progress_seconds(progress));
    return EXIT_DONE;
}

int
command_run(const struct options *options)
{
    struct scenario scenario;
    struct faults faults = {0};
    struct progress progress;
    struct run run = {.scenario = &scenario, .context = &progress};
    struct until until = {.chance = 1};
    char output[4096];
    const struct scenario_source from = {.file = options->argument[0],
                                         .over = options->over.item,
                                         .overs = options->over.count,
                                         .set = options->set.item,
                                         .sets = options->set.count,
                                         .allow_outside = options->allow_outside};
    int status = exit_for(run_read_from(&scenario, &from, &faults));

    print_faults(&faults);
    if (status == EXIT_DONE)
        status = read_run_options("run", options, &scenario, &run);
    if (status == EXIT_DONE)
        status = read_until(options, &run, &until);
    default_output(output, sizeof output, options->argument[0]);
    run.output = options->output != NULL ? options->output : output;
    if (status == EXIT_DONE)
        status = simulate(options, &run, &progress);
    if (status == EXIT_DONE && run.more != NULL)
        status = tell_until(options, &until);
    until_free(&until);
    faults_free(&faults);
    scenario_free(&scenario);
    return status;
}
