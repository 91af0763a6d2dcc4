#include "series.h"

#include "crowding.h"
#include "labels.h"

#include "models/pathways/evaluation.h"
#include "models/places/counts.h"
#include "models/projects/project.h"
#include "models/plan/uncertain.h"
#include "models/scenario/suggest.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a series may be kept; and only in results of plans that have a mechanism. */
#define EVERYWHERE_WITH(mechanism)  true, true, true, mechanism
#define NO_FACILITY_WITH(mechanism) true, true, false, mechanism
#define NATION_WITH(mechanism)      true, false, false, mechanism
#define FACILITY_WITH(mechanism)    false, false, true, mechanism
#define EVERYWHERE                  EVERYWHERE_WITH(NULL)
#define NO_FACILITY                 NO_FACILITY_WITH(NULL)
#define NATION                      NATION_WITH(NULL)
#define FACILITY                    FACILITY_WITH(NULL)

static bool
says_who_publishes(const struct plan *plan)
{
    return plan->says_who_publishes;
}

static bool
has_relief(const struct plan *plan)
{
    return plan->relief;
}

static bool
sends_abroad(const struct plan *plan)
{
    return plan->sends_abroad;
}

static bool
has_needs_in_houses(const struct plan *plan)
{
    return plan->needs_in_houses;
}

static bool
has_come_back(const struct plan *plan)
{
    return plan->come_back.count > 0;
}

static bool
has_desks(const struct plan *plan)
{
    return plan->desks > 0;
}

static bool
has_costs(const struct plan *plan)
{
    return plan->costs;
}

static bool
has_penalties(const struct plan *plan)
{
    return plan->penalties;
}

static bool
builds(const struct plan *plan)
{
    return plan->builds;
}

static bool
has_measure_costs(const struct plan *plan)
{
    return plan->measure_costs;
}

static bool
has_projects(const struct plan *plan)
{
    return plan->projects.count > 0;
}

static bool
has_incidents(const struct plan *plan)
{
    return plan->staff.incidents;
}

static bool
has_activities(const struct plan *plan)
{
    return plan->staff.held;
}

static bool
has_evaluation(const struct plan *plan)
{
    return plan->evaluation_rule.on;
}

static bool
has_staff(const struct plan *plan)
{
    return plan->staff.anybody;
}

