#ifndef MODELS_PATHWAYS_EVALUATION_H
#define MODELS_PATHWAYS_EVALUATION_H
/* Screening that errs, and errs less the longer houses that report have been evaluated: with E
 * house-years (a house open for a year is one) the chance of an error is e1 + (e0 - e1) exp(-E /
 * E0). It is worked out at each midnight and holds for the day. */

#include "models/places/site.h"
#include "models/state.h"

/* What is kept of it, for series. */
enum evaluation_figure { EVALUATION_ERROR, EVALUATION_YEARS, EVALUATION_FIGURES };

/* Room for PLAN's; NULL: no memory. */
struct evaluation *evaluation_create(const struct plan *plan);
void evaluation_reset(struct model *model);
void evaluation_free(struct evaluation *evaluation);

/* The calendar has been carried out for SITE: a house may have opened or closed. */
void evaluation_follow(struct model *model, const struct site *site);

/* DAY begins, for the nation: what was learned until now. */
void evaluation_day(struct model *model, int32_t day);

/* Would PERSON do well in a house? Known to nobody: the number by which screening that never errs
 * finds who is suitable. */
bool evaluation_does_well(const struct site *site, const struct person *person);

/* Is PERSON found suitable, by screening that errs? */
bool evaluation_finds(const struct site *site, const struct person *person);

/* FIGURE (a chance, or house-years) added up over the time before DAY, in ticks. */
uint64_t evaluation_total(const struct model *model, enum evaluation_figure figure, int32_t day);

#endif
