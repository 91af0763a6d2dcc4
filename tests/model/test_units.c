/* Units, in which a phase happens, and desks of a facility: who waits for one. */

#include "tests/support.h"

#include "tests/models.h"

/* Three are in the unit when the measure begins: they go a month earlier, and those who wait for
 * their turn go nowhere. */
static void
a_measure_reaches_nobody_whose_phase_has_not_begun(void **state)
{
    struct trial trial;
    double early = 0, days = 0;

    (void)state;
    trial_open(&trial, "unit_measure.yaml");
    trial_run(&trial, 0);
    for (int32_t row = 0; row < trial.plan->keep[AT_NATION].rows; row++) {
        early += trial_at(&trial, AT_NATION, 0, "early_releases", 0, row);
        days += trial_at(&trial, AT_NATION, 0, "early_days", 0, row);
    }
    assert_near(early, 3, 0);
    assert_true(days > 0 && days <= 3 * 30); /* a month is 30.4 days */
    trial_close(&trial);
}

/* Everybody inside, counted one by one, in the group that they are counted in. */
static void
whoever_a_unit_refuses_is_counted_anew(void **state)
{
    struct trial trial;
    int32_t groups[GROUPS] = {0};

    (void)state;
    trial_open(&trial, "unit_refuses.yaml");
    trial_run(&trial, 0);
    const struct site *town = &trial.model->site[0];
    for (uint32_t slot = 0; slot < town->used; slot++)
        if (town->person[slot].phase != NO_PHASE && town->person[slot].where == WHERE_FACILITY)
            groups[group_number(group_of(&town->person[slot]))]++;
    assert_true(town->population > 50);
    for (uint32_t group = 0; group < GROUPS; group++)
        assert_int_equal(town->group[group], groups[group]);
    trial_close(&trial);
}

/* All wait since the end of ten days, also those whom balance has moved meanwhile. */
static void
a_move_keeps_the_turn_for_a_unit(void **state)
{
    struct trial trial;
    int waiting = 0, moved = 0;

    (void)state;
    trial_open(&trial, "unit_balance.yaml");
    trial_run(&trial, 0);
    for (uint32_t i = 0; i < trial.plan->facilities; i++)
        for (uint32_t slot = 0; slot < trial.model->site[i].used; slot++) {
            const struct person *person = &trial.model->site[i].person[slot];
            if (person->phase == NO_PHASE || person->queue != QUEUE_UNIT)
                continue;
            assert_int_equal(person->queued - person->began, 10 * TICKS_PER_DAY);
            waiting++;
            moved += i == 1; /* Hill, where no court sends anybody */
        }
    assert_true(waiting > 20 && moved > 5);
    trial_close(&trial);
}

/* Two ask on day 10.5 for a unit with one place, where they stay 20.25 days: the round of day 11
 * brings one there, after half a day; the place is free on day 31.25, and the round of day 32
 * brings the other, after 21.5 days. */
static void
the_wait_for_a_unit_is_added_up(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "horizon: 60 d\nrecord: [{place: nation, tick: day}]\n"
        "facilities: [{name: Town, region: north, capacity: 10},"
        " {name: Ward, region: north, capacity: 1, entry: 0, when_full: wait}]\n"
        "stock: [{status: convicted, class: a, phase: one, count: 2, facility: Town, fresh: yes}]\n"
        "intake: [{class: a, region: north, rate: 0 / d}]\n"
        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 10.5 d}, then: {two: 1}},"
        " {phase: two, status: convicted, facility: Ward, stay: {fixed: 20.25 d},"
        " then: {released: 1}}]}\n");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "unit_wait", 0, 11), 0.5, 1e-6);
    assert_near(trial_value(&trial, "unit_wait", 0, 32), 21.5, 1e-6);
    assert_near(trial_sum(&trial, "unit_wait", 0), 22, 1e-6);
    trial_close(&trial);
}

/* Whoever has asked the office for a turn and has gone on since, or has left their slot to another,
 * gets no turn by it: at the clinic's one place there is one case at a time. */
static void
a_turn_is_not_given_to_who_has_gone_on(void **state)
{
    static const char *const files[] = {"desk_clock.yaml", "desk_slot.yaml"};

    (void)state;
    for (size_t f = 0; f < 2; f++) {
        struct trial trial;
        int cases = 0, waiting = 0;
        trial_open(&trial, files[f]);
        for (uint64_t replication = 0; replication < 4; replication++) {
            trial_run(&trial, replication);
            const struct site *site = &trial.model->site[0];
            cases = waiting = 0;
            for (uint32_t slot = 0; slot < site->used; slot++) {
                const struct person *person = &site->person[slot];
                if (person->phase == NO_PHASE || trial.plan->phase[person->phase].desk != 1)
                    continue;
                cases += person->desk_case == CASE_RUNNING;
                waiting += person->desk_case == CASE_WAITING;
            }
            assert_true(cases == 1 || (cases == 0 && waiting == 0));
        }
        assert_true(waiting > 0);
        trial_close(&trial);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_reaches_nobody_whose_phase_has_not_begun),
        cmocka_unit_test(whoever_a_unit_refuses_is_counted_anew),
        cmocka_unit_test(a_move_keeps_the_turn_for_a_unit),
        cmocka_unit_test(the_wait_for_a_unit_is_added_up),
        cmocka_unit_test(a_turn_is_not_given_to_who_has_gone_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
