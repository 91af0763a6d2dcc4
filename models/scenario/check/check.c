#include "check.h"

#include "check_arrivals.h"
#include "check_copies.h"
#include "check_cost.h"
#include "check_evaluation.h"
#include "check_facilities.h"
#include "check_measures.h"
#include "check_pathways.h"
#include "check_projects.h"
#include "check_readers.h"
#include "check_staff.h"
#include "warn.h"
#include "warn_gaps.h"
#include "warn_idle.h"

#include "models/scenario/formula.h"

#include "sim/engine/calendar.h"
#include "sim/engine/distribution.h"
#include "sim/engine/ticks.h"

#include <stdio.h>
#include <string.h>

#define PATH 256

#define NAMES_OF(scenario, member, object, what)                                                   \
    known_collect(scenario, &(scenario)->member, sizeof(struct object),                            \
                  offsetof(struct object, name), what, #member)

/* The earliest legal date: who serves up to it must know it; for anybody else there is none. */
static void
check_earliest(struct scenario *scenario)
{
    for (size_t pathway = 0; pathway < scenario->pathways.count; pathway++) {
        const struct phase_object *rows = scenario->pathways.list[pathway].item;
        for (size_t i = 0; i < scenario->pathways.list[pathway].count; i++)
            if (rows[i].node != NULL && rows[i].serve == SERVE_EARLIEST &&
                node_find(scenario->node, "earliest_share") == NULL) {
                faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "serve")),
                           "earliest_share",
                           "is missing: share of the sentence after which release is possible, "
                           "which this phase serves");
                return;
            }
    }
    if (scenario->first_share_served == NO_NUMBER)
        scenario->first_share_served = 0;
    if (scenario->repeat_share_served == NO_NUMBER)
        scenario->repeat_share_served = scenario->first_share_served;
}

/* What a run cannot be without. */
static void
check_empty(struct scenario *scenario)
{
    const struct {
        const char *field, *what;
        size_t count;
    } lists[] = {
        {"facilities", "no facility: give one at least", scenario->facilities.count},
        {"pathways", "no class: give one with its phases", scenario->pathways.count},
        {"intake", "nobody arrives, and there is no stock: give one of them",
         scenario->intake.count + scenario->stock.count},
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct node *list = node_find(scenario->node, lists[i].field);
        if (list != NULL && !list->faulty && lists[i].count == 0)
            faults_add(scenario_faults(scenario), node_at(list), lists[i].field, "%s",
                       lists[i].what);
    }
}

/* Laws come one after the other, after the beginning of the run. */
static void
check_laws(struct scenario *scenario)
{
    const struct law_object *rows = scenario->law.item;
    int32_t first = scenario->start - (int32_t)scenario->warm_up;
    int32_t before = NO_DATE;

    for (size_t i = 0; i < scenario->law.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL || rows[i].from == NO_DATE)
            continue;
        snprintf(path, sizeof path, "law[%zu]", i);
        if (rows[i].from <= first && !node_faulty(rows[i].node, "from"))
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "from")), path,
                       "it is in force from the beginning of the run on; write what it sets where "
                       "it stands");
        else if (before != NO_DATE && rows[i].from <= before)
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "from")), path,
                       "laws stand in the order of their dates, each on a day of its own");
        before = rows[i].from;
    }
    if (scenario->law.count > MOST_LAWS)
        faults_add(scenario_faults(scenario), node_at(node_find(scenario->node, "law")), "law",
                   "%zu laws, and %d are the most: write those that are in force from the start on "
                   "where they stand",
                   scenario->law.count, MOST_LAWS);
}

/* Nobody serves more than the sentence: a distribution may come to more now and then, which counts
 * as all of it, but not as a rule. */
static void
check_served(struct scenario *scenario, const struct class_object *row, const char *path)
{
    const struct node *at = node_where(row->node, "served");
    double mean = row->served != NULL ? distribution_mean(row->served) : 0;
    double beyond = row->served != NULL ? distribution_survival(row->served, 1) : 0;

    if (mean > 1)
        faults_add(scenario_faults(scenario), node_at(at), path,
                   "served is a share of the sentence, and its mean is %.4g %%; expected from 0 to "
                   "100 %%",
                   100 * mean);
    else if (beyond > 0.01)
        faults_warn(scenario_faults(scenario), node_at(at), path,
                    "%.3g %% of what is drawn for served is above 100 %%, and counts as all of the "
                    "sentence",
                    100 * beyond);
}