const struct series series_table[] = {
    {"population", OF_LEVEL, LEVEL_POPULATION, OVER_STATUS, EVERYWHERE, "persons",
     "mean number inside, by legal status; forensic centres are not part of it"},
    {"women", OF_LEVEL, LEVEL_WOMEN, OVER_NOTHING, NO_FACILITY, "persons",
     "mean number of women inside"},
    {"no_residence", OF_LEVEL, LEVEL_NO_RESIDENCE, OVER_NOTHING, NO_FACILITY, "persons",
     "mean number inside without right of residence"},
    {"population_by_need", OF_LEVEL, LEVEL_NEED, OVER_NEED, NO_FACILITY, "persons",
     "mean number inside, by need"},
    {"capacity", OF_LEVEL, LEVEL_CAPACITY, OVER_NOTHING, EVERYWHERE, "places",
     "places of open facilities, by the scenario's capacity word; forensic centres are not part of "
     "it"},
    {"beds", OF_LEVEL, LEVEL_BEDS, OVER_NOTHING, EVERYWHERE, "beds",
     "beds of open facilities; forensic centres are not part of it"},
    {"above_capacity", OF_LEVEL, LEVEL_ABOVE, OVER_NOTHING, EVERYWHERE, "persons",
     "mean of the sum over facilities of max(0, population - capacity), forensic centres left out"},
    {"floor_sleepers", OF_LEVEL, LEVEL_FLOOR, OVER_NOTHING, EVERYWHERE, "persons",
     "mean of the sum over facilities of max(0, population - beds), forensic centres left out"},
    {"occupancy", OF_RATIO, RATIO_OCCUPANCY, OVER_NOTHING, EVERYWHERE, "persons per 100 places",
     "people inside over places, times 100"},
    {"felt_occupancy", OF_RATIO, RATIO_FELT, OVER_NOTHING, NO_FACILITY, "persons per 100 places",
     "density of each facility weighted with its people: sum of N D over sum of N"},
    {"facilities_above", OF_ABOVE, LEVEL_BAND, OVER_LEVEL, EVERYWHERE, "facilities",
     "mean number with an occupancy above the level; for one facility the share of time"},
    {"people_above", OF_ABOVE, LEVEL_BAND_PEOPLE, OVER_LEVEL, NO_FACILITY, "persons",
     "mean number living in facilities with an occupancy above the level"},
    {"custody", OF_LEVEL, LEVEL_CUSTODY, OVER_NOTHING, NO_FACILITY, "persons",
     "arrived and not yet placed by the daily round"},
    {"at_home", OF_LEVEL, LEVEL_HOME, OVER_NOTHING, NO_FACILITY, "persons",
     "electronic monitoring, leave or conditions, at home"},
    {"waiting_outside", OF_LEVEL, LEVEL_OUTSIDE, OVER_NOTHING, NO_FACILITY, "persons",
     "with a sentence to serve and not called"},
    {"at_the_door", OF_LEVEL, LEVEL_DOOR, OVER_NOTHING, EVERYWHERE, "persons",
     "waiting for one full facility"},
    {"screening", OF_LEVEL, LEVEL_SCREENING, OVER_NOTHING, NO_FACILITY, "persons",
     "inside and being screened for a house"},
    {"waiting_for_house", OF_LEVEL, LEVEL_WAIT_HOUSE, OVER_NOTHING, NO_FACILITY, "persons",
     "found suitable and waiting for a place in a house"},
    {"waiting_by_need", OF_LEVEL, LEVEL_WAIT_NEED, OVER_NEED, NO_FACILITY_WITH(has_needs_in_houses),
     "persons", "found suitable and waiting for a place in a house, by need"},
    {"waiting_for_allocation", OF_LEVEL, LEVEL_WAIT_ALLOCATION, OVER_NOTHING, NO_FACILITY,
     "persons", "due to a prison for sentences that has no room"},
    {"vacating", OF_LEVEL, LEVEL_VACATING, OVER_NOTHING, EVERYWHERE, "places",
     "places that stay empty between one resident and the next"},
    {"house_residents", OF_LEVEL, LEVEL_RESIDENTS, OVER_NOTHING, NO_FACILITY, "persons",
     "people in detention and transition houses"},
    {"match", OF_RATIO, RATIO_MATCH, OVER_NOTHING, EVERYWHERE, "percent",
     "share of residents of houses who have no need or whose need the house is specialised in"},
    {"small_scale", OF_RATIO, RATIO_SMALL, OVER_NOTHING, NO_FACILITY, "percent",
     "share of residents of houses who live in one up to small_scale_cap"},
    {"transparency", OF_RATIO, RATIO_PUBLIC, OVER_NOTHING, NO_FACILITY_WITH(says_who_publishes),
     "percent",
     "share of open places, of forensic centres too, whose facility publishes its figures"},
    {"centre_residents", OF_LEVEL, LEVEL_CENTRE, OVER_NOTHING, NO_FACILITY, "persons",
     "internees in forensic centres, outside the prison count"},
    {"at_desk", OF_LEVEL, LEVEL_DESK, OVER_DESK, NO_FACILITY, "persons",
     "inside while a procedure runs: person-days of delay by desk"},
    {"desk_queue", OF_LEVEL, LEVEL_DESK_WAIT, OVER_DESK, NO_FACILITY, "persons",
     "inside, at a desk with places for so many cases, and waiting for one of them"},
    {"desk_done", OF_FLOW, FLOW_DESK_DONE, OVER_DESK, NO_FACILITY_WITH(has_desks), "cases",
     "procedures that ended at the desk, of people inside or elsewhere; not those that a competing "
     "clock ended"},
    {"ten_days", OF_DURATION, FLOW_TEN_DAYS, OVER_DESK, NO_FACILITY_WITH(has_desks), "days",
     "days inside, of each procedure that ended at the desk the days that it took, waiting for its "
     "turn included, or ten if it took longer: what ten days less at the desk would save at most"},
    {"in_phase", OF_LEVEL, LEVEL_PHASE, OVER_PHASE, NATION, "persons",
     "everybody in a phase of the pathway, wherever they are"},
    {"arrivals", OF_FLOW, FLOW_ARRIVED, OVER_NOTHING, NO_FACILITY, "persons",
     "people arrested or called"},
    {"entries", OF_FLOW, FLOW_ENTERED, OVER_NOTHING, EVERYWHERE, "persons",
     "people placed in a facility from outside, for the first time since they came in"},
    {"returns", OF_FLOW, FLOW_RETURNED, OVER_NOTHING, EVERYWHERE, "persons",
     "placed again after home, leave or waiting"},
    {"refused", OF_FLOW, FLOW_REFUSED, OVER_NOTHING, EVERYWHERE, "persons",
     "came to one facility that was full and refuses"},
    {"door_waits", OF_FLOW, FLOW_DOOR, OVER_NOTHING, NO_FACILITY, "persons",
     "came to one facility that was full and lets people wait"},
    {"releases", OF_FLOW, FLOWS_FIXED, OVER_EXIT, EVERYWHERE, "persons",
     "people who left, by kind"},
    {"early_releases", OF_FLOW, FLOW_EARLY, OVER_NOTHING, EVERYWHERE, "persons",
     "releases brought forward by a measure"},
    {"early_days", OF_FLOW, FLOW_EARLY_DAYS, OVER_NOTHING, NO_FACILITY, "days",
     "whole days by which measures brought releases forward"},
    {"moves_allocation", OF_FLOW, FLOW_TO_ALLOCATED, OVER_NOTHING, EVERYWHERE, "persons",
     "moves by allocation, counted where they arrive"},
    {"moves_house", OF_FLOW, FLOW_TO_HOUSE, OVER_NOTHING, EVERYWHERE, "persons",
     "counted where they arrive"},
    {"breaches", OF_FLOW, FLOW_BREACH, OVER_NOTHING, EVERYWHERE, "persons",
     "residents of houses sent back to prison"},
    {"moves_balance", OF_FLOW, FLOW_BALANCE, OVER_NOTHING, EVERYWHERE, "persons",
     "moves from crowded prisons, counted where they arrive"},
    {"moves_centre", OF_FLOW, FLOW_TO_CENTRE, OVER_NOTHING, EVERYWHERE, "persons",
     "counted where they arrive"},
    {"moves_closing", OF_FLOW, FLOW_CLOSING, OVER_NOTHING, EVERYWHERE, "persons",
     "counted where they arrive"},
    {"rushed", OF_FLOW, FLOW_RUSHED, OVER_NOTHING, EVERYWHERE, "persons",
     "stays in houses that a measure ended early"},
    {"allocation_wait", OF_DURATION, FLOW_WAITED + QUEUE_ALLOCATION, OVER_NOTHING, NO_FACILITY,
     "days", "days waited, summed over those moved; over moves_allocation it is the mean wait"},
    {"house_wait", OF_DURATION, FLOW_WAITED + QUEUE_DETENTION, OVER_NOTHING, NO_FACILITY, "days",
     "days waited by those who moved into a detention house"},
    {"transition_wait", OF_DURATION, FLOW_WAITED + QUEUE_TRANSITION, OVER_NOTHING, NO_FACILITY,
     "days", "days waited by those who moved into a transition house"},
    {"centre_wait", OF_DURATION, FLOW_WAITED + QUEUE_CENTRE, OVER_NOTHING, NO_FACILITY, "days",
     "days waited in prison by those who moved into a centre"},
    {"unit_wait", OF_DURATION, FLOW_WAITED + QUEUE_UNIT, OVER_NOTHING, NO_FACILITY, "days",
     "days waited by those who came to the facility in which their phase happens"},
    {"crowding", OF_CROWDING, 0, OVER_PART, NATION, "persons",
     "at the row's end: shortage, wrong type, delay, wrong place; they add up to people above "
     "capacity"},
    {"measure_on", OF_MEASURE, 0, OVER_MEASURE, NATION, "1",
     "share of the row's time in which a measure is in force"},
    {"measure_people", OF_LEVEL, LEVEL_UNDER, OVER_MEASURE, NO_FACILITY_WITH(has_relief), "persons",
     "mean number for whom a measure holds: on leave or between two turns of it, with a bracelet, "
     "transferred, waiting with a postponed sentence, or inside with a release brought forward"},
    {"measure_waiting", OF_LEVEL, LEVEL_WAITS, OVER_MEASURE, NO_FACILITY_WITH(has_relief),
     "persons",
     "mean number who wait for a measure that cannot take all at once; each is counted for the "
     "first of the list that may take them"},
    {"measure_taken", OF_FLOW, FLOW_TAKEN, OVER_MEASURE, NO_FACILITY_WITH(has_relief), "persons",
     "people whom a measure took; of a postponement those who were called and came"},
    {"measure_wait", OF_DURATION, FLOW_TAKEN_WAIT, OVER_MEASURE, NO_FACILITY_WITH(has_relief),
     "days", "days that those had waited for it; over measure_taken it is the mean wait"},
    {"measure_releases", OF_FLOW, FLOW_LET_GO, OVER_MEASURE, NO_FACILITY_WITH(has_relief),
     "persons", "people who left custody while the measure held for them"},
    {"measure_days", OF_FLOW, FLOW_DAYS_EARLIER, OVER_MEASURE, NO_FACILITY_WITH(has_relief), "days",
     "whole days by which it brought that forward; of a pardon, counted on its day"},
    {"abroad", OF_LEVEL, LEVEL_ABROAD, OVER_NOTHING, NO_FACILITY_WITH(sends_abroad), "persons",
     "transferred abroad by a measure, outside the prison count"},
    {"intake_drift", OF_DRIFT, 0, OVER_DRIFT, NATION, "1",
     "mean over the row's time of the factor by which a drift moves the rates of its classes"},
    {"feedback_factor", OF_FEEDBACK, 0, OVER_FEEDBACK, NATION, "1",
     "mean over the row's time of the factor by which intake or sentences follow last year's "
     "occupancy"},
    {"projects", OF_PROJECT, PROJECT_STATE, OVER_STAGE, NATION_WITH(has_projects), "projects",
     "mean number that have started, by the stage they are in (a hand-over is part of the stage "
     "that it leads to), open, abandoned or lapsed"},
    {"projects_at", OF_PROJECT, PROJECT_PARTY, OVER_PARTY, NATION_WITH(has_projects), "projects",
     "mean number on their way, by the party of the stage they are in"},
    {"projects_promised", OF_PROJECT, PROJECT_PROMISED, OVER_NOTHING, NATION_WITH(has_projects),
     "projects",
     "mean number that would be open if every stage and hand-over took its mean time and none "
     "failed"},
    {"project_places", OF_PROJECT, PROJECT_PLACES, OVER_NOTHING, NATION_WITH(has_projects),
     "places", "places of houses that projects have opened, as far as they have ramped up"},
    {"projects_opened", OF_PROJECT_FLOW, PROJECT_OPENED, OVER_NOTHING, NATION_WITH(has_projects),
     "projects", "houses opened by projects"},
    {"opening_delay", OF_PROJECT_FLOW, PROJECT_DELAY, OVER_NOTHING, NATION_WITH(has_projects),
     "days",
     "days from the planned to the actual opening, summed over houses opened; over "
     "projects_opened it is the mean delay; planned: the start and the mean of each stage and "
     "hand-over"},
    {"moves_lapse", OF_FLOW, FLOW_LAPSED, OVER_NOTHING, EVERYWHERE_WITH(has_projects), "persons",
     "residents sent away as the funding of their house has lapsed, counted where they leave"},
    {"opening_late", OF_PROJECT_FLOW, PROJECT_LATE, OVER_NOTHING, NATION_WITH(has_projects), "days",
     "days from the published to the actual opening, summed over houses opened that have a "
     "published_opening"},
    {"screening_error", OF_EVALUATION, EVALUATION_ERROR, OVER_NOTHING, NATION_WITH(has_evaluation),
     "1", "mean chance that a screening for a house that ends then is wrong"},
    {"house_years", OF_EVALUATION, EVALUATION_YEARS, OVER_NOTHING, NATION_WITH(has_evaluation),
     "years",
     "mean of the time that houses which publish their figures have been evaluated, added "
     "up over houses"},
    {"screened", OF_FLOW, FLOW_SCREENED, OVER_NOTHING, EVERYWHERE_WITH(has_evaluation), "persons",
     "people whose screening for a house ended"},
    {"wrongly_suitable", OF_FLOW, FLOW_WRONGLY_FOUND, OVER_NOTHING, EVERYWHERE_WITH(has_evaluation),
     "persons", "people found suitable for a house who would not do well in one"},
    {"wrongly_refused", OF_FLOW, FLOW_WRONGLY_NOT, OVER_NOTHING, EVERYWHERE_WITH(has_evaluation),
     "persons", "people not found suitable for a house who would do well in one"},
    {"breaches_wrongly_admitted", OF_FLOW, FLOW_WRONG_BREACH, OVER_NOTHING,
     EVERYWHERE_WITH(has_evaluation), "persons",
     "breaches of residents who were found suitable wrongly"},
    {"incidents", OF_FLOW, FLOW_INCIDENT, OVER_NOTHING, EVERYWHERE_WITH(has_incidents), "incidents",
     "incidents of the week that ends, counted at its end"},
    {"activities", OF_RATIO, RATIO_HELD, OVER_NOTHING, EVERYWHERE_WITH(has_activities), "percent",
     "share of the programme of work, lessons and visits that is held, weighted with places"},
    {"staff_in_service", OF_LEVEL, LEVEL_STAFF, OVER_NOTHING, EVERYWHERE_WITH(has_staff), "persons",
     "staff of open facilities with posts"},
    {"vacancies", OF_LEVEL, LEVEL_VACANCIES, OVER_NOTHING, EVERYWHERE_WITH(has_staff), "posts",
     "posts of open facilities that are not filled"},
    {"staff_present", OF_THOUSANDTHS, LEVEL_PRESENT, OVER_NOTHING, EVERYWHERE_WITH(has_staff),
     "persons", "in service, not absent and not on strike"},
    {"absence", OF_RATIO, RATIO_ABSENT, OVER_NOTHING, EVERYWHERE_WITH(has_staff), "percent",
     "share of those in service who are absent, strikes left out"},
    {"staff_left", OF_FLOW, FLOW_STAFF_LEFT, OVER_NOTHING, EVERYWHERE_WITH(has_staff), "persons",
     "staff who left within the week that ends, counted at its end"},
    {"peak", OF_PEAK, 0, OVER_NOTHING, FACILITY, "persons",
     "highest number inside since the row before"},
    {"noon", OF_NOON, 0, OVER_NOTHING, FACILITY, "persons",
     "number inside at noon of the row's first day, as counts are published"},
    {"cost", OF_COST, LEVEL_COST, OVER_KIND, NO_FACILITY_WITH(has_costs), "euro",
     "what facilities cost to run, by their kind: cost_day while open and cost_person_day for "
     "everybody inside; forensic centres too"},
    {"running_cost", OF_COST, LEVEL_COST, OVER_NOTHING, FACILITY_WITH(has_costs), "euro",
     "what the facility costs to run: cost_day while open and cost_person_day for everybody "
     "inside"},
    {"penalty", OF_COST, LEVEL_PENALTY, OVER_NOTHING, EVERYWHERE_WITH(has_penalties), "euro",
     "fines for people above the ceiling"},
    {"building_cost", OF_COST, FLOW_BUILDING, OVER_NOTHING, EVERYWHERE_WITH(builds), "euro",
     "what projects cost to build, counted on the day of their opening"},
    {"measure_cost", OF_MEASURE_COST, 0, OVER_MEASURE, NATION_WITH(has_measure_costs), "euro",
     "what measures cost: cost_day while on and cost_person_day for everybody under them"},
    {"came_back", OF_FLOW, FLOW_BACK, OVER_CLASS, NO_FACILITY_WITH(has_come_back), "persons",
     "people who came in again after release, by the class in which they came; they are arrivals, "
     "too"},
    {"released_times", OF_FLOW, FLOW_TIMES, OVER_TIMES, NO_FACILITY_WITH(has_come_back), "persons",
     "people released, by how often they had come back since the start"},
    {"released_from", OF_FLOW, FLOW_FROM, OVER_REGIME, NO_FACILITY_WITH(has_come_back), "persons",
     "people released, by where they were then: prison (centres, police custody and places abroad "
     "too), house (detention and transition houses), home; who waited outside is in none of them"},
    {"came_back_from", OF_FLOW, FLOW_BACK_FROM, OVER_REGIME, NO_FACILITY_WITH(has_come_back),
     "persons",
     "people who came in again, by where they were released from; of those released before the run "
     "nobody knows"},
    {"total_initial", OF_TOTAL, TOTAL_INITIAL, OVER_CLASS, NATION, "persons",
     "people of the stock, at the first moment of the run; by the class in which they came"},
    {"total_arrived", OF_TOTAL, TOTAL_ARRIVED, OVER_CLASS, NATION, "persons",
     "arrivals from the first moment of the run, warm-up included, to the row's end; total_initial "
     "+ total_arrived = total_inside + total_centres + total_elsewhere + total_released + "
     "total_refused, class by class"},
    {"total_released", OF_TOTAL, TOTAL_RELEASED, OVER_CLASS, NATION, "persons",
     "people who left by any exit, from the first moment of the run, warm-up included, to the "
     "row's "
     "end"},
    {"total_refused", OF_TOTAL, TOTAL_REFUSED, OVER_CLASS, NATION, "persons",
     "people sent away for good at the door of a facility, from the first moment of the run, "
     "warm-up included, to the row's end"},
    {"total_inside", OF_TOTAL, TOTAL_INSIDE, OVER_CLASS, NATION, "persons",
     "people in prisons and houses at the row's end; forensic centres are not part of it"},
    {"total_centres", OF_TOTAL, TOTAL_CENTRES, OVER_CLASS, NATION, "persons",
     "people in facilities outside the prison count at the row's end"},
    {"parameter", OF_PARAMETER, 0, OVER_PARAMETER, NATION, "1",
     "what was drawn for the replication, before a whole number is rounded, each in the unit of "
     "its field (days, persons a day, "
     "shares) or as the factor on it"},
    {"total_elsewhere", OF_TOTAL, TOTAL_ELSEWHERE, OVER_CLASS, NATION, "persons",
     "people at home, waiting outside, at the door of a facility or in police custody at the row's "
     "end"},
};
const size_t series_count = sizeof series_table / sizeof *series_table;

