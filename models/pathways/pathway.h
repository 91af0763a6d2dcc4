#ifndef MODELS_PATHWAYS_PATHWAY_H
#define MODELS_PATHWAYS_PATHWAY_H
/* What happens to a person: phases begin and end, places become free. Everything here happens at
 * its own moment inside one site; what needs another site is asked of the round. */

#include "models/places/site.h"

/* Begin PHASE at NOW for the person of SLOT, who may have to be somewhere else for it. */
void pathway_begin(struct site *site, uint32_t slot, uint16_t phase, ticks now);

/* SLOT leaves by EXIT, for good. */
void pathway_release(struct site *site, uint32_t slot, uint16_t exit, ticks now);

/* Somebody at the door of one facility: it crowds, refuses or lets wait. */
void pathway_arrive_at_facility(struct site *site, struct traveller *who, ticks now);

/* The unit in which SLOT's next phase should happen refuses: what follows instead begins. */
void pathway_divert(struct site *site, uint32_t slot, ticks now);

/* There may be more places than before: who waits at the door is admitted as far as there is room.
 */
void pathway_open_door(struct site *site, ticks now);

/* The facility has closed: who waits at its door is turned away, first come first. */
void pathway_clear_door(struct site *site, ticks now);

/* PERSON has left a place of SITE: it stays empty for the hand-off, or the next at the door takes
 * it. */
void pathway_place_left(struct site *site, const struct person *person, ticks now);

/* Ask the office for what SLOT is due to: a prison for sentences, a centre, a house. */
void pathway_consider(struct site *site, uint32_t slot, ticks now);

/* SLOT, one of the stock, begins in the middle of its phase. */
void pathway_settle_stock(struct site *site, uint32_t slot, ticks now);

/* The events: a phase ends, a postponed sentence lapses, a place is ready for the next, somebody
 * has come home. */
void pathway_on_phase(struct lp *lp, const struct event *event);
void pathway_on_lapse(struct lp *lp, const struct event *event);
void pathway_on_hand_off(struct lp *lp, const struct event *event);
void pathway_on_settle(struct lp *lp, const struct event *event);

/* PAYLOAD, a traveller, has come home: counted from the moment of leaving on. The slot. */
uint32_t pathway_receive(struct lp *lp, const void *payload);

#endif
