#ifndef MODELS_SCENARIO_SCENARIO_H
#define MODELS_SCENARIO_SCENARIO_H
/* A scenario as it was read and checked: what fields.c lists, in C. Nothing here changes after
 * scenario_read (read.h). Durations are days, rates are per day, shares 0..1, dates days since
 * 1970-01-01; NO_DATE, NO_NUMBER and NULL mean that the scenario says nothing. */

#include "faults.h"
#include "node.h"
#include "value.h"

#include "sim/engine/distribution.h"

#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_DATE   INT32_MIN
#define NO_NUMBER (-DBL_MAX)

/* What is limited, and by what. All else is as long as it is written. */
#define MOST_REGIONS    255 /* a person's region is a byte: a person is two lines of the cache */
#define MOST_FACILITIES 1000000 /* each is a process of the engine, which has 2^20 */
/* The desk of a phase and the measure of a person have 16 bits, with a value for none; an exit
 * follows the other flows, whose number has 16 bits too. */
#define MOST_DESKS    32767
#define MOST_EXITS    32767
#define MOST_MEASURES 4096 /* each has flows of its own beside those of the exits */
#define MOST_DRIFTS   32767
/* Of all classes: they are followed one from another, as deep as there are, and the balance has
 * numbers for each of them in each class. */
#define MOST_PHASES 4096
/* Ways on from a phase, and its clocks: they stand in its row, which an event reads. */
#define MOST_SHARES 16
#define MOST_CLOCKS 4

enum legal_status { STATUS_REMAND, STATUS_CONVICTED, STATUS_INTERNEE, STATUSES };
enum phase_where { PHASE_INSIDE, PHASE_HOME, PHASE_OUTSIDE, PHASE_WHERES };
enum facility_kind {
    KIND_PRISON,
    KIND_DETENTION_HOUSE,
    KIND_TRANSITION_HOUSE,
    KIND_FORENSIC_CENTRE,
    KIND_RENTED,
    FACILITY_KINDS
};
enum facility_use { USE_MIXED, USE_ARREST, USE_SENTENCES, USE_OPEN, USE_INTERNEES, USES };
enum when_full { FULL_BY_KIND, FULL_CROWD, FULL_REFUSE, FULL_WAIT };
enum sex { SEX_MAN, SEX_WOMAN, SEXES };
enum need {
    NEED_NONE,
    NEED_YOUNG_ADULT,
    NEED_VULNERABLE,
    NEED_ELDERLY,
    NEED_MOTHER,
    NEED_ADDICTION,
    NEEDS
};
enum exclusion { EXCLUSION_SEXUAL, EXCLUSION_TERRORIST, EXCLUSION_HIGH_RISK, EXCLUSIONS };
enum serve { SERVE_NOTHING, SERVE_EARLIEST, SERVE_SHARE, SERVE_ALL };
enum capacity_word {
    CAPACITY_MAIN,
    CAPACITY_DESIGN,
    CAPACITY_CERTIFIED,
    CAPACITY_OPERATIONAL,
    CAPACITY_STAFFED,
    CAPACITY_WORDS
};
enum reaches { REACHES_BOTH, REACHES_INSIDE, REACHES_NEW };
enum measure_kind_word {
    MEASURE_EARLY_RELEASE,
    MEASURE_EXTENDED_LEAVE,
    MEASURE_POSTPONE,
    MEASURE_MONITORING,
    MEASURE_TRANSFER_OUT,
    MEASURE_EXTRA_BEDS,
    MEASURE_ENTRY_STOP,
    MEASURE_PARDON,
    MEASURE_KINDS
};
#define MEASURE_NO_LIMIT  1000000000
#define MEASURE_MOST_DAYS 366 /* that a figure is looked back at */
enum looks_at { LOOKS_AT_OCCUPANCY, LOOKS_AT_ABOVE, LOOKS_AT_FLOOR };
enum order { ORDER_IN_TURN, ORDER_LEAST_LEFT, ORDER_LONGEST_SERVED };
enum residence { RESIDENCE_ANY, RESIDENCE_WITH, RESIDENCE_WITHOUT };
enum first { FIRST_BY_DATE, FIRST_OF_REGION };
enum serves { SERVES_NATION, SERVES_REGION, SERVES_FACILITY };
enum keep_scope { AT_NATION, AT_REGION, AT_FACILITY, SCOPES };
enum text_of {
    TEXT_TITLE,
    TEXT_QUESTION,
    TEXT_NAME,
    TEXT_USE,
    TEXT_NOT_FOR,
    TEXT_ERROR,
    TEXT_SOURCE,
    TEXT_OFS
};
enum counted_series { COUNTED_POPULATION, COUNTED_CAPACITY, COUNTED_FLOOR, COUNTED_SERIES };
enum keep_tick { KEEP_DAY, KEEP_WEEK, KEEP_MONTH, KEEP_YEAR, KEEP_TICKS };

