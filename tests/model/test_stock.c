/* The people of the start: in balance phase by phase, and the world's, whatever is laid over it. */

#include "tests/support.h"

#include "tests/models.h"

#include <time.h>

#define MOST_PEOPLE 1000

static uint32_t
phase_of(const struct trial *trial, const char *name)
{
    for (uint16_t i = 0; i < trial->plan->phases; i++)
        if (strcmp(trial->plan->phase[i].name, name) == 0)
            return i;
    fail_msg("no phase %s", name);
    return 0;
}

static double
days_of(const struct trial *trial, uint16_t class, const char *phase)
{
    return steady_days(&trial->plan->steady, class, (uint16_t)phase_of(trial, phase));
}

/* Custody before the sentence is exponential with mean 60 x 120 / 180 = 40, due an exponential X of
 * mean x = half of 400, or two thirds of it for a quarter of people; the mean of max(0, X - C) is
 * x x / (x + 40). Class b comes from outside, without custody: 150. Two in three remands end by
 * themselves, one in three by the clock. */
#define LATER(x) ((x) * (x) / ((x) + 40.0))
#define DAYS_A   (0.75 * LATER(200.0) + 0.25 * LATER(800.0 / 3))
#define FIRST_A  (2.0 / 3 * 0.5 + 1.0 / 3 * 0.2)
#define AGAIN    (0.5 * 0.3 * 0.5)
#define VISITS_A (FIRST_A / (1 - AGAIN))
#define VISITS_B (1 / (1 - AGAIN))

static void
the_balance_of_each_phase_is_that_of_a_closed_form(void **state)
{
    struct trial trial;
    const struct steady *steady;

    (void)state;
    trial_open(&trial, "stock_phases.yaml");
    steady = &trial.plan->steady;
    assert_near(days_of(&trial, 0, "a.remand"), 40, 40 * 1e-3);
    assert_near(days_of(&trial, 0, "a.monitored"), 10, 10 * 1e-3);
    assert_near(days_of(&trial, 0, "a.sentence"), FIRST_A * DAYS_A, FIRST_A * DAYS_A * 1e-3);
    assert_near(steady_visits(steady, 0, (uint16_t)phase_of(&trial, "a.sentence")), VISITS_A,
                VISITS_A * 1e-3);
    assert_near(days_of(&trial, 0, "a.report"), VISITS_A * 0.5 * 20, VISITS_A * 10 * 1e-3);
    assert_near(days_of(&trial, 0, "a.probation"), VISITS_A * 15, VISITS_A * 15 * 1e-3);
    assert_near(days_of(&trial, 1, "b.call"), 25, 1e-9);
    assert_near(days_of(&trial, 1, "a.sentence"), 150, 150 * 1e-3);
    assert_near(days_of(&trial, 1, "a.report"), VISITS_B * 10, VISITS_B * 10 * 1e-3);
    trial_close(&trial);
}

/* Each of three classes goes round eight phases at random, one in nine each way and one on to the
 * sentence: 9 visits in the mean before it, the first of p0 and one of each. That many ways cannot
 * all be followed: each class took 16 seconds. */
static void
where_there_are_too_many_ways_the_balance_takes_no_longer(void **state)
{
    struct trial trial;
    clock_t begun = clock();
    char name[16];

    (void)state;
    trial_open(&trial, "many_ways.yaml");
    assert_true((double)(clock() - begun) / CLOCKS_PER_SEC < 30);
    for (uint16_t of_class = 0; of_class < 3; of_class++) {
        for (int i = 0; i < 8; i++) {
            snprintf(name, sizeof name, "%c.p%d", 'a' + of_class, i);
            assert_near(
                steady_visits(&trial.plan->steady, of_class, (uint16_t)phase_of(&trial, name)),
                i == 0 ? 2 : 1, 1e-6);
        }
        snprintf(name, sizeof name, "%c.s", 'a' + of_class);
        assert_near(steady_visits(&trial.plan->steady, of_class, (uint16_t)phase_of(&trial, name)),
                    1, 1e-6);
    }
    trial_close(&trial);
}

