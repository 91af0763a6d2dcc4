#ifndef MODELS_PEOPLE_STAY_H
#define MODELS_PEOPLE_STAY_H
/* How long a phase lasts and what follows it: one rule for those who live through it and for the
 * stock, which is found in the middle of it. */

#include "person.h"

/* What PERSON must have served when a phase that serves so much of the sentence ends. */
ticks stay_served_by(const struct person *person, uint8_t serve);

/* How long PHASE lasts for PERSON, who has served CUSTODY when it begins, without its clocks; below
 * 0: it is over. Where stays go by way, person->way says which. */
ticks stay_length(const struct person *person, const struct phase_plan *phase, ticks custody,
                  struct stream *stream);

/* The way on from PHASE, from 1 on, by U, uniform in [0, 1). */
uint8_t stay_way(const struct phase_plan *phase, double u);

/* What follows PHASE, where CLOCK has ended it (0: none of them has), by U. */
const struct target_plan *stay_follows(const struct phase_plan *phase, uint8_t clock, double u);

#endif
