/* Lives as a replication had them: one written out by hand, what is told against what is counted,
 * that nobody who listens changes anything, and what people are called. */

#include "tests/support.h"

#include "tests/models.h"

#include "models/people/name.h"
#include "models/places/trace.h"
#include "models/run/life.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One person, at the beginning of a phase of 100 days on day 0; screened for 10. */
#define ONE_LIFE                                                                                   \
    "facilities:\n"                                                                                \
    "  - {name: Prison, region: north, capacity: 100}\n"                                           \
    "  - {name: House, kind: detention_house, region: north, capacity: 10}\n"                      \
    "intake: [{class: short, region: north, rate: 0 / d}]\n"                                       \
    "pathways:\n"                                                                                  \
    "  short:\n"                                                                                   \
    "    - {phase: inside, status: convicted, stay: {fixed: {value: 100 d}}, then: {away: 1}}\n"   \
    "    - {phase: away, place: home, status: convicted, stay: {fixed: {value: 20 d}}, "           \
    "then: {released: 1}}\n"                                                                       \
    "house_selection: {suitable: 100 %%, screening: {fixed: {value: 10 d}}, breach: 90 %%, "       \
    "least_stay: 1 d}\n"                                                                           \
    "stock: [{status: convicted, class: short, phase: inside, facility: Prison, count: 1, "        \
    "fresh: yes}]\n"

#define MOST_LINES 64

struct book {
    int lines, most;
    char line[MOST_LINES][160]; /* time,what,place,from,phase,detail */
    double time[MOST_LINES];
};

static bool
write_down(void *context, const struct life_event *event)
{
    struct book *book = context;

    assert_true(book->lines < MOST_LINES);
    book->time[book->lines] = event->time;
    snprintf(book->line[book->lines++], sizeof book->line[0], "%s,%s,%s,%s,%s,%s", event->person,
             event->what, event->place, event->from, event->phase, event->detail);
    return book->lines != book->most;
}

static int
tell(const struct trial *trial, const char *of, uint64_t replication, int most, struct book *book,
     struct error *err)
{
    const struct life life = {.scenario = &trial->scenario,
                              .of = of,
                              .replication = replication,
                              .tell = write_down,
                              .context = book};

    *book = (struct book){.most = most};
    return life_tell(&life, err);
}

/* The first replication in which the stay in the house ends in a breach. */
static uint64_t
tell_a_breach(const struct trial *trial, struct book *book)
{
    struct error err = {0};

    for (uint64_t r = 0; r < 50; r++) {
        assert_int_equal(tell(trial, NULL, r, 0, book, &err), OK);
        for (int i = 0; i < book->lines; i++)
            if (strstr(book->line[i], ",breach,House,") != NULL)
                return r;
    }
    fail_msg("nobody breaches in 50 replications, each with a chance of 90 %%");
    return 0;
}

/* Screened on day 10 at 0:00, after that day's round: the house has a place in the round of day 11,
 * and the prison takes them back in the first round after the breach. The phase ends on day 100
 * whatever happens, and twenty days at home follow. */
static void
a_life_is_told_as_it_is_written_out_by_hand(void **state)
{
#define WHO "stock/convicted/short.inside/Prison/fresh:0,"
    static const struct {
        double time;
        const char *line;
    } expected[] = {
        {0, WHO "there at the start,Prison,,short.inside,short"},
        {0, WHO "screening begins,Prison,,short.inside,"},
        {10, WHO "screened,Prison,,short.inside,suitable"},
        {10, WHO "waits,Prison,,short.inside,detention house"},
        {11, WHO "moved,House,Prison,short.inside,house"},
        {NAN, WHO "breach,House,,short.inside,"},
        {NAN, WHO "moved,Prison,House,short.inside,breach"},
        {100, WHO "phase begins,north,Prison,short.away,home"},
        {120, WHO "released,north,,short.away,released"},
    };
    struct trial trial;
    struct book book;

    (void)state;
    trial_open_text(&trial, ONE_LIFE);
    tell_a_breach(&trial, &book);
    assert_int_equal(book.lines, 9);
    for (int i = 0; i < 9; i++) {
        assert_string_equal(book.line[i], expected[i].line);
        if (!isnan(expected[i].time))
            assert_near(book.time[i], expected[i].time, 0);
    }
    assert_true(book.time[5] > 11 && book.time[5] < 100);
    assert_near(book.time[6], floor(book.time[5]) + 1, 0);
    trial_close(&trial);
}

/* Of the nine events of that life three are the house's: in, breach, out. Moves have two ends: both
 * are the prison's too, with the four before and the way home, which is the region's with what
 * follows. */
