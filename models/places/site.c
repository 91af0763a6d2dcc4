#include "site.h"

#include "events.h"

#include "models/plan/draws.h"
#include "models/state.h"

#include "sim/base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static uint8_t
clock_event(const struct person *person, enum clock_kind clock)
{
    static const uint8_t appointments[APPOINTMENTS] = {[APPOINTMENT_WINDOW] = EVENT_WINDOW,
                                                       [APPOINTMENT_SCREENING] = EVENT_SCREENED,
                                                       [APPOINTMENT_BREACH] = EVENT_BREACH,
                                                       [APPOINTMENT_LAPSE] = EVENT_LAPSE};

    return clock == CLOCK_PHASE ? EVENT_PHASE : appointments[person->appointment];
}

const double site_thresholds[THRESHOLDS] = {1, 1.1, 1.2, 1.375, 1.5};

/* The band of occupancy, and what is counted by it. */
static void
derive_band(struct site *site, ticks now)
{
    int band = -1;

    if (site->capacity > 0)
        for (band = 0; band < THRESHOLDS && site->population > site->threshold[band];)
            band++;
    if (band != site->band) {
        if (site->band >= 0) {
            site_change(site, LEVEL_BAND + site->band, -1, now);
            site_change(site, LEVEL_BAND_PEOPLE + site->band,
                        -site->now.line[LEVEL_BAND_PEOPLE + site->band].v, now);
        }
        if (band >= 0)
            site_change(site, LEVEL_BAND + band, 1, now);
        site->band = band;
    }
    if (band >= 0)
        site_change(site, LEVEL_BAND_PEOPLE + band,
                    site->population - site->now.line[LEVEL_BAND_PEOPLE + band].v, now);
}

#define EXACT_IN_64_BITS 90000000 /* a thousand times its square is below 2^63 */

/* Thousandths of population^2 / capacity. */
static wide
felt(const struct site *site)
{
    int64_t people = site->population, half = site->capacity / 2;

    if (site->capacity <= 0)
        return 0;
    if (people < EXACT_IN_64_BITS)
        return (1000 * people * people + half) / site->capacity;
    return ((wide)1000 * people * people + half) / site->capacity;
}

static void
derive_felt(struct site *site, ticks now)
{
    wide by = felt(site) - site->now.felt.v;

    site->now.felt.a -= by * now;
    site->now.felt.v += by;
}

/* Residents of small houses: all of this one's, or none. */
static void
derive_small(struct site *site, ticks now)
{
    int64_t cap = site->plan->small_scale_cap;
    int64_t places = site->standing.cap > 0 ? site->capacity : site->standing.places;
    bool small = cap == 0 || places <= cap;
    int64_t residents = small ? site->population : 0;

    site_change(site, LEVEL_SMALL, residents - site->now.line[LEVEL_SMALL].v, now);
}

static void
set_level(struct site *site, int level, int64_t value, ticks now)
{
    if (site->now.line[level].v != value)
        site_change(site, level, value - site->now.line[level].v, now);
}

/* Cents a day: what is open costs, and so does everybody inside; above the ceiling a fine. */
static void
derive_cost(struct site *site, ticks now)
{
    const struct facility_plan *facility = site->facility;
    int64_t cost = (site->standing.open ? facility->cost_day : 0) +
                   site->population * facility->cost_person_day;
    double ceiling = site->standing.ceiling * (double)site->standing.places;
    int64_t above = ceiling < (double)site->population ? site->population - (int64_t)ceiling : 0;

    set_level(site, LEVEL_COST + facility->kind, cost, now);
    set_level(site, LEVEL_PENALTY, above * facility->penalty, now);
}

/* Above capacity and beyond beds follow from the population. */
static void
derive(struct site *site, ticks now)
{
    int64_t above = site->population > site->capacity ? site->population - site->capacity : 0;
    int64_t floor = site->population > site->beds ? site->population - site->beds : 0;

    if (above != site->now.line[LEVEL_ABOVE].v)
        site_change(site, LEVEL_ABOVE, above - site->now.line[LEVEL_ABOVE].v, now);
    if (floor != site->now.line[LEVEL_FLOOR].v)
        site_change(site, LEVEL_FLOOR, floor - site->now.line[LEVEL_FLOOR].v, now);
    if (site->population > site->peak || now == site->row_began) /* a round begins the row */
        site->peak = site->population;
    if (site->facility == NULL)
        return;
    derive_band(site, now);
    derive_felt(site, now);
    if (site->facility->house)
        derive_small(site, now);
    if (site->plan->costs || site->plan->penalties)
        derive_cost(site, now);
}

