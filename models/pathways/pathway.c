#include "pathway.h"

#include "after.h"
#include "desk.h"
#include "house.h"

#include "models/measures/measure.h"
#include "models/people/stay.h"
#include "models/places/events.h"
#include "models/places/trace.h"
#include "models/staff/staff.h"
#include "models/state.h"

#include <assert.h>
#include <string.h>

/* How long PHASE lasts for PERSON from NOW on: by the sentence, the stay or the desk. Competing
 * clocks draw behind it; the first that rings is noted in the person, and when in *RINGS. */
static ticks
phase_length(const struct site *site, struct person *person, ticks now, ticks *rings)
{
    const struct phase_plan *phase = &plan_under_law(site->plan, now, now)->phase[person->phase];
    struct stream stream = site_stream(site, person, DRAW_STAY, person->step);
    ticks length;

    person->clock = 0;
    person->way = 0;
    if (phase->by_way) {
        struct stream next = site_stream(site, person, DRAW_NEXT, person->step);
        person->way = stay_way(phase, stream_uniform(&next));
    }
    *rings = TICKS_NEVER;
    length = stay_length(person, phase, person_served(person, now), &stream);
    for (uint8_t i = 0; i < phase->clock_count; i++) {
        ticks after = ticks_from_days(distribution_draw(phase->clock[i].after, &stream));
        if (after < *rings) {
            *rings = after;
            person->clock = (uint8_t)(i + 1);
        }
    }
    return length > 0 ? length : 0;
}

/* Set the clock that ends the phase: a procedure by its desk, any other when its time is up, unless
 * a competing clock rings before. */
static void
start_phase(struct site *site, uint32_t slot, const struct phase_plan *row, ticks now)
{
    struct person *person = &site->person[slot];
    ticks rings, length = phase_length(site, person, now, &rings);

    if (row->desk >= 0) {
        site_set_clock(site, slot, CLOCK_PHASE, rings == TICKS_NEVER ? TICKS_NEVER : now + rings);
        desk_begin(site, slot, staff_slowed(site, person, length), now);
        return;
    }
    if (length <= rings) {
        person->clock = 0;
        rings = length;
    }
    person->planned = now + rings;
    site_set_clock(site, slot, CLOCK_PHASE, person->planned);
}

/* Ask the office for what the person is due to: a prison for sentences, a centre, a house. */
void
pathway_consider(struct site *site, uint32_t slot, ticks now)
{
    const struct plan *plan = site->plan;
    struct person *person = &site->person[slot];
    bool prison = site->facility != NULL && site->facility->kind == KIND_PRISON;
    uint8_t queue = QUEUE_NONE;

    if (!prison || person->queue != QUEUE_NONE)
        return;
    if (person->status == STATUS_INTERNEE && plan->centres && !site->facility->allocated)
        queue = QUEUE_CENTRE;
    else if (person->status == STATUS_CONVICTED && plan->allocation && !site->facility->allocated &&
             person_left(person, now) >= plan->allocation_rule.least_left)
        queue = QUEUE_ALLOCATION;
    if (queue != QUEUE_NONE) {
        site_count(site, person, -1, now);
        person->queue = queue;
        person->queued = person->began; /* in order of the date of the sentence */
        site_count(site, person, 1, now);
        trace_tell(site, person, TRACE_WAITS, queue == QUEUE_CENTRE ? WAIT_CENTRE : WAIT_ALLOCATION,
                   now);
        site_request(site, slot, ASKS_TURN);
    }
    house_consider(site, slot, now);
}

/* The person goes home or outside: to the region's site as soon as the window ends, unless the stay
 * there ends before that. */
static void
leave_for_region(struct site *site, uint32_t slot, ticks now)
{
    struct engine *engine = site->model->engine;
    struct traveller who;

    if (site->facility == NULL || site->lp->thread < 0 ||
        site->person[slot].due[CLOCK_PHASE] <= engine_window_end(engine))
        return;
    uint32_t to = plan_region_site(site->plan, site->person[slot].region);
    desk_leave(site, slot, now);
    site_take(site, slot, now, &who);
    lp_send(site->lp, to, engine_window_end(engine), 0, EVENT_SETTLE, 0, &who);
}

static void admit_waiting(struct site *site, ticks now);

/* A place has become free: it stays empty for the hand-off, or the next at the door takes it. */
void
pathway_place_left(struct site *site, const struct person *person, ticks now)
{
    if (site->facility == NULL)
        return;
    if (site->facility->hand_off != NULL) {
        struct stream stream = site_stream(site, person, DRAW_HAND_OFF, person->step);
        ticks gap = ticks_from_days(distribution_draw(site->facility->hand_off, &stream));
        site_vacate(site, 1, now);
        lp_schedule(site->lp, now + gap, 0, EVENT_HAND_OFF, 0);
    }
    admit_waiting(site, now);
}

