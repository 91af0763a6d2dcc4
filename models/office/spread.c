#include "spread.h"

#include "choose.h"
#include "move.h"

#include "models/pathways/pathway.h"
#include "models/state.h"

#include <string.h>

/* A prison that people may be sent to, whom no court and no allocation sends there. */
static bool
may_receive(const struct site *site, const struct person *person, double below)
{
    return site->facility->kind == KIND_PRISON && !site->facility->allocated &&
           site_accepts(site, person) && site_occupancy(site) < below && site_below_ceiling(site) &&
           (site->facility->when_full == FULL_CROWD || site_room(site) > 0);
}

/* The emptiest prison below the occupancy BELOW that may receive PERSON of FROM: of REGION first,
 * then elsewhere; NULL: there is none. */
static struct site *
receiver(struct model *model, const struct site *from, const struct person *person, uint32_t region,
         double below)
{
    const struct plan *plan = model->plan;

    for (int pass = 0; pass < 2; pass++) {
        struct site *chosen = NULL;
        for (uint32_t i = 0; i < plan->facilities; i++) {
            struct site *site = &model->site[plan->by_name[i]];
            if (site != from && (site->region == region) == (pass == 0) &&
                may_receive(site, person, below) &&
                (chosen == NULL || site_occupancy(site) < site_occupancy(chosen)))
                chosen = site;
        }
        if (chosen != NULL)
            return chosen;
    }
    return NULL;
}

/* May SLOT be taken elsewhere? Not who is in a phase that happens here. */
static bool
movable(const struct site *site, uint32_t slot)
{
    const struct person *person = &site->person[slot];

    return person->phase != NO_PHASE && person->where == WHERE_FACILITY &&
           site->model->plan->phase[person->phase].facility != site->id;
}

/* Where somebody of a facility that closes goes: a prison of the own region while one is below
 * balance.to, then one elsewhere; where all are above, as if sent by a court. */
static struct site *
new_home(struct model *model, const struct site *from, const struct person *person)
{
    struct site *to = receiver(model, from, person, person->region, model->plan->balance_rule.to);

    if (to == NULL)
        to = choose_court(model, person);
    return to != NULL ? to : choose_anywhere(model, person);
}

/* Send people of SITE away, the sentenced first, at most MOST of them; how many went. */
static int64_t
send_home(struct model *model, struct site *site, int64_t most, ticks now)
{
    static const uint8_t order[] = {STATUS_CONVICTED, STATUS_REMAND, STATUS_INTERNEE};
    int64_t sent = 0;

    for (size_t status = 0; status < sizeof order; status++)
        for (uint32_t slot = 0; slot < site->used && sent < most; slot++) {
            struct person *person = &site->person[slot];
            if (person->phase == NO_PHASE || person->where != WHERE_FACILITY ||
                person->status != order[status])
                continue;
            struct site *to = new_home(model, site, person);
            if (to == NULL)
                continue;
            move_to(model, site, slot, to, MOVE_CLOSING, now);
            site_flow(to, FLOW_CLOSING, 1);
            if (site->facility->project)
                site_flow(site, FLOW_LAPSED, 1);
            sent++;
        }
    return sent;
}

static void
close_of_region(struct model *model, struct region_office *region, ticks now)
{
    region->leaving = false;
    for (uint32_t i = 0; i < region->sites; i++) {
        struct site *site = region->site[i];
        if (!site->standing.leaving)
            continue;
        if (site->standing.open) {
            model->office->seats -= send_home(model, site, model->office->seats, now);
        } else {
            pathway_clear_door(site, now);
            send_home(model, site, INT64_MAX, now);
        }
        region->leaving |= site_still_leaves(site);
    }
}

void
spread_closing(struct model *model, ticks now)
{
    for (uint32_t r = 0; r < model->plan->regions; r++) {
        struct region_office *region = &model->office->region[model->plan->region_by_name[r]];
        if (region->leaving)
            close_of_region(model, region, now);
    }
}

/* The fullest prison above the occupancy FROM that has not been passed over. */
static struct site *
fullest(struct model *model, double from)
{
    struct site *chosen = NULL;

    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        struct site *site = &model->site[model->plan->by_name[i]];
        if (site->facility->kind == KIND_PRISON && site->population > 0 &&
            !model->office->passed[site->id] && site_occupancy(site) > from &&
            (chosen == NULL || site_occupancy(site) > site_occupancy(chosen)))
            chosen = site;
    }
    return chosen;
}

/* Move the first person of FROM for whom there is room, convicted before remand; false: nobody can
 * go anywhere. */
static bool
relieve(struct model *model, struct site *from, ticks now)
{
    static const uint8_t order[] = {STATUS_CONVICTED, STATUS_REMAND};

    for (size_t status = 0; status < sizeof order; status++) {
        bool full[SEXES] = {[SEX_WOMAN] = from->now.line[LEVEL_WOMEN].v == 0};
        for (uint32_t slot = 0; slot < from->used && !(full[SEX_MAN] && full[SEX_WOMAN]); slot++) {
            struct person *person = &from->person[slot];
            if (!movable(from, slot) || person->status != order[status] || full[person->sex])
                continue;
            struct site *to =
                receiver(model, from, person, from->region, model->plan->balance_rule.to);
            full[person->sex] = to == NULL;
            if (to == NULL)
                continue;
            move_to(model, from, slot, to, MOVE_BALANCE, now);
            site_flow(to, FLOW_BALANCE, 1);
            return true;
        }
    }
    return false;
}

void
spread_balance(struct model *model, ticks now)
{
    const struct balance_plan *rule = &model->plan->balance_rule;
    struct site *from;

    if (!rule->on || model->office->seats <= 0)
        return;
    memset(model->office->passed, 0, model->plan->facilities * sizeof *model->office->passed);
    while (model->office->seats > 0 && (from = fullest(model, rule->from)) != NULL)
        if (relieve(model, from, now))
            model->office->seats--;
        else
            model->office->passed[from->id] = true;
}
