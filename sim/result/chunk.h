#ifndef SIM_CHUNK_H
#define SIM_CHUNK_H
/* The bytes of one variable in one replication as HDF5 keeps them: shuffled by bytes, then deflated
 * (its filters of these names), with a SHA-256 of the values. */

#include "sim/base/digest.h"
#include "sim/base/error.h"
#include "sim/base/library.h"

#include <stddef.h>

struct chunk {
    unsigned char *bytes;
    size_t size, room;
    unsigned char digest[DIGEST_SIZE]; /* of the values before packing */
};

#define CHUNK_DEFLATE_LEVEL 4 /* higher ones gain 1 % of the bytes and cost time */

/* What packing and unpacking needs besides, kept from one chunk to the next: one for each thread.
 * All zeros to begin with. */
struct chunk_tools {
    struct libdeflate_compressor *compressor;
    struct libdeflate_decompressor *decompressor;
    unsigned char *shuffled, *packed;
    size_t room, packed_room;
};
void chunk_tools_free(struct chunk_tools *tools);

/* Pack COUNT VALUES of SIZE bytes each. Reuses the chunk's memory. NO_MEMORY. */
MUST_CHECK int chunk_pack(struct chunk_tools *tools, struct chunk *chunk, const void *values,
                          size_t count, size_t size, struct error *err);

/* Room for SIZE packed bytes, which chunk_unpack takes from there; NULL: no memory. */
MUST_CHECK unsigned char *chunk_room(struct chunk_tools *tools, size_t size);

/* The COUNT values of SIZE bytes each that lie packed in the room, PACKED bytes. BAD_INPUT: they do
 * not; NO_MEMORY. Their digest is the caller's to look at. */
MUST_CHECK int chunk_unpack(struct chunk_tools *tools, size_t packed, size_t count, size_t size,
                            void *values, struct error *err);

/* libdeflate, behind this module. */
struct library chunk_library(void);

#endif
