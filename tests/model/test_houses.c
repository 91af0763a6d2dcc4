/* The way to a house and back, field by field: ten people with 300 days ahead, all found suitable
 * after ten days of screening unless a test says otherwise, so that each day and number is known by
 * hand. */

#include "tests/support.h"

#include "tests/models.h"

#define PRISON_AND(house)                                                                          \
    "facilities: [{name: A, region: north, capacity: 20},"                                         \
    " {name: H, region: north, capacity: 20, " house "}]\n"
#define TEN_ARE_THERE                                                                              \
    "stock: [{status: convicted, count: 10, facility: A, fresh: yes}]\n"                           \
    "intake: [{class: a, region: north, rate: 0 / d}]\n"                                           \
    "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n"
#define FOR_300_DAYS                                                                               \
    "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: {released: "     \
    "1}}]}\n"
#define SELECTION "suitable: 1, screening: {fixed: 9.5 d}"

/* The mean of SERIES in the house on DAY. */
static double
in_house(const struct trial *trial, const char *series, int32_t day)
{
    return trial_at(trial, AT_FACILITY, trial_facility(trial, "H"), series,
                    strcmp(series, "population") == 0 ? STATUS_CONVICTED : 0, day);
}

/* Screening ends on day 9.5; the round of day 10 moves them, that of a day before does not. */
static void
whoever_is_suitable_is_moved_after_screening(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, PRISON_AND("kind: detention_house") TEN_ARE_THERE FOR_300_DAYS
                    "house_selection: {" SELECTION "}\n");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "screening", 0, 5), 10, 0);
    assert_near(trial_value(&trial, "screening", 0, 9), 5, 0); /* until noon */
    assert_near(trial_value(&trial, "waiting_for_house", 0, 9), 5, 0);
    assert_near(in_house(&trial, "population", 9), 0, 0);
    assert_near(in_house(&trial, "population", 10), 10, 0);
    assert_int_equal(trial_value(&trial, "moves_house", 0, 10), 10);
    assert_int_equal(trial_sum(&trial, "moves_house", 0), 10);
    assert_near(trial_sum(&trial, "house_wait", 0), 10 * 0.5, 1e-6); /* person-days */
    assert_near(in_house(&trial, "population", 299), 10, 0);
    assert_near(in_house(&trial, "population", 301), 0, 0);
    trial_close(&trial);
}

/* Of 4000 people 30 % are found suitable. */
static void
a_share_is_found_suitable(void **state)
{
    struct trial trial;
    const double n = 4000, share = 0.3;

    (void)state;
    trial_open_text(&trial, "facilities: [{name: A, region: north, capacity: 4000},"
                            " {name: H, region: north, capacity: 4000, kind: detention_house}]\n"
                            "stock: [{status: convicted, count: 4000, facility: A, fresh: yes}]\n"
                            "intake: [{class: a, region: north, rate: 0 / d}]\n" FOR_300_DAYS
                            "house_selection: {suitable: 30 %%, screening: {fixed: 9.5 d}}\n");
    trial_run(&trial, 0);
    assert_near(trial_sum(&trial, "moves_house", 0), n * share,
                4.5 * sqrt(n * share * (1 - share)));
    trial_close(&trial);
}

/* With 300.5 days left when screening would begin, 290.5 when the house calls. */
static void
a_programme_needs_time(void **state)
{
    static const struct {
        int least_stay;
        bool screened, moved;
    } cases[] = {{0, true, true}, {290, true, true}, {291, true, false}, {301, false, false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        PRISON_AND("kind: detention_house") TEN_ARE_THERE FOR_300_DAYS
                        "house_selection: {" SELECTION ", least_stay: %d d}\n",
                        cases[i].least_stay);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "screening", 0, 5), cases[i].screened ? 10 : 0, 0);
        assert_int_equal(trial_sum(&trial, "moves_house", 0), cases[i].moved ? 10 : 0);
        trial_close(&trial);
    }
}

#define SENTENCE_OF_300_DAYS                                                                       \
    "classes: [{name: a, sentence: {fixed: 300 d}}]\n"                                             \
    "pathways: {a: [{phase: one, status: convicted, serve: all, then: {released: 1}}]}\n"

