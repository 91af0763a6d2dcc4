#include "tests/support.h"

#include "tests/mm1.h"
#include "tests/phold.h"

#include <string.h>

/* M/M/1 with rho = 0.8: mean number in the system rho / (1 - rho) = 4. The time average over T has
 * variance about 2 rho (1 + rho) / (mu (1 - rho)^4) / T (Whitt 1989): with mu = 1.25 and T = 1e6,
 * standard error 0.0379; 4.5 of them. */
static void
a_queue_has_the_mean_length_of_mm1(void **state)
{
    struct mm1 queue = {.mean_gap = 1, .mean_service = 0.8};
    const double days = 1e6;
    double variance = 2 * 0.8 * 1.8 / (1.25 * pow(0.2, 4)) / days;

    (void)state;
    assert_int_equal(mm1_run(&queue, 11, days, NULL), OK);
    assert_near((double)queue.area / (double)TICKS_PER_DAY / days, 4, 4.5 * sqrt(variance));
    assert_near((double)queue.served / days, 1, 4.5 * sqrt(1 / days));
}

static void
phold_is_the_same_for_any_number_of_threads(void **state)
{
    enum { LPS = 300 };
    static struct phold_lp one[LPS], many[LPS];
    struct error err = {0};

    (void)state;
    assert_int_equal(phold_run(one, LPS, 1, 20, &err), OK);
    for (int threads = 2; threads <= 8; threads *= 2) {
        assert_int_equal(phold_run(many, LPS, threads, 20, &err), OK);
        for (int i = 0; i < LPS; i++)
            assert_true(one[i].digest == many[i].digest && one[i].handled == many[i].handled);
    }
    /* One event each mean delay for each of the 16: 300 x 16 x 20 in the mean, Poisson-like. */
    uint64_t handled = 0;
    for (int i = 0; i < LPS; i++)
        handled += one[i].handled;
    assert_near((double)handled, LPS * PHOLD_EVENTS * 20.0, 5 * sqrt(LPS * PHOLD_EVENTS * 20.0));
}

struct seen {
    char order[64];
    uint32_t timer;
};

static void
note(struct lp *lp, const struct event *event)
{
    struct seen *seen = lp->state;
    size_t length = strlen(seen->order);

    seen->order[length] = (char)event->subject;
    seen->order[length + 1] = '\0';
}

static struct engine *
note_engine(struct seen *seen, uint32_t lps)
{
    static const event_handler handlers[] = {note};
    struct engine_spec spec = {.lps = lps,
                               .handlers = handlers,
                               .kinds = 1,
                               .window = TICKS_PER_DAY,
                               .reserve = 0,
                               .threads = 1};
    struct engine *engine = NULL;

    assert_int_equal(engine_create(&engine, &spec, NULL), OK);
    for (uint32_t id = 0; id < lps; id++)
        engine_lp(engine, id)->state = seen;
    return engine;
}

static void
events_come_by_time_then_priority_then_turn(void **state)
{
    struct seen seen = {{0}, 0};
    struct engine *engine = note_engine(&seen, 1);
    struct lp *lp = engine_lp(engine, 0);

    (void)state;
    lp_schedule(lp, 20, 1, 0, 'd');
    lp_schedule(lp, 20, 0, 0, 'b');
    lp_schedule(lp, 20, 1, 0, 'e');
    lp_schedule(lp, 20, 0, 0, 'c');
    lp_schedule(lp, 10, 5, 0, 'a');
    assert_int_equal(engine_run(engine, 100, NULL), OK);
    assert_string_equal(seen.order, "abcde");
    engine_free(engine);
}

static void
a_timer_is_withdrawn_or_moved_without_leaving_a_trace(void **state)
{
    struct seen seen = {{0}, 0};
    struct engine *engine = note_engine(&seen, 1);
    struct lp *lp = engine_lp(engine, 0);
    uint32_t timers[20];

    (void)state;
    for (uint32_t i = 0; i < 20; i++)
        timers[i] = lp_set_timer(lp, 100 + (ticks)i, 0, 0, 'a' + i);
    for (uint32_t i = 0; i < 20; i += 2)
        lp_withdraw(lp, timers[i]);
    lp_retime(lp, timers[19], 5);
    lp_retime(lp, timers[1], 200);
    assert_true(lp_timer_time(lp, timers[1]) == 200);
    assert_int_equal(engine_run(engine, 1000, NULL), OK);
    assert_string_equal(seen.order, "tdfhjlnprb");
    assert_int_equal(lp->queue.size, 0);
    engine_free(engine);
}

/* The next event of QUEUE; windows are opened until there is one, some of them before their time.
 */
static struct event
take_next(struct queue *queue, uint64_t bits)
{
    const struct event *first;

    while ((first = queue_first(queue)) == NULL || first->time >= queue->near_end) {
        int64_t next = queue_next_window(queue);
        assert_true(next != INT64_MAX && next >= queue->window);
        if (bits % 3 == 0 && next > queue->window + 50)
            next = queue->window + 50;
        assert_true(queue_open(queue, next));
    }
    struct event event = *first;
    queue_take(queue);
    return event;
}

