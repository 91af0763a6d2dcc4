#include "parts.h"

#include "away.h"
#include "early_release.h"
#include "facilities.h"
#include "pardon.h"
#include "scope.h"

#include "models/places/trace.h"

static const struct measure_kind *const kinds[MEASURE_KINDS] = {
    [MEASURE_EARLY_RELEASE] = &early_release, [MEASURE_EXTENDED_LEAVE] = &extended_leave,
    [MEASURE_POSTPONE] = &postpone,           [MEASURE_MONITORING] = &electronic_monitoring,
    [MEASURE_TRANSFER_OUT] = &transfer_out,   [MEASURE_EXTRA_BEDS] = &extra_beds,
    [MEASURE_ENTRY_STOP] = &entry_stop,       [MEASURE_PARDON] = &pardon,
};

const struct measure_kind *
measure_kind_of(const struct measure_plan *measure)
{
    return kinds[measure->kind];
}

struct site_list *
measure_list_of(const struct site *site, uint32_t number)
{
    return &site->model->measures->list[(size_t)number * site->plan->sites + site->id];
}

struct site *
measure_site(const struct model *model, uint32_t i)
{
    const struct plan *plan = model->plan;

    return &model->site[i < plan->facilities
                            ? plan->by_name[i]
                            : plan->facilities + plan->region_by_name[i - plan->facilities]];
}

/* What is counted of who is under a measure and who waits for one. */
void
measure_set_held(struct site *site, struct person *person, int16_t measure, int16_t waits,
                 ticks now)
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

void
measure_count_taken(struct site *site, uint32_t number, ticks waited)
{
    if (!site->plan->relief)
        return;
    site_flow(site, counts_flow(site->plan, FLOW_TAKEN) + (int)number, 1);
    site_flow(site, counts_flow(site->plan, FLOW_TAKEN_WAIT) + (int)number, waited);
}

bool
measure_may_hold(const struct site *site, const struct person *person, uint32_t number, ticks now)
{
    const struct measure_plan *measure = &site->plan->measure[number];

    return measure_kind_of(measure)->concerns(site, person, measure, now) &&
           scope_holds(site, person, measure);
}

bool
measure_reaches(const struct model *model, uint32_t number, const struct person *person,
                bool beginning)
{
    bool is_new = beginning || person->began > model->measures->state[number].since;
    int reach = model->plan->measure[number].reaches;

    return reach == REACHES_BOTH || reach == (is_new ? REACHES_NEW : REACHES_INSIDE);
}

bool
measure_takes_up(const struct site *site, const struct person *person, uint32_t number)
{
    return scope_takes_up(site, person, &site->plan->measure[number],
                          site->model->measures->state[number].uptake);
}
