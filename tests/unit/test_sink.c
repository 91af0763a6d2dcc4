/* Where values go: the same for any number of threads, whatever the kind of sink. The model here
 * says in each value which replication, variable and place it is of. */

#include "tests/support.h"

#include "sim/result/experiment.h"
#include "sim/result/sink_journal.h"
#include "sim/result/sink_memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 6, PARTS = 3, FIRST = 3, LAST = 22 };

static struct layout_dimension dimensions[] = {{.name = "time", .size = ROWS},
                                               {.name = "part", .size = PARTS}};
static struct layout_variable variables[] = {
    {.name = "inside", .type = LAYOUT_FLOAT, .dimensions = 1, .dimension = {0}},
    {.name = "entered", .type = LAYOUT_COUNT, .dimensions = 2, .dimension = {0, 1}},
};
static const struct layout layout = {
    .dimension = dimensions, .dimensions = 2, .variable = variables, .variables = 2};

/* Beyond 2^24, where a float would lose the last digits. */
#define MANY 100000000

static int64_t
value_of(uint64_t replication, size_t variable, size_t i)
{
    return variable == 0 ? (int64_t)(100 * replication + i)
                         : (int64_t)(MANY + 1000 * replication + i);
}

struct subject {
    uint64_t replication, fails;
    int *runs; /* [LAST + 1]: how often each was run */
};

static int
worker_create(void *context, int threads, void **worker, struct error *err)
{
    (void)context;
    (void)threads;
    *worker = calloc(1, sizeof(struct subject));
    return *worker != NULL ? OK : error_set(err, NO_MEMORY, "no memory");
}

static int
worker_turn(void *worker, const void *subject, struct error *err)
{
    struct subject *own = worker;

    (void)err;
    *own = *(const struct subject *)subject;
    return OK;
}

static int
run(void *worker, uint64_t replication, struct error *err)
{
    struct subject *own = worker;

    own->replication = replication;
    own->runs[replication]++;
    return replication < own->fails
               ? OK
               : error_set(err, BROKEN, "replication %d broke", (int)replication);
}

static void
values(void *worker, size_t variable, void *out)
{
    const struct subject *own = worker;
    size_t count = layout_count(&layout, &variables[variable]);

    for (size_t i = 0; i < count; i++)
        if (variable == 0)
            ((float *)out)[i] = (float)value_of(own->replication, 0, i);
        else
            ((int64_t *)out)[i] = value_of(own->replication, 1, i);
}

/* Run FIRST .. LAST into SINK; each replication is run once, or not at all where the sink HELD
 * it. */
static int
run_into(struct sink sink, int threads, uint64_t fails, struct error *err)
{
    int runs[LAST + 1] = {0};
    struct subject subject = {.fails = fails, .runs = runs};
    struct experiment_point point = {
        .subject = &subject, .layout = &layout, .sink = sink, .first = FIRST, .last = LAST};
    struct experiment experiment = {
        .point = &point,
        .points = 1,
        .threads = threads,
        .worker_create = worker_create,
        .worker_turn = worker_turn,
        .worker_free = free,
        .run = run,
        .values = values,
    };
    bool held[LAST + 1] = {false};

    for (uint64_t r = FIRST; r <= LAST; r++)
        held[r] = sink_holds(&sink, r);
    int status = experiment_run(&experiment, err);
    assert_int_equal(status, OK);
    status = point.status;
    if (err != NULL)
        *err = point.error;
    for (uint64_t r = FIRST; r <= LAST && status == OK; r++)
        assert_int_equal(runs[r], !held[r]);
    return status;
}

static const int threads_of[] = {1, 2, 4, 8};
#define THREADS (sizeof threads_of / sizeof *threads_of)

static void
memory_keeps_the_chosen_variables_by_replication(void **state)
{
    const struct memory_choice choice[] = {{.name = "entered"}, {.name = "inside"}};
    struct memory memory = {.choice = choice, .choices = 2};

    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        assert_int_equal(run_into(sink_memory(&memory), threads_of[t], LAST + 1, NULL), OK);
        assert_int_equal(memory.replications, LAST - FIRST + 1);
        assert_int_equal(memory.series[0].count, ROWS * PARTS);
        for (uint64_t r = FIRST; r <= LAST; r++) {
            for (size_t i = 0; i < ROWS * PARTS; i++)
                assert_near(memory_values(&memory, 0, r)[i], (double)value_of(r, 1, i), 0);
            for (size_t i = 0; i < ROWS; i++)
                assert_near(memory_values(&memory, 1, r)[i], (double)value_of(r, 0, i), 0);
        }
    }
    memory_free(&memory);
}

static void
first_and_sum(const void *context, const double *value, size_t count, double *kept)
{
    kept[0] = *(const double *)context * value[0];
    kept[1] = 0;
    for (size_t i = 0; i < count; i++)
        kept[1] += value[i];
}

static void
memory_keeps_what_is_made_of_a_variable(void **state)
{
    static const double twice = 2;
    const struct memory_choice choice[] = {
        {.name = "inside", .fold = first_and_sum, .context = &twice, .kept = 2},
        {.name = "entered"}};
    struct memory memory = {.choice = choice, .choices = 2};

    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        assert_int_equal(run_into(sink_memory(&memory), threads_of[t], LAST + 1, NULL), OK);
        for (uint64_t r = FIRST; r <= LAST; r++) {
            double hundred = 100.0 * (double)r;
            assert_near(memory_values(&memory, 0, r)[0], 2 * hundred, 0);
            assert_near(memory_values(&memory, 0, r)[1], ROWS * hundred + 0 + 1 + 2 + 3 + 4 + 5, 0);
        }
    }
    memory_free(&memory);
}

