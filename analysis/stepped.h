#ifndef ANALYSIS_STEPPED_H
#define ANALYSIS_STEPPED_H
/* Has an outcome changed where houses have opened? Regions in which they open one after the other
 * are compared with those in which none is open yet, period by period (a stepped wedge). What would
 * have been without houses is a level of each region and one of each period, by least squares over
 * the periods in which a region has none; the change is by how much the outcome under houses is
 * beyond that (Borusyak, Jaravel and Spiess 2024). No region that has houses already stands in for
 * one that has none, so an effect that grows does not turn against itself; periods in which all
 * have houses say nothing.
 *
 * The usual standard error is wrong where what comes in a region one year hangs together with the
 * next (Bertrand, Duflo and Mullainathan 2004) or where regions are few, so none is used: the
 * change is held against those that would have been found had the same openings fallen to the
 * regions in another order (randomisation inference; Fisher 1935, Wang and De Gruttola 2017).
 * Where lots decided which region opens when, that errs no more often than it says, whatever the
 * outcome is like. */

#include "sim/engine/stream.h"

#include <stddef.h>

#define STEPPED_ALL   7    /* regions of which all orders are looked at */
#define STEPPED_DRAWN 1999 /* orders that are drawn of more regions, beside the one that came */
#define STEPPED_MOST  256  /* regions */

enum stepped_direction { STEPPED_EITHER, STEPPED_LESS, STEPPED_MORE };

/* What was seen, each row a region. A region that has had houses has them from then on. All is the
 * caller's. */
struct stepped {
    size_t regions, periods;
    double *outcome;  /* [regions][periods] */
    double *exposure; /* [regions][periods]: share of the period for which houses were open, 0..1;
                         stepped_change makes of it what a unit of outcome there adds */
    double *pair;     /* [regions][regions], filled by stepped_change: what the outcome of a region
                         and the openings of another would add to the change */
    double *level;    /* [regions + periods]: room */
};

/* The change of the outcome in a period under houses, in its unit; NaN: there is no period in which
 * a region has houses and another has none, both having had none before. Takes the means of its
 * rows off the outcome. */
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
