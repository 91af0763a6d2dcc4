#include "models/model.h"

#include "sim/base/array.h"

#include <stdlib.h>
#include <string.h>

static const uint8_t clock_events[CLOCKS] = {EVENT_PHASE, EVENT_HOUSE};

static bool
in_process(const struct person *person)
{
    return person->queue != QUEUE_NONE || person->house == HOUSE_SCREENING ||
           person->house == HOUSE_SUITABLE;
}

int
site_group(const struct person *person)
{
    int house = person->queue == QUEUE_DETENTION || person->queue == QUEUE_TRANSITION ? 1
                : person->queue == QUEUE_ALLOCATION                                   ? 2
                                                                                      : 0;
    return ((person->status * SEXES + person->sex) * 2 + in_process(person)) * 3 + house;
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
                        -site->line[LEVEL_BAND_PEOPLE + site->band].v, now);
        }
        if (band >= 0)
            site_change(site, LEVEL_BAND + band, 1, now);
        site->band = band;
    }
    if (band >= 0)
        site_change(site, LEVEL_BAND_PEOPLE + band,
                    site->population - site->line[LEVEL_BAND_PEOPLE + band].v, now);
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
    wide by = felt(site) - site->felt.v;

    site->felt.a -= by * now;
    site->felt.v += by;
}

/* Residents of small houses: all of this one's, or none. */
static void
derive_small(struct site *site, ticks now)
{
    int64_t cap = site->model->plan->scenario->small_scale_cap;
    bool small = cap == 0 || site->places <= cap;
    int64_t residents = small ? site->population : 0;

    site_change(site, LEVEL_SMALL, residents - site->line[LEVEL_SMALL].v, now);
}

/* Above capacity and beyond beds follow from the population. */
static void
derive(struct site *site, ticks now)
{
    int64_t above = site->population > site->capacity ? site->population - site->capacity : 0;
    int64_t floor = site->population > site->beds ? site->population - site->beds : 0;

    if (above != site->line[LEVEL_ABOVE].v)
        site_change(site, LEVEL_ABOVE, above - site->line[LEVEL_ABOVE].v, now);
    if (floor != site->line[LEVEL_FLOOR].v)
        site_change(site, LEVEL_FLOOR, floor - site->line[LEVEL_FLOOR].v, now);
    if (site->population > site->peak || now == site->row_began) /* a round begins the row */
        site->peak = site->population;
    if (site->facility == NULL)
        return;
    derive_band(site, now);
    derive_felt(site, now);
    if (site->facility->house)
        derive_small(site, now);
}

bool
site_matches(const struct site *site, const struct person *person)
{
    return person->need == NO_NEED ||
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
    int desk = site->model->plan->phase[person->phase].desk;

    site_change(site, LEVEL_POPULATION + person->status, sign, now);
    if (person->sex == WOMAN)
        site_change(site, LEVEL_WOMEN, sign, now);
    if (!person->residence)
        site_change(site, LEVEL_NO_RESIDENCE, sign, now);
    site_change(site, LEVEL_NEED + person->need, sign, now);
    if (person->house == HOUSE_SCREENING)
        site_change(site, LEVEL_SCREENING, sign, now);
    if (person->queue == QUEUE_DETENTION || person->queue == QUEUE_TRANSITION)
        site_change(site, LEVEL_WAIT_HOUSE, sign, now);
    if (person->queue == QUEUE_ALLOCATION)
        site_change(site, LEVEL_WAIT_ALLOCATION, sign, now);
    if (site_is_house(site))
        count_resident(site, person, sign, now);
    if (desk >= 0)
        site_change(site, LEVEL_DESK + desk, sign, now);
    if (person->desk_case == CASE_WAITING)
        site_change(site, LEVEL_DESK_WAIT + desk, sign, now);
    if (now >= site->noon_at) {
        site->noon = site->population;
        site->noon_at = TICKS_NEVER;
    }
    site->population += sign;
    site->group[site_group(person)] += sign;
    derive(site, now);
}

