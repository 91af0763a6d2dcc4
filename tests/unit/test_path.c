/* Scenarios changed by path: overlays of tests/data/good/paths.yaml, with the values that they
 * give. */

#include "tests/support.h"

#include "models/run/reading.h"
#include "models/scenario/overlay.h"
#include "models/scenario/source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BASE_FOLDER "tests/data/good/"
#define BASE_NAME   "paths.yaml"
#define BASE        BASE_FOLDER BASE_NAME

struct read {
    struct scenario scenario;
    struct faults faults;
    int status;
};

/* The base with TEXT laid over it, and what the command line sets over that. */
static struct read *
read_over(const char *text, const char *const *set, size_t count)
{
    struct read *r = calloc(1, sizeof *r);
    char whole[8192];
    int size = snprintf(whole, sizeof whole, "extends: %s\n%s", BASE_NAME, text);
    const struct scenario_text over = {"over.yaml", whole, (size_t)size};
    const struct scenario_source from = {
        .file = BASE_FOLDER "over.yaml", .set = set, .sets = count, .text = &over, .texts = 1};

    assert_true((size_t)size < sizeof whole);
    r->status = run_read_from(&r->scenario, &from, &r->faults);
    for (size_t i = 0; r->status != OK && i < r->faults.count; i++)
        fprintf(stderr, "%s:%d: %s\n", r->faults.fault[i].at.file, r->faults.fault[i].at.line,
                r->faults.fault[i].text);
    assert_int_equal(r->status, OK);
    return r;
}

static void
read_free(struct read *r)
{
    scenario_free(&r->scenario);
    faults_free(&r->faults);
    free(r);
}

