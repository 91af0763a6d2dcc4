#ifndef ANALYSIS_SEEK_H
#define ANALYSIS_SEEK_H
/* The smallest value of a path that keeps a goal (or the largest), by bisection. Each value that is
 * tried is run with the same replications, in which the same people come, and judged on its own
 * (goal.h): the answer is a value that is shown to hold, one step from one that is not.
 *
 * Each judgement errs with the chance that the confidence leaves. Where what is shown rises with
 * the value, as common random numbers make it do where the truth does, bisection ends where going
 * down from the far end step by step would have stopped first, and such a descent errs no more
 * often in all than one of its steps (Maurer, Hothorn and Lehmacher 1995). Where it does not rise,
 * bisection finds one of several edges; a pair of values that shows that is told. */

#include "goal.h"
#include "ladder.h"

#include "models/scenario/faults.h"
#include "models/scenario/source.h"

#include "sim/base/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define SEEK_MOST 24 /* values tried: both ends, and half of what is left each time */

/* A value that was tried. */
struct seek_trial {
    size_t rung; /* of the ladder */
    struct judgement judgement;
    double *score; /* [replications]: what speaks for the goal (goal_score) */
};

enum seek_end {
    SEEK_NONE,    /* not even the far end is shown to hold */
    SEEK_EDGE,    /* `found` holds, and `short_of`, one step away, does not */
    SEEK_NEAREST, /* the near end, `found`, holds: what lies beyond was not asked */
};

struct seek {
    const struct scenario_source *from;
    const char *path; /* as of `set`; each value is laid over it behind all else that FROM sets */
    const struct ladder *ladder;
    const struct goal *goal;
    double confidence;    /* above 0.5, below 1 */
    bool largest;         /* less is easier: the largest value that holds is sought */
    uint64_t first, last; /* replications, the same for each value */
    uint64_t chance;      /* replications that share a draw */
    int64_t seed;
    int threads;
    const volatile sig_atomic_t *stop; /* set: end soon; NULL: never */
    void *context;                     /* of what follows, each of which may be NULL */
    void (*refused)(void *context, size_t rung, const struct faults *faults);
    void (*begin)(void *context);
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void (*end)(void *context);
    void (*tried)(void *context, const struct seek_trial *trial);
    /* What comes out. */
    struct seek_trial trial[SEEK_MOST];
    size_t trials;
    enum seek_end result;
    const struct seek_trial *found, *short_of; /* NULL: none */
    /* Two that were tried, the second further on and yet worse (95 %, paired); NULL: none are. */
    const struct seek_trial *better, *worse;
};

/* Look for the value. The same for any number of threads. BAD_INPUT: with so few replications
 * nothing could be shown; a value is refused (its faults have been told: the line is empty); there
 * is no such quantity. INTERRUPTED, NO_MEMORY. To be freed either way. */
MUST_CHECK int seek_run(struct seek *seek, struct error *err);
void seek_free(struct seek *seek);

#endif
