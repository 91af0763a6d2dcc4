#include "cost.h"

#include "models/plan.h"
#include "models/run.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TRIAL_EVENTS 1.5e6 /* about half a second */
#define LEAST_DAYS   10

/* What a trial saw. */
struct trial_seen {
    double seconds, file_bytes, events;
    double base_bytes, peak_bytes; /* memory before and at most */
    struct error error;
    int status;
};

static double
wall_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Memory in use by this process now. */
static double
resident_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    double pages = 0;

    if (file != NULL) {
        if (fscanf(file, "%*s %lf", &pages) != 1)
            pages = 0;
        fclose(file);
    }
    return pages * (double)sysconf(_SC_PAGESIZE);
}

/* In the child: run PART of the scenario's time, REPLICATIONS times. */
static void
run_trial(const struct scenario *scenario, double part, uint64_t replications,
          const volatile sig_atomic_t *stop, struct trial_seen *seen)
{
    struct scenario shorter = *scenario;
    const char *temporary = getenv("TMPDIR");
    char output[4200], journal[4220];
    struct stat file;
    struct rusage used;

    shorter.horizon = scenario->horizon * part > 1 ? scenario->horizon * part : 1;
    shorter.warm_up = scenario->warm_up * part;
    snprintf(output, sizeof output, "%s/doorstroom-cost-%ld.h5",
             temporary != NULL ? temporary : "/tmp", (long)getpid());
    snprintf(journal, sizeof journal, "%s.journal", output);
    struct run run = {.scenario = &shorter,
                      .output = output,
                      .last = replications - 1,
                      .threads = 1,
                      .force = true,
                      .command_line = "doorstroom check",
                      .stop = stop};
    seen->base_bytes = resident_bytes();
    double start = wall_now();
    seen->status = run_scenario(&run, &seen->error);
    seen->seconds = wall_now() - start;
    seen->events = (double)run.events;
    getrusage(RUSAGE_SELF, &used);
    seen->peak_bytes = (double)used.ru_maxrss * 1024;
    if (seen->status == OK && stat(output, &file) == 0)
        seen->file_bytes = (double)file.st_size;
    unlink(output);
    unlink(journal);
}

#define LOOK_MILLISECONDS 100

/* Read what the child has seen. A stop is passed on to it, once: it ends by itself, and takes its
 * files away. */
static bool
await(pid_t child, int from, const volatile sig_atomic_t *stop, struct trial_seen *seen)
{
    struct pollfd end = {.fd = from, .events = POLLIN};
    bool told = false;

    while (poll(&end, 1, LOOK_MILLISECONDS) <= 0)
        if (!told && stop != NULL && *stop)
            told = kill(child, SIGTERM) == 0;
    ssize_t got = read(from, seen, sizeof *seen);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return got == (ssize_t)sizeof *seen;
}

static int
trial(const struct scenario *scenario, double part, uint64_t replications,
      const volatile sig_atomic_t *stop, struct trial_seen *seen, struct error *err)
{
    int ends[2];

    *seen = (struct trial_seen){.status = ENVIRONMENT};
    fflush(NULL);
    if (pipe(ends) != 0)
        return error_set(err, ENVIRONMENT, "the trial cannot be started");
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* should the parent be killed */
        run_trial(scenario, part, replications, stop, seen);
        ssize_t sent = write(ends[1], seen, sizeof *seen);
        _exit(sent == (ssize_t)sizeof *seen ? 0 : 3);
    }
    close(ends[1]);
    bool ended = child > 0 && await(child, ends[0], stop, seen);
    close(ends[0]);
    if (stop != NULL && *stop)
        return error_set(err, INTERRUPTED, "stopped");
    if (!ended)
        return error_set(err, ENVIRONMENT, "the trial did not end");
    return seen->status == OK ? OK : error_set(err, seen->status, "%s", seen->error.message);
}

/* A quantity of the whole by the line through two parts of it. */
static double
whole(double first, double second, double part)
{
    return first + (second - first) / part * (1 - part);
}

/* How much of the scenario's time a trial takes: all, or what has about TRIAL_EVENTS. */
static int
trial_part(const struct scenario *scenario, double *part, struct error *err)
{
    struct plan *plan;
    int status = plan_create(&plan, scenario, err);

    if (status != OK)
        return status;
    if ((status = run_fits(plan, err)) != OK) {
        plan_free(plan);
        return status;
    }
    double least = LEAST_DAYS / (scenario->horizon + scenario->warm_up);
    *part = TRIAL_EVENTS / plan->most_events;
    *part = *part > 0.4 ? 1 : *part > least ? *part : least > 0.4 ? 1 : least;
    plan_free(plan);
    return OK;
}

/* Threads that share one replication's facilities, or replications, are worth so many. */
static double
speed(int threads, bool side_by_side)
{
    return 1 + (side_by_side ? 0.9 : 0.6) * (threads - 1);
}

/* A small scenario: one replication and three of them, so that what is paid once is told apart. */
static int
estimate_small(const struct scenario *scenario, int threads, const volatile sig_atomic_t *stop,
               struct cost *cost, struct error *err)
{
    struct trial_seen one, three;
    double n = (double)scenario->replications;
    int status = trial(scenario, 1, 1, stop, &one, err);

    if (status == OK)
        status = trial(scenario, 1, 3, stop, &three, err);
    if (status != OK)
        return status;
    double seconds = (three.seconds - one.seconds) / 2,
           bytes = (three.file_bytes - one.file_bytes) / 2;
    bool side_by_side = n >= threads;
    *cost = (struct cost){
        .events = one.events,
        .seconds_a_replication = seconds,
        .seconds = one.seconds - seconds + n * seconds / speed(threads, side_by_side),
        .file_bytes = one.file_bytes + (n - 1) * bytes,
        .memory_bytes =
            one.base_bytes + (one.peak_bytes - one.base_bytes) * (side_by_side ? threads : 1),
    };
    return OK;
}

/* A large one: two short pieces of one replication, and the line through them. */
static int
estimate_large(const struct scenario *scenario, int threads, double part,
               const volatile sig_atomic_t *stop, struct cost *cost, struct error *err)
{
    struct trial_seen first, second;
    double n = (double)scenario->replications;
    int status = trial(scenario, part, 1, stop, &first, err);

    if (status == OK)
        status = trial(scenario, 2 * part, 1, stop, &second, err);
    if (status != OK)
        return status;
    bool side_by_side = n >= threads;
    double seconds = whole(first.seconds, second.seconds, part);
    double peak = whole(first.peak_bytes, second.peak_bytes, part);
    *cost = (struct cost){
        .events = whole(first.events, second.events, part),
        .seconds_a_replication = seconds,
        .seconds = n * seconds / speed(threads, side_by_side),
        .file_bytes = n * whole(first.file_bytes, second.file_bytes, part),
        .memory_bytes = first.base_bytes + (peak - first.base_bytes) * (side_by_side ? threads : 1),
    };
    return OK;
}

int
cost_estimate(const struct scenario *scenario, int threads, const volatile sig_atomic_t *stop,
              struct cost *cost, struct error *err)
{
    double part = 1;
    int status = trial_part(scenario, &part, err);

    if (status != OK)
        return status;
    return part < 1 ? estimate_large(scenario, threads, part, stop, cost, err)
                    : estimate_small(scenario, threads, stop, cost, err);
}
