#ifndef ANALYSIS_TIDY_H
#define ANALYSIS_TIDY_H
/* A variable as observations: one value each, with all that it belongs to. */

#include "view.h"
#include "window.h"

#include "sim/base/error.h"

#include <stddef.h>
#include <stdint.h>

enum tidy_times { TIDY_ROWS, TIDY_MONTHS, TIDY_YEARS };

struct observation {
    uint64_t replication;
    struct window days;                 /* that it is of */
    const char *label[VIEW_DIMENSIONS]; /* of each dimension of the view */
    double value;                       /* NaN: none */
};

/* Give each observation of VIEW's variable to VISIT (which returns a status, and may end it so),
 * replication by replication, in the order of time and labels: of its rows as they are kept, or
 * folded by TIMES as the variable says. Reads one replication at a time. BAD_INPUT: the file is
 * damaged, or kept in longer rows than TIMES; NO_MEMORY. */
MUST_CHECK int tidy_each(const struct view *view, enum tidy_times times,
                         int (*visit)(void *context, const struct observation *observation),
                         void *context, struct error *err);

/* How many that are. */
double tidy_count(const struct view *view, enum tidy_times times);

#endif
