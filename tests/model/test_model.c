#include "tests/support.h"

#include "tests/models.h"

#define POPULATION "population", STATUS_CONVICTED

/* M/G/infinity started in balance: Poisson(430) from the first day. 200 replications. */
static void
a_stock_in_balance_stays_in_balance(void **state)
{
    const int n = 200, days[] = {0, 20, 100, 399};
    double sum[4] = {0};
    struct trial trial;

    (void)state;
    trial_open(&trial, "crowd.yaml");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        for (int i = 0; i < 4; i++)
            sum[i] += trial_value(&trial, POPULATION, days[i]);
    }
    for (int i = 0; i < 4; i++)
        assert_near(sum[i] / n, 430, 4.5 * sqrt(430.0 / n));
    trial_close(&trial);
}

/* The same for every distribution: 430 from the first day on. */
static void
a_stock_in_balance_stays_so_for_every_distribution(void **state)
{
    const char *const names[] = {"exponential", "gamma", "weibull",   "hyperexponential", "uniform",
                                 "triangular",  "fixed", "empirical", "mixture"};
    const int n = 60, days[] = {0, 30, 120, 399};

    (void)state;
    for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
        char file[64];
        double sum[4] = {0};
        struct trial trial;
        snprintf(file, sizeof file, "balance_%s.yaml", names[f]);
        trial_open(&trial, file);
        for (int r = 0; r < n; r++) {
            trial_run(&trial, (uint64_t)r);
            for (int i = 0; i < 4; i++)
                sum[i] += trial_value(&trial, POPULATION, days[i]);
        }
        for (int i = 0; i < 4; i++)
            assert_near(sum[i] / n, 430, 4.5 * sqrt(430.0 / n));
        trial_close(&trial);
    }
}

/* Started empty, M/G/infinity has 4.3 times the integral of the survival function up to t: with
 * mean 100, exponential 430 (1 - exp(-t / 100)); uniform from 0 to 200, 4.3 (t - t^2 / 400) up to
 * 430. The mean of a day lies at its middle. */
static void
an_empty_start_fills_as_it_should(void **state)
{
    const char *const files[] = {"empty.yaml", "empty_uniform.yaml"};
    const int n = 200, days[] = {10, 50, 100, 300};

    (void)state;
    for (int file = 0; file < 2; file++) {
        double sum[4] = {0};
        struct trial trial;
        trial_open(&trial, files[file]);
        for (int r = 0; r < n; r++) {
            trial_run(&trial, (uint64_t)r);
            for (int i = 0; i < 4; i++)
                sum[i] += trial_value(&trial, POPULATION, days[i]);
        }
        for (int i = 0; i < 4; i++) {
            double t = days[i] + 0.5, upto = fmin(t, 200);
            double expected =
                file == 0 ? 430 * (1 - exp(-t / 100)) : 4.3 * (upto - upto * upto / 400);
            assert_near(sum[i] / n, expected, 4.5 * sqrt(expected / n));
        }
        trial_close(&trial);
    }
}

/* The share of time that a birth-death chain (arrivals 27 per mean stay, no limit) spends after
 * going above HIGH and before falling below LOW: stationary weights of (n, on) by sweeping the
 * balance equations. */
static double
hysteresis_share(int low, int high)
{
    enum { MOST = 120 };
    static double weight[2][MOST + 1];
    double on = 0, all = 0;

    for (int n = 0; n <= MOST; n++)
        weight[0][n] = weight[1][n] = 1;
    for (int sweep = 0; sweep < 20000; sweep++)
        for (int k = 0; k < 2; k++)
            for (int n = 0; n <= MOST; n++) {
                bool exists = k == 0 ? n <= high : n >= low;
                double in = 0, out = (n < MOST ? 27 : 0) + n;
                if (n > 0) /* an arrival: on from HIGH + 1 on */
                    in += 27 * (k == 1 ? weight[1][n - 1] + (n == high + 1 ? weight[0][n - 1] : 0)
                                       : weight[0][n - 1]);
                if (n < MOST) /* a departure: off below LOW */
                    in +=
                        (n + 1) * (k == 0 ? weight[0][n + 1] + (n == low - 1 ? weight[1][n + 1] : 0)
                                          : weight[1][n + 1]);
                weight[k][n] = exists ? in / out : 0;
            }
    for (int n = 0; n <= MOST; n++) {
        on += weight[1][n];
        all += weight[0][n] + weight[1][n];
    }
    return on / all;
}

/* A trigger on a population that it does not touch: 27 erlang, on above 30, off below 24, looked at
 * every thousandth of a mean stay. 30 replications. */
