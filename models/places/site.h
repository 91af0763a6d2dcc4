#ifndef MODELS_SITE_H
#define MODELS_SITE_H
/* A site holds people: a facility, or a region's courts and homes. It is one logical process; only
 * its own events and the placement office's round change it.
 *
 * What is counted over time is kept as straight lines: while a level (say, population) stands at v,
 * its integral since the start is a + v t. A change by d at time t is a -= d t, v += d: two
 * additions, exact in whole person-ticks, and a late report (t in the past) is as exact as one in
 * time. Lines count modulo 2^64: a difference of two totals is exact as long as it is itself below
 * 2^63, which holds for any row (at most a year of 2^28.6 ticks) of up to 10^10 people or places;
 * run_fits refuses more. Squares of people need 128 bits: at most 2^78 in the whole nation over
 * 2^40 ticks. */

#include "models/people/person.h"

#include "sim/engine/engine.h"

/* Occupancies that time and people above are counted for; band b lies between the (b-1)th and the
 * bth. */
#define THRESHOLDS 5
#define BANDS      (THRESHOLDS + 1)
extern const double site_thresholds[THRESHOLDS]; /* 1, 1.1, 1.2, 1.375, 1.5 */

/* Levels: persons or places at a moment. Rows of series.c name them. Desks follow LEVELS_FIXED,
 * then one for each phase. */
enum level {
    LEVEL_POPULATION, /* one for each status */
    LEVEL_WOMEN = LEVEL_POPULATION + STATUSES,
    LEVEL_NO_RESIDENCE,
    LEVEL_NEED, /* one for each need */
    LEVEL_CAPACITY = LEVEL_NEED + NEEDS,
    LEVEL_BEDS,
    LEVEL_ABOVE,                                  /* persons above capacity */
    LEVEL_FLOOR,                                  /* persons beyond the beds */
    LEVEL_BAND,                                   /* facilities in each band of occupancy */
    LEVEL_BAND_PEOPLE = LEVEL_BAND + BANDS,       /* persons in them */
    LEVELS_OF_PRISON = LEVEL_BAND_PEOPLE + BANDS, /* those before are counted for facilities of the
                                                     prison population only */
    LEVEL_CUSTODY = LEVELS_OF_PRISON,
    LEVEL_HOME,
    LEVEL_OUTSIDE,
    LEVEL_DOOR,
    LEVEL_SCREENING,
    LEVEL_WAIT_HOUSE,
    LEVEL_WAIT_ALLOCATION,
    LEVEL_VACATING,  /* places in hand-off */
    LEVEL_RESIDENTS, /* of detention and transition houses */
    LEVEL_MATCHED,   /* of them: their need fits the house */
    LEVEL_SMALL,     /* of them: in a house up to small_scale_cap */
    LEVEL_CENTRE,    /* of forensic centres, outside the prison count */
    LEVELS_FIXED
};

/* Flows: events counted. Exits follow FLOWS_FIXED. */
enum flow {
    FLOW_ARRIVED,
    FLOW_ENTERED,  /* from outside, first time */
    FLOW_RETURNED, /* from home or waiting back inside */
    FLOW_REFUSED,
    FLOW_DOOR, /* had to wait at the door */
    FLOW_EARLY,
    FLOW_EARLY_DAYS,
    FLOW_TO_ALLOCATED, /* moves, by cause */
    FLOW_TO_HOUSE,
    FLOW_BREACH,
    FLOW_BALANCE,
    FLOW_TO_CENTRE,
    FLOW_CLOSING,
    FLOW_RUSHED, /* stays in houses that a measure cut short */
    FLOW_WAITED, /* ticks waited by those who got what they were in a list for; one for each list */
    FLOWS_FIXED = FLOW_WAITED + QUEUES
};

/* Everybody everywhere, by class, since the beginning of the run (that of the warm-up, where there
 * is one). Of each class in a region: INITIAL + ARRIVED + MOVED = INSIDE + CENTRES + ELSEWHERE +
 * RELEASED + REFUSED. */
enum total {
    TOTAL_INITIAL, /* people of the stock */
    TOTAL_ARRIVED,
    TOTAL_RELEASED,  /* left by an exit */
    TOTAL_REFUSED,   /* sent away at the door of a facility, for good */
    TOTAL_INSIDE,    /* in facilities of the prison population now */
    TOTAL_CENTRES,   /* in other facilities now */
    TOTAL_ELSEWHERE, /* at home, outside, at a door, in police custody now */
    TOTALS
};

#define LEVEL_DESK      LEVELS_FIXED                /* at it */
#define LEVEL_DESK_WAIT (LEVELS_FIXED + MOST_DESKS) /* of them: waiting their turn */
#define LEVEL_PHASE     (LEVELS_FIXED + 2 * MOST_DESKS)
#define MOST_LEVELS     (LEVEL_PHASE + MOST_PHASES)
#define MOST_FLOWS      (FLOWS_FIXED + MOST_EXITS)
#define CHANGED_WORDS   ((MOST_LEVELS + 63) / 64)
#define CLASS_WORDS     ((MOST_PHASES + 63) / 64) /* a class has a phase at least */

/* People who are alike for the question who could be where: status, sex, house, in process. */
#define GROUPS 36

struct model;

/* What a person may ask the placement office for: a prison, a turn in a list, a turn at a desk. */
enum asks { ASKS_PLACE, ASKS_TURN, ASKS_DESK };

struct line {
    uint64_t a; /* modulo 2^64 */
    int64_t v;
};

__extension__ typedef __int128 wide;