/* A sentence of 300 days: detention houses take up to most_sentence, transition houses what is
 * longer. */
static void
the_length_of_a_sentence_decides_which_kind_of_house(void **state)
{
    static const struct {
        const char *kind;
        int most_sentence, moved;
    } cases[] = {{"detention_house", 301, 10},
                 {"detention_house", 299, 0},
                 {"transition_house", 301, 0},
                 {"transition_house", 299, 10}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        PRISON_AND("kind: %s") TEN_ARE_THERE SENTENCE_OF_300_DAYS
                        "earliest_share: 1\nhouse_selection: {" SELECTION
                        ", most_sentence: %d d}\n",
                        cases[i].kind, cases[i].most_sentence);
        trial_run(&trial, 0);
        assert_int_equal(trial_sum(&trial, "moves_house", 0), cases[i].moved);
        trial_close(&trial);
    }
}

/* Released after half of 300 days at the earliest: 100 days before that is day 50, and screening
 * takes 9.5 days more. */
static void
a_transition_house_opens_within_the_window_before_the_earliest_release(void **state)
{
    struct trial trial;

    (void)state;
    for (int window = 0; window < 2; window++) {
        trial_open_text(&trial,
                        PRISON_AND("kind: transition_house") TEN_ARE_THERE SENTENCE_OF_300_DAYS
                        "earliest_share: 50 %%\nhouse_selection: {" SELECTION
                        ", most_sentence: 1 d%s}\n",
                        window == 1 ? ", window: 100 d" : "");
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "moves_house", 0, window == 1 ? 60 : 10), 10);
        assert_int_equal(trial_sum(&trial, "moves_house", 0), 10);
        trial_close(&trial);
    }
}

/* A breach ends 20 % of full stays: of 4000 residents, all for a full stay. With a factor of 3 on
 * the hazard of those whose need the house is not for, 1 - 0.8^3 = 48.8 %. */
static void
a_share_of_full_stays_ends_with_a_breach(void **state)
{
    static const struct {
        const char *fields;
        double share;
    } cases[] = {{"", 0}, {", breach: 20 %", 0.2}, {", breach: 20 %, breach_unmatched: 3", 0.488}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        double n = 4000, share = cases[i].share;
        trial_open_text(&trial,
                        "facilities: [{name: A, region: north, capacity: 4000},"
                        " {name: H, region: north, capacity: 4000, kind: detention_house, "
                        "needs: [none, elderly]}]\n"
                        "people: {needs: {vulnerable: 1}}\n"
                        "stock: [{status: convicted, count: 4000, facility: H, fresh: yes}]\n"
                        "intake: [{class: a, region: north, rate: 0 / d}]\n" FOR_300_DAYS
                        "house_selection: {suitable: 0, screening: {fixed: 9.5 d}%s}\n",
                        cases[i].fields);
        trial_run(&trial, 0);
        assert_near(trial_sum(&trial, "breaches", 0), n * share,
                    4.5 * sqrt(n * share * (1 - share)));
        trial_close(&trial);
    }
}

/* A house for the elderly takes no young adults; who is placed there by the stock does not fit. */
static void
a_house_is_for_the_needs_that_it_says(void **state)
{
    static const struct {
        const char *needs;
        int moved;
    } cases[] = {{"", 10}, {", needs: [elderly]", 0}, {", needs: [elderly, young_adult]", 10}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        PRISON_AND("kind: detention_house%s") TEN_ARE_THERE FOR_300_DAYS
                        "people: {needs: {young_adult: 1}, ages: {under_25: 1}}\n"
                        "house_selection: {" SELECTION "}\n",
                        cases[i].needs);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "population_by_need", NEED_YOUNG_ADULT, 5), 10, 0);
        assert_int_equal(trial_sum(&trial, "moves_house", 0), cases[i].moved);
        trial_close(&trial);
    }
}

/* Ten leave on day 300.5; their places stay empty for twenty days, by the house's own rule or by
 * the one for all. */
