#include "projects.h"

#include "sim/engine/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_PARTY UINT32_MAX

/* The place of NAME in a list of names, to which it is added where it is new. */
static uint32_t
place_of(const char **names, uint32_t *count, const char *name)
{
    uint32_t at = 0;

    while (at < *count && strcmp(names[at], name) != 0)
        at++;
    if (at == *count)
        names[(*count)++] = name;
    return at;
}

static int
allocate(struct plan *plan, struct error *err)
{
    const struct object_map *processes = &plan->scenario->stages;
    struct projects_plan *projects = &plan->projects;
    size_t stages = 0, count = 0;

    for (size_t p = 0; p < processes->count; p++)
        stages += processes->list[p].count;
    for (uint32_t i = 0; i < plan->facilities; i++)
        count += scenario_facility(plan->scenario, i)->project.node != NULL;
    *projects = (struct projects_plan){.count = (uint32_t)count, .stages = (uint32_t)stages};
    projects->project = calloc(count + 1, sizeof *projects->project);
    projects->stage = calloc(stages + 1, sizeof *projects->stage);
    projects->name = calloc(stages + PROJECT_ENDS, sizeof *projects->name);
    projects->party = calloc(stages + 1, sizeof *projects->party);
    projects->phases = (uint32_t)plan->scenario->master_plan.count;
    projects->phase = calloc(projects->phases + 1, sizeof *projects->phase);
    return projects->project != NULL && projects->stage != NULL && projects->name != NULL &&
                   projects->phase != NULL && projects->party != NULL
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the projects");
}

/* Where a failure of a stage leads, in its process. */
static uint32_t
stage_called(const struct objects *list, const char *name)
{
    const struct stage_object *rows = list->item;

    for (size_t i = 0; name != NULL && i < list->count; i++)
        if (strcmp(rows[i].stage, name) == 0)
            return (uint32_t)i;
    return NOWHERE;
}

static void
plan_stages(struct projects_plan *projects, const struct object_map *processes)
{
    uint32_t at = 0;

    for (size_t p = 0; p < processes->count; p++) {
        const struct stage_object *rows = processes->list[p].item;
        uint32_t party = NO_PARTY;
        for (size_t i = 0; i < processes->list[p].count; i++) {
            uint32_t before = party;
            party = place_of(projects->party, &projects->parties, rows[i].party);
            projects->stage[at++] = (struct stage_plan){
                .hash = stream_text_name(rows[i].stage),
                .time = rows[i].time,
                .fails = rows[i].fails,
                .name = place_of(projects->name, &projects->names, rows[i].stage),
                .party = party,
                .back = stage_called(&processes->list[p], rows[i].back),
                .handed_over = before != NO_PARTY && before != party,
            };
        }
    }
    projects->name[projects->names + PROJECT_OPEN] = "open";
    projects->name[projects->names + PROJECT_ABANDONED] = "abandoned";
    projects->name[projects->names + PROJECT_LAPSED] = "lapsed";
    projects->names += PROJECT_ENDS;
}

/* Days of all stages and hand-overs by their means, without failures. */
static double
mean_days(const struct projects_plan *projects, const struct project_plan *project)
{
    double days = 0;

    for (uint32_t i = 0; i < project->stages; i++) {
        const struct stage_plan *stage = &projects->stage[project->first_stage + i];
        days += distribution_mean(stage->time);
        if (stage->handed_over && projects->hand_over != NULL)
            days += distribution_mean(projects->hand_over);
    }
    return days;
}

static void
find_process(struct project_plan *project, const struct object_map *processes, const char *name)
{
    for (size_t p = 0; p < processes->count && strcmp(processes->name[p], name) != 0; p++)
        project->first_stage += (uint32_t)processes->list[p].count;
    for (size_t p = 0; p < processes->count; p++)
        if (strcmp(processes->name[p], name) == 0)
            project->stages = (uint32_t)processes->list[p].count;
}

static uint32_t
phase_called(const struct scenario *scenario, const char *name)
{
    const struct building_object *rows = scenario->master_plan.item;

    for (size_t i = 0; name != NULL && i < scenario->master_plan.count; i++)
        if (strcmp(rows[i].name, name) == 0)
            return (uint32_t)i;
    return NOWHERE;
}

