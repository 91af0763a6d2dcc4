/* Ten policies of at most ten lines laid over Belgium's baseline: five of scenarios/examples, five
 * written here. Each is run once beside the baseline, whose people it has (common random numbers),
 * and what it changes is counted. */

#include "tests/support.h"

#include "tests/models.h"

#include "models/run/reading.h"

#include "sim/engine/calendar.h"

#include <unistd.h>

/* Belgium as 0.1.0 had it: nothing is drawn, nobody comes back, so arrivals are those of the rates.
 */
#define BASELINE "tests/golden/runs/belgium/baseline.yaml"

/* Run what FROM names once for DAYS. */
static void
policy_run_from(struct trial *trial, struct scenario_source from, int days)
{
    char horizon[64], line[1024];
    const char *set[] = {horizon};
    struct error err = {0};

    *trial = (struct trial){0};
    snprintf(horizon, sizeof horizon, "horizon: {to: %d d, world: yes}", days);
    from.set = set;
    from.sets = 1;
    int status = run_read_from(&trial->scenario, &from, &trial->faults);
    for (size_t i = 0; i < trial->faults.count; i++) {
        faults_line(&trial->faults, i, line, sizeof line);
        if (strstr(line, "nothing reads posts") != NULL) /* that baseline has no staff */
            continue;
        if (strstr(line, "policy") != NULL || strstr(line, "error") != NULL ||
            strstr(line, "replaces") != NULL)
            fail_msg("%s", line);
    }
    assert_int_equal(status, OK);
    if (plan_create(&trial->plan, &trial->scenario, &err) != OK ||
        model_create(&trial->model, trial->plan, 1, &err) != OK)
        fail_msg("%s", err.message);
    trial_run(trial, 0);
}

/* Run FILE once for DAYS: BASELINE, or an example laid over it in place of today's. */
static void
policy_run(struct trial *trial, const char *file, int days)
{
    char text[8192];
    struct scenario_text policy = {"policy.yaml", text, 0};
    FILE *stream = fopen(file, "r");

    if (strcmp(file, BASELINE) == 0) {
        policy_run_from(trial, (struct scenario_source){.file = file}, days);
    } else {
        assert_non_null(stream);
        policy.size = fread(text, 1, sizeof text - 1, stream);
        assert_true(policy.size < sizeof text - 1);
        policy_run_from(trial,
                        (struct scenario_source){.file = "tests/golden/runs/world/policy.yaml",
                                                 .text = &policy,
                                                 .texts = 1},
                        days);
    }
    fclose(stream);
}

/* Run TEXT laid over the baseline. */
static void
policy_run_text(struct trial *trial, const char *text, int days)
{
    char whole[4096];
    int size = snprintf(whole, sizeof whole, "extends: baseline.yaml\n%s", text);
    const struct scenario_text policy = {"policy.yaml", whole, (size_t)size};
    const struct scenario_source from = {
        .file = "tests/golden/runs/belgium/policy.yaml", .text = &policy, .texts = 1};

    assert_true((size_t)size < sizeof whole);
    policy_run_from(trial, from, days);
}

static int32_t
day_of(const struct trial *trial, int year, int month, int day)
{
    return calendar_day((struct date){year, month, day}) - trial->scenario.start;
}

static double
facility_capacity(const struct trial *trial, const char *name, int32_t day)
{
    const struct facility_object *rows = trial->scenario.facilities.item;

    return steps_at(&rows[trial_facility(trial, name)].capacity[CAPACITY_MAIN],
                    trial->scenario.start + day, 0);
}

/* People of CLASS (NULL: all) expected to arrive in DAYS from the scenario's rates. */
static double
expected_arrivals(const struct trial *trial, const char *class, int days)
{
    const struct scenario *s = &trial->scenario;
    double sum = 0;

    for (size_t i = 0; i < s->intake.count; i++) {
        const struct intake_object *row = (const struct intake_object *)s->intake.item + i;
        for (int day = 0; day < days; day++) {
            int32_t date = s->start + day;
            double month =
                row->months.count > 0 ? row->months.value[calendar_date(date).month - 1] : 1;
            if (class == NULL || strcmp(class, row->class) == 0)
                sum += steps_at(&row->rate, date, 0) * month * steps_at(&s->intake_level, date, 1);
        }
    }
    return sum;
}

