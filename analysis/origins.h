#ifndef ANALYSIS_ORIGINS_H
#define ANALYSIS_ORIGINS_H
/* Where the numbers that a restart writes come from: what is to stand in the `sources` of the new
 * scenario. A count that is taken as it is has the grade of its source, A where that says none; one
 * that was spread over the stock is derived, B; what was not counted keeps the baseline's source.
 */

#include "counts.h"
#include "restock.h"

#include "models/scenario/numbers.h"

struct origin {
    char *path, *text;
    enum grade grade;
};

struct origins {
    const struct number_rows *baseline; /* its numbers, with their sources */
    struct origin *entry;
    size_t count, room;
    bool lost; /* one is missing, for want of memory */
};

/* PATH comes from what FORMAT says; of two for one path the first holds. */
void origins_add(struct origins *origins, const char *path, enum grade grade, const char *format,
                 ...) __attribute__((format(printf, 4, 5)));

/* PATH is what COUNTED counts, or (SPREAD) a part of it. */
void origins_add_count(struct origins *origins, const char *path, const struct counted *counted,
                       bool spread);

/* PATH follows from what the baseline has at FROM, and has its source, if there is one. */
void origins_add_kept(struct origins *origins, const char *path, const char *from);

/* The stock of RESTOCK, which COUNTS have made of the baseline's. */
void origins_add_stock(struct origins *origins, const struct restock *restock,
                       const struct counts *counts, const struct scenario *scenario);

void origins_free(struct origins *origins);

#endif
