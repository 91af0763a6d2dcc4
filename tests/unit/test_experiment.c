/* Many points on threads: opened and closed once each, few at a time, whatever fails. The model
 * here has one value: 1000 times its point's number, and its replication. */

#include "tests/support.h"

#include "sim/result/experiment.h"
#include "sim/result/sink_memory.h"

#include <stdlib.h>
#include <unistd.h>

enum { POINTS = 40, REPLICATIONS = 5, NEVER = 1000 };

static struct layout_dimension dimensions[] = {{.name = "time", .size = 1}};
static struct layout_variable variables[] = {
    {.name = "value", .type = LAYOUT_COUNT, .dimensions = 1, .dimension = {0}}};
static const struct layout layout = {
    .dimension = dimensions, .dimensions = 1, .variable = variables, .variables = 1};
static const struct memory_choice choice[] = {{.name = "value"}};

/* What a point is in this model, and what became of it. */
struct subject {
    struct trial *trial;
    size_t number;
    int opened, closed, workers; /* times; workers that are at it now */
};

/* A sink as slow as a disk: it waits until the rest has been run. */
struct slow {
    struct trial *trial;
    bool waited_in_vain;
};

struct trial {
    struct experiment_point point[POINTS];
    struct subject subject[POINTS];
    struct memory memory[POINTS];
    size_t open_fails, turn_fails, run_fails; /* point, or NEVER */
    uint64_t replication_fails;               /* of run_fails, and those behind */
    int open, most_open, runs, workers;
    volatile sig_atomic_t stop;
    int stop_after; /* runs; or 0 */
    uint64_t done, total;
    struct slow *slow; /* the sink of point 0, which then has one replication; or NULL */
};

/* A worker, and the subject that it is at. */
struct worker {
    struct trial *trial;
    struct subject *subject;
    uint64_t replication;
};

static int
add(int *number, int more)
{
    return __atomic_add_fetch(number, more, __ATOMIC_SEQ_CST);
}

static int
prepare_nothing(void *state, void *tray, const struct finished *finished, struct error *err)
{
    (void)state, (void)tray, (void)finished, (void)err;
    return OK;
}

static int
take_slowly(void *state, void *tray, uint64_t replication, struct error *err)
{
    struct slow *slow = state;

    (void)tray, (void)replication, (void)err;
    for (int left = 10000; left > 0; left--) {
        if (__atomic_load_n(&slow->trial->runs, __ATOMIC_SEQ_CST) >= (int)slow->trial->total)
            return OK;
        usleep(1000);
    }
    slow->waited_in_vain = true;
    return OK;
}

static const struct sink_kind slow_kind = {
    .name = "slow", .prepare = prepare_nothing, .take = take_slowly};

