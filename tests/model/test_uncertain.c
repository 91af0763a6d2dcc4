/* Fields that are drawn for each replication: as if they were written, in pairs, in two levels. */

#include "tests/support.h"

#include "tests/models.h"

#include "models/plan/derive.h"
#include "models/plan/uncertain.h"
#include "models/record/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Read TEXT as a file beside those of tests/data/models, with SET laid over it (NULL: nothing). */
static void
open_text(struct trial *trial, const char *text, const char *set)
{
    const struct scenario_text file = {"text.yaml", text, strlen(text)};
    const struct scenario_source from = {.file = "tests/data/models/text.yaml",
                                         .text = &file,
                                         .texts = 1,
                                         .set = &set,
                                         .sets = set != NULL};
    struct error err = {0};
    char line[1024];

    *trial = (struct trial){0};
    if (scenario_read_from(&trial->scenario, &from, &trial->faults) != OK) {
        for (size_t i = 0; i < trial->faults.count; i++) {
            faults_line(&trial->faults, i, line, sizeof line);
            print_error("%s\n", line);
        }
        fail_msg("%s", text);
    }
    if (plan_create(&trial->plan, &trial->scenario, &err) != OK ||
        model_create(&trial->model, trial->plan, 1, &err) != OK)
        fail_msg("%s", err.message);
}

/* All values of a replication but what was drawn. */
static char *
values_of(struct trial *trial, uint64_t replication, size_t *bytes)
{
    struct error err = {0};
    struct layout layout;
    char *values = NULL;

    *bytes = 0;
    trial_run(trial, replication);
    assert_int_equal(series_layout(&layout, trial->plan, &err), OK);
    for (size_t i = 0; i < layout.variables; i++) {
        const struct layout_variable *variable = &layout.variable[i];
        size_t size = layout_count(&layout, variable) * layout_value_size(variable->type);
        if (variable->type == LAYOUT_REAL)
            continue;
        values = realloc(values, *bytes + size + 1);
        assert_non_null(values);
        record_values(trial->model, i, values + *bytes);
        *bytes += size;
    }
    series_layout_free(&layout);
    return values;
}

/* A draw of each type of field, in scenarios that have it: its distribution, and the unit with
 * which
 * --set takes the value. */
