/* Chunks: shuffled and deflated as HDF5's filters of these names do. */

#include "sim/result/chunk.h"

#include "tests/support.h"

#include <libdeflate.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void
the_first_bytes_of_all_values_come_first(void **state)
{
    static const unsigned char expected[8] = {4, 8, 3, 7, 2, 6, 1, 5}; /* by hand */
    const int32_t values[2] = {0x01020304, 0x05060708};
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    struct chunk_tools tools = {0};
    struct chunk chunk = {0};
    unsigned char found[8];

    (void)state;
    assert_int_equal(chunk_pack(&tools, &chunk, values, 2, sizeof *values, NULL), OK);
    assert_int_equal(
        libdeflate_zlib_decompress(inflate, chunk.bytes, chunk.size, found, sizeof found, NULL),
        LIBDEFLATE_SUCCESS);
    assert_memory_equal(found, expected, sizeof expected);
    libdeflate_free_decompressor(inflate);
    chunk_tools_free(&tools);
    free(chunk.bytes);
}

#define VALUES 1001

/* One set of tools for all: what a larger chunk left in them must not show in a smaller one. */
static void
what_is_packed_is_unpacked(void **state)
{
    static const size_t sizes[] = {8, 4, 1};
    static unsigned char values[8 * VALUES], found[8 * VALUES];
    struct chunk_tools tools = {0};
    struct chunk chunk = {0};
    unsigned char digest[DIGEST_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof values; i++)
        values[i] = (unsigned char)(i * i * 7 + i / 13);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t count = VALUES; count <= VALUES; count -= 143) { /* 1001, 858, ... 0 */
            assert_int_equal(chunk_pack(&tools, &chunk, values, count, sizes[s], NULL), OK);
            memcpy(chunk_room(&tools, chunk.size), chunk.bytes, chunk.size);
            memset(found, 0, sizeof found);
            assert_int_equal(chunk_unpack(&tools, chunk.size, count, sizes[s], found, NULL), OK);
            assert_memory_equal(found, values, count * sizes[s]);
            digest_of(values, count * sizes[s], digest);
            assert_memory_equal(chunk.digest, digest, DIGEST_SIZE);
        }
    chunk_tools_free(&tools);
    free(chunk.bytes);
}

static void
a_cut_chunk_or_one_of_another_length_is_refused(void **state)
{
    int64_t values[VALUES], found[VALUES + 1];
    struct chunk_tools tools = {0};
    struct chunk chunk = {0};
    struct error err = {0};

    (void)state;
    for (int64_t i = 0; i < VALUES; i++)
        values[i] = i * i;
    assert_int_equal(chunk_pack(&tools, &chunk, values, VALUES, sizeof *values, NULL), OK);
    memcpy(chunk_room(&tools, chunk.size), chunk.bytes, chunk.size);
    for (size_t cut = 0; cut < chunk.size; cut++)
        assert_int_equal(chunk_unpack(&tools, cut, VALUES, sizeof *values, found, &err), BAD_INPUT);
    assert_int_equal(chunk_unpack(&tools, chunk.size, VALUES - 1, sizeof *values, found, &err),
                     BAD_INPUT);
    assert_int_equal(chunk_unpack(&tools, chunk.size, VALUES + 1, sizeof *values, found, &err),
                     BAD_INPUT);
    chunk_tools_free(&tools);
    free(chunk.bytes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_bytes_of_all_values_come_first),
        cmocka_unit_test(what_is_packed_is_unpacked),
        cmocka_unit_test(a_cut_chunk_or_one_of_another_length_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
