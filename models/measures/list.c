#include "list.h"

#include "figure.h"
#include "parts.h"
#include "scope.h"

#include "models/places/events.h"

#include <string.h>

/* What decides who comes first; moments, so that they do not change while somebody waits. */
static ticks
key_of(const struct person *person, const struct measure_plan *measure, ticks now)
{
    return measure->order == ORDER_LEAST_LEFT       ? now + person_left(person, now)
           : measure->order == ORDER_LONGEST_SERVED ? now - person_served(person, now)
                                                    : person->began;
}

bool
measure_offer(struct site *site, uint32_t slot, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];
    struct person *person = &site->person[slot];
    struct site_list *list = measure_list_of(site, number);
    ticks ripe = scope_ripe(person, measure, now);
    ticks since = site->model->measures->state[number].since;

    if (ripe == TICKS_NEVER || (ripe <= now && !measure_takes_up(site, person, number)))
        return false;
    since = person->began > since ? person->began : since;
    candidates_push(ripe > now ? &list->later : &list->ready, site,
                    candidate_of(site, slot, ripe > now ? ripe : key_of(person, measure, now),
                                 ripe > since ? ripe : since));
    if (ripe <= now && person->waits < 0)
        measure_set_held(site, person, person->measure, (int16_t)number, now);
    return ripe <= now;
}

/* Does PERSON, in a facility, leave custody on the day that begins NOW, whatever is done? */
static bool
leaves_today(const struct site *site, const struct person *person, ticks now)
{
    return person->clock == 0 && person->due[CLOCK_PHASE] < now + TICKS_PER_DAY &&
           measure_releases(site, person, now);
}

struct leaving {
    const struct site *site;
    ticks now;
    int64_t count;
};

static void
count_leaving(void *context, const struct event *event)
{
    struct leaving *leaving = context;

    if (event_kind(event) != EVENT_PHASE)
        return;
    const struct person *person = &leaving->site->person[event->subject];
    leaving->count +=
        person->where == WHERE_FACILITY && leaves_today(leaving->site, person, leaving->now);
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
        struct leaving leaving = {&model->site[i], now, 0};
        queue_each_before(&model->site[i].lp->queue, now + TICKS_PER_DAY, count_leaving, &leaving);
        measures->gone[i] = leaving.count;
    }
    return measures->gone;
}

void
measure_counts_gone(struct site *site, const struct person *person, int by, ticks now)
{
    struct measures *measures = site->model->measures;

    if (measures->gone_at == now && person->where == WHERE_FACILITY &&
        leaves_today(site, person, now))
        measures->gone[site->id] += by;
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

/* What SITE adds to the figure of MEASURE is looked at again. */
static void
look_at_part(struct model *model, const struct measure_plan *measure, uint32_t site, ticks now)
{
    struct measures *measures = model->measures;
    int64_t part = figure_part(&model->site[site], measure, gone_today(model, now)[site]);
    int64_t places = figure_places(&model->site[site], measure);

    measures->figure.people += part - measures->part[site];
    measures->figure.places += places - measures->places[site];
    measures->part[site] = part;
    measures->places[site] = places;
}

/* While a measure takes people at a round, only the site that the last was taken from, and where
 * they were sent, change. */
bool
measure_wants_more(struct model *model, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct measures *measures = model->measures;
    size_t size = model->plan->facilities * sizeof *measures->part;

    if (!measure->enough)
        return true;
    if (measures->figure_at != now || measures->figure_of != number) {
        measures->figure_at = now;
        measures->figure_of = number;
        measures->figure = (struct figure){0, measure->looks_at != LOOKS_AT_OCCUPANCY};
        memset(measures->part, 0, size);
        memset(measures->places, 0, size);
        for (uint32_t i = 0; i < model->plan->facilities; i++)
            look_at_part(model, measure, i, now);
    } else {
        if (measures->contest_last < model->plan->facilities)
            look_at_part(model, measure, measures->contest_last, now);
        if (measure->to != NOWHERE)
            look_at_part(model, measure, measure->to, now);
    }
    return figure_above(measures->figure, measure->off);
}

/* Those of SITE whose time has come wait from then on. */
static void
ripen(struct site *site, uint32_t number, ticks now)
{
    struct site_list *list = measure_list_of(site, number);

    while (list->later.count > 0 && list->later.memory[0].key <= now) {
        struct candidate candidate = candidates_pop(&list->later);
        const struct person *person = &site->person[candidate.slot];
        if (candidate_stands(site, &candidate) && person->measure < 0 &&
            measure_may_hold(site, person, number, now))
            measure_offer(site, candidate.slot, number, now);
    }
}

/* May NUMBER still take PERSON? Not who leaves today anyway, where only as many as needed are
 * taken. */
static bool
still_may(const struct site *site, const struct person *person, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];

    return person->measure < 0 && measure_may_hold(site, person, number, now) &&
           scope_ripe(person, measure, now) <= now &&
           !(measure->enough && leaves_today(site, person, now));
}

