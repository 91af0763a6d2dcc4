#ifndef MODELS_PERSON_H
#define MODELS_PERSON_H
/* A person, who moves by copying from site to site. Named by (source, number in it),
 * never by a place in memory. All own attributes are drawn once, from the person's own stream. */

#include "models/plan/plan.h"

#include "sim/engine/stream.h"

enum where {
    WHERE_FACILITY,
    WHERE_CUSTODY,
    WHERE_HOME,
    WHERE_OUTSIDE,
    WHERE_DOOR,
    WHERE_ABROAD,
    WHERES
};

/* On the way to a house. */
enum house_state { HOUSE_NO, HOUSE_LATER, HOUSE_SCREENING, HOUSE_SUITABLE, HOUSE_UNSUITABLE };

/* Which list of the placement office holds the person. */
enum queue_kind {
    QUEUE_NONE,
    QUEUE_ALLOCATION,
    QUEUE_DETENTION,
    QUEUE_TRANSITION,
    QUEUE_CENTRE,
    QUEUE_UNIT, /* for the facility in which the next phase happens */
    QUEUE_DESK, /* cases at desks: beside one of the others */
    QUEUES
};

/* A case at a desk with places for so many at a time. */
enum case_state { CASE_NONE, CASE_WAITING, CASE_RUNNING };

/* The end of the phase; the one appointment that a person can have beside it. */
enum clock_kind { CLOCK_PHASE, CLOCK_APPOINTMENT, CLOCKS };

/* On the way to a house one step follows the other, only who has arrived can breach, and who waits
 * to be called is in none: so there is never more than one of these, and they share a clock. */
enum appointment {
    APPOINTMENT_WINDOW,    /* a transition house becomes possible */
    APPOINTMENT_SCREENING, /* screening for a house ends */
    APPOINTMENT_BREACH,    /* the stay in a house ends in a breach */
    APPOINTMENT_LAPSE,     /* a sentence that was postponed lapses */
    APPOINTMENTS
};

/* Two lines of the cache: of a large country, hardly anybody is there from one event to the next.
 */
struct person {
    _Alignas(64) struct stream_name name;
    ticks due[CLOCKS];      /* when each clock rings; TICKS_NEVER: not set */
    uint32_t timer[CLOCKS]; /* at the site it is in; TIMER_NONE: not set */
    ticks began;            /* the phase */
    ticks planned;          /* end of the phase without a measure */
    union {
        ticks custody;     /* served before; while it counts less the moment since: person_served */
        int64_t next_free; /* of a free slot: the next; -1: there is none */
    };
    ticks sentence, earliest, served;
    ticks queued;  /* since when in the placement office's list */
    uint32_t step; /* phases begun */
    uint16_t phase, class;
    int16_t measure; /* that holds for the person; -1: none */
    int16_t waits;   /* the first measure that would, and takes people in turn; -1: none */
    uint16_t entries;
    uint8_t clock;  /* which competing clock ends the phase; 0: none */
    uint8_t region; /* home */
    uint8_t where, status, age, need, exclusions, house, queue, desk_case;
    uint8_t sex : 1;
    bool residence : 1, repeat : 1, wants_place : 1;
    bool away : 1; /* by a measure: elsewhere, and time counts as served all the same */
    bool was_home : 1, was_in_house : 1, was_rushed : 1; /* during this stay */
    uint8_t at_once;     /* phases begun in a row without time between them */
    uint8_t appointment; /* what CLOCK_APPOINTMENT rings for, while it is set */
    uint8_t times;       /* come back after release */
    uint8_t way;         /* on from a phase with stays by way, from 1 on; 0: drawn at its end */
    int16_t born;        /* where people come back: in BORN_DAYS from the run's first day */
};

_Static_assert(sizeof(struct person) <= 128, "two lines of the cache");

/* What is seldom asked of a person. Sites keep it beside, and only where the plan says that it is
 * used at all (person_has_more): it costs a large country nothing. What is needed at every event
 * belongs into the person; there is a byte left. */
