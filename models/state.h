#ifndef MODELS_STATE_H
#define MODELS_STATE_H
/* The state of one replication. Each part is its module's own: only that module looks into it. */

#include <stdint.h>

struct model {
    const struct plan *plan;     /* of the replication: what it was made for, or what is drawn */
    struct uncertain *uncertain; /* what is drawn: plan/uncertain; NULL: nothing is */
    struct plan *drawn;          /* for the replication */
    double *parameter;           /* the numbers that were drawn for it */
    struct engine *engine;
    uint64_t replication;
    struct site *site;             /* [sites]: places/site */
    struct measures *measures;     /* measures/measure */
    struct arrivals *arrivals;     /* pathways/arrival */
    struct drift *drift;           /* pathways/drift */
    struct feedback *feedback;     /* pathways/feedback */
    struct projects *projects;     /* projects/project */
    struct evaluation *evaluation; /* pathways/evaluation */
    struct staff *staff;           /* staff/staff */
    struct desks *desks;           /* pathways/desk */
    struct after *after;           /* pathways/after */
    struct stock *stock;           /* pathways/stock */
    struct office *office;         /* office/office */
    struct record *record;         /* record/record */
    const struct trace *trace;     /* places/trace; NULL: nobody listens */
    char *site_counts;             /* what sites point into */
    uint64_t *days; /* counts the days simulated, by all models at once; NULL: nobody asks */
};

#endif
