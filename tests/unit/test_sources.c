/* Where numbers come from: which entry of `sources` holds for which number, through files that are
 * laid over one another. What is expected is counted by hand in the texts below. */

#include "tests/support.h"

#include "models/run/reading.h"
#include "models/scenario/numbers.h"
#include "models/scenario/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 23 numbers: Town 2, Lake 2 (by date), rates 2, months 12, the stay 2, then 1, needs 2. Start and
 * horizon are chosen. */
#define BASE                                                                                       \
    "name: Base\n"                                                                                 \
    "start: 2026-01-01\n"                                                                          \
    "horizon: 60 d\n"                                                                              \
    "regions: [north, south]\n"                                                                    \
    "facilities:\n"                                                                                \
    "  - {name: Town, region: north, capacity: 100, beds: 110}\n"                                  \
    "  - {name: Lake, region: south, capacity: {2026-01-01: 50, 2026-02-01: 60}, "                 \
    "source: 'B: half of the town'}\n"                                                             \
    "intake:\n"                                                                                    \
    "  - {class: short, region: north, rate: 2 / d}\n"                                             \
    "  - {class: short, region: south, rate: 1 / d, "                                              \
    "months: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n"                                              \
    "pathways:\n"                                                                                  \
    "  short:\n"                                                                                   \
    "    - {phase: inside, status: remand, stay: {gamma: {mean: 20 d, cv: 0.5}}, "                 \
    "then: {released: 1}}\n"                                                                       \
    "people: {needs: {none: 60 %, young_adult: 40 %}}\n"

struct read {
    struct scenario scenario;
    struct faults faults;
    struct number_rows numbers;
};

/* The scenario TOP among COUNT texts in memory, with SET from the command line; NULL: nothing. */
static struct read *
read_texts(const char *top, const char *const texts[][2], size_t count, const char *set)
{
    struct read *r = calloc(1, sizeof *r);
    struct scenario_text text[4];
    const char *const sets[] = {set};

    assert_true(count <= 4);
    for (size_t i = 0; i < count; i++)
        text[i] = (struct scenario_text){texts[i][0], texts[i][1], strlen(texts[i][1])};
    const struct scenario_source from = {.file = top,
                                         .set = sets,
                                         .sets = set != NULL,
                                         .text = text,
                                         .texts = count,
                                         .no_files = true};
    int status = run_read_from(&r->scenario, &from, &r->faults);
    for (size_t i = 0; status != OK && i < r->faults.count; i++)
        fprintf(stderr, "%s:%d: %s\n", r->faults.fault[i].at.file, r->faults.fault[i].at.line,
                r->faults.fault[i].text);
    assert_int_equal(status, OK);
    assert_int_equal(numbers_list(&r->scenario.tree, &r->numbers), OK);
    return r;
}

/* The base, with SOURCES behind it. */
static struct read *
read_base(const char *sources)
{
    char whole[4096];

    snprintf(whole, sizeof whole, "%s%s", BASE, sources);
    const char *const texts[][2] = {{"base.yaml", whole}};
    return read_texts("base.yaml", texts, 1, NULL);
}

/* OVER, which extends the base with SOURCES behind it. */
static struct read *
read_over(const char *sources, const char *over)
{
    char whole[4096], above[4096];

    snprintf(whole, sizeof whole, "%s%s", BASE, sources);
    snprintf(above, sizeof above, "extends: base.yaml\n%s", over);
    const char *const texts[][2] = {{"base.yaml", whole}, {"over.yaml", above}};
    return read_texts("over.yaml", texts, 2, NULL);
}

static void
read_free(struct read *r)
{
    scenario_free(&r->scenario);
    faults_free(&r->faults);
    free(r);
}

/* The row of PATH, a value. */
static const struct number_row *
row(const struct read *r, const char *path)
{
    for (size_t i = 0; i < r->numbers.count; i++)
        if (r->numbers.row[i].below == 0 && strcmp(r->numbers.row[i].path, path) == 0)
            return &r->numbers.row[i];
    fail_msg("no number %s", path);
    return NULL;
}

