/* What a facility's own fields do, one by one: people at the beginning of long stays, so that each
 * number is known by hand. */

#include "tests/support.h"

#include "tests/models.h"

#define NOBODY_ARRIVES "intake: [{class: a, region: north, rate: 0 / d}]\n"
#define ALWAYS_INSIDE                                                                              \
    "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 3000 d}, then: {released: "      \
    "1}}]}\n"
#define STILL         NOBODY_ARRIVES ALWAYS_INSIDE
#define AT_FACILITIES "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n"

/* People of any status in the facility NAME on DAY. */
static double
people_at(const struct trial *trial, const char *name, int32_t day)
{
    double sum = 0;

    for (uint32_t status = 0; status < STATUSES; status++)
        sum += trial_at(trial, AT_FACILITY, trial_facility(trial, name), "population", status, day);
    return sum;
}

static void
the_capacity_word_says_which_capacity_counts(void **state)
{
    static const struct {
        const char *word;
        int places;
    } cases[] = {
        {"main", 10}, {"design", 11}, {"certified", 12}, {"operational", 13}, {"staffed", 14}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        "facilities: [{name: N, region: north, capacity: 10, capacity_design: 11, "
                        "capacity_certified: 12, capacity_operational: 13, capacity_staffed: 14}]\n"
                        "capacity_word: %s\n" STILL,
                        cases[i].word);
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "capacity", 0, 5), cases[i].places);
        trial_close(&trial);
    }
}

/* 14 people, 10 places: without beds of its own it has as many as places. */
static void
people_beyond_the_beds_sleep_on_the_floor(void **state)
{
    struct trial trial;

    (void)state;
    for (int beds = 0; beds < 2; beds++) {
        trial_open_text(&trial,
                        "facilities: [{name: N, region: north, capacity: 10%s}]\n"
                        "stock: [{status: convicted, count: 14, facility: N, fresh: yes}]\n" STILL,
                        beds == 1 ? ", beds: 13" : "");
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "beds", 0, 5), beds == 1 ? 13 : 10);
        assert_int_equal(trial_value(&trial, "floor_sleepers", 0, 5), beds == 1 ? 1 : 4);
        assert_int_equal(trial_value(&trial, "above_capacity", 0, 5), 4);
        trial_close(&trial);
    }
}

/* 4000 people, whom the courts send to one of two prisons by weights 1 and 3. */
static void
courts_send_by_weight(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "facilities: [{name: A, region: north, capacity: 4000, entry: 1},"
                    " {name: B, region: north, capacity: 4000, entry: 3}]\n"
                    "stock: [{status: convicted, count: 4000, fresh: yes}]\n" STILL AT_FACILITIES);
    trial_run(&trial, 0);
    assert_near(people_at(&trial, "B", 5), 3000, 4.5 * sqrt(4000 * 0.25 * 0.75));
    assert_int_equal(people_at(&trial, "A", 5) + people_at(&trial, "B", 5), 4000);
    trial_close(&trial);
}

/* Ten places up to a ceiling of 60 %: six people, and 14 in the other. */
static void
the_office_sends_nobody_above_the_ceiling(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities: [{name: A, region: north, capacity: 10, entry: 1000, ceiling: 60 %%},"
                " {name: B, region: north, capacity: 100, entry: 0.001}]\n"
                "stock: [{status: convicted, count: 20, fresh: yes}]\n" STILL AT_FACILITIES);
    trial_run(&trial, 0);
    assert_int_equal(people_at(&trial, "A", 5), 6);
    assert_int_equal(people_at(&trial, "B", 5), 14);
    trial_close(&trial);
}

/* Ten people, all of them convicted women, and two prisons of which one does not take these. */
static void
a_prison_takes_the_statuses_and_sexes_that_it_says(void **state)
{
    static const char *const only[] = {"statuses: [remand]", "sexes: [men]"};

    (void)state;
    for (size_t i = 0; i < sizeof only / sizeof *only; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: A, region: north, capacity: 10, entry: 1000, %s},"
            " {name: B, region: north, capacity: 10, entry: 0.001}]\npeople: {women: 1}\n"
            "stock: [{status: convicted, count: 10, fresh: yes}]\n" STILL AT_FACILITIES,
            only[i]);
        trial_run(&trial, 0);
        assert_int_equal(people_at(&trial, "A", 5), 0);
        assert_int_equal(people_at(&trial, "B", 5), 10);
        trial_close(&trial);
    }
}

