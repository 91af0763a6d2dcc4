/* The placement office. Once a round it looks at what was asked for since the last one and decides:
 * entries, houses, prisons for sentences. Each region's part comes first and uses its own places,
 * side by side with the others; then the nation gives what is left to whoever is first in the
 * country, and sees to what is the nation's own: forensic centres, units, desks, balance between
 * prisons. */

#include "models/model.h"

#include "sim/engine/portable_math.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool
placement_accepts(const struct site *site, const struct person *person)
{
    const struct facility_plan *facility = site->facility;

    return site_takes(site) && (facility->statuses >> person->status & 1) &&
           (facility->sexes >> person->sex & 1);
}

bool
placement_below_ceiling(const struct site *site)
{
    return (double)(site->population + 1) <= site->ceiling * (double)site->capacity;
}

static void
list_add(struct model *model, struct site *site, uint32_t slot, enum queue_kind queue)
{
    uint8_t priority = model->plan->class[site->person[slot].class].priority;

    waiting_add(&model->office[site->region].list[queue][priority], model->site, site, slot, queue);
}

uint32_t
placement_move(struct model *model, struct site *from, uint32_t slot, struct site *to, ticks now)
{
    struct person person;
    bool inside = from->person[slot].where == IN_FACILITY;
    bool returned = !inside && from->person[slot].entries > 0;
    bool begins = from->person[slot].queue == QUEUE_UNIT;

    desk_leave(from, slot, now);
    site_take(from, slot, now, &person);
    if (inside)
        pathway_place_left(from, &person, now);
    person_goes(&person, IN_FACILITY, now);
    person.wants_place = false;
    if (!inside)
        person.entries++;
    if (to->facility->kind != PRISON || to->facility->allocated || begins)
        person.queue = QUEUE_NONE;
    if (to->facility->house || site_is_house(from))
        person.due[CLOCK_HOUSE] = TICKS_NEVER;
    uint32_t at = site_add(to, &person, now, true);
    if (at == NOWHERE)
        return NOWHERE;
    desk_arrive(to, at, now);
    if (!inside)
        site_flow(to, returned ? FLOW_RETURNED : FLOW_ENTERED, 1);
    if (begins)
        pathway_begin(to, at, person.phase, now);
    else if (to->person[at].queue != QUEUE_NONE)
        list_add(model, to, at, (enum queue_kind)to->person[at].queue); /* keeps its turn */
    else
        pathway_consider(to, at, now);
    return at;
}

/* Choose by weight among the prisons of the person's region that accept; the person's own number
 * decides. With OVER ceilings do not count. */
static struct site *
choose_by_weight(const struct office *office, const struct person *person, double u, bool over)
{
    struct site *chosen = NULL;
    double total = 0, sum = 0;

    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < office->sites; i++) {
            struct site *site = office->site[i];
            if (site->entry <= 0 || site->facility->kind != PRISON ||
                !placement_accepts(site, person) || (!over && !placement_below_ceiling(site)))
                continue;
            if (pass == 0) {
                total += site->entry;
                continue;
            }
            chosen = site;
            sum += site->entry;
            if (u * total < sum)
                return chosen;
        }
    return chosen;
}

/* A prison that accepts PERSON, in the order in which the office looks for one where no court says:
 * those that allocation fills come behind the others, those above their ceiling behind both. Lower
 * is better; NO_PRISON: none of these. */
enum { NO_PRISON = 4 };

static int
rank_of(const struct site *site, const struct person *person)
{
    if (site->facility->kind != PRISON || !placement_accepts(site, person) ||
        (site->facility->when_full != CROWD && site_room(site) <= 0))
        return NO_PRISON;
    return 2 * !placement_below_ceiling(site) + site->facility->allocated;
}

/* Is SITE a better prison for PERSON than CHOSEN, whose rank is *RANK? Of one rank the emptiest. */
static bool
better(const struct site *site, const struct site *chosen, const struct person *person, int *rank)
{
    int own = rank_of(site, person);

    if (own == NO_PRISON || (chosen != NULL && own > *rank) ||
        (chosen != NULL && own == *rank && site_occupancy(site) >= site_occupancy(chosen)))
        return false;
    *rank = own;
    return true;
}