void
site_count(struct site *site, const struct person *person, int sign, ticks now)
{
    static const int level_of[] = {[IN_CUSTODY] = LEVEL_CUSTODY,
                                   [AT_HOME] = LEVEL_HOME,
                                   [WAITS_OUTSIDE] = LEVEL_OUTSIDE,
                                   [WAITS_AT_DOOR] = LEVEL_DOOR};

    site_change(site, LEVEL_PHASE + person->phase, sign, now);
    if (person->where == IN_FACILITY) {
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
        person->timer[clock] = lp_set_timer(site->lp, due, 1, clock_events[clock], slot);
    }
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
site_add(struct site *site, const struct person *person, ticks now, bool clocks_too)
{
    uint32_t slot;

    if (site->free >= 0) {
        slot = (uint32_t)site->free;
        site->free = site->person[slot].custody;
    } else {
        if (site->used == site->room && !more_room(site)) {
            lp_fail(site->lp, NO_MEMORY, "no memory for another person");
            return NOWHERE;
        }
        slot = site->used++;
    }
    site->person[slot] = *person;
    memset(site->person[slot].timer, 0, sizeof person->timer);
    site->people++;
    site->came++;
    site_count(site, person, 1, now);
    if (clocks_too)
        site_start_clocks(site, slot);
    return slot;
}

void
site_take(struct site *site, uint32_t slot, ticks now, struct person *out)
{
    struct person *person = &site->person[slot];

    for (int clock = 0; clock < CLOCKS; clock++)
        if (person->timer[clock] != TIMER_NONE) {
            lp_withdraw(site->lp, person->timer[clock]);
            person->timer[clock] = TIMER_NONE;
        }
    site_count(site, person, -1, now);
    *out = *person;
    person->phase = NO_PHASE;
    person->queue = QUEUE_NONE;
    person->wants_place = false;
    person->name = (struct stream_name){0, 0};
    person->custody = site->free;
    site->free = slot;
    site->people--;
    site->went++;
}

void
site_set_places(struct site *site, ticks now)
{
    int64_t capacity = site->open ? site->places : 0;
    int64_t beds = !site->open ? 0 : site->bed_places >= 0 ? site->bed_places : site->places;

    if (capacity != site->capacity)
        site_change(site, LEVEL_CAPACITY, capacity - site->capacity, now);
    if (beds != site->beds)
        site_change(site, LEVEL_BEDS, beds - site->beds, now);
    site->capacity = capacity;
    site->beds = beds;
    for (int i = 0; i < THRESHOLDS; i++) /* halves of a person are exact in floating point */
        site->threshold[i] = (int64_t)(site_thresholds[i] * (double)capacity + 1e-9);
    derive(site, now);
}

void
site_overflow(struct site *site, int flow)
{
    lp_fail(site->lp, BAD_INPUT, "%s: its sum is beyond what 64 bits hold; lower intake or horizon",
            series_of_flow(flow));
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
    site_push(site, &site->request, &site->requests, &site->request_room,
              slot << 2 | (uint32_t)what);
}

static uint8_t
door_priority(const struct site *site, uint32_t at)
{
    return site->model->plan->class[site->person[site->door[at]].class].priority;
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

void
site_reset(struct site *site)
{
    struct site kept = *site;

    memset(site, 0, sizeof *site);
    site->lp = kept.lp;
    site->model = kept.model;
    site->facility = kept.facility;
    site->id = kept.id;
    site->region = kept.region;
    site->person = kept.person;
    site->room = kept.room;
    site->request = kept.request;
    site->request_room = kept.request_room;
    site->door = kept.door;
    site->door_room = kept.door_room;
    site->line_up = kept.line_up;
    site->line_up_room = kept.line_up_room;
    site->closed = kept.closed;
    site->close_room = kept.close_room;
    site->total = kept.total;
    site->total_told = kept.total_told;
    site->free = -1;
    site->band = -1;
    site->noon_at = TICKS_NEVER;
    site->bed_places = -1;
    site->ceiling = site->facility != NULL && site->facility->allocated ? 1 : 1e9;
}

void
site_free(struct site *site)
{
    free(site->person);
    free(site->request);
    free(site->door);
    free(site->line_up);
    free(site->closed);
}
