#ifndef TESTS_MM1_H
#define TESTS_MM1_H
/* M/M/1 on the engine's public interface: one LP, customers that come and go. */

#include "sim/engine.h"
#include "sim/stream.h"

struct mm1 {
    double mean_gap, mean_service; /* days */
    struct stream arrivals, services;
    int64_t present, served;
    ticks last;
    int64_t area; /* customers x ticks */
};

enum { MM1_ARRIVAL, MM1_SERVICE };

static void
mm1_count(struct mm1 *queue, ticks now, int change)
{
    queue->area += queue->present * (now - queue->last);
    queue->last = now;
    queue->present += change;
}

static void
mm1_serve(struct lp *lp, struct mm1 *queue)
{
    double service = queue->mean_service * stream_exponential(&queue->services);

    lp_schedule(lp, lp->now + ticks_from_days(service), 0, MM1_SERVICE, 0);
}

static void
mm1_arrival(struct lp *lp, const struct event *event)
{
    struct mm1 *queue = lp->state;
    double gap = queue->mean_gap * stream_exponential(&queue->arrivals);

    (void)event;
    mm1_count(queue, lp->now, 1);
    lp_schedule(lp, lp->now + ticks_from_days(gap), 0, MM1_ARRIVAL, 0);
    if (queue->present == 1)
        mm1_serve(lp, queue);
}

static void
mm1_service(struct lp *lp, const struct event *event)
{
    struct mm1 *queue = lp->state;

    (void)event;
    mm1_count(queue, lp->now, -1);
    queue->served++;
    if (queue->present > 0)
        mm1_serve(lp, queue);
}

static int
mm1_run(struct mm1 *queue, uint64_t seed, double days, struct error *err)
{
    static const event_handler handlers[] = {mm1_arrival, mm1_service};
    struct engine_spec spec = {.lps = 1, .handlers = handlers, .kinds = 2, .window = TICKS_NEVER,
                               .reserve = 8, .threads = 1};
    struct engine *engine;
    int status = engine_create(&engine, &spec, err);

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
