#include "waiting.h"

#include "sim/base/array.h"

#include <stdlib.h>
#include <string.h>

bool
waiting_before(const struct list_entry *a, const struct list_entry *b)
{
    if (a->since != b->since)
        return a->since < b->since;
    if (a->name.source != b->name.source)
        return a->name.source < b->name.source;
    return a->name.number < b->name.number;
}

/* Since when SLOT is in a list; TICKS_NEVER when it is not. */
static ticks
listed_since(const struct site *site, uint32_t slot, enum queue_kind queue)
{
    const struct person *person = &site->person[slot];

    if (queue == QUEUE_DESK)
        return person->desk_case == CASE_WAITING ? site->more[slot].asked : TICKS_NEVER;
    return person->queue == queue ? person->queued : TICKS_NEVER;
}

struct person *
waiting_person(const struct site *sites, const struct list_entry *entry, enum queue_kind queue)
{
    struct person *person = &sites[entry->site].person[entry->slot];

    return listed_since(&sites[entry->site], entry->slot, queue) == entry->since &&
                   person->name.source == entry->name.source &&
                   person->name.number == entry->name.number
               ? person
               : NULL;
}

void
waiting_keep(struct list *list, uint32_t kept, uint32_t upto)
{
    memmove(waiting_at(list, upto - kept), waiting_at(list, 0), kept * sizeof *list->memory);
    list->first += upto - kept;
    list->count -= upto - kept;
}

void
waiting_clean(struct list *list, uint32_t upto, const struct site *sites, enum queue_kind queue)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < upto; i++)
        if (waiting_person(sites, waiting_at(list, i), queue) != NULL)
            *waiting_at(list, kept++) = *waiting_at(list, i);
    if (kept < upto)
        waiting_keep(list, kept, upto);
}

/* Room for one more behind the last: void entries go first, then what they leave is used again. */
static bool
make_room(struct list *list, const struct site *sites, enum queue_kind queue)
{
    if (list->first + list->count < list->room)
        return true;
    waiting_clean(list, list->count, sites, queue);
    if (list->count < list->room / 2) {
        memmove(list->memory, waiting_at(list, 0), list->count * sizeof *list->memory);
        list->first = 0;
        return true;
    }
    size_t room = list->room;
    if (room > UINT32_MAX / 2 || !array_room(list->memory, room, room + 1))
        return false;
    list->room = (uint32_t)room;
    return true;
}

/* Where ENTRY belongs. Nearly all come last; the others are looked for by halving. */
static uint32_t
position_of(const struct list *list, const struct list_entry *entry)
{
    uint32_t low = 0, high = list->count;

    if (high == 0 || !waiting_before(entry, waiting_at(list, high - 1)))
        return high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (waiting_before(entry, waiting_at(list, middle)))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void
waiting_add(struct list *list, struct site *sites, struct site *site, uint32_t slot,
            enum queue_kind queue)
{
    const struct person *person = &site->person[slot];
    struct list_entry entry = {listed_since(site, slot, queue), person->name, site->id, slot};

    if (!make_room(list, sites, queue)) {
        lp_fail(site->lp, NO_MEMORY, "no memory for a list of the placement office");
        return;
    }
    uint32_t at = position_of(list, &entry);
    if (list->first > 0 && at < list->count / 2) { /* the shorter part makes way */
        list->first--;
        memmove(waiting_at(list, 0), waiting_at(list, 1), at * sizeof entry);
    } else {
        memmove(waiting_at(list, at + 1), waiting_at(list, at), (list->count - at) * sizeof entry);
    }
    *waiting_at(list, at) = entry;
    list->count++;
}
