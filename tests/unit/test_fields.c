/* The field table's rows are whole, and a value of each type is read as what its text says. */

#include "tests/support.h"

#include "models/scenario/load.h"
#include "models/scenario/read_value.h"
#include "models/scenario/scenario.h"

#include <string.h>

static void
row_is_whole(const char *path, const struct field *field, void *context)
{
    bool words = field->type == FIELD_CHOICE || field->type == FIELD_SET;
    bool objects = field->type == FIELD_OBJECT || field->type == FIELD_OBJECTS ||
                   field->type == FIELD_OBJECT_MAP;
    size_t *rows = context;

    ++*rows;
    if (field->meaning == NULL || *field->meaning == '\0')
        fail_msg("%s has no meaning", path);
    if (words && field->words == NULL)
        fail_msg("%s has no words", path);
    if (objects != (field->object != NULL))
        fail_msg("%s has an object type where it should not, or none", path);
    if (!(field->low <= field->high))
        fail_msg("%s has an empty range", path);
    if (field->type == FIELD_NUMBERS && field->entries < 1)
        fail_msg("%s has no entries", path);
    if (field->required && field->fallback != NULL)
        fail_msg("%s must be given and has a default", path);
    if (field_find(path) == NULL)
        fail_msg("%s is not found by its path", path);
    if (field->object != NULL && field->object->fields > 63)
        fail_msg("%s: the reader notes which fields of an object are misspelt in 64 bits", path);
}

static void
each_row_is_whole_and_found_by_its_path(void **state)
{
    size_t rows = 0;

    (void)state;
    field_each(row_is_whole, &rows);
    assert_true(rows > 100);
    assert_null(field_find("facilities.capcity"));
    assert_null(field_find("seed.words"));
}

/* What is read stands here until the next test. */
static struct tree tree;
static struct faults faults;

static int
forget(void **state)
{
    (void)state;
    tree_free(&tree);
    faults_free(&faults);
    return 0;
}

/* Read TEXT as FIELD into OUT, zeroed; the number of faults. */
static size_t
read_text(const struct field *field, const char *text, void *out)
{
    size_t before = faults.errors;

    tree.faults = &faults;
    const struct node *node = load_text(&tree, "(test)", text);
    assert_non_null(node);
    value_readers[field->type](&(struct reading){&tree, field, "field"}, node, out);
    return faults.errors - before;
}