static struct site *
emptiest(const struct office *office, const struct person *person)
{
    struct site *chosen = NULL;
    int rank = NO_PRISON;

    for (uint32_t i = 0; i < office->sites; i++)
        if (better(office->site[i], chosen, person, &rank))
            chosen = office->site[i];
    return chosen;
}

struct site *
placement_anywhere(struct model *model, const struct person *person)
{
    const struct plan *plan = model->plan;
    struct site *chosen = NULL;
    int rank = NO_PRISON;

    for (uint32_t i = 0; i < plan->facilities; i++)
        if (better(&model->site[plan->by_name[i]], chosen, person, &rank))
            chosen = &model->site[plan->by_name[i]];
    return chosen;
}

struct site *
placement_court(struct model *model, const struct person *person)
{
    const struct office *office = &model->office[person->region];
    struct stream stream;

    stream_open(&stream, model->plan->seed, model->replication, DRAW_COURT, person->name,
                person->entries);
    double u = stream_uniform(&stream);
    struct site *chosen = choose_by_weight(office, person, u, false);
    if (chosen == NULL)
        chosen = choose_by_weight(office, person, u, true);
    return chosen != NULL ? chosen : emptiest(office, person);
}

/* Whom the region has no place for: the nation looks further. */
static void
send_away(struct office *office, struct site *site, uint32_t slot)
{
    site_push(site, &office->away, &office->aways, &office->away_room, site->id);
    site_push(site, &office->away, &office->aways, &office->away_room, slot);
}

/* Find a prison for the person of SLOT. Somebody from another region (sent back by a house here) is
 * the nation's affair, and so is somebody whom no prison of the region accepts. */
static void
place(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    struct person *person = &site->person[slot];
    struct site *to = person->region == site->region ? placement_court(model, person) : NULL;

    if (to != NULL)
        placement_move(model, site, slot, to, now);
    else
        send_away(&model->office[site->region], site, slot);
}

static void
answer(struct model *model, struct site *site, uint32_t slot, enum asks what, ticks now)
{
    struct person *person = &site->person[slot];

    if (person->phase == NO_PHASE)
        return;
    if (what == ASKS_PLACE && person->wants_place)
        place(model, site, slot, now);
    else if (what == ASKS_TURN && person->queue != QUEUE_NONE)
        list_add(model, site, slot, (enum queue_kind)person->queue);
    else if (what == ASKS_DESK && person->desk_case == CASE_WAITING)
        list_add(model, site, slot, QUEUE_DESK);
}

/* What was asked for at SITE since the last round, in the order of asking. */
static void
answer_requests(struct model *model, struct site *site, ticks now)
{
    uint32_t requests = site->requests;

    for (uint32_t r = 0; r < requests; r++)
        person_fetch(&site->person[site->request[r] >> 2]);
    for (uint32_t r = 0; r < requests; r++)
        answer(model, site, site->request[r] >> 2, (enum asks)(site->request[r] & 3), now);
    if (requests == 0)
        return;
    /* moving may have added requests behind those that were there */
    memmove(site->request, &site->request[requests],
            (site->requests - requests) * sizeof *site->request);
    site->requests -= requests;
}

/* Who is due to breach: the hazard at which the share of rule->breach of full stays ends that way.
 */
void
placement_set_breach(struct model *model, struct site *site, uint32_t slot, ticks now)
{
    const struct selection_record *rule = &model->plan->scenario->house_selection;
    struct person *person = &site->person[slot];
    double length = ticks_to_days(person_left(person, now));
    struct stream stream;

    if (rule->breach <= 0 || length <= 0)
        return;
    stream_open(&stream, model->plan->seed, model->replication, DRAW_BREACH, person->name,
                person->step);
    double factor = site_matches(site, person) ? 1 : rule->breach_unmatched;
    if (factor <= 0)
        return;
    double mean = -length / portable_log1p(-rule->breach) / factor;
    site_set_clock(site, slot, CLOCK_HOUSE,
                   now + ticks_from_days(mean * stream_exponential(&stream)));
}

static bool
fits(const struct model *model, const struct site *to, const struct person *person,
     enum queue_kind queue, ticks now)
{
    const struct selection_record *rule = &model->plan->scenario->house_selection;

