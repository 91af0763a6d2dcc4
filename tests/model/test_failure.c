/* Failures, stops and events without end: every thread takes the same decision, so that the same
 * line is reported for any number of threads. */

#include "tests/support.h"

#include "tests/models.h"

enum { LPS = 64, PARTS = 8, PER_PART = LPS / PARTS };

/* Where a failure is raised: at this window, in this step, by this LP. */
enum raised_in { IN_HANDLER, IN_RECEIVE, IN_PART, IN_ALL, IN_LATER_PART, BEFORE };

struct raised {
    enum raised_in step;
    int64_t window; /* ends at window + 1 days */
    uint32_t lp;
};

struct failing {
    struct engine *engine;
    const struct raised *raised;
    size_t count;
};

static void
raise_at(struct failing *model, enum raised_in step, int64_t window, uint32_t lp)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct raised *raised = &model->raised[i];
        if (raised->step == step && raised->window == window && raised->lp == lp)
            lp_fail(engine_lp(model->engine, lp), BROKEN, "step %d of window %d, LP %u", (int)step,
                    (int)window, lp);
    }
}

/* Each LP has an event a quarter of a day, and sends one to another LP once a day. */
static void
step_on(struct lp *lp, const struct event *event)
{
    struct failing *model = lp->state;
    uint32_t payload = lp->id;

    (void)event;
    raise_at(model, IN_HANDLER, ticks_day(lp->now), lp->id);
    lp_schedule(lp, lp->now + TICKS_PER_DAY / 4, 0, 0, 0);
    if (lp->now % TICKS_PER_DAY == 0)
        lp_send(lp, (lp->id * 7 + 3) % LPS, lp->now + TICKS_PER_DAY, 0, 1, 0, &payload);
}

static void
take_message(struct lp *lp, const struct event *event)
{
    (void)lp;
    (void)event;
}

static uint32_t
receive(struct lp *lp, const void *payload)
{
    struct failing *model = lp->state;

    (void)payload;
    raise_at(model, IN_RECEIVE, ticks_day(engine_window_end(model->engine)) - 1, lp->id);
    return 0;
}

static void
each_of_part(void *context, enum raised_in step, uint32_t part, ticks now)
{
    for (uint32_t lp = part * PER_PART; lp < (part + 1) * PER_PART; lp++)
        raise_at(context, step, ticks_day(now) - 1, lp);
}

static void
part_of_round(void *context, uint32_t part, ticks now)
{
    each_of_part(context, IN_PART, part, now);
}

static void
all_of_round(void *context, ticks now)
{
    for (uint32_t lp = 0; lp < LPS; lp++)
        raise_at(context, IN_ALL, ticks_day(now) - 1, lp);
}

static void
part_of_later_stage(void *context, uint32_t part, ticks now)
{
    each_of_part(context, IN_LATER_PART, part, now);
}

static void
part_before(void *context, uint32_t part, ticks now)
{
    each_of_part(context, BEFORE, part, now + TICKS_PER_DAY);
}

/* The engine of MODEL, begun anew, up to 20 days. */
static int
run_again(struct failing *model, struct error *err)
{
    engine_reset(model->engine);
    for (uint32_t lp = 0; lp < LPS; lp++) {
        engine_lp(model->engine, lp)->state = model;
        lp_schedule(engine_lp(model->engine, lp), 0, 0, 0, 0);
    }
    engine_each_part(model->engine, part_before);
    return engine_run(model->engine, 20 * TICKS_PER_DAY, err);
}

static void
make_failing(struct failing *model, int threads)
{
    static const event_handler handlers[] = {step_on, take_message};
    struct engine_spec spec = {
        .lps = LPS,
        .handlers = handlers,
        .kinds = 2,
        .window = TICKS_PER_DAY,
        .threads = threads,
        .model = model,
        .parts = PARTS,
        .stage = {{part_of_round, all_of_round}, {part_of_later_stage, NULL}},
        .payload = sizeof(uint32_t),
        .receive = receive,
    };

    assert_int_equal(engine_create(&model->engine, &spec, NULL), OK);
}

/* The earliest window counts, in it the earliest step, there the lowest LP; then the engine is as
 * good as new. */