static void
check_classes(struct scenario *scenario, const struct known *classes)
{
    const struct class_object *rows = scenario->classes.item;

    for (size_t i = 0; i < scenario->classes.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "classes[%zu]", i);
        known_require(scenario, node_where(rows[i].node, "name"), path, rows[i].name, classes);
        check_served(scenario, &rows[i], path);
    }
}

static double
share_named(const struct shares *shares, const char *name)
{
    for (size_t i = 0; i < shares->count; i++)
        if (strcmp(shares->name[i], name) == 0)
            return shares->share[i];
    return 0;
}

/* Young adults are under 25, elderly people over 60: no more of them than of their age. */
static void
check_people(struct scenario *scenario)
{
    static const struct {
        const char *need, *age;
    } pairs[] = {{"young_adult", "under_25"}, {"elderly", "60_over"}};
    const struct people_object *people = &scenario->people;

    for (size_t i = 0; people->ages.count > 0 && i < sizeof pairs / sizeof *pairs; i++) {
        double need = share_named(&people->needs, pairs[i].need);
        double age = share_named(&people->ages, pairs[i].age);
        if (need > age + 1e-9)
            faults_add(scenario_faults(scenario), node_at(node_where(people->node, "needs")),
                       "people.needs", "%s is %g %%, more than ages.%s (%g %%)", pairs[i].need,
                       100 * need, pairs[i].age, 100 * age);
    }
}

void
check_record(const struct objects *keep, struct faults *faults)
{
    const struct keep_object *rows = keep->item;
    size_t first[SCOPES] = {0}; /* a row's number and 1 */

    for (size_t i = 0; i < keep->count; i++) {
        if (rows[i].node == NULL || node_faulty(rows[i].node, "place") ||
            node_find(rows[i].node, "place") == NULL)
            continue;
        if (first[rows[i].scope] > 0)
            faults_add(faults, node_at(rows[i].node), "record",
                       "the place is that of record[%zu]; a place is kept once",
                       first[rows[i].scope] - 1);
        else
            first[rows[i].scope] = i + 1;
    }
}

/* How many days the run has, and that each of them has a date. */
static void
check_dates(struct scenario *scenario)
{
    const struct span *horizon = &scenario->horizon_span, *warm_up = &scenario->warm_up_span;

    if (scenario->start == NO_DATE)
        return;
    int32_t end = calendar_add_months(scenario->start, horizon->months) + horizon->days;
    int32_t first = calendar_add_months(scenario->start, -warm_up->months) - warm_up->days;
    if (end > CALENDAR_LAST)
        faults_add(scenario_faults(scenario), node_at(node_where(scenario->node, "horizon")),
                   "horizon", "the run goes beyond 9999-12-31, the last date there is");
    if (first < CALENDAR_FIRST)
        faults_add(scenario_faults(scenario), node_at(node_where(scenario->node, "warm_up")),
                   "warm_up", "the run begins before 0001-01-01, the first date there is");
    scenario->horizon = end - scenario->start;
    scenario->warm_up = scenario->start - first;
}

