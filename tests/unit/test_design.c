/* The design of a sweep: values of factors, the lines that set them, points, seeds and shares of
 * tasks. */

#include "tests/support.h"

#include "analysis/sweep/design.h"
#include "analysis/sweep/sweep.h"

#include <string.h>
#include <unistd.h>

#define SCENARIO                                                                                   \
    "name: Ward\nstart: 2026-01-01\nhorizon: 1 y\nwarm_up: 1 y\nseed: 7\nreplications: 3\n"        \
    "regions: [north]\nfacilities: [{name: Ward, region: north, capacity: 30, beds: 30}]\n"        \
    "intake: [{class: short, region: north, rate: 1 / d}]\n"                                       \
    "pathways: {short: [{phase: stay, status: convicted, stay: {exponential: {mean: 20 d}}, "      \
    "then: {released: 1}}]}\n"

static char folder[] = "/tmp/doorstroom-design-XXXXXX";
static char scenario_file[64], design_file[64];

static void
write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int
make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(scenario_file, sizeof scenario_file, "%s/ward.yaml", folder);
    snprintf(design_file, sizeof design_file, "%s/design.yaml", folder);
    write_file(scenario_file, SCENARIO);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    return unlink(scenario_file) != 0 || unlink(design_file) != 0 || rmdir(folder) != 0;
}

/* The design of FACTORS, lines of the list, with HEAD before them. */
static void
read_design(struct design *design, struct faults *faults, const char *head, const char *factors)
{
    char text[4096];
    struct error err = {0};

    snprintf(text, sizeof text, "scenario: ward.yaml\n%sfactors:\n%s", head, factors);
    write_file(design_file, text);
    *faults = (struct faults){0};
    if (design_read(design, design_file, false, faults, &err) != OK) {
        char line[512] = "";
        if (faults->count > 0)
            faults_line(faults, 0, line, sizeof line);
        fail_msg("%s%s", line, err.message);
    }
}

/* A grid takes values of ranges evenly from end to end, those of steps and lists as they are, and
 * of a distribution the middles of parts that are alike likely: of uniform 0 d to 40 d in two parts
 * the quarters. The last factor turns first. */
static void
a_grid_takes_every_combination(void **state)
{
    static const char *const first[] = {"0.8", "0.8", "0.8", "0.8", "0.8", "0.8",
                                        "1",   "1",   "1",   "1",   "1",   "1"};
    static const char *const second[] = {"10", "10", "15", "15", "20", "20"};
    static const char *const third[] = {"10 d", "30 d"};
    struct design design;
    struct faults faults;
    char text[FACTOR_TEXT];

    (void)state;
    read_design(&design, &faults, "levels: 2\n",
                "  - {path: 'intake[short,north].rate', name: a, times: 0.8..1.2, levels: 3}\n"
                "  - {path: 'facilities[Ward].capacity', name: b, to: 10..20, step: 5}\n"
                "  - {path: 'pathways.short[stay].stay.exponential.mean', name: c, to: {uniform: "
                "{low: 0 d, high: 40 d}}}\n");
    assert_int_equal(design.points, 18);
    assert_int_equal(design.replications, 3);
    for (size_t p = 0; p < 12; p++) {
        assert_string_equal(design_value(&design, p, 0, text), first[p]);
        assert_string_equal(design_value(&design, p, 1, text), second[p % 6]);
        assert_string_equal(design_value(&design, p, 2, text), third[p % 2]);
    }
    assert_string_equal(design_value(&design, 17, 0, text), "1.2");
    char *lines = design_lines(&design, 3);
    assert_string_equal(lines, "intake[short,north].rate: {times: 0.8}\n"
                               "facilities[Ward].capacity: 15\n"
                               "pathways.short[stay].stay.exponential.mean: 30 d\n");
    free(lines);
    design_free(&design);
    faults_free(&faults);
}

/* Four levels of 0 d to 40 d, all as likely, are the middles of its quarters; of a range its ends
 * and thirds. */
static void
morris_takes_middles_of_a_distribution(void **state)
{
    static const char *const middle[] = {"5 d", "15 d", "25 d", "35 d"};
    static const char *const third[] = {"0", "1", "2", "3"};
    struct design design;
    struct faults faults;
    char text[FACTOR_TEXT];

    (void)state;
    read_design(&design, &faults, "method: morris\npoints: 8\nlevels: 4\n",
                "  - {path: 'pathways.short[stay].stay.exponential.mean', name: a, to: {uniform: "
                "{low: 0 d, high: 40 d}}}\n"
                "  - {name: b, to: 0..3}\n");
    assert_int_equal(design.points, 24);
    for (size_t p = 0; p < design.points; p++) {
        const int32_t *level = &design.sample.level[2 * p];
        assert_string_equal(design_value(&design, p, 0, text), middle[level[0]]);
        assert_string_equal(design_value(&design, p, 1, text), third[level[1]]);
        assert_near(design_quantile(&design, p, 0), (2 * level[0] + 1) / 8.0, 1e-15);
    }
    design_free(&design);
    faults_free(&faults);
}

