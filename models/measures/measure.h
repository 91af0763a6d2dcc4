#ifndef MODELS_MEASURES_MEASURE_H
#define MODELS_MEASURES_MEASURE_H
/* Measures that relieve: in force by dates, or switched on above one figure and off below another.
 * A decision takes effect after its notice; then the measure reaches those inside, those who begin,
 * or both. What it does is its kind's (kind.h). The order of the list is that of precedence: a
 * person is under one measure at a time, and under the first that may hold.
 *
 * Early release without limit holds at once. Any other takes people from a list at the round
 * (`listed`): whom it may take is put into a list of their site, at effect or as their phase
 * begins; at the round the office takes the first of all sites, as far as limits go. */

#include "models/places/site.h"

/* The measures of PLAN; NULL: no memory. */
struct measures *measures_create(const struct plan *plan);
void measures_reset(struct model *model);
void measures_free(struct measures *measures);

/* What became of a measure at a review. */
enum measure_turn { MEASURE_AS_IT_WAS, MEASURE_WENT_ON, MEASURE_WENT_OFF };

/* Look at what dates and figures ask of measure NUMBER on DAY; what is decided takes effect after
 * its notice. One that acts on facilities has done so when this returns. */
enum measure_turn measure_review(struct model *model, uint32_t number, int32_t day, ticks now);

/* Measure NUMBER is on: reach those inside, once, at the first round after it went on. */
void measure_reach(struct model *model, uint32_t number, ticks now);

/* It has gone off: nobody waits for it any more, and it is undone for those it held for; RETURNED
 * brings back whom it had sent somewhere (NULL: they stay there under it). Whoever is let go may
 * fall under another that is on. */
void measure_let_go(struct model *model, uint32_t number, ticks now,
                    void (*returned)(struct model *model, struct site *site, uint32_t slot,
                                     ticks now));

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

/* It holds for SLOT no longer. */
void measure_drop(struct site *site, uint32_t slot, ticks now);

/* The first measure that is on and may hold for SLOT does, or SLOT waits for it, unless one holds
 * already. BEGINNING: the phase begins now. */
void measure_apply(struct site *site, uint32_t slot, ticks now, bool beginning);

/* SLOT has come to SITE from another; or is about to leave it. */
void measure_arrived(struct site *site, uint32_t slot, ticks now);
void measure_leaving(struct site *site, uint32_t slot);

/* The phase of SLOT ends at NOW, and with it a stay inside where LEAVES: what is counted of the
 * measure that holds is counted. */
void measure_ended(struct site *site, uint32_t slot, bool leaves, ticks now);

/* Does the measure that has sent SLOT elsewhere hold through a phase of STATUS, too? */
bool measure_keeps(const struct site *site, const struct person *person, uint8_t status);

/* Is SLOT, who would begin to serve a sentence, to wait outside, by a measure? It then holds. */
bool measure_holds_back(struct site *site, uint32_t slot, ticks now);

/* The next whose sentence NUMBER postponed and who is to come, or who NEVER does; false: nobody.
 * They come in order of date, so many a day. */
bool measure_calls(struct model *model, uint32_t number, ticks now, struct chosen *chosen,
                   bool *never);

/* Leave by turns: is SLOT, just taken, to go out now, or only at the next turn? Two of a site share
 * a bed. */
bool measure_turn_out(struct site *site, uint32_t slot, ticks now);

/* PERSON of SITE, on leave by turns, has just gone out or come in. */
void measure_changes_side(struct site *site, const struct person *person);

/* At the end of a turn those outside come in and those inside go out, through OUT and IN. */
void measure_turns(struct model *model, uint32_t number, ticks now,
                   void (*out)(struct model *, struct site *, uint32_t, ticks),
                   void (*in)(struct model *, struct site *, uint32_t, ticks));

/* 1 while measure NUMBER is on, over time. */
const struct line *measure_in_force(const struct model *model, uint32_t number);

#endif
