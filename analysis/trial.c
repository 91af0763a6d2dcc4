#include "trial.h"

#include "sim/base/digest.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double
trial_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#define LOOK_MILLISECONDS 100

/* Read what the child has seen. A stop is passed on to it, once: it ends by itself. */
static bool
await(pid_t child, int from, const volatile sig_atomic_t *stop, struct trial *seen)
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

int
trial_run(void (*work)(const void *what, struct trial *seen), const void *what,
          const volatile sig_atomic_t *stop, struct trial *seen, struct error *err)
{
    int ends[2];

    *seen = (struct trial){.status = ENVIRONMENT};
    fflush(NULL);
    if (pipe(ends) != 0)
        return error_set(err, ENVIRONMENT, "the trial cannot be started");
    pid_t child = fork();
    if (child == 0) {
        struct rusage used;
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* should the parent be killed */
        work(what, seen);
        getrusage(RUSAGE_SELF, &used);
        seen->peak_bytes = (double)used.ru_maxrss * 1024;
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

double
trial_by_line(double few, double of_few, double more, double of_more, double n)
{
    double each = of_more / more;

    if (more > few && of_more > of_few)
        each = (of_more - of_few) / (more - few);
    return fmax(of_more, of_more + each * (n - more));
}

/* HDF5 finds the chunks of a variable by a tree of nodes, each with 64 of them at most; where they
 * come one after the other, 57 at last. */
#define NODE_BYTES 3200.0 /* for chunks of three dimensions; 520 more for each */
#define NODE_MOST  64
#define NODE_LEFT  57.0

double
trial_index_bytes(double variables, double entries)
{
    double nodes = entries <= NODE_MOST ? 1 : ceil(entries / NODE_LEFT) + 1;

    return variables * nodes * NODE_BYTES;
}

/* HDF5 keeps the index of chunks in a cache: measured, so much a chunk, and so much at most. */
#define INDEX_BYTES      1000.0
#define MOST_INDEX_BYTES 18e6

double
trial_memory_of_more(const struct trial *seen, double some, double n)
{
    double few = seen->variables * some, all = seen->variables * n;

    return DIGEST_SIZE * fmax(0, all - few) + fmin(MOST_INDEX_BYTES, INDEX_BYTES * fmax(all, few)) -
           fmin(MOST_INDEX_BYTES, INDEX_BYTES * few);
}
