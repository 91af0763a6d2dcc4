#ifndef MODELS_MEASURES_FORCE_H
#define MODELS_MEASURES_FORCE_H
/* When a measure is in force: by its dates, or above one figure until below another, after its
 * notice. */

#include "models/places/site.h"

/* What became of a measure at a review. */
enum measure_turn { MEASURE_AS_IT_WAS, MEASURE_WENT_ON, MEASURE_WENT_OFF };

/* Look at what dates and figures ask of measure NUMBER on DAY. What a figure decides takes effect
 * after the notice, and so does the first day where dates alone decide; the last needs none. One
 * that acts on facilities has done so when this returns. */
enum measure_turn measure_review(struct model *model, uint32_t number, int32_t day, ticks now);

/* 1 while measure NUMBER is on, over time. */
const struct line *measure_in_force(const struct model *model, uint32_t number);

#endif
