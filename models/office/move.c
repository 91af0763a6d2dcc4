#include "move.h"

#include "models/measures/measure.h"
#include "models/pathways/desk.h"
#include "models/pathways/pathway.h"

uint32_t
move_to(struct model *model, struct site *from, uint32_t slot, struct site *to, enum trace_move why,
        ticks now)
{
    struct traveller who;
    struct person *person = &who.person;
    bool inside = from->person[slot].where == WHERE_FACILITY;
    bool returned = !inside && from->person[slot].entries > 0;
    bool unit = from->person[slot].queue == QUEUE_UNIT;
    bool begins = unit && to->plan->phase[from->person[slot].phase].facility == to->id;

    measure_leaving(from, slot, now);
    desk_leave(from, slot, now);
    site_take(from, slot, now, &who);
    if (inside)
        pathway_place_left(from, person, now);
    person_goes(person, WHERE_FACILITY, now);
    person->wants_place = false;
    if (!inside)
        person->entries++;
    if (unit ? begins : to->facility->kind != KIND_PRISON || to->facility->allocated)
        person->queue = QUEUE_NONE;
    person->was_in_house |= to->facility->house;
    if (to->facility->house || site_is_house(from))
        person->due[CLOCK_APPOINTMENT] = TICKS_NEVER;
    uint32_t at = site_add(to, &who, now, true);
    if (at == NOWHERE)
        return NOWHERE;
    trace_tell_from(to, &to->person[at],
                    inside     ? TRACE_MOVED
                    : returned ? TRACE_RETURNED
                               : TRACE_ENTERED,
                    why, inside ? from->id : NOWHERE, now);
    desk_arrive(to, at, now);
    measure_arrived(to, at, now);
    if (!inside)
        site_flow(to, returned ? FLOW_RETURNED : FLOW_ENTERED, 1);
    if (begins)
        pathway_begin(to, at, person->phase, now);
    else if (to->person[at].queue != QUEUE_NONE)
        office_list_add(model, to, at, (enum queue_kind)to->person[at].queue); /* keeps its turn */
    else
        pathway_consider(to, at, now);
    return at;
}
