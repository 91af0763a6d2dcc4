#ifndef ANALYSIS_SUMMARY_H
#define ANALYSIS_SUMMARY_H
/* A selection of a variable in numbers that fit a screen: estimates over replications by calendar
 * year, and by the columns of a picture. */

#include "statistics.h"
#include "view.h"

struct summary {
    size_t replications, cells;
    struct view_periods years, columns;
    struct estimate *year;   /* [years][cells] */
    struct estimate *column; /* [columns][cells]; sums are those of a row, not of a column */
};

/* COLUMNS: of the picture, at most. To be freed either way. */
int summary_read(struct summary *summary, const struct view *view, const struct view_pick *pick,
                 size_t columns, struct error *err);
void summary_free(struct summary *summary);

#endif
