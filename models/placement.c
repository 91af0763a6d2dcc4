/* The placement office. Once a round it looks at what was asked for since the last one and decides:
 * entries, houses, centres, prisons for sentences, balance between prisons. */

#include "model.h"

#include "sim/portable_math.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
entry_before(const struct list_entry *a, const struct list_entry *b)
{
    if (a->since != b->since)
        return a->since < b->since;
    if (a->name.source != b->name.source)
        return a->name.source < b->name.source;
    return a->name.number < b->name.number;
}

/* Since when PERSON is in a list; TICKS_NEVER when it is not. */
static ticks
listed_since(const struct person *person, enum queue_kind queue)
{
    if (queue == QUEUE_DESK)
        return person->desk_case == CASE_WAITING ? person->asked : TICKS_NEVER;
    return person->queue == queue ? person->queued : TICKS_NEVER;
}

/* The person an entry stands for, or NULL when it is void. */
static struct person *
entry_person(const struct model *model, const struct list_entry *entry, enum queue_kind queue)
{
    struct person *person = &model->site[entry->site].person[entry->slot];

    return listed_since(person, queue) == entry->since &&
                   person->name.source == entry->name.source &&
                   person->name.number == entry->name.number
               ? person
               : NULL;
}

/* Room for one more: void entries go first. */
static bool
list_make_room(struct model *model, struct list *list, enum queue_kind queue)
{
    uint32_t kept = 0;

    if (list->count < list->room)
        return true;
    for (uint32_t i = 0; i < list->count; i++)
        if (entry_person(model, &list->entry[i], queue) != NULL)
            list->entry[kept++] = list->entry[i];
    list->count = kept;
    if (kept < list->room / 2)
        return true;
    uint32_t room = list->room < 64 ? 64 : 2 * list->room;
    struct list_entry *more = realloc(list->entry, room * sizeof *more);
    if (more == NULL)
        return false;
    list->entry = more;
    list->room = room;
    return true;
}

/* Insert in order of (since, name); nearly all come last. Each priority has a list of its own. */
static void
list_add(struct model *model, struct site *site, uint32_t slot, enum queue_kind queue)
{
    const struct person *person = &site->person[slot];
    uint8_t priority = model->plan->class[person->class].priority;
    struct list *list = &model->list[queue][priority];
    struct list_entry entry = {listed_since(person, queue), person->name, site->id, slot};

    if (!list_make_room(model, list, queue)) {
        lp_fail(site->lp, NO_MEMORY, "no memory for a list of the placement office");
        return;
    }
    uint32_t at = list->count++;
    while (at > 0 && entry_before(&entry, &list->entry[at - 1])) {
        list->entry[at] = list->entry[at - 1];
        at--;
    }
    list->entry[at] = entry;
}

static bool
accepts(const struct site *site, const struct person *person)
{
    const struct facility_plan *facility = site->facility;

    return site->open && (facility->statuses >> person->status & 1) &&
           (facility->sexes >> person->sex & 1);
}

static double
occupancy(const struct site *site)
{
    return site->capacity > 0 ? (double)site->population / (double)site->capacity : 1e9;
}

static bool
below_ceiling(const struct site *site)
{
    return (double)(site->population + 1) <= site->ceiling * (double)site->capacity;
}

/* Move the person of SLOT to the facility TO; the slot there, or NOWHERE (no memory). */
static uint32_t
move(struct model *model, struct site *from, uint32_t slot, struct site *to, ticks now)
{
    struct person person;
    bool first = from->person[slot].where == IN_CUSTODY;
    bool returned = first && from->person[slot].entries > 0;

    desk_leave(from, slot, now);
    site_take(from, slot, now, &person);
    if (!first)
        pathway_place_left(from, &person, now);
    person.where = IN_FACILITY;
    person.wants_place = false;
    if (first)
        person.entries++;
    if (to->facility->kind != PRISON || to->facility->allocated)
        person.queue = QUEUE_NONE;
    if (to->facility->house) {
        person.queue = QUEUE_NONE;
        person.due[CLOCK_HOUSE] = TICKS_NEVER;
    } else {
        person.due[CLOCK_BREACH] = TICKS_NEVER;
    }
    uint32_t at = site_add(to, &person, now, true);
    if (at == NOWHERE)
        return NOWHERE;
    desk_arrive(to, at, now);
    if (first)
        site_flow(to, returned ? FLOW_RETURNED : FLOW_ENTERED, 1);
    if (to->person[at].queue != QUEUE_NONE)
        list_add(model, to, at, (enum queue_kind)to->person[at].queue); /* keeps its turn */
    else
        pathway_consider(to, at, now);
    return at;
}

