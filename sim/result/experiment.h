#ifndef SIM_EXPERIMENT_H
#define SIM_EXPERIMENT_H
/* Runs replications of points on threads, each into its point's sink as soon as it is done. A point
 * is what is simulated alike: a model with its parameters; a run of one scenario is one point, a
 * sweep has thousands. Two ways to use cores: replications side by side, or the logical processes
 * of one replication side by side. The result is the same.
 *
 * Threads turn from one point to the next. A point is opened when its first replication is due
 * and closed after its last and when its workers have turned to others: at most two points are open
 * for each thread, however many there are. */

#include "layout.h"
#include "sim/base/error.h"
#include "sink.h"

#include <signal.h>
#include <stdint.h>

struct experiment_point {
    uint64_t first, last; /* replications, both included; what the sink holds is not run */
    /* At the latest when it is opened: what workers turn to, say a model's parameters; what its
     * values are, and where they go. */
    const void *subject;
    const struct layout *layout;
    struct sink sink;
    /* Out: OK; INTERRUPTED: stopped before all was done; else the failure of the lowest replication
     * that failed. No replication of the point is begun after one has failed. */
    int status;
    struct error error;
};

struct experiment {
    struct experiment_point *point;
    size_t points;
    int threads;
    bool share; /* all threads run the processes of one replication, one replication at a time */
    void *context;

    /* Make POINT ready; several points at once. Its failure is the point's. NULL: all are ready. */
    int (*open)(void *context, size_t point, struct error *err);

    /* POINT is done, for good or bad: its status says which. One point at a time; once for each
     * that was opened. May be NULL. */
    void (*close)(void *context, size_t point);

    /* A worker; on how many threads it runs a replication. It turns to a point and runs
     * replications of it, also after one has failed. The point that it turns away from is still
     * open then, as is the last when it is freed; where it cannot turn, it is freed. */
    int (*worker_create)(void *context, int threads, void **worker, struct error *err);
    int (*worker_turn)(void *worker, const void *subject, struct error *err);
    void (*worker_free)(void *worker);
    int (*run)(void *worker, uint64_t replication, struct error *err);
    void (*values)(void *worker, size_t variable, void *values);

    /* Replications done, of all that are wanted; one call at a time. Told when a point is opened
     * (its sink may hold some) and at each that ends. Or NULL. */
    void (*progress)(void *context, uint64_t done, uint64_t total);

    /* Set: begin no further replication; those running may return INTERRUPTED. Or NULL. */
    const volatile sig_atomic_t *stop;
};

/* OK: all points were run, each with its own status. INTERRUPTED: stopped; what the sinks have
 * taken stays. NO_MEMORY: nothing was run. */
MUST_CHECK int experiment_run(const struct experiment *experiment, struct error *err);

#endif
