#ifndef ANALYSIS_ESTIMAND_H
#define ANALYSIS_ESTIMAND_H
/* A quantity that is taken from each replication of a run whose values are in memory: an estimator
 * of one or two series, added up. scenarios/published/README.md lists the estimators. */

#include "sim/base/error.h"
#include "sim/result/layout.h"
#include "sim/result/sink_memory.h"

#include <stddef.h>

struct estimand {
    const char *estimator;
    const char *series, *at; /* "a+b@entry"; the entry where none is said; "": all together */
    const char *under;       /* the series that it is divided by, or "" */
    double number, scale, offset;
    double from, until; /* days from the result's first on: rows that begin then; until 0: to the
                           end */
};

/* The variables that are needed, each once. All zeros to begin with. */
struct estimand_names {
    struct memory_choice *choice; /* [count] */
    size_t count, room;
};

/* Add those of ESTIMAND. NO_MEMORY. To be freed either way. */
int estimand_name(const struct estimand *estimand, struct estimand_names *names, struct error *err);
void estimand_names_free(struct estimand_names *names);

/* What was run: values of at least the variables that are needed, and how many days they are of. */
struct estimand_run {
    const struct memory *memory;
    const struct layout *layout;
    double days;
};

/* The value of each replication of RUN, into VALUE. As estimand_take, which adds them up. */
int estimand_each(const struct estimand *estimand, const struct estimand_run *run, double *value,
                  struct error *err);

/* The mean over the replications of RUN, and its standard error. BAD_INPUT: there is no such
 * series, entry or estimator; NO_MEMORY. */
int estimand_take(const struct estimand *estimand, const struct estimand_run *run, double *mean,
                  double *standard_error, struct error *err);

#endif
