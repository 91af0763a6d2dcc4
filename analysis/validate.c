#include "validate.h"

#include "models/run/campaign.h"
#include "models/run/reading.h"
#include "models/scenario/load.h"
#include "models/scenario/source.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAMILY_ERROR 1e-3 /* that any comparison fails by chance */

/* The columns of the table: a text, or a number with what an empty cell means. */
static const struct column {
    const char *name;
    size_t offset;
    bool number;
    double empty;
} columns[] = {
    {"case", offsetof(struct comparison, case_name), false, 0},
    {"quantity", offsetof(struct comparison, quantity), false, 0},
    {"unit", offsetof(struct comparison, unit), false, 0},
    {"expected", offsetof(struct comparison, expected), true, 0},
    {"tolerance", offsetof(struct comparison, tolerance), true, 0},
    {"estimator", offsetof(struct comparison, estimand.estimator), false, 0},
    {"series", offsetof(struct comparison, estimand.series), false, 0},
    {"at", offsetof(struct comparison, estimand.at), false, 0},
    {"under", offsetof(struct comparison, estimand.under), false, 0},
    {"number", offsetof(struct comparison, estimand.number), true, 0},
    {"scale", offsetof(struct comparison, estimand.scale), true, 1},
    {"offset", offsetof(struct comparison, estimand.offset), true, 0},
    {"source", offsetof(struct comparison, source), false, 0},
};

static void
read_row(struct comparison *row, const struct node *node, struct faults *faults)
{
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        const struct node *cell = node_find(node, columns[c].name);
        char *field = (char *)row + columns[c].offset, *end;
        if (!columns[c].number) {
            const char *text = cell != NULL && cell->kind == NODE_SCALAR ? cell->text : "";
            memcpy(field, &text, sizeof text);
            continue;
        }
        double value = cell != NULL ? strtod(cell->text, &end) : columns[c].empty;
        if (cell != NULL && (*end != '\0' || end == cell->text))
            faults_add(faults, node_at(cell), columns[c].name, "expected a number, found '%.40s'",
                       cell->text);
        memcpy(field, &value, sizeof value);
    }
}

int
validation_read(struct validation *validation, const char *folder, struct faults *faults)
{
    char path[4200];

    *validation = (struct validation){.rows = 0};
    snprintf(validation->folder, sizeof validation->folder, "%s", folder);
    snprintf(path, sizeof path, "%s/cases.yaml", folder);
    source_begin(&validation->tree, &(struct scenario_source){.file = path}, faults);
    validation->tree.root = load_file(&validation->tree, path, "cases.yaml", NULL);
    source_end(&validation->tree);
    const struct node *list = node_find(validation->tree.root, "comparisons");
    if (faults->errors > 0 || list == NULL || list->kind != NODE_LIST) {
        if (faults->errors == 0)
            faults_add(faults, (struct position){path, 1, 1}, NULL, "expected comparisons: a list");
        return BAD_INPUT;
    }
    validation->row = calloc(list->count + 1, sizeof *validation->row);
    for (size_t i = 0; validation->row != NULL && i < list->count; i++)
        read_row(&validation->row[validation->rows++], list->child[i], faults);
    return validation->row == NULL ? NO_MEMORY : faults->errors > 0 ? BAD_INPUT : OK;
}

void
validation_free(struct validation *validation)
{
    free(validation->row);
    tree_free(&validation->tree);
}

/* Beyond this many standard errors a comparison fails, so that all of COUNT do by chance with
 * FAMILY_ERROR (Sidak 1967). */
static double
limit(size_t replications, size_t count)
{
    double each = 1 - pow(1 - FAMILY_ERROR, 1.0 / (double)count);

    return gsl_cdf_tdist_Qinv(each / 2, (double)replications - 1);
}

static void
judge(struct comparison *row, size_t count)
{
    double off = fabs(row->got - row->expected);
    double most = row->tolerance + limit(row->replications, count) * row->standard_error;

    row->distance = row->standard_error > 0 ? (row->got - row->expected) / row->standard_error : 0;
    row->holds = off <= most + 1e-9 * fabs(row->expected);
}

/* A case while it is run: its rows, its scenario, what is kept of its values. */
struct subject {
    struct comparison *row;
    size_t rows;
    struct scenario scenario;
    struct estimand_names names;
    struct memory memory;
    bool taken; /* and judged */
};

/* Cases as the points of a campaign. They are told in their order, whichever ends first. */
struct running {
    struct subject *subject;
    struct experiment_point *point;
    size_t cases, told, compared;
    void (*done)(const struct comparison *row, size_t rows);
};

