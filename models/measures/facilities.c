#include "facilities.h"

#include "models/state.h"

/* Prisons that are open, in what MEASURE acts on. */
static bool
gets_beds(const struct site *site, const struct measure_plan *measure)
{
    if (site->capacity <= 0)
        return false;
    return measure->facility != NOWHERE
               ? site->id == measure->facility
               : site->facility->kind == KIND_PRISON &&
                     (measure->region == NOWHERE || site->region == measure->region);
}

/* BEDS in proportion to PLACES of ALL, the parts before it being spread already: sums of whole
 * parts that never differ from the exact sum by a bed. */
static int64_t
part_of(int64_t beds, int64_t upto, int64_t all)
{
    return (int64_t)(((wide)2 * beds * upto + all) / ((wide)2 * all));
}

/* The beds are spread over the prisons by name: each has what the sum up to it, rounded, has more
 * than the sum before. */
static void
spread_beds(const struct model *model, const struct measure_plan *measure, int64_t *given)
{
    const struct plan *plan = model->plan;
    int64_t all = 0, upto = 0;

    for (uint32_t i = 0; i < plan->facilities; i++)
        if (gets_beds(&model->site[i], measure))
            all += model->site[i].capacity;
    for (uint32_t i = 0; i < plan->facilities; i++) {
        const struct site *site = &model->site[plan->by_name[i]];
        given[site->id] = 0;
        if (all == 0 || !gets_beds(site, measure))
            continue;
        int64_t before = part_of(measure->beds, upto, all);
        upto += site->capacity;
        given[site->id] = part_of(measure->beds, upto, all) - before;
    }
}

static void
beds_switched(struct model *model, const struct measure_plan *measure, int64_t *given, bool on,
              ticks now)
{
    if (on)
        spread_beds(model, measure, given);
    for (uint32_t i = 0; i < model->plan->facilities; i++)
        if (given[i] != 0)
            site_add_beds(&model->site[i], on ? given[i] : -given[i], now);
}

static void
stop_switched(struct model *model, const struct measure_plan *measure, int64_t *given, bool on,
              ticks now)
{
    (void)given;
    (void)now;
    site_stop_entries(&model->site[measure->facility], on);
}

const struct measure_kind extra_beds = {.acts = ACTS_ON_FACILITIES, .switched = beds_switched};
const struct measure_kind entry_stop = {.acts = ACTS_ON_FACILITIES, .switched = stop_switched};