/* Choose by weight among the prisons of REGION that accept; the person's own number decides. With
 * OVER ceilings do not count. */
static struct site *
choose_by_weight(struct model *model, uint32_t region, const struct person *person, double u,
                 bool over)
{
    struct site *chosen = NULL;
    double total = 0, sum = 0;

    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < model->plan->facilities; i++) {
            struct site *site = &model->site[i];
            if (site->region != region || site->entry <= 0 || site->facility->kind != PRISON ||
                !accepts(site, person) || (!over && !below_ceiling(site)))
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

/* The emptiest prison that accepts: of REGION first, then anywhere. */
static struct site *
choose_emptiest(struct model *model, uint32_t region, const struct person *person)
{
    struct site *chosen = NULL;

    for (int pass = 0; pass < 2 && chosen == NULL; pass++)
        for (uint32_t i = 0; i < model->plan->facilities; i++) {
            struct site *site = &model->site[i];
            if (site->facility->kind == PRISON && accepts(site, person) &&
                (pass == 1 || site->region == region) &&
                (site->facility->when_full == CROWD || site_room(site) > 0) &&
                (chosen == NULL || occupancy(site) < occupancy(chosen)))
                chosen = site;
        }
    return chosen;
}

static struct site *
choose_prison(struct model *model, const struct person *person)
{
    struct stream stream;

    stream_open(&stream, model->plan->seed, model->replication, DRAW_COURT, person->name,
                person->entries);
    double u = stream_uniform(&stream);
    struct site *chosen = choose_by_weight(model, person->region, person, u, false);
    if (chosen == NULL)
        chosen = choose_by_weight(model, person->region, person, u, true);
    return chosen != NULL ? chosen : choose_emptiest(model, person->region, person);
}

/* Answer one request; false: there is no place, ask again at the next round. */
static bool
answer(struct model *model, struct site *site, uint32_t slot, enum asks what, ticks now)
{
    struct person *person = &site->person[slot];

    if (person->phase == NO_PHASE)
        return true;
    if (what == ASKS_PLACE && person->wants_place) {
        struct site *to = choose_prison(model, person);
        if (to == NULL)
            return false;
        move(model, site, slot, to, now);
    } else if (what == ASKS_TURN && person->queue != QUEUE_NONE) {
        list_add(model, site, slot, (enum queue_kind)person->queue);
    } else if (what == ASKS_DESK && person->desk_case == CASE_WAITING) {
        list_add(model, site, slot, QUEUE_DESK);
    }
    return true;
}

/* What was asked for since the last round, in the order of sites and of asking. */
static void
answer_requests(struct model *model, ticks now)
{
    for (uint32_t i = 0; i < model->plan->sites; i++) {
        struct site *site = &model->site[i];
        uint32_t requests = site->requests, kept = 0;
        if (site->closes > 0)
            desk_take_back(model, site);
        for (uint32_t r = 0; r < requests; r++) {
            uint32_t request = site->request[r];
            if (!answer(model, site, request >> 2, (enum asks)(request & 3), now))
                site->request[kept++] = request;
        }
        if (requests == 0)
            continue;
        /* moving may have added requests behind those that were there */
        memmove(&site->request[kept], &site->request[requests],
                (site->requests - requests) * sizeof *site->request);
        site->requests = kept + site->requests - requests;
    }
}

/* Desks of regions and of the nation take those whose turn it is, as places are free. */
static void
serve_desks(struct model *model, ticks now)
{
    for (int priority = 0; priority < PRIORITIES; priority++) {
        struct list *list = &model->list[QUEUE_DESK][priority];
        uint32_t kept = 0;
        for (uint32_t at = 0; at < list->count; at++) {
            struct list_entry entry = list->entry[at];
            struct person *person = entry_person(model, &entry, QUEUE_DESK);
            if (person == NULL)
                continue;
            if (desk_has_place(model, person)) {
                struct site *site = &model->site[entry.site];
                site_flow(site, FLOW_WAITED + QUEUE_DESK, now - person->asked);
                desk_start(model, site, entry.slot, now);
            } else {
                list->entry[kept++] = entry;
            }
        }
        list->count = kept;
    }
}

/* Who is due to breach: the hazard at which the share of rule->breach of full stays ends that way.
 */
static void
set_breach(struct model *model, struct site *site, uint32_t slot, ticks now)
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
    site_set_clock(site, slot, CLOCK_BREACH,
                   now + ticks_from_days(mean * stream_exponential(&stream)));
}