/* Of 300 days to serve, one in 20,000 d and one in 300 d rings; of remands with mean 60 d, one in
 * 6,000 d. */
static void
a_clock_that_hardly_ever_rings_is_not_lost(void **state)
{
    const double k = 1.0 / 20000 + 1.0 / 300, rings = 1 - exp(-300 * k);
    const double moved = 60.0 / 6060;
    struct trial trial;

    (void)state;
    trial_open(&trial, "stock_rare.yaml");
    assert_near(days_of(&trial, 0, "a.remand"), 1 / (1.0 / 60 + 1.0 / 6000), 0.06);
    assert_near(days_of(&trial, 0, "a.moved"), 50 * moved, 50 * moved * 0.01);
    assert_near(days_of(&trial, 1, "b.sentence"), rings / k, rings / k * 0.01);
    assert_near(days_of(&trial, 1, "b.recalled"), 50 * rings / k / 20000,
                50 * rings / k / 20000 * 0.01);
    assert_near(days_of(&trial, 1, "b.leave"), 10 * rings / k / 300, 10 * rings / k / 300 * 0.01);
    trial_close(&trial);
}

/* The phases of FILE at days of the result: EXPECTED people in each, on the first and on every
 * later day. N replications; the first days are as sure as later ones. */
static void
assert_flat(const char *file, int n, const char *const *phase, const double *expected,
            size_t phases, const int32_t *rows, size_t row_count)
{
    double value[100], error;
    struct trial trial;

    trial_open(&trial, file);
    double *all = calloc((size_t)n * phases * row_count, sizeof *all);
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        for (size_t p = 0; p < phases; p++)
            for (size_t i = 0; i < row_count; i++)
                all[((size_t)r * phases + p) * row_count + i] =
                    trial_value(&trial, "in_phase", phase_of(&trial, phase[p]), rows[i]);
    }
    for (size_t p = 0; p < phases; p++)
        for (size_t i = 0; i < row_count; i++) {
            for (int r = 0; r < n; r++)
                value[r] = all[((size_t)r * phases + p) * row_count + i];
            double mean = mean_of(value, n, &error);
            double bound = 4.5 * fmax(error, 0.05 * sqrt(expected[p] / n));
            if (!(fabs(mean - expected[p]) <= bound + 0.001 * expected[p]))
                fail_msg("%s: %s in row %d: got %.2f, expected %.2f within %.2f", file, phase[p],
                         rows[i], mean, expected[p], bound);
        }
    free(all);
    trial_close(&trial);
}

/* A clock of a million days rings within remands of 30 days three times in 100,000: whole lives
 * would find hardly anybody behind it. Those who are said to be there serve on for an exponential
 * time of 365 days: of 100 on the first day exp(-1/2 / 365) are there in the mean, on the thirtieth
 * exp(-29.5 / 365). */
static void
the_stock_of_a_phase_that_a_rare_clock_leads_to_stays(void **state)
{
    const double first = exp(-0.5 / 365), last = exp(-29.5 / 365);
    struct trial trial;

    (void)state;
    trial_open(&trial, "rare_clock.yaml");
    trial_run(&trial, 0);
    uint32_t sentence = phase_of(&trial, "c.sentence");
    assert_near(trial_value(&trial, "in_phase", sentence, 0), 100 * first,
                4.5 * sqrt(100 * first * (1 - first)));
    assert_near(trial_value(&trial, "in_phase", sentence, 29), 100 * last,
                4.5 * sqrt(100 * last * (1 - last)));
    trial_close(&trial);
}

