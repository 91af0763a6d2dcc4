/* Values that keep a goal, found where the answer is known. */

#include "tests/support.h"

#include "analysis/seek.h"

#include <stdlib.h>
#include <string.h>

/* A search in a file of tests/data/models, and how it ended. */
struct looked {
    const char *file, *path, *values, *step, *goal, *set;
    bool largest;
    int threads;
    uint64_t replications, chance;
};

struct search {
    struct ladder ladder;
    struct goal goal;
    struct scenario_source from;
    const char *set[1];
    char path[128];
    struct seek seek;
    struct error err;
    int status;
};

static struct search *
search(const struct looked *asked)
{
    struct search *s = calloc(1, sizeof *s);
    struct error err = {0};

    assert_non_null(s);
    if (ladder_read(&s->ladder, asked->values, asked->step, &err) != OK ||
        goal_read(&s->goal, asked->goal, &err) != OK)
        fail_msg("%s", err.message);
    snprintf(s->path, sizeof s->path, "tests/data/models/%s", asked->file);
    s->set[0] = asked->set;
    s->from = (struct scenario_source){.file = s->path, .set = s->set, .sets = asked->set != NULL};
    s->seek = (struct seek){.from = &s->from,
                            .path = asked->path,
                            .ladder = &s->ladder,
                            .goal = &s->goal,
                            .confidence = 0.95,
                            .largest = asked->largest,
                            .last = asked->replications - 1,
                            .chance = asked->chance > 0 ? asked->chance : 1,
                            .seed = 15,
                            .threads = asked->threads > 0 ? asked->threads : 1};
    s->status = seek_run(&s->seek, &s->err);
    return s;
}

static void
search_free(struct search *s)
{
    seek_free(&s->seek);
    free(s);
}

static const char *
value_of(const struct search *s, const struct seek_trial *trial)
{
    static char text[2][LADDER_TEXT];
    static int turn;

    turn = !turn;
    return trial != NULL ? ladder_write(&s->ladder, trial->rung, text[turn]) : "none";
}

static void
assert_edge(const struct looked *asked, const char *found, const char *short_of)
{
    struct search *s = search(asked);

    if (s->status != OK)
        fail_msg("%s", s->err.message);
    assert_int_equal(s->seek.result, SEEK_EDGE);
    assert_string_equal(value_of(s, s->seek.found), found);
    assert_string_equal(value_of(s, s->seek.short_of), short_of);
    assert_int_equal(s->seek.found->judgement.verdict, VERDICT_HOLDS);
    assert_int_equal(s->seek.short_of->judgement.verdict, VERDICT_FAILS);
    search_free(s);
}

#define ERLANG                                                                                     \
    .file = "erlang.yaml", .path = "facilities[Desk].capacity", .values = "10..30",                \
    .replications = 40

/* 15 erlang: with 20 places 4.56 % are refused, with 19 of them 6.37 % (Erlang 1917). In 40 years
 * of 5,475 calls the standard error is about 0.1 %, an eighth of the nearer distance to 5 %. */
static void
fifteen_erlang_need_twenty_places(void **state)
{
    struct search *s[2];

    (void)state;
    for (int threads = 1; threads <= 2; threads++)
        s[threads - 1] =
            search(&(struct looked){ERLANG, .goal = "mean(refused_share) < 5", .threads = threads});
    for (int i = 0; i < 2; i++) {
        const struct seek *seek = &s[i]->seek;
        assert_int_equal(s[i]->status, OK);
        assert_int_equal(seek->result, SEEK_EDGE);
        assert_string_equal(value_of(s[i], seek->found), "20");
        assert_string_equal(value_of(s[i], seek->short_of), "19");
        assert_int_equal(seek->found->judgement.verdict, VERDICT_HOLDS);
        assert_int_equal(seek->short_of->judgement.verdict, VERDICT_FAILS);
        assert_near(seek->found->judgement.estimate, 4.5593, 4.5 * 0.11);
        assert_near(seek->short_of->judgement.estimate, 6.3695, 4.5 * 0.13);
        assert_null(seek->worse);
    }
    assert_int_equal(s[0]->seek.trials, s[1]->seek.trials);
    for (size_t t = 0; t < s[0]->seek.trials; t++) { /* bit for bit */
        assert_int_equal(s[0]->seek.trial[t].rung, s[1]->seek.trial[t].rung);
        assert_memory_equal(s[0]->seek.trial[t].score, s[1]->seek.trial[t].score,
                            40 * sizeof(double));
    }
    search_free(s[0]);
    search_free(s[1]);
}

/* The same of what is offered: 15 calls a day of 1 day each is as much as 20 places take; of 1.05
 * days they refuse 5.94 % (Erlang's recursion at 15.75 erlang). */
static void
less_may_be_easier(void **state)
{
    (void)state;
    assert_edge(&(struct looked){.file = "erlang.yaml",
                                 .path = "pathways.caller[call].stay.exponential.mean",
                                 .values = "0.5 d..2 d",
                                 .step = "0.05 d",
                                 .goal = "mean(refused_share) < 5",
                                 .largest = true,
                                 .replications = 40},
                "1 d", "1.05 d");
}

/* 15 places on average of the year's 365 days: ten that open after 182 days are there for 183 of
 * them, 5.01 on average, and a day later for 182, 4.99. */
static void
a_date_is_found_by_day_or_by_month(void **state)
{
    struct looked asked = {.file = "openings.yaml",
                           .path = "facilities[Late].opens",
                           .set = "facilities[House].copies: 0",
                           .values = "2026-01-01..2026-12-01",
                           .goal = "mean(capacity) >= 15",
                           .largest = true,
                           .replications = 2};

    (void)state;
    assert_edge(&asked, "2026-07-02", "2026-07-03");
    asked.step = "1 mo";
    assert_edge(&asked, "2026-07-01", "2026-08-01");
}