static void
the_same_failure_is_reported_for_any_number_of_threads(void **state)
{
    static const struct {
        const char *line;
        size_t count;
        struct raised raised[4];
    } cases[] = {
        {"step 0 of window 3, LP 9",
         3,
         {{IN_HANDLER, 3, 40}, {IN_HANDLER, 3, 9}, {IN_HANDLER, 4, 1}}},
        {"step 0 of window 3, LP 63",
         3,
         {{IN_HANDLER, 3, 63}, {IN_RECEIVE, 3, 0}, {IN_PART, 3, 0}}},
        {"step 1 of window 5, LP 17",
         4,
         {{IN_RECEIVE, 5, 17}, {IN_RECEIVE, 5, 60}, {IN_PART, 5, 1}, {IN_HANDLER, 6, 0}}},
        {"step 2 of window 2, LP 8",
         4,
         {{IN_PART, 2, 8}, {IN_PART, 2, 62}, {IN_PART, 2, 15}, {IN_ALL, 2, 0}}},
        {"step 3 of window 7, LP 5", 3, {{IN_ALL, 7, 30}, {IN_ALL, 7, 5}, {IN_LATER_PART, 7, 1}}},
        {"step 4 of window 0, LP 11", 2, {{IN_LATER_PART, 0, 33}, {IN_LATER_PART, 0, 11}}},
        {"step 5 of window 0, LP 2", 3, {{BEFORE, 0, 50}, {BEFORE, 0, 2}, {IN_HANDLER, 0, 0}}},
        {"step 0 of window 19, LP 12", 2, {{IN_HANDLER, 19, 12}, {IN_HANDLER, 19, 13}}},
    };

    (void)state;
    for (int threads = 1; threads <= 8; threads *= 2) {
        struct failing model = {NULL, NULL, 0};
        make_failing(&model, threads);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            for (int repeat = 0; repeat < 5; repeat++) {
                struct error err = {0};
                model.raised = cases[i].raised;
                model.count = cases[i].count;
                assert_int_equal(run_again(&model, &err), BROKEN);
                assert_string_equal(err.message, cases[i].line);
                model.count = 0;
                assert_int_equal(run_again(&model, &err), OK);
            }
        engine_free(model.engine);
    }
}

static struct engine *
make_engine(const event_handler *handlers, uint32_t lps, int threads, void *state)
{
    struct engine_spec spec = {
        .lps = lps, .handlers = handlers, .kinds = 1, .window = TICKS_PER_DAY, .threads = threads};
    struct engine *engine = NULL;

    assert_int_equal(engine_create(&engine, &spec, NULL), OK);
    for (uint32_t lp = 0; lp < lps; lp++)
        engine_lp(engine, lp)->state = state;
    return engine;
}

static void
again_at_once(struct lp *lp, const struct event *event)
{
    lp_schedule(lp, lp->now, 0, 0, event->subject);
}

/* One event after the other, and each two others, from two LPs. */
static void
twice_at_once(struct lp *lp, const struct event *event)
{
    again_at_once(lp, event);
    again_at_once(lp, event);
}

static void
events_without_end_end_the_run(void **state)
{
    static const event_handler once[] = {again_at_once}, twice[] = {twice_at_once};

    (void)state;
    for (int threads = 1; threads <= 4; threads *= 2)
        for (int i = 0; i < 2; i++) {
            struct engine *engine = make_engine(i == 0 ? once : twice, 8, threads, NULL);
            struct error err = {0};
            lp_schedule(engine_lp(engine, 6), 3 * TICKS_PER_DAY + TICKS_PER_DAY / 2, 0, 0, 0);
            lp_schedule(engine_lp(engine, 4), 3 * TICKS_PER_DAY + TICKS_PER_DAY / 4, 0, 0, 0);
            assert_int_equal(engine_run(engine, 5 * TICKS_PER_DAY, &err), BAD_INPUT);
            assert_string_equal(err.message, "events of kind 0 in LP 4: they follow each other "
                                             "without end at day 3.250000; one must take time");
            assert_true(engine_events(engine) < 8000000);
            engine_free(engine);
        }
}

/* SUBJECT says how often each comes again at the same moment. */
static void
a_few_times_at_once(struct lp *lp, const struct event *event)
{
    if (event->subject > 0)
        lp_schedule(lp, lp->now, 0, 0, event->subject - 1);
}

static void
many_events_at_one_moment_are_no_fault(void **state)
{
    static const event_handler handlers[] = {a_few_times_at_once};
    struct engine *engine = make_engine(handlers, 1, 1, NULL);

    (void)state;
    for (int i = 0; i < 300000; i++)
        lp_schedule(engine_lp(engine, 0), 2 * TICKS_PER_DAY + 7, 0, 0, 9);
    assert_int_equal(engine_run(engine, 5 * TICKS_PER_DAY, NULL), OK);
    assert_true(engine_events(engine) == 3000000);
    engine_free(engine);
}

