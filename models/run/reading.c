#include "reading.h"

#include "models/pathways/stock.h"
#include "models/plan/plan.h"
#include "models/plan/staff.h"
#include "models/plan/uncertain.h"
#include "models/record/series.h"
#include "models/scenario/read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Most places of a facility in the run. */
static double
facility_places(const struct plan *plan, const struct facility_object *row)
{
    const struct steps *steps = scenario_places(plan->scenario, row);
    int32_t end = plan->first_day + plan->days;
    double most = 0;

    if (scenario_opens(row) >= end)
        return 0;
    for (size_t i = 0; i < steps->count; i++)
        if ((steps->day[i] == NO_DATE || steps->day[i] < end) && steps->value[i] > most)
            most = steps->value[i];
    return most;
}

#define FAR_ABOVE  3   /* times the places: no country is so full */
#define MOST_RATES 5e7 /* days of sources that a check looks at */

/* Little's law: arrivals a day times the days inside, against the places; no more people than come.
 */
static void
warn_crowded(const struct plan *plan, struct faults *faults)
{
    const struct scenario *scenario = plan->scenario;
    const struct facility_object *rows = scenario->facilities.item;
    double inside = 0, places = 0;

    for (uint32_t i = 0; i < plan->sources; i++) {
        double come = plan->source[i].people, days = 0;
        for (uint16_t phase = 0; phase < plan->phases; phase++)
            if (plan->phase[phase].where == PHASE_INSIDE)
                days += steady_days(&plan->steady, plan->source[i].class, phase);
        inside += come * fmin(days / plan->days, 1);
    }
    for (size_t i = 0; i < scenario->facilities.count; i++)
        places += facility_places(plan, &rows[i]);
    if (inside > FAR_ABOVE * places && inside >= 1)
        faults_warn(faults, node_at(node_find(scenario->node, "intake")), "intake",
                    "about %.3g people inside are to be expected (arrivals times days inside), and "
                    "there are %.0f places",
                    inside, places);
}

#define SUDDEN    0.1 /* of those inside, on one day */
#define SENTENCES 200 /* quantiles of the sentence that are looked at */

/* The share of CLASS whose sentence MEASURE holds for. */
static double
share_of_sentences(const struct class_plan *class, const struct measure_plan *measure)
{
    double within = 0;

    if (class->sentence == NULL)
        return measure->least_sentence == 0;
    for (int i = 0; i < SENTENCES; i++) {
        ticks sentence =
            ticks_from_days(distribution_quantile(class->sentence, (i + 0.5) / SENTENCES));
        within += sentence >= measure->least_sentence && sentence <= measure->most_sentence;
    }
    return within / SENTENCES;
}

/* The share of those in PHASE who leave it on the first day of MEASURE: of early release those
 * whose time left is that short, as if ends came without memory. */
static double
share_at_once(const struct plan *plan, const struct measure_plan *measure, uint16_t class,
              uint16_t phase)
{
    const struct phase_plan *row = &plan->phase[phase];
    double visits = steady_visits(&plan->steady, class, phase);

    if (!(measure->statuses >> row->status & 1) || row->where != PHASE_INSIDE || visits <= 0)
        return 0;
    if (measure->kind != MEASURE_EARLY_RELEASE)
        return 1;
    double mean = steady_days(&plan->steady, class, phase) / visits;
    return row->releases ? 1 - exp(-ticks_to_days(measure->forward) / mean) : 0;
}

/* The share of those inside whom MEASURE would take on one day, in balance. */
static double
share_taken(const struct plan *plan, const struct measure_plan *measure)
{
    double inside = 0, taken = 0;

    for (uint16_t c = 0; c < plan->classes; c++) {
        bool within = measure->of_class == NULL || measure->of_class[c];
        double share = within ? share_of_sentences(&plan->class[c], measure) : 0;
        for (uint16_t p = 0; p < plan->phases; p++) {
            double people = plan->entries[c] * steady_days(&plan->steady, c, p);
            if (plan->phase[p].where == PHASE_INSIDE)
                inside += people;
            taken += people * share * share_at_once(plan, measure, c, p);
        }
    }
    return inside > 0 ? measure->uptake * taken / inside : 0;
}

/* Measures without a limit that would take many people in one day, of the nation. */
static void
warn_sudden(const struct plan *plan, struct faults *faults)
{
    const struct measure_object *rows = plan->scenario->measures.item;

    for (uint32_t i = 0; i < plan->measures; i++) {
        const struct measure_plan *measure = &plan->measure[i];
        bool limited = measure->a_day < MEASURE_NO_LIMIT || measure->at_once < MEASURE_NO_LIMIT ||
                       measure->total < MEASURE_NO_LIMIT || measure->enough;
        bool takes = measure->kind == MEASURE_EARLY_RELEASE ||
                     measure->kind == MEASURE_EXTENDED_LEAVE ||
                     measure->kind == MEASURE_MONITORING || measure->kind == MEASURE_TRANSFER_OUT;
        double share = share_taken(plan, measure);
        char path[64];
        if (limited || !takes || measure->to != NOWHERE || measure->region != NOWHERE ||
            measure->reaches == REACHES_NEW || measure->from >= plan->days || measure->until <= 0 ||
            share <= SUDDEN)
            continue;
        snprintf(path, sizeof path, "measures[%u]", i);
        faults_warn(faults, node_at(rows[i].node), path,
                    "without a limit it takes about %.0f %% of those inside on its first day; give "
                    "a_day, total or enough, unless that is what the law says",
                    100 * share);
    }
}