    if (!placement_accepts(to, person))
        return false;
    if (queue == QUEUE_ALLOCATION)
        return person_sentence(person, now) >= to->facility->least_sentence &&
               person_sentence(person, now) <= to->facility->most_sentence &&
               placement_below_ceiling(to);
    if (to->facility->use == USE_INTERNEES && to->facility->kind == PRISON)
        return placement_below_ceiling(to);
    if (site_room(to) <= 0)
        return false;
    if (queue == QUEUE_CENTRE)
        return true;
    return (to->facility->needs >> person->need & 1) &&
           person_left(person, now) >= ticks_from_days(rule->least_stay);
}

static bool
takes_from(const struct site *site, enum queue_kind queue)
{
    static const uint8_t kinds[QUEUES] = {[QUEUE_DETENTION] = DETENTION_HOUSE,
                                          [QUEUE_TRANSITION] = TRANSITION_HOUSE,
                                          [QUEUE_CENTRE] = FORENSIC_CENTRE};

    if (site->facility == NULL || !site_takes(site))
        return false;
    bool below = site->facility->allocated && placement_below_ceiling(site);
    if (queue == QUEUE_ALLOCATION)
        return below && (site->facility->statuses >> CONVICTED & 1);
    if (queue == QUEUE_CENTRE && site->facility->kind == PRISON)
        return below && site->facility->use == USE_INTERNEES;
    return site->facility->kind == kinds[queue] && site_room(site) > 0;
}

/* The facilities that have room for those of a list. */
struct openings {
    enum queue_kind queue;
    struct site **site;
    uint32_t count;
    int64_t moves; /* that may still be made in this round */
    int flow;
};

/* The place for PERSON among those that fit: of the own region before the others, then where the
 * occupancy is lowest, then by name; NULL: there is none. */
static struct site *
choose_opening(const struct model *model, const struct openings *openings,
               const struct person *person, ticks now)
{
    struct site *chosen = NULL;

    for (uint32_t i = 0; i < openings->count; i++) {
        struct site *site = openings->site[i];
        bool own = site->region == person->region;
        bool chosen_own = chosen != NULL && chosen->region == person->region;
        if (chosen != NULL &&
            (own != chosen_own ? !own : site_occupancy(site) >= site_occupancy(chosen)))
            continue;
        if (fits(model, site, person, openings->queue, now))
            chosen = site;
    }
    return chosen;
}

/* Give the person of ENTRY a place; false: there is none. */
static bool
give_place(struct model *model, struct openings *openings, const struct list_entry *entry,
           struct person *person, ticks now)
{
    struct site *to = choose_opening(model, openings, person, now);
    uint32_t kept = 0;

