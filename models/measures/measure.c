#include "measure.h"

#include "away.h"
#include "candidates.h"
#include "contest.h"
#include "early_release.h"
#include "facilities.h"
#include "figure.h"
#include "pardon.h"
#include "scope.h"

#include "models/places/events.h"
#include "models/places/trace.h"
#include "models/state.h"

#include <stdlib.h>
#include <string.h>

struct measure_state {
    bool on;
    ticks review, effect; /* next look; when a decision takes effect; 0: at once */
    ticks since;          /* when it last went on or off */
    struct line in_force; /* 1 while it is on */
    bool reached;         /* since it is on it has reached those inside */
    bool decided;
    uint32_t uses; /* how often it went on */
    double uptake; /* of this use */
    int32_t day;   /* of taken_today */
    int64_t taken, taken_today;
    ticks turn_ends;
    bool *above;    /* [of_days]: was the figure above `on`, by day modulo of_days */
    int64_t *given; /* [facilities]: beds; of a kind that gives them */
};

/* What a measure has of a site. */
struct site_list {
    struct candidates ready, later; /* whom it may take, now or from a moment on */
    struct candidates turning;      /* who is on leave by turns, in no order that matters */
    uint32_t out, in;               /* of those: outside, inside */
};

struct measures {
    uint32_t count;
    struct site_list *list; /* [measures][sites]; NULL: none takes people from lists */
    size_t lists;
    int64_t *gone; /* [sites]: who leaves on the day that begins at gone_at; NULL: nobody asks */
    ticks gone_at;
    struct contest contest; /* who comes first for measure contest_of at the round contest_at */
    uint32_t contest_of, contest_last; /* the site that sent who was taken last */
    ticks contest_at;
    struct measure_state state[]; /* [count] */
};

static const struct measure_kind *const kinds[MEASURE_KINDS] = {
    [MEASURE_EARLY_RELEASE] = &early_release, [MEASURE_EXTENDED_LEAVE] = &extended_leave,
    [MEASURE_POSTPONE] = &postpone,           [MEASURE_MONITORING] = &electronic_monitoring,
    [MEASURE_TRANSFER_OUT] = &transfer_out,   [MEASURE_EXTRA_BEDS] = &extra_beds,
    [MEASURE_ENTRY_STOP] = &entry_stop,       [MEASURE_PARDON] = &pardon,
};

static const struct measure_kind *
kind_of(const struct measure_plan *measure)
{
    return kinds[measure->kind];
}

static struct site_list *
list_of(const struct site *site, uint32_t number)
{
    return &site->model->measures->list[(size_t)number * site->plan->sites + site->id];
}

/* The sites in an order that is not that of a list: facilities, then regions, by name. */
static struct site *
site_in_order(const struct model *model, uint32_t i)
{
    const struct plan *plan = model->plan;

    return &model->site[i < plan->facilities
                            ? plan->by_name[i]
                            : plan->facilities + plan->region_by_name[i - plan->facilities]];
}

static bool
create_state(struct measure_state *state, const struct plan *plan, uint32_t number)
{
    const struct measure_plan *measure = &plan->measure[number];
    bool good = true;

    if (measure->of_days > 0)
        good &= (state->above = calloc(measure->of_days, sizeof *state->above)) != NULL;
    if (kind_of(measure)->switched != NULL)
        good &= (state->given = calloc(plan->facilities + 1, sizeof *state->given)) != NULL;
    return good;
}

struct measures *
measures_create(const struct plan *plan)
{
    struct measures *measures =
        calloc(1, sizeof *measures + plan->measures * sizeof *measures->state);
    bool good = measures != NULL;

    for (uint32_t i = 0; good && i < plan->measures; i++) {
        measures->count++;
        good = create_state(&measures->state[i], plan, i);
    }
    if (good && plan->listed_measures) {
        measures->lists = (size_t)plan->measures * plan->sites;
        good = (measures->list = calloc(measures->lists + 1, sizeof *measures->list)) != NULL &&
               contest_create(&measures->contest, plan->sites);
    }
    if (good && plan->enough_measures)
        good = (measures->gone = calloc(plan->sites, sizeof *measures->gone)) != NULL;
    if (good)
        return measures;
    measures_free(measures);
    return NULL;
}

