#include "evaluation.h"

#include "models/plan/draws.h"

#include "sim/engine/portable_math.h"

#include <stdlib.h>
#include <string.h>

struct evaluation {
    int64_t *houses; /* [regions]: open and reporting */
    bool *counted;   /* [facilities]: one of them */
    uint64_t *total; /* [figures][days + 1] */
    int64_t days;    /* of houses evaluated until today */
    double error;    /* of a screening that ends today */
};

struct evaluation *
evaluation_create(const struct plan *plan)
{
    struct evaluation *evaluation = calloc(1, sizeof *evaluation);
    size_t days = plan->evaluation_rule.on ? (size_t)plan->days + 1 : 0;

    if (evaluation == NULL)
        return NULL;
    evaluation->houses = calloc(plan->regions + 1, sizeof *evaluation->houses);
    evaluation->counted = calloc(plan->facilities + 1, sizeof *evaluation->counted);
    evaluation->total = calloc(EVALUATION_FIGURES * days + 1, sizeof *evaluation->total);
    if (evaluation->houses != NULL && evaluation->counted != NULL && evaluation->total != NULL)
        return evaluation;
    evaluation_free(evaluation);
    return NULL;
}

void
evaluation_free(struct evaluation *evaluation)
{
    if (evaluation == NULL)
        return;
    free(evaluation->houses);
    free(evaluation->counted);
    free(evaluation->total);
    free(evaluation);
}

void
evaluation_reset(struct model *model)
{
    struct evaluation *evaluation = model->evaluation;

    memset(evaluation->houses, 0, model->plan->regions * sizeof *evaluation->houses);
    memset(evaluation->counted, 0, model->plan->facilities * sizeof *evaluation->counted);
    evaluation->days = 0;
    evaluation->error = model->plan->evaluation_rule.error;
}

void
evaluation_follow(struct model *model, const struct site *site)
{
    struct evaluation *evaluation = model->evaluation;
    bool reports = site->standing.open && site->facility->transparent && site->facility->house;

    if (reports == evaluation->counted[site->id])
        return;
    evaluation->counted[site->id] = reports;
    evaluation->houses[site->region] += reports ? 1 : -1;
}

static uint64_t *
line_of(const struct model *model, enum evaluation_figure figure)
{
    return model->evaluation->total + (size_t)figure * ((size_t)model->plan->days + 1);
}

void
evaluation_day(struct model *model, int32_t day)
{
    const struct evaluation_plan *rule = &model->plan->evaluation_rule;
    struct evaluation *evaluation = model->evaluation;
    uint64_t *error = line_of(model, EVALUATION_ERROR), *years = line_of(model, EVALUATION_YEARS);
    double learned = (double)evaluation->days;

    if (!rule->on)
        return;
    evaluation->error = rule->least_error + (rule->error - rule->least_error) *
                                                portable_exp(-learned / rule->experience);
    error[day + 1] = error[day] + (uint64_t)(evaluation->error * TICKS_PER_DAY + 0.5);
    years[day + 1] = years[day] + (uint64_t)(learned / DAYS_OF_YEAR * TICKS_PER_DAY + 0.5);
    for (uint32_t r = 0; r < model->plan->regions && day >= rule->from; r++)
        evaluation->days += evaluation->houses[r];
}

bool
evaluation_does_well(const struct site *site, const struct person *person)
{
    struct stream stream = site_stream(site, person, DRAW_SCREENING, 2u * person->times + 1);

    return stream_uniform(&stream) < site->plan->selection_rule.suitable;
}

bool
evaluation_finds(const struct site *site, const struct person *person)
{
    struct stream stream = site_stream(site, person, DRAW_PROSPECT, person->times);
    bool errs = stream_uniform(&stream) < site->model->evaluation->error;

    return evaluation_does_well(site, person) != errs;
}

uint64_t
evaluation_total(const struct model *model, enum evaluation_figure figure, int32_t day)
{
    return line_of(model, figure)[day];
}