/* Ten people with sentences of 300 days in a prison for arrest; another is for sentences, of a
 * length. */
static void
allocation_keeps_to_the_lengths_of_sentence(void **state)
{
    static const struct {
        const char *lengths;
        int allocated;
    } cases[] = {{"use: sentences", 10},
                 {"use: open", 10},
                 {"use: mixed", 0},
                 {"use: arrest", 0},
                 {"use: sentences, least_sentence: 301 d", 0},
                 {"use: sentences, least_sentence: 299 d", 10},
                 {"use: sentences, most_sentence: 299 d", 0},
                 {"use: sentences, most_sentence: 301 d", 10}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: A, region: north, capacity: 10, use: arrest},"
            " {name: S, region: north, capacity: 10, %s}]\n"
            "classes: [{name: a, sentence: {fixed: 300 d}}]\n"
            "stock: [{status: convicted, count: 10, facility: A, fresh: yes}]\n" NOBODY_ARRIVES
            "pathways: {a: [{phase: one, status: convicted, serve: all, then: {released: 1}}]}\n"
            "allocation: {first: date}\n" AT_FACILITIES,
            cases[i].lengths);
        trial_run(&trial, 0);
        assert_int_equal(people_at(&trial, "S", 100), cases[i].allocated);
        assert_int_equal(trial_sum(&trial, "moves_allocation", 0), cases[i].allocated);
        trial_close(&trial);
    }
}

/* Courts send people to prisons alone. */
static void
courts_send_nobody_to_other_kinds(void **state)
{
    static const struct {
        const char *second;
        bool some;
    } cases[] = {{"kind: prison", true}, {"kind: rented", false}, {"kind: forensic_centre", false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        "facilities: [{name: A, region: north, capacity: 10},"
                        " {name: B, region: north, capacity: 10, %s}]\n"
                        "stock: [{status: remand, count: 40, fresh: "
                        "yes}]\n" NOBODY_ARRIVES
                        "pathways: {a: [{phase: one, status: remand, stay: {fixed: 3000 d}, then: "
                        "{released: 1}}]}\n" AT_FACILITIES,
                        cases[i].second);
        trial_run(&trial, 0);
        if ((people_at(&trial, "B", 5) > 0) != cases[i].some)
            fail_msg("%s: %g are sent there", cases[i].second, people_at(&trial, "B", 5));
        assert_int_equal(people_at(&trial, "A", 5) + people_at(&trial, "B", 5), 40);
        trial_close(&trial);
    }
}

static void
a_facility_that_is_not_counted_is_no_part_of_the_prison_population(void **state)
{
    struct trial trial;

    (void)state;
    for (int counted = 0; counted < 2; counted++) {
        trial_open_text(
            &trial,
            "facilities: [{name: A, region: north, capacity: 20},"
            " {name: B, region: north, capacity: 10%s}]\n"
            "stock: [{status: convicted, count: 5, facility: A, fresh: yes},"
            " {status: convicted, count: 7, facility: B, fresh: yes}]\n" STILL AT_FACILITIES,
            counted == 0 ? ", counted: no" : "");
        trial_run(&trial, 0);
        assert_int_equal(trial_value(&trial, "population", STATUS_CONVICTED, 5),
                         counted == 0 ? 5 : 12);
        assert_int_equal(trial_value(&trial, "capacity", 0, 5), counted == 0 ? 20 : 30);
        assert_int_equal(trial_value(&trial, "total_centres", 0, 5), counted == 0 ? 7 : 0);
        assert_int_equal(people_at(&trial, "B", 5), 7);
        trial_close(&trial);
    }
}

