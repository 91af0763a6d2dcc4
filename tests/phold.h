#ifndef TESTS_PHOLD_H
#define TESTS_PHOLD_H
/* PHOLD on the engine's public interface (Fujimoto 1990): each event schedules one more, here or in
 * a random other LP, never nearer than the lookahead when it leaves. */

#include "sim/engine/engine.h"
#include "sim/engine/stream.h"

#include <stdlib.h>

#define PHOLD_LOOKAHEAD 0.1 /* days */
#define PHOLD_MEAN      1.0
#define PHOLD_EVENTS    16 /* an LP at the start */

struct phold_lp {
    struct stream stream;
    uint64_t handled;
    uint64_t digest; /* of the times handled: changes when the order does */
    uint32_t lps;
};

static void
phold_next(struct lp *lp, const struct event *event)
{
    struct phold_lp *own = lp->state;
    ticks time = lp->now + ticks_from_days(PHOLD_LOOKAHEAD) +
                 ticks_from_days((PHOLD_MEAN - PHOLD_LOOKAHEAD) * stream_exponential(&own->stream));
    uint64_t bits = stream_next(&own->stream);

    own->handled++;
    own->digest = (own->digest ^ (uint64_t)lp->now) * 0x100000001b3;
    if (bits & 1)
        lp_schedule(lp, time, 0, 0, event->subject);
    else
        lp_send(lp, (uint32_t)((bits >> 32) * own->lps >> 32), time, 0, 0, event->subject, NULL);
}

/* Run LPS processes on THREADS threads for DAYS; own[lps] holds what each did. */
static int
phold_run(struct phold_lp *own, uint32_t lps, int threads, double days, struct error *err)
{
    static const event_handler handlers[] = {phold_next};
    struct engine_spec spec = {.lps = lps,
                               .handlers = handlers,
                               .kinds = 1,
                               .window = ticks_from_days(PHOLD_LOOKAHEAD),
                               .reserve = 2 * PHOLD_EVENTS,
                               .threads = threads};
    struct engine *engine;
    int status = engine_create(&engine, &spec, err);

    if (status != OK)
        return status;
    for (uint32_t id = 0; id < lps; id++) {
        struct lp *lp = engine_lp(engine, id);
        own[id] = (struct phold_lp){.lps = lps};
        stream_open(&own[id].stream, 1, 0, 0, (struct stream_name){0, id}, 0);
        lp->state = &own[id];
        for (uint32_t i = 0; i < PHOLD_EVENTS; i++)
            lp_schedule(lp, ticks_from_days(PHOLD_MEAN * stream_exponential(&own[id].stream)), 0, 0,
                        i);
    }
    status = engine_run(engine, ticks_from_days(days), err);
    engine_free(engine);
    return status;
}

#endif
