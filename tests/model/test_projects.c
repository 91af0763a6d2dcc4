/* Houses on their way: how long they take, when they open, what they open with, how they end. */

#include "tests/support.h"

#include "tests/models.h"

#include "models/projects/project.h"

#include <math.h>

/* A prison that everybody is in, a house on its way, and what comes after. */
#define HOUSE                                                                                      \
    "facilities:\n"                                                                                \
    "  - {name: Prison, region: north, capacity: 100}\n"                                           \
    "  - {name: House, region: north, kind: detention_house, capacity: 57, project: {process: p, " \
    "starts: 2026-01-01%s}}\n"                                                                     \
    "house_selection: {suitable: 1, screening: {fixed: {value: 1 d}}}\n"                           \
    "intake: [{class: convicted, region: north, rate: %s}]\n"                                      \
    "pathways: {convicted: [{phase: inside, status: convicted, stay: {fixed: {value: 60 d}}, "     \
    "then: {released: 1}}]}\n"

static struct project_life
life_of(struct trial *trial, uint32_t project, uint64_t replication)
{
    trial->model->replication = replication;
    const struct project_plan *plan = &trial->plan->projects.project[project];

    return project_live(trial->model, plan, plan->starts);
}

#define LIVES 4000

/* Mean and variance of the days until the first project opens. */
static void
assert_opens_after(struct trial *trial, double mean, double variance)
{
    double sum = 0, square = 0;

    for (uint64_t r = 0; r < LIVES; r++) {
        double days = life_of(trial, 0, r).opens;
        assert_true(isfinite(days));
        sum += days;
        square += (days - mean) * (days - mean);
    }
    assert_near(sum / LIVES, mean, 4.5 * sqrt(variance / LIVES));
    /* Kurtosis of at most 9 (exponential): the variance's standard error is within sqrt(8 / n). */
    assert_near(square / LIVES, variance, 4.5 * variance * sqrt(8.0 / LIVES));
}

/* 100 + 50 + 30 days and two hand-overs of 20: agreement and permit have one party. Variances of
 * exponential times are squares of means; that of a uniform from 20 to 40 is 400 / 12. */
static void
without_failures_a_house_takes_the_sum_of_means(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    HOUSE "horizon: 100 y\nrecord: [{place: nation, tick: year}]\n"
                          "hand_over: {exponential: {mean: 20 d}}\n"
                          "stages: {p: [{stage: decision, party: justice, time: {exponential: "
                          "{mean: 100 d}}}, {stage: agreement, party: town, time: {exponential: "
                          "{mean: 50 d}}}, {stage: permit, party: town, time: {uniform: {low: 20 "
                          "d, high: 40 d}}}, {stage: works, party: agency, time: {fixed: {value: "
                          "7 d}}}]}\n",
                    "", "1 / y");
    assert_near(trial.plan->projects.project[0].planned, 100 + 20 + 50 + 30 + 20 + 7, 0);
    assert_opens_after(&trial, 227, 100 * 100 + 2 * 20 * 20 + 50 * 50 + 400 / 12.0);
    trial_close(&trial);
}

/* A stage that fails with 40 % and is tried again takes 1 / (1 - 0.4) tries on average: a geometric
 * number of exponential times of 30 days is exponential with mean 50. */
static void
a_stage_that_fails_takes_one_over_one_minus_p_tries(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    HOUSE "horizon: 100 y\nrecord: [{place: nation, tick: year}]\n"
                          "stages: {p: [{stage: permit, party: town, time: {exponential: {mean: 30 "
                          "d}}, fails: 40 %%, on_failure: permit}]}\n",
                    "", "1 / y");
    assert_opens_after(&trial, 50, 50 * 50);
    trial_close(&trial);
}