/* Felt: thousandths of persons^2 a place over persons, as persons on 100 places. */
const struct ratio_rule ratio_rules[RATIOS] = {
    [RATIO_OCCUPANCY] = {LEVEL_POPULATION, STATUSES, LEVEL_CAPACITY, 1, 100},
    [RATIO_FELT] = {0, 0, LEVEL_BAND_PEOPLE, BANDS, 0.1},
    [RATIO_MATCH] = {LEVEL_MATCHED, 1, LEVEL_RESIDENTS, 1, 100},
    [RATIO_PUBLIC] = {LEVEL_PUBLIC, 1, LEVEL_OPEN, 1, 100},
    [RATIO_SMALL] = {LEVEL_SMALL, 1, LEVEL_RESIDENTS, 1, 100},
    [RATIO_ABSENT] = {LEVEL_ABSENT, 1, LEVEL_STAFF, 1, 0.1},
    [RATIO_HELD] = {LEVEL_HELD, 1, LEVEL_PROGRAMME, 1, 0.1},
};

enum dimension {
    DIM_DAY,
    DIM_WEEK,
    DIM_MONTH,
    DIM_YEAR,
    DIM_REGION,
    DIM_FACILITY,
    DIM_STATUS,
    DIM_NEED,
    DIM_LEVEL,
    DIM_EXIT,
    DIM_DESK,
    DIM_PART,
    DIM_MEASURE,
    DIM_DRIFT,
    DIM_FEEDBACK,
    DIM_STAGE,
    DIM_PARTY,
    DIM_PHASE,
    DIM_CLASS,
    DIM_PARAMETER,
    DIM_TIMES,
    DIM_KIND,
    DIM_REGIME,
    DIM_BOUNDS, /* of a row: its first day and that after it */
    DIMENSIONS
};