static void
plan_project(struct plan *plan, struct project_plan *project, uint32_t facility)
{
    const struct facility_object *row = scenario_facility(plan->scenario, facility);
    const struct project_object *object = &row->project;

    *project = (struct project_plan){
        .hash = plan->facility[facility].hash,
        .facility = facility,
        .starts = scenario_starts(row) - plan->first_day,
        .published = object->published == NO_DATE ? NO_DATE : object->published - plan->first_day,
        .places = scenario_places(plan->scenario, row)->value[0],
        .ramp = object->ramp_up.item,
        .steps = object->ramp_up.count,
        .term = object->funding.node != NULL ? object->funding.term : 0,
        .renewal = object->funding.node != NULL ? object->funding.renewal : 1,
        .notice = object->funding.node != NULL ? (int32_t)object->funding.notice : 0,
    };
    find_process(project, &plan->scenario->stages, object->process);
    project->phase = phase_called(plan->scenario, object->phase);
    /* Open, all places or each step, and notice and end. */
    plan->region[plan->facility[facility].region].project_rows += (uint32_t)project->steps + 4;
}

/* By start, then by name: House 2 before House 10. No order of a list decides who is next. */
static int
in_order(const void *left, const void *right, void *context)
{
    const struct project_plan *a = left, *b = right;
    const struct facility_plan *facility = context;
    const char *one = facility[a->facility].name, *other = facility[b->facility].name;

    if (a->starts != b->starts)
        return a->starts < b->starts ? -1 : 1;
    if (strlen(one) != strlen(other))
        return strlen(one) < strlen(other) ? -1 : 1;
    return strcmp(one, other);
}

/* A place for each project that a phase has at once; no more than it has projects. */
static void
plan_phases(struct plan *plan)
{
    const struct building_object *rows = plan->scenario->master_plan.item;
    struct projects_plan *projects = &plan->projects;

    for (uint32_t i = 0; i < projects->count; i++)
        if (projects->project[i].phase != NOWHERE)
            projects->phase[projects->project[i].phase].places++;
    for (uint32_t i = 0; i < projects->phases; i++) {
        struct building_plan *phase = &projects->phase[i];
        phase->first = projects->places;
        if (phase->places > rows[i].at_once)
            phase->places = (uint32_t)rows[i].at_once;
        projects->places += phase->places;
    }
}

/* The plan's own dates: every stage and hand-over takes its mean time, and none fails. */
static int
plan_openings(struct projects_plan *projects, struct error *err)
{
    double *free_at = calloc(projects->places + 1, sizeof *free_at);

    if (free_at == NULL)
        return error_set(err, NO_MEMORY, "no memory for the projects");
    for (uint32_t i = 0; i < projects->places; i++)
        free_at[i] = -INFINITY;
    for (uint32_t i = 0; i < projects->count; i++) {
        struct project_plan *project = &projects->project[i];
        double *place = plan_project_place(projects, project, free_at), days = project->starts;
        if (place != NULL && *place > days)
            days = *place;
        project->days = mean_days(projects, project);
        days += project->days;
        if (place != NULL)
            *place = days;
        project->planned = (int32_t)fmin(ceil(days), 1e9);
    }
    free(free_at);
    return OK;
}

double *
plan_project_place(const struct projects_plan *projects, const struct project_plan *project,
                   double *free_at)
{
    if (project->phase == NOWHERE)
        return NULL;
    const struct building_plan *phase = &projects->phase[project->phase];
    double *first = &free_at[phase->first];
    for (uint32_t i = 1; i < phase->places; i++)
        if (free_at[phase->first + i] < *first)
            first = &free_at[phase->first + i];
    return first;
}

int
plan_projects_create(struct plan *plan, struct error *err)
{
    const struct scenario *scenario = plan->scenario;
    struct projects_plan *projects = &plan->projects;
    uint32_t at = 0;
    int status = allocate(plan, err);

    if (status != OK)
        return status;
    projects->hand_over = scenario->hand_over;
    if (scenario->coordination.node != NULL) {
        projects->level = &scenario->coordination.level;
        projects->hand_overs = scenario->coordination.hand_overs;
        projects->failures = scenario->coordination.failures;
    }
    plan_stages(projects, &scenario->stages);
    for (uint32_t i = 0; i < plan->facilities; i++)
        if (scenario_facility(plan->scenario, i)->project.node != NULL)
            plan_project(plan, &projects->project[at++], i);
    if (projects->count > 1)
        qsort_r(projects->project, projects->count, sizeof *projects->project, in_order,
                plan->facility);
    plan_phases(plan);
    return plan_openings(projects, err);
}

void
plan_projects_free(struct plan *plan)
{
    free(plan->projects.project);
    free(plan->projects.stage);
    free(plan->projects.phase);
    free(plan->projects.name);
    free(plan->projects.party);
}
