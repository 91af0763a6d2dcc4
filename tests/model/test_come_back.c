/* Who comes back after release, against closed forms. Stays are short beside the delay, so that
 * what is inside hardly matters. */

#include "tests/support.h"

#include "tests/models.h"

#define PRISON "facilities: [{name: N, region: north, capacity: 1000}]\n"

enum { RUNS = 50 };

/* The mean of SERIES' values k over rows FROM to TO, and its standard error, over RUNS. */
static void
assert_mean(struct trial *trial, const char *series, uint32_t k, int32_t from, int32_t to,
            double expected)
{
    double sum = 0, squares = 0;

    for (uint64_t r = 0; r < RUNS; r++) {
        double value = 0;
        trial_run(trial, r);
        for (int32_t row = from; row < to; row++)
            value += trial_value(trial, series, k, row) / (to - from);
        sum += value;
        squares += value * value;
    }
    double mean = sum / RUNS, error = sqrt((squares / RUNS - mean * mean) / (RUNS - 1));
    if (fabs(mean - expected) > 4.5 * error)
        fail_msg("%s[%u] in rows %d to %d: %g and not %g, with an error of %g", series, k, from, to,
                 mean, expected, error);
}

#define FLOW                                                                                       \
    PRISON "intake: [{class: a, region: north, rate: 20 / d}]\n"                                   \
           "record: [{place: nation, tick: day}]\n"

/* Stays are longer than the run, so nobody new is released: entries are those of the first time,
 * L (1 - r), and those released before the start, L r e^(-t/m) = L r S(t). */
static void
those_released_before_the_start_come_back(void **state)
{
    static const int32_t days[] = {0, 50, 200, 390};
    const double rate = 20, r = 0.4, m = 100;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct trial trial;
        int32_t day = days[i];
        trial_open_text(&trial, FLOW "pathways: {a: [{phase: one, status: convicted, stay: {fixed: "
                                     "2000 d}, then: {released: 1}}]}\n"
                                     "come_back: [{name: all, chance: 40 %%, delay: {exponential: "
                                     "100 d}}]\nintake_counts: total\n");
        double still = 0.1 * m * (exp(-day / m) - exp(-(day + 10) / m));
        assert_mean(&trial, "arrivals", 0, day, day + 10, rate * (1 - r) + rate * r * still);
        assert_mean(&trial, "came_back", 0, day, day + 10, rate * r * still);
        trial_close(&trial);
    }
}

/* Of all who are released: as many come in all as published, from the first day on. */
static void
entries_stay_as_published(void **state)
{
    static const int32_t days[] = {0, 100, 300};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct trial trial;
        trial_open_text(&trial,
                        FLOW "stock: [{status: convicted, count: 100}]\n"
                             "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 5 "
                             "d}, then: {released: 1}}]}\n"
                             "come_back: [{name: all, chance: 40 %%, delay: {lognormal: {mean: 80 "
                             "d, cv: 1}}}]\nintake_counts: total\n");
        assert_mean(&trial, "arrivals", 0, days[i], days[i] + 100, 20);
        trial_close(&trial);
    }
}

/* Half leave at once and half by way of others, of whom a fifth are moved on by a clock; all leave
 * by exits that let four in ten come back: a branch, a branch of it and a clock change nothing. */
static void
a_way_through_several_phases_counts_once(void **state)
{
    static const int32_t days[] = {0, 100, 300};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            FLOW "stock: [{status: convicted, count: 100}]\n"
                 "exits: [released, sent_on]\n"
                 "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 5 d}, then: "
                 "{released: 0.5, two: 0.5}}, {phase: two, status: convicted, stay: {fixed: 1 d}, "
                 "clocks: [{to: sent_on, after: {exponential: 4 d}}], then: {released: 0.3, "
                 "three: 0.7}}, {phase: three, status: convicted, stay: {fixed: 1 d}, then: "
                 "{sent_on: 1}}]}\n"
                 "come_back: [{name: all, chance: 40 %%, delay: {lognormal: {mean: 80 d, cv: "
                 "1}}}]\nintake_counts: total\n");
        assert_mean(&trial, "arrivals", 0, days[i], days[i] + 100, 20);
        assert_mean(&trial, "came_back", 0, days[i], days[i] + 100, 8);
        trial_close(&trial);
    }
}

