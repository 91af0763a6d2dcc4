#include "check.h"

#include "check_pathways.h"
#include "known.h"
#include "warn.h"

#include "models/scenario/read_value.h"

#include "sim/engine/calendar.h"
#include "sim/engine/ticks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH 256

#define NAMES_OF(scenario, member, record, what)                                                   \
    known_collect(scenario, &(scenario)->member, sizeof(struct record),                            \
                  offsetof(struct record, name), what, #member)

static struct steps *
history_steps(struct facility_record *facility, int field)
{
    struct steps *steps[] = {&facility->capacity[MAIN_CAPACITY], &facility->beds, &facility->entry,
                             &facility->ceiling};

    return steps[field];
}

static bool
steps_grow(struct scenario *scenario, struct steps *steps)
{
    size_t room = 2 * (steps->count + 1);
    int32_t *day = tree_allocate(&scenario->tree, room * sizeof *day);
    double *value = tree_allocate(&scenario->tree, room * sizeof *value);

    if (day == NULL || value == NULL)
        return false;
    for (size_t i = 0; i < steps->count; i++) {
        day[i] = steps->day[i];
        value[i] = steps->value[i];
    }
    steps->room = room;
    steps->day = day;
    steps->value = value;
    return true;
}

/* Add a row of the history to its facility's figure; the value of facilities holds before it. */
static void
apply_history(struct scenario *scenario, const struct step_record *row,
              struct facility_record *facility, const char *path)
{
    struct steps *steps = history_steps(facility, row->field);
    size_t count = steps->count;
    char value_path[PATH];
    double value;

    snprintf(value_path, sizeof value_path, "%.200s.value", path);
    const struct reading reading = {&scenario->tree, field_of_step(row->field), value_path};
    if (!read_step(&reading, row->value, &value))
        return;
    if (count > 0 && steps->day[count - 1] != NO_DATE && row->from <= steps->day[count - 1]) {
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, "from")), path,
                   "dates of one facility and field must rise");
        return;
    }
    if (count >= steps->room && !steps_grow(scenario, steps)) {
        faults_add(scenario_faults(scenario), node_at(row->node), path, "no memory for it");
        return;
    }
    steps->nothing_before |= count == 0;
    steps->day[count] = row->from;
    steps->value[count] = value;
    steps->count++;
}

static void
check_history(struct scenario *scenario, const struct known *facilities)
{
    struct step_record *rows = scenario->history.item;
    struct facility_record *facility = scenario->facilities.item;

    for (size_t i = 0; i < scenario->history.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "facility_history[%zu]", i);
        known_require(scenario, node_where(rows[i].node, "facility"), path, rows[i].facility,
                      facilities);
        size_t at = known_index(facilities, rows[i].facility);
        if (at != SIZE_MAX && rows[i].from != NO_DATE && rows[i].value != NULL &&
            !node_faulty(rows[i].node, "field") && facility[at].node != NULL)
            apply_history(scenario, &rows[i], &facility[at], path);
    }
}

/* Whether the courts' people may come to ROW: by its weight, or as to a prison that allocation does
 * not fill. */
static bool
fed_by_courts(const struct facility_record *row)
{
    return row->node != NULL && row->kind == PRISON &&
           (row->use == USE_MIXED || row->use == USE_ARREST);
}

/* Courts send by weight as soon as one prison of the region has one: whoever has none gets nobody.
 * Said only of a scenario without errors, which may be those of a kind or a region. */
static void
check_entry(struct scenario *scenario, const struct known *regions)
{
    const struct facility_record *rows = scenario->facilities.item;
    const char **weighted = tree_allocate(&scenario->tree, regions->count * sizeof *weighted);

    if (weighted == NULL || scenario_faults(scenario)->errors > 0)
        return;
    for (size_t i = 0; i < scenario->facilities.count; i++)
        if (fed_by_courts(&rows[i]) && rows[i].entry.count > 0)
            weighted[known_index(regions, rows[i].region)] = rows[i].name;
    for (size_t i = 0; i < scenario->facilities.count; i++) {
        char path[PATH];
        const char *other = weighted[known_index(regions, rows[i].region)];
        if (!fed_by_courts(&rows[i]) || rows[i].entry.count > 0 || other == NULL)
            continue;
        snprintf(path, sizeof path, "facilities[%zu]", i);
        faults_warn(scenario_faults(scenario), node_at(rows[i].node), path,
                    "%s has no entry and %s of its region has one: the courts send nobody to %s; "
                    "give it an entry (0 where that is meant)",
                    rows[i].name, other, rows[i].name);
    }
}

