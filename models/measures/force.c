#include "force.h"

#include "figure.h"
#include "parts.h"

/* Was the figure above `on` at the rounds of so many of the last days? A day counts once, at its
 * first round. */
static bool
above_often(const struct measure_plan *measure, struct measure_state *state, bool above,
            int32_t day)
{
    uint32_t days = 0;

    if (state->day != day)
        state->above[(uint32_t)day % measure->of_days] = above;
    for (uint32_t i = 0; i < measure->of_days; i++)
        days += state->above[i];
    return days >= measure->on_days;
}

/* What the figure asks for on DAY; dates alone ask for it to be on. */
static bool
wanted(const struct model *model, uint32_t number, int32_t day)
{
    const struct measure_plan *measure = &model->plan->measure[number];
    struct measure_state *state = &model->measures->state[number];

    if (!measure->triggered)
        return true;
    struct figure figure = figure_of(model, measure);
    bool above = figure_above(figure, measure->on);
    if (measure->of_days > 0)
        above = above_often(measure, state, above, day);
    return (above || state->decided) && !figure_below(figure, measure->off);
}

/* Look at what measure NUMBER's figure asks for; what is decided takes effect after the notice. */
static void
look(struct model *model, uint32_t number, int32_t day, ticks now)
{
    struct measure_state *state = &model->measures->state[number];
    const struct measure_plan *measure = &model->plan->measure[number];
    bool want = wanted(model, number, day);

    if (want != state->decided) {
        state->decided = want;
        state->effect =
            measure->notice + (measure->triggered ? now : measure->from * TICKS_PER_DAY);
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
    if (measure_kind_of(measure)->switched != NULL)
        measure_kind_of(measure)->switched(model, measure, state->given, on, now);
}

/* Before its first day and from its last on it is off, and the first day has a look of its own. The
 * last has been known for long: no notice is given. */
static void
keep_off(struct measure_state *state)
{
    state->decided = false;
    state->effect = state->review = 0;
}

enum measure_turn
measure_review(struct model *model, uint32_t number, int32_t day, ticks now)
{
    struct measure_state *state = &model->measures->state[number];
    const struct measure_plan *measure = &model->plan->measure[number];
    enum measure_turn turn = MEASURE_AS_IT_WAS;

    if (measure_kind_of(measure)->acts == ACTS_ONCE && state->on && !state->reached)
        return MEASURE_AS_IT_WAS; /* granted on the first day: it acts at the first round */
    if (day < measure->from || day >= measure->until)
        keep_off(state);
    else if (now >= state->review)
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

const struct line *
measure_in_force(const struct model *model, uint32_t number)
{
    return &model->measures->state[number].in_force;
}
