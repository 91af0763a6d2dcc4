#ifndef ANALYSIS_SWEEP_DESIGN_H
#define ANALYSIS_SWEEP_DESIGN_H
/* The points of a sweep: a scenario, and at each point a value for every factor. A point is read as
 * `run --set` would read it: with each value as a line 'PATH: VALUE' laid over the scenario. The
 * scenario's files are read once: all points are of the same, whatever becomes of the files. */

#include "design_file.h"
#include "factor.h"
#include "sample.h"

#include "models/scenario/faults.h"
#include "models/scenario/scenario.h"
#include "sim/base/error.h"
#include "sim/result/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct design {
    struct design_object asked;
    struct tree tree;
    char *scenario; /* its path; NULL: it is not in a file */
    /* Where it is read from, and its files as they were when it was first read: only what a
     * factor's value names besides is looked for on the disk. */
    struct scenario_source from;
    struct scenario_text *text; /* [texts] */
    size_t texts;
    struct scenario base;  /* without a factor's value; keeps what the design says */
    struct scenario first; /* with the values of the first point */
    struct factor *factor;
    size_t factors;
    struct sample sample;     /* of all methods but list */
    const struct node **cell; /* of list: [points][factors] */
    size_t points;
    uint64_t seed; /* the scenario's */
    uint64_t replications;
};

/* Read the file at PATH, its scenario and that with the first point's values; ALLOW_OUTSIDE: both
 * may name files outside their folders. BAD_INPUT: FAULTS says what; ENVIRONMENT; NO_MEMORY. To be
 * freed either way, after FAULTS have been told, and not to be moved. */
MUST_CHECK int design_read(struct design *design, const char *path, bool allow_outside,
                           struct faults *faults, struct error *err);
void design_free(struct design *design);

/* The design that a part of a sweep was made of, from the texts in STORE; the scenario is not
 * looked at, but had SEED. As design_read. */
MUST_CHECK int design_within(struct design *design, const struct store *store, int64_t seed,
                             struct faults *faults, struct error *err);

/* Read the scenario of such a design, and that of its points from now on, from FROM, which must
 * stay. As design_read. */
MUST_CHECK int design_read_from(struct design *design, const struct scenario_source *from,
                                struct faults *faults);

/* Which quantile of FACTOR its value at POINT is, 0 to 1; of methods whose sample has u. Morris's
 * first and last level are 0 and 1, which in a distribution are values that hardly ever come: of
 * one each level is the middle of one of as many parts, all as likely, as in a grid. */
double design_quantile(const struct design *design, size_t point, size_t factor);

/* The value of FACTOR at POINT, as written. */
const char *design_value(const struct design *design, size_t point, size_t factor,
                         char text[FACTOR_TEXT]);

/* The seed of POINT: the scenario's, or its own. */
uint64_t design_seed(const struct design *design, size_t point);

/* Read the scenario at POINT, with its seed and what it keeps. Several threads at once. BAD_INPUT:
 * FAULTS says what. To be freed either way (scenario_free). */
MUST_CHECK int design_scenario(const struct design *design, size_t point, struct scenario *scenario,
                               struct faults *faults);

/* Write the line 'PATH: VALUE' of each factor of POINT that changes something, an end of line
 * behind each: what --set takes. Freed by the caller; NULL: no memory. */
char *design_lines(const struct design *design, size_t point);

#endif