/* Opens on 1 March, closes on 1 May; its people are moved on that day, or from ten days before. */
static void
a_prison_is_open_from_one_date_to_another(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities: [{name: A, region: north, capacity: 10},"
                " {name: B, region: north, capacity: 7, opens: 2026-03-01, closes: 2026-05-01}]\n"
                "stock: [{status: convicted, count: 5, facility: A, fresh: yes}]\n" STILL);
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 400; day++)
        assert_int_equal(trial_value(&trial, "capacity", 0, day),
                         day >= 31 + 28 && day < 31 + 28 + 31 + 30 ? 17 : 10);
    trial_close(&trial);
}

/* Two vans of two seats a day take 20 people out in five days. */
static void
a_prison_that_closes_is_emptied_on_the_day_or_with_notice(void **state)
{
    struct trial trial;
    const int32_t closes = 31 + 28;

    (void)state;
    for (int notice = 0; notice < 2; notice++) {
        trial_open_text(
            &trial,
            "facilities: [{name: A, region: north, capacity: 100},"
            " {name: B, region: north, capacity: 20, closes: 2026-03-01%s}]\n"
            "stock: [{status: convicted, count: 20, facility: B, fresh: yes}]\n"
            "balance: {from: 200 %%, to: 150 %%, vans: 2, seats: 2}\n" STILL AT_FACILITIES,
            notice == 1 ? ", closing_notice: 10 d" : "");
        trial_run(&trial, 0);
        assert_int_equal(people_at(&trial, "B", closes - 11), 20);
        assert_int_equal(people_at(&trial, "B", closes - 1), notice == 1 ? 0 : 20);
        assert_int_equal(people_at(&trial, "A", closes), 20);
        assert_int_equal(trial_sum(&trial, "moves_closing", 0), 20);
        for (int32_t day = closes - 10; day < closes; day++)
            assert_int_equal(trial_value(&trial, "moves_closing", 0, day),
                             notice == 1 && day < closes - 5 ? 4 : 0);
        trial_close(&trial);
    }
}

/* One place, ten people brought to it at once one after another. A prison crowds; whoever is
 * refused goes away. */
static void
when_it_is_full_a_facility_crowds_refuses_or_lets_wait(void **state)
{
    static const struct {
        const char *fields;
        bool refuses, waits;
    } cases[] = {{"", false, false},
                 {", when_full: crowd", false, false},
                 {", when_full: refuse", true, false},
                 {", when_full: wait", false, true},
                 {", kind: rented", true, false},
                 {", kind: rented, when_full: crowd", false, false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: A, region: north, capacity: 1%s}]\n"
            "intake: [{class: a, region: north, facility: A, rate: 1 / d}]\n" ALWAYS_INSIDE,
            cases[i].fields);
        trial_run(&trial, 0);
        double came = trial_sum(&trial, "arrivals", 0), refused = trial_sum(&trial, "refused", 0);
        assert_near(came, 400, 4.5 * 20);
        assert_int_equal(refused, cases[i].refuses ? came - 1 : 0);
        assert_int_equal(trial_sum(&trial, "entries", 0),
                         cases[i].refuses || cases[i].waits ? 1 : came);
        assert_int_equal(trial_sum(&trial, "door_waits", 0), cases[i].waits ? came - 1 : 0);
        trial_close(&trial);
    }
}

static void
copies_are_as_many_facilities(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "facilities: [{name: Block, copies: 3, region: north, capacity: 10}]\n" STILL);
    trial_run(&trial, 0);
    assert_int_equal(trial.plan->facilities, 3);
    assert_string_equal(trial.plan->facility[2].name, "Block 3");
    assert_int_equal(trial_value(&trial, "capacity", 0, 5), 30);
    trial_close(&trial);
}

/* The days on which a place more than before is there, of the first 60. */
static size_t
days_of_openings(const struct trial *trial, int32_t days[60])
{
    size_t count = 0;

    for (int32_t day = 1; day < 60; day++)
        if (trial_value(trial, "capacity", 0, day) > trial_value(trial, "capacity", 0, day - 1))
            days[count++] = day;
    return count;
}

/* From day 10 to day 49 are 40 days. Of four copies the first opens when 1/8 of them are over, then
 * 3/8, 5/8, 7/8; of three 1/6 (6.7 days, rounded down), 3/6, 5/6 (33.3); of one half. One that has
 * a date of its own leaves it to the other three. */
