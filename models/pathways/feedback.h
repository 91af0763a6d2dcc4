#ifndef MODELS_PATHWAYS_FEEDBACK_H
#define MODELS_PATHWAYS_FEEDBACK_H
/* Feedback of courts and law: intake or sentences of some classes follow the occupancy of the last
 * 365 days, looked at every 365 days from the run's first. */

#include "models/people/person.h"

#include "models/state.h"

/* Room for the factors of PLAN; NULL: no memory. */
struct feedback *feedback_create(const struct plan *plan);
void feedback_reset(struct model *model);
void feedback_free(struct feedback *feedback);

/* The round at NOW, for the nation: is it time to look? */
void feedback_look(struct model *model, ticks now);

/* The factor on the intake of CLASS; 1 where none follows. */
double feedback_on_intake(const struct model *model, uint16_t class);

/* PERSON comes in: their sentence follows, where those of the class do. */
void feedback_on_sentence(const struct model *model, struct person *person);

/* Factor NUMBER added up over the time from the first day to NOW, in ticks. */
uint64_t feedback_total(const struct model *model, uint32_t number, ticks now);

#endif