/* The number of PATH has GRADE and the source TEXT (NULL: none). */
static void
comes_from(const struct read *r, const char *path, enum grade grade, const char *text)
{
    const struct number_row *found = row(r, path);

    if (found->grade != grade || (text == NULL) != (found->text == NULL) ||
        (text != NULL && strcmp(found->text, text) != 0))
        fail_msg("%s: grade %d, %s", path, found->grade, found->text != NULL ? found->text : "-");
}

/* How many numbers have GRADE. */
static size_t
graded(const struct read *r, enum grade grade)
{
    size_t sum = 0;

    for (size_t i = 0; i < r->numbers.count; i++)
        if (r->numbers.row[i].below == 0 && !r->numbers.row[i].chosen &&
            r->numbers.row[i].grade == grade)
            sum += r->numbers.row[i].numbers;
    return sum;
}

static void
every_number_is_counted_once(void **state)
{
    struct read *r = read_base("");

    (void)state;
    assert_int_equal(graded(r, GRADE_B), 2); /* what Lake says itself */
    assert_int_equal(graded(r, GRADE_NONE), 21);
    assert_int_equal(row(r, "facilities[Lake].capacity")->numbers, 2);
    assert_int_equal(row(r, "intake[short,south].months")->numbers, 12);
    assert_true(row(r, "start")->chosen && row(r, "horizon")->chosen);
    comes_from(r, "facilities[Lake].capacity", GRADE_B, "half of the town");
    comes_from(r, "pathways.short[inside].stay.gamma.cv", GRADE_NONE, NULL);
    comes_from(r, "people.needs.young_adult", GRADE_NONE, NULL);
    read_free(r);
}

static void
what_is_chosen_may_have_a_source(void **state)
{
    struct read *r = read_base("sources: {start: {grade: A, text: the day of the count}}\n");

    (void)state;
    comes_from(r, "start", GRADE_A, "the day of the count");
    assert_int_equal(graded(r, GRADE_A), 1);
    assert_true(row(r, "horizon")->chosen);
    read_free(r);
}

static void
the_longest_path_that_covers_a_number_holds(void **state)
{
    struct read *r = read_base("sources:\n"
                               "  facilities[Town]: {grade: B, text: the town}\n"
                               "  facilities: {grade: C, text: all}\n"
                               "  'facilities[*].beds': {grade: A, text: beds}\n"
                               "  intake[short]: {grade: C, text: short}\n"
                               "  'intake[short,south]': {grade: B, text: south}\n"
                               "  'intake[*].rate': {grade: A, text: rates}\n");

    (void)state;
    comes_from(r, "facilities[Town].capacity", GRADE_B, "the town");
    comes_from(r, "facilities[Town].beds", GRADE_A, "beds");
    comes_from(r, "facilities[Lake].capacity", GRADE_B, "half of the town");
    comes_from(r, "intake[short,north].rate", GRADE_A, "rates");
    comes_from(r, "intake[short,south].months", GRADE_B, "south");
    read_free(r);
}

static void
parts_of_values_have_paths(void **state)
{
    struct read *r =
        read_base("sources:\n"
                  "  pathways.short: {grade: C, text: the class}\n"
                  "  'pathways.short[inside].stay.gamma.cv': {grade: B, text: the spread}\n"
                  "  people.needs.none: {grade: A, text: one share}\n");

    (void)state;
    comes_from(r, "pathways.short[inside].stay.gamma.mean", GRADE_C, "the class");
    comes_from(r, "pathways.short[inside].stay.gamma.cv", GRADE_B, "the spread");
    comes_from(r, "pathways.short[inside].then.released", GRADE_C, "the class");
    comes_from(r, "people.needs.none", GRADE_A, "one share");
    comes_from(r, "people.needs.young_adult", GRADE_NONE, NULL);
    read_free(r);
}

