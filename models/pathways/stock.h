#ifndef MODELS_PATHWAYS_STOCK_H
#define MODELS_PATHWAYS_STOCK_H
/* The people who are there at the start: counts by status, and by facility or phase where a row
 * names them, become persons in the middle of a phase (met_draw), in that facility or where courts
 * and office would have them. All this is the world's: which prisons there are, how full they get
 * and whom the courts send where is taken from the scenario that the stock stands in, so that what
 * is laid over it moves nobody at time 0. Then each person is put where the world has them, and
 * only from then on does the scenario that is simulated count. */

#include "models/places/site.h"

/* What the stock of PLAN's world is placed by; NULL: no memory. */
struct stock *stock_create(const struct plan *plan);
/* Look at the world anew, where it is drawn for each replication. */
void stock_reset(struct model *model);
void stock_free(struct stock *stock);

/* Can anybody be met who would do for ROW of the stock of WORLD? False: no phase that fits lasts
 * for a while, whichever class comes there, and a run would find that out. */
bool stock_can_be_met(const struct plan *world, const struct stock_plan *row);

/* Put the people of the stock into the sites. */
void stock_place(struct model *model);

/* How many people the stock was. */
int64_t stock_people(const struct model *model);

#endif
