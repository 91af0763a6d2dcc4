#ifndef MODELS_MODEL_H
#define MODELS_MODEL_H
/* One replication of a plan: sites on the engine, the placement office's lists, what was recorded.
 * A model is used again for the next replication; it keeps its memory. */

#include "crowding.h"
#include "plan.h"
#include "series.h"
#include "site.h"

#include "sim/engine.h"

enum event_kind {
    EVENT_ARRIVAL,
    EVENT_PHASE,
    EVENT_HOUSE,
    EVENT_BREACH,
    EVENT_HAND_OFF,
    EVENT_SETTLE,
    EVENT_KINDS
};

/* Somebody in a list of the placement office; in order of (since, name), a list for each priority.
 * An entry is void when the person has left the slot or the list. */
struct list_entry {
    ticks since;
    struct stream_name name;
    uint32_t site, slot;
};

#define PRIORITIES 10

struct list {
    struct list_entry *entry;
    uint32_t count, room;
};

/* A variable of the result. Values are means, quotients or counts; what they are taken from is
 * summed up exactly, in whole person-ticks and events. */
struct kept {
    struct variable variable;
    uint32_t places, width, parts; /* values of a place; totals behind them */
    int64_t *before;               /* [places][parts]: totals at the end of the row before */
    int64_t *sum;                  /* [parts]: what has been added since */
    union {
        float mean;
        int32_t count;
    } * value; /* [rows][places][width] */
};

/* What a replication leaves behind. */
struct record {
    size_t variables;
    struct kept *kept;
    int32_t crowding[CROWDING_PARTS]; /* persons at the last day's end */
};

struct measure_state {
    bool on;
    ticks review, effect; /* next look; when a decision takes effect; TICKS_NEVER: none pending */
    bool decided;
};

struct model {
    const struct plan *plan;
    struct engine *engine;
    uint64_t replication;
    struct site *site;
    uint32_t calendar;          /* next row */
    struct stream *slab_stream; /* [slabs] */
    uint64_t *slab_count;
    struct list list[QUEUES][PRIORITIES];
    int64_t
        *running; /* [desks][regions]: cases at desks of regions, and of the nation (region 0) */
    struct measure_state *measure;
    struct line (*region_line)[MOST_LEVELS]; /* [1 + regions]: sums of what sites told */
    int64_t (*region_flow)[MOST_FLOWS];      /* place 0 is the nation */
    uint32_t levels, flows;
    struct crowding crowding;
    struct record record;
    int64_t initial; /* people of the stock */
};

int model_create(struct model **model, const struct plan *plan, int threads, struct error *err);
void model_free(struct model *model);

/* Simulate REPLICATION from the start; the record then holds it. */
int model_run(struct model *model, uint64_t replication, struct error *err);

/* pathway.c */
extern const event_handler pathway_handlers[EVENT_KINDS];
uint32_t pathway_receive(struct lp *lp, const void *payload);
void pathway_start_arrivals(struct model *model);
void pathway_begin(struct site *site, uint32_t slot, uint16_t phase, ticks now);
void pathway_settle_stock(struct site *site, uint32_t slot, ticks now);
void pathway_place_left(struct site *site, const struct person *person, ticks now);
void pathway_consider(struct site *site, uint32_t slot, ticks now);

/* desk.c */

/* SLOT has begun a phase at a desk, with a case of LENGTH. */
void desk_begin(struct site *site, uint32_t slot, ticks length, ticks now);

/* SLOT goes to another site with its case, and has come there. */
void desk_leave(struct site *site, uint32_t slot, ticks now);
void desk_arrive(struct site *site, uint32_t slot, ticks now);

/* SLOT's phase ends, and the case with it. */
void desk_end(struct site *site, uint32_t slot, ticks now);

/* For the round: places that cases of SITE have freed; whether a waiting case of PERSON may start;
 * start it. */
void desk_take_back(struct model *model, struct site *site);
bool desk_has_place(struct model *model, const struct person *person);
void desk_start(struct model *model, struct site *site, uint32_t slot, ticks now);

/* One of the stock is in the middle of a case. */
void desk_settle(struct site *site, uint32_t slot);

/* placement.c: the daily round. */
void placement_round(struct model *model, ticks now);
void placement_stock(struct model *model);
void placement_calendar(struct model *model, int32_t day, ticks now);

/* measure.c: early release. */
void measure_review(struct model *model, int32_t day, ticks now);
void measure_apply(struct site *site, uint32_t slot, ticks now, bool beginning);

/* record.c */

/* A day ends at NOW: what has changed is told to regions and nation, and the rows that end are
 * written. */
void record_day(struct model *model, ticks now);

/* The values of VARIABLE of the layout, layout_count of them. */
void record_values(const struct model *model, size_t variable, void *values);
int record_create(struct model *model, struct error *err);
void record_reset(struct model *model);
void record_free(struct model *model);

#endif
