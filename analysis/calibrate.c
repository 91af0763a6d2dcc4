#include "calibrate.h"

#include "models/record/series.h"
#include "models/run/campaign.h"
#include "models/run/reading.h"
#include "models/scenario/formula.h"

#include "sim/engine/calendar.h"
#include "sim/engine/distribution.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH 4400

/* Scores beyond are drawn once in 10^15 draws, and 1 - p would lose its digits. */
#define MOST_SCORE 8.0

static const struct draw *
parameter_of(const struct calibration *c, size_t number)
{
    return uncertain_draw(c->plan, number);
}

static const struct target_object *
targets_of(const struct calibration *c)
{
    return c->asked.targets.item;
}

/* The file that the targets name, seen from their own. */
static void
scenario_path(const char *targets, const char *scenario, char out[PATH])
{
    const char *slash = strrchr(targets, '/');
    int folder = slash != NULL && scenario[0] != '/' ? (int)(slash - targets) + 1 : 0;

    snprintf(out, PATH, "%.*s%s", folder, targets, scenario);
}

/* Are all of the series there that NAMES of a target has? */
static void
check_series(const struct layout *layout, const struct target_object *target,
             const struct estimand *estimand, struct faults *faults, struct error *err)
{
    struct estimand_names names = {0};

    if (estimand_name(estimand, &names, err) == OK)
        for (size_t i = 0; i < names.count; i++) {
            size_t v = 0;
            while (v < layout->variables &&
                   strcmp(layout->variable[v].name, names.choice[i].name) != 0)
                v++;
            if (v == layout->variables)
                faults_add(
                    faults, node_at(node_where(target->node, "series")), target->name,
                    "the scenario keeps no series %.60s; 'doorstroom explain' lists them, and "
                    "record says which are kept",
                    names.choice[i].name);
        }
    estimand_names_free(&names);
}

/* The days from the result's first on in which TARGET was observed, into ESTIMAND. */
static void
set_window(const struct calibration *c, const struct target_object *target,
           struct estimand *estimand, struct faults *faults)
{
    int32_t start = c->plan->start, end = start + c->plan->result_days;
    int32_t from = target->from == NO_DATE ? start : target->from;
    int32_t until = target->until == NO_DATE ? end : target->until;
    char first[CALENDAR_TEXT], last[CALENDAR_TEXT];

    estimand->from = from - start;
    estimand->until = until - start;
    if (from >= start && until <= end && from < until)
        return;
    calendar_write(start, first);
    calendar_write(end, last);
    faults_add(faults, node_at(target->node), target->name,
               "its days are not within the result, which goes from %s to before %s", first, last);
}

static void
check_targets(struct calibration *c, const struct layout *layout, struct faults *faults,
              struct error *err)
{
    const struct target_object *targets = targets_of(c);

    for (size_t t = 0; t < c->targets; t++) {
        const struct target_object *target = &targets[t];
        c->estimand[t] = (struct estimand){.estimator = target_estimator(target),
                                           .series = target->series,
                                           .at = target->at != NULL ? target->at : "",
                                           .under = target->under != NULL ? target->under : "",
                                           .number = target->number,
                                           .scale = target->scale,
                                           .offset = target->offset};
        c->observed[t] = target->value;
        c->error[t] = target->error;
        set_window(c, target, &c->estimand[t], faults);
        check_series(layout, target, &c->estimand[t], faults, err);
        bool divides = strcmp(c->estimand[t].estimator, "ratio") == 0 ||
                       strcmp(c->estimand[t].estimator, "stay") == 0;
        if (divides != (target->under != NULL))
            faults_add(faults, node_at(node_where(target->node, "under")), target->name,
                       divides ? "what is it divided by? give under, a series"
                               : "%.40s divides by nothing; leave under out",
                       c->estimand[t].estimator);
    }
}