bool
site_matches(const struct site *site, const struct person *person)
{
    return person->need == NEED_NONE ||
           (site->facility->specialised && (site->facility->needs >> person->need & 1));
}

static void
count_resident(struct site *site, const struct person *person, int sign, ticks now)
{
    site_change(site, LEVEL_RESIDENTS, sign, now);
    if (site_matches(site, person))
        site_change(site, LEVEL_MATCHED, sign, now);
}

static void
count_inside(struct site *site, const struct person *person, int sign, ticks now)
{
    int desk = site->plan->phase[person->phase].desk;

    site_change(site, LEVEL_POPULATION + person->status, sign, now);
    if (person->sex == SEX_WOMAN)
        site_change(site, LEVEL_WOMEN, sign, now);
    if (!person->residence)
        site_change(site, LEVEL_NO_RESIDENCE, sign, now);
    site_change(site, LEVEL_NEED + person->need, sign, now);
    if (person->house == HOUSE_SCREENING)
        site_change(site, LEVEL_SCREENING, sign, now);
    if (person->queue == QUEUE_DETENTION || person->queue == QUEUE_TRANSITION) {
        site_change(site, LEVEL_WAIT_HOUSE, sign, now);
        site_change(site, LEVEL_WAIT_NEED + person->need, sign, now);
    }
    if (person->queue == QUEUE_ALLOCATION)
        site_change(site, LEVEL_WAIT_ALLOCATION, sign, now);
    if (site_is_house(site))
        count_resident(site, person, sign, now);
    if (desk >= 0)
        site_change(site, counts_level(site->plan, LEVEL_DESK) + desk, sign, now);
    if (person->desk_case == CASE_WAITING)
        site_change(site, counts_level(site->plan, LEVEL_DESK_WAIT) + desk, sign, now);
    if (now >= site->noon_at) {
        site->noon = site->population;
        site->noon_at = TICKS_NEVER;
    }
    site->population += sign;
    site->group[group_number(group_of(person))] += sign;
    derive(site, now);
}

static void
count_measures(struct site *site, const struct person *person, int sign, ticks now)
{
    if (person->measure >= 0)
        site_change(site, counts_level(site->plan, LEVEL_UNDER) + person->measure, sign, now);
    if (person->waits >= 0)
        site_change(site, counts_level(site->plan, LEVEL_WAITS) + person->waits, sign, now);
}

void
site_count(struct site *site, const struct person *person, int sign, ticks now)
{
    static const int level_of[] = {[WHERE_CUSTODY] = LEVEL_CUSTODY,
                                   [WHERE_HOME] = LEVEL_HOME,
                                   [WHERE_OUTSIDE] = LEVEL_OUTSIDE,
                                   [WHERE_DOOR] = LEVEL_DOOR,
                                   [WHERE_ABROAD] = LEVEL_ABROAD};

    if (site->plan->relief)
        count_measures(site, person, sign, now);
    site_change(site, LEVEL_PHASE + person->phase, sign, now);
    if (person->where == WHERE_FACILITY) {
        site_total(site, person->class, site->facility->counted ? TOTAL_INSIDE : TOTAL_CENTRES,
                   sign);
        count_inside(site, person, sign, now);
    } else {
        site_total(site, person->class, TOTAL_ELSEWHERE, sign);
        site_change(site, level_of[person->where], sign, now);
    }
}

static bool
more_room(struct site *site)
{
    uint32_t room = site->room < 16 ? 16 : 2 * site->room;
    struct person *person = aligned_alloc(_Alignof(struct person), room * sizeof *person);

    if (person_has_more(site->plan)) {
        struct person_more *more = person != NULL ? realloc(site->more, room * sizeof *more) : NULL;
        if (more == NULL) {
            free(person);
            return false;
        }
        site->more = more;
    }
    if (person != NULL && site->plan->listed_measures) {
        uint32_t *stamp = realloc(site->stamp, room * sizeof *stamp);
        if (stamp == NULL) {
            free(person);
            return false;
        }
        memset(stamp + site->room, 0, (room - site->room) * sizeof *stamp);
        site->stamp = stamp;
    }
    if (person == NULL)
        return false;
    if (site->used > 0)
        memcpy(person, site->person, site->used * sizeof *person);
    free(site->person);
    site->person = person;
    site->room = room;
    return true;
}

