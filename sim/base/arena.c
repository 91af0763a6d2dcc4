#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

struct arena_chunk {
    struct arena_chunk *before;
    alignas(max_align_t) unsigned char bytes[];
};

/* AddressSanitizer sees where a block of the system ends, and not what lies within one: under it
 * each request has a chunk of its own. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_ALONE 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define EACH_ALONE 1
#endif
#ifndef EACH_ALONE
#define EACH_ALONE 0
#endif

static struct arena_chunk *
new_chunk(size_t room)
{
    return room <= SIZE_MAX - sizeof(struct arena_chunk)
               ? calloc(1, sizeof(struct arena_chunk) + room)
               : NULL;
}

/* SIZE bytes in a chunk of their own, put behind the shared one, whose rest stays in use. */
static void *
allocate_alone(struct arena *arena, size_t size)
{
    struct arena_chunk *own = new_chunk(size);

    if (own == NULL)
        return NULL;
    if (arena->chunk == NULL) {
        arena->chunk = own;
    } else {
        own->before = arena->chunk->before;
        arena->chunk->before = own;
    }
    return own->bytes;
}

void *
arena_allocate(struct arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);

    if (size > SIZE_MAX - unit)
        return NULL;
    size = size > 0 ? (size + unit - 1) / unit * unit : unit;
    if (arena->room - arena->used < size) {
        size_t room = arena->next > 0 ? arena->next : ARENA_FIRST_BYTES;
        if (size > room / 4 || EACH_ALONE)
            return allocate_alone(arena, size);
        struct arena_chunk *chunk = new_chunk(room);
        if (chunk == NULL)
            return NULL;
        chunk->before = arena->chunk;
        *arena =
            (struct arena){chunk, 0, room, room < ARENA_MOST_BYTES ? 2 * room : ARENA_MOST_BYTES};
    }
    void *memory = arena->chunk->bytes + arena->used;
    arena->used += size;
    return memory;
}

void
arena_free(struct arena *arena)
{
    for (struct arena_chunk *chunk = arena->chunk, *before; chunk != NULL; chunk = before) {
        before = chunk->before;
        free(chunk);
    }
    *arena = (struct arena){0};
}
