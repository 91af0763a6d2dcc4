#include "model.h"

#include "measures/measure.h"
#include "office/relief.h"
#include "office/round.h"
#include "pathways/after.h"
#include "pathways/arrival.h"
#include "pathways/desk.h"
#include "pathways/evaluation.h"
#include "pathways/house.h"
#include "pathways/drift.h"
#include "pathways/feedback.h"
#include "pathways/pathway.h"
#include "pathways/stock.h"
#include "plan/uncertain.h"
#include "projects/project.h"
#include "places/events.h"
#include "record/record.h"
#include "staff/staff.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The round of the last midnight would belong to a day beyond the run. */
static void
round_of_region(void *context, uint32_t region, ticks now)
{
    struct model *model = context;

    if (now < model->plan->end)
        round_region(model, region, now);
}

static void
round_of_nation(void *context, ticks now)
{
    struct model *model = context;

    if (now < model->plan->end)
        round_nation(model, now);
}

static void
day_of_region(void *model, uint32_t region, ticks now)
{
    if (now % TICKS_PER_DAY == 0)
        record_region(model, region, now);
}

static void
day_of_nation(void *context, ticks now)
{
    struct model *model = context;

    if (now % TICKS_PER_DAY != 0)
        return;
    record_nation(model, now);
    if (model->days != NULL)
        __atomic_fetch_add(model->days, 1, __ATOMIC_RELAXED);
}

_Static_assert(MOST_FACILITIES + MOST_REGIONS <= ENGINE_MOST_LPS, "each is a process");

/* After every event in a checking build: nobody is lost in the site, and its levels agree. */
static void
check_site(struct lp *lp)
{
    const struct site *site = lp->state;
    int64_t inside = 0;

    assert(site->came - site->went == site->people);
    for (int status = 0; status < STATUSES; status++)
        inside += site->now.line[LEVEL_POPULATION + status].v;
    assert(inside == site->population && inside >= 0);
    for (uint32_t group = 0; group < GROUPS; group++)
        inside -= site->group[group];
    assert(inside == 0);
    inside = site->population;
    assert(inside + site->now.line[LEVEL_CUSTODY].v + site->now.line[LEVEL_HOME].v +
               site->now.line[LEVEL_OUTSIDE].v + site->now.line[LEVEL_DOOR].v +
               site->now.line[LEVEL_ABROAD].v ==
           site->people);
    (void)inside;
    (void)site;
}

/* What happens at each kind of event. */
static const event_handler handlers[EVENT_KINDS] = {
    [EVENT_ARRIVAL] = arrival_on_event,     [EVENT_PHASE] = pathway_on_phase,
    [EVENT_WINDOW] = house_on_window,       [EVENT_SCREENED] = house_on_screened,
    [EVENT_BREACH] = house_on_breach,       [EVENT_LAPSE] = pathway_on_lapse,
    [EVENT_HAND_OFF] = pathway_on_hand_off, [EVENT_SETTLE] = pathway_on_settle,
    [EVENT_COME_BACK] = arrival_comes_back,
};

/* What it is called in an error, and whether its subject is the slot of a person. */
static const struct event_row {
    const char *what;
    bool person;
} events[EVENT_KINDS] = {
    [EVENT_ARRIVAL] = {"arrivals", false},
    [EVENT_PHASE] = {"ends of phases", true},
    [EVENT_WINDOW] = {"people for whom a house becomes possible", true},
    [EVENT_SCREENED] = {"ends of screening", true},
    [EVENT_BREACH] = {"breaches", true},
    [EVENT_LAPSE] = {"sentences that lapse", true},
    [EVENT_HAND_OFF] = {"hand-offs", false},
    [EVENT_SETTLE] = {"people who come home", true},
    [EVENT_COME_BACK] = {"people who come back after release", false},
};

/* An event of a person is on its way: so should be the person, into the cache. */
static void
fetch_person(const struct lp *lp, const struct event *event)
{
    const struct site *site = lp->state;

    if (events[event_kind(event)].person && event->subject < site->used)
        person_fetch(&site->person[event->subject]);
}

static void
describe_event(const struct lp *lp, const struct event *event, char *text, size_t size)
{
    const struct site *site = lp->state;
    const struct plan *plan = site->plan;
    const struct event_row *row = &events[event_kind(event)];
    uint32_t subject = event->subject;
    bool person = row->person && subject < site->used && site->person[subject].phase < plan->phases;

    snprintf(text, size, "%s in %s%s%s", row->what,
             site->facility != NULL ? site->facility->name : plan->region[site->region].name,
             person ? ", phase " : "", person ? plan->phase[site->person[subject].phase].name : "");
}

static int
create_engine(struct model *model, int threads, struct error *err)
{
    struct engine_spec spec = {
        .lps = model->plan->sites,
        .handlers = handlers,
        .kinds = EVENT_KINDS,
        .window = model->plan->round,
        .reserve = 64,
        .threads = threads,
        .model = model,
        .parts = model->plan->regions,
        /* The day that ends is counted before the round, which is the first thing of the new day.
         */
        .stage = {{day_of_region, day_of_nation}, {round_of_region, round_of_nation}},
        .payload = sizeof(struct traveller),
        .receive = pathway_receive,
        .fetch = fetch_person,
        .describe = describe_event,
        .check = check_site,
    };

    return engine_create(&model->engine, &spec, err);
}