void
measures_reset(struct model *model)
{
    struct measures *measures = model->measures;

    for (uint32_t i = 0; i < measures->count; i++) {
        struct measure_state *state = &measures->state[i];
        *state = (struct measure_state){.above = state->above, .given = state->given};
        if (state->above != NULL)
            memset(state->above, 0, model->plan->measure[i].of_days * sizeof *state->above);
    }
    for (size_t i = 0; i < measures->lists; i++) {
        struct site_list *list = &measures->list[i];
        list->ready.count = list->later.count = list->turning.count = 0;
        list->out = list->in = 0;
    }
    measures->gone_at = measures->contest_at = -1;
}

void
measures_free(struct measures *measures)
{
    if (measures == NULL)
        return;
    for (uint32_t i = 0; i < measures->count; i++) {
        free(measures->state[i].above);
        free(measures->state[i].given);
    }
    for (size_t i = 0; measures->list != NULL && i < measures->lists; i++) {
        free(measures->list[i].ready.memory);
        free(measures->list[i].later.memory);
        free(measures->list[i].turning.memory);
    }
    contest_free(&measures->contest);
    free(measures->list);
    free(measures->gone);
    free(measures);
}

const struct line *
measure_in_force(const struct model *model, uint32_t number)
{
    return &model->measures->state[number].in_force;
}

/* What is counted of who is under a measure and who waits for one. */
static void
set_held(struct site *site, struct person *person, int16_t measure, int16_t waits, ticks now)
{
    const struct {
        int level, was, is;
    } changes[] = {{LEVEL_UNDER, person->measure, measure}, {LEVEL_WAITS, person->waits, waits}};

    for (size_t i = 0; site->plan->relief && i < sizeof changes / sizeof *changes; i++) {
        int level = counts_level(site->plan, changes[i].level);
        if (changes[i].was == changes[i].is)
            continue;
        if (changes[i].was >= 0)
            site_change(site, level + changes[i].was, -1, now);
        if (changes[i].is >= 0)
            site_change(site, level + changes[i].is, 1, now);
    }
    if (person->measure >= 0 && person->measure != measure)
        trace_tell(site, person, TRACE_MEASURE_ENDS, (uint32_t)person->measure, now);
    if (measure >= 0 && person->measure != measure)
        trace_tell(site, person, TRACE_MEASURE, (uint32_t)measure, now);
    if (waits >= 0 && person->waits != waits)
        trace_tell(site, person, TRACE_OFFERED, (uint32_t)waits, now);
    person->measure = measure;
    person->waits = waits;
}

static void
count_taken(struct site *site, uint32_t number, ticks waited)
{
    if (!site->plan->relief)
        return;
    site_flow(site, counts_flow(site->plan, FLOW_TAKEN) + (int)number, 1);
    site_flow(site, counts_flow(site->plan, FLOW_TAKEN_WAIT) + (int)number, waited);
}

/* Does measure NUMBER, which is on, reach somebody whose phase began when PERSON's did? BEGINNING:
 * it does so now. */
static bool
reaches(const struct model *model, uint32_t number, const struct person *person, bool beginning)
{
    bool is_new = beginning || person->began > model->measures->state[number].since;
    int reach = model->plan->measure[number].reaches;

    return reach == REACHES_BOTH || reach == (is_new ? REACHES_NEW : REACHES_INSIDE);
}

static bool
may_hold(const struct site *site, const struct person *person, uint32_t number)
{
    const struct measure_plan *measure = &site->plan->measure[number];

    return kind_of(measure)->concerns(site, person, measure) && scope_holds(site, person, measure);
}

