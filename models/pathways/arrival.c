#include "arrival.h"

#include "after.h"
#include "drift.h"
#include "feedback.h"
#include "pathway.h"

#include "models/places/events.h"
#include "models/places/trace.h"
#include "models/plan/draws.h"
#include "models/plan/feedback.h"
#include "models/state.h"

#include "sim/base/array.h"

#include <stdlib.h>

/* Where a slab's points have come to. */
struct slab {
    struct stream stream;
    uint64_t count;
};

struct arrivals {
    size_t room;
    struct slab *slab; /* [room]: of the plan's slabs */
};

bool
arrivals_fit(struct arrivals *arrivals, const struct plan *plan)
{
    return array_room(arrivals->slab, arrivals->room, plan->slabs + 1u);
}

struct arrivals *
arrivals_create(const struct plan *plan)
{
    struct arrivals *arrivals = calloc(1, sizeof *arrivals);

    if (arrivals != NULL && arrivals_fit(arrivals, plan))
        return arrivals;
    arrivals_free(arrivals);
    return NULL;
}

void
arrivals_free(struct arrivals *arrivals)
{
    if (arrivals != NULL)
        free(arrivals->slab);
    free(arrivals);
}

/* The next point of a slab: its time and whether it lies under the rate curve. */
static void
schedule_slab(struct model *model, struct site *site, uint32_t slab, ticks now)
{
    const struct slab_plan *row = &model->plan->slab[slab];
    double gap = stream_exponential(&model->arrivals->slab[slab].stream) / row->height;
    ticks time = now + ticks_from_days(gap);

    if (time < model->plan->end)
        lp_schedule(site->lp, time, 0, EVENT_ARRIVAL, slab);
}

void
arrivals_start(struct model *model)
{
    const struct plan *plan = model->plan;

    for (uint32_t slab = 0; slab < plan->slabs; slab++) {
        const struct source_plan *source = &plan->source[plan->slab[slab].source];
        double most = source->most * drift_most(model, source->drift) *
                      (source->again ? 1 : plan_feedback_most(plan, source->class));
        if (slab > 0 && plan->slab[slab].low >= most)
            continue; /* no rate of this replication reaches it */
        struct stream_name name = {source->hash, plan->slab[slab].number};
        model->arrivals->slab[slab].stream =
            plan_stream(plan, model->replication, DRAW_ARRIVAL, name, 0);
        model->arrivals->slab[slab].count = 0;
        schedule_slab(model, &model->site[source->site], slab, 0);
    }
}

/* WHO comes to the courts of a region. */
static void
bring_in(struct site *site, struct traveller *who, ticks now)
{
    struct person *person = &who->person;
    uint16_t first = site->plan->class[person->class].first;

    person->phase = first;
    person->status = site->plan->phase[first].status;
    person_goes(person, WHERE_CUSTODY, now);
    uint32_t slot = site_add(site, who, now, false);
    if (slot != NOWHERE)
        pathway_begin(site, slot, first, now);
}

/* Of those who come in OF_CLASS the share who come back: of the run's plan, since no law moves it.
 */
static double
share_back(const struct plan *plan, uint16_t of_class)
{
    return plan->come_back.count > 0 ? plan->come_back.back[of_class] : 0;
}

void
arrival_on_event(struct lp *lp, const struct event *event)
{
    struct site *site = lp->state;
    struct model *model = site->model;
    const struct slab_plan *slab = &model->plan->slab[event->subject];
    const struct source_plan *source = &model->plan->source[slab->source];
    double height =
        slab->low + slab->height * stream_uniform(&model->arrivals->slab[event->subject].stream);
    uint64_t number = (uint64_t)slab->number << 48 | model->arrivals->slab[event->subject].count++;
    struct traveller who = {0};
    struct person *person = &who.person;

    schedule_slab(model, site, event->subject, lp->now);
    int32_t day = (int32_t)ticks_day(lp->now);
    double rate = source->rate[day] * drift_factor(model, source->drift, day);
    if (model->plan->feedbacks > 0 && !source->again)
        rate *= feedback_on_intake(model, source->class);
    if (model->plan->come_back.count == 0 && height >= rate)
        return;
    person_draw(person, plan_under_law(model->plan, lp->now, lp->now), model->replication,
                (struct stream_name){source->hash, number}, source->class, (uint8_t)site->region,
                source->again ? COMES_AGAIN : COMES_FIRST, share_back(model->plan, source->class));
    if (model->plan->come_back.count > 0 && height >= rate * source->of_age[person->age])
        return;
    if (model->plan->feedbacks > 0)
        feedback_on_sentence(model, person);
    if (model->plan->come_back.count > 0)
        person_is_born(person, model->plan, model->replication, lp->now);
    site_flow(site, FLOW_ARRIVED, 1);
    site_total(site, person->class, TOTAL_ARRIVED, 1);
    trace_tell(site, person, TRACE_ARRIVED, person->class, lp->now);
    if (site->facility != NULL) {
        pathway_arrive_at_facility(site, &who, lp->now);
        return;
    }
    if (source->again)
        site_flow(site, counts_flow(model->plan, FLOW_BACK) + source->class, 1);
    bring_in(site, &who, lp->now);
}

void
arrival_comes_back(struct lp *lp, const struct event *event)
{
    struct site *site = lp->state;
    struct traveller who = after_take(site, event->subject);
    uint16_t class = who.person.class;

    who.more = (struct person_more){0};
    person_comes_again(&who.person, plan_under_law(site->plan, lp->now, lp->now),
                       site->model->replication, class, lp->now, share_back(site->plan, class));
    if (site->plan->feedbacks > 0)
        feedback_on_sentence(site->model, &who.person);
    site_flow(site, FLOW_ARRIVED, 1);
    site_flow(site, counts_flow(site->plan, FLOW_BACK) + class, 1);
    if (who.regime < REGIMES)
        site_flow(site, counts_flow(site->plan, FLOW_BACK_FROM) + who.regime, 1);
    site_total(site, class, TOTAL_ARRIVED, 1);
    trace_tell(site, &who.person, TRACE_ARRIVED, class, lp->now);
    bring_in(site, &who, lp->now);
}