static int
open_point(void *context, size_t p, struct error *err)
{
    struct trial *trial = context;
    struct subject *subject = &trial->subject[p];
    int open = add(&trial->open, 1), most = __atomic_load_n(&trial->most_open, __ATOMIC_SEQ_CST);

    while (open > most && !__atomic_compare_exchange_n(&trial->most_open, &most, open, false,
                                                       __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        ;
    add(&subject->opened, 1);
    if (p == trial->open_fails)
        return error_set(err, BAD_INPUT, "point %d cannot be opened", (int)p);
    trial->point[p].subject = subject;
    trial->point[p].layout = &layout;
    trial->point[p].sink = p == 0 && trial->slow != NULL ? (struct sink){&slow_kind, trial->slow}
                                                         : sink_memory(&trial->memory[p]);
    return OK;
}

/* No worker is at a point that is closed, for what it was at is gone. */
static void
close_point(void *context, size_t p)
{
    struct trial *trial = context;

    add(&trial->open, -1);
    add(&trial->subject[p].closed, 1);
    assert_int_equal(__atomic_load_n(&trial->subject[p].workers, __ATOMIC_SEQ_CST), 0);
    trial->point[p].subject = NULL;
    trial->point[p].layout = NULL;
}

static int
worker_create(void *context, int threads, void **out, struct error *err)
{
    struct trial *trial = context;
    struct worker *worker = calloc(1, sizeof *worker);

    (void)threads;
    if (worker == NULL)
        return error_set(err, NO_MEMORY, "no memory");
    worker->trial = trial;
    add(&trial->workers, 1);
    *out = worker;
    return OK;
}

static int
worker_turn(void *context, const void *subject, struct error *err)
{
    struct worker *worker = context;

    if (worker->subject != NULL)
        add(&worker->subject->workers, -1);
    worker->subject = (struct subject *)subject;
    add(&worker->subject->workers, 1);
    return worker->subject->number == worker->trial->turn_fails
               ? error_set(err, NO_MEMORY, "no memory for point %d", (int)worker->subject->number)
               : OK;
}

static void
worker_free(void *context)
{
    struct worker *worker = context;

    if (worker->subject != NULL)
        add(&worker->subject->workers, -1);
    free(worker);
}

static int
run(void *context, uint64_t replication, struct error *err)
{
    struct worker *worker = context;
    struct trial *trial = worker->trial;

    worker->replication = replication;
    if (add(&trial->runs, 1) >= trial->stop_after && trial->stop_after > 0)
        __atomic_store_n(&trial->stop, 1, __ATOMIC_RELAXED);
    return worker->subject->number == trial->run_fails && replication >= trial->replication_fails
               ? error_set(err, BROKEN, "replication %d broke", (int)replication)
               : OK;
}

static void
values(void *context, size_t variable, void *out)
{
    const struct worker *worker = context;

    (void)variable;
    *(int64_t *)out = (int64_t)(1000 * worker->subject->number + worker->replication);
}

static void
tell(void *context, uint64_t done, uint64_t total)
{
    struct trial *trial = context;

    assert_int_equal(total, trial->total);
    assert_true(done >= trial->done);
    trial->done = done;
}

/* Run replications 1 .. REPLICATIONS of every point. */
static int
trial_run(struct trial *trial, int threads, bool share)
{
    const struct experiment experiment = {
        .point = trial->point,
        .points = POINTS,
        .threads = threads,
        .share = share,
        .context = trial,
        .open = open_point,
        .close = close_point,
        .worker_create = worker_create,
        .worker_turn = worker_turn,
        .worker_free = worker_free,
        .run = run,
        .values = values,
        .progress = tell,
        .stop = &trial->stop,
    };

    for (size_t p = 0; p < POINTS; p++) {
        trial->subject[p] = (struct subject){.trial = trial, .number = p};
        trial->memory[p] = (struct memory){.choice = choice, .choices = 1};
        trial->point[p] = (struct experiment_point){.first = 1, .last = REPLICATIONS};
    }
    trial->total = POINTS * REPLICATIONS;
    if (trial->slow != NULL) {
        trial->point[0].last = 1;
        trial->total -= REPLICATIONS - 1;
    }
    return experiment_run(&experiment, NULL);
}

/* All of point P is there, and it is told so. */
static void
expect_whole(struct trial *trial, size_t p)
{
    assert_int_equal(trial->point[p].status, OK);
    for (uint64_t r = 1; r <= REPLICATIONS; r++)
        assert_near(*memory_values(&trial->memory[p], 0, r), (double)(1000 * p + r), 0);
}

static void
trial_end(struct trial *trial)
{
    assert_int_equal(trial->open, 0);
    for (size_t p = 0; p < POINTS; p++) {
        assert_int_equal(trial->subject[p].opened, trial->subject[p].closed);
        assert_true(trial->subject[p].opened <= 1);
        memory_free(&trial->memory[p]);
    }
}

static const int threads_of[] = {1, 2, 4, 8};
#define THREADS (sizeof threads_of / sizeof *threads_of)

static struct trial
trial_plain(void)
{
    return (struct trial){.open_fails = NEVER, .turn_fails = NEVER, .run_fails = NEVER};
}

static void
all_points_are_run_by_a_worker_for_each_thread(void **state)
{
    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        struct trial trial = trial_plain();
        assert_int_equal(trial_run(&trial, threads_of[t], false), OK);
        for (size_t p = 0; p < POINTS; p++)
            expect_whole(&trial, p);
        assert_int_equal(trial.runs, POINTS * REPLICATIONS);
        assert_int_equal(trial.done, POINTS * REPLICATIONS);
        assert_true(trial.workers <= threads_of[t]);
        trial_end(&trial);
    }
}

static void
at_most_two_points_a_thread_are_open(void **state)
{
    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        struct trial trial = trial_plain();
        assert_int_equal(trial_run(&trial, threads_of[t], false), OK);
        assert_true(trial.most_open >= 1 && trial.most_open <= 2 * threads_of[t]);
        trial_end(&trial);
    }
}