/* Whether PERSON takes NUMBER up is drawn once for the two of them, so that it need not be looked
 * at again while they wait. */
static bool
takes_up(const struct site *site, const struct person *person, uint32_t number)
{
    return scope_takes_up(site, person, &site->plan->measure[number],
                          site->model->measures->state[number].uptake);
}

/* What decides who comes first; moments, so that they do not change while somebody waits. */
static ticks
key_of(const struct person *person, const struct measure_plan *measure, ticks now)
{
    return measure->order == ORDER_LEAST_LEFT       ? now + person_left(person, now)
           : measure->order == ORDER_LONGEST_SERVED ? now - person_served(person, now)
                                                    : person->began;
}

/* SLOT takes its turn for measure NUMBER; false: its time has not come yet, or never does, or it
 * does not take it up. */
static bool
offer(struct site *site, uint32_t slot, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];
    struct person *person = &site->person[slot];
    struct site_list *list = list_of(site, number);
    ticks ripe = scope_ripe(person, measure, now);
    ticks since = site->model->measures->state[number].since;
    struct candidate candidate = {.name = person->name, .slot = slot, .step = person->step};

    if (ripe == TICKS_NEVER || (ripe <= now && !takes_up(site, person, number)))
        return false;
    since = person->began > since ? person->began : since;
    candidate.since = ripe > since ? ripe : since;
    candidate.key = ripe > now ? ripe : key_of(person, measure, now);
    candidates_push(ripe > now ? &list->later : &list->ready, site, candidate);
    if (ripe <= now && person->waits < 0)
        set_held(site, person, person->measure, (int16_t)number, now);
    return ripe <= now;
}

/* NUMBER, which is on, holds for SLOT, or SLOT waits for it: where people are taken from lists, and
 * where one before it in the list may take them (WAITS). Does SLOT wait? */
static bool
consider(struct site *site, uint32_t slot, uint32_t number, bool waits, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];

    if (measure->listed || waits)
        return offer(site, slot, number, now);
    if (!takes_up(site, &site->person[slot], number))
        return false;
    count_taken(site, number, 0);
    set_held(site, &site->person[slot], (int16_t)number, -1, now);
    kind_of(measure)->apply(site, slot, measure, now);
    return false;
}

void
measure_apply(struct site *site, uint32_t slot, ticks now, bool beginning)
{
    const struct model *model = site->model;
    const struct person *person = &site->person[slot];
    bool waits = false;

    for (uint32_t i = 0; i < model->plan->measures && person->measure < 0; i++)
        if (model->measures->state[i].on && reaches(model, i, person, beginning) &&
            kind_of(&model->plan->measure[i])->acts == ACTS_WHILE_ON && may_hold(site, person, i))
            waits |= consider(site, slot, i, waits, now);
}

/* A pardon, which holds for nobody afterwards. */
static void
grant(struct site *site, uint32_t slot, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];
    ticks ripe = scope_ripe(&site->person[slot], measure, now);

    if (ripe == TICKS_NEVER || ripe > now || !takes_up(site, &site->person[slot], number))
        return;
    count_taken(site, number, 0);
    trace_tell(site, &site->person[slot], TRACE_MEASURE, number, now);
    kind_of(measure)->apply(site, slot, measure, now);
}

/* Those inside at the start are reached by the first round, as by any other measure. */
void
measure_reach(struct model *model, uint32_t number, ticks now)
{
    struct measure_state *state = &model->measures->state[number];
    enum measure_acts acts = kind_of(&model->plan->measure[number])->acts;

    if (!state->on || state->reached)
        return;
    state->reached = true;
    if (model->plan->measure[number].reaches == REACHES_NEW || acts == ACTS_ON_FACILITIES ||
        acts == ACTS_BEFORE_SERVING)
        return;
    for (uint32_t i = 0; i < model->plan->sites; i++) { /* regions too: who is in police custody */
        struct site *site = site_in_order(model, i);
        for (uint32_t slot = 0; slot < site->used; slot++) {
            const struct person *person = &site->person[slot];
            if (acts == ACTS_ONCE && may_hold(site, person, number))
                grant(site, slot, number, now);
            else if (acts == ACTS_WHILE_ON && person->measure < 0 &&
                     reaches(model, number, person, false) && may_hold(site, person, number))
                consider(site, slot, number, person->waits >= 0 && (uint32_t)person->waits < number,
                         now);
        }
    }
}