static const struct facility_object *
facility(const struct scenario *scenario, const char *name)
{
    const struct facility_object *rows = scenario->facilities.item;

    for (size_t i = 0; i < scenario->facilities.count; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    fail_msg("no facility %s", name);
    return NULL;
}

static double
capacity(const struct scenario *scenario, const char *name)
{
    return facility(scenario, name)->capacity[CAPACITY_MAIN].value[0];
}

static const struct intake_object *
intake(const struct scenario *scenario, size_t at)
{
    return (const struct intake_object *)scenario->intake.item + at;
}

static const struct phase_object *
phase(const struct scenario *scenario, const char *class, const char *name)
{
    size_t index;
    const struct objects *list = scenario_class(scenario, class, &index);
    const struct phase_object *rows = list->item;

    for (size_t i = 0; i < list->count; i++)
        if (strcmp(rows[i].phase, name) == 0)
            return &rows[i];
    fail_msg("no phase %s", name);
    return NULL;
}

static double
share(const struct shares *shares, const char *name)
{
    for (size_t i = 0; i < shares->count; i++)
        if (strcmp(shares->name[i], name) == 0)
            return shares->share[i];
    fail_msg("no share %s", name);
    return 0;
}

static void
values_are_set_as_they_are_written(void **state)
{
    struct read *r =
        read_over("set:\n"
                  "  house_selection.suitable: 25 %\n"
                  "  facilities[Town].capacity: 130\n"
                  "  intake[called,south].rate: {2026-01-01: 2 / d, 2026-02-01: 3 / d}\n"
                  "  pathways.arrested[hearing].clocks[released].after: {fixed: 10 d}\n"
                  "  desks[register].serves: region\n"
                  "  facilities[Town].needs: [elderly, mother]\n"
                  "  regions: [south, north]\n"
                  "  balance.vans: 7\n",
                  NULL, 0);
    const struct scenario *s = &r->scenario;

    assert_true(s->house_selection.suitable == 0.25);
    assert_true(capacity(s, "Town") == 130);
    assert_int_equal(facility(s, "Town")->capacity[CAPACITY_MAIN].count, 1);
    assert_int_equal(intake(s, 3)->rate.count, 2);
    assert_true(intake(s, 3)->rate.value[1] == 3);
    assert_true(intake(s, 2)->rate.value[0] == 0.5);
    const struct clock_object *clock = phase(s, "arrested", "hearing")->clocks.item;
    assert_true(distribution_mean(clock->after) == 10);
    assert_int_equal(((const struct desk_object *)s->desks.item)[1].serves, SERVES_REGION);
    assert_int_equal(facility(s, "Town")->needs, 1u << NEED_ELDERLY | 1u << NEED_MOTHER);
    assert_string_equal(s->regions.name[0], "south");
    assert_int_equal(s->balance.vans, 7);
    read_free(r);
    (void)state;
}

static void
odd_names_are_addressed(void **state)
{
    struct read *r = read_over("set:\n"
                               "  facilities[Canal house].capacity: 21\n"
                               "  'facilities[\"Quay, \"\"old\"\" [2].x\"].capacity': 51\n"
                               "  facilities[ Forêt d'Été ].capacity: 34\n"
                               "  facilities[\"Town\"].entry: 3\n"
                               "  facilities[name=House 7].capacity: 16\n"
                               "  pathways[called][stay].stay: {fixed: 9 d}\n"
                               "  pathways.\"arrested\"[remand].then.\"released\": 0.6\n",
                               NULL, 0);
    const struct scenario *s = &r->scenario;

    assert_true(capacity(s, "Canal house") == 21);
    assert_true(capacity(s, "Quay, \"old\" [2].x") == 51);
    assert_true(capacity(s, "Forêt d'Été") == 34);
    assert_true(facility(s, "Town")->entry.value[0] == 3);
    assert_true(capacity(s, "House 7") == 16 && capacity(s, "House 8") == 15);
    assert_true(distribution_mean(phase(s, "called", "stay")->stay) == 9);
    assert_true(share(&phase(s, "arrested", "remand")->then, "released") == 0.6);
    read_free(r);
    (void)state;
}

static void
a_part_of_a_key_means_all_that_fit(void **state)
{
    const char *set[] = {"intake[arrested].rate: {times: 0.5}", "intake[south].rate: {times: 0.5}",
                         "facilities[House].capacity: 25", "facilities[*].cost_day: 7",
                         "intake[class=called,facility=Town].trend: 0.1"};
    struct read *r = read_over("", set, 5);
    const struct scenario *s = &r->scenario;

    assert_true(intake(s, 0)->rate.value[0] == 0.75); /* 1.5 a day, halved */
    assert_true(intake(s, 0)->rate.value[1] == 0.5);  /* 365.25 a year, halved */
    assert_true(intake(s, 1)->rate.value[0] == 0.25); /* 1 a day, arrested and of the south */
    assert_true(intake(s, 2)->rate.value[0] == 0.5);
    assert_true(intake(s, 3)->rate.value[0] == 0.125);
    assert_true(intake(s, 3)->trend == 0.1 && intake(s, 2)->trend == 0);
    assert_true(capacity(s, "House 1") == 25 && capacity(s, "House 12") == 25);
    assert_true(capacity(s, "Canal house") == 20);
    assert_true(facility(s, "Town")->cost_day == 7 && facility(s, "House 5")->cost_day == 7);
    read_free(r);
    (void)state;
}

static void
numbers_change_in_the_unit_they_have(void **state)
{
    struct read *r = read_over("set:\n"
                               "  house_selection.suitable: {plus: 5 %}\n"
                               "  house_selection.least_stay: {plus: 10 d}\n"
                               "  facilities[Town].capacity: {plus: 9}\n"
                               "  'facilities[Forêt d''Été].ceiling': {times: 50 %}\n"
                               "  intake[arrested,north].rate: {plus: 365.25 / y}\n"
                               "  intake[arrested,north].months: {times: 2}\n"
                               "  people.exclusions: {times: 2}\n"
                               "  people.needs.young_adult: {times: 1.5}\n"
                               "  horizon: {plus: 31 d}\n"
                               "  measures[early].until: {plus: 1 mo}\n"
                               "  replications: {times: 1.6}\n"
                               "  balance.vans: {plus: 2}\n",
                               NULL, 0);
    const struct scenario *s = &r->scenario;
    const struct measure_object *measure = s->measures.item;

    assert_true(s->house_selection.suitable == 0.35);
    assert_true(s->house_selection.least_stay == 2 * 30.4375 + 10);
    assert_true(capacity(s, "Town") == 110);
    assert_true(facility(s, "Town")->capacity[CAPACITY_MAIN].value[1] == 129);
    assert_true(facility(s, "Forêt d'Été")->ceiling.value[0] == 0.55);
    assert_true(intake(s, 0)->rate.value[0] == 2.5); /* 1.5 a day and one a day more */
    assert_true(intake(s, 0)->rate.value[1] == 2);
    assert_true(intake(s, 0)->months.value[0] == 2 && intake(s, 0)->months.value[6] == 1.6);
    assert_true(share(&s->people.exclusions, "sexual") == 0.2);
    assert_true(share(&s->people.needs, "young_adult") == 0.45);
    assert_true(s->horizon == 91);
    assert_int_equal(measure->until, measure->from + 28 + 31);
    assert_int_equal(s->replications, 3); /* 2 x 1.6 = 3.2 */
    read_free(r);
    (void)state;
}

static void
a_distribution_changes_in_its_times(void **state)
{
    struct read *r = read_over("set:\n"
                               "  desks[court].time: {plus: -10 d}\n"
                               "  desks[register].time: {times: 2}\n"
                               "  pathways.arrested[remand].stay: {times: 2}\n"
                               "  house_selection.hand_off: {plus: 2 d}\n"
                               "  classes[arrested].sentence.lognormal.mean: {times: 0.5}\n"
                               "  classes[arrested].served: {plus: 0.1}\n"
                               "  house_selection.screening.fixed.value: 3 d\n",
                               NULL, 0);
    const struct scenario *s = &r->scenario;
    const struct desk_object *desk = s->desks.item;
    const struct class_object *class = s->classes.item;

    assert_true(desk[0].time->given[0] == 30 && desk[0].time->given[1] == 0.5);
    assert_true(desk[1].time->given[0] == 8);
    /* 0.5 x 60 + 0.5 x (10 + 50) / 2 = 45, twice */
    assert_true(fabs(distribution_mean(phase(s, "arrested", "remand")->stay) - 90) < 1e-9);
    /* quantiles 0: 1, 0.5: 4, 1: 10 have the mean 0.5 x 2.5 + 0.5 x 7 = 4.75 */
    assert_true(fabs(distribution_mean(s->house_selection.hand_off) - 6.75) < 1e-9);
    assert_true(class->sentence->given[0] == 10 * 30.4375 && class->sentence->given[1] == 0.8);
    assert_true(fabs(class->served->given[0] - 0.4) < 1e-15 &&
                fabs(class->served->given[1] - 0.9) < 1e-15);
    assert_true(distribution_mean(s->house_selection.screening) == 3);
    read_free(r);
    (void)state;
}

static void
other_shares_make_up_the_sum(void **state)
{
    struct read *r = read_over("set:\n"
                               "  pathways.arrested[remand].then.released: 0.6\n"
                               "  pathways.called[register].then: {released: 1}\n"
                               "  people.needs.mother: 10 %\n"
                               "drop:\n"
                               "  - people.exclusions.terrorist\n",
                               NULL, 0);
    const struct shares *then = &phase(&r->scenario, "arrested", "remand")->then;
    const struct people_object *people = &r->scenario.people;

    assert_true(share(then, "released") == 0.6);
    assert_true(fabs(share(then, "sentence") - 0.24) < 1e-15); /* 0.3 x 0.4 / 0.5 */
    assert_true(fabs(share(then, "called.stay") - 0.16) < 1e-15);
    assert_int_equal(phase(&r->scenario, "called", "register")->then.count, 1);
    assert_true(share(&people->needs, "mother") == 0.1);
    assert_true(fabs(share(&people->needs, "none") - 0.54) < 1e-15);
    assert_int_equal(people->exclusions.count, 1);
    read_free(r);
    (void)state;
}

static void
drop_comes_before_add_and_set_last(void **state)
{
    struct read *r = read_over("set:\n"
                               "  facilities[Town].capacity: {times: 2}\n"
                               "  facilities[Cell].capacity: 9\n"
                               "add:\n"
                               "  facilities:\n"
                               "    - {name: Town, region: south, capacity: 70}\n"
                               "    - {name: Cell, region: south, capacity: 4, copies: 3}\n"
                               "  exits: abroad\n"
                               "  facilities[Canal house].needs: elderly\n"
                               "  pathways.called: {phase: more, status: convicted, stay: {fixed: "
                               "1 d}, then: {released: 1}}\n"
                               "  pathways: {new: [{phase: one, status: convicted, stay: {fixed: 1 "
                               "d}, then: {released: 1}}]}\n"
                               "drop:\n"
                               "  - facilities[Town]\n"
                               "  - intake[facility=Town]\n"
                               "  - measures\n",
                               NULL, 0);
    const struct scenario *s = &r->scenario;

    assert_true(capacity(s, "Town") == 140);
    assert_string_equal(facility(s, "Town")->region, "south");
    assert_true(capacity(s, "Cell 3") == 9);
    assert_int_equal(s->facilities.count, 16 - 1 + 1 + 3);
    assert_int_equal(s->intake.count, 3);
    assert_int_equal(s->measures.count, 0);
    assert_int_equal(s->exits.count, 3);
    assert_int_equal(s->pathways.count, 3);
    assert_int_equal(facility(s, "Canal house")->needs,
                     1u << NEED_YOUNG_ADULT | 1u << NEED_ELDERLY);
    assert_true(distribution_mean(phase(s, "called", "more")->stay) == 1);
    read_free(r);
    (void)state;
}

static void
rows_change_the_items_that_they_name(void **state)
{
    struct read *r = read_over("set:\n"
                               "  facilities:\n"
                               "    - {name: Town, capacity: {times: 2}, beds: 300}\n"
                               "    - {name: House, capacity: 3}\n"
                               "  intake: {region: north, rate: 4 / d}\n"
                               "  house_selection: {suitable: 1 %, breach: 2 %}\n",
                               NULL, 0);
    const struct scenario *s = &r->scenario;

    assert_true(capacity(s, "Town") == 202 && facility(s, "Town")->beds.value[0] == 300);
    assert_true(capacity(s, "House 11") == 3);
    assert_true(intake(s, 0)->rate.value[0] == 4 && intake(s, 2)->rate.value[0] == 4);
    assert_true(intake(s, 1)->rate.value[0] == 1);
    assert_true(s->house_selection.suitable == 0.01 && s->house_selection.breach == 0.02);
    assert_true(s->house_selection.least_stay == 2 * 30.4375);
    read_free(r);
    (void)state;
}

static void
copies_may_be_more_or_fewer(void **state)
{
    const char *more[] = {"facilities[House 12].capacity: 40",
                          "facilities[House].copies: {plus: 3}", "facilities[House 15].beds: 50",
                          "facilities[House].posts: 9"};
    const char *fewer[] = {"facilities[House].copies: 5"};
    struct read *r = read_over("", more, 4);
    const struct scenario *s = &r->scenario;

    assert_int_equal(s->facilities.count, 16 + 3);
    assert_true(capacity(s, "House 11") == 15);
    assert_true(capacity(s, "House 13") == 40); /* like the last */
    assert_true(facility(s, "House 15")->beds.value[0] == 50);
    assert_true(facility(s, "House 15")->posts == 9 && facility(s, "House 1")->posts == 9);
    assert_int_equal(s->world->facilities.count, 16);
    read_free(r);
    r = read_over("", fewer, 1);
    assert_int_equal(r->scenario.facilities.count, 16 - 7);
    assert_true(capacity(&r->scenario, "House 5") == 15);
    read_free(r);
    (void)state;
}

static void
policy_does_not_reach_the_world(void **state)
{
    const char *set[] = {"house_selection.breach: 3 %",
                         "desks[register].time: {to: {fixed: 6 d}, world: yes}"};
    struct read *r = read_over("start: 2026-02-01\nhorizon: 90 d\n"
                               "set:\n"
                               "  facilities[Town].capacity: {times: 2}\n"
                               "  intake[called].rate: {times: 3, world: yes}\n"
                               "  stock[remand].count: {plus: 5, world: yes}\n"
                               "drop:\n"
                               "  - measures\n",
                               set, 2);
    const struct scenario *s = &r->scenario, *world = s->world;

    assert_non_null(world);
    assert_true(capacity(s, "Town") == 202 && capacity(world, "Town") == 101);
    assert_true(intake(s, 2)->rate.value[0] == 1.5 && intake(world, 2)->rate.value[0] == 1.5);
    assert_true(((const struct stock_object *)s->stock.item)->count == 45);
    assert_true(((const struct stock_object *)world->stock.item)->count == 45);
    assert_int_equal(world->measures.count, 1);
    assert_int_equal(s->measures.count, 0);
    assert_true(distribution_mean(((const struct desk_object *)s->desks.item)[1].time) == 6);
    assert_true(distribution_mean(((const struct desk_object *)world->desks.item)[1].time) == 6);
    assert_true(world->house_selection.breach != 0.03 && s->house_selection.breach == 0.03);
    assert_int_equal(world->start, s->start);
    assert_true(world->horizon == 90);
    assert_int_equal(r->faults.count, 2); /* the stock is of another day, steps behind the end */
    assert_true(r->faults.fault[0].warning && r->faults.fault[1].warning);
    read_free(r);
    (void)state;
}

static void
without_policy_there_is_one_world(void **state)
{
    const char *set[] = {"facilities[Town].capacity: {to: 99, world: yes}"};
    struct scenario scenario;
    struct faults faults = {0};

    assert_int_equal(run_read(&scenario, BASE, false, &faults), OK);
    assert_null(scenario.world);
    scenario_free(&scenario);
    faults_free(&faults); /* they name files of the scenario */
    faults = (struct faults){0};
    const struct scenario_source from = {.file = BASE, .set = set, .sets = 1};
    assert_int_equal(run_read_from(&scenario, &from, &faults), OK);
    assert_null(scenario.world);
    assert_true(capacity(&scenario, "Town") == 99);
    scenario_free(&scenario);
    faults_free(&faults);
    struct read *r = read_over("drop: stock\n", NULL, 0);
    assert_null(r->scenario.world);
    read_free(r);
    r = read_over(
        "drop: stock\nstock: [{status: remand, count: 3}]\nset:\n  stock[remand].count: 4\n", NULL,
        0);
    assert_null(r->scenario.world);
    assert_true(((const struct stock_object *)r->scenario.stock.item)->count == 4);
    read_free(r);
    (void)state;
}

static void
what_the_command_line_sets_is_a_source(void **state)
{
    const char *set[] = {"house_selection.breach: 3 %", "facilities[Town].capacity: 7\nseed: 8"};
    struct read *r = read_over("", set, 2);
    const struct tree *tree = &r->scenario.tree;
    const struct source *last = &tree->source[tree->sources - 1];

    assert_int_equal(tree->sources, 3);
    assert_string_equal(last->name, SOURCE_SET);
    assert_string_equal(last->text, "house_selection.breach: 3 %\n"
                                    "facilities[Town].capacity: 7\nseed: 8\n");
    assert_int_equal(last->size, strlen(last->text));
    const char *again[] = {last->text}; /* given back as it is kept, it says the same */
    struct read *same = read_over("", again, 1);
    assert_true(capacity(&same->scenario, "Town") == 7);
    assert_int_equal(same->scenario.seed, 8);
    assert_true(same->scenario.house_selection.breach == 0.03);
    read_free(same);
    read_free(r);
    (void)state;
}

/* Processor time to read COUNT facilities of which each tenth is changed by a path of its own, each
 * twentieth dropped by a file above, and all are changed by a table of rows; and as many rows of a
 * history, which go by three fields, each changed by a row too. */
static double
seconds_for(int count)
{
    size_t room = (size_t)count * 400 + 4096, at = 0;
    char *text = malloc(room);
    struct tree tree;
    struct faults faults = {0};

    at += (size_t)snprintf(text, room, "name: Many\nfacilities:\n");
    for (int i = 0; i < count; i++)
        at += (size_t)snprintf(text + at, room - at,
                               "    - {name: F%d, region: north, capacity: 10}\n", i);
    at += (size_t)snprintf(text + at, room - at, "facility_history:\n");
    for (int i = 0; i < count; i++)
        at +=
            (size_t)snprintf(text + at, room - at,
                             "    - {facility: F%d, field: beds, from: 2027-01-01, value: 1}\n", i);
    at += (size_t)snprintf(text + at, room - at, "set:\n  facility_history:\n");
    for (int i = 0; i < count; i++)
        at += (size_t)snprintf(text + at, room - at,
                               "    - {facility: F%d, field: beds, from: 2027-01-01, value: %d}\n",
                               i, i);
    for (int i = 0; i < count; i += 10)
        at += (size_t)snprintf(text + at, room - at, "  facilities[F%d].capacity: %d\n", i, i);
    at += (size_t)snprintf(text + at, room - at, "  facilities:\n");
    for (int i = 0; i < count; i++)
        if (i % 20 != 5)
            at += (size_t)snprintf(text + at, room - at, "    - {name: F%d, beds: %d}\n", i, i);
    at += (size_t)snprintf(text + at, room - at, "drop:\n");
    for (int i = 5; i < count; i += 20)
        at += (size_t)snprintf(text + at, room - at, "  - facilities[F%d]\n", i);
    const struct scenario_text many = {"many.yaml", text, at};
    const struct scenario_source from = {
        .file = "many.yaml", .text = &many, .texts = 1, .no_files = true};
    clock_t start = clock();
    overlay_read(&tree, &from, &faults);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    const struct node *list = node_find(tree.root, "facilities");
    assert_int_equal(list->count, count - count / 20);
    assert_string_equal(node_find(list->child[list->count - 1], "beds")->text,
                        node_find(list->child[list->count - 1], "name")->text + 1);
    const struct node *history = node_find(tree.root, "facility_history");
    for (size_t i = 0; i < history->count; i++)
        assert_string_equal(node_text(history->child[i], "value"),
                            node_text(history->child[i], "facility") + 1);
    assert_int_equal(history->count, count);
    assert_int_equal(faults.count, 0);
    tree_free(&tree);
    free(text);
    return seconds;
}

/* Eight times as many take about eight times as long; what is quadratic would take 64 times. */
static void
the_cost_of_paths_follows_their_number(void **state)
{
    double few = seconds_for(2000), many = seconds_for(16000);

    print_message("2,000: %.3f s, 16,000: %.3f s\n", few, many);
    assert_true(many < 24 * few + 0.05);
    (void)state;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_set_as_they_are_written),
        cmocka_unit_test(odd_names_are_addressed),
        cmocka_unit_test(a_part_of_a_key_means_all_that_fit),
        cmocka_unit_test(numbers_change_in_the_unit_they_have),
        cmocka_unit_test(a_distribution_changes_in_its_times),
        cmocka_unit_test(other_shares_make_up_the_sum),
        cmocka_unit_test(drop_comes_before_add_and_set_last),
        cmocka_unit_test(rows_change_the_items_that_they_name),
        cmocka_unit_test(copies_may_be_more_or_fewer),
        cmocka_unit_test(policy_does_not_reach_the_world),
        cmocka_unit_test(without_policy_there_is_one_world),
        cmocka_unit_test(what_the_command_line_sets_is_a_source),
        cmocka_unit_test(the_cost_of_paths_follows_their_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