static const struct {
    const char *file, *path, *of, *unit;
    bool whole; /* the value is rounded */
} rows[] = {
    {"small.yaml", "house_selection.suitable", "{uniform: {low: 30 %, high: 90 %}}", "", false},
    {"small.yaml", "house_selection.least_stay", "{uniform: {low: 10 d, high: 90 d}}", " d", false},
    {"small.yaml", "house_selection.screening.exponential.mean", "{gamma: {mean: 40 d, cv: 0.5}}",
     " d", false},
    {"small.yaml", "facilities[Second].capacity", "{uniform: {low: 30, high: 60}}", "", true},
    {"small.yaml", "facilities[Arrest].beds", "{triangular: {low: 90, mode: 100, high: 120}}", "",
     true},
    {"small.yaml", "facilities[Second].ceiling", "{uniform: {low: 10 %, high: 40 %}}", "", false},
    {"small.yaml", "facilities[Arrest].entry", "{lognormal: {mean: 2, cv: 0.3}}", "", false},
    {"small.yaml", "intake[arrested,north].rate", "{gamma: {mean: 400 / y, cv: 0.2}}", " / d",
     false},
    {"small.yaml", "intake[arrested].rate", "{uniform: {low: 0.5 / d, high: 2 / d}}", " / d",
     false},
    {"small.yaml", "intake_level", "{lognormal: {mean: 1, cv: 0.1}}", "", false},
    {"small.yaml", "facilities[Arrest].beds.2026-06-01", "{uniform: {low: 100, high: 190}}", "",
     true},
    {"small.yaml", "facilities[Third].capacity.2026-01-01", "{uniform: {low: 20, high: 90}}", "",
     true},
    {"small.yaml", "classes[arrested].repeat", "{uniform: {low: 10 %, high: 60 %}}", "", false},
    {"small.yaml", "classes[arrested].served.uniform.low", "{uniform: {low: 20 %, high: 70 %}}", "",
     false},
    {"small.yaml", "classes[arrested].sentence.lognormal.mean",
     "{uniform: {low: 12 mo, high: 30 mo}}", " d", false},
    {"small.yaml", "desks[court].time.gamma.cv", "{uniform: {low: 0.2, high: 0.9}}", "", false},
    {"small.yaml", "people.women", "{uniform: {low: 2 %, high: 30 %}}", "", false},
    {"small.yaml", "people.exclusions.sexual", "{uniform: {low: 2 %, high: 40 %}}", "", false},
    {"small.yaml", "pathways.arrested[remand].then.released", "{uniform: {low: 20 %, high: 80 %}}",
     "", false},
    {"small.yaml", "pathways.arrested[hearing].then.home", "{uniform: {low: 2 %, high: 80 %}}", "",
     false},
    {"small.yaml", "pathways.arrested[remand].stay.lognormal.mean",
     "{weibull: {mean: 80 d, cv: 0.5}}", " d", false},
    {"small.yaml", "pathways.arrested[remand].clocks[home].after.exponential.mean",
     "{uniform: {low: 30 d, high: 200 d}}", " d", false},
    {"small.yaml", "allocation.moves", "{uniform: {low: 1, high: 4}}", "", true},
    {"small.yaml", "balance.from", "{uniform: {low: 100 %, high: 140 %}}", "", false},
    {"small.yaml", "measures[dated].uptake", "{uniform: {low: 20 %, high: 80 %}}", "", false},
    {"small.yaml", "measures[triggered].forward", "{uniform: {low: 1 mo, high: 9 mo}}", " d",
     false},
    {"small.yaml", "earliest_share", "{uniform: {low: 20 %, high: 50 %}}", "", false},
    {"small.yaml", "stock[remand].count", "{uniform: {low: 100, high: 200}}", "", true},
    {"projects.yaml", "facilities[Pilot].project.funding.term",
     "{uniform: {low: 100 d, high: 900 d}}", " d", false},
    {"projects.yaml", "facilities[House].project.ramp_up[6 mo].share",
     "{uniform: {low: 20 %, high: 90 %}}", "", false},
    {"projects.yaml", "stages.ordinary[works].fails", "{uniform: {low: 10 %, high: 90 %}}", "",
     false},
    {"projects.yaml", "stages.ordinary[permit].time.exponential.mean",
     "{uniform: {low: 20 d, high: 900 d}}", " d", false},
    {"projects.yaml", "coordination.hand_overs", "{uniform: {low: 10 %, high: 90 %}}", "", false},
    {"projects.yaml", "hand_over.exponential.mean", "{uniform: {low: 10 d, high: 200 d}}", " d",
     false},
    {"uncertain_law.yaml", "people.women", "{uniform: {low: 2 %, high: 30 %}}", "", false},
    {"uncertain_law.yaml", "classes[arrested].sentence.lognormal.mean",
     "{uniform: {low: 12 mo, high: 30 mo}}", " d", false},
    {"uncertain_law.yaml", "desks[court].time.gamma.cv", "{uniform: {low: 0.2, high: 0.9}}", "",
     false},
    {"uncertain_law.yaml", "earliest_share", "{uniform: {low: 20 %, high: 50 %}}", "", false},
    {"uncertain_law.yaml", "pathways.arrested[remand].stay.lognormal.mean",
     "{weibull: {mean: 80 d, cv: 0.5}}", " d", false},
    {"uncertain_law.yaml", "pathways.arrested[remand].clocks[home].after.exponential.mean",
     "{uniform: {low: 30 d, high: 200 d}}", " d", false},
    {"uncertain_law.yaml", "pathways.arrested[remand].then.released",
     "{uniform: {low: 20 %, high: 80 %}}", "", false},
};