static bool
fits(const struct model *model, const struct site *to, const struct person *person,
     enum queue_kind queue, ticks now)
{
    const struct selection_record *rule = &model->plan->scenario->house_selection;

    if (!accepts(to, person))
        return false;
    if (queue == QUEUE_ALLOCATION)
        return person_sentence(person, now) >= to->facility->least_sentence &&
               person_sentence(person, now) <= to->facility->most_sentence && below_ceiling(to);
    if (to->facility->use == USE_INTERNEES && to->facility->kind == PRISON)
        return below_ceiling(to);
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

    if (site->facility == NULL || !site->open)
        return false;
    bool below = site->facility->allocated && below_ceiling(site);
    if (queue == QUEUE_ALLOCATION)
        return below && (site->facility->statuses >> CONVICTED & 1);
    if (queue == QUEUE_CENTRE && site->facility->kind == PRISON)
        return below && site->facility->use == USE_INTERNEES;
    return site->facility->kind == kinds[queue] && site_room(site) > 0;
}

/* The first facility with room that fits, of the person's own region before the others. */
static struct site *
find_place(struct model *model, struct site **open, uint32_t opens, const struct person *person,
           enum queue_kind queue, ticks now)
{
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < opens; i++)
            if ((open[i]->region == person->region) == (pass == 0) &&
                fits(model, open[i], person, queue, now))
                return open[i];
    return NULL;
}

/* The facilities that have room for those of a list. */
struct openings {
    struct site *site[256];
    uint32_t count;
    int64_t moves; /* that may still be made in this round */
};

/* Go through a list in order and give what is free. */
static void
serve_list(struct model *model, struct list *list, enum queue_kind queue, struct openings *openings,
           int flow, ticks now)
{
    struct site **open = openings->site;
    uint32_t kept = 0, at = 0;

    for (; at < list->count && openings->moves > 0 && openings->count > 0; at++) {
        struct list_entry entry = list->entry[at];
        struct person *person = entry_person(model, &entry, queue);
        if (person == NULL)
            continue;
        struct site *to = find_place(model, open, openings->count, person, queue, now);
        if (to == NULL) {
            list->entry[kept++] = entry;
            continue;
        }
        struct site *from = &model->site[entry.site];
        site_flow(to, FLOW_WAITED + (int)queue, now - person->queued);
        uint32_t slot = move(model, from, entry.slot, to, now);
        site_flow(to, flow, 1);
        if (slot != NOWHERE && to->facility->house)
            set_breach(model, to, slot, now);
        openings->moves--;
        for (uint32_t i = 0; i < openings->count; i++)
            if (!takes_from(open[i], queue))
                open[i--] = open[--openings->count];
    }
    if (kept < at)
        memmove(&list->entry[kept], &list->entry[at], (list->count - at) * sizeof *list->entry);
    list->count = kept + list->count - at;
}

/* Serve those who are due to a kind of facility, higher priorities first; at most MOVES people. */
static void
serve_queue(struct model *model, enum queue_kind queue, int64_t moves, int flow, ticks now)
{
    struct openings openings = {.moves = moves};
    uint32_t waiting = 0;

    for (int priority = 0; priority < PRIORITIES; priority++)
        waiting += model->list[queue][priority].count;
    for (uint32_t i = 0; i < model->plan->facilities && openings.count < 256 && waiting > 0; i++)
        if (takes_from(&model->site[i], queue))
            openings.site[openings.count++] = &model->site[i];
    for (int priority = 0; priority < PRIORITIES && openings.count > 0; priority++)
        serve_list(model, &model->list[queue][priority], queue, &openings, flow, now);
}

/* From prisons above `from` to others below `to`, the same region first, convicted before remand.
 */
static void
balance(struct model *model, ticks now)
{
    const struct balance_record *rule = &model->plan->scenario->balance;
    int64_t seats = rule->node != NULL ? rule->vans * rule->seats : 0;

    while (seats > 0) {
        struct site *from = NULL, *to = NULL;
        uint32_t slot = NOWHERE;
        for (uint32_t i = 0; i < model->plan->facilities; i++)
            if (model->site[i].facility->kind == PRISON && model->site[i].population > 0 &&
                occupancy(&model->site[i]) > rule->from &&
                (from == NULL || occupancy(&model->site[i]) > occupancy(from)))
                from = &model->site[i];
        if (from == NULL)
            return;
        static const uint8_t order[] = {CONVICTED, REMAND};
        for (int status = 0; status < 2 && slot == NOWHERE; status++)
            for (uint32_t s = 0; s < from->used && slot == NOWHERE; s++)
                if (from->person[s].phase != NO_PHASE && from->person[s].where == IN_FACILITY &&
                    from->person[s].status == order[status])
                    slot = s;
        if (slot == NOWHERE)
            return;
        for (int pass = 0; pass < 2 && to == NULL; pass++)
            for (uint32_t i = 0; i < model->plan->facilities; i++) {
                struct site *site = &model->site[i];
                if (site != from && site->facility->kind == PRISON && !site->facility->allocated &&
                    accepts(site, &from->person[slot]) && occupancy(site) < rule->to &&
                    below_ceiling(site) && (pass == 1 || site->region == from->region) &&
                    (to == NULL || occupancy(site) < occupancy(to)))
                    to = site;
            }
        if (to == NULL)
            return;
        move(model, from, slot, to, now);
        site_flow(to, FLOW_BALANCE, 1);
        seats--;
    }
}

