#include "queue.h"

#include <string.h>

bool
queue_grow(struct queue *queue)
{
    uint32_t room = queue->room < 8 ? 8 : queue->room * 2;
    struct event *heap;

    if (queue->owns_heap) {
        heap = realloc(queue->heap, room * sizeof *heap);
    } else {
        heap = malloc(room * sizeof *heap);
        if (heap != NULL && queue->size > 0)
            memcpy(heap, queue->heap, queue->size * sizeof *heap);
    }
    if (heap == NULL)
        return false;
    queue->heap = heap;
    queue->room = room;
    queue->owns_heap = true;
    return true;
}

bool
queue_grow_timers(struct queue *queue)
{
    uint32_t timers = queue->timers < 8 ? 8 : queue->timers * 2;
    uint32_t first = queue->timers == 0 ? 1 : queue->timers; /* 0 means none */
    uint32_t *place;

    if (timers > QUEUE_TIMERS)
        return false;
    place = realloc(queue->place, timers * sizeof *place);
    if (place == NULL)
        return false;
    for (uint32_t timer = first; timer < timers; timer++)
        place[timer] = timer + 1 < timers ? timer + 1 : TIMER_NONE;
    queue->place = place;
    queue->timers = timers;
    queue->free_timer = first;
    return true;
}

/* EVENT takes the place AT, whose own event is gone; it may have to go up or down from there. */
static void
queue_settle(struct queue *queue, uint32_t at, struct event event)
{
    if (at > 0 && event_before(&event, &queue->heap[(at - 1) / 4]))
        queue_sift_up(queue, at, event);
    else
        queue_sift_down(queue, at, event);
}

void
queue_withdraw(struct queue *queue, uint32_t timer)
{
    queue_mend(queue);
    uint32_t at = queue->place[timer];

    assert(timer != TIMER_NONE && at < queue->size && event_timer(&queue->heap[at]) == timer);
    queue->place[timer] = queue->free_timer;
    queue->free_timer = timer;
    queue->size--;
    if (at < queue->size)
        queue_settle(queue, at, queue->heap[queue->size]);
}

void
queue_retime(struct queue *queue, uint32_t timer, ticks time, uint64_t order)
{
    queue_mend(queue);
    uint32_t at = queue->place[timer];
    struct event event = queue->heap[at];

    assert(timer != TIMER_NONE && at < queue->size && event_timer(&event) == timer);
    event.time = time;
    event.order = order;
    queue_settle(queue, at, event);
}

void
queue_clear(struct queue *queue)
{
    queue->size = 0;
    queue->hole = false;
    queue->free_timer = TIMER_NONE;
    for (uint32_t timer = queue->timers; timer-- > 1;) {
        queue->place[timer] = queue->free_timer;
        queue->free_timer = timer;
    }
}

void
queue_free(struct queue *queue)
{
    if (queue->owns_heap)
        free(queue->heap);
    free(queue->place);
    *queue = (struct queue){0};
}
