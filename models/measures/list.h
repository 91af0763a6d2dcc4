#ifndef MODELS_MEASURES_LIST_H
#define MODELS_MEASURES_LIST_H
/* People whom a measure takes from lists at the round: whom it may take is put into a list of their
 * site; the office takes the first of all sites, as far as limits go. */

#include "models/places/site.h"

/* SLOT takes its turn for measure NUMBER; false: its time has not come yet, or never does, or it
 * does not take it up. */
bool measure_offer(struct site *site, uint32_t slot, uint32_t number, ticks now);

/* PERSON comes to SITE at NOW (BY 1) or leaves it (-1): whoever leaves custody on that day anyway
 * is counted where they are. */
void measure_counts_gone(struct site *site, const struct person *person, int by, ticks now);

/* How many measure NUMBER may take at this round by its limits; 0 or less: nobody. */
int64_t measure_room(const struct model *model, uint32_t number);

/* Is its figure still above off, where it takes no more than enough? */
bool measure_wants_more(struct model *model, uint32_t number, ticks now);

/* The first of all whom NUMBER may take, who waits no longer, and since when it did; false: nobody.
 */
struct chosen {
    struct site *site;
    uint32_t slot;
    ticks since;
};
bool measure_next(struct model *model, uint32_t number, ticks now, struct chosen *chosen);

/* NUMBER holds for CHOSEN from NOW on. */
void measure_take(struct model *model, uint32_t number, const struct chosen *chosen, ticks now);

/* The next whose sentence NUMBER postponed and who is to come, or who NEVER does; false: nobody.
 * They come in order of date, so many a day. */
bool measure_calls(struct model *model, uint32_t number, ticks now, struct chosen *chosen,
                   bool *never);

#endif
