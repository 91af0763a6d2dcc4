#include "stay.h"

ticks
stay_served_by(const struct person *person, uint8_t serve)
{
    return serve == SERVE_EARLIEST ? person->earliest
           : serve == SERVE_SHARE  ? person->served
                                   : person->sentence;
}

ticks
stay_length(const struct person *person, const struct phase_plan *phase, ticks custody,
            struct stream *stream)
{
    const struct distribution *stay =
        phase->by_way && person->way > 0 ? phase->next[person->way - 1].after : phase->stay;

    return phase->serve != SERVE_NOTHING ? stay_served_by(person, phase->serve) - custody
                                         : ticks_from_days(distribution_draw(stay, stream));
}

uint8_t
stay_way(const struct phase_plan *phase, double u)
{
    uint8_t way = 1;

    while (u >= phase->next[way - 1].up_to)
        way++;
    return way;
}

const struct target_plan *
stay_follows(const struct phase_plan *phase, uint8_t clock, double u)
{
    if (clock > 0)
        return &phase->clock[clock - 1];
    const struct target_plan *next = phase->next;
    while (u >= next->up_to)
        next++;
    return next;
}
