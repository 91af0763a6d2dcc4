#ifndef ANALYSIS_SWEEP_COST_H
#define ANALYSIS_SWEEP_COST_H
/* What a sweep will cost, from short trials of some of its points, from all over the design, since
 * a factor may change what a point costs: of a few and of more whole points; where points are dear,
 * of one and of more of their replications; where one replication is, of a part of its time. */

#include "design.h"

#include "analysis/cost.h"
#include "analysis/trial.h"
#include "sim/base/error.h"

#include <signal.h>
#include <stddef.h>

struct sweep_cost {
    double fixed_seconds, point_seconds; /* of wall time, on all threads together */
    double fixed_bytes, point_bytes;     /* on disk */
    struct trial seen;                   /* the largest trial */
    size_t tried, tried_replications;    /* its points, and the replications of each */
    double open_bytes; /* of memory, for each replication more: values of points that are open */
};

/* ENVIRONMENT: a trial could not run; BAD_INPUT: a point cannot be run, which ERR names;
 * INTERRUPTED: *STOP was set; NO_MEMORY. */
MUST_CHECK int sweep_cost_try(struct sweep_cost *cost, const struct design *design, int threads,
                              const volatile sig_atomic_t *stop, struct error *err);

/* What so many POINTS of the design in one process come to. */
struct cost sweep_cost_of(const struct sweep_cost *cost, const struct design *design,
                          size_t points);

#endif