/* PHASE happens in a unit that SLOT is not in: the person waits for it, inside where they are (and
 * the place stays taken) or outside. The phase begins when the office brings them there. */
static void
wait_for_unit(struct site *site, uint32_t slot, uint16_t phase, ticks now)
{
    struct person *person = &site->person[slot];
    const struct phase_plan *row = &site->plan->phase[phase];

    if (person->measure >= 0)
        trace_tell(site, person, TRACE_MEASURE_ENDS, (uint32_t)person->measure, now);
    site_count(site, person, -1, now);
    person->measure = person->waits = -1;
    if (person->where != WHERE_FACILITY) {
        person_goes(person, WHERE_OUTSIDE, now);
        person->wants_place = false; /* the unit, and no prison before it */
    }
    person->phase = phase;
    person->status = row->status;
    person->queue = QUEUE_UNIT;
    person->queued = now;
    person->house = HOUSE_NO;
    site_count(site, person, 1, now);
    trace_tell(site, person, TRACE_WAITS, WAIT_UNIT, now);
    for (int clock = 0; clock < CLOCKS; clock++)
        site_set_clock(site, slot, (enum clock_kind)clock, TICKS_NEVER);
    site_request(site, slot, ASKS_TURN);
}

/* When the sentence of PERSON, whom a measure holds back from NOW on, lapses. Who is handed over
 * from one measure to the next has waited already: the clock runs on. */
static ticks
lapse_of(const struct site *site, const struct person *person, ticks now)
{
    ticks lapses = measure_lapses(site, person, now), due = person->due[CLOCK_APPOINTMENT];

    assert(due == TICKS_NEVER || person->appointment == APPOINTMENT_LAPSE);
    return lapses != TICKS_NEVER && due != TICKS_NEVER ? due : lapses;
}

/* PHASE would serve a sentence, and a measure lets SLOT wait outside until it is called: the phase
 * begins then. */
static bool
is_held_back(struct site *site, uint32_t slot, uint16_t phase, ticks now)
{
    struct person *person = &site->person[slot];
    uint8_t was = person->status;

    if (!site->plan->postpones || person->where == WHERE_FACILITY || person->away)
        return false;
    person->status = site->plan->phase[phase].status;
    if (!measure_holds_back(site, slot, now)) {
        person->status = was;
        site_set_clock(site, slot, CLOCK_APPOINTMENT, TICKS_NEVER); /* who is called: no lapse */
        return false;
    }
    ticks lapses = lapse_of(site, person, now);
    site_count(site, person, -1, now);
    person_goes(person, WHERE_OUTSIDE, now);
    person->phase = phase;
    person->queue = QUEUE_NONE;
    person->wants_place = false;
    site_count(site, person, 1, now);
    trace_tell(site, person, TRACE_SENT, person->where, now);
    for (int clock = 0; clock < CLOCKS; clock++)
        site_set_clock(site, slot, (enum clock_kind)clock, TICKS_NEVER);
    if (lapses != TICKS_NEVER)
        site_appoint(site, slot, APPOINTMENT_LAPSE, lapses);
    return true;
}

/* Nobody goes through so many phases at one moment: they would lead round without end. */
#define MOST_AT_ONCE UINT8_MAX

static void
count_at_once(struct site *site, struct person *person, uint16_t phase, ticks now)
{
    const struct plan *plan = site->plan;

    if (person->step == 0 || now != person->began) {
        person->at_once = 0;
        return;
    }
    person->at_once++;
    if (person->at_once == MOST_AT_ONCE)
        lp_fail(site->lp, BAD_INPUT,
                "%s and %s: somebody goes through %d phases on day %.6f without taking time; give "
                "one of them a stay",
                plan->phase[person->phase].name, plan->phase[phase].name, MOST_AT_ONCE,
                ticks_to_days(now));
}

static void
ask_for_place(struct site *site, uint32_t slot, ticks now)
{
    site_ask_for_place(site, slot);
    trace_tell(site, &site->person[slot], TRACE_WAITS, WAIT_PLACE, now);
}

/* SLOT is in PHASE from NOW on, which begins; KEEPS: the measure that has sent them somewhere holds
 * through it. */
static void
enter_phase(struct site *site, uint32_t slot, uint16_t phase, bool keeps, ticks now)
{
    static const enum where where_of[PHASE_WHERES] = {WHERE_CUSTODY, WHERE_HOME, WHERE_OUTSIDE};
    struct person *person = &site->person[slot];
    const struct phase_plan *row = &site->plan->phase[phase];
    bool inside = row->where == PHASE_INSIDE;

    site_count(site, person, -1, now);
    if (!(person->where == WHERE_FACILITY && inside) && !keeps)
        person_goes(person, where_of[row->where], now);
    if (person->status != row->status || !inside)
        person->queue = QUEUE_NONE;
    if (!inside && person->house != HOUSE_UNSUITABLE)
        person->house = HOUSE_NO;
    person->was_home |= row->where == PHASE_HOME;
    person->phase = phase;
    person->status = row->status;
    person->step++;
    person->began = now;
    person->waits = -1;
    site_restamp(site, slot);
    site_forget_pardon(site, slot);
    if (!keeps)
        person->measure = -1;
    site_count(site, person, 1, now);
}

