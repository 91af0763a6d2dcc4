#ifndef MODELS_RECORD_RECORD_H
#define MODELS_RECORD_RECORD_H
/* What a replication leaves behind. Sites count over time as straight lines (site.h); at the end of
 * a row (a day of the nation, a month of a facility, as the scenario's `record:` says) each kept
 * variable takes the difference of its totals since the row before. */

#include "crowding.h"
#include "series.h"

#include "models/places/site.h"

/* A variable of the result. Values are means, quotients or counts; what they are taken from is
 * summed up exactly, in whole person-ticks and events. */
struct kept {
    struct variable variable;
    uint32_t places, width, parts; /* values of a place; totals behind them */
    int first;                     /* level, flow, ratio or total */
    wide *before;                  /* [places][parts]: totals at the end of the row before */
    float *mean;                   /* [rows][places][width]; or */
    int64_t *count;                /* the same, of a series of whole numbers */
};

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