void
site_set_clock(struct site *site, uint32_t slot, enum clock_kind clock, ticks due)
{
    struct person *person = &site->person[slot];

    person->due[clock] = due;
    if (person->timer[clock] != TIMER_NONE && due == TICKS_NEVER) {
        lp_withdraw(site->lp, person->timer[clock]);
        person->timer[clock] = TIMER_NONE;
    } else if (person->timer[clock] != TIMER_NONE) {
        lp_retime(site->lp, person->timer[clock], due);
    } else if (due != TICKS_NEVER) {
        person->timer[clock] = lp_set_timer(site->lp, due, 1, clock_event(person, clock), slot);
    }
}

void
site_appoint(struct site *site, uint32_t slot, enum appointment what, ticks due)
{
    struct person *person = &site->person[slot];

    assert(person->due[CLOCK_APPOINTMENT] == TICKS_NEVER);
    person->appointment = (uint8_t)what;
    site_set_clock(site, slot, CLOCK_APPOINTMENT, due);
}

void
site_clock_rang(struct site *site, uint32_t slot, enum clock_kind clock)
{
    site->person[slot].timer[clock] = TIMER_NONE;
    site->person[slot].due[clock] = TICKS_NEVER;
}

void
site_start_clocks(struct site *site, uint32_t slot)
{
    for (int clock = 0; clock < CLOCKS; clock++) {
        ticks due = site->person[slot].due[clock];
        if (due != TICKS_NEVER)
            site_set_clock(site, slot, (enum clock_kind)clock,
                           due > site->lp->now ? due : site->lp->now);
    }
}

uint32_t
site_add(struct site *site, const struct traveller *who, ticks now, bool clocks_too)
{
    uint32_t slot;

    if (site->free >= 0) {
        slot = (uint32_t)site->free;
        site->free = site->person[slot].next_free;
    } else {
        if (site->used == site->room && !more_room(site)) {
            lp_fail(site->lp, NO_MEMORY, "no memory for another person");
            return NOWHERE;
        }
        slot = site->used++;
    }
    struct person *person = &site->person[slot];
    *person = who->person;
    memset(person->timer, 0, sizeof person->timer);
    if (site->more != NULL)
        site->more[slot] = who->more;
    site->people++;
    site->came++;
    site_count(site, person, 1, now);
    if (clocks_too)
        site_start_clocks(site, slot);
    return slot;
}

void
site_take(struct site *site, uint32_t slot, ticks now, struct traveller *out)
{
    struct person *person = &site->person[slot];

    for (int clock = 0; clock < CLOCKS; clock++)
        if (person->timer[clock] != TIMER_NONE) {
            lp_withdraw(site->lp, person->timer[clock]);
            person->timer[clock] = TIMER_NONE;
        }
    site_count(site, person, -1, now);
    out->person = *person;
    out->more = site->more != NULL ? site->more[slot] : (struct person_more){0};
    person->phase = NO_PHASE;
    person->queue = QUEUE_NONE;
    person->wants_place = false;
    person->name = (struct stream_name){0, 0};
    person->next_free = site->free;
    site->free = slot;
    site_restamp(site, slot);
    site->people--;
    site->went++;
}

static void
tell_capacity(struct site *site, int64_t by, ticks now)
{
    site_change(site, LEVEL_CAPACITY, by, now);
    site_change(site, LEVEL_OPEN, by, now);
    if (site->facility != NULL && site->facility->transparent)
        site_change(site, LEVEL_PUBLIC, by, now);
}

/* The places that the calendar says; under a cap no more than that or, while more are there, as
 * many as there are people. */
static int64_t
capped_places(const struct site *site)
{
    const struct standing *says = &site->standing;
    int64_t most = says->cap > site->population ? says->cap : site->population;

    return says->cap > 0 && says->places > most ? most : says->places;
}