static void
extra_beds_are_beds_alone(void **state)
{
    struct trial base, beds;

    (void)state;
    policy_run(&base, BASELINE, 365);
    policy_run(&beds, "scenarios/examples/extra-beds.yaml", 365);
    for (int day = 0; day < 365; day++) {
        assert_near(trial_value(&beds, "beds", 0, day), trial_value(&base, "beds", 0, day) + 300,
                    1e-3);
        assert_near(trial_value(&beds, "capacity", 0, day), trial_value(&base, "capacity", 0, day),
                    1e-3);
        assert_true(trial_value(&beds, "population", 0, day) ==
                    trial_value(&base, "population", 0, day));
    }
    assert_true(trial_sum(&beds, "floor_sleepers", 0) < trial_sum(&base, "floor_sleepers", 0));
    trial_close(&beds);
    trial_close(&base);
}

static void
a_new_prison_opens_and_another_closes(void **state)
{
    struct trial base, new;

    (void)state;
    policy_run(&base, BASELINE, 700);
    policy_run(&new, "scenarios/examples/new-prison.yaml", 700);
    int32_t before = day_of(&base, 2025, 12, 31), open = day_of(&base, 2026, 1, 2),
            closed = day_of(&base, 2027, 1, 2);
    double lost = facility_capacity(&base, "Saint-Gilles", closed);
    assert_true(lost > 0);
    assert_near(trial_value(&new, "capacity", 0, before), trial_value(&base, "capacity", 0, before),
                1e-3);
    assert_near(trial_value(&new, "capacity", 0, open),
                trial_value(&base, "capacity", 0, open) + 444, 1e-3);
    assert_near(trial_value(&new, "capacity", 0, closed),
                trial_value(&base, "capacity", 0, closed) + 444 - lost, 1e-3);
    trial_close(&new);
    trial_close(&base);
}

static void
twenty_houses_have_six_hundred_places(void **state)
{
    struct trial base, houses;

    (void)state;
    policy_run(&base, BASELINE, 700);
    policy_run(&houses, "scenarios/examples/twenty-houses.yaml", 700);
    int32_t some = day_of(&base, 2026, 1, 2), all = day_of(&base, 2027, 1, 2);
    assert_near(trial_value(&houses, "capacity", 0, some),
                trial_value(&base, "capacity", 0, some) + 18 * 30, 1e-3);
    assert_near(trial_value(&houses, "capacity", 0, all),
                trial_value(&base, "capacity", 0, all) + 20 * 30, 1e-3);
    assert_true(trial_value(&houses, "house_residents", 0, all) >
                trial_value(&base, "house_residents", 0, all));
    trial_close(&houses);
    trial_close(&base);
}

static void
a_faster_court_and_more_at_home(void **state)
{
    struct trial base, court;
    size_t class;

    (void)state;
    policy_run(&base, BASELINE, 700);
    policy_run(&court, "scenarios/examples/faster-court.yaml", 700);
    const struct desk_object *was = base.scenario.desks.item, *is = court.scenario.desks.item;
    assert_string_equal(is[1].name, "sentence_court");
    assert_near(distribution_mean(is[1].time), distribution_mean(was[1].time) - 10, 1e-9);
    const struct objects *list = scenario_class(&court.scenario, "called_short", &class);
    const struct shares *then = &((const struct phase_object *)list->item)->then;
    double sum = 0;
    for (size_t i = 0; i < then->count; i++) {
        sum += then->share[i];
        if (strcmp(then->name[i], "arrested.electronic_monitoring") == 0)
            assert_near(then->share[i], 0.5, 1e-15);
    }
    assert_near(sum, 1, 1e-12);
    assert_true(trial_sum(&court, "at_desk", 1) < trial_sum(&base, "at_desk", 1));
    assert_true(trial_value(&court, "at_home", 0, 699) > trial_value(&base, "at_home", 0, 699));
    assert_true(trial_sum(&court, "arrivals", 0) == trial_sum(&base, "arrivals", 0));
    trial_close(&court);
    trial_close(&base);
}

/* Of the same arrivals a twentieth of those arrested is missing: Poisson with that mean. */
static void
fewer_arrests_and_early_release(void **state)
{
    struct trial base, fewer;

    (void)state;
    policy_run(&base, BASELINE, 365);
    policy_run(&fewer, "scenarios/examples/fewer-arrests.yaml", 365);
    double missing = 0.05 * expected_arrivals(&base, "arrested", 365);
    assert_near(trial_sum(&base, "arrivals", 0) - trial_sum(&fewer, "arrivals", 0), missing,
                4.5 * sqrt(missing));
    assert_true(trial_sum(&fewer, "early_releases", 0) > 0);
    const struct facility_object *rows = fewer.scenario.facilities.item;
    assert_true(rows[trial_facility(&fewer, "Mons")].ceiling.value[0] == 1.3);
    assert_int_equal(rows[trial_facility(&fewer, "Namur")].ceiling.count, 2);
    trial_close(&fewer);
    trial_close(&base);
}