/* Repeat offenders serve 60 of 100 days, others 30. Four in ten of those who come have come back:
 * where 30 % of all are repeat offenders, three in four of these, and nobody else; where 60 % are,
 * all of these and a third of the others. So 20 a day stay 39 or 48 days, half a day of it in
 * police custody before the round; from the first day on. */
static void
as_many_repeat_offenders_come_as_the_class_says(void **state)
{
    static const struct {
        const char *repeat;
        double days;
    } rows[] = {{"30 %%", 39}, {"60 %%", 48}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        char text[1024];
        snprintf(text, sizeof text,
                 FLOW "stock: [{status: convicted, count: %g}]\n"
                      "earliest_share: 30 %%%%\nearliest_share_repeat: 60 %%%%\n"
                      "classes: [{name: a, sentence: {fixed: 100 d}, repeat: %s}]\n"
                      "pathways: {a: [{phase: one, status: convicted, serve: earliest, then: "
                      "{released: 1}}]}\n"
                      "come_back: [{name: all, chance: 40 %%%%, delay: {exponential: 50 d}}]\n"
                      "intake_counts: total\n",
                 20 * rows[i].days, rows[i].repeat);
        trial_open_text(&trial, text, "");
        assert_mean(&trial, "population", 1, 0, 100, 20 * (rows[i].days - 0.5));
        assert_mean(&trial, "population", 1, 200, 400, 20 * (rows[i].days - 0.5));
        trial_close(&trial);
    }
}

/* A law about another class changes nobody: who comes back, and is a repeat offender, is as without
 * it, where the chance is drawn for each replication. */
static void
a_law_leaves_who_comes_back(void **state)
{
    static const char *const laws[] = {"", "law: [{name: l, from: 2026-01-02, reaches: new, set: "
                                           "{'pathways.b[two].stay': {fixed: 11 d}}}]\n"};
    double people[2][3];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            PRISON "intake: [{class: a, region: north, rate: 5 / d}, {class: b, region: north, "
                   "rate: 0.1 / d}]\nintake_counts: total\n"
                   "classes: [{name: a, sentence: {fixed: 30 d}, repeat: 50 %%}]\n"
                   "earliest_share: 0.1\nearliest_share_repeat: 0.9\n"
                   "come_back: [{name: all, chance: 40 %%, classes: [a], delay: {exponential: 20 "
                   "d}}]\n"
                   "pathways: {a: [{phase: one, status: convicted, serve: earliest, then: "
                   "{released: 1}}], b: [{phase: two, status: remand, stay: {fixed: 10.5 d}, then: "
                   "{released: 1}}]}\n"
                   "uncertain: {'come_back[all].chance': {uniform: {low: 1 %%, high: 80 %%}}}\n%s",
            laws[i]);
        for (uint64_t r = 0; r < 3; r++) {
            trial_run(&trial, r);
            people[i][r] = 0;
            for (int32_t day = 0; day < 400; day++)
                people[i][r] += trial_value(&trial, "population", 1, day);
        }
        trial_close(&trial);
    }
    for (int r = 0; r < 3; r++)
        assert_near(people[1][r], people[0][r], 0);
}

/* P come for the first time: P/(1 - r) in all. With two classes, of which a comes back as b with 30
 * % and b as b with 50 %: b is (P_b + 0.3 T_a)/(1 - 0.5). */
