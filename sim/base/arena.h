#ifndef SIM_BASE_ARENA_H
#define SIM_BASE_ARENA_H
/* Memory for many small things that all live equally long: it is taken from the system in chunks
 * and given back at once. A zeroed struct arena is an empty one. Not for several threads at once.
 */

#include "error.h"

#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* the newest that is shared; behind it the others */
    size_t used, room;         /* bytes of that one */
    size_t next;               /* room of the next one */
};

/* Bytes of the first chunk; each has twice the room of the one before, up to ARENA_MOST_BYTES. */
#define ARENA_FIRST_BYTES ((size_t)4 << 10)
#define ARENA_MOST_BYTES  ((size_t)1 << 20)

/* SIZE zeroed bytes, aligned for any type, that live as long as ARENA; two of size 0 differ too.
 * NULL: no memory. What was given before stays as it is. */
MUST_CHECK void *arena_allocate(struct arena *arena, size_t size);

/* Give all memory back; ARENA is empty and can be used again. */
void arena_free(struct arena *arena);

#endif
