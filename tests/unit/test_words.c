/* Every word that a field accepts has its meaning; paths as people write them find their field. */

#include "tests/support.h"

#include "models/scenario/fields/lookup.h"
#include "models/scenario/fields/words.h"
#include "models/scenario/suggest.h"

#include <string.h>

static void
need_rows(const char *path, const struct field *field, void *context)
{
    int *words = context;

    for (size_t i = 0; field->words != NULL && field->words[i] != NULL; i++, ++*words)
        if (word_find(field->name, field->words[i]) == NULL)
            fail_msg("%s: the word '%s' has no row in words.c", path, field->words[i]);
}

static void
every_word_of_a_field_has_its_meaning(void **state)
{
    int words = 0;

    (void)state;
    field_each(need_rows, &words);
    assert_true(words > 60);
}

/* The other way round: a row that no field accepts would mislead. */
struct search {
    const struct word *word;
    bool found;
};

static void
look_for_word(const char *path, const struct field *field, void *context)
{
    struct search *search = context;

    (void)path;
    for (size_t i = 0; field->words != NULL && field->words[i] != NULL; i++)
        search->found |= strcmp(field->words[i], search->word->word) == 0 &&
                         word_find(field->name, field->words[i]) == search->word;
}

static void
every_row_is_a_word_of_a_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < word_count; i++) {
        struct search search = {&word_table[i], false};
        field_each(look_for_word, &search);
        if (!search.found)
            fail_msg("no field%saccepts the word '%s'", word_table[i].fields, word_table[i].word);
    }
}

static void
every_distribution_says_what_its_parameters_are(void **state)
{
    (void)state;
    for (int kind = 0; kind < DIST_KINDS; kind++) {
        assert_non_null(distribution_texts[kind].meaning);
        assert_non_null(strstr(distribution_texts[kind].example, distribution_forms[kind].name));
        for (unsigned p = 0; p < distribution_forms[kind].parameters; p++)
            assert_non_null(distribution_texts[kind].parameter[p]);
    }
}

static void
a_path_as_people_write_it_finds_its_field(void **state)
{
    static const char *const cases[][2] = {
        {"facilities.capacity", "facilities.capacity"},
        {"facilities[Haren].capacity", "facilities.capacity"},
        {"facilities[\"Leuven (transition house)\"].beds", "facilities.beds"},
        {"facilities[Haren]", "facilities"},
        {"facilities[Haren].capacity.2026-01-01", "facilities.capacity"},
        {"intake[arrested,north].rate", "intake.rate"},
        {"pathways.arrested[sentence].then", "pathways.then"},
        {"pathways.arrested[sentence].then.conditional_release", "pathways.then"},
        {"pathways.arrested[sentence].clocks[home].after.exponential.mean",
         "pathways.clocks.after"},
        {"pathways.then", "pathways.then"},
        {"pathways.arrested", "pathways"},
        {"house_selection.suitable", "house_selection.suitable"},
        {"people.ages.under_25", "people.ages"},
        {"facilities[Haren].capcity", NULL},
        {"name.of.nothing", NULL},
        {"pathways.arrested[sentence].thn", NULL},
        {"", NULL},
        {"facilities[", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[128];
        const struct field *field = lookup_field(cases[i][0], path, sizeof path);
        assert_int_equal(field != NULL, cases[i][1] != NULL);
        if (field != NULL) {
            assert_string_equal(path, cases[i][1]);
            assert_ptr_equal(field, field_find(path));
        }
    }
}

/* Levenshtein's distance by hand: "capcity" lacks one letter, "hosue" has two changed; a third of
 * the text may differ. What is longer than any word is near to none. */
static void
a_name_is_suggested_where_one_is_near(void **state)
{
    static const char *const words[] = {"capacity", "house", NULL, "name"};
    static const struct {
        const char *text, *meant;
    } cases[] = {
        {"capcity", "capacity"}, {"CAPACITY", "capacity"},         {"hosue", "house"},
        {"nme", "name"},         {"capacity_of_the_prison", NULL}, {"zzzz", NULL},
    };
    char longer[200];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *meant = suggest(cases[i].text, words, 4);
        if (cases[i].meant == NULL)
            assert_null(meant);
        else
            assert_string_equal(meant, cases[i].meant);
    }
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_null(suggest(longer, words, 4));
}

/* 'Canal' is the beginning of one name; 'Town' of two; 'Cana' is no word of its own. */
static void
the_beginning_of_one_name_is_enough(void **state)
{
    static const char *const words[] = {"Canal house", "Town prison", "Town-hall", NULL};

    (void)state;
    assert_string_equal(suggest("canal", words, 4), "Canal house");
    assert_null(suggest("Town", words, 4));
    assert_null(suggest("Cana", words, 4));
    assert_null(suggest("", words, 4));
}

static void
few_names_are_listed_once_and_many_are_not(void **state)
{
    static const char *const words[] = {"north", NULL, "south", "north", "a", "b", "c", "d", "e"};
    char text[80], small[12];

    (void)state;
    suggest_all(words, 4, text, sizeof text);
    assert_string_equal(text, "; there are north and south");
    suggest_all(words, 1, text, sizeof text);
    assert_string_equal(text, "; there is north");
    suggest_all(words, 8, text, sizeof text);
    assert_string_equal(text, "; there are north, south, a, b, c and d");
    suggest_all(words, 9, text, sizeof text);
    assert_string_equal(text, "");
    suggest_all(words, 0, text, sizeof text);
    assert_string_equal(text, "");
    suggest_all(words, 4, small, sizeof small);
    assert_string_equal(small, "; there are");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_of_a_field_has_its_meaning),
        cmocka_unit_test(every_row_is_a_word_of_a_field),
        cmocka_unit_test(every_distribution_says_what_its_parameters_are),
        cmocka_unit_test(a_path_as_people_write_it_finds_its_field),
        cmocka_unit_test(a_name_is_suggested_where_one_is_near),
        cmocka_unit_test(the_beginning_of_one_name_is_enough),
        cmocka_unit_test(few_names_are_listed_once_and_many_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
