#ifndef ANALYSIS_SUMMARY_H
#define ANALYSIS_SUMMARY_H
/* A selection of a variable in numbers that fit a screen: estimates over replications by calendar
 * year (a table), and by the columns of a picture. */

#include "statistics.h"
#include "view.h"

struct summary_period {
    int32_t begin, end; /* days since 1970-01-01; the end is the day after the last */
    bool is_year;       /* from January to December; else what the result has of one */
};

/* A period for each of YEARS, rows of TIME, into *PERIOD, which the caller frees. NO_MEMORY. */
MUST_CHECK int summary_periods(const struct store_axis *time, const struct view_periods *years,
                               struct summary_period **period, struct error *err);

struct summary {
    size_t replications, cells;
    size_t draws;   /* 0: nothing is drawn for several replications together */
    uint64_t *draw; /* [replications]: of which draw each is; NULL where draws is 0 */
    struct view_periods years, columns;
    struct summary_period *period; /* [years] */
    struct estimate *year;         /* [years][cells]; what is never below zero has an interval
                                      that is not either */
    struct estimate *column;       /* [columns][cells]; sums are those of a row, not of a column */
    double largest;                /* mean of a year, without its sign */
    bool has_missing;              /* a replication has no value in some year */
    bool has_picture;              /* some column has a value */
};

/* COLUMNS: of the picture, at most. To be freed either way. */
MUST_CHECK int summary_read(struct summary *summary, const struct view *view,
                            const struct view_pick *pick, size_t columns, struct error *err);
void summary_free(struct summary *summary);

#endif