/* What random numbers are drawn for. Never renumber: results depend on it. */
enum purpose {
    DRAW_ARRIVAL = 1,
    DRAW_ATTRIBUTES,
    DRAW_STAY,
    DRAW_NEXT,
    DRAW_COURT,
    DRAW_SCREENING,
    DRAW_BREACH,
    DRAW_HAND_OFF,
    DRAW_UPTAKE,
    DRAW_STOCK,
    DRAW_DRIFT,
    DRAW_UNCERTAIN,
    DRAW_PROJECT,
    DRAW_INCIDENT,
    DRAW_STAFF,
    DRAW_POSTPONED,
    DRAW_PROSPECT,
    DRAW_COME_BACK,
    PURPOSES
};

/* A value by date: value[i] holds from day[i]; the first also before, unless there is nothing
 * before (a history without a first value). */
struct steps {
    size_t count, room; /* of the arrays; 0: just what is there */
    bool nothing_before;
    int32_t *day;
    double *value;
};

struct names {
    size_t count;
    const char **name;
};

struct shares {
    size_t count;
    const char **name;
    double *share;
};

struct numbers {
    size_t count;
    double *value;
};

/* A list of objects of one type. */
struct objects {
    size_t count;
    void *item;
};

/* Lists of objects by name. */
struct object_map {
    size_t count;
    const char **name;
    struct objects *list;
};

/* What a map of the scenario says, by the fields of its type: an object. Each starts with the node
 * that it was read from. */

/* A stage that a house goes through before it opens. */
struct stage_object {
    const struct node *node;
    const char *stage, *party, *back; /* back: where a failure leads */
    struct distribution *time;
    double fails;
};

/* From so many days after the opening on, this share of the places is there. */
struct ramp_object {
    const struct node *node;
    double after, share;
};

struct funding_object {
    const struct node *node; /* NULL: structural */
    double term, renewal, notice;
};

/* How a house comes to be. */
struct project_object {
    const struct node *node; /* NULL: it is there, or opens on a date */
    const char *process, *phase;
    int32_t starts, starts_until, published;
    struct objects ramp_up;
    struct funding_object funding;
    double cost;
};

/* Houses of a master plan that are built side by side, so many at once. */
struct building_object {
    const struct node *node;
    const char *name;
    int64_t at_once;
};

struct coordination_object {
    const struct node *node; /* NULL: there is none */
    struct steps level;
    double hand_overs, failures;
};

struct facility_object {
    const struct node *node;
    const char *name, *region, *note, *source;
    int kind, use, when_full, operator_kind;
    struct steps capacity[CAPACITY_WORDS], beds, entry, ceiling;
    uint32_t statuses, sexes, needs; /* sets; 0: as the kind says */
    bool counted, transparent;
    double floor_area, posts, cost_day, cost_person_day, penalty;
    double latitude, longitude; /* degrees, both or none */
    int32_t opens, opens_until, closes;
    int64_t copies; /* 0 once they are made */
    /* Which of those copies it is that open, or start, evenly (from 1 on), and of how many; 0: it
     * is none of them. */
    int32_t even, evens;
    struct distribution *hand_off;
    double most_sentence, least_sentence, closing_notice;
    struct project_object project;
};

struct step_object {
    const struct node *node;
    const char *facility;
    int field;
    int32_t from;
    const struct node *value;
    const char *note, *source;
};

struct intake_object {
    const struct node *node;
    const char *class, *region, *facility;
    struct steps rate;
    double trend;
    struct numbers months, weekdays;
};