/* Begin PHASE at NOW for the person of SLOT, who may have to be somewhere else for it. */
void
pathway_begin(struct site *site, uint32_t slot, uint16_t phase, ticks now)
{
    struct person *person = &site->person[slot];
    const struct phase_plan *row = &site->plan->phase[phase];
    bool was_there = person->where == WHERE_FACILITY, inside = row->where == PHASE_INSIDE;
    bool left = was_there && !inside;

    if (row->facility != NOWHERE && (row->facility != site->id || !was_there)) {
        wait_for_unit(site, slot, phase, now);
        return;
    }
    if (inside && is_held_back(site, slot, phase, now))
        return;
    bool keeps = inside && measure_keeps(site, person, row->status);
    if (!keeps && person->measure >= 0)
        trace_tell(site, person, TRACE_MEASURE_ENDS, (uint32_t)person->measure, now);
    count_at_once(site, person, phase, now);
    enter_phase(site, slot, phase, keeps, now);
    trace_tell_from(site, person, TRACE_BEGINS, person->where, left ? site->id : NOWHERE, now);
    if (!inside) {
        person->wants_place = false; /* whoever asked for a prison and goes home needs none */
        site_set_clock(site, slot, CLOCK_APPOINTMENT, TICKS_NEVER);
    }
    start_phase(site, slot, row, now);
    if (left)
        pathway_place_left(site, &site->person[slot], now);
    if (keeps) {
        measure_arrived(site, slot, now);
        return;
    }
    measure_apply(site, slot, now, true);
    if (!inside)
        leave_for_region(site, slot, now);
    else if (site->person[slot].where == WHERE_CUSTODY)
        ask_for_place(site, slot, now);
    else
        pathway_consider(site, slot, now);
}

/* Admit at the door as long as there is room; the phase begins on admission. Who begins it
 * elsewhere leaves the place at once: then the next is called here, not within that call. */
static void
admit_waiting(struct site *site, ticks now)
{
    if (!site_begin_calling(site))
        return;
    while (site->doors > 0 && site_room(site) > 0) {
        uint32_t slot = site_next_at_door(site);
        struct person *person = &site->person[slot];
        uint16_t phase = person->phase;
        site_count(site, person, -1, now);
        person_goes(person, WHERE_FACILITY, now);
        site_count(site, person, 1, now);
        site_flow(site, FLOW_ENTERED, 1);
        trace_tell(site, person, TRACE_ENTERED, 0, now);
        pathway_begin(site, slot, phase, now);
    }
    site_end_calling(site);
}

/* The facility has no place for PERSON, who stands before it and would begin the phase FIRST: what
 * the phase names instead follows, else the person leaves. */
static void
turn_away(struct site *site, struct traveller *who, const struct phase_plan *first, ticks now)
{
    struct person *person = &who->person;

    site_flow(site, FLOW_REFUSED, 1);
    trace_tell(site, person, TRACE_REFUSED, 0, now);
    if (!first->diverts) {
        site_total(site, person->class, TOTAL_REFUSED, 1);
        return;
    }
    person_goes(person, WHERE_OUTSIDE, now);
    uint32_t slot = site_add(site, who, now, false);
    if (slot == NOWHERE)
        return;
    if (first->refused.exit)
        pathway_release(site, slot, first->refused.to, now);
    else
        pathway_begin(site, slot, first->refused.to, now);
}

void
pathway_open_door(struct site *site, ticks now)
{
    admit_waiting(site, now);
}

/* The facility has closed: who waits at its door is turned away, first come first. */
void
pathway_clear_door(struct site *site, ticks now)
{
    struct traveller who;

    for (uint32_t slot; (slot = site_next_at_door(site)) != NOWHERE;) {
        site_take(site, slot, now, &who);
        turn_away(site, &who, &site->plan->phase[who.person.phase], now);
    }
}