/* Back to the first of two stages of 30 and 20 days, p = 1/2: 2 rounds of 50 days on average. */
static void
a_failure_goes_back_to_the_stage_that_it_names(void **state)
{
    struct trial trial;
    double sum = 0;

    (void)state;
    trial_open_text(&trial,
                    HOUSE "horizon: 100 y\nrecord: [{place: nation, tick: year}]\n"
                          "stages: {p: [{stage: site, party: town, time: {fixed: {value: 30 d}}}, "
                          "{stage: permit, party: town, time: {fixed: {value: 20 d}}, fails: 50 "
                          "%%, on_failure: site}]}\n",
                    "", "1 / y");
    for (uint64_t r = 0; r < LIVES; r++) {
        double rounds = life_of(&trial, 0, r).opens / 50;
        assert_near(rounds, round(rounds), 1e-9);
        sum += rounds;
    }
    /* Variance of a geometric number: p / (1 - p)^2 = 2. */
    assert_near(sum / LIVES, 2, 4.5 * sqrt(2.0 / LIVES));
    trial_close(&trial);
}

/* A share p (1 - 0.5 x) is abandoned: 40 % without, 30 % at level 0.5. */
static void
a_failure_without_return_abandons_and_a_platform_makes_it_rarer(void **state)
{
    static const char *const level[] = {"0", "0.5"};
    static const double expected[] = {0.4, 0.3};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct trial trial;
        double abandoned = 0;
        trial_open_text(&trial,
                        HOUSE "stages: {p: [{stage: works, party: agency, time: {fixed: {value: 9 "
                              "d}}, fails: 40 %%, on_failure: abandoned}]}\n"
                              "coordination: {level: %s, hand_overs: 60 %%, failures: 50 %%}\n",
                        "", "1 / y", level[i]);
        for (uint64_t r = 0; r < LIVES; r++) {
            const struct project_life life = life_of(&trial, 0, r);
            assert_true(isfinite(life.abandoned) != isfinite(life.opens));
            abandoned += isfinite(life.abandoned);
        }
        assert_near(abandoned / LIVES, expected[i],
                    4.5 * sqrt(expected[i] * (1 - expected[i]) / LIVES));
        trial_close(&trial);
    }
}

/* A hand-over of 100 days at level 0.5: 100 (1 - 0.6 x 0.5) = 70, from the date of the level on. */
static void
a_platform_shortens_hand_overs_by_its_level_on_the_day(void **state)
{
    static const char *const since[] = {"2026-01-01", "2026-01-31", "2026-02-01"};
    static const double expected[] = {30 + 70 + 5, 30 + 70 + 5, 30 + 100 + 5};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        HOUSE "stages: {p: [{stage: decision, party: justice, time: {fixed: "
                              "{value: 30 d}}}, {stage: works, party: agency, time: {fixed: "
                              "{value: 5 d}}}]}\n"
                              "hand_over: {fixed: {value: 100 d}}\n"
                              "coordination: {level: {2025-01-01: 0, %s: 0.5}, hand_overs: 60 %%, "
                              "failures: 50 %%}\n",
                        "", "1 / y", since[i]);
        assert_near(life_of(&trial, 0, 3).opens, expected[i], 1e-9);
        trial_close(&trial);
    }
}

/* Ten houses with failures, returns and hand-overs, each in 1,000 replications. */
static void
with_a_platform_no_house_opens_later_in_any_replication(void **state)
{
    struct trial with, without;
    int earlier = 0, saved = 0;

    (void)state;
    trial_open(&with, "projects.yaml");
    trial_open(&without, "projects.yaml");
    without.plan->projects.level = NULL;
    for (uint64_t r = 0; r < 1000; r++)
        for (uint32_t i = 0; i < 10; i++) {
            double one = life_of(&with, i, r).opens, other = life_of(&without, i, r).opens;
            assert_true(one <= other);
            earlier += one < other;
            saved += isfinite(one) && !isfinite(other);
        }
    assert_true(earlier > 2000 && saved > 100);
    trial_close(&with);
    trial_close(&without);
}