static volatile sig_atomic_t stop;

/* A thousand events a day, for ever; the 5000th of all days asks for the end. */
static void
on_and_on(struct lp *lp, const struct event *event)
{
    (void)event;
    lp_schedule(lp, lp->now + TICKS_PER_DAY / 1000, 0, 0, 0);
    if (lp->id == 0 && lp->events == 5000)
        stop = 1;
}

/* A million events a day. */
static void
on_and_on_slowly(struct lp *lp, const struct event *event)
{
    (void)event;
    lp_schedule(lp, lp->now + 1, 0, 0, 0);
    if (lp->id == 0 && lp->events == 5000)
        stop = 1;
}

static void
a_stop_is_seen_between_windows_and_inside_long_ones(void **state)
{
    static const event_handler quick[] = {on_and_on}, slow[] = {on_and_on_slowly};

    (void)state;
    for (int threads = 1; threads <= 4; threads *= 2)
        for (int i = 0; i < 2; i++) {
            struct engine *engine = make_engine(i == 0 ? quick : slow, 4, threads, NULL);
            struct error err = {0};
            stop = 0;
            engine_watch(engine, &stop);
            for (uint32_t lp = 0; lp < 4; lp++)
                lp_schedule(engine_lp(engine, lp), 0, 0, 0, 0);
            assert_int_equal(engine_run(engine, 100000 * TICKS_PER_DAY, &err), INTERRUPTED);
            if (i == 0)
                assert_true(engine_lp(engine, 0)->events < 6000);
            else
                assert_true(engine_lp(engine, 0)->events <= 65536);
            engine_free(engine);
        }
    stop = 0;
}

/* The line that a replication of FILE ends with, on THREADS. */
static int
run_file(const char *file, int threads, struct error *err)
{
    struct trial trial;

    trial_open(&trial, file);
    model_free(trial.model);
    assert_int_equal(model_create(&trial.model, trial.plan, threads, err), OK);
    int status = model_run(trial.model, 0, err);
    if (status == OK)
        assert_true(record_kept(trial.model, 0) != NULL);
    trial_close(&trial);
    return status;
}

/* Stays that are nearly always no time, so that a check by means does not see it. */
static void
rounds_in_no_time_are_found_while_they_run(void **state)
{
    static const struct {
        const char *file, *line;
    } cases[] = {
        {"loop_custody.yaml", "short.one and short.two: somebody goes through 255 phases on day "},
        {"loop_home.yaml", "short.home and other.away: somebody goes through 255 phases on day "},
        {"loop_desk.yaml", "short.paper and short.paper: somebody goes through 255 phases on day "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error one = {0}, err = {0};
        assert_int_equal(run_file(cases[i].file, 1, &one), BAD_INPUT);
        if (strncmp(one.message, cases[i].line, strlen(cases[i].line)) != 0)
            fail_msg("%s: %s", cases[i].file, one.message);
        for (int threads = 2; threads <= 8; threads *= 2) {
            assert_int_equal(run_file(cases[i].file, threads, &err), BAD_INPUT);
            assert_string_equal(err.message, one.message);
        }
    }
}

/* 100,000 of a fresh stock go home at one moment, to a phase that takes no time. */
static void
a_hundred_thousand_people_may_leave_at_once(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "all_at_once.yaml");
    trial_run(&trial, 0);
    assert_true(trial_sum(&trial, "releases", 0) == 100000);
    trial_close(&trial);
}

/* One place, and 4,000 a day who only pass the door on their way home: when the place becomes free
 * after 10 days, all who stand there pass at one moment, one after the other. */
static void
a_long_line_at_the_door_passes_at_one_moment(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "line.yaml");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "entries", 0, 9), 0, 0.5);
    assert_near(trial_value(&trial, "entries", 0, 10), 4000 * 11.0, 4.5 * sqrt(4000 * 11.0));
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_failure_is_reported_for_any_number_of_threads),
        cmocka_unit_test(events_without_end_end_the_run),
        cmocka_unit_test(many_events_at_one_moment_are_no_fault),
        cmocka_unit_test(rounds_in_no_time_are_found_while_they_run),
        cmocka_unit_test(a_hundred_thousand_people_may_leave_at_once),
        cmocka_unit_test(a_long_line_at_the_door_passes_at_one_moment),
        cmocka_unit_test(a_stop_is_seen_between_windows_and_inside_long_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
