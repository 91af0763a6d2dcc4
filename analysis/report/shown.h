#ifndef ANALYSIS_REPORT_SHOWN_H
#define ANALYSIS_REPORT_SHOWN_H
/* What the report shows of results: a table of indicators and series, with what each is taken of.
 * A new number on the page is a row here. */

#include "analysis/frame.h"
#include "analysis/quantity.h"

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum shown_times { SHOWN_MONTHS = 1, SHOWN_YEARS = 2, SHOWN_WHOLE = 4 };

/* What is told of the futures: their mean, where they lie, and each of them for itself. */
enum shown_detail { SHOWN_MEAN = 0, SHOWN_BANDS = 1, SHOWN_FUTURES = 2 };

struct shown {
    const char *name; /* an indicator or a series */
    const char *over; /* each label of this axis; NULL: the nation */
    int times;        /* of shown_times, together */
    int detail;       /* of shown_detail, together: of months and years; a whole has bands always */
};

extern const struct shown shown_table[];
extern const size_t shown_count;

/* A number that is asked of all results. */
struct shown_ask {
    const struct shown *of;
    const char *label; /* of of->over; NULL: none */
};

struct shown_asks {
    struct shown_ask *ask;
    size_t count, room;
};

/* What FRAME [frames] can tell, each label once, in the order of the table and of the frames that
 * have it. NO_MEMORY. To be freed either way; labels are those of the frames. */
MUST_CHECK int shown_list(struct shown_asks *asks, const struct frame *frame, size_t frames,
                          struct error *err);
void shown_free(struct shown_asks *asks);

#endif
