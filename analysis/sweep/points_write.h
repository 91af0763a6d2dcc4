#ifndef ANALYSIS_SWEEP_POINTS_WRITE_H
#define ANALYSIS_SWEEP_POINTS_WRITE_H
/* Writes points as a file: a part of a sweep, or all of it. */

#include "design.h"

#include "sim/base/error.h"
#include "sim/result/journal.h"
#include "sim/result/layout.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* What a file of points is made of beside its journal. */
struct points_written {
    const struct design *design;
    const struct scenario *base; /* without any factor's value */
    const struct layout *replication;
    const char *identity, *command_line;
    int threads;  /* that read it back */
    bool carries; /* the program's sources, too */
    time_t started;
};

/* Write the points of JOURNAL to PATH, whole or not at all. As store_write. */
MUST_CHECK int points_write(const char *path, const struct points_written *written,
                            struct journal *journal, struct error *err);

/* The same into memory, where nobody keeps it: how many BYTES it takes. */
MUST_CHECK int points_write_unnamed(uint64_t *bytes, const struct points_written *written,
                                    struct journal *journal, struct error *err);

#endif
