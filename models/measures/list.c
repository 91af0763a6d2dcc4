#include "list.h"

#include "figure.h"
#include "parts.h"
#include "scope.h"

#include "models/places/events.h"

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
    struct candidate candidate = {.name = person->name, .slot = slot, .step = person->step};

    if (ripe == TICKS_NEVER || (ripe <= now && !measure_takes_up(site, person, number)))
        return false;
    since = person->began > since ? person->began : since;
    candidate.since = ripe > since ? ripe : since;
    candidate.key = ripe > now ? ripe : key_of(person, measure, now);
    candidates_push(ripe > now ? &list->later : &list->ready, site, candidate);
    if (ripe <= now && person->waits < 0)
        measure_set_held(site, person, person->measure, (int16_t)number, now);
    return ripe <= now;
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

/* Those of SITE whose time has come wait from then on. */
static void
ripen(struct site *site, uint32_t number, ticks now)
{
    struct site_list *list = measure_list_of(site, number);

    while (list->later.count > 0 && list->later.memory[0].key <= now) {
        struct candidate candidate = candidates_pop(&list->later);
        const struct person *person = measure_person(site, &candidate);
        if (person != NULL && person->measure < 0 && measure_may_hold(site, person, number))
            measure_offer(site, candidate.slot, number, now);
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

    return person->measure < 0 && measure_may_hold(site, person, number) &&
           scope_ripe(person, measure, now) <= now && !(measure->enough && leaves);
}

/* The first of SITE for NUMBER; NULL: nobody. Whoever may be taken no longer goes. */
static const struct candidate *
first_of(struct site *site, uint32_t number, ticks now)
{
    struct candidates *ready = &measure_list_of(site, number)->ready;

    while (ready->count > 0) {
        struct person *person = measure_person(site, &ready->memory[0]);
        if (person != NULL && still_may(site, person, number, now))
            return &ready->memory[0];
        if (person != NULL && person->waits == (int16_t)number)
            measure_set_held(site, person, person->measure, -1, now);
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
    struct site_list *list = measure_list_of(site, number);

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
    struct candidate candidate = candidates_pop(&measure_list_of(site, number)->ready);
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

    measure_count_taken(site, number, now - chosen->since);
    measure_set_held(site, person, (int16_t)number, -1, now);
    measures->state[number].taken++;
    measures->state[number].taken_today++;
    if (measure_kind_of(measure)->apply == NULL)
        return;
    bool leaves = person->due[CLOCK_PHASE] < now + TICKS_PER_DAY;
    measure_kind_of(measure)->apply(site, chosen->slot, measure, now);
    if (measures->gone_at == now && !leaves && person->due[CLOCK_PHASE] < now + TICKS_PER_DAY)
        measures->gone[site->id]++;
}

/* The site of whoever has waited longest for the end of NUMBER; NULL: nobody does. */
static struct site *
longest_held(struct model *model, uint32_t number)
{
    struct site *longest = NULL;

    for (uint32_t i = 0; i < model->plan->sites; i++) {
        struct site *site = &model->site[i];
        struct candidates *ready = &measure_list_of(site, number)->ready;
        while (ready->count > 0 && measure_person(site, &ready->memory[0]) == NULL)
            candidates_pop(ready);
        if (ready->count > 0 &&
            (longest == NULL ||
             candidate_before(&ready->memory[0],
                              &measure_list_of(longest, number)->ready.memory[0])))
            longest = site;
    }
    return longest;
}

bool
measure_calls(struct model *model, uint32_t number, ticks now, struct chosen *chosen, bool *never)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct measure_state *state = &model->measures->state[number];

    if (measure_kind_of(measure)->acts != ACTS_BEFORE_SERVING || state->on ||
        state->taken_today >= measure->a_day)
        return false;
    struct site *site = longest_held(model, number);
    if (site == NULL)
        return false;
    struct candidate candidate = candidates_pop(&measure_list_of(site, number)->ready);
    *chosen = (struct chosen){site, candidate.slot, candidate.since};
    struct stream stream =
        site_stream(site, &site->person[candidate.slot], DRAW_POSTPONED, measure->draw);
    *never = stream_uniform(&stream) < measure->never;
    if (!*never) {
        state->taken_today++;
        measure_count_taken(site, number, now - candidate.since);
    }
    return true;
}
