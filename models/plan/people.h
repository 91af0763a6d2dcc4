#ifndef MODELS_PLAN_PEOPLE_H
#define MODELS_PLAN_PEOPLE_H
/* What people are like: shares of needs, ages and exclusions, added up. */

#include "tables.h"

/* Classes are there. */
void plan_people(struct plan *plan);

#endif
