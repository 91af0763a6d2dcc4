#include "pardon.h"

/* Inside, or elsewhere by a measure. */
static bool
concerns(const struct site *site, const struct person *person, const struct measure_plan *measure,
         ticks now)
{
    (void)site;
    (void)measure;
    (void)now;
    return person->phase != NO_PHASE && (person_serves(person) || person->measure >= 0);
}

static ticks
less(ticks time, ticks by)
{
    return time > by ? time - by : 0;
}

/* A sentence stays a sentence, if of one tick. */
void
pardon_shorten(struct person *person, ticks by)
{
    if (person->sentence == 0)
        return;
    person->sentence = person->sentence > by ? person->sentence - by : 1;
    person->earliest = less(person->earliest, by);
    person->served = less(person->served, by);
}

/* The running phase ends so much earlier where it serves a sentence or ends in leaving custody; not
 * one that a competing clock will end, and no procedure. */
static bool
phase_shortens(const struct site *site, const struct person *person, ticks now)
{
    const struct phase_plan *phase =
        &plan_under_law(site->plan, person->began, now)->phase[person->phase];

    return (phase->serve != SERVE_NOTHING || phase->releases) && phase->desk < 0 &&
           person->clock == 0 && person->due[CLOCK_PHASE] != TICKS_NEVER;
}

static void
apply(struct site *site, uint32_t slot, const struct measure_plan *measure, ticks now)
{
    struct person *person = &site->person[slot];
    ticks due = person->due[CLOCK_PHASE], by = measure->forward;

    site_forgive(site, slot, by);
    pardon_shorten(person, by);
    if (!phase_shortens(site, person, now))
        return;
    ticks earlier = due - by > now ? due - by : now;
    person->planned -= due - earlier; /* what others bring forward stays so */
    site_pardon(site, slot, due - earlier);
    site_set_clock(site, slot, CLOCK_PHASE, earlier);
    site_flow(site, counts_flow(site->plan, FLOW_DAYS_EARLIER) + (int)measure->number,
              ticks_day(due - earlier));
}

const struct measure_kind pardon = {.acts = ACTS_ONCE, .concerns = concerns, .apply = apply};