/* Somebody at the door of one facility: it crowds, refuses or lets wait. */
void
pathway_arrive_at_facility(struct site *site, struct traveller *who, ticks now)
{
    struct person *person = &who->person;
    uint16_t first = site->plan->class[person->class].first;
    const struct phase_plan *phase = &site->plan->phase[first];
    bool full = site_room(site) <= 0;

    person->phase = first;
    person->status = phase->status;
    if (!site_takes(site) || (full && site->facility->when_full == FULL_REFUSE)) {
        turn_away(site, who, phase, now);
        return;
    }
    person_goes(person,
                full && site->facility->when_full == FULL_WAIT ? WHERE_DOOR : WHERE_FACILITY, now);
    person->entries = 1;
    uint32_t slot = site_add(site, who, now, false);
    if (slot == NOWHERE)
        return;
    if (site->person[slot].where == WHERE_DOOR) {
        site_flow(site, FLOW_DOOR, 1);
        trace_tell(site, &site->person[slot], TRACE_WAITS, WAIT_DOOR, now);
        site_wait_at_door(site, slot);
    } else {
        site_flow(site, FLOW_ENTERED, 1);
        trace_tell(site, &site->person[slot], TRACE_ENTERED, 0, now);
        pathway_begin(site, slot, first, now);
    }
}

/* What follows as the phase of PERSON ends at NOW. */
static const struct target_plan *
choose_next(const struct site *site, const struct person *person, ticks now)
{
    const struct plan *law = plan_under_law(site->plan, person->began, now);
    const struct phase_plan *phase = &law->phase[person->phase];

    if (person->clock > 0 || phase->next_count == 1)
        return stay_follows(phase, person->clock, 0);
    if (phase->by_way && person->way > 0 && person->way <= phase->next_count)
        return &phase->next[person->way - 1];
    struct stream stream = site_stream(site, person, DRAW_NEXT, person->step);
    return stay_follows(phase, 0, stream_uniform(&stream));
}

void
pathway_release(struct site *site, uint32_t slot, uint16_t exit, ticks now)
{
    struct traveller who;
    bool inside = site->person[slot].where == WHERE_FACILITY;

    site_take(site, slot, now, &who);
    site_flow(site, FLOWS_FIXED + exit, 1);
    site_total(site, who.person.class, TOTAL_RELEASED, 1);
    trace_tell(site, &who.person, TRACE_RELEASED, exit, now);
    if (site->plan->come_back.count > 0)
        after_release(site, &who, exit, now);
    if (inside)
        pathway_place_left(site, &who.person, now);
}

void
pathway_divert(struct site *site, uint32_t slot, ticks now)
{
    const struct phase_plan *phase = &site->plan->phase[site->person[slot].phase];

    site_count(site, &site->person[slot], -1, now);
    site->person[slot].queue = QUEUE_NONE;
    site_count(site, &site->person[slot], 1, now);
    if (phase->refused.exit)
        pathway_release(site, slot, phase->refused.to, now);
    else
        pathway_begin(site, slot, phase->refused.to, now);
}

void
pathway_on_phase(struct lp *lp, const struct event *event)
{
    struct site *site = lp->state;
    struct person *person = &site->person[event->subject];
    const struct target_plan *next = choose_next(site, person, lp->now);

    site_clock_rang(site, event->subject, CLOCK_PHASE);
    desk_end(site, event->subject, lp->now);
    measure_ended(site, event->subject,
                  next->exit || site->plan->phase[next->to].where != PHASE_INSIDE, lp->now);
    if (next->exit)
        pathway_release(site, event->subject, next->to, lp->now);
    else
        pathway_begin(site, event->subject, next->to, lp->now);
}

void
pathway_on_lapse(struct lp *lp, const struct event *event)
{
    struct site *site = lp->state;
    const struct person *person = &site->person[event->subject];

    assert(person->measure >= 0);
    uint16_t exit = site->plan->measure[person->measure].exit;
    site_clock_rang(site, event->subject, CLOCK_APPOINTMENT);
    measure_drop(site, event->subject, lp->now);
    pathway_release(site, event->subject, exit, lp->now);
}

void
pathway_on_hand_off(struct lp *lp, const struct event *event)
{
    struct site *site = lp->state;

    (void)event;
    site_vacate(site, -1, lp->now);
    admit_waiting(site, lp->now);
}

/* Somebody has come home: counted from the moment of leaving on. */
uint32_t
pathway_receive(struct lp *lp, const void *payload)
{
    struct traveller who;

    memcpy(&who, payload, sizeof who);
    if (who.person.phase == NO_PHASE)
        return after_keep(lp->state, &who);
    return site_add(lp->state, &who, who.person.began, false);
}

void
pathway_on_settle(struct lp *lp, const struct event *event)
{
    site_start_clocks(lp->state, event->subject);
    desk_arrive(lp->state, event->subject, lp->now);
}

void
pathway_settle_stock(struct site *site, uint32_t slot, ticks now)
{
    site_start_clocks(site, slot);
    desk_settle(site, slot);
    if (site->person[slot].where == WHERE_CUSTODY)
        ask_for_place(site, slot, now);
    else if (site->person[slot].where == WHERE_FACILITY)
        pathway_consider(site, slot, now);
}
