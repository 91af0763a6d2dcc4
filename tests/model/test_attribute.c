/* Shares of overlays, from scenarios in memory: what is finished is not run again, draws are what
 * is independent, other worlds are refused, and what is printed adds up. */

#include "tests/support.h"

#include "analysis/attribute.h"

#include <string.h>

/* So many people stay for ever on 10 places, and more come in two of three texts. */
#define BASE(rest)                                                                                 \
    "name: Base\n"                                                                                 \
    "start: 2026-01-01\n"                                                                          \
    "horizon: 100 d\n"                                                                             \
    "regions: [north]\n"                                                                           \
    "facilities: [{name: Town, region: north, capacity: 10, beds: 90}]\n"                          \
    "pathways: {long: [{phase: inside, status: convicted, stay: {fixed: 100 y}, "                  \
    "then: {released: 1}}]}\n"                                                                     \
    "stock: [{facility: Town, status: convicted, count: 20, fresh: yes}]\n" rest

#define STILL BASE("intake: [{class: long, region: north, rate: 0 / d}]\n")
#define DRAWN                                                                                      \
    BASE("intake: [{class: long, region: north, rate: 0.2 / d}]\n"                                 \
         "chance: 2\n"                                                                             \
         "uncertain: {'intake[long].rate': {times: {lognormal: {mean: 1, cv: 0.5}}}}\n")

#define TEXT(name, text)                                                                           \
    {                                                                                              \
        name, text, sizeof(text) - 1                                                               \
    }

static const struct scenario_text texts[] = {
    TEXT("still.yaml", STILL),
    TEXT("four.yaml", "extends: still.yaml\nset: {'facilities[Town].capacity': {plus: 4}}\n"),
    TEXT("eight.yaml", "extends: still.yaml\nset: {'facilities[Town].capacity': {plus: 8}}\n"),
    TEXT("away.yaml", "extends: still.yaml\nset: {'facilities[Town].capacity': 50}\n"
                      "drop: 'facilities[Town].beds'\n"),
    TEXT("beds.yaml", "extends: still.yaml\nset: {'facilities[Town].beds': {plus: 5}}\n"),
    TEXT("drawn.yaml", DRAWN),
    TEXT("places.yaml", "extends: drawn.yaml\nset: {'facilities[Town].capacity': {plus: 20}}\n"),
    TEXT("anew.yaml",
         "extends: drawn.yaml\n"
         "uncertain: {'intake[long].rate': {times: {lognormal: {mean: 1, cv: 0.1}}}}\n"),
};

struct trial {
    struct attribution a;
    struct address of;
    struct faults faults;
    struct error err;
};

/* Read BASE with COUNT overlays; the status. */
static int
trial_read(struct trial *t, const char *base, const char *const *over, size_t count)
{
    const struct scenario_source from = {.file = base,
                                         .over = over,
                                         .overs = count,
                                         .text = texts,
                                         .texts = sizeof texts / sizeof *texts,
                                         .no_files = true};

    *t = (struct trial){0};
    assert_int_equal(address_read(&t->of, "mean(person_days_above)", &t->err), OK);
    return attribution_read(&t->a, &from, &t->faults, &t->err);
}

static void
trial_run(struct trial *t, uint64_t replications, struct journal *journal)
{
    t->a.of = &t->of;
    t->a.last = replications - 1;
    t->a.threads = 1;
    t->a.journal = journal;
    if (attribution_prepare(&t->a, &t->err) != OK || attribution_run(&t->a, &t->err) != OK)
        fail_msg("%s", t->err.message);
}

static void
trial_free(struct trial *t)
{
    attribution_free(&t->a);
    faults_free(&t->faults);
}

/* 20 people on 10 places, 100 days: 10, 6 with four more, 2 with eight, 0 with both. In
 * person-ticks of 2^20 a day. a1 = -400, a2 = -800, and 200 of both together: -400 + 100 and -800 +
 * 100. */
static void
two_measures_share_what_they_take_from_one_another(void **state)
{
    static const char *const over[] = {"four.yaml", "eight.yaml"};
    static const int64_t days[] = {1000, 600, 200, 0};
    struct trial t;
    struct attribution_table table;

    (void)state;
    assert_int_equal(trial_read(&t, "still.yaml", over, 2), OK);
    trial_run(&t, 3, NULL);
    for (size_t s = 0; s < 4; s++)
        for (size_t r = 0; r < 3; r++)
            assert_int_equal(t.a.value[s * 3 + r], days[s] << 20);
    assert_int_equal(attribution_tell(&t.a, &table, &t.err), OK);
    assert_near(table.overlay[0].alone.mean, -400, 0);
    assert_near(table.overlay[1].alone.mean, -800, 0);
    assert_near(table.overlay[0].last.mean, -200, 0);
    assert_near(table.overlay[1].last.mean, -600, 0);
    assert_near(table.overlay[0].share.mean, -300, 0);
    assert_near(table.overlay[1].share.mean, -700, 0);
    assert_near(table.interaction_alone.mean, 200, 0);
    assert_near(table.interaction_last.mean, -200, 0);
    assert_near(table.total.mean, -1000, 0);
    attribution_table_free(&table);
    trial_free(&t);
}

