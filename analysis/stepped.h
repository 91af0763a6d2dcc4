#ifndef ANALYSIS_STEPPED_H
#define ANALYSIS_STEPPED_H
/* Has an outcome changed where houses have opened? Regions in which they open one after the other
 * are compared with each other, period by period (a stepped wedge). The change is that of least
 * squares with a level for each region and one for each period. Its usual standard error is wrong
 * where what comes in a region one year hangs together with the next (Bertrand, Duflo and
 * Mullainathan 2004) or where regions are few, so none is used: the change is held against those
 * that would have been found had the same openings fallen to the regions in another order
 * (randomisation inference; Fisher 1935, Wang and De Gruttola 2017). Where lots decided which
 * region opens when, that errs no more often than it says, whatever the outcome is like. */

#include "sim/engine/stream.h"

#include <stddef.h>

#define STEPPED_ALL   7    /* regions of which all orders are looked at */
#define STEPPED_DRAWN 1999 /* orders that are drawn of more regions, beside the one that came */
#define STEPPED_MOST  256  /* regions */

enum stepped_direction { STEPPED_EITHER, STEPPED_LESS, STEPPED_MORE };

/* What was seen, each row a region; all is the caller's. */
struct stepped {
    size_t regions, periods;
    double *outcome;  /* [regions][periods] */
    double *exposure; /* [regions][periods]: share of the period for which houses were open, 0..1 */
    double *pair;     /* [regions][regions], filled by stepped_change: what the outcome of a region
                         and the openings of another would add to the change */
};

/* The change of the outcome by a period under houses, in its unit; NaN: regions and periods explain
 * all openings. Takes the means of rows and columns off outcome and exposure. */
double stepped_change(struct stepped *panel);

/* How far SUM lies in DIRECTION. */
double stepped_score(enum stepped_direction direction, double sum);

/* The share of the orders that give a change at least as far in DIRECTION as the one that came
 * (which is among them), after stepped_change gave a number. Orders of more than STEPPED_ALL
 * regions are drawn from STREAM. */
double stepped_p(const struct stepped *panel, enum stepped_direction direction,
                 struct stream *stream);

/* The smallest share that stepped_p can give, whatever the outcome is. */
double stepped_least_p(const struct stepped *panel, enum stepped_direction direction);

#endif
