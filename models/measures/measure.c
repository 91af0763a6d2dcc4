#include "measure.h"

#include "list.h"
#include "parts.h"
#include "scope.h"
#include "turns.h"

#include "models/places/trace.h"
#include "models/plan/draws.h"

#include <stdlib.h>
#include <string.h>

static bool
create_state(struct measure_state *state, const struct plan *plan, uint32_t number)
{
    const struct measure_plan *measure = &plan->measure[number];
    bool good = true;

    if (measure->of_days > 0) /* how many of them may be drawn */
        good &= (state->above = calloc(MEASURE_MOST_DAYS, sizeof *state->above)) != NULL;
    if (measure_kind_of(measure)->switched != NULL)
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
        good = (measures->gone = calloc(plan->sites, sizeof *measures->gone)) != NULL &&
               (measures->part = calloc(plan->sites, sizeof *measures->part)) != NULL &&
               (measures->places = calloc(plan->sites, sizeof *measures->places)) != NULL;
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
        *state = (struct measure_state){.above = state->above, .given = state->given, .day = -1};
        if (state->above != NULL)
            memset(state->above, 0, MEASURE_MOST_DAYS * sizeof *state->above);
    }
    for (size_t i = 0; i < measures->lists; i++) {
        struct site_list *list = &measures->list[i];
        list->ready.count = list->later.count = list->turning.count = 0;
        list->out = list->in = 0;
    }
    measures->gone_at = measures->contest_at = measures->figure_at = -1;
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
    free(measures->part);
    free(measures->places);
    free(measures);
}

/* What MEASURE does to SLOT may let them leave on this day. */
static void
apply_counted(struct site *site, uint32_t slot, const struct measure_plan *measure, ticks now)
{
    measure_counts_gone(site, &site->person[slot], -1, now);
    measure_kind_of(measure)->apply(site, slot, measure, now);
    measure_counts_gone(site, &site->person[slot], 1, now);
}

/* NUMBER, which is on, holds for SLOT, or SLOT waits for it: where people are taken from lists, and
 * where one before it in the list may take them (WAITS). Does SLOT wait? */
static bool
consider(struct site *site, uint32_t slot, uint32_t number, bool waits, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];

    if (measure->listed || waits)
        return measure_offer(site, slot, number, now);
    if (!measure_takes_up(site, &site->person[slot], number))
        return false;
    measure_count_taken(site, number, 0);
    measure_set_held(site, &site->person[slot], (int16_t)number, -1, now);
    apply_counted(site, slot, measure, now);
    return false;
}

void
measure_apply(struct site *site, uint32_t slot, ticks now, bool beginning)
{
    const struct model *model = site->model;
    const struct person *person = &site->person[slot];
    bool waits = false;

    for (uint32_t i = 0; i < model->plan->measures && person->measure < 0; i++)
        if (model->measures->state[i].on && measure_reaches(model, i, person, beginning) &&
            measure_kind_of(&model->plan->measure[i])->acts == ACTS_WHILE_ON &&
            measure_may_hold(site, person, i, now))
            waits |= consider(site, slot, i, waits, now);
}

/* The phase of SLOT, whom no measure holds for, has got another end, or leads elsewhere: what they
 * waited for, and in which order, is looked at anew. */
static void
offer_again(struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];

    if (person->measure >= 0)
        return;
    if (person->waits >= 0)
        measure_set_held(site, person, -1, -1, now);
    site_restamp(site, slot);
    measure_apply(site, slot, now, false);
}

/* A pardon, which holds for nobody afterwards. */
static void
grant(struct site *site, uint32_t slot, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];
    ticks ripe = scope_ripe(&site->person[slot], measure, now);

    if (ripe == TICKS_NEVER || ripe > now || !measure_takes_up(site, &site->person[slot], number))
        return;
    measure_count_taken(site, number, 0);
    trace_tell(site, &site->person[slot], TRACE_MEASURE, number, now);
    apply_counted(site, slot, measure, now);
    offer_again(site, slot, now);
}

/* Those inside at the start are reached by the first round, as by any other measure. */
void
measure_reach(struct model *model, uint32_t number, ticks now)
{
    struct measure_state *state = &model->measures->state[number];
    enum measure_acts acts = measure_kind_of(&model->plan->measure[number])->acts;

    if (!state->on || state->reached)
        return;
    state->reached = true;
    if (model->plan->measure[number].reaches == REACHES_NEW || acts == ACTS_ON_FACILITIES ||
        acts == ACTS_BEFORE_SERVING)
        return;
    for (uint32_t i = 0; i < model->plan->sites; i++) { /* regions too: who is in police custody */
        struct site *site = measure_site(model, i);
        for (uint32_t slot = 0; slot < site->used; slot++) {
            const struct person *person = &site->person[slot];
            if (acts == ACTS_ONCE && measure_may_hold(site, person, number, now))
                grant(site, slot, number, now);
            else if (acts == ACTS_WHILE_ON && person->measure < 0 &&
                     measure_reaches(model, number, person, false) &&
                     measure_may_hold(site, person, number, now))
                consider(site, slot, number, person->waits >= 0 && (uint32_t)person->waits < number,
                         now);
        }
    }
}

