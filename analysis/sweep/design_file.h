#ifndef ANALYSIS_SWEEP_DESIGN_FILE_H
#define ANALYSIS_SWEEP_DESIGN_FILE_H
/* What a sweep is asked for, as a file says: a scenario, which of its fields vary and how, how many
 * points, and what is kept of each. */

#include "models/scenario/fields/fields.h"
#include "models/scenario/scenario.h"
#include "models/scenario/source.h"

#include "sim/base/error.h"

/* A field that varies: `to`, `times` or `plus` says how, as a path's value in `set:` would, with a
 * range "A..B", a list of values or a distribution of plain numbers in place of the value. */
struct factor_object {
    const struct node *node;
    const char *name; /* NULL: its path */
    const char *path; /* NULL: it changes nothing, and shows what chance alone makes */
    const struct node *to, *times, *plus;
    const char *step;
    const char *source; /* for readers; NULL: not given */
    int64_t levels;
    bool world;
};

enum design_seeds { DESIGN_COMMON, DESIGN_OWN };

struct design_object {
    const struct node *node;
    const char *scenario; /* a file, seen from this one */
    int method;           /* of sample_methods; SAMPLE_METHODS: the rows of list */
    int64_t points, replications, seed, levels;
    int seeds;
    struct objects record; /* struct keep_object, as the scenario's */
    struct objects factors;
    const struct node *list; /* of method list: rows of values, a factor a column */
};

/* The fields of that file. */
extern const struct object_type *const design_fields_of_file;

/* Read what FROM names into TREE, which then owns its texts, and OUT. BAD_INPUT: FAULTS says what;
 * NO_MEMORY. The tree is to be freed either way. */
MUST_CHECK int design_file_read(struct design_object *out, struct tree *tree,
                                const struct scenario_source *from, struct faults *faults);

#endif
