#ifndef MODELS_RECORD_CROWDS_H
#define MODELS_RECORD_CROWDS_H
/* Why people are above capacity on a day: for want of places, in places of the wrong kind, because
 * somebody else's decision is on its way, or in the wrong place (domain: shortage, wrong type,
 * delay, wrong place). */

#include "crowding.h"

#include "models/places/site.h"

struct crowds {
    int64_t part[CROWDING_PARTS]; /* persons; they add up to all above capacity */
    struct crowding network;
};

/* False: no memory. */
MUST_CHECK bool crowds_create(struct crowds *crowds, const struct plan *plan);
void crowds_free(struct crowds *crowds);

/* As the sites of MODEL stand now. */
void crowds_find(const struct model *model, struct crowds *crowds);

#endif
