#include "project.h"

#include "models/office/office.h"
#include "models/plan/draws.h"
#include "models/plan/projects.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Tries of one project, after which it stays where it is: stages that take no time and nearly
 * always fail. */
#define MOST_TRIES 100000

/* What is drawn for a try, each from its own stream: a change to one leaves the others. */
enum draw { DRAWN_FAILURE, DRAWN_TIME, DRAWN_HAND_OVER, DRAWN };

struct projects {
    uint64_t *total; /* [columns][days + 1]: added up over the days before */
    uint32_t *tries; /* [stages] of the project that is looked at */
    double *free_at; /* [projects], of the places of the phases of the master plan: days */
    size_t columns;
};

/* The first column of FIGURE. */
static size_t
column_of(const struct plan *plan, enum project_figure figure)
{
    const size_t names = plan->projects.names, parties = plan->projects.parties;

    return figure == PROJECT_STATE   ? 0
           : figure == PROJECT_PARTY ? names
                                     : names + parties + (size_t)figure - PROJECT_PROMISED;
}

struct projects *
projects_create(const struct plan *plan)
{
    struct projects *projects = calloc(1, sizeof *projects);

    if (projects == NULL)
        return NULL;
    projects->columns = plan->projects.count > 0 ? column_of(plan, PROJECT_FIGURES) : 0;
    projects->total = calloc(projects->columns * ((size_t)plan->days + 1) + 1, sizeof(uint64_t));
    projects->tries = calloc(plan->projects.stages + 1, sizeof *projects->tries);
    projects->free_at = calloc(plan->projects.count + 1, sizeof *projects->free_at);
    if (projects->total != NULL && projects->tries != NULL && projects->free_at != NULL)
        return projects;
    projects_free(projects);
    return NULL;
}

void
projects_free(struct projects *projects)
{
    if (projects == NULL)
        return;
    free(projects->total);
    free(projects->tries);
    free(projects->free_at);
    free(projects);
}

/* The first day at whose beginning DAYS are over, within the run. */
static int32_t
day_of(const struct plan *plan, double days)
{
    return days <= 0 ? 0 : days >= plan->days ? plan->days : (int32_t)ceil(days);
}

/* VALUE more from day FROM to before day UNTIL. As differences, which sum_up turns into totals. */
static void
count(const struct model *model, size_t column, int32_t from, int32_t until, int64_t value)
{
    uint64_t *line = model->projects->total + column * ((size_t)model->plan->days + 1);

    if (from < until) {
        line[from] += (uint64_t)value;
        line[until] -= (uint64_t)value;
    }
}

static struct stream
try_stream(const struct model *model, const struct project_plan *project, uint64_t what,
           uint32_t try, enum draw draw)
{
    const struct stream_name name = {project->hash, what};

    return plan_stream(model->plan, model->replication, DRAW_PROJECT, name, DRAWN * try + draw);
}

/* How far all parties work together on the day. */
static double
level_at(const struct plan *plan, double days)
{
    double day = fmin(floor(days), plan->days); /* what comes later is not looked at */

    return plan->projects.level != NULL
               ? steps_at(plan->projects.level, plan->first_day + (int32_t)day, 0)
               : 0;
}

/* Days of a try of STAGE that begins at DAYS, with the hand-over before it. */
static double
try_days(const struct model *model, const struct project_plan *project,
         const struct stage_plan *stage, uint32_t try, double days)
{
    const struct projects_plan *plan = &model->plan->projects;
    struct stream stream = try_stream(model, project, stage->hash, try, DRAWN_TIME);
    double takes = distribution_draw(stage->time, &stream);

    if (!stage->handed_over || plan->hand_over == NULL)
        return takes;
    stream = try_stream(model, project, stage->hash, try, DRAWN_HAND_OVER);
    return takes + distribution_draw(plan->hand_over, &stream) *
                       (1 - plan->hand_overs * level_at(model->plan, days));
}

/* A try that ends at DAYS fails if its uniform number is below the chance of it. */
static bool
try_fails(const struct model *model, const struct project_plan *project,
          const struct stage_plan *stage, uint32_t try, double days)
{
    struct stream stream = try_stream(model, project, stage->hash, try, DRAWN_FAILURE);

    return stream_uniform(&stream) <
           stage->fails * (1 - model->plan->projects.failures * level_at(model->plan, days));
}

/* Until when a house that opens at DAYS is funded: terms, as long as they are renewed. */
static double
funded_until(const struct model *model, const struct project_plan *project, double days)
{
    static const uint64_t funding = 0; /* no stage's name */

    if (project->term <= 0)
        return INFINITY;
    for (uint32_t term = 0; days < model->plan->days; term++) {
        struct stream stream = try_stream(model, project, funding, term, DRAWN_FAILURE);
        days += project->term;
        if (stream_uniform(&stream) >= project->renewal)
            return days;
    }
    return INFINITY;
}

