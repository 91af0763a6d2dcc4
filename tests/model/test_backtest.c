/* Back-tests of worlds whose truth is known: a small prison to which 20 come a day, who wait for
 * the office's next round (up to a day) and are released 10 days after they came on average
 * (exponential): 20 x 10 x 10 (1 - e^-0.1) = 190.3 are there on average, a Poisson number, of whom
 * e^-3.04 are still there a month later. */

#include "tests/support.h"

#include "tests/models.h"

#include "analysis/backtest.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_COUNTS 400
#define PEOPLE      190.3
#define LEFT        exp(-3.04)

/* Files of one test, in a folder of its own. */
struct files {
    char folder[64], path[128];
};

static void
files_begin(struct files *files)
{
    snprintf(files->folder, sizeof files->folder, "/tmp/doorstroom-backtest-XXXXXX");
    assert_non_null(mkdtemp(files->folder));
}

static const char *
files_path(struct files *files, const char *name)
{
    snprintf(files->path, sizeof files->path, "%s/%s", files->folder, name);
    return files->path;
}

__attribute__((format(printf, 3, 4))) static void
files_write(struct files *files, const char *name, const char *text, ...)
{
    FILE *file = fopen(files_path(files, name), "w");
    va_list arguments;

    assert_non_null(file);
    va_start(arguments, text);
    vfprintf(file, text, arguments);
    va_end(arguments);
    fclose(file);
}

