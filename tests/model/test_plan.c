/* The plan: its tables, and plans derived from another. */

#include "tests/support.h"

#include "models/model.h"
#include "models/plan/derive.h"
#include "models/record/series.h"
#include "models/scenario/read.h"

#include <stdlib.h>
#include <string.h>

/* A plan of FILE as it is read with COUNT texts laid over it. */
struct planned {
    struct scenario scenario;
    struct faults faults;
    struct plan *plan;
};

static void
plan_open(struct planned *planned, const char *file, const char *const *set, size_t count)
{
    struct error err = {0};
    char path[256], line[1024];

    *planned = (struct planned){0};
    snprintf(path, sizeof path, "tests/data/models/%s", file);
    struct scenario_source from = {.file = path, .set = set, .sets = count};
    if (scenario_read_from(&planned->scenario, &from, &planned->faults) != OK) {
        faults_line(&planned->faults, 0, line, sizeof line);
        fail_msg("%s", line);
    }
    if (plan_create(&planned->plan, &planned->scenario, &err) != OK)
        fail_msg("%s", err.message);
}

static void
plan_close(struct planned *planned)
{
    plan_free(planned->plan);
    scenario_free(&planned->scenario);
    faults_free(&planned->faults);
}

/* All values of a replication, one variable behind the other. */
struct values {
    size_t bytes;
    char *value;
};

static struct values
values_of(const struct plan *plan, uint64_t replication)
{
    struct error err = {0};
    struct layout layout;
    struct model *model;
    struct values values = {0};

    assert_int_equal(series_layout(&layout, plan, &err), OK);
    assert_int_equal(model_create(&model, plan, 1, &err), OK);
    assert_int_equal(model_run(model, replication, &err), OK);
    for (size_t i = 0; i < layout.variables; i++) {
        const struct layout_variable *variable = &layout.variable[i];
        size_t size = layout_count(&layout, variable) * layout_value_size(variable->type);
        values.value = realloc(values.value, values.bytes + size + 1);
        assert_non_null(values.value);
        record_values(model, i, values.value + values.bytes);
        values.bytes += size;
    }
    model_free(model);
    series_layout_free(&layout);
    return values;
}

static bool
same_values(const struct plan *a, const struct plan *b, uint64_t replication)
{
    struct values left = values_of(a, replication), right = values_of(b, replication);
    bool same = left.bytes == right.bytes && memcmp(left.value, right.value, left.bytes) == 0;

    free(left.value);
    free(right.value);
    return same;
}

#define MONTH 30.4375 /* days of 1 mo */

static double half = 0.5, most = 3 * MONTH, third = 0.4, fifth = 0.2, women = 0.3, more = 1.1,
              above = 1.21;
static int64_t vans = 3, cap = 10, moves = 2, people = 260;
static int32_t always[] = {NO_DATE}, until = 20634; /* 2026-06-30 */
static struct steps places = {.count = 1, .day = always, .value = (double[]){20}};
static struct steps arrivals = {.count = 1, .day = always, .value = (double[]){1.3}};
static struct steps level = {.count = 1, .day = always, .value = &more};
static const char *const ways[] = {"released", "sentence"};
static struct shares on = {
    .count = 2, .name = (const char **)(uintptr_t)ways, .share = (double[]){0.3, 0.7}};
static const char *const series[] = {"capacity"};
static struct names capacity = {.count = 1, .name = (const char **)(uintptr_t)series};
static struct distribution fixed, *stay = &fixed;

/* One field of each topic at least, where it is, and its value as a scenario says it. */
static const struct {
    const char *file, *set, *path;
    size_t numbers, number[3];
    const void *value;
    bool world;
} rows[] = {
    {"small.yaml",
     "house_selection.suitable: 20 %",
     "house_selection.suitable",
     0,
     {0},
     &fifth,
     false},
    {"small.yaml",
     "house_selection.hand_off: {fixed: {value: 40 d}}",
     "house_selection.hand_off",
     0,
     {0},
     &stay,
     false},
    {"small.yaml",
     "facilities[Second].capacity: 20",
     "facilities.capacity",
     1,
     {1},
     &places,
     false},
    {"small.yaml",
     "facilities[Closing].closes: 2026-06-30",
     "facilities.closes",
     1,
     {6},
     &until,
     false},
    {"small.yaml", "desks[court].time: {fixed: {value: 40 d}}", "desks.time", 1, {0}, &stay, false},
    {"small.yaml",
     "pathways.arrested[remand].then: {released: 0.3, sentence: 0.7}",
     "pathways.then",
     2,
     {0, 0},
     &on,
     false},
    {"small.yaml",
     "pathways.arrested[remand].clocks[home].after: {fixed: {value: 40 d}}",
     "pathways.clocks.after",
     3,
     {0, 0, 0},
     &stay,
     false},
    {"small.yaml", "classes[arrested].repeat: 50 %", "classes.repeat", 1, {0}, &half, false},
    {"small.yaml", "people.women: 30 %", "people.women", 0, {0}, &women, false},
    {"small.yaml", "intake[arrested,north].rate: 1.3 / d", "intake.rate", 1, {0}, &arrivals, false},
    {"small.yaml", "intake_level: 1.1", "intake_level", 0, {0}, &level, false},
    {"small.yaml", "intake_level: {to: 1.1, world: yes}", "intake_level", 0, {0}, &level, true},
    {"small.yaml", "measures[dated].forward: 3 mo", "measures.forward", 1, {0}, &most, false},
    {"small.yaml", "earliest_share: 0.4", "earliest_share", 0, {0}, &third, false},
    {"small.yaml", "allocation.moves: 2", "allocation.moves", 0, {0}, &moves, false},
    {"small.yaml", "balance.from: 121 %", "balance.from", 0, {0}, &above, false},
    {"small.yaml",
     "stock[remand].count: {to: 260, world: yes}",
     "stock.count",
     1,
     {0},
     &people,
     true},
    {"small_kept.yaml", "small_scale_cap: 10", "small_scale_cap", 0, {0}, &cap, false},
    {"small_kept.yaml",
     "record[facility].series: [capacity]",
     "record.series",
     1,
     {1},
     &capacity,
     false},
    {"small_kept.yaml",
     "people.women: {to: 30 %, world: yes}",
     "people.women",
     0,
     {0},
     &women,
     true},
};

