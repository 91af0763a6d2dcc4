#ifndef TESTS_MM1_H
#define TESTS_MM1_H
/* M/M/1 on the engine's public interface: one LP, customers that come and go. */

#include "sim/engine/engine.h"
#include "sim/engine/stream.h"

struct mm1 {
    double mean_gap, mean_service; /* days */
    struct stream arrivals, services;
    int64_t present, served, area; /* area: customers x ticks */
    ticks last;
};

enum { MM1_ARRIVAL, MM1_SERVICE };

static void
mm1_count(struct mm1 *queue, ticks now, int change)
{
    queue->area += queue->present * (now - queue->last);
    queue->last = now;
    queue->present += change;
}

/* KIND happens after an exponential time with MEAN days. */
static void
mm1_after(struct lp *lp, double mean, struct stream *stream, uint8_t kind)
{
    lp_schedule(lp, lp->now + ticks_from_days(mean * stream_exponential(stream)), 0, kind, 0);
}

static void
mm1_arrival(struct lp *lp, const struct event *event)
{
    struct mm1 *queue = lp->state;

    (void)event;
    mm1_count(queue, lp->now, 1);
    mm1_after(lp, queue->mean_gap, &queue->arrivals, MM1_ARRIVAL);
    if (queue->present == 1)
        mm1_after(lp, queue->mean_service, &queue->services, MM1_SERVICE);
}

static void
mm1_service(struct lp *lp, const struct event *event)
{
    struct mm1 *queue = lp->state;

    (void)event;
    mm1_count(queue, lp->now, -1);
    queue->served++;
    if (queue->present > 0)
        mm1_after(lp, queue->mean_service, &queue->services, MM1_SERVICE);
}

static int
mm1_run(struct mm1 *queue, uint64_t seed, double days, struct error *err)
{
    static const event_handler handlers[] = {mm1_arrival, mm1_service};
    struct engine_spec spec = {.lps = 1, .handlers = handlers, .kinds = 2, .reserve = 8};
    struct engine *engine;
    int status;

    spec.window = TICKS_NEVER;
    spec.threads = 1;
    status = engine_create(&engine, &spec, err);
    if (status != OK)
        return status;
    stream_open(&queue->arrivals, seed, 0, 0, (struct stream_name){0, 0}, 0);
    stream_open(&queue->services, seed, 0, 1, (struct stream_name){0, 0}, 0);
    engine_lp(engine, 0)->state = queue;
    lp_schedule(engine_lp(engine, 0), 0, 0, MM1_ARRIVAL, 0);
    status = engine_run(engine, ticks_from_days(days), err);
    mm1_count(queue, ticks_from_days(days), 0);
    engine_free(engine);
    return status;
}

#endif
