#ifndef MODELS_PLAN_TABLES_H
#define MODELS_PLAN_TABLES_H
/* A scenario compiled to flat tables: what the event handlers read. Shared by all threads, never
 * changed after plan_create. Times are ticks from the beginning of the warm-up; days are whole days
 * from there. Sites are numbered facilities first, then one for each region (its courts and homes).
 */

#include "models/scenario/scenario.h"

#include "sim/engine/ticks.h"

#include <stdbool.h>
#include <stdint.h>

#define NOWHERE  UINT32_MAX
#define NO_PHASE UINT16_MAX
#define NO_CLASS UINT16_MAX

struct target_plan {
    bool exit;
    uint16_t to;                      /* a phase, or an exit */
    double up_to;                     /* taken when a uniform number is below this */
    const struct distribution *after; /* of a clock; of a way on, the stay of those who go it */
};

struct phase_plan {
    char *name; /* class.phase */
    uint16_t class;
    uint8_t status, where, serve;
    uint8_t next_count, clock_count;
    uint32_t facility; /* in which it happens, or NOWHERE */
    int16_t desk;      /* -1: none */
    bool releases; /* ends in leaving custody and nothing else: a measure may bring it forward */
    bool by_way;   /* the way on is drawn as the phase begins, and says how long it lasts */
    bool diverts;  /* to `refused` when the facility is full and refuses */
    struct target_plan refused;
    const struct distribution *stay; /* by way: the mixture of them */
    struct target_plan next[MOST_SHARES], clock[MOST_CLOCKS];
};

/* Where a procedure is done. */
struct desk_plan {
    const char *name;
    const struct distribution *time; /* of a case */
    int64_t places;                  /* cases at a time; 0: as many as come */
    uint8_t serves;
    bool working_days;
};

/* How residents of houses are found. */
struct selection_plan {
    const struct distribution *screening; /* NULL: nobody is screened */
    double suitable, breach, breach_unmatched;
    ticks least_stay, most_sentence, window;
    bool region_first;
};

/* How screening for houses errs, and what is learned of them. */
struct evaluation_plan {
    bool on;                   /* else it does not err */
    int32_t from;              /* day from which houses that report are evaluated */
    double error, least_error; /* chances: with nothing learned, with all */
    double experience;         /* days of one house, after which all but 1/e is learned */
    double breach;             /* factor on the hazard of breach of those wrongly admitted */
};

/* Moves of the sentenced to prisons for sentences. */
struct allocation_plan {
    ticks least_left;
    int64_t moves; /* a round */
    bool region_first;
};

/* Moves from crowded prisons to others. */
struct balance_plan {
    bool on;
    double from, to; /* occupancies; to: 1 where it is off, for those whose facility closes */
    int64_t seats;   /* in vans, a day; 0 where it is off */
};

/* Shares of attributes, added up: a number u in [0, 1) falls on the first that is above it. */
struct people_plan {
    double need[NEEDS];    /* of those who are no mother with a child */
    double age[AGE_BANDS]; /* of those whose need does not say their age */
    double exclusion[EXCLUSIONS];
};

struct class_plan {
    const char *name;
    uint16_t first, phases; /* into phase[] */
    const struct distribution *sentence, *served;
    double repeat, women, no_residence;
    double mothers; /* share of women who have a child with them */
    uint8_t priority;
};

struct facility_plan {
    const char *name;
    uint64_t hash;
    uint32_t region;
    uint8_t kind, use, when_full;
    uint8_t statuses, sexes, needs;
    bool counted, house, specialised;
    bool allocated;   /* filled by allocation, not by the courts */
    bool transparent; /* publishes its figures */
    bool project;     /* a project opens it */
    ticks least_sentence, most_sentence;
    const struct distribution *hand_off;
    int64_t cost_day, cost_person_day, penalty, building; /* cents; of building: in all */
    double latitude, longitude;                           /* degrees; NaN: not known */
};