/* The dimension that a series runs over beside time and scope; -1: none. */
static const int over_dimension[OVERS] = {
    [OVER_NOTHING] = -1,      [OVER_STATUS] = DIM_STATUS,     [OVER_NEED] = DIM_NEED,
    [OVER_LEVEL] = DIM_LEVEL, [OVER_EXIT] = DIM_EXIT,         [OVER_DESK] = DIM_DESK,
    [OVER_PART] = DIM_PART,   [OVER_MEASURE] = DIM_MEASURE,   [OVER_DRIFT] = DIM_DRIFT,
    [OVER_PHASE] = DIM_PHASE, [OVER_CLASS] = DIM_CLASS,       [OVER_PARAMETER] = DIM_PARAMETER,
    [OVER_TIMES] = DIM_TIMES, [OVER_FEEDBACK] = DIM_FEEDBACK, [OVER_KIND] = DIM_KIND,
    [OVER_STAGE] = DIM_STAGE, [OVER_PARTY] = DIM_PARTY,       [OVER_REGIME] = DIM_REGIME,
};

/* What a variable's name begins with, and the dimension of its scope (-1: the nation has none). */
static const struct {
    const char *prefix;
    int dimension;
} scopes[SCOPES] = {{"", -1}, {"region_", DIM_REGION}, {"facility_", DIM_FACILITY}};

