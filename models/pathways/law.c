#include "law.h"

#include "models/measures/measure.h"
#include "models/measures/pardon.h"
#include "models/people/stay.h"
#include "models/places/trace.h"
#include "models/state.h"

#define NEAR 1e-9 /* of a value, to either side: an atom is met with a rounded length */

static bool
all_equal(const double *a, const double *b, size_t count)
{
    bool equal = true;

    for (size_t i = 0; i < count; i++)
        equal &= a[i] == b[i];
    return equal;
}

/* Are A and B (NULL: nothing) the same distribution? */
static bool
same(const struct distribution *a, const struct distribution *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->kind != b->kind || a->count != b->count ||
        !all_equal(a->given, b->given, sizeof a->given / sizeof *a->given))
        return false;
    if (a->kind == DIST_EMPIRICAL)
        return all_equal(a->quantile, b->quantile, 2 * a->count);
    for (size_t i = 0; a->kind == DIST_MIXTURE && i < a->count; i++)
        if (a->part[i].weight != b->part[i].weight || !same(&a->part[i].of, &b->part[i].of))
            return false;
    return true;
}

/* The quantile of VALUE, V of the way through an atom that is there. */
static double
quantile_of(const struct distribution *dist, double value, double v)
{
    double below = 1 - distribution_survival(dist, value * (1 - NEAR));
    double upto = 1 - distribution_survival(dist, value * (1 + NEAR));
    double u = below + v * (upto - below);

    return u < 1e-12 ? 1e-12 : u > 1 - 1e-12 ? 1 - 1e-12 : u;
}

/* The share of the sentence that is served, at the same quantile: who served the least share, for
 * they would have served less, has a quantile below it. */
static double
new_share(const struct class_plan *old, const struct class_plan *new, double share, double least,
          double v)
{
    if (old->served == NULL || new->served == NULL)
        return new->served == NULL ? 1 : distribution_quantile(new->served, v);
    double u = share > least * (1 + NEAR) ? quantile_of(old->served, share, v)
                                          : v * (1 - distribution_survival(old->served, least));
    return distribution_quantile(new->served, u < 1e-12 ? 1e-12 : u);
}

/* The sentence as it was given, of which FORGIVEN has been taken off since, changes by its share;
 * what was forgiven comes off again. */
static void
change_sentence(struct site *site, uint32_t slot, const struct plan *old, const struct plan *new,
                double v)
{
    struct person *person = &site->person[slot];
    ticks forgiven = site->more != NULL ? site->more[slot].forgiven : 0;
    const struct class_plan *was = &old->class[person->class], *is = &new->class[person->class];
    double least = old->earliest_share[person->repeat];
    bool changed = !same(was->served, is->served) || least != new->earliest_share[person->repeat];

    if (person->sentence == 0 || !changed)
        return;
    ticks given = forgiven > 0 ? site->more[slot].given : person->sentence;
    ticks served = forgiven > 0 ? site->more[slot].given_served : person->served;
    double share = (double)served / (double)given;
    person_set_sentence(person, new, ticks_to_days(given), new_share(was, is, share, least, v));
    site_give(site, slot, person->sentence, person->served);
    pardon_shorten(person, forgiven);
}

/* What may end PHASE of PERSON: its stay, that of the way on, or (HOW > 0) a clock; NULL: the
 * sentence does. */
static const struct distribution *
ender_of(const struct person *person, const struct phase_plan *phase, int how)
{
    if (how > 0)
        return phase->clock[how - 1].after;
    if (phase->serve != SERVE_NOTHING)
        return NULL;
    return phase->by_way && person->way > 0 && person->way <= phase->next_count
               ? phase->next[person->way - 1].after
               : phase->stay;
}

static bool
nothing_changes(const struct person *person, const struct phase_plan *was,
                const struct phase_plan *is)
{
    bool nothing = was->clock_count == is->clock_count && was->serve == is->serve &&
                   was->serve == SERVE_NOTHING;

    for (int how = 0; nothing && how <= was->clock_count; how++)
        nothing = same(ender_of(person, was, how), ender_of(person, is, how));
    return nothing;
}

/* When HOW would end the phase under the new law: what ended it after DAYS under the old at the
 * same quantile, anything else at one beyond, for it had not come by then. */