static void
threads_that_share_a_replication_have_one_worker(void **state)
{
    struct trial trial = trial_plain();

    (void)state;
    assert_int_equal(trial_run(&trial, 4, true), OK);
    assert_int_equal(trial.workers, 1);
    for (size_t p = 0; p < POINTS; p++)
        expect_whole(&trial, p);
    trial_end(&trial);
}

/* One of each kind of failure; POINTS - 3 points are whole. */
static void
points_that_fail_are_told_and_the_rest_goes_on(void **state)
{
    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        struct trial trial = trial_plain();
        trial.open_fails = 0;
        trial.turn_fails = 7;
        trial.run_fails = 20;
        trial.replication_fails = 3;
        assert_int_equal(trial_run(&trial, threads_of[t], false), OK);
        assert_int_equal(trial.point[0].status, BAD_INPUT);
        assert_string_equal(trial.point[0].error.message, "point 0 cannot be opened");
        assert_int_equal(trial.point[7].status, NO_MEMORY);
        assert_string_equal(trial.point[7].error.message, "no memory for point 7");
        assert_int_equal(trial.point[20].status, BROKEN);
        assert_string_equal(trial.point[20].error.message, "replication 3 broke");
        for (size_t p = 0; p < POINTS; p++)
            if (p != 0 && p != 7 && p != 20)
                expect_whole(&trial, p);
        trial_end(&trial);
    }
}

static void
a_stop_leaves_what_is_finished(void **state)
{
    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        struct trial trial = trial_plain();
        size_t whole = 0, unfinished = 0;
        trial.stop_after = 101; /* of 200 */
        assert_int_equal(trial_run(&trial, threads_of[t], false), INTERRUPTED);
        for (size_t p = 0; p < POINTS; p++) {
            if (trial.point[p].status == OK)
                expect_whole(&trial, p);
            else
                assert_int_equal(trial.point[p].status, INTERRUPTED);
            whole += trial.point[p].status == OK;
            unfinished += trial.point[p].status == INTERRUPTED;
        }
        assert_int_equal(whole + unfinished, POINTS);
        /* Of 101 replications and those that run meanwhile, a point for each thread is half done.
         */
        assert_true(whole >= 101 / REPLICATIONS - (size_t)threads_of[t] && whole < POINTS);
        assert_true(trial.runs <= 100 + threads_of[t]);
        trial_end(&trial);
    }
}

static void
nobody_waits_for_work_while_a_sink_writes(void **state)
{
    struct trial trial = trial_plain();
    struct slow slow = {.trial = &trial};

    (void)state;
    trial.slow = &slow;
    assert_int_equal(trial_run(&trial, 2, false), OK);
    assert_false(slow.waited_in_vain);
    assert_int_equal(trial.runs, trial.total);
    trial_end(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_points_are_run_by_a_worker_for_each_thread),
        cmocka_unit_test(at_most_two_points_a_thread_are_open),
        cmocka_unit_test(threads_that_share_a_replication_have_one_worker),
        cmocka_unit_test(points_that_fail_are_told_and_the_rest_goes_on),
        cmocka_unit_test(a_stop_leaves_what_is_finished),
        cmocka_unit_test(nobody_waits_for_work_while_a_sink_writes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
