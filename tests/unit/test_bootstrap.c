/* Resamples: the interval of a mean, whose spread is known; the same ones on any number of threads;
 * what is drawn and what is not. */

#include "tests/support.h"

#include "analysis/sweep/bootstrap.h"
#include "sim/engine/stream.h"

#include <math.h>
#include <omp.h>
#include <string.h>

enum { N = 400 };

static void
estimate_mean(const void *of, const struct weights *weights, double *room, double *value)
{
    const double *y = of;

    (void)room;
    value[0] = 0;
    for (size_t i = 0; i < weights->units; i++)
        value[0] += weights->unit[i] * y[i] / (double)weights->units;
}

static void
fill_uniform(double *y, int count, uint64_t seed)
{
    struct stream stream;

    stream_open(&stream, seed, 0, 0, (struct stream_name){1, 1}, 0);
    for (int i = 0; i < count; i++)
        y[i] = stream_uniform(&stream);
}

/* The interval is Student's t of 399 degrees, 1.965927 standard errors. The mean of 400 drawn from
 * 400 is normal but for 1 / 400 of its error. Of B = 20,000 resamples an end, 1.97 of their
 * standard deviations off, has the error sqrt(0.0246 0.9754 / B) / 0.0575 = 0.019 of them (0.0575:
 * the normal density there), and 4.5 times that is 0.086. */
static void
the_interval_of_a_mean_is_students(void **state)
{
    static double y[N];
    double mean, error;
    struct interval interval;
    struct error err = {0};

    (void)state;
    fill_uniform(y, N, 1);
    mean = mean_of(y, N, &error);
    struct estimator estimator = {
        .units = N, .replications = 1, .values = 1, .of = y, .estimate = estimate_mean};
    assert_int_equal(bootstrap_intervals(&estimator, (struct bootstrap){1, 20000}, &interval, &err),
                     OK);
    assert_near(interval.value, mean, 1e-12);
    assert_near(interval.low, mean - 1.965927 * error, 0.09 * error);
    assert_near(interval.high, mean + 1.965927 * error, 0.09 * error);
}

static void
threads_change_nothing_and_another_seed_does(void **state)
{
    static double y[N];
    struct interval one, three, other;
    struct error err = {0};
    int threads = omp_get_max_threads();
    struct estimator estimator = {
        .units = N, .replications = 1, .values = 1, .of = y, .estimate = estimate_mean};

    (void)state;
    fill_uniform(y, N, 2);
    omp_set_num_threads(1);
    assert_int_equal(bootstrap_intervals(&estimator, (struct bootstrap){7, 500}, &one, &err), OK);
    omp_set_num_threads(3);
    assert_int_equal(bootstrap_intervals(&estimator, (struct bootstrap){7, 500}, &three, &err), OK);
    assert_int_equal(bootstrap_intervals(&estimator, (struct bootstrap){8, 500}, &other, &err), OK);
    omp_set_num_threads(threads);
    assert_memory_equal(&one, &three, sizeof one);
    assert_true(one.low < other.low || one.low > other.low);
}

/* The units' weights, the replications' and the degrees, as the estimator is told them; then the
 * variance of 1, 2 and 6 that it makes of them. */
static void
estimate_weights(const void *of, const struct weights *weights, double *room, double *value)
{
    double squares = 0;

    room[0] = weights_mean(weights, of, &squares);
    value[0] = value[1] = 0;
    for (size_t i = 0; i < weights->units; i++)
        value[0] += weights->unit[i];
    for (size_t r = 0; r < weights->replications; r++)
        value[1] += weights->replication[r];
    value[2] = weights->degrees;
    value[3] = room[0];
    value[4] = squares / weights->degrees;
    value[5] = weights->unit_degrees;
}

/* 1, 2 and 6 have the mean 3 and the variance (4 + 1 + 9) / 2 = 7. Drawn anew, all three are the
 * same in 3 of 27 resamples, so that the lower end of the variance is 0 and that of the mean 1 (1
 * of 27 is 3.7 %); the largest variance is that of 1, 1, 6 or 1, 6, 6: 50/3 about the mean, over
 * (3 - 1)^2 / 3 = 4/3 degrees 12.5 (6 of 27). Not drawn, they are as they are. */
static void
replications_are_drawn_where_that_is_asked(void **state)
{
    static const double y[3] = {1, 2, 6};
    struct estimator estimator = {.units = 10,
                                  .replications = 3,
                                  .values = 6,
                                  .room = 1,
                                  .of = y,
                                  .estimate = estimate_weights};
    struct interval of[6];
    struct error err = {0};

    (void)state;
    for (int drawn = 0; drawn <= 1; drawn++) {
        estimator.draws_replications = drawn;
        assert_int_equal(bootstrap_intervals(&estimator, (struct bootstrap){1, 4000}, of, &err),
                         OK);
        assert_true(of[0].low >= 10 && of[0].high <= 10 && of[1].low >= 3 && of[1].high <= 3);
        assert_near(of[2].value, 2, 0);
        assert_near(of[2].low, drawn ? 4.0 / 3 : 2, 1e-12);
        assert_near(of[5].value, 9, 0);
        assert_near(of[5].low, 8.1, 1e-12); /* 9^2 / 10 */
        assert_near(of[3].value, 3, 1e-12);
        assert_near(of[3].low, drawn ? 1 : 3, 1e-12);
        assert_near(of[3].high, drawn ? 6 : 3, 1e-12);
        assert_near(of[4].value, 7, 1e-12);
        assert_near(of[4].low, drawn ? 0 : 7, 1e-12);
        assert_near(of[4].high, drawn ? 12.5 : 7, 1e-12);
    }
}

/* Expected where unit 0 is there; else there is no estimate. */
static void
estimate_with_the_first(const void *of, const struct weights *weights, double *room, double *value)
{
    const size_t *first = of;

    (void)room;
    value[0] = weights->unit[*first] > 0 ? 1 : NAN;
}

/* A unit of 10 is missing from (9/10)^10 = 35 % of the resamples. */
static void
an_estimate_that_is_often_missing_has_no_interval(void **state)
{
    size_t first = 0;
    struct estimator estimator = {.units = 10,
                                  .replications = 1,
                                  .values = 1,
                                  .of = &first,
                                  .estimate = estimate_with_the_first};
    struct interval interval;
    struct error err = {0};

    (void)state;
    assert_int_equal(bootstrap_intervals(&estimator, (struct bootstrap){1, 100}, &interval, &err),
                     OK);
    assert_near(interval.value, 1, 0);
    assert_true(isnan(interval.low) && isnan(interval.high));
}

static void
too_few_resamples_are_refused(void **state)
{
    double y[1] = {1};
    struct estimator estimator = {
        .units = 1, .replications = 1, .values = 1, .of = y, .estimate = estimate_mean};
    struct interval interval;
    struct error err = {0};

    (void)state;
    assert_int_equal(bootstrap_intervals(&estimator, (struct bootstrap){1, 99}, &interval, &err),
                     BAD_INPUT);
    assert_non_null(strstr(err.message, "takes 100 resamples at least, not 99"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_of_a_mean_is_students),
        cmocka_unit_test(threads_change_nothing_and_another_seed_does),
        cmocka_unit_test(replications_are_drawn_where_that_is_asked),
        cmocka_unit_test(an_estimate_that_is_often_missing_has_no_interval),
        cmocka_unit_test(too_few_resamples_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
