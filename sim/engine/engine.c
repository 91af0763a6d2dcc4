#include "engine.h"

#include "sim/base/array.h"

#include <omp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Which LPs have work in which window is kept in a wheel of bit maps: bit lp of wheel[w mod SLOTS]
 * is set when the LP's first event lies in window w. An LP whose first event is further away than
 * the wheel reaches is looked at once a turn. So an idle LP costs one bit in 64 windows. */
#define SLOTS 64

/* A message on its way: the event as it will stand in the receiver's queue. */
struct message {
    struct event event;
    uint32_t to;
    unsigned char payload[];
};

/* Alone on its cache line: each is written by one thread at every message. */
struct outbox {
    _Alignas(64) unsigned char *bytes;
    size_t size, room;
};

/* The active LPs of a thread's part, from NEXT on; others help when they have none left. Alone on
 * its cache line too. */
struct share {
    _Alignas(64) uint32_t next;
    uint32_t end;
    uint32_t step; /* of the window in which the thread is: enum step */
};

/* A window's steps, one after the other; threads meet between them. Behind these come those of the
 * round: two for each stage. */
enum step { STEP_EVENTS, STEP_SETTLE, STEP_ROUND };

#define NEVER_FAILED UINT64_MAX

struct engine {
    struct engine_spec spec;
    struct lp *lps;
    struct event *reserve; /* the queues' first memory, in one piece */
    uint64_t *wheel;       /* [SLOTS][words] */
    size_t words;
    uint32_t *active; /* LPs with work in this window, by number */
    uint32_t actives;
    struct share *share;     /* [threads]: of the active LPs */
    struct outbox *outboxes; /* [threads][threads]: from, to the part */
    int threads;
    int64_t window; /* number of the running window; -1 before the first */
    ticks end;      /* its end */
    size_t message_size;
    bool over;          /* no further window: decided by one thread, read behind a barrier */
    bool stopped;       /* an LP has seen that it is time to stop */
    uint64_t failed_at; /* step and LP of the failure that counts: step << 32 | LP */
    int failed;         /* its status code */
    char failure[512];
    const volatile sig_atomic_t *stop;
};

static size_t
round_up(size_t size, size_t unit)
{
    return (size + unit - 1) / unit * unit;
}

static int
engine_allocate(struct engine *engine)
{
    const struct engine_spec *spec = &engine->spec;
    size_t threads = (size_t)engine->threads;

    engine->lps = aligned_alloc(64, round_up(spec->lps * sizeof *engine->lps, 64));
    engine->wheel = calloc(SLOTS * engine->words, sizeof *engine->wheel);
    engine->active = malloc(spec->lps * sizeof *engine->active);
    engine->share = aligned_alloc(64, threads * sizeof *engine->share);
    engine->outboxes = aligned_alloc(64, threads * threads * sizeof *engine->outboxes);
    if (engine->lps != NULL) /* what follows may fail, and all is given back */
        memset(engine->lps, 0, spec->lps * sizeof *engine->lps);
    if (engine->outboxes != NULL)
        memset(engine->outboxes, 0, threads * threads * sizeof *engine->outboxes);
    if (spec->reserve > 0)
        engine->reserve = malloc((size_t)spec->lps * spec->reserve * sizeof *engine->reserve);
    return engine->lps != NULL && engine->wheel != NULL && engine->active != NULL &&
                   engine->share != NULL && engine->outboxes != NULL &&
                   (spec->reserve == 0 || engine->reserve != NULL)
               ? OK
               : NO_MEMORY;
}

int
engine_create(struct engine **out, const struct engine_spec *spec, struct error *err)
{
    assert(spec->lps >= 1 && spec->lps <= ENGINE_MOST_LPS && spec->kinds <= 256);
    assert(spec->window > 0 && spec->threads >= 1);
    struct engine *engine = calloc(1, sizeof *engine);

    *out = NULL;
    if (engine == NULL)
        return error_set(err, NO_MEMORY, "no memory for an engine");
    engine->spec = *spec;
    engine->threads = spec->threads;
    engine->words = (spec->lps + 63) / 64;
    engine->message_size = round_up(sizeof(struct message) + spec->payload, 8);
    if (engine_allocate(engine) != OK) {
        engine_free(engine);
        return error_set(err, NO_MEMORY, "no memory for %u logical processes", spec->lps);
    }
    for (uint32_t id = 0; id < spec->lps; id++) {
        struct lp *lp = &engine->lps[id];
        *lp = (struct lp){.engine = engine, .id = id, .thread = -1};
        lp->queue.heap = engine->reserve + (size_t)id * spec->reserve;
        lp->queue.room = spec->reserve;
    }
    engine_reset(engine);
    *out = engine;
    return OK;
}

