#ifndef ANALYSIS_ATTRIBUTE_H
#define ANALYSIS_ATTRIBUTE_H
/* Each measure's share of what several bring together: overlays of one scenario, laid over it in
 * every set of them (shapley.h), in each replication with the same people. Values are whole numbers
 * of 2^-20 of their unit (of person-days: person-ticks), so that shares, interaction and total add
 * up exactly. */

#include "address.h"
#include "shapley.h"
#include "statistics.h"

#include "models/scenario/scenario.h"
#include "models/scenario/source.h"

#include "sim/base/error.h"
#include "sim/result/journal.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define ATTRIBUTE_UNITS  (INT64_C(1) << 20) /* of a value, in its unit */
#define ATTRIBUTE_ORDERS 100                /* beyond SHAPLEY_MOST_ALL overlays */

struct attribution {
    /* Of attribution_read. */
    struct scenario_source from; /* the base, and all overlays over it */
    struct scenario base;        /* its seed may be set after reading, its replications are not
                                    looked at */
    struct scenario all;         /* with all overlays: only to say which files were read */
    int64_t read_seed;           /* as the base says */
    char **name;                 /* [overlays]: as each calls itself, or its file */
    /* To be set after it. */
    const struct address *of; /* a mean */
    uint64_t first, last;     /* replications */
    size_t orders;            /* to be sampled; 0: ATTRIBUTE_ORDERS where there are more than
                                 SHAPLEY_MOST_ALL overlays, else all sets */
    int threads;
    const volatile sig_atomic_t *stop;
    void (*progress)(void *context, uint64_t done, uint64_t total); /* replications; or NULL */
    void *context;
    struct journal *journal; /* of attribution_identity, open; NULL: nothing is kept */
    /* Out. */
    uint64_t days;    /* simulated so far; to look at meanwhile */
    double days_each; /* of a replication, warm-up included */
    struct shapley shapley;
    size_t replications, draws;
    uint64_t *draw;            /* [replications]; NULL: each is of its own */
    int64_t *value;            /* [sets][replications] */
    size_t kept;               /* sets that were finished before */
    size_t finished;           /* sets, those among them */
    struct indicator measured; /* what is measured: name, label, unit, which way is better */
    struct window window;      /* days that it is of */
};

/* Read the base, all overlays together and each alone. BAD_INPUT: FAULTS says what, or where it has
 * no errors ERR: an overlay starts on another day, ends on another, has other people. To be freed
 * either way. */
MUST_CHECK int attribution_read(struct attribution *attribution, const struct scenario_source *from,
                                struct faults *faults, struct error *err);
void attribution_free(struct attribution *attribution);

/* Find the sets, and see that each overlay alone and all together have what is asked. */
MUST_CHECK int attribution_prepare(struct attribution *attribution, struct error *err);

/* What makes this run this run, for its journal; the caller frees it. NULL: no memory. */
char *attribution_identity(const struct attribution *attribution);

/* Simulate the sets that are not in the journal: the same values for any number of threads.
 * INTERRUPTED: those that are finished are in the journal. */
MUST_CHECK int attribution_run(struct attribution *attribution, struct error *err);

/* Estimates over draws of what an overlay brings, and of what is left when all such are taken from
 * the total (interaction), which is of all overlays less none. In the unit of what is measured. */
struct attributed {
    struct estimate alone, last, share;
    double sampling; /* standard error of the share that comes of sampling orders */
};

struct attribution_table {
    size_t overlays;
    struct attributed *overlay;                          /* [overlays] */
    struct estimate interaction_alone, interaction_last; /* total less the sum of them */
    struct estimate total, base, all;
};

/* Of a run that has ended well. NO_MEMORY; to be freed either way. */
MUST_CHECK int attribution_tell(const struct attribution *attribution,
                                struct attribution_table *table, struct error *err);
void attribution_table_free(struct attribution_table *table);

/* VALUE [count], which sum to TOTAL, in whole numbers of UNIT that sum to WHOLE of them: rounded
 * down, and what is left one each to those with the largest remainders (Hamilton's method). */
void attribution_round(const double *value, size_t count, double unit, int64_t whole, int64_t *out);

#endif
