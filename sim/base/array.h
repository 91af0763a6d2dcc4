#ifndef SIM_BASE_ARRAY_H
#define SIM_BASE_ARRAY_H
/* One growing array: a pointer to items, and a size_t that says for how many there is room. Both
 * are zero at first; free() gives the items back. */

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* Make room for WANTED items in ITEMS, a pointer, which has room for ROOM, a size_t: the room
 * doubles, so that items added one by one cost constant time each. New items are not zeroed.
 * False: no memory, or more than can be addressed; then the old items are as they were. */
#define array_room(items, room, wanted)                                                            \
    ((wanted) <= (room) || array_grow(&(items), &(room), (wanted), sizeof *(items)))

/* What array_room does where there is no room: ITEMS is the address of the pointer, SIZE an item's.
 */
MUST_CHECK bool array_grow(void *items, size_t *room, size_t wanted, size_t size);

#endif