/* The model has room for so many; false: there is more than can be looked at. */
static bool
check_limits(struct scenario *scenario)
{
    size_t phases = 0;

    for (size_t i = 0; i < scenario->pathways.count; i++)
        phases += scenario->pathways.list[i].count;
    const struct {
        const char *field, *what;
        size_t count, most;
    } limits[] = {
        {"regions", "regions", scenario->regions.count, MOST_REGIONS},
        {"desks", "desks", scenario->desks.count, MOST_DESKS},
        {"exits", "exits", scenario->exits.count, MOST_EXITS},
        {"pathways", "phases", phases, MOST_PHASES},
        {"measures", "measures", scenario->measures.count, MOST_MEASURES},
        {"drift", "drifts", scenario->drift.count, MOST_DRIFTS},
        {"facilities", "facilities", scenario->facilities.count, MOST_FACILITIES},
        {"pathways", "classes", phases > MOST_PHASES ? 0 : scenario->pathways.count, MOST_PHASES},
    };
    bool too_many = false;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        too_many |= limits[i].count > limits[i].most;
        if (limits[i].count > limits[i].most)
            faults_add(scenario_faults(scenario),
                       node_at(node_where(scenario->node, limits[i].field)), limits[i].field,
                       "%zu %s are too many: at most %zu", limits[i].count, limits[i].what,
                       limits[i].most);
    }
    if (!node_faulty(scenario->node, "round") && scenario->round > 0 && scenario->round <= 1 &&
        TICKS_PER_DAY % ticks_from_days(scenario->round) != 0)
        faults_add(scenario_faults(scenario), node_at(node_where(scenario->node, "round")), "round",
                   "expected a day halved any number of times: 24 h, 12 h, 6 h, 3 h, 1.5 h");
    return !too_many;
}

/* Whether a key of the map under FIELD is no good name. */
static bool
key_faulty(const struct scenario *scenario, const char *field)
{
    const struct node *map = node_find(scenario->node, field);
    bool found = false;

    for (size_t i = 0; map != NULL && map->kind == NODE_MAP && i < map->count; i++)
        found |= map->key[i]->faulty;
    return found;
}

/* People are moved from what is fuller to what is less full. */
static void
check_balance(struct scenario *scenario)
{
    const struct balance_object *balance = &scenario->balance;

    if (balance->node != NULL && !node_faulty(balance->node, "from") &&
        !node_faulty(balance->node, "to") && balance->to > balance->from)
        faults_add(scenario_faults(scenario), node_at(node_where(balance->node, "to")), "balance",
                   "people would be moved to what is fuller: from is %g %% and to is %g %%; to is "
                   "at most from",
                   100 * balance->from, 100 * balance->to);
}

void
check_scenario(struct scenario *scenario)
{
    struct known regions =
        known_names(scenario, "region", scenario->regions.name, scenario->regions.count,
                    node_faulty(scenario->node, "regions"));
    struct known classes = known_names(scenario, "class of pathways", scenario->pathways.name,
                                       scenario->pathways.count, key_faulty(scenario, "pathways"));
    struct known facilities = NAMES_OF(scenario, facilities, facility_object, "facility");
    struct known desks = NAMES_OF(scenario, desks, desk_object, "desk");

    NAMES_OF(scenario, measures, measure_object, "measure");
    NAMES_OF(scenario, drift, drift_object, "drift");
    NAMES_OF(scenario, law, law_object, "law");
    NAMES_OF(scenario, feedback, feedback_object, "feedback");
    NAMES_OF(scenario, come_back, come_back_object, "come_back");
    NAMES_OF(scenario, classes, class_object, "class");
    check_empty(scenario);
    check_dates(scenario);
    check_copies(scenario);
    check_facilities(scenario, &regions);
    check_history(scenario, &facilities);
    check_intake(scenario, &regions, &classes, &facilities);
    check_drift(scenario, &classes);
    check_come_back(scenario, &classes);
    check_feedback(scenario, &classes);
    check_projects(scenario);
    check_classes(scenario, &classes);
    check_laws(scenario);
    if (check_limits(scenario)) {
        check_pathways(scenario, &desks, &facilities);
        check_stock(scenario, &regions, &classes, &facilities);
    }
    check_selection(scenario, &facilities);
    check_balance(scenario);
    check_earliest(scenario);
    check_staff(scenario, &regions);
    check_measures(scenario, &regions, &classes, &facilities);
    check_evaluation(scenario);
    check_people(scenario);
    check_record(&scenario->keep, scenario_faults(scenario));
    check_texts(scenario);
    check_counted(scenario, &regions, &facilities);
    if (scenario_faults(scenario)->errors > 0)
        return; /* what nothing reads may be read once the faults are mended */
    warn_scenario(scenario, &facilities);
    warn_idle(scenario, &facilities);
    warn_projects(scenario);
    warn_staff(scenario);
    warn_evaluation(scenario);
    warn_cost(scenario, &facilities);
    warn_gaps(scenario);
    check_entry(scenario, &regions);
}
