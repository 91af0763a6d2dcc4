#ifndef MODELS_SCENARIO_CHECK_ARRIVALS_H
#define MODELS_SCENARIO_CHECK_ARRIVALS_H
/* Who comes and who is there at the start: names that stand for something, no row that says the
 * same twice, and phases that people can be in. */

#include "known.h"

void check_intake(struct scenario *scenario, const struct known *regions,
                  const struct known *classes, const struct known *facilities);

/* Check the stock of SCENARIO, which has no more phases than the model has room for. */
/* Each class of a drift is one of CLASSES and in no other drift. */
void check_drift(struct scenario *scenario, const struct known *classes);

/* Feedback: classes, each once for what it acts on, and what it can be. */
void check_feedback(struct scenario *scenario, const struct known *classes);

/* Who comes back: names, and what the rates of intake count. */
void check_come_back(struct scenario *scenario, const struct known *classes);

void check_stock(struct scenario *scenario, const struct known *regions,
                 const struct known *classes, const struct known *facilities);

#endif