struct person_more {
    ticks asked;    /* since when the case waits at a desk */
    ticks length;   /* of that case */
    ticks pardoned; /* off the running phase */
    ticks forgiven; /* off the sentence, all in all; which was, and of which was to be served: */
    ticks given, given_served;
};

/* Where somebody was as they were released; who waited outside was in none of them. */
enum regime { REGIME_PRISON, REGIME_HOUSE, REGIME_HOME, REGIMES };

/* All of a person, on the way from one site to another. */
struct traveller {
    struct person person;
    struct person_more more;
    uint8_t regime; /* of who comes back: what they were released from; REGIMES: none */
};

static inline bool
person_has_more(const struct plan *plan)
{
    return plan->desk_places || (plan->pardons && plan->laws > 0);
}

/* Draw the own attributes of NAME, of CLASS in REGION, who is a COMER where BACK of all who come in
 * the class come back; by what holds under a law, if there is one. */
void person_draw(struct person *person, const struct plan *plan, uint64_t replication,
                 struct stream_name name, uint16_t class, uint8_t region, enum comer comer,
                 double back);

/* The same without a sentence; and the sentence, of DAYS, of which a SHARE is served, but not less
 * than the least. */
void person_draw_attributes(struct person *person, const struct plan *plan, uint64_t replication,
                            struct stream_name name, uint16_t class, uint8_t region,
                            enum comer comer, double back);
void person_set_sentence(struct person *person, const struct plan *plan, double days, double share);

/* Whoever is in an age band on day NOW was born on a day that they draw themselves. */
#define BORN_DAYS 16
void person_is_born(struct person *person, const struct plan *plan, uint64_t replication,
                    ticks now);

/* The age band of PERSON at NOW. */
uint8_t person_age(const struct person *person, ticks now);

/* PERSON, released before, comes once more at NOW, in CLASS, as BACK of all who come do: sex,
 * birth, need, home and name stay, repeat offence and sentence are drawn anew. */
void person_comes_again(struct person *person, const struct plan *plan, uint64_t replication,
                        uint16_t class, ticks now, double back);

/* PERSON will soon be looked at: bring them into the cache. */
static inline void
person_fetch(const struct person *person)
{
    __builtin_prefetch(person);
    __builtin_prefetch((const char *)person + 64);
}

static inline bool
person_inside(const struct person *person)
{
    return person->where == WHERE_FACILITY || person->where == WHERE_CUSTODY;
}

/* Does time count as served? Inside, and where a measure has sent the person. */
static inline bool
person_serves(const struct person *person)
{
    return person_inside(person) || person->away;
}

/* Time served by NOW. */
static inline ticks
person_served(const struct person *person, ticks now)
{
    return person->custody + (person_serves(person) ? now : 0);
}

/* PERSON is WHERE from NOW on; time counts as served while inside and, with AWAY, there too. */
static inline void
person_sent(struct person *person, enum where where, bool away, ticks now)
{
    ticks served = person_served(person, now);

    person->where = (uint8_t)where;
    person->away = away;
    person->custody = served - (person_serves(person) ? now : 0);
}

static inline void
person_goes(struct person *person, enum where where, ticks now)
{
    person_sent(person, where, false, now);
}

/* How long the person is expected to stay inside from NOW on: to the served share of the sentence;
 * where the class has no sentence, to the end of the phase. */
static inline ticks
person_left(const struct person *person, ticks now)
{
    if (person->sentence > 0)
        return person->served - person_served(person, now);
    return person->due[CLOCK_PHASE] != TICKS_NEVER ? person->due[CLOCK_PHASE] - now : 0;
}

/* The sentence; where the class has none, the whole stay. */
static inline ticks
person_sentence(const struct person *person, ticks now)
{
    return person->sentence > 0 ? person->sentence
                                : person_served(person, now) + person_left(person, now);
}

#endif
