/* Values of a result, decoded by several threads: all of them once, the same for any number of
 * threads, and the first failure is the one that is told. */

#include "tests/support.h"

#include "sim/result/store.h"
#include "sim/result/store_write.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 64 replications of 8,192 values of 4 and 8 bytes: 6 MiB, which several threads share. */
enum { ROWS = 4096, EXITS = 2, REPLICATIONS = 64 };
static int32_t days[ROWS];
static const char *exit_labels[EXITS] = {"released", "expelled"};
static struct layout_dimension dimensions[] = {
    {.name = "time",
     .units = "days since 2025-01-01",
     .size = ROWS,
     .value = days,
     .bounds = "time_bnds",
     .length = "time_length",
     .end = 2 * ROWS},
    {.name = "exit", .size = EXITS, .label = exit_labels},
    {.name = "bnds", .size = 2},
};
static const struct layout_attribute level_texts[] = {
    {"long_name", "a level"}, {"units", "1"}, {"cell_methods", "time: mean"}, {"note", NULL}};
static const struct layout_attribute flow_texts[] = {{"units", "d"}, {"label_nl", "stroom"}};
static struct layout_variable variables[] = {
    {.name = "level",
     .attribute = level_texts,
     .attributes = 4,
     .type = LAYOUT_FLOAT,
     .dimensions = 2,
     .dimension = {0, 1}},
    {.name = "flow",
     .attribute = flow_texts,
     .attributes = 2,
     .type = LAYOUT_COUNT,
     .dimensions = 1,
     .dimension = {0}},
};
static const struct layout layout = {
    .dimension = dimensions, .dimensions = 3, .variable = variables, .variables = 2};

static char path[64];

/* Entry I of variable V in replication R. */
static double
value_of(size_t v, size_t r, size_t i)
{
    return v == 0 ? (double)r + 0.25 * (double)i : (double)(1000 * r + i);
}

static void
append(struct journal *journal, size_t replication)
{
    static float level[ROWS * EXITS];
    static int64_t flow[ROWS];
    struct chunk chunks[2] = {0};
    struct chunk_tools tools = {0};
    struct error err;

    for (size_t i = 0; i < ROWS * EXITS; i++)
        level[i] = (float)value_of(0, replication, i);
    for (size_t i = 0; i < ROWS; i++)
        flow[i] = (int64_t)value_of(1, replication, i);
    assert_int_equal(chunk_pack(&tools, &chunks[0], level, ROWS * EXITS, sizeof *level, &err), OK);
    assert_int_equal(chunk_pack(&tools, &chunks[1], flow, ROWS, sizeof *flow, &err), OK);
    assert_int_equal(journal_append(journal, replication, chunks, &err), OK);
    free(chunks[0].bytes);
    free(chunks[1].bytes);
    chunk_tools_free(&tools);
}

static int
write_result(void **state)
{
    const struct store_texts texts = {0};
    struct journal journal;
    struct store *store;
    char name[80], id[DIGEST_TEXT];
    struct error err;

    for (int i = 0; i < ROWS; i++)
        days[i] = 2 * i;
    snprintf(path, sizeof path, "/tmp/doorstroom-values-%ld.h5", (long)getpid());
    snprintf(name, sizeof name, "%s.journal", path);
    assert_int_equal(journal_open(&journal, name, "run values\n", 2, false, &err), OK);
    for (size_t r = 0; r < REPLICATIONS; r++)
        append(&journal, r);
    assert_int_equal(store_write(path, &layout, &journal, &texts, 2, id, &err), OK);
    journal_close(&journal, true);
    assert_int_equal(store_open(&store, path, &err), OK);
    *state = store;
    return 0;
}

static int
remove_result(void **state)
{
    store_close(*state);
    return unlink(path);
}

static void
a_variable_knows_its_axes(void **state)
{
    const struct store_variable *level = store_find(*state, "level"),
                                *flow = store_find(*state, "flow");

    assert_non_null(level);
    assert_non_null(flow);
    assert_null(store_find(*state, "levels"));
    assert_int_equal(level->type, LAYOUT_FLOAT);
    assert_int_equal(flow->type, LAYOUT_COUNT);
    assert_string_equal(level->long_name, "a level");
    assert_string_equal(flow->long_name, "");
    assert_string_equal(flow->units, "d");
    assert_string_equal(level->cell_methods, "time: mean");
    assert_string_equal(store_text(*state, flow, "label_nl"), "stroom");
    assert_null(store_text(*state, level, "label_nl"));
    assert_null(store_text(*state, level, "note"));
    assert_int_equal(level->axes, 2);
    assert_int_equal(flow->axes, 1);
    assert_int_equal(level->count, ROWS * EXITS);
    assert_ptr_equal(level->axis[0], flow->axis[0]);
    assert_string_equal(level->axis[1]->name, "exit");
    assert_string_equal(level->axis[1]->label[1], "expelled");
    assert_null(level->axis[1]->begins);
}