/* Capacity and beds follow what the calendar says, from NOW on. */
static void
set_places(struct site *site, ticks now)
{
    const struct standing *says = &site->standing;
    int64_t places = capped_places(site);
    int64_t capacity = says->open ? places : 0;
    int64_t beds = site->more_beds + (says->bed_places >= 0 ? says->bed_places : places);

    if (!says->open)
        beds = 0;

    if (capacity != site->capacity)
        tell_capacity(site, capacity - site->capacity, now);
    if (beds != site->beds)
        site_change(site, LEVEL_BEDS, beds - site->beds, now);
    site->capacity = capacity;
    site->beds = beds;
    for (int i = 0; i < THRESHOLDS; i++) /* halves of a person are exact in floating point */
        site->threshold[i] = (int64_t)(site_thresholds[i] * (double)capacity + 1e-9);
    derive(site, now);
}

void
site_push(struct site *site, uint32_t **list, uint32_t *count, uint32_t *room, uint32_t number)
{
    if (*count == *room) {
        size_t more = *room;
        if (!array_room(*list, more, more + 1)) {
            lp_fail(site->lp, NO_MEMORY, "no memory for another waiting person");
            return;
        }
        *room = (uint32_t)more;
    }
    (*list)[(*count)++] = number;
}

void
site_request(struct site *site, uint32_t slot, enum asks what)
{
    if (site->requests == site->request_room) {
        size_t room = site->request_room;
        if (!array_room(site->request, room, room + 1)) {
            lp_fail(site->lp, NO_MEMORY, "no memory for another request");
            return;
        }
        site->request_room = (uint32_t)room;
    }
    site->request[site->requests++] =
        (struct request){.slot = slot & 0x3fffffff, .what = (unsigned)what & 3};
}

void
site_drop_requests(struct site *site, uint32_t count)
{
    site->requests -= count;
    memmove(site->request, &site->request[count], site->requests * sizeof *site->request);
}

void
site_ask_for_place(struct site *site, uint32_t slot)
{
    site->person[slot].wants_place = true;
    site_request(site, slot, ASKS_PLACE);
}

struct stream
site_stream(const struct site *site, const struct person *person, enum purpose purpose,
            uint32_t time)
{
    return plan_stream(site->plan, site->model->replication, purpose, person->name, time);
}

static uint8_t
door_priority(const struct site *site, uint32_t at)
{
    return site->plan->class[site->person[site->door[at]].class].priority;
}

void
site_wait_at_door(struct site *site, uint32_t slot)
{
    uint32_t before = site->doors;

    site_push(site, &site->door, &site->doors, &site->door_room, slot);
    if (site->doors == before)
        return;
    for (uint32_t at = before; at > 0 && door_priority(site, at - 1) > door_priority(site, at);
         at--) {
        site->door[at] = site->door[at - 1];
        site->door[at - 1] = slot;
    }
}

uint32_t
site_next_at_door(struct site *site)
{
    if (site->doors == 0)
        return NOWHERE;
    uint32_t slot = site->door[0];
    site->doors--;
    memmove(&site->door[0], &site->door[1], site->doors * sizeof *site->door);
    return slot;
}

void
site_carry_out(struct site *site, const struct calendar_plan *row, ticks now)
{
    standing_apply(&site->standing, row);
    if (row->kind == CAL_OPEN && site->facility->building > 0)
        site_flow(site, FLOW_BUILDING, site->facility->building);
    set_places(site, now);
}

void
site_add_beds(struct site *site, int64_t by, ticks now)
{
    site->more_beds += by;
    set_places(site, now);
}

void
site_stop_entries(struct site *site, bool stopped)
{
    site->standing.stopped = stopped;
}

void
site_shrink(struct site *site, ticks now)
{
    if (site->standing.cap > 0 && site->capacity != capped_places(site) && site->standing.open)
        set_places(site, now);
}

bool
site_still_leaves(struct site *site)
{
    site->standing.leaving = site->standing.open || site->population > 0;
    return site->standing.leaving;
}

void
site_set_short_staffed(struct site *site, bool short_staffed)
{
    site->standing.short_staffed = short_staffed;
}

void
site_vacate(struct site *site, int by, ticks now)
{
    site->vacating += by;
    site_change(site, LEVEL_VACATING, by, now);
}

static void
tell_level(struct tally *region, struct site *site, uint32_t level)
{
    const struct line *line = &site->now.line[level];
    uint32_t as = level;

    if (level < LEVELS_OF_PRISON && site->facility != NULL && !site->facility->counted)
        as = level < LEVEL_POPULATION + STATUSES ? LEVEL_CENTRE : NOWHERE;
    if (as != NOWHERE) {
        region->line[as].a += line->a - site->told.line[level].a;
        region->line[as].v += line->v - site->told.line[level].v;
    }
    site->told.line[level] = *line;
}