static void
files_end(struct files *files)
{
    static const char *const names[] = {"ward.yaml", "counts.csv", "backtest.yaml"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(files_path(files, names[i]));
    rmdir(files->folder);
}

/* The prison with so many coming in a day, and MORE of the scenario's lines. */
static void
write_ward(struct files *files, const char *rate, const char *more)
{
    files_write(files, "ward.yaml",
                "name: Ward\n"
                "start: 2000-01-01\n"
                "horizon: 20 y\n"
                "regions: [here]\n"
                "facilities: [{name: Prison, region: here, capacity: 500}]\n"
                "intake: [{class: a, region: here, rate: %s}]\n"
                "pathways: {a: [{phase: inside, status: convicted, stay: {exponential: {mean: 10 "
                "d}}, then: {released: 1}}]}\n"
                "stock: [{status: convicted, facility: Prison, count: 200}]\n"
                "%s",
                rate, more);
}

/* The population on the first of each month, as one replication of another seed has it. */
static void
write_truth(struct files *files)
{
    struct trial trial;
    char date[CALENDAR_TEXT];

    write_ward(files, "20 / d", "seed: 77\nrecord: [{place: nation, tick: day}]\n");
    trial_read(&trial, files_path(files, "ward.yaml"));
    trial_run(&trial, 0);
    FILE *file = fopen(files_path(files, "counts.csv"), "w");
    assert_non_null(file);
    fprintf(file, "date,value\n");
    for (int month = 0; month < 240; month++) {
        int32_t day = calendar_add_months(trial.scenario.start, month);
        calendar_write(day, date);
        fprintf(file, "%s,%.10g\n", date,
                trial_value(&trial, "population", STATUS_CONVICTED, day - trial.scenario.start));
    }
    fclose(file);
    trial_close(&trial);
}

static void
backtest_open(struct backtest *backtest, struct files *files)
{
    struct faults faults = {0};
    struct error err = {0};
    char line[1024] = "";

    if (backtest_read(backtest, files_path(files, "backtest.yaml"), false, &faults, &err) != OK) {
        if (faults.count > 0)
            faults_line(&faults, 0, line, sizeof line);
        fail_msg("%s %s", line, err.message);
    }
    faults_free(&faults);
}

static void
run(struct backtest *backtest, int threads)
{
    struct error err = {0};

    if (backtest_run(backtest, threads, &err) != OK)
        fail_msg("%s", err.message);
}

/* Each first of a month is an origin, the next is forecast. */
static void
score_months(struct files *files, const char *rate, struct backtest *backtest)
{
    write_ward(files, rate, "");
    files_write(files, "backtest.yaml",
                "scenario: ward.yaml\nfrom: 2000-01-01\nto: 2019-11-01\nevery: 1\n"
                "horizons: [1]\nreplications: 20\ncounts: {csv: counts.csv}\n");
    backtest_open(backtest, files);
    run(backtest, 2);
}

/* The standard error of the mean score of WHO. */
static double
error_of_score(const struct backtest *b, enum forecaster who)
{
    double value[MOST_COUNTS], error;
    int n = 0;

    for (size_t f = 0; f < b->forecasts; f++)
        if (!isnan(b->forecast[f].of[who].crps))
            value[n++] = b->forecast[f].of[who].crps;
    mean_of(value, n, &error);
    return error;
}

/* 239 counts, of which a share c lies within a middle part with a standard error of the root of
 * c (1 - c) / 239. What is forecast perfectly is normal about, with a variance of 190.3
 * (1 - e^-6.09), a thirtieth less for the mean over a day, and scores its standard deviation by the
 * root of pi on average, 7.6 (Gneiting and Raftery 2007); that the last count stays misses by
 * 2 (1 - e^-3.04) times the variance, a score a third higher. */
static void
a_true_model_covers_as_it_says_and_beats_the_naive_forecast(void **state)
{
    struct files files;
    struct backtest b;

    (void)state;
    files_begin(&files);
    write_truth(&files);
    score_months(&files, "20 / d", &b);
    struct score model = backtest_score(&b, FORECAST_MODEL, BACKTEST_ALL, 0);
    struct score naive = backtest_score(&b, FORECAST_NAIVE, BACKTEST_ALL, 0);
    print_message("cover %.1f and %.1f %%, CRPS %.2f, naive %.2f, ratio %.3f, bias %.2f %%\n",
                  model.cover[0], model.cover[1], model.crps, naive.crps, model.against,
                  model.bias);
    assert_int_equal(model.counts, 239);
    for (int l = 0; l < SCORE_LEVELS; l++) {
        double c = score_level[l];
        assert_near(model.cover[l] / 100, c, 4.5 * sqrt(c * (1 - c) / 239));
    }
    assert_near(model.crps, sqrt(PEOPLE * (1 - 1.0 / 30) * (1 - LEFT * LEFT) / M_PI),
                4.5 * error_of_score(&b, FORECAST_MODEL));
    assert_true(model.crps + 4.5 * error_of_score(&b, FORECAST_MODEL) < naive.crps);
    assert_true(model.against < 1);
    backtest_free(&b);
    files_end(&files);
}

/* By Little's law a fifth more come to be there, and of what is missing at an origin e^-3.04 is
 * still missing a month later: 1.19 times what is counted on average, whose inverse is (1 + 1 /
 * 190.3) / 190.3 on average: 19.7 % too many. A count's own deviation, the root of 1 / 190.3, makes
 * the standard error 1.19 times that by the root of 239. */
static void
more_arrivals_than_there_were_show_as_bias_by_littles_law(void **state)
{
    struct files files;
    struct backtest b;

    (void)state;
    files_begin(&files);
    write_truth(&files);
    score_months(&files, "24 / d", &b);
    struct score model = backtest_score(&b, FORECAST_MODEL, BACKTEST_ALL, 0);
    double ratio = 1.2 - 0.2 * LEFT;
    double expected = 100 * (ratio * (1 + 1 / PEOPLE) - 1);
    assert_near(model.bias, expected, 4.5 * 100 * ratio / sqrt(PEOPLE * 239));
    assert_true(model.crps > backtest_score(&b, FORECAST_NAIVE, BACKTEST_ALL, 0).crps);
    backtest_free(&b);
    files_end(&files);
}

/* What the model says of 1 May 2001 a year before, 200 people being there, with a round every 22
 * minutes, so that nobody waits long: twice as many come from 1 July on, and from 1 August stays
 * are twice as long by a law: 800 where both are known, 400 of one, 200 of neither. Within 4.5
 * standard errors of a median of 100 Poisson numbers. */
static void
what_is_unknown_is_left_out(void **state)
{
    static const struct {
        const char *laws, *intake;
        double expected;
    } cases[] = {{"known", "known", 800},
                 {"known", "unknown", 400},
                 {"unknown", "known", 400},
                 {"unknown", "unknown", 200}};
    struct files files;
    struct backtest b;

    (void)state;
    files_begin(&files);
    write_ward(&files, "{2000-01-01: 20 / d, 2000-07-01: 40 / d}",
               "law: [{name: Longer, from: 2000-08-01, reaches: new, set: "
               "{'pathways.a[inside].stay': {times: 2}}}]\nround: 0.015625 d\n");
    files_write(&files, "counts.csv", "date,value\n2000-05-01,200\n2001-05-01,300\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        files_write(&files, "backtest.yaml",
                    "scenario: ward.yaml\nfrom: 2000-05-01\nto: 2000-05-01\nlaws: %s\nintake: "
                    "%s\nhorizons: [12]\nreplications: 100\ncounts: {csv: counts.csv}\n",
                    cases[i].laws, cases[i].intake);
        backtest_open(&b, &files);
        run(&b, 1);
        assert_near(b.forecast[0].of[FORECAST_MODEL].median, cases[i].expected,
                    4.5 * 1.2533 * sqrt(cases[i].expected / 100));
        backtest_free(&b);
    }
    files_end(&files);
}

