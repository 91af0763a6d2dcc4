#include "smaller.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool
is_house(const struct facility_object *row)
{
    return row->kind == KIND_DETENTION_HOUSE || row->kind == KIND_TRANSITION_HOUSE;
}

bool
smaller_is_new(const struct scenario *scenario, const struct facility_object *row)
{
    int32_t begins = row->project.node != NULL ? scenario_starts(row) : scenario_opens(row);

    return is_house(row) && scenario->cap_from != NO_DATE && begins != NO_DATE &&
           begins >= scenario->cap_from;
}

int64_t
smaller_parts(const struct scenario *scenario, const struct facility_object *row)
{
    int64_t cap = scenario->small_scale_cap, places = (int64_t)scenario_most_places(scenario, row);

    return cap > 0 && row->node != NULL && smaller_is_new(scenario, row) && places > cap
               ? (places + cap - 1) / cap
               : 1;
}

/* Part K of PARTS of VALUE, in whole units of which ONE makes so many: they add up to it. What is
 * not given stays so. */
static double
part_of(double value, double one, int64_t k, int64_t parts)
{
    int64_t whole = value != NO_NUMBER ? (int64_t)round(value * one) : 0;
    int64_t rest = whole % parts;
    int64_t part = whole / parts + rest * (k + 1) / parts - rest * k / parts;

    return value != NO_NUMBER ? (double)part / one : NO_NUMBER;
}

static void
split_steps(struct scenario *scenario, struct steps *steps, int64_t k, int64_t parts)
{
    double *value = tree_allocate(&scenario->tree, (steps->count + 1) * sizeof *value);

    for (size_t i = 0; value != NULL && i < steps->count; i++)
        value[i] = part_of(steps->value[i], 1, k, parts);
    if (value != NULL)
        steps->value = value;
    steps->room = 0;
}

static void
make_part(struct scenario *scenario, struct facility_object *row, int64_t k, int64_t parts)
{
    for (int word = 0; word < CAPACITY_WORDS; word++)
        split_steps(scenario, &row->capacity[word], k, parts);
    split_steps(scenario, &row->beds, k, parts);
    row->posts = part_of(row->posts, 1, k, parts);
    row->floor_area = part_of(row->floor_area, 100, k, parts);
    row->cost_day = part_of(row->cost_day, 100, k, parts); /* cents */
    if (row->project.node != NULL)
        row->project.cost = part_of(row->project.cost, 100, k, parts);
}

/* Facilities that the scenario itself calls as parts are called: hardly any, so that looking
 * through them for each part costs nothing. */
static size_t
named_like_parts(struct scenario *scenario, const struct facility_object **rows)
{
    size_t count = 0;

    for (size_t i = 0; i < scenario->facilities.count; i++) {
        const char *name = scenario_facility(scenario, i)->name;
        size_t length = name != NULL ? strlen(name) : 0;
        if (length > 0 && name[length - 1] == ')')
            rows[count++] = scenario_facility(scenario, i);
    }
    return count;
}

static const char *
part_name(struct scenario *scenario, const struct facility_object *row, int64_t k,
          const struct facility_object *const *alike, size_t count)
{
    size_t size = strlen(row->name) + 32;
    char *name = tree_allocate(&scenario->tree, size);

    if (name == NULL)
        return row->name;
    snprintf(name, size, "%s (%lld)", row->name, (long long)k + 1);
    for (size_t i = 0; i < count; i++)
        if (strcmp(alike[i]->name, name) == 0)
            faults_add(scenario_faults(scenario), node_at(node_where(alike[i]->node, "name")),
                       "facilities",
                       "%.60s is split at small_scale_cap, and a part of it would be called so; "
                       "give this one another name",
                       row->name);
    return name;
}

void
smaller_split(struct scenario *scenario)
{
    const struct facility_object *old = scenario->facilities.item;
    size_t count = scenario->facilities.count, all = 0;

    for (size_t i = 0; i < count; i++)
        all += (size_t)smaller_parts(scenario, &old[i]);
    if (all == count)
        return;
    if (all > MOST_FACILITIES) {
        faults_add(scenario_faults(scenario), node_at(node_find(scenario->node, "small_scale_cap")),
                   "small_scale_cap", "splits houses into more than %d facilities",
                   MOST_FACILITIES);
        return;
    }
    struct facility_object *rows = tree_allocate(&scenario->tree, all * sizeof *rows);
    const struct facility_object **alike = tree_allocate(&scenario->tree, count * sizeof *alike);
    if (rows == NULL || alike == NULL)
        return;
    size_t at = count, likes = named_like_parts(scenario, alike);
    memcpy(rows, old, count * sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        int64_t parts = smaller_parts(scenario, &old[i]);
        for (int64_t k = 0; k < parts && parts > 1; k++) {
            struct facility_object *row = k == 0 ? &rows[i] : &rows[at++];
            *row = old[i];
            if (k > 0)
                row->name = part_name(scenario, &old[i], k, alike, likes);
            make_part(scenario, row, k, parts);
        }
    }
    scenario->facilities.item = rows;
    scenario->facilities.count = all;
}

bool
smaller_decides(const struct scenario *scenario, const struct facility_object *row,
                const char *field)
{
    static const char *const when[] = {"opens", "opens_until", "starts", "starts_until"};
    static const char *const what[] = {"beds", "posts", "floor_area", "cost_day", "cost"};
    bool decides = false, shared = strncmp(field, "capacity", 8) == 0;

    for (size_t i = 0; i < sizeof when / sizeof *when; i++)
        decides |= strcmp(when[i], field) == 0;
    for (size_t i = 0; i < sizeof what / sizeof *what; i++)
        shared |= strcmp(what[i], field) == 0;
    return scenario->cap_from != NO_DATE && is_house(row) &&
           (decides || (shared && smaller_is_new(scenario, row)));
}
