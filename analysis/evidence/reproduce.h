#ifndef ANALYSIS_REPRODUCE_H
#define ANALYSIS_REPRODUCE_H
/* Simulates a result, or the points of a sweep, again from nothing but its own file, and holds what
 * comes of it against what stands there, bit for bit. */

#include "analysis/difference.h"
#include "sim/base/error.h"
#include "sim/result/store.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reproduce {
    const struct store *store;
    double share;           /* of its replications or points, at least one; 1: all */
    const char *const *set; /* [sets]: lines 'PATH: VALUE' that are changed, or none */
    size_t sets;
    const char *output; /* where the new result goes; it is not taken away */
    int threads;
    const char *command_line;
    void (*progress)(void *context, uint64_t done, uint64_t total); /* or NULL */
    void *context;
    uint64_t *days; /* simulated so far, to look at meanwhile; or NULL */
    const volatile sig_atomic_t *stop;
    size_t entries;               /* out: replications or points that were simulated again */
    char *again;                  /* out: the path of what was made */
    struct difference difference; /* out, where nothing is changed */
    bool same_id;                 /* out: all are the same, and the whole result's id */
    char made[1024];              /* out: what it was made with that is another here, a line
                                     'NAME: THERE, here HERE' each; empty: nothing */
};

/* OK: what was simulated is identical, or nothing was to be compared (sets); DIFFERENT, and where
 * first; BAD_INPUT: the scenario is not in the file, or this version does not read it, or what is
 * set fits nothing; ENVIRONMENT; INTERRUPTED; NO_MEMORY. To be freed either way. */
MUST_CHECK int reproduce_run(struct reproduce *reproduce, struct error *err);
void reproduce_free(struct reproduce *reproduce);

#endif
