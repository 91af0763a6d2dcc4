#ifndef MODELS_SERIES_H
#define MODELS_SERIES_H
/* The series table: what a result holds, one row a series, with its definition. A new series is one
 * row, and one of labels.c. Result files, `explain` and reports draw from it. */

#include "models/plan/plan.h"

#include "sim/result/layout.h"

#include <stdbool.h>

/* What a value is: the mean of a level, a quotient of two, events counted, time added up (days), or
 * what is so at the row's end. */
enum series_of {
    OF_LEVEL,
    OF_THOUSANDTHS, /* a level that is kept in thousandths */
    OF_RATIO,
    OF_ABOVE,
    OF_FLOW,
    OF_DURATION,
    OF_CROWDING,
    OF_MEASURE,
    OF_COST, /* whole euro: a level of cents a day, or a flow of cents */
    OF_MEASURE_COST,
    OF_DRIFT,
    OF_FEEDBACK,
    OF_EVALUATION,
    OF_PROJECT,
    OF_PROJECT_FLOW,
    OF_PEAK,
    OF_NOON,
    OF_TOTAL,
    OF_PARAMETER, /* what was drawn for the replication: beside time */
    OF_KINDS
};

enum series_over {
    OVER_NOTHING,
    OVER_STATUS,
    OVER_NEED,
    OVER_LEVEL,
    OVER_EXIT,
    OVER_DESK,
    OVER_PART,
    OVER_MEASURE,
    OVER_DRIFT,
    OVER_FEEDBACK,
    OVER_STAGE,
    OVER_PARTY,
    OVER_PHASE,
    OVER_CLASS,
    OVER_PARAMETER,
    OVER_TIMES,
    OVER_KIND,
    OVER_REGIME,
    OVERS
};

/* Level sums that are divided by one another. */
enum ratio {
    RATIO_OCCUPANCY,
    RATIO_FELT,
    RATIO_MATCH,
    RATIO_SMALL,
    RATIO_PUBLIC,
    RATIO_ABSENT,
    RATIO_HELD,
    RATIOS
};
struct ratio_rule {
    int above, aboves, below, belows; /* first levels and how many follow */
    double scale;
};
extern const struct ratio_rule ratio_rules[RATIOS]; /* of RATIO_FELT: below and scale */

struct series {
    const char *name;
    enum series_of of;
    int first; /* level, flow, ratio or total; the first of those it runs over */
    enum series_over over;
    bool nation, region, facility; /* where it may be kept */
    /* Does PLAN have the mechanism that it is of? Where not, a result lacks it. NULL: it is of no
     * mechanism. */
    bool (*there)(const struct plan *plan);
    const char *units; /* a word for a person; results have UDUNITS' besides */
    const char *definition;
};

extern const struct series series_table[];
extern const size_t series_count;

/* The row called NAME, or NULL. */
const struct series *series_find(const char *name);

/* Where in a tally of PLAN the level, flow, ratio or total of SERIES stands, or the first of them.
 */
int series_first(const struct plan *plan, const struct series *series);

/* The name of the series that FLOW of PLAN is counted for; NULL: none is. */
const char *series_of_flow(const struct plan *plan, int flow);

/* Does SERIES run over time? Else it has one row, beside time. */
bool series_is_timed(const struct series *series);

/* Is SERIES kept as whole numbers? */
bool series_is_whole(const struct series *series);

/* A fault for every name in KEEP, rows of `record:`, that no series has, or none of the place. */
void series_check(const struct objects *keep, struct faults *faults);

/* A variable of a result: a series of the nation, of each region or of each facility. */
struct variable {
    const struct series *series;
    uint8_t scope; /* enum keep_scope */
};

/* The variables that PLAN keeps, in the order of its layout: at most 3 * series_count; their
 * number. */
size_t series_variables(const struct plan *plan, struct variable *variables);

/* How many values SERIES has at a time, of one facility say: 1, or as many as what it runs over. */
size_t series_width(const struct plan *plan, const struct series *series);

/* The layout of a plan's result. Everything in it is freed by series_layout_free. */
MUST_CHECK int series_layout(struct layout *layout, const struct plan *plan, struct error *err);
void series_layout_free(struct layout *layout);

#endif
