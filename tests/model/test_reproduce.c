/* A result whose texts do not make its values is told from one whose do. */

#include "tests/support.h"

#include "analysis/evidence/reproduce.h"
#include "models/run/reading.h"
#include "models/run/run.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char made[64], again[64];

/* The example, run with its own texts, or with texts in which the house has a place more than it
 * had when it was simulated. */
static void
make_result(bool forged)
{
    struct scenario scenario = {0};
    struct faults faults = {0};
    struct error err = {0};

    assert_int_equal(run_read(&scenario, "scenarios/examples/first.yaml", false, &faults), OK);
    if (forged) {
        char *at = strstr((char *)scenario.tree.source[0].text, "capacity: 30");
        assert_non_null(at);
        memcpy(at, "capacity: 31", strlen("capacity: 31"));
    }
    struct run run = {.scenario = &scenario,
                      .output = made,
                      .last = 2,
                      .threads = 1,
                      .force = true,
                      .command_line = "test"};
    assert_int_equal(run_scenario(&run, &err), OK);
    scenario_free(&scenario);
    faults_free(&faults);
}

static int
reproduce_made(struct reproduce *reproduce, struct error *err)
{
    struct store *store = NULL;

    assert_int_equal(store_open(&store, made, err), OK);
    *reproduce = (struct reproduce){
        .store = store, .share = 1, .output = again, .threads = 2, .command_line = "test"};
    int status = reproduce_run(reproduce, err);
    store_close(store);
    reproduce_free(reproduce);
    unlink(made);
    unlink(again);
    return status;
}

static void
its_own_texts_make_it(void **state)
{
    struct reproduce reproduce;
    struct error err = {0};

    (void)state;
    make_result(false);
    assert_int_equal(reproduce_made(&reproduce, &err), OK);
    assert_true(reproduce.same_id);
    assert_int_equal(reproduce.entries, 3);
    assert_string_equal(reproduce.made, "");
    assert_string_equal(reproduce.difference.first, "");
}

static void
other_texts_do_not(void **state)
{
    struct reproduce reproduce;
    struct error err = {0};

    (void)state;
    make_result(true);
    assert_int_equal(reproduce_made(&reproduce, &err), DIFFERENT);
    assert_false(reproduce.same_id);
    /* The first day's places: the prison's 439 and the house's 30, or 31. */
    assert_string_equal(reproduce.difference.first,
                        "capacity, replication 0, value 0: 469 and 470");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_own_texts_make_it),
        cmocka_unit_test(other_texts_do_not),
    };

    snprintf(made, sizeof made, "/tmp/doorstroom-reproduce-%ld.h5", (long)getpid());
    snprintf(again, sizeof again, "/tmp/doorstroom-reproduce-%ld-again.h5", (long)getpid());
    return cmocka_run_group_tests(tests, NULL, NULL);
}
