#ifndef SIM_AXIS_H
#define SIM_AXIS_H
/* What a variable of a result runs over: its rows of time with their dates, or entries with labels.
 * Each axis is read once, however many variables have it. */

#include "sim/base/error.h"
#include "content.h"

#include <stddef.h>
#include <stdint.h>

/* Either dates or labels. */
struct store_axis {
    const char *name; /* of the dimension; "": the file does not say */
    size_t size;
    const int32_t *begins;    /* of rows of time: [size + 1], days since 1970-01-01; the last is the
                                 end of the last row */
    const char *const *label; /* of anything else: [size] */
};

/* The axes of a result, as they are asked for. All zeros to begin with. */
struct axes {
    struct axis_row **row;
    size_t rows, room;
};

/* The axis of SIZE entries called NAME. IS_TIME: it is one of rows unless it has labels, which
 * begin where its coordinate says, or where that is missing on day 0, 1, 2 ...; else its labels are
 * those of the coordinate, or its numbers, or 1, 2, 3. NULL: no memory. It holds as long as CONTENT
 * and until axes_free. */
MUST_CHECK const struct store_axis *axes_find(struct axes *axes, const struct content *content,
                                              const char *name, size_t size, bool is_time);
void axes_free(struct axes *axes);

#endif
