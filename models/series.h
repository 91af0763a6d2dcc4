#ifndef MODELS_SERIES_H
#define MODELS_SERIES_H
/* The series table: what a result holds, one row a series, with its definition and labels. A new
 * series is one row. Result files, `explain` and reports draw from it. */

#include "model.h"

#include "sim/layout.h"

#include <stdbool.h>

enum series_of { OF_LEVEL, OF_FLOW, OF_CROWDING, OF_MEASURE, OF_PEAK };
enum series_over { OVER_NOTHING, OVER_STATUS, OVER_EXIT, OVER_DESK, OVER_PART, OVER_MEASURE, OVER_PHASE };

struct series {
    const char *name;
    enum series_of of;
    int first; /* level or flow; the first of those it runs over */
    enum series_over over;
    bool nation, region, facility; /* where it is kept */
    const char *units, *label_en, *label_nl, *label_fr, *definition;
};

extern const struct series series_table[];
extern const size_t series_count;

/* The layout of a plan's result. Everything in it is freed by series_layout_free. */
int series_layout(struct layout *layout, const struct model *model, struct error *err);
void series_layout_free(struct layout *layout);

/* The values of VARIABLE after a replication; room for layout_count of them. */
void series_values(const struct model *model, const struct layout *layout, size_t variable,
                   void *values);

#endif