void
engine_free(struct engine *engine)
{
    if (engine == NULL)
        return;
    if (engine->lps != NULL)
        for (uint32_t id = 0; id < engine->spec.lps; id++)
            queue_free(&engine->lps[id].queue);
    if (engine->outboxes != NULL)
        for (int i = 0; i < engine->threads * engine->threads; i++)
            free(engine->outboxes[i].bytes);
    free(engine->lps);
    free(engine->reserve);
    free(engine->wheel);
    free(engine->active);
    free(engine->share);
    free(engine->outboxes);
    free(engine);
}

void
engine_reset(struct engine *engine)
{
    for (uint32_t id = 0; id < engine->spec.lps; id++) {
        struct lp *lp = &engine->lps[id];
        queue_clear(&lp->queue, engine->spec.window);
        lp->now = 0;
        lp->events = 0;
        lp->count = 0;
    }
    for (int i = 0; i < engine->threads * engine->threads; i++)
        engine->outboxes[i].size = 0;
    memset(engine->share, 0, (size_t)engine->threads * sizeof *engine->share);
    memset(engine->wheel, 0, SLOTS * engine->words * sizeof *engine->wheel);
    engine->actives = 0;
    engine->window = -1;
    engine->end = 0;
    engine->over = false;
    engine->stopped = false;
    engine->failed_at = NEVER_FAILED;
    engine->failed = OK;
}

void
engine_watch(struct engine *engine, const volatile sig_atomic_t *stop)
{
    engine->stop = stop;
}

bool
engine_is_stopped(const struct engine *engine)
{
    return engine->stop != NULL && *engine->stop != 0;
}

struct lp *
engine_lp(struct engine *engine, uint32_t id)
{
    return &engine->lps[id];
}

ticks
engine_window_end(const struct engine *engine)
{
    return engine->end;
}

static uint64_t *
wheel_slot(const struct engine *engine, int64_t window)
{
    return engine->wheel + (size_t)((window + SLOTS) % SLOTS) * engine->words;
}

uint64_t
engine_events(const struct engine *engine)
{
    uint64_t events = 0;

    for (uint32_t id = 0; id < engine->spec.lps; id++)
        events += engine->lps[id].events;
    return events;
}

static int
thread_number(const struct engine *engine)
{
    return engine->threads > 1 ? omp_get_thread_num() : 0;
}

/* Of one LP the first failure counts; messages come to it in no fixed order, so there it is the one
 * that comes first by its text. */
void
lp_fail(struct lp *lp, int code, const char *format, ...)
{
    struct engine *engine = lp->engine;
    uint32_t step = engine->share[thread_number(engine)].step;
    uint64_t at = (uint64_t)step << 32 | lp->id;
    char text[sizeof engine->failure];
    va_list values;

    lp->until = 0;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
#pragma omp critical(engine_failure)
    if (at < engine->failed_at ||
        (at == engine->failed_at && step == STEP_SETTLE && strcmp(text, engine->failure) < 0)) {
        __atomic_store_n(&engine->failed_at, at, __ATOMIC_RELAXED);
        engine->failed = code;
        memcpy(engine->failure, text, sizeof text);
    }
}

/* The calling thread comes to STEP. Is there still something to do? Not if a step before has
 * failed. All threads give the same answer, since what fails meanwhile fails in this step. */
static bool
enter_step(struct engine *engine, uint32_t step)
{
    engine->share[thread_number(engine)].step = step;
    return __atomic_load_n(&engine->failed_at, __ATOMIC_RELAXED) >> 32 >= step &&
           !__atomic_load_n(&engine->stopped, __ATOMIC_RELAXED);
}

/* LP ID has work in WINDOW; parts of a round may say so side by side. What lies further away than
 * the wheel reaches is looked at again before it is due. */