static void
check_closing(struct scenario *scenario, const struct facility_record *row, const char *path)
{
    if (row->closing_notice <= 0)
        return;
    if (row->closes == NO_DATE)
        faults_warn(scenario_faults(scenario), node_at(node_where(row->node, "closing_notice")),
                    path, "nothing reads closing_notice: the facility does not close");
    else if (scenario->balance.node == NULL)
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, "closing_notice")),
                   path,
                   "closing_notice moves people by van; say under balance how many vans and seats "
                   "there are");
}

static void
check_facilities(struct scenario *scenario, const struct known *regions)
{
    const struct facility_record *rows = scenario->facilities.item;

    for (size_t i = 0; i < scenario->facilities.count; i++) {
        const struct facility_record *row = &rows[i];
        char path[PATH];
        if (row->node == NULL)
            continue;
        bool house = row->kind == DETENTION_HOUSE || row->kind == TRANSITION_HOUSE;
        double places = steps_at(&row->capacity[MAIN_CAPACITY], INT32_MAX, 0);
        snprintf(path, sizeof path, "facilities[%zu]", i);
        known_require(scenario, node_where(row->node, "region"), path, row->region, regions);
        if (row->opens != NO_DATE && row->closes != NO_DATE && row->closes <= row->opens)
            faults_add(scenario_faults(scenario), node_at(node_where(row->node, "closes")), path,
                       "closes must come after opens");
        if (row->least_sentence > row->most_sentence)
            faults_add(scenario_faults(scenario), node_at(node_where(row->node, "least_sentence")),
                       path, "least_sentence is above most_sentence");
        if (house && scenario->enforce_cap && scenario->small_scale_cap > 0 &&
            places > (double)scenario->small_scale_cap)
            faults_add(scenario_faults(scenario), node_at(node_where(row->node, "capacity")), path,
                       "%s has %g places: more than small_scale_cap (%lld)", row->name, places,
                       (long long)scenario->small_scale_cap);
        check_closing(scenario, row, path);
        if (row->entry.count > 0 && row->kind != PRISON)
            faults_warn(scenario_faults(scenario), node_at(node_where(row->node, "entry")), path,
                        "nothing reads entry: courts send people to prisons only");
    }
}

/* What tells one row of a list from the others. */
struct tuple {
    const char *part[6];
    const struct node *node;
    size_t row;
};

static int
by_parts(const void *left, const void *right)
{
    const struct tuple *a = left, *b = right;

    for (size_t i = 0; i < sizeof a->part / sizeof *a->part; i++) {
        int order = strcmp(a->part[i] ? a->part[i] : "", b->part[i] ? b->part[i] : "");
        if (order != 0)
            return order;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Rows that say the same twice: PARTS are those of another row of LIST; add up what they give. */
static void
check_again(struct scenario *scenario, struct tuple *tuple, size_t count, const char *list,
            const char *parts, const char *what)
{
    size_t first = 0;

    if (count > 1)
        qsort(tuple, count, sizeof *tuple, by_parts);
    for (size_t i = 1; i < count; i++) {
        struct tuple same = tuple[i];
        char path[PATH];
        same.row = tuple[first].row;
        if (by_parts(&same, &tuple[first]) != 0) {
            first = i;
            continue;
        }
        snprintf(path, sizeof path, "%s[%zu]", list, tuple[i].row);
        faults_add(scenario_faults(scenario), node_at(tuple[i].node), path,
                   "%s are those of %s[%zu]; add their %s", parts, list, tuple[first].row, what);
    }
}

static void
check_intake(struct scenario *scenario, const struct known *regions, const struct known *classes,
             const struct known *facilities)
{
    const struct intake_record *rows = scenario->intake.item;
    struct tuple *tuple = tree_allocate(&scenario->tree, scenario->intake.count * sizeof *tuple);
    size_t tuples = 0;

    for (size_t i = 0; i < scenario->intake.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "intake[%zu]", i);
        known_require(scenario, node_where(rows[i].node, "class"), path, rows[i].class, classes);
        known_require(scenario, node_where(rows[i].node, "region"), path, rows[i].region, regions);
        known_require(scenario, node_where(rows[i].node, "facility"), path, rows[i].facility,
                      facilities);
        if (tuple != NULL && rows[i].class != NULL && rows[i].region != NULL)
            tuple[tuples++] =
                (struct tuple){{rows[i].class, rows[i].region, rows[i].facility}, rows[i].node, i};
    }
    check_again(scenario, tuple, tuples, "intake", "class, region and facility", "rates");
}

/* Somebody of the stock must be in some phase: one inside with the status (and of the class). */
static bool
has_phase(const struct scenario *scenario, const struct stock_record *row)
{
    for (size_t class = 0; class < scenario->pathways.count; class ++) {
        const struct phase_record *phase = scenario->pathways.list[class].item;
        if (row->class != NULL && strcmp(row->class, scenario->pathways.name[class]) != 0)
            continue;
        for (size_t i = 0; i < scenario->pathways.list[class].count; i++)
            if (phase[i].status == row->status && phase[i].place == INSIDE)
                return true;
    }
    return false;
}

static void
check_stock(struct scenario *scenario, const struct known *regions, const struct known *classes,
            const struct known *facilities)
{
    const struct stock_record *rows = scenario->stock.item;
    struct tuple *tuple = tree_allocate(&scenario->tree, scenario->stock.count * sizeof *tuple);
    size_t tuples = 0;

    for (size_t i = 0; i < scenario->stock.count; i++) {
        char path[PATH];
        size_t class;
        struct target phase;
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "stock[%zu]", i);
        if (tuple != NULL && !rows[i].node->faulty)
            tuple[tuples++] =
                (struct tuple){{status_words[rows[i].status], rows[i].class, rows[i].phase,
                                rows[i].region, rows[i].facility, rows[i].fresh ? "fresh" : ""},
                               rows[i].node,
                               i};
        known_require(scenario, node_where(rows[i].node, "region"), path, rows[i].region, regions);
        known_require(scenario, node_where(rows[i].node, "class"), path, rows[i].class, classes);
        known_require(scenario, node_where(rows[i].node, "facility"), path, rows[i].facility,
                      facilities);
        if (rows[i].phase != NULL && rows[i].class == NULL)
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "phase")), path,
                       "a phase needs its class beside it");
        else if (rows[i].phase != NULL && scenario_class(scenario, rows[i].class, &class) != NULL &&
                 (!scenario_target(scenario, class, rows[i].phase, &phase) || phase.exit))
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "phase")), path,
                       "class %s has no phase '%.60s'", rows[i].class, rows[i].phase);
        else if (rows[i].phase == NULL && rows[i].count > 0 &&
                 !node_faulty(scenario->node, "pathways") && !node_faulty(rows[i].node, "status") &&
                 !has_phase(scenario, &rows[i]))
            faults_add(
                scenario_faults(scenario), node_at(node_where(rows[i].node, "status")), path,
                "no phase inside has the status %s%s%s; name the class and phase they are in",
                status_words[rows[i].status], rows[i].class ? " in class " : "",
                rows[i].class ? rows[i].class : "");
    }
    check_again(scenario, tuple, tuples, "stock", "all that is said of these people", "counts");
}