/* Terms of a year, each renewed with 3/4: 4 terms on average, with variance p / (1 - p)^2 = 12. */
static void
the_number_of_terms_is_geometric(void **state)
{
    struct trial trial;
    double sum = 0, once = 0;

    (void)state;
    trial_open_text(&trial,
                    HOUSE "horizon: 300 y\nrecord: [{place: nation, tick: year}]\n"
                          "stages: {p: [{stage: lease, party: town, time: {fixed: {value: 31 "
                          "d}}}]}\n",
                    ", funding: {term: 365 d, renewal: 75 %}", "1 / y");
    for (uint64_t r = 0; r < LIVES; r++) {
        double terms = (life_of(&trial, 0, r).funded - 31) / 365;
        assert_near(terms, round(terms), 1e-9);
        sum += terms;
        once += terms < 1.5;
    }
    assert_near(sum / LIVES, 4, 4.5 * sqrt(12.0 / LIVES));
    assert_near(once / LIVES, 0.25, 4.5 * sqrt(0.25 * 0.75 / LIVES));
    trial_close(&trial);
}

/* Open on day 31; of 57 places 15 % (8.55) are 9, 60 % (34.2) are 34. */
static void
places_ramp_up_from_the_opening_by_date(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    HOUSE "stages: {p: [{stage: lease, party: town, time: {fixed: {value: 31 "
                          "d}}}]}\n",
                    ", ramp_up: [{after: 0 d, share: 15 %}, {after: 100 d, share: 60 %}, "
                    "{after: 200 d, share: 1}]",
                    "1 / d");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++) {
        double places = day < 31 ? 0 : day < 131 ? 9 : day < 231 ? 34 : 57;
        assert_near(trial_value(&trial, "capacity", 0, day), 100 + places, 0);
        assert_near(trial_value(&trial, "project_places", 0, day), places, 0);
        assert_true(trial_value(&trial, "house_residents", 0, day) <= places);
    }
    assert_true(trial_value(&trial, "house_residents", 0, 130) > 8);
    trial_close(&trial);
}

/* From 1 to 30 January are 30 days: of three copies the first starts on day 5, then on days 15 and
 * 25, each with five days to go. */
static void
copies_start_evenly_over_a_time(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities:\n"
                "  - {name: Prison, region: north, capacity: 100}\n"
                "  - {name: House, copies: 3, region: north, capacity: 7, project: {process: p, "
                "starts: 2026-01-01, starts_until: 2026-01-30}}\n"
                "stages: {p: [{stage: works, party: agency, time: {fixed: {value: 5 d}}}]}\n"
                "intake: [{class: convicted, region: north, rate: 0 / d}]\n"
                "pathways: {convicted: [{phase: inside, status: convicted, stay: {fixed: "
                "{value: 60 d}}, then: {released: 1}}]}\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 60; day++)
        assert_near(trial_value(&trial, "projects_opened", 0, day),
                    day == 10 || day == 20 || day == 30, 0);
    trial_close(&trial);
}

/* It opens on day 41 (10 + 31), planned for the same day and promised for the 31st: ten days late.
 */
static void
each_day_counts_projects_by_stage_and_party(void **state)
{
    enum { DECISION, WORKS, ENDS };
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    HOUSE "stages: {p: [{stage: decision, party: justice, time: {fixed: {value: 10 "
                          "d}}}, {stage: works, party: agency, time: {fixed: {value: 31 d}}}]}\n",
                    ", published_opening: 2026-02-01, funding: {term: 100 d, renewal: 0}", "1 / d");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++) {
        const bool decided = day >= 10, open = day >= 41, lapsed = day >= 141;
        assert_near(trial_value(&trial, "projects", DECISION, day), !decided, 0);
        assert_near(trial_value(&trial, "projects", WORKS, day), decided && !open, 0);
        assert_near(trial_value(&trial, "projects", ENDS + PROJECT_OPEN, day), open && !lapsed, 0);
        assert_near(trial_value(&trial, "projects", ENDS + PROJECT_ABANDONED, day), 0, 0);
        assert_near(trial_value(&trial, "projects", ENDS + PROJECT_LAPSED, day), lapsed, 0);
        assert_near(trial_value(&trial, "projects_at", 0, day), !decided, 0);
        assert_near(trial_value(&trial, "projects_at", 1, day), decided && !open, 0);
        assert_near(trial_value(&trial, "projects_promised", 0, day), open, 0);
        assert_near(trial_value(&trial, "projects_opened", 0, day), day == 41, 0);
        assert_near(trial_value(&trial, "opening_delay", 0, day), 0, 0);
        assert_near(trial_value(&trial, "opening_late", 0, day), day == 41 ? 10 : 0, 0);
    }
    trial_close(&trial);
}

