#ifndef ANALYSIS_TRIAL_H
#define ANALYSIS_TRIAL_H
/* A short trial of a run or a sweep, in a process of its own so that its memory is its own, and
 * what the whole would cost by the line through two of them. */

#include "sim/base/error.h"

#include <signal.h>

#define TRIAL_SECONDS 1.0 /* of a trial, about */

/* What a trial saw. */
struct trial {
    double replications;
    double simulated;  /* seconds of wall time, while it ran on all threads */
    double stored;     /* all else: mostly of writing the result, on one thread */
    double file_bytes; /* without the index of chunks */
    double events;     /* of a replication */
    double variables;  /* of the result */
    double peak_bytes; /* of memory, at most */
    double failures;   /* of a sweep: points that could not be run; ERROR tells of the first */
    struct error error;
    int status;
};

/* Call WORK with WHAT in a process of its own, as which it fills SEEN, but for peak_bytes.
 * ENVIRONMENT: it could not be started, or did not end; INTERRUPTED: *STOP was set, or WORK was
 * stopped by it; else the status that WORK saw. */
MUST_CHECK int trial_run(void (*work)(const void *what, struct trial *seen), const void *what,
                         const volatile sig_atomic_t *stop, struct trial *seen, struct error *err);

/* Seconds of wall time since some moment. */
double trial_now(void);

/* A quantity of N units by the line through two trials: OF_FEW of FEW units, OF_MORE of MORE. What
 * they cost alone where they are the same, or noise has the line fall. */
double trial_by_line(double few, double of_few, double more, double of_more, double n);

/* What of a file of so many ENTRIES (replications, or points) is HDF5's index of their chunks,
 * which does not grow evenly. */
double trial_index_bytes(double variables, double entries);

/* What N entries of a result (replications, or points) need more memory for than SEEN, a trial of
 * SOME: their digests, and their chunks in HDF5's index. */
double trial_memory_of_more(const struct trial *seen, double some, double n);

#endif