static void
a_place_has_the_events_there_and_those_that_lead_away(void **state)
{
    static const struct {
        const char *of;
        int lines;
    } expected[] = {{"House", 3}, {"Prison", 7}, {"north", 2}};
    struct trial trial;
    struct book book;
    struct error err = {0};

    (void)state;
    trial_open_text(&trial, ONE_LIFE);
    uint64_t replication = tell_a_breach(&trial, &book);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(tell(&trial, expected[i].of, replication, 0, &book, &err), OK);
        assert_int_equal(book.lines, expected[i].lines);
    }
    assert_int_equal(
        tell(&trial, "stock/convicted/short.inside/Prison/fresh:0", replication, 0, &book, &err),
        OK);
    assert_int_equal(book.lines, 9);
    assert_int_equal(tell(&trial, NULL, replication, 2, &book, &err), OK); /* enough */
    assert_int_equal(book.lines, 2);
    trial_close(&trial);
}

static void
who_is_unknown_is_refused_in_one_line(void **state)
{
    static const char *const cases[][2] = {
        {"Prisom", "no facility, region or person is called 'Prisom'; did you mean 'Prison'?"},
        {"", "no facility, region or person is called ''; people are called like"},
        {"xyzzy:3", "no facility, region or person is called 'xyzzy:3'; people are called like"},
        {"short/north:0.5", "nobody called 'short/north:0.5' comes in replication 3"},
    };
    struct trial trial;
    struct book book;

    (void)state;
    trial_open_text(&trial, ONE_LIFE);
    for (int i = 0; i < 4; i++) {
        struct error err = {0};
        assert_int_equal(tell(&trial, cases[i][0], 3, 0, &book, &err), BAD_INPUT);
        if (strncmp(err.message, cases[i][1], strlen(cases[i][1])) != 0)
            fail_msg("%s", err.message);
        assert_int_equal(book.lines, 0);
    }
    trial_close(&trial);
}

/* Events by what they are and, of moves and exits, why. */
struct tally_of_told {
    const struct plan *plan;
    int64_t what[TRACES], moved[MOVES], released[64], place_waits;
};

static void
add_up(void *context, const struct site *site, const struct person *person, enum trace_what what,
       uint32_t detail, uint32_t from, ticks now)
{
    struct tally_of_told *tally = context;

    (void)site, (void)person, (void)from, (void)now;
    tally->what[what]++;
    if (what == TRACE_MOVED)
        tally->moved[detail]++;
    if (what == TRACE_RELEASED)
        tally->released[detail]++;
    if (what == TRACE_WAITS && detail == WAIT_DOOR)
        tally->place_waits++;
}

static int64_t
flow_of_all(const struct model *model, int flow)
{
    int64_t sum = 0;

    for (uint32_t i = 0; i < model->plan->sites; i++)
        sum += model->site[i].now.flow[flow];
    return sum;
}

static int64_t
total_of_all(const struct model *model, enum total total)
{
    int64_t sum = 0;

    for (uint32_t i = 0; i < model->plan->sites; i++)
        for (uint16_t c = 0; c < model->plan->classes; c++)
            sum += model->site[i].now.total[c * TOTALS + total];
    return sum;
}

static const char *const models[] = {
    "house.yaml",          "early.yaml",    "forensic.yaml", "door_closing.yaml",
    "unit_refuses.yaml",   "closing.yaml",  "small.yaml",    "refuse.yaml",
    "balance_passes.yaml", "measures.yaml", "law.yaml"};
#define MODELS (sizeof models / sizeof *models)

/* What is told is what is counted, in eleven scenarios with all kinds of moves. */
static void
events_are_told_as_often_as_they_are_counted(void **state)
{
    static const struct {
        enum trace_move why;
        int flow;
    } moves[] = {{MOVE_ALLOCATION, FLOW_TO_ALLOCATED},
                 {MOVE_HOUSE, FLOW_TO_HOUSE},
                 {MOVE_BALANCE, FLOW_BALANCE},
                 {MOVE_CENTRE, FLOW_TO_CENTRE},
                 {MOVE_CLOSING, FLOW_CLOSING}};
    static const struct {
        enum trace_what what;
        int flow;
    } pairs[] = {{TRACE_ARRIVED, FLOW_ARRIVED},   {TRACE_ENTERED, FLOW_ENTERED},
                 {TRACE_RETURNED, FLOW_RETURNED}, {TRACE_REFUSED, FLOW_REFUSED},
                 {TRACE_BREACH, FLOW_BREACH},     {TRACE_FREED, FLOW_EARLY}};
    int64_t seen[TRACES] = {0};

    (void)state;
    for (size_t m = 0; m < MODELS; m++) {
        struct trial trial;
        trial_open(&trial, models[m]);
        struct tally_of_told tally = {.plan = trial.plan};
        const struct trace trace = {add_up, &tally};
        trial.model->trace = &trace;
        trial_run(&trial, 1);
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
            assert_int_equal(tally.what[pairs[i].what], flow_of_all(trial.model, pairs[i].flow));
        for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
            assert_int_equal(tally.moved[moves[i].why], flow_of_all(trial.model, moves[i].flow));
        for (uint32_t exit = 0; exit < trial.plan->exits; exit++)
            assert_int_equal(tally.released[exit],
                             flow_of_all(trial.model, FLOWS_FIXED + (int)exit));
        assert_int_equal(tally.place_waits, flow_of_all(trial.model, FLOW_DOOR));
        assert_int_equal(tally.what[TRACE_THERE], total_of_all(trial.model, TOTAL_INITIAL));
        assert_true(tally.moved[MOVE_BREACH] <= tally.what[TRACE_BREACH]);
        for (int i = 0; i < TRACES; i++)
            seen[i] += tally.what[i];
        trial_close(&trial);
    }
    for (int i = 0; i < TRACES; i++)
        if (seen[i] == 0)
            fail_msg("event %d happens in none of these", i);
}