/* Closed on the day the term ends, or emptied by six seats a day from then on. */
static void
a_lapse_sends_the_residents_back(void **state)
{
    struct trial trial;

    (void)state;
    for (int noticed = 0; noticed < 2; noticed++) {
        trial_open_text(&trial,
                        HOUSE "stages: {p: [{stage: lease, party: town, time: {fixed: {value: 31 "
                              "d}}}]}\n"
                              "balance: {from: 10, to: 9, vans: 1, seats: 6}\n",
                        noticed ? ", funding: {term: 200 d, renewal: 0, notice: 20 d}"
                                : ", funding: {term: 200 d, renewal: 0}",
                        "1 / d");
        trial_run(&trial, 0);
        double before = trial_value(&trial, "house_residents", 0, 230);
        assert_true(before > 30);
        assert_near(trial_value(&trial, "moves_closing", 0, 231), noticed ? 6 : before, 0);
        double sent = trial_sum(&trial, "moves_lapse", 0);
        assert_near(sent, trial_sum(&trial, "moves_closing", 0), 0);
        assert_true(sent >= 6 && sent <= before);
        for (int32_t day = 251; day < 400; day++) {
            assert_near(trial_value(&trial, "house_residents", 0, day), 0, 0);
            assert_near(trial_value(&trial, "capacity", 0, day), 100, 0);
        }
        assert_near(trial_value(&trial, "capacity", 0, 240), noticed ? 157 : 100, 0);
        trial_close(&trial);
    }
}

#define TWO                                                                                        \
    "facilities:\n"                                                                                \
    "  - {name: Prison, region: north, capacity: 100}\n"                                           \
    "%s"                                                                                           \
    "  - {name: B, region: north, capacity: 5, project: {process: q, starts: 2026-01-01}}\n"       \
    "intake: [{class: arrested, region: north, rate: 1 / y}]\n"                                    \
    "pathways: {arrested: [{phase: inside, status: remand, stay: {fixed: {value: 60 d}}, "         \
    "then: {released: 1}}]}\n"                                                                     \
    "stages: {p: [{stage: works, party: a, time: {exponential: {mean: %s}}}], q: [{stage: works, " \
    "party: b, time: {exponential: {mean: 50 d}}, fails: 50 %%, on_failure: works}]}\n"

/* Another project before it, with other times or none, leaves a project's life as it was. */
static void
a_change_to_one_project_leaves_the_others(void **state)
{
    static const char A[] =
        "  - {name: A, region: north, capacity: 5, project: {process: p, starts: 2026-01-01}}\n";
    struct trial alone, one, other;
    int moved = 0;

    (void)state;
    trial_open_text(&alone, TWO, "", "20 d");
    trial_open_text(&one, TWO, A, "20 d");
    trial_open_text(&other, TWO, A, "60 d");
    for (uint64_t r = 0; r < 100; r++) {
        double opens = life_of(&alone, 0, r).opens;
        assert_true(life_of(&one, 1, r).opens == opens);
        assert_true(life_of(&other, 1, r).opens == opens);
        moved += life_of(&one, 0, r).opens != life_of(&other, 0, r).opens;
    }
    assert_int_equal(moved, 100);
    trial_close(&alone);
    trial_close(&one);
    trial_close(&other);
}

