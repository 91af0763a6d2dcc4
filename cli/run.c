#include "command.h"

#include "models/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct bar {
    struct timespec start;
    bool on;
    uint64_t first; /* done before this run */
    bool begun;
};

static double
seconds_since(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static void
show_progress(void *context, uint64_t done, uint64_t total)
{
    struct bar *bar = context;
    double seconds = seconds_since(&bar->start);

    if (!bar->begun)
        bar->first = done - 1;
    bar->begun = true;
    if (!bar->on || seconds < 1)
        return;
    double rate = (double)(done - bar->first) / seconds;
    int filled = (int)(30 * done / total);
    fprintf(stderr, "\r[%.*s%*s] %llu of %llu, %.1f a second, %.0f s left ", filled,
            "##############################", 30 - filled, "", (unsigned long long)done,
            (unsigned long long)total, rate, (double)(total - done) / rate);
    if (done == total)
        fprintf(stderr, "\n");
}

/* A large result takes its time: it is written and read back. */
static void
show_writing(void *context, const char *path)
{
    const struct bar *bar = context;

    if (bar->on && seconds_since(&bar->start) >= 1)
        fprintf(stderr, "writing %s\n", path);
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
bad_option(const char *option, const char *found, const char *expected)
{
    fprintf(stderr, "doorstroom run: %s: expected %s, found '%s'\n", option, expected, found);
    return EXIT_BAD_INPUT;
}

/* "100": replications 0 to 99; "57..57": that one. */
static int
read_replications(const char *text, struct run *run)
{
    char copy[64];
    unsigned long long first, last;
    char *dots;

    snprintf(copy, sizeof copy, "%s", text);
    dots = strstr(copy, "..");
    if (dots == NULL) {
        if (!whole_number(copy, 1, 10000000, &last))
            return bad_option("-r", text, "a number of replications, or A..B");
        run->last = last - 1;
        return EXIT_DONE;
    }
    *dots = '\0';
    if (!whole_number(copy, 0, 10000000, &first) || !whole_number(dots + 2, first, 10000000, &last))
        return bad_option("-r", text, "a number of replications, or A..B");
    run->first = first;
    run->last = last;
    return EXIT_DONE;
}

static int
read_options(const struct options *options, struct scenario *scenario, struct run *run)
{
    static const char *const splits[] = {"auto", "replications", "facilities"};
    unsigned long long number;
    int status = EXIT_DONE, threads = 0;

    run->last = (uint64_t)scenario->replications - 1;
    run->resume = options->resume;
    run->force = options->force;
    run->command_line = options->command_line;
    if (options->replications != NULL)
        status = read_replications(options->replications, run);
    if (status == EXIT_DONE && options->threads != NULL) {
        if (!whole_number(options->threads, 1, 1024, &number))
            return bad_option("-t", options->threads, "a number of threads from 1 to 1024");
        threads = (int)number;
        run->threads_asked = true;
    }
    if (status == EXIT_DONE)
        run->threads = threads_default("run", threads);
    if (status == EXIT_DONE && options->seed != NULL) {
        if (!whole_number(options->seed, 0, 9000000000000000ULL, &number))
            return bad_option("-s", options->seed, "a whole number");
        scenario->seed = (int64_t)number;
        if (scenario->world != NULL)
            scenario->world->seed = scenario->seed;
    }
    if (status == EXIT_DONE && options->split != NULL) {
        for (int i = 0; i < 3; i++)
            if (strcmp(splits[i], options->split) == 0) {
                run->split = (enum split)i;
                return EXIT_DONE;
            }
        return bad_option("--split", options->split, "auto, replications or facilities");
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

static int
simulate(const struct options *options, struct run *run, struct bar *bar)
{
    struct error err = {0};

    bar->on = !options->quiet && isatty(STDERR_FILENO);
    clock_gettime(CLOCK_MONOTONIC, &bar->start);
    run->progress = show_progress;
    run->note = show_note;
    run->writing = show_writing;
    run->stop = stop_on_signals();
    int status = run_scenario(run, &err);
    if (status == INTERRUPTED) {
        fprintf(stderr, "%sdoorstroom run: stopped; %s; go on with: %s\n", bar->on ? "\n" : "",
                err.message, options->resume_line);
        return stop_status();
    }
    if (status != OK) {
        fprintf(stderr, "doorstroom run: %s\n", err.message);
        return exit_for(status);
    }
    double seconds = seconds_since(&bar->start);
    if (!options->quiet)
        printf("%s: %llu replications, %.1f million events in %.1f s (%.0f ns of wall time each)\n",
               run->output, (unsigned long long)run->last - run->first + 1,
               (double)run->events / 1e6, seconds,
               run->events > 0 ? seconds / (double)run->events * 1e9 : 0.0);
    return EXIT_DONE;
}

int
command_run(const struct options *options)
{
    struct scenario scenario;
    struct faults faults = {0};
    struct bar bar = {.on = false};
    struct run run = {.scenario = &scenario, .context = &bar};
    char output[4096];
    int status = exit_for(run_read_set(&scenario, options->argument[0], options->set, options->sets,
                                       options->allow_outside, &faults));

    print_faults(&faults);
    if (status == EXIT_DONE)
        status = read_options(options, &scenario, &run);
    default_output(output, sizeof output, options->argument[0]);
    run.output = options->output != NULL ? options->output : output;
    if (status == EXIT_DONE)
        status = simulate(options, &run, &bar);
    faults_free(&faults);
    scenario_free(&scenario);
    return status;
}
