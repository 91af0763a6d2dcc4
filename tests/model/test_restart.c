/* A scenario begun anew from newer counts, in the model: who is where when it begins. The counts of
 * tests/data/restart, and the numbers that follow from them by hand (tests/cli/restart.bats). */

#include "tests/support.h"

#include "tests/models.h"

#include "analysis/restart.h"

#include "sim/engine/calendar.h"

#define OUTPUT "tests/data/restart/new.yaml" /* read from memory, never written */

static void
restart_open(struct restart *restart, struct trial *trial)
{
    struct error err = {0};
    char line[1024];

    *restart = (struct restart){.baseline = "tests/data/restart/base.yaml",
                                .table = "tests/data/restart/counts.csv",
                                .output = OUTPUT};
    *trial = (struct trial){0};
    if (restart_make(restart, &trial->faults, &err) != OK) {
        faults_line(&trial->faults, 0, line, sizeof line);
        fail_msg("%s %s", trial->faults.count > 0 ? line : "", err.message);
    }
    const struct scenario_text text = {"new.yaml", restart->text.text, restart->text.size};
    const struct scenario_source from = {.file = OUTPUT, .text = &text, .texts = 1};
    assert_int_equal(scenario_read_from(&trial->scenario, &from, &trial->faults), OK);
    assert_int_equal(plan_create(&trial->plan, &trial->scenario, &err), OK);
    assert_int_equal(model_create(&trial->model, trial->plan, 1, &err), OK);
}

static void
restart_close(struct restart *restart, struct trial *trial)
{
    trial_close(trial);
    restart_free(restart);
}

/* Ash 70 + 40, Birch 47 + 61, Cedar 16 + 110, nobody in the prison that closed, 8 and 5 in the
 * houses, 20 in the centre: 12 more than 133 + 212 + 20, who leave in the first round. */
static void
each_place_holds_those_counted_when_it_begins(void **state)
{
    static const struct {
        const char *name;
        uint32_t people;
    } expected[] = {{"Ash", 110},     {"Birch", 108},     {"Cedar", 126}, {"Old Elm", 0},
                    {"Fir house", 8}, {"Hazel house", 5}, {"Centre", 20}};
    struct restart restart;
    struct trial trial;
    uint32_t status[STATUSES] = {0};

    (void)state;
    restart_open(&restart, &trial);
    model_begin(trial.model, 3);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct site *site = &trial.model->site[trial_facility(&trial, expected[i].name)];
        assert_int_equal(site->people, expected[i].people);
        for (uint32_t slot = 0; slot < site->used; slot++)
            status[site->person[slot].status]++;
    }
    assert_int_equal(status[STATUS_REMAND], 133);
    assert_int_equal(status[STATUS_CONVICTED], 224);
    assert_int_equal(status[STATUS_INTERNEE], 20);
    assert_int_equal(stock_people(trial.model), 133 + 224 + 20 + 44 + 75);
    restart_close(&restart, &trial);
}

/* The list of those not called is outside: had the year before the new start its rates by date,
 * a third or so of the people in called.sentence would be of the class later. */
static void
nobody_whom_a_measure_kept_outside_is_inside(void **state)
{
    struct restart restart;
    struct trial trial;
    uint16_t later = 0;
    size_t outside = 0;

    (void)state;
    restart_open(&restart, &trial);
    while (strcmp(trial.plan->class[later].name, "later") != 0)
        later++;
    assert_near(trial.plan->entries[later], 0, 0);
    model_begin(trial.model, 0);
    for (uint32_t i = 0; i < trial.plan->sites; i++) {
        const struct site *site = &trial.model->site[i];
        for (uint32_t slot = 0; slot < site->used; slot++) {
            outside += site->person[slot].class == later;
            if (i < trial.plan->facilities)
                assert_int_not_equal(site->person[slot].class, later);
        }
    }
    assert_int_equal(outside, 75);
    restart_close(&restart, &trial);
}

/* 133 + 212 inside as counted and 12 on leave, but for the people of one day: about 2.3 come and as
 * many go, so that 4.5 times the root of 4.6, and a person or two on the way, are allowed. */