static void
a_stock_in_balance_stays_so_phase_by_phase(void **state)
{
    static const char *const phase[] = {"a.remand", "a.monitored", "a.sentence",
                                        "a.report", "a.probation", "b.call"};
    static const int32_t rows[] = {0, 7, 30, 100, 300, 699};
    const double visits = 20 * VISITS_A + 3 * VISITS_B;
    const double expected[] = {800,         200,         20 * FIRST_A * DAYS_A + 3 * 150,
                               visits * 10, visits * 15, 75};

    (void)state;
    assert_flat("stock_phases.yaml", 60, phase, expected, 6, rows, 6);
}

/* 14.37 a day x 217.5 d (mean over 2e7 draws of max(0, share x sentence - remand)) and 11.8 x 200:
 * the 5,600 of the stock are shared so, and fall to that. */
static void
a_status_is_shared_by_mean_lengths_not_by_differences_of_means(void **state)
{
    static const char *const phase[] = {"a.sentence", "b.sentence"};
    static const int32_t late[] = {80, 95};
    const double a = 14.3685 * 217.5, b = 11.8 * 200;
    const double start[] = {5600 * a / (a + b), 5600 * b / (a + b)}, end[] = {a, b};

    (void)state;
    assert_flat("stock_weight.yaml", 40, phase, end, 2, late, 2);
    struct trial trial;
    trial_open(&trial, "stock_weight.yaml");
    for (int p = 0; p < 2; p++) {
        double sum = 0;
        for (uint64_t r = 0; r < 40; r++) {
            model_begin(trial.model, r);
            for (uint32_t i = 0; i < trial.plan->sites; i++)
                sum += (double)trial.model->site[i]
                           .now.line[LEVEL_PHASE + phase_of(&trial, phase[p])]
                           .v;
        }
        assert_near(sum / 40, start[p], 4.5 * sqrt(5600 * 0.57 * 0.43 / 40));
    }
    trial_close(&trial);
}

/* Class a: the clock C, exponential with mean 150, rings before a third of the sentence S,
 * exponential with mean 600, has passed; then 2/3 S - C is left: with k = 1/150 + 1/200 the mean
 * over all is (1/k^2 + 400/k) / 150. Class b: half end remand by sentence, after an exponential
 * with mean 75, which counts toward the 300 days to be served. */
static void
custody_before_is_what_the_clocks_have_left_of_it(void **state)
{
    static const char *const phase[] = {"a.until_earliest", "a.rest", "b.remand", "b.sentence"};
    static const int32_t rows[] = {0, 20, 50, 100, 200, 399};
    const double k = 1.0 / 150 + 1.0 / 200;
    const double expected[] = {20 / k, 20 * (1 / (k * k) + 400 / k) / 150, 40 * 75,
                               20 * (300 - 75 * (1 - exp(-4)))};

    (void)state;
    assert_flat("stock_clocks.yaml", 20, phase, expected, 4, rows, 6);
}

/* Flat at 2 x 60 x 30.4375 x 0.4 = 1,461, and a third of the stock are repeat offenders. */
static void
repeat_offence_goes_with_long_stays(void **state)
{
    static const char *const phase[] = {"a.until_earliest"};
    static const int32_t rows[] = {0, 6, 12, 24, 48, 95};
    const double expected[] = {2 * 60 * 30.4375 * 0.4};
    double repeat = 0, people = 0;
    struct trial trial;

    (void)state;
    assert_flat("stock_repeat.yaml", 40, phase, expected, 1, rows, 6);
    trial_open(&trial, "stock_repeat.yaml");
    for (uint64_t r = 0; r < 10; r++) {
        model_begin(trial.model, r);
        const struct site *site = &trial.model->site[0];
        for (uint32_t slot = 0; slot < site->used; slot++)
            repeat += site->person[slot].repeat;
        people += site->people;
    }
    assert_near(people, 14610, 0);
    assert_near(repeat / people, 1.0 / 3, 4.5 * sqrt(2.0 / 9 / people));
    trial_close(&trial);
}

