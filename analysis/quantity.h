#ifndef ANALYSIS_QUANTITY_H
#define ANALYSIS_QUANTITY_H
/* What is measured in each future (replication): a series or an indicator, of a place or a label,
 * over a stretch of time. The same number from a result file and from a run in memory. */

#include "fold.h"
#include "frame.h"
#include "indicator.h"
#include "window.h"

#include "sim/base/error.h"
#include "sim/result/sink_memory.h"

#include <stdbool.h>
#include <stddef.h>

#define QUANTITY_LABELS 4

/* NAME of an indicator or of a series, and the LABELS of it (a region, a facility, a status ...)
 * in any order, at most QUANTITY_LABELS. */
struct quantity_name {
    const char *name;
    const char *const *label;
    size_t labels;
    const char *const *axis; /* [labels]: of what each is a label, or NULL; NULL: none is said */
};

/* A quantity of one frame, over WINDOWS. */
struct quantity {
    struct indicator of; /* the row of the table, or one that is made for a series */
    struct term term[INDICATOR_MOST_TERMS];
    bool there[INDICATOR_MOST_TERMS]; /* a term that is not there counts as nothing */
    bool *among;                      /* [facilities]: those that terms across them look at */
    size_t windows;
};

/* QUANTITY of FRAME over WINDOW [windows], which stay. BAD_INPUT: nothing in FRAME is called so
 * (and what is near), a label is in none of it, on
 * several axes or not on the axis that is said, it does not add up over what no label names, or a
 * window has no rows of it. NO_MEMORY. To be freed either way. */
MUST_CHECK int quantity_create(struct quantity *quantity, const struct frame *frame,
                               const struct quantity_name *name, const struct window *window,
                               size_t windows, struct error *err);
void quantity_free(struct quantity *quantity);

/* Read the COUNT quantities of one store, in the replications at INDEX [replications] of it (NULL:
 * the first ones), each variable once: VALUE[quantity][replication][window], NaN where there is
 * none. All quantities have the same windows. */
MUST_CHECK int quantities_read(const struct store *store, const struct quantity *quantity,
                               size_t count, const size_t *index, size_t replications,
                               double *value, struct error *err);

/* The value over one window from those OF_TERM [INDICATOR_MOST_TERMS], folded; NaN: none. */
double quantity_combine(const struct quantity *quantity, const double *of_term);

/* The choices of a memory sink that COUNT quantities need, QUANTITY_CHOICES of them at most for
 * each; they hold as long as the quantities. Their number. */
#define QUANTITY_CHOICES INDICATOR_MOST_TERMS
size_t quantities_choose(const struct quantity *quantity, size_t count,
                         struct memory_choice *choice);

/* The values of one replication of what quantities_choose has chosen, VALUE[quantity][window]. */
void quantities_take(const struct quantity *quantity, size_t count, const struct memory *memory,
                     uint64_t replication, double *value);

#endif
