#include "support.h"

#include "models.h"

#define POPULATION (LEVEL_POPULATION + CONVICTED)

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
            sum[i] += trial_level(&trial, days[i], POPULATION);
    }
    for (int i = 0; i < 4; i++)
        assert_near(sum[i] / n, 430, 4.5 * sqrt(430.0 / n));
    trial_close(&trial);
}

/* Erlang B at 25 erlang and 30 places: published exact 0.0526031722 (data/published, refuse-30), for any
 * stay with the mean 100 d. Refusals of 20 x 5000 arrivals, in clusters: batch standard error. */
static void
a_house_that_refuses_follows_erlang(void **state)
{
    const int n = 20;
    double share[20], mean = 0, square = 0, residents = 0;
    struct trial trial;

    (void)state;
    trial_open(&trial, "refuse.yaml");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        share[r] = trial_sum(&trial, FLOW_REFUSED) / trial_sum(&trial, FLOW_ARRIVED);
        residents += trial_mean(&trial, POPULATION) / n;
        mean += share[r] / n;
    }
    for (int r = 0; r < n; r++)
        square += (share[r] - mean) * (share[r] - mean);
    assert_near(mean, 0.0526031722281, 4.5 * sqrt(square / n / (n - 1)));
    assert_near(residents, 23.6849206943, 0.25);
    trial_close(&trial);
}

/* Erlang C at 27 erlang and 30 places: mean waiting 4.2427 (data/published, wait-30). */
static void
a_waiting_list_follows_erlang(void **state)
{
    const int n = 20;
    double waiting[20], mean = 0, square = 0;
    struct trial trial;

    (void)state;
    trial_open(&trial, "wait.yaml");
    for (int r = 0; r < n; r++) {
        trial_run(&trial, (uint64_t)r);
        waiting[r] = trial_mean(&trial, LEVEL_DOOR);
        mean += waiting[r] / n;
    }
    for (int r = 0; r < n; r++)
        square += (waiting[r] - mean) * (waiting[r] - mean);
    assert_near(mean, 4.24267532952, 4.5 * sqrt(square / n / (n - 1)));
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_in_balance_stays_in_balance),
        cmocka_unit_test(a_house_that_refuses_follows_erlang),
        cmocka_unit_test(a_waiting_list_follows_erlang),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
