/* Counts spread over sites and statuses: expected numbers are worked out by hand beside each. */

#include "tests/support.h"

#include "analysis/spread.h"

#include "sim/engine/stream.h"

#include <string.h>

#define MOST 40

enum { R = STATUS_REMAND, C = STATUS_CONVICTED, I = STATUS_INTERNEE };

/* Two regions: sites 0 and 1 in the first, 2 in the second. Remand 60, 30, 10; convicted 40, 60,
 * 100; no internees. */
static const struct spread_site three[] = {{0, true}, {0, true}, {1, true}};
static const double before_three[] = {60, 40, 0, 30, 60, 0, 10, 100, 0};

static int
solve(const struct spread_count *count, size_t counts, int64_t *people, size_t *wrong,
      struct error *err)
{
    struct spread spread = {.site = three,
                            .sites = 3,
                            .regions = 2,
                            .before = before_three,
                            .count = count,
                            .counts = counts,
                            .people = people};
    int status = spread_solve(&spread, err);

    *wrong = spread.wrong;
    return status;
}

/* The three sites get remand A0.. and convicted B0.. by COUNT. */
static void
expect(const struct spread_count *count, size_t counts, const int64_t remand[3],
       const int64_t convicted[3])
{
    int64_t people[9];
    size_t wrong;
    struct error err = {0};

    if (solve(count, counts, people, &wrong, &err) != OK)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(people[i * STATUSES + R], remand[i]);
        assert_int_equal(people[i * STATUSES + C], convicted[i]);
        assert_int_equal(people[i * STATUSES + I], 0);
    }
}

/* 10 of 3, 3 and 1: 4.29, 4.29 and 1.43, so the tenth goes to the last. 7 of 1, 1 and 2: 1.75, 1.75
 * and 3.5: the first two. Equal remainders: the first of them. */
static void
a_total_goes_to_the_largest_remainders(void **state)
{
    const double weight[] = {3, 3, 1}, other[] = {1, 1, 2}, equal[] = {1, 1}, none[] = {0, 0};
    int64_t part[3];
    struct error err = {0};

    (void)state;
    assert_int_equal(spread_total(10, weight, 3, part, &err), OK);
    assert_true(part[0] == 4 && part[1] == 4 && part[2] == 2);
    assert_int_equal(spread_total(7, other, 3, part, &err), OK);
    assert_true(part[0] == 2 && part[1] == 2 && part[2] == 3);
    assert_int_equal(spread_total(3, equal, 2, part, &err), OK);
    assert_true(part[0] == 2 && part[1] == 1);
    assert_int_equal(spread_total(3, none, 2, part, &err), OK);
    assert_true(part[0] == 3 && part[1] == 0);
}

/* 133 of 60, 30, 10: 79.8, 39.9, 13.3: one each to the second and the first. */
static void
a_count_of_all_is_spread_as_they_were(void **state)
{
    const struct spread_count count[] = {{SPREAD_NATION, 0, R, 133}};

    (void)state;
    expect(count, 1, (const int64_t[]){80, 40, 13}, (const int64_t[]){40, 60, 100});
}

/* 70 are fixed; 63 are left for 30 and 10: 47.25 and 15.75. */
static void
what_is_counted_by_site_is_taken_and_the_rest_is_spread(void **state)
{
    const struct spread_count count[] = {{SPREAD_NATION, 0, R, 133}, {SPREAD_SITE, 0, R, 70}};

    (void)state;
    expect(count, 2, (const int64_t[]){70, 47, 16}, (const int64_t[]){40, 60, 100});
}

/* 45 over 60 and 30 of the first region: 30 and 15; 55 are left for the second. */
static void
a_count_of_a_region_is_spread_in_it(void **state)
{
    const struct spread_count count[] = {{SPREAD_REGION, 0, R, 45}, {SPREAD_NATION, 0, R, 100}};

    (void)state;
    expect(count, 2, (const int64_t[]){30, 15, 55}, (const int64_t[]){40, 60, 100});
    expect(count, 1, (const int64_t[]){30, 15, 10}, (const int64_t[]){40, 60, 100});
}