/* Intake that wanders for years at a time: one path for the classes named. */
struct drift_object {
    const struct node *node;
    const char *name;
    struct names classes;
    double yearly, back; /* spread after a year where nothing pulls back; days until it is back */
    int32_t from;        /* NO_DATE: the start of the result */
};

struct clock_object {
    const struct node *node;
    const char *to;
    struct distribution *after;
};

struct stay_object {
    const struct node *node;
    const char *way;
    struct distribution *stay;
};

struct phase_object {
    const struct node *node;
    const char *phase;
    int status, where, serve;
    struct distribution *stay;
    const char *desk, *facility, *refused;
    struct shares then;
    struct objects clocks, stays;
};

struct class_object {
    const struct node *node;
    const char *name;
    struct distribution *sentence, *served;
    double repeat, no_residence, women;
    int64_t priority;
};

struct people_object {
    const struct node *node;
    double women, no_residence;
    struct shares ages, needs, exclusions;
};

struct desk_object {
    const struct node *node;
    const char *name;
    struct distribution *time;
    int64_t places;
    int serves;
    bool working_days;
};

struct stock_object {
    const struct node *node;
    const char *class, *phase, *region, *facility, *source;
    int status;
    int64_t count;
    bool fresh;
    struct distribution *spent, *left; /* NULL: met on a random day */
};

struct selection_object {
    const struct node *node; /* NULL: the scenario says nothing of it */
    double suitable, least_stay, breach, breach_unmatched, most_sentence, window;
    struct distribution *screening, *hand_off;
    int first;
};

struct evaluation_object {
    const struct node *node; /* NULL: screening does not err */
    int32_t from;            /* NO_DATE: nothing is learned */
    double error, least_error, experience, breach;
};

struct allocation_object {
    const struct node *node; /* NULL: the scenario says nothing of it */
    double least_left;
    int64_t moves;
    int first;
};

struct balance_object {
    const struct node *node; /* NULL: the scenario says nothing of it */
    double from, to;
    int64_t vans, seats;
};

struct measure_object {
    const struct node *node;
    const char *name, *region, *facility, *to, *exit;
    int kind, looks_at, reaches, residence, order;
    int32_t from, until;
    uint32_t statuses, needs; /* bits; 0: all */
    struct names classes;
    int64_t on_days, of_days, a_day, at_once, total, beds;
    double on, off, review, notice, forward, uptake, fatigue;
    double least_sentence, most_sentence, least_left, most_left, turn, never;
    double cost_day, cost_person_day;
    struct distribution *lapse; /* NULL: never */
    bool all_offences, enough, in_turn, called_back;
};

/* Pressure: last week's person-days over place-days of a facility, p; (p - 1)+ is what is above 1.
 */
struct incidents_object {
    const struct node *node; /* NULL: none happen */
    struct steps base;
    double grow;
};

/* What goes slower, or is held less, for each unit of (p - 1)+ and of posts not filled. */
struct slows_object {
    const struct node *node; /* NULL: nothing does */
    double pressure, vacancy;
};

struct pressure_object {
    const struct node *node; /* NULL: nobody looks at it */
    struct incidents_object incidents;
    struct slows_object procedures, activities;
};

struct staff_object {
    const struct node *node; /* NULL: the scenario says nothing of it */
    double at_start, leavers, leavers_pressure, recruiting, absence, absence_pressure, least_share,
        house_leavers, house_absence;
};

struct strike_object {
    const struct node *node;
    const char *region;
    int32_t from, until;
    double share;
};

/* Who of those released comes back, and when. */
struct come_back_object {
    const struct node *node;
    const char *name, *as;
    struct names classes, exits;
    double chance, home, house, rushed;
    struct distribution *delay;
    struct shares ages;
};
enum intake_counts { INTAKE_COUNTS_PRIMARY, INTAKE_COUNTS_TOTAL };

/* Intake or sentences that follow last year's occupancy. */
enum acts_on { ACTS_ON_INTAKE, ACTS_ON_SENTENCE, ACTS_ON };
struct feedback_object {
    const struct node *node;
    const char *name;
    struct names classes;
    int acts_on;
    double at, slope, least, most;
};

/* What holds from a date on. */
enum law_reaches { LAW_REACHES_NEW, LAW_REACHES_BOTH };
struct law_object {
    const struct node *node;
    const char *name;
    int32_t from;
    int reaches;
};

