#include "check_staff.h"

#include <stdio.h>

#define PATH 256

void
check_staff(struct scenario *scenario, const struct known *regions)
{
    const struct strike_object *rows = scenario->strikes.item;

    for (size_t i = 0; i < scenario->strikes.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "strikes[%zu]", i);
        known_require(scenario, node_where(rows[i].node, "region"), path, rows[i].region, regions);
        if (rows[i].from != NO_DATE && rows[i].until != NO_DATE && rows[i].until <= rows[i].from)
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "until")), path,
                       "until must come after from: it is the first day after the strike");
    }
}

static bool
any_posts(const struct scenario *scenario)
{
    const struct facility_object *rows = scenario->facilities.item;

    for (size_t i = 0; i < scenario->facilities.count; i++)
        if (rows[i].posts >= 0.5)
            return true;
    return false;
}

/* Posts are read where the scenario says how they are filled. */
static void
warn_posts(struct scenario *scenario)
{
    const struct facility_object *rows = scenario->facilities.item;

    for (size_t i = 0; i < scenario->facilities.count; i++) {
        const struct node *posts = node_find(rows[i].node, "posts");
        if (posts == NULL)
            continue;
        faults_warn(scenario_faults(scenario), node_at(posts), "facilities",
                    "nothing reads posts: the scenario says nothing of staff");
        return; /* once is enough */
    }
}

static void
warn_vacancy(struct scenario *scenario, const struct slows_object *slows, const char *path)
{
    if (slows->node != NULL && slows->vacancy > 0)
        faults_warn(scenario_faults(scenario), node_at(node_where(slows->node, "vacancy")), path,
                    "nothing reads vacancy: no facility has staff");
}

static void
warn_strikes(struct scenario *scenario, bool staffed)
{
    const struct strike_object *rows = scenario->strikes.item;
    const int32_t first = scenario->start - (int32_t)scenario->warm_up;
    const int32_t end = scenario->start + (int32_t)scenario->horizon;

    for (size_t i = 0; i < scenario->strikes.count; i++) {
        char path[PATH];
        snprintf(path, sizeof path, "strikes[%zu]", i);
        if (!staffed)
            faults_warn(scenario_faults(scenario), node_at(rows[i].node), path,
                        "nobody can strike: no facility has staff");
        else if (rows[i].until <= first || rows[i].from >= end)
            faults_warn(scenario_faults(scenario), node_at(rows[i].node), path,
                        "it is over before the run begins, or begins after its end");
    }
}

void
warn_staff(struct scenario *scenario)
{
    const struct staff_object *staff = &scenario->staff;
    const struct pressure_object *pressure = &scenario->pressure;
    bool staffed = staff->node != NULL && any_posts(scenario);

    if (staff->node == NULL)
        warn_posts(scenario);
    else if (!staffed)
        faults_warn(scenario_faults(scenario), node_at(staff->node), "staff",
                    "nothing reads it: no facility has posts");
    if (!staffed && pressure->node != NULL) {
        warn_vacancy(scenario, &pressure->procedures, "pressure.procedures");
        warn_vacancy(scenario, &pressure->activities, "pressure.activities");
    }
    if (pressure->node != NULL && staff->node == NULL && pressure->incidents.node == NULL &&
        pressure->procedures.node == NULL && pressure->activities.node == NULL)
        faults_warn(scenario_faults(scenario), node_at(pressure->node), "pressure",
                    "nothing follows from it: give incidents, procedures or activities");
    warn_strikes(scenario, staffed);
}
