#ifndef ANALYSIS_UNTIL_H
#define ANALYSIS_UNTIL_H
/* As many replications as a number needs to be known well enough: 'mean(floor_sleepers, 2030) +- 5
 * %'. They are run in stages, each as long as the variance so far says, until half the 95 %
 * interval is no more than asked (a sequential procedure: Chow and Robbins 1965; Law 2015, 9.4.1).
 * The stages do not depend on threads. A stop that looks at the data covers a little less than 95 %
 * where few replications are enough; the first look is at UNTIL_FIRST. */

#include "address.h"

#include "models/scenario/scenario.h"

#include "sim/base/error.h"
#include "sim/result/journal.h"
#include "sim/result/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNTIL_FIRST 40   /* replications, or draws */
#define UNTIL_SAME  200  /* that all have the same value, before it is believed */
#define UNTIL_MOST  1000 /* replications, unless it is said */

struct until {
    struct address address;
    double width;    /* half of the interval */
    bool relative;   /* width is per cent of the mean */
    uint64_t most;   /* replications */
    uint64_t chance; /* replications that share a draw */
    double *value;   /* [looked]: by replication */
    size_t looked, room;
    double mean, half; /* out: as of the last look */
    bool reached;      /* out */
};

/* BAD_INPUT: TEXT is no 'mean(...) +- NUMBER [%]'. To be freed either way. */
MUST_CHECK int until_read(struct until *until, const char *text, struct error *err);
void until_free(struct until *until);

/* Is there such a number in what SCENARIO's runs keep? BAD_INPUT; NO_MEMORY. */
MUST_CHECK int until_check(const struct until *until, const struct scenario *scenario,
                           struct error *err);

/* How many replications a run begins with. */
uint64_t until_first(const struct until *until);

/* How many of them to have next, after N with HALF the interval where WIDTH is asked: at least
 * N + 1, at most twice N, and never more than MOST; a multiple of CHANCE where that is below. N:
 * enough. */
uint64_t until_next(uint64_t n, double half, double width, uint64_t chance, uint64_t most);

/* What struct run calls as `more`, with struct until as its context. */
MUST_CHECK int until_more(void *until, struct journal *journal, const struct layout *layout,
                          uint64_t *last, struct error *err);

#endif