/* Every bit of a replication is as if what was drawn stood in the scenario, and in its world. */
static void
what_is_drawn_is_as_if_it_were_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct trial drawn, written, before;
        char text[512], set[512];
        size_t sizes[3];
        snprintf(text, sizeof text, "extends: %s\nuncertain: {'%s': %s}\n", rows[i].file,
                 rows[i].path, rows[i].of);
        open_text(&drawn, text, NULL);
        char *got = values_of(&drawn, 5, &sizes[0]);
        double value = drawn.model->parameter[0];
        snprintf(set, sizeof set, "'%s': {to: %.17g%s, world: yes}", rows[i].path,
                 rows[i].whole ? round(value) : value, rows[i].unit);
        snprintf(text, sizeof text, "extends: %s\n", rows[i].file);
        open_text(&written, text, set);
        char *expected = values_of(&written, 5, &sizes[1]);
        open_text(&before, text, NULL);
        char *old = values_of(&before, 5, &sizes[2]);
        assert_true(sizes[0] == sizes[1] && sizes[0] == sizes[2]);
        if (memcmp(got, expected, sizes[0]) != 0)
            fail_msg("%s: not as %s", rows[i].path, set);
        if (memcmp(got, old, sizes[0]) == 0)
            fail_msg("%s: as if nothing were drawn", rows[i].path);
        free(got);
        free(expected);
        free(old);
        trial_close(&drawn);
        trial_close(&written);
        trial_close(&before);
    }
}

/* One model runs many replications, each of another plan: as a model that is made for each. */
static void
a_model_turns_from_one_draw_to_the_next(void **state)
{
    const char *text = "extends: small.yaml\n"
                       "uncertain:\n"
                       "  intake[arrested].rate: {times: {lognormal: {mean: 1, cv: 1}}}\n"
                       "  facilities[Canal].opens: {plus: {uniform: {low: 1 d, high: 999 d}}}\n"
                       "  facilities[Arrest].beds: {uniform: {low: 10, high: 200}}\n";
    struct trial one, fresh;
    size_t bytes, again;

    (void)state;
    open_text(&one, text, NULL);
    for (uint64_t r = 0; r < 6; r++) {
        char *got = values_of(&one, r, &bytes);
        open_text(&fresh, text, NULL);
        char *expected = values_of(&fresh, r, &again);
        assert_true(bytes == again && memcmp(got, expected, bytes) == 0);
        free(got);
        free(expected);
        trial_close(&fresh);
    }
    trial_close(&one);
}

/* Whole numbers, which lists and rooms are as long as: from the lowest to well above what
 * whole.yaml says. */
static const struct {
    const char *path;
    int low, high;
} whole[] = {
    {"classes[arrested].priority", 0, 9},
    {"desks[court].places", 1, 12},
    {"stock[remand].count", 0, 300},
    {"allocation.moves", 1, 40},
    {"balance.vans", 0, 3},
    {"balance.seats", 1, 9},
    {"measures[often].on_days", 1, 7},
    {"measures[often].of_days", 2, 366},
    {"measures[leave].a_day", 1, 9},
    {"measures[bracelets].at_once", 0, 90},
    {"measures[rented].total", 0, 90},
    {"measures[more].beds", 1, 90},
    {"small_scale_cap", 1, 40},
    {"master_plan[first].at_once", 1, 9},
};
enum { WHOLE_NUMBERS = sizeof whole / sizeof *whole };

/* Those that no replication changes. */
static const char *const not_drawn[] = {"facilities.copies", "chance", "replications", "seed"};

/* Is PATH, with dots alone, that of a row, which has the names of what it is about in brackets? */
static bool
is_of_row(const char *path, const char *row)
{
    for (; *row != '\0'; row++) {
        if (*row == '[')
            row = strchr(row, ']') + 1;
        if (*path++ != *row)
            return false;
    }
    return *path == '\0';
}

static void
look_for_whole(const char *path, const struct field *field, void *found)
{
    bool is_there = field->type != FIELD_WHOLE;

    for (size_t i = 0; i < WHOLE_NUMBERS; i++)
        is_there |= is_of_row(path, whole[i].path);
    for (size_t i = 0; i < sizeof not_drawn / sizeof *not_drawn; i++)
        is_there |= strcmp(path, not_drawn[i]) == 0;
    if (!is_there)
        fail_msg("%s: draw it in whole.yaml, too", path);
    *(size_t *)found += field->type == FIELD_WHOLE;
}

/* A model whose whole numbers go up and down from one replication to the next has room for all, and
 * is as one that is made for each. */
