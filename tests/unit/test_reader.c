/* What is read has the values that the text says, and hostile texts are refused soon. */

#include "tests/support.h"

#include "models/scenario/read.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

static void
read_good(struct scenario *scenario, struct faults *faults, const char *name)
{
    char path[256];

    snprintf(path, sizeof path, "tests/data/good/%s.yaml", name);
    *faults = (struct faults){0};
    assert_int_equal(scenario_read(scenario, path, false, faults), OK);
}

static const struct facility_record *
facility(const struct scenario *scenario, size_t i)
{
    assert_true(i < scenario->facilities.count);
    return (const struct facility_record *)scenario->facilities.item + i;
}

static double
figure(const struct steps *steps)
{
    assert_int_equal(steps->count, 1);
    return steps->value[0];
}

/* {name: C, <<: [{capacity: 20}, *g]} with g = {<<: *f, beds: 50, name: B} and f = {name: A,
 * region: north, capacity: 40}: its own name, the first map's capacity, g's beds and f's region. */
static void
own_keys_win_over_merged_ones_and_earlier_maps_over_later(void **state)
{
    struct scenario scenario;
    struct faults faults;

    (void)state;
    read_good(&scenario, &faults, "merge_list");
    assert_int_equal(scenario.facilities.count, 3);
    assert_string_equal(facility(&scenario, 1)->name, "B");
    assert_near(figure(&facility(&scenario, 1)->capacity[MAIN_CAPACITY]), 40, 0);
    assert_near(figure(&facility(&scenario, 1)->beds), 50, 0);
    assert_string_equal(facility(&scenario, 2)->name, "C");
    assert_string_equal(facility(&scenario, 2)->region, "north");
    assert_near(figure(&facility(&scenario, 2)->capacity[MAIN_CAPACITY]), 20, 0);
    assert_near(figure(&facility(&scenario, 2)->beds), 50, 0);
    scenario_free(&scenario);
    faults_free(&faults);
}

static void
a_table_keeps_its_characters_and_passes_over_blanks(void **state)
{
    struct scenario scenario;
    struct faults faults;

    (void)state;
    read_good(&scenario, &faults, "csv_characters");
    assert_int_equal(scenario.facilities.count, 2);
    assert_string_equal(facility(&scenario, 0)->name, "Liège, 東京 😀");
    assert_string_equal(facility(&scenario, 0)->note, "two\nlines");
    assert_string_equal(facility(&scenario, 1)->name, "Gent");
    assert_int_equal(facility(&scenario, 1)->node->at.line, 5);
    scenario_free(&scenario);
    faults_free(&faults);
}

static void
a_change_is_read_as_the_field_that_it_changes(void **state)
{
    struct scenario scenario;
    struct faults faults;

    (void)state;
    read_good(&scenario, &faults, "csv_history_ceiling_percent");
    const struct steps *ceiling = &facility(&scenario, 0)->ceiling;
    assert_int_equal(ceiling->count, 1);
    assert_true(ceiling->nothing_before);
    assert_near(ceiling->value[0], 0.95, 1e-15);
    scenario_free(&scenario);
    faults_free(&faults);
}

/* The seconds that reading takes what WRITE writes; it must be refused. */
static double
seconds_to_refuse(void (*write)(FILE *file))
{
    char path[] = "/tmp/doorstroom-hostile-XXXXXX";
    int descriptor = mkstemp(path);
    struct scenario scenario;
    struct faults faults = {0};
    struct timespec before, after;

    assert_true(descriptor >= 0);
    FILE *file = fdopen(descriptor, "w");
    write(file);
    fclose(file);
    clock_gettime(CLOCK_MONOTONIC, &before);
    assert_int_equal(scenario_read(&scenario, path, false, &faults), BAD_INPUT);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true(faults.count <= FAULTS_MOST);
    scenario_free(&scenario);
    faults_free(&faults);
    unlink(path);
    return (double)(after.tv_sec - before.tv_sec) + 1e-9 * (double)(after.tv_nsec - before.tv_nsec);
}

#define MANY 200000

static void
many_keys(FILE *file)
{
    for (int i = 0; i < MANY; i++)
        fprintf(file, "k%d: 1\n", i % (MANY / 2));
}

static void
many_anchors(FILE *file)
{
    fprintf(file, "regions: [&a0 x");
    for (int i = 1; i < MANY; i++)
        fprintf(file, ", &a%d x", i);
    for (int i = 0; i < MANY; i++)
        fprintf(file, ", *a%d", i % 7);
    fprintf(file, "]\n");
}

/* Each alias lies ten levels below the last: 10 * 3000 levels without a bound. */
static void
deep_aliases(FILE *file)
{
    fprintf(file, "a0: &a0 [x]\n");
    for (int i = 1; i < 3000; i++)
        fprintf(file, "a%d: &a%d [[[[[[[[[[*a%d]]]]]]]]]]\n", i, i, i - 1);
}

static void
many_facilities_of_one_name(FILE *file)
{
    fprintf(file, "name: T\nstart: 2026-01-01\nhorizon: 1 y\nregions: [north]\nfacilities:\n");
    for (int i = 0; i < MANY / 4; i++)
        fprintf(file, "- {name: A%d, region: nrth, capacity: 1}\n", i / 2);
    fprintf(file, "intake:\n");
    for (int i = 0; i < MANY / 4; i++)
        fprintf(file, "- {class: b, region: north, facility: B%d, rate: 1 / d}\n", i / 2);
    fprintf(
        file,
        "pathways: {a: [{phase: p, status: remand, stay: {fixed: 1 d}, then: {released: 1}}]}\n");
}

static void
many_changes_of_one_figure(FILE *file)
{
    fprintf(file,
            "name: T\nstart: 2026-01-01\nhorizon: 1 y\nregions: [north]\n"
            "facilities: [{name: A, region: north, capacity: 1}]\n"
            "pathways: {a: [{phase: p, status: remand, stay: {fixed: 1 d}, then: {released: 1}}]}\n"
            "intake: [{class: b, region: north, rate: 1 / d}]\nfacility_history:\n");
    for (int i = 0; i < MANY / 2; i++)
        fprintf(file, "- {facility: A, field: beds, from: %04d-%02d-%02d, value: 3}\n", 1 + i / 336,
                1 + i / 28 % 12, 1 + i % 28);
}

static void
doubling_merges(FILE *file)
{
    fprintf(file, "m0: &m0 {a: 1}\n");
    for (int i = 1; i < 60; i++)
        fprintf(file, "m%d: &m%d {<<: *m%d, x%d: *m%d}\n", i, i, i - 1, i, i - 1);
}

static void
hostile_texts_are_refused_soon(void **state)
{
    void (*const writers[])(FILE *) = {many_keys,
                                       many_anchors,
                                       deep_aliases,
                                       many_facilities_of_one_name,
                                       many_changes_of_one_figure,
                                       doubling_merges};

    (void)state;
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        assert_true(seconds_to_refuse(writers[i]) < 20); /* quadratic ones took minutes */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_keys_win_over_merged_ones_and_earlier_maps_over_later),
        cmocka_unit_test(a_table_keeps_its_characters_and_passes_over_blanks),
        cmocka_unit_test(a_change_is_read_as_the_field_that_it_changes),
        cmocka_unit_test(hostile_texts_are_refused_soon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
