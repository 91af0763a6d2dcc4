/* A variable in numbers that fit a screen: of each year and of each column of a picture, over
 * replications. */

#include "tests/support.h"

#include "tests/results.h"

#include "analysis/summary.h"

static char path[64];

/* Value I of replication R is 100 R + I. The four days are 30 and 31 December 2026, 1 and 2 January
 * 2027. */
static const struct result_spec spec = {.first = 0, .last = 4, .first_day = 363};

static int
write_one(void **state)
{
    char id[DIGEST_TEXT];

    snprintf(path, sizeof path, "/tmp/doorstroom-summary-%ld.h5", (long)getpid());
    result_write(path, &spec, id);
    *state = result_open(path);
    return 0;
}

static int
remove_one(void **state)
{
    store_close(*state);
    return unlink(path);
}

static void
summarise(struct store *store, size_t columns, struct summary *summary)
{
    struct view_pick pick = {{0}};
    struct view view = view_of(store, store_find(store, "inside"));
    struct error err = {0};

    assert_int_equal(summary_read(summary, &view, &pick, columns, &err), OK);
}

/* Over replications 0 to 4 the mean of 100 R is 200 and its standard deviation 158.114; Student's t
 * of four degrees is 2.77645 (tables), so the interval of the mean is 196.324 each way. A tenth of
 * the way from the least to the most. */
static void
a_year_is_the_mean_of_its_days_over_replications(void **state)
{
    struct summary summary;

    summarise(*state, 4, &summary);
    assert_int_equal(summary.replications, 5);
    assert_int_equal(summary.cells, 1);
    assert_int_equal(summary.years.count, 2);
    for (size_t year = 0; year < 2; year++) {
        double mean = 200 + (year == 0 ? 0.5 : 2.5);
        assert_int_equal(summary.year[year].count, 5);
        assert_near(summary.year[year].mean, mean, 1e-9);
        assert_near(summary.year[year].low, mean - 196.324, 1e-3);
        assert_near(summary.year[year].high, mean + 196.324, 1e-3);
        assert_near(summary.year[year].tenth, mean - 160, 1e-9);
        assert_near(summary.year[year].ninetieth, mean + 160, 1e-9);
    }
    summary_free(&summary);
}

static void
a_column_is_the_mean_of_its_rows(void **state)
{
    struct summary summary;

    summarise(*state, 4, &summary);
    assert_int_equal(summary.columns.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_near(summary.column[i].mean, 200 + (double)i, 1e-9);
    summary_free(&summary);
    summarise(*state, 2, &summary);
    assert_int_equal(summary.columns.count, 2);
    assert_near(summary.column[0].mean, 200.5, 1e-9);
    assert_near(summary.column[1].mean, 202.5, 1e-9);
    summary_free(&summary);
}

static void
there_are_no_more_columns_than_rows(void **state)
{
    struct summary summary;

    summarise(*state, 60, &summary);
    assert_int_equal(summary.columns.count, 4);
    summary_free(&summary);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_is_the_mean_of_its_days_over_replications),
        cmocka_unit_test(a_column_is_the_mean_of_its_rows),
        cmocka_unit_test(there_are_no_more_columns_than_rows),
    };

    return cmocka_run_group_tests(tests, write_one, remove_one);
}