static void
the_multiplier_is_that_of_the_traffic(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, "warm_up: 1 y\n" FLOW
                            "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 5 "
                            "d}, then: {released: 1}}]}\n"
                            "come_back: [{name: all, chance: 40 %%, delay: {exponential: 30 d}}]\n"
                            "intake_counts: primary\n");
    assert_mean(&trial, "arrivals", 0, 0, 400, 20 / 0.6);
    trial_close(&trial);
    trial_open_text(
        &trial,
        "warm_up: 1 y\n" PRISON
        "intake: [{class: a, region: north, rate: 20 / d}, {class: b, region: north, rate: 4 / "
        "d}]\n"
        "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 5 d}, then: {released: "
        "1}}],\n"
        "  b: [{phase: one, status: convicted, stay: {exponential: 5 d}, then: {released: 1}}]}\n"
        "come_back: [{name: first, classes: [a], chance: 30 %%, as_class: b, delay: {exponential: "
        "30 "
        "d}},\n"
        "  {name: again, classes: [b], chance: 50 %%, delay: {exponential: 20 d}}]\n"
        "intake_counts: primary\nrecord: [{place: nation, tick: day}]\n");
    assert_mean(&trial, "came_back", 1, 0, 400, 0.3 * 20 + 0.5 * (4 + 0.3 * 20) / 0.5);
    assert_mean(&trial, "came_back", 0, 0, 400, 0);
    trial_close(&trial);
}

/* Half are under 25 and half over 60 with a factor of 1/4, all together 40 %: r from the mean, and
 * by age 1 - (1 - r)^f, as a share of those whom the class lets in as old. */
static void
age_moves_the_chance_and_not_the_mean(void **state)
{
    static const char *const ages[] = {"{under_25: 1}", "{60_over: 1}"};
    double low = 0, high = 1, f = 0.25;
    struct trial trial;

    (void)state;
    for (int i = 0; i < 60; i++) {
        double r = (low + high) / 2;
        if ((r + 1 - pow(1 - r, f)) / 2 < 0.4)
            low = r;
        else
            high = r;
    }
    trial_open_text(&trial, "warm_up: 1 y\n" FLOW "people: {ages: {under_25: 0.5, 60_over: 0.5}}\n"
                            "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 5 "
                            "d}, then: {released: 1}}]}\n"
                            "come_back: [{name: all, chance: 40 %%, delay: {exponential: 30 d}, "
                            "ages: {under_25: 1, 60_over: 0.25}}]\nintake_counts: primary\n");
    assert_near(trial.plan->come_back.rule[0].r, low, 1e-9);
    trial_close(&trial);
    for (int i = 0; i < 2; i++) { /* people of one age alone, by the same r: chance says so */
        double chance = i == 0 ? low : 1 - pow(1 - low, f);
        trial_open_text(&trial,
                        "warm_up: 1 y\n" FLOW "people: {ages: %s}\n"
                        "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 5 d}, "
                        "then: {released: 1}}]}\n"
                        "come_back: [{name: all, chance: %.12f, delay: {exponential: 30 d}, ages: "
                        "{under_25: 1, 60_over: 0.25}}]\nintake_counts: primary\n",
                        ages[i], chance);
        assert_near(trial.plan->come_back.rule[0].r, low, 1e-6);
        assert_mean(&trial, "arrivals", 0, 0, 400, 20 / (1 - chance));
        trial_close(&trial);
    }
}

/* Stays of two years beside a return of one: whoever comes back has grown older inside, too. As
 * many come in all from the first year to the eleventh, but for what it matters that people are not
 * spread evenly within their band of age (who comes back is old in it): 3 % here; 7 % were lost
 * where the time inside did not count. */
static void
people_grow_older_inside(void **state)
{
    struct trial trial;

    (void)state;
    trial_open_text(&trial, "warm_up: 10 y\n" FLOW
                            "people: {ages: {under_25: 0.3, 25_34: 0.3, 35_49: 0.3, 50_59: 0.1}}\n"
                            "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 2 "
                            "y}, then: {released: 1}}]}\n"
                            "come_back: [{name: all, chance: 40 %%, delay: {exponential: 1 y}, "
                            "ages: {under_25: 1, 25_34: 0.6, 35_49: 0.3, 50_59: 0.1}}]\n"
                            "intake_counts: total\n");
    double sum = 0;
    for (uint64_t r = 0; r < RUNS; r++) {
        trial_run(&trial, r);
        sum += trial_sum(&trial, "arrivals", 0) / 400;
    }
    assert_near(sum / RUNS, 20, 0.6);
    trial_close(&trial);
}