static void
a_place_stays_empty_between_two_residents(void **state)
{
    static const struct {
        const char *house, *all;
        int days;
    } cases[] = {{"", "", 0},
                 {", hand_off: {fixed: 20 d}", "", 20},
                 {"", ", hand_off: {fixed: 20 d}", 20},
                 {", hand_off: {fixed: 5 d}", ", hand_off: {fixed: 20 d}", 5}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        PRISON_AND("kind: detention_house%s") TEN_ARE_THERE FOR_300_DAYS
                        "house_selection: {" SELECTION "%s}\n",
                        cases[i].house, cases[i].all);
        trial_run(&trial, 0);
        assert_near(trial_sum(&trial, "vacating", 0), 10 * cases[i].days, 1e-6);
        trial_close(&trial);
    }
}

/* Of 20 residents 12 live in a house of 12 places and eight in one of 30. */
static void
houses_up_to_the_cap_are_small(void **state)
{
    static const struct {
        const char *cap;
        double percent;
    } cases[] = {{"", 100}, {"small_scale_cap: 30\n", 100}, {"small_scale_cap: 12\n", 60}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        "facilities: [{name: A, region: north, capacity: 20},"
                        " {name: Small, region: north, capacity: 12, kind: detention_house},"
                        " {name: Large, region: north, capacity: 30, kind: detention_house}]\n"
                        "stock: [{status: convicted, count: 12, facility: Small, fresh: yes},"
                        " {status: convicted, count: 8, facility: Large, fresh: yes}]\n"
                        "intake: [{class: a, region: north, rate: 0 / d}]\n" FOR_300_DAYS
                        "house_selection: {suitable: 0, screening: {fixed: 10 d}}\n%s",
                        cases[i].cap);
        trial_run(&trial, 0);
        assert_near(trial_value(&trial, "small_scale", 0, 5), cases[i].percent, 1e-4);
        trial_close(&trial);
    }
}

/* A cap that is enforced refuses the scenario in which a house is larger. */
static void
a_house_above_an_enforced_cap_is_refused(void **state)
{
    static const char text[] =
        "name: T\nstart: 2026-01-01\nhorizon: 10 d\nregions: [north]\nsmall_scale_cap: 12\n"
        "facilities: [{name: A, region: north, capacity: 20},"
        " {name: Large, region: north, capacity: 30, kind: detention_house}]\n"
        "intake: [{class: a, region: north, rate: 0 / d}]\n" FOR_300_DAYS
        "house_selection: {suitable: 0, screening: {fixed: 10 d}}\n";

    (void)state;
    for (int enforced = 0; enforced < 2; enforced++) {
        char path[] = "/tmp/doorstroom-cap-XXXXXX";
        struct scenario scenario = {0};
        struct faults faults = {0};
        FILE *file = fdopen(mkstemp(path), "w");
        assert_non_null(file);
        fprintf(file, "%senforce_cap: %s\n", text, enforced == 1 ? "yes" : "no");
        fclose(file);
        assert_int_equal(scenario_read(&scenario, path, false, &faults),
                         enforced == 1 ? BAD_INPUT : OK);
        assert_int_equal(faults.errors, enforced);
        unlink(path);
        scenario_free(&scenario);
        faults_free(&faults);
    }
}

/* A house of 70 that opens after the cap begins is three of 24, 23 and 23 places; one that is there
 * with 50 residents loses a place with each who leaves, ten every twenty days, takes nobody new
 * above 30, and is small from then on. */
