#ifndef ANALYSIS_SWEEP_SWEEP_H
#define ANALYSIS_SWEEP_SWEEP_H
/* Runs the points of a design, or one task's share of them, into a part: an HDF5 file with `point`
 * as its first dimension. Finished points lie in a journal beside it, so that a sweep that was
 * stopped goes on where it was. A point has the same bits whatever other points there are, on any
 * number of threads and in any number of tasks. */

#include "design.h"

#include "sim/base/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A point that could not be run, and why. */
struct sweep_failure {
    size_t point;
    struct error error;
};

struct sweep {
    const struct design *design;
    const char *folder; /* where parts lie; it is made if it is not there. NULL: the part is in
                           memory, and gone with the sweep: what it would take is told */
    size_t task, tasks; /* task 0 .. tasks - 1 */
    const size_t *only; /* [points], rising: these points, of which there are so many, in place of
                           a task's; or NULL */
    int threads;
    bool force; /* begin anew, whatever is there */
    const char *command_line;
    void (*progress)(void *context, uint64_t done, uint64_t total); /* replications; or NULL */
    void (*note)(void *context, const char *line);                  /* what the user should know */
    void *context;
    const volatile sig_atomic_t *stop;
    uint64_t *days;   /* simulated so far, to look at meanwhile; or NULL */
    uint64_t *events; /* handled so far; or NULL */
    size_t points;    /* out: of this task, from POINT first_point on */
    size_t first_point;
    size_t kept;                   /* out: that were finished before */
    size_t finished;               /* out: now */
    struct sweep_failure *failure; /* out: [failures], by point */
    size_t failures;
    char *part;         /* out: the file, or NULL */
    size_t variables;   /* out: of the part */
    uint64_t bytes;     /* out: of a part in memory */
    double seconds_run; /* out: of wall time, while points were run */
};

/* OK: every point of the task has been run, or has failed (and the part holds the others);
 * INTERRUPTED: finished points are in the journal; BAD_INPUT: the design says what cannot be run,
 * or the folder holds another sweep's; ENVIRONMENT: another run writes the part, or the disk takes
 * no more: then no further point was begun, and finished ones are in the journal; NO_MEMORY, where
 * it is not that of a point alone. To be freed either way. */
MUST_CHECK int sweep_run(struct sweep *sweep, struct error *err);
void sweep_free(struct sweep *sweep);

/* The points of TASK: from *FIRST on, so many. Tasks differ by one point at most. */
size_t sweep_share(size_t points, size_t task, size_t tasks, size_t *first);

#endif