/* Four counts, of 110, 121, 133.1 and 121 a year apart, before 1 January 2005: the last stays, or
 * goes on with the trend of six years since the first (100 on 1 January 1999): 121 (121/100)^(1/6)
 * after one year more. Its spread is of the changes of earlier years; nothing of 2006 is in it. */
static void
plain_forecasts_know_the_counts_before_the_origin_alone(void **state)
{
    struct files files;
    struct backtest b;
    double changes[] = {log(1.1), log(1.1), log(1 / 1.1)};

    (void)state;
    files_begin(&files);
    write_ward(&files, "20 / d", "");
    files_write(&files, "counts.csv",
                "date,value\n2006-01-01,500\n2005-01-01,121\n1999-01-01,100\n2002-01-01,110\n"
                "2003-01-01,121\n2004-01-01,133.1\n");
    files_write(&files, "backtest.yaml",
                "scenario: ward.yaml\nfrom: 2005-01-01\nto: 2005-01-01\nhorizons: [12]\n"
                "replications: 20\ncounts: {csv: counts.csv}\n");
    backtest_open(&b, &files);
    run(&b, 1);
    assert_int_equal(b.forecasts, 1);
    const struct outcome *naive = &b.forecast[0].of[FORECAST_NAIVE];
    assert_near(naive->median, 121, 1e-12);
    double spread = 0;
    for (int i = 0; i < 3; i++)
        spread += changes[i] * changes[i] / 3;
    assert_near(naive->high[0], 121 * (1 + 1.2815515655446 * sqrt(spread)), 1e-9);
    double years = 2192 / 365.25; /* from 1 January 1999 to that day of 2005 */
    assert_near(b.forecast[0].of[FORECAST_DRIFT].median,
                121 * exp(log(1.21) / years * 365 / 365.25), 1e-9);
    assert_true(isnan(backtest_score(&b, FORECAST_MODEL, BACKTEST_ALL, 0).bias));
    backtest_free(&b);
    files_end(&files);
}

/* Before 2001 there is no count, on 1 January 2002 the last is 184 days old, and behind 1 January
 * 2003 comes none. */
static void
origins_without_counts_are_left_out_and_say_why(void **state)
{
    static const enum origin_fate fates[] = {ORIGIN_NO_COUNT, ORIGIN_RUNS, ORIGIN_OLD_COUNT,
                                             ORIGIN_NO_TARGET};
    struct files files;
    struct backtest b;

    (void)state;
    files_begin(&files);
    write_ward(&files, "20 / d", "");
    files_write(&files, "counts.csv",
                "date,value\n2000-12-01,200\n2001-07-01,210\n2002-12-01,200\n2019-12-31,200\n"
                "2020-01-01,200\n");
    files_write(&files, "backtest.yaml",
                "scenario: ward.yaml\nfrom: 2000-01-01\nto: 2003-01-01\n"
                "replications: 20\ncounts: {csv: counts.csv}\n");
    backtest_open(&b, &files);
    assert_int_equal(b.origins, 4);
    for (size_t o = 0; o < 4; o++)
        assert_int_equal(b.origin[o].fate, fates[o]);
    assert_int_equal(b.running, 1);
    assert_int_equal(b.beyond, 1);
    backtest_free(&b);
    files_end(&files);
}