static void
a_trigger_is_on_as_long_as_a_birth_death_chain_says(void **state)
{
    const int n = 30;
    double share[30], mean, error;
    struct trial trial;

    (void)state;
    trial_open(&trial, "hysteresis.yaml");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        share[r] = trial_mean(&trial, "measure_on", 0);
    }
    mean = mean_of(share, n, &error);
    assert_near(mean, hysteresis_share(24, 30), 4.5 * error);
    trial_close(&trial);
}

/* Erlang B at 25 erlang and 30 places: published exact 0.0526031722 (data/published, refuse-30),
 * for any stay with the mean 100 d. Refusals of 20 x 5000 arrivals, in clusters: batch standard
 * error. */
static void
a_house_that_refuses_follows_erlang(void **state)
{
    const int n = 20;
    double share[20], residents[20], mean, error;
    struct trial trial;

    (void)state;
    trial_open(&trial, "refuse.yaml");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        share[r] = trial_sum(&trial, "refused", 0) / trial_sum(&trial, "arrivals", 0);
        residents[r] = trial_mean(&trial, POPULATION);
    }
    mean = mean_of(share, n, &error);
    assert_near(mean, 0.0526031722281, 4.5 * error);
    mean = mean_of(residents, n, &error);
    assert_near(mean, 23.6849206943, 4.5 * error);
    trial_close(&trial);
}

/* Erlang C at 27 erlang and 30 places: mean waiting 4.2427 (data/published, wait-30). */
static void
a_waiting_list_follows_erlang(void **state)
{
    const int n = 20;
    double waiting[20], mean, error;
    struct trial trial;

    (void)state;
    trial_open(&trial, "wait.yaml");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        waiting[r] = trial_mean(&trial, "at_the_door", 0);
    }
    mean = mean_of(waiting, n, &error);
    assert_near(mean, 4.24267532952, 4.5 * error);
    trial_close(&trial);
}

/* Erlang C again, at a desk with places for 30 cases: 4.2427 wait their turn at 27 erlang
 * (data/published, wait-30). Served in the facility it is exact; served by a round of an eighth of
 * a day a place stays empty for half a round and a case waits as much: 27 * 0.0625 / 100 = 0.02
 * erlang more. */
static void
a_desk_with_places_follows_erlang(void **state)
{
    const char *const files[] = {"desk.yaml", "desk_nation.yaml"};
    const int n = 20;

    (void)state;
    for (int f = 0; f < 2; f++) {
        double waiting[20], running[20], mean, error;
        struct trial trial;
        trial_open(&trial, files[f]);
        for (int r = 0; r < n; r++) {
            trial_run(&trial, (uint64_t)r);
            waiting[r] = trial_mean(&trial, "desk_queue", 0);
            running[r] = trial_mean(&trial, "at_desk", 0) - waiting[r];
        }
        /* Little: who waits at the desk is at the desk; running cases are 27 in the mean */
        mean = mean_of(running, n, &error);
        assert_near(mean, 27, 4.5 * error);
        mean = mean_of(waiting, n, &error);
        assert_near(mean, 4.24267532952, 4.5 * error);
        trial_close(&trial);
    }
}

/* A tenth more intake adds people and leaves all others as they were: with nobody in anybody's way,
 * the larger population is never below the smaller one, in any moment of any replication. */
static void
more_intake_only_adds_people(void **state)
{
    struct trial base, more;
    double added = 0;

    (void)state;
    trial_open(&base, "crowd.yaml");
    trial_open(&more, "crowd_more.yaml");
    for (int r = 0; r < 5; r++) {
        trial_run(&base, (uint64_t)r);
        trial_run(&more, (uint64_t)r);
        for (int32_t day = 0; day < base.plan->result_days; day++) {
            double difference =
                trial_value(&more, POPULATION, day) - trial_value(&base, POPULATION, day);
            assert_true(difference >= 0);
            added += difference;
        }
    }
    assert_true(added > 0);
    trial_close(&base);
    trial_close(&more);
}

/* Who came is inside, elsewhere or has left by a counted exit. */
static void
nobody_is_lost(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "small.yaml");
    for (int r = 0; r < 5; r++) {
        int64_t people = 0, arrived = 0, left = 0;
        trial_run(&trial, (uint64_t)r);
        for (uint32_t i = 0; i < trial.plan->sites; i++) {
            const struct site *site = &trial.model->site[i];
            people += site->people;
            arrived += site->now.flow[FLOW_ARRIVED];
            for (uint32_t exit = 0; exit < trial.plan->exits; exit++)
                left += site->now.flow[FLOWS_FIXED + exit];
        }
        assert_int_equal(stock_people(trial.model), 370);
        assert_int_equal(stock_people(trial.model) + arrived, people + left);
    }
    trial_close(&trial);
}

