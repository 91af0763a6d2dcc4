#include "array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 8

bool
array_grow(void *items, size_t *room, size_t wanted, size_t size)
{
    const size_t most = SIZE_MAX / 2 / size; /* an object is at most half of what there is */
    size_t more = *room < FIRST_ROOM ? FIRST_ROOM : *room;
    void *old, *grown;

    if (wanted > most)
        return false;
    while (more < wanted && more <= most / 2)
        more *= 2;
    if (more < wanted || more > most)
        more = most;
    memcpy(&old, items, sizeof old); /* ITEMS points to a pointer of some type */
    grown = realloc(old, more * size);
    if (grown == NULL)
        return false;
    memcpy(items, &grown, sizeof grown);
    *room = more;
    return true;
}
