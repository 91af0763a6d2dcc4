#include "early_release.h"

/* In a phase that ends in leaving custody and has begun, unless something else has ended it
 * already.
 */
static bool
concerns(const struct site *site, const struct person *person, const struct measure_plan *measure,
         ticks now)
{
    (void)measure;
    return person->phase != NO_PHASE && person_inside(person) && person->clock == 0 &&
           person->queue != QUEUE_UNIT && measure_releases(site, person, now);
}

static void
apply(struct site *site, uint32_t slot, const struct measure_plan *measure, ticks now)
{
    ticks due = site->person[slot].planned - measure->forward;

    site_set_clock(site, slot, CLOCK_PHASE, due > now ? due : now);
}

/* The release is where it was. */
static void
undo(struct site *site, uint32_t slot, ticks now)
{
    (void)now;
    site_set_clock(site, slot, CLOCK_PHASE, site->person[slot].planned);
}

/* Released: how many days early; from a house it is a stay cut short. */
static void
ended(struct site *site, uint32_t slot, ticks now)
{
    const struct person *person = &site->person[slot];
    int64_t days = ticks_day(person->planned - now);

    site_flow(site, FLOW_EARLY, 1);
    site_flow(site, FLOW_EARLY_DAYS, days);
    if (site->plan->relief)
        site_flow(site, counts_flow(site->plan, FLOW_DAYS_EARLIER) + person->measure, days);
    if (site_is_house(site)) {
        site->person[slot].was_rushed = true;
        site_flow(site, FLOW_RUSHED, 1);
    }
}

const struct measure_kind early_release = {
    .concerns = concerns, .apply = apply, .undo = undo, .ended = ended};
