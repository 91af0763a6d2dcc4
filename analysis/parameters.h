#ifndef ANALYSIS_PARAMETERS_H
#define ANALYSIS_PARAMETERS_H
/* What was drawn for the replications of a result: a value of each field, beside time. */

#include "sim/result/store.h"

struct parameter {
    const char *field, *unit; /* unit: as the result has it, "" where it says none */
    double mean, spread;      /* over the draws; spread: standard deviation, NaN of a single one */
    double low, high;         /* one draw in ten is below, above */
};

struct parameters {
    struct parameter *parameter; /* [count] */
    size_t count;
    double *value; /* [count][draws], in the order of the replications */
    size_t draws;  /* replications; those that share a draw count each */
};

/* Is VARIABLE of this kind: with labels where others have time? */
bool parameters_are(const struct store_variable *variable);

/* Those of VARIABLE. Names hold as long as STORE. BAD_INPUT: values are damaged; NO_MEMORY. */
MUST_CHECK int parameters_read(struct parameters *parameters, const struct store *store,
                               const struct store_variable *variable, struct error *err);
void parameters_free(struct parameters *parameters);

#endif