/* Five houses of 100 days, two at once: they open after 100, 100, 200, 200 and 300 days, House 2
 * before House 10; that is the plan too. One that is abandoned makes room for the next. */
static void
a_phase_has_so_many_on_their_way_at_once(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "facilities:\n"
                    "  - {name: Prison, region: north, capacity: 100}\n"
                    "  - {name: House, copies: 10, region: north, capacity: 5, project: {process: "
                    "p, phase: first, starts: 2026-01-01}}\n"
                    "  - {name: Doomed, region: north, capacity: 5, project: {process: q, phase: "
                    "second, starts: 2026-01-01}}\n"
                    "  - {name: Next, region: north, capacity: 5, project: {process: p, phase: "
                    "second, starts: 2026-01-02}}\n"
                    "master_plan: [{name: first, at_once: 2}, {name: second, at_once: 1}]\n"
                    "intake: [{class: arrested, region: north, rate: 1 / y}]\n"
                    "pathways: {arrested: [{phase: inside, status: remand, stay: {fixed: {value: "
                    "60 d}}, then: {released: 1}}]}\n"
                    "stages: {p: [{stage: works, party: a, time: {fixed: {value: 100 d}}}], q: "
                    "[{stage: site, party: a, time: {fixed: {value: 50 d}}, fails: 1, on_failure: "
                    "abandoned}]}\n"
                    "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++) {
        double opened = day == 100 || day == 200 || day == 300 ? 2 : day == 150;
        assert_near(trial_value(&trial, "projects_opened", 0, day), opened, 0);
        assert_near(trial_value(&trial, "opening_delay", 0, day), 0, 0);
        assert_near(
            trial_at(&trial, AT_FACILITY, trial_facility(&trial, "House 2"), "capacity", 0, day),
            day >= 100 ? 5 : 0, 0);
        assert_near(
            trial_at(&trial, AT_FACILITY, trial_facility(&trial, "House 10"), "capacity", 0, day),
            0, 0);
        assert_near(
            trial_at(&trial, AT_FACILITY, trial_facility(&trial, "Next"), "capacity", 0, day),
            day >= 150 ? 5 : 0, 0);
    }
    trial_close(&trial);
}

/* Seven houses of one process, each with draws of its own name: no two take the same time. */
static void
houses_of_one_process_have_draws_of_their_own(void **state)
{
    struct trial trial;

    (void)state;
    trial_open(&trial, "projects.yaml");
    for (uint32_t i = 0; i < 7; i++)
        for (uint32_t other = 0; other < i; other++) {
            double one = life_of(&trial, i, 2).opens, two = life_of(&trial, other, 2).opens;
            assert_true(one != two || isinf(one));
        }
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_failures_a_house_takes_the_sum_of_means),
        cmocka_unit_test(a_stage_that_fails_takes_one_over_one_minus_p_tries),
        cmocka_unit_test(a_failure_goes_back_to_the_stage_that_it_names),
        cmocka_unit_test(a_failure_without_return_abandons_and_a_platform_makes_it_rarer),
        cmocka_unit_test(a_platform_shortens_hand_overs_by_its_level_on_the_day),
        cmocka_unit_test(with_a_platform_no_house_opens_later_in_any_replication),
        cmocka_unit_test(the_number_of_terms_is_geometric),
        cmocka_unit_test(places_ramp_up_from_the_opening_by_date),
        cmocka_unit_test(copies_start_evenly_over_a_time),
        cmocka_unit_test(each_day_counts_projects_by_stage_and_party),
        cmocka_unit_test(a_lapse_sends_the_residents_back),
        cmocka_unit_test(a_phase_has_so_many_on_their_way_at_once),
        cmocka_unit_test(houses_of_one_process_have_draws_of_their_own),
        cmocka_unit_test(a_change_to_one_project_leaves_the_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
