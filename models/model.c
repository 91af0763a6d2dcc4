#include "model.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The round of the last midnight would belong to a day beyond the run. */
static void
place_region(void *context, uint32_t region, ticks now)
{
    struct model *model = context;

    if (now < model->plan->end)
        placement_region(model, region, now);
}

static void
place_nation(void *context, ticks now)
{
    struct model *model = context;

    if (now < model->plan->end)
        placement_nation(model, now);
}

static void
count_region(void *model, uint32_t region, ticks now)
{
    if (now % TICKS_PER_DAY == 0)
        record_region(model, region, now);
}

static void
count_nation(void *context, ticks now)
{
    struct model *model = context;

    if (now % TICKS_PER_DAY != 0)
        return;
    record_nation(model, now);
    if (model->days != NULL)
        __atomic_fetch_add(model->days, 1, __ATOMIC_RELAXED);
}

/* After every event in a checking build: nobody is lost in the site, and its levels agree. */
static void
check_site(struct lp *lp)
{
    const struct site *site = lp->state;
    int64_t inside = 0;

    assert(site->came - site->went == site->people);
    for (int status = 0; status < STATUSES; status++)
        inside += site->line[LEVEL_POPULATION + status].v;
    assert(inside == site->population && inside >= 0);
    assert(inside + site->line[LEVEL_CUSTODY].v + site->line[LEVEL_HOME].v +
               site->line[LEVEL_OUTSIDE].v + site->line[LEVEL_DOOR].v ==
           site->people);
    (void)inside;
    (void)site;
}

/* An event of a person is on its way: so should be the person's record. */
static void
fetch_person(const struct lp *lp, const struct event *event)
{
    const struct site *site = lp->state;

    if (event_kind(event) != EVENT_ARRIVAL && event->subject < site->used)
        person_fetch(&site->person[event->subject]);
}

/* What EVENT is, for the line of an error. */
static void
describe_event(const struct lp *lp, const struct event *event, char *text, size_t size)
{
    static const char *const what[EVENT_KINDS] = {
        [EVENT_ARRIVAL] = "arrivals",
        [EVENT_PHASE] = "ends of phases",
        [EVENT_HOUSE] = "steps on the way to a house",
        [EVENT_HAND_OFF] = "hand-offs",
        [EVENT_SETTLE] = "people who come home",
    };
    const struct site *site = lp->state;
    const struct plan *plan = site->model->plan;
    uint32_t subject = event->subject;
    bool person = event_kind(event) != EVENT_ARRIVAL && event_kind(event) != EVENT_HAND_OFF &&
                  subject < site->used && site->person[subject].phase < plan->phases;

    snprintf(text, size, "%s in %s%s%s", what[event_kind(event)],
             site->facility != NULL ? site->facility->name
                                    : plan->scenario->regions.name[site->region],
             person ? ", phase " : "", person ? plan->phase[site->person[subject].phase].name : "");
}

static int
create_engine(struct model *model, int threads, struct error *err)
{
    struct engine_spec spec = {
        .lps = model->plan->sites,
        .handlers = pathway_handlers,
        .kinds = EVENT_KINDS,
        .window = model->plan->round,
        .reserve = 64,
        .threads = threads,
        .model = model,
        .parts = model->plan->regions,
        /* The day that ends is counted before the round, which is the first thing of the new day.
         */
        .stage = {{count_region, count_nation}, {place_region, place_nation}},
        .payload = sizeof(struct person),
        .receive = pathway_receive,
        .fetch = fetch_person,
        .describe = describe_event,
        .check = check_site,
    };

    return engine_create(&model->engine, &spec, err);
}

static bool
create_offices(struct model *model)
{
    const struct plan *plan = model->plan;

    model->office = calloc(plan->regions + 1, sizeof *model->office);
    model->open = calloc(plan->facilities + 1, sizeof(struct site *));
    model->cursor = calloc(plan->regions + 1, sizeof *model->cursor);
    model->passed = calloc(plan->facilities + 1, sizeof *model->passed);
    if (model->office == NULL || model->open == NULL || model->cursor == NULL ||
        model->passed == NULL)
        return false;
    for (uint32_t r = 0; r < plan->regions; r++) {
        struct office *office = &model->office[r];
        office->sites = plan->region[r].facilities;
        office->site = calloc(office->sites + 1, sizeof(struct site *));
        office->open = calloc(office->sites + 1, sizeof(struct site *));
        if (office->site == NULL || office->open == NULL)
            return false;
        for (uint32_t i = 0; i < office->sites; i++)
            office->site[i] = &model->site[plan->of_region[plan->region[r].first + i]];
    }
    return true;
}

static void
free_offices(struct model *model)
{
    for (uint32_t r = 0; model->office != NULL && r < model->plan->regions; r++) {
        struct office *office = &model->office[r];
        for (int queue = 0; queue < QUEUES; queue++)
            for (int priority = 0; priority < PRIORITIES; priority++)
                free(office->list[queue][priority].memory);
        free(office->site);
        free(office->open);
        free(office->away);
    }
    free(model->office);
    free(model->open);
    free(model->cursor);
    free(model->passed);
}

