#ifndef MODELS_OFFICE_CALENDAR_H
#define MODELS_OFFICE_CALENDAR_H
/* The calendar of a replication, for the facilities of a region: what changes there on a day. It
 * begins as the plan's; what happens in the replication may add to it. */

#include "models/plan/plan.h"

#include <stddef.h>

struct calendar {
    struct calendar_plan *row; /* [rows]: by day, facility and kind, as the plan's */
    uint32_t rows, done;       /* done: carried out */
    size_t room;
};

/* The calendar of REGION of PLAN, at its beginning; false: no memory. */
MUST_CHECK bool calendar_create(struct calendar *calendar, const struct plan *plan,
                                uint32_t region);

/* Make room for the rows of PLAN, of which there are more where a date that is drawn falls into the
 * run; false: no memory. */
MUST_CHECK bool calendar_fit(struct calendar *calendar, const struct plan *plan, uint32_t region);

/* As at the beginning of a replication: the plan's rows, none carried out. */
void calendar_reset(struct calendar *calendar, const struct plan *plan, uint32_t region);
void calendar_free(struct calendar *calendar);

/* Add ROW, which is carried out on its day; where that is past, with the next rows that are due.
 * False: no memory, and nothing is added. */
MUST_CHECK bool calendar_add(struct calendar *calendar, const struct calendar_plan *row);

/* The next row up to DAY, which counts as carried out from then on; NULL: none is due. Good until a
 * row is added. */
const struct calendar_plan *calendar_next(struct calendar *calendar, int32_t day);

#endif