/* The dimension of a tick, in the order of enum keep_tick. */
static const struct {
    const char *name, *long_name, *bounds, *length;
} ticks_of[] = {{"time", "day", "time_bnds", "time_length"},
                {"week", "first day of the week", "week_bnds", "week_length"},
                {"month", "first day of the month", "month_bnds", "month_length"},
                {"year", "first day of the year", "year_bnds", "year_length"}};

const struct series *
series_find(const char *name)
{
    for (size_t i = 0; i < series_count; i++)
        if (strcmp(series_table[i].name, name) == 0)
            return &series_table[i];
    return NULL;
}

static bool
is_flow(const struct series *series)
{
    return series->of == OF_FLOW || series->of == OF_DURATION ||
           (series->of == OF_COST && series->first == FLOW_BUILDING);
}

int
series_first(const struct plan *plan, const struct series *series)
{
    return is_flow(series)          ? counts_flow(plan, series->first)
           : series->of == OF_LEVEL ? counts_level(plan, series->first)
                                    : series->first;
}

const char *
series_of_flow(const struct plan *plan, int flow)
{
    for (size_t i = 0; i < series_count; i++) {
        const struct series *series = &series_table[i];
        int first = series_first(plan, series);
        if (is_flow(series) && flow >= first && flow < first + (int)series_width(plan, series) &&
            (series->first < FLOW_TAKEN || series->there(plan)))
            return series->name;
    }
    return NULL;
}

/* May SERIES be kept for SCOPE? */
static bool
kept_for(const struct series *series, int scope)
{
    const bool may[SCOPES] = {series->nation, series->region, series->facility};

    return may[scope];
}

/* Why a result cannot keep series NAME for SCOPE (SCOPES: not known), in TEXT; false: it can. */
static bool
cannot_keep(const char *name, int scope, char *text, size_t size)
{
    static const char *const words[SCOPES] = {"the nation", "regions", "facilities"};
    const char *names[sizeof series_table / sizeof *series_table];
    const struct series *series = series_find(name);

    for (size_t i = 0; i < series_count; i++)
        names[i] = series_table[i].name;
    const char *near = series == NULL ? suggest(name, names, series_count) : NULL;
    if (series != NULL && (scope == SCOPES || kept_for(series, scope)))
        return false;
    if (series != NULL)
        snprintf(text, size, "%s is not kept for %s, only for %s", name, words[scope],
                 !series->nation   ? words[AT_FACILITY]
                 : !series->region ? words[AT_NATION]
                                   : "the nation and regions");
    else if (near != NULL)
        snprintf(text, size, "no series is called '%.60s'; did you mean '%s'?", name, near);
    else
        snprintf(text, size, "no series is called '%.60s'; 'doorstroom explain' lists them", name);
    return true;
}

void
series_check(const struct objects *keep, struct faults *faults)
{
    const struct keep_object *rows = keep->item;

    for (size_t i = 0; i < keep->count; i++)
        for (size_t n = 0; rows[i].node != NULL && n < rows[i].series.count; n++) {
            bool known =
                node_find(rows[i].node, "place") != NULL && !node_faulty(rows[i].node, "place");
            char path[64], text[256];
            snprintf(path, sizeof path, "record[%zu].series", i);
            if (cannot_keep(rows[i].series.name[n], known ? rows[i].scope : SCOPES, text,
                            sizeof text))
                faults_add(faults, node_at(node_find(rows[i].node, "series")), path, "%s", text);
        }
}

size_t
series_width(const struct plan *plan, const struct series *series)
{
    const size_t widths[OVERS] = {
        [OVER_NOTHING] = 1,
        [OVER_STATUS] = STATUSES,
        [OVER_NEED] = NEEDS,
        [OVER_LEVEL] = THRESHOLDS,
        [OVER_EXIT] = plan->exits,
        [OVER_DESK] = plan->desks,
        [OVER_PART] = CROWDING_PARTS,
        [OVER_MEASURE] = plan->measures,
        [OVER_DRIFT] = plan->drifts,
        [OVER_FEEDBACK] = plan->feedbacks,
        [OVER_PHASE] = plan->phases,
        [OVER_CLASS] = plan->classes,
        [OVER_PARAMETER] = uncertain_count(plan),
        [OVER_STAGE] = plan->projects.names,
        [OVER_PARTY] = plan->projects.parties,
        [OVER_TIMES] = TIMES,
        [OVER_KIND] = FACILITY_KINDS,
        [OVER_REGIME] = REGIMES,
    };

    return widths[series->over];
}

/* A series of a mechanism that this plan does not use, or that runs over nothing in it (no desk, no
 * measure), is left out. */
static bool
keeps(const struct plan *plan, const struct series *series, int scope)
{
    const struct keep_plan *keep = &plan->keep[scope];

    if (!series_is_timed(series)) /* without it no other value can be told apart */
        return scope == AT_NATION && series_width(plan, series) > 0;
    if (keep->rows == 0 || !kept_for(series, scope) || series_width(plan, series) == 0 ||
        (series->there != NULL && !series->there(plan)))
        return false;
    if (keep->series.count == 0)
        return true;
    for (size_t i = 0; i < keep->series.count; i++)
        if (strcmp(keep->series.name[i], series->name) == 0)
            return true;
    return false;
}

size_t
series_variables(const struct plan *plan, struct variable *variables)
{
    size_t count = 0;

    for (int scope = 0; scope < SCOPES; scope++)
        for (size_t i = 0; i < series_count; i++)
            if (keeps(plan, &series_table[i], scope))
                variables[count++] = (struct variable){&series_table[i], (uint8_t)scope};
    return count;
}

static char *
dated_units(struct arena *arena, int32_t start)
{
    char date[CALENDAR_TEXT], *text = arena_allocate(arena, 64);

    calendar_write(start, date);
    if (text != NULL)
        snprintf(text, 64, "days since %s", date);
    return text;
}

