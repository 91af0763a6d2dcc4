#include "queue.h"

#include "sim/base/array.h"

#include <assert.h>
#include <string.h>

bool
queue_grow(struct queue *queue)
{
    struct event *heap = queue->owns_heap ? queue->heap : NULL;
    size_t room = queue->room;

    if (room > UINT32_MAX / 2 || !array_room(heap, room, room + 1))
        return false;
    assert(heap != NULL);
    if (!queue->owns_heap && queue->size > 0)
        memcpy(heap, queue->heap, queue->size * sizeof *heap);
    queue->heap = heap;
    queue->room = (uint32_t)room;
    queue->owns_heap = true;
    return true;
}

bool
queue_grow_rows(struct queue *queue)
{
    size_t rows = queue->rows;

    if (rows >= QUEUE_ROWS)
        return false;
    if (queue->far == NULL && (queue->far = calloc(LISTS, sizeof *queue->far)) == NULL)
        return false;
    if (!array_room(queue->pending, rows, rows + 1))
        return false;
    queue->rows = (uint32_t)rows;
    return true;
}

/* Take row NUMBER out of its list. */
static void
queue_unlink(struct queue *queue, uint32_t number)
{
    const struct pending *row = &queue->pending[number];

    if (row->next != 0)
        queue->pending[row->next].at = row->at;
    if (row->at != 0) {
        queue->pending[row->at].next = row->next;
        return;
    }
    /* The first of its list; which of three that is depends on when it was put there. */
    int64_t window = row->event.time / queue->length;
    uint32_t list = (uint32_t)(window % QUEUE_SLOTS);
    if (queue->far[list] != number)
        list = LIST_TURNS + (uint32_t)(window / QUEUE_SLOTS % QUEUE_SLOTS);
    if (queue->far[list] != number)
        list = LIST_BEYOND;
    assert(queue->far[list] == number);
    queue->far[list] = row->next;
    if (row->next == 0 && list < LIST_BEYOND)
        queue->filled[list / QUEUE_SLOTS] &= ~((uint64_t)1 << list % QUEUE_SLOTS);
}

/* The position AT of the heap is to be given up. */
static void
queue_vacate(struct queue *queue, uint32_t at)
{
    queue->size--;
    if (at == queue->size)
        return;
    struct event last = queue->heap[queue->size];
    if (at > 0 && event_before(&last, &queue->heap[(at - 1) / 4]))
        queue_sift_up(queue, at, last);
    else
        queue_sift_down(queue, at, last);
}

/* Take the event of TIMER from where it stands; its row stays. */
static void
queue_detach(struct queue *queue, uint32_t timer)
{
    const struct pending *row = &queue->pending[timer];

    assert(timer != TIMER_NONE && timer <= queue->used);
    if (row->next != ROW_NEAR) {
        queue_unlink(queue, timer);
        return;
    }
    queue_mend(queue);
    assert(row->at < queue->size && event_timer(&queue->heap[row->at]) == timer);
    queue_vacate(queue, row->at);
}

void
queue_withdraw(struct queue *queue, uint32_t timer)
{
    queue_detach(queue, timer);
    queue_free_row(queue, timer);
}

bool
queue_retime(struct queue *queue, uint32_t timer, ticks time, uint64_t order)
{
    struct pending *row = &queue->pending[timer];

    queue_detach(queue, timer);
    row->event.time = time;
    row->event.order = order;
    if (!queue_keeps_near(queue, time)) {
        queue_link(queue, timer);
        return true;
    }
    row->next = ROW_NEAR;
    return queue_add_near(queue, row->event);
}

/* All of LIST, taken out of it: the first. */
static uint32_t
queue_empty_list(struct queue *queue, uint32_t list)
{
    uint32_t first = queue->far[list];

    queue->far[list] = 0;
    if (list < LIST_BEYOND)
        queue->filled[list / QUEUE_SLOTS] &= ~((uint64_t)1 << list % QUEUE_SLOTS);
    return first;
}

static void
queue_spread(struct queue *queue, uint32_t list)
{
    uint32_t next;

    for (uint32_t number = queue_empty_list(queue, list); number != 0; number = next) {
        next = queue->pending[number].next;
        queue_link(queue, number);
    }
}

