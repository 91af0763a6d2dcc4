#ifndef MODELS_MEASURES_SCOPE_H
#define MODELS_MEASURES_SCOPE_H
/* For whom a measure is, as its fields say; whether its kind has to do with a person is kind.h's.
 */

#include "models/places/site.h"

/* Is PERSON of SITE within what MEASURE says of status, class, need, sentence, region, offences and
 * residence? */
bool scope_holds(const struct site *site, const struct person *person,
                 const struct measure_plan *measure);

/* Is PERSON among those who take it up when the share UPTAKE does? The number that decides is the
 * person's own. */
bool scope_takes_up(const struct site *site, const struct person *person,
                    const struct measure_plan *measure, double uptake);

/* The moment from which on PERSON's time left is short enough, which may have passed; TICKS_NEVER
 * where it is too short. */
ticks scope_ripe(const struct person *person, const struct measure_plan *measure, ticks now);

#endif