struct keep_object {
    const struct node *node;
    int scope, tick;
    struct names series;
};

/* Words for a report: they decide no number. One language at least is there. */
struct text_object {
    const struct node *node;
    int of;
    const char *word, *en, *nl, *fr; /* word: the name that is translated */
};

/* What was counted on a day: of the nation, of a region or of a facility. */
struct counted_object {
    const struct node *node;
    int32_t date;
    int series;
    const char *region, *facility, *source;
    double value;
};

struct scenario {
    const struct node *node;
    const char *name, *description, *extends;
    int32_t start, cap_from;
    struct span horizon_span, warm_up_span; /* as written */
    double horizon, warm_up;                /* the same in days, counted from the start */
    double round;
    int64_t replications, chance, seed, small_scale_cap;
    bool enforce_cap, intake_matches_stock;
    uint32_t vary; /* bits: purpose - 1 */
    int capacity_word;
    struct names regions, exits;
    struct steps intake_level;
    int intake_counts;
    struct objects come_back;
    struct objects facilities, history, intake, drift, classes, desks, stock, measures, keep,
        master_plan, strikes;
    struct object_map pathways, stages;
    struct distribution *hand_over;
    struct coordination_object coordination;
    struct people_object people;
    struct selection_object house_selection;
    struct evaluation_object evaluation;
    struct allocation_object allocation;
    struct balance_object balance;
    struct pressure_object pressure;
    struct staff_object staff;
    double repeat_share_served, first_share_served;
    struct objects law, feedback;
    struct objects texts, counted; /* for readers: nothing in a run looks at them */
    struct scenario **under; /* [laws + 1][laws + 1], as tree.law; NULL as there, and [0][0] */
    size_t unders;           /* of all of these */
    struct scenario *world;  /* that the stock comes from; NULL: this one */
    struct tree tree;
};

/* The word for VALUE of a choice, as a scenario writes it. */
extern const char *const status_words[],
    *const kind_words[], *const use_words[], *const sex_words[],
                                                 *const need_words[],
                                                     *const exclusion_words[],
                                                         *const where_words[],
                                                             *const age_words[],
                                                                 *const scope_words[],
                                                                     *const tick_words[];
#define AGE_BANDS 5

/* Give back what SCENARIO owns, also after a failed scenario_read. */
void scenario_free(struct scenario *scenario);

/* The list of phases of CLASS, or NULL; its index among the classes. */
const struct objects *scenario_class(const struct scenario *scenario, const char *class,
                                     size_t *index);

/* Where a phase may lead: TARGET names a phase of CLASS, `class.phase`, or an exit. */
struct target {
    bool exit;
    size_t class, phase; /* of an exit: phase is its index among exits */
};
bool scenario_target(const struct scenario *scenario, size_t class, const char *target,
                     struct target *out);

/* Where faults of the scenario go. */
static inline struct faults *
scenario_faults(const struct scenario *scenario)
{
    return scenario->tree.faults;
}

/* The statuses that FACILITY accepts, as bits: what it says, or what its kind does. */
uint32_t scenario_statuses(const struct facility_object *facility);

/* The first day on which FACILITY takes people, or NO_DATE; the first day of its project. Copy k of
 * n that open evenly does when (k - 1/2) / n of the days from its first to its last date are over,
 * rounded down: so at any time they are within half a house of a straight line. */
int32_t scenario_opens(const struct facility_object *facility);
int32_t scenario_starts(const struct facility_object *facility);

/* Facility I of SCENARIO, which is not empty of them. */
static inline const struct facility_object *
scenario_facility(const struct scenario *scenario, size_t i)
{
    return (const struct facility_object *)scenario->facilities.item + i;
}

/* The places of FACILITY by date, by the scenario's word for them where it says so; and the most of
 * them on any date. */
const struct steps *scenario_places(const struct scenario *scenario,
                                    const struct facility_object *facility);
double scenario_most_places(const struct scenario *scenario,
                            const struct facility_object *facility);

/* The value of STEPS on DAY; OTHERWISE where there are none. */
double steps_at(const struct steps *steps, int32_t day, double otherwise);

/* Is NAME one of NAMES? All are, where none are given. */
bool names_hold_for(const struct names *names, const char *name);

#endif