static void
what_the_journal_has_is_not_simulated_again(void **state)
{
    static const char *const over[] = {"four.yaml", "eight.yaml"};
    struct journal journal;
    struct error err;

    (void)state;
    assert_int_equal(journal_open_unnamed(&journal, 1, &err), OK);
    for (int again = 0; again < 2; again++) {
        struct trial t;
        assert_int_equal(trial_read(&t, "still.yaml", over, 2), OK);
        trial_run(&t, 3, &journal);
        assert_int_equal(t.a.kept, again ? 4 : 0);
        assert_int_equal(t.a.finished, 4);
        assert_int_equal(t.a.days, again ? 0 : 4 * 3 * 100);
        assert_int_equal(t.a.value[1 * 3 + 2], INT64_C(600) << 20);
        trial_free(&t);
    }
    journal_close(&journal, true);
}

/* Six replications of three draws: the interval is that of the draws' means, 2 degrees of freedom:
 * 4.302653 standard errors. */
static void
a_draw_is_what_is_independent(void **state)
{
    static const char *const over[] = {"places.yaml"};
    struct trial t;
    struct attribution_table table;
    double mean[3], error;

    (void)state;
    assert_int_equal(trial_read(&t, "drawn.yaml", over, 1), OK);
    trial_run(&t, 6, NULL);
    assert_int_equal(t.a.draws, 3);
    for (size_t d = 0; d < 3; d++)
        mean[d] = (double)(t.a.value[6 + 2 * d] + t.a.value[6 + 2 * d + 1] - t.a.value[2 * d] -
                           t.a.value[2 * d + 1]) /
                  2 / 1048576;
    double all = mean_of(mean, 3, &error);
    assert_true(error > 0);
    assert_int_equal(attribution_tell(&t.a, &table, &t.err), OK);
    assert_near(table.overlay[0].share.mean, all, 1e-9);
    assert_near(table.overlay[0].share.low, all - 4.302653 * error, 1e-5 * error);
    assert_near(table.overlay[0].share.high, all + 4.302653 * error, 1e-5 * error);
    attribution_table_free(&table);
    trial_free(&t);
}

static void
an_overlay_that_draws_anew_is_of_another_world(void **state)
{
    static const char *const over[] = {"anew.yaml"};
    struct trial t;
    char line[1024];

    (void)state;
    assert_int_equal(trial_read(&t, "drawn.yaml", over, 1), BAD_INPUT);
    assert_int_equal(t.faults.errors, 1);
    faults_line(&t.faults, 0, line, sizeof line);
    assert_memory_equal(line, "anew.yaml:2:", strlen("anew.yaml:2:"));
    assert_non_null(strstr(line, "is drawn already"));
    trial_free(&t);
}

/* Each can be read alone, and not both together: the fault stands where the second changes what the
 * first has taken out. */
static void
overlays_that_do_not_go_together_have_a_fault_at_its_place(void **state)
{
    static const char *const over[] = {"away.yaml", "beds.yaml"};
    struct trial t;
    char line[1024];

    (void)state;
    assert_int_equal(trial_read(&t, "still.yaml", over, 2), BAD_INPUT);
    assert_true(t.faults.errors > 0);
    faults_line(&t.faults, 0, line, sizeof line);
    assert_memory_equal(line, "beds.yaml:2:", strlen("beds.yaml:2:"));
    trial_free(&t);
}

static void
what_is_rounded_adds_up(void **state)
{
    static const struct {
        double value[3], unit;
        int64_t whole, out[3];
    } cases[] = {
        {{1.4, 1.4, 1.2}, 1, 4, {2, 1, 1}},      /* 1 1 1, one left: the first of .4 */
        {{-1.5, 0.7, 0.8}, 1, 0, {-2, 1, 1}},    /* -2 0 0, two left: .8 and .7 */
        {{0.25, 0.25, 0.5}, 0.1, 10, {3, 2, 5}}, /* 2 2 5, one left: the first of .5 */
        {{-10, -20, -30}, 10, -6, {-1, -2, -3}}, /* whole as they are */
        {{1.1, 1.1, 1.1}, 1, 2, {0, 1, 1}},      /* 1 1 1, one too many: the first */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t out[3];
        attribution_round(cases[i].value, 3, cases[i].unit, cases[i].whole, out);
        for (size_t k = 0; k < 3; k++)
            assert_int_equal(out[k], cases[i].out[k]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_measures_share_what_they_take_from_one_another),
        cmocka_unit_test(what_the_journal_has_is_not_simulated_again),
        cmocka_unit_test(a_draw_is_what_is_independent),
        cmocka_unit_test(an_overlay_that_draws_anew_is_of_another_world),
        cmocka_unit_test(overlays_that_do_not_go_together_have_a_fault_at_its_place),
        cmocka_unit_test(what_is_rounded_adds_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
