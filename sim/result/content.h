#ifndef SIM_CONTENT_H
#define SIM_CONTENT_H
/* What a result file says beside the values over replications: attributes, coordinates, labels,
 * provenance. Each object of the file is a row with two digests: of its attributes with its name,
 * type and shape; and of what it holds. Written with the file and held against it at every opening.
 * What was read for the digests is kept: what is shown is what was held against them. The links
 * from variables to dimensions lie in HDF5's global heap and are left to the digest of the whole
 * file. */

#include "sim/base/error.h"
#include "sim/base/digest.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROVENANCE "provenance"
#define DIGESTS    "digests" /* in it: [entry][variable][DIGEST_SIZE] */
#define CONTENT    "content" /* in it: [row][2][DIGEST_SIZE] */
#define SEAL       "seal"    /* in it: [DIGEST_SIZE], of the whole file */
#define CARRIED    "sources" /* in it: bytes, the sources of the program that made the file */
#define INPUT      "input"   /* attribute of a text of the provenance that decides the values */

/* What the first dimension of all variables is called: each entry has a digest of its values. */
#define STORE_REPLICATION "replication"
#define STORE_POINT       "point"

struct content_row {
    char name[256];
    unsigned char digest[2][DIGEST_SIZE]; /* of attributes, of what is held */
    bool identifies;                      /* what it holds is part of the result's id */
    char *texts; /* attributes that are texts: name, text, name, text, each ended by a zero */
    size_t texts_size, texts_room;
    char **label;    /* a dataset of texts: [size]; or */
    int32_t *number; /* one of whole numbers of 32 bits: [size]; or */
    double *real;    /* one of doubles: [size]; all NULL: it holds none of them */
    size_t size;
};

struct content {
    struct content_row *row;
    size_t rows, room;
    int file; /* a descriptor of the same file */
};

/* Read all rows of FILE; DESCRIPTOR is the same file. False: no memory, or it is damaged. */
MUST_CHECK bool content_read(struct content *content, hid_t file, int descriptor);
void content_free(struct content *content);

/* The digests of all rows, [rows][2][DIGEST_SIZE]; NULL: no memory. The caller frees them. */
MUST_CHECK unsigned char *content_digests(const struct content *content);

/* The result's id: the digest of its coordinates, its labels, its inputs and (DIGESTS, of SIZE
 * bytes) its values; not of times, texts about them, host and command line. */
void content_id(const struct content *content, const unsigned char *digests, size_t size,
                char id[DIGEST_TEXT]);

/* The row of the object called NAME ("/": the file), or NULL. */
const struct content_row *content_find(const struct content *content, const char *name);

/* The attribute NAME of a row, or NULL: it has none that is a text. */
const char *content_text(const struct content_row *row, const char *name);

#define UNNAMED                                                                                    \
    "/proc/self/fd/" /* and the descriptor of a file in memory, which has no other path */

/* How the file at PATH is opened: without HDF5's own lock. The journal's keeps other runs away, and
 * a file system without locks would refuse it. Environment variables of HDF5 go first. An UNNAMED
 * file is for HDF5's stdio driver: the usual one wants to know where a link leads. The caller
 * closes it. */
hid_t content_access(const char *path);

/* A dataset whose values run over the ENTRIES, each with 1 to MOST dimensions. */
bool content_is_variable(hid_t set, size_t entries, int most);

#endif
