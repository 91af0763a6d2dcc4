#include "turns.h"

#include "move.h"

#include "models/pathways/desk.h"
#include "models/pathways/pathway.h"
#include "models/state.h"

/* Desks of regions and of the nation take those whose turn it is, as places are free. */
void
turns_desks(struct model *model, ticks now)
{
    desk_take_back(model);
    for (int priority = 0; priority < PRIORITIES; priority++) {
        struct list_entry entry;
        struct person *person;
        office_lists_begin(model);
        while ((person = office_lists_next(model, QUEUE_DESK, priority, &entry)) != NULL)
            if (desk_has_place(model, person))
                desk_start(model, &model->site[entry.site], entry.slot, now);
        office_lists_end(model, QUEUE_DESK, priority);
    }
}

/* Those whose next phase happens in a unit: it takes them, lets them wait where they are, or
 * refuses. */
void
turns_units(struct model *model, ticks now)
{
    for (int priority = 0; priority < PRIORITIES; priority++) {
        struct list_entry entry;
        struct person *person;
        office_lists_begin(model);
        while ((person = office_lists_next(model, QUEUE_UNIT, priority, &entry)) != NULL) {
            const struct phase_plan *phase = &model->plan->phase[person->phase];
            struct site *to = &model->site[phase->facility];
            bool room =
                site_takes(to) && (to->facility->when_full == FULL_CROWD || site_room(to) > 0);
            if (room) {
                site_flow(to, FLOW_WAITED + QUEUE_UNIT, now - person->queued);
                move_to(model, &model->site[entry.site], entry.slot, to, MOVE_UNIT, now);
            } else if (phase->diverts &&
                       (to->facility->when_full == FULL_REFUSE || !site_takes(to))) {
                site_flow(to, FLOW_REFUSED, 1);
                trace_tell(to, person, TRACE_REFUSED, 0, now);
                pathway_divert(&model->site[entry.site], entry.slot, now);
            }
        }
        office_lists_end(model, QUEUE_UNIT, priority);
    }
}
