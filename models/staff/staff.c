#include "staff.h"

#include "models/plan/draws.h"

#include "sim/engine/portable_math.h"
#include "sim/engine/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_INCIDENTS 1e9 /* of a facility in a week */
#define THOUSANDTHS    1000

/* Who is drawn for: each from its own stream, by facility and week. */
enum draw { DRAWN_LEAVERS, DRAWN_FILLED };

/* What is known of a facility, as last looked at. */
struct site_staff {
    uint64_t people, places; /* person-ticks and place-ticks until then, modulo 2^64 */
    double excess;           /* pressure above 1 */
    double vacancy;          /* share of its posts that is not filled */
    int64_t in_service;
    bool open;
};

/* What somebody in police custody of a region is going to: the means of its prisons, by people. */
struct region_staff {
    double working; /* share of the staff that does not strike */
    double excess, vacancy;
};

struct staff {
    struct site_staff *at; /* [facilities] */
    struct region_staff *region;
};

struct staff *
staff_create(const struct plan *plan)
{
    struct staff *staff = calloc(1, sizeof *staff);

    if (staff == NULL)
        return NULL;
    staff->at = calloc(plan->facilities + 1, sizeof *staff->at);
    staff->region = calloc(plan->regions + 1, sizeof *staff->region);
    if (staff->at != NULL && staff->region != NULL)
        return staff;
    staff_free(staff);
    return NULL;
}

void
staff_free(struct staff *staff)
{
    if (staff == NULL)
        return;
    free(staff->at);
    free(staff->region);
    free(staff);
}

/* The share of REGION's staff that no strike of the DAY keeps away. */
static double
working_share(const struct plan *plan, uint32_t region, int32_t day)
{
    double share = 1;

    for (uint32_t i = 0; i < plan->staff.strikes; i++) {
        const struct strike_plan *strike = &plan->staff.strike[i];
        if (day >= strike->from && day < strike->until &&
            (strike->region == NOWHERE || strike->region == region))
            share *= 1 - strike->share;
    }
    return share;
}

void
staff_reset(struct model *model)
{
    const struct plan *plan = model->plan;

    memset(model->staff->at, 0, plan->facilities * sizeof *model->staff->at);
    for (uint32_t r = 0; r < plan->regions; r++)
        model->staff->region[r] = (struct region_staff){.working = working_share(plan, r, 0)};
}

static void
set_level(struct site *site, int level, int64_t value, ticks now)
{
    if (site->now.line[level].v != value)
        site_change(site, level, value - site->now.line[level].v, now);
}

static double
not_below_zero(double value)
{
    return value > 0 ? value : 0;
}

static double
absent_share(const struct site *site, const struct site_staff *at)
{
    const struct staff_object *rule = site->plan->staff.rule;
    double share = rule->absence + rule->absence_pressure * at->excess;

    share *= site_is_house(site) ? rule->house_absence : 1;
    return share < 1 ? share : 1;
}

/* Who is there today, in thousandths of persons: an absent third of two people is no person. */
static void
show_presence(const struct model *model, struct site *site, ticks now)
{
    const struct site_staff *at = &model->staff->at[site->id];
    double absent = site->plan->staff.rule != NULL ? absent_share(site, at) : 0;
    int64_t away = (int64_t)round((double)at->in_service * absent * THOUSANDTHS);
    double rest = (double)(at->in_service * THOUSANDTHS - away);

    set_level(site, LEVEL_ABSENT, away, now);
    set_level(site, LEVEL_PRESENT,
              (int64_t)round(rest * model->staff->region[site->region].working), now);
}

/* The share of the programme that is held. */
static double
held_share(const struct plan *plan, const struct site_staff *at)
{
    const struct slows_plan *rule = &plan->staff.activities;

    return not_below_zero(1 - rule->pressure * at->excess - rule->vacancy * at->vacancy);
}

/* What follows from what was last seen, from NOW on. */
static void
show(const struct model *model, struct site *site, ticks now)
{
    const struct plan *plan = site->plan;
    struct site_staff *at = &model->staff->at[site->id];
    int64_t posts = at->open ? plan->staff.posts[site->id] : 0;
    int64_t weight = at->open && plan->staff.held ? site->capacity : 0;

    at->vacancy = posts > 0 ? (double)(posts - at->in_service) / (double)posts : 0;
    set_level(site, LEVEL_STAFF, at->in_service, now);
    set_level(site, LEVEL_VACANCIES, posts - at->in_service, now);
    show_presence(model, site, now);
    set_level(site, LEVEL_PROGRAMME, weight, now);
    set_level(site, LEVEL_HELD, (int64_t)round((double)weight * held_share(plan, at) * THOUSANDTHS),
              now);
    if (posts > 0 && site_is_house(site))
        site_set_short_staffed(site, (double)at->in_service <
                                         plan->staff.rule->least_share * (double)posts);
}

void
staff_follow(struct model *model, struct site *site, ticks now)
{
    const struct staff_plan *plan = &model->plan->staff;
    struct site_staff *at = &model->staff->at[site->id];

    if (!plan->looks)
        return;
    if (at->open != site->standing.open) {
        at->open = site->standing.open;
        at->in_service = at->open && plan->rule != NULL
                             ? (int64_t)round((double)plan->posts[site->id] * plan->rule->at_start)
                             : 0;
    }
    show(model, site, now);
}

static double
uniform(const struct model *model, const struct site *site, enum purpose purpose, uint64_t what,
        int32_t week)
{
    const struct stream_name name = {site->facility->hash, what};
    struct stream stream =
        plan_stream(model->plan, model->replication, purpose, name, (uint32_t)week);

    return stream_uniform(&stream);
}

