#include "round.h"

#include "entry.h"
#include "relief.h"
#include "serve.h"
#include "spread.h"
#include "turns.h"

#include "models/pathways/evaluation.h"
#include "models/staff/staff.h"
#include "models/pathways/feedback.h"
#include "models/pathways/law.h"
#include "models/pathways/pathway.h"
#include "models/state.h"

void
round_calendar(struct model *model, uint32_t number, int32_t day, ticks now)
{
    struct region_office *region = &model->office->region[number];
    const struct calendar_plan *row;

    while ((row = calendar_next(&region->calendar, day)) != NULL) {
        struct site *site = &model->site[row->facility];
        site_carry_out(site, row, now);
        staff_follow(model, site, now);
        evaluation_follow(model, site);
        region->leaving |= site->standing.leaving;
    }
}

static void
calendar_of_today(struct model *model, uint32_t number, ticks now)
{
    round_calendar(model, number, (int32_t)ticks_day(now), now);
}

static void
pressure_and_staff(struct model *model, uint32_t number, ticks now)
{
    if (now % TICKS_PER_DAY == 0)
        staff_day(model, number, (int32_t)ticks_day(now), now);
}

void
round_shrink(struct model *model, uint32_t number, ticks now)
{
    const struct region_office *region = &model->office->region[number];

    for (uint32_t i = 0; model->plan->shrinking && i < region->sites; i++)
        site_shrink(region->site[i], now);
}

/* Places that came by the calendar, or where a stop has ended, go to those at the door first. */
static void
doors(struct model *model, uint32_t number, ticks now)
{
    const struct region_office *region = &model->office->region[number];

    for (uint32_t i = 0; i < region->sites; i++)
        if (region->site[i]->doors > 0)
            pathway_open_door(region->site[i], now);
}

static void
entries(struct model *model, uint32_t number, ticks now)
{
    const struct region_office *region = &model->office->region[number];

    for (uint32_t i = 0; i < region->sites; i++)
        entry_answer(model, region->site[i], now);
    entry_answer(model, &model->site[plan_region_site(model->plan, number)], now);
}

static void
own_houses(struct model *model, uint32_t number, ticks now)
{
    if (!model->plan->selection_rule.region_first)
        return;
    serve_region(model, number, QUEUE_DETENTION, INT64_MAX, now);
    serve_region(model, number, QUEUE_TRANSITION, INT64_MAX, now);
}

static void
own_allocation(struct model *model, uint32_t number, ticks now)
{
    const struct allocation_plan *rule = &model->plan->allocation_rule;

    if (rule->region_first)
        serve_region(model, number, QUEUE_ALLOCATION, rule->moves, now);
}

static void
evaluation(struct model *model, ticks now)
{
    if (now % TICKS_PER_DAY == 0)
        evaluation_day(model, (int32_t)ticks_day(now));
}

/* The vans have so many seats a day. */
static void
vans(struct model *model, ticks now)
{
    if (now % TICKS_PER_DAY == 0)
        model->office->seats = model->plan->balance_rule.seats;
}

static void
units(struct model *model, ticks now)
{
    if (model->plan->units)
        turns_units(model, now);
}

static void
desks(struct model *model, ticks now)
{
    if (model->plan->busy_desks)
        turns_desks(model, now);
}

static void
centres(struct model *model, ticks now)
{
    if (model->plan->centres)
        serve_nation(model, QUEUE_CENTRE, INT64_MAX, now);
}

static void
houses(struct model *model, ticks now)
{
    serve_nation(model, QUEUE_DETENTION, INT64_MAX, now);
    serve_nation(model, QUEUE_TRANSITION, INT64_MAX, now);
}

static void
allocation(struct model *model, ticks now)
{
    serve_nation(model, QUEUE_ALLOCATION, model->plan->allocation_rule.moves, now);
}

/* Courts look at last year before they decide on anything new. */
static void
feedback(struct model *model, ticks now)
{
    feedback_look(model, now);
}

static void
laws(struct model *model, ticks now)
{
    law_take_effect(model, now);
}

static void
measures(struct model *model, ticks now)
{
    relief_review(model, (int32_t)ticks_day(now), now);
}

/* The round's stages in their order: what each region does of its own, */
static void (*const of_region[])(struct model *, uint32_t, ticks) = {
    calendar_of_today, /* what opens, closes and changes */
    pressure_and_staff,
    round_shrink, /* houses above the cap */
    doors,        /* of facilities with more places than yesterday */
    entries,      /* what was asked for since the last round */
    own_houses,   /* where the region's own people come first */
    own_allocation,
};

/* then what the nation does. */
static void (*const of_nation[])(struct model *, ticks) = {
    feedback,       laws,                       /* that reach those inside */
    evaluation,     vans,           entry_away, /* whom the own region had no place for */
    spread_closing,                             /* people of facilities that close */
    units,                                      /* phases in a named facility */
    desks,          centres,        houses,
    allocation,     spread_balance, /* from prisons that are too full */
    measures,
};

void
round_region(struct model *model, uint32_t region, ticks now)
{
    for (size_t i = 0; i < sizeof of_region / sizeof *of_region; i++)
        of_region[i](model, region, now);
}

void
round_nation(struct model *model, ticks now)
{
    for (size_t i = 0; i < sizeof of_nation / sizeof *of_nation; i++)
        of_nation[i](model, now);
}
