#ifndef ANALYSIS_VIEW_H
#define ANALYSIS_VIEW_H
/* A variable of a result as it is looked at: how a period's value comes from those of its rows
 * (cell_methods), which of its axes add up; and a selection of it, folded into periods of time.
 * Everything is read from the file, nothing is known by a series' name. */

#include "sim/result/store.h"

#include <stdbool.h>

/* How the values of a row came about, and so how those of a period do: a mean over the rows' days,
 * a sum, the value at the last row, the largest, the smallest. What is or is not at each row's end,
 * and counts nothing (a measure in force), is a share of the rows: at the last one alone it would
 * say that a measure of the summer never was. */
enum view_method { VIEW_MEAN, VIEW_SUM, VIEW_POINT, VIEW_MAXIMUM, VIEW_MINIMUM, VIEW_SHARE };

#define VIEW_DIMENSIONS (LAYOUT_MOST_OF_REPLICATION - 1)

/* Holds as long as its store; of values in memory there is none (NULL). */
struct view {
    const struct store *store;
    const struct store_variable *variable;
    const char *units;             /* what is counted, or UDUNITS'; "" where the file has none */
    const struct store_axis *time; /* its rows */
    int dimensions;                /* beside time: places, legal statuses, exits */
    const struct store_axis *dimension[VIEW_DIMENSIONS];
    enum view_method method;
};

struct view view_of(const struct store *store, const struct store_variable *variable);

/* The same of a VARIABLE that is in no file; COUNTED: what its values are of, or NULL. */
struct view view_in_memory(const struct store_variable *variable, const char *counted);

/* VARIABLE's name without the place dimension in front: "population" of region_population. */
const char *view_base_name(const struct store_variable *variable);

/* The index of LABEL on AXIS (any case where nothing is written just so), or SIZE_MAX. */
size_t view_label(const struct store_axis *axis, const char *label);

/* Do the values of the labels of DIMENSION add up to something? Not those of percentages, quotients
 * and largest values, nor of levels: numbers, each of which holds those above it. */
bool view_adds_up(const struct view *view, int dimension);

/* What is taken of each dimension: one label by its index, the sum over them, or each. */
enum { VIEW_SUM_OVER = -1, VIEW_EACH = -2 };
struct view_pick {
    int of[VIEW_DIMENSIONS]; /* at most one is VIEW_EACH */
};
size_t view_cells(const struct view *view, const struct view_pick *pick);

/* Consecutive rows: period P has the rows first[P] .. first[P + 1] - 1. */
struct view_periods {
    size_t count;
    size_t *first; /* [count + 1] */
};

/* A period for each calendar year in which a row begins; or at most MOST of about equal length. */
MUST_CHECK int view_years(const struct view *view, struct view_periods *periods, struct error *err);
MUST_CHECK int view_bins(const struct view *view, size_t most, struct view_periods *periods,
                         struct error *err);
void view_periods_free(struct view_periods *periods);

/* Where the values go: value[replication][period][cell]; NaN where there is none. */
struct view_fold {
    const struct view_periods *periods;
    double *value;
};

/* Read every replication once, checked against its digests, and fold what PICK selects, as the
 * method says: a mean weighs each row with its days and leaves out rows without a value. The same
 * values for any number of the store's threads. */
MUST_CHECK int view_read(const struct view *view, const struct view_pick *pick,
                         const struct view_fold *folds, size_t count, struct error *err);

#endif