/* A source of arrivals: its rate on each day. Points of a Poisson field in slabs of the rate axis:
 * slab 0 lies below 2^SLAB_LOWEST a day, slab j from 2^(SLAB_LOWEST + j - 1) to twice that. The
 * bounds do not depend on the scenario, so a changed rate adds or removes people and leaves all
 * others alone. */
#define SLAB_LOWEST (-12)

struct source_plan {
    const char *class_name;
    uint64_t hash;
    uint32_t site;
    uint16_t class;
    uint16_t drift; /* NO_DRIFT: its rate does not wander */
    uint8_t slabs;
    double before;            /* entries a day in the year before the start */
    double of_age[AGE_BANDS]; /* where people come back: factors on the rate, by age */
    bool again;               /* people released before the start, who come back */
    double most;              /* the highest rate of all days, per day */
    double people;            /* that come on all days together, on average */
    double *rate;             /* [days], per day; NULL in a world that is not run itself */
};

/* Who of those released comes back: somebody with factor f does with 1 - (1 - r)^f. */
struct come_back_rule {
    double chance; /* over all, as published */
    double r;      /* of factor 1 */
    const struct distribution *delay;
    uint16_t as; /* class; NO_CLASS: the same */
    double age[AGE_BANDS], home, house, rushed;
    /* The chance not to: by age, was at home, in a house, hurried. */
    double stays_out[AGE_BANDS][2][2][2];
    double moved[AGE_BANDS]; /* the share who are a band older when they come back */
};

struct come_back_plan {
    uint32_t count; /* 0: nobody comes back */
    struct come_back_rule *rule;
    uint16_t *of; /* [classes][exits]: the rule, or NO_RULE */
    double *back; /* [classes]: of those who come, the share who come back; in balance */
};
#define NO_RULE UINT16_MAX

/* Who is drawn: anybody of those who come, somebody who comes for the first time, or again. */
enum comer { COMES_AT_ALL, COMES_FIRST, COMES_AGAIN };

/* The age in years from which on BAND is; AGE_BANDS: to which the last is taken to go. */
static inline double
plan_age_from(int band)
{
    static const double years[AGE_BANDS + 1] = {18, 25, 35, 50, 60, 80};

    return years[band];
}

/* Intake that wanders: the logarithm X of a factor on the rates is 0 until day FROM of the run and
 * moves each month (of 365.25/12 days) since: X' = X keep + step Z, Z standard normal, so that Var
 * X is s^2 r/2 (1 - exp(-2t/r)), spread^2 in the end (Ornstein and Uhlenbeck 1930). */
struct drift_plan {
    const char *name;
    uint64_t hash;
    int32_t from;
    double keep, step, spread;
};
#define NO_DRIFT          UINT16_MAX
#define DRIFT_DAYS        30.4375 /* of a month */
#define DRIFT_MOST_SPREAD 9.0     /* spreads that |X| stays within: beyond once in 10^18 months */

/* Intake or sentences that follow last year's occupancy: factor 1 + slope (occupancy - at). */
struct feedback_plan {
    const char *name;
    uint8_t acts_on;
    double at, slope, least, most;
};
#define NO_FEEDBACK   UINT16_MAX
#define FEEDBACK_DAYS 365

struct slab_plan {
    uint32_t source;
    double low, height; /* per day */
    uint8_t number;
};

enum calendar_kind {
    CAL_CAPACITY,
    CAL_BEDS,
    CAL_ENTRY,
    CAL_CEILING,
    CAL_OPEN,
    CAL_LEAVE,
    CAL_CLOSE,
    CAL_CAP, /* the house shrinks to it as people leave */
    CAL_KINDS
};

struct calendar_plan {
    int32_t day;
    uint8_t kind;
    uint32_t facility, region;
    double value;
};

/* A stage of a process. A try takes a hand-over where its party is not that of the stage before it
 * in the list, then its time; then it fails or not. */