static int
create_parts(struct model *model, int threads, struct error *err)
{
    const struct plan *plan = model->plan;
    size_t size = site_counts_size(plan);
    int status = create_engine(model, threads, err);

    if (status != OK)
        return status;
    model->site = aligned_alloc(SITE_ALIGN, plan->sites * sizeof *model->site);
    model->site_counts = aligned_alloc(SITE_ALIGN, plan->sites * size);
    if (model->site != NULL)
        memset(model->site, 0, plan->sites * sizeof *model->site);
    if (model->site == NULL || model->site_counts == NULL)
        return NO_MEMORY;
    for (uint32_t i = 0; i < plan->sites; i++)
        site_create(&model->site[i], model, i, model->site_counts + i * size);
    model->measures = measures_create(plan);
    model->arrivals = arrivals_create(plan);
    model->drift = drift_create(plan);
    model->feedback = feedback_create(plan);
    model->projects = projects_create(plan);
    model->evaluation = evaluation_create(plan);
    model->staff = staff_create(plan);
    model->desks = desks_create(plan);
    model->after = after_create(plan);
    model->stock = stock_create(plan);
    model->office = office_create(model);
    model->record = record_create(plan);
    return model->measures != NULL && model->arrivals != NULL && model->drift != NULL &&
                   model->feedback != NULL && model->projects != NULL &&
                   model->evaluation != NULL && model->staff != NULL && model->desks != NULL &&
                   model->after != NULL && model->stock != NULL && model->office != NULL &&
                   model->record != NULL
               ? OK
               : NO_MEMORY;
}

/* What is drawn for each replication, where anything is. */
static int
create_uncertain(struct model *model, struct error *err)
{
    size_t count = uncertain_count(model->plan);

    if (count == 0)
        return OK;
    model->parameter = calloc(count, sizeof *model->parameter);
    return model->parameter != NULL ? uncertain_create(&model->uncertain, model->plan, err)
                                    : NO_MEMORY;
}

int
model_create(struct model **out, const struct plan *plan, int threads, struct error *err)
{
    struct model *model = calloc(1, sizeof *model);

    *out = NULL;
    if (model == NULL)
        return error_set(err, NO_MEMORY, "no memory for the model");
    assert(TICKS_PER_DAY % plan->round == 0);
    for (int kind = 0; kind < EVENT_KINDS; kind++)
        assert(handlers[kind] != NULL && events[kind].what != NULL);
    model->plan = plan;
    int status = create_uncertain(model, err);
    if (status == OK)
        status = create_parts(model, threads, err);
    if (status != OK) {
        model_free(model);
        return status == NO_MEMORY ? error_set(err, NO_MEMORY, "no memory for the model") : status;
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
    measures_free(model->measures);
    arrivals_free(model->arrivals);
    drift_free(model->drift);
    feedback_free(model->feedback);
    projects_free(model->projects);
    evaluation_free(model->evaluation);
    staff_free(model->staff);
    desks_free(model->desks);
    after_free(model->after);
    stock_free(model->stock);
    office_free(model->office);
    record_free(model->record);
    engine_free(model->engine);
    free(model->site);
    free(model->site_counts);
    free(model->parameter);
    plan_free(model->drawn);
    uncertain_free(model->uncertain);
    free(model);
}

static void
model_reset(struct model *model, uint64_t replication)
{
    engine_reset(model->engine);
    for (uint32_t i = 0; i < model->plan->sites; i++)
        site_reset(&model->site[i]);
    office_reset(model);
    after_reset(model);
    stock_reset(model);
    measures_reset(model);
    evaluation_reset(model);
    staff_reset(model);
    desks_reset(model);
    record_reset(model);
    model->replication = replication;
}

void
model_begin(struct model *model, uint64_t replication)
{
    model_reset(model, replication);
    projects_begin(model);
    for (uint32_t r = 0; r < model->plan->regions; r++)
        round_calendar(model, r, 0, 0);
    evaluation_day(model, 0);
    drift_begin(model);
    feedback_reset(model);
    arrivals_start(model);
    stock_place(model);
    for (uint32_t r = 0; r < model->plan->regions; r++)
        round_shrink(model, r, 0);
    relief_review(model, 0, 0);
    for (uint32_t r = 0; r < model->plan->regions; r++)
        record_region(model, r, 0);
    record_nation(model, 0);
}

/* Turn to the plan of REPLICATION, where the scenario is uncertain. It has as many facilities,
 * phases and so on as any other of the scenario, so all that was made for one serves the next. */
static int
draw_plan(struct model *model, uint64_t replication, struct error *err)
{
    struct plan *drawn = NULL;

    if (model->uncertain == NULL)
        return OK;
    uncertain_values(model->uncertain, replication, model->parameter);
    int status = uncertain_plan(&drawn, model->uncertain, model->parameter, err);
    if (status != OK)
        return status;
    plan_free(model->drawn);
    model->plan = model->drawn = drawn;
    return arrivals_fit(model->arrivals, drawn) && office_fit(model->office, drawn)
               ? OK
               : error_set(err, NO_MEMORY, "no memory for the replication");
}

int
model_run(struct model *model, uint64_t replication, struct error *err)
{
    int status = draw_plan(model, replication, err);

    if (status != OK)
        return status;
    model_begin(model, replication);
    return engine_run(model->engine, model->plan->end, err);
}
