#include "chunk.h"

#include "sim/base/array.h"

#include <libdeflate.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

void
chunk_tools_free(struct chunk_tools *tools)
{
    libdeflate_free_compressor(tools->compressor);
    libdeflate_free_decompressor(tools->decompressor);
    free(tools->shuffled);
    free(tools->packed);
    *tools = (struct chunk_tools){0};
}

/* As HDF5's shuffle filter does: the first bytes of all values, then the second bytes, and so on;
 * and BACK. SIZE is a constant where it is called, which makes it twice as fast. */
static inline __attribute__((always_inline)) void
transpose(unsigned char *to, const unsigned char *from, size_t count, size_t size, bool back)
{
    for (size_t i = 0; i < count; i++)
        for (size_t byte = 0; byte < size; byte++) {
            size_t together = size * i + byte, apart = byte * count + i;
            to[back ? together : apart] = from[back ? apart : together];
        }
}

static void
shuffle(unsigned char *to, const unsigned char *from, size_t count, size_t size)
{
    if (size == sizeof(int64_t))
        transpose(to, from, count, sizeof(int64_t), false);
    else if (size == sizeof(int32_t))
        transpose(to, from, count, sizeof(int32_t), false);
    else
        transpose(to, from, count, size, false);
}

static void
unshuffle(unsigned char *to, const unsigned char *from, size_t count, size_t size)
{
    if (size == sizeof(int64_t))
        transpose(to, from, count, sizeof(int64_t), true);
    else if (size == sizeof(int32_t))
        transpose(to, from, count, sizeof(int32_t), true);
    else
        transpose(to, from, count, size, true);
}

int
chunk_pack(struct chunk_tools *tools, struct chunk *chunk, const void *values, size_t count,
           size_t size, struct error *err)
{
    if (tools->compressor == NULL)
        tools->compressor = libdeflate_alloc_compressor(CHUNK_DEFLATE_LEVEL);
    chunk->size = 0;
    if (tools->compressor != NULL && array_room(tools->shuffled, tools->room, size * count + 1) &&
        array_room(chunk->bytes, chunk->room,
                   libdeflate_zlib_compress_bound(tools->compressor, size * count))) {
        shuffle(tools->shuffled, values, count, size);
        chunk->size = libdeflate_zlib_compress(tools->compressor, tools->shuffled, size * count,
                                               chunk->bytes, chunk->room);
        digest_of(values, size * count, chunk->digest);
    }
    return chunk->size > 0 ? OK : error_set(err, NO_MEMORY, "no memory to pack %zu values", count);
}

unsigned char *
chunk_room(struct chunk_tools *tools, size_t size)
{
    return array_room(tools->packed, tools->packed_room, size) ? tools->packed : NULL;
}

int
chunk_unpack(struct chunk_tools *tools, size_t packed, size_t count, size_t size, void *values,
             struct error *err)
{
    if (tools->decompressor == NULL)
        tools->decompressor = libdeflate_alloc_decompressor();
    if (tools->decompressor == NULL || !array_room(tools->shuffled, tools->room, size * count + 1))
        return error_set(err, NO_MEMORY, "no memory to unpack %zu values", count);
    if (libdeflate_zlib_decompress(tools->decompressor, tools->packed, packed, tools->shuffled,
                                   size * count, NULL) != LIBDEFLATE_SUCCESS)
        return error_set(err, BAD_INPUT, "the bytes of %zu values cannot be inflated", count);
    unshuffle(values, tools->shuffled, count, size);
    return OK;
}

struct library
chunk_library(void)
{
    return (struct library){.name = "libdeflate", .version = LIBDEFLATE_VERSION_STRING};
}
