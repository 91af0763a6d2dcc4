#ifndef ANALYSIS_METHOD_H
#define ANALYSIS_METHOD_H
/* How a calibration moves its members: a table of methods, each a module of its own (smoother.h,
 * abc.h) behind four functions. Whoever runs the members knows none of them. */

#include "sim/base/error.h"
#include "sim/engine/stream.h"

#include <stdbool.h>
#include <stddef.h>

/* Why a method that may end before its last step ended. */
enum method_end {
    METHOD_STEPS,    /* all steps are done */
    METHOD_ACCEPTED, /* too few new members came near enough */
    METHOD_EXACT,    /* the tolerance is 0 */
    METHOD_STUCK,    /* all members are equally near to what was observed */
};

/* What abc says at its end; zero for other methods. */
struct method_report {
    enum method_end end;
    size_t steps, kept;
    size_t silent;                                /* targets that were the same in all members */
    double first, tolerance, accepted, effective; /* abc.h */
    double wider; /* by what factor the tolerance widens a target's standard deviation, at most */
};

/* The members of a calibration, as a method sees them. */
struct ensemble {
    size_t members, parameters, targets, replications, steps;
    double accepted;        /* abc ends where the share of new members that are kept is below */
    const double *observed; /* [targets] */
    const double *error;    /* [targets]: standard errors of what was observed */
    double *score;          /* [members][parameters], standard normal in the prior */
    double *outcome;        /* [members][replications][targets] */
    double *mean;           /* [members][targets]: over replications */
    double *chance;     /* [targets][targets]: covariance between the replications of one of those
                         * that were run last */
    size_t first, last; /* the members that are to be run: [first, last); all to begin with */
    bool done;
    struct method_report report;
    void *own; /* the method's */
};

struct method {
    const char *word;      /* as the file says */
    const char *stream;    /* what its random streams are called by */
    size_t members, steps; /* where the file does not say */
    bool ends_early;       /* it may end before its last step, and has a report */
    size_t (*fewest)(size_t parameters, size_t targets); /* members that it can do with */
    /* Members that are run in all, at most, the last run of all as they end included. */
    size_t (*runs)(size_t members, size_t steps);
    int (*open)(struct ensemble *ensemble, struct error *err);
    /* Members [first, last) have been run; move them, or say that it is done. STEP: from 0. */
    int (*step)(struct ensemble *ensemble, size_t step, struct stream *stream, struct error *err);
    /* Members have run as they ended: what is to be said; NULL: nothing. */
    void (*tell)(struct ensemble *ensemble);
    void (*close)(struct ensemble *ensemble);
};

/* Those that there are, and their words, NULL after the last, as the field `method` numbers them.
 */
extern const struct method method_table[];
extern const char *const method_words[];

#endif