/* A measure that has held its eight out since January has them out, beside the 200 who are counted;
 * one of three a day that began the day before does not yet. A centre that has opened since the
 * start, and is not counted with the others, holds as many as it has places. */
static void
those_whom_no_count_tells_are_where_the_scenario_has_them(void **state)
{
    struct files files;
    struct backtest b;

    (void)state;
    files_begin(&files);
    files_write(
        &files, "ward.yaml",
        "name: Ward\n"
        "start: 2000-01-01\n"
        "horizon: 2 y\n"
        "regions: [here]\n"
        "facilities:\n"
        "  - {name: Prison, region: here, capacity: 500}\n"
        "  - {name: Centre, kind: forensic_centre, region: here, capacity: 37, counted: no, "
        "opens: 2000-02-01}\n"
        "intake: [{class: a, region: here, rate: 20 / d}, {class: i, region: here, rate: "
        "0.1 / d}]\n"
        "pathways:\n"
        "  a: [{phase: inside, status: convicted, stay: {fixed: 10 d}, then: {released: "
        "1}}]\n"
        "  i: [{phase: care, status: internee, stay: {fixed: 1 y}, then: {released: 1}}]\n"
        "stock: [{status: convicted, facility: Prison, count: 200}, {status: internee, "
        "region: here, count: 20}]\n"
        "measures:\n"
        "  - {name: Leave, kind: extended_leave, from: 2000-01-10, at_once: 8, a_day: 4, "
        "statuses: [convicted], called_back: yes}\n"
        "  - {name: More leave, kind: extended_leave, from: 2000-04-30, at_once: 50, a_day: "
        "3, statuses: [convicted], called_back: yes}\n");
    files_write(&files, "counts.csv", "date,value\n2000-05-01,200\n2001-05-01,300\n");
    files_write(&files, "backtest.yaml",
                "scenario: ward.yaml\nquantity: population, convicted\n"
                "from: 2000-05-01\nto: 2000-05-01\nhorizons: [12]\n"
                "replications: 20\ncounts: {csv: counts.csv}\n");
    backtest_open(&b, &files);
    assert_non_null(strstr(b.origin[0].text, "facility: Prison, count: 208}"));
    assert_non_null(strstr(b.origin[0].text, "status: internee, facility: Centre, count: 37}"));
    backtest_free(&b);
    files_end(&files);
}

static void
threads_change_nothing(void **state)
{
    struct files files;
    struct backtest one, two;

    (void)state;
    files_begin(&files);
    write_ward(&files, "20 / d", "");
    files_write(&files, "counts.csv",
                "date,value\n2001-01-01,200\n2001-02-01,190\n2001-07-01,210\n2002-01-01,220\n"
                "2002-02-01,200\n");
    files_write(&files, "backtest.yaml",
                "scenario: ward.yaml\nfrom: 2001-01-01\nto: 2002-01-01\n"
                "replications: 20\ncounts: {csv: counts.csv}\n");
    backtest_open(&one, &files);
    backtest_open(&two, &files);
    run(&one, 1);
    run(&two, 2);
    assert_int_equal(one.forecasts, 5);
    for (size_t f = 0; f < one.forecasts; f++)
        assert_memory_equal(one.forecast[f].of, two.forecast[f].of, sizeof one.forecast[f].of);
    backtest_free(&one);
    backtest_free(&two);
    files_end(&files);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_true_model_covers_as_it_says_and_beats_the_naive_forecast),
        cmocka_unit_test(more_arrivals_than_there_were_show_as_bias_by_littles_law),
        cmocka_unit_test(what_is_unknown_is_left_out),
        cmocka_unit_test(plain_forecasts_know_the_counts_before_the_origin_alone),
        cmocka_unit_test(origins_without_counts_are_left_out_and_say_why),
        cmocka_unit_test(those_whom_no_count_tells_are_where_the_scenario_has_them),
        cmocka_unit_test(threads_change_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
