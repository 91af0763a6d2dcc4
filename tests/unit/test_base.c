/* Memory in chunks, and arrays that grow. */

#include "tests/support.h"

#include "sim/base/arena.h"
#include "sim/base/array.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Sizes around the chunks' own: one byte to two MiB. Each piece is filled, so a second use of a
 * byte would show as a piece that is not zero, or not what was written. */
static void
an_arena_gives_zeroed_aligned_pieces_that_do_not_overlap(void **state)
{
    enum { PIECES = 3000 };
    static unsigned char *piece[PIECES];
    static size_t size[PIECES];
    struct arena arena = {0};
    size_t largest = 2 * ARENA_MOST_BYTES;

    (void)state;
    for (size_t i = 0; i < PIECES; i++) {
        size[i] = i % 1000 == 999 ? largest : i * 7 % 911;
        piece[i] = arena_allocate(&arena, size[i]);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % alignof(max_align_t), 0);
        for (size_t b = 0; b < size[i]; b++)
            if (piece[i][b] != 0)
                fail_msg("byte %zu of piece %zu is not zero", b, i);
        memset(piece[i], (int)(1 + i % 255), size[i]);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t b = 0; b < size[i]; b++)
            if (piece[i][b] != 1 + i % 255)
                fail_msg("piece %zu was written over", i);
    arena_free(&arena);
    assert_null(arena.chunk);
}

static void
an_arena_can_be_used_again_and_nothing_has_an_address_too(void **state)
{
    struct arena arena = {0};

    (void)state;
    arena_free(&arena); /* an empty one */
    for (int turn = 0; turn < 2; turn++) {
        void *one = arena_allocate(&arena, 0), *other = arena_allocate(&arena, 0);
        assert_non_null(one);
        assert_non_null(other);
        assert_ptr_not_equal(one, other);
        arena_free(&arena);
    }
}

/* No system has room for half of all addresses; a size that wraps when rounded would seem small. */
static void
an_arena_refuses_what_cannot_be_and_goes_on(void **state)
{
    static const size_t sizes[] = {SIZE_MAX,      SIZE_MAX - 7,  SIZE_MAX - 15,
                                   SIZE_MAX - 16, SIZE_MAX - 40, SIZE_MAX / 2 + 1};
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_null(arena_allocate(&arena, sizes[i]));
        char *small = arena_allocate(&arena, 3);
        assert_non_null(small);
        memcpy(small, "ok", 3);
    }
    arena_free(&arena);
}

/* n items added one by one to room that doubles from at least 1: at most log2(n) + 1 moves. */
static void
an_array_keeps_its_items_and_doubles(void **state)
{
    int *items = NULL, moves = 0;
    size_t room = 0, before = 0;

    (void)state;
    for (size_t i = 0; i < 100000; i++) {
        assert_true(array_room(items, room, i + 1));
        assert_true(room > i);
        if (room != before) {
            assert_true(room >= 2 * before);
            moves++;
            before = room;
        }
        items[i] = (int)i;
    }
    assert_true(moves <= 17);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(items[i], i);
    free(items);
}

static void
an_array_makes_room_for_many_at_once(void **state)
{
    double *items = NULL;
    size_t room = 0;

    (void)state;
    assert_true(array_room(items, room, (size_t)1000));
    assert_true(room >= 1000);
    memset(items, 0, room * sizeof *items);
    free(items);
}

struct large {
    char bytes[1000];
};

/* (SIZE_MAX / 1000 + 1) items of 1000 bytes wrap to fewer than 1000 bytes. */
static void
an_array_refuses_an_overflow_and_keeps_the_old(void **state)
{
    struct large *items = NULL;
    size_t room = 0;

    (void)state;
    assert_true(array_room(items, room, (size_t)1));
    items[0].bytes[999] = 'x';
    struct large *before = items;
    size_t room_before = room;
    assert_false(array_room(items, room, SIZE_MAX / 1000 + 1));
    assert_false(array_room(items, room, SIZE_MAX));
    assert_ptr_equal(items, before);
    assert_int_equal(room, room_before);
    assert_int_equal(items[0].bytes[999], 'x');
    free(items);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_gives_zeroed_aligned_pieces_that_do_not_overlap),
        cmocka_unit_test(an_arena_can_be_used_again_and_nothing_has_an_address_too),
        cmocka_unit_test(an_arena_refuses_what_cannot_be_and_goes_on),
        cmocka_unit_test(an_array_keeps_its_items_and_doubles),
        cmocka_unit_test(an_array_makes_room_for_many_at_once),
        cmocka_unit_test(an_array_refuses_an_overflow_and_keeps_the_old),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