/* SLOT is on leave by turns no longer, or no longer here. */
static void
leave_turns(struct site *site, const struct person *person)
{
    if (person->measure < 0 || !site->plan->measure[person->measure].in_turn)
        return;
    struct site_list *list = list_of(site, (uint32_t)person->measure);
    --*(person->away ? &list->out : &list->in);
}

void
measure_drop(struct site *site, uint32_t slot, ticks now)
{
    leave_turns(site, &site->person[slot]);
    set_held(site, &site->person[slot], -1, -1, now);
}

/* Is SLOT to be let go now that NUMBER is off? Who was sent away stays so where nobody is called
 * back. */
static bool
is_let_go(const struct person *person, uint32_t number, bool back)
{
    return person->phase != NO_PHASE && person->measure == (int16_t)number &&
           (back || !person->away);
}

static void
let_go(struct model *model, struct site *site, uint32_t slot, uint32_t number, ticks now,
       void (*returned)(struct model *, struct site *, uint32_t, ticks))
{
    const struct measure_kind *kind = kind_of(&model->plan->measure[number]);
    struct stream_name name = site->person[slot].name;

    measure_drop(site, slot, now);
    if (kind->undo != NULL)
        kind->undo(site, slot, now);
    else if (returned != NULL)
        returned(model, site, slot, now);
    if (site->person[slot].name.source == name.source &&
        site->person[slot].name.number == name.number) /* has not gone elsewhere */
        measure_apply(site, slot, now, false);
}

void
measure_let_go(struct model *model, uint32_t number, ticks now,
               void (*returned)(struct model *, struct site *, uint32_t, ticks))
{
    bool back = returned != NULL || kind_of(&model->plan->measure[number])->undo != NULL;

    for (uint32_t i = 0; i < model->plan->sites; i++) {
        struct site *site = site_in_order(model, i);
        if (model->measures->list != NULL)
            list_of(site, number)->ready.count = list_of(site, number)->later.count = 0;
        for (uint32_t slot = 0; slot < site->used; slot++) {
            struct person *person = &site->person[slot];
            if (is_let_go(person, number, back)) {
                let_go(model, site, slot, number, now, returned);
            } else if (person->phase != NO_PHASE && person->waits == (int16_t)number) {
                set_held(site, person, person->measure, -1, now);
                measure_apply(site, slot, now, false);
            }
        }
    }
}

/* Was the figure above `on` at the rounds of so many of the last days? A day counts once, at its
 * first round. */
static bool
above_often(const struct measure_plan *measure, struct measure_state *state, bool above,
            int32_t day)
{
    uint32_t days = 0;

    if (state->day != day || day == 0)
        state->above[(uint32_t)day % measure->of_days] = above;
    for (uint32_t i = 0; i < measure->of_days; i++)
        days += state->above[i];
    return days >= measure->on_days;
}

/* What the dates and the figure ask for on DAY. */
static bool
wanted(const struct model *model, uint32_t number, int32_t day)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct measure_state *state = &model->measures->state[number];

    if (day < measure->from || day >= measure->until)
        return false;
    if (!measure->triggered)
        return true;
    struct figure figure = figure_of(model, measure, NULL);
    bool above = figure_above(figure, measure->on);
    if (measure->of_days > 0)
        above = above_often(measure, state, above, day);
    return state->decided ? !figure_below(figure, measure->off) : above;
}