static void
check_parameters(const struct calibration *c, struct faults *faults)
{
    size_t fewest = c->method->fewest(c->parameters, c->targets);

    if (c->parameters == 0)
        faults_add(faults, node_at(node_where(c->asked.node, "scenario")), "scenario",
                   "nothing is uncertain in it: say there which fields are, each with its prior");
    for (size_t i = 0; i < c->parameters; i++)
        if (parameter_of(c, i)->of == NULL)
            faults_add(faults, node_at(parameter_of(c, i)->at), parameter_of(c, i)->name,
                       "a column of a posterior is no prior; give it a distribution");
    if (c->members < fewest)
        faults_add(faults, node_at(node_where(c->asked.node, "members")), "members",
                   "%zu, and %zu parameters with %zu targets ask for %zu at least", c->members,
                   c->parameters, c->targets, fewest);
    if (!c->method->ends_early && node_find(c->asked.node, "accepted") != NULL)
        faults_add(faults, node_at(node_where(c->asked.node, "accepted")), "accepted",
                   "%s takes all its steps; leave it out, or say method: abc", c->method->word);
}

static int
allocate(struct calibration *c, struct error *err)
{
    size_t p = c->parameters, t = c->targets;

    c->estimand = calloc(t + 1, sizeof *c->estimand);
    c->observed = calloc(t + 1, sizeof *c->observed);
    c->error = calloc(t + 1, sizeof *c->error);
    c->score = calloc(c->members * p + 1, sizeof *c->score);
    c->value = calloc(c->members * p + 1, sizeof *c->value);
    c->chance = calloc(t * t + 1, sizeof *c->chance);
    c->before = calloc(t + 1, sizeof *c->before);
    c->after = calloc(t + 1, sizeof *c->after);
    c->moved = calloc(p + 1, sizeof *c->moved);
    return c->estimand && c->observed && c->error && c->score && c->value && c->chance &&
                   c->before && c->after && c->moved
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the members");
}

int
calibration_read(struct calibration *c, const char *path, struct faults *faults, struct error *err)
{
    char scenario[PATH];
    struct layout layout = {0};

    *c = (struct calibration){0};
    int status = targets_read(&c->asked, &c->tree, path, faults);
    if (status != OK)
        return status == BAD_INPUT ? BAD_INPUT : error_set(err, status, "no memory to read it");
    scenario_path(path, c->asked.scenario, scenario);
    status = run_read(&c->scenario, scenario, false, faults);
    if (status != OK)
        return status;
    c->method = &method_table[c->asked.method];
    c->members = c->asked.members > 0 ? (size_t)c->asked.members : c->method->members;
    c->replications = (size_t)c->asked.replications;
    c->steps = c->asked.steps > 0 ? (size_t)c->asked.steps : c->method->steps;
    c->targets = c->asked.targets.count;
    c->scenario.chance = c->asked.replications; /* of a member: they share its draw */
    status = plan_create(&c->plan, &c->scenario, err);
    if (status != OK)
        return status;
    c->parameters = uncertain_count(c->plan);
    status = uncertain_create(&c->uncertain, c->plan, err);
    if (status == OK)
        status = allocate(c, err);
    if (status == OK)
        status = series_layout(&layout, c->plan, err);
    if (status == OK) {
        check_targets(c, &layout, faults, err);
        check_parameters(c, faults);
    }
    series_layout_free(&layout);
    for (size_t t = 0; t < c->targets && status == OK; t++)
        status = estimand_name(&c->estimand[t], &c->names, err);
    return status == OK && faults->errors > 0 ? BAD_INPUT : status;
}

void
calibration_free(struct calibration *c)
{
    estimand_names_free(&c->names);
    uncertain_free(c->uncertain);
    plan_free(c->plan);
    scenario_free(&c->scenario);
    tree_free(&c->tree);
    free(c->estimand);
    free(c->observed);
    free(c->error);
    free(c->score);
    free(c->value);
    free(c->chance);
    free(c->before);
    free(c->after);
    free(c->moved);
}

/* A run of some members: one point, of whose replications so many in a row share a member's values.
 */