struct project_life
project_live(const struct model *model, const struct project_plan *project, double days)
{
    const struct plan *plan = model->plan;
    struct project_life life = {INFINITY, INFINITY, INFINITY};
    uint32_t *tries = model->projects->tries, at = 0;

    memset(tries, 0, project->stages * sizeof *tries);
    for (uint32_t n = 0; n < MOST_TRIES && days < plan->days; n++) {
        const struct stage_plan *stage = &plan->projects.stage[project->first_stage + at];
        uint32_t try = tries[at]++;
        double ends = days + try_days(model, project, stage, try, days);
        int32_t from = day_of(plan, days), until = day_of(plan, ends);
        count(model, column_of(plan, PROJECT_STATE) + stage->name, from, until, 1);
        count(model, column_of(plan, PROJECT_PARTY) + stage->party, from, until, 1);
        bool fails = try_fails(model, project, stage, try, ends);
        days = ends;
        if (fails && stage->back == NOWHERE) {
            life.abandoned = days;
            return life;
        }
        at = fails ? stage->back : at + 1;
        if (at == project->stages) {
            life.opens = days;
            life.funded = funded_until(model, project, ceil(days));
            return life;
        }
    }
    return life;
}

static void
add_row(struct model *model, const struct project_plan *project, double days,
        enum calendar_kind kind, double value)
{
    uint32_t region = model->plan->facility[project->facility].region;
    const struct calendar_plan row = {day_of(model->plan, days), (uint8_t)kind, project->facility,
                                      region, value};

    if (row.day >= model->plan->days)
        return;
    bool added = calendar_add(&model->office->region[region].calendar, &row);
    assert(added); /* there is room for all: calendar_fit */
    (void)added;
}

/* The places of a house from its opening until it closes. */
static void
ramp_up(struct model *model, const struct project_plan *project, double opens, double closes)
{
    const struct ramp_object all = {.share = 1};
    const struct ramp_object *step = project->steps > 0 ? project->ramp : &all;
    size_t steps = project->steps > 0 ? project->steps : 1;
    size_t column = column_of(model->plan, PROJECT_PLACES);

    for (size_t i = 0; i < steps; i++) {
        double from = opens + step[i].after;
        double until = i + 1 < steps ? fmin(opens + step[i + 1].after, closes) : closes;
        int64_t places = (int64_t)(project->places * step[i].share + 0.5);
        if (from >= closes)
            return;
        add_row(model, project, from, CAL_CAPACITY, (double)places);
        count(model, column, day_of(model->plan, from), day_of(model->plan, until), places);
    }
}

static void
count_opening(struct model *model, const struct project_plan *project, int32_t opened)
{
    const struct plan *plan = model->plan;
    int32_t day = opened;

    if (opened < 0 || opened >= plan->days)
        return;
    count(model, column_of(plan, PROJECT_OPENED), day, day + 1, 1);
    count(model, column_of(plan, PROJECT_DELAY), day, day + 1, (int64_t)opened - project->planned);
    if (project->published != NO_DATE)
        count(model, column_of(plan, PROJECT_LATE), day, day + 1,
              (int64_t)opened - project->published);
}

static void
begin_project(struct model *model, const struct project_plan *project)
{
    const struct plan *plan = model->plan;
    double *place = plan_project_place(&plan->projects, project, model->projects->free_at);
    double starts = place != NULL ? fmax(*place, project->starts) : project->starts;
    const struct project_life life = project_live(model, project, starts);
    double opens = ceil(life.opens), closes = life.funded + project->notice;
    size_t end = column_of(plan, PROJECT_STATE) + plan->projects.names - PROJECT_ENDS;

    if (place != NULL)
        *place = fmin(life.opens, life.abandoned);
    count(model, column_of(plan, PROJECT_PROMISED), day_of(plan, project->planned), plan->days, 1);
    count(model, end + PROJECT_ABANDONED, day_of(plan, life.abandoned), plan->days, 1);
    if (life.opens >= plan->days)
        return;
    count(model, end + PROJECT_OPEN, day_of(plan, opens), day_of(plan, closes), 1);
    count(model, end + PROJECT_LAPSED, day_of(plan, closes), plan->days, 1);
    count_opening(model, project, (int32_t)opens);
    add_row(model, project, opens, CAL_OPEN, 1);
    ramp_up(model, project, opens, closes);
    if (project->notice >= 1)
        add_row(model, project, life.funded, CAL_LEAVE, 0);
    add_row(model, project, closes, CAL_CLOSE, 0);
}

/* From differences between days to sums of days. */
static void
sum_up(struct projects *projects, int32_t days)
{
    for (size_t c = 0; c < projects->columns; c++) {
        uint64_t *line = projects->total + c * ((size_t)days + 1), level = 0, total = 0;
        for (int32_t day = 0; day <= days; day++) {
            level += line[day];
            line[day] = total;
            total += level;
        }
    }
}

void
projects_begin(struct model *model)
{
    const struct plan *plan = model->plan;
    struct projects *projects = model->projects;

    if (plan->projects.count == 0)
        return;
    memset(projects->total, 0,
           projects->columns * ((size_t)plan->days + 1) * sizeof *projects->total);
    for (uint32_t i = 0; i < plan->projects.places; i++)
        projects->free_at[i] = -INFINITY;
    for (uint32_t i = 0; i < plan->projects.count; i++)
        begin_project(model, &plan->projects.project[i]);
    sum_up(projects, plan->days);
}

uint64_t
projects_total(const struct model *model, enum project_figure figure, uint32_t part, int32_t day)
{
    size_t column = column_of(model->plan, figure) + part;

    return model->projects->total[column * ((size_t)model->plan->days + 1) + (size_t)day];
}
