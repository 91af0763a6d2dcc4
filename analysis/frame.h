#ifndef ANALYSIS_FRAME_H
#define ANALYSIS_FRAME_H
/* The variables of a result with their axes, wherever their values are: in a file, or in the memory
 * of a run. What is asked of a result is asked of its frame. */

#include "view.h"

#include "sim/base/error.h"
#include "sim/result/layout.h"
#include "sim/result/store.h"

#include <stdbool.h>
#include <stddef.h>

struct frame {
    struct view *view; /* [views]: those that run over time, in the order of the result */
    size_t views;
    int32_t from, until; /* days since 1970-01-01 that all rows together go from, and to before */
    /* Beside each facility, [facilities]; NULL where the result does not say so. */
    const char *const *facility_region, *const *facility_kind, *const *facility_counted;
    size_t facilities;
    struct frame_memory *memory; /* what was made for it, or NULL */
};

/* The frame of a result that is open, or of what a run will have; it holds as long as that does.
 * NO_MEMORY. To be freed either way. */
MUST_CHECK int frame_of_store(struct frame *frame, const struct store *store, struct error *err);
MUST_CHECK int frame_of_layout(struct frame *frame, const struct layout *layout, struct error *err);
void frame_free(struct frame *frame);

/* Does FRAME keep SERIES, of any place? */
bool frame_keeps(const struct frame *frame, const char *series);

/* The axis called AXIS of a variable of SERIES, or NULL. */
const struct store_axis *frame_axis(const struct frame *frame, const char *series,
                                    const char *axis);

#endif
