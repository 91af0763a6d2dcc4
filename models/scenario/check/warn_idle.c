#include "warn_idle.h"

#include "models/scenario/fields/fields.h"
#include "models/scenario/formula.h"

#include <stdio.h>
#include <string.h>

#define PATH 96

/* What is warned of an item of a list, or of the scenario: a function for each, which writes what
 * is so and returns the node that says it; NULL: nothing to say. */
#define WHY 256
typedef const struct node *idle_item(const struct scenario *scenario,
                                     const struct known *facilities, size_t item, char why[WHY]);

static const struct node *
say(char why[WHY], const struct node *row, const char *field, const char *text)
{
    snprintf(why, WHY, "%s", text);
    return node_where(row, field);
}

static bool
all_zero(const struct numbers *numbers)
{
    bool zero = numbers->count > 0;

    for (size_t i = 0; i < numbers->count; i++)
        zero &= numbers->value[i] == 0;
    return zero;
}

static const struct phase_object *
first_phase(const struct scenario *scenario, const char *class)
{
    for (size_t i = 0; i < scenario->pathways.count; i++)
        if (strcmp(scenario->pathways.name[i], class) == 0 && scenario->pathways.list[i].count > 0)
            return scenario->pathways.list[i].item;
    return NULL;
}

static const struct node *
idle_intake(const struct scenario *scenario, const struct known *facilities, size_t item,
            char why[WHY])
{
    const struct intake_object *row = (const struct intake_object *)scenario->intake.item + item;
    const struct facility_object *rows = scenario->facilities.item;
    size_t at = known_index(facilities, row->facility);
    const struct facility_object *to = at != SIZE_MAX ? &rows[at] : NULL;
    const struct phase_object *first = first_phase(scenario, row->class);

    if (all_zero(&row->weekdays))
        return say(why, row->node, "weekdays", "nobody comes: all of them are 0");
    if (all_zero(&row->months))
        return say(why, row->node, "months", "nobody comes: all of them are 0");
    if (to == NULL || first == NULL || (scenario_statuses(to) >> first->status & 1))
        return NULL;
    snprintf(why, WHY, "%.60s does not accept %s, and takes them all the same: it is named here",
             to->name, status_words[first->status]);
    return node_where(row->node, "facility");
}

/* Is anybody inside of a status in STATUSES (0: any), in one of CLASSES (none: all)? */
static bool
anybody_of(const struct scenario *scenario, uint32_t statuses, const struct names *classes)
{
    for (size_t c = 0; c < scenario->pathways.count; c++) {
        const struct phase_object *rows = scenario->pathways.list[c].item;
        if (!names_hold_for(classes, scenario->pathways.name[c]))
            continue;
        for (size_t i = 0; i < scenario->pathways.list[c].count; i++)
            if (statuses == 0 || (statuses >> rows[i].status & 1))
                return true;
    }
    return false;
}

static const struct node *
idle_measure(const struct scenario *scenario, const struct known *facilities, size_t item,
             char why[WHY])
{
    const struct measure_object *row =
        (const struct measure_object *)scenario->measures.item + item;
    double days = scenario->horizon + scenario->warm_up;

    (void)facilities;
    if (!anybody_of(scenario, row->statuses, &row->classes))
        return say(why, row->node, "statuses",
                   "it reaches nobody: no phase of the classes it holds for has such a status");
    if (row->uptake == 0)
        return say(why, row->node, "uptake", "it reaches nobody: nobody takes it up");
    if (row->notice >= days)
        return say(why, row->node, "notice", "it is never on: the notice is as long as the run");
    if (row->all_offences && scenario->people.exclusions.count == 0)
        return say(why, row->node, "all_offences",
                   "nothing reads it: people.exclusions says of nobody that they have one");
    return NULL;
}

static const struct node *
idle_facility(const struct scenario *scenario, const struct known *facilities, size_t item,
              char why[WHY])
{
    const struct facility_object *row =
        (const struct facility_object *)scenario->facilities.item + item;
    const struct ramp_object *ramp = row->project.ramp_up.item;
    size_t steps = row->project.ramp_up.count;

    (void)facilities;
    if (row->project.node == NULL)
        return NULL;
    for (size_t i = 1; i < steps; i++)
        if (ramp[i].share < ramp[i - 1].share)
            return say(why, ramp[i].node, "share",
                       "it has fewer places here than at the step before");
    if (steps > 0 && ramp[steps - 1].share < 1) {
        snprintf(why, WHY, "it never has all of its places: the last step is %g %%",
                 100 * ramp[steps - 1].share);
        return node_where(ramp[steps - 1].node, "share");
    }
    if (row->project.published != NO_DATE && row->project.published <= scenario_starts(row))
        return say(why, row->project.node, "published_opening", "it opens before it starts");
    return NULL;
}

static const struct node *
idle_building(const struct scenario *scenario, const struct known *facilities, size_t item,
              char why[WHY])
{
    const struct building_object *row =
        (const struct building_object *)scenario->master_plan.item + item;
    const struct facility_object *rows = scenario->facilities.item;

    (void)facilities;
    for (size_t i = 0; i < scenario->facilities.count; i++)
        if (rows[i].project.phase != NULL && strcmp(rows[i].project.phase, row->name) == 0)
            return NULL;
    return say(why, row->node, "name", "no project is of this phase");
}

