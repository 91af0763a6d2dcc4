#include "relief.h"

#include "entry.h"
#include "move.h"

#include "models/measures/force.h"
#include "models/measures/list.h"
#include "models/measures/measure.h"
#include "models/measures/turns.h"
#include "models/pathways/pathway.h"
#include "models/state.h"

/* A stay in a house ends early by a measure. */
static void
cut_short(struct site *site, struct person *person)
{
    person->was_rushed = true;
    site_flow(site, FLOW_RUSHED, 1);
}

/* SLOT leaves its facility for WHERE, by a measure; it stays on the facility's books. From a house
 * it is a stay cut short. */
static void
send_out(struct site *site, uint32_t slot, enum where where, ticks now)
{
    struct person *person = &site->person[slot];

    site_set_clock(site, slot, CLOCK_APPOINTMENT, TICKS_NEVER);
    measure_counts_gone(site, person, -1, now);
    site_count(site, person, -1, now);
    person_sent(person, where, true, now);
    person->queue = QUEUE_NONE;
    if (person->house != HOUSE_UNSUITABLE)
        person->house = HOUSE_NO;
    site_count(site, person, 1, now);
    trace_tell_from(site, person, TRACE_SENT, where, site->id, now);
    if (site_is_house(site))
        cut_short(site, person);
    pathway_place_left(site, person, now);
}

/* May who comes back be where they were? A facility that never crowds must have a place. */
static bool
has_kept_place(const struct site *site)
{
    return site->facility != NULL && site_keeps(site) &&
           (site->facility->when_full == FULL_CROWD ||
            site->capacity - site->population - site->vacating > 0);
}

/* SLOT comes back inside: where they were, or as anybody who is brought before the courts. */
static void
come_back(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    bool here = has_kept_place(site);

    if (!person->away) { /* in rented places: on to a prison */
        entry_place(model, site, slot, now);
        return;
    }
    site_count(site, person, -1, now);
    person_goes(person, here ? WHERE_FACILITY : WHERE_CUSTODY, now);
    site_count(site, person, 1, now);
    if (!here) {
        trace_tell(site, person, TRACE_SENT, WHERE_CUSTODY, now);
        entry_place(model, site, slot, now);
        return;
    }
    person->entries++;
    measure_counts_gone(site, person, 1, now);
    site_flow(site, FLOW_RETURNED, 1);
    trace_tell(site, person, TRACE_RETURNED, 0, now);
    pathway_consider(site, slot, now);
}

/* Who is inside between two turns is there already. */
static void
end_of_leave(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    if (site->person[slot].away)
        come_back(model, site, slot, now);
}

/* From abroad or from rented places. */
static void
end_of_transfer(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    if (site->person[slot].away || (site->facility != NULL && site->facility->kind == KIND_RENTED))
        come_back(model, site, slot, now);
}

static void
turn_out(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    (void)model;
    send_out(site, slot, WHERE_HOME, now);
    measure_changes_side(site, &site->person[slot]);
}

/* Who finds no place where they were leaves the turns of this site for those of another. */
static void
turn_in(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    bool here = has_kept_place(site);

    if (here) {
        come_back(model, site, slot, now);
        measure_changes_side(site, &site->person[slot]);
    } else {
        measure_drop(site, slot, now);
        come_back(model, site, slot, now);
    }
}

static void
stay_inside(struct model *model, const struct measure_plan *measure, const struct chosen *chosen,
            ticks now)
{
    (void)model;
    (void)measure;
    (void)chosen;
    (void)now;
}

static void
go_on_leave(struct model *model, const struct measure_plan *measure, const struct chosen *chosen,
            ticks now)
{
    if (measure->in_turn) {
        if (measure_turn_out(chosen->site, chosen->slot, now))
            turn_out(model, chosen->site, chosen->slot, now);
    } else {
        send_out(chosen->site, chosen->slot, WHERE_HOME, now);
    }
}

static void
go_home(struct model *model, const struct measure_plan *measure, const struct chosen *chosen,
        ticks now)
{
    (void)model;
    (void)measure;
    chosen->site->person[chosen->slot].was_home = true;
    send_out(chosen->site, chosen->slot, WHERE_HOME, now);
}

static void
transfer(struct model *model, const struct measure_plan *measure, const struct chosen *chosen,
         ticks now)
{
    if (measure->to == NOWHERE) {
        send_out(chosen->site, chosen->slot, WHERE_ABROAD, now);
        return;
    }
    if (site_is_house(chosen->site))
        cut_short(chosen->site, &chosen->site->person[chosen->slot]);
    move_to(model, chosen->site, chosen->slot, &model->site[measure->to], MOVE_TRANSFER, now);
}

/* Where people go whom a measure of each kind takes at the round. */
static void (*const goes[MEASURE_KINDS])(struct model *, const struct measure_plan *,
                                         const struct chosen *, ticks) = {
    [MEASURE_EARLY_RELEASE] = stay_inside,
    [MEASURE_EXTENDED_LEAVE] = go_on_leave,
    [MEASURE_MONITORING] = go_home,
    [MEASURE_TRANSFER_OUT] = transfer,
};

/* Has the facility that MEASURE sends people to a place for one more? */
static bool
has_place(const struct model *model, const struct measure_plan *measure)
{
    if (measure->to == NOWHERE)
        return true;
    const struct site *to = &model->site[measure->to];
    return site_takes(to) && (to->facility->when_full == FULL_CROWD || site_room(to) > 0);
}

static void
take(struct model *model, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct chosen chosen;

    if (!model->plan->listed_measures || goes[measure->kind] == NULL)
        return;
    for (int64_t room = measure_room(model, number);
         room > 0 && has_place(model, measure) && measure_wants_more(model, number, now) &&
         measure_next(model, number, now, &chosen);
         room--) {
        measure_take(model, number, &chosen, now);
        goes[measure->kind](model, measure, &chosen, now);
    }
}

/* Those whose sentence was postponed come, and find a place as anybody who is brought in. */
static void
call(struct model *model, uint32_t number, ticks now)
{
    struct chosen chosen;
    bool never;

    while (measure_calls(model, number, now, &chosen, &never)) {
        uint16_t phase = chosen.site->person[chosen.slot].phase;
        measure_drop(chosen.site, chosen.slot, now);
        if (never) {
            pathway_release(chosen.site, chosen.slot, model->plan->measure[number].exit, now);
            continue;
        }
        pathway_begin(chosen.site, chosen.slot, phase, now);
        if (chosen.site->person[chosen.slot].wants_place)
            entry_place(model, chosen.site, chosen.slot, now);
    }
}

/* First all decide, then all act: whoever one lets go may be taken by another before it. */
void
relief_review(struct model *model, int32_t day, ticks now)
{
    const struct plan *plan = model->plan;
    bool off[MOST_MEASURES];

    for (uint32_t i = 0; i < plan->measures; i++)
        off[i] = measure_review(model, i, day, now) == MEASURE_WENT_OFF;
    for (uint32_t i = 0; i < plan->measures; i++)
        if (off[i] && plan->measure[i].kind != MEASURE_POSTPONE)
            measure_let_go(model, i, now,
                           !plan->measure[i].called_back                   ? NULL
                           : plan->measure[i].kind == MEASURE_TRANSFER_OUT ? end_of_transfer
                                                                           : end_of_leave);
    for (uint32_t i = 0; i < plan->measures && now > 0; i++) {
        measure_reach(model, i, now);
        measure_turns(model, i, now, turn_out, turn_in);
        take(model, i, now);
        call(model, i, now);
    }
    if (plan->relief)
        entry_away(model, now);
}