static void
mark(bool *marks, const struct known *known, const char *name)
{
    size_t at = known_index(known, name);

    if (at != SIZE_MAX)
        marks[at] = true;
}

/* Which facilities somebody enters by their name, without being selected for them; of several of
 * one name the first stands for all. */
static bool *
entered_by_name(struct scenario *scenario, const struct known *facilities)
{
    const struct intake_record *intake = scenario->intake.item;
    bool *entered = tree_allocate(&scenario->tree, facilities->count + 1);

    for (size_t i = 0; entered != NULL && i < scenario->intake.count; i++)
        mark(entered, facilities, intake[i].facility);
    for (size_t class = 0; entered != NULL && class < scenario->pathways.count; class ++) {
        const struct phase_record *rows = scenario->pathways.list[class].item;
        for (size_t i = 0; i < scenario->pathways.list[class].count; i++)
            mark(entered, facilities, rows[i].facility);
    }
    return entered;
}

/* Houses that are filled by selection need its rule: no rule is neutral. */
static void
check_selection(struct scenario *scenario, const struct known *facilities)
{
    const struct facility_record *rows = scenario->facilities.item;
    struct selection_record *rule = &scenario->house_selection;
    const struct node *node = rule->node != NULL ? rule->node : scenario->node;
    const struct facility_record *house = NULL, *transition = NULL;
    const bool *entered = entered_by_name(scenario, facilities);

    for (size_t i = 0; entered != NULL && i < scenario->facilities.count; i++) {
        bool filled = (rows[i].kind == DETENTION_HOUSE || rows[i].kind == TRANSITION_HOUSE) &&
                      rows[i].name != NULL && !entered[known_index(facilities, rows[i].name)];
        if (filled && house == NULL)
            house = &rows[i];
        if (filled && transition == NULL && rows[i].kind == TRANSITION_HOUSE)
            transition = &rows[i];
    }
    const struct {
        const char *field, *expected;
        const struct facility_record *asks;
    } needed[] = {{"suitable", "a share such as 25 %", house},
                  {"screening", "a distribution such as exponential: {mean: 30 d}", house},
                  {"most_sentence", "a duration such as 3 y", transition}};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        char path[PATH];
        snprintf(path, sizeof path, "house_selection.%s", needed[i].field);
        if (needed[i].asks != NULL && node_find(rule->node, needed[i].field) == NULL)
            faults_add(scenario_faults(scenario), node_at(node), path,
                       "is missing: %s; %.60s is filled by selection", needed[i].expected,
                       needed[i].asks->name);
    }
    if (rule->suitable == NO_NUMBER)
        rule->suitable = 0;
}