/* Look at what measure NUMBER's dates and its figure ask for; what is decided takes effect after
 * the notice. */
static void
look(struct model *model, uint32_t number, int32_t day, ticks now)
{
    struct measure_state *state = &model->measures->state[number];
    const struct measure_plan *measure = &model->plan->measure[number];
    bool want = wanted(model, number, day);

    if (want != state->decided) {
        state->decided = want;
        state->effect = now + measure->notice;
    }
    state->review = now + measure->review;
}

/* The share that takes it up falls with each use. */
static double
uptake_of_use(const struct measure_plan *measure, uint32_t uses)
{
    double uptake = measure->uptake;

    for (uint32_t i = 0; i < uses && uptake > 0; i++)
        uptake *= 1 - measure->fatigue;
    return uptake;
}

static void
switch_to(struct model *model, uint32_t number, bool on, ticks now)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct measure_state *state = &model->measures->state[number];
    int64_t by = (int64_t)on - state->on;

    if (on)
        state->uptake = uptake_of_use(measure, state->uses++);
    state->on = on;
    state->since = now;
    state->reached = !on;
    state->turn_ends = now + measure->turn;
    state->in_force.a -= (uint64_t)(by * now);
    state->in_force.v += by;
    if (kind_of(measure)->switched != NULL)
        kind_of(measure)->switched(model, measure, state->given, on, now);
}

enum measure_turn
measure_review(struct model *model, uint32_t number, int32_t day, ticks now)
{
    struct measure_state *state = &model->measures->state[number];
    enum measure_turn turn = MEASURE_AS_IT_WAS;

    if (kind_of(&model->plan->measure[number])->acts == ACTS_ONCE && state->on && !state->reached)
        return MEASURE_AS_IT_WAS; /* granted on the first day: it acts at the first round */
    if (now >= state->review)
        look(model, number, day, now);
    if (now >= state->effect && state->on != state->decided) {
        switch_to(model, number, state->decided, now);
        turn = state->on ? MEASURE_WENT_ON : MEASURE_WENT_OFF;
    }
    if (state->day != day) {
        state->day = day;
        state->taken_today = 0;
    }
    return turn;
}

struct leaving {
    const struct site *site;
    int64_t count;
};

/* An end of a phase that can only lead out of custody. */
static void
count_leaving(void *context, const struct event *event)
{
    struct leaving *leaving = context;

    if (event_kind(event) != EVENT_PHASE)
        return;
    const struct person *person = &leaving->site->person[event->subject];
    leaving->count += person->where == WHERE_FACILITY && person->clock == 0 &&
                      leaving->site->plan->phase[person->phase].releases;
}

/* Who leaves on the day that begins NOW, whatever is done. */
static const int64_t *
gone_today(struct model *model, ticks now)
{
    struct measures *measures = model->measures;

    if (measures->gone_at == now)
        return measures->gone;
    measures->gone_at = now;
    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        struct leaving leaving = {&model->site[i], 0};
        queue_each_before(&model->site[i].lp->queue, now + TICKS_PER_DAY, count_leaving, &leaving);
        measures->gone[i] = leaving.count;
    }
    return measures->gone;
}

/* People for whom NUMBER holds. */
static int64_t
people_under(const struct model *model, uint32_t number)
{
    uint32_t level = (uint32_t)counts_level(model->plan, LEVEL_UNDER) + number;
    int64_t people = 0;

    for (uint32_t i = 0; i < model->plan->sites; i++)
        people += model->site[i].now.line[level].v;
    return people;
}

int64_t
measure_room(const struct model *model, uint32_t number)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    const struct measure_state *state = &model->measures->state[number];
    int64_t room = state->on ? measure->total - state->taken : 0;

    if (room > measure->a_day - state->taken_today)
        room = measure->a_day - state->taken_today;
    if (room <= 0 || measure->at_once >= MEASURE_NO_LIMIT)
        return room;
    int64_t at_once = measure->at_once - people_under(model, number);
    return room < at_once ? room : at_once;
}

