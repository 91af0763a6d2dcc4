/* What moves a number of a result. Ranks are correlated by GSL, and the partial correlation of two
 * fields follows from those of pairs: (r1 - r2 r12) / sqrt((1 - r2^2) (1 - r12^2)). */

#include "tests/support.h"

#include "tests/ran.h"

#include "analysis/parameters.h"
#include "analysis/ranked.h"

#include <gsl/gsl_statistics_double.h>

enum { REPLICATIONS = 40, EACH = 2, DRAWS = REPLICATIONS / EACH };

static const char text[] =
    "name: Two fields\n"
    "start: 2026-01-01\n"
    "horizon: 5 d\n"
    "chance: 2\n"
    "regions: [north]\n"
    "facilities: [{name: Town, region: north, capacity: 10, beds: 90}]\n"
    "pathways: {long: [{phase: inside, status: convicted, stay: {fixed: 100 y}, "
    "then: {released: 1}}]}\n"
    "intake: [{class: long, region: north, rate: 1 / d}]\n"
    "uncertain:\n"
    "  'intake[long].rate': {uniform: {low: 1 / d, high: 2 / d}}\n"
    "  'facilities[Town].capacity': {uniform: {low: 10, high: 30}}\n";

static void
read_parameters(struct parameters *parameters, const struct store *store)
{
    struct error err = {0};

    assert_int_equal(parameters_read(parameters, store, store_find(store, "parameter"), &err), OK);
    assert_int_equal(parameters->count, 2);
    assert_string_equal(parameters->parameter[0].field, "intake[long].rate");
}

/* An outcome of a draw that follows the places more than the rate, and a third thing; what chance
 * adds is gone in the mean of a draw. */
static void
make_outcome(const struct parameters *parameters, double outcome[REPLICATIONS])
{
    for (size_t r = 0; r < REPLICATIONS; r++)
        outcome[r] = parameters->value[REPLICATIONS + r] / 20 + parameters->value[r] / 3 +
                     (double)((r / EACH) * 7 % 5) / 10 + (r % EACH == 0 ? 100 : -100);
}

static double
correlation(const double *a, const double *b, size_t count)
{
    double work[2 * DRAWS];

    return gsl_stats_spearman(a, 1, b, 1, count, work);
}

static double
partial(double with, double other, double among)
{
    return (with - other * among) / sqrt((1 - other * other) * (1 - among * among));
}

static void
fields_are_told_from_the_heaviest_on(void **state)
{
    struct parameters parameters;
    struct ranked ranked;
    struct error err = {0};
    double outcome[REPLICATIONS], rate[DRAWS], places[DRAWS], mean[DRAWS];

    (void)state;
    struct store *store = ran_text(text, REPLICATIONS);
    read_parameters(&parameters, store);
    make_outcome(&parameters, outcome);
    for (size_t d = 0; d < DRAWS; d++) {
        rate[d] = parameters.value[EACH * d];
        places[d] = parameters.value[REPLICATIONS + EACH * d];
        mean[d] = (outcome[EACH * d] + outcome[EACH * d + 1]) / 2;
    }
    assert_int_equal(ranked_make(&ranked, store, outcome, INT32_MAX, &err), OK);
    assert_true(ranked.told);
    assert_int_equal(ranked.count, 2);
    assert_int_equal(ranked.draws, DRAWS);
    assert_string_equal(ranked.field[0].name, "facilities[Town].capacity");
    double by_rate = correlation(rate, mean, DRAWS), by_places = correlation(places, mean, DRAWS);
    double among = correlation(rate, places, DRAWS);
    assert_near(ranked.field[0].rank.partial, partial(by_places, by_rate, among), 1e-9);
    assert_near(ranked.field[1].rank.partial, partial(by_rate, by_places, among), 1e-9);
    double squared = (by_rate * by_rate + by_places * by_places - 2 * by_rate * by_places * among) /
                     (1 - among * among);
    assert_near(ranked.explained, 1 - (1 - squared) * (DRAWS - 1) / (DRAWS - 3), 1e-9);
    /* Holm: the smaller chance counts twice. */
    assert_near(ranked.field[0].holm, 2 * ranked.field[0].rank.p, 1e-12);
    assert_false(ranked.field[0].drift);
    ranked_free(&ranked);
    parameters_free(&parameters);
    store_close(store);
}

/* Without an outcome in both of its futures, a draw says nothing. */
static void
a_draw_without_an_outcome_is_left_out(void **state)
{
    struct parameters parameters;
    struct ranked ranked;
    struct error err = {0};
    double outcome[REPLICATIONS];

    (void)state;
    struct store *store = ran_text(text, REPLICATIONS);
    read_parameters(&parameters, store);
    make_outcome(&parameters, outcome);
    outcome[4] = outcome[5] = NAN;
    assert_int_equal(ranked_make(&ranked, store, outcome, INT32_MAX, &err), OK);
    assert_int_equal(ranked.draws, DRAWS - 1);
    ranked_free(&ranked);
    parameters_free(&parameters);
    store_close(store);
}

static void
what_cannot_be_ranked_is_no_failure_and_says_why(void **state)
{
    struct ranked ranked;
    struct error err = {0};
    double outcome[REPLICATIONS];
    char certain[sizeof text] = "";

    (void)state;
    for (size_t r = 0; r < REPLICATIONS; r++)
        outcome[r] = 3;
    struct store *store = ran_text(text, REPLICATIONS);
    assert_int_equal(ranked_make(&ranked, store, outcome, INT32_MAX, &err), OK);
    assert_false(ranked.told);
    assert_string_equal(err.message, "the outcome is the same in all futures");
    for (size_t r = 10; r < REPLICATIONS; r++)
        outcome[r] = NAN;
    assert_int_equal(ranked_make(&ranked, store, outcome, INT32_MAX, &err), OK);
    assert_false(ranked.told);
    assert_string_equal(err.message, "2 uncertain fields take 6 draws at least, not 5: run more "
                                     "replications");
    store_close(store);
    memcpy(certain, text, (size_t)(strstr(text, "uncertain:") - text));
    store = ran_text(certain, REPLICATIONS);
    assert_int_equal(ranked_make(&ranked, store, outcome, INT32_MAX, &err), OK);
    assert_false(ranked.told);
    assert_string_equal(err.message, "nothing is uncertain in this result: nothing to rank");
    ranked_free(&ranked);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_told_from_the_heaviest_on),
        cmocka_unit_test(a_draw_without_an_outcome_is_left_out),
        cmocka_unit_test(what_cannot_be_ranked_is_no_failure_and_says_why),
    };

    return cmocka_run_group_tests(tests, result_name_files, result_remove_files);
}
