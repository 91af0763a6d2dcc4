#include "check_projects.h"

#include "known.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define PATH      256
#define ABANDONED "abandoned"

/* The place of a stage called NAME among the first COUNT; COUNT: none is. */
static size_t
stage_before(const struct stage_object *rows, size_t count, const char *name)
{
    size_t i = 0;

    while (i < count && (rows[i].stage == NULL || strcmp(rows[i].stage, name) != 0))
        i++;
    return i;
}

static void
check_failure(struct scenario *scenario, const struct stage_object *rows, size_t i,
              const char *path)
{
    struct faults *faults = scenario_faults(scenario);
    const struct stage_object *row = &rows[i];
    const struct node *back = node_where(row->node, "on_failure");

    if (row->back == NULL && row->fails > 0 && !node_faulty(row->node, "on_failure"))
        faults_add(faults, node_at(node_where(row->node, "fails")), path,
                   "on_failure is missing: abandoned, or the stage that is tried again");
    if (row->back == NULL || strcmp(row->back, ABANDONED) == 0)
        return;
    if (stage_before(rows, i + 1, row->back) > i)
        faults_add(faults, node_at(back), path,
                   "'%.60s' is neither this stage nor an earlier one of the process, nor abandoned",
                   row->back);
    else if (row->fails >= 1)
        faults_add(faults, node_at(node_where(row->node, "fails")), path,
                   "it always fails and is tried again without end; lower fails, or let it be "
                   "abandoned");
}

static void
check_process(struct scenario *scenario, size_t process)
{
    static const char *const ends[] = {"open", ABANDONED, "lapsed"};
    const struct objects *list = &scenario->stages.list[process];
    const struct stage_object *rows = list->item;
    const struct node *map = node_find(scenario->node, "stages");

    if (list->count == 0)
        faults_add(scenario_faults(scenario),
                   node_at(node_where(map, scenario->stages.name[process])), "stages",
                   "process %.60s has no stage: give one at least", scenario->stages.name[process]);
    for (size_t i = 0; i < list->count; i++) {
        char path[PATH];
        snprintf(path, sizeof path, "stages.%.60s[%zu]", scenario->stages.name[process], i);
        if (rows[i].node == NULL || rows[i].stage == NULL)
            continue;
        if (stage_before(rows, i, rows[i].stage) < i)
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "stage")), path,
                       "another stage of the process is called '%.60s'", rows[i].stage);
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
            if (strcmp(rows[i].stage, ends[e]) == 0)
                faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "stage")),
                           path, "no stage is called '%s': that is how a project ends", ends[e]);
        check_failure(scenario, rows, i, path);
    }
}

static void
check_ramp(struct scenario *scenario, const struct project_object *project, const char *path)
{
    const struct ramp_object *rows = project->ramp_up.item;

    for (size_t i = 0; i < project->ramp_up.count; i++) {
        if (rows[i].node == NULL)
            continue;
        if (i == 0 && rows[i].after > 0)
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "after")), path,
                       "ramp_up begins at the opening: the first is after: 0 d");
        if (i > 0 && rows[i - 1].node != NULL && rows[i].after <= rows[i - 1].after)
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "after")), path,
                       "times since the opening must rise");
    }
}

static void
check_project(struct scenario *scenario, const struct facility_object *row,
              const struct known *processes, const struct known *phases, const char *path)
{
    struct faults *faults = scenario_faults(scenario);
    const struct project_object *project = &row->project;
    const struct steps *word = &row->capacity[scenario->capacity_word];

    known_require(scenario, node_where(project->node, "process"), path, project->process,
                  processes);
    if (project->process != NULL && scenario->stages.count == 0)
        faults_add(faults, node_at(node_where(project->node, "process")), path,
                   "no process is called '%.60s': say under stages what it goes through",
                   project->process);
    known_require(scenario, node_where(project->node, "phase"), path, project->phase, phases);
    if (project->phase != NULL && scenario->master_plan.count == 0)
        faults_add(faults, node_at(node_where(project->node, "phase")), path,
                   "no phase is called '%.60s': say under master_plan how many houses it builds at "
                   "once",
                   project->phase);
    if (row->opens != NO_DATE)
        faults_add(faults, node_at(node_where(row->node, "opens")), path,
                   "the project says when it opens; leave out opens or project");
    if (row->opens_until != NO_DATE)
        faults_add(faults, node_at(node_where(row->node, "opens_until")), path,
                   "the project says when it opens; its starts_until lets copies start evenly");
    if (row->closes != NO_DATE)
        faults_add(faults, node_at(node_where(row->node, "closes")), path,
                   "a house with a project closes when its funding lapses; leave out closes or "
                   "project");
    if (row->capacity[CAPACITY_MAIN].count > 1 || word->count > 1)
        faults_add(faults, node_at(node_where(row->node, "capacity")), path,
                   "a house with a project has one capacity; its places by time since the opening "
                   "go under project.ramp_up");
    if (project->funding.node != NULL && project->funding.notice >= 1 &&
        scenario->balance.node == NULL)
        faults_add(faults, node_at(node_where(project->funding.node, "notice")), path,
                   "notice moves people by van; say under balance how many vans and seats there "
                   "are");
    check_ramp(scenario, project, path);
}

void
check_projects(struct scenario *scenario)
{
    const struct facility_object *rows = scenario->facilities.item;
    const struct known processes =
        known_names(scenario, "process of stages", scenario->stages.name, scenario->stages.count,
                    node_faulty(scenario->node, "stages"));

    const struct known phases =
        known_collect(scenario, &scenario->master_plan, sizeof(struct building_object),
                      offsetof(struct building_object, name), "phase", "master_plan");

    for (size_t p = 0; p < scenario->stages.count; p++)
        check_process(scenario, p);
    for (size_t i = 0; i < scenario->facilities.count; i++) {
        char path[PATH];
        snprintf(path, sizeof path, "facilities[%zu].project", i);
        if (rows[i].node != NULL && rows[i].project.node != NULL)
            check_project(scenario, &rows[i], &processes, &phases, path);
    }
}

void
warn_projects(struct scenario *scenario)
{
    const struct facility_object *rows = scenario->facilities.item;
    const struct node *map = node_find(scenario->node, "stages");

    for (size_t p = 0; p < scenario->stages.count; p++) {
        const char *name = scenario->stages.name[p];
        char path[PATH];
        size_t i = 0;
        while (i < scenario->facilities.count &&
               (rows[i].project.node == NULL || strcmp(rows[i].project.process, name) != 0))
            i++;
        snprintf(path, sizeof path, "stages.%.60s", name);
        if (i == scenario->facilities.count)
            faults_warn(scenario_faults(scenario), node_at(node_where(map, name)), path,
                        "no project of a facility goes through it");
    }
}
