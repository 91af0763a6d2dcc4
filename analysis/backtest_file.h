#ifndef ANALYSIS_BACKTEST_FILE_H
#define ANALYSIS_BACKTEST_FILE_H
/* What a back-test is asked for, as a file says: a scenario of the past, what was counted, from
 * which days to forecast, how far ahead, and what was known then. */

#include "models/scenario/fields/fields.h"
#include "models/scenario/scenario.h"

#include "sim/base/error.h"

/* A count of one day. */
struct backtest_count_object {
    const struct node *node;
    int32_t date;
    double value;
    const char *grade, *source;
};

enum backtest_knowledge { BACKTEST_KNOWN, BACKTEST_UNKNOWN };

struct backtest_object {
    const struct node *node;
    const char *scenario;    /* a file, seen from this one */
    const char *quantity;    /* population, with a status and a place where it is of those */
    int32_t from, to;        /* the first origin, and after which day there is none */
    int64_t every;           /* months from one origin to the next */
    struct numbers horizons; /* months, rising */
    int64_t replications;    /* of each origin */
    double oldest;           /* days before an origin that its last count may be */
    int laws, intake;        /* of later days */
    bool match;              /* intake_matches_stock */
    struct objects counts;
};

/* The fields of that file. */
extern const struct object_type *const backtest_fields_of_file;

/* Read the file at PATH into TREE, which then owns its texts, and OUT. BAD_INPUT: FAULTS says what;
 * NO_MEMORY. The tree is to be freed either way. */
MUST_CHECK int backtest_file_read(struct backtest_object *out, struct tree *tree, const char *path,
                                  struct faults *faults);

#endif
