#ifndef SUBJECT_H
#define SUBJECT_H
/* A scenario that is made ready and timed. */

#include "bench.h"

#include "models/model.h"
#include "models/scenario/read.h"

#include <stdio.h>
#include <stdlib.h>

#define BELGIUM_FOLDER "scenarios/belgium/"
#define BELGIUM        BELGIUM_FOLDER "baseline.yaml"

struct subject {
    struct scenario scenario;
    struct faults faults;
    struct plan *plan;
    struct model *model;
};

static void
subject_open(struct subject *subject, const struct scenario_source *from)
{
    struct error err = {0};

    *subject = (struct subject){0};
    if (scenario_read_from(&subject->scenario, from, &subject->faults) != OK ||
        plan_create(&subject->plan, &subject->scenario, &err) != OK ||
        model_create(&subject->model, subject->plan, 1, &err) != OK) {
        char line[512] = "";
        faults_line(&subject->faults, 0, line, sizeof line);
        printf("%s cannot be prepared: %s%s\n", from->file, err.message, line);
        exit(1);
    }
}

static void
subject_close(struct subject *subject)
{
    model_free(subject->model);
    plan_free(subject->plan);
    scenario_free(&subject->scenario);
    faults_free(&subject->faults);
}

#endif
