/* How often intervals of 95 % hold what is true, where that is known in closed form: queues in
 * balance, begun in balance, so that the mean of a run of any length is that of a customer.
 * DOORSTROOM_REPEATS says how often each is tried; make test-long says 5,000. */

#include "tests/support.h"

#include "analysis/interval.h"
#include "analysis/long_run.h"
#include "analysis/statistics.h"
#include "sim/engine/stream.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MOST = 400 };
enum { GAPS, SERVICES, START, OTHERS }; /* purposes of streams */

static size_t
repeats(size_t few)
{
    const char *many = getenv("DOORSTROOM_REPEATS");

    return many != NULL ? strtoul(many, NULL, 10) : few;
}

/* Of so many intervals of 95 %, 4.5 standard errors. */
static double
bound(size_t of)
{
    return 4.5 * sqrt(0.95 * 0.05 / (double)of);
}

/* Of means, from 5,000 on, 94.1 to 95.9 %, which are 2.9. */
static double
bound_of_means(size_t of)
{
    return of >= 5000 ? 0.009 : bound(of);
}

static void
assert_coverage(size_t held, size_t of, double within)
{
    double share = (double)held / (double)of;

    print_message("%zu of %zu intervals hold it: %.2f %%\n", held, of, 100 * share);
    assert_near(share, 0.95, within);
}

static bool
holds(double low, double high, double truth)
{
    return low <= truth && truth <= high;
}

/* Two servers and one line: how long each will be busy, the next to be free first (Kiefer and
 * Wolfowitz 1955). Customers arrive once in a unit of time. */
struct servers {
    double busy[2];
    double service; /* mean; the load is half of it */
};

static void
serve(struct servers *servers, double service)
{
    double first = servers->busy[0] + service, second = servers->busy[1];

    servers->busy[0] = fmin(first, second);
    servers->busy[1] = fmax(first, second);
}

/* As a customer finds them in balance: nobody with chance (1 - load) / (1 + load), else one or more
 * with a geometric number beyond the first; what is left of an exponential service is as a new one.
 * Systems that start from one stream have the same chance in them. */
static void
start_in_balance(struct servers *servers, double service, struct stream stream)
{
    double load = service / 2, nobody = (1 - load) / (1 + load);
    double chance = 1 - stream_uniform_open(&stream); /* of a number at least so large */

    *servers = (struct servers){.service = service};
    for (double tail = 1 - nobody; chance < tail; tail *= load)
        serve(servers, service * stream_exponential(&stream));
}

/* Erlang's C for two servers is 2 load^2 / (1 + load); who waits, waits on average service / 2 /
 * (1 - load). Erlang 1917. */
static double
mean_wait(double service)
{
    double load = service / 2;

    return 2 * load * load / (1 + load) * service / 2 / (1 - load);
}

static struct stream
stream_of(uint64_t run, uint32_t purpose)
{
    struct stream stream;

    stream_open(&stream, 1917, run, purpose, (struct stream_name){1, 1}, 0);
    return stream;
}

/* The mean wait of CUSTOMERS in two systems with the same people: MEAN [2]. */
static void
run_both(const double service[2], uint64_t run, int customers, double mean[2])
{
    struct servers servers[2];
    struct stream gaps = stream_of(run, GAPS), services = stream_of(run, SERVICES);

    for (int s = 0; s < 2; s++) {
        start_in_balance(&servers[s], service[s], stream_of(run, START));
        mean[s] = 0;
    }
    for (int i = 0; i < customers; i++) {
        double gap = stream_exponential(&gaps), work = stream_exponential(&services);
        for (int s = 0; s < 2; s++) {
            mean[s] += servers[s].busy[0] / customers;
            serve(&servers[s], servers[s].service * work);
            servers[s].busy[0] = fmax(0, servers[s].busy[0] - gap);
            servers[s].busy[1] = fmax(0, servers[s].busy[1] - gap);
        }
    }
}

/* Twenty runs of M/M/2 with a load of 0.7, and beside each one with 0.63 for the same people. Means
 * of 20,000 customers are near normal: their skewness, 0.32, and that of the differences, 0.44,
 * take 0.1 and 0.2 % off the 95 % that hold (Hall 1988: 0.25 skewness^2 / runs). */
static void
intervals_of_means_and_paired_differences_hold_erlangs(void **state)
{
    enum { RUNS = 20, CUSTOMERS = 20000 };
    static const double service[2] = {1.4, 1.26};
    double truth = mean_wait(service[0]), apart = truth - mean_wait(service[1]);
    size_t sets = repeats(1000), held = 0, held_apart = 0;
    double wait[RUNS], difference[RUNS], work[RUNS];

    (void)state;
    for (size_t set = 0; set < sets; set++) {
        for (size_t r = 0; r < RUNS; r++) {
            double mean[2];
            run_both(service, set * RUNS + r, CUSTOMERS, mean);
            wait[r] = mean[0];
            difference[r] = mean[0] - mean[1];
        }
        struct estimate one = estimate_make(wait, 1, RUNS, NULL, work);
        struct estimate two = estimate_make(difference, 1, RUNS, NULL, work);
        held += holds(one.low, one.high, truth);
        held_apart += holds(two.low, two.high, apart);
    }
    assert_coverage(held, sets, bound_of_means(sets));
    assert_coverage(held_apart, sets, bound_of_means(sets));
}

