#ifndef SIM_SINK_MEMORY_H
#define SIM_SINK_MEMORY_H
/* The sink that keeps the values of chosen variables in memory, or what is made of them. */

#include "sink.h"

/* What is kept of a variable. */
struct memory_choice {
    const char *name; /* of the variable */
    /* Make KEPT values of the COUNT that a replication has; NULL: all are kept as they are. Called
     * by several workers at once, with the choice's context. */
    void (*fold)(const void *context, const double *values, size_t count, double *kept);
    const void *context;
    size_t kept; /* with fold: how many that makes */
};

struct memory_series {
    size_t variable; /* of the layout */
    size_t count;    /* kept of a replication */
    double *value;   /* [replications][count] */
};

/* Begin with the choices, the rest zero. */
struct memory {
    const struct memory_choice *choice;
    size_t choices;
    uint64_t first;               /* replication */
    size_t replications;          /* that were to come */
    struct memory_series *series; /* [choices] */
};

/* Into MEMORY. BAD_INPUT at its beginning: no variable has a name that was chosen. What a run left
 * there before is lost. */
struct sink sink_memory(struct memory *memory);

/* What is kept of a choice in a replication; that one must have ended well. */
const double *memory_values(const struct memory *memory, size_t choice, uint64_t replication);

/* Back to the choices alone. */
void memory_free(struct memory *memory);

#endif