static bool
tell_flow(struct tally *region, struct site *site, uint32_t flow)
{
    int64_t by = site->now.flow[flow] - site->told.flow[flow];

    site->told.flow[flow] = site->now.flow[flow];
    return !__builtin_add_overflow(region->flow[flow], by, &region->flow[flow]);
}

static void
tell_class(struct tally *region, struct site *site, uint32_t class)
{
    for (uint32_t i = class * TOTALS; i < (class + 1) * TOTALS; i++) {
        region->total[i] += site->now.total[i] - site->told.total[i];
        site->told.total[i] = site->now.total[i];
    }
}

static void
tell_felt(struct tally *region, struct site *site)
{
    if (site->facility == NULL || !site->facility->counted)
        return;
    region->felt.a += site->now.felt.a - site->told.felt.a;
    region->felt.v += site->now.felt.v - site->told.felt.v;
    site->told.felt = site->now.felt;
}

int
site_tell(struct site *site, struct tally *region)
{
    int overflowed = site->overflowed;
    uint32_t number;

    while (changes_take(&site->levels, &number))
        tell_level(region, site, number);
    while (changes_take(&site->flows, &number))
        if (!tell_flow(region, site, number))
            overflowed = (int)number + 1;
    tell_felt(region, site);
    while (changes_take(&site->classes, &number))
        tell_class(region, site, number);
    return overflowed;
}

void
site_begin_row(struct site *site, ticks now)
{
    site->peak = site->population;
    site->row_began = now;
    site->noon_at = now + TICKS_PER_DAY / 2;
}

static uint32_t
words_for(uint32_t numbers)
{
    return (numbers + 63) / 64;
}

static uint32_t
all_words(const struct plan *plan)
{
    return words_for(counts_levels(plan)) + words_for(counts_flows(plan)) +
           words_for(plan->classes);
}

size_t
site_counts_size(const struct plan *plan)
{
    size_t size = 2 * tally_size(plan) + all_words(plan) * sizeof(uint64_t);

    return (size + SITE_ALIGN - 1) / SITE_ALIGN * SITE_ALIGN;
}

void
site_create(struct site *site, struct model *model, uint32_t id, void *memory)
{
    const struct plan *plan = model->plan;
    uint64_t *word = memory;
    char *tallies = (char *)(word + all_words(plan));

    memset(memory, 0, site_counts_size(plan));
    *site = (struct site){.model = model, .plan = plan, .id = id};
    site->lp = engine_lp(model->engine, id);
    site->lp->state = site;
    site->facility = id < plan->facilities ? &plan->facility[id] : NULL;
    site->region = site->facility != NULL ? site->facility->region : id - plan->facilities;
    site->levels = (struct changes){word, words_for(counts_levels(plan))};
    site->flows =
        (struct changes){site->levels.word + site->levels.words, words_for(counts_flows(plan))};
    site->classes =
        (struct changes){site->flows.word + site->flows.words, words_for(plan->classes)};
    site->now = tally_at(plan, tallies);
    site->told = tally_at(plan, tallies + tally_size(plan));
}

void
site_reset(struct site *site)
{
    struct site kept = *site;
    const struct plan *plan = kept.model->plan;
    const struct facility_plan *facility =
        kept.id < plan->facilities ? &plan->facility[kept.id] : NULL;

    *site = (struct site){.lp = kept.lp,
                          .model = kept.model,
                          .plan = plan,
                          .facility = facility,
                          .id = kept.id,
                          .region = kept.region,
                          .person = kept.person,
                          .more = kept.more,
                          .stamp = kept.stamp,
                          .room = kept.room,
                          .request = kept.request,
                          .request_room = kept.request_room,
                          .door = kept.door,
                          .door_room = kept.door_room,
                          .now = kept.now,
                          .told = kept.told,
                          .levels = kept.levels,
                          .flows = kept.flows,
                          .classes = kept.classes,
                          .standing = standing_begin(facility),
                          .free = -1,
                          .band = -1,
                          .noon_at = TICKS_NEVER};
    site->now.felt = site->told.felt = (struct wide_line){0, 0};
    memset(site->levels.word, 0, site_counts_size(site->plan));
}

void
site_free(struct site *site)
{
    free(site->person);
    free(site->more);
    free(site->stamp);
    free(site->request);
    free(site->door);
}
