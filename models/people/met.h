#ifndef MODELS_PEOPLE_MET_H
#define MODELS_PEOPLE_MET_H
/* Who is met in a phase on a random day: long stays are met more often, and so is what goes with
 * them. */

#include "person.h"

/* One of the stock, of CLASS, found in PHASE on a random day at time 0, as the balance of PLAN has
 * it: by which way and with how much custody, attributes that go with long stays, the time spent,
 * what ends the phase and when. FRESH: at its beginning. False: nobody of the class is ever there
 * for a while, or nobody was found in a million tries. */
bool met_draw(struct person *person, const struct plan *plan, uint64_t replication,
              struct stream_name name, uint16_t class, uint16_t phase, uint8_t region, bool fresh);

/* Is anybody of CLASS who comes to PHASE ever there for a while? Where hardly anybody comes the
 * balance does not say, and this is true. Where it is false, so is met_draw. */
bool met_may_last(const struct plan *plan, uint16_t class, uint16_t phase);

#endif