static int
label_dimension(struct layout *layout, enum dimension number, const char *name,
                const char *long_name, size_t size)
{
    struct layout_dimension *dimension = &layout->dimension[number];

    *dimension = (struct layout_dimension){.name = name, .long_name = long_name, .size = size};
    dimension->label = arena_allocate(&layout->arena, (size + 1) * sizeof *dimension->label);
    return dimension->label != NULL ? OK : NO_MEMORY;
}

/* A dimension for each tick that a scope is kept by. */
static int
time_dimensions(struct layout *layout, const struct plan *plan)
{
    for (int tick = 0; tick < KEEP_TICKS; tick++) {
        struct layout_dimension *dimension = &layout->dimension[DIM_DAY + tick];
        *dimension = (struct layout_dimension){.name = ticks_of[tick].name,
                                               .long_name = ticks_of[tick].long_name,
                                               .standard_name = "time",
                                               .bounds = ticks_of[tick].bounds,
                                               .length = ticks_of[tick].length,
                                               .end = plan->result_days};
        for (int scope = 0; scope < SCOPES; scope++) {
            const struct keep_plan *keep = &plan->keep[scope];
            if (keep->rows == 0 || keep->tick != tick || dimension->size > 0)
                continue;
            dimension->size = (size_t)keep->rows;
            dimension->value = keep->first;
            dimension->units = dated_units(&layout->arena, plan->start);
            if (dimension->units == NULL)
                return NO_MEMORY;
        }
    }
    return OK;
}

/* How long each dimension is, and room for its labels. */
static int
size_dimensions(struct layout *layout, const struct plan *plan)
{
    const struct {
        enum dimension dimension;
        const char *name, *long_name;
        size_t size;
    } labelled[] = {
        {DIM_REGION, "region", "region", plan->regions},
        {DIM_FACILITY, "facility", "facility", plan->facilities},
        {DIM_STATUS, "status", "legal status", STATUSES},
        {DIM_NEED, "group", "target group", NEEDS},
        {DIM_LEVEL, "level", "occupancy, percent", THRESHOLDS},
        {DIM_EXIT, "exit", "kind of release", plan->exits},
        {DIM_DESK, "desk", "desk", plan->desks},
        {DIM_PART, "part", "part of crowding", CROWDING_PARTS},
        {DIM_MEASURE, "measure", "measure", plan->measures},
        {DIM_FEEDBACK, "feedback", "feedback of courts and law", plan->feedbacks},
        {DIM_DRIFT, "drift", "drift of intake", plan->drifts},
        {DIM_STAGE, "stage", "stage of a project", plan->projects.names},
        {DIM_PARTY, "party", "party of a stage", plan->projects.parties},
        {DIM_KIND, "kind", "kind of facility", FACILITY_KINDS},
        {DIM_REGIME, "regime", "where people were as they were released", REGIMES},
        {DIM_TIMES, "times", "times come back", TIMES},
        {DIM_PHASE, "phase", "class and phase of the pathway", plan->phases},
        {DIM_CLASS, "class", "class in which a person came", plan->classes},
        {DIM_PARAMETER, "field", "path of a field that is drawn", uncertain_count(plan)},
    };

    layout->dimension[DIM_BOUNDS] = (struct layout_dimension){.name = "bnds", .size = 2};
    for (size_t i = 0; i < sizeof labelled / sizeof *labelled; i++)
        if (label_dimension(layout, labelled[i].dimension, labelled[i].name, labelled[i].long_name,
                            labelled[i].size) != OK)
            return NO_MEMORY;
    return time_dimensions(layout, plan);
}

/* The labels that are the same for every plan. */
static void
fill_words(struct layout_dimension *dimension)
{
    static const char *const parts[] = {"shortage", "wrong_type", "delay", "wrong_place"};
    static const char *const times[TIMES] = {"0", "1", "2", "3", "4", "5_or_more"};
    static const char *const regimes[REGIMES] = {"prison", "house", "home"};
    static const char *const levels[] = {"100", "110", "120", "137.5", "150"};
    const struct {
        int dimension, count;
        const char *const *word;
    } fixed[] = {
        {DIM_STATUS, STATUSES, status_words},
        {DIM_NEED, NEEDS, need_words},
        {DIM_KIND, FACILITY_KINDS, kind_words},
        {DIM_REGIME, REGIMES, regimes},
        {DIM_TIMES, TIMES, times},
        {DIM_LEVEL, THRESHOLDS, levels},
        {DIM_PART, CROWDING_PARTS, parts},
    };

    for (size_t f = 0; f < sizeof fixed / sizeof *fixed; f++)
        for (int i = 0; i < fixed[f].count; i++)
            dimension[fixed[f].dimension].label[i] = fixed[f].word[i];
}

static int
fill_dimensions(struct layout *layout, const struct plan *plan)
{
    struct layout_dimension *d = layout->dimension;

    if (size_dimensions(layout, plan) != OK)
        return NO_MEMORY;
    fill_words(d);
    for (uint32_t i = 0; i < plan->regions; i++)
        d[DIM_REGION].label[i] = plan->region[i].name;
    for (uint32_t i = 0; i < plan->facilities; i++)
        d[DIM_FACILITY].label[i] = plan->facility[i].name;
    for (uint32_t i = 0; i < plan->exits; i++)
        d[DIM_EXIT].label[i] = plan->exit_name[i];
    for (uint32_t i = 0; i < plan->desks; i++)
        d[DIM_DESK].label[i] = plan->desk[i].name;
    for (uint32_t i = 0; i < plan->measures; i++)
        d[DIM_MEASURE].label[i] = plan->measure[i].name;
    for (uint32_t i = 0; i < plan->feedbacks; i++)
        d[DIM_FEEDBACK].label[i] = plan->feedback[i].name;
    for (uint32_t i = 0; i < plan->drifts; i++)
        d[DIM_DRIFT].label[i] = plan->drift[i].name;
    for (uint32_t i = 0; i < plan->projects.names; i++)
        d[DIM_STAGE].label[i] = plan->projects.name[i];
    for (uint32_t i = 0; i < plan->projects.parties; i++)
        d[DIM_PARTY].label[i] = plan->projects.party[i];
    for (uint16_t i = 0; i < plan->phases; i++)
        d[DIM_PHASE].label[i] = plan->phase[i].name;
    for (uint16_t i = 0; i < plan->classes; i++)
        d[DIM_CLASS].label[i] = plan->class[i].name;
    for (size_t i = 0; i < uncertain_count(plan); i++)
        d[DIM_PARAMETER].label[i] = uncertain_draw(plan, i)->name;
    return OK;
}

