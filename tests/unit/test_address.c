/* The address of a number: read, written, and what is refused. */

#include "tests/support.h"

#include "analysis/address.h"

#include <string.h>

static void
a_plain_address_has_its_parts(void **state)
{
    struct address address;
    struct error err;

    (void)state;
    assert_int_equal(address_read(&address, "mean(population, Antwerpen, convicted, 2030)", &err),
                     OK);
    assert_int_equal(address.statistic, STATISTIC_MEAN);
    assert_string_equal(address.quantity.name, "population");
    assert_int_equal(address.quantity.labels, 2);
    assert_string_equal(address.quantity.label[0], "Antwerpen");
    assert_string_equal(address.quantity.label[1], "convicted");
    assert_int_equal(address.window.until - address.window.from, 365);
    assert_string_equal(address.of, "");
}

static void
ids_stand_in_front(void **state)
{
    struct address address;
    struct error err;

    (void)state;
    assert_int_equal(
        address_read(&address, "91bc02ab77de-3f2a9c81d0b4:relative_low(total_cost)", &err), OK);
    assert_string_equal(address.of, "91bc02ab77de");
    assert_string_equal(address.base, "3f2a9c81d0b4");
    assert_int_equal(address.statistic, STATISTIC_RELATIVE);
    assert_int_equal(address.bound, BOUND_LOW);
}

static void
a_chance_compares(void **state)
{
    struct address address;
    struct error err;

    (void)state;
    assert_int_equal(address_read(&address, "chance(floor_sleepers<=100 , 2032)", &err), OK);
    assert_string_equal(address.quantity.name, "floor_sleepers");
    assert_int_equal(address.relation, RELATION_MOST);
    assert_true(address_holds(&address, 100));
    assert_false(address_holds(&address, 100.5));
    assert_false(address_holds(&address, NAN));
    assert_int_equal(address_read(&address, "chance(occupancy, 2032 > 110 %)", &err), OK);
    assert_int_equal(address.relation, RELATION_MORE);
    assert_near(address.limit, 110, 0);
    assert_false(address_holds(&address, 110));
}

static void
what_is_written_is_read_back(void **state)
{
    static const char *const texts[] = {
        "mean(floor_sleepers, 2030)",
        "3f2a9c81d0b4:mean(population, Antwerpen, 2030-06)",
        "91bc02ab77de-3f2a9c81d0b4:mean_high(total_cost, 2026..2030)",
        "chance_low(floor_sleepers < 100, 2032)",
        "q97.5(population)",
        "q10_high(population, \"Leuven (transition house)\", 2030-06-15)",
        "mean(population, region=north, facility=\"a, b\", \"c=d\", status=\"2030\", 2030)",
        "sd(x, \"2030\", \"a, \"\"b\"\"\", \"<\")",
        "91bc02ab77de-3f2a9c81d0b4:better(density, north, 2027..2031)",
    };
    char text[ADDRESS_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct address address;
        struct error err = {0};
        if (address_read(&address, texts[i], &err) != OK)
            fail_msg("%s", err.message);
        assert_string_equal(address_write(&address, text), texts[i]);
    }
}

/* A name of 600 quotes is written with 1,200: no address holds that, and half of one would be
 * another. */
static void
what_does_not_fit_is_not_written_by_half(void **state)
{
    char quotes[601], text[ADDRESS_TEXT] = "before";
    struct address address;
    struct error err = {0};

    (void)state;
    memset(quotes, '"', 600);
    quotes[600] = '\0';
    assert_int_equal(address_read(&address, "mean(population, Leuven)", &err), OK);
    address.label[0] = quotes;
    assert_string_equal(address_write(&address, text), "");
    quotes[400] = '\0';
    assert_int_equal(strlen(address_write(&address, text)), strlen("mean(population, \"\")") + 800);
}

static void
what_is_no_address_is_refused_with_the_reason(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"", "no STATISTIC(...)"},
        {"floor_sleepers", "no STATISTIC(...)"},
        {"mean(floor_sleepers", "no STATISTIC(...)"},
        {"mean(floor_sleepers) 2030", "no STATISTIC(...)"},
        {"median(floor_sleepers)", "the statistics are"},
        {"q0(x)", "the statistics are"},
        {"q100(x)", "the statistics are"},
        {"qx(x)", "the statistics are"},
        {"q0x10(x)", "the statistics are"},
        {"q1e1(x)", "the statistics are"},
        {"mean()", "a name is missing"},
        {"mean(x,)", "a name is missing"},
        {"mean(, 2030)", "a name is missing"},
        {"mean(\"x, 2030)", "not closed"},
        {"mean(\"x\" y)", "behind a quote"},
        {"mean(x, 2030, 2031)", "two times"},
        {"mean(x, a, b, c, d, e)", "too many labels"},
        {"mean(x < 3)", "only a chance compares"},
        {"chance(x)", "needs a comparison"},
        {"chance(x < )", "number"},
        {"chance(x < ten)", "number"},
        {"chance(x < 1e999)", "number"},
        {"chance(x < 3 people)", "no number"},
        {"chance(x < 3, y > 4)", "compares twice"},
        {"sd_low(x)", "no interval"},
        {"better(x)", "of two results"},
        {"3f2a9c81d0b4:relative(x)", "of two results"},
    };
    char long_text[ADDRESS_TEXT + 8];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct address address;
        struct error err = {0};
        assert_int_equal(address_read(&address, rows[i].text, &err), BAD_INPUT);
        if (strstr(err.message, rows[i].says) == NULL)
            fail_msg("'%s': %s", rows[i].text, err.message);
    }
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    struct address address;
    struct error err = {0};
    assert_int_equal(address_read(&address, long_text, &err), BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_address_has_its_parts),
        cmocka_unit_test(ids_stand_in_front),
        cmocka_unit_test(a_chance_compares),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(what_does_not_fit_is_not_written_by_half),
        cmocka_unit_test(what_is_no_address_is_refused_with_the_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
