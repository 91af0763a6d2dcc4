#ifndef MODELS_PEOPLE_MET_H
#define MODELS_PEOPLE_MET_H
/* Who is met in a phase on a random day: long stays are met more often, and so is what goes with
 * them. */

#include "person.h"

/* Who is met: of a class, in a phase, at home in a region. */
struct met {
    uint16_t class, phase;
    uint8_t region;
    bool fresh;                              /* at the beginning of the phase */
    const struct distribution *spent, *left; /* days, as counted; NULL: as on a random day */
};

/* One of the stock, found at time 0 on a random day as the balance of PLAN has it: by which way and
 * with how much custody, attributes that go with long stays, the time spent, what ends the phase
 * and when; or at the beginning of the phase, or with what is counted. False: nobody of the class
 * is ever there for a while, or nobody was found in a million tries. */
bool met_draw(struct person *person, const struct plan *plan, uint64_t replication,
              struct stream_name name, const struct met *met);

/* Is anybody of CLASS who comes to PHASE ever there for a while? Where hardly anybody comes the
 * balance does not say, and this is true. Where it is false, so is met_draw. */
bool met_may_last(const struct plan *plan, uint16_t class, uint16_t phase);

#endif
