/* Why people are above capacity, part by part. The four parts always add up to the people above
 * capacity, for one of them is what the others leave; so each is held here against scenarios in
 * which it is known by hand. */

#include "tests/support.h"

#include "tests/models.h"

#include "models/record/crowding.h"

/* A house without a place, for which everybody is screened for longer than the run: all are in
 * process. */
#define HOUSE     ", {name: H, region: south, capacity: 0, kind: detention_house}"
#define SCREENING "house_selection: {suitable: 1, screening: {fixed: 100 d}}\n"

/* Fourteen people on the ten places of A; B is empty. Nobody is moved, for there is no balance. */
static const struct {
    const char *others, *women, *selection;
    int shortage, wrong_type, delay, wrong_place;
} cases[] = {
    /* no place is free anywhere */
    {"", "0", "", 4, 0, 0, 0},
    /* ten are, where they may go */
    {", {name: B, region: south, capacity: 10}", "0", "", 0, 0, 0, 4},
    /* three are */
    {", {name: B, region: south, capacity: 3}", "0", "", 1, 0, 0, 3},
    /* ten are, for men: the fourteen are women */
    {", {name: B, region: south, capacity: 10, sexes: [men]}", "1", "", 0, 4, 0, 0},
    {", {name: B, region: south, capacity: 3, sexes: [men]}", "1", "", 1, 3, 0, 0},
    /* two for women and two for men */
    {", {name: B, region: south, capacity: 2, sexes: [men]}, {name: C, region: south, capacity: 2}",
     "1", "", 0, 2, 0, 2},
    /* the same places, and all are in process: with a quicker one those who fit elsewhere would be
       there */
    {", {name: B, region: south, capacity: 10}" HOUSE, "0", SCREENING, 0, 0, 4, 0},
    {", {name: B, region: south, capacity: 3}" HOUSE, "0", SCREENING, 1, 0, 3, 0},
    {", {name: B, region: south, capacity: 10, sexes: [men]}" HOUSE, "1", SCREENING, 0, 4, 0, 0},
    /* a facility that is not counted has no places that count */
    {", {name: B, region: south, capacity: 10, counted: no}", "0", "", 4, 0, 0, 0},
};

static void
each_part_is_what_it_is_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        "horizon: 5 d\nregions: [north, south]\npeople: {women: %s}\n"
                        "facilities: [{name: A, region: north, capacity: 10}%s]\n"
                        "stock: [{status: convicted, class: a, phase: one, count: 14, facility: A, "
                        "fresh: yes}]\n"
                        "intake: [{class: a, region: north, rate: 0 / d}]\n"
                        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 3000 d}, "
                        "then: {released: 1}}]}\n%s",
                        cases[i].women, cases[i].others, cases[i].selection);
        trial_run(&trial, 0);
        const int expected[] = {cases[i].shortage, cases[i].wrong_type, cases[i].delay,
                                cases[i].wrong_place};
        for (uint32_t part = 0; part < 4; part++)
            if (trial_value(&trial, "crowding", part, 2) != expected[part])
                fail_msg("case %zu, part %u: got %g, expected %d", i, part,
                         trial_value(&trial, "crowding", part, 2), expected[part]);
        assert_near(trial_value(&trial, "above_capacity", 0, 2), 4, 0);
        trial_close(&trial);
    }
}

enum { FROM = 6, GROUPS_HERE = 4, TO = 3, NETWORKS = 3000 };

/* The largest flow is the smallest cut (Ford and Fulkerson 1956): over all sets of groups, the
 * places that those of the set may take, and what comes out of each facility by the others. */
static int64_t
smallest_cut(const struct crowding *c)
{
    int64_t smallest = INT64_MAX;

    for (uint32_t set = 0; set < 1u << GROUPS_HERE; set++) {
        int64_t cut = 0;
        for (uint32_t t = 0; t < TO; t++) {
            bool taken = false;
            for (uint32_t g = 0; g < GROUPS_HERE; g++)
                taken |= (set >> g & 1) && c->accepts[g * TO + t];
            cut += taken ? c->room[t] : 0;
        }
        for (uint32_t f = 0; f < FROM; f++) {
            int64_t others = 0;
            for (uint32_t g = 0; g < GROUPS_HERE; g++)
                others += set >> g & 1 ? 0 : c->people[f * GROUPS_HERE + g];
            cut += others < c->surplus[f] ? others : c->surplus[f];
        }
        smallest = cut < smallest ? cut : smallest;
    }
    return smallest;
}

static void
the_flow_is_the_largest_in_any_network(void **state)
{
    struct crowding c;
    uint32_t random = 1;

    (void)state;
    assert_true(crowding_create(&c, FROM, GROUPS_HERE));
    c.from = FROM;
    c.to = TO;
    for (int network = 0; network < NETWORKS; network++) {
#define BELOW(n) ((random = random * 1664525u + 1013904223u) >> 16) % (n)
        for (uint32_t f = 0; f < FROM; f++)
            c.surplus[f] = BELOW(9);
        for (uint32_t i = 0; i < FROM * GROUPS_HERE; i++)
            c.people[i] = BELOW(3) == 0 ? BELOW(7) : 0;
        for (uint32_t i = 0; i < GROUPS_HERE * TO; i++)
            c.accepts[i] = BELOW(5) < 2;
        for (uint32_t t = 0; t < TO; t++)
            c.room[t] = BELOW(12);
        int64_t expected = smallest_cut(&c), got = crowding_flow(&c);
        if (got != expected)
            fail_msg("network %d: got %d, expected %d", network, (int)got, (int)expected);
    }
    crowding_free(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_is_what_it_is_by_hand),
        cmocka_unit_test(the_flow_is_the_largest_in_any_network),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