struct simulation {
    const struct calibration *of;
    struct given_draws given;
    struct experiment_point point;
    struct memory memory;
    double *outcome;
};

static int
open_point(void *context, size_t number, struct error *err)
{
    struct simulation *simulation = context;
    int status = campaign_plan(&simulation->point, &simulation->of->scenario, err);

    (void)number;
    if (status == OK)
        ((struct plan *)simulation->point.subject)->given = &simulation->given;
    simulation->memory.choice = simulation->of->names.choice;
    simulation->memory.choices = simulation->of->names.count;
    simulation->point.sink = sink_memory(&simulation->memory);
    return status;
}

/* Each target of each replication, into the outcomes. */
static int
take_outcomes(const struct simulation *simulation, struct error *err)
{
    const struct calibration *c = simulation->of;
    const struct estimand_run run = {&simulation->memory, simulation->point.layout,
                                     floor(c->scenario.horizon + 0.5)};
    size_t n = simulation->memory.replications;
    double *value = calloc(n + 1, sizeof *value);
    int status = OK;

    if (value == NULL)
        return error_set(err, NO_MEMORY, "no memory for the outcomes");
    for (size_t t = 0; t < c->targets && status == OK; t++) {
        status = estimand_each(&c->estimand[t], &run, value, err);
        for (size_t r = 0; r < n && status == OK; r++) {
            unsigned long long replication = simulation->memory.first + r;
            simulation->outcome[r * c->targets + t] = value[r];
            if (!isfinite(value[r]))
                status = error_set(err, BAD_INPUT,
                                   "%s has no value in replication %llu: choose a time in which "
                                   "there is something to count",
                                   targets_of(c)[t].name, replication);
        }
    }
    free(value);
    return status;
}

static void
close_point(void *context, size_t number)
{
    struct simulation *simulation = context;
    struct experiment_point *point = &simulation->point;

    (void)number;
    if (point->status == OK)
        point->status = take_outcomes(simulation, &point->error);
    memory_free(&simulation->memory);
    campaign_plan_free(point);
}

int
calibration_simulate(const struct calibration *c, const double *value, size_t rows, uint64_t first,
                     int threads, double *outcome, struct error *err)
{
    struct simulation simulation = {
        .of = c,
        .given = {value, rows, first},
        .point = {.first = first, .last = first + rows * c->replications - 1},
        .outcome = outcome};
    const struct campaign campaign = {
        .point = &simulation.point,
        .points = 1,
        .threads = threads,
        .context = &simulation,
        .open = open_point,
        .close = close_point,
        .stop = c->stop,
    };
    int status = campaign_run(&campaign, err);

    if (status == OK && simulation.point.status != OK)
        status = error_set(err, simulation.point.status, "%s", simulation.point.error.message);
    return status;
}

/* The values that the scores of a member are. */
static void
values_of_scores(const struct calibration *c, const double *score, double *value)
{
    for (size_t p = 0; p < c->parameters; p++) {
        double within = fmax(-MOST_SCORE, fmin(MOST_SCORE, score[p]));
        value[p] = distribution_quantile(parameter_of(c, p)->of, gsl_cdf_ugaussian_P(within));
    }
}

void
calibration_draw(const struct calibration *c, size_t member, double *score, double *value)
{
    for (size_t p = 0; p < c->parameters; p++)
        score[p] = gsl_cdf_ugaussian_Pinv(
            uncertain_uniform(c->uncertain, p, (uint64_t)member * c->replications));
    values_of_scores(c, score, value);
}

/* The means of the members that have been run, and the covariance between the replications of one.
 */
static void
reduce(const struct ensemble *e)
{
    size_t n = e->targets, r = e->replications;
    double free = (double)((e->last - e->first) * (r - 1));

    memset(e->chance, 0, n * n * sizeof *e->chance);
    for (size_t m = e->first; m < e->last; m++) {
        const double *of = e->outcome + m * r * n;
        double *mean = e->mean + m * n;
        memset(mean, 0, n * sizeof *mean);
        for (size_t i = 0; i < r; i++)
            for (size_t t = 0; t < n; t++)
                mean[t] += of[i * n + t] / (double)r;
        for (size_t i = 0; i < r; i++)
            for (size_t a = 0; a < n; a++)
                for (size_t b = 0; b < n; b++)
                    e->chance[a * n + b] +=
                        (of[i * n + a] - mean[a]) * (of[i * n + b] - mean[b]) / free;
    }
}

