#ifndef MODELS_MEASURES_PARTS_H
#define MODELS_MEASURES_PARTS_H
/* What the files of this folder share, and nobody else looks into: the state of all measures, their
 * lists, and what is counted of whom one holds for. */

#include "contest.h"
#include "figure.h"
#include "kind.h"

#include "models/state.h"

struct measure_state {
    bool on;
    ticks review, effect; /* next look; when a decision takes effect; 0: at once */
    ticks since;          /* when it last went on or off */
    struct line in_force; /* 1 while it is on */
    bool reached;         /* since it is on it has reached those inside */
    bool decided;
    uint32_t uses; /* how often it went on */
    double uptake; /* of this use */
    int32_t day;   /* of taken_today; -1: none yet */
    int64_t taken, taken_today;
    ticks turn_ends;
    bool *above;    /* [MEASURE_MOST_DAYS]: was the figure above `on`, by day modulo of_days */
    int64_t *given; /* [facilities]: beds; of a kind that gives them */
};

/* What a measure has of a site. */
struct site_list {
    struct candidates ready, later; /* whom it may take, now or from a moment on */
    struct candidates turning;      /* who is on leave by turns, in no order that matters */
    uint32_t out, in;               /* of those: outside, inside */
};

struct measures {
    uint32_t count;
    struct site_list *list; /* [measures][sites]; NULL: none takes people from lists */
    size_t lists;
    int64_t *gone; /* [sites]: who leaves on the day that begins at gone_at; NULL: nobody asks */
    ticks gone_at;
    struct contest contest; /* who comes first of those whom measure contest_of may take, or calls,
                             * at the round contest_at */
    uint32_t contest_of, contest_last; /* the site that sent who was taken last */
    bool contest_calls;
    ticks contest_at;
    /* What measure figure_of looks at as the round figure_at takes people; of each site its part.
     */
    struct figure figure;
    int64_t *part, *places; /* [sites], of facilities; NULL: nobody asks */
    uint32_t figure_of;
    ticks figure_at;
    struct measure_state state[]; /* [count] */
};

const struct measure_kind *measure_kind_of(const struct measure_plan *measure);

/* The list that measure NUMBER has of SITE; only where measures take people from lists. */
struct site_list *measure_list_of(const struct site *site, uint32_t number);

/* The Ith site in an order that is not that of a list: facilities, then regions, by name. */
struct site *measure_site(const struct model *model, uint32_t i);

/* PERSON of SITE is under MEASURE and waits for WAITS from NOW on (-1: none); it is counted. */
void measure_set_held(struct site *site, struct person *person, int16_t measure, int16_t waits,
                      ticks now);

/* Count somebody whom NUMBER took at SITE after WAITED. */
void measure_count_taken(struct site *site, uint32_t number, ticks waited);

/* Is PERSON within what NUMBER's kind and scope say NOW? Its limits and its time are not looked at.
 */
bool measure_may_hold(const struct site *site, const struct person *person, uint32_t number,
                      ticks now);

/* Does measure NUMBER, which is on, reach somebody whose phase began when PERSON's did? BEGINNING:
 * it does so now. */
bool measure_reaches(const struct model *model, uint32_t number, const struct person *person,
                     bool beginning);

/* Does PERSON take NUMBER up? Drawn once for the two of them, so that it need not be looked at
 * again while they wait. */
bool measure_takes_up(const struct site *site, const struct person *person, uint32_t number);

#endif
