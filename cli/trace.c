#include "command.h"
#include "csv.h"

#include "models/run/life.h"
#include "models/run/reading.h"
#include "models/run/run.h"
#include "sim/engine/calendar.h"

#include <stdio.h>

#define MOST_REPLICATION 10000000
#define MOST_EVENTS      1000000000000

struct printing {
    unsigned long long left; /* events that may still be printed */
    bool headed;
};

static void
print_head(struct printing *printing)
{
    if (!printing->headed)
        puts("date,time,person,what,place,from,phase,status,detail");
    printing->headed = true;
}

static bool
print_event(void *context, const struct life_event *event)
{
    struct printing *printing = context;
    const char *const cell[] = {event->person, event->what,   event->place, event->from,
                                event->phase,  event->status, event->detail};
    char date[CALENDAR_TEXT];

    print_head(printing);
    calendar_write(event->date, date);
    printf("%s,", date);
    csv_number(stdout, event->time);
    for (size_t i = 0; i < sizeof cell / sizeof *cell; i++) {
        putchar(',');
        csv_text(stdout, cell[i]);
    }
    putchar('\n');
    return --printing->left > 0 && ferror(stdout) == 0; /* who reads it may have gone */
}

static int
trace(const struct options *options, const struct scenario *scenario)
{
    struct printing printing = {.left = MOST_EVENTS};
    unsigned long long replication = 0;
    struct error err = {0};
    int status = EXIT_DONE;

    if (options->replications != NULL)
        status = read_number("trace", "-r", options->replications, 0, MOST_REPLICATION,
                             "the number of one replication, from 0", &replication);
    if (status == EXIT_DONE && options->most != NULL)
        status = read_number("trace", "--most", options->most, 1, MOST_EVENTS,
                             "a number of events from 1", &printing.left);
    if (status != EXIT_DONE)
        return status;
    const struct life life = {
        .scenario = scenario,
        .of = options->arguments > 1 ? options->argument[1] : NULL,
        .replication = replication,
        .tell = print_event,
        .context = &printing,
        .stop = stop_on_signals(),
    };
    status = life_tell(&life, &err);
    if (status == OK)
        print_head(&printing);
    else
        fprintf(stderr, "doorstroom trace: %s\n", status == INTERRUPTED ? "stopped" : err.message);
    return status == INTERRUPTED ? stop_status() : exit_for(status);
}

int
command_trace(const struct options *options)
{
    struct scenario scenario;
    struct faults faults = {0};
    struct run run = {.scenario = &scenario};
    struct options seed = {.seed = options->seed};
    const struct scenario_source from = {.file = options->argument[0],
                                         .over = options->over.item,
                                         .overs = options->over.count,
                                         .set = options->set.item,
                                         .sets = options->set.count,
                                         .allow_outside = options->allow_outside};
    int status = exit_for(run_read_from(&scenario, &from, &faults));

    print_faults(&faults);
    if (status == EXIT_DONE)
        status = read_run_options("trace", &seed, &scenario, &run);
    if (status == EXIT_DONE)
        status = trace(options, &scenario);
    faults_free(&faults);
    scenario_free(&scenario);
    return status;
}
