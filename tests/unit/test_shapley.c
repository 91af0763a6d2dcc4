/* Shares of games whose answer is known; what is sampled lies within its error, and all adds up. */

#include "tests/support.h"

#include "analysis/shapley.h"

#include <string.h>

enum { MOST = 16 };

/* What the game of S is worth. */
typedef int64_t game(uint64_t set);

static int64_t
bit(uint64_t set, int player)
{
    return (int64_t)(set >> player & 1);
}

/* Split WORTH of PLAYERS; SHARE is divided. Everything must add up exactly. */
static void
split(game *worth, size_t players, size_t orders, int64_t *alone, int64_t *last, double *share,
      double *error)
{
    struct shapley s;
    struct error err = {0};
    shapley_wide whole[MOST], sum = 0;

    assert_int_equal(shapley_create(&s, players, orders, 7, &err), OK);
    int64_t *value = calloc(s.sets, sizeof *value);
    double *real = calloc(s.sets, sizeof *real);
    assert_non_null(value);
    assert_non_null(real);
    for (size_t i = 0; i < s.sets; i++)
        real[i] = (double)(value[i] = worth(s.set[i]));
    shapley_split(&s, value, alone, last, whole);
    shapley_error(&s, real, error);
    for (size_t i = 0; i < players; i++) {
        sum += whole[i];
        share[i] = (double)whole[i] / (double)shapley_divisor(&s);
    }
    shapley_wide total = value[s.sets - 1] - value[0];
    assert_true(sum == total * shapley_divisor(&s));
    free(value);
    free(real);
    shapley_free(&s);
}

/* a1 = 700, a2 = -30, and 11 of both together: a + b / 2. */
static int64_t
two(uint64_t set)
{
    return 1000 + 700 * bit(set, 0) - 30 * bit(set, 1) + 11 * bit(set, 0) * bit(set, 1);
}

static void
two_share_their_interaction_in_halves(void **state)
{
    int64_t alone[2], last[2];
    double share[2], error[2];

    (void)state;
    split(two, 2, 0, alone, last, share, error);
    assert_int_equal(alone[0], 700);
    assert_int_equal(alone[1], -30);
    assert_int_equal(last[0], 711);
    assert_int_equal(last[1], -19);
    assert_near(share[0], 705.5, 0);
    assert_near(share[1], -24.5, 0);
    assert_near(error[0], 0, 0);
}

/* Littlechild and Owen 1973: a runway costs what its largest aircraft needs; each piece is shared
 * by those who need it. Lengths 1, 2, ... n: share i is the sum of 1 / (n - k + 1) for k up to i.
 */
static int64_t
airport(uint64_t set)
{
    int64_t longest = 0;

    for (int i = 0; i < MOST; i++)
        longest = bit(set, i) ? 2520 * (i + 1) : longest;
    return longest;
}

static double
airport_share(size_t n, size_t i)
{
    double share = 0;

    for (size_t k = 1; k <= i + 1; k++)
        share += 2520.0 / (double)(n - k + 1);
    return share;
}

static void
a_runway_is_shared_by_those_who_need_it(void **state)
{
    int64_t alone[8], last[8];
    double share[8], error[8];

    (void)state;
    split(airport, 8, 0, alone, last, share, error);
    for (size_t i = 0; i < 8; i++)
        assert_near(share[i], airport_share(8, i), 1e-9);
}

/* One left glove and two right ones (Shapley 1953's market): 2/3, 1/6, 1/6. */
static int64_t
gloves(uint64_t set)
{
    return 6 * bit(set, 0) * (bit(set, 1) | bit(set, 2));
}

static void
a_pair_of_gloves_is_worth_most_to_the_rare_one(void **state)
{
    int64_t alone[3], last[3];
    double share[3], error[3];

    (void)state;
    split(gloves, 3, 0, alone, last, share, error);
    assert_near(share[0], 4, 0);
    assert_near(share[1], 1, 0);
    assert_near(share[2], 1, 0);
}

static int64_t
additive(uint64_t set)
{
    int64_t sum = 5;

    for (int i = 0; i < MOST; i++)
        sum += bit(set, i) * (i + 1) * (i % 2 == 0 ? 10 : -10);
    return sum;
}

static void
sampled_orders_are_exact_where_nothing_interacts(void **state)
{
    int64_t alone[12], last[12];
    double share[12], error[12];

    (void)state;
    split(additive, 12, 10, alone, last, share, error);
    for (size_t i = 0; i < 12; i++) {
        assert_near(share[i], (double)alone[i], 1e-9);
        assert_near(share[i], (double)last[i], 1e-9);
        assert_near(error[i], 0, 1e-9);
    }
}

/* Ten aircraft, 400 orders in 200 pairs: within 4.5 standard errors of sampling. */
static void
sampled_orders_are_within_their_error(void **state)
{
    int64_t alone[10], last[10];
    double share[10], error[10];

    (void)state;
    split(airport, 10, 400, alone, last, share, error);
    for (size_t i = 0; i < 10; i++) {
        assert_true(error[i] > 0);
        assert_near(share[i], airport_share(10, i), 4.5 * error[i]);
    }
}

static void
orders_come_in_pairs_each_with_its_reverse(void **state)
{
    struct shapley s;
    struct error err = {0};

    (void)state;
    assert_int_equal(shapley_create(&s, 9, 5, 1, &err), OK);
    assert_int_equal(s.orders, 6);
    for (size_t o = 0; o < s.orders; o += 2)
        for (size_t i = 0; i < 9; i++)
            assert_int_equal(s.order[o * 9 + i], s.order[(o + 1) * 9 + 8 - i]);
    for (size_t i = 1; i < s.sets; i++)
        assert_true(s.set[i - 1] < s.set[i]);
    assert_true(shapley_index(&s, 0) == 0 && shapley_index(&s, 511) == s.sets - 1);
    for (size_t i = 0; i < 9; i++)
        assert_true(shapley_index(&s, UINT64_C(1) << i) != SIZE_MAX);
    shapley_free(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_share_their_interaction_in_halves),
        cmocka_unit_test(a_runway_is_shared_by_those_who_need_it),
        cmocka_unit_test(a_pair_of_gloves_is_worth_most_to_the_rare_one),
        cmocka_unit_test(sampled_orders_are_exact_where_nothing_interacts),
        cmocka_unit_test(sampled_orders_are_within_their_error),
        cmocka_unit_test(orders_come_in_pairs_each_with_its_reverse),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
