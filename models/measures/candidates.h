#ifndef MODELS_MEASURES_CANDIDATES_H
#define MODELS_MEASURES_CANDIDATES_H
/* People of one site whom a measure may take, the first of them in front: a heap in order of (key,
 * name), so that it does not matter who was put in first. Whoever leaves stays in it until looked
 * at: then the stamp of the slot is another one. Most are never taken, so an entry is small, and
 * nothing of a person is looked at to see that they have gone. */

#include "models/places/site.h"

struct candidate {
    ticks key, since; /* since when they have been waiting */
    uint64_t name;    /* a hash of it, which decides between equal keys */
    uint32_t slot, stamp;
};

/* The person of SLOT, in order of KEY, who has been waiting SINCE. */
static inline struct candidate
candidate_of(const struct site *site, uint32_t slot, ticks key, ticks since)
{
    const struct stream_name name = site->person[slot].name;

    return (struct candidate){key, since, name.source ^ name.number * 0x9e3779b97f4a7c15u, slot,
                              site->stamp[slot]};
}

/* Does CANDIDATE still stand for who was put in, in the same phase? */
static inline bool
candidate_stands(const struct site *site, const struct candidate *candidate)
{
    return site->stamp[candidate->slot] == candidate->stamp;
}

struct candidates {
    struct candidate *memory; /* [room] */
    uint32_t count, room;
};

/* Does A come before B? */
static inline bool
candidate_before(const struct candidate *a, const struct candidate *b)
{
    return a->key != b->key ? a->key < b->key : a->name < b->name;
}

/* Put CANDIDATE of SITE in; without memory the engine stops. */
void candidates_push(struct candidates *candidates, struct site *site, struct candidate candidate);

/* Put it behind the others, where nobody asks for an order. */
void candidates_append(struct candidates *candidates, struct site *site,
                       struct candidate candidate);

/* Take the first out; there is one. */
struct candidate candidates_pop(struct candidates *candidates);

#endif