/* As if it had been read with the value, bit for bit; and not as it was before. */
static void
a_derived_plan_has_the_bits_of_one_that_is_read(void **state)
{
    double parameter[] = {40, 0, 0};
    struct error err = {0};

    (void)state;
    assert_int_equal(distribution_make(&fixed, DIST_FIXED, parameter, &err), OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct planned base, read;
        struct plan *derived;
        struct plan_change change;
        plan_open(&base, rows[i].file, NULL, 0);
        plan_open(&read, rows[i].file, &rows[i].set, 1);
        assert_true(plan_change_at(&change, rows[i].path, rows[i].number, rows[i].numbers));
        change.value = rows[i].value;
        change.world = rows[i].world;
        if (plan_derive(&derived, base.plan, &change, 1, &err) != OK)
            fail_msg("%s: %s", rows[i].path, err.message);
        if (!same_values(derived, read.plan, 1))
            fail_msg("%s: not as if it were read", rows[i].set);
        if (same_values(derived, base.plan, 1))
            fail_msg("%s: as if nothing were changed", rows[i].set);
        plan_free(derived);
        plan_close(&read);
        plan_close(&base);
    }
}

/* Two changes, one of them the world's too; and the plan that it comes from is as it was. */
static void
a_derived_plan_leaves_its_base_as_it_was(void **state)
{
    static const char *const set[] = {"intake_level: {to: 1.1, world: yes}", "balance.vans: 3"};
    struct planned base, again, read;
    struct plan *derived, *twice;
    struct plan_change change[2], other;
    struct error err = {0};

    (void)state;
    plan_open(&base, "small.yaml", NULL, 0);
    plan_open(&again, "small.yaml", NULL, 0);
    plan_open(&read, "small.yaml", set, 2);
    assert_true(plan_change_at(&change[0], "intake_level", NULL, 0));
    change[0].value = &level;
    change[0].world = true;
    assert_true(plan_change_at(&change[1], "balance.vans", NULL, 0));
    change[1].value = &vans;
    assert_int_equal(plan_derive(&derived, base.plan, change, 2, &err), OK);
    assert_true(same_values(derived, read.plan, 0));
    assert_true(same_values(base.plan, again.plan, 0));
    /* what is derived from it changes one thing more */
    assert_true(plan_change_at(&other, "people.women", NULL, 0));
    other.value = &women;
    assert_int_equal(plan_derive(&twice, derived, &other, 1, &err), OK);
    assert_false(same_values(twice, derived, 0));
    assert_true(same_values(derived, read.plan, 0));
    plan_free(twice);
    plan_free(derived);
    plan_close(&read);
    plan_close(&again);
    plan_close(&base);
}

static void
what_cannot_change_is_refused(void **state)
{
    static const struct {
        const char *path;
        size_t numbers, number[3];
        const char *message;
    } refused[] = {
        {"start", 0, {0}, "start is the same for all replications"},
        {"facilities.capacity", 1, {8}, "facilities has 8 records, and none of number 8"},
        {"pathways.stay", 2, {2, 0}, "pathways has 2 lists, and none of number 2"},
        {"pathways.stay", 2, {1, 1}, "pathways has 1 records, and none of number 1"},
    };
    static const char *const unknown[] = {"",        "facility", "facilities", "facilities.size",
                                          "horizon", "set",      "start.year"};
    static const size_t zero[3];
    struct planned base;
    struct plan_change change;
    struct error err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_false(plan_change_at(&change, unknown[i], zero, 3));
    assert_false(plan_change_at(&change, "facilities.capacity", zero, 0));
    assert_false(plan_change_at(&change, "pathways.stay", zero, 1));
    plan_open(&base, "small.yaml", NULL, 0);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct plan *plan = NULL;
        assert_true(
            plan_change_at(&change, refused[i].path, refused[i].number, refused[i].numbers));
        change.value = &until;
        if (refused[i].message == NULL)
            continue;
        assert_int_equal(plan_derive(&plan, base.plan, &change, 1, &err), BAD_INPUT);
        assert_string_equal(err.message, refused[i].message);
        assert_null(plan);
    }
    plan_close(&base);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_derived_plan_has_the_bits_of_one_that_is_read),
        cmocka_unit_test(a_derived_plan_leaves_its_base_as_it_was),
        cmocka_unit_test(what_cannot_change_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