static void
copies_open_evenly_over_a_time(void **state)
{
    static const struct {
        const char *more;
        size_t count;
        int32_t day[4];
    } cases[] = {
        {"", 4, {15, 25, 35, 45}},
        {"set: {'facilities[House].copies': 3}\n", 3, {16, 30, 43}},
        {"set: {'facilities[House].copies': 1}\n", 1, {30}},
        {"set: {'facilities[House].copies': 0}\n", 0, {0}},
        {"set: {'facilities[House].copies': {plus: -2}}\n", 2, {20, 40}},
        {"drop: 'facilities[House 2].opens_until'\n"
         "set: {'facilities[House 2].opens': 2026-01-06}\n",
         4,
         {5, 16, 30, 43}},
    };
    int32_t days[60];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        "facilities: [{name: A, region: north, capacity: 10}, {name: House, "
                        "copies: 4, region: north, capacity: 1, opens: 2026-01-11, opens_until: "
                        "2026-02-19}]\n%s" STILL,
                        cases[i].more);
        trial_run(&trial, 0);
        assert_int_equal(days_of_openings(&trial, days), cases[i].count);
        for (size_t k = 0; k < cases[i].count; k++)
            assert_int_equal(days[k], cases[i].day[k]);
        trial_close(&trial);
    }
}

/* No copy at all is as if the facility were not written. */
static void
of_no_copies_nothing_is_left(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, "facilities: [{name: A, region: north, capacity: 10}, {name: House, "
                            "copies: 0, region: north, capacity: 1}]\n" STILL);
    assert_int_equal(trial.plan->facilities, 1);
    trial_close(&trial);
}

static void
the_history_changes_figures_by_date(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "facilities: [{name: A, region: north, capacity: 10, beds: 12}]\n"
                "facility_history: [{facility: A, field: capacity, from: 2026-02-01, value: 15},"
                " {facility: A, field: beds, from: 2026-03-01, value: 18}]\n" STILL);
    trial_run(&trial, 0);
    assert_int_equal(trial_value(&trial, "capacity", 0, 30), 10);
    assert_int_equal(trial_value(&trial, "capacity", 0, 31), 15);
    assert_int_equal(trial_value(&trial, "beds", 0, 58), 12);
    assert_int_equal(trial_value(&trial, "beds", 0, 59), 18);
    trial_close(&trial);
}

/* Figures that nothing is simulated by: they are there for the reader, and read as they are
 * written. */
static void
figures_for_the_reader_are_read(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial, "description: What it asks\n"
                "facilities: [{name: A, region: north, capacity: 10, operator: non_profit, "
                "transparent: no, floor_area: 5500, posts: 210.5, cost_day: 9000, cost_person_day: "
                "61.5, latitude: 51.25, longitude: -4.5, note: A note, source: A source}]\n"
                "facility_history: [{facility: A, field: capacity, from: 2026-02-01, value: 15, "
                "note: A step, source: A minute}]\n"
                "stock: [{status: convicted, facility: A, count: 1, source: A count}]\n" STILL);
    const struct facility_object *row = trial.scenario.facilities.item;
    const struct step_object *step = trial.scenario.history.item;
    assert_string_equal(trial.scenario.description, "What it asks");
    assert_int_equal(row->operator_kind, 1); /* public, non_profit, commercial */
    assert_false(row->transparent);
    assert_near(row->floor_area, 5500, 0);
    assert_near(row->posts, 210.5, 0);
    assert_near(row->latitude, 51.25, 0);
    assert_near(row->longitude, -4.5, 0);
    assert_near(row->cost_day, 9000, 0);
    assert_near(row->cost_person_day, 61.5, 0);
    assert_string_equal(row->note, "A note");
    assert_string_equal(row->source, "A source");
    assert_string_equal(step->note, "A step");
    assert_string_equal(step->source, "A minute");
    assert_string_equal(((const struct stock_object *)trial.scenario.stock.item)->source,
                        "A count");
    trial_close(&trial);
}

