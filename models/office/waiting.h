#ifndef MODELS_WAITING_H
#define MODELS_WAITING_H
/* The placement office's lists: who waits for what, in order of (since, name). An entry is void
 * when the person has left the slot or the list; void entries go when room is needed. */

#include "models/places/site.h"

struct list_entry {
    ticks since;
    struct stream_name name;
    uint32_t site, slot;
};

/* A list for each priority. */
#define PRIORITIES 10

/* Those in front leave and others come behind, so that the list moves along its memory. */
struct list {
    struct list_entry *memory; /* [room] */
    uint32_t first, count, room;
};

static inline struct list_entry *
waiting_at(const struct list *list, uint32_t at)
{
    return &list->memory[list->first + at];
}

/* Does A come before B: in order of (since, name)? */
bool waiting_before(const struct list_entry *a, const struct list_entry *b);

/* The person that ENTRY of a list for QUEUE stands for, or NULL when it is void. */
struct person *waiting_person(const struct site *sites, const struct list_entry *entry,
                              enum queue_kind queue);

/* Put the person of SLOT at SITE in; nearly all come last. Without memory the engine stops. */
void waiting_add(struct list *list, struct site *sites, struct site *site, uint32_t slot,
                 enum queue_kind queue);

/* Of the first UPTO entries only the first KEPT stay. */
void waiting_keep(struct list *list, uint32_t kept, uint32_t upto);

/* Drop the void ones of the first UPTO entries. */
void waiting_clean(struct list *list, uint32_t upto, const struct site *sites,
                   enum queue_kind queue);

#endif
