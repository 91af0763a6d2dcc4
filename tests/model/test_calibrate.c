/* Parameters from what was observed: how often the regions hold a truth that is drawn from the
 * priors, and that what comes out does not depend on threads. */

#include "tests/support.h"

#include "analysis/calibrate.h"
#include "analysis/statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char smoothed[] = "tests/data/calibrate/targets.yaml";
static const char by_abc[] = "tests/data/calibrate/abc.yaml";

static void
open_targets(struct calibration *calibration, const char *path)
{
    struct faults faults = {0};
    struct error err = {0};
    char line[512];

    if (calibration_read(calibration, path, &faults, &err) != OK) {
        faults_line(&faults, 0, line, sizeof line);
        fail_msg("%s%s", faults.count > 0 ? line : "", err.message);
    }
    faults_free(&faults);
}

/* What two counts say of two parameters, as often as asked for: each truth is another member of the
 * priors, seen in one replication with an error of 1. HELD: how many regions of 90 % hold it; LEFT:
 * of the variance of the priors, on average. */
static void
repeat_calibrations(const char *path, size_t repeats, double held[2], double left[2])
{
    double score[2], truth[2];
    struct calibration c;
    struct error err = {0};

    open_targets(&c, path);
    assert_int_equal(c.parameters, 2);
    double *seen = calloc(c.replications * c.targets, sizeof *seen);
    double *work = calloc(c.members, sizeof *work);
    for (size_t repeat = 0; repeat < repeats; repeat++) {
        c.scenario.seed = (int64_t)(1000 + repeat); /* of this repeat's chance */
        calibration_draw(&c, c.members + repeat, score, truth);
        assert_int_equal(calibration_simulate(&c, truth, 1, 1000000, 1, seen, &err), OK);
        memcpy(c.observed, seen, c.targets * sizeof *seen);
        struct stream stream;
        stream_open(&stream, repeat, 0, 0, (struct stream_name){1, 1}, 0);
        c.observed[1] += gsl_cdf_ugaussian_Pinv(stream_uniform_open(&stream));
        assert_int_equal(calibration_run(&c, 1, &err), OK);
        for (size_t p = 0; p < 2; p++) {
            for (size_t m = 0; m < c.members; m++)
                work[m] = c.value[m * 2 + p];
            gsl_sort(work, 1, c.members);
            held[p] += truth[p] > statistics_next_below(work, c.members, 0.05) &&
                       truth[p] < statistics_next_below(work, c.members, 0.95);
            left[p] += c.moved[p].sd * c.moved[p].sd / (double)repeats;
        }
    }
    free(seen);
    free(work);
    calibration_free(&c);
}

/* 1,000 repeats in make test-long: between 860 and 940 of them are to hold each truth. Else FEW, of
 * which so few hold it, or so many, once in 300,000 times where nine in ten should, as 4.5 standard
 * errors of a normal distribution to either side. */
static void
check_regions(const char *path, size_t few)
{
    const char *many = getenv("DOORSTROOM_REPEATS");
    size_t repeats = many != NULL ? strtoul(many, NULL, 10) : few;
    double held[2] = {0}, left[2] = {0}, n = (double)repeats;

    repeat_calibrations(path, repeats, held, left);
    for (size_t p = 0; p < 2; p++) {
        print_message("parameter %zu: held %g of %g, left %.3f of the prior's variance\n", p,
                      held[p], n, left[p]);
        assert_true(left[p] < 0.25);
        if (many != NULL)
            assert_true(held[p] >= 0.86 * n && held[p] <= 0.94 * n);
        assert_true(gsl_cdf_binomial_P((unsigned)held[p], 0.9, (unsigned)repeats) > 3.4e-6);
        assert_true(gsl_cdf_binomial_Q((unsigned)held[p], 0.9, (unsigned)repeats) +
                        gsl_ran_binomial_pdf((unsigned)held[p], 0.9, (unsigned)repeats) >
                    3.4e-6);
    }
}

static void
regions_hold_a_truth_drawn_from_the_priors(void **state)
{
    (void)state;
    check_regions(smoothed, 40);
}

static void
regions_of_abc_hold_it_too(void **state)
{
    (void)state;
    check_regions(by_abc, 16);
}

static void
check_threads(const char *path)
{
    struct calibration one, two;
    struct error err = {0};

    open_targets(&one, path);
    open_targets(&two, path);
    assert_int_equal(calibration_run(&one, 1, &err), OK);
    assert_int_equal(calibration_run(&two, 2, &err), OK);
    assert_memory_equal(one.value, two.value, one.members * one.parameters * sizeof *one.value);
    assert_memory_equal(one.after, two.after, one.targets * sizeof *one.after);
    calibration_free(&one);
    calibration_free(&two);
}

static void
threads_change_nothing(void **state)
{
    (void)state;
    check_threads(smoothed);
    check_threads(by_abc);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions_hold_a_truth_drawn_from_the_priors),
        cmocka_unit_test(regions_of_abc_hold_it_too),
        cmocka_unit_test(threads_change_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