/* All but Lake's: 21. */
#define ALL_A                                                                                      \
    "sources:\n"                                                                                   \
    "  facilities: {grade: A, text: base}\n"                                                       \
    "  intake: {grade: A, text: base}\n"                                                           \
    "  pathways: {grade: A, text: base}\n"                                                         \
    "  people: {grade: A, text: base}\n"

static void
what_an_overlay_writes_anew_needs_its_own_source(void **state)
{
    struct read *r = read_over(ALL_A, "set:\n"
                                      "  intake[north].rate: {times: 0.9}\n"
                                      "  facilities[Town].capacity: 120\n"
                                      "  facilities[Lake].capacity: {plus: 10}\n"
                                      "people: {women: 5 %}\n"
                                      "add: {facilities: {name: New, region: north, capacity: 7}}\n"
                                      "sources: {'facilities[Town]': {grade: C, text: over}}\n");

    (void)state;
    comes_from(r, "intake[short,north].rate", GRADE_NONE, NULL);
    comes_from(r, "intake[short,south].rate", GRADE_A, "base");
    comes_from(r, "facilities[Town].capacity", GRADE_C, "over");
    comes_from(r, "facilities[Town].beds", GRADE_C, "over"); /* the longer path */
    comes_from(r, "facilities[Lake].capacity", GRADE_NONE, NULL);
    comes_from(r, "facilities[New].capacity", GRADE_NONE, NULL);
    comes_from(r, "people.women", GRADE_NONE, NULL);
    comes_from(r, "people.needs.none", GRADE_A, "base");
    read_free(r);
}

static void
of_one_path_in_two_files_the_nearer_holds(void **state)
{
    struct read *r = read_over(ALL_A, "set: {'intake[north].rate': {times: 0.9}}\n"
                                      "sources: {intake: {grade: C, text: over}}\n");

    (void)state;
    comes_from(r, "intake[short,north].rate", GRADE_C, "over");
    comes_from(r, "intake[short,south].rate", GRADE_A, "base");
    read_free(r);
}

/* 60 % becomes 50 %, so that 40 % becomes 50 %: neither is the base's figure any more. */
static void
shares_that_are_scaled_are_the_overlays(void **state)
{
    struct read *r = read_over(ALL_A, "set: {people.needs.none: 50 %}\n");

    (void)state;
    comes_from(r, "people.needs.none", GRADE_NONE, NULL);
    comes_from(r, "people.needs.young_adult", GRADE_NONE, NULL);
    read_free(r);
}

static void
an_overlay_may_drop_what_the_base_names(void **state)
{
    struct read *r = read_over("sources: {'facilities[Town]': {grade: A, text: base}}\n",
                               "drop: facilities[Town]\n");

    (void)state;
    assert_int_equal(graded(r, GRADE_A), 0);
    read_free(r);
}

static void
what_the_command_line_sets_has_no_source(void **state)
{
    const char *const texts[][2] = {{"base.yaml", BASE ALL_A}};
    struct read *r = read_texts("base.yaml", texts, 1, "intake[north].rate: 3 / d");

    (void)state;
    comes_from(r, "intake[short,north].rate", GRADE_NONE, NULL);
    assert_int_equal(graded(r, GRADE_A), 20);
    read_free(r);
}

static void
a_table_of_the_overlay_is_the_overlays(void **state)
{
    const char *const texts[][2] = {
        {"base.yaml", BASE ALL_A "stock: [{status: remand, region: north, count: 3}]\n"},
        {"over.yaml", "extends: base.yaml\nstock: {csv: stock.csv}\nsources: {csv: sources.csv}\n"},
        {"stock.csv", "status,region,count,source\nremand,north,4,grade C; a guess\n"
                      "remand,south,5,\n"},
        {"sources.csv", "path,grade,text\n\"stock[remand,south]\",B,\"counted, then halved\"\n"
                        "facilities[*].beds,C,beds\n"}};
    struct read *r = read_texts("over.yaml", texts, 4, NULL);

    (void)state;
    comes_from(r, "stock[remand,north].count", GRADE_C, "a guess");
    comes_from(r, "stock[remand,south].count", GRADE_B, "counted, then halved");
    comes_from(r, "facilities[Town].beds", GRADE_C, "beds");
    comes_from(r, "facilities[Town].capacity", GRADE_A, "base");
    read_free(r);
}