struct stage_plan {
    uint64_t hash;
    const struct distribution *time;
    double fails;
    uint32_t name, party; /* into name[], party[] of the projects */
    uint32_t back;        /* where a failure leads, in the process; NOWHERE: abandoned */
    bool handed_over;
};

/* A house on its way. Days count from the beginning of the warm-up; those before it are negative.
 */
struct project_plan {
    uint64_t hash;
    uint32_t facility, first_stage, stages;
    int32_t starts, planned, published; /* published: NO_DATE where none is */
    double days; /* of all stages and hand-overs by their means, without failures */
    double places;
    const struct ramp_object *ramp; /* [steps]; none: all places at the opening */
    size_t steps;
    uint32_t phase;       /* of the master plan, or NOWHERE */
    double term, renewal; /* term 0: structural */
    int32_t notice;
};

/* Projects of which so many are on their way at once. */
struct building_plan {
    uint32_t first, places; /* into what is free when: a number for each place */
};

/* The ends of a project, which follow the names of stages in name[]. */
enum project_end { PROJECT_OPEN, PROJECT_ABANDONED, PROJECT_LAPSED, PROJECT_ENDS };

struct projects_plan {
    uint32_t count, stages, names, parties;
    struct project_plan *project; /* of a phase in the order in which they begin */
    struct building_plan *phase;
    uint32_t phases, places; /* places: of all phases, at most one for each project */
    struct stage_plan *stage;
    const char **name;                    /* [names]: of stages, each once, and of the ends */
    const char **party;                   /* [parties] */
    const struct distribution *hand_over; /* NULL: takes no time */
    const struct steps *level;            /* of coordination, by date; NULL: none */
    double hand_overs, failures;          /* what full coordination takes off */
};

/* What goes slower or is held less: so much for each unit of pressure above 1, and of posts not
 * filled. */
struct slows_plan {
    double pressure, vacancy;
};

/* Staff stay away, a share of them; UNTIL is the first day after it. */
struct strike_plan {
    int32_t from, until;
    uint32_t region; /* NOWHERE: in all */
    double share;
};

/* What is looked at once a week, facility by facility. */
#define DAYS_OF_WEEK 7
#define DAYS_OF_YEAR 365.25
struct staff_plan {
    bool looks;                         /* at anything at all */
    bool incidents;                     /* happen */
    bool held;                          /* activities are */
    bool anybody;                       /* there are facilities with posts */
    const struct steps *incidents_base; /* a person and day, by date */
    double incidents_grow;
    struct slows_plan procedures, activities;
    const struct staff_object *rule; /* NULL: there is no staff */
    double filled;                   /* chance that a vacancy is filled within a week */
    int64_t *posts;                  /* [facilities]; all 0 without a rule */
    uint32_t strikes;
    struct strike_plan *strike;
};

/* What belongs to a region, as ranges. */
struct region_plan {
    const char *name;
    uint32_t first, facilities;         /* into of_region[] */
    uint32_t first_calendar, calendars; /* into calendar[] */
    uint32_t project_rows;              /* that projects may add to them, at most */
};

struct measure_plan {
    uint8_t kind; /* what it does: measures/ */
    uint8_t looks_at, reaches, residence, statuses, needs, order;
    const char *name;
    uint32_t number;                  /* of the list */
    int32_t from, until;              /* days */
    uint32_t region, facility;        /* NOWHERE: the nation; none */
    uint32_t to;                      /* of a transfer; NOWHERE: abroad */
    uint32_t draw;                    /* names its draws: the hash of its name, folded */
    const struct distribution *lapse; /* of a postponed sentence; NULL: never */
    uint16_t exit;                    /* of those who never come */
    ticks forward, turn;
    ticks least_sentence, most_sentence, least_left, most_left;
    ticks notice, review; /* between a look and the next: 0 where dates alone decide */
    double on, off;       /* occupancies, or people */
    uint32_t on_days, of_days;
    double uptake, fatigue, never;
    int64_t a_day, at_once, total, beds;
    int64_t cost_day, cost_person_day; /* cents */
    const bool *of_class;              /* [classes]; NULL: all */
    bool triggered;                    /* by a figure; else dates alone decide */
    bool all_offences, enough, in_turn, called_back;
    bool listed; /* the office takes people from a list, at the round */
};

