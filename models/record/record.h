#ifndef MODELS_RECORD_RECORD_H
#define MODELS_RECORD_RECORD_H
/* What a replication leaves behind. Sites count over time as straight lines (counts.h); at the end
 * of a row (a day of the nation, a month of a facility, as the scenario's `record:` says) each kept
 * variable takes the difference of its totals since the row before. */

#include "crowds.h"
#include "kind.h"

/* Bytes that the values of PLAN's record take; below 0: no memory to tell. */
double record_bytes(const struct plan *plan);

/* The record of PLAN; NULL: no memory. */
struct record *record_create(const struct plan *plan);
void record_reset(struct model *model);
void record_free(struct record *record);

/* A day ends at NOW. What has changed is told to the region, and rows that end are written: of a
 * region and its facilities, then of the nation. */
void record_region(struct model *model, uint32_t region, ticks now);
void record_nation(struct model *model, ticks now);

/* The values of VARIABLE of the layout, layout_count of them. */
void record_values(const struct model *model, size_t variable, void *values);

/* VARIABLE as it is kept; NULL: there are not so many. */
const struct kept *record_kept(const struct model *model, size_t variable);

/* Of the last day on which crowding was kept: persons above capacity, by part. */
const int64_t *record_crowding(const struct model *model);

#endif