bool
measure_wants_more(struct model *model, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &model->plan->measure[number];

    return !measure->enough ||
           figure_above(figure_of(model, measure, gone_today(model, now)), measure->off);
}

/* The person that CANDIDATE of SITE stands for, or NULL. */
static struct person *
stands_for(struct site *site, const struct candidate *candidate)
{
    struct person *person = &site->person[candidate->slot];

    return person->name.source == candidate->name.source &&
                   person->name.number == candidate->name.number && person->phase != NO_PHASE &&
                   person->step == candidate->step
               ? person
               : NULL;
}

/* Those of SITE whose time has come wait from then on. */
static void
ripen(struct site *site, uint32_t number, ticks now)
{
    struct site_list *list = list_of(site, number);

    while (list->later.count > 0 && list->later.memory[0].key <= now) {
        struct candidate candidate = candidates_pop(&list->later);
        const struct person *person = stands_for(site, &candidate);
        if (person != NULL && person->measure < 0 && may_hold(site, person, number))
            offer(site, candidate.slot, number, now);
    }
}

/* May NUMBER still take PERSON? Not who leaves today anyway, where only as many as needed are
 * taken. */
static bool
still_may(const struct site *site, const struct person *person, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];
    bool leaves = site->plan->phase[person->phase].releases && person->clock == 0 &&
                  person->due[CLOCK_PHASE] < now + TICKS_PER_DAY;

    return person->measure < 0 && may_hold(site, person, number) &&
           scope_ripe(person, measure, now) <= now && !(measure->enough && leaves);
}

/* The first of SITE for NUMBER; NULL: nobody. Whoever may be taken no longer goes. */
static const struct candidate *
first_of(struct site *site, uint32_t number, ticks now)
{
    struct candidates *ready = &list_of(site, number)->ready;

    while (ready->count > 0) {
        struct person *person = stands_for(site, &ready->memory[0]);
        if (person != NULL && still_may(site, person, number, now))
            return &ready->memory[0];
        if (person != NULL && person->waits == (int16_t)number)
            set_held(site, person, person->measure, -1, now);
        candidates_pop(ready);
    }
    return NULL;
}

/* Whom site I sends to be taken by NUMBER, if anybody. */
static const struct candidate *
sent_by(struct model *model, uint32_t i, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct site *site = &model->site[i];
    struct site_list *list = list_of(site, number);

    if (list->ready.count + list->later.count == 0)
        return NULL;
    ripen(site, number, now);
    if (measure->enough && figure_part(site, measure, gone_today(model, now)[i]) <= 0)
        return NULL;
    return first_of(site, number, now);
}

/* While a measure takes people at a round, only the site that the last was taken from, and where
 * they were sent, may come to send others. */
static void
contest_bring_up_to(struct model *model, uint32_t number, ticks now)
{
    struct measures *measures = model->measures;
    uint32_t to = model->plan->measure[number].to, last = measures->contest_last;

    if (measures->contest_at != now || measures->contest_of != number) {
        measures->contest_at = now;
        measures->contest_of = number;
        for (uint32_t i = 0; i < model->plan->sites; i++)
            contest_enter(&measures->contest, i, sent_by(model, i, number, now));
        contest_decide(&measures->contest);
        return;
    }
    contest_replace(&measures->contest, last, sent_by(model, last, number, now));
    if (to != NOWHERE)
        contest_replace(&measures->contest, to, sent_by(model, to, number, now));
}

bool
measure_next(struct model *model, uint32_t number, ticks now, struct chosen *chosen)
{
    struct measures *measures = model->measures;

    contest_bring_up_to(model, number, now);
    uint32_t winner = contest_winner(&measures->contest);
    if (winner == NO_WINNER)
        return false;
    struct site *site = &model->site[winner];
    struct candidate candidate = candidates_pop(&list_of(site, number)->ready);
    measures->contest_last = winner;
    *chosen = (struct chosen){site, candidate.slot, candidate.since};
    return true;
}

