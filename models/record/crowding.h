#ifndef MODELS_CROWDING_H
#define MODELS_CROWDING_H
/* How many of the people above capacity could move at once to a free place that accepts them: a
 * maximum flow from crowded facilities through groups of alike people to facilities with room (Ford
 * and Fulkerson 1956, after a greedy start). */

#include "sim/base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum crowding_part {
    CROWDING_SHORTAGE,
    CROWDING_WRONG_TYPE,
    CROWDING_DELAY,
    CROWDING_WRONG_PLACE,
    CROWDING_PARTS
};

struct crowding {
    uint32_t from, groups, to;
    int64_t *surplus; /* [from]: persons above capacity */
    int64_t *people;  /* [from][groups]: persons of each group there */
    int64_t *room;    /* [to]: free places */
    uint8_t *accepts; /* [groups][to] */
    int64_t *move;    /* [from][groups]: the flow */
    int64_t *take;    /* [groups][to] */
    uint8_t *seen;    /* [from + groups]: by this search, or by one in vain */
    uint32_t *visit;  /* [visits]: by this one, in order */
    uint32_t visits;
    uint32_t *kind; /* [to]: the caller's own numbers */
    uint32_t most;  /* facilities that there is memory for */
};

/* Memory for up to MOST facilities on either side and GROUPS groups; false: none. */
MUST_CHECK bool crowding_create(struct crowding *crowding, uint32_t most, uint32_t groups);
void crowding_free(struct crowding *crowding);

/* The largest flow for the people, room and accepts given, starting from no flow. */
int64_t crowding_flow(struct crowding *crowding);

/* The largest flow when only groups with USABLE[g] take part, on top of the flow that
 * is there. */
int64_t crowding_flow_of(struct crowding *crowding, const bool *usable);

#endif