static void
same_values(const struct trial *a, const struct trial *b)
{
    const struct kept *one, *other;

    for (size_t i = 0; (one = record_kept(a->model, i)) != NULL; i++) {
        other = record_kept(b->model, i);
        size_t count = (size_t)a->plan->keep[one->variable.scope].rows * one->columns * one->width;
        if (one->mean != NULL)
            assert_memory_equal(one->mean, other->mean, count * sizeof *one->mean);
        else
            assert_memory_equal(one->count, other->count, count * sizeof *one->count);
    }
}

static void
who_listens_changes_nothing(void **state)
{
    (void)state;
    for (size_t m = 0; m < MODELS; m++) {
        struct trial alone, heard;
        trial_open(&alone, models[m]);
        trial_open(&heard, models[m]);
        struct tally_of_told tally = {.plan = heard.plan};
        const struct trace trace = {add_up, &tally};
        heard.model->trace = &trace;
        trial_run(&alone, 2);
        trial_run(&heard, 2);
        same_values(&alone, &heard);
        trial_close(&alone);
        trial_close(&heard);
    }
}

/* What a listener hears is called so, and is found again by that. */
static void
name_and_read_back(void *context, const struct site *site, const struct person *person,
                   enum trace_what what, uint32_t detail, uint32_t from, ticks now)
{
    const struct person_names *names = context;
    struct stream_name again;
    char text[256];

    (void)site, (void)what, (void)detail, (void)from, (void)now;
    assert_true(names->longest <= sizeof text);
    assert_true(person_name_read(names, person_name_write(names, person->name, text), &again));
    assert_true(again.source == person->name.source && again.number == person->name.number);
}

static void
everybody_is_found_by_their_name(void **state)
{
    static const char *const files[] = {"small.yaml", "come_back.yaml"};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct trial trial;
        struct person_names names;
        struct error err = {0};
        const struct trace trace = {name_and_read_back, &names};
        trial_open(&trial, files[i]);
        assert_int_equal(person_names_create(&names, trial.plan, &err), OK);
        trial.model->trace = &trace;
        trial_run(&trial, 0);
        person_names_free(&names);
        trial_close(&trial);
    }
}

static void
names_that_nobody_has_are_not_read(void **state)
{
    static const char *const wrong[] = {
        "",
        ":",
        "short/north",
        "short/north:",
        "short/north:1",
        "short/north:1.",
        "short/north:.1",
        "short/north:01.2",
        "short/north:1.02",
        "short/north:1.2x",
        "short/north:-1.2",
        "short/north: 1.2",
        "short/north:+1.2",
        "short/north:256.0",
        "short/north:1.281474976710656", /* 2^48 */
        "short/north:1.18446744073709551617",
        "Short/north:1.2",
        "stock/convicted/short.inside/Prison/fresh:1.2",
        "stock/convicted/short.inside/Prison/fresh:99999999999999999999"};
    struct trial trial;
    struct person_names names;
    struct error err = {0};
    struct stream_name name;
    char text[256];

    (void)state;
    trial_open_text(&trial, ONE_LIFE);
    assert_int_equal(person_names_create(&names, trial.plan, &err), OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (person_name_read(&names, wrong[i], &name))
            fail_msg("'%s' is read", wrong[i]);
    assert_true(person_name_read(&names, "short/north:3.17", &name));
    assert_int_equal(name.number, (uint64_t)3 << 48 | 17);
    assert_string_equal(person_name_write(&names, name, text), "short/north:3.17");
    person_names_free(&names);
    trial_close(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_life_is_told_as_it_is_written_out_by_hand),
        cmocka_unit_test(a_place_has_the_events_there_and_those_that_lead_away),
        cmocka_unit_test(who_is_unknown_is_refused_in_one_line),
        cmocka_unit_test(events_are_told_as_often_as_they_are_counted),
        cmocka_unit_test(who_listens_changes_nothing),
        cmocka_unit_test(everybody_is_found_by_their_name),
        cmocka_unit_test(names_that_nobody_has_are_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