#define TOTALS_ALIGN 64 /* a line of the cache: sites are changed side by side */

/* Bytes of a site's totals and of what its region knows of them. */
static size_t
site_totals_size(const struct plan *plan)
{
    size_t size = 2 * (size_t)plan->classes * TOTALS * sizeof(int64_t);

    return size > 0 ? (size + TOTALS_ALIGN - 1) / TOTALS_ALIGN * TOTALS_ALIGN : TOTALS_ALIGN;
}

static int
model_allocate(struct model *model, int threads, struct error *err)
{
    const struct plan *plan = model->plan;
    int status = create_engine(model, threads, err);

    if (status != OK)
        return status;
    model->site = calloc(plan->sites, sizeof *model->site);
    model->slab_stream = calloc(plan->slabs + 1, sizeof *model->slab_stream);
    model->slab_count = calloc(plan->slabs + 1, sizeof *model->slab_count);
    model->measure = calloc(plan->measures + 1, sizeof *model->measure);
    model->running = calloc((size_t)plan->desks * plan->regions + 1, sizeof *model->running);
    model->site_total = aligned_alloc(TOTALS_ALIGN, plan->sites * site_totals_size(plan));
    if (model->site == NULL || model->slab_stream == NULL || model->slab_count == NULL ||
        model->measure == NULL || model->running == NULL || model->site_total == NULL ||
        !crowding_create(&model->crowding, plan->facilities, GROUPS) || !create_offices(model))
        return error_set(err, NO_MEMORY, "no memory for the model");
    for (uint32_t i = 0; i < plan->sites; i++) {
        struct site *site = &model->site[i];
        site->model = model;
        site->id = i;
        site->lp = engine_lp(model->engine, i);
        site->lp->state = site;
        site->facility = i < plan->facilities ? &plan->facility[i] : NULL;
        site->region = site->facility != NULL ? site->facility->region : i - plan->facilities;
        site->total = model->site_total + i * site_totals_size(plan) / sizeof(int64_t);
        site->total_told = site->total + (size_t)plan->classes * TOTALS;
    }
    status = stock_create(&model->stock, plan->world, err);
    return status == OK ? record_create(model, err) : status;
}

int
model_create(struct model **out, const struct plan *plan, int threads, struct error *err)
{
    struct model *model = calloc(1, sizeof *model);

    *out = NULL;
    if (model == NULL)
        return error_set(err, NO_MEMORY, "no memory for the model");
    assert(TICKS_PER_DAY % plan->round == 0);
    model->plan = plan;
    model->levels = LEVEL_PHASE + plan->phases;
    model->flows = FLOWS_FIXED + plan->exits;
    int status = model_allocate(model, threads, err);
    if (status != OK) {
        model_free(model);
        return status;
    }
    *out = model;
    return OK;
}

void
model_free(struct model *model)
{
    if (model == NULL)
        return;
    for (uint32_t i = 0; model->site != NULL && i < model->plan->sites; i++)
        site_free(&model->site[i]);
    free_offices(model);
    crowding_free(&model->crowding);
    stock_free(&model->stock);
    record_free(model);
    engine_free(model->engine);
    free(model->site);
    free(model->slab_stream);
    free(model->slab_count);
    free(model->measure);
    free(model->running);
    free(model->site_total);
    free(model);
}

static void
model_reset(struct model *model, uint64_t replication)
{
    engine_reset(model->engine);
    for (uint32_t i = 0; i < model->plan->sites; i++)
        site_reset(&model->site[i]);
    memset(model->site_total, 0, model->plan->sites * site_totals_size(model->plan));
    for (uint32_t r = 0; r < model->plan->regions; r++) {
        struct office *office = &model->office[r];
        for (int queue = 0; queue < QUEUES; queue++)
            for (int priority = 0; priority < PRIORITIES; priority++)
                office->list[queue][priority].first = office->list[queue][priority].count = 0;
        office->calendar = office->aways = 0;
        office->leaving = false;
    }
    for (uint32_t i = 0; i < model->plan->measures; i++)
        model->measure[i] = (struct measure_state){.effect = 0};
    memset(model->running, 0,
           (size_t)model->plan->desks * model->plan->regions * sizeof *model->running);
    record_reset(model);
    model->replication = replication;
    model->initial = model->seats = 0;
}

void
model_begin(struct model *model, uint64_t replication)
{
    model_reset(model, replication);
    for (uint32_t r = 0; r < model->plan->regions; r++)
        placement_calendar(model, r, 0, 0);
    pathway_start_arrivals(model);
    stock_place(model);
    measure_review(model, 0, 0);
    for (uint32_t r = 0; r < model->plan->regions; r++)
        record_region(model, r, 0);
    record_nation(model, 0);
}

int
model_run(struct model *model, uint64_t replication, struct error *err)
{
    model_begin(model, replication);
    return engine_run(model->engine, model->plan->end, err);
}
