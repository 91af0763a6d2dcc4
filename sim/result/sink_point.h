#ifndef SIM_SINK_POINT_H
#define SIM_SINK_POINT_H
/* The sink of one point of many: its replications side by side in memory, and all of them as one
 * entry of a journal when the last has come. Entries of such a journal are points, and its layout
 * has the replications as the first dimension of each variable (layout_of_points). */

#include "journal.h"
#include "sink.h"

/* Begin with the journal and the point; the rest zero. */
struct point_values {
    struct journal *journal; /* one point at a time appends */
    uint64_t point;
    const struct layout *layout; /* of a replication */
    uint64_t first;
    size_t replications;
    unsigned char **value; /* [variables][replications][layout_count], as the layout's types say */
    struct chunk *chunk;   /* [variables] */
    struct chunk_tools tools;
};

/* Bytes of the values of a replication, while its point is open. */
size_t point_values_bytes(const struct layout *layout);

/* Into VALUES, and from there into their journal. NO_MEMORY at the beginning; ENVIRONMENT at the
 * end: the entry cannot be written. */
struct sink sink_point(struct point_values *values);

/* Back to the journal and the point alone. */
void point_values_free(struct point_values *values);

#endif
