#ifndef TESTS_MODELS_H
#define TESTS_MODELS_H
/* Read a scenario of tests/data/models, run replications of it, add things up. */

#include "models/model.h"

#include <stdlib.h>

struct trial {
    struct scenario scenario;
    struct faults faults;
    struct plan *plan;
    struct model *model;
};

static void
trial_open(struct trial *trial, const char *file)
{
    struct error err = {0};
    char path[256], line[1024];

    *trial = (struct trial){0};
    snprintf(path, sizeof path, "tests/data/models/%s", file);
    if (scenario_read(&trial->scenario, path, false, &trial->faults) != OK) {
        faults_line(&trial->faults, 0, line, sizeof line);
        fail_msg("%s", line);
    }
    if (plan_create(&trial->plan, &trial->scenario, &err) != OK ||
        model_create(&trial->model, trial->plan, 1, &err) != OK)
        fail_msg("%s", err.message);
}

static void
trial_run(struct trial *trial, uint64_t replication)
{
    struct error err = {0};

    if (model_run(trial->model, replication, &err) != OK)
        fail_msg("%s", err.message);
}

static void
trial_close(struct trial *trial)
{
    model_free(trial->model);
    plan_free(trial->plan);
    scenario_free(&trial->scenario);
    faults_free(&trial->faults);
}

/* Mean of a level of the nation on DAY of the result, persons. */
__attribute__((unused)) static double
trial_level(const struct trial *trial, int32_t day, int level)
{
    const struct model *model = trial->model;
    size_t row = (size_t)day * (1 + trial->plan->regions);

    return (double)model->record.level[row * model->levels + (size_t)level] /
           (double)TICKS_PER_DAY;
}

__attribute__((unused)) static int64_t
trial_flow(const struct trial *trial, int32_t day, int flow)
{
    const struct model *model = trial->model;
    size_t row = (size_t)day * (1 + trial->plan->regions);

    return model->record.flow[row * model->flows + (size_t)flow];
}

/* Mean over the whole result. */
__attribute__((unused)) static double
trial_mean(const struct trial *trial, int level)
{
    double sum = 0;

    for (int32_t day = 0; day < trial->model->result_days; day++)
        sum += trial_level(trial, day, level);
    return sum / trial->model->result_days;
}

__attribute__((unused)) static double
trial_sum(const struct trial *trial, int flow)
{
    double sum = 0;

    for (int32_t day = 0; day < trial->model->result_days; day++)
        sum += (double)trial_flow(trial, day, flow);
    return sum;
}

#endif
