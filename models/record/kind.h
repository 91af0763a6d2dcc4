#ifndef MODELS_RECORD_KIND_H
#define MODELS_RECORD_KIND_H
/* How the values of a series come about, as a row of functions for each kind (series.h: what it is
 * of). */

#include "series.h"

#include "models/places/site.h"

/* A variable of the result. Values are means, quotients or counts; what they are taken from is
 * summed up exactly, in whole person-ticks and events. */
struct kept {
    struct variable variable;
    uint32_t columns, width, parts; /* 1, regions or facilities; values of each; totals */
    int first;                      /* level, flow, ratio or total */
    wide *before;                   /* [columns][parts]: totals at the end of the row before */
    float *mean;                    /* [rows][columns][width]; or */
    int64_t *count;                 /* the same, of a series of whole numbers */
};

/* The nation, a region or a facility at the end of a row. */
struct moment {
    const struct model *model;
    const struct tally *counts;
    const int64_t *crowding; /* persons above capacity, by part */
    uint32_t number;         /* of the region or facility; 0 */
    ticks now;
};

enum parts { NO_PARTS, PART_EACH, PARTS_OF_QUOTIENT };

struct recorded_kind {
    /* Totals behind the values: one for each, or two of which they are the quotient. */
    enum parts parts;

    /* The PART-th total since the start: person-ticks, ticks or events, modulo 2^64. */
    uint64_t (*total)(const struct kept *kept, uint32_t part, const struct moment *moment);

    /* The value of a total's gain BY in a row of so many DAYS; NULL: it is the gain. */
    float (*value)(int64_t by, double days);

    /* What is so at the end of the row, where no total stands behind it. */
    int64_t (*point)(const struct kept *kept, uint32_t k, const struct moment *moment);
};

extern const struct recorded_kind recorded_kinds[OF_KINDS];

#endif