static void
no_intake_from_the_first_day(void **state)
{
    struct trial none;

    (void)state;
    policy_run_text(&none, "name: no intake\nintake_level: 0\n", 30);
    assert_true(trial_sum(&none, "arrivals", 0) == 0);
    assert_non_null(none.scenario.world);
    assert_int_equal(none.scenario.world->intake_level.count, 0);
    assert_true(expected_arrivals(&none, NULL, 30) == 0);
    trial_close(&none);
}

static void
places_are_rented_abroad(void **state)
{
    struct trial base, rented;

    (void)state;
    policy_run(&base, BASELINE, 30);
    policy_run_text(&rented,
                    "name: rented\n"
                    "add:\n"
                    "  facilities: {name: Tilburg, kind: rented, region: north, capacity: 500, "
                    "sexes: men, opens: 2025-02-20}\n",
                    30);
    assert_near(trial_value(&rented, "capacity", 0, 29),
                trial_value(&base, "capacity", 0, 29) + 500, 1e-3);
    trial_close(&rented);
    trial_close(&base);
}

static void
houses_shrink_to_thirty(void **state)
{
    struct trial base, small;

    (void)state;
    policy_run(&base, BASELINE, 30);
    policy_run_text(
        &small,
        "name: small\nenforce_cap: yes\n"
        "set:\n"
        "  facilities: [{name: Kortrijk, capacity: 30}, {name: Vorst-Forest, capacity: 30}, "
        "{name: Olen, capacity: 30}]\n"
        "drop:\n"
        "  - facility_history\n",
        30);
    double fewer =
        facility_capacity(&base, "Kortrijk", 0) + facility_capacity(&base, "Vorst-Forest", 0) - 60;
    assert_near(trial_value(&small, "capacity", 0, 0), trial_value(&base, "capacity", 0, 0) - fewer,
                1e-3);
    trial_close(&small);
    trial_close(&base);
}

static void
fewer_are_revoked_and_more_are_suitable(void **state)
{
    struct trial base, other;
    size_t class;

    (void)state;
    policy_run(&base, BASELINE, 30);
    policy_run_text(&other,
                    "name: trust\n"
                    "set:\n"
                    "  pathways.arrested[electronic_monitoring].then.revoked: {times: 0.5}\n"
                    "  house_selection: {suitable: {times: 1.2}, breach: {times: 0.8}}\n",
                    30);
    const struct phase_object *was = scenario_class(&base.scenario, "arrested", &class)->item,
                              *is = scenario_class(&other.scenario, "arrested", &class)->item;
    assert_string_equal(is[3].phase, "electronic_monitoring");
    assert_near(is[3].then.share[1], was[3].then.share[1] / 2, 1e-15);
    assert_near(is[3].then.share[0] + is[3].then.share[1], 1, 1e-12);
    assert_near(other.scenario.house_selection.suitable,
                1.2 * base.scenario.house_selection.suitable, 1e-12);
    /* policy: the people of the start are the same */
    for (uint32_t i = 0; i < base.plan->classes; i++)
        assert_int_equal(trial_value(&other, "total_initial", i, 0),
                         trial_value(&base, "total_initial", i, 0));
    assert_true(trial_sum(&other, "breaches", 0) < trial_sum(&base, "breaches", 0));
    trial_close(&other);
    trial_close(&base);
}

static void
a_region_gets_fewer_and_a_prison_a_contract(void **state)
{
    struct trial base, region;

    (void)state;
    policy_run(&base, BASELINE, 365);
    policy_run_text(&region,
                    "name: region\n"
                    "set:\n"
                    "  intake[brussels].rate: {times: 0.9}\n"
                    "  facilities[Haren]: {ceiling: 100 %, entry: {times: 0.5}}\n"
                    "  balance.vans: {plus: 3}\n",
                    365);
    double all = expected_arrivals(&base, NULL, 365), less = expected_arrivals(&region, NULL, 365);
    assert_near(trial_sum(&base, "arrivals", 0) - trial_sum(&region, "arrivals", 0), all - less,
                4.5 * sqrt(all - less));
    assert_true(region.scenario.balance.vans == base.scenario.balance.vans + 3);
    trial_close(&region);
    trial_close(&base);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extra_beds_are_beds_alone),
        cmocka_unit_test(a_new_prison_opens_and_another_closes),
        cmocka_unit_test(twenty_houses_have_six_hundred_places),
        cmocka_unit_test(a_faster_court_and_more_at_home),
        cmocka_unit_test(fewer_arrests_and_early_release),
        cmocka_unit_test(no_intake_from_the_first_day),
        cmocka_unit_test(places_are_rented_abroad),
        cmocka_unit_test(houses_shrink_to_thirty),
        cmocka_unit_test(fewer_are_revoked_and_more_are_suitable),
        cmocka_unit_test(a_region_gets_fewer_and_a_prison_a_contract),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