/* Words for reports, and what was counted: seven people stay seven. */
static void
what_is_for_reports_is_read_and_changes_nothing(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: A, region: north, capacity: 10}]\n"
        "stock: [{status: convicted, count: 7, facility: A, fresh: yes}]\n"
        "texts: [{of: title, en: What now, nl: Wat nu, fr: Et maintenant}, "
        "{of: name, word: north, nl: Vlaanderen}]\n"
        "counted: [{date: 2025-03-01, series: floor_sleepers, value: 12.5, source: A count}, "
        "{date: 1970-01-02, series: capacity, region: north, value: 10}, "
        "{date: 1970-01-02, series: capacity, facility: A, value: 10}]\n" STILL);
    const struct text_object *text = trial.scenario.texts.item;
    const struct counted_object *counted = trial.scenario.counted.item;
    assert_int_equal(trial.scenario.texts.count, 2);
    assert_int_equal(text[0].of, TEXT_TITLE);
    assert_null(text[0].word);
    assert_string_equal(text[0].en, "What now");
    assert_string_equal(text[0].nl, "Wat nu");
    assert_string_equal(text[0].fr, "Et maintenant");
    assert_int_equal(text[1].of, TEXT_NAME);
    assert_string_equal(text[1].word, "north");
    assert_null(text[1].en);
    assert_int_equal(trial.scenario.counted.count, 3);
    assert_int_equal(counted[0].series, COUNTED_FLOOR);
    assert_near(counted[0].value, 12.5, 0);
    assert_string_equal(counted[0].source, "A count");
    assert_null(counted[0].region);
    assert_int_equal(counted[1].date, 1); /* days since 1970-01-01 */
    assert_int_equal(counted[1].series, COUNTED_CAPACITY);
    assert_string_equal(counted[1].region, "north");
    assert_string_equal(counted[2].facility, "A");
    trial_run(&trial, 0);
    assert_near(trial_value(&trial, "population", 1, 5), 7, 0); /* 1: convicted */
    trial_close(&trial);
}

/* 60 of 60 + 30 + 10 places; from day 31, when the 30 are closed, 60 of 70. */
static void
transparency_is_the_share_of_open_places_with_public_figures(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial,
                    "facilities:\n"
                    "  - {name: Open, region: north, capacity: 60}\n"
                    "  - {name: Shut, region: north, capacity: 30, transparent: no, closes: "
                    "2026-02-01}\n"
                    "  - {name: Centre, region: north, kind: forensic_centre, counted: no, "
                    "capacity: 10, transparent: no}\n"
                    "intake: [{class: arrested, region: north, rate: 1 / y}]\n"
                    "pathways: {arrested: [{phase: inside, status: remand, stay: {fixed: {value: "
                    "60 d}}, then: {released: 1}}]}\n");
    trial_run(&trial, 0);
    for (int32_t day = 0; day < 60; day++)
        assert_near(trial_value(&trial, "transparency", 0, day), day < 31 ? 60 : 6000 / 70.0, 1e-4);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_capacity_word_says_which_capacity_counts),
        cmocka_unit_test(people_beyond_the_beds_sleep_on_the_floor),
        cmocka_unit_test(courts_send_by_weight),
        cmocka_unit_test(the_office_sends_nobody_above_the_ceiling),
        cmocka_unit_test(a_prison_takes_the_statuses_and_sexes_that_it_says),
        cmocka_unit_test(allocation_keeps_to_the_lengths_of_sentence),
        cmocka_unit_test(courts_send_nobody_to_other_kinds),
        cmocka_unit_test(a_facility_that_is_not_counted_is_no_part_of_the_prison_population),
        cmocka_unit_test(a_prison_is_open_from_one_date_to_another),
        cmocka_unit_test(a_prison_that_closes_is_emptied_on_the_day_or_with_notice),
        cmocka_unit_test(when_it_is_full_a_facility_crowds_refuses_or_lets_wait),
        cmocka_unit_test(copies_are_as_many_facilities),
        cmocka_unit_test(copies_open_evenly_over_a_time),
        cmocka_unit_test(of_no_copies_nothing_is_left),
        cmocka_unit_test(the_history_changes_figures_by_date),
        cmocka_unit_test(figures_for_the_reader_are_read),
        cmocka_unit_test(what_is_for_reports_is_read_and_changes_nothing),
        cmocka_unit_test(transparency_is_the_share_of_open_places_with_public_figures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
