#ifndef SIM_TICKS_H
#define SIM_TICKS_H
/* Simulated time in whole ticks of 2^-20 day (82 ms), counted from the start of the run.
 * Sums and differences of times are exact, so no result depends on the order of additions. */

#include <stdint.h>

typedef int64_t ticks;

#define TICKS_PER_DAY ((ticks)1 << 20)
#define TICKS_NEVER   INT64_MAX
/* The longest time that is told apart from never: 4.3e9 days. Room is left for sums. */
#define TICKS_LONGEST ((ticks)1 << 52)

/* DAYS >= 0 to the nearest tick; anything longer than TICKS_LONGEST becomes TICKS_LONGEST. */
static inline ticks
ticks_from_days(double days)
{
    double scaled = days * (double)TICKS_PER_DAY;

    return scaled < (double)TICKS_LONGEST ? (ticks)(scaled + 0.5) : TICKS_LONGEST;
}

static inline double
ticks_to_days(ticks time)
{
    return (double)time / (double)TICKS_PER_DAY;
}

/* The whole day that TIME (>= 0) lies in. */
static inline int64_t
ticks_day(ticks time)
{
    return time >> 20;
}

#endif
