/* Points side by side give what each gives alone, whatever stands beside it; what fails is told,
 * and memory follows the threads and not the points. */

#include "tests/support.h"

#include "models/model.h"
#include "models/record/record.h"
#include "models/run/campaign.h"
#include "models/run/reading.h"

#include "sim/base/digest.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 20, REPLICATIONS = 3, LONG = 200 };

/* Models of many shapes: a model that turns from one to the next must forget all of it. */
static const char *const files[] = {"small.yaml", "refuse.yaml", "desk_priority.yaml", "house.yaml",
                                    "forensic.yaml"};
#define FILES (sizeof files / sizeof *files)

/* A sink that keeps a digest of all values of each replication. */
struct digests {
    unsigned char digest[REPLICATIONS][DIGEST_SIZE];
};

static int
chain_values(void *state, void *tray, const struct finished *finished, struct error *err)
{
    struct digests *digests = state;
    const struct layout *layout = finished->layout;

    (void)tray;
    (void)err;
    for (size_t v = 0; v < layout->variables; v++)
        digest_chain(digests->digest[finished->replication], finished_values(finished, v),
                     layout_count(layout, &layout->variable[v]) *
                         layout_value_size(layout->variable[v].type));
    return OK;
}

static const struct sink_kind digest_kind = {.name = "digests", .prepare = chain_values};

struct trial {
    struct scenario scenario[LONG];
    struct experiment_point point[LONG];
    struct digests digests[LONG];
    size_t points;
    struct campaign campaign;
    double in_use[LONG]; /* bytes, where a point is closed */
    size_t closed, stop_at;
    volatile sig_atomic_t stop;
};

static int
open_point(void *context, size_t p, struct error *err)
{
    struct trial *trial = context;

    trial->point[p].sink = (struct sink){&digest_kind, &trial->digests[p]};
    return campaign_plan(&trial->point[p], &trial->scenario[p], err);
}

static double
bytes_in_use(void)
{
    struct mallinfo2 memory = mallinfo2();

    return (double)memory.uordblks + (double)memory.hblkhd;
}

static void
close_point(void *context, size_t p)
{
    struct trial *trial = context;

    campaign_plan_free(&trial->point[p]);
    trial->in_use[trial->closed++] = bytes_in_use();
    if (trial->closed == trial->stop_at)
        trial->stop = 1;
}

static void
read_model(struct scenario *scenario, const char *file)
{
    struct faults faults = {0};
    char path[128], line[1024] = "";

    snprintf(path, sizeof path, "tests/data/models/%s", file);
    if (run_read(scenario, path, true, &faults) != OK) {
        faults_line(&faults, 0, line, sizeof line);
        fail_msg("%s", line);
    }
    faults_free(&faults);
}

/* POINTS of so many models, each with its own seed. */
static struct trial *
trial_open(size_t points, size_t models)
{
    struct trial *trial = calloc(1, sizeof *trial);

    assert_non_null(trial);
    trial->points = points;
    for (size_t p = 0; p < points; p++) {
        read_model(&trial->scenario[p], files[p % models]);
        trial->scenario[p].seed = (int64_t)(100 + p);
        trial->scenario[p].horizon = 120;
    }
    return trial;
}

static int
trial_run(struct trial *trial, int threads, uint64_t replications)
{
    const struct campaign campaign = {
        .point = trial->point,
        .points = trial->points,
        .threads = threads,
        .context = trial,
        .open = open_point,
        .close = close_point,
        .stop = &trial->stop,
    };

    trial->closed = 0;
    memset(trial->digests, 0, sizeof trial->digests);
    for (size_t p = 0; p < trial->points; p++)
        trial->point[p] = (struct experiment_point){.last = replications - 1};
    return campaign_run(&campaign, NULL);
}

static void
trial_close(struct trial *trial)
{
    for (size_t p = 0; p < trial->points; p++)
        scenario_free(&trial->scenario[p]);
    free(trial);
}

/* The digests of SCENARIO run alone, in a model of its own for each replication. */
static void
run_alone(const struct scenario *scenario, struct digests *digests)
{
    struct error err = {0};

    *digests = (struct digests){0};
    for (uint64_t r = 0; r < REPLICATIONS; r++) {
        struct experiment_point point = {0};
        struct model *model = NULL;
        if (campaign_plan(&point, scenario, &err) != OK ||
            model_create(&model, point.subject, 1, &err) != OK || model_run(model, r, &err) != OK)
            fail_msg("%s", err.message);
        for (size_t v = 0; v < point.layout->variables; v++) {
            size_t size = layout_count(point.layout, &point.layout->variable[v]) *
                          layout_value_size(point.layout->variable[v].type);
            void *values = malloc(size + 1);
            assert_non_null(values);
            record_values(model, v, values);
            digest_chain(digests->digest[r], values, size);
            free(values);
        }
        model_free(model);
        campaign_plan_free(&point);
    }
}

