#ifndef SIM_STORE_H
#define SIM_STORE_H
/* A result file, opened to read: HDF5 that is also netCDF-4. Dimensions are dimension scales, time
 * is CF ("days since"), links and attributes keep their order, so netCDF, xarray, h5py and R open
 * it with names, dates and units. Values, labels, attributes and provenance have digests
 * (content.h) that are looked at before anything is shown.
 *
 * Opening reads all but the values: what is described here is in memory, holds until the store is
 * closed and may be read by several threads. */

#include "sim/base/error.h"
#include "sim/base/library.h"
#include "axis.h"
#include "chunk.h"
#include "layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The format that is written. Results of 0.1.0 have none: they count as format 1, with whole
 * numbers of 32 bits, and digests of values and numbers of coordinates only. */
#define STORE_FORMAT      2
#define STORE_FORMAT_TEXT "2"

struct store;

/* A variable over replications; texts as they stand in the file, "" where it has none. */
struct store_variable {
    const char *name, *long_name, *units, *cell_methods;
    enum layout_type type;
    int axes;                                              /* behind the entry: at least one */
    const struct store_axis *axis[LAYOUT_MOST_DIMENSIONS]; /* the first is time; of points,
                                                              replication and then time */
    size_t count;                                          /* of its values in an entry */
};

/* A coordinate, or what belongs to one (bounds, regions of facilities): labels or numbers. */
struct store_coordinate {
    const char *name;
    size_t size;
    const char *const *label; /* [size]; or */
    const int32_t *number;    /* [size]; or */
    const double *real;       /* [size]; all NULL: a mere dimension */
};

/* Open a result to read; its labels, attributes and texts are held against their digests.
 * ENVIRONMENT: it cannot be read; BAD_INPUT: it is not a result, or it is damaged (and where). */
MUST_CHECK int store_open(struct store **store, const char *path, struct error *err);

/* The same, also of the points of a sweep, which store_open refuses: where a replication is spoken
 * of, it is a point then, whose values are those of all its replications. */
MUST_CHECK int store_open_any(struct store **store, const char *path, struct error *err);
bool store_is_of_points(const struct store *store);
void store_close(struct store *store);

/* From now on values are read by so many THREADS where that is worth it; by one to begin with. */
void store_use_threads(struct store *store, int threads);

/* Is every byte what was written? All values, and the digest of the whole file. BAD_INPUT names the
 * place. A result of format 1 has no digest of the whole. */
MUST_CHECK int store_verify(const struct store *store, struct error *err);

/* 1 or STORE_FORMAT; and the result's id, 64 hexadecimal digits (format 1: ""). */
int store_format(const struct store *store);
const char *store_id(const struct store *store);

size_t store_replications(const struct store *store);
uint64_t store_replication(const struct store *store, size_t index);

/* The variables over replications in their order; that called NAME, or NULL. */
size_t store_variables(const struct store *store);
const struct store_variable *store_variable(const struct store *store, size_t index);
const struct store_variable *store_find(const struct store *store, const char *name);

/* Bytes of all values of VARIABLE in a replication, as store_read gives them. */
size_t store_bytes(const struct store_variable *variable);

/* Room that store_read needs for them: 8 bytes each, so that they may become doubles in place. */
size_t store_room(const struct store_variable *variable);

/* The values of one replication into VALUES (float, or int64_t for whole numbers); checked against
 * the digest: BAD_INPUT names the place that has changed. TOOLS: one for each thread. */
MUST_CHECK int store_read(const struct store *store, const struct store_variable *variable,
                          size_t index, struct chunk_tools *tools, void *values, struct error *err);

/* What store_read has read, as doubles in the same place. */
double *store_doubles(const struct store_variable *variable, void *values);

/* Take the VALUES of VARIABLE, as store_read gives them, in the replication at POSITION of those
 * that are read. Called by any thread, in any order; TOOLS are free to read more with. */
typedef int store_visit(void *context, size_t variable, size_t position, void *values,
                        struct chunk_tools *tools, struct error *err);

/* The chunks that are read: VARIABLES of them from FIRST on, in COUNT replications: those of INDEX,
 * or (NULL) the first ones. */
struct store_part {
    size_t first, variables;
    const size_t *index; /* [count] */
    size_t count;
};

/* Read PART and give each to VISIT. Ends early where one fails; what is returned is of the first
 * that does, one variable after the other, for any number of threads. */
MUST_CHECK int store_each(const struct store *store, const struct store_part *part,
                          store_visit *visit, void *context, struct error *err);

/* The number of VARIABLE in its store. */
size_t store_index(const struct store *store, const struct store_variable *variable);

/* The coordinates in their order; false: there are no more. */
MUST_CHECK bool store_coordinate(const struct store *store, size_t index,
                                 struct store_coordinate *coordinate);

/* A text attribute of VARIABLE (NULL: of the file, say "title"); NULL: none. */
const char *store_text(const struct store *store, const struct store_variable *variable,
                       const char *name);

/* A text of /provenance, or NULL. Names in their order; NULL: no more. *INPUT: it decides the
 * values. */
const char *store_provenance(const struct store *store, const char *name);
const char *store_provenance_name(const struct store *store, size_t index, bool *input);

/* The sources of the program that made the result, a tar that gzip has packed: *BYTES, freed by the
 * caller, of *SIZE; NULL: it has none. BAD_INPUT: they cannot be read; NO_MEMORY. */
MUST_CHECK int store_sources(const struct store *store, unsigned char **bytes, size_t *size,
                             struct error *err);

/* HDF5, behind this module. */
struct library store_library(void);

#endif
