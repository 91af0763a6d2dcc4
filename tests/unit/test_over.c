/* Overlays that the command line lays over a scenario: in their order, each as if it extended the
 * one before; whoever extends something else is refused where it says so. */

#include "tests/support.h"

#include "models/scenario/numbers.h"
#include "models/scenario/read.h"
#include "models/scenario/source.h"

#include <string.h>

#define BASE                                                                                       \
    "name: Base\n"                                                                                 \
    "description: What is\n"                                                                       \
    "start: 2026-01-01\n"                                                                          \
    "horizon: 60 d\n"                                                                              \
    "regions: [north]\n"                                                                           \
    "facilities: [{name: Town, region: north, capacity: 100}]\n"                                   \
    "intake: [{class: short, region: north, rate: 2 / d}]\n"                                       \
    "pathways: {short: [{phase: inside, status: remand, stay: {exponential: 20 d}, "               \
    "then: {released: 1}}]}\n"

static const struct scenario_text texts[] = {
    {"base.yaml", BASE, sizeof BASE - 1},
#define TEXT(name, text)                                                                           \
    {                                                                                              \
        name, text, sizeof(text) - 1                                                               \
    }
    TEXT("more.yaml", "extends: base.yaml\nname: More\ndescription: If more?\n"
                      "set: {'facilities[Town].capacity': {plus: 4}}\n"
                      "sources: {'facilities[Town].capacity': {grade: B, text: four more}}\n"),
    TEXT("twice.yaml", "extends: base.yaml\nname: Twice\n"
                       "set: {'facilities[Town].capacity': {times: 2}}\n"
                       "sources: {'facilities[Town].capacity': {grade: A, text: a law}}\n"),
    TEXT("table.yaml", "extends: base.yaml\nset: {csv: lines.csv}\n"),
    TEXT("lines.csv", "path,value\nfacilities[Town].capacity,70\n"),
    TEXT("chain.yaml", "extends: more.yaml\nname: Chain\n"),
    TEXT("alone.yaml", "name: Alone\n"),
    TEXT("wrong.yaml", "extends: base.yaml\nset:\n  facilities[Twon].capacity: 5\n"),
};

struct read {
    struct scenario scenario;
    struct faults faults;
    int status;
};

/* The base with COUNT overlays and SET (NULL: nothing) laid over it. */
static void
read_over(struct read *r, const char *const *over, size_t count, const char *set)
{
    const struct scenario_source from = {.file = "base.yaml",
                                         .over = over,
                                         .overs = count,
                                         .set = &set,
                                         .sets = set != NULL,
                                         .text = texts,
                                         .texts = sizeof texts / sizeof *texts,
                                         .no_files = true};

    *r = (struct read){0};
    r->status = scenario_read_from(&r->scenario, &from, &r->faults);
}

static void
read_free(struct read *r)
{
    scenario_free(&r->scenario);
    faults_free(&r->faults);
}

/* The town has PLACES and the scenario is called NAME. */
static void
assert_read(const char *const *over, size_t count, const char *set, double places, const char *name)
{
    struct read r;

    read_over(&r, over, count, set);
    assert_int_equal(r.status, OK);
    const struct facility_object *town = r.scenario.facilities.item;
    assert_near(town->capacity[CAPACITY_MAIN].value[0], places, 0);
    assert_string_equal(r.scenario.name, name);
    read_free(&r);
}

/* The only fault is LINE. */
static void
assert_refused(const char *const *over, size_t count, const char *line)
{
    struct read r;
    char text[1024] = "";

    read_over(&r, over, count, NULL);
    assert_int_equal(r.status, BAD_INPUT);
    assert_int_equal(r.faults.count, 1);
    faults_line(&r.faults, 0, text, sizeof text);
    assert_string_equal(text, line);
    read_free(&r);
}

static void
each_lies_over_the_one_before(void **state)
{
    static const char *const more_twice[] = {"more.yaml", "twice.yaml"}, *const twice_more[] = {
                                                                             "twice.yaml",
                                                                             "more.yaml"};

    (void)state;
    assert_read(more_twice, 0, NULL, 100, "Base");
    assert_read(more_twice, 1, NULL, 104, "More");
    assert_read(more_twice, 2, NULL, (100 + 4) * 2, "More + Twice");
    assert_read(twice_more, 2, NULL, 100 * 2 + 4, "Twice + More");
}

static void
what_the_command_line_sets_lies_over_all(void **state)
{
    static const char *const over[] = {"more.yaml", "twice.yaml"};

    (void)state;
    assert_read(over, 2, "facilities[Town].capacity: {plus: 1}", 209, "More + Twice");
}

static void
an_overlay_reads_its_tables(void **state)
{
    static const char *const over[] = {"table.yaml", "more.yaml"};

    (void)state;
    assert_read(over, 2, NULL, 74, "More");
}

static void
an_overlay_must_extend_the_very_file(void **state)
{
    static const char *const chain[] = {"chain.yaml"}, *const alone[] = {"alone.yaml"},
                             *const wrong[] = {"wrong.yaml"}, *const none[] = {"none.yaml"},
                             *const again[] = {"more.yaml", "more.yaml"};

    (void)state;
    assert_refused(chain, 1,
                   "chain.yaml:1:10: error: extends: expected the file base.yaml, over which it is "
                   "to be laid");
    assert_refused(alone, 1,
                   "alone.yaml:1:1: error: extends: expected the file base.yaml, over which it is "
                   "to be laid");
    assert_refused(wrong, 1,
                   "wrong.yaml:3:3: error: facilities[Twon].capacity: no facility is called "
                   "'Twon'; did you mean 'Town'?");
    assert_refused(none, 1, "none.yaml: error: cannot be read: No such file or directory");
    assert_refused(again, 2, "more.yaml: error: it lies over base.yaml already: name it once");
}

static void
the_sources_of_the_upper_overlay_hold(void **state)
{
    static const char *const over[] = {"more.yaml", "twice.yaml"};

    (void)state;
    for (size_t count = 1; count <= 2; count++) {
        struct read r;
        struct number_rows numbers;
        size_t found = 0;
        read_over(&r, over, count, NULL);
        assert_int_equal(r.status, OK);
        assert_int_equal(numbers_list(&r.scenario.tree, &numbers), OK);
        for (size_t i = 0; i < numbers.count; i++)
            if (strcmp(numbers.row[i].path, "facilities[Town].capacity") == 0) {
                assert_string_equal(numbers.row[i].text, count == 1 ? "four more" : "a law");
                found++;
            }
        assert_int_equal(found, 1);
        read_free(&r);
    }
}

static void
the_texts_tell_which_are_overlays(void **state)
{
    static const char *const over[] = {"table.yaml", "more.yaml"};
    static const struct {
        const char *name;
        bool over;
    } expected[] = {
        {"base.yaml", false}, {"table.yaml", true}, {"lines.csv", false}, {"more.yaml", true}};
    struct read r;

    (void)state;
    read_over(&r, over, 2, NULL);
    assert_int_equal(r.scenario.tree.sources, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(r.scenario.tree.source[i].name, expected[i].name);
        assert_int_equal(r.scenario.tree.source[i].over, expected[i].over);
    }
    read_free(&r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_lies_over_the_one_before),
        cmocka_unit_test(what_the_command_line_sets_lies_over_all),
        cmocka_unit_test(an_overlay_reads_its_tables),
        cmocka_unit_test(an_overlay_must_extend_the_very_file),
        cmocka_unit_test(the_sources_of_the_upper_overlay_hold),
        cmocka_unit_test(the_texts_tell_which_are_overlays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
