#ifndef ANALYSIS_RANKED_H
#define ANALYSIS_RANKED_H
/* Which of what is not known of a result moves a number of it: each field that was drawn, and each
 * drift of the intake, by ranks (rank.h). */

#include "rank.h"

#include "sim/base/error.h"
#include "sim/result/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ranked_field {
    const char *name; /* as the result has it */
    bool drift;       /* of the intake: its mean until the day that was asked */
    struct rank rank;
    double holm; /* the chance that there is nothing, all fields together (Holm) */
};

struct ranked {
    bool told;                  /* false: nothing can be, and why is in the error */
    struct ranked_field *field; /* [count]: those that move the number most first, those that never
                                   vary last */
    size_t count;
    size_t draws;     /* with an outcome */
    double explained; /* share of the variance of the outcome's ranks that all fields together
                         explain, less what so many would by chance (adjusted R squared) */
};

/* Rank what is not known of STORE for OUTCOME [replications], drifts until UNTIL (days since
 * 1970-01-01, or later than the result ends). Names hold as long as STORE. OK too where nothing is
 * uncertain, draws are too few or the outcome never varies: then TOLD is false. BAD_INPUT: a value
 * is damaged; NO_MEMORY. To be freed either way. */
MUST_CHECK int ranked_make(struct ranked *ranked, const struct store *store, const double *outcome,
                           int32_t until, struct error *err);
void ranked_free(struct ranked *ranked);

#endif