static void
whole_numbers_go_up_and_down(void **state)
{
    size_t found = 0;

    (void)state;
    field_each(look_for_whole, &found);
    assert_true(found >= WHOLE_NUMBERS);
    for (size_t i = 0; i < WHOLE_NUMBERS; i++) {
        struct trial one, fresh;
        char text[512];
        size_t bytes, again;
        double least = INFINITY, most = -INFINITY;
        snprintf(text, sizeof text,
                 "extends: whole.yaml\nuncertain: {'%s': {uniform: {low: %d, high: %d}}}\n",
                 whole[i].path, whole[i].low, whole[i].high);
        open_text(&one, text, NULL);
        for (uint64_t r = 0; r < 8; r++) {
            char *got = values_of(&one, r, &bytes);
            open_text(&fresh, text, NULL);
            char *expected = values_of(&fresh, r, &again);
            if (bytes != again || memcmp(got, expected, bytes) != 0)
                fail_msg("%s: replication %d is another alone", whole[i].path, (int)r);
            least = fmin(least, one.model->parameter[0]);
            most = fmax(most, one.model->parameter[0]);
            free(got);
            free(expected);
            trial_close(&fresh);
        }
        if (most - least < (whole[i].high - whole[i].low) / 3.0)
            fail_msg("%s: from %g to %g only", whole[i].path, least, most);
        trial_close(&one);
    }
}

#define TWO                                                                                        \
    "name: T\nstart: 2026-01-01\nhorizon: 40 d\nregions: [north]\n%s\n"                            \
    "facilities: [{name: Prison, region: north, capacity: 100}]\n"                                 \
    "intake: [{class: a, region: north, rate: 2 / d}]\n"                                           \
    "exits: [out, other, third]\n"                                                                 \
    "pathways: {a: [{phase: in, status: remand, stay: {fixed: {value: 1 d}}, then: {out: 0.5, "    \
    "other: 0.3, third: 0.2}}]}\n"                                                                 \
    "house_selection: {suitable: 25 %%, screening: {fixed: {value: 1 d}}}\n"                       \
    "record: [{place: nation, tick: year}]\n"

static void
open_two(struct trial *trial, const char *lines, const char *set)
{
    char text[2048];

    snprintf(text, sizeof text, TWO, lines);
    open_text(trial, text, set);
}

/* What an overlay says acts on the draw: exactly so. */
static void
an_overlay_acts_on_the_draw(void **state)
{
    const char *lines = "uncertain:\n"
                        "  house_selection.suitable: {triangular: {low: 15 %, mode: 25 %, high: "
                        "35 %}}\n"
                        "  pathways.a[in].stay: {times: {lognormal: {mean: 1, cv: 0.2}}}\n";
    struct trial plain, times, both, set;

    (void)state;
    open_two(&plain, lines, NULL);
    open_two(&times, lines, "house_selection.suitable: {times: 0.9}");
    open_two(&both, lines, "'pathways.a[in].stay': {plus: 3 d}");
    open_two(&set, lines, "house_selection.suitable: 30 %");
    for (uint64_t r = 0; r < 20; r++) {
        trial_run(&plain, r);
        trial_run(&times, r);
        trial_run(&both, r);
        trial_run(&set, r);
        double suitable = plain.model->parameter[0], factor = plain.model->parameter[1];
        assert_true(suitable > 0.15 && suitable < 0.35);
        assert_true(plain.model->plan->selection_rule.suitable == suitable);
        assert_true(times.model->parameter[0] == suitable);
        assert_true(times.model->plan->selection_rule.suitable == 0.9 * suitable);
        assert_true(distribution_mean(plain.model->plan->phase[0].stay) == 1 * factor);
        assert_true(distribution_mean(both.model->plan->phase[0].stay) == 1 * factor + 3);
        assert_true(set.model->plan->selection_rule.suitable == 0.3);
        assert_true(set.model->parameter[0] == suitable); /* it is drawn all the same */
    }
    assert_int_equal(plain.faults.count + 1, set.faults.count);
    trial_close(&plain);
    trial_close(&times);
    trial_close(&both);
    trial_close(&set);
}

/* out is drawn: other and third, 3 to 2, share what is left. Then an overlay sets third to 0.1: out
 * and other share 0.9 as they were. */
