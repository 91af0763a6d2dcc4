/* What is brought into the report from the JSON of other commands: what is right comes through as
 * it is, and each way to be wrong has its line. */

#include "tests/support.h"

#include "analysis/report/brought.h"

#include <string.h>
#include <unistd.h>

static char path[64];

static int
name_file(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/doorstroom-brought-%ld.json", (long)getpid());
    return 0;
}

static int
remove_file(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static void
write_file(const char *text, size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Four columns of numbers, a name, and what all rows share. */
#define ROW(name, alone, last, shapley, low, high)                                                 \
    "{\"overlay\":\"" name "\",\"alone\":" alone ",\"alone_low\":null,\"alone_high\":null,"        \
    "\"last\":" last ",\"last_low\":-9.5,\"last_high\":1,\"shapley\":" shapley ",\"low\":" low     \
    ",\"high\":" high ",\"sampling\":0,\"indicator\":\"floor_sleepers\",\"unit\":\"persons\","     \
    "\"better\":\"less\",\"of\":\"mean(floor_sleepers, 2030)\",\"futures\":8.0,\"draws\":8,"       \
    "\"base_name\":\"Base\"}"
#define SUM_ROWS                                                                                   \
    ROW("interaction", "1", "2", "null", "null", "null")                                           \
    "," ROW("total", "-7", "-7", "-7", "-8", "-6") "," ROW(                                        \
        "base", "null", "null", "40", "38", "42") "," ROW("all", "null", "null", "33", "31", "35")
#define OVERLAYS                                                                                   \
    ROW("Houses", "-5", "-4", "-4.5", "-5", "-4") "," ROW("<b>", "-3", "-5", "-2.5", "-3", "-2")
#define ATTRIBUTION "[" OVERLAYS "," SUM_ROWS "]"

static json_t *
attribution_of(const char *text)
{
    json_t *made;
    struct error err = {0};

    write_file(text, strlen(text));
    if (brought_attribution(path, &made, &err) != OK)
        fail_msg("%s", err.message);
    return made;
}

static double
number(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static const char *
word(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void
an_attribution_comes_through_as_it_is(void **state)
{
    (void)state;
    json_t *made = attribution_of(ATTRIBUTION);
    const json_t *rows = json_object_get(made, "rows"), *first = json_array_get(rows, 0);
    const json_t *total = json_object_get(made, "total");

    assert_string_equal(word(made, "name"), "floor_sleepers");
    assert_string_equal(word(made, "label"), "people on the floor");
    assert_string_equal(word(made, "unit"), "persons");
    assert_string_equal(word(made, "of"), "mean(floor_sleepers, 2030)");
    assert_string_equal(word(made, "scenario"), "Base");
    assert_near(number(made, "better"), -1, 0);
    assert_near(number(made, "futures"), 8, 0);
    assert_int_equal(json_array_size(rows), 2);
    assert_string_equal(word(first, "name"), "Houses");
    assert_string_equal(word(json_array_get(rows, 1), "name"), "<b>");
    assert_near(number(first, "alone"), -5, 0);
    assert_true(json_is_null(json_object_get(first, "alone_low")));
    assert_near(number(first, "last_low"), -9.5, 0);
    assert_near(number(first, "shapley"), -4.5, 0);
    assert_near(number(json_object_get(made, "interaction"), "last"), 2, 0);
    assert_near(number(total, "value"), -7, 0);
    assert_near(number(total, "high"), -6, 0);
    assert_near(number(made, "base"), 40, 0);
    assert_near(number(made, "all"), 33, 0);
    json_decref(made);
}

/* An overlay may be called as a sum is: what it is, its place says. */
static void
an_overlay_that_is_called_total_is_one(void **state)
{
    (void)state;
    json_t *made =
        attribution_of("[" ROW("total", "-5", "-4", "-4.5", "-5", "-4") "," SUM_ROWS "]");
    assert_int_equal(json_array_size(json_object_get(made, "rows")), 1);
    assert_near(number(json_object_get(made, "total"), "value"), -7, 0);
    json_decref(made);
}

typedef int brought(const char *path, json_t **made, struct error *err);

/* TEXT [size] is refused in a line that ends in WORDS behind the file's name. */
static void
refused(brought *bring, const char *text, size_t size, const char *words)
{
    json_t *made = NULL;
    struct error err = {0};
    char expected[512];

    write_file(text, size);
    assert_int_equal(bring(path, &made, &err), BAD_INPUT);
    snprintf(expected, sizeof expected, "%s:%s", path, words);
    assert_string_equal(err.message, expected);
    assert_null(made);
}

/* TEXT with the first WRONG in place of RIGHT. */
static void
refused_with(brought *bring, const char *text, const char *right, const char *wrong,
             const char *words)
{
    char changed[8192];
    const char *at = strstr(text, right);

    assert_non_null(at);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, wrong,
             at + strlen(right));
    refused(bring, changed, strlen(changed), words);
}

static void
what_is_wrong_with_an_attribution_is_told(void **state)
{
    static const struct {
        const char *right, *wrong, *words;
    } cases[] = {
        {"-4.5", "\"-4.5\"", " row 1: shapley: expected a number or null"},
        {"-4.5", "null", " row 1: shapley: expected a number"},
        {"-4.5", "1e300", " row 1: shapley: expected a number or null"},
        {"\"overlay\":\"Houses\",", "", " row 1: overlay: expected a text"},
        {"8.0", "-8", " row 1: futures: expected a whole number, 1 or more"},
        {"8.0", "8.5", " row 1: futures: expected a whole number, 1 or more"},
        {"8.0", "0", " row 1: futures: expected a whole number, 1 or more"},
        {"persons", "euro", " row 2: unit: expected the same as in the first row"},
        {"\"better\":\"less\"", "\"better\":\"worse\"",
         " row 1: better: expected less, more or nothing"},
        {"-9.5", "1.5", " row 1: last_high: expected no less than the low end"},
        {"\"low\":-5", "\"low\":-3", " row 1: high: expected no less than the low end"},
        {"\"low\":38", "\"low\":43", " row 5: high: expected no less than the low end"},
        {"\"interaction\"", "\"more\"", " row 3: overlay: expected interaction"},
        {"mean(floor_sleepers, 2030)\",\"futures\":8.0", "x\",\"futures\":8.0",
         " row 2: of: expected the same as in the first row"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused_with(brought_attribution, ATTRIBUTION, cases[i].right, cases[i].wrong,
                     cases[i].words);
    const char *sums = "[" SUM_ROWS "]";
    refused(brought_attribution, sums, strlen(sums),
            " expected rows of overlays, then interaction, total, base and all");
}

static void
what_is_no_table_of_rows_is_told(void **state)
{
    static const char *const none = " expected a list of rows, as doorstroom attribute --format "
                                    "json prints it";

    (void)state;
    refused(brought_attribution, "[]", 2, none);
    refused(brought_attribution, "{}", 2, none);
    refused(brought_attribution, "[1]", 3, " row 1: overlay: expected a text");
    refused(brought_attribution, "", 0, "1:0: no JSON: '[' or '{' expected near end of file");
    refused(brought_attribution, "[{\"a\":1e999}]", 13,
            "1:11: no JSON: real number overflow near '1e999'");
    refused(brought_attribution, "[{\"a\":1,\"a\":2}]", 15,
            "1:11: no JSON: duplicate object key near '\"a\"'");
}

static void
a_file_that_is_not_there_or_too_large_is_refused(void **state)
{
    json_t *made;
    struct error err = {0};
    char *large = malloc(BROUGHT_MOST_BYTES + 1);

    (void)state;
    unlink(path);
    assert_int_equal(brought_backtest(path, &made, &err), ENVIRONMENT);
    assert_non_null(strstr(err.message, ": cannot be read: No such file or directory"));
    assert_int_equal(brought_backtest("/tmp", &made, &err), ENVIRONMENT);
    assert_string_equal(err.message, "/tmp: cannot be read");
    assert_non_null(large);
    memset(large, ' ', BROUGHT_MOST_BYTES + 1);
    refused(brought_backtest, large, BROUGHT_MOST_BYTES + 1, " larger than 16 MiB");
    free(large);
}

#define SCORE(who, months, counts, numbers)                                                        \
    "{\"forecaster\":\"" who "\",\"months\":" months ",\"counts\":" counts "," numbers             \
    ",\"name\":\"Ward\",\"quantity\":\"population\",\"futures\":200,\"first\":\"2001-01-01\","     \
    "\"last\":\"2006-01-01\",\"laws_known\":\"yes\",\"intake_known\":\"no\"}"
#define BACKTEST                                                                                   \
    "[" SCORE("model", "1", "0",                                                                   \
              "\"bias\":null,\"rms\":null,\"cover80\":null,\"cover90\":null,\"crps\":null,"        \
              "\"skill\":null") "," SCORE("model", "6", "5.0",                                     \
                                          "\"bias\":-0.5,\"rms\":6,\"cover80\":80,"                \
                                          "\"cover90\":100,\"crps\":3.5,\"skill\":null") "]"

static void
a_back_test_comes_through_without_rows_that_have_no_count(void **state)
{
    json_t *made;
    struct error err = {0};

    (void)state;
    write_file(BACKTEST, strlen(BACKTEST));
    if (brought_backtest(path, &made, &err) != OK)
        fail_msg("%s", err.message);
    const json_t *rows = json_object_get(made, "rows"), *row = json_array_get(rows, 0);
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(word(row, "forecaster"), "model");
    assert_near(number(row, "months"), 6, 0);
    assert_near(number(row, "counts"), 5, 0);
    assert_near(number(row, "bias"), -0.5, 0);
    assert_near(number(row, "cover90"), 100, 0);
    assert_true(json_is_null(json_object_get(row, "skill")));
    assert_string_equal(word(made, "name"), "Ward");
    assert_string_equal(word(made, "last"), "2006-01-01");
    assert_true(json_is_true(json_object_get(made, "laws_known")));
    assert_true(json_is_false(json_object_get(made, "intake_known")));
    json_decref(made);
}

static void
what_is_wrong_with_a_back_test_is_told(void **state)
{
    static const struct {
        const char *right, *wrong, *words;
    } cases[] = {
        {"\"model\"", "\"oracle\"", " row 1: forecaster: expected model, naive or drift"},
        {"2001-01-01", "2001-02-30", " row 1: first: expected a date"},
        {"\"yes\"", "true", " row 1: laws_known: expected yes or no"},
        {"\"months\":1", "\"months\":null", " row 1: months: expected a number"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused_with(brought_backtest, BACKTEST, cases[i].right, cases[i].wrong, cases[i].words);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attribution_comes_through_as_it_is),
        cmocka_unit_test(an_overlay_that_is_called_total_is_one),
        cmocka_unit_test(what_is_wrong_with_an_attribution_is_told),
        cmocka_unit_test(what_is_no_table_of_rows_is_told),
        cmocka_unit_test(a_file_that_is_not_there_or_too_large_is_refused),
        cmocka_unit_test(a_back_test_comes_through_without_rows_that_have_no_count),
        cmocka_unit_test(what_is_wrong_with_a_back_test_is_told),
    };

    return cmocka_run_group_tests(tests, name_file, remove_file);
}
