/* Labels: every series has one in every language, and none has that of another. */

#include "tests/support.h"

#include "models/record/labels.h"
#include "models/record/series.h"

#include <string.h>

static void
every_series_has_a_label_in_every_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < series_count; i++)
        for (int language = 0; language < LABEL_LANGUAGES; language++) {
            const char *label = label_of(series_table[i].name, (enum label_language)language);
            if (label == NULL || label[0] == '\0')
                fail_msg("labels.c: %s: no label in language %d", series_table[i].name, language);
        }
}

static void
every_label_is_that_of_one_series(void **state)
{
    (void)state;
    assert_int_equal(label_count, series_count);
    for (size_t i = 0; i < label_count; i++) {
        if (series_find(label_table[i].series) == NULL)
            fail_msg("labels.c: no series is called %s", label_table[i].series);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(label_table[i].series, label_table[k].series) == 0)
                fail_msg("labels.c: %s is there twice", label_table[i].series);
            for (int language = 0; language < LABEL_LANGUAGES; language++)
                if (strcmp(label_table[i].text[language], label_table[k].text[language]) == 0)
                    fail_msg("labels.c: %s and %s are both called '%s'", label_table[i].series,
                             label_table[k].series, label_table[i].text[language]);
        }
    }
}

static void
a_label_is_found_by_its_series(void **state)
{
    (void)state;
    assert_string_equal(label_of("women", LABEL_EN), "Women");
    assert_string_equal(label_of("women", LABEL_NL), "Vrouwen");
    assert_string_equal(label_of("women", LABEL_FR), "Femmes");
    assert_null(label_of("men", LABEL_EN));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_series_has_a_label_in_every_language),
        cmocka_unit_test(every_label_is_that_of_one_series),
        cmocka_unit_test(a_label_is_found_by_its_series),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