static int
open_case(void *context, size_t i, struct error *err)
{
    struct running *running = context;
    struct subject *subject = &running->subject[i];
    int status = campaign_plan(&running->point[i], &subject->scenario, err);

    for (size_t r = 0; r < subject->rows && status == OK; r++)
        status = estimand_name(&subject->row[r].estimand, &subject->names, err);
    subject->memory.choice = subject->names.choice;
    subject->memory.choices = subject->names.count;
    running->point[i].sink = sink_memory(&subject->memory);
    return status;
}

/* Take a case's quantities from its values, and judge them. */
static int
take_case(const struct running *running, size_t i, struct error *err)
{
    struct subject *subject = &running->subject[i];
    const struct estimand_run run = {&subject->memory, running->point[i].layout,
                                     floor(subject->scenario.horizon + 0.5)};
    int status = OK;

    for (size_t r = 0; r < subject->rows && status == OK; r++) {
        struct comparison *row = &subject->row[r];
        row->replications = subject->memory.replications;
        status = estimand_take(&row->estimand, &run, &row->got, &row->standard_error, err);
        row->done = status == OK;
        judge(row, running->compared);
    }
    return status;
}

static void
close_case(void *context, size_t i)
{
    struct running *running = context;
    struct experiment_point *point = &running->point[i];
    struct subject *subject = &running->subject[i];

    if (point->status == OK)
        point->status = take_case(running, i, &point->error);
    subject->taken = point->status == OK;
    memory_free(&subject->memory);
    campaign_plan_free(point);
    for (; running->told < running->cases && running->subject[running->told].taken; running->told++)
        if (running->done != NULL)
            running->done(running->subject[running->told].row,
                          running->subject[running->told].rows);
}

static bool
wanted(const char *name, const char *const *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(cases[i], name) == 0)
            return true;
    return count == 0;
}

/* The cases that are wanted, each with its rows, which follow each other. */
static void
list_cases(struct validation *validation, const char *const *cases, size_t count,
           struct running *running)
{
    const char *before = "";

    for (size_t i = 0; i < validation->rows; i++) {
        struct comparison *row = &validation->row[i];
        bool same = strcmp(row->case_name, before) == 0;
        before = row->case_name;
        if (!wanted(row->case_name, cases, count))
            continue;
        if (!same)
            running->subject[running->cases++].row = row;
        running->subject[running->cases - 1].rows++;
        running->compared++;
    }
}

/* Read case I's scenario; QUICK with a tenth of its replications. */
static int
read_case(const struct validation *validation, struct running *running, size_t i, bool quick,
          struct error *err)
{
    struct subject *subject = &running->subject[i];
    struct faults faults = {0};
    char path[4400], line[1024];

    snprintf(path, sizeof path, "%s/%s.yaml", validation->folder, subject->row->case_name);
    int status = run_read(&subject->scenario, path, false, &faults);
    if (status != OK) {
        faults_line(&faults, 0, line, sizeof line);
        error_set(err, status, "%s", line);
    }
    uint64_t n = (uint64_t)subject->scenario.replications;
    if (quick)
        n = n / 10 > 10 ? n / 10 : 10;
    running->point[i].last = n - 1;
    faults_free(&faults);
    return status;
}

static int
run_cases(struct running *running, int threads, const volatile sig_atomic_t *stop,
          struct error *err)
{
    const struct campaign campaign = {
        .point = running->point,
        .points = running->cases,
        .threads = threads,
        .context = running,
        .open = open_case,
        .close = close_case,
        .stop = stop,
    };
    int status = campaign_run(&campaign, err);

    for (size_t i = 0; i < running->cases && status == OK; i++)
        if (running->point[i].status != OK)
            status =
                error_set(err, running->point[i].status, "%s", running->point[i].error.message);
    return status;
}

int
validation_run(struct validation *validation, const char *const *cases, size_t count, bool quick,
               int threads, void (*done)(const struct comparison *row, size_t rows),
               struct error *err)
{
    struct running running = {.done = done};
    size_t read = 0;
    int status = OK;

    running.subject = calloc(validation->rows + 1, sizeof *running.subject);
    running.point = calloc(validation->rows + 1, sizeof *running.point);
    if (running.subject == NULL || running.point == NULL)
        status = error_set(err, NO_MEMORY, "no memory for the cases");
    else
        list_cases(validation, cases, count, &running);
    for (; read < running.cases && status == OK; read++)
        status = read_case(validation, &running, read, quick, err);
    if (status == OK)
        status = run_cases(&running, threads, validation->stop, err);
    for (size_t i = 0; i < read; i++) {
        scenario_free(&running.subject[i].scenario);
        estimand_names_free(&running.subject[i].names);
    }
    free(running.subject);
    free(running.point);
    return status;
}