/* One of the stock, and the site that it is in. */
struct found {
    struct person person;
    const char *site, *phase;
};

static int
by_name(const void *left, const void *right)
{
    const struct stream_name *a = &((const struct found *)left)->person.name;
    const struct stream_name *b = &((const struct found *)right)->person.name;

    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static size_t
everybody(const struct trial *trial, struct found *found)
{
    size_t count = 0;

    for (uint32_t i = 0; i < trial->plan->sites; i++) {
        const struct site *site = &trial->model->site[i];
        for (uint32_t slot = 0; slot < site->used; slot++) {
            assert_true(count < MOST_PEOPLE);
            found[count].person = site->person[slot];
            found[count].site = site->facility != NULL ? site->facility->name
                                                       : trial->scenario.regions.name[site->region];
            found[count++].phase = trial->plan->phase[site->person[slot].phase].name;
        }
    }
    qsort(found, count, sizeof *found, by_name);
    return count;
}

/* Who they are, what they were sentenced to and how long they have been where they are. */
static bool
same_person(const struct person *a, const struct person *b)
{
    return a->name.source == b->name.source && a->name.number == b->name.number &&
           a->sex == b->sex && a->residence == b->residence && a->repeat == b->repeat &&
           a->age == b->age && a->need == b->need && a->exclusions == b->exclusions &&
           a->status == b->status && a->sentence == b->sentence && a->earliest == b->earliest &&
           a->served == b->served && a->began == b->began && a->planned == b->planned &&
           a->due[CLOCK_PHASE] == b->due[CLOCK_PHASE] && a->clock == b->clock;
}

/* What is laid over a scenario moves nobody at the start. Of a prison that is not there the people
 * are in custody until the first round. */
static void
a_policy_leaves_the_people_of_the_start_as_they_are(void **state)
{
    static const char *const policies[] = {"closed", "intake",  "measure",
                                           "places", "pathway", "dropped"};
    static struct found base[MOST_PEOPLE], other[MOST_PEOPLE];
    struct trial world;

    (void)state;
    trial_open(&world, "world/base.yaml");
    for (size_t p = 0; p < sizeof policies / sizeof *policies; p++) {
        char file[64];
        struct trial policy;
        snprintf(file, sizeof file, "world/%s.yaml", policies[p]);
        trial_open(&policy, file);
        for (uint64_t r = 0; r < 3; r++) {
            model_begin(world.model, r);
            model_begin(policy.model, r);
            size_t count = everybody(&world, base), moved = 0;
            assert_int_equal(count, 286);
            assert_int_equal(everybody(&policy, other), count);
            for (size_t i = 0; i < count; i++) {
                bool dropped = strcmp(base[i].site, "Keep") == 0 && p == 5;
                moved += dropped;
                if (!same_person(&base[i].person, &other[i].person) && !dropped)
                    fail_msg("%s: person %zu of replication %d differs", policies[p], i, (int)r);
                assert_string_equal(base[i].phase, other[i].phase);
                assert_string_equal(dropped ? "north" : base[i].site, other[i].site);
            }
            assert_true(p == 5 ? moved > 20 : moved == 0);
        }
        trial_close(&policy);
    }
    trial_close(&world);
}

/* Rows that differ in `fresh` alone are other people: each draws for itself. Of 200 sentences of
 * 100 to 900 days no two are alike. */
static void
rows_that_differ_only_in_fresh_are_other_people(void **state)
{
    static struct found found[MOST_PEOPLE];
    struct trial trial;

    (void)state;
    trial_open(&trial, "stock_fresh.yaml");
    model_begin(trial.model, 0);
    size_t count = everybody(&trial, found);
    assert_int_equal(count, 200);
    for (size_t i = 1; i < count; i++) {
        assert_true(by_name(&found[i - 1], &found[i]) < 0);
        for (size_t j = 0; j < i; j++)
            assert_true(found[i].person.sentence != found[j].person.sentence);
    }
    trial_close(&trial);
}

/* Nobody of the start is another because lists are written in another order. */
static void
the_order_of_lists_moves_nobody(void **state)
{
    static struct found base[MOST_PEOPLE], other[MOST_PEOPLE];
    struct trial world, order;

    (void)state;
    trial_open(&world, "world/base.yaml");
    trial_open(&order, "world/order.yaml");
    for (uint64_t r = 0; r < 3; r++) {
        model_begin(world.model, r);
        model_begin(order.model, r);
        size_t count = everybody(&world, base);
        assert_int_equal(everybody(&order, other), count);
        for (size_t i = 0; i < count; i++) {
            assert_true(same_person(&base[i].person, &other[i].person));
            assert_string_equal(base[i].phase, other[i].phase);
            assert_string_equal(base[i].site, other[i].site);
        }
    }
    trial_close(&order);
    trial_close(&world);
}

/* Nobody is put into a phase in which nobody can be met: the run ends and says which. */
static void
a_stock_where_nobody_ever_is_ends_the_run(void **state)
{
    struct error err = {0};
    struct trial trial;

    (void)state;
    trial_open(&trial, "stock_nobody.yaml");
    assert_int_equal(model_run(trial.model, 0, &err), BAD_INPUT);
    assert_non_null(strstr(err.message, "a.sentence"));
    trial_close(&trial);
}

/* The prison that is closed on the first day holds its people on that day and nobody after the
 * first round, which is the first thing of the next. */
static void
a_prison_closed_on_the_first_day_empties_in_the_first_round(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "world/closed.yaml");
    model_begin(trial.model, 0);
    uint32_t jail = trial_facility(&trial, "Jail");
    int64_t before = trial.model->site[jail].population;
    assert_true(before > 50);
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "moves_closing", 0, 0), 0, 0);
    double moved = trial_value(&trial, "moves_closing", 0, 1);
    assert_true(moved > (double)before - 10 && moved <= (double)before);
    for (int32_t day = 2; day < 60; day++)
        assert_near(trial_value(&trial, "moves_closing", 0, day), 0, 0);
    assert_int_equal(trial.model->site[jail].population, 0);
    trial_close(&trial);
}

