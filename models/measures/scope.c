#include "scope.h"

static bool
of_kind(const struct site *site, const struct person *person, const struct measure_plan *measure)
{
    return (measure->statuses >> person->status & 1) && (measure->needs >> person->need & 1) &&
           (measure->of_class == NULL || measure->of_class[person->class]) &&
           (measure->region == NOWHERE || measure->region == site->region);
}

static bool
by_record(const struct person *person, const struct measure_plan *measure)
{
    return person->sentence >= measure->least_sentence &&
           person->sentence <= measure->most_sentence &&
           (person->exclusions == 0 || measure->all_offences) &&
           (measure->residence == RESIDENCE_ANY ||
            person->residence == (measure->residence == RESIDENCE_WITH));
}

bool
scope_holds(const struct site *site, const struct person *person,
            const struct measure_plan *measure)
{
    return by_record(person, measure) && of_kind(site, person, measure);
}

bool
scope_takes_up(const struct site *site, const struct person *person,
               const struct measure_plan *measure, double uptake)
{
    if (uptake >= 1)
        return true;
    struct stream stream = site_stream(site, person, DRAW_UPTAKE, measure->draw);
    return stream_uniform(&stream) < uptake;
}

ticks
scope_ripe(const struct person *person, const struct measure_plan *measure, ticks now)
{
    ticks left = person_left(person, now), ripe = now + left - measure->most_left;

    if (left < measure->least_left)
        return TICKS_NEVER;
    if (measure->enough && measure->kind == MEASURE_EARLY_RELEASE) /* leaves on that day */
        ripe =
            person->planned - measure->forward > ripe ? person->planned - measure->forward : ripe;
    return ripe;
}