/* A facility that has closed sends everybody away, in the order of slots. */
static void
empty_closed(struct model *model, ticks now)
{
    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        struct site *site = &model->site[i];
        if (!site->closing)
            continue;
        for (uint32_t slot = 0; slot < site->used; slot++) {
            struct person *person = &site->person[slot];
            if (person->phase == NO_PHASE || person->where != IN_FACILITY)
                continue;
            struct site *to = choose_prison(model, person);
            if (to == NULL)
                continue;
            move(model, site, slot, to, now);
            site_flow(to, FLOW_CLOSING, 1);
        }
        site->closing = site->population > 0;
    }
}

/* Carry out what the calendar says for DAY. */
void
placement_calendar(struct model *model, int32_t day, ticks now)
{
    const struct plan *plan = model->plan;

    for (; model->calendar < plan->calendars && plan->calendar[model->calendar].day <= day;
         model->calendar++) {
        const struct calendar_plan *row = &plan->calendar[model->calendar];
        struct site *site = &model->site[row->facility];
        switch (row->kind) {
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
        default:
            site->open = row->kind == CAL_OPEN;
            site->closing = row->kind == CAL_CLOSE;
            break;
        }
        site_set_places(site, now);
    }
}

void
placement_round(struct model *model, ticks now)
{
    const struct plan *plan = model->plan;
    int32_t day = (int32_t)ticks_day(now);
    int64_t moves = plan->scenario->allocation.moves;

    placement_calendar(model, day, now);
    measure_review(model, day, now);
    answer_requests(model, now);
    serve_desks(model, now);
    empty_closed(model, now);
    if (plan->centres)
        serve_queue(model, QUEUE_CENTRE, INT64_MAX, FLOW_TO_CENTRE, now);
    serve_queue(model, QUEUE_DETENTION, INT64_MAX, FLOW_TO_HOUSE, now);
    serve_queue(model, QUEUE_TRANSITION, INT64_MAX, FLOW_TO_HOUSE, now);
    serve_queue(model, QUEUE_ALLOCATION, moves, FLOW_TO_ALLOCATED, now);
    balance(model, now);
    if (now % TICKS_PER_DAY == 0)
        record_day(model, now);
}

/* Does PHASE fit a row of the stock that names no phase? */
static bool
fits_row(const struct phase_plan *phase, const struct stock_record *row, size_t class)
{
    return phase->status == row->status && phase->place == INSIDE &&
           (row->class == NULL || phase->class == class);
}

/* A phase for one of the stock: by the weights of phases that fit the row; where nobody arrives in
 * any of them, each is as likely as the other. */
static uint16_t
stock_phase(const struct plan *plan, const struct stock_record *row, double u)
{
    double total = 0, sum = 0;
    uint16_t chosen = NO_PHASE, fitting = 0;
    size_t only = 0;
    struct target target = {0};

    if (row->class != NULL) {
        scenario_class(plan->scenario, row->class, &only);
        if (row->phase != NULL && scenario_target(plan->scenario, only, row->phase, &target))
            return (uint16_t)(plan->class[target.class].first + target.phase);
    }
    for (uint16_t i = 0; i < plan->phases; i++)
        if (fits_row(&plan->phase[i], row, only)) {
            total += plan->stock_weight[i];
            fitting++;
        }
    for (uint16_t i = 0; i < plan->phases; i++) {
        if (!fits_row(&plan->phase[i], row, only) || (total > 0 && plan->stock_weight[i] <= 0))
            continue;
        chosen = i;
        sum += total > 0 ? plan->stock_weight[i] / total : 1.0 / fitting;
        if (u < sum)
            return chosen;
    }
    return chosen;
}