static char *
joined(struct arena *arena, const char *before, const char *text)
{
    size_t size = strlen(before) + strlen(text) + 1;
    char *both = arena_allocate(arena, size);

    if (both != NULL)
        snprintf(both, size, "%s%s", before, text);
    return both;
}

/* How a value came about, in CF's words (NULL: beside time); whether it is a whole number. */
static const struct {
    const char *method;
    enum layout_type type;
} kinds[] = {
    [OF_LEVEL] = {"mean", LAYOUT_FLOAT},       [OF_THOUSANDTHS] = {"mean", LAYOUT_FLOAT},
    [OF_RATIO] = {"mean", LAYOUT_FLOAT},       [OF_ABOVE] = {"mean", LAYOUT_FLOAT},
    [OF_FLOW] = {"sum", LAYOUT_COUNT},         [OF_DURATION] = {"sum", LAYOUT_FLOAT},
    [OF_CROWDING] = {"point", LAYOUT_COUNT},   [OF_MEASURE] = {"mean", LAYOUT_FLOAT},
    [OF_DRIFT] = {"mean", LAYOUT_FLOAT},       [OF_FEEDBACK] = {"mean", LAYOUT_FLOAT},
    [OF_COST] = {"sum", LAYOUT_COUNT},         [OF_MEASURE_COST] = {"sum", LAYOUT_COUNT},
    [OF_EVALUATION] = {"mean", LAYOUT_FLOAT},  [OF_PROJECT] = {"mean", LAYOUT_FLOAT},
    [OF_PROJECT_FLOW] = {"sum", LAYOUT_COUNT}, [OF_PEAK] = {"maximum", LAYOUT_COUNT},
    [OF_NOON] = {"point", LAYOUT_COUNT},       [OF_TOTAL] = {"point", LAYOUT_COUNT},
    [OF_PARAMETER] = {NULL, LAYOUT_REAL},
};

/* UDUNITS' unit for a word; all others are counts. Not 'days', which xarray makes a span of time
 * of, with nanoseconds in 64 bits. */
static const struct {
    const char *word, *unit;
} units[] = {
    {"days", "d"}, {"percent", "percent"}, {"persons per 100 places", "percent"}, {"1", "1"}};

static const char *
unit_of(const char *word)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].word, word) == 0)
            return units[i].unit;
    return "1";
}

bool
series_is_timed(const struct series *series)
{
    return kinds[series->of].method != NULL;
}

bool
series_is_whole(const struct series *series)
{
    return kinds[series->of].type == LAYOUT_COUNT;
}

/* Definitions for one facility, where it is not what is summed up. */
static const struct {
    const char *series, *definition;
} of_facility[] = {
    {"population", "mean number inside, by legal status; of forensic centres too"},
    {"capacity",
     "places while it is open, by the scenario's capacity word; of forensic centres too"},
    {"beds", "beds while it is open; of forensic centres too"},
    {"above_capacity", "mean of max(0, population - capacity); of forensic centres too"},
    {"floor_sleepers", "mean of max(0, population - beds); of forensic centres too"},
    {"occupancy", "people inside over its places, times 100"},
    {"facilities_above", "share of time in which its occupancy is above the level"},
    {"at_the_door", "waiting for it, as long as it is full"},
    {"match", "share of its residents who have no need or whose need it is specialised in"},
    {"vacating", "its places that stay empty between one resident and the next"},
    {"entries", "people placed in it from outside, first time"},
    {"returns", "placed in it again after home, leave or waiting"},
    {"refused", "came to it while it was full and refuses"},
    {"releases",
     "people who left from it, by kind; those at home or outside left from no facility"},
};

/* What a facility is, for every variable over facilities; and where it is, if that is known of any.
 */
#define FACILITY_COORDINATES "facility_region facility_kind facility_use facility_counted"
#define FACILITY_ON_A_MAP    FACILITY_COORDINATES " facility_latitude facility_longitude"

static bool
any_on_a_map(const struct plan *plan)
{
    for (uint32_t f = 0; f < plan->facilities; f++)
        if (!isnan(plan->facility[f].latitude))
            return true;
    return false;
}

/* The definition for SCOPE: that of one facility says so. */
static const char *
definition_at(struct arena *arena, const struct series *series, int scope)
{
    if (scope == AT_NATION || !series->nation)
        return series->definition;
    if (scope == AT_REGION)
        return joined(arena, "in each region: ", series->definition);
    for (size_t i = 0; i < sizeof of_facility / sizeof *of_facility; i++)
        if (strcmp(of_facility[i].series, series->name) == 0)
            return joined(arena, "in each facility: ", of_facility[i].definition);
    return joined(arena, "in each facility: ", series->definition);
}

/* What is said of a variable, in the order of the file. */
static int
describe_texts(struct layout_variable *out, struct arena *arena, const struct plan *plan,
               const struct variable *kept)
{
    const struct series *series = kept->series;
    const char *unit = unit_of(series->units);
    const char *definition = definition_at(arena, series, kept->scope);
    const char *tick = ticks_of[plan->keep[kept->scope].tick].name;
    const char *beside_facility = any_on_a_map(plan) ? FACILITY_ON_A_MAP : FACILITY_COORDINATES;
    char method[64];

    bool timed = series_is_timed(series);

    snprintf(method, sizeof method, "%s: %s", tick, timed ? kinds[series->of].method : "");
    const char *methods = joined(arena, "", method);
    const struct layout_attribute texts[] = {
        {"long_name", label_of(series->name, LABEL_EN)},
        {"units", unit},
        {"counted", strcmp(series->units, unit) != 0 ? series->units : NULL},
        {"cell_methods", timed ? methods : NULL},
        {"coordinates", kept->scope == AT_FACILITY ? beside_facility
                        : timed                    ? NULL
                                                   : "field_unit"},
        {"definition", definition},
        {"label_nl", label_of(series->name, LABEL_NL)},
        {"label_fr", label_of(series->name, LABEL_FR)},
    };
    struct layout_attribute *attribute = arena_allocate(arena, sizeof texts);

    if (definition == NULL || methods == NULL || attribute == NULL)
        return NO_MEMORY;
    memcpy(attribute, texts, sizeof texts);
    out->attribute = attribute;
    out->attributes = sizeof texts / sizeof *texts;
    return OK;
}