/* PERSON waits for NUMBER no longer; but for the next measure that may still take them, if any. */
static void
wait_for_next(struct site *site, struct person *person, uint32_t number, ticks now)
{
    const struct model *model = site->model;
    uint32_t next = number + 1;

    while (next < model->plan->measures &&
           !(model->measures->state[next].on &&
             measure_kind_of(&model->plan->measure[next])->acts == ACTS_WHILE_ON &&
             measure_reaches(model, next, person, false) && still_may(site, person, next, now) &&
             measure_takes_up(site, person, next)))
        next++;
    measure_set_held(site, person, person->measure,
                     next < model->plan->measures ? (int16_t)next : -1, now);
}

/* The first of SITE for NUMBER; NULL: nobody. Whoever may be taken no longer goes. */
static const struct candidate *
first_of(struct site *site, uint32_t number, ticks now)
{
    struct candidates *ready = &measure_list_of(site, number)->ready;

    while (ready->count > 0) {
        const struct candidate *first = &ready->memory[0];
        struct person *person = &site->person[first->slot];
        bool stands = candidate_stands(site, first);
        if (stands && still_may(site, person, number, now))
            return first;
        if (stands && person->waits == (int16_t)number)
            wait_for_next(site, person, number, now);
        candidates_pop(ready);
    }
    return NULL;
}

/* The first of SITE whose sentence NUMBER postponed. */
static const struct candidate *
first_held(struct site *site, uint32_t number)
{
    struct candidates *ready = &measure_list_of(site, number)->ready;

    while (ready->count > 0 && !candidate_stands(site, &ready->memory[0]))
        candidates_pop(ready);
    return ready->count > 0 ? &ready->memory[0] : NULL;
}

/* Whom site I sends to be taken by NUMBER, or called, if anybody. */
static const struct candidate *
sent_by(struct model *model, uint32_t i, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct site *site = &model->site[i];
    struct site_list *list = measure_list_of(site, number);

    if (model->measures->contest_calls)
        return first_held(site, number);
    if (list->ready.count + list->later.count == 0)
        return NULL;
    ripen(site, number, now);
    if (measure->enough && figure_part(site, measure, gone_today(model, now)[i]) <= 0)
        return NULL;
    return first_of(site, number, now);
}

/* While a measure takes or calls people at a round, only the site that the last was taken from, and
 * where they were sent, may come to send others. */
static void
contest_bring_up_to(struct model *model, uint32_t number, bool calls, ticks now)
{
    struct measures *measures = model->measures;
    uint32_t to = model->plan->measure[number].to, last = measures->contest_last;

    if (measures->contest_at != now || measures->contest_of != number ||
        measures->contest_calls != calls) {
        measures->contest_at = now;
        measures->contest_of = number;
        measures->contest_calls = calls;
        for (uint32_t i = 0; i < model->plan->sites; i++)
            contest_enter(&measures->contest, i, sent_by(model, i, number, now));
        contest_decide(&measures->contest);
        return;
    }
    contest_replace(&measures->contest, last, sent_by(model, last, number, now));
    if (to != NOWHERE)
        contest_replace(&measures->contest, to, sent_by(model, to, number, now));
}

/* The first of all whom NUMBER takes, or CALLS; it is out of its list. */
static bool
choose(struct model *model, uint32_t number, bool calls, ticks now, struct chosen *chosen)
{
    struct measures *measures = model->measures;

    contest_bring_up_to(model, number, calls, now);
    uint32_t winner = contest_winner(&measures->contest);
    if (winner == NO_WINNER)
        return false;
    struct site *site = &model->site[winner];
    struct candidate candidate = candidates_pop(&measure_list_of(site, number)->ready);
    measures->contest_last = winner;
    *chosen = (struct chosen){site, candidate.slot, candidate.since};
    return true;
}

bool
measure_next(struct model *model, uint32_t number, ticks now, struct chosen *chosen)
{
    return choose(model, number, false, now, chosen);
}

void
measure_take(struct model *model, uint32_t number, const struct chosen *chosen, ticks now)
{
    struct measures *measures = model->measures;
    const struct measure_plan *measure = &model->plan->measure[number];
    struct site *site = chosen->site;
    struct person *person = &site->person[chosen->slot];

    measure_count_taken(site, number, now - chosen->since);
    measure_set_held(site, person, (int16_t)number, -1, now);
    measures->state[number].taken++;
    measures->state[number].taken_today++;
    if (measure_kind_of(measure)->apply == NULL)
        return;
    measure_counts_gone(site, person, -1, now);
    measure_kind_of(measure)->apply(site, chosen->slot, measure, now);
    measure_counts_gone(site, person, 1, now);
}

bool
measure_calls(struct model *model, uint32_t number, ticks now, struct chosen *chosen, bool *never)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct measure_state *state = &model->measures->state[number];

    if (measure_kind_of(measure)->acts != ACTS_BEFORE_SERVING || state->on ||
        state->taken_today >= measure->a_day || !choose(model, number, true, now, chosen))
        return false;
    struct site *site = chosen->site;
    struct stream stream =
        site_stream(site, &site->person[chosen->slot], DRAW_POSTPONED, measure->draw);
    *never = stream_uniform(&stream) < measure->never;
    if (!*never) {
        state->taken_today++;
        measure_count_taken(site, number, now - chosen->since);
    }
    return true;
}