/* The four parts of crowding are never negative and add up to the people above capacity; what each
 * is, test_crowding.c holds by hand. */
static void
the_four_parts_add_up(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "small.yaml");
    trial_run(&trial, 0);
    const struct model *model = trial.model;
    for (int32_t day = 0; day < trial.plan->result_days; day++)
        for (uint32_t part = 0; part < CROWDING_PARTS; part++)
            assert_true(trial_value(&trial, "crowding", part, day) >= 0);
    int64_t above = 0;
    for (uint32_t i = 0; i < trial.plan->facilities; i++)
        if (model->site[i].facility->counted && model->site[i].population > model->site[i].capacity)
            above += model->site[i].population - model->site[i].capacity;
    int64_t sum = 0;
    for (int part = 0; part < CROWDING_PARTS; part++)
        sum += record_crowding(model)[part];
    assert_int_equal(sum, above);
    trial_close(&trial);
}

/* By hand: 5 and 4 too many; group 0 (5 and 1 people) fits place 0 only, group 1 (2 and 6) both.
 * Room 3 and 4. The greedy start can take place 0 for group 1; the most is 7, all the room. */
static void
the_flow_finds_the_most_that_can_move(void **state)
{
    struct crowding c;

    (void)state;
    assert_true(crowding_create(&c, 4, 2));
    c.from = c.to = 2;
    c.surplus[0] = 5;
    c.surplus[1] = 4;
    c.people[0] = 5;
    c.people[1] = 2;
    c.people[2] = 1;
    c.people[3] = 6;
    c.room[0] = 3;
    c.room[1] = 4;
    c.accepts[0] = 1; /* group 0: place 0 */
    c.accepts[1] = 0;
    c.accepts[2] = 1; /* group 1: both */
    c.accepts[3] = 1;
    assert_int_equal(crowding_flow(&c), 7);
    c.surplus[0] = 5;
    c.surplus[1] = 4;
    c.room[0] = 0;
    c.room[1] = 9;
    assert_int_equal(crowding_flow(&c), 6); /* group 1 alone: 2 from the first, 4 from the second */
    crowding_free(&c);
}

static void
an_overlay_changes_one_of_two_that_share_an_anchor(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "shared_over.yaml");
    assert_near(distribution_mean(trial.plan->phase[0].stay), 20, 1e-9);
    assert_near(distribution_mean(trial.plan->phase[1].stay), 10, 1e-9);
    trial_close(&trial);
}

/* By hand. Court: two cases until day 10, the third waits from day 3 until a place is free there:
 * at once with the facility's own desk, at the round of day 11 with the region's; it ends ten days
 * later. The other desk: two cases of 2 days come on day 4, one waits until day 6. */
static void
cases_of_the_stock_hold_their_places(void **state)
{
    const char *const files[] = {"desk_stock.yaml", "desk_stock_region.yaml"};
    enum { OTHER, COURT };

    (void)state;
    for (int file = 0; file < 2; file++) {
        struct trial trial;
        trial_open(&trial, files[file]);
        trial_run(&trial, 0);
        int32_t turn = file == 0 ? 10 : 11;
        for (int32_t day = 0; day < 30; day++) {
            int here = (day < 10 ? 2 : 0) + (day < turn + 10) + (day < 6) + (day < 8);
            assert_near(trial_value(&trial, "desk_queue", COURT, day), day >= 3 && day < turn,
                        1e-6);
            assert_near(trial_value(&trial, "desk_queue", OTHER, day), day >= 4 && day < 6, 1e-6);
            assert_near(trial_value(&trial, "population", STATUS_REMAND, day), here, 1e-6);
        }
        trial_close(&trial);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_in_balance_stays_in_balance),
        cmocka_unit_test(a_stock_in_balance_stays_so_for_every_distribution),
        cmocka_unit_test(an_empty_start_fills_as_it_should),
        cmocka_unit_test(a_trigger_is_on_as_long_as_a_birth_death_chain_says),
        cmocka_unit_test(a_house_that_refuses_follows_erlang),
        cmocka_unit_test(a_waiting_list_follows_erlang),
        cmocka_unit_test(a_desk_with_places_follows_erlang),
        cmocka_unit_test(cases_of_the_stock_hold_their_places),
        cmocka_unit_test(more_intake_only_adds_people),
        cmocka_unit_test(nobody_is_lost),
        cmocka_unit_test(an_overlay_changes_one_of_two_that_share_an_anchor),
        cmocka_unit_test(the_four_parts_add_up),
        cmocka_unit_test(the_flow_finds_the_most_that_can_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