static const struct node *
idle_strike(const struct scenario *scenario, const struct known *facilities, size_t item,
            char why[WHY])
{
    const struct strike_object *row = (const struct strike_object *)scenario->strikes.item + item;
    const struct facility_object *rows = scenario->facilities.item;
    bool any = false; /* staff anywhere: else that is said */

    (void)facilities;
    if (row->share == 0)
        return say(why, row->node, "share", "nobody strikes: it is 0");
    if (row->region == NULL)
        return NULL;
    for (size_t i = 0; i < scenario->facilities.count; i++) {
        any |= rows[i].posts > 0;
        if (rows[i].posts > 0 && strcmp(rows[i].region, row->region) == 0)
            return NULL;
    }
    return !any ? NULL
                : say(why, row->node, "region",
                      "nobody works there: no facility of it says its posts");
}

static const struct {
    const char *list;
    size_t offset; /* of its objects in the scenario */
    idle_item *look;
} lists[] = {
    {"intake", offsetof(struct scenario, intake), idle_intake},
    {"measures", offsetof(struct scenario, measures), idle_measure},
    {"facilities", offsetof(struct scenario, facilities), idle_facility},
    {"master_plan", offsetof(struct scenario, master_plan), idle_building},
    {"strikes", offsetof(struct scenario, strikes), idle_strike},
};

static bool
any_project(const struct scenario *scenario)
{
    const struct facility_object *rows = scenario->facilities.item;
    bool any = false;

    for (size_t i = 0; i < scenario->facilities.count; i++)
        any |= rows[i].project.node != NULL;
    return any;
}

static bool
any_capacity(const struct scenario *scenario, int word)
{
    const struct facility_object *rows = scenario->facilities.item;
    bool any = false;

    for (size_t i = 0; i < scenario->facilities.count; i++)
        any |= rows[i].capacity[word].count > 0;
    return any;
}

static bool
staffed_house(const struct scenario *scenario)
{
    const struct facility_object *rows = scenario->facilities.item;
    bool any = false;

    for (size_t i = 0; i < scenario->facilities.count; i++)
        any |= rows[i].posts > 0 &&
               (rows[i].kind == KIND_DETENTION_HOUSE || rows[i].kind == KIND_TRANSITION_HOUSE);
    return any;
}

/* Fields that nothing reads as the scenario stands. */
static void
warn_fields(const struct scenario *scenario)
{
    const struct {
        const struct node *object; /* in which FIELD stands; NULL: it is not there */
        const char *path, *field;
        bool idle;
        const char *why;
    } fields[] = {
        {scenario->node, "hand_over", "hand_over", !any_project(scenario),
         "nothing reads it: no facility has a project"},
        {scenario->node, "coordination", "coordination", !any_project(scenario),
         "nothing reads it: no facility has a project"},
        {scenario->node, "chance", "chance",
         scenario->tree.draws == NULL || scenario->tree.draws->count == 0,
         "nothing reads it: nothing is uncertain"},
        {scenario->node, "capacity_word", "capacity_word",
         !any_capacity(scenario, scenario->capacity_word),
         "no facility says this capacity: each has its plain one"},
        {scenario->balance.node, "balance", "vans", scenario->balance.vans == 0,
         "nobody is moved: there is no van"},
        {scenario->balance.node, "balance", "seats", scenario->balance.seats == 0,
         "nobody is moved: a van has no seat"},
        {scenario->staff.node, "staff", "least_share", !staffed_house(scenario),
         "nothing reads it: no house says its posts"},
        {scenario->staff.node, "staff", "house_leavers", !staffed_house(scenario),
         "nothing reads it: no house says its posts"},
        {scenario->staff.node, "staff", "house_absence", !staffed_house(scenario),
         "nothing reads it: no house says its posts"},
        {scenario->house_selection.node, "house_selection", "breach_unmatched",
         scenario->house_selection.breach == 0, "nothing reads it: breach is 0"},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].idle && fields[i].object != NULL &&
            node_find(fields[i].object, fields[i].field) != NULL)
            faults_warn(scenario_faults(scenario),
                        node_at(node_where(fields[i].object, fields[i].field)), fields[i].path,
                        "%s", fields[i].why);
}

void
warn_idle(const struct scenario *scenario, const struct known *facilities)
{
    for (size_t n = 0; n < sizeof lists / sizeof *lists; n++) {
        const struct objects *list =
            (const struct objects *)(const void *)((const char *)scenario + lists[n].offset);
        for (size_t i = 0; i < list->count; i++) {
            char path[PATH], why[WHY];
            const struct node *node = lists[n].look(scenario, facilities, i, why);
            snprintf(path, sizeof path, "%s[%zu]", lists[n].list, i);
            if (node != NULL)
                faults_warn(scenario_faults(scenario), node_at(node), path, "%s", why);
        }
    }
    warn_fields(scenario);
}