static int
describe_variable(struct layout_variable *out, struct arena *arena, const struct plan *plan,
                  const struct variable *kept)
{
    const struct series *series = kept->series;
    int over = over_dimension[series->over], tick = plan->keep[kept->scope].tick;

    *out = (struct layout_variable){
        .name = joined(arena, scopes[kept->scope].prefix, series->name),
        .type = kinds[series->of].type,
    };
    if (series_is_timed(series))
        out->dimension[out->dimensions++] = DIM_DAY + tick;
    if (scopes[kept->scope].dimension >= 0)
        out->dimension[out->dimensions++] = scopes[kept->scope].dimension;
    if (over >= 0)
        out->dimension[out->dimensions++] = over;
    return out->name != NULL ? describe_texts(out, arena, plan, kept) : NO_MEMORY;
}

static const char *
region_of(const struct plan *plan, uint32_t facility)
{
    return plan->region[plan->facility[facility].region].name;
}

static const char *
kind_of(const struct plan *plan, uint32_t facility)
{
    return kind_words[plan->facility[facility].kind];
}

static const char *
use_of(const struct plan *plan, uint32_t facility)
{
    return use_words[plan->facility[facility].use];
}

static const char *
counted_of(const struct plan *plan, uint32_t facility)
{
    return plan->facility[facility].counted ? "yes" : "no";
}

/* What stands beside each facility, in the order of FACILITY_COORDINATES. */
static const struct {
    const char *name, *long_name;
    const char *(*label)(const struct plan *plan, uint32_t facility);
} beside[] = {
    {"facility_region", "region of the facility", region_of},
    {"facility_kind", "kind of the facility", kind_of},
    {"facility_use", "what the facility is used for", use_of},
    {"facility_counted", "whether its people are part of the prison population", counted_of},
};
#define BESIDE (sizeof beside / sizeof *beside)

/* SIZE labels beside the entries of DIMENSION; NULL: no memory. */
static const char **
add_auxiliary(struct layout *layout, const char *name, const char *long_name, int dimension,
              size_t size)
{
    const char **label = arena_allocate(&layout->arena, (size + 1) * sizeof *label);

    layout->auxiliary[layout->auxiliaries++] = (struct layout_auxiliary){
        .name = name, .long_name = long_name, .dimension = dimension, .label = label};
    return label;
}

/* A coordinate of each facility on a map: MEMBER is where it stands in the facility's plan. */
static int
add_on_a_map(struct layout *layout, const struct plan *plan, struct layout_auxiliary described,
             size_t member)
{
    double *number = arena_allocate(&layout->arena, (plan->facilities + 1) * sizeof *number);

    if (number == NULL)
        return NO_MEMORY;
    for (uint32_t f = 0; f < plan->facilities; f++)
        memcpy(&number[f], (const char *)&plan->facility[f] + member, sizeof *number);
    described.dimension = DIM_FACILITY;
    described.number = number;
    layout->auxiliary[layout->auxiliaries++] = described;
    return OK;
}

static int
fill_on_a_map(struct layout *layout, const struct plan *plan)
{
    static const struct layout_auxiliary north = {.name = "facility_latitude",
                                                  .long_name = "latitude of the facility",
                                                  .standard_name = "latitude",
                                                  .units = "degrees_north"};
    static const struct layout_auxiliary east = {.name = "facility_longitude",
                                                 .long_name = "longitude of the facility",
                                                 .standard_name = "longitude",
                                                 .units = "degrees_east"};

    if (!any_on_a_map(plan))
        return OK;
    if (add_on_a_map(layout, plan, north, offsetof(struct facility_plan, latitude)) != OK)
        return NO_MEMORY;
    return add_on_a_map(layout, plan, east, offsetof(struct facility_plan, longitude));
}

static int
fill_auxiliaries(struct layout *layout, const struct plan *plan)
{
    size_t drawn = uncertain_count(plan);

    layout->auxiliary = arena_allocate(&layout->arena, (BESIDE + 3) * sizeof *layout->auxiliary);
    for (size_t i = 0; layout->auxiliary != NULL && i < BESIDE; i++) {
        const char **label = add_auxiliary(layout, beside[i].name, beside[i].long_name,
                                           DIM_FACILITY, plan->facilities);
        if (label == NULL)
            return NO_MEMORY;
        for (uint32_t f = 0; f < plan->facilities; f++)
            label[f] = beside[i].label(plan, f);
    }
    if (layout->auxiliary != NULL && fill_on_a_map(layout, plan) != OK)
        return NO_MEMORY;
    if (layout->auxiliary != NULL && drawn > 0) {
        const char **unit =
            add_auxiliary(layout, "field_unit", "unit of what is drawn", DIM_PARAMETER, drawn);
        if (unit == NULL)
            return NO_MEMORY;
        for (size_t i = 0; i < drawn; i++)
            unit[i] = uncertain_unit(plan, i);
    }
    return layout->auxiliary != NULL ? OK : NO_MEMORY;
}

static int
fill_variables(struct layout *layout, const struct plan *plan)
{
    struct variable *kept = calloc(3 * series_count, sizeof *kept);
    size_t count = kept != NULL ? series_variables(plan, kept) : 0;
    int status = kept != NULL ? OK : NO_MEMORY;

    layout->variable = arena_allocate(&layout->arena, (count + 1) * sizeof *layout->variable);
    if (layout->variable == NULL)
        status = NO_MEMORY;
    for (size_t i = 0; i < count && status == OK; i++)
        status = describe_variable(&layout->variable[layout->variables++], &layout->arena, plan,
                                   &kept[i]);
    free(kept);
    return status;
}

int
series_layout(struct layout *layout, const struct plan *plan, struct error *err)
{
    *layout = (struct layout){0};
    layout->dimension = arena_allocate(&layout->arena, DIMENSIONS * sizeof *layout->dimension);
    layout->dimensions = layout->dimension != NULL ? DIMENSIONS : 0;
    if (layout->dimension != NULL && fill_dimensions(layout, plan) == OK &&
        fill_auxiliaries(layout, plan) == OK && fill_variables(layout, plan) == OK)
        return OK;
    series_layout_free(layout);
    return error_set(err, NO_MEMORY, "no memory for the layout of the result");
}

void
series_layout_free(struct layout *layout)
{
    arena_free(&layout->arena);
    *layout = (struct layout){0};
}