/* A row of the stock: so many people of a status, as much as is said of them. */
struct stock_plan {
    uint64_t source;           /* of its people's names */
    uint32_t facility, region; /* NOWHERE: not said */
    uint16_t class, phase;     /* NO_CLASS, NO_PHASE: not said */
    int64_t count;
    uint32_t listed; /* which of the scenario's list it is */
    uint8_t status;
    bool fresh;
    const struct distribution *spent, *left; /* NULL: met on a random day */
};

/* What the result keeps of the nation, of regions and of facilities: each day falls into a row. */
struct keep_plan {
    struct names series; /* none: all */
    uint8_t tick;
    int32_t rows;    /* 0: nothing is kept */
    int32_t *row_of; /* [result_days] */
    int32_t *first;  /* [rows]: its first day */
};

/* The pathways in balance (steady.h). */

/* A way into a phase: from FROM, when it ends by `then` (HOW 0) or by its clock HOW, with SHARE. */
struct way {
    uint16_t from;
    uint8_t how;
    double share;
};

struct steady {
    uint16_t classes, phases;
    double *visits; /* [classes][phases]: entries into the phase for each arrival of the class */
    double *days;   /* [classes][phases]: person-days in it for each arrival */
    double *ends;   /* [classes][phases][1 + MOST_CLOCKS]: of these, those that end by `then`, by a
                       clock; they add up to the visits */
    uint32_t *ways; /* [phases + 1]: of each phase the first in way[] */
    struct way *way;
    bool *lived; /* [phases]: on a way there a clock decides who comes, or how long they served:
                    whoever is met there is drawn by living whole lives */
    bool *again; /* [phases]: a way leads from it back to it */
};

/* Parts of a plan that are filled together. A plan that is derived from another shares those that
 * it has not filled itself. */
enum plan_part {
    PART_SITES,
    PART_RULES,
    PART_DESKS,
    PART_PATHWAYS,
    PART_INTAKE,
    PART_STEADY,
    PART_STOCK,
    PART_KEEP,
    PART_MEASURES,
    PART_STAFF
};

/* A law, in force FROM a moment on: for what begins after it, or for what runs too. */
struct law_plan {
    const char *name;
    ticks from;
    bool both;
};

/* Values of what is drawn that are given and not drawn: of the replications from FIRST on, a row
 * for each group that shares a draw. */
struct given_draws {
    const double *value; /* [rows][draws] */
    size_t rows;
    uint64_t first;
};

