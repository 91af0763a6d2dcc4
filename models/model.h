#ifndef MODELS_MODEL_H
#define MODELS_MODEL_H
/* One replication of a plan: sites on the engine, the placement office's lists, what was recorded.
 * A model is used again for the next replication; it keeps its memory. */

#include "models/record/crowding.h"
#include "models/plan/plan.h"
#include "models/record/series.h"
#include "models/places/site.h"
#include "models/office/waiting.h"

#include "sim/engine/engine.h"

enum event_kind {
    EVENT_ARRIVAL,
    EVENT_PHASE,
    EVENT_HOUSE,
    EVENT_HAND_OFF,
    EVENT_SETTLE,
    EVENT_KINDS
};

/* A region's part of the placement office: what it does in a round touches its own sites only. */
struct office {
    struct list list[QUEUES][PRIORITIES]; /* of those who are at its sites */
    uint32_t calendar;                    /* rows carried out */
    uint32_t *away, aways, away_room;     /* (site, slot) of those it has no place for, in pairs */
    struct site **site;                   /* [sites]: the region's facilities */
    struct site **open;                   /* [sites]: those with room, for a list */
    uint32_t sites;
    bool leaving; /* one of them sends its people away */
};

/* A variable of the result. Values are means, quotients or counts; what they are taken from is
 * summed up exactly, in whole person-ticks and events. */
struct kept {
    struct variable variable;
    uint32_t places, width, parts; /* values of a place; totals behind them */
    wide *before;                  /* [places][parts]: totals at the end of the row before */
    float *mean;                   /* [rows][places][width]; or */
    int64_t *count;                /* the same, of a series of whole numbers */
};

/* What a replication leaves behind. */
struct record {
    size_t variables;
    struct kept *kept;
    bool crowds;                      /* crowding is kept */
    int64_t crowding[CROWDING_PARTS]; /* persons at the last day's end */
};

/* A facility of the world on the day of the start, as far as the stock looks at it. */
struct shelter {
    int64_t people, capacity;
    double entry, ceiling;
    bool open;
};

/* What the stock is placed by. */
struct stock {
    struct shelter *shelter; /* [world's facilities] */
    double *people_in;       /* [world's phases]: in balance */
    double *before;          /* [world's regions]: people who come there a day, before the start */
};

struct measure_state {
    bool on;
    ticks review, effect; /* next look; when a decision takes effect; TICKS_NEVER: none pending */
    ticks since;          /* when it last went on or off */
    struct line in_force; /* 1 while it is on */
    bool reached;         /* since it is on it has reached those inside */
    bool decided;
};

struct model {
    const struct plan *plan;
    struct engine *engine;
    uint64_t replication;
    struct site *site;
    struct stream *slab_stream; /* [slabs] */
    uint64_t *slab_count;
    struct office *office; /* [regions] */
    struct site **open;    /* [facilities]: those of the nation with room, for a list */
    uint32_t *cursor;      /* [regions]: how far the nation has gone through a region's list */
    int64_t seats;         /* in vans, left today */
    bool *passed;          /* [facilities]: balance has passed it over in this round */
    int64_t *running; /* [desks][regions]: cases at desks of regions; of the nation: region 0 */
    struct measure_state *measure;
    struct line (*region_line)[MOST_LEVELS]; /* [regions]: sums of what sites told */
    int64_t (*region_flow)[MOST_FLOWS];
    struct wide_line *region_felt;        /* [regions] */
    int64_t *region_total;                /* [regions][classes][TOTALS] */
    struct line nation_line[MOST_LEVELS]; /* sums over regions, at the end of a row */
    int64_t nation_flow[MOST_FLOWS];
    struct wide_line nation_felt;
    int64_t *nation_total; /* [classes][TOTALS] */
    int64_t *site_total;   /* what sites point into */
    uint32_t levels, flows;
    struct crowding crowding;
    struct record record;
    struct stock stock;
    int64_t initial; /* people of the stock */
    uint64_t *days;  /* counts the days simulated, by all models at once; NULL: nobody asks */
};

int model_create(struct model **model, const struct plan *plan, int threads, struct error *err);
void model_free(struct model *model);

/* Put REPLICATION at its start: the stock is there, and nothing has happened. */
void model_begin(struct model *model, uint64_t replication);

/* Simulate REPLICATION from the start; the record then holds it. */
int model_run(struct model *model, uint64_t replication, struct error *err);

/* pathway.c */
extern const event_handler pathway_handlers[EVENT_KINDS];
uint32_t pathway_receive(struct lp *lp, const void *payload);
void pathway_start_arrivals(struct model *model);
void pathway_begin(struct site *site, uint32_t slot, uint16_t phase, ticks now);
/* The unit in which SLOT's next phase should happen refuses: what follows instead begins. */
void pathway_divert(struct site *site, uint32_t slot, ticks now);
void pathway_clear_door(struct site *site, ticks now);
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

/* placement.c: the round. A region's part, then the nation's. */
void placement_region(struct model *model, uint32_t region, ticks now);
void placement_nation(struct model *model, ticks now);
void placement_calendar(struct model *model, uint32_t region, int32_t day, ticks now);

/* Does SITE take PERSON by status and sex? Is it below its ceiling, with one more? */
bool placement_accepts(const struct site *site, const struct person *person);
bool placement_below_ceiling(const struct site *site);

/* The prison of the person's region that the courts' weights choose, else the emptiest there; NULL:
 * none. */
struct site *placement_court(struct model *model, const struct person *person);

/* The emptiest prison of the country that accepts PERSON; NULL: none does. */
struct site *placement_anywhere(struct model *model, const struct person *person);

/* Move the person of SLOT to the facility TO; the slot there, or NOWHERE (no memory). */
uint32_t placement_move(struct model *model, struct site *from, uint32_t slot, struct site *to,
                        ticks now);

/* spread.c: the round's moves out of facilities that close, and for balance. */
void spread_closing(struct model *model, ticks now);
void spread_balance(struct model *model, ticks now);

/* Set when the resident of SLOT will breach, if at all. */
void placement_set_breach(struct model *model, struct site *site, uint32_t slot, ticks now);

/* stock.c: the people of the start, of the plan's world. */
int stock_create(struct stock *stock, const struct plan *world, struct error *err);
void stock_free(struct stock *stock);
void stock_place(struct model *model);

/* measure.c: early release. */
void measure_review(struct model *model, int32_t day, ticks now);
void measure_apply(struct site *site, uint32_t slot, ticks now, bool beginning);

/* record.c: a day ends at NOW. What has changed is told to the region, and rows that end are
 * written: of a region and its facilities, then of the nation. */
void record_region(struct model *model, uint32_t region, ticks now);
void record_nation(struct model *model, ticks now);

/* The values of VARIABLE of the layout, layout_count of them. */
void record_values(const struct model *model, size_t variable, void *values);
int record_create(struct model *model, struct error *err);
void record_reset(struct model *model);
void record_free(struct model *model);

#endif