/* The earliest legal date: who serves up to it must know it; for anybody else there is none. */
static void
check_earliest(struct scenario *scenario)
{
    for (size_t class = 0; class < scenario->pathways.count; class ++) {
        const struct phase_record *rows = scenario->pathways.list[class].item;
        for (size_t i = 0; i < scenario->pathways.list[class].count; i++)
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

static void
check_measures(struct scenario *scenario, const struct known *regions)
{
    const struct measure_record *rows = scenario->measures.item;

    for (size_t i = 0; i < scenario->measures.count; i++) {
        const struct measure_record *row = &rows[i];
        char path[PATH];
        if (row->node == NULL)
            continue;
        snprintf(path, sizeof path, "measures[%zu]", i);
        known_require(scenario, node_where(row->node, "region"), path, row->region, regions);
        if (row->from == NO_DATE && row->on <= 0)
            faults_add(scenario_faults(scenario), node_at(row->node), path,
                       "needs from, or on and off");
        if ((row->on > 0) != (row->off > 0))
            faults_add(scenario_faults(scenario), node_at(row->node), path,
                       "on and off go together");
        if (row->on > 0 && row->off > row->on)
            faults_add(scenario_faults(scenario), node_at(node_where(row->node, "off")), path,
                       "off is above on");
        if (row->from != NO_DATE && row->until != NO_DATE && row->until <= row->from)
            faults_add(scenario_faults(scenario), node_at(node_where(row->node, "until")), path,
                       "until must come after from");
        if (node_find(row->node, "review") != NULL && row->on <= 0)
            faults_warn(scenario_faults(scenario), node_at(node_where(row->node, "review")), path,
                        "nothing reads review: the measure goes by dates alone");
    }
}

static void
check_classes(struct scenario *scenario, const struct known *classes)
{
    const struct class_record *rows = scenario->classes.item;

    for (size_t i = 0; i < scenario->classes.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "classes[%zu]", i);
        known_require(scenario, node_where(rows[i].node, "name"), path, rows[i].name, classes);
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
    const struct people_record *people = &scenario->people;

    for (size_t i = 0; people->ages.count > 0 && i < sizeof pairs / sizeof *pairs; i++) {
        double need = share_named(&people->needs, pairs[i].need);
        double age = share_named(&people->ages, pairs[i].age);
        if (need > age + 1e-9)
            faults_add(scenario_faults(scenario), node_at(node_where(people->node, "needs")),
                       "people.needs", "%s is %g %%, more than ages.%s (%g %%)", pairs[i].need,
                       100 * need, pairs[i].age, 100 * age);
    }
}

static void
check_record(struct scenario *scenario)
{
    const struct keep_record *rows = scenario->keep.item;
    size_t first[RECORD_PLACES] = {0}; /* a row's number and 1 */

    for (size_t i = 0; i < scenario->keep.count; i++) {
        if (rows[i].node == NULL || node_faulty(rows[i].node, "place") ||
            node_find(rows[i].node, "place") == NULL)
            continue;
        if (first[rows[i].place] > 0)
            faults_add(scenario_faults(scenario), node_at(rows[i].node), "record",
                       "the place is that of record[%zu]; a place is kept once",
                       first[rows[i].place] - 1);
        else
            first[rows[i].place] = i + 1;
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

void
check_scenario(struct scenario *scenario)
{
    struct known regions =
        known_names(scenario, "region", scenario->regions.name, scenario->regions.count,
                    node_faulty(scenario->node, "regions"));
    struct known classes = known_names(scenario, "class of pathways", scenario->pathways.name,
                                       scenario->pathways.count, key_faulty(scenario, "pathways"));
    struct known facilities = NAMES_OF(scenario, facilities, facility_record, "facility");
    struct known desks = NAMES_OF(scenario, desks, desk_record, "desk");

    NAMES_OF(scenario, measures, measure_record, "measure");
    NAMES_OF(scenario, classes, class_record, "class");
    check_empty(scenario);
    check_dates(scenario);
    check_facilities(scenario, &regions);
    check_history(scenario, &facilities);
    check_intake(scenario, &regions, &classes, &facilities);
    check_classes(scenario, &classes);
    if (check_limits(scenario)) {
        check_pathways(scenario, &desks, &facilities);
        check_stock(scenario, &regions, &classes, &facilities);
    }
    check_selection(scenario, &facilities);
    check_earliest(scenario);
    check_measures(scenario, &regions);
    check_people(scenario);
    check_record(scenario);
    if (scenario_faults(scenario)->errors > 0)
        return; /* what nothing reads may be read once the faults are mended */
    warn_scenario(scenario, &facilities);
    check_entry(scenario, &regions);
}
