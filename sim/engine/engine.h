#ifndef SIM_ENGINE_H
#define SIM_ENGINE_H
/* A discrete-event engine that gives the same bits for any number of threads.
 *
 * The model is cut into logical processes (LPs); each owns its state and its pending events. Time
 * advances in windows no longer than the lookahead, the shortest delay of a message from one LP to
 * another. Inside a window an LP runs its own events alone, in order of (time, priority, where and
 * as which it was scheduled); at the window's end messages are delivered and the model's round sees
 * all LPs at rest. Since nothing that one LP does can reach another before the window ends, LPs may
 * run in any order or at once: the result is the same (Chandy and Misra's conservative rule in its
 * simplest form).
 *
 * An event is (time, priority, kind, subject); its handler is found in a table by kind. Handlers
 * run with lp->now at the event's time and may change their own LP, schedule in it, or send. */

#include "sim/base/error.h"
#include "queue.h"
#include "ticks.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct engine;

struct lp {
    /* Of the event being handled, or the end of the last window it ran in. */
    _Alignas(64) ticks now;
    void *state; /* the model's */
    struct engine *engine;
    uint64_t events; /* handled since the start */
    uint64_t count;  /* events scheduled or sent from here; part of their order */
    uint32_t id;
    int thread;  /* that runs it now; -1: at rest */
    ticks until; /* events before it are run in this window; 0 once one has failed */
    _Alignas(64) struct queue queue;
};

typedef void (*event_handler)(struct lp *lp, const struct event *event);

#define ENGINE_STAGES 2

struct engine_stage {
    void (*part)(void *model, uint32_t part, ticks now);
    void (*all)(void *model, ticks now);
};

struct engine_spec {
    uint32_t lps;                  /* 1 .. ENGINE_MOST_LPS */
    const event_handler *handlers; /* [kinds] */
    uint32_t kinds;                /* at most 256 */
    ticks window;                  /* the lookahead, or TICKS_NEVER when no LP sends */
    uint32_t reserve;              /* events an LP holds before it grows */
    int threads;                   /* that run LPs side by side */
    void *model;                   /* what the round sees */

    /* At each window's end, stage by stage: part(p) for p < parts may run side by side, so part p
     * touches only its own LPs; then all, alone. Either may be NULL. NOW is the window's end. */
    uint32_t parts;
    struct engine_stage stage[ENGINE_STAGES];

    /* Messages may carry PAYLOAD bytes. receive takes them into the LP and returns the subject of
     * the event that follows at the message's time. */
    size_t payload;
    uint32_t (*receive)(struct lp *lp, const void *payload);

    /* An event that LP will soon handle: fetch what its handler needs into the cache. Others may be
     * running; nothing may be changed. May be NULL. */
    void (*fetch)(const struct lp *lp, const struct event *event);

    /* What EVENT is, in words for an error's line ("the end of a stay in Town"). May be NULL. */
    void (*describe)(const struct lp *lp, const struct event *event, char *text, size_t size);

    /* Called after every event in a build with -DDOORSTROOM_CHECK. */
    void (*check)(struct lp *lp);
};

#define ENGINE_MOST_LPS   ((uint32_t)1 << 20)
#define ENGINE_PRIORITIES 16

/* Make an engine with all LPs at time 0 and without events. */
MUST_CHECK int engine_create(struct engine **engine, const struct engine_spec *spec,
                             struct error *err);
void engine_free(struct engine *engine);

/* Back to time 0 without events; memory is kept for the next replication. */
void engine_reset(struct engine *engine);

struct lp *engine_lp(struct engine *engine, uint32_t id);

/* Before engine_run: PART(model, p, 0) for each part, side by side, each on its own LPs. */
void engine_each_part(struct engine *engine, void (*part)(void *model, uint32_t part, ticks now));

/* From now on the run ends soon after *STOP is set; NULL: never. */
void engine_watch(struct engine *engine, const volatile sig_atomic_t *stop);

/* Is it time to stop? For what takes long before engine_run. */
bool engine_is_stopped(const struct engine *engine);

/* Run all windows up to UNTIL (the last may end there early); once after each create or reset.
 * Returns OK, INTERRUPTED, or what went wrong: a message below the lookahead (BROKEN; the event is
 * named), events that follow each other without end at one moment (BAD_INPUT; it is named),
 * NO_MEMORY, or what lp_fail was told. */
MUST_CHECK int engine_run(struct engine *engine, ticks until, struct error *err);

/* The end of the window that is running or has just ended. */
ticks engine_window_end(const struct engine *engine);

uint64_t engine_events(const struct engine *engine);

/* Stop with CODE and the line in ERR's manner. LP runs no further event; others end their window,
 * so that of several failures the same is reported for any number of threads: that of the earliest
 * part of the window (events, messages, the round's stages), there of the lowest LP, there the
 * first. */
void lp_fail(struct lp *lp, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* An event of this LP at TIME >= now. Priority 0 comes first among events of one time. */
void lp_schedule(struct lp *lp, ticks time, unsigned priority, uint8_t kind, uint32_t subject);

/* The same, with a timer by which it can be withdrawn or re-timed. The timer is free again as soon
 * as the event is handled or withdrawn. TIMER_NONE: no memory (the engine stops). */
uint32_t lp_set_timer(struct lp *lp, ticks time, unsigned priority, uint8_t kind, uint32_t subject);
void lp_withdraw(struct lp *lp, uint32_t timer);
void lp_retime(struct lp *lp, uint32_t timer, ticks time);

/* The time of the event that TIMER holds. */
ticks lp_timer_time(const struct lp *lp, uint32_t timer);

/* From a handler: an event in the LP TO at TIME, no earlier than the end of the running window.
 * With a payload, receive gives the subject. */
void lp_send(struct lp *lp, uint32_t to, ticks time, unsigned priority, uint8_t kind,
             uint32_t subject, const void *payload);

#endif
