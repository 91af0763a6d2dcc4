#ifndef MODELS_PLACES_COUNTS_H
#define MODELS_PLACES_COUNTS_H
/* What is counted of a site: levels, flows and totals. The series table (record/series.c) names
 * them.
 *
 * What is counted over time is kept as straight lines: while a level (say, population) stands at v,
 * its integral since the start is a + v t. A change by d at time t is a -= d t, v += d: two
 * additions, exact in whole person-ticks, and a late report (t in the past) is as exact as one in
 * time. Lines count modulo 2^64: a difference of two totals is exact as long as it is itself below
 * 2^63, which holds for any row (at most a year of 2^28.6 ticks) of up to 10^10 people or places;
 * run_fits refuses more. Squares of people need 128 bits: at most 2^78 in the whole nation over
 * 2^40 ticks. */

#include "models/plan/plan.h"

#include "models/people/person.h"

/* Occupancies that time and people above are counted for; band b lies between the (b-1)th and the
 * bth. */
#define THRESHOLDS 5
#define BANDS      (THRESHOLDS + 1)
extern const double site_thresholds[THRESHOLDS]; /* 1, 1.1, 1.2, 1.375, 1.5 */

/* Levels: persons or places at a moment. Rows of series.c name them. */
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
    LEVEL_ABROAD, /* by a measure */
    LEVEL_SCREENING,
    LEVEL_WAIT_HOUSE,
    LEVEL_WAIT_NEED, /* of them by need, one for each */
    LEVEL_WAIT_NEED_LAST = LEVEL_WAIT_NEED + NEEDS - 1,
    LEVEL_WAIT_ALLOCATION,
    LEVEL_VACATING,  /* places in hand-off */
    LEVEL_RESIDENTS, /* of detention and transition houses */
    LEVEL_MATCHED,   /* of them: their need fits the house */
    LEVEL_SMALL,     /* of them: in a house up to small_scale_cap */
    LEVEL_PUBLIC,    /* open places of facilities that publish their figures */
    LEVEL_OPEN,      /* open places of all facilities, centres too */
    LEVEL_STAFF,     /* in service */
    LEVEL_VACANCIES, /* posts not filled */
    LEVEL_ABSENT,    /* of those in service, but for strikes; thousandths of persons */
    LEVEL_PRESENT,   /* thousandths of persons */
    LEVEL_PROGRAMME, /* places of facilities whose activities are looked at */
    LEVEL_HELD,      /* of their activities, in thousandths of places */
    LEVEL_COST,      /* cents a day, by kind of facility */
    LEVEL_PENALTY = LEVEL_COST + FACILITY_KINDS,
    LEVEL_CENTRE, /* of forensic centres, outside the prison count */
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
    FLOW_LAPSED,        /* sent away by a house whose funding has lapsed */
    FLOW_SCREENED,      /* screenings that ended, of them */
    FLOW_WRONGLY_FOUND, /* suitable, who would not do well */
    FLOW_WRONGLY_NOT,   /* found suitable, who would do well */
    FLOW_WRONG_BREACH,  /* breaches of those wrongly found suitable */
    FLOW_INCIDENT,
    FLOW_STAFF_LEFT,
    FLOW_RUSHED,   /* stays in houses that a measure cut short */
    FLOW_BUILDING, /* cents, at the opening */
    FLOW_WAITED,   /* ticks waited by those who got what they were in a list for; one for each list,
                      but for cases at desks, whose wait is LEVEL_DESK_WAIT; nobody is in QUEUE_NONE
                    */
    FLOWS_FIXED = FLOW_WAITED + QUEUE_DESK
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

/* Levels of which there are as many as the plan has phases, desks or measures follow LEVELS_FIXED.
 * These stand for the first of them in the series table; counts_level says which that is. So it is
 * with flows: those of exits and measures follow FLOWS_FIXED. */
#define LEVEL_PHASE     LEVELS_FIXED /* one for each phase: people in it */
#define LEVEL_DESK      0x10000      /* one for each desk: people at it */
#define LEVEL_DESK_WAIT 0x20000      /* of them: waiting their turn */
#define LEVEL_UNDER     0x30000      /* one for each measure: people for whom it holds */
#define LEVEL_WAITS     0x40000      /* one for each measure: people who wait for it */

