/* The engine beside bare C loops that do the same work without it: M/M/1 and PHOLD. Each pair runs
 * in turn in one process; process CPU time counts; the median of the ratios is printed. */

#include "../mm1.h"
#include "../phold.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define REPEATS 5

static double
cpu_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double
wall_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double
median(double *values, int count)
{
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && values[j] < values[j - 1]; j--) {
            double swap = values[j];
            values[j] = values[j - 1];
            values[j - 1] = swap;
        }
    return values[count / 2];
}

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
    double ratio[REPEATS], engine_ns[REPEATS], bare_ns[REPEATS];
    double days = 4e6;

    for (int i = 0; i < REPEATS; i++) {
        struct mm1 queue = {.mean_gap = 1, .mean_service = 0.8};
        double start = cpu_seconds();
        int64_t bare = mm1_bare(1, 0.8, days);
        double between = cpu_seconds();
        mm1_run(&queue, 1, days, NULL);
        double end = cpu_seconds();
        if (bare != queue.served)
            printf("M/M/1: the two differ: %lld and %lld\n", (long long)bare,
                   (long long)queue.served);
        bare_ns[i] = (between - start) / (double)bare * 1e9;
        engine_ns[i] = (end - between) / (double)bare * 1e9;
        ratio[i] = bare_ns[i] / engine_ns[i];
    }
    printf("%-28s %8.1f %8.1f   %5.2f  (budget: 0.60 or more)\n", "M/M/1, ns a customer",
           median(bare_ns, REPEATS), median(engine_ns, REPEATS), median(ratio, REPEATS));
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
bare_push(struct bare_lp *lp, struct bare_event event)
{
    uint32_t at = lp->size++;

    if (lp->size > 8 * PHOLD_EVENTS)
        abort();
    while (at > 0 && bare_before(event, lp->heap[(at - 1) / 2])) {
        lp->heap[at] = lp->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    lp->heap[at] = event;
}

static void
bare_pop(struct bare_lp *lp)
{
    struct bare_event last = lp->heap[--lp->size];
    uint32_t at = 0, child;

    while ((child = 2 * at + 1) < lp->size) {
        if (child + 1 < lp->size && bare_before(lp->heap[child + 1], lp->heap[child]))
            child++;
        if (!bare_before(lp->heap[child], last))
            break;
        lp->heap[at] = lp->heap[child];
        at = child;
    }
    lp->heap[at] = last;
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
                &all[id],
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
                bare_pop(lp);
                handled++;
                if (bits & 1)
                    bare_push(lp, (struct bare_event){time, number++});
                else
                    messages[sent++] =
                        (struct bare_message){time, number++, (uint32_t)((bits >> 32) * lps >> 32)};
            }
        }
        for (size_t i = 0; i < sent; i++)
            bare_push(&all[messages[i].to],
                      (struct bare_event){messages[i].time, messages[i].number});
    }
    return handled;
}

static void
bench_phold(uint32_t lps)
{
    double days = 40e6 / (double)lps / PHOLD_EVENTS / 4;
    struct phold_lp *own = calloc(lps, sizeof *own);
    struct bare_lp *bare = calloc(lps, sizeof *bare);
    struct bare_message *messages = calloc((size_t)lps * 4 * PHOLD_EVENTS, sizeof *messages);
    double bare_ns[REPEATS], engine_ns[REPEATS], ratio[REPEATS], speedup[REPEATS];
    char name[64];

    if (own == NULL || bare == NULL || messages == NULL)
        abort();
    for (int i = 0; i < REPEATS; i++) {
        uint64_t handled = 0;
        double start = cpu_seconds();
        uint64_t bare_handled = phold_bare(bare, messages, lps, days);
        double between = cpu_seconds(), wall = wall_seconds();
        phold_run(own, lps, 1, days, NULL);
        double end = cpu_seconds(), wall_one = wall_seconds() - wall;
        for (uint32_t id = 0; id < lps; id++)
            handled += own[id].handled;
        phold_run(own, lps, 2, days, NULL);
        speedup[i] = wall_one / (wall_seconds() - wall - wall_one);
        if (handled != bare_handled)
            printf("PHOLD: the two differ: %llu and %llu\n", (unsigned long long)handled,
                   (unsigned long long)bare_handled);
        bare_ns[i] = (between - start) / (double)handled * 1e9;
        engine_ns[i] = (end - between) / (double)handled * 1e9;
        ratio[i] = bare_ns[i] / engine_ns[i];
    }
    snprintf(name, sizeof name, "PHOLD %u LPs, ns an event", lps);
    printf("%-28s %8.1f %8.1f   %5.2f  (budget: 0.60 or more); two threads %.2f times one "
           "(budget: 1.70)\n",
           name, median(bare_ns, REPEATS), median(engine_ns, REPEATS), median(ratio, REPEATS),
           median(speedup, REPEATS));
    free(own);
    free(bare);
    free(messages);
}

int
main(void)
{
    printf("%-28s %8s %8s   %5s\n", "", "bare", "engine", "ratio");
    bench_mm1();
    bench_phold(1024);
    bench_phold(65536);
    return 0;
}
