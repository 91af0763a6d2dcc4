#ifndef SIM_QUEUE_H
#define SIM_QUEUE_H
/* The pending events of one logical process, near and far.
 *
 * Near events are those before the end of the open window, in an implicit 4-ary heap of 24-byte
 * records; as long as there are few, others are kept there too. Taking the first leaves a hole at
 * the root, and a near event that a handler then schedules falls into it: one sift instead of two.
 *
 * Far events need no order among themselves until their window opens. They lie in lists, one for
 * each of the next 64 windows, one for each of the next 64 turns of 64 windows, and one for
 * everything beyond (Varghese and Lauck's timing wheels, 1987). So to schedule an event costs the
 * same however many are pending, and each is looked at once or twice before it is due, beside those
 * of its own window. Without windows (length TICKS_NEVER) every event is near.
 *
 * An event that is far, or has a timer, stands in a row of a table; the timer is the row's number.
 * So an event is withdrawn or re-timed without a search, and nothing goes stale: a withdrawn event
 * is gone.
 *
 * Memory grows by doubling and is kept; there is no allocation in the loop once the largest size
 * has been seen. */

#include "ticks.h"

#include "sim/base/error.h"

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

#define QUEUE_ROWS ((uint32_t)1 << 24) /* at most */
#define TIMER_NONE 0

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

/* A far event in its list, or a near one with a timer. NEXT links free rows too. */
struct pending {
    struct event event;
    uint32_t next; /* in the list; 0: last; ROW_NEAR: in the heap */
    uint32_t at;   /* the one before in the list (0: first), or where in the heap */
};

#define ROW_NEAR UINT32_MAX

#define QUEUE_FEW   32 /* a heap of no more than this is as quick as lists and smaller */
#define QUEUE_SLOTS 64
enum queue_lists { LIST_WINDOWS, LIST_TURNS = QUEUE_SLOTS, LIST_BEYOND = 2 * QUEUE_SLOTS, LISTS };

struct queue {
    struct event *heap;
    uint32_t size;
    uint32_t room;
    ticks near_end; /* events before it are near: the end of the open window */
    ticks length;   /* of a window */
    int64_t window; /* number of the open window; 0 before the first */
    struct pending *pending;
    uint32_t rows;     /* length of pending[] */
    uint32_t used;     /* rows that were ever used; 0 is none */
    uint32_t free_row; /* head of the list of free rows; 0: none */
    bool hole;         /* heap[0] is vacant; size counts it */
    bool owns_heap;
    uint64_t filled[2]; /* bits: lists of windows and of turns that are not empty */
    uint32_t *far;      /* [LISTS]: heads; 0: empty; NULL as long as there are no rows */
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
        queue->pending[event_timer(&event)].at = at;
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

/* The first near event, or NULL. Valid until the next change. */
static inline const struct event *
queue_first(struct queue *queue)
{
    queue_mend(queue);
    return queue->size > 0 ? queue->heap : NULL;
}

static inline void
queue_free_row(struct queue *queue, uint32_t number)
{
    queue->pending[number].next = queue->free_row;
    queue->free_row = number;
}

/* Take the first near event away (there must be one and no hole). Its timer is free again. */
static inline void
queue_take(struct queue *queue)
{
    uint32_t timer = event_timer(queue->heap);

    assert(!queue->hole && queue->size > 0);
    if (timer != TIMER_NONE)
        queue_free_row(queue, timer);
    queue->hole = true;
}

/* Make room for more; false: no memory, and nothing has changed. */
MUST_CHECK bool queue_grow(struct queue *queue);
MUST_CHECK bool queue_grow_rows(struct queue *queue);

/* A free row, or 0 when there is no memory for one. */
static inline uint32_t
queue_new_row(struct queue *queue)
{
    uint32_t number = queue->free_row;

    if (number != 0) {
        queue->free_row = queue->pending[number].next;
        return number;
    }
    if (queue->used + 1 >= queue->rows && !queue_grow_rows(queue))
        return 0;
    return ++queue->used;
}

/* A near event without a row of its own, or whose row knows that it is near. */
static inline __attribute__((always_inline)) bool
queue_add_near(struct queue *queue, struct event event)
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

/* Put row NUMBER, whose event lies behind the open window, into its list. */
static inline void
queue_link(struct queue *queue, uint32_t number)
{
    struct pending *row = &queue->pending[number];
    int64_t window = row->event.time / queue->length;
    uint32_t list = LIST_BEYOND;

    assert(window >= queue->window);
    if (window - queue->window < QUEUE_SLOTS) {
        list = (uint32_t)(window % QUEUE_SLOTS);
        queue->filled[0] |= (uint64_t)1 << list;
    } else if (window / QUEUE_SLOTS - queue->window / QUEUE_SLOTS < QUEUE_SLOTS) {
        list = (uint32_t)(window / QUEUE_SLOTS % QUEUE_SLOTS);
        queue->filled[1] |= (uint64_t)1 << list;
        list += LIST_TURNS;
    }
    uint32_t head = queue->far[list];
    row->next = head;
    row->at = 0;
    if (head != 0)
        queue->pending[head].at = number;
    queue->far[list] = number;
}

static inline bool
queue_keeps_near(const struct queue *queue, ticks time)
{
    return time < queue->near_end || queue->size < QUEUE_FEW;
}

/* Add EVENT without a timer; false: no memory. */
static inline __attribute__((always_inline)) bool
queue_add(struct queue *queue, struct event event)
{
    if (queue_keeps_near(queue, event.time))
        return queue_add_near(queue, event);
    uint32_t number = queue_new_row(queue);
    if (number == 0)
        return false;
    queue->pending[number].event = event;
    queue_link(queue, number);
    return true;
}

/* Add EVENT, of KIND in its tag, and give it a timer; TIMER_NONE: no memory. */
static inline __attribute__((always_inline)) uint32_t
queue_add_timer(struct queue *queue, struct event event)
{
    uint32_t number = queue_new_row(queue);

    if (number == 0)
        return TIMER_NONE;
    event.tag = event_tag(event_kind(&event), number);
    queue->pending[number].event = event;
    if (!queue_keeps_near(queue, event.time)) {
        queue_link(queue, number);
        return number;
    }
    queue->pending[number].next = ROW_NEAR;
    if (queue_add_near(queue, event))
        return number;
    queue_free_row(queue, number);
    return TIMER_NONE;
}

/* Take the event of TIMER out, wherever it stands, and free the timer. */
void queue_withdraw(struct queue *queue, uint32_t timer);

/* Move the event of TIMER to TIME, with a new ORDER; false: no memory. */
MUST_CHECK bool queue_retime(struct queue *queue, uint32_t timer, ticks time, uint64_t order);

/* Open WINDOW, later than the one that is open: its events become near. No event may lie in a
 * window between the two. False: no memory, and the queue is of no further use. */
MUST_CHECK bool queue_open(struct queue *queue, int64_t window);

/* A window no later than that of the first event; INT64_MAX: there is none. It is to be opened even
 * if it turns out to be empty. */
int64_t queue_next_window(struct queue *queue);

/* Call VISIT for each pending event before a time, in no order; it changes nothing. What lies in
 * lists of later windows is not looked at. */
void queue_each_before(const struct queue *queue, ticks before,
                       void (*visit)(void *context, const struct event *event), void *context);

/* Forget all events and timers; keep the memory. Windows have LENGTH; none is open. */
void queue_clear(struct queue *queue, ticks length);
void queue_free(struct queue *queue);

#endif
