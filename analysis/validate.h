#ifndef ANALYSIS_VALIDATE_H
#define ANALYSIS_VALIDATE_H
/* Cases whose answer is known: run them, take the quantity from each replication, compare the mean
 * with what is expected by Student's t. All comparisons together fail by chance once in a thousand.
 */

#include "estimand.h"

#include "models/scenario/faults.h"
#include "models/scenario/node.h"

#include "sim/base/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct comparison {
    const char *case_name, *quantity, *unit, *source;
    struct estimand estimand; /* how it is taken */
    double expected, tolerance;
    double got, standard_error;
    double distance; /* (got - expected) / standard_error */
    size_t replications;
    bool done, holds;
};

struct validation {
    struct tree tree;
    char folder[4096];
    struct comparison *row;
    size_t rows;
    const volatile sig_atomic_t *stop; /* set: end soon; NULL: never */
};

/* Read FOLDER/cases.yaml and the table beside it. BAD_INPUT: FAULTS says what. Free either way. */
int validation_read(struct validation *validation, const char *folder, struct faults *faults);
void validation_free(struct validation *validation);

/* Run those of CASES (none: all), QUICK with a tenth of the replications but at least ten, and
 * judge. DONE is called after each case with its rows. Returns OK (judge by row[].holds), or what
 * failed; INTERRUPTED: it was stopped. */
int validation_run(struct validation *validation, const char *const *cases, size_t count,
                   bool quick, int threads, void (*done)(const struct comparison *row, size_t rows),
                   struct error *err);

#endif
