/* The journal, cut at every byte: whole entries count, the torn one is dropped. */

#include "tests/support.h"

#include "sim/result/journal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENTRIES = 3, VARIABLES = 2, VALUES = 5 };
static const char identity[] = "version 1\nseed 3\n";

static void
write_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void
pack(struct chunk *chunks, uint64_t replication)
{
    struct chunk_tools tools = {0};

    for (uint32_t v = 0; v < VARIABLES; v++) {
        int64_t values[VALUES];
        for (uint32_t i = 0; i < VALUES; i++)
            values[i] = ((int64_t)replication * 100 + v * 10 + i) << 30; /* beyond 32 bits */
        assert_int_equal(chunk_pack(&tools, &chunks[v], values, VALUES, sizeof *values, NULL), OK);
    }
    chunk_tools_free(&tools);
}

/* Append the ENTRIES entries that are not there yet; ENDS[r] is where entry r ends. */
static void
append_missing(struct journal *journal, struct chunk *chunks, long *ends)
{
    for (uint64_t r = 0; r < ENTRIES; r++) {
        if (journal_has(journal, r))
            continue;
        pack(chunks, r);
        assert_int_equal(journal_append(journal, r, chunks, NULL), OK);
        ends[r] = ftell(journal->file);
    }
}

/* Threads finish replications in any order. */
static void
entries_are_in_order_whatever_order_they_came_in(void **state)
{
    static const uint64_t came[] = {5, 2, 9, 0, 7};
    struct journal journal;
    struct chunk chunks[VARIABLES] = {0};
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "/tmp/doorstroom-test-%ld.journal", (long)getpid());
    assert_int_equal(journal_open(&journal, path, identity, VARIABLES, false, NULL), OK);
    for (size_t i = 0; i < sizeof came / sizeof *came; i++) {
        assert_false(journal_has(&journal, came[i]));
        pack(chunks, came[i]);
        assert_int_equal(journal_append(&journal, came[i], chunks, NULL), OK);
        assert_true(journal_has(&journal, came[i]));
        assert_int_equal(journal_read(&journal, i / 2, chunks, NULL), OK); /* and go on behind */
    }
    assert_false(journal_has(&journal, 1));
    assert_false(journal_has(&journal, 10));
    for (int again = 0; again < 2; again++) {
        assert_int_equal(journal.entries, 5);
        for (size_t i = 1; i < journal.entries; i++)
            assert_true(journal.entry[i - 1].replication < journal.entry[i].replication);
        assert_int_equal(journal_read(&journal, 2, chunks, NULL), OK);
        struct chunk expected[VARIABLES] = {0};
        pack(expected, 5);
        for (size_t v = 0; v < VARIABLES; v++) {
            assert_memory_equal(chunks[v].digest, expected[v].digest, DIGEST_SIZE);
            free(expected[v].bytes);
        }
        journal_close(&journal, again == 1);
        if (again == 0)
            assert_int_equal(journal_open(&journal, path, identity, VARIABLES, true, NULL), OK);
    }
    for (size_t v = 0; v < VARIABLES; v++)
        free(chunks[v].bytes);
}

static void
a_journal_cut_at_any_byte_keeps_its_whole_entries(void **state)
{
    struct journal journal;
    struct chunk chunks[VARIABLES] = {0}, expected[VARIABLES] = {0};
    long ends[ENTRIES], again[ENTRIES];
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "/tmp/doorstroom-test-%ld.journal", (long)getpid());
    assert_int_equal(journal_open(&journal, path, identity, VARIABLES, false, NULL), OK);
    append_missing(&journal, chunks, ends);
    journal_close(&journal, false);
    size_t size = (size_t)ends[ENTRIES - 1];
    char *bytes = malloc(size), *mended = malloc(size);
    FILE *file = fopen(path, "rb");
    assert_true(file != NULL && bytes != NULL && mended != NULL);
    assert_int_equal(fread(bytes, 1, size, file), size);
    fclose(file);
    for (size_t cut = 0; cut <= size; cut++) {
        write_bytes(path, bytes, cut);
        assert_int_equal(journal_open(&journal, path, identity, VARIABLES, true, NULL), OK);
        size_t whole = 0;
        while (whole < ENTRIES && (size_t)ends[whole] <= cut)
            whole++;
        assert_int_equal(journal.entries, whole);
        for (size_t i = 0; i < whole; i++) {
            pack(expected, journal.entry[i].replication);
            assert_int_equal(journal_read(&journal, i, chunks, NULL), OK);
            for (int v = 0; v < VARIABLES; v++) {
                assert_int_equal(chunks[v].size, expected[v].size);
                assert_memory_equal(chunks[v].bytes, expected[v].bytes, expected[v].size);
            }
        }
        assert_int_equal(fseek(journal.file, 0, SEEK_END), 0);
        append_missing(&journal, chunks, again);
        journal_close(&journal, false);
        file = fopen(path, "rb"); /* going on gives the same bytes as a journal never cut */
        assert_non_null(file);
        assert_int_equal(fread(mended, 1, size, file), size);
        fclose(file);
        assert_memory_equal(mended, bytes, size);
    }
    unlink(path);
    for (int v = 0; v < VARIABLES; v++) {
        free(chunks[v].bytes);
        free(expected[v].bytes);
    }
    free(bytes);
    free(mended);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_in_order_whatever_order_they_came_in),
        cmocka_unit_test(a_journal_cut_at_any_byte_keeps_its_whole_entries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