static void
other_shares_make_room_for_what_is_drawn(void **state)
{
    const char *lines =
        "uncertain: {'pathways.a[in].then.out': {uniform: {low: 10 %, high: 90 %}}}";
    struct trial plain, set;

    (void)state;
    open_two(&plain, lines, NULL);
    open_two(&set, lines, "'pathways.a[in].then.third': 0.1");
    for (uint64_t r = 0; r < 20; r++) {
        trial_run(&plain, r);
        trial_run(&set, r);
        double out = plain.model->parameter[0], other = (1 - out) * 0.6;
        const struct target_plan *next = plain.model->plan->phase[0].next;
        assert_near(next[0].up_to, out, 1e-12);
        assert_near(next[1].up_to, out + other, 1e-12);
        next = set.model->plan->phase[0].next;
        assert_near(next[0].up_to, 0.9 * out / (out + other), 1e-12);
        assert_near(next[1].up_to, 0.9, 1e-12);
    }
    trial_close(&plain);
    trial_close(&set);
}

/* The same replication draws the same in another scenario: with a policy, with more that is drawn
 * before it, with the path written in another way. */
static void
draws_are_named_by_replication_and_path(void **state)
{
    const char *lines = "uncertain: {'intake[a,north].rate': {times: {gamma: {mean: 1, cv: 1}}}}";
    const char *more = "uncertain:\n"
                       "  people.women: {uniform: {low: 1 %, high: 5 %}}\n"
                       "  intake[region=north, class=a].rate: {times: {gamma: {mean: 1, cv: 1}}}";
    struct trial one, other;

    (void)state;
    open_two(&one, lines, NULL);
    open_two(&other, more, "house_selection.suitable: 10 %");
    for (uint64_t r = 0; r < 20; r++) {
        trial_run(&one, r);
        trial_run(&other, r);
        assert_true(one.model->parameter[0] == other.model->parameter[1]);
        assert_true(trial_sum(&one, "arrivals", 0) == trial_sum(&other, "arrivals", 0));
    }
    trial_close(&one);
    trial_close(&other);
}

enum { DRAWS = 4000, EACH = 5 };

/* A rate of gamma(k = 4, theta = 0.5 / d) over T = 40 d. Within a draw arrivals have the variance
 * k theta T = 80, between draws k theta^2 T^2 = 1600. The mean square within n replications of m
 * draws has the relative standard error sqrt(2 / (m (n - 1))) and a little more since the rates
 * differ; that between draws sqrt((2 + 6 / k) / m), since a gamma's kurtosis is 3 + 6 / k. */
static void
two_levels_have_the_variances_of_poisson_and_gamma(void **state)
{
    const double k = 4, theta = 0.5, days = 40;
    double within = 0, sum = 0, square = 0;
    struct trial trial;

    (void)state;
    open_two(&trial, "chance: 5\nuncertain: {'intake[a].rate': {gamma: {mean: 2 / d, cv: 0.5}}}",
             NULL);
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        double came[EACH], mean = 0, rate = 0;
        for (uint64_t i = 0; i < EACH; i++) {
            trial_run(&trial, draw * EACH + i);
            came[i] = trial_sum(&trial, "arrivals", 0);
            mean += came[i] / EACH;
            assert_true(i == 0 || trial.model->parameter[0] == rate);
            rate = trial.model->parameter[0];
        }
        for (int i = 0; i < EACH; i++)
            within += (came[i] - mean) * (came[i] - mean) / (EACH - 1) / DRAWS;
        sum += mean / DRAWS;
        square += mean * mean / DRAWS;
    }
    double between = (square - sum * sum) * DRAWS / (DRAWS - 1) - within / EACH;
    double expected_within = k * theta * days, expected_between = k * pow(theta * days, 2);
    /* within: var of the mean square is 2 E(rate T)^2 / (n - 1), E Lambda^2 = 80^2 (1 + 1 / k) */
    assert_near(within, expected_within,
                4.5 * expected_within * sqrt(2 * (1 + 1 / k) / (EACH - 1) / DRAWS + 1 / k / DRAWS));
    assert_near(between, expected_between,
                4.5 * expected_between * 1.1 * sqrt((2 + 6 / k) / DRAWS));
    assert_near(sum, expected_within,
                4.5 * sqrt((expected_between + expected_within / EACH) / DRAWS));
    trial_close(&trial);
}