static double
new_end(const struct person *person, const struct phase_plan *was, const struct phase_plan *is,
        int how, double days, double v)
{
    const struct distribution *new = ender_of(person, is, how);
    const struct distribution *old = how <= was->clock_count ? ender_of(person, was, how) : NULL;

    if (old == NULL || new == NULL)
        return new != NULL ? distribution_quantile(new, v) : -1;
    if (how == person->clock)
        return same(old, new) ? days : distribution_quantile(new, quantile_of(old, days, v));
    double below = 1 - distribution_survival(old, days);
    double u = below + v * (1 - below);
    return distribution_quantile(new, u > 1 - 1e-12 ? 1 - 1e-12 : u < 1e-12 ? 1e-12 : u);
}

/* How long the running phase of PERSON lasts under the new law but for what was PARDONED, and what
 * ends it then; a sentence has been shortened by the pardon already. */
static ticks
new_length(struct person *person, const struct phase_plan *was, const struct phase_plan *is,
           ticks length, ticks custody, ticks pardoned, struct stream *stream)
{
    ticks least = TICKS_NEVER;
    uint8_t clock = 0;

    for (int how = 0; how <= is->clock_count; how++) {
        double v = stream_uniform(stream);
        bool serves = how == 0 && is->serve != SERVE_NOTHING;
        ticks end = serves
                        ? stay_served_by(person, is->serve) - custody + pardoned
                        : ticks_from_days(new_end(person, was, is, how, ticks_to_days(length), v));
        if (end >= least)
            continue;
        least = end;
        clock = (uint8_t)how;
    }
    person->clock = clock;
    return least;
}

/* Numbers of DRAW_STAY that nothing else is drawn from. */
#define LAW_STEP 0x80000000u

static void
change(struct site *site, uint32_t slot, const struct plan *old, const struct plan *new, ticks now)
{
    struct person *person = &site->person[slot];
    const struct phase_plan *was = &old->phase[person->phase], *is = &new->phase[person->phase];
    struct stream stream = site_stream(site, person, DRAW_STAY, person->step | LAW_STEP);
    ticks pardoned = site->more != NULL ? site->more[slot].pardoned : 0;

    change_sentence(site, slot, old, new, stream_uniform(&stream));
    if (person->due[CLOCK_PHASE] == TICKS_NEVER || was->desk >= 0 ||
        nothing_changes(person, was, is))
        return;
    ticks custody = person_served(person, now) - (person_serves(person) ? now - person->began : 0);
    ticks length = person->planned + pardoned - person->began;
    ticks planned =
        person->began + new_length(person, was, is, length, custody, pardoned, &stream) - pardoned;
    ticks due = planned - (person->planned - person->due[CLOCK_PHASE]);
    person->planned = planned > now ? planned : now;
    site_set_clock(site, slot, CLOCK_PHASE, due > now ? due : now);
}

/* SLOT, whose phase has begun, comes from OLD under NEW, law NUMBER of the list; where that moves
 * anything, measures look at them anew. */
static void
come_under(struct site *site, uint32_t slot, const struct plan *old, const struct plan *new,
           uint32_t number, ticks now)
{
    const struct person *person = &site->person[slot];
    const struct person was = *person;

    change(site, slot, old, new, now);
    if (person->planned != was.planned)
        trace_tell(site, person, TRACE_LAW, number, now);
    if (person->planned != was.planned || person->served != was.served ||
        person->clock != was.clock ||
        old->phase[was.phase].releases != new->phase[was.phase].releases)
        measure_law_changes(site, slot, now);
}

void
law_take_effect(struct model *model, ticks now)
{
    const struct plan *plan = model->plan;

    for (uint32_t i = 0; i < plan->laws; i++) {
        if (plan->law[i].from != now || !plan->law[i].both)
            continue;
        for (uint32_t s = 0; s < plan->sites; s++) {
            struct site *site = &model->site[s];
            for (uint32_t slot = 0; slot < site->used; slot++) {
                ticks began = site->person[slot].began;
                if (site->person[slot].phase != NO_PHASE)
                    come_under(site, slot, plan_under_law(plan, began, now - 1),
                               plan_under_law(plan, began, now), i, now);
            }
        }
    }
}