static void
numbers_are_read_in_their_units(void **state)
{
    static const struct {
        enum field_type type;
        const char *text;
        double value;
    } good[] = {
        {FIELD_NUMBER, "-2.5", -2.5},   {FIELD_NUMBER, "1e2", 100},
        {FIELD_SHARE, "0.35", 0.35},    {FIELD_SHARE, "35 %", 0.35},
        {FIELD_DURATION, "36 h", 1.5},  {FIELD_DURATION, "90 min", 0.0625},
        {FIELD_DURATION, "2 wk", 14},   {FIELD_DURATION, "6 mo", 182.625}, /* of 30.4375 d */
        {FIELD_DURATION, "2 y", 730.5},
    };
    static const struct {
        enum field_type type;
        const char *text;
    } bad[] = {
        {FIELD_NUMBER, "35 %"}, {FIELD_NUMBER, "0x10"},  {FIELD_NUMBER, "nan"},
        {FIELD_NUMBER, "inf"},  {FIELD_NUMBER, "1001"},  {FIELD_SHARE, "x"},
        {FIELD_DURATION, "14"}, {FIELD_DURATION, "1 D"}, {FIELD_DURATION, "[1 d]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const struct field field = {.type = good[i].type, .low = -1000, .high = 1000};
        double value = -1;
        assert_int_equal(read_text(&field, good[i].text, &value), 0);
        assert_near(value, good[i].value, 1e-12);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct field field = {.type = bad[i].type, .low = -1000, .high = 1000};
        double value = -1;
        assert_int_equal(read_text(&field, bad[i].text, &value), 1);
    }
}

static void
whole_numbers_dates_spans_and_words_are_read(void **state)
{
    static const char *const words[] = {"one", "two", "three", NULL};
    const struct field whole = {.type = FIELD_WHOLE, .low = -5, .high = 1e6};
    const struct field span = {.type = FIELD_SPAN, .low = 0, .high = 1e5};
    const struct field date = {.type = FIELD_DATE}, yes = {.type = FIELD_YES_NO};
    const struct field choice = {.type = FIELD_CHOICE, .words = words};
    const struct field set = {.type = FIELD_SET, .words = words};
    int64_t number = 0;
    struct span length = {0};
    int32_t day = 0;
    bool is = false;
    int word = -1;
    uint32_t bits = 0;

    (void)state;
    assert_int_equal(read_text(&whole, "1040", &number), 0);
    assert_int_equal(number, 1040);
    assert_int_equal(read_text(&whole, "1.0", &number), 1);
    assert_int_equal(read_text(&whole, "-6", &number), 1);
    assert_int_equal(read_text(&span, "1.5 y", &length), 0);
    assert_int_equal(length.months, 18);
    assert_int_equal(length.days, 0);
    assert_int_equal(read_text(&span, "2 wk", &length), 0);
    assert_int_equal(length.months, 0);
    assert_int_equal(length.days, 14);
    assert_int_equal(read_text(&span, "0.7 mo", &length), 1);
    assert_int_equal(read_text(&date, "1970-02-01", &day), 0);
    assert_int_equal(day, 31);
    assert_int_equal(read_text(&date, "1970-02-30", &day), 1);
    assert_int_equal(read_text(&yes, "yes", &is), 0);
    assert_true(is);
    assert_int_equal(read_text(&yes, "maybe", &is), 1);
    assert_int_equal(read_text(&choice, "three", &word), 0);
    assert_int_equal(word, 2);
    assert_int_equal(read_text(&choice, "four", &word), 1);
    assert_int_equal(read_text(&set, "[one, three]", &bits), 0);
    assert_int_equal(bits, 5);
    bits = 0;
    assert_int_equal(read_text(&set, "two", &bits), 0);
    assert_int_equal(bits, 2);
    assert_int_equal(read_text(&set, "[one, one]", &bits), 1);
}

static void
lists_shares_and_steps_are_read(void **state)
{
    const struct field three = {.type = FIELD_NUMBERS, .entries = 3};
    const struct field names = {.type = FIELD_NAMES}, shares = {.type = FIELD_SHARES};
    const struct field fractions = {.type = FIELD_FRACTIONS};
    const struct field rates = {.type = FIELD_RATE_STEPS, .low = 0, .high = 1000};
    struct numbers list = {0};
    struct names called = {0};
    struct shares share = {0};
    struct steps steps = {0};

    (void)state;
    assert_int_equal(read_text(&three, "[1, 2.5, 100]", &list), 0);
    assert_int_equal(list.count, 3);
    assert_near(list.value[1], 2.5, 0);
    list = (struct numbers){0};
    assert_int_equal(read_text(&three, "[1, 2]", &list), 1);
    assert_int_equal(read_text(&names, "[a, b]", &called), 0);
    assert_int_equal(called.count, 2);
    assert_string_equal(called.name[1], "b");
    called = (struct names){0};
    assert_int_equal(read_text(&names, "[a, a]", &called), 1);
    assert_int_equal(read_text(&shares, "{a: 25 %, b: 0.75}", &share), 0);
    assert_int_equal(share.count, 2);
    assert_near(share.share[0], 0.25, 0);
    share = (struct shares){0};
    assert_int_equal(read_text(&shares, "{a: 25 %, b: 0.5}", &share), 1);
    share = (struct shares){0};
    assert_int_equal(read_text(&fractions, "{a: 25 %, b: 0.5}", &share), 0);
    assert_int_equal(read_text(&rates, "{1970-01-02: 1 / d, 1970-01-11: 14 / wk}", &steps), 0);
    assert_int_equal(steps.count, 2);
    assert_int_equal(steps.day[1], 10);
    assert_near(steps.value[1], 2, 1e-15);
    steps = (struct steps){0};
    assert_int_equal(read_text(&rates, "{1970-01-11: 1 / d, 1970-01-02: 2 / d}", &steps), 1);
}

/* fixed: value; of plain numbers no unit is due. */
static void
a_distribution_is_of_times_unless_it_is_plain(void **state)
{
    const struct field times = {.type = FIELD_DISTRIBUTION};
    const struct field plain = {.type = FIELD_DISTRIBUTION, .plain = true};
    struct distribution *dist = NULL;

    (void)state;
    assert_int_equal(read_text(&times, "fixed: 9 d", &dist), 0);
    assert_near(distribution_mean(dist), 9, 1e-12);
    assert_int_equal(read_text(&times, "fixed: 0.5", &dist), 1);
    assert_int_equal(read_text(&plain, "fixed: 0.5", &dist), 0);
    assert_near(distribution_mean(dist), 0.5, 1e-12);
    assert_int_equal(read_text(&plain, "fixed: 9 d", &dist), 1);
    assert_int_equal(read_text(&times,
                               "mixture: [{weight: 0.25, of: {fixed: 4 d}}, "
                               "{weight: 0.75, of: {exponential: {mean: 8 d}}}]",
                               &dist),
                     0);
    assert_near(distribution_mean(dist), 7, 1e-9); /* 0.25 x 4 + 0.75 x 8 */
    assert_int_equal(read_text(&times, "lognormal: {mean: 9 d}", &dist), 1);
    assert_int_equal(read_text(&times, "lognormal: {mean: 9 d, cv: 1, x: 2}", &dist), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(each_row_is_whole_and_found_by_its_path, forget),
        cmocka_unit_test_teardown(numbers_are_read_in_their_units, forget),
        cmocka_unit_test_teardown(whole_numbers_dates_spans_and_words_are_read, forget),
        cmocka_unit_test_teardown(lists_shares_and_steps_are_read, forget),
        cmocka_unit_test_teardown(a_distribution_is_of_times_unless_it_is_plain, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