/* M/M/1 with a load of 0.5: the wait of the next is what is left of that of the last and their
 * service when they come (Lindley 1952); mean 0.5 / (1 - 0.5) services. In balance it is 0 with
 * chance 0.5, else exponential with a mean of 2. A batch is 3,333 customers and what one says of
 * the next fades within some ten, so that 95 % should hold it, less 0.1 % for the batches'
 * skewness. */
static void
intervals_of_batch_means_hold_that_of_one_long_queue(void **state)
{
    enum { CUSTOMERS = 100000 };
    size_t runs = repeats(1000), held = 0;
    double *wait = calloc(CUSTOMERS, sizeof *wait);

    (void)state;
    for (uint64_t run = 0; run < runs; run++) {
        struct stream gaps = stream_of(run, GAPS), services = stream_of(run, SERVICES),
                      start = stream_of(run, START);
        double next = stream_uniform_open(&start) < 0.5 ? 2 * stream_exponential(&start) : 0;
        for (size_t i = 0; i < CUSTOMERS; i++) {
            wait[i] = next;
            next = fmax(0, next + stream_exponential(&services) - 2 * stream_exponential(&gaps));
        }
        struct long_run mean = long_run_batches(wait, CUSTOMERS, 0, LONG_RUN_BATCHES);
        held += holds(mean.low, mean.high, 1);
    }
    free(wait);
    assert_coverage(held, runs, bound_of_means(runs));
}

/* SETS of draws, normal with a variance of 1 between and 1 within, of REPLICATIONS each: how often
 * the interval of the quantile P holds it. */
static size_t
quantiles_held(size_t sets, double p, size_t draws, size_t replications)
{
    static double value[MOST], work[2 * MOST];
    static uint64_t draw[MOST];
    double truth = sqrt(2) * gsl_cdf_ugaussian_Pinv(p);
    size_t held = 0;

    for (uint64_t set = 0; set < sets; set++) {
        struct stream stream = stream_of(set, OTHERS);
        for (size_t d = 0; d < draws; d++) {
            double mean = gsl_cdf_ugaussian_Pinv(stream_uniform_open(&stream));
            for (size_t i = d * replications; i < (d + 1) * replications; i++) {
                value[i] = mean + gsl_cdf_ugaussian_Pinv(stream_uniform_open(&stream));
                draw[i] = d;
            }
        }
        struct interval q = interval_quantile(value, draws * replications, draw, p, work);
        held += !(truth < q.low) && !(truth > q.high); /* an end that is NaN is further out */
    }
    return held;
}
/* 20 draws of ten replications, at the middle and in the tail. Woodruff's interval is held by
 * theory as often as it says only where draws are many. */
static void
intervals_of_quantiles_hold_them_where_replications_share_draws(void **state)
{
    size_t sets = repeats(4000);

    (void)state;
    assert_coverage(quantiles_held(sets, 0.5, 20, 10), sets, bound(sets));
    assert_coverage(quantiles_held(sets, 0.9, 20, 10), sets, bound(sets));
}

/* 20 draws of a chance between 0.2 and 0.8, each tried ten times: one half. */
static void
intervals_of_shares_hold_them_where_replications_share_draws(void **state)
{
    enum { DRAWS = 20, EACH = 10 };
    double yes[DRAWS * EACH], work[2 * DRAWS * EACH];
    uint64_t draw[DRAWS * EACH];
    size_t sets = repeats(4000), held = 0;

    (void)state;
    for (uint64_t set = 0; set < sets; set++) {
        struct stream stream = stream_of(set, OTHERS);
        double chance = 0;
        for (size_t i = 0; i < DRAWS * EACH; i++) {
            if (i % EACH == 0)
                chance = 0.2 + 0.6 * stream_uniform(&stream);
            yes[i] = stream_uniform(&stream) < chance;
            draw[i] = i / EACH;
        }
        struct interval share = interval_share(yes, DRAWS * EACH, draw, work);
        held += holds(share.low, share.high, 0.5);
    }
    /* Clopper and Pearson's holds at least as often as it says, and here little more often. */
    print_message("%zu of %zu intervals hold it\n", held, sets);
    assert_true((double)held / (double)sets > 0.95 - bound(sets));
    assert_true((double)held / (double)sets < 0.985);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_of_means_and_paired_differences_hold_erlangs),
        cmocka_unit_test(intervals_of_batch_means_hold_that_of_one_long_queue),
        cmocka_unit_test(intervals_of_quantiles_hold_them_where_replications_share_draws),
        cmocka_unit_test(intervals_of_shares_hold_them_where_replications_share_draws),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