void
measure_take(struct model *model, uint32_t number, const struct chosen *chosen, ticks now)
{
    struct measures *measures = model->measures;
    const struct measure_plan *measure = &model->plan->measure[number];
    struct site *site = chosen->site;
    struct person *person = &site->person[chosen->slot];

    count_taken(site, number, now - chosen->since);
    set_held(site, person, (int16_t)number, -1, now);
    measures->state[number].taken++;
    measures->state[number].taken_today++;
    if (kind_of(measure)->apply == NULL)
        return;
    bool leaves = person->due[CLOCK_PHASE] < now + TICKS_PER_DAY;
    kind_of(measure)->apply(site, chosen->slot, measure, now);
    if (measures->gone_at == now && !leaves && person->due[CLOCK_PHASE] < now + TICKS_PER_DAY)
        measures->gone[site->id]++;
}

void
measure_arrived(struct site *site, uint32_t slot, ticks now)
{
    const struct plan *plan = site->plan;
    struct person *person = &site->person[slot];

    bool turns = person->measure >= 0 && plan->measure[person->measure].in_turn;
    if (turns && !person->away && site->facility != NULL &&
        site->facility->kind != KIND_PRISON) { /* moved on, to where nobody takes turns */
        set_held(site, person, -1, -1, now);
        turns = false;
    }
    if (turns) {
        struct site_list *list = list_of(site, (uint32_t)person->measure);
        ++*(person->away ? &list->out : &list->in);
        candidates_push(
            &list->turning, site,
            (struct candidate){
                .since = now, .name = person->name, .slot = slot, .step = person->step});
    }
    if (plan->listed_measures && person->measure < 0)
        measure_apply(site, slot, now, false);
}

void
measure_leaving(struct site *site, uint32_t slot)
{
    leave_turns(site, &site->person[slot]);
}

void
measure_ended(struct site *site, uint32_t slot, bool leaves, ticks now)
{
    const struct person *person = &site->person[slot];

    if (person->measure < 0)
        return;
    const struct measure_plan *measure = &site->plan->measure[person->measure];
    if (kind_of(measure)->ended != NULL) {
        trace_tell(site, person, TRACE_FREED, (uint32_t)person->measure, now);
        kind_of(measure)->ended(site, slot, now);
    }
    leave_turns(site, person);
    if (!site->plan->relief || !leaves)
        return;
    site_flow(site, counts_flow(site->plan, FLOW_LET_GO) + person->measure, 1);
    site_flow(site, counts_flow(site->plan, FLOW_DAYS_EARLIER) + person->measure,
              ticks_day(person->planned - now));
}

bool
measure_keeps(const struct site *site, const struct person *person, uint8_t status)
{
    if (person->measure < 0 || !person->away)
        return false;
    const struct measure_plan *measure = &site->plan->measure[person->measure];
    return (site->model->measures->state[person->measure].on || !measure->called_back) &&
           (measure->statuses >> status & 1) &&
           (measure->of_class == NULL || measure->of_class[person->class]);
}

bool
measure_holds_back(struct site *site, uint32_t slot, ticks now)
{
    const struct model *model = site->model;
    struct person *person = &site->person[slot];

    for (uint32_t i = 0; i < model->plan->measures; i++) {
        const struct measure_plan *measure = &model->plan->measure[i];
        if (kind_of(measure)->acts != ACTS_BEFORE_SERVING || !model->measures->state[i].on ||
            !may_hold(site, person, i) || !takes_up(site, person, i))
            continue;
        set_held(site, person, (int16_t)i, -1, now);
        candidates_push(&list_of(site, i)->ready, site,
                        (struct candidate){.key = now,
                                           .since = now,
                                           .name = person->name,
                                           .slot = slot,
                                           .step = person->step});
        return true;
    }
    return false;
}

