#ifndef ANALYSIS_TARGETS_H
#define ANALYSIS_TARGETS_H
/* What a calibration is asked for, as a file says: a scenario in which fields are uncertain, what
 * was observed, and how much is run. */

#include "models/scenario/fields/fields.h"
#include "models/scenario/scenario.h"

#include "sim/base/error.h"

/* A quantity that was observed. How it is taken from a replication: estimand.h. */
struct target_object {
    const struct node *node;
    const char *name, *series, *at, *under, *source;
    int estimator;
    int32_t from, until; /* NO_DATE: from the first day, to the last */
    double value, error, number, scale, offset;
};

struct targets_object {
    const struct node *node;
    const char *scenario;                 /* a file, seen from this one */
    int method;                           /* of method_table */
    int64_t members, replications, steps; /* members, steps: 0: as many as the method has */
    double accepted;
    struct objects targets;
};

/* The fields of that file. */
extern const struct object_type *const targets_fields_of_file;

/* The name of a target's estimator. */
const char *target_estimator(const struct target_object *target);

/* Read the file at PATH into TREE, which then owns its texts, and OUT. BAD_INPUT: FAULTS says what;
 * NO_MEMORY. The tree is to be freed either way. */
MUST_CHECK int targets_read(struct targets_object *out, struct tree *tree, const char *path,
                            struct faults *faults);

#endif
