#include "split.h"

/* Threads that share one replication meet several times a window, which is worth it where a window
 * has enough to do. Of one thread's time two threads took, on two cores that others used as well:
 * Belgium (265 events a window expected) from half to seventeen times, a country of 20,000 people
 * (390) the same, of 100,000 people (1,900) 0.55, of a million (19,000) 0.5. */
#define EVENTS_WORTH_SHARING 1000.0

/* What N threads that share a replication are worth; replications side by side are worth N. */
static double
worth_shared(int threads)
{
    return 1 + 0.7 * (threads - 1);
}

enum split
split_choose(const struct plan *plan, int threads, uint64_t replications)
{
    double windows = (double)plan->end / (double)plan->round;

    return replications < (uint64_t)threads &&
                   plan->most_events / windows >= EVENTS_WORTH_SHARING &&
                   worth_shared(threads) > (double)replications
               ? SPLIT_PROCESSES
               : SPLIT_REPLICATIONS;
}

uint64_t
split_most_threads(const struct plan *plan, enum split split, uint64_t replications)
{
    return split == SPLIT_REPLICATIONS ? replications : plan->sites;
}
