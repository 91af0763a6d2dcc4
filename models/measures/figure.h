#ifndef MODELS_MEASURES_FIGURE_H
#define MODELS_MEASURES_FIGURE_H
/* What a measure looks at: people over places, above capacity or beyond the beds, of the nation, a
 * region or a facility. */

#include "models/places/site.h"

struct figure {
    int64_t people, places; /* places: 1 where people alone are counted */
};

/* What SITE adds to it when so many of its people are GONE, and of places; 0: it is not looked at.
 */
int64_t figure_part(const struct site *site, const struct measure_plan *measure, int64_t gone);
int64_t figure_places(const struct site *site, const struct measure_plan *measure);

/* The figure of MEASURE. */
struct figure figure_of(const struct model *model, const struct measure_plan *measure);

/* Is FIGURE above LEVEL: passed, not reached? An occupancy without places is 0. */
bool figure_above(struct figure figure, double level);

/* Is it below? */
bool figure_below(struct figure figure, double level);

#endif
