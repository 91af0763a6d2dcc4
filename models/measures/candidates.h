#ifndef MODELS_MEASURES_CANDIDATES_H
#define MODELS_MEASURES_CANDIDATES_H
/* People of one site whom a measure may take, the first of them in front: a heap in order of (key,
 * name), so that it does not matter who was put in first. Whoever leaves stays in it until looked
 * at; whether an entry still stands for a person is for its owner to say. */

#include "models/places/site.h"

struct candidate {
    ticks key, since; /* since when it has been waiting */
    struct stream_name name;
    uint32_t slot, step; /* of the person as it was put in */
};

struct candidates {
    struct candidate *memory; /* [room] */
    uint32_t count, room;
};

/* Does A come before B? */
bool candidate_before(const struct candidate *a, const struct candidate *b);

/* Put CANDIDATE of SITE in; without memory the engine stops. */
void candidates_push(struct candidates *candidates, struct site *site, struct candidate candidate);

/* Put it behind the others, where nobody asks for an order. */
void candidates_append(struct candidates *candidates, struct site *site,
                       struct candidate candidate);

/* Take the first out; there is one. */
struct candidate candidates_pop(struct candidates *candidates);

#endif
