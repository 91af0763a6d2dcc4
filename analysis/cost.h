#ifndef ANALYSIS_COST_H
#define ANALYSIS_COST_H
/* What a run will cost, from two short trials (trial.h): of a few and of more replications, or of a
 * short and of a longer piece of a large scenario. They run on as many threads as the run would,
 * and write their results as it would, into memory: nothing is needed that can be written to, and
 * how long a disk takes to sync is not told.
 */

#include "models/scenario/scenario.h"

#include "sim/base/error.h"

#include <signal.h>

struct cost {
    double seconds;      /* of wall time, for all replications */
    double memory_bytes; /* the largest at any moment */
    double file_bytes;
    double events;                /* of a replication */
    double seconds_a_replication; /* its share of the whole */
};

/* SCENARIO's cost on THREADS with its own number of replications. ENVIRONMENT: the trial could not
 * run; INTERRUPTED: *STOP was set. */
MUST_CHECK int cost_estimate(const struct scenario *scenario, int threads,
                             const volatile sig_atomic_t *stop, struct cost *cost,
                             struct error *err);

#define COST_TRIAL_EVENTS 1.5e6 /* about half a second */

/* How much of SCENARIO's time a trial takes: all (1), or what has about COST_TRIAL_EVENTS.
 * BAD_INPUT: it is larger than what can be run; NO_MEMORY. */
MUST_CHECK int cost_part(const struct scenario *scenario, double *part, struct error *err);

#endif
