/* What is read has the values that the text says, and hostile texts are refused soon. */

#include "tests/support.h"

#include "models/scenario/read.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void
read_good(struct scenario *scenario, struct faults *faults, const char *name)
{
    char path[256];

    snprintf(path, sizeof path, "tests/data/good/%s.yaml", name);
    *faults = (struct faults){0};
    assert_int_equal(scenario_read(scenario, path, false, faults), OK);
}

static const struct facility_object *
facility(const struct scenario *scenario, size_t i)
{
    assert_true(i < scenario->facilities.count);
    return (const struct facility_object *)scenario->facilities.item + i;
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
    assert_near(figure(&facility(&scenario, 1)->capacity[CAPACITY_MAIN]), 40, 0);
    assert_near(figure(&facility(&scenario, 1)->beds), 50, 0);
    assert_string_equal(facility(&scenario, 2)->name, "C");
    assert_string_equal(facility(&scenario, 2)->region, "north");
    assert_near(figure(&facility(&scenario, 2)->capacity[CAPACITY_MAIN]), 20, 0);
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

/* The seconds that reading takes what WRITE writes; it must end with STATUS. */
static double
seconds_to_read(void (*write)(FILE *file), int status)
{
    struct scenario_text text = {.name = "hostile.yaml"};
    const struct scenario_source from = {
        .file = text.name, .text = &text, .texts = 1, .no_files = true};
    struct scenario scenario;
    struct faults faults = {0};
    char *bytes = NULL;
    FILE *file = open_memstream(&bytes, &text.size);

    assert_non_null(file);
    write(file);
    fclose(file);
    text.text = bytes;
    clock_t before = clock();
    assert_int_equal(scenario_read_from(&scenario, &from, &faults), status);
    clock_t after = clock();
    assert_true(faults.count <= FAULTS_MOST);
    scenario_free(&scenario);
    faults_free(&faults);
    free(bytes);
    return (double)(after - before) / CLOCKS_PER_SEC;
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
        assert_true(seconds_to_read(writers[i], BAD_INPUT) < 20); /* quadratic took minutes */
}

#define FRAME_HEAD "name: T\nstart: 2026-01-01\nhorizon: 1 y\nregions: [north]\nfacilities:\n"
#define FRAME_TAIL                                                                                 \
    "pathways: {a: [{phase: p, status: convicted, stay: {fixed: 1 d}, then: {released: 1}}]}\n"

static void
many_names_with_copies(FILE *file)
{
    fprintf(file, FRAME_HEAD);
    for (int i = 0; i < MANY / 4; i++)
        fprintf(file, "- {name: A%d house, region: north, capacity: 1, copies: 1}\n", i);
    fprintf(file, FRAME_TAIL "intake: [{class: a, region: north, rate: 1 / d}]\n");
}

static void
many_houses_entered_by_name_and_stock(FILE *file)
{
    fprintf(file, FRAME_HEAD);
    for (int i = 0; i < MANY / 4; i++)
        fprintf(file, "- {name: A%d, kind: detention_house, region: north, capacity: 1}\n", i);
    fprintf(file, FRAME_TAIL "intake:\n");
    for (int i = 0; i < MANY / 4; i++)
        fprintf(file, "- {class: a, region: north, facility: A%d, rate: 1 / d}\n", i);
    fprintf(file, "stock:\n");
    for (int i = 0; i < MANY / 4; i++)
        fprintf(file, "- {status: convicted, count: 1, facility: A%d}\n", i);
}

/* What compares 50,000 names each with each takes half a minute. */
static void
many_names_are_read_soon(void **state)
{
    (void)state;
    assert_true(seconds_to_read(many_names_with_copies, OK) < 10);
    assert_true(seconds_to_read(many_houses_entered_by_name_and_stock, OK) < 10);
}

static void
assert_same_faults(const char *path, const struct faults *one, const struct faults *other)
{
    char a[2048], b[2048];

    for (size_t i = 0; i < one->count && i < other->count; i++) {
        faults_line(one, i, a, sizeof a);
        faults_line(other, i, b, sizeof b);
        bool of_disk = strstr(a, "it is no file") != NULL || strstr(a, "lies outside") != NULL;
        if (strcmp(a, b) != 0 && !of_disk)
            fail_msg("%s: from files '%s', from memory '%s'", path, a, b);
    }
    if (one->count != other->count || one->errors != other->errors)
        fail_msg("%s: %zu faults from files, %zu from memory", path, one->count, other->count);
}

/* Read the file at PATH, then the texts that this has kept: the same faults and texts. */
static void
read_both_ways(const char *path)
{
    struct scenario files, memory;
    struct faults of_files = {0}, of_memory = {0};
    int status = scenario_read(&files, path, false, &of_files);
    const struct tree *tree = &files.tree;
    struct scenario_text *text = calloc(tree->sources + 1, sizeof *text);

    assert_non_null(text);
    for (size_t i = 0; i < tree->sources; i++)
        text[i] = (struct scenario_text){tree->source[i].name, tree->source[i].text,
                                         tree->source[i].size};
    const struct scenario_source from = {
        .file = path, .text = text, .texts = tree->sources, .no_files = true};
    assert_int_equal(scenario_read_from(&memory, &from, &of_memory), status);
    assert_same_faults(path, &of_files, &of_memory);
    assert_int_equal(memory.tree.sources, tree->sources);
    for (size_t i = 0; i < tree->sources; i++) {
        assert_string_equal(memory.tree.source[i].name, text[i].name);
        assert_int_equal(memory.tree.source[i].size, text[i].size);
        assert_memory_equal(memory.tree.source[i].text, text[i].text, text[i].size);
    }
    scenario_free(&files);
    scenario_free(&memory);
    faults_free(&of_files);
    faults_free(&of_memory);
    free(text);
}

/* Every scenario of the tests, good or refused: what is outside, a folder or no file at all is a
 * matter of file systems. */
static void
a_scenario_reads_the_same_from_files_and_from_memory(void **state)
{
    static const char *const patterns[] = {"tests/data/good/*.yaml", "tests/data/bad/*.yaml",
                                           "tests/data/models/*.yaml", "scenarios/belgium/*.yaml"};
    size_t read = 0;

    (void)state;
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        glob_t found;
        assert_int_equal(glob(patterns[p], 0, NULL, &found), 0);
        for (size_t i = 0; i < found.gl_pathc; i++, read++)
            read_both_ways(found.gl_pathv[i]);
        globfree(&found);
    }
    assert_true(read > 300);
}