static void
memory_refuses_a_variable_that_is_not_there(void **state)
{
    const struct memory_choice choice[] = {{.name = "inside"}, {.name = "outside"}};
    struct memory memory = {.choice = choice, .choices = 2};
    struct error err = {0};

    (void)state;
    assert_int_equal(run_into(sink_memory(&memory), 2, LAST + 1, &err), BAD_INPUT);
    assert_string_equal(err.message, "the result has no series 'outside'");
    memory_free(&memory);
}

static void
the_lowest_replication_that_fails_is_told(void **state)
{
    const struct memory_choice choice[] = {{.name = "inside"}};
    struct memory memory = {.choice = choice, .choices = 1};

    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        struct error err = {0};
        assert_int_equal(run_into(sink_memory(&memory), threads_of[t], 11, &err), BROKEN);
        assert_string_equal(err.message, "replication 11 broke");
        assert_near(memory_values(&memory, 0, 10)[5], 1005, 0);
    }
    memory_free(&memory);
}

/* The values of a journal's entry are those of the model. */
static void
expect_entry(struct journal *journal, size_t entry, struct chunk *chunks)
{
    struct chunk_tools tools = {0};
    uint64_t replication = journal->entry[entry].replication;

    assert_int_equal(journal_read(journal, entry, chunks, NULL), OK);
    for (size_t v = 0; v < layout.variables; v++) {
        union {
            float real[ROWS * PARTS];
            int64_t whole[ROWS * PARTS];
        } got;
        size_t count = layout_count(&layout, &variables[v]);
        memcpy(chunk_room(&tools, chunks[v].size), chunks[v].bytes, chunks[v].size);
        assert_int_equal(chunk_unpack(&tools, chunks[v].size, count,
                                      layout_value_size(variables[v].type), &got, NULL),
                         OK);
        for (size_t i = 0; i < count; i++)
            assert_near(v == 0 ? (double)got.real[i] : (double)got.whole[i],
                        (double)value_of(replication, v, i), 0);
    }
    chunk_tools_free(&tools);
}

static void
a_journal_keeps_all_and_what_it_holds_does_not_come_again(void **state)
{
    struct chunk chunks[2] = {0};
    struct error err = {0};
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "/tmp/doorstroom-sink-%ld.journal", (long)getpid());
    for (size_t t = 0; t < THREADS; t++) {
        struct journal journal;
        assert_int_equal(journal_open(&journal, path, "run sink\n", 2, false, NULL), OK);
        assert_int_equal(run_into(sink_journal(&journal), threads_of[t], 9, &err), BROKEN);
        assert_true(journal_has(&journal, 8));
        assert_false(journal_has(&journal, 9));
        assert_int_equal(run_into(sink_journal(&journal), threads_of[t], LAST + 1, &err), OK);
        assert_int_equal(journal.entries, LAST - FIRST + 1);
        for (size_t i = 0; i < journal.entries; i++)
            expect_entry(&journal, i, chunks);
        journal_close(&journal, true);
    }
    free(chunks[0].bytes);
    free(chunks[1].bytes);
}

/* What a newcomer writes for a sink of their own: here one that keeps the means of two halves of
 * the time, say years. */
struct halves {
    double mean[LAST + 1][2];
    int begun, ended;
};

static int
halves_begin(void *state, const struct layout *of, uint64_t first, uint64_t last, struct error *err)
{
    struct halves *halves = state;

    halves->begun++;
    return of->dimension[0].size % 2 == 0 && first <= last && last <= LAST
               ? OK
               : error_set(err, BAD_INPUT, "the time has no halves");
}

static int
halves_prepare(void *state, void *tray, const struct finished *finished, struct error *err)
{
    struct halves *halves = state;
    const double *inside = finished_doubles(finished, 0);

    (void)tray;
    (void)err;
    for (size_t i = 0; i < ROWS; i++)
        halves->mean[finished->replication][i / (ROWS / 2)] += inside[i] / (ROWS / 2);
    return OK;
}

static int
halves_end(void *state, struct error *err)
{
    (void)err;
    ((struct halves *)state)->ended++;
    return OK;
}

static void
a_kind_of_sink_is_a_row_of_functions(void **state)
{
    static const struct sink_kind kind = {
        .name = "halves", .begin = halves_begin, .prepare = halves_prepare, .end = halves_end};

    (void)state;
    for (size_t t = 0; t < THREADS; t++) {
        struct halves halves = {0};
        assert_int_equal(run_into((struct sink){&kind, &halves}, threads_of[t], LAST + 1, NULL),
                         OK);
        for (uint64_t r = FIRST; r <= LAST; r++) {
            assert_near(halves.mean[r][0], 100.0 * (double)r + 1, 1e-9);
            assert_near(halves.mean[r][1], 100.0 * (double)r + 4, 1e-9);
        }
        assert_int_equal(halves.begun, 1);
        assert_int_equal(halves.ended, 1);
        assert_int_equal(run_into((struct sink){&kind, &halves}, threads_of[t], 5, NULL), BROKEN);
        assert_int_equal(halves.ended, 1);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_keeps_the_chosen_variables_by_replication),
        cmocka_unit_test(memory_keeps_what_is_made_of_a_variable),
        cmocka_unit_test(memory_refuses_a_variable_that_is_not_there),
        cmocka_unit_test(the_lowest_replication_that_fails_is_told),
        cmocka_unit_test(a_journal_keeps_all_and_what_it_holds_does_not_come_again),
        cmocka_unit_test(a_kind_of_sink_is_a_row_of_functions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
