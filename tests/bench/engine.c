/* The engine beside bare C loops that do the same work without it: M/M/1, PHOLD and the hold model.
 */

#include "bench.h"

#include "tests/mm1.h"
#include "tests/phold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* M/M/1 with two times and no engine; the same streams, so the same customers. */
static int64_t
mm1_bare(double mean_gap, double mean_service, double days)
{
    struct stream arrivals, services;
    ticks end = ticks_from_days(days), arrival = 0, service = TICKS_NEVER, last = 0;
    int64_t present = 0, served = 0, area = 0;

    stream_open(&arrivals, 1, 0, 0, (struct stream_name){0, 0}, 0);
    stream_open(&services, 1, 0, 1, (struct stream_name){0, 0}, 0);
    for (;;) {
        ticks now = arrival <= service ? arrival : service;
        if (now >= end)
            break;
        area += present * (now - last);
        last = now;
        if (arrival <= service) {
            arrival = now + ticks_from_days(mean_gap * stream_exponential(&arrivals));
            if (++present == 1)
                service = now + ticks_from_days(mean_service * stream_exponential(&services));
        } else {
            served++;
            service = --present > 0
                          ? now + ticks_from_days(mean_service * stream_exponential(&services))
                          : TICKS_NEVER;
        }
    }
    return served + (area & 0);
}

static void
bench_mm1(void)
{
    double own[MOST_REPEATS], bare[MOST_REPEATS];
    double days = bench_quick ? 1e6 : 4e6;

    for (int i = 0; i < bench_repeats; i++) {
        struct mm1 queue = {.mean_gap = 1, .mean_service = 0.8};
        double start = cpu_seconds();
        int64_t served = mm1_bare(1, 0.8, days);
        double between = cpu_seconds();
        mm1_run(&queue, 1, days, NULL);
        double end = cpu_seconds();
        if (served != queue.served)
            printf("M/M/1: the two differ\n");
        bare[i] = (between - start) / (double)served * 1e9;
        own[i] = (end - between) / (double)served * 1e9;
    }
    bench_pair("M/M/1, one core", "ns a customer", bare, own, ">= 0.60 of bare");
}

/* A bare windowed PHOLD: a binary heap of (time, number) for each LP, messages through one buffer.
 */
struct bare_event {
    ticks time;
    uint64_t number;
};

struct bare_lp {
    struct bare_event heap[8 * PHOLD_EVENTS];
    uint32_t size;
    struct stream stream;
};

struct bare_message {
    ticks time;
    uint64_t number;
    uint32_t to;
};

static int
bare_before(struct bare_event a, struct bare_event b)
{
    return a.time < b.time || (a.time == b.time && a.number < b.number);
}