    if (to == NULL)
        return false;
    site_flow(to, FLOW_WAITED + (int)openings->queue, now - person->queued);
    site_flow(to, openings->flow, 1);
    uint32_t slot = placement_move(model, &model->site[entry->site], entry->slot, to, now);
    if (slot != NOWHERE && to->facility->house)
        placement_set_breach(model, to, slot, now);
    openings->moves--;
    for (uint32_t i = 0; i < openings->count; i++)
        if (takes_from(openings->site[i], openings->queue))
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

static bool
anybody_waits(const struct office *office, enum queue_kind queue)
{
    for (int priority = 0; priority < PRIORITIES; priority++)
        if (office->list[queue][priority].count > 0)
            return true;
    return false;
}

/* Serve those of a region who are due to a kind of facility, at its own ones; lower priority
 * numbers first, at most MOVES people. */
static void
serve_region(struct model *model, uint32_t region, enum queue_kind queue, int64_t moves, int flow,
             ticks now)
{
    struct office *office = &model->office[region];
    struct openings openings = {queue, office->open, 0, moves, flow};

    if (!anybody_waits(office, queue))
        return;
    for (uint32_t i = 0; i < office->sites; i++)
        if (takes_from(office->site[i], queue))
            openings.site[openings.count++] = office->site[i];
    for (int priority = 0; priority < PRIORITIES && openings.count > 0; priority++)
        serve_list(model, &office->list[queue][priority], &openings, now);
}

/* The next who is in any region's list, in order of date; NULL: nobody. The cursors move on. */
static struct person *
next_of_nation(struct model *model, enum queue_kind queue, int priority, struct list_entry *out)
{
    uint32_t regions = model->plan->regions, best = NOWHERE;
    struct person *chosen = NULL;

    for (uint32_t r = 0; r < regions; r++) {
        const struct list *list = &model->office[r].list[queue][priority];
        struct person *person = NULL;
        while (model->cursor[r] < list->count &&
               (person = waiting_person(model->site, waiting_at(list, model->cursor[r]), queue)) ==
                   NULL)
            model->cursor[r]++;
        if (person != NULL && (best == NOWHERE ||
                               waiting_before(waiting_at(list, model->cursor[r]),
                                              waiting_at(&model->office[best].list[queue][priority],
                                                         model->cursor[best])))) {
            best = r;
            chosen = person;
        }
    }
    if (chosen != NULL)
        *out = *waiting_at(&model->office[best].list[queue][priority], model->cursor[best]++);
    return chosen;
}

/* The nation has gone through its lists for QUEUE up to the cursors: what was served there is void.
 */
static void
clean_lists(struct model *model, enum queue_kind queue, int priority)
{
    for (uint32_t r = 0; r < model->plan->regions; r++)
        waiting_clean(&model->office[r].list[queue][priority], model->cursor[r], model->site,
                      queue);
}

/* Give what the regions left to whoever waits longest in the country. */
static void
serve_nation(struct model *model, enum queue_kind queue, int64_t moves, int flow, ticks now)
{
    struct openings openings = {queue, model->open, 0, moves, flow};
    bool waits = false;

    for (uint32_t r = 0; r < model->plan->regions && !waits; r++)
        waits = anybody_waits(&model->office[r], queue);
    for (uint32_t i = 0; waits && i < model->plan->facilities; i++)
        if (takes_from(&model->site[model->plan->by_name[i]], queue))
            openings.site[openings.count++] = &model->site[model->plan->by_name[i]];
    for (int priority = 0; priority < PRIORITIES && openings.count > 0; priority++) {
        struct list_entry entry;
        struct person *person;
        memset(model->cursor, 0, model->plan->regions * sizeof *model->cursor);
        while (openings.count > 0 && openings.moves > 0 &&
               (person = next_of_nation(model, queue, priority, &entry)) != NULL)
            give_place(model, &openings, &entry, person, now);
        clean_lists(model, queue, priority);
    }
}

/* Whom their region had no place for: the own region's prison after all, or the emptiest of the
 * country. Who finds none asks again at the next round. */
static void
place_away(struct model *model, ticks now)
{
    for (uint32_t r = 0; r < model->plan->regions; r++) {
        struct office *office = &model->office[model->plan->region_by_name[r]];
        for (uint32_t i = 0; i < office->aways; i += 2) {
            struct site *from = &model->site[office->away[i]];
            uint32_t slot = office->away[i + 1];
            struct person *person = &from->person[slot];
            if (!person->wants_place)
                continue; /* found a place meanwhile */
            struct site *to = placement_court(model, person);
            if (to == NULL)
                to = placement_anywhere(model, person);
            if (to != NULL)
                placement_move(model, from, slot, to, now);
            else
                site_request(from, slot, ASKS_PLACE);
        }
        office->aways = 0;
    }
}

/* Desks of regions and of the nation take those whose turn it is, as places are free. */
static void
serve_desks(struct model *model, ticks now)
{
    for (uint32_t i = 0; i < model->plan->sites; i++)
        if (model->site[i].closes > 0)
            desk_take_back(model, &model->site[i]);
    for (int priority = 0; priority < PRIORITIES; priority++) {
        struct list_entry entry;
        struct person *person;
        memset(model->cursor, 0, model->plan->regions * sizeof *model->cursor);
        while ((person = next_of_nation(model, QUEUE_DESK, priority, &entry)) != NULL)
            if (desk_has_place(model, person)) {
                struct site *site = &model->site[entry.site];
                site_flow(site, FLOW_WAITED + QUEUE_DESK, now - person->asked);
                desk_start(model, site, entry.slot, now);
            }
        clean_lists(model, QUEUE_DESK, priority);
    }
}

/* Those whose next phase happens in a unit: it takes them, lets them wait where they are, or
 * refuses. */
static void
serve_units(struct model *model, ticks now)
{
    for (int priority = 0; priority < PRIORITIES; priority++) {
        struct list_entry entry;
        struct person *person;
        memset(model->cursor, 0, model->plan->regions * sizeof *model->cursor);
        while ((person = next_of_nation(model, QUEUE_UNIT, priority, &entry)) != NULL) {
            const struct phase_plan *phase = &model->plan->phase[person->phase];
            struct site *to = &model->site[phase->facility];
            bool room = site_takes(to) && (to->facility->when_full == CROWD || site_room(to) > 0);
            if (room) {
                site_flow(to, FLOW_WAITED + QUEUE_UNIT, now - person->queued);
                placement_move(model, &model->site[entry.site], entry.slot, to, now);
            } else if (phase->diverts && (to->facility->when_full == REFUSE || !site_takes(to))) {
                site_flow(to, FLOW_REFUSED, 1);
                pathway_divert(&model->site[entry.site], entry.slot, now);
            }
        }
        clean_lists(model, QUEUE_UNIT, priority);
    }
}

/* Carry out what the calendar says for DAY in REGION. */
void
placement_calendar(struct model *model, uint32_t region, int32_t day, ticks now)
{
    const struct region_plan *range = &model->plan->region[region];
    uint32_t *done = &model->office[region].calendar;

    for (; *done < range->calendars; ++*done) {
        const struct calendar_plan *row = &model->plan->calendar[range->first_calendar + *done];
        struct site *site = &model->site[row->facility];
        if (row->day > day)
            return;
        switch ((enum calendar_kind)row->kind) {
        case CAL_CAPACITY:
            site->places = (int64_t)(row->value + 0.5);
            break;
        case CAL_BEDS:
            site->bed_places = (int64_t)(row->value + 0.5);
            break;
        case CAL_ENTRY:
            site->entry = row->value;
            break;
        case CAL_CEILING:
            site->ceiling = row->value;
            break;
        case CAL_OPEN:
            site->open = true;
            break;
        case CAL_LEAVE:
        case CAL_CLOSE:
            site->open = row->kind == CAL_LEAVE;
            site->leaving = true;
            model->office[region].leaving = true;
            break;
        }
        site_set_places(site, now);
    }
}

void
placement_region(struct model *model, uint32_t region, ticks now)
{
    const struct plan *plan = model->plan;
    const struct office *office = &model->office[region];

    placement_calendar(model, region, (int32_t)ticks_day(now), now);
    for (uint32_t i = 0; i < office->sites; i++)
        if (office->site[i]->requests > 0)
            answer_requests(model, office->site[i], now);
    answer_requests(model, &model->site[plan_region_site(plan, region)], now);
    if (plan->scenario->house_selection.first == FIRST_OF_REGION) {
        serve_region(model, region, QUEUE_DETENTION, INT64_MAX, FLOW_TO_HOUSE, now);
        serve_region(model, region, QUEUE_TRANSITION, INT64_MAX, FLOW_TO_HOUSE, now);
    }
    if (plan->scenario->allocation.first == FIRST_OF_REGION)
        serve_region(model, region, QUEUE_ALLOCATION, plan->scenario->allocation.moves,
                     FLOW_TO_ALLOCATED, now);
}

static int64_t
seats_a_day(const struct plan *plan)
{
    const struct balance_record *rule = &plan->scenario->balance;

    return rule->node != NULL ? rule->vans * rule->seats : 0;
}

void
placement_nation(struct model *model, ticks now)
{
    if (now % TICKS_PER_DAY == 0)
        model->seats = seats_a_day(model->plan);
    place_away(model, now);
    spread_closing(model, now);
    if (model->plan->units)
        serve_units(model, now);
    if (model->plan->busy_desks)
        serve_desks(model, now);
    if (model->plan->centres)
        serve_nation(model, QUEUE_CENTRE, INT64_MAX, FLOW_TO_CENTRE, now);
    serve_nation(model, QUEUE_DETENTION, INT64_MAX, FLOW_TO_HOUSE, now);
    serve_nation(model, QUEUE_TRANSITION, INT64_MAX, FLOW_TO_HOUSE, now);
    serve_nation(model, QUEUE_ALLOCATION, model->plan->scenario->allocation.moves,
                 FLOW_TO_ALLOCATED, now);
    spread_balance(model, now);
    measure_review(model, (int32_t)ticks_day(now), now);
}