static void
engine_mark(struct engine *engine, uint32_t id, int64_t window)
{
    if (window <= engine->window)
        window = engine->window + 1;
    if (window >= engine->window + SLOTS)
        window = engine->window + SLOTS - 1;
    uint64_t *word = &wheel_slot(engine, window)[id / 64], bit = (uint64_t)1 << (id % 64);
    if (engine->threads > 1)
        __atomic_fetch_or(word, bit, __ATOMIC_RELAXED);
    else
        *word |= bit;
}

/* An event at TIME came into LP: if it is at rest, its window is marked. */
static inline void
lp_note(struct lp *lp, ticks time)
{
    if (lp->thread < 0)
        engine_mark(lp->engine, lp->id, time / lp->engine->spec.window);
}

/* Priority, the LP that scheduled it and its count there: see struct event. */
static inline uint64_t
lp_next_order(struct lp *lp, unsigned priority)
{
    assert(priority < ENGINE_PRIORITIES);
    return (uint64_t)priority << 60 | (uint64_t)lp->id << 40 | lp->count++;
}

/* Inlined by force: an event passed through memory costs a stalled load for each one scheduled. */
static inline __attribute__((always_inline)) void
lp_add(struct lp *lp, struct event event)
{
    if (!queue_add(&lp->queue, event))
        lp_fail(lp, NO_MEMORY, "no memory for another event");
    else
        lp_note(lp, event.time);
}

void
lp_schedule(struct lp *lp, ticks time, unsigned priority, uint8_t kind, uint32_t subject)
{
    assert(time >= lp->now);
    lp_add(lp,
           (struct event){time, lp_next_order(lp, priority), subject, event_tag(kind, TIMER_NONE)});
}

uint32_t
lp_set_timer(struct lp *lp, ticks time, unsigned priority, uint8_t kind, uint32_t subject)
{
    struct event event = {time, lp_next_order(lp, priority), subject, event_tag(kind, TIMER_NONE)};

    assert(time >= lp->now);
    uint32_t timer = queue_add_timer(&lp->queue, event);
    if (timer == TIMER_NONE)
        lp_fail(lp, NO_MEMORY, "no memory for another timer");
    else
        lp_note(lp, time);
    return timer;
}

void
lp_withdraw(struct lp *lp, uint32_t timer)
{
    queue_withdraw(&lp->queue, timer);
}

void
lp_retime(struct lp *lp, uint32_t timer, ticks time)
{
    unsigned priority = (unsigned)(lp->queue.pending[timer].event.order >> 60);

    assert(time >= lp->now);
    if (!queue_retime(&lp->queue, timer, time, lp_next_order(lp, priority)))
        lp_fail(lp, NO_MEMORY, "no memory for another event");
    else
        lp_note(lp, time);
}

ticks
lp_timer_time(const struct lp *lp, uint32_t timer)
{
    return lp->queue.pending[timer].event.time;
}

/* The thread that sees to LP ID between windows. */
static inline uint32_t
part_of(const struct engine *engine, uint32_t id)
{
    return (uint32_t)((uint64_t)id * (uint64_t)engine->threads / engine->spec.lps);
}

static struct message *
outbox_next(struct outbox *outbox, size_t message_size)
{
    if (!array_room(outbox->bytes, outbox->room, outbox->size + message_size))
        return NULL;
    struct message *message = (struct message *)(void *)(outbox->bytes + outbox->size);
    outbox->size += message_size;
    return message;
}

void
lp_send(struct lp *lp, uint32_t to, ticks time, unsigned priority, uint8_t kind, uint32_t subject,
        const void *payload)
{
    struct engine *engine = lp->engine;

    assert(lp->thread >= 0); /* a round acts on its LPs directly */
    if (time < engine->end || to >= engine->spec.lps) {
        lp_fail(lp, BROKEN,
                "LP %u at day %.6f sent an event of kind %u to LP %u for day %.6f, before the "
                "window's end at day %.6f or to nowhere",
                lp->id, ticks_to_days(lp->now), kind, to, ticks_to_days(time),
                ticks_to_days(engine->end));
        return;
    }
    uint32_t part = engine->threads == 1 ? 0 : part_of(engine, to);
    struct message *message = outbox_next(
        &engine->outboxes[lp->thread * engine->threads + (int)part], engine->message_size);
    if (message == NULL) {
        lp_fail(lp, NO_MEMORY, "no memory for another message");
        return;
    }
    message->event =
        (struct event){time, lp_next_order(lp, priority), subject, event_tag(kind, TIMER_NONE)};
    message->to = to;
    if (payload != NULL)
        memcpy(message->payload, payload, engine->spec.payload);
}