/* The incidents of the week that ends at NOW, in which people lived here for PERSON_DAYS. */
static void
incidents(const struct model *model, struct site *site, int32_t week, double person_days)
{
    const struct staff_plan *plan = &model->plan->staff;
    int32_t begins = model->plan->first_day + (week - 1) * DAYS_OF_WEEK;
    double base = steps_at(plan->incidents_base, begins, 0);
    double grow = portable_exp(plan->incidents_grow * model->staff->at[site->id].excess);
    double mean = base * grow * person_days;

    if (mean > MOST_INCIDENTS) {
        lp_fail(site->lp, BAD_INPUT,
                "pressure.incidents: more than %g of them in a week in %s; lower base or grow",
                MOST_INCIDENTS, site->facility->name);
        return;
    }
    site_flow(site, FLOW_INCIDENT,
              quantile_poisson(mean, uniform(model, site, DRAW_INCIDENT, 0, week)));
}

/* Who of the staff has left within the week, and which of the vacancies at its beginning are
 * filled. */
static void
turn_over(const struct model *model, struct site *site, int32_t week)
{
    const struct staff_plan *plan = &model->plan->staff;
    const struct staff_object *rule = plan->rule;
    struct site_staff *at = &model->staff->at[site->id];
    double leavers = rule->leavers * (1 + rule->leavers_pressure * at->excess) *
                     (site_is_house(site) ? rule->house_leavers : 1);
    double leaves = -portable_expm1(-leavers * DAYS_OF_WEEK / DAYS_OF_YEAR);
    int64_t left = quantile_binomial(at->in_service, leaves,
                                     uniform(model, site, DRAW_STAFF, DRAWN_LEAVERS, week));
    int64_t come = quantile_binomial(plan->posts[site->id] - at->in_service, plan->filled,
                                     uniform(model, site, DRAW_STAFF, DRAWN_FILLED, week));

    at->in_service += come - left;
    site_flow(site, FLOW_STAFF_LEFT, left);
}

/* The week of SITE that ends at NOW. */
static void
look(const struct model *model, struct site *site, int32_t week, ticks now)
{
    const struct staff_plan *plan = &model->plan->staff;
    struct site_staff *at = &model->staff->at[site->id];
    uint64_t people = line_area(site->now.line + LEVEL_POPULATION, STATUSES, now);
    uint64_t places = line_area(site->now.line + LEVEL_CAPACITY, 1, now);
    double person_days = ticks_to_days((ticks)(people - at->people));
    double place_days = ticks_to_days((ticks)(places - at->places));

    if (plan->incidents)
        incidents(model, site, week, person_days);
    if (at->open && plan->posts[site->id] > 0)
        turn_over(model, site, week);
    at->people = people;
    at->places = places;
    at->excess = place_days > 0 ? not_below_zero(person_days / place_days - 1) : 0;
    show(model, site, now);
}

/* Does a strike in REGION begin or end on DAY? */
static bool
strikes_change(const struct plan *plan, uint32_t region, int32_t day)
{
    for (uint32_t i = 0; i < plan->staff.strikes; i++) {
        const struct strike_plan *strike = &plan->staff.strike[i];
        if ((day == strike->from || day == strike->until) &&
            (strike->region == NOWHERE || strike->region == region))
            return true;
    }
    return false;
}

/* Look at the prisons of REGION, whose people come from its police custody. */
static void
look_at_region(struct model *model, uint32_t region)
{
    const struct region_plan *own = &model->plan->region[region];
    struct region_staff *mean = &model->staff->region[region];
    double people = 0;

    mean->excess = mean->vacancy = 0;
    for (uint32_t i = 0; i < own->facilities; i++) {
        uint32_t facility = model->plan->of_region[own->first + i];
        const struct site *site = &model->site[facility];
        const struct site_staff *at = &model->staff->at[facility];
        if (site->facility->kind != KIND_PRISON)
            continue;
        mean->excess += at->excess * (double)site->population;
        mean->vacancy += at->vacancy * (double)site->population;
        people += (double)site->population;
    }
    mean->excess = people > 0 ? mean->excess / people : 0;
    mean->vacancy = people > 0 ? mean->vacancy / people : 0;
}

void
staff_day(struct model *model, uint32_t region, int32_t day, ticks now)
{
    const struct plan *plan = model->plan;
    const struct region_plan *own = &plan->region[region];
    const uint32_t *facility = plan->of_region + own->first;

    if (!plan->staff.looks)
        return;
    if (strikes_change(plan, region, day)) {
        model->staff->region[region].working = working_share(plan, region, day);
        for (uint32_t i = 0; i < own->facilities; i++)
            show_presence(model, &model->site[facility[i]], now);
    }
    if (day > 0 && day % DAYS_OF_WEEK == 0)
        for (uint32_t i = 0; i < own->facilities; i++)
            look(model, &model->site[facility[i]], day / DAYS_OF_WEEK, now);
    if (day % DAYS_OF_WEEK == 0)
        look_at_region(model, region);
}

ticks
staff_slowed(const struct site *site, const struct person *person, ticks length)
{
    const struct staff_plan *plan = &site->plan->staff;

    if (!plan->looks || !person_inside(person))
        return length;
    const struct staff *staff = site->model->staff;
    bool placed = person->where == WHERE_FACILITY;
    double excess = placed ? staff->at[site->id].excess : staff->region[site->region].excess;
    double vacancy = placed ? staff->at[site->id].vacancy : staff->region[site->region].vacancy;
    double more = plan->procedures.pressure * excess + plan->procedures.vacancy * vacancy;
    return more > 0 ? ticks_from_days(ticks_to_days(length) * (1 + more)) : length;
}
