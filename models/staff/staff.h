#ifndef MODELS_STAFF_STAFF_H
#define MODELS_STAFF_STAFF_H
/* Pressure and staff: what is looked at once a week, facility by facility, and what follows. Weeks
 * run from the first day of the run. What happens within a week (incidents, staff who leave and
 * come) is drawn at its end, by the pressure and vacancies of its beginning; so nothing within a
 * day, and no other facility, changes it. */

#include "models/places/site.h"
#include "models/state.h"

/* Room for what is known of the facilities of PLAN; NULL: no memory. */
struct staff *staff_create(const struct plan *plan);
void staff_reset(struct model *model);
void staff_free(struct staff *staff);

/* The calendar has been carried out for SITE, a facility, at NOW: it may have opened, with the
 * staff it has at the start, or closed. */
void staff_follow(struct model *model, struct site *site, ticks now);

/* The DAY of REGION begins at NOW: strikes begin and end, and every seventh day is looked at. */
void staff_day(struct model *model, uint32_t region, int32_t day, ticks now);

/* How long a procedure of PERSON at SITE takes that begins now and is written to take LENGTH. In
 * police custody it is by the mean of the region's prisons, weighted with their people. */
ticks staff_slowed(const struct site *site, const struct person *person, ticks length);

#endif
