#ifndef MODELS_PLACES_ACCEPT_H
#define MODELS_PLACES_ACCEPT_H
/* Whom a facility takes, by what the plan and the calendar say of it and by how many are in it. The
 * placement office asks it of sites; the stock asks it of the world's facilities, which are no
 * sites. */

#include "standing.h"

#include "models/people/person.h"

/* Is FACILITY for people of STATUS and SEX? */
static inline bool
accept_kind(const struct facility_plan *facility, unsigned status, unsigned sex)
{
    return (facility->statuses >> status & 1) && (facility->sexes >> sex & 1);
}

/* Is it for PERSON, and does it take people at all, as STANDING says? */
static inline bool
accept_person(const struct facility_plan *facility, const struct standing *standing,
              const struct person *person)
{
    return standing_takes(standing) && accept_kind(facility, person->status, person->sex);
}

/* Is it filled by allocation with those whose sentence is so long? */
static inline bool
accept_sentence(const struct facility_plan *facility, ticks sentence)
{
    return facility->allocated && sentence >= facility->least_sentence &&
           sentence <= facility->most_sentence;
}

/* May one more be sent there than the PEOPLE who are there? A ceiling is a share of the places. */
static inline bool
accept_below_ceiling(const struct standing *standing, int64_t people)
{
    return (double)(people + 1) <= standing->ceiling * (double)standing->places;
}

/* People over places; without places as full as can be. */
static inline double
accept_occupancy(int64_t people, int64_t places)
{
    return places > 0 ? (double)people / (double)places : 1e9;
}

#endif
