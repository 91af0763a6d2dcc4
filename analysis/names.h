#ifndef ANALYSIS_NAMES_H
#define ANALYSIS_NAMES_H
/* Names that a result has: of series and of what they run over, each once, in the order of the
 * file.
 */

#include "sim/result/store.h"

#include <stdbool.h>
#include <stddef.h>

/* All zeros to begin with. The names are the store's, and hold as long as it. */
struct names {
    const char **name;
    size_t count, room;
};

/* Add the names of all series, without their places. False: no memory. */
MUST_CHECK bool names_add_series(struct names *names, const struct store *store);

/* Add the labels of the axis called AXIS, or of all axes but time where it is NULL, of the
 * variables of SERIES, or of all. False: no memory. */
MUST_CHECK bool names_add_labels(struct names *names, const struct store *store, const char *axis,
                                 const char *series);

/* Add the regions and the facilities. False: no memory. */
MUST_CHECK bool names_add_places(struct names *names, const struct store *store);

/* Is NAME one of them, in any case? */
bool names_have(const struct names *names, const char *name);

void names_free(struct names *names);

#endif
