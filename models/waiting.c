#include "waiting.h"

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

/* Since when PERSON is in a list; TICKS_NEVER when it is not. */
static ticks
listed_since(const struct person *person, enum queue_kind queue)
{
    if (queue == QUEUE_DESK)
        return person->desk_case == CASE_WAITING ? person->asked : TICKS_NEVER;
    return person->queue == queue ? person->queued : TICKS_NEVER;
}

struct person *
waiting_person(const struct site *sites, const struct list_entry *entry, enum queue_kind queue)
{
    struct person *person = &sites[entry->site].person[entry->slot];

    return listed_since(person, queue) == entry->since &&
                   person->name.source == entry->name.source &&
                   person->name.number == entry->name.number
               ? person
               : NULL;
}

void
waiting_clean(struct list *list, uint32_t upto, const struct site *sites, enum queue_kind queue)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < upto; i++)
        if (waiting_person(sites, &list->entry[i], queue) != NULL)
            list->entry[kept++] = list->entry[i];
    if (kept < upto)
        memmove(&list->entry[kept], &list->entry[upto], (list->count - upto) * sizeof *list->entry);
    list->count -= upto - kept;
}

/* Room for one more: void entries go first. */
static bool
make_room(struct list *list, const struct site *sites, enum queue_kind queue)
{
    if (list->count < list->room)
        return true;
    waiting_clean(list, list->count, sites, queue);
    if (list->count < list->room / 2)
        return true;
    uint32_t room = list->room < 64 ? 64 : 2 * list->room;
    struct list_entry *more = realloc(list->entry, room * sizeof *more);
    if (more == NULL)
        return false;
    list->entry = more;
    list->room = room;
    return true;
}

void
waiting_add(struct list *list, struct site *sites, struct site *site, uint32_t slot,
            enum queue_kind queue)
{
    const struct person *person = &site->person[slot];
    struct list_entry entry = {listed_since(person, queue), person->name, site->id, slot};

    if (!make_room(list, sites, queue)) {
        lp_fail(site->lp, NO_MEMORY, "no memory for a list of the placement office");
        return;
    }
    uint32_t at = list->count++;
    while (at > 0 && waiting_before(&entry, &list->entry[at - 1])) {
        list->entry[at] = list->entry[at - 1];
        at--;
    }
    list->entry[at] = entry;
}
