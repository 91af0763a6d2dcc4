#include "cost.h"

#include "models/plan/plan.h"
#include "models/run/limits.h"
#include "models/run/run.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TRIAL_EVENTS  1.5e6 /* about half a second */
#define TRIAL_SECONDS 1.0
#define LEAST_DAYS    10

/* What a trial saw. */
struct trial_seen {
    double replications;
    double simulated, stored; /* seconds: on all threads; on one, writing the result */
    double file_bytes, events, variables;
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
run_trial(const struct scenario *scenario, double part, double replications, int threads,
          const volatile sig_atomic_t *stop, struct trial_seen *seen)
{
    struct scenario shorter = *scenario;
    struct rusage used;

    shorter.horizon = fmax(1, floor(scenario->horizon * part));
    shorter.warm_up = part < 1 ? floor(scenario->warm_up * part) : scenario->warm_up;
    struct run run = {.scenario = &shorter,
                      .last = (uint64_t)replications - 1,
                      .threads = threads,
                      .command_line = "doorstroom check",
                      .stop = stop};
    seen->base_bytes = resident_bytes();
    double start = wall_now();
    seen->status = run_scenario(&run, &seen->error);
    seen->replications = replications;
    seen->stored = run.seconds_stored;
    seen->simulated = wall_now() - start - run.seconds_stored;
    seen->events = (double)run.events / replications;
    seen->variables = (double)run.variables;
    getrusage(RUSAGE_SELF, &used);
    seen->peak_bytes = (double)used.ru_maxrss * 1024;
    seen->file_bytes = (double)run.bytes;
}

#define LOOK_MILLISECONDS 100

/* Read what the child has seen. A stop is passed on to it, once: it ends by itself. */
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
trial(const struct scenario *scenario, double part, double replications, int threads,
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
        run_trial(scenario, part, replications, threads, stop, seen);
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

/* A quantity of the whole by the line through two parts of it; never less than what was seen. */
static double
whole(double first, double second, double part)
{
    return fmax(second, first + (second - first) / part * (1 - part));
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

/* A quantity of N replications by the line through two trials; what they cost alone where they are
 * the same, or noise has the line fall. */
static double
by_line(const struct trial_seen *few, double of_few, const struct trial_seen *more, double of_more,
        double n)
{
    double each = of_more / more->replications;

    if (more->replications > few->replications && of_more > of_few)
        each = (of_more - of_few) / (more->replications - few->replications);
    return fmax(of_more, of_more + each * (n - more->replications));
}

/* HDF5 keeps the index of chunks in a cache: measured, so much a chunk, and so much at most. */
#define INDEX_BYTES      1000.0
#define MOST_INDEX_BYTES 18e6

/* What N replications need more than a trial: their digests, and their chunks in HDF5's index. */
static double
memory_of_more(const struct trial_seen *seen, double n)
{
    double few = seen->variables * seen->replications, all = seen->variables * n;

    return DIGEST_SIZE * fmax(0, all - few) + fmin(MOST_INDEX_BYTES, INDEX_BYTES * fmax(all, few)) -
           fmin(MOST_INDEX_BYTES, INDEX_BYTES * few);
}

/* A small scenario: a replication for each thread, then as many as fill the time of a trial. What
 * is paid once is told apart so, and where that is all of them the answer is what was seen. */
static int
estimate_small(const struct scenario *scenario, int threads, const volatile sig_atomic_t *stop,
               struct cost *cost, struct error *err)
{
    struct trial_seen few, more;
    double n = (double)scenario->replications, first = fmin(n, threads);
    int status = trial(scenario, 1, first, threads, stop, &few, err);

    if (status != OK)
        return status;
    double fill = TRIAL_SECONDS / fmax(few.simulated + few.stored, 1e-3);
    double second = fmin(n, first * ceil(fmax(4, fill)));
    status = trial(scenario, 1, second, threads, stop, &more, err);
    if (status == OK && second < n && more.simulated + more.stored < 0.5 * TRIAL_SECONDS) {
        few = more; /* the first took its time for what is paid once */
        fill = TRIAL_SECONDS / fmax(more.simulated + more.stored, 1e-3);
        status = trial(scenario, 1, fmin(n, second * ceil(fill)), threads, stop, &more, err);
    }
    if (status != OK)
        return status;
    *cost = (struct cost){
        .events = more.events,
        .seconds = by_line(&few, few.simulated, &more, more.simulated, n) +
                   by_line(&few, few.stored, &more, more.stored, n),
        .file_bytes = by_line(&few, few.file_bytes, &more, more.file_bytes, n),
        .memory_bytes = more.peak_bytes + memory_of_more(&more, n),
    };
    return OK;
}

/* A large one: two short pieces of a replication for each thread, and the line through them. */
static int
estimate_large(const struct scenario *scenario, int threads, double part,
               const volatile sig_atomic_t *stop, struct cost *cost, struct error *err)
{
    struct trial_seen first, second;
    double n = (double)scenario->replications, together = fmin(n, threads);
    int status = trial(scenario, part, together, threads, stop, &first, err);

    if (status == OK)
        status = trial(scenario, 2 * part, together, threads, stop, &second, err);
    if (status != OK)
        return status;
    *cost = (struct cost){
        .events = whole(first.events, second.events, part),
        .seconds = ceil(n / together) * whole(first.simulated, second.simulated, part) +
                   n / together * whole(first.stored, second.stored, part),
        .file_bytes = n / together * whole(first.file_bytes, second.file_bytes, part),
        .memory_bytes =
            whole(first.peak_bytes, second.peak_bytes, part) + memory_of_more(&second, n),
    };
    return OK;
}

int
cost_estimate(const struct scenario *scenario, int threads, const volatile sig_atomic_t *stop,
              struct cost *cost, struct error *err)
{
    double part = 1;
    int status = trial_part(scenario, &part, err);

    if (status == OK)
        status = part < 1 ? estimate_large(scenario, threads, part, stop, cost, err)
                          : estimate_small(scenario, threads, stop, cost, err);
    if (status == OK)
        cost->seconds_a_replication = cost->seconds / (double)scenario->replications;
    return status;
}
