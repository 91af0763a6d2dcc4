/* A run that was stopped goes on: what was finished is not simulated again, which the events that
 * it handles show, and the result is that of a run that was never stopped. */

#include "tests/support.h"

#include "models/run/run.h"
#include "models/run/reading.h"

#include <string.h>
#include <unistd.h>

enum { FIRST = 4, LAST = 11, REPLICATIONS = LAST - FIRST + 1, STOP_AFTER = 3 };

static char path[64], whole_path[64];
static char whole_id[DIGEST_TEXT];
static uint64_t events_of[REPLICATIONS]; /* each replication run alone */

static volatile sig_atomic_t stop;

static void
stop_after_some(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    assert_true(done <= total);
    if (done >= STOP_AFTER)
        stop = 1;
}

static void
remove_all(const char *result)
{
    char name[96];

    unlink(result);
    snprintf(name, sizeof name, "%s.journal", result);
    unlink(name);
}

/* Run replications FIRST to LAST of small.yaml into RUN's output. */
static int
run_some(struct run *run, struct error *err)
{
    struct scenario scenario = {0};
    struct faults faults = {0};

    assert_int_equal(run_read(&scenario, "tests/data/models/small.yaml", false, &faults), OK);
    if (run->context != NULL)
        scenario.seed = *(const int64_t *)run->context;
    run->scenario = &scenario;
    run->threads = run->threads > 0 ? run->threads : 1;
    run->command_line = "test";
    run->stop = &stop;
    int status = run_scenario(run, err);
    scenario_free(&scenario);
    faults_free(&faults);
    return status;
}

static int
run_whole(void **state)
{
    struct error err = {0};

    (void)state;
    snprintf(path, sizeof path, "/tmp/doorstroom-resume-%ld.h5", (long)getpid());
    snprintf(whole_path, sizeof whole_path, "/tmp/doorstroom-resume-%ld-whole.h5", (long)getpid());
    stop = 0;
    for (uint64_t r = 0; r < REPLICATIONS; r++) {
        struct run one = {
            .output = whole_path, .first = FIRST + r, .last = FIRST + r, .force = true};
        assert_int_equal(run_some(&one, &err), OK);
        events_of[r] = one.events;
        assert_true(one.events > 1000);
    }
    struct run whole = {.output = whole_path, .first = FIRST, .last = LAST, .force = true};
    assert_int_equal(run_some(&whole, &err), OK);
    strcpy(whole_id, whole.id);
    assert_int_equal(whole.kept, 0);
    return 0;
}

static int
remove_whole(void **state)
{
    (void)state;
    remove_all(whole_path);
    remove_all(path);
    return 0;
}

/* Stop a run on so many THREADS after STOP_AFTER replications or a few more. */
static void
stop_one(int threads)
{
    struct run run = {.output = path,
                      .first = FIRST,
                      .last = LAST,
                      .threads = threads,
                      .split = SPLIT_REPLICATIONS,
                      .progress = stop_after_some};
    struct error err = {0};

    remove_all(path);
    stop = 0;
    assert_int_equal(run_some(&run, &err), INTERRUPTED);
    assert_int_equal(access(path, F_OK), -1);
    stop = 0;
}

/* One thread runs them in their order: the first KEPT are in the journal. */
static void
what_was_finished_is_not_simulated_again(void **state)
{
    struct run run = {.output = path, .first = FIRST, .last = LAST, .resume = true};
    struct error err = {0};
    uint64_t expected = 0;

    (void)state;
    stop_one(1);
    assert_int_equal(run_some(&run, &err), OK);
    assert_int_equal(run.kept, STOP_AFTER);
    for (uint64_t r = run.kept; r < REPLICATIONS; r++)
        expected += events_of[r];
    assert_int_equal(run.events, expected);
    assert_near((double)run.days, (REPLICATIONS - (double)run.kept) * run.days_each, 0.5);
    assert_string_equal(run.id, whole_id);
}

/* Of several threads one does not know whose replications were finished, but how many. */
static void
any_number_of_threads_goes_on_with_what_another_left(void **state)
{
    struct run run = {.output = path, .first = FIRST, .last = LAST, .threads = 3, .resume = true};
    struct error err = {0};

    (void)state;
    stop_one(2);
    assert_int_equal(run_some(&run, &err), OK);
    assert_true(run.kept >= STOP_AFTER && run.kept < REPLICATIONS);
    assert_near((double)run.days, (REPLICATIONS - (double)run.kept) * run.days_each, 0.5);
    assert_string_equal(run.id, whole_id);
}

/* Of the three in the journal two are asked for: the result does not depend on when it was stopped.
 */
static void
a_result_has_the_replications_that_are_asked_for_and_no_others(void **state)
{
    struct run plain = {.output = path, .first = FIRST + 1, .last = LAST, .force = true};
    struct run some = {.output = path, .first = FIRST + 1, .last = LAST, .resume = true};
    struct error err = {0};

    (void)state;
    assert_int_equal(run_some(&plain, &err), OK);
    stop_one(1);
    assert_int_equal(run_some(&some, &err), OK);
    assert_int_equal(some.kept, STOP_AFTER - 1);
    assert_string_equal(some.id, plain.id);
}

static void
a_journal_of_another_seed_is_refused_and_stays(void **state)
{
    static int64_t seed = 77;
    struct run other = {
        .output = path, .first = FIRST, .last = LAST, .resume = true, .context = &seed};
    struct run run = {.output = path, .first = FIRST, .last = LAST, .resume = true};
    struct error err = {0};

    (void)state;
    stop_one(1);
    assert_int_equal(run_some(&other, &err), BAD_INPUT);
    assert_non_null(strstr(err.message, "belongs to another run"));
    assert_int_equal(run_some(&run, &err), OK);
    assert_int_equal(run.kept, STOP_AFTER);
    assert_string_equal(run.id, whole_id);
}

/* Without --resume a journal is not written over, unless it is forced: then all is simulated anew.
 */
static void
a_journal_is_kept_unless_it_is_forced_away(void **state)
{
    struct run careful = {.output = path, .first = FIRST, .last = LAST};
    struct run forced = {.output = path, .first = FIRST, .last = LAST, .force = true};
    struct error err = {0};
    uint64_t all = 0;

    (void)state;
    stop_one(1);
    assert_int_equal(run_some(&careful, &err), ENVIRONMENT);
    assert_non_null(strstr(err.message, "holds finished replications"));
    assert_int_equal(run_some(&forced, &err), OK);
    for (uint64_t r = 0; r < REPLICATIONS; r++)
        all += events_of[r];
    assert_int_equal(forced.events, all);
    assert_int_equal(forced.kept, 0);
    assert_string_equal(forced.id, whole_id);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_finished_is_not_simulated_again),
        cmocka_unit_test(any_number_of_threads_goes_on_with_what_another_left),
        cmocka_unit_test(a_result_has_the_replications_that_are_asked_for_and_no_others),
        cmocka_unit_test(a_journal_of_another_seed_is_refused_and_stays),
        cmocka_unit_test(a_journal_is_kept_unless_it_is_forced_away),
    };

    return cmocka_run_group_tests(tests, run_whole, remove_whole);
}