/* A measure on the first day reaches the stock in the first round: all whose phase only leads out.
 */
static void
a_measure_of_the_first_day_reaches_the_stock_in_the_first_round(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "world/measure.yaml");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "measure_on", 0, 0), 1, 0);
    assert_true(trial_value(&trial, "early_releases", 0, 1) >
                10 + trial_value(&trial, "early_releases", 0, 0));
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_balance_of_each_phase_is_that_of_a_closed_form),
        cmocka_unit_test(the_stock_of_a_phase_that_a_rare_clock_leads_to_stays),
        cmocka_unit_test(where_there_are_too_many_ways_the_balance_takes_no_longer),
        cmocka_unit_test(a_clock_that_hardly_ever_rings_is_not_lost),
        cmocka_unit_test(a_stock_in_balance_stays_so_phase_by_phase),
        cmocka_unit_test(a_status_is_shared_by_mean_lengths_not_by_differences_of_means),
        cmocka_unit_test(custody_before_is_what_the_clocks_have_left_of_it),
        cmocka_unit_test(repeat_offence_goes_with_long_stays),
        cmocka_unit_test(a_policy_leaves_the_people_of_the_start_as_they_are),
        cmocka_unit_test(rows_that_differ_only_in_fresh_are_other_people),
        cmocka_unit_test(the_order_of_lists_moves_nobody),
        cmocka_unit_test(a_stock_where_nobody_ever_is_ends_the_run),
        cmocka_unit_test(a_prison_closed_on_the_first_day_empties_in_the_first_round),
        cmocka_unit_test(a_measure_of_the_first_day_reaches_the_stock_in_the_first_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