/* The site of whoever has waited longest for the end of NUMBER; NULL: nobody does. */
static struct site *
longest_held(struct model *model, uint32_t number)
{
    struct site *longest = NULL;

    for (uint32_t i = 0; i < model->plan->sites; i++) {
        struct site *site = &model->site[i];
        struct candidates *ready = &list_of(site, number)->ready;
        while (ready->count > 0 && stands_for(site, &ready->memory[0]) == NULL)
            candidates_pop(ready);
        if (ready->count > 0 &&
            (longest == NULL ||
             candidate_before(&ready->memory[0], &list_of(longest, number)->ready.memory[0])))
            longest = site;
    }
    return longest;
}

bool
measure_calls(struct model *model, uint32_t number, ticks now, struct chosen *chosen, bool *never)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct measure_state *state = &model->measures->state[number];

    if (kind_of(measure)->acts != ACTS_BEFORE_SERVING || state->on ||
        state->taken_today >= measure->a_day)
        return false;
    struct site *site = longest_held(model, number);
    if (site == NULL)
        return false;
    struct candidate candidate = candidates_pop(&list_of(site, number)->ready);
    *chosen = (struct chosen){site, candidate.slot, candidate.since};
    struct stream stream =
        site_stream(site, &site->person[candidate.slot], DRAW_POSTPONED, measure->draw);
    *never = stream_uniform(&stream) < measure->never;
    if (!*never) {
        state->taken_today++;
        count_taken(site, number, now - candidate.since);
    }
    return true;
}

bool
measure_turn_out(struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    const struct site_list *list = list_of(site, (uint32_t)person->measure);
    bool out = list->out <= list->in;

    measure_arrived(site, slot, now); /* inside, to begin with */
    return out;
}

void
measure_changes_side(struct site *site, const struct person *person)
{
    struct site_list *list;

    if (person->measure < 0 || !site->plan->measure[person->measure].in_turn)
        return;
    list = list_of(site, (uint32_t)person->measure);
    ++*(person->away ? &list->out : &list->in);
    --*(person->away ? &list->in : &list->out);
}

/* One half of a turn at SITE: those who were outside come in, or those inside go out. Whoever has
 * come to the list NOW stays where they are. */
static void
half_turn(struct model *model, struct site *site, uint32_t number, bool outside, ticks now,
          void (*go)(struct model *, struct site *, uint32_t, ticks))
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct candidates *turning = &list_of(site, number)->turning;
    uint32_t kept = 0, count = turning->count;

    for (uint32_t i = 0; i < count; i++) {
        struct candidate *candidate = &turning->memory[i];
        struct person *person = stands_for(site, candidate);
        if (person == NULL || person->measure != (int16_t)number)
            continue;
        bool goes = candidate->since < now && person->away == outside &&
                    (outside || kind_of(measure)->concerns(site, person, measure));
        if (goes)
            candidate->since = now;
        uint32_t slot = candidate->slot;
        turning->memory[kept++] = *candidate;
        if (goes)
            go(model, site, slot, now);
    }
    for (uint32_t i = count; i < turning->count; i++)
        turning->memory[kept++] = turning->memory[i];
    turning->count = kept;
}

void
measure_turns(struct model *model, uint32_t number, ticks now,
              void (*out)(struct model *, struct site *, uint32_t, ticks),
              void (*in)(struct model *, struct site *, uint32_t, ticks))
{
    struct measure_state *state = &model->measures->state[number];

    if (!model->plan->measure[number].in_turn || !state->on || now < state->turn_ends)
        return;
    state->turn_ends += model->plan->measure[number].turn;
    for (uint32_t i = 0; i < model->plan->sites; i++) {
        half_turn(model, site_in_order(model, i), number, false, now, out);
        half_turn(model, site_in_order(model, i), number, true, now, in);
    }
}