/* A region for one of the stock: as the intake of the first day falls. */
static uint32_t
stock_region(const struct model *model, double u)
{
    const struct plan *plan = model->plan;
    double total = 0, sum = 0;
    uint32_t region = 0;

    for (uint32_t i = 0; i < plan->sources; i++)
        total += plan->source[i].rate[0];
    for (uint32_t i = 0; i < plan->sources; i++) {
        region = model->site[plan->source[i].site].region;
        sum += plan->source[i].rate[0];
        if (u * total < sum)
            break;
    }
    return region;
}

/* The prison of the person's region that is furthest below its share by weight: so the stock lies
 * over the prisons as the courts send, without the noise of a draw for each. */
static struct site *
choose_by_share(struct model *model, const struct person *person)
{
    struct site *chosen = NULL;
    double least = 0;

    for (uint32_t i = 0; i < model->plan->facilities; i++) {
        struct site *site = &model->site[i];
        if (site->region != person->region || site->entry <= 0 || site->facility->kind != PRISON ||
            !accepts(site, person) || !below_ceiling(site))
            continue;
        double share = (double)(site->population + 1) / site->entry;
        if (chosen == NULL || share < least) {
            chosen = site;
            least = share;
        }
    }
    return chosen;
}

static uint32_t
named_facility(const struct plan *plan, const char *name)
{
    for (uint32_t i = 0; i < plan->facilities; i++)
        if (strcmp(plan->facility[i].name, name) == 0)
            return i;
    return 0;
}

/* Where one of the stock is: the facility that the row names; else prisons for sentences are filled
 * to their ceilings and the rest lies as the courts send. Who is at home, or finds no place, is at
 * the region's site. */
static uint32_t
stock_site(struct model *model, const struct stock_record *row, const struct person *person)
{
    uint32_t facilities = model->plan->facilities;

    if (person->where != IN_FACILITY)
        return plan_region_site(model->plan, person->region);
    if (row->facility != NULL)
        return named_facility(model->plan, row->facility);
    for (uint32_t i = 0; person->status == CONVICTED && i < facilities; i++)
        if (model->site[i].region == person->region &&
            takes_from(&model->site[i], QUEUE_ALLOCATION) &&
            fits(model, &model->site[i], person, QUEUE_ALLOCATION, 0))
            return i;
    const struct site *chosen = choose_by_share(model, person);
    if (chosen == NULL)
        chosen = choose_prison(model, person);
    return chosen != NULL ? chosen->id : plan_region_site(model->plan, person->region);
}

static void
place_stock(struct model *model, const struct stock_record *row, uint64_t source, int64_t number)
{
    const struct plan *plan = model->plan;
    struct stream_name name = {source, (uint64_t)number};
    struct stream stream;
    struct person person;
    uint32_t region = 0;

    stream_open(&stream, plan->seed, model->replication, DRAW_STOCK, name, 1);
    uint16_t phase = stock_phase(plan, row, stream_uniform(&stream));
    double u = stream_uniform(&stream);
    if (phase == NO_PHASE)
        return;
    if (row->facility != NULL)
        region = plan->facility[named_facility(plan, row->facility)].region;
    else if (row->region == NULL)
        region = stock_region(model, u);
    else
        while (strcmp(plan->scenario->regions.name[region], row->region) != 0)
            region++;
    person_draw_stock(&person, plan, model->replication, name, phase, (uint8_t)region, row->fresh);
    static const uint8_t where_of[PLACES] = {IN_FACILITY, AT_HOME, WAITS_OUTSIDE};
    person.where = where_of[plan->phase[phase].place];
    person.entries = 1;
    uint32_t at = stock_site(model, row, &person);
    if (at >= plan->facilities && person.where == IN_FACILITY)
        person.where = IN_CUSTODY;
    uint32_t slot = site_add(&model->site[at], &person, 0, false);
    if (slot == NOWHERE)
        return;
    model->initial++;
    pathway_settle_stock(&model->site[at], slot, 0);
    if (at < plan->facilities && plan->facility[at].house)
        set_breach(model, &model->site[at], slot, 0);
}

void
placement_stock(struct model *model)
{
    const struct stock_record *rows = model->plan->scenario->stock.item;

    for (size_t i = 0; i < model->plan->scenario->stock.count; i++) {
        char text[512];
        snprintf(text, sizeof text, "stock/%d/%s/%s/%s/%s", rows[i].status,
                 rows[i].class ? rows[i].class : "", rows[i].phase ? rows[i].phase : "",
                 rows[i].region ? rows[i].region : "", rows[i].facility ? rows[i].facility : "");
        for (int64_t n = 0; n < rows[i].count; n++)
            place_stock(model, &rows[i], stream_text_name(text), n);
    }
}
