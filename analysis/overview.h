#ifndef ANALYSIS_OVERVIEW_H
#define ANALYSIS_OVERVIEW_H
/* The series that a result is first looked at by, side by side. */

#include "summary.h"
#include "view.h"

/* A column: its series, and two words above it. */
struct overview_series {
    const char *series, *above, *below;
};

#define OVERVIEW_MOST 10

struct overview {
    size_t count;
    struct overview_column {
        const struct overview_series *series;
        struct view view;
        struct summary summary;
    } column[OVERVIEW_MOST];
};

/* The first MOST columns that the result keeps for PLACE (NULL: the nation); PLOT: of the picture,
 * at most. To be freed either way. */
MUST_CHECK int overview_read(struct overview *overview, const struct store *store,
                             const char *place, size_t most, size_t plot, struct error *err);
void overview_free(struct overview *overview);

/* Has a column a year without a value? */
bool overview_has_missing(const struct overview *overview);

#endif