static void
the_result_begins_with_those_on_leave_out(void **state)
{
    struct restart restart;
    struct trial trial;
    double inside = 0, out = 0;

    (void)state;
    restart_open(&restart, &trial);
    trial_run(&trial, 1);
    for (uint32_t k = 0; k < STATUSES; k++)
        inside += trial_value(&trial, "population", k, 0);
    for (uint32_t k = 0; k < trial.plan->measures; k++)
        out += strcmp(trial.plan->measure[k].name, "Leave") == 0
                   ? trial_value(&trial, "measure_people", k, 0)
                   : 0;
    assert_near(out, 12, 0.5);
    assert_near(inside, 345, 4.5 * sqrt(4.6) + 2);
    restart_close(&restart, &trial);
}

/* The start is 2026-01-01, and so is the day that is asked for, unless it says another. Whose
 * process takes no time is there, as long as a term that has begun lasts; what is left to chance is
 * not. */
static void
a_house_of_a_project_is_there_where_that_is_certain(void **state)
{
    static const struct {
        const char *name;
        int32_t day; /* since the start */
        bool open;
    } expected[] = {{"there", 0, true},     {"there", -31, true},   {"there", -32, false},
                    {"funded", 333, true},  {"funded", 334, false}, {"kept", 334, true},
                    {"built", 1000, false}, {"handed", 0, false},   {"fails", 0, false},
                    {"waits", 0, false}};
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "stages:\n"
        "  now: [{stage: o, party: p, time: {fixed: 0 d}}, {stage: q, party: p, time: {fixed: 0 "
        "d}}]\n"
        "  long: [{stage: o, party: p, time: {exponential: 1 d}}]\n"
        "  two: [{stage: o, party: p, time: {fixed: 0 d}}, {stage: q, party: r, time: {fixed: 0 "
        "d}}]\n"
        "  luck: [{stage: o, party: p, time: {fixed: 0 d}, fails: 1 %%, on_failure: abandoned}]\n"
        "master_plan: [{name: one, at_once: 1}]\n"
        "facilities:\n"
        "  - {name: prison, region: north, capacity: 10}\n"
        "  - {name: there, kind: detention_house, region: north, capacity: 10, project: {process: "
        "now, starts: 2025-12-01}}\n"
        "  - {name: funded, kind: detention_house, region: north, capacity: 10, project: {process: "
        "now, starts: 2025-12-01, funding: {term: 365 d, renewal: 90 %%}}}\n"
        "  - {name: kept, kind: detention_house, region: north, capacity: 10, project: {process: "
        "now, starts: 2025-12-01, funding: {term: 365 d, renewal: 100 %%}}}\n"
        "  - {name: built, kind: detention_house, region: north, capacity: 10, project: {process: "
        "long, starts: 2025-12-01}}\n"
        "  - {name: handed, kind: detention_house, region: north, capacity: 10, project: {process: "
        "two, starts: 2025-12-01}}\n"
        "  - {name: fails, kind: detention_house, region: north, capacity: 10, project: {process: "
        "luck, starts: 2025-12-01}}\n"
        "  - {name: waits, kind: detention_house, region: north, capacity: 10, project: {process: "
        "now, starts: 2025-12-01, phase: one}}\n"
        "house_selection: {suitable: 50 %%, screening: {fixed: 10 d}}\n"
        "intake: [{class: a, region: north, rate: 1 / d}]\n"
        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 9 d}, then: {released: "
        "1}}]}\n"
        "horizon: 30 d\n");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct facility_object *facility =
            scenario_facility(&trial.scenario, trial_facility(&trial, expected[i].name));
        if (counts_open_on(&trial.scenario, facility, trial.scenario.start + expected[i].day) !=
            expected[i].open)
            fail_msg("%s, day %d", expected[i].name, (int)expected[i].day);
    }
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_place_holds_those_counted_when_it_begins),
        cmocka_unit_test(nobody_whom_a_measure_kept_outside_is_inside),
        cmocka_unit_test(the_result_begins_with_those_on_leave_out),
        cmocka_unit_test(a_house_of_a_project_is_there_where_that_is_certain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
