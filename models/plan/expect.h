#ifndef MODELS_PLAN_EXPECT_H
#define MODELS_PLAN_EXPECT_H
/* How large a replication gets, roughly: a scenario too large for any machine shows before memory
 * is taken. */

#include "tables.h"

/* The stock, the sources and the balance are there. */
void plan_expect(struct plan *plan);

#endif
