#ifndef ANALYSIS_FOLD_H
#define ANALYSIS_FOLD_H
/* The rows of one variable in one replication, folded into one number for each stretch of time. */

#include "view.h"
#include "window.h"

#include "sim/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* How rows become a number. Rows without a value are left out. */
enum fold_kind {
    FOLD_OWN,  /* as the variable says: mean over days, sum, last, largest, smallest, share */
    FOLD_DAYS, /* the value times the days of its row, added up: person-days */
    FOLD_SHARE_ABOVE,  /* per cent of the days with a value above LEVEL */
    FOLD_MONTHS_ABOVE, /* calendar months whose mean is above LEVEL */
    FOLD_QUANTILE,     /* the least value that at least LEVEL (0..1) of the days lie at or below */
    FOLD_MOST,         /* the largest of the rows */
    FOLD_SPELL,        /* days of the longest unbroken stretch above LEVEL */
    FOLD_FIRST, /* days from the first row of the window to the first above LEVEL; NaN: there is
                   none */
    FOLD_KINDS
};

/* How the cells of a row become its value. */
enum fold_across {
    ACROSS_SUM,   /* of what is picked, the sum over the rest */
    ACROSS_RANGE, /* the largest less the smallest of those that have a value */
    ACROSS_GINI,  /* Gini's coefficient of them: the mean difference of two over twice the mean */
};

/* A variable's rows and what is made of them. */
struct term {
    struct view view;
    struct view_pick pick;
    const bool *among; /* [entries of the first dimension]: those that count; NULL: all */
    enum fold_kind fold;
    enum fold_across across;
    double level;
    const struct window *window; /* [windows] */
    size_t windows;
    size_t *first; /* [windows][2]: the first row that begins in a window, and the one behind it */
};

/* Find the rows of each window: those that begin in it, as everywhere. BAD_INPUT: a window has no
 * rows, or a row of more than a week lies partly in it. NO_MEMORY. To be freed either way. */
MUST_CHECK int term_prepare(struct term *term, struct error *err);
void term_free(struct term *term);

/* VALUES of the variable in one replication, [rows][cells of a row], into KEPT [windows]; NaN where
 * nothing has a value. */
void term_fold(const struct term *term, const double *values, double *kept);

#endif