/* What the next LPs' windows will need is fetched into the cache meanwhile: LPs are too many for
 * the cache to hold, and what they keep is linked by number, so that only a row tells where the
 * next one lies. Each step takes one of the LPs ahead to its next row, which a step before has
 * asked for; with several LPs ahead the steps do not wait for memory. */
#define AHEAD 4

struct ahead {
    const struct lp *lp[AHEAD]; /* by their turn, going round; NULL: none */
    uint32_t row[AHEAD];        /* on its way into the cache; 0: none; ROW_NEAR: the LP itself is */
    uint32_t turn;              /* of steps */
};

static inline void
ahead_enter(struct ahead *ahead, uint32_t at, const struct lp *lp)
{
    ahead->lp[at % AHEAD] = lp;
    ahead->row[at % AHEAD] = lp != NULL ? ROW_NEAR : 0;
    if (lp == NULL)
        return;
    __builtin_prefetch(lp);
    __builtin_prefetch((const char *)lp + 64);
}

static inline void
ahead_step(struct ahead *ahead)
{
    uint32_t at = ahead->turn++ % AHEAD, number = ahead->row[at];

    if (number == 0)
        return;
    const struct lp *lp = ahead->lp[at];
    const struct queue *queue = &lp->queue;
    if (number == ROW_NEAR) {
        if (queue->size > 0) {
            __builtin_prefetch(queue->heap);
            __builtin_prefetch((const char *)queue->heap + 64);
        }
        ahead->row[at] = queue->filled[0] >> lp->engine->window % QUEUE_SLOTS & 1
                             ? queue->far[lp->engine->window % QUEUE_SLOTS]
                             : 0;
    } else {
        const struct pending *row = &queue->pending[number];
        if (lp->engine->spec.fetch != NULL)
            lp->engine->spec.fetch(lp, &row->event);
        ahead->row[at] = row->next;
    }
    if (ahead->row[at] != 0)
        __builtin_prefetch(&queue->pending[ahead->row[at]]);
}

/* Every so many events of an LP one looks whether it is time to stop, and whether simulated time
 * goes on. Many events at one moment are no fault: a prison that empties at midnight has one for
 * each person. So as many are allowed as would be left if each that was pending when one first
 * looked made EACH_AT_ONCE others, one after the other. */
#define LOOK_EVERY    ((uint64_t)1 << 16)
#define LEAST_AT_ONCE ((uint64_t)1 << 20)
#define EACH_AT_ONCE  16

struct standstill {
    ticks time;
    uint64_t events, allowed;
};

static void
fail_standing(struct lp *lp, const struct event *event)
{
    char what[256];

    snprintf(what, sizeof what, "events of kind %u in LP %u", event_kind(event), lp->id);
    if (lp->engine->spec.describe != NULL)
        lp->engine->spec.describe(lp, event, what, sizeof what);
    lp_fail(lp, BAD_INPUT, "%s: they follow each other without end at day %.6f; one must take time",
            what, ticks_to_days(event->time));
}

static void
lp_look(struct lp *lp, const struct event *event, struct standstill *still)
{
    if (engine_is_stopped(lp->engine)) {
        __atomic_store_n(&lp->engine->stopped, true, __ATOMIC_RELAXED);
        lp->until = 0;
    } else if (event->time != still->time) {
        uint64_t pending = (uint64_t)lp->queue.size + lp->queue.used;
        *still = (struct standstill){event->time, 0, LEAST_AT_ONCE + EACH_AT_ONCE * pending};
    } else if ((still->events += LOOK_EVERY) > still->allowed) {
        fail_standing(lp, event);
    }
}

static void
lp_run_window(struct lp *lp, struct ahead *ahead, ticks end, int thread)
{
    const event_handler *handlers = lp->engine->spec.handlers;
    const struct event *first;
    struct standstill still = {.time = -1};

    lp->thread = thread;
    lp->until = end;
    if (!queue_open(&lp->queue, lp->engine->window))
        lp_fail(lp, NO_MEMORY, "no memory for another event");
    while ((first = queue_first(&lp->queue)) != NULL && first->time < lp->until) {
        struct event event = *first;
        assert(event.time >= lp->now);
        ahead_step(ahead);
        queue_take(&lp->queue);
        lp->now = event.time;
        lp->events++;
        handlers[event_kind(&event)](lp, &event);
        if (lp->events % LOOK_EVERY == 0)
            lp_look(lp, &event, &still);
#ifdef DOORSTROOM_CHECK
        if (lp->engine->spec.check != NULL)
            lp->engine->spec.check(lp);
#endif
    }
    lp->now = end;
    lp->thread = -1;
}

