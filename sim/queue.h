#ifndef SIM_QUEUE_H
#define SIM_QUEUE_H
/* The pending events of one logical process: an implicit 4-ary heap of 24-byte records.
 *
 * Two things make it quick. Taking the first event leaves a hole at the root, and the event that a
 * handler then schedules falls into it: one sift instead of two. And only events with a timer keep
 * track of where they stand (place[timer]), so plain events pay nothing for what they do not use,
 * and an event with a timer is withdrawn or re-timed in O(log n) without a search. Nothing goes
 * stale: a withdrawn event is gone.
 *
 * Memory grows by doubling and is kept; there is no allocation in the loop once the largest size
 * has been seen. */

#include "ticks.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* Order of events: time, then priority, then where it was scheduled, then the count of events
 * scheduled there. ORDER holds the last three: 4, 20 and 40 bits. */
struct event {
    ticks time;
    uint64_t order;
    uint32_t subject;
    uint32_t tag; /* kind and timer: 8 and 24 bits */
};

#define QUEUE_TIMERS ((uint32_t)1 << 24)
#define TIMER_NONE   0

static inline uint32_t
event_tag(uint8_t kind, uint32_t timer)
{
    return timer << 8 | kind;
}

static inline uint8_t
event_kind(const struct event *event)
{
    return (uint8_t)event->tag;
}

static inline uint32_t
event_timer(const struct event *event)
{
    return event->tag >> 8;
}

struct queue {
    struct event *heap;
    uint32_t size;
    uint32_t room;
    bool hole; /* heap[0] is vacant; size counts it */
    bool owns_heap;
    uint32_t timers;     /* length of place[] */
    uint32_t free_timer; /* head of the list of free timers, linked through place[]; 0: none */
    uint32_t *place;     /* place[timer]: where the event stands, or the next free timer */
};

static inline bool
event_before(const struct event *a, const struct event *b)
{
    return a->time < b->time || (a->time == b->time && a->order < b->order);
}

static inline void
queue_put(struct queue *queue, uint32_t at, struct event event)
{
    queue->heap[at] = event;
    if (event_timer(&event) != TIMER_NONE)
        queue->place[event_timer(&event)] = at;
}

static inline __attribute__((always_inline)) void
queue_sift_up(struct queue *queue, uint32_t at, struct event event)
{
    while (at > 0) {
        uint32_t parent = (at - 1) / 4;
        if (!event_before(&event, &queue->heap[parent]))
            break;
        queue_put(queue, at, queue->heap[parent]);
        at = parent;
    }
    queue_put(queue, at, event);
}

static inline __attribute__((always_inline)) void
queue_sift_down(struct queue *queue, uint32_t at, struct event event)
{
    struct event *heap = queue->heap;
    uint32_t size = queue->size;

    for (;;) {
        uint32_t child = 4 * at + 1;
        if (child >= size)
            break;
        uint32_t least = child, end = child + 4 < size ? child + 4 : size;
        for (uint32_t other = child + 1; other < end; other++)
            if (event_before(&heap[other], &heap[least]))
                least = other;
        if (!event_before(&heap[least], &event))
            break;
        queue_put(queue, at, heap[least]);
        at = least;
    }
    queue_put(queue, at, event);
}

/* Close the hole, if there is one, with the last event. */
static inline void
queue_mend(struct queue *queue)
{
    if (!queue->hole)
        return;
    queue->hole = false;
    queue->size--;
    if (queue->size > 0)
        queue_sift_down(queue, 0, queue->heap[queue->size]);
}

/* The first event, or NULL. Valid until the next change. */
static inline const struct event *
queue_first(struct queue *queue)
{
    queue_mend(queue);
    return queue->size > 0 ? queue->heap : NULL;
}

/* Take the first event away (there must be one and no hole). Its timer is free again. */
static inline void
queue_take(struct queue *queue)
{
    uint32_t timer = event_timer(queue->heap);

    assert(!queue->hole && queue->size > 0);
    if (timer != TIMER_NONE) {
        queue->place[timer] = queue->free_timer;
        queue->free_timer = timer;
    }
    queue->hole = true;
}

/* Make room for more; false: no memory, and nothing has changed. */
bool queue_grow(struct queue *queue);
bool queue_grow_timers(struct queue *queue);

/* Add EVENT; false: no memory. */
static inline __attribute__((always_inline)) bool
queue_add(struct queue *queue, struct event event)
{
    if (queue->hole) {
        queue->hole = false;
        queue_sift_down(queue, 0, event);
        return true;
    }
    if (queue->size == queue->room && !queue_grow(queue))
        return false;
    queue_sift_up(queue, queue->size++, event);
    return true;
}

/* A free timer, or TIMER_NONE when there is no memory for one. */
static inline uint32_t
queue_new_timer(struct queue *queue)
{
    uint32_t timer = queue->free_timer;

    if (timer == TIMER_NONE && !queue_grow_timers(queue))
        return TIMER_NONE;
    timer = queue->free_timer;
    queue->free_timer = queue->place[timer];
    return timer;
}

/* Take the event of TIMER out, wherever it stands, and free the timer. */
void queue_withdraw(struct queue *queue, uint32_t timer);

/* Move the event of TIMER to TIME, with a new ORDER. */
void queue_retime(struct queue *queue, uint32_t timer, ticks time, uint64_t order);

/* Forget all events and timers; keep the memory. */
void queue_clear(struct queue *queue);
void queue_free(struct queue *queue);

#endif