static void
add_subject(void *sum, const struct event *event)
{
    *(uint64_t *)sum += event->subject + 1;
}

/* The events before a time, whatever list they lie in. */
static void
compare_before(const struct queue *queue, const struct event *list, uint32_t listed, ticks before)
{
    uint64_t found = 0, expected = 0;

    queue_each_before(queue, before, add_subject, &found);
    for (uint32_t i = 0; i < listed; i++)
        expected += list[i].time < before ? list[i].subject + 1 : 0;
    assert_int_equal(found, expected);
}

/* A random mix of every queue operation against a plain list that is searched: without windows, and
 * with windows of 8 ticks and events up to 2^20 windows ahead. */
static void
compare_with_list(ticks length)
{
    enum { MOST = 400 };
    struct queue queue = {0};
    struct event list[MOST];
    uint32_t listed = 0;
    ticks now = 0;
    struct stream stream;

    queue_clear(&queue, length);
    stream_open(&stream, 8, 0, 0, (struct stream_name){0, 0}, 0);
    for (uint64_t step = 0; step < 200000; step++) {
        uint64_t bits = stream_next(&stream);
        uint32_t pick = listed > 0 ? (uint32_t)(bits >> 8) % listed : 0;
        ticks time = now + (ticks)(bits >> 40 & 0xffffff) % ((ticks)1 << (bits >> 32) % 24);
        if (listed < MOST && (bits & 7) < 3) {
            struct event event = {time, step, (uint32_t)step, event_tag(3, TIMER_NONE)};
            if (bits & 8)
                event.tag = event_tag(3, queue_add_timer(&queue, event));
            else
                assert_true(queue_add(&queue, event));
            list[listed++] = event;
        } else if ((bits & 7) < 6 && listed > 0) {
            uint32_t least = 0;
            for (uint32_t i = 1; i < listed; i++)
                if (event_before(&list[i], &list[least]))
                    least = i;
            struct event event = take_next(&queue, bits >> 16);
            assert_int_equal(event.subject, list[least].subject);
            assert_int_equal(event.tag, list[least].tag);
            now = event.time;
            list[least] = list[--listed];
        } else if (listed > 0 && event_timer(&list[pick]) != TIMER_NONE) {
            if (bits & 8) {
                compare_before(&queue, list, listed, time);
                queue_withdraw(&queue, event_timer(&list[pick]));
                list[pick] = list[--listed];
            } else {
                list[pick].time = time;
                list[pick].order = step;
                assert_true(queue_retime(&queue, event_timer(&list[pick]), time, step));
            }
        }
    }
    queue_free(&queue);
}

static void
the_queue_agrees_with_a_list(void **state)
{
    (void)state;
    compare_with_list(TICKS_NEVER);
    compare_with_list(8);
    compare_with_list(1 << 20);
}

static void
send_too_soon(struct lp *lp, const struct event *event)
{
    (void)event;
    lp_send(lp, 1, lp->now + 1, 0, 0, 0, NULL);
}

static void
a_message_below_the_lookahead_stops_the_run_and_is_named(void **state)
{
    static const event_handler handlers[] = {send_too_soon};
    struct engine_spec spec = {
        .lps = 2, .handlers = handlers, .kinds = 1, .window = TICKS_PER_DAY, .threads = 1};
    struct engine *engine;
    struct error err = {0};

    (void)state;
    assert_int_equal(engine_create(&engine, &spec, NULL), OK);
    lp_schedule(engine_lp(engine, 0), 0, 0, 0, 0);
    assert_int_equal(engine_run(engine, 5 * TICKS_PER_DAY, &err), BROKEN);
    assert_non_null(strstr(err.message, "LP 0 at day 0.000000 sent an event of kind 0 to LP 1"));
    engine_free(engine);
}

static void
an_event_far_ahead_is_found_and_idle_processes_are_not_run(void **state)
{
    struct seen seen = {{0}, 0};
    struct engine *engine = note_engine(&seen, 1000);

    (void)state;
    lp_schedule(engine_lp(engine, 999), 5000 * TICKS_PER_DAY + 3, 0, 0, 'z');
    lp_schedule(engine_lp(engine, 7), 0, 0, 0, 'a');
    assert_int_equal(engine_run(engine, 6000 * TICKS_PER_DAY, NULL), OK);
    assert_string_equal(seen.order, "az");
    assert_true(engine_events(engine) == 2);
    assert_true(engine_lp(engine, 500)->now == 0);
    engine_free(engine);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_queue_has_the_mean_length_of_mm1),
        cmocka_unit_test(phold_is_the_same_for_any_number_of_threads),
        cmocka_unit_test(events_come_by_time_then_priority_then_turn),
        cmocka_unit_test(a_timer_is_withdrawn_or_moved_without_leaving_a_trace),
        cmocka_unit_test(the_queue_agrees_with_a_list),
        cmocka_unit_test(a_message_below_the_lookahead_stops_the_run_and_is_named),
        cmocka_unit_test(an_event_far_ahead_is_found_and_idle_processes_are_not_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
