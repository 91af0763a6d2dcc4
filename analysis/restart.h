#ifndef ANALYSIS_RESTART_H
#define ANALYSIS_RESTART_H
/* A scenario begun anew on the day of newer counts: an overlay that starts there, with the stock
 * scaled to them (restock.h) and what hangs on the start set right (rebase.h). */

#include "counts.h"
#include "lines.h"
#include "restock.h"

#include "models/scenario/faults.h"
#include "models/scenario/scenario.h"

#include "sim/base/error.h"

struct restart {
    const char *baseline, *table, *output; /* paths */
    bool match;                            /* intake_matches_stock */
    bool allow_outside;                    /* scenarios may name files outside their folder */
    const char *counted;                   /* the text of the table, which is no file; or NULL */
    bool later_unknown;                    /* laws that come later are left out */
    /* What comes out. */
    struct scenario scenario; /* the baseline */
    struct counts counts;
    struct restock restock;
    struct lines notes; /* of what is worth knowing */
    struct lines text;  /* the new scenario, a file at OUTPUT */
};

/* Read the baseline and the counts, and make and check the new scenario; only the paths and choices
 * of RESTART are given. BAD_INPUT: FAULTS says what; else what failed. Nothing is written. Free
 * either way. */
MUST_CHECK int restart_make(struct restart *restart, struct faults *faults, struct error *err);
void restart_free(struct restart *restart);

#endif