static void
moments_of(const double *value, size_t members, size_t columns, struct moments *moments)
{
    for (size_t i = 0; i < columns; i++) {
        double mean = gsl_stats_mean(value + i, columns, members);
        moments[i] = (struct moments){mean, gsl_stats_sd_m(value + i, columns, members, mean)};
    }
}

/* The runs of a calibration so far, and how they are made. */
struct progress {
    size_t step;
    uint64_t replications; /* of earlier steps */
    int threads;
};

/* Run the members whose turn it is with the scores they have, with replications that no earlier
 * step had. */
static int
run_members(struct calibration *c, const struct ensemble *e, struct progress *so_far,
            struct error *err)
{
    size_t p = c->parameters, members = e->last - e->first;

    for (size_t m = e->first; m < e->last; m++)
        values_of_scores(c, c->score + m * p, c->value + m * p);
    if (c->step != NULL)
        c->step(c->context, so_far->step, members);
    int status = calibration_simulate(c, c->value + e->first * p, members, so_far->replications,
                                      so_far->threads,
                                      e->outcome + e->first * c->replications * c->targets, err);
    so_far->replications += members * c->replications;
    so_far->step++;
    if (status == OK)
        reduce(e);
    return status;
}

/* Step by step, then all members as they end. */
static int
iterate(struct calibration *c, struct ensemble *e, int threads, struct error *err)
{
    struct progress so_far = {.threads = threads};
    int status = c->method->open(e, err);

    for (size_t step = 0; !e->done && status == OK; step++) {
        struct stream stream;
        status = run_members(c, e, &so_far, err);
        if (status != OK)
            return status;
        if (step == 0)
            moments_of(e->mean, c->members, c->targets, c->before);
        stream_open(&stream, (uint64_t)c->scenario.seed, step, 0,
                    (struct stream_name){stream_text_name(c->method->stream), 0}, 0);
        status = c->method->step(e, step, &stream, err);
    }
    e->first = 0;
    e->last = c->members;
    if (status == OK)
        status = run_members(c, e, &so_far, err);
    if (status != OK)
        return status;
    moments_of(e->mean, c->members, c->targets, c->after);
    moments_of(c->score, c->members, c->parameters, c->moved);
    if (c->method->tell != NULL)
        c->method->tell(e);
    return OK;
}

uint64_t
calibration_runs(const struct calibration *c)
{
    return (uint64_t)c->method->runs(c->members, c->steps) * c->replications;
}

int
calibration_run(struct calibration *c, int threads, struct error *err)
{
    struct ensemble ensemble = {
        .members = c->members,
        .parameters = c->parameters,
        .targets = c->targets,
        .replications = c->replications,
        .steps = c->steps,
        .accepted = c->asked.accepted,
        .observed = c->observed,
        .error = c->error,
        .score = c->score,
        .outcome = calloc(c->members * c->replications * c->targets + 1, sizeof(double)),
        .mean = calloc(c->members * c->targets + 1, sizeof(double)),
        .chance = c->chance,
        .last = c->members,
    };
    int status = ensemble.outcome != NULL && ensemble.mean != NULL
                     ? OK
                     : error_set(err, NO_MEMORY, "no memory for the outcomes");

    for (size_t m = 0; m < c->members; m++)
        calibration_draw(c, m, c->score + m * c->parameters, c->value + m * c->parameters);
    if (status == OK)
        status = iterate(c, &ensemble, threads, err);
    c->report = ensemble.report;
    c->method->close(&ensemble);
    free(ensemble.outcome);
    free(ensemble.mean);
    return status;
}
