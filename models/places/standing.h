#ifndef MODELS_PLACES_STANDING_H
#define MODELS_PLACES_STANDING_H
/* What the calendar says of a facility: its places, whom the courts send, whether it is open. */

#include "models/plan/plan.h"

struct standing {
    int64_t cap;                /* on the places, as people leave; 0: none */
    int64_t places, bed_places; /* bed_places < 0: as many as places */
    double entry, ceiling;
    bool open, leaving; /* leaving: it closes, or has closed, and sends its people away */
    bool short_staffed; /* a house with too few staff; not of the calendar */
    bool stopped;       /* by a measure: it takes nobody */
};

/* Before the calendar says anything; FACILITY NULL: a region's courts and homes. */
struct standing standing_begin(const struct facility_plan *facility);

/* Carry out a ROW of the calendar. */
void standing_apply(struct standing *standing, const struct calendar_plan *row);

/* Does it take people at all? */
static inline bool
standing_takes(const struct standing *standing)
{
    return standing->open && !standing->leaving && !standing->short_staffed && !standing->stopped;
}

#endif
