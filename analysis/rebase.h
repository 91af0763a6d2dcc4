#ifndef ANALYSIS_REBASE_H
#define ANALYSIS_REBASE_H
/* What else in a scenario hangs on the day it starts: intake before it, trends, laws, measures
 * that have begun or ended, a warm-up, projects. */

#include "counts.h"
#include "lines.h"
#include "origins.h"

#include "models/scenario/scenario.h"

struct rebase {
    const struct scenario *scenario;
    const struct counts *counts;
    bool match;              /* the intake is to follow the stock */
    bool later_unknown;      /* laws that come later are left out */
    struct lines *drop;      /* gets paths, a line of a list each, that an overlay is to drop */
    struct lines *set;       /* gets rows, path and value, that it is to set */
    struct lines *notes;     /* gets a line for each thing worth knowing */
    struct origins *origins; /* gets where what is set comes from */
};

/* Say what a start on the day of the counts changes. */
void rebase_tell(const struct rebase *rebase);

/* The warm-up of the new scenario, days: one where a measure takes people of the stock out in its
 * first round, so that the result begins behind it; else none. */
int rebase_warm_up(const struct rebase *rebase);

/* TEXT as a value or a key in YAML: as it is, or between quotes. */
void rebase_text(struct lines *to, const char *text);

/* NODE as YAML, in one line. */
void rebase_node(struct lines *to, const struct node *node);

#endif
