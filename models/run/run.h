#ifndef MODELS_RUN_H
#define MODELS_RUN_H
/* Simulates a scenario into a result file: what `doorstroom run` calls, and everything else that
 * needs a run. */

#include "models/scenario/scenario.h"
#include "split.h"

#include "sim/base/digest.h"
#include "sim/base/error.h"

#include <signal.h>

struct journal;
struct layout;

struct run {
    struct scenario *scenario; /* read and without errors; its seed is used */
    const char *output;        /* the result file; the journal lies beside it. NULL: both are in
                                  memory, and gone with the run: what it would take is told */
    uint64_t first, last;      /* replications */
    int threads;               /* at most */
    bool threads_asked;        /* note when there is no work for so many */
    enum split split;
    bool resume, force;
    const char *command_line;
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void (*note)(void *context, const char *line); /* what the user should know; may be NULL */
    void *context;
    /* Called when the replications up to *LAST are in JOURNAL: raise it to go on, as long as what
     * they are is not known well enough. It sees the same for any number of threads. NULL: no more
     * than are asked for. */
    int (*more)(void *more_context, struct journal *journal, const struct layout *layout,
                uint64_t *last, struct error *err);
    void *more_context;
    const volatile sig_atomic_t *stop;
    uint64_t days;    /* out: simulated by all replications so far; to look at meanwhile */
    double days_each; /* out: of a replication, warm-up included */
    uint64_t events;  /* out: handled by all replications simulated now */
    uint64_t kept;    /* out: replications that were finished before, and not simulated again */
    size_t variables; /* out: of the result */
    uint64_t bytes;   /* out: of the result; where it is in memory */
    double seconds_stored; /* out: for the result from its journal, written and read back */
    char id[DIGEST_TEXT];  /* out: the result's */
};

/* OK; BAD_INPUT when the output is none that a file can be written to; ENVIRONMENT when the result
 * is there already (and neither force nor resume), the disk is full or the folder not writable;
 * INTERRUPTED: finished replications are in the journal. */
MUST_CHECK int run_scenario(struct run *run, struct error *err);

#endif