/* Of six values the one at a half is the fourth: three fifths of the way from the first to the
 * last.
 */
static void
a_step_is_from_value_to_value(void **state)
{
    struct design design;
    struct faults faults;

    (void)state;
    read_design(&design, &faults, "",
                "  - {name: a, to: 10..60, step: 10}\n  - {name: b, to: [x, y]}\n"
                "  - {name: c, to: 0..1, levels: 2}\n  - {name: d, to: [x]}\n");
    assert_near(factor_place(&design.factor[0], 0), 0, 0);
    assert_near(factor_place(&design.factor[0], 0.5), 3.0 / 5, 1e-15);
    assert_near(factor_place(&design.factor[0], 1), 1, 0);
    assert_near(factor_place(&design.factor[1], 0.4), 0, 0);
    assert_near(factor_place(&design.factor[1], 0.6), 1, 0);
    assert_near(factor_place(&design.factor[2], 0.4), 0.4, 0);
    assert_near(factor_place(&design.factor[3], 0.4), 0.4, 0);
    design_free(&design);
    faults_free(&faults);
}

/* In a Latin hypercube of eight points each of four listed values comes twice, and each eighth of a
 * range once. */
static void
a_hypercube_takes_listed_values_alike(void **state)
{
    struct design design;
    struct faults faults;
    char text[FACTOR_TEXT];
    int of_list[4] = {0}, of_range[8] = {0};

    (void)state;
    read_design(&design, &faults, "method: latin_hypercube\npoints: 8\n",
                "  - {path: 'facilities[Ward].capacity', name: b, to: [10, 20, 30, 40]}\n"
                "  - {path: 'intake[short,north].rate', name: a, plus: '0.1 / d..0.9 / d'}\n");
    for (size_t p = 0; p < 8; p++) {
        of_list[(int)factor_number(design_value(&design, p, 0, text)) / 10 - 1]++;
        double rate = factor_number(design_value(&design, p, 1, text));
        assert_true(rate >= 0.1 && rate <= 0.9);
        of_range[(int)((rate - 0.1) / 0.1)]++;
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(of_list[i], 2);
    for (int i = 0; i < 8; i++)
        assert_int_equal(of_range[i], 1);
    design_free(&design);
    faults_free(&faults);
}

static void
dates_shares_and_the_world_are_written_as_a_scenario_wants_them(void **state)
{
    struct design design;
    struct faults faults;
    char text[FACTOR_TEXT];

    (void)state;
    read_design(&design, &faults, "method: one_at_a_time\n",
                "  - {path: 'intake[short,north].rate', name: w, times: [0.9, 1.1], world: yes}\n"
                "  - {name: day, to: 2026-01-01..2026-01-03, levels: 3}\n"
                "  - {name: share, to: 10 %..20 %, levels: 2}\n");
    /* The first values, then each other value of each factor alone: 1 + 1 + 2 + 1. */
    assert_int_equal(design.points, 5);
    char *lines = design_lines(&design, 1);
    assert_string_equal(lines, "intake[short,north].rate: {times: 1.1, world: yes}\n");
    free(lines);
    assert_string_equal(design_value(&design, 2, 1, text), "2026-01-02");
    assert_string_equal(design_value(&design, 3, 1, text), "2026-01-03");
    assert_string_equal(design_value(&design, 4, 2, text), "20 %");
    design_free(&design);
    faults_free(&faults);
}

static void
seeds_are_common_or_a_points_own(void **state)
{
    static const char *const factor = "  - {name: nothing, to: 0..1}\n";
    struct design design;
    struct faults faults;
    struct scenario scenario;
    uint64_t first;

    (void)state;
    read_design(&design, &faults, "", factor);
    assert_int_equal(design_seed(&design, 0), 7);
    assert_int_equal(design_seed(&design, 3), 7);
    assert_int_equal(design_scenario(&design, 3, &scenario, &faults), OK);
    assert_int_equal(scenario.seed, 7);
    scenario_free(&scenario);
    design_free(&design);
    faults_free(&faults);
    read_design(&design, &faults, "seeds: own\n", factor);
    first = design_seed(&design, 0);
    assert_int_not_equal(first, design_seed(&design, 1));
    assert_int_equal(first, design_seed(&design, 0));
    assert_int_equal(design_scenario(&design, 0, &scenario, &faults), OK);
    assert_int_equal(scenario.seed, (int64_t)first);
    scenario_free(&scenario);
    design_free(&design);
    faults_free(&faults);
}

/* Each line sets one value, whatever a place is called. */
static void
a_path_with_signs_of_yaml_stands_between_quotes(void **state)
{
    struct design design;
    struct faults faults;
    struct scenario scenario;

    (void)state;
    write_file(scenario_file,
               "name: Wards\nstart: 2026-01-01\nhorizon: 1 y\nwarm_up: 1 y\nregions: [north]\n"
               "facilities:\n  - {name: 'Ward #2', region: north, capacity: 30, beds: 30}\n"
               "  - {name: \"O'Hara: 5 #\", region: north, capacity: 30, beds: 30}\n"
               "intake: [{class: short, region: north, rate: 1 / d}]\n"
               "pathways: {short: [{phase: stay, status: convicted, stay: {fixed: 20 d}, "
               "then: {released: 1}}]}\n");
    read_design(&design, &faults, "",
                "  - {path: 'facilities[Ward #2].capacity', name: a, to: [10]}\n"
                "  - {path: \"facilities[O'Hara: 5 #].capacity\", name: b, to: [20]}\n");
    char *lines = design_lines(&design, 0);
    assert_string_equal(lines, "'facilities[Ward #2].capacity': 10\n"
                               "'facilities[O''Hara: 5 #].capacity': 20\n");
    free(lines);
    assert_int_equal(design_scenario(&design, 0, &scenario, &faults), OK);
    const struct facility_object *row = scenario.facilities.item;
    assert_near(steps_at(&row[0].capacity[CAPACITY_MAIN], INT32_MAX, 0), 10, 0);
    assert_near(steps_at(&row[1].capacity[CAPACITY_MAIN], INT32_MAX, 0), 20, 0);
    scenario_free(&scenario);
    design_free(&design);
    faults_free(&faults);
    write_file(scenario_file, SCENARIO);
}

/* SCENARIO has one arrival a day: so has each point, whatever has become of the
 * file meanwhile. */
static void
all_points_are_of_the_scenario_as_it_was_first_read(void **state)
{
    struct design design;
    struct faults faults;
    struct scenario scenario;

    (void)state;
    read_design(&design, &faults, "", "  - {name: nothing, to: 0..1}\n");
    for (int gone = 0; gone < 2; gone++) {
        if (gone)
            assert_int_equal(unlink(scenario_file), 0);
        else
            write_file(scenario_file, "name: another, half written");
        assert_int_equal(design_scenario(&design, 3, &scenario, &faults), OK);
        const struct intake_object *intake = scenario.intake.item;
        assert_near(steps_at(&intake->rate, INT32_MAX, 0), 1, 0);
        scenario_free(&scenario);
    }
    write_file(scenario_file, SCENARIO);
    design_free(&design);
    faults_free(&faults);
}

static void
numbers_of_values_are_in_days(void **state)
{
    (void)state;
    assert_near(factor_number("25 %"), 0.25, 1e-15);
    assert_near(factor_number("2 wk"), 14, 1e-12);
    assert_near(factor_number("3 / d"), 3, 1e-12);
    assert_near(factor_number("1970-01-11"), 10, 0);
    assert_near(factor_number("-4"), -4, 0);
    assert_true(isnan(factor_number("crowd")));
    assert_string_equal(factor_units("25 %"), "1");
    assert_string_equal(factor_units("2 wk"), "d");
    assert_string_equal(factor_units("3 / d"), "d-1");
    assert_string_equal(factor_units("1970-01-11"), "days since 1970-01-01");
    assert_null(factor_units("crowd"));
}

static void
shares_of_tasks_are_side_by_side_and_differ_by_one_at_most(void **state)
{
    (void)state;
    for (size_t points = 0; points < 40; points++)
        for (size_t tasks = 1; tasks < 12; tasks++) {
            size_t next = 0, first;
            for (size_t task = 0; task < tasks; task++) {
                size_t count = sweep_share(points, task, tasks, &first);
                assert_int_equal(first, next);
                assert_true(count == points / tasks || count == points / tasks + 1);
                next += count;
            }
            assert_int_equal(next, points);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_takes_every_combination),
        cmocka_unit_test(morris_takes_middles_of_a_distribution),
        cmocka_unit_test(a_step_is_from_value_to_value),
        cmocka_unit_test(a_hypercube_takes_listed_values_alike),
        cmocka_unit_test(dates_shares_and_the_world_are_written_as_a_scenario_wants_them),
        cmocka_unit_test(seeds_are_common_or_a_points_own),
        cmocka_unit_test(a_path_with_signs_of_yaml_stands_between_quotes),
        cmocka_unit_test(all_points_are_of_the_scenario_as_it_was_first_read),
        cmocka_unit_test(numbers_of_values_are_in_days),
        cmocka_unit_test(shares_of_tasks_are_side_by_side_and_differ_by_one_at_most),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