static const int threads_of[] = {1, 2, 4, 8};
#define THREADS (sizeof threads_of / sizeof *threads_of)

static void
twenty_points_in_one_call_are_twenty_runs(void **state)
{
    struct trial *trial = trial_open(POINTS, FILES);
    struct digests alone[POINTS];

    (void)state;
    for (size_t p = 0; p < POINTS; p++)
        run_alone(&trial->scenario[p], &alone[p]);
    assert_memory_not_equal(alone[0].digest[0], alone[FILES].digest[0], DIGEST_SIZE);
    assert_memory_not_equal(alone[0].digest[0], alone[0].digest[1], DIGEST_SIZE);
    for (size_t t = 0; t < THREADS; t++) {
        assert_int_equal(trial_run(trial, threads_of[t], REPLICATIONS), OK);
        assert_int_equal(trial->closed, POINTS);
        for (size_t p = 0; p < POINTS; p++) {
            assert_int_equal(trial->point[p].status, OK);
            assert_memory_equal(&trial->digests[p], &alone[p], sizeof alone[p]);
        }
    }
    trial_close(trial);
}

/* Another scenario at POINT. */
static void
replace(struct trial *trial, size_t point, const char *file)
{
    scenario_free(&trial->scenario[point]);
    read_model(&trial->scenario[point], file);
}

/* One cannot be run (people come and go without end at one moment), one cannot be planned (it has
 * more places than a result adds up). */
static void
points_that_fail_leave_their_neighbours_as_they_are(void **state)
{
    struct trial *trial = trial_open(POINTS, FILES);
    struct digests alone;

    (void)state;
    replace(trial, 6, "loop_home.yaml");
    struct facility_object *prison = trial->scenario[13].facilities.item;
    prison->capacity[CAPACITY_MAIN].value[0] = 1e11;
    for (size_t t = 0; t < THREADS; t++) {
        assert_int_equal(trial_run(trial, threads_of[t], REPLICATIONS), OK);
        assert_int_equal(trial->point[6].status, BAD_INPUT);
        assert_non_null(strstr(trial->point[6].error.message, "phase"));
        assert_int_equal(trial->point[13].status, BAD_INPUT);
        assert_non_null(strstr(trial->point[13].error.message, "capacity: 1e+11"));
        for (size_t p = 0; p < POINTS; p++)
            if (p != 6 && p != 13)
                assert_int_equal(trial->point[p].status, OK);
        for (size_t p = 5; p <= 7; p += 2) {
            run_alone(&trial->scenario[p], &alone);
            assert_memory_equal(&trial->digests[p], &alone, sizeof alone);
        }
    }
    trial_close(trial);
}

static void
a_stop_leaves_the_points_that_are_finished(void **state)
{
    struct trial *trial = trial_open(POINTS, FILES);
    struct digests alone;

    (void)state;
    trial->stop_at = 7;
    assert_int_equal(trial_run(trial, 1, REPLICATIONS), INTERRUPTED);
    for (size_t p = 0; p < POINTS; p++) /* the worker turns to point 7 before it leaves point 6 */
        assert_int_equal(trial->point[p].status, p < 7 ? OK : INTERRUPTED);
    run_alone(&trial->scenario[6], &alone);
    assert_memory_equal(&trial->digests[6], &alone, sizeof alone);
    trial_close(trial);
}

/* What is in use when a point is closed does not depend on how many were before: the models' sizes
 * follow from their seeds, so of the last hundred the most is as of the first. */
static void
two_hundred_points_take_no_more_memory_than_a_hundred(void **state)
{
    struct trial *trial = trial_open(LONG, 1);
    double before = 0, after = 0, start;

    (void)state;
    start = bytes_in_use();
    assert_int_equal(trial_run(trial, 1, 1), OK);
    assert_int_equal(trial->closed, LONG);
    for (size_t i = 0; i < LONG / 2; i++) {
        before = fmax(before, trial->in_use[i] - start);
        after = fmax(after, trial->in_use[LONG / 2 + i] - start);
    }
    assert_true(after <= 1.1 * before);
    trial_close(trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_points_in_one_call_are_twenty_runs),
        cmocka_unit_test(points_that_fail_leave_their_neighbours_as_they_are),
        cmocka_unit_test(a_stop_leaves_the_points_that_are_finished),
        cmocka_unit_test(two_hundred_points_take_no_more_memory_than_a_hundred),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