struct plan {
    const struct scenario *scenario; /* compiled; not for handlers, who read what is made of it */
    uint32_t own;                    /* bits of topics whose tables are its own */
    void **copy;                     /* memory of a derived plan's scenario */
    size_t copies, copy_room;
    void *values;                    /* memory of what a derived plan's changes point to */
    uint64_t seed_of[PURPOSES];      /* of draws for each purpose: draws.h */
    const struct given_draws *given; /* NULL: what is uncertain is drawn */
    int32_t first_day;               /* date of day 0 */
    int32_t start;                   /* date of the result's first day */
    int32_t days, warm_days, result_days;
    ticks round, end;
    struct keep_plan keep[SCOPES];
    uint32_t facilities, regions, sites;
    struct facility_plan *facility;
    uint16_t classes, phases;
    struct class_plan *class;
    struct people_plan people;
    struct phase_plan *phase;
    struct steady steady; /* how often and how long people are in each phase */
    uint32_t laws;
    struct law_plan *law; /* [laws], in the order of their dates */
    /* [laws + 1][laws + 1]: what holds for who began when so many were in force, now that so many
     * are; in the same numbers. Each own one stands once in own_under. */
    const struct plan **under;
    struct plan **own_under;
    bool owns_laws;
    struct plan *world;       /* that the stock is drawn from: this one, or another */
    double matched[STATUSES]; /* of a world: factors on its intake (match.h) */
    bool not_run;             /* it is another plan's world, and nothing else */
    bool owns_world, owns_names;
    /* What is called the same here as in the world: [world's facilities], [regions], [phases];
     * NOWHERE, NO_PHASE: nothing is. */
    uint32_t *facility_of_world, *region_of_world;
    uint16_t *phase_of_world;
    uint32_t stocks;
    struct stock_plan *stock;
    uint32_t drifts;
    struct drift_plan *drift;
    struct come_back_plan come_back;
    bool owns_come_back;
    uint32_t feedbacks;
    struct feedback_plan *feedback;
    uint16_t *feedback_of; /* [classes][ACTS_ON]: of each, or NO_FEEDBACK */
    uint32_t sources, slabs;
    struct source_plan *source;
    struct slab_plan *slab;
    uint32_t calendars;
    struct calendar_plan *calendar; /* by region of the facility, then by day */
    struct region_plan *region;
    struct projects_plan projects;
    struct staff_plan staff;
    uint32_t *of_region;      /* facilities by region, then by name */
    uint32_t *by_name;        /* facilities by name: no choice depends on the order of a list */
    uint32_t *region_by_name; /* regions by name */
    uint16_t *class_by_name, *phase_by_name;
    struct distribution *mixtures; /* [phases]: stays of phases by way */
    uint32_t measures;
    struct measure_plan *measure;
    bool *measure_of_class; /* memory of of_class */
    bool relief;            /* there are measures that are more than early release without limit */
    bool listed_measures, enough_measures, postpones, sends_abroad, pardons;
    uint32_t desks, exits;
    struct desk_plan *desk;
    const char *const *exit_name; /* [exits] */
    double *entries;              /* [classes]: a day, in the year before the start */
    struct selection_plan selection_rule;
    struct evaluation_plan evaluation_rule;
    struct allocation_plan allocation_rule;
    struct balance_plan balance_rule;
    bool shrinking;                  /* there are houses that shrink to the cap */
    int64_t small_scale_cap;         /* places; 0: every house is a small one */
    double earliest_share[2];        /* of the sentence: at the first offence, when repeated */
    double most_people, most_events; /* expected: at once; in a replication; roughly */
    bool detention_houses, transition_houses, allocation, centres;
    bool costs, penalties, builds; /* facilities cost something; fines; buildings */
    bool measure_costs;
    bool needs_in_houses;    /* there are houses, and people have needs */
    bool says_who_publishes; /* of a facility, whether it publishes its figures */
    bool units;              /* there are phases in a named facility */
    bool busy_desks;         /* there are desks of regions or the nation with places */
    bool desk_places;        /* there are desks with places: cases wait */
};

/* What under[I] of PLAN is where no law that comes into force then changes anything: as before it.
 */
static inline const struct plan *
plan_under_before(const struct plan *plan, size_t i)
{
    size_t begun = i / (plan->laws + 1), in_force = i % (plan->laws + 1);

    return in_force > begun ? plan->under[i - 1] : NULL;
}

/* What holds at NOW for what began when it BEGAN. */
static inline const struct plan *
plan_under_law(const struct plan *plan, ticks began, ticks now)
{
    uint32_t begun = 0, in_force;

    if (plan->laws == 0)
        return plan;
    while (begun < plan->laws && plan->law[begun].from <= began)
        begun++;
    for (in_force = begun; in_force < plan->laws && plan->law[in_force].from <= now;)
        in_force++;
    const struct plan *under = plan->under[begun * (plan->laws + 1) + in_force];
    return under != NULL ? under : plan; /* NULL: no law has changed anything */
}

/* The site of a region. */
static inline uint32_t
plan_region_site(const struct plan *plan, uint32_t region)
{
    return plan->facilities + region;
}

#endif
