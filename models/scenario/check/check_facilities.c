#include "check_facilities.h"

#include "models/scenario/read_value.h"

#include <stdint.h>
#include <stdio.h>

#define PATH 256

static struct steps *
history_steps(struct facility_object *facility, int field)
{
    struct steps *steps[] = {&facility->capacity[CAPACITY_MAIN], &facility->beds, &facility->entry,
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
apply_history(struct scenario *scenario, const struct step_object *row,
              struct facility_object *facility, const char *path)
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

void
check_history(struct scenario *scenario, const struct known *facilities)
{
    struct step_object *rows = scenario->history.item;
    struct facility_object *facility = scenario->facilities.item;

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
fed_by_courts(const struct facility_object *row)
{
    return row->node != NULL && row->kind == KIND_PRISON &&
           (row->use == USE_MIXED || row->use == USE_ARREST);
}

void
check_entry(struct scenario *scenario, const struct known *regions)
{
    const struct facility_object *rows = scenario->facilities.item;
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
check_closing(struct scenario *scenario, const struct facility_object *row, const char *path)
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

/* A point on a map has both of its coordinates. */
static void
check_coordinates(struct scenario *scenario, const struct facility_object *row, const char *path)
{
    bool north = row->latitude != NO_NUMBER, east = row->longitude != NO_NUMBER;
    const char *given = north ? "latitude" : "longitude";

    if (north != east && !node_faulty(row->node, "latitude") &&
        !node_faulty(row->node, "longitude"))
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, given)), path,
                   "%s alone is no place on a map; give %s too", given,
                   north ? "longitude" : "latitude");
}

void
check_facilities(struct scenario *scenario, const struct known *regions)
{
    const struct facility_object *rows = scenario->facilities.item;

    if (scenario->cap_from != NO_DATE && scenario->small_scale_cap == 0 &&
        !node_faulty(scenario->node, "small_scale_cap"))
        faults_add(scenario_faults(scenario), node_at(node_find(scenario->node, "cap_from")),
                   "cap_from", "which cap? give small_scale_cap, the most residents of a house");

    for (size_t i = 0; i < scenario->facilities.count; i++) {
        const struct facility_object *row = &rows[i];
        char path[PATH];
        if (row->node == NULL)
            continue;
        bool house = row->kind == KIND_DETENTION_HOUSE || row->kind == KIND_TRANSITION_HOUSE;
        double places = steps_at(&row->capacity[CAPACITY_MAIN], INT32_MAX, 0);
        snprintf(path, sizeof path, "facilities[%zu]", i);
        known_require(scenario, node_where(row->node, "region"), path, row->region, regions);
        if (row->opens != NO_DATE && row->closes != NO_DATE && row->closes <= scenario_opens(row))
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
        check_coordinates(scenario, row, path);
        if (row->entry.count > 0 && row->kind != KIND_PRISON)
            faults_warn(scenario_faults(scenario), node_at(node_where(row->node, "entry")), path,
                        "nothing reads entry: courts send people to prisons only");
    }
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
    const struct intake_object *intake = scenario->intake.item;
    bool *entered = tree_allocate(&scenario->tree, facilities->count + 1);

    for (size_t i = 0; entered != NULL && i < scenario->intake.count; i++)
        mark(entered, facilities, intake[i].facility);
    for (size_t pathway = 0; entered != NULL && pathway < scenario->pathways.count; pathway++) {
        const struct phase_object *rows = scenario->pathways.list[pathway].item;
        for (size_t i = 0; i < scenario->pathways.list[pathway].count; i++)
            mark(entered, facilities, rows[i].facility);
    }
    return entered;
}

void
check_selection(struct scenario *scenario, const struct known *facilities)
{
    const struct facility_object *rows = scenario->facilities.item;
    struct selection_object *rule = &scenario->house_selection;
    const struct node *node = rule->node != NULL ? rule->node : scenario->node;
    const struct facility_object *house = NULL, *transition = NULL;
    const bool *entered = entered_by_name(scenario, facilities);

    for (size_t i = 0; entered != NULL && i < scenario->facilities.count; i++) {
        bool filled =
            (rows[i].kind == KIND_DETENTION_HOUSE || rows[i].kind == KIND_TRANSITION_HOUSE) &&
            rows[i].name != NULL && !entered[known_index(facilities, rows[i].name)];
        if (filled && house == NULL)
            house = &rows[i];
        if (filled && transition == NULL && rows[i].kind == KIND_TRANSITION_HOUSE)
            transition = &rows[i];
    }
    const struct {
        const char *field, *expected;
        const struct facility_object *asks;
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