void
measure_drop(struct site *site, uint32_t slot, ticks now)
{
    turns_leave(site, &site->person[slot]);
    measure_set_held(site, &site->person[slot], -1, -1, now);
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
    const struct measure_kind *kind = measure_kind_of(&model->plan->measure[number]);
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
    bool back = returned != NULL || measure_kind_of(&model->plan->measure[number])->undo != NULL;

    for (uint32_t i = 0; i < model->plan->sites; i++) {
        struct site *site = measure_site(model, i);
        if (model->measures->list != NULL)
            measure_list_of(site, number)->ready.count =
                measure_list_of(site, number)->later.count = 0;
        for (uint32_t slot = 0; slot < site->used; slot++) {
            struct person *person = &site->person[slot];
            if (is_let_go(person, number, back)) {
                let_go(model, site, slot, number, now, returned);
            } else if (person->phase != NO_PHASE && person->waits == (int16_t)number) {
                measure_set_held(site, person, person->measure, -1, now);
                measure_apply(site, slot, now, false);
            }
        }
    }
}

void
measure_arrived(struct site *site, uint32_t slot, ticks now)
{
    const struct plan *plan = site->plan;
    struct person *person = &site->person[slot];

    measure_counts_gone(site, person, 1, now);
    bool turns = person->measure >= 0 && plan->measure[person->measure].in_turn;
    if (turns && !person->away && site->facility != NULL &&
        site->facility->kind != KIND_PRISON) { /* moved on, to where nobody takes turns */
        measure_set_held(site, person, -1, -1, now);
        turns = false;
    }
    if (turns)
        turns_join(site, slot, now);
    if (plan->listed_measures && person->measure < 0)
        measure_apply(site, slot, now, false);
}

void
measure_leaving(struct site *site, uint32_t slot, ticks now)
{
    measure_counts_gone(site, &site->person[slot], -1, now);
    turns_leave(site, &site->person[slot]);
}

void
measure_law_changes(struct site *site, uint32_t slot, ticks now)
{
    const struct person *person = &site->person[slot];

    if (person->measure < 0) {
        offer_again(site, slot, now);
        return;
    }
    const struct measure_plan *measure = &site->plan->measure[person->measure];
    const struct measure_kind *kind = measure_kind_of(measure);
    if (kind->undo == NULL || kind->concerns(site, person, measure, now))
        return;
    measure_drop(site, slot, now);
    kind->undo(site, slot, now);
    measure_apply(site, slot, now, false);
}

void
measure_ended(struct site *site, uint32_t slot, bool leaves, ticks now)
{
    const struct person *person = &site->person[slot];

    if (person->measure < 0)
        return;
    const struct measure_plan *measure = &site->plan->measure[person->measure];
    if (leaves && measure_kind_of(measure)->ended != NULL) {
        trace_tell(site, person, TRACE_FREED, (uint32_t)person->measure, now);
        measure_kind_of(measure)->ended(site, slot, now);
    }
    turns_leave(site, person);
    if (site->plan->relief && leaves)
        site_flow(site, counts_flow(site->plan, FLOW_LET_GO) + person->measure, 1);
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

ticks
measure_lapses(const struct site *site, const struct person *person, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[person->measure];

    if (measure->lapse == NULL)
        return TICKS_NEVER;
    struct stream stream = site_stream(site, person, DRAW_POSTPONED, measure->draw);
    stream_uniform(&stream); /* says whether they never come: list.c */
    return now + ticks_from_days(distribution_draw(measure->lapse, &stream));
}

bool
measure_holds_back(struct site *site, uint32_t slot, ticks now)
{
    const struct model *model = site->model;
    struct person *person = &site->person[slot];

    for (uint32_t i = 0; i < model->plan->measures; i++) {
        const struct measure_plan *measure = &model->plan->measure[i];
        if (measure_kind_of(measure)->acts != ACTS_BEFORE_SERVING ||
            !model->measures->state[i].on || !measure_may_hold(site, person, i, now) ||
            !measure_takes_up(site, person, i))
            continue;
        measure_set_held(site, person, (int16_t)i, -1, now);
        candidates_push(&measure_list_of(site, i)->ready, site, candidate_of(site, slot, now, now));
        return true;
    }
    return false;
}