/* Run the active LPs FROM .. TO - 1. */
static void
run_range(struct engine *engine, uint32_t from, uint32_t to, int thread)
{
    const uint32_t *active = engine->active;
    struct ahead ahead = {.turn = 0};

    for (uint32_t i = from; i < to && i < from + AHEAD; i++)
        ahead_enter(&ahead, i, &engine->lps[active[i]]);
    for (uint32_t i = from; i < to; i++) {
        for (int step = 0; step < AHEAD; step++)
            ahead_step(&ahead);
        ahead_enter(&ahead, i, i + AHEAD < to ? &engine->lps[active[i + AHEAD]] : NULL);
        lp_run_window(&engine->lps[active[i]], &ahead, engine->end, thread);
    }
}

/* LPs that a thread takes at a time: enough to keep threads apart, few enough to end together. */
static uint32_t
chunk_size(const struct engine *engine)
{
    return engine->actives / (48 * (uint32_t)engine->threads) + 1;
}

/* A thread runs the LPs of its own part, which it had in the last window too, then helps others: a
 * chunk at a time, as long as there are any. */
static void
run_share(struct engine *engine, int thread)
{
    uint32_t chunk = chunk_size(engine), from;

    for (int i = 0; i < engine->threads; i++) {
        struct share *share = &engine->share[(thread + i) % engine->threads];
        while ((from = __atomic_fetch_add(&share->next, chunk, __ATOMIC_RELAXED)) < share->end) {
            uint32_t left = share->end - from;
            run_range(engine, from, from + (left < chunk ? left : chunk), thread);
        }
    }
}

static void
deliver(struct engine *engine, const struct message *message)
{
    struct lp *lp = &engine->lps[message->to];
    struct event event = message->event;

    if (engine->spec.receive != NULL)
        event.subject = engine->spec.receive(lp, message->payload);
    lp_add(lp, event);
}

/* Between windows, for one part: deliver its messages and set the bits of its LPs' next windows.
 * The order of delivery does not matter: an event's order is complete in itself. */
static void
settle_part(struct engine *engine, int part)
{
    for (uint32_t i = 0; i < engine->actives; i++) {
        struct lp *lp = &engine->lps[engine->active[i]];
        if (engine->threads > 1 && part_of(engine, lp->id) != (uint32_t)part)
            continue;
        int64_t next = queue_next_window(&lp->queue);
        if (next != INT64_MAX)
            engine_mark(engine, lp->id, next);
    }
    for (int from = 0; from < engine->threads; from++) {
        struct outbox *outbox = &engine->outboxes[from * engine->threads + part];
        for (size_t at = 0; at < outbox->size; at += engine->message_size) {
            size_t ahead = at + 8 * engine->message_size;
            if (ahead < outbox->size) {
                const struct message *later = (struct message *)(void *)(outbox->bytes + ahead);
                __builtin_prefetch(&engine->lps[later->to]);
                __builtin_prefetch(&engine->lps[later->to].queue);
            }
            deliver(engine, (struct message *)(void *)(outbox->bytes + at));
        }
        outbox->size = 0;
    }
}