/* 50 people in the site with 60 and 40: 30 and 20. */
static void
a_count_of_all_statuses_keeps_their_shares(void **state)
{
    const struct spread_count count[] = {{SPREAD_SITE, 0, SPREAD_ANY, 50}};

    (void)state;
    expect(count, 1, (const int64_t[]){30, 30, 10}, (const int64_t[]){20, 60, 100});
}

/* 110 in the first site, 80 in the second, 95 on remand in both. Scaling keeps the odds ratio
 * 60 x 60 / (40 x 30) = 3: x (x - 15) = 3 (110 - x) (95 - x) for x on remand in the first, so
 * x = 150 - sqrt(6825) = 67.386; the others are 42.614, 27.614, 52.386. Rounded down 67, 42, 27,
 * 52; one more in each row and column goes to the remainders .614. */
static void
counts_that_cross_hold_together(void **state)
{
    const struct spread_count count[] = {{SPREAD_SITE, 0, SPREAD_ANY, 110},
                                         {SPREAD_SITE, 1, SPREAD_ANY, 80},
                                         {SPREAD_REGION, 0, R, 95}};

    (void)state;
    expect(count, 3, (const int64_t[]){67, 28, 10}, (const int64_t[]){43, 52, 100});
}

static void
a_site_that_is_not_counted_stands_alone(void **state)
{
    static const struct spread_site site[] = {{0, true}, {0, false}};
    const double before[] = {10, 30, 0, 0, 0, 20};
    const struct spread_count count[] = {{SPREAD_NATION, 0, SPREAD_ANY, 80},
                                         {SPREAD_SITE, 1, SPREAD_ANY, 25}};
    int64_t people[2 * STATUSES];
    bool told[2 * STATUSES];
    struct error err = {0};
    struct spread spread = {site, 2, 1, before, count, 2, people, told, 0};

    (void)state;
    assert_int_equal(spread_solve(&spread, &err), OK);
    assert_int_equal(people[R], 20);
    assert_int_equal(people[C], 60);
    assert_int_equal(people[STATUSES + I], 25);
    spread.counts = 1;
    assert_int_equal(spread_solve(&spread, &err), OK);
    assert_int_equal(people[STATUSES + I], 20);
    assert_true(told[R] && told[C] && !told[STATUSES + I]);
}

static void
refused(const struct spread_count *count, size_t counts, size_t which, const char *words)
{
    int64_t people[9];
    size_t wrong;
    struct error err = {0};

    assert_int_equal(solve(count, counts, people, &wrong, &err), BAD_INPUT);
    assert_int_equal(wrong, which);
    if (strstr(err.message, words) == NULL)
        fail_msg("'%s' lacks '%s'", err.message, words);
}

static void
counts_that_contradict_each_other_are_refused(void **state)
{
    const struct spread_count parts[] = {{SPREAD_NATION, 0, R, 100},
                                         {SPREAD_SITE, 0, R, 70},
                                         {SPREAD_SITE, 1, R, 31},
                                         {SPREAD_SITE, 2, R, 9}};
    const struct spread_count statuses[] = {{SPREAD_NATION, 0, SPREAD_ANY, 300},
                                            {SPREAD_NATION, 0, R, 100},
                                            {SPREAD_NATION, 0, C, 190},
                                            {SPREAD_NATION, 0, I, 0}};
    const struct spread_count nobody[] = {{SPREAD_REGION, 1, I, 3}};
    const struct spread_count cross[] = {{SPREAD_SITE, 0, SPREAD_ANY, 10},
                                         {SPREAD_SITE, 1, SPREAD_ANY, 20},
                                         {SPREAD_SITE, 2, SPREAD_ANY, 30},
                                         {SPREAD_REGION, 0, R, 40}};

    (void)state;
    refused(parts, 3, 0, "100 people, and its parts that are counted too are 101 already");
    refused(&parts[0], 4, 0, "110 already");
    refused(statuses, 4, 0, "all of its parts are counted too, or nobody is there, and are 290");
    refused(statuses, 3, 0,
            "all of its parts are counted too, or nobody is there, and are 290"); /* nobody else */
    refused(nobody, 1, 0, "the stock has 0 there to be scaled");
    refused(cross, 4, 3, "40 people cannot hold together");
}

