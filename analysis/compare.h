#ifndef ANALYSIS_COMPARE_H
#define ANALYSIS_COMPARE_H
/* Results beside a base, paired by replication: what each indicator is, and by how much it differs.
 */

#include "indicator.h"
#include "pairing.h"
#include "quantity.h"
#include "statistics.h"
#include "window.h"

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <stdbool.h>
#include <stddef.h>

enum compare_times { COMPARE_WHOLE, COMPARE_YEARS, COMPARE_MONTHS };

/* What is asked for. */
struct compare_asked {
    const struct quantity_name *quantity; /* [quantities]; 0: the headlines of the table */
    size_t quantities;
    bool headlines;       /* those besides, in front, if any is kept */
    struct window window; /* cut to the results' days */
    enum compare_times times;
    const char *over; /* each label of this axis for itself: region, facility, group ...; or NULL */
};

/* One other result in one row. Intervals are of 95 %. */
struct compared {
    struct estimate other, difference;            /* other less base, by replication */
    double relative, relative_low, relative_high; /* per cent of the base's mean; NaN: none */
    double better, same; /* per cent of the futures in which it is better, or the same */
    double p, holm;      /* that the difference is nothing; the same among all rows (Holm 1979) */
    double gain; /* as many times more replications would do without common random numbers */
};

struct compare_row {
    struct indicator of;
    const char *label[QUANTITY_LABELS], *axis[QUANTITY_LABELS]; /* as in struct quantity_name */
    size_t labels;
    struct window window;
    struct estimate base;
    double base_largest;       /* of all in its quantity, for decimals */
    struct compared *compared; /* [others] */
};

/* What a person-day above capacity costs that is avoided: a ratio of means, Fieller's interval. */
struct compare_price {
    bool asked; /* the headlines are, of the nation, and the results keep what it takes */
    bool told;  /* and person-days surely fell, and cost surely changed */
    double euro, low, high;
};

struct comparison {
    size_t others, replications, draws;
    struct window whole;     /* what was asked for, cut to the results' days */
    struct compare_row *row; /* [rows] */
    size_t rows, room;
    size_t *paired; /* [others]: replications that the base shares with each, not with all */
    double gain, least_gain;     /* the median and the least of the rows'; NaN: nothing differs */
    struct compare_price *price; /* [others], over the whole window */
    const char *notes;           /* what the reader should know; "" for nothing */
    struct comparison_memory *memory;
};

/* Compare OTHERS with BASE. BAD_INPUT: they do not belong together (WRONG: which of others), or a
 * quantity is not there. NO_MEMORY. To be freed either way; the stores stay until then. */
MUST_CHECK int comparison_make(struct comparison *comparison, const struct store *base,
                               struct store *const *other, size_t others,
                               const struct compare_asked *asked, size_t *wrong, struct error *err);
void comparison_free(struct comparison *comparison);

#endif