/* How many of the active LPs lie in parts before PART. */
static uint32_t
actives_before(const struct engine *engine, uint32_t part)
{
    uint32_t low = 0, high = engine->actives;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (part_of(engine, engine->active[middle]) < part)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* List the LPs that have work in the running window, by number. */
static void
find_active(struct engine *engine)
{
    const uint64_t *slot = wheel_slot(engine, engine->window);
    uint32_t actives = 0;

    for (size_t word = 0; word < engine->words; word++)
        for (uint64_t bits = slot[word]; bits != 0; bits &= bits - 1)
            engine->active[actives++] = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
    engine->actives = actives;
    for (int thread = 0; thread < engine->threads; thread++) {
        engine->share[thread].next = actives_before(engine, (uint32_t)thread);
        engine->share[thread].end = actives_before(engine, (uint32_t)thread + 1);
    }
}

static bool
has_round(const struct engine_spec *spec)
{
    for (int i = 0; i < ENGINE_STAGES; i++)
        if (spec->stage[i].part != NULL || spec->stage[i].all != NULL)
            return true;
    return false;
}

/* The next window with work; with a round every window is one. Nobody else runs meanwhile: here it
 * is decided whether to go on. */
static void
next_window(struct engine *engine, ticks until)
{
    const struct engine_spec *spec = &engine->spec;
    bool rounds = has_round(spec);
    int64_t last = (until - 1) / spec->window;

    engine->stopped |= engine_is_stopped(engine);
    engine->over = engine->failed != OK || engine->stopped || engine->window >= last;
    if (engine->over)
        return;
    memset(wheel_slot(engine, engine->window), 0, engine->words * sizeof *engine->wheel);
    do {
        engine->window++;
        find_active(engine);
    } while (engine->actives == 0 && !rounds && engine->window < last);
    engine->end = engine->window >= last ? until : (engine->window + 1) * spec->window;
}

static int
engine_outcome(const struct engine *engine, struct error *err)
{
    if (engine->failed != OK)
        return error_set(err, engine->failed, "%s", engine->failure);
    if (engine->stopped)
        return error_set(err, INTERRUPTED, "stopped at day %.0f", ticks_to_days(engine->end));
    return OK;
}

/* One thread's way through all windows. The threads meet behind each step, and all of them at the
 * same places: whether there is anything to do is asked inside the loops, never around them. */
static void
run_windows(struct engine *engine, ticks until)
{
    const struct engine_spec *spec = &engine->spec;
    int thread = omp_get_thread_num();

    while (!engine->over) {
        enter_step(engine, STEP_EVENTS);
        run_share(engine, thread);
#pragma omp barrier
#pragma omp for schedule(static, 1)
        for (int part = 0; part < engine->threads; part++)
            if (enter_step(engine, STEP_SETTLE))
                settle_part(engine, part);
        for (uint32_t i = 0; i < ENGINE_STAGES; i++) {
            const struct engine_stage *stage = &spec->stage[i];
            if (stage->part != NULL) {
#pragma omp for schedule(dynamic, 1)
                for (uint32_t part = 0; part < spec->parts; part++)
                    if (enter_step(engine, STEP_ROUND + 2 * i))
                        stage->part(spec->model, part, engine->end);
            }
            if (stage->all != NULL) {
#pragma omp single
                if (enter_step(engine, STEP_ROUND + 2 * i + 1))
                    stage->all(spec->model, engine->end);
            }
        }
#pragma omp single
        next_window(engine, until);
    }
}

/* The same for one thread, without OpenMP: replications run side by side this way. */
static void
run_windows_alone(struct engine *engine, ticks until)
{
    const struct engine_spec *spec = &engine->spec;

    while (!engine->over) {
        enter_step(engine, STEP_EVENTS);
        run_range(engine, 0, engine->actives, 0);
        if (enter_step(engine, STEP_SETTLE))
            settle_part(engine, 0);
        for (uint32_t i = 0; i < ENGINE_STAGES; i++) {
            const struct engine_stage *stage = &spec->stage[i];
            for (uint32_t part = 0; stage->part != NULL && part < spec->parts; part++)
                if (enter_step(engine, STEP_ROUND + 2 * i))
                    stage->part(spec->model, part, engine->end);
            if (stage->all != NULL && enter_step(engine, STEP_ROUND + 2 * i + 1))
                stage->all(spec->model, engine->end);
        }
        next_window(engine, until);
    }
}

void
engine_each_part(struct engine *engine, void (*part)(void *model, uint32_t part, ticks now))
{
#pragma omp parallel for schedule(dynamic, 1) num_threads(engine->threads) if (engine->threads > 1)
    for (uint32_t p = 0; p < engine->spec.parts; p++)
        part(engine->spec.model, p, 0);
}

int
engine_run(struct engine *engine, ticks until, struct error *err)
{
    assert(engine->window < 0 && until > 0);
    next_window(engine, until);
    if (engine->threads == 1) {
        run_windows_alone(engine, until);
    } else {
#pragma omp parallel num_threads(engine->threads)
        run_windows(engine, until);
    }
    return engine_outcome(engine, err);
}
