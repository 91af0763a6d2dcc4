#ifndef MODELS_SITE_H
#define MODELS_SITE_H
/* A site holds people: a facility, or a region's courts and homes. It is one logical process; only
 * its own events and the placement office's round change it.
 */

#include "accept.h"
#include "counts.h"
#include "group.h"

#include "models/people/person.h"

#include "sim/engine/engine.h"

struct model;

/* What a person may ask the placement office for: a prison, a turn in a list, a turn at a desk. */
enum asks { ASKS_PLACE, ASKS_TURN, ASKS_DESK };

struct request {
    uint32_t slot : 30, what : 2; /* enum asks */
};

#define SITE_ALIGN 64 /* a line of the cache: sites are changed side by side */

/* What nearly every event needs comes first: three lines of the cache. Written by site.c alone, and
 * by the functions below (tests/check_includes.sh looks); the person of a slot is written by
 * whatever happens to that person. */
struct site {
    _Alignas(SITE_ALIGN) struct lp *lp;
    const struct plan *plan;
    const struct facility_plan *facility; /* NULL: a region's courts and homes */
    struct person *person; /* [room]; a free slot has phase NO_PHASE and names the next free one */
    struct tally now;
    struct changes levels, flows, classes;    /* what the region does not know yet */
    int64_t population, capacity, beds, peak; /* capacity and beds: 0 while closed */
    int64_t free;                             /* -1: none */
    uint32_t people, used;

    ticks noon_at, row_began; /* the row's first noon, still ahead; its beginning */
    int64_t noon;             /* population at noon_at, once that is past */
    int64_t vacating;
    int64_t threshold[THRESHOLDS]; /* persons; above it the next band begins */
    int band;                      /* of occupancy; -1: closed */
    uint32_t room;                 /* at most 2^30 */
    struct model *model;           /* the parts of other modules; state.h */
    struct person_more *more;      /* [room]; NULL: nobody has any */
    uint32_t *stamp; /* [room]: another when who is in the slot goes, or begins a phase; NULL: no
                        measure takes people from lists */
    uint32_t id, region;
    int64_t came, went;       /* people taken in and let go, for conservation */
    struct tally told;        /* what the region knows */
    struct standing standing; /* as the calendar says */
    int64_t more_beds;        /* by measures */
    bool calling;             /* people from the door, one after the other */
    uint16_t overflowed;      /* 1 + the flow that went beyond 64 bits: the record ends the run */
    uint32_t requests, request_room; /* requests: what people ask the office for */
    struct request *request;
    uint32_t *door; /* slots that wait to be admitted, by priority, then first come first */
    uint32_t doors, door_room;
    int32_t group[GROUPS];
};

/* Memory for what is counted at each of the sites of PLAN, a block of SITE_ALIGN for each. */
size_t site_counts_size(const struct plan *plan);

/* Site ID of MODEL, whose counts lie at MEMORY (of site_counts_size bytes, aligned). */
void site_create(struct site *site, struct model *model, uint32_t id, void *memory);

static inline void
site_change(struct site *site, int level, int64_t by, ticks now)
{
    site->now.line[level].a -= (uint64_t)by * (uint64_t)now;
    site->now.line[level].v += by;
    changes_add(&site->levels, (uint32_t)level);
}

static inline void
site_flow(struct site *site, int flow, int64_t by)
{
    if (__builtin_add_overflow(site->now.flow[flow], by, &site->now.flow[flow]))
        site->overflowed = (uint16_t)(flow + 1);
    changes_add(&site->flows, (uint32_t)flow);
}

static inline void
site_total(struct site *site, uint16_t class, enum total total, int64_t by)
{
    site->now.total[class * TOTALS + total] += by;
    changes_add(&site->classes, class);
}

static inline bool
site_is_house(const struct site *site)
{
    return site->facility != NULL && site->facility->house;
}

/* Does the person's need fit the house SITE? A specialised house fits those it is for; whoever has
 * no need fits everywhere. */
bool site_matches(const struct site *site, const struct person *person);

/* Count PERSON in (+1) or out (-1) of the levels that fit its state at NOW. */
void site_count(struct site *site, const struct person *person, int sign, ticks now);

/* Take WHO in at NOW, in a slot of its own: levels and, with CLOCKS_TOO, timers. Returns the
 * slot or NOWHERE (no memory; the engine stops). */
uint32_t site_add(struct site *site, const struct traveller *who, ticks now, bool clocks_too);

/* Take the person of SLOT out at NOW: timers withdrawn, levels down, slot free. */
void site_take(struct site *site, uint32_t slot, ticks now, struct traveller *out);

/* Set, move or (TICKS_NEVER) withdraw a clock. An appointment is moved or withdrawn so; what it is
 * for is said when it is made. */
void site_set_clock(struct site *site, uint32_t slot, enum clock_kind clock, ticks due);

/* Make the appointment of SLOT, who has none: WHAT happens when it is DUE. */
void site_appoint(struct site *site, uint32_t slot, enum appointment what, ticks due);

/* A clock of SLOT has rung: its event is being handled, and it is set no longer. */
void site_clock_rang(struct site *site, uint32_t slot, enum clock_kind clock);

/* Start the timers of the clocks that the person brings along. */
void site_start_clocks(struct site *site, uint32_t slot);

/* Carry out a ROW of the calendar at NOW. */
void site_carry_out(struct site *site, const struct calendar_plan *row, ticks now);

