#ifndef SIM_EXPERIMENT_H
#define SIM_EXPERIMENT_H
/* Runs replications of any model on threads, each into a sink as soon as it is done. Two ways to
 * use cores: replications side by side, or the logical processes of one replication side by side.
 * The result is the same. */

#include "sim/base/error.h"
#include "layout.h"
#include "sink.h"

#include <signal.h>
#include <stdint.h>

enum split { SPLIT_AUTO, SPLIT_REPLICATIONS, SPLIT_PROCESSES };

struct experiment {
    const struct layout *layout;
    struct sink sink;
    uint64_t first, last; /* replications, both included; those in the sink are passed over */
    int threads;
    enum split split; /* auto: replications while there are enough to fill the threads */
    void *context;
    int (*worker_create)(void *context, int threads, void **worker, struct error *err);
    void (*worker_free)(void *worker);
    int (*run)(void *worker, uint64_t replication, struct error *err);
    void (*values)(void *worker, size_t variable, void *values);
    /* Or NULL; one at a time. The first call says how many the sink holds. */
    void (*progress)(void *context, uint64_t done, uint64_t total);
    /* Set: begin no further replication; those running may return INTERRUPTED. Or NULL. */
    const volatile sig_atomic_t *stop;
};

/* Returns OK, INTERRUPTED when stopped, or the failure of the lowest replication. What the sink has
 * taken stays. */
MUST_CHECK int experiment_run(const struct experiment *experiment, struct error *err);

#endif
