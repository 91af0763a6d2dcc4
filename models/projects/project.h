#ifndef MODELS_PROJECTS_PROJECT_H
#define MODELS_PROJECTS_PROJECT_H
/* Houses on their way: each project's life in a replication, drawn whole at its beginning. */

#include "models/plan/plan.h"
#include "models/state.h"

/* What is counted of projects. Levels are of a day, flows happen on one. */
enum project_figure {
    PROJECT_STATE, /* [names]: projects in a stage, open, abandoned, lapsed */
    PROJECT_PARTY, /* [parties] */
    PROJECT_PROMISED,
    PROJECT_PLACES,
    PROJECT_OPENED,
    PROJECT_DELAY, /* days, against the plan */
    PROJECT_LATE,  /* days, against the published date */
    PROJECT_FIGURES
};

/* A project's ends, in days from the beginning of the warm-up; infinite: not within the run. */
struct project_life {
    double opens, abandoned;
    double funded; /* until then */
};

/* Room for what is counted of the projects of PLAN; NULL: no memory. */
struct projects *projects_create(const struct plan *plan);
void projects_free(struct projects *projects);

/* The life of PROJECT in the replication where its first stage begins at DAYS, as far as it comes
 * before the run's end. */
struct project_life project_live(const struct model *model, const struct project_plan *project,
                                 double days);

/* Draw the lives of all projects, and add what they change to the calendar. */
void projects_begin(struct model *model);

/* The PART-th of FIGURE added up over the days before DAY, modulo 2^64. */
uint64_t projects_total(const struct model *model, enum project_figure figure, uint32_t part,
                        int32_t day);

#endif
