#include "serve.h"

#include "move.h"

#include "models/pathways/house.h"
#include "models/state.h"

/* Prisons that allocation fills: up to their ceiling, by the length of the sentence. */
static bool
prison_takes(const struct site *site)
{
    return site->facility->allocated && site_below_ceiling(site) &&
           (site->facility->statuses >> STATUS_CONVICTED & 1);
}

static bool
prison_fits(const struct site *to, const struct person *person, ticks now)
{
    return accept_sentence(to->facility, person_sentence(person, now)) && site_below_ceiling(to);
}

/* Forensic centres while there is room, and prisons for internees up to their ceiling. */
static bool
centre_takes(const struct site *site)
{
    if (site->facility->kind == KIND_PRISON)
        return site->facility->allocated && site_below_ceiling(site) &&
               site->facility->use == USE_INTERNEES;
    return site->facility->kind == KIND_FORENSIC_CENTRE && site_room(site) > 0;
}

static bool
centre_fits(const struct site *to, const struct person *person, ticks now)
{
    (void)person;
    (void)now;
    return to->facility->kind == KIND_PRISON ? site_below_ceiling(to) : site_room(to) > 0;
}

static bool
detention_takes(const struct site *site)
{
    return site->facility->kind == KIND_DETENTION_HOUSE && site_room(site) > 0;
}

static bool
transition_takes(const struct site *site)
{
    return site->facility->kind == KIND_TRANSITION_HOUSE && site_room(site) > 0;
}

/* A house takes those whose need it is for, as long as their stay is worth it. */
static bool
house_fits(const struct site *to, const struct person *person, ticks now)
{
    return site_room(to) > 0 && (to->facility->needs >> person->need & 1) &&
           person_left(person, now) >= to->plan->selection_rule.least_stay;
}

/* What each list is for: which facilities have something to give, whom they take, and what a move
 * is counted as and told to be. */
static const struct service {
    bool (*takes)(const struct site *site); /* of a facility that takes people at all */
    bool (*fits)(const struct site *to, const struct person *person, ticks now);
    int flow;
    enum trace_move why;
} services[QUEUES] = {
    [QUEUE_ALLOCATION] = {prison_takes, prison_fits, FLOW_TO_ALLOCATED, MOVE_ALLOCATION},
    [QUEUE_DETENTION] = {detention_takes, house_fits, FLOW_TO_HOUSE, MOVE_HOUSE},
    [QUEUE_TRANSITION] = {transition_takes, house_fits, FLOW_TO_HOUSE, MOVE_HOUSE},
    [QUEUE_CENTRE] = {centre_takes, centre_fits, FLOW_TO_CENTRE, MOVE_CENTRE},
};

/* The facilities that have room for those of a list. */
struct openings {
    enum queue_kind queue;
    struct site **site;
    uint32_t count;
    int64_t moves; /* that may still be made in this round */
};

static bool
takes(const struct site *site, enum queue_kind queue)
{
    return site_takes(site) && services[queue].takes(site);
}

/* The place for PERSON among those that fit: of the own region before the others, then where the
 * occupancy is lowest, then by name; NULL: there is none. */
static struct site *
choose_opening(const struct openings *openings, const struct person *person, ticks now)
{
    struct site *chosen = NULL;

    for (uint32_t i = 0; i < openings->count; i++) {
        struct site *site = openings->site[i];
        bool own = site->region == person->region;
        bool chosen_own = chosen != NULL && chosen->region == person->region;
        if (chosen != NULL &&
            (own != chosen_own ? !own : site_occupancy(site) >= site_occupancy(chosen)))
            continue;
        if (site_accepts(site, person) && services[openings->queue].fits(site, person, now))
            chosen = site;
    }
    return chosen;
}

/* Give the person of ENTRY a place; false: there is none. */
static bool
give_place(struct model *model, struct openings *openings, const struct list_entry *entry,
           struct person *person, ticks now)
{
    struct site *to = choose_opening(openings, person, now);
    uint32_t kept = 0;

    if (to == NULL)
        return false;
    site_flow(to, FLOW_WAITED + (int)openings->queue, now - person->queued);
    site_flow(to, services[openings->queue].flow, 1);
    uint32_t slot = move_to(model, &model->site[entry->site], entry->slot, to,
                            services[openings->queue].why, now);
    if (slot != NOWHERE && to->facility->house)
        house_set_breach(to, slot, now);
    openings->moves--;
    for (uint32_t i = 0; i < openings->count; i++)
        if (takes(openings->site[i], openings->queue))
            openings->site[kept++] = openings->site[i];
    openings->count = kept;
    return true;
}

/* Go through a region's list in order and give what is free there. */
static void
serve_list(struct model *model, struct list *list, struct openings *openings, ticks now)
{
    uint32_t kept = 0, at = 0;

    for (; at < list->count && openings->moves > 0 && openings->count > 0; at++) {
        struct list_entry entry = *waiting_at(list, at);
        struct person *person = waiting_person(model->site, &entry, openings->queue);
        if (person != NULL && !give_place(model, openings, &entry, person, now))
            *waiting_at(list, kept++) = entry;
    }
    if (kept < at)
        waiting_keep(list, kept, at);
}

void
serve_region(struct model *model, uint32_t number, enum queue_kind queue, int64_t moves, ticks now)
{
    struct region_office *region = &model->office->region[number];
    struct openings openings = {queue, region->open, 0, moves};

    if (!office_anybody_waits(region, queue))
        return;
    for (uint32_t i = 0; i < region->sites; i++)
        if (takes(region->site[i], queue))
            openings.site[openings.count++] = region->site[i];
    for (int priority = 0; priority < PRIORITIES && openings.count > 0; priority++)
        serve_list(model, &region->list[queue][priority], &openings, now);
}

void
serve_nation(struct model *model, enum queue_kind queue, int64_t moves, ticks now)
{
    const struct plan *plan = model->plan;
    struct openings openings = {queue, model->office->open, 0, moves};
    bool waits = false;

    for (uint32_t r = 0; r < plan->regions && !waits; r++)
        waits = office_anybody_waits(&model->office->region[r], queue);
    for (uint32_t i = 0; waits && i < plan->facilities; i++)
        if (takes(&model->site[plan->by_name[i]], queue))
            openings.site[openings.count++] = &model->site[plan->by_name[i]];
    for (int priority = 0; priority < PRIORITIES && openings.count > 0; priority++) {
        struct list_entry entry;
        struct person *person;
        office_lists_begin(model);
        while (openings.count > 0 && openings.moves > 0 &&
               (person = office_lists_next(model, queue, priority, &entry)) != NULL)
            give_place(model, &openings, &entry, person, now);
        office_lists_end(model, queue, priority);
    }
}