static void
a_cap_from_a_date_splits_and_shrinks_houses(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "small_scale_cap: 30\ncap_from: 2026-01-11\n"
        "facilities: [{name: A, region: north, capacity: 200},"
        " {name: New, region: north, capacity: 70, kind: detention_house, opens: 2026-12-20},"
        " {name: Old, region: north, capacity: 60, kind: detention_house}]\n"
        "stock: [{status: convicted, class: c1, count: 10, facility: Old, fresh: yes},"
        " {status: convicted, class: c2, count: 10, facility: Old, fresh: yes},"
        " {status: convicted, class: c3, count: 10, facility: Old, fresh: yes},"
        " {status: convicted, class: c4, count: 20, facility: Old, fresh: yes},"
        " {status: convicted, class: a, count: 100, facility: A, fresh: yes}]\n"
        "intake: [{class: a, region: north, rate: 0 / d}]\n"
        "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n"
        "house_selection: {" SELECTION ", most_sentence: 10 y}\n"
        "pathways: {c1: [{phase: one, status: convicted, stay: {fixed: 20.5 d}, then: {released: "
        "1}}],"
        " c2: [{phase: one, status: convicted, stay: {fixed: 40.5 d}, then: {released: 1}}],"
        " c3: [{phase: one, status: convicted, stay: {fixed: 60.5 d}, then: {released: 1}}],"
        " c4: [{phase: one, status: convicted, stay: {fixed: 3000 d}, then: {released: 1}}],"
        " a: [{phase: one, status: convicted, stay: {fixed: 3000 d}, then: {released: 1}}]}\n");
    trial_run(&trial, 0);
    uint32_t old = trial_facility(&trial, "Old");
    for (int32_t day = 0; day < 300; day++) {
        /* by rounds: ten of the prison are screened by day 10, when the cap acts */
        double places = day < 10 ? 60 : day <= 20 ? 50 : day <= 40 ? 40 : 30;
        assert_near(trial_at(&trial, AT_FACILITY, old, "capacity", 0, day), places, 0);
        assert_near(trial_at(&trial, AT_FACILITY, old, "above_capacity", 0, day), 0, 0);
    }
    assert_near(trial_at(&trial, AT_FACILITY, old, "population", 1, 70), 30, 0);
    assert_near(trial_value(&trial, "small_scale", 0, 30), 0, 0);
    assert_near(trial_value(&trial, "small_scale", 0, 70), 100, 0);
    static const struct {
        const char *name;
        double places;
    } parts[] = {{"New", 23}, {"New (2)", 23}, {"New (3)", 24}};
    for (size_t i = 0; i < 3; i++) {
        assert_near(trial_at(&trial, AT_FACILITY, trial_facility(&trial, parts[i].name), "capacity",
                             0, 390),
                    parts[i].places, 0);
        assert_near(trial_at(&trial, AT_FACILITY, trial_facility(&trial, parts[i].name),
                             "population", 1, 390),
                    parts[i].places, 0);
    }
    trial_close(&trial);
}

/* 70 places, 31 posts, 100.01 euro a day and 1,000.01 to build: three houses have them between
 * them, in whole places, posts and cents. Floor area is not given and stays so. */
static void
what_a_house_has_is_shared_by_its_parts(void **state)
{
    struct trial trial;
    int64_t places = 0, posts = 0, cents = 0, building = 0;

    (void)state;
    trial_open_text(
        &trial,
        "small_scale_cap: 30\ncap_from: 2026-01-11\n"
        "facilities: [{name: A, region: north, capacity: 200},"
        " {name: New, region: north, capacity: 70, kind: detention_house, posts: 31, cost_day: "
        "100.01, project: {process: p, starts: 2026-02-01, cost: 1000.01}}]\n"
        "stages: {p: [{stage: works, party: agency, time: {fixed: {value: 10 d}}}]}\n"
        "staff: {at_start: 1, leavers: 10 %%, recruiting: 3 mo, absence: 0}\n"
        "intake: [{class: a, region: north, rate: 0 / d}]\n"
        "house_selection: {" SELECTION ", most_sentence: 10 y}\n"
        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 3000 d}, then: {released: "
        "1}}]}\n");
    assert_int_equal(trial.plan->facilities, 4);
    for (uint32_t i = 1; i < 4; i++) {
        const struct facility_object *row =
            (const struct facility_object *)trial.scenario.facilities.item + i;
        places += (int64_t)row->capacity[CAPACITY_MAIN].value[0];
        posts += trial.plan->staff.posts[i];
        cents += trial.plan->facility[i].cost_day;
        building += trial.plan->facility[i].building;
        assert_true(row->floor_area == NO_NUMBER);
        assert_in_range(trial.plan->staff.posts[i], 10, 11);
    }
    assert_int_equal(places, 70);
    assert_int_equal(posts, 31);
    assert_int_equal(cents, 10001);
    assert_int_equal(building, 100001);
    trial_close(&trial);
}

