#ifndef MODELS_PATHWAYS_DESK_H
#define MODELS_PATHWAYS_DESK_H
/* Procedures that wait their turn at desks with places for so many cases at a time: of a facility,
 * of a region or of the nation. */

#include "models/places/site.h"

/* The desks of PLAN that serve a region or the nation; NULL: no memory. */
struct desks *desks_create(const struct plan *plan);
void desks_reset(struct model *model);
void desks_free(struct desks *desks);

/* SLOT has begun a phase at a desk, with a case of LENGTH. */
void desk_begin(struct site *site, uint32_t slot, ticks length, ticks now);

/* SLOT goes to another site with its case, and has come there. */
void desk_leave(struct site *site, uint32_t slot, ticks now);
void desk_arrive(struct site *site, uint32_t slot, ticks now);

/* SLOT's phase ends, and the case with it. */
void desk_end(struct site *site, uint32_t slot, ticks now);

/* Does SLOT wait at a desk that the round serves? Not whoever has gone on to a facility's own desk
 * since asking, or has come into the slot of somebody who asked. */
bool desk_waits_for_round(const struct site *site, uint32_t slot);

/* For the round: places that ended cases have freed; whether a waiting case of PERSON may start;
 * start it. */
void desk_take_back(struct model *model);
bool desk_has_place(struct model *model, const struct person *person);
void desk_start(struct model *model, struct site *site, uint32_t slot, ticks now);

/* One of the stock is in the middle of a case. */
void desk_settle(struct site *site, uint32_t slot);

#endif