#define OVER(base) "extends: " base "\nname: Over\nset: {'facilities[Town].capacity': 7}\n"

/* The status of an overlay over BASE, a text of memory, and its capacity of Town. */
static int
read_over_text(const char *name, const char *over, bool allow_outside, double *capacity)
{
    static const char base[] = "name: Base\nstart: 2026-01-01\nhorizon: 1 y\nregions: [north]\n"
                               "facilities: [{name: Town, region: north, capacity: 3}]\n" FRAME_TAIL
                               "intake: [{class: a, region: north, rate: 1 / d}]\n";
    const struct scenario_text text[] = {{"over.yaml", over, strlen(over)},
                                         {name, base, sizeof base - 1}};
    const struct scenario_source from = {.file = "over.yaml",
                                         .text = text,
                                         .texts = 2,
                                         .no_files = true,
                                         .allow_outside = allow_outside};
    struct scenario scenario;
    struct faults faults = {0};
    int status = scenario_read_from(&scenario, &from, &faults);

    if (status == OK)
        *capacity = figure(&facility(&scenario, 0)->capacity[CAPACITY_MAIN]);
    scenario_free(&scenario);
    faults_free(&faults);
    return status;
}

static void
texts_in_memory_name_each_other_as_files_do(void **state)
{
    double capacity = 0;

    (void)state;
    assert_int_equal(read_over_text("base.yaml", OVER("base.yaml"), false, &capacity), OK);
    assert_near(capacity, 7, 0);
    assert_int_equal(
        read_over_text("../b/base.yaml", OVER("../b/c/../base.yaml"), false, &capacity), OK);
    assert_int_equal(read_over_text("../../base.yaml", OVER("../../base.yaml"), false, &capacity),
                     BAD_INPUT);
    assert_int_equal(read_over_text("../../base.yaml", OVER("../../base.yaml"), true, &capacity),
                     OK);
    assert_int_equal(read_over_text("base.yaml", OVER("other.yaml"), false, &capacity), BAD_INPUT);
    assert_int_equal(read_over_text("base.yaml", OVER("over.yaml"), false, &capacity), BAD_INPUT);
    assert_int_equal(
        read_over_text("b.yaml", OVER("scenarios/belgium/baseline.yaml"), true, &capacity),
        BAD_INPUT); /* it is there as a file only */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_keys_win_over_merged_ones_and_earlier_maps_over_later),
        cmocka_unit_test(a_table_keeps_its_characters_and_passes_over_blanks),
        cmocka_unit_test(a_change_is_read_as_the_field_that_it_changes),
        cmocka_unit_test(hostile_texts_are_refused_soon),
        cmocka_unit_test(many_names_are_read_soon),
        cmocka_unit_test(a_scenario_reads_the_same_from_files_and_from_memory),
        cmocka_unit_test(texts_in_memory_name_each_other_as_files_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
