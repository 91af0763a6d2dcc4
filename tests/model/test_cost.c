/* What a run will cost, told beforehand: held against the run itself. Times depend on who else uses
 * the machine and are held by with/cost.sh; events and bytes do not. */

#include "tests/support.h"

#include "analysis/cost.h"
#include "models/run/run.h"
#include "models/run/reading.h"

#include <sys/stat.h>
#include <unistd.h>

static const char *const files[] = {"tests/data/models/small.yaml",
                                    "scenarios/examples/first.yaml"};

/* Events of a replication and bytes of the file within a tenth of those of a run of twelve. */
static void
events_and_bytes_are_those_of_the_run(void **state)
{
    static volatile sig_atomic_t stop;
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "/tmp/doorstroom-cost-%ld.h5", (long)getpid());
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct scenario scenario = {0};
        struct faults faults = {0};
        struct cost cost = {0};
        struct error err = {0};
        struct stat info;
        assert_int_equal(run_read(&scenario, files[f], false, &faults), OK);
        scenario.replications = 12;
        if (cost_estimate(&scenario, 1, &stop, &cost, &err) != OK)
            fail_msg("%s", err.message);
        struct run run = {.scenario = &scenario,
                          .output = path,
                          .last = 11,
                          .threads = 1,
                          .force = true,
                          .command_line = "test",
                          .stop = &stop};
        assert_int_equal(run_scenario(&run, &err), OK);
        assert_int_equal(stat(path, &info), 0);
        double events = (double)run.events / 12, bytes = (double)info.st_size;
        assert_near(cost.events, events, 0.1 * events);
        assert_near(cost.file_bytes, bytes, 0.1 * bytes);
        assert_true(cost.seconds > 0 && cost.seconds_a_replication > 0 && cost.memory_bytes > 1e6);
        scenario_free(&scenario);
        faults_free(&faults);
    }
    unlink(path);
}

static void
an_estimate_can_be_stopped(void **state)
{
    static volatile sig_atomic_t stop = 1;
    struct scenario scenario = {0};
    struct faults faults = {0};
    struct cost cost = {0};
    struct error err = {0};

    (void)state;
    assert_int_equal(run_read(&scenario, files[0], false, &faults), OK);
    assert_int_equal(cost_estimate(&scenario, 1, &stop, &cost, &err), INTERRUPTED);
    scenario_free(&scenario);
    faults_free(&faults);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_and_bytes_are_those_of_the_run),
        cmocka_unit_test(an_estimate_can_be_stopped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
