#ifndef MODELS_MEASURES_MEASURE_H
#define MODELS_MEASURES_MEASURE_H
/* Measures that relieve: in force by dates, or switched on above one occupancy and off below
 * another. A decision takes effect after its notice; then it reaches those inside, those who begin,
 * or both. What it does to a person is its kind's (kind.h). */

#include "models/places/site.h"

/* The measures of PLAN; NULL: no memory. */
struct measures *measures_create(const struct plan *plan);
void measures_reset(struct model *model);
void measures_free(struct measures *measures);

/* Look at what dates and occupancy ask for on DAY; what is decided takes effect after its notice.
 */
void measure_review(struct model *model, int32_t day, ticks now);

/* The first measure that is on and may hold for SLOT does, unless one holds already. BEGINNING: the
 * phase begins now. */
void measure_apply(struct site *site, uint32_t slot, ticks now, bool beginning);

/* The phase of SLOT ends at NOW: where a measure holds, what is counted of it is counted. */
void measure_ended(struct site *site, uint32_t slot, ticks now);

/* 1 while measure NUMBER is on, over time. */
const struct line *measure_in_force(const struct model *model, uint32_t number);

#endif
