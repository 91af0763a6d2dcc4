#ifndef SIM_VALUES_H
#define SIM_VALUES_H
/* The values of a result file: each variable in each replication is a chunk, packed (chunk.h), with
 * a digest of its own. This is the one place where they are decoded: several threads ask the
 * library for packed bytes in turn, and unpack and check them side by side. */

#include "sim/base/error.h"
#include "chunk.h"
#include "layout.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a variable is kept. */
struct values_set {
    const char *name;
    hid_t set;
    int rank; /* behind replication */
    size_t shape[LAYOUT_MOST_DIMENSIONS], count;
    enum layout_type type;
    size_t size; /* bytes of a value in the file: whole numbers of 0.1.0 have 4 */
    bool plain;  /* a chunk is one replication, shuffled and deflated, as we write it */
};

struct values {
    struct values_set *set;
    size_t sets;
    const int32_t *replication; /* [replications]: their numbers */
    const char *entry;          /* what they are: replications, or points */
    size_t replications;
    unsigned char *digest; /* [replications][sets][DIGEST_SIZE] */
    uint64_t bytes;        /* of the file */
    const char *path;
};

/* What values of TYPE are in a file. */
hid_t values_type(enum layout_type type);

/* Rank, shape and type of SET, which is open; false: no such variable is written. */
MUST_CHECK bool values_describe(struct values_set *set);

/* The values of SET in the replication at INDEX, held against their digest, whole numbers as
 * int64_t. VALUES has room for 8 bytes each. BAD_INPUT: they are damaged. */
MUST_CHECK int values_read(const struct values *values, size_t set, size_t index,
                           struct chunk_tools *tools, void *out, struct error *err);

/* Take VALUES of variable SET in the replication at POSITION of those that are read; TOOLS may be
 * used to read more. */
typedef int values_visit(void *context, size_t set, size_t position, void *values,
                         struct chunk_tools *tools, struct error *err);

/* Which chunks are read: of the variables FIRST and so many SETS after it, in COUNT replications:
 * those of INDEX, or (NULL) the first ones. */
struct values_part {
    size_t first, sets;
    const size_t *index; /* [count] */
    size_t count;
    bool by_replication; /* one replication after the other; else one variable after the other */
};

/* Read PART by so many THREADS; VISIT may be NULL. Ends early where a chunk fails; what is returned
 * is of the first that does, in that order, for any number of threads. */
MUST_CHECK int values_each(const struct values *values, const struct values_part *part, int threads,
                           values_visit *visit, void *context, struct error *err);

#endif
