/* The lists of the placement office, held against a sorted array: people come in any order, leave
 * from anywhere, and the memory of a list follows how many are in it. */

#include "tests/support.h"

#include "models/office/waiting.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 2000 };

static struct site *site;
static struct person *people;
static uint64_t number; /* of the random numbers below */

/* Vigna's splitmix64. */
static uint64_t
below(uint64_t most)
{
    uint64_t z = number += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (z ^ z >> 31) % most;
}

static int
make_people(void **state)
{
    (void)state;
    site = calloc(1, sizeof *site);
    people = aligned_alloc(64, PEOPLE * sizeof *people);
    assert_true(site != NULL && people != NULL);
    memset(people, 0, PEOPLE * sizeof *people);
    site->person = people;
    for (uint32_t i = 0; i < PEOPLE; i++)
        people[i].name = (struct stream_name){i % 7, i / 7};
    return 0;
}

static int
forget_people(void **state)
{
    (void)state;
    free(site);
    free(people);
    return 0;
}

static void
wait_since(struct list *list, uint32_t slot, ticks since)
{
    people[slot].queue = QUEUE_DETENTION;
    people[slot].queued = since;
    waiting_add(list, site, site, slot, QUEUE_DETENTION);
}

static void
leave(uint32_t slot)
{
    people[slot].queue = QUEUE_NONE;
}

/* Slots that wait, in the order of a list: by how long, then by name. */
static int
by_turn(const void *left, const void *right)
{
    const struct person *a = &people[*(const uint32_t *)left],
                        *b = &people[*(const uint32_t *)right];

    if (a->queued != b->queued)
        return a->queued < b->queued ? -1 : 1;
    if (a->name.source != b->name.source)
        return a->name.source < b->name.source ? -1 : 1;
    return a->name.number < b->name.number ? -1 : a->name.number > b->name.number;
}

/* Whoever waits is in LIST once, in order, and void entries stand for nobody. */
static void
assert_in_order(const struct list *list)
{
    static uint32_t expected[PEOPLE];
    uint32_t waiting = 0, at = 0;

    for (uint32_t slot = 0; slot < PEOPLE; slot++)
        if (people[slot].queue == QUEUE_DETENTION)
            expected[waiting++] = slot;
    qsort(expected, waiting, sizeof *expected, by_turn);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct person *person = waiting_person(site, waiting_at(list, i), QUEUE_DETENTION);
        if (person == NULL)
            continue;
        if (at >= waiting || person != &people[expected[at]])
            fail_msg("entry %u is not the one whose turn it is", i);
        at++;
    }
    assert_int_equal(at, waiting);
}

static void
empty(struct list *list)
{
    for (uint32_t slot = 0; slot < PEOPLE; slot++)
        leave(slot);
    free(list->memory);
    *list = (struct list){0};
}

static void
those_who_come_in_any_order_stand_by_date_and_name(void **state)
{
    struct list list = {0};

    (void)state;
    number = 1;
    for (uint32_t slot = 0; slot < PEOPLE; slot++)
        wait_since(&list, (slot * 769) % PEOPLE, (ticks)below(50));
    assert_int_equal(list.count, PEOPLE);
    assert_in_order(&list);
    empty(&list);
}

/* An entry is void when the person has left the list, is in it anew, or another person has the
 * slot. */
static void
an_entry_stands_for_one_turn_of_one_person(void **state)
{
    struct list list = {0};
    struct stream_name name = people[2].name;

    (void)state;
    for (uint32_t slot = 0; slot < 4; slot++)
        wait_since(&list, slot, 10 + (ticks)slot);
    leave(0);
    people[1].queued = 99;
    people[2].name.number += 1000000;
    people[3].queue = QUEUE_TRANSITION;
    for (uint32_t i = 0; i < 4; i++)
        assert_null(waiting_person(site, waiting_at(&list, i), QUEUE_DETENTION));
    people[2].name = name;
    assert_ptr_equal(waiting_person(site, waiting_at(&list, 2), QUEUE_DETENTION), &people[2]);
    assert_null(waiting_person(site, waiting_at(&list, 2), QUEUE_TRANSITION));
    empty(&list);
}

static void
void_entries_are_dropped_and_the_others_keep_their_turn(void **state)
{
    struct list list = {0};

    (void)state;
    number = 2;
    for (uint32_t slot = 0; slot < 200; slot++)
        wait_since(&list, slot, (ticks)below(50));
    for (uint32_t slot = 0; slot < 200; slot += 3)
        leave(slot);
    waiting_clean(&list, 200, site, QUEUE_DETENTION);
    assert_int_equal(list.count, 133); /* 67 of 200 have left */
    assert_in_order(&list);
    leave(1);
    waiting_clean(&list, 0, site, QUEUE_DETENTION); /* of the first none */
    assert_int_equal(list.count, 133);
    empty(&list);
}

/* Of the first six the first two stay, and all behind them. */
static void
the_front_that_was_served_goes(void **state)
{
    struct list list = {0};

    (void)state;
    for (uint32_t slot = 0; slot < 10; slot++)
        wait_since(&list, slot, (ticks)slot);
    waiting_keep(&list, 2, 6);
    assert_int_equal(list.count, 6);
    static const uint32_t left[] = {0, 1, 6, 7, 8, 9};
    for (uint32_t i = 0; i < 6; i++)
        assert_int_equal(waiting_at(&list, i)->slot, left[i]);
    empty(&list);
}

/* A hundred wait at any time, and a hundred thousand pass through: the memory is that of a few
 * hundred. */
static void
memory_follows_how_many_wait_and_not_how_many_have_waited(void **state)
{
    struct list list = {0};
    ticks now = 0;

    (void)state;
    for (uint32_t turn = 0; turn < 100000; turn++) {
        uint32_t slot = turn % PEOPLE;
        wait_since(&list, slot, now++);
        if (turn >= 100) {
            leave((turn - 100) % PEOPLE);
            waiting_clean(&list, 1, site, QUEUE_DETENTION);
        }
    }
    assert_in_order(&list);
    assert_int_equal(list.count, 100);
    assert_true(list.room <= 1024);
    empty(&list);
}

/* All of it at random: come, come late with an early date, leave, clean a part. */
static void
a_list_agrees_with_a_sorted_array_whatever_happens(void **state)
{
    struct list list = {0};
    ticks now = 1000;

    (void)state;
    number = 3;
    for (int step = 0; step < 20000; step++) {
        uint32_t slot = (uint32_t)below(PEOPLE);
        uint64_t what = below(10);
        if (people[slot].queue == QUEUE_NONE && what < 6)
            wait_since(&list, slot, what == 0 ? (ticks)below(1000) : now++);
        else if (people[slot].queue != QUEUE_NONE && what < 8)
            leave(slot);
        else if (what == 9)
            waiting_clean(&list, (uint32_t)below(list.count + 1), site, QUEUE_DETENTION);
        if (step % 500 == 0)
            assert_in_order(&list);
    }
    assert_in_order(&list);
    empty(&list);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_who_come_in_any_order_stand_by_date_and_name),
        cmocka_unit_test(an_entry_stands_for_one_turn_of_one_person),
        cmocka_unit_test(void_entries_are_dropped_and_the_others_keep_their_turn),
        cmocka_unit_test(the_front_that_was_served_goes),
        cmocka_unit_test(memory_follows_how_many_wait_and_not_how_many_have_waited),
        cmocka_unit_test(a_list_agrees_with_a_sorted_array_whatever_happens),
    };

    return cmocka_run_group_tests(tests, make_people, forget_people);
}