struct wide_line {
    wide a, v;
};

/* What nearly every event needs comes first, side by side; the long tables come last. */
struct site {
    struct lp *lp;
    struct model *model;
    const struct facility_plan *facility; /* NULL: a region's courts and homes */
    struct person *person; /* [room]; a free slot has phase NO_PHASE and custody = next free */
    uint32_t people, room, used; /* room: at most 2^30 */
    uint32_t id, region;
    int band;                                           /* of occupancy; -1: closed */
    int64_t free;                                       /* -1: none */
    int64_t population, capacity, beds, vacating, peak; /* capacity and beds: 0 while closed */
    ticks noon_at, row_began; /* the row's first noon, still ahead; its beginning */
    double entry, ceiling;
    bool open, leaving; /* leaving: it closes, or has closed, and sends its people away */
    bool admits;        /* it is calling people from the door */
    uint32_t requests, request_room;
    uint32_t *request;                              /* slot * 4 + what it asks the office for */
    uint64_t changed[CHANGED_WORDS], changed_flows; /* bits: what the region has not been told */
    int64_t threshold[THRESHOLDS];                  /* persons; above it the next band begins */
    int64_t came, went;         /* people taken in and let go, for conservation */
    int64_t noon;               /* population at noon_at, once that is past */
    int64_t places, bed_places; /* as the calendar says; bed_places < 0: as many as places */
    uint32_t *door; /* slots that wait to be admitted, by priority, then first come first */
    uint32_t doors, door_room;
    uint32_t *line_up; /* slots that wait at this facility's desks, in the order of desk.c */
    uint32_t line_ups, line_up_room;
    uint32_t *closed; /* cases ended at desks of a region or the nation: desk * regions + region */
    uint32_t closes, close_room;
    int64_t running[MOST_DESKS]; /* cases at this facility's desks */
    int32_t group[GROUPS];
    int64_t flow[MOST_FLOWS], flow_told[MOST_FLOWS];
    struct line line[MOST_LEVELS], told[MOST_LEVELS]; /* told: what the region knows */
    struct wide_line felt, felt_told; /* population^2 / capacity, thousandths of persons */
    int64_t *total, *total_told;      /* [classes][TOTALS]; the model's memory */
    uint64_t changed_classes[CLASS_WORDS];
};

static inline void
site_change(struct site *site, int level, int64_t by, ticks now)
{
    site->line[level].a -= (uint64_t)by * (uint64_t)now;
    site->line[level].v += by;
    site->changed[level >> 6] |= (uint64_t)1 << (level & 63);
}

/* FLOW is beyond 64 bits: the engine stops, with the name of its series. */
void site_overflow(struct site *site, int flow);

static inline void
site_flow(struct site *site, int flow, int64_t by)
{
    if (__builtin_add_overflow(site->flow[flow], by, &site->flow[flow]))
        site_overflow(site, flow);
    site->changed_flows |= (uint64_t)1 << flow;
}

static inline void
site_total(struct site *site, uint16_t class, enum total total, int64_t by)
{
    site->total[class * TOTALS + total] += by;
    site->changed_classes[class >> 6] |= (uint64_t)1 << (class & 63);
}

static inline bool
site_is_house(const struct site *site)
{
    return site->facility != NULL && site->facility->house;
}

/* Does the person's need fit the house SITE? A specialised house fits those it is for; whoever has
 * no need fits everywhere. */
bool site_matches(const struct site *site, const struct person *person);

/* The group of a person who is inside. */
int site_group(const struct person *person);

/* Count PERSON in (+1) or out (-1) of the levels that fit its state at NOW. */
void site_count(struct site *site, const struct person *person, int sign, ticks now);

/* Take PERSON in at NOW, in a slot of its own: levels and, with CLOCKS_TOO, timers. Returns the
 * slot or NOWHERE (no memory; the engine stops). */
uint32_t site_add(struct site *site, const struct person *person, ticks now, bool clocks_too);

/* Take the person of SLOT out at NOW: timers withdrawn, levels down, slot free. */
void site_take(struct site *site, uint32_t slot, ticks now, struct person *out);

/* Set, move or (TICKS_NEVER) withdraw a clock. */
void site_set_clock(struct site *site, uint32_t slot, enum clock_kind clock, ticks due);

/* Start the timers of the clocks that the person brings along. */
void site_start_clocks(struct site *site, uint32_t slot);

/* Capacity and beds follow places, bed_places and open, from NOW on. */
void site_set_places(struct site *site, ticks now);

/* SLOT asks the placement office for WHAT; the office will look at the person's state. */
void site_request(struct site *site, uint32_t slot, enum asks what);

/* Append NUMBER to a list of the site; without memory the engine stops. */
void site_push(struct site *site, uint32_t **list, uint32_t *count, uint32_t *room,
               uint32_t number);

/* SLOT waits to be admitted at once when a place is free. */
void site_wait_at_door(struct site *site, uint32_t slot);

void site_reset(struct site *site);
void site_free(struct site *site);

/* Does it take people at all? */
static inline bool
site_takes(const struct site *site)
{
    return site->open && !site->leaving;
}

/* Places that may be taken now: capacity less people and hand-offs. */
static inline int64_t
site_room(const struct site *site)
{
    return site_takes(site) ? site->capacity - site->population - site->vacating : 0;
}

/* People over places; without places as full as can be. */
static inline double
site_occupancy(const struct site *site)
{
    return site->capacity > 0 ? (double)site->population / (double)site->capacity : 1e9;
}

#endif