/* Tables of chance: each count is the sum of a table that is there, so that all can hold; whatever
 * comes out holds them, and no cell is a person off what scaling says where one count tells of it.
 */
static void
counts_of_any_table_hold_exactly(void **state)
{
    enum { SITES = 12, ALL = SITES * STATUSES };
    struct spread_site site[SITES];
    struct stream stream;

    (void)state;
    for (uint64_t trial = 0; trial < 300; trial++) {
        double before[ALL], truth[ALL];
        int64_t people[ALL];
        struct spread_count count[MOST * 4];
        size_t counts = 0;
        struct error err = {0};
        stream_open(&stream, trial, 0, 0, (struct stream_name){1, 1}, 0);
        for (size_t i = 0; i < SITES; i++)
            site[i] = (struct spread_site){i % 3, true};
        for (size_t i = 0; i < ALL; i++) {
            before[i] = 1 + floor(90 * stream_uniform(&stream));
            truth[i] = 1 + floor(90 * stream_uniform(&stream));
        }
        for (size_t place = 0; place < SITES + 3 + 1; place++)
            for (int k = 0; k <= STATUSES; k++) {
                enum spread_scope scope = place < SITES       ? SPREAD_SITE
                                          : place < SITES + 3 ? SPREAD_REGION
                                                              : SPREAD_NATION;
                size_t of = scope == SPREAD_REGION ? place - SITES
                            : scope == SPREAD_SITE ? place
                                                   : 0;
                int64_t sum = 0;
                for (size_t i = 0; i < ALL; i++)
                    sum += (k == STATUSES || i % STATUSES == (size_t)k) &&
                                   (scope == SPREAD_NATION ||
                                    (scope == SPREAD_SITE ? i / STATUSES : i / STATUSES % 3) == of)
                               ? (int64_t)truth[i]
                               : 0;
                if (stream_uniform(&stream) < 0.3)
                    count[counts++] = (struct spread_count){scope, of, k, sum};
            }
        struct spread spread = {site, SITES, 3, before, count, counts, people, NULL, 0};
        if (spread_solve(&spread, &err) != OK)
            fail_msg("trial %d, count %zu: %s", (int)trial, spread.wrong, err.message);
        for (size_t c = 0; c < counts; c++) {
            int64_t sum = 0;
            for (size_t i = 0; i < ALL; i++)
                sum += (count[c].status == STATUSES || i % STATUSES == (size_t)count[c].status) &&
                               (count[c].scope == SPREAD_NATION ||
                                (count[c].scope == SPREAD_SITE ? i / STATUSES : i / STATUSES % 3) ==
                                    count[c].of)
                           ? people[i]
                           : 0;
            assert_int_equal(sum, count[c].people);
        }
        for (size_t i = 0; i < ALL; i++)
            assert_true(people[i] >= 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_total_goes_to_the_largest_remainders),
        cmocka_unit_test(a_count_of_all_is_spread_as_they_were),
        cmocka_unit_test(what_is_counted_by_site_is_taken_and_the_rest_is_spread),
        cmocka_unit_test(a_count_of_a_region_is_spread_in_it),
        cmocka_unit_test(a_count_of_all_statuses_keeps_their_shares),
        cmocka_unit_test(counts_that_cross_hold_together),
        cmocka_unit_test(a_site_that_is_not_counted_stands_alone),
        cmocka_unit_test(counts_that_contradict_each_other_are_refused),
        cmocka_unit_test(counts_of_any_table_hold_exactly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
