#ifndef ANALYSIS_INDICATOR_H
#define ANALYSIS_INDICATOR_H
/* The indicator table: what is asked of a result that is no series by itself, and which way is
 * better. A new indicator is one row. */

#include "fold.h"

#include <stdbool.h>
#include <stddef.h>

#define INDICATOR_MOST_TERMS 6

/* A series, folded over a stretch of time. */
struct indicator_term {
    const char *series; /* NULL: no more terms */
    const char *label;  /* one of its labels; NULL: as the reader asks */
    enum fold_kind fold;
    double level; /* of the fold */
    enum fold_across across;
    bool houses;   /* of detention and transition houses alone, facility by facility */
    int sign;      /* of what is above the line: +1 or -1; 2: it is below */
    bool optional; /* where a result lacks the series, it adds nothing */
};

/* scale * (what is above the line) / (what is below it, unless nothing is). */
struct indicator {
    const char *name, *label, *unit, *definition;
    int better;    /* +1: more is better, -1: less is, 0: neither */
    bool headline; /* compare shows it unasked */
    double scale;
    struct indicator_term term[INDICATOR_MOST_TERMS];
};

extern const struct indicator indicator_table[];
extern const size_t indicator_count;

/* The row called NAME, or NULL. */
const struct indicator *indicator_find(const char *name);

#endif
