#ifndef MODELS_MEASURES_MEASURE_H
#define MODELS_MEASURES_MEASURE_H
/* Measures that relieve, in the life of a person. Once in force (force.h) a measure reaches those
 * inside, those who begin, or both. What it does is its kind's (kind.h). The order of the list is
 * that of precedence: a person is under one measure at a time, and under the first that may hold.
 *
 * Early release without limit holds at once. Any other takes people from a list at the round
 * (`listed`, list.h), whom it is offered at effect or as their phase begins. */

#include "models/places/site.h"

/* The measures of PLAN; NULL: no memory. */
struct measures *measures_create(const struct plan *plan);
void measures_reset(struct model *model);
void measures_free(struct measures *measures);

/* Measure NUMBER is on: reach those inside, once, at the first round after it went on. */
void measure_reach(struct model *model, uint32_t number, ticks now);

/* It has gone off: nobody waits for it any more, and it is undone for those it held for; RETURNED
 * brings back whom it had sent somewhere (NULL: they stay there under it). Whoever is let go may
 * fall under another that is on. */
void measure_let_go(struct model *model, uint32_t number, ticks now,
                    void (*returned)(struct model *model, struct site *site, uint32_t slot,
                                     ticks now));

/* It holds for SLOT no longer. */
void measure_drop(struct site *site, uint32_t slot, ticks now);

/* The first measure that is on and may hold for SLOT does, or SLOT waits for it, unless one holds
 * already. BEGINNING: the phase begins now. */
void measure_apply(struct site *site, uint32_t slot, ticks now, bool beginning);

/* SLOT has come to SITE from another; or is about to leave it. */
void measure_arrived(struct site *site, uint32_t slot, ticks now);
void measure_leaving(struct site *site, uint32_t slot, ticks now);

/* A law may have changed when the phase of SLOT ends and what it leads to: what holds no longer is
 * undone, and what now may is offered. */
void measure_law_changes(struct site *site, uint32_t slot, ticks now);

/* The phase of SLOT ends at NOW, and with it a stay inside where LEAVES: what is counted of the
 * measure that holds is counted. */
void measure_ended(struct site *site, uint32_t slot, bool leaves, ticks now);

/* Does the measure that has sent SLOT elsewhere hold through a phase of STATUS, too? */
bool measure_keeps(const struct site *site, const struct person *person, uint8_t status);

/* Is SLOT, who would begin to serve a sentence, to wait outside, by a measure? It then holds. */
bool measure_holds_back(struct site *site, uint32_t slot, ticks now);

/* When the sentence of PERSON, whom a measure holds back from NOW on, lapses if it has not waited
 * before; TICKS_NEVER: never. */
ticks measure_lapses(const struct site *site, const struct person *person, ticks now);

#endif