#define FLOW_TAKEN        0x10000 /* one for each measure: people it took */
#define FLOW_TAKEN_WAIT   0x20000 /* ticks that they waited for it */
#define FLOW_LET_GO       0x30000 /* people it held for who left custody for good */
#define FLOW_DAYS_EARLIER 0x40000 /* days by which it brought that forward */
#define FLOW_BACK         0x50000 /* one for each class: people who came back after release */
#define FLOW_TIMES        0x60000 /* released, by how often they had come back */
#define FLOW_FROM         0x70000 /* released, by regime */
#define FLOW_BACK_FROM    0x80000 /* of those who came back, by the regime they were released from */
#define FLOW_DESK_DONE    0x90000 /* one for each desk: procedures that ended there */
#define FLOW_TEN_DAYS     0xA0000 /* ticks of them inside, of each at most those of ten days */

/* Measures that are counted: none where all there is is early release without limit. */
static inline uint32_t
counts_measures(const struct plan *plan)
{
    return plan->relief ? plan->measures : 0;
}

static inline int
counts_level(const struct plan *plan, int level)
{
    int desks = LEVEL_PHASE + plan->phases, measures = desks + 2 * (int)plan->desks;

    return level == LEVEL_DESK        ? desks
           : level == LEVEL_DESK_WAIT ? desks + (int)plan->desks
           : level == LEVEL_UNDER     ? measures
           : level == LEVEL_WAITS     ? measures + (int)counts_measures(plan)
                                      : level;
}

static inline uint32_t
counts_levels(const struct plan *plan)
{
    return LEVEL_PHASE + plan->phases + 2 * plan->desks + 2 * counts_measures(plan);
}

/* Those released who had never come back, once, ... and the most times or more often. */
#define TIMES 6

static inline int
counts_flow(const struct plan *plan, int flow)
{
    int measures = FLOWS_FIXED + (int)plan->exits, count = (int)counts_measures(plan);
    int desks = measures + 4 * count, back = desks + 2 * (int)plan->desks;

    switch (flow) {
    case FLOW_DESK_DONE:
        return desks;
    case FLOW_TEN_DAYS:
        return desks + (int)plan->desks;
    case FLOW_BACK:
        return back;
    case FLOW_TIMES:
        return back + plan->classes;
    case FLOW_FROM:
        return back + plan->classes + TIMES;
    case FLOW_BACK_FROM:
        return back + plan->classes + TIMES + REGIMES;
    default:
        return flow >= FLOW_TAKEN ? measures + (flow / FLOW_TAKEN - 1) * count : flow;
    }
}

static inline uint32_t
counts_flows(const struct plan *plan)
{
    uint32_t back = plan->classes + (uint32_t)TIMES + 2 * (uint32_t)REGIMES;

    return FLOWS_FIXED + plan->exits + 4 * counts_measures(plan) + 2 * plan->desks +
           (plan->come_back.count > 0 ? back : 0);
}

struct line {
    uint64_t a; /* modulo 2^64 */
    int64_t v;
};

/* The integral of COUNT lines from LINE on until NOW, modulo 2^64. */
static inline uint64_t
line_area(const struct line *line, int count, ticks now)
{
    uint64_t sum = 0;

    for (int i = 0; i < count; i++)
        sum += line[i].a + (uint64_t)line[i].v * (uint64_t)now;
    return sum;
}

__extension__ typedef __int128 wide;

struct wide_line {
    wide a, v;
};

/* Everything counted of a site, a region or the nation. */
struct tally {
    struct line *line;     /* [levels] */
    int64_t *flow;         /* [flows] */
    int64_t *total;        /* [classes][TOTALS] */
    struct wide_line felt; /* population^2 / capacity, thousandths of persons */
};

/* Numbers that have changed, a bit each. */
struct changes {
    uint64_t *word; /* [words] */
    uint32_t words;
};

static inline void
changes_add(struct changes *changes, uint32_t number)
{
    changes->word[number >> 6] |= (uint64_t)1 << (number & 63);
}

/* Take the lowest number that has changed out of CHANGES; false: there is none. */
static inline bool
changes_take(struct changes *changes, uint32_t *number)
{
    for (uint32_t i = 0; i < changes->words; i++)
        if (changes->word[i] != 0) {
            *number = i * 64 + (uint32_t)__builtin_ctzll(changes->word[i]);
            changes->word[i] &= changes->word[i] - 1;
            return true;
        }
    return false;
}

/* Bytes that a tally of PLAN takes, felt apart; and one that lies at MEMORY, of so many bytes. */
size_t tally_size(const struct plan *plan);
struct tally tally_at(const struct plan *plan, void *memory);

#endif