/* Six in ten go home before their release and come back half as readily: as many come in all as the
 * rates say, from the first year to the tenth. The other way round, where the rates are those of
 * the first time, P / (1 - (0.4 x 0.4 + 0.6 (1 - 0.6^0.5))). So do people of the stock who are at
 * home: of 4,000 in a phase at home 1 - 0.6^0.5 come back. */
static void
home_counts_in_the_balance_and_in_the_stock(void **state)
{
    const double half = 1 - sqrt(0.6), back = 0.4 * 0.4 + 0.6 * half;
    static const char *const counts[] = {"total", "primary"};
    struct trial trial;

    (void)state;
    for (int i = 0; i < 2; i++) {
        trial_open_text(
            &trial,
            FLOW
            "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 20 d}, then: {two: "
            "0.6, released: 0.4}}, {phase: two, status: convicted, place: home, stay: "
            "{exponential: 20 d}, then: {released: 1}}]}\n"
            "horizon: 1500 d\nwarm_up: 2 y\n"
            "come_back: [{name: all, chance: 40 %%, home: 0.5, delay: {exponential: 50 d}}]\n"
            "intake_counts: %s\n",
            counts[i]);
        assert_mean(&trial, "arrivals", 0, 0, 1500, i == 0 ? 20 : 20 / (1 - back));
        assert_mean(&trial, "arrivals", 0, 1000, 1500, i == 0 ? 20 : 20 / (1 - back));
        trial_close(&trial);
    }
    trial_open_text(
        &trial,
        PRISON "intake: [{class: a, region: north, rate: {2026-01-01: 0 / d}}]\n"
               "stock: [{status: convicted, count: 4000, class: a, phase: one, fresh: yes}]\n"
               "pathways: {a: [{phase: one, status: convicted, place: home, stay: {fixed: 5 d}, "
               "then: {released: 1}}]}\n"
               "come_back: [{name: all, chance: 40 %%, home: 0.5, delay: {fixed: 300 d}}]\n"
               "intake_counts: primary\n");
    assert_mean(&trial, "came_back", 0, 0, 400, 4000 * half / 400);
    trial_close(&trial);
}

/* Factors on those who were at home, lived in a house or were hurried out of one: with factor 0
 * nobody comes back. */
static void
what_somebody_went_through_counts(void **state)
{
    static const struct {
        const char *factor;
        bool home, comes;
    } cases[] = {{"", true, true},
                 {", home: 0", true, false},
                 {", home: 0", false, true},
                 {", exits: [other]", false, false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            PRISON
            "exits: [released, other]\nintake: [{class: a, region: north, rate: 5 / d}]\n"
            "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 5 d}, then: {%s: "
            "1}}, {phase: two, status: convicted, place: home, stay: {exponential: 5 d}, then: "
            "{released: 1}}]}\n"
            "come_back: [{name: all, chance: 40 %%, delay: {fixed: 30 d}%s}]\n"
            "intake_counts: primary\n",
            cases[i].home ? "two" : "released", cases[i].factor);
        trial_run(&trial, 0);
        /* those released before the start are back by day 30 */
        double back = 0;
        for (int32_t day = 60; day < 400; day++)
            back += trial_value(&trial, "came_back", 0, day);
        assert_true((back > 0) == cases[i].comes);
        trial_close(&trial);
    }
}

/* Ten of one house: with a factor 0 for residents none of them comes back. Two measures end their
 * stay early: hurried. */