/* Houses that open evenly over the year are there for half of it: of 2 n houses n on average, and
 * rounding down whole days adds (below 1 day in 365 of each). */
static void
copies_are_found_that_open_evenly(void **state)
{
    struct looked asked = {.file = "openings.yaml",
                           .path = "facilities[House].copies",
                           .values = "0..40",
                           .goal = "mean(capacity) >= 25",
                           .replications = 2};

    (void)state;
    assert_edge(&asked, "10", "9");
}

/* 200 people of whom 20 % suit a house are 40 (standard error of the mean of 40: 0.9); of whom 30 %
 * do are 60, of which 50 have a place. */
static void
a_share_is_found(void **state)
{
    (void)state;
    assert_edge(&(struct looked){.file = "suitable.yaml",
                                 .path = "house_selection.suitable",
                                 .values = "0 %..50 %",
                                 .step = "10 %",
                                 .goal = "mean(places_in_use, 2026-02) >= 45",
                                 .replications = 40},
                "30 %", "20 %");
}

/* Of the year's share of refused with 21 places, mean 3.15 and standard deviation 0.6, the most of
 * 40 are below 5 (three standard deviations); with 19, mean 6.37, few are. The draw is the unit:
 * ten of four years each cannot show 90 %, though forty years of their own do. */
static void
a_chance_is_of_draws(void **state)
{
    struct looked asked = {ERLANG, .goal = "chance(refused_share < 5) >= 90 %", .chance = 1,
                           .threads = 2};
    struct search *s = search(&asked);

    (void)state;
    assert_int_equal(s->status, OK);
    assert_int_equal(s->seek.result, SEEK_EDGE);
    assert_string_equal(value_of(s, s->seek.found), "21");
    search_free(s);
    asked.chance = 4;
    s = search(&asked);
    assert_int_equal(s->status, BAD_INPUT);
    assert_non_null(strstr(s->err.message, "10 draws cannot show it with 95 % confidence, even if "
                                           "it held in each of them: give -r 116 or more"));
    search_free(s);
}

/* Nothing holds, all hold, and the other way round was meant. */
static void
it_is_said_where_there_is_no_edge(void **state)
{
    struct looked asked = {ERLANG, .goal = "mean(refused_share) < 5"};
    struct search *s;

    (void)state;
    asked.values = "5..15";
    s = search(&asked);
    assert_int_equal(s->seek.result, SEEK_NONE);
    assert_int_equal(s->seek.trials, 2);
    assert_int_equal(s->seek.trial[1].judgement.verdict, VERDICT_FAILS);
    assert_null(s->seek.worse);
    search_free(s);
    asked.values = "25..30";
    s = search(&asked);
    assert_int_equal(s->seek.result, SEEK_NEAREST);
    assert_string_equal(value_of(s, s->seek.found), "25");
    search_free(s);
    asked.values = "25..25";
    s = search(&asked);
    assert_int_equal(s->seek.result, SEEK_NEAREST);
    assert_int_equal(s->seek.trials, 1);
    search_free(s);
    asked.values = "10..30";
    asked.largest = true;
    s = search(&asked);
    assert_int_equal(s->seek.result, SEEK_NONE);
    assert_int_equal(s->seek.trial[0].judgement.verdict, VERDICT_HOLDS);
    assert_string_equal(value_of(s, s->seek.better), "30");
    assert_string_equal(value_of(s, s->seek.worse), "10");
    search_free(s);
}

/* What is told of a value that is refused. */
static void
count_refused(void *context, size_t rung, const struct faults *faults)
{
    size_t *told = context;

    (void)rung;
    told[0]++;
    told[1] += faults->errors;
}

static void
a_value_that_is_refused_is_told_once(void **state)
{
    struct search *s = search(&(struct looked){ERLANG, .goal = "mean(refused_share) < 5"});
    size_t told[2] = {0};

    (void)state;
    seek_free(&s->seek);
    s->seek.path = "facilities[Dsk].capacity";
    s->seek.context = told;
    s->seek.refused = count_refused;
    assert_int_equal(seek_run(&s->seek, &s->err), BAD_INPUT);
    assert_int_equal(told[0], 1);
    assert_int_equal(told[1], 1);
    assert_int_equal(s->seek.trials, 0);
    search_free(s);
}

static void
what_no_run_has_is_refused(void **state)
{
    static const struct {
        const char *goal, *says;
    } cases[] = {{"mean(refused_shares) < 5", "did you mean 'refused_share'"},
                 {"mean(refused_share, 2044) < 5", "2044"},
                 {"mean(refused_share, Elsewhere) < 5", "Elsewhere"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct search *s = search(&(struct looked){ERLANG, .goal = cases[i].goal});
        assert_int_equal(s->status, BAD_INPUT);
        if (strstr(s->err.message, cases[i].says) == NULL)
            fail_msg("%s", s->err.message);
        search_free(s);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifteen_erlang_need_twenty_places),
        cmocka_unit_test(less_may_be_easier),
        cmocka_unit_test(a_date_is_found_by_day_or_by_month),
        cmocka_unit_test(copies_are_found_that_open_evenly),
        cmocka_unit_test(a_share_is_found),
        cmocka_unit_test(a_chance_is_of_draws),
        cmocka_unit_test(it_is_said_where_there_is_no_edge),
        cmocka_unit_test(a_value_that_is_refused_is_told_once),
        cmocka_unit_test(what_no_run_has_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
