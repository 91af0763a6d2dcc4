#include "measure.h"

#include "early_release.h"

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
};

struct measures {
    uint32_t count;
    struct measure_state state[]; /* [count] */
};

static const struct measure_kind *const kinds[MEASURE_KINDS] = {
    [MEASURE_EARLY_RELEASE] = &early_release,
};

static const struct measure_kind *
kind_of(const struct measure_plan *measure)
{
    return kinds[measure->kind];
}

struct measures *
measures_create(const struct plan *plan)
{
    struct measures *measures =
        calloc(1, sizeof *measures + plan->measures * sizeof *measures->state);

    if (measures != NULL)
        measures->count = plan->measures;
    return measures;
}

void
measures_reset(struct model *model)
{
    memset(model->measures->state, 0, model->measures->count * sizeof *model->measures->state);
}

void
measures_free(struct measures *measures)
{
    free(measures);
}

const struct line *
measure_in_force(const struct model *model, uint32_t number)
{
    return &model->measures->state[number].in_force;
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

/* The first measure that is on and may hold for SLOT does. */
void
measure_apply(struct site *site, uint32_t slot, ticks now, bool beginning)
{
    const struct model *model = site->model;
    struct person *person = &site->person[slot];

    for (uint32_t i = 0; i < model->plan->measures && person->measure < 0; i++) {
        const struct measure_plan *measure = &model->plan->measure[i];
        const struct measure_kind *kind = kind_of(measure);
        if (!model->measures->state[i].on || !reaches(model, i, person, beginning) ||
            !kind->concerns(site, person) || !kind->eligible(site, person, measure))
            continue;
        person->measure = (int16_t)i;
        kind->apply(site, slot, measure, now);
    }
}

/* Walk over everybody inside, once, when measure NUMBER goes on or off. Whoever was under it and is
 * let go may fall under another that is on. */
static void
reach_inside(struct model *model, uint32_t number, ticks now)
{
    const struct measure_kind *kind = kind_of(&model->plan->measure[number]);
    bool on = model->measures->state[number].on;

    for (uint32_t i = 0; i < model->plan->sites; i++) { /* regions too: who is in police custody */
        struct site *site = &model->site[i];
        for (uint32_t slot = 0; slot < site->used; slot++) {
            struct person *person = &site->person[slot];
            if (!kind->concerns(site, person) || (!on && person->measure != (int16_t)number))
                continue;
            if (!on) {
                person->measure = -1;
                kind->undo(site, slot, now);
            }
            measure_apply(site, slot, now, false);
        }
    }
}

/* Population over capacity of the nation or a region. */
static double
measured_occupancy(const struct model *model, uint32_t region)
{
    int64_t people = 0, places = 0;

    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        const struct site *site = &model->site[i];
        if (site->facility->counted && (region == NOWHERE || site->region == region)) {
            people += site->population;
            places += site->capacity;
        }
    }
    return places > 0 ? (double)people / (double)places : 0;
}

/* What the dates and the occupancy ask for on DAY. */
static bool
wanted(const struct model *model, uint32_t number, int32_t day)
{
    const struct measure_plan *measure = &model->plan->measure[number];

    if (day < measure->from || day >= measure->until)
        return false;
    if (measure->on <= 0)
        return true;
    double level = measured_occupancy(model, measure->region);
    return model->measures->state[number].decided ? level >= measure->off : level > measure->on;
}

/* Look at what measure NUMBER's dates and its occupancy ask for; what is decided takes effect after
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

static void
switch_to(struct measure_state *state, bool on, ticks now)
{
    int64_t by = (int64_t)on - state->on;

    state->on = on;
    state->since = now;
    state->in_force.a -= (uint64_t)(by * now);
    state->in_force.v += by;
}

void
measure_review(struct model *model, int32_t day, ticks now)
{
    for (uint32_t i = 0; i < model->plan->measures; i++) {
        struct measure_state *state = &model->measures->state[i];
        if (now >= state->review)
            look(model, i, day, now);
        if (now >= state->effect && state->on != state->decided) {
            switch_to(state, state->decided, now);
            state->reached = !state->on;
            if (!state->on)
                reach_inside(model, i, now);
        }
        /* who is inside at the start is reached by the first round, as by any other measure */
        if (state->on && !state->reached && now > 0) {
            state->reached = true;
            if (model->plan->measure[i].reaches != REACHES_NEW)
                reach_inside(model, i, now);
        }
    }
}

void
measure_ended(struct site *site, uint32_t slot, ticks now)
{
    int16_t number = site->person[slot].measure;

    if (number >= 0)
        kind_of(&site->plan->measure[number])->ended(site, slot, now);
}