static void
houses_and_hurry_count(void **state)
{
    static const struct {
        const char *factor, *measures;
        bool comes;
    } cases[] = {
        {"", "", true},
        {", house: 0", "", false},
        {", rushed: 0", "", true},
        {", rushed: 0", "measures: [{name: m, forward: 100 d, from: 2026-01-01}]\n", false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial;
        trial_open_text(
            &trial,
            "facilities: [{name: A, region: north, capacity: 20},"
            " {name: H, region: north, capacity: 20, kind: detention_house}]\n"
            "stock: [{status: convicted, count: 10, facility: A, fresh: yes}]\n"
            "intake: [{class: a, region: north, rate: 0 / d}]\n"
            "pathways: {a: [{phase: one, status: convicted, stay: {fixed: 200.5 d}, then: "
            "{released: 1}}]}\n"
            "house_selection: {suitable: 1, screening: {fixed: 9.5 d}, most_sentence: 10 y}\n"
            "come_back: [{name: all, chance: 99 %%, delay: {fixed: 30 d}%s}]\n"
            "intake_counts: primary\n%s",
            cases[i].factor, cases[i].measures);
        trial_run(&trial, 0);
        assert_int_equal(trial_sum(&trial, "moves_house", 0) >= 10, 1);
        assert_true((trial_sum(&trial, "came_back", 0) > 0) == cases[i].comes);
        trial_close(&trial);
    }
}

/* The same person keeps sex, birth, need and home, and is not drawn as before. */
static void
it_is_the_same_person(void **state)
{
    struct trial trial;
    struct person person, before;

    (void)state;
    trial_open_text(&trial,
                    PRISON "classes: [{name: a, sentence: {exponential: 100 d}}, {name: b, "
                           "sentence: {exponential: 100 d}}]\n"
                           "people: {women: 50 %%, no_residence: 50 %%, needs: {none: 0.5, "
                           "vulnerable: 0.5}, ages: {under_25: 0.5, 25_34: 0.5}}\n"
                           "intake: [{class: a, region: north, rate: 1 / d}, {class: b, region: "
                           "north, rate: 1 / d}]\n"
                           "pathways: {a: [{phase: one, status: convicted, serve: all, then: "
                           "{released: 1}}], b: [{phase: one, status: convicted, serve: all, "
                           "then: {released: 1}}]}\n"
                           "come_back: [{name: all, chance: 40 %%, delay: {exponential: 1 y}}]\n"
                           "intake_counts: primary\n");
    for (uint64_t number = 0; number < 200; number++) {
        person_draw(&person, trial.plan, 3, (struct stream_name){17, number}, 0, 0, COMES_FIRST, 0);
        person_is_born(&person, trial.plan, 3, ticks_from_days(100));
        assert_int_equal(person_age(&person, ticks_from_days(100)), person.age);
        before = person;
        before.step = person.step = 5;
        person_comes_again(&person, trial.plan, 3, 1, ticks_from_days(100 + 4000), 0.4);
        assert_int_equal(person.sex, before.sex);
        assert_int_equal(person.residence, before.residence);
        assert_int_equal(person.need, before.need);
        assert_int_equal(person.region, before.region);
        assert_int_equal(person.born, before.born);
        assert_int_equal(person.name.number, number);
        assert_int_equal(person.step, 5);
        assert_int_equal(person.times, 1);
        assert_int_equal(person.class, 1);
        assert_true(person.sentence != before.sentence && person.sentence > 0);
        assert_true(person.age > 0 && person.age >= before.age); /* eleven years later */
    }
    trial_close(&trial);
}

/* r of those released come back once, r^2 twice: as long as the run is beside the delay. */
static void
how_often_is_counted_at_release(void **state)
{
    const double r = 0.4;
    double count[TIMES] = {0}, all = 0;
    struct trial trial;

    (void)state;
    trial_open_text(&trial, "horizon: 100 d\nwarm_up: 1 y\n" FLOW
                            "pathways: {a: [{phase: one, status: convicted, stay: {exponential: 1 "
                            "d}, then: {released: 1}}]}\n"
                            "come_back: [{name: all, chance: 40 %%, delay: {exponential: 2 d}}]\n"
                            "intake_counts: primary\n");
    for (uint64_t run = 0; run < 10; run++) {
        trial_run(&trial, run);
        for (uint32_t k = 0; k < TIMES; k++)
            count[k] += trial_sum(&trial, "released_times", k);
    }
    for (int k = 0; k < TIMES; k++)
        all += count[k];
    for (int k = 0; k < TIMES; k++) {
        double share = k + 1 < TIMES ? (1 - r) * pow(r, k) : pow(r, k);
        assert_near(count[k] / all, share, 4.5 * sqrt(3 * share * (1 - share) / all));
    }
    trial_close(&trial);
}

/* Thirty are released from a prison, twenty from a house and ten at home; five who waited outside
 * are in none of these. Each group comes back in a class of its own, which nobody leaves. */
static void
who_comes_back_is_told_by_where_they_were_released_from(void **state)
{
    static const double released[REGIMES] = {30, 20, 10};
    const int groups = REGIMES + 1;
    struct trial trial;

    (void)state;
    trial_open_text(
        &trial,
        "facilities: [{name: A, region: north, capacity: 200},"
        " {name: H, region: north, capacity: 20, kind: detention_house}]\n"
        "house_selection: {suitable: 0, screening: {fixed: 9 d}}\n"
        "intake: [{class: p, region: north, rate: 0 / d}]\n"
        "stock: [{status: convicted, class: p, phase: one, facility: A, count: 30, fresh: yes},"
        " {status: convicted, class: h, phase: one, facility: H, count: 20, fresh: yes},"
        " {status: convicted, class: m, phase: one, region: north, count: 10, fresh: yes},"
        " {status: convicted, class: o, phase: one, region: north, count: 5, fresh: yes}]\n"
        "pathways:\n"
        "  p: &all [{phase: one, status: convicted, stay: {fixed: 50.5 d}, then: {released: 1}}]\n"
        "  h: *all\n"
        "  m: [{phase: one, status: convicted, place: home, stay: {fixed: 50.5 d}, then: "
        "{released: 1}}]\n"
        "  o: [{phase: one, status: convicted, place: outside, stay: {fixed: 50.5 d}, then: "
        "{released: 1}}]\n"
        "  back_p: &stay [{phase: one, status: convicted, stay: {fixed: 3000 d}, then: {released: "
        "1}}]\n"
        "  back_h: *stay\n  back_m: *stay\n  back_o: *stay\n"
        "come_back:\n"
        "  - {name: p, classes: [p], as_class: back_p, chance: 60 %%, delay: {fixed: 30 d}}\n"
        "  - {name: h, classes: [h], as_class: back_h, chance: 60 %%, delay: {fixed: 30 d}}\n"
        "  - {name: m, classes: [m], as_class: back_m, chance: 60 %%, delay: {fixed: 30 d}}\n"
        "  - {name: o, classes: [o], as_class: back_o, chance: 60 %%, delay: {fixed: 30 d}}\n"
        "intake_counts: primary\n");
    trial_run(&trial, 0);
    for (uint32_t k = 0; k < REGIMES; k++) {
        double back = trial_sum(&trial, "came_back_from", k);
        assert_near(trial_sum(&trial, "released_from", k), released[k], 0);
        assert_near(trial_value(&trial, "released_from", k, 50), released[k], 0);
        assert_near(back, trial_sum(&trial, "came_back", (uint32_t)groups + k), 0);
        assert_near(back, trial_value(&trial, "came_back_from", k, 80), 0);
        assert_true(back > 0 && back < released[k]);
        assert_near(trial_at(&trial, AT_REGION, 0, "came_back_from", k, 80), back, 0);
    }
    assert_near(trial_sum(&trial, "released_times", 0), 65, 0);
    assert_true(trial_sum(&trial, "came_back", (uint32_t)groups + REGIMES) > 0);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_released_before_the_start_come_back),
        cmocka_unit_test(entries_stay_as_published),
        cmocka_unit_test(a_way_through_several_phases_counts_once),
        cmocka_unit_test(as_many_repeat_offenders_come_as_the_class_says),
        cmocka_unit_test(a_law_leaves_who_comes_back),
        cmocka_unit_test(the_multiplier_is_that_of_the_traffic),
        cmocka_unit_test(age_moves_the_chance_and_not_the_mean),
        cmocka_unit_test(people_grow_older_inside),
        cmocka_unit_test(home_counts_in_the_balance_and_in_the_stock),
        cmocka_unit_test(what_somebody_went_through_counts),
        cmocka_unit_test(houses_and_hurry_count),
        cmocka_unit_test(it_is_the_same_person),
        cmocka_unit_test(how_often_is_counted_at_release),
        cmocka_unit_test(who_comes_back_is_told_by_where_they_were_released_from),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
