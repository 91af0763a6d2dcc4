/* A site's own books: levels as straight lines over time, places, bands of occupancy, groups of
 * people. */

#include "tests/support.h"

#include "tests/models.h"

static uint32_t
number_of(const struct person *person)
{
    return group_number(group_of(person));
}

/* Whoever is not alike for the question who could be where is in another group. */
static void
people_who_differ_are_in_groups_of_their_own(void **state)
{
    static const uint8_t queues[] = {QUEUE_NONE, QUEUE_ALLOCATION, QUEUE_DETENTION, QUEUE_CENTRE};
    bool seen[GROUPS] = {false};
    int groups = 0;

    (void)state;
    for (uint8_t status = 0; status < STATUSES; status++)
        for (uint8_t sex = 0; sex < SEXES; sex++)
            for (size_t q = 0; q < sizeof queues; q++) {
                struct person person = {
                    .status = status, .sex = sex == SEX_WOMAN, .queue = queues[q]};
                uint32_t group = number_of(&person);
                assert_true(group < GROUPS);
                assert_false(seen[group]);
                seen[group] = true;
                groups++;
            }
    assert_int_equal(groups, 3 * 2 * 4);
    const struct person one = {.queue = QUEUE_DETENTION}, other = {.queue = QUEUE_TRANSITION},
                        screened = {.house = HOUSE_SCREENING}, waits = {.queue = QUEUE_CENTRE};
    assert_int_equal(number_of(&one), number_of(&other)); /* both are for houses */
    assert_int_equal(number_of(&screened),
                     number_of(&waits)); /* both are in process, in a prison */
}

/* There are three statuses, two sexes, in process or not, and three lists: 36. */
static void
the_number_of_a_group_says_which_it_is(void **state)
{
    (void)state;
    assert_int_equal(GROUPS, 3 * 2 * 2 * 3);
    for (uint32_t number = 0; number < GROUPS; number++)
        assert_int_equal(group_number(group_numbered(number)), number);
    const struct person woman = {
        .status = STATUS_INTERNEE, .sex = SEX_WOMAN, .queue = QUEUE_TRANSITION};
    struct group group = group_numbered(number_of(&woman));
    assert_int_equal(group.status, STATUS_INTERNEE);
    assert_int_equal(group.sex, SEX_WOMAN);
    assert_true(group.in_process);
    assert_int_equal(group.list, GROUP_HOUSE_LIST);
    const struct person man = {.status = STATUS_REMAND, .sex = SEX_MAN};
    group = group_numbered(number_of(&man));
    assert_int_equal(group.status, STATUS_REMAND);
    assert_int_equal(group.sex, SEX_MAN);
    assert_false(group.in_process);
    assert_int_equal(group.list, GROUP_OTHER_LIST);
}

/* N people on 16 places, for the whole run: 100, 110, 120, 137.5 and 150 % are 16, 17.6, 19.2, 22
 * and 24 people; a level that is reached is not passed. */
static void
a_facility_is_above_the_levels_that_it_passes(void **state)
{
    static const struct {
        int people, levels;
    } cases[] = {{0, 0},  {16, 0}, {17, 1}, {18, 2}, {19, 2}, {20, 3},
                 {22, 3}, {23, 4}, {24, 4}, {25, 5}, {40, 5}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        "horizon: 10 d\nfacilities: [{name: A, region: north, capacity: 16}]\n"
                        "stock: [{status: convicted, count: %d, facility: A, fresh: yes}]\n"
                        "intake: [{class: a, region: north, rate: 0 / d}]\n"
                        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 100 d}, "
                        "then: {released: 1}}]}\n",
                        cases[i].people);
        trial_run(&trial, 0);
        for (uint32_t level = 0; level < THRESHOLDS; level++) {
            bool above = (int)level < cases[i].levels;
            if (trial_value(&trial, "facilities_above", level, 5) != above ||
                trial_value(&trial, "people_above", level, 5) != (above ? cases[i].people : 0))
                fail_msg("%d people, level %u: %g facilities, %g people", cases[i].people, level,
                         trial_value(&trial, "facilities_above", level, 5),
                         trial_value(&trial, "people_above", level, 5));
        }
        assert_near(trial_value(&trial, "occupancy", 0, 5), 100 * cases[i].people / 16.0, 1e-4);
        trial_close(&trial);
    }
}

/* The density that the average detainee lives in: 10 on 5 places and 30 on 60, so (10 x 200 + 30 x
 * 50) / 40. */
static void
felt_density_weighs_facilities_by_their_people(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, "horizon: 10 d\nfacilities: [{name: A, region: north, capacity: 5}, "
                            "{name: B, region: north, capacity: 60}]\n"
                            "stock: [{status: convicted, count: 10, facility: A, fresh: yes},"
                            " {status: convicted, count: 30, facility: B, fresh: yes}]\n"
                            "intake: [{class: a, region: north, rate: 0 / d}]\n"
                            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 100 d}, "
                            "then: {released: 1}}]}\n");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "felt_occupancy", 0, 5), 87.5, 0.01);
    assert_near(trial_value(&trial, "occupancy", 0, 5), 100 * 40 / 65.0, 1e-4);
    assert_near(trial_value(&trial, "above_capacity", 0, 5), 5, 0);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_who_differ_are_in_groups_of_their_own),
        cmocka_unit_test(the_number_of_a_group_says_which_it_is),
        cmocka_unit_test(a_facility_is_above_the_levels_that_it_passes),
        cmocka_unit_test(felt_density_weighs_facilities_by_their_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
