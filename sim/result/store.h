#ifndef SIM_STORE_H
#define SIM_STORE_H
/* The result file: HDF5 that is also netCDF-4. Dimensions are dimension scales, time is CF ("days
 * since"), links and attributes keep their order, so netCDF, xarray, h5py and R open it with names,
 * dates and units. Written whole from a journal under another name, synced, then renamed: a reader
 * never sees half a file. Values, labels, attributes and provenance have digests (content.h) that
 * are looked at before anything is shown. */

#include "sim/base/error.h"
#include "journal.h"
#include "layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The format that is written. Results of 0.1.0 have none: they count as format 1, with whole
 * numbers of 32 bits, and digests of values and numbers of coordinates only. */
#define STORE_FORMAT      2
#define STORE_FORMAT_TEXT "2"

/* A text of the file (an attribute) or of /provenance. */
struct store_text {
    const char *name;
    const char *text;
    bool input; /* of /provenance: it decides the values, and so the result's id */
};

struct store_texts {
    const struct store_text *attribute; /* of the file: title, source, ... */
    size_t attributes;
    const struct store_text *provenance;
    size_t provenances;
};

/* Write the journal's replications to PATH (by way of PATH.partial), read them back with so many
 * THREADS; the result's id into ID. */
MUST_CHECK int store_write(const char *path, const struct layout *layout, struct journal *journal,
                           const struct store_texts *texts, int threads, char id[DIGEST_TEXT],
                           struct error *err);

struct store;

/* Open a result to read; its labels, attributes and texts are held against their digests.
 * ENVIRONMENT: it cannot be read; BAD_INPUT: it is not a result, or it is damaged (and where). */
MUST_CHECK int store_open(struct store **store, const char *path, struct error *err);
void store_close(struct store *store);

/* Is every byte what was written? All values, by so many THREADS, and the digest of the whole file.
 * BAD_INPUT names the place. A result of format 1 has no digest of the whole. */
MUST_CHECK int store_verify(struct store *store, int threads, struct error *err);

/* 1 or STORE_FORMAT; and the result's id, 64 hexadecimal digits (format 1: ""). */
int store_format(const struct store *store);
const char *store_id(const struct store *store);

size_t store_replications(const struct store *store);
uint64_t store_replication(const struct store *store, size_t index);

/* Names of the variables over replications, in their order. */
size_t store_variables(const struct store *store);
const char *store_variable(const struct store *store, size_t variable);

/* The number of the variable called NAME; SIZE_MAX: there is none. */
size_t store_find(const struct store *store, const char *name);

/* The shape behind replication: up to LAYOUT_MOST_DIMENSIONS sizes; returns how many. */
int store_shape(const struct store *store, size_t variable, size_t shape[LAYOUT_MOST_DIMENSIONS]);
int store_is_float(const struct store *store, size_t variable);

/* Values behind replication, all dimensions together. */
size_t store_count(const struct store *store, size_t variable);

/* The name of dimension I (0: time) behind replication into NAME; empty where it has none. */
void store_dimension(struct store *store, size_t variable, int i, char *name, size_t size);

/* The values of one replication into VALUES (float, or int64_t for whole numbers; room for all);
 * checked against the digest: BAD_INPUT names the place that has changed. */
MUST_CHECK int store_read(struct store *store, size_t variable, size_t index, void *values,
                          struct error *err);

/* The same as double, whatever they are kept as. */
MUST_CHECK int store_read_doubles(struct store *store, size_t variable, size_t index,
                                  double *values, struct error *err);

/* The whole numbers of a coordinate (say `time`), or the texts of one; NULL: no such coordinate.
 * Valid until the next call. */
const int32_t *store_coordinate(struct store *store, const char *name, size_t *size);
const char *const *store_labels(struct store *store, const char *name, size_t *size);

/* Names of coordinates and what belongs to them (bounds, regions of facilities), in their order;
 * NULL: there are no more. */
const char *store_coordinate_name(const struct store *store, size_t index);

/* A text attribute of the file ("title") or of a variable; NULL: none. Valid until the next call.
 */
const char *store_text(struct store *store, const char *variable, const char *name);

/* A text of /provenance, or NULL. Valid until the next call. Names in their order; NULL: no more.
 * *INPUT: it decides the values. */
const char *store_provenance(struct store *store, const char *name);
const char *store_provenance_name(const struct store *store, size_t index, bool *input);

#endif
