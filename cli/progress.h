#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H
/* A line at the foot of a terminal that says how far a run is. A thread of its own draws it four
 * times a second from counters, so that a single long replication moves too and nothing that
 * simulates ever waits for the terminal. Without a terminal nothing is drawn. */

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct run;

struct progress {
    const struct run *run;
    bool on, told, ended;
    uint64_t before, done, total; /* replications: of an earlier run, so far, in all */
    struct timespec start;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t end;
};

/* Begin to watch RUN; QUIET: draw nothing. */
void progress_begin(struct progress *progress, const struct run *run, bool quiet);

/* DONE of TOTAL replications are done; the first call says how many an earlier run has done. */
void progress_tell(struct progress *progress, uint64_t done, uint64_t total);

/* Take the line away. */
void progress_end(struct progress *progress);

/* Seconds since the beginning. */
double progress_seconds(const struct progress *progress);

#endif