/* Measures give SITE so many beds more, from NOW on (fewer where BY is negative); or let it take
 * nobody, or people again. */
void site_add_beds(struct site *site, int64_t by, ticks now);
void site_stop_entries(struct site *site, bool stopped);

/* A house under a cap gives up the places that have become free above it. */
void site_shrink(struct site *site, ticks now);

/* Some of a site that sends its people away have gone; does it still send people away? */
bool site_still_leaves(struct site *site);

/* From now on it has too few staff to take anybody, or no longer. */
void site_set_short_staffed(struct site *site, bool short_staffed);

/* A place stays empty between two people from NOW on (+1), or no longer (-1). */
void site_vacate(struct site *site, int by, ticks now);

/* SLOT asks the placement office for WHAT; the office will look at the person's state. */
void site_request(struct site *site, uint32_t slot, enum asks what);

/* The office has looked at the first COUNT requests. */
void site_drop_requests(struct site *site, uint32_t count);

/* SLOT asks for a prison. */
void site_ask_for_place(struct site *site, uint32_t slot);

/* The draws of PERSON for PURPOSE, at a number that counts the occasions. */
struct stream site_stream(const struct site *site, const struct person *person,
                          enum purpose purpose, uint32_t time);

/* Append NUMBER to a LIST that grows, of whatever module; without memory SITE's engine stops. */
void site_push(struct site *site, uint32_t **list, uint32_t *count, uint32_t *room,
               uint32_t number);

/* SLOT waits to be admitted at once when a place is free; the first who does, who waits no longer;
 * NOWHERE: nobody does. */
void site_wait_at_door(struct site *site, uint32_t slot);
uint32_t site_next_at_door(struct site *site);

/* Begin to call those who wait at the door; false: that is being done already, further up in the
 * same event. End it. */
static inline bool
site_begin_calling(struct site *site)
{
    bool begins = !site->calling;

    site->calling = true;
    return begins;
}

static inline void
site_end_calling(struct site *site)
{
    site->calling = false;
}

/* From NOW on the case of SLOT waits at a desk; it will take LENGTH. */
static inline void
site_case_waits(struct site *site, uint32_t slot, ticks length, ticks now)
{
    site->more[slot].asked = now;
    site->more[slot].length = length;
}

/* Who is in SLOT begins a phase: lists that hold them do so no longer. */
static inline void
site_restamp(struct site *site, uint32_t slot)
{
    if (site->stamp != NULL)
        site->stamp[slot]++;
}

/* A pardon takes BY off the running phase of SLOT; a new phase has none (where that is asked for:
 * person_has_more). */
static inline void
site_pardon(struct site *site, uint32_t slot, ticks by)
{
    if (site->more != NULL)
        site->more[slot].pardoned += by;
}

/* The sentence of SLOT, of which pardons take some off, is so long as it was given, of which SERVED
 * is to be served. */
static inline void
site_give(struct site *site, uint32_t slot, ticks sentence, ticks served)
{
    if (site->more == NULL)
        return;
    site->more[slot].given = sentence;
    site->more[slot].given_served = served;
}

/* A pardon takes BY off the sentence of SLOT, as it is before. */
static inline void
site_forgive(struct site *site, uint32_t slot, ticks by)
{
    const struct person *person = &site->person[slot];

    if (site->more == NULL || person->sentence == 0)
        return;
    if (site->more[slot].forgiven == 0)
        site_give(site, slot, person->sentence, person->served);
    site->more[slot].forgiven += by;
}

static inline void
site_forget_pardon(struct site *site, uint32_t slot)
{
    if (site->more != NULL)
        site->more[slot].pardoned = 0;
}

/* Add to REGION what has changed here since it was last told. People of a facility that is not
 * counted are no prison population: they are told as LEVEL_CENTRE. Returns 1 + the flow whose sum
 * is beyond 64 bits, or 0. */
int site_tell(struct site *site, struct tally *region);

/* The population at the row's noon; before it, the present one. */
static inline int64_t
site_noon(const struct site *site)
{
    return site->noon_at == TICKS_NEVER ? site->noon : site->population;
}

/* A row of the result begins at NOW: peak and noon are looked for anew. */
void site_begin_row(struct site *site, ticks now);

/* Back to time 0 with nobody there; memory is kept. */
void site_reset(struct site *site);
void site_free(struct site *site);

/* May people be in it, who are no new ones? */
static inline bool
site_keeps(const struct site *site)
{
    return site->standing.open && !site->standing.leaving;
}

/* Does it take people at all? */
static inline bool
site_takes(const struct site *site)
{
    return standing_takes(&site->standing);
}

/* Places that may be taken now: capacity less people and hand-offs. */
static inline int64_t
site_room(const struct site *site)
{
    return site_takes(site) ? site->capacity - site->population - site->vacating : 0;
}

/* People over places; without places (or closed) as full as can be. */
static inline double
site_occupancy(const struct site *site)
{
    return accept_occupancy(site->population, site->capacity);
}

/* Does the facility SITE take PERSON by status and sex? */
static inline bool
site_accepts(const struct site *site, const struct person *person)
{
    return accept_person(site->facility, &site->standing, person);
}

/* May one more be sent to SITE? */
static inline bool
site_below_ceiling(const struct site *site)
{
    return accept_below_ceiling(&site->standing, site->population);
}

#endif