/* 2025-01-01 is day 20089 since 1970: 55 years of 365 days and 14 leap days, 1972 to 2024. */
static void
an_axis_of_time_has_dates_and_an_end(void **state)
{
    const struct store_axis *time = store_find(*state, "flow")->axis[0];

    assert_string_equal(time->name, "time");
    assert_int_equal(time->size, ROWS);
    assert_null(time->label);
    assert_int_equal(time->begins[0], 55 * 365 + 14);
    assert_int_equal(time->begins[1], 20089 + 2);
    assert_int_equal(time->begins[ROWS], 20089 + 2 * ROWS);
}

/* Which replications a visit saw, and how many values were not what was written. */
struct seen {
    const struct store *store;
    size_t times[2][REPLICATIONS], wrong;
};

static int
see(void *context, size_t variable, size_t position, void *values, struct chunk_tools *tools,
    struct error *err)
{
    struct seen *seen = context;
    const struct store_variable *of = store_variable(seen->store, variable);
    const double *real = store_doubles(of, values);
    size_t wrong = 0;

    (void)tools;
    (void)err;
    for (size_t i = 0; i < of->count; i++)
        wrong += real[i] != value_of(variable, position, i);
#pragma omp critical
    {
        seen->times[variable][position]++;
        seen->wrong += wrong;
    }
    return OK;
}

static void
every_value_is_read_once_by_any_number_of_threads(void **state)
{
    const struct store_part all = {.variables = 2, .count = REPLICATIONS};
    struct error err;

    for (int threads = 1; threads <= 8; threads *= 2) {
        struct seen seen = {.store = *state};
        store_use_threads(*state, threads);
        assert_int_equal(store_each(*state, &all, see, &seen, &err), OK);
        assert_int_equal(seen.wrong, 0);
        for (size_t r = 0; r < REPLICATIONS; r++)
            assert_true(seen.times[0][r] == 1 && seen.times[1][r] == 1);
        assert_int_equal(store_verify(*state, &err), OK);
    }
}

/* Fails at the replications 7, 14, 21 ... of variable 1. */
static int
fail_sometimes(void *context, size_t variable, size_t position, void *values,
               struct chunk_tools *tools, struct error *err)
{
    (void)context;
    (void)values;
    (void)tools;
    return variable == 1 && position % 7 == 0 && position > 0
               ? error_set(err, DIFFERENT, "at %zu", position)
               : OK;
}

static void
the_first_failure_is_told_for_any_number_of_threads(void **state)
{
    const struct store_part all = {.variables = 2, .count = REPLICATIONS};

    for (int threads = 1; threads <= 8; threads *= 2) {
        struct error err = {0};
        store_use_threads(*state, threads);
        assert_int_equal(store_each(*state, &all, fail_sometimes, NULL, &err), DIFFERENT);
        assert_string_equal(err.message, "at 7");
    }
}

/* Positions count in the list, values are those of the replications that it names. */
static int
see_listed(void *context, size_t variable, size_t position, void *values, struct chunk_tools *tools,
           struct error *err)
{
    const size_t *index = context;
    int64_t first;

    (void)tools;
    memcpy(&first, values, sizeof first);
    return (double)first == value_of(variable, index[position], 0)
               ? OK
               : error_set(err, BROKEN, "%lld at %zu", (long long)first, position);
}

static void
replications_are_read_as_listed(void **state)
{
    size_t index[] = {63, 2, 40};
    const struct store_part some = {.first = 1, .variables = 1, .index = index, .count = 3};
    struct error err = {0};

    assert_int_equal(store_each(*state, &some, see_listed, index, &err), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variable_knows_its_axes),
        cmocka_unit_test(an_axis_of_time_has_dates_and_an_end),
        cmocka_unit_test(every_value_is_read_once_by_any_number_of_threads),
        cmocka_unit_test(the_first_failure_is_told_for_any_number_of_threads),
        cmocka_unit_test(replications_are_read_as_listed),
    };

    return cmocka_run_group_tests(tests, write_result, remove_result);
}
