#ifndef ANALYSIS_INDICATOR_H
#define ANALYSIS_INDICATOR_H
/* The indicator table: what is asked of a result that is no series by itself, and which way is
 * better. A new indicator is one row. */

#include "fold.h"

#include <stddef.h>

#define INDICATOR_MOST_TERMS 6

/* A series, folded over a stretch of time. */
struct indicator_term {
    const char *series;
    const char *label; /* one of its labels; NULL: as the reader asks */
    enum fold_kind fold;
    double level; /* of the fold */
    enum fold_across across;
    int sign;      /* +1 or -1 above the line, +2 below it */
    bool optional; /* where a result lacks the series, it adds nothing */
};

/* scale * (sum of what is above the line) / (sum of what is below it, unless there is none)
 * + offset. */
struct indicator {
    const char *name, *label, *unit, *definition;
    int better;    /* +1: more is better, -1: less is, 0: neither */
    bool headline; /* compare shows it unasked */
    double scale, offset;
    struct indicator_term term[INDICATOR_MOST_TERMS];
};

extern const struct indicator indicator_table[];
extern const size_t indicator_count;

/* The row called NAME, or NULL. */
const struct indicator *indicator_find(const char *name);

#endif