bool
queue_open(struct queue *queue, int64_t window)
{
    if (queue->length == TICKS_NEVER)
        return true;
    int64_t turn = window / QUEUE_SLOTS;
    bool new_turn = turn != queue->window / QUEUE_SLOTS;
    bool far_turn = turn / QUEUE_SLOTS != queue->window / QUEUE_SLOTS / QUEUE_SLOTS;

    queue->window = window;
    queue->near_end = (window + 1) * queue->length;
    if (queue->far == NULL) /* nothing was ever far */
        return true;
    if (far_turn)
        queue_spread(queue, LIST_BEYOND);
    if (new_turn)
        queue_spread(queue, LIST_TURNS + (uint32_t)(turn % QUEUE_SLOTS));
    uint32_t next;
    uint32_t number = queue_empty_list(queue, (uint32_t)(window % QUEUE_SLOTS));
    for (; number != 0; number = next) {
        struct pending *row = &queue->pending[number];
        struct event event = row->event;
        next = row->next;
        if (event_timer(&event) != TIMER_NONE)
            row->next = ROW_NEAR;
        else
            queue_free_row(queue, number);
        if (!queue_add_near(queue, event))
            return false;
    }
    return true;
}

/* How far the first bit of FILLED from slot FROM on lies ahead, going round. */
static int64_t
slots_ahead(uint64_t filled, int64_t from)
{
    unsigned turn = (unsigned)(from % QUEUE_SLOTS);
    uint64_t turned = turn == 0 ? filled : filled >> turn | filled << (QUEUE_SLOTS - turn);

    return __builtin_ctzll(turned);
}

int64_t
queue_next_window(struct queue *queue)
{
    int64_t from = queue->window, turn = from / QUEUE_SLOTS, next = INT64_MAX;
    const struct event *near = queue_first(queue);

    if (near != NULL)
        next = near->time / queue->length;
    if (queue->filled[0] != 0) {
        int64_t first = from + slots_ahead(queue->filled[0], from);
        next = first < next ? first : next;
    }
    if (queue->filled[1] != 0) {
        int64_t first = (turn + slots_ahead(queue->filled[1], turn)) * QUEUE_SLOTS;
        next = first < next ? first : next;
    }
    if (queue->far != NULL && queue->far[LIST_BEYOND] != 0) {
        int64_t first = (turn / QUEUE_SLOTS + 1) * QUEUE_SLOTS * QUEUE_SLOTS;
        next = first < next ? first : next;
    }
    return next;
}

static void
each_of_list(const struct queue *queue, uint32_t list, ticks before,
             void (*visit)(void *context, const struct event *event), void *context)
{
    for (uint32_t number = queue->far[list]; number != 0; number = queue->pending[number].next)
        if (queue->pending[number].event.time < before)
            visit(context, &queue->pending[number].event);
}

void
queue_each_before(const struct queue *queue, ticks before,
                  void (*visit)(void *context, const struct event *event), void *context)
{
    for (uint32_t i = queue->hole ? 1 : 0; i < queue->size; i++)
        if (queue->heap[i].time < before)
            visit(context, &queue->heap[i]);
    if (queue->far == NULL || before <= 0)
        return;
    int64_t last = (before - 1) / queue->length, open = queue->window;
    int64_t last_turn = last / QUEUE_SLOTS, turn = open / QUEUE_SLOTS;
    for (int64_t i = 0; i < QUEUE_SLOTS && open + i <= last; i++)
        each_of_list(queue, (uint32_t)((open + i) % QUEUE_SLOTS), before, visit, context);
    for (int64_t i = 1; i < QUEUE_SLOTS && turn + i <= last_turn; i++)
        each_of_list(queue, LIST_TURNS + (uint32_t)((turn + i) % QUEUE_SLOTS), before, visit,
                     context);
    if (last_turn / QUEUE_SLOTS > turn / QUEUE_SLOTS)
        each_of_list(queue, LIST_BEYOND, before, visit, context);
}

void
queue_clear(struct queue *queue, ticks length)
{
    queue->size = 0;
    queue->hole = false;
    queue->used = queue->free_row = 0;
    queue->length = length;
    queue->window = 0;
    queue->near_end = length == TICKS_NEVER ? TICKS_NEVER : 0;
    queue->filled[0] = queue->filled[1] = 0;
    if (queue->far != NULL)
        memset(queue->far, 0, LISTS * sizeof *queue->far);
}

void
queue_free(struct queue *queue)
{
    if (queue->owns_heap)
        free(queue->heap);
    free(queue->pending);
    free(queue->far);
    *queue = (struct queue){0};
}
