/* The law of small houses in the report: its tables against Erlang's sum and hand-offs by hand, and
 * what a run shows of its own house against the person-days and moves of its series. */

#include "tests/support.h"

#include "tests/ran.h"

#include "analysis/frame.h"
#include "analysis/quantity.h"
#include "analysis/report/law.h"

enum { REPLICATIONS = 4, DAYS = 1461 };

/* One in three may live in the house of ten; each place stands empty for 12 days after a resident.
 */
static const char text[] =
    "name: A prison and a house\n"
    "start: 2026-01-01\n"
    "horizon: 1461 d\n"
    "warm_up: 2 y\n"
    "regions: [north]\n"
    "facilities:\n"
    "  - {name: Town, region: north, capacity: 200, beds: 250}\n"
    "  - {name: Canal, kind: detention_house, region: north, capacity: 10}\n"
    "house_selection: {suitable: 30 %, screening: {fixed: 5 d}, hand_off: {fixed: 12 d}}\n"
    "pathways: {short: [{phase: sentence, status: convicted, stay: {fixed: 200 d}, "
    "then: {released: 1}}]}\n"
    "intake: [{class: short, region: north, rate: 0.8 / d}]\n";

static double
at(const json_t *table, size_t row, size_t column)
{
    return json_number_value(json_array_get(json_array_get(table, row), column));
}

static double
number(const json_t *list, size_t i)
{
    return json_number_value(json_array_get(list, i));
}

/* (a^n / n!) over the sum of a^k / k!, for N at A. */
static double
erlang_sum(int n, double a)
{
    double term = 1, sum = 1;

    for (int k = 1; k <= n; k++)
        sum += term *= a / k;
    return term / sum;
}

static void
its_tables_are_in_closed_form(void **state)
{
    struct error err = {0};
    json_t *law;
    size_t wrong;

    (void)state;
    assert_int_equal(report_law(NULL, 0, &law, &wrong, &err), OK);
    const json_t *load = json_object_get(law, "load"), *pools = json_object_get(law, "pools");
    assert_near(json_number_value(json_object_get(law, "places")), 30, 0);
    for (size_t l = 0; l < json_array_size(load); l++)
        for (size_t p = 0; p < json_array_size(pools); p++) {
            int places = 30 * (int)number(pools, p);
            assert_near(at(json_object_get(law, "refused"), l, p),
                        100 * erlang_sum(places, number(load, l) * places), 0.0051);
        }
    /* 180 days, and 7 between: 180 / 187. */
    const json_t *occupancy = json_object_get(law, "occupancy");
    assert_near(number(json_object_get(law, "stay_days"), 2), 180, 0);
    assert_near(number(json_object_get(law, "gap_days"), 1), 7, 0);
    assert_near(at(occupancy, 2, 1), 100 * 180. / 187, 0.0051);
    assert_near(at(occupancy, 0, 0), 100, 0);
    assert_int_equal(json_array_size(json_object_get(law, "seen")), 0);
    json_decref(law);
}

/* The mean of SERIES over all of the run in each future. */
static void
read_series(const struct store *store, const char *series, double value[REPLICATIONS])
{
    const struct quantity_name name = {.name = series};
    struct frame frame;
    struct quantity quantity;
    struct error err = {0};

    assert_int_equal(frame_of_store(&frame, store, &err), OK);
    const struct window whole = {frame.from, frame.until};
    assert_int_equal(quantity_create(&quantity, &frame, &name, &whole, 1, &err), OK);
    assert_int_equal(quantities_read(store, &quantity, 1, NULL, REPLICATIONS, value, &err), OK);
    quantity_free(&quantity);
    frame_free(&frame);
}

static void
a_run_shows_days_lived_in_and_empty_for_each_move(void **state)
{
    struct error err = {0};
    json_t *law;
    size_t wrong;
    double residents[REPLICATIONS], empty[REPLICATIONS], moves[REPLICATIONS], stay = 0, gap = 0;

    (void)state;
    struct store *store = ran_text(text, REPLICATIONS);
    assert_int_equal(report_law(&store, 1, &law, &wrong, &err), OK);
    read_series(store, "house_residents", residents);
    read_series(store, "vacating", empty);
    read_series(store, "moves_house", moves); /* a flow: its sum */
    for (size_t r = 0; r < REPLICATIONS; r++) {
        stay += residents[r] * DAYS / moves[r] / REPLICATIONS;
        gap += empty[r] * DAYS / moves[r] / REPLICATIONS;
    }
    const json_t *seen = json_object_get(law, "seen");
    assert_int_equal(json_array_size(seen), 2); /* all, and the north */
    for (size_t i = 0; i < 2; i++) {
        const json_t *row = json_array_get(seen, i);
        assert_near(json_number_value(json_object_get(row, "stay")), stay, 0.051);
        assert_near(json_number_value(json_object_get(row, "gap")), gap, 0.051);
        assert_int_equal(json_integer_value(json_object_get(row, "scenario")), 0);
    }
    assert_true(json_is_null(json_object_get(json_array_get(seen, 0), "region")));
    assert_string_equal(json_string_value(json_object_get(json_array_get(seen, 1), "region")),
                        "north");
    /* What was asked for: 12 days, but for the one gap that is cut at either end. */
    assert_near(gap, 12, 0.5);
    json_decref(law);
    store_close(store);
}

static void
a_run_without_houses_shows_nothing(void **state)
{
    struct error err = {0};
    json_t *law;
    size_t wrong;

    (void)state;
    struct store *store =
        ran_text("name: A prison\nstart: 2026-01-01\nhorizon: 20 d\nregions: [north]\n"
                 "facilities: [{name: Town, region: north, capacity: 20, beds: 25}]\n"
                 "pathways: {short: [{phase: sentence, status: convicted, stay: {fixed: 200 d}, "
                 "then: {released: 1}}]}\n"
                 "intake: [{class: short, region: north, rate: 0.8 / d}]\n",
                 2);
    assert_int_equal(report_law(&store, 1, &law, &wrong, &err), OK);
    assert_int_equal(json_array_size(json_object_get(law, "seen")), 0);
    json_decref(law);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_tables_are_in_closed_form),
        cmocka_unit_test(a_run_shows_days_lived_in_and_empty_for_each_move),
        cmocka_unit_test(a_run_without_houses_shows_nothing),
    };

    return cmocka_run_group_tests(tests, result_name_files, result_remove_files);
}
