#ifndef ANALYSIS_STOCK_TABLE_H
#define ANALYSIS_STOCK_TABLE_H
/* The stock of a scenario as a table that counts are spread over, and rows and sums that come out.
 */

#include "counts.h"
#include "lines.h"
#include "spread.h"

#include "models/scenario/check/known.h"
#include "models/scenario/scenario.h"

#include "sim/base/error.h"

struct restock_row {
    const struct stock_object *like; /* the row of the stock that it was; NULL: it is new */
    int status;
    const char *class, *phase, *region, *facility; /* NULL: not said */
    int64_t count;
};

/* People of a kind, in the stock and by the counts. */
struct restock_sum {
    const char *what;
    int64_t before, now;
};

/* The stock inside as a table of sites and statuses. A site is a facility; or, of rows that name no
 * facility, a region; or, of those that name no region either, the nation, which is in none. */
struct stock_table {
    struct scenario *scenario;
    const struct counts *counts_of;
    struct lines *notes; /* gets a line for each thing worth knowing */
    const struct stock_object *stock;
    size_t rows, facilities, regions, sites;
    struct known names;       /* of facilities */
    struct spread_site *site; /* [sites] */
    double *before, *weight;  /* [sites][STATUSES]; [sites or rows] */
    int64_t *people, *part;   /* [sites][STATUSES]; [sites or rows] */
    bool *told;               /* [sites][STATUSES] */
    struct spread_count *count;
    const struct counted **counted; /* [counts]: that each is of */
    size_t counts;
    size_t *cell;              /* [rows]: site * STATUSES + status; SIZE_MAX: not inside */
    size_t *order;             /* [rows]: by cell */
    int64_t *share;            /* [rows]: people of each row now */
    struct restock_row *extra; /* rows that the stock has not */
    size_t extras, extra_room;
    struct restock_sum *sum;
    size_t sums, sum_room;
};

/* Take the stock of SCENARIO; NO_MEMORY. Free either way; `sum` is the caller's. */
MUST_CHECK int stock_table_begin(struct stock_table *t, struct scenario *scenario,
                                 const struct counts *counts, struct lines *notes,
                                 struct error *err);
void stock_table_free(struct stock_table *t);

/* The facility that SITE is; NULL: it is none. */
const struct facility_object *stock_table_facility(const struct stock_table *t, size_t site);

/* Is SITE open on the day of the counts? */
bool stock_table_open(const struct stock_table *t, size_t site);

/* The number of the region NAME; the number of regions: none (NULL). */
size_t stock_table_region(const struct scenario *scenario, const char *name);

/* The phase of ROW, whose class and number are TARGET; NULL: it names none. */
const struct phase_object *stock_table_phase(const struct scenario *scenario,
                                             const struct stock_object *row, struct target *target);

/* Put ROW behind those of LIST, unless it counts nobody; NO_MEMORY. */
MUST_CHECK int stock_table_row(struct restock_row **list, size_t *count, size_t *room,
                               struct restock_row row, struct error *err);

/* One more sum; NO_MEMORY. */
MUST_CHECK int stock_table_sum(struct stock_table *t, const char *what, int64_t before, int64_t now,
                               struct error *err);

#endif