/* Rows of a table are drawn whole, each as often as the other. */
static void
rows_of_a_posterior_are_drawn_together(void **state)
{
    const char *lines =
        "posterior:\n"
        "  - {house_selection.suitable: 10 %, 'intake[a].rate times': 0.5, people.women: 1 %}\n"
        "  - {house_selection.suitable: 20 %, 'intake[a].rate times': 1.0, people.women: 2 %}\n"
        "  - {house_selection.suitable: 30 %, 'intake[a].rate times': 1.5, people.women: 3 %}\n";
    int count[4] = {0};
    struct trial trial;

    (void)state;
    open_two(&trial, lines, NULL);
    for (uint64_t r = 0; r < 900; r++) {
        trial_run(&trial, r);
        const double *drawn = trial.model->parameter;
        int row = (int)(drawn[0] * 10 + 0.5);
        assert_true(row >= 1 && row <= 3);
        count[row]++;
        assert_near(drawn[1], 0.5 * row, 1e-12);
        assert_near(drawn[2], 0.01 * row, 1e-12);
        assert_near(trial.model->plan->source[0].rate[0], 2 * drawn[1], 1e-12);
    }
    for (int row = 1; row <= 3; row++) /* binomial: 300, sd sqrt(900 / 3 * 2 / 3) */
        assert_near(count[row], 300, 4.5 * sqrt(200));
    trial_close(&trial);
}

/* A policy over an uncertain world leaves who is there at the start as drawn in the world. */
static void
a_policy_has_the_world_that_is_drawn(void **state)
{
    const char *base =
        "extends: small.yaml\n"
        "uncertain:\n"
        "  intake[arrested].rate: {times: {lognormal: {mean: 1, cv: 0.4}}}\n"
        "  pathways.arrested[remand].stay: {times: {lognormal: {mean: 1, cv: 0.4}}}\n";
    struct trial world, policy;

    (void)state;
    open_text(&world, base, NULL);
    open_text(&policy, base, "'intake[arrested].rate': {times: 0.5}");
    for (uint64_t r = 0; r < 3; r++) {
        trial_run(&world, r);
        trial_run(&policy, r);
        const struct plan *a = world.model->plan->world, *b = policy.model->plan->world;
        size_t phases = (size_t)a->classes * a->phases;
        assert_memory_equal(a->entries, b->entries, a->classes * sizeof *a->entries);
        assert_memory_equal(a->steady.days, b->steady.days, phases * sizeof *a->steady.days);
        assert_near(a->entries[0], 2.0 * 0.95 * world.model->parameter[0], 0.1 * a->entries[0]);
        assert_near(policy.model->plan->source[0].rate[9],
                    0.5 * world.model->plan->source[0].rate[9], 1e-12);
        for (uint32_t c = 0; c < a->classes; c++)
            assert_true(trial_value(&world, "total_initial", c, 0) ==
                        trial_value(&policy, "total_initial", c, 0));
    }
    trial_close(&world);
    trial_close(&policy);
}

/* Remand for m days, then half of them convicted for 200; 100 a year come on remand, and 10 a year
 * to serve 300. The stock counts 60 and 90. By Little's law 60 = f 100/365.25 m, and 90 = f
 * 50/365.25 200 + g 10/365.25 300. */
#define MATCHED                                                                                    \
    "name: T\nstart: 2026-01-01\nhorizon: 1 y\nregions: [north]\nintake_matches_stock: yes\n"      \
    "uncertain: {'pathways.a[remand].stay.fixed.value': {uniform: {low: 100 d, high: 400 d}}}\n"   \
    "facilities: [{name: Prison, region: north, capacity: 100}]\n"                                 \
    "intake: [{class: a, region: north, rate: 100 / y}, {class: b, region: north, rate: 10 / "     \
    "y}]\n"                                                                                        \
    "stock: [{status: remand, count: 60}, {status: convicted, count: 90}]\n"                       \
    "record: [{place: nation, tick: year}]\n"                                                      \
    "pathways:\n"                                                                                  \
    "  a:\n"                                                                                       \
    "    - {phase: remand, status: remand, stay: {fixed: {value: 200 d}}, then: {released: 0.5, "  \
    "sentence: 0.5}}\n"                                                                            \
    "    - {phase: sentence, status: convicted, stay: {fixed: {value: 200 d}}, then: {released: "  \
    "1}}\n"                                                                                        \
    "  b: [{phase: sentence, status: convicted, stay: {fixed: {value: 300 d}}, then: {released: "  \
    "1}}]\n"

