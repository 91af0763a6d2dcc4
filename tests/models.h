#ifndef TESTS_MODELS_H
#define TESTS_MODELS_H
/* Read a scenario of tests/data/models or of a test's own text, run replications of it, add things
 * up. */

#include "models/model.h"
#include "models/pathways/stock.h"
#include "models/places/site.h"
#include "models/record/record.h"
#include "models/scenario/read.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct trial {
    struct scenario scenario;
    struct faults faults;
    struct plan *plan;
    struct model *model;
};

static void
trial_read(struct trial *trial, const char *path)
{
    struct error err = {0};
    char line[1024];

    *trial = (struct trial){0};
    if (scenario_read(&trial->scenario, path, false, &trial->faults) != OK) {
        faults_line(&trial->faults, 0, line, sizeof line);
        fail_msg("%s", line);
    }
    if (plan_create(&trial->plan, &trial->scenario, &err) != OK ||
        model_create(&trial->model, trial->plan, 1, &err) != OK)
        fail_msg("%s", err.message);
}

__attribute__((unused)) static void
trial_open(struct trial *trial, const char *file)
{
    char path[256];

    snprintf(path, sizeof path, "tests/data/models/%s", file);
    trial_read(trial, path);
}

/* A scenario of the lines TEXT, written as printf writes it, in one region unless it says so
 * itself. */
__attribute__((unused, format(printf, 2, 3))) static void
trial_open_text(struct trial *trial, const char *text, ...)
{
    char path[] = "/tmp/doorstroom-model-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    va_list arguments;

    assert_non_null(file);
    fputs("name: T\nstart: 2026-01-01\nreplications: 1\n", file);
    if (strstr(text, "regions:") == NULL)
        fputs("regions: [north]\n", file);
    if (strstr(text, "horizon:") == NULL)
        fputs("horizon: 400 d\n", file);
    va_start(arguments, text);
    vfprintf(file, text, arguments);
    va_end(arguments);
    fclose(file);
    trial_read(trial, path);
    unlink(path);
}

__attribute__((unused)) static void
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

static const struct kept *
trial_kept(const struct trial *trial, int scope, const char *series)
{
    const struct kept *kept;

    for (size_t i = 0; (kept = record_kept(trial->model, i)) != NULL; i++)
        if (kept->variable.scope == scope && strcmp(kept->variable.series->name, series) == 0)
            return kept;
    fail_msg("%s is not kept", series);
    return NULL;
}

/* A value of the result: the Kth of SERIES of the INDEXth region or facility (SCOPE), in ROW. */
static double
trial_at(const struct trial *trial, int scope, uint32_t index, const char *series, uint32_t k,
         int32_t row)
{
    const struct kept *kept = trial_kept(trial, scope, series);
    size_t at = ((size_t)row * kept->columns + index) * kept->width + k;

    return kept->mean != NULL ? (double)kept->mean[at] : (double)kept->count[at];
}

/* The nation's value in ROW (day, unless the scenario says otherwise). */
__attribute__((unused)) static double
trial_value(const struct trial *trial, const char *series, uint32_t k, int32_t row)
{
    return trial_at(trial, AT_NATION, 0, series, k, row);
}

/* The nation's sum over the whole result. */
__attribute__((unused)) static double
trial_sum(const struct trial *trial, const char *series, uint32_t k)
{
    double sum = 0;

    for (int32_t row = 0; row < trial->plan->keep[AT_NATION].rows; row++)
        sum += trial_value(trial, series, k, row);
    return sum;
}

__attribute__((unused)) static double
trial_mean(const struct trial *trial, const char *series, uint32_t k)
{
    return trial_sum(trial, series, k) / trial->plan->keep[AT_NATION].rows;
}

__attribute__((unused)) static uint32_t
trial_facility(const struct trial *trial, const char *name)
{
    for (uint32_t i = 0; i < trial->plan->facilities; i++)
        if (strcmp(trial->plan->facility[i].name, name) == 0)
            return i;
    fail_msg("no facility %s", name);
    return 0;
}

#endif