/* A cap that begins with the run finds the people of the start in their house. */
static void
a_cap_from_the_first_day_leaves_room_for_those_there(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "small_scale_cap: 30\ncap_from: 2026-01-01\n"
        "facilities: [{name: A, region: north, capacity: 200},"
        " {name: Old, region: north, capacity: 60, kind: detention_house}]\n"
        "stock: [{status: convicted, count: 50, facility: Old, fresh: yes}]\n"
        "intake: []\nrecord: [{place: nation, tick: day}, {place: facility, tick: day}]\n"
        "house_selection: {" SELECTION ", most_sentence: 10 y}\n"
        "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 20.5 d}, then: {released: "
        "1}}]}\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 40; day++)
        assert_near(trial_at(&trial, AT_FACILITY, 1, "capacity", 0, day), day <= 20 ? 50 : 30, 0);
    trial_close(&trial);
}

/* One place a round in the south. The north's person is suitable since day 9.5, the south's only
 * since day 19.5. By date the north comes first; a region's own people come first when it says so.
 */
static void
a_house_takes_people_by_date_or_its_region_first(void **state)
{
    static const char *const first[] = {"date", "region"};

    (void)state;
    for (int region = 0; region < 2; region++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "regions: [north, south]\n"
            "facilities: [{name: A, region: north, capacity: 20}, {name: B, region: south, "
            "capacity: 20},"
            " {name: H, region: south, capacity: {2026-01-01: 0, 2026-03-01: 1}, kind: "
            "detention_house}]\n"
            "stock: [{status: convicted, class: a, count: 1, facility: A, fresh: yes},"
            " {status: remand, class: b, count: 1, facility: B, fresh: yes}]\n"
            "intake: [{class: a, region: north, rate: 0 / d}, {class: b, region: south, rate: 0 / "
            "d}]\n"
            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 300.5 d}, then: "
            "{released: 1}}],\n"
            "  b: [{phase: remand, status: remand, stay: {fixed: 10 d}, then: {one: 1}},\n"
            "      {phase: one, status: convicted, stay: {fixed: 200.5 d}, then: {released: 1}}]}\n"
            "record: [{place: nation, tick: day}, {place: region, tick: day}]\n"
            "house_selection: {" SELECTION ", first: %s}\n",
            first[region]);
        trial_run(&trial, 0);
        /* in the house from 1 March (day 59) on: the south's until day 210, the north's until day
         * 300 */
        assert_int_equal(trial_value(&trial, "moves_house", 0, 59), 1);
        assert_near(trial_value(&trial, "house_residents", 0, 205), 1, 0);
        assert_near(trial_at(&trial, AT_REGION, 0, "population", STATUS_CONVICTED, 205), region, 0);
        trial_close(&trial);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_is_suitable_is_moved_after_screening),
        cmocka_unit_test(a_share_is_found_suitable),
        cmocka_unit_test(a_programme_needs_time),
        cmocka_unit_test(the_length_of_a_sentence_decides_which_kind_of_house),
        cmocka_unit_test(a_transition_house_opens_within_the_window_before_the_earliest_release),
        cmocka_unit_test(a_share_of_full_stays_ends_with_a_breach),
        cmocka_unit_test(a_house_is_for_the_needs_that_it_says),
        cmocka_unit_test(a_place_stays_empty_between_two_residents),
        cmocka_unit_test(houses_up_to_the_cap_are_small),
        cmocka_unit_test(a_house_above_an_enforced_cap_is_refused),
        cmocka_unit_test(a_cap_from_a_date_splits_and_shrinks_houses),
        cmocka_unit_test(a_cap_from_the_first_day_leaves_room_for_those_there),
        cmocka_unit_test(what_a_house_has_is_shared_by_its_parts),
        cmocka_unit_test(a_house_takes_people_by_date_or_its_region_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