static void
bare_push(struct bare_event *heap, uint32_t *size, struct bare_event event)
{
    uint32_t at = (*size)++;

    while (at > 0 && bare_before(event, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = event;
}

static void
bare_pop(struct bare_event *heap, uint32_t *size)
{
    struct bare_event last = heap[--*size];
    uint32_t at = 0, child;

    while ((child = 2 * at + 1) < *size) {
        if (child + 1 < *size && bare_before(heap[child + 1], heap[child]))
            child++;
        if (!bare_before(heap[child], last))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
}

static uint64_t
phold_bare(struct bare_lp *all, struct bare_message *messages, uint32_t lps, double days)
{
    ticks window = ticks_from_days(PHOLD_LOOKAHEAD), until = ticks_from_days(days);
    uint64_t handled = 0, number = 0;

    for (uint32_t id = 0; id < lps; id++) {
        all[id].size = 0;
        stream_open(&all[id].stream, 1, 0, 0, (struct stream_name){0, id}, 0);
        for (int i = 0; i < PHOLD_EVENTS; i++)
            bare_push(
                all[id].heap, &all[id].size,
                (struct bare_event){
                    ticks_from_days(PHOLD_MEAN * stream_exponential(&all[id].stream)), number++});
    }
    for (ticks end = window; end - window < until; end += window) {
        size_t sent = 0;
        for (uint32_t id = 0; id < lps; id++) {
            struct bare_lp *lp = &all[id];
            while (lp->size > 0 && lp->heap[0].time < (end < until ? end : until)) {
                ticks now = lp->heap[0].time;
                ticks time = now + window +
                             ticks_from_days((PHOLD_MEAN - PHOLD_LOOKAHEAD) *
                                             stream_exponential(&lp->stream));
                uint64_t bits = stream_next(&lp->stream);
                bare_pop(lp->heap, &lp->size);
                handled++;
                if (bits & 1)
                    bare_push(lp->heap, &lp->size, (struct bare_event){time, number++});
                else
                    messages[sent++] =
                        (struct bare_message){time, number++, (uint32_t)((bits >> 32) * lps >> 32)};
            }
        }
        for (size_t i = 0; i < sent; i++)
            bare_push(all[messages[i].to].heap, &all[messages[i].to].size,
                      (struct bare_event){messages[i].time, messages[i].number});
    }
    return handled;
}

static void
bench_phold(uint32_t lps)
{
    double days = (bench_quick ? 10e6 : 40e6) / (double)lps / PHOLD_EVENTS / 4;
    struct phold_lp *own = calloc(lps, sizeof *own);
    struct bare_lp *bare = calloc(lps, sizeof *bare);
    struct bare_message *messages = calloc((size_t)lps * 4 * PHOLD_EVENTS, sizeof *messages);
    double bare_ns[MOST_REPEATS], own_ns[MOST_REPEATS], one[MOST_REPEATS], two[MOST_REPEATS];
    char name[64];

    if (own == NULL || bare == NULL || messages == NULL)
        abort();
    for (int i = 0; i < bench_repeats; i++) {
        double start = cpu_seconds();
        uint64_t handled = phold_bare(bare, messages, lps, days);
        double between = cpu_seconds(), wall = wall_seconds();
        phold_run(own, lps, 1, days, NULL);
        double end = cpu_seconds();
        one[i] = (wall_seconds() - wall) / (double)handled * 1e9;
        wall = wall_seconds();
        phold_run(own, lps, 2, days, NULL);
        two[i] = (wall_seconds() - wall) / (double)handled * 1e9;
        bare_ns[i] = (between - start) / (double)handled * 1e9;
        own_ns[i] = (end - between) / (double)handled * 1e9;
    }
    snprintf(name, sizeof name, "PHOLD %u LPs, one core", lps);
    bench_pair(name, "ns an event", bare_ns, own_ns, ">= 0.60 of bare");
    snprintf(name, sizeof name, "PHOLD %u LPs, two threads beside one", lps);
    bench_pair(name, "ns of wall an event", one, two, ">= 1.70 times one");
    free(own);
    free(bare);
    free(messages);
}

/* The hold model: take the first event, put one back an exponential time later, in LPs of 500. */
#define HOLD_EVENTS 500
#define HOLD_WINDOW 0.1 /* of a mean delay */

struct hold_lp {
    struct stream stream;
};

static void
hold_event(struct lp *lp, const struct event *event)
{
    struct hold_lp *own = lp->state;

    lp_schedule(lp, lp->now + ticks_from_days(stream_exponential(&own->stream)), 0, 0,
                event->subject);
}

static uint64_t
hold_own(struct hold_lp *own, uint32_t lps, double days)
{
    static const event_handler handlers[] = {hold_event};
    struct engine_spec spec = {.lps = lps, .handlers = handlers, .kinds = 1, .threads = 1};
    struct engine *engine;

    spec.window = ticks_from_days(HOLD_WINDOW);
    spec.reserve = HOLD_EVENTS + 4;
    if (engine_create(&engine, &spec, NULL) != OK)
        abort();
    for (uint32_t id = 0; id < lps; id++) {
        struct lp *lp = engine_lp(engine, id);
        lp->state = &own[id];
        stream_open(&own[id].stream, 1, 0, 0, (struct stream_name){0, id}, 0);
        for (uint32_t i = 0; i < HOLD_EVENTS; i++)
            lp_schedule(lp, ticks_from_days(stream_exponential(&own[id].stream)), 0, 0, i);
    }
    if (engine_run(engine, ticks_from_days(days), NULL) != OK)
        abort();
    uint64_t events = engine_events(engine);
    engine_free(engine);
    return events;
}

struct hold_bare {
    struct bare_event heap[HOLD_EVENTS + 1];
    uint32_t size;
    struct stream stream;
};

/* The same with a binary heap for each set and no engine. The heaps' functions take a bare_lp. */
static uint64_t
hold_bare_run(struct hold_bare *all, uint32_t lps, double days)
{
    ticks window = ticks_from_days(HOLD_WINDOW), until = ticks_from_days(days);
    uint64_t number = 0, handled = 0;

    for (uint32_t id = 0; id < lps; id++) {
        all[id].size = 0;
        stream_open(&all[id].stream, 1, 0, 0, (struct stream_name){0, id}, 0);
        for (uint32_t i = 0; i < HOLD_EVENTS; i++)
            bare_push(all[id].heap, &all[id].size,
                      (struct bare_event){ticks_from_days(stream_exponential(&all[id].stream)),
                                          number++});
    }
    for (ticks end = window; end - window < until; end += window)
        for (uint32_t id = 0; id < lps; id++) {
            struct hold_bare *lp = &all[id];
            while (lp->heap[0].time < (end < until ? end : until)) {
                ticks now = lp->heap[0].time;
                bare_pop(lp->heap, &lp->size);
                bare_push(lp->heap, &lp->size,
                          (struct bare_event){
                              now + ticks_from_days(stream_exponential(&lp->stream)), number++});
                handled++;
            }
        }
    return handled;
}

static void
bench_hold(uint32_t lps)
{
    double days = (bench_quick ? 3e6 : 12e6) / (double)lps / HOLD_EVENTS;
    struct hold_lp *own = calloc(lps, sizeof *own);
    struct hold_bare *bare = calloc(lps, sizeof *bare);
    double bare_ns[MOST_REPEATS], own_ns[MOST_REPEATS];
    char name[64];

    if (own == NULL || bare == NULL)
        abort();
    days = days < 3 * HOLD_WINDOW ? 3 * HOLD_WINDOW : days;
    for (int i = 0; i < bench_repeats; i++) {
        /* the filling costs as much in both; it is taken off by a run of no length */
        double start = cpu_seconds();
        hold_bare_run(bare, lps, 1e-6);
        double filled = cpu_seconds();
        uint64_t handled = hold_bare_run(bare, lps, days);
        bare_ns[i] = (cpu_seconds() - filled - (filled - start)) / (double)handled * 1e9;
        start = cpu_seconds();
        hold_own(own, lps, 1e-6);
        filled = cpu_seconds();
        handled = hold_own(own, lps, days);
        own_ns[i] = (cpu_seconds() - filled - (filled - start)) / (double)handled * 1e9;
    }
    snprintf(name, sizeof name, "hold, %.3g events in LPs of %d", (double)lps * HOLD_EVENTS,
             HOLD_EVENTS);
    bench_pair(name, "ns an event", bare_ns, own_ns, ">= 0.625 of bare");
    free(own);
    free(bare);
}

void
bench_engine(void)
{
    bench_mm1();
    bench_phold(1024);
    bench_phold(65536);
    bench_hold(2000);
    bench_hold(23000);
}
