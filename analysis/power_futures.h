#ifndef ANALYSIS_POWER_FUTURES_H
#define ANALYSIS_POWER_FUTURES_H
/* The futures of a plan, without an effect and with each: simulated into memory, and each as those
 * who evaluate would have counted it. */

#include "power_plan.h"

struct futures;

/* Simulate all. INTERRUPTED, NO_MEMORY; BAD_INPUT: there is no such outcome of a region. To be
 * freed either way. */
MUST_CHECK int futures_run(struct futures **futures, struct power *power, struct error *err);
void futures_free(struct futures *futures);

/* A future as it is counted; what it points to is the caller's. */
struct counted {
    double *value;        /* [outcomes of regions][windows]: where futures_place says */
    size_t *opened;       /* [regions]: the month in which a house opens; months: none does */
    double *house_months; /* [months]: houses open on some day of it that were not in the first */
    bool opens;           /* out: one of them */
};

/* Rows of `value`, and the first of OUTCOME: for each that it counts a row a region. */
size_t futures_rows(const struct power *power);
size_t futures_place(const struct power *power, size_t outcome);

void futures_take(const struct futures *futures, size_t effect, size_t replication,
                  struct counted *counted);

#endif