static void
what_is_drawn_is_one_number_of_the_file_that_draws_it(void **state)
{
    struct read *r =
        read_over(ALL_A, "uncertain:\n"
                         "  'intake[north].rate': {times: {uniform: {low: 0.8, high: 1.2}}}\n");

    (void)state;
    assert_true(row(r, "intake[short,north].rate")->drawn);
    assert_int_equal(row(r, "intake[short,north].rate")->numbers, 1);
    comes_from(r, "intake[short,north].rate", GRADE_NONE, NULL);
    assert_false(row(r, "intake[short,south].rate")->drawn);
    read_free(r);
}

/* Each law is an item; what it sets has no paths of its own: 0.8 and 15 d. */
static void
what_a_law_sets_is_counted(void **state)
{
    struct read *r = read_base(
        "law:\n"
        "  - {name: code, from: 2026-02-01, reaches: new, set: {"
        "'pathways.short[inside].stay': {times: 0.8}}}\n"
        "  - {name: next, from: 2026-02-20, reaches: new, set: ["
        "{path: 'pathways.short[inside].stay.gamma.mean', value: 15 d, note: as 2 ask}]}\n"
        "sources: {'law[code]': {grade: A, text: the gazette}}\n");

    (void)state;
    assert_int_equal(row(r, "law[code].set")->numbers, 1);
    assert_int_equal(row(r, "law[next].set")->numbers, 1);
    comes_from(r, "law[code].set", GRADE_A, "the gazette");
    comes_from(r, "law[code].from", GRADE_A, "the gazette");
    comes_from(r, "law[next].from", GRADE_NONE, NULL);
    read_free(r);
}

static void
an_item_says_its_grade_itself(void **state)
{
    static const struct {
        const char *text;
        enum grade grade;
        const char *rest;
    } cases[] = {
        {"A: the gazette", GRADE_A, "the gazette"},
        {"B:half", GRADE_B, "half"},
        {"C:", GRADE_C, "C:"},
        {"grade C, scaled", GRADE_C, "scaled"},
        {"Grade B", GRADE_B, "Grade B"},
        {"no open source (grade C)", GRADE_C, "no open source (grade C)"},
        {"grade Copper", GRADE_A, "grade Copper"},
        {"degrade B", GRADE_A, "degrade B"},
        {"A town's page", GRADE_A, "A town's page"},
        {"https://a.example/", GRADE_A, "https://a.example/"},
        {"", GRADE_A, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *rest;
        assert_int_equal(grade_of_text(cases[i].text, &rest), cases[i].grade);
        assert_string_equal(rest, cases[i].rest);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_counted_once),
        cmocka_unit_test(what_is_chosen_may_have_a_source),
        cmocka_unit_test(the_longest_path_that_covers_a_number_holds),
        cmocka_unit_test(parts_of_values_have_paths),
        cmocka_unit_test(what_an_overlay_writes_anew_needs_its_own_source),
        cmocka_unit_test(of_one_path_in_two_files_the_nearer_holds),
        cmocka_unit_test(shares_that_are_scaled_are_the_overlays),
        cmocka_unit_test(an_overlay_may_drop_what_the_base_names),
        cmocka_unit_test(what_the_command_line_sets_has_no_source),
        cmocka_unit_test(a_table_of_the_overlay_is_the_overlays),
        cmocka_unit_test(what_is_drawn_is_one_number_of_the_file_that_draws_it),
        cmocka_unit_test(what_a_law_sets_is_counted),
        cmocka_unit_test(an_item_says_its_grade_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