static void
intake_gives_the_people_who_are_counted(void **state)
{
    struct trial world, policy;

    (void)state;
    open_text(&world, MATCHED, NULL);
    open_text(&policy, MATCHED, "'intake[*].rate': {times: 0.5}");
    for (uint64_t r = 0; r < 20; r++) {
        trial_run(&world, r);
        trial_run(&policy, r);
        double days = world.model->parameter[0], f = 60 * 365.25 / 100 / days;
        double g = (90 - f * 50 / 365.25 * 200) / (10 / 365.25 * 300);
        const struct source_plan *source = world.model->plan->source;
        assert_near(source[0].rate[7], f * 100 / 365.25, 1e-9);
        assert_near(source[1].rate[7], g * 10 / 365.25, 1e-9);
        assert_near(source[0].before, f * 100 / 365.25, 1e-9);
        assert_near(policy.model->plan->source[0].rate[7], source[0].rate[7] / 2, 1e-9);
        assert_near(policy.model->plan->world->source[1].before, source[1].before, 1e-12);
    }
    /* A policy whose world is shared: half the rate of a, with the factor that holds for the world
     */
    struct plan_change change;
    struct plan *derived;
    struct error err = {0};
    struct steps half = {.count = 1, .day = (int32_t[]){NO_DATE}, .value = (double[]){0.1}};
    assert_true(plan_change_at(&change, "intake.rate", (size_t[]){0}, 1));
    change.value = &half;
    assert_int_equal(plan_derive(&derived, world.plan, &change, 1, &err), OK);
    assert_near(derived->source[0].rate[7], 0.1 * world.plan->source[0].rate[7] / (100 / 365.25),
                1e-9);
    plan_free(derived);
    trial_close(&world);
    trial_close(&policy);
}

/* A year of 90 convicted from 200-day sentences of those on remand alone: with 400 days on remand
 * and 60 there the sentenced would be too few, with 5 too many, and none could come less than
 * never.
 */
static void
intake_that_cannot_match_is_an_error(void **state)
{
    struct trial trial = {0};
    struct error err = {0};
    struct scenario_text file = {"text.yaml", NULL, 0};
    const char *set[] = {"stock[convicted].count: {to: 10, world: yes}"};
    const struct scenario_source from = {
        .file = "tests/data/models/text.yaml", .text = &file, .texts = 1, .set = set, .sets = 1};

    (void)state;
    file.text = MATCHED;
    file.size = strlen(MATCHED);
    assert_int_equal(scenario_read_from(&trial.scenario, &from, &trial.faults), OK);
    assert_int_equal(plan_create(&trial.plan, &trial.scenario, &err), BAD_INPUT);
    assert_non_null(strstr(err.message, "10 convicted people of the stock need -"));
    scenario_free(&trial.scenario);
    faults_free(&trial.faults);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_drawn_is_as_if_it_were_written),
        cmocka_unit_test(a_model_turns_from_one_draw_to_the_next),
        cmocka_unit_test(whole_numbers_go_up_and_down),
        cmocka_unit_test(an_overlay_acts_on_the_draw),
        cmocka_unit_test(other_shares_make_room_for_what_is_drawn),
        cmocka_unit_test(draws_are_named_by_replication_and_path),
        cmocka_unit_test(two_levels_have_the_variances_of_poisson_and_gamma),
        cmocka_unit_test(rows_of_a_posterior_are_drawn_together),
        cmocka_unit_test(a_policy_has_the_world_that_is_drawn),
        cmocka_unit_test(intake_gives_the_people_who_are_counted),
        cmocka_unit_test(intake_that_cannot_match_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