static bool
is_of_process(const struct plan *plan, uint32_t project, const char *process)
{
    const struct facility_object *rows = plan->scenario->facilities.item;

    return strcmp(rows[plan->projects.project[project].facility].project.process, process) == 0;
}

/* Projects that the run is too short for, process by process: as planned, with the wait for a place
 * in their phase. */
static void
warn_late(const struct plan *plan, struct faults *faults)
{
    const struct scenario *scenario = plan->scenario;
    const struct facility_object *rows = scenario->facilities.item;

    for (size_t p = 0; p < scenario->stages.count; p++) {
        const struct project_plan *first = NULL;
        size_t projects = 0, late = 0;
        char path[128];
        for (uint32_t i = 0; i < plan->projects.count; i++) {
            const struct project_plan *project = &plan->projects.project[i];
            if (!is_of_process(plan, i, scenario->stages.name[p]))
                continue;
            projects++;
            late += project->planned >= plan->days;
            if (first == NULL && project->planned >= plan->days)
                first = project;
        }
        if (first == NULL)
            continue;
        const struct facility_object *row = &rows[first->facility];
        snprintf(path, sizeof path, "stages.%.60s", scenario->stages.name[p]);
        faults_warn(faults, node_at(node_where(row->project.node, "starts")), path,
                    "takes %.0f d by its means, without failures: %zu of its %zu projects would "
                    "open after the run, %.60s first",
                    first->days, late, projects, row->name);
    }
}

/* People of the stock whom no phase has. They are the world's, and so are its rows. */
static void
check_stock_met(const struct plan *world, struct faults *faults)
{
    const struct stock_object *objects = world->scenario->stock.item;
    char path[64];

    for (uint32_t i = 0; i < world->stocks; i++) {
        const struct stock_plan *row = &world->stock[i];
        const struct node *node = objects[row->listed].node;
        if (row->count <= 0 || stock_can_be_met(world, row))
            continue;
        snprintf(path, sizeof path, "stock[%u]", row->listed);
        faults_add(faults, node_at(node_where(node, row->phase != NO_PHASE ? "phase" : "status")),
                   path,
                   "nobody is ever %s for a while, and %lld are to be there; give %s a stay, or "
                   "name another phase",
                   row->phase != NO_PHASE ? "in this phase" : "in a phase with this status",
                   (long long)row->count, row->phase != NO_PHASE ? "it" : "one");
    }
}

/* Slower procedures that make more people that make slower procedures. */
static void
check_loop(const struct plan *plan, struct faults *faults)
{
    const struct slows_object *slows = &plan->scenario->pressure.procedures;
    struct error err = {0};

    if (plan_check_loop(plan, &err) != OK)
        faults_add(faults, node_at(node_where(slows->node, "pressure")), "pressure.procedures",
                   "%s", err.message);
}

/* What only the plan knows. OK or NO_MEMORY; what else the plan cannot be, the run says. */
static int
check_planned(const struct scenario *scenario, struct faults *faults)
{
    struct plan *plan;
    struct error err = {0};

    if ((double)scenario->intake.count * (scenario->horizon + scenario->warm_up) > MOST_RATES)
        return OK;
    int status = plan_create(&plan, scenario, &err);
    const char *reader = scenario->come_back.count > 0    ? "come_back"
                         : scenario->intake_matches_stock ? "intake_matches_stock"
                                                          : NULL;
    if (status == BAD_INPUT && reader != NULL)
        faults_add(faults, node_at(node_where(scenario->node, reader)), NULL, "%s", err.message);
    if (status != OK)
        return status == NO_MEMORY ? NO_MEMORY : OK;
    check_stock_met(plan->world, faults);
    warn_crowded(plan, faults);
    warn_late(plan, faults);
    check_loop(plan, faults);
    warn_sudden(plan, faults);
    status = uncertain_try(plan, faults);
    plan_free(plan);
    return status;
}

int
run_read_from(struct scenario *scenario, const struct scenario_source *from, struct faults *faults)
{
    int status = scenario_read_from(scenario, from, faults);

    if (status == NO_MEMORY)
        return status;
    series_check(&scenario->keep, faults);
    if (status == OK)
        status = uncertain_check(scenario, faults);
    if (status == OK && faults->errors == 0 && check_planned(scenario, faults) == NO_MEMORY) {
        faults_free(faults);
        faults_add(faults, (struct position){from->file, 0, 0}, NULL, "no memory to read it");
        return NO_MEMORY;
    }
    faults_sort(faults);
    return status == OK && faults->errors > 0 ? BAD_INPUT : status;
}

int
run_read(struct scenario *scenario, const char *file, bool allow_outside, struct faults *faults)
{
    const struct scenario_source from = {.file = file, .allow_outside = allow_outside};

    return run_read_from(scenario, &from, faults);
}
