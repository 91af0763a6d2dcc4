/* Random numbers drawn anew for one purpose: what hangs on them moves, all else has the same bits.
 */

#include "tests/support.h"

#include "tests/models.h"

#include "models/plan/draws.h"

#include <stdlib.h>
#include <string.h>

#define COUNTRY                                                                                    \
    "%s\n"                                                                                         \
    "horizon: 2 y\n"                                                                               \
    "exits: [released, ended]\n"                                                                   \
    "facilities:\n"                                                                                \
    "  - {name: East, region: north, capacity: 60, entry: 1, posts: 30}\n"                         \
    "  - {name: West, region: north, capacity: 60, entry: 1}\n"                                    \
    "  - {name: House, kind: detention_house, region: north, capacity: 20}\n"                      \
    "  - {name: New, kind: detention_house, region: north, capacity: 10, project: {process: p, "   \
    "starts: 2026-01-01}}\n"                                                                       \
    "stages: {p: [{stage: works, party: agency, time: {exponential: {mean: 90 d}}}]}\n"            \
    "staff: {leavers: 1, recruiting: 60 d, absence: 0}\n"                                          \
    "pressure: {incidents: {base: 1 / y, grow: 1}}\n"                                              \
    "evaluation: {error: 20 %%, least_error: 5 %%, experience: 5 y}\n"                             \
    "drift: [{name: courts, classes: [arrested], yearly: 20 %%, return: 2 y}]\n"                   \
    "intake: [{class: arrested, region: north, rate: 300 / y},"                                    \
    " {class: called, region: north, rate: 60 / y}]\n"                                             \
    "classes: [{name: arrested, sentence: {lognormal: {mean: 8 mo, cv: 0.8}}}]\n"                  \
    "people: {women: 30 %%}\n"                                                                     \
    "uncertain: {people.women: {uniform: {low: 20 %%, high: 40 %%}}}\n"                            \
    "stock: [{status: remand, count: 40}, {status: convicted, count: 40}]\n"                       \
    "house_selection: {suitable: 60 %%, screening: {exponential: {mean: 10 d}}, breach: 40 %%,\n"  \
    "  breach_unmatched: 1, hand_off: {exponential: {mean: 5 d}}, most_sentence: 10 y, "           \
    "least_stay: 1 d}\n"                                                                           \
    "measures: [{name: early, classes: [arrested], from: 2026-06-01, forward: 30 d, uptake: 50 "   \
    "%%},"                                                                                         \
    " {name: later, kind: postpone, classes: [called], from: 2026-02-01, until: 2026-06-01, "      \
    "never: 50 %%, exit: ended}]\n"                                                                \
    "pathways:\n"                                                                                  \
    "  arrested:\n"                                                                                \
    "    - {phase: remand, status: remand, stay: {exponential: {mean: 40 d}},\n"                   \
    "       then: {sentence: 0.6, released: 0.4}}\n"                                               \
    "    - {phase: sentence, status: convicted, serve: all, then: {released: 0.5, ended: 0.5}}\n"  \
    "  called: [{phase: short, status: convicted, stay: {exponential: {mean: 20 d}}, then: "       \
    "{released: 1}}]\n"                                                                            \
    "record: [{place: nation, tick: day}, {place: facility, tick: day}]\n"

/* What the numbers of a purpose move, and what they must leave alone though it looks near. */
static const struct {
    enum purpose purpose;
    const char *word, *moves;
    const char *stays[3];
    const char *with; /* a line of the scenario, for this one alone */
} rows[] = {
    {DRAW_ARRIVAL, "arrival", "arrivals", {"intake_drift"}, NULL},
    {DRAW_ATTRIBUTES, "attributes", "women", {"arrivals", "facility_entries"}, NULL},
    {DRAW_STAY, "stay", "population", {"arrivals", "total_arrived", "intake_drift"}, NULL},
    {DRAW_NEXT, "next", "releases", {"arrivals", "facility_entries", "intake_drift"}, NULL},
    {DRAW_COURT, "court", "facility_entries", {"arrivals", "population", "releases"}, NULL},
    {DRAW_SCREENING, "screening", "moves_house", {"arrivals", "facility_entries"}, NULL},
    {DRAW_BREACH, "breach", "breaches", {"arrivals", "facility_entries", "population"}, NULL},
    {DRAW_HAND_OFF, "hand_off", "vacating", {"arrivals", "facility_entries", "population"}, NULL},
    {DRAW_UPTAKE, "uptake", "early_releases", {"arrivals", "facility_entries"}, NULL},
    {DRAW_STOCK, "stock", "population", {"arrivals", "facility_entries", "intake_drift"}, NULL},
    {DRAW_DRIFT, "drift", "intake_drift", {"total_initial"}, NULL},
    {DRAW_UNCERTAIN, "uncertain", "women", {"arrivals", "facility_entries", "intake_drift"}, NULL},
    {DRAW_PROJECT,
     "project",
     "projects_opened",
     {"arrivals", "facility_entries", "population"},
     NULL},
    {DRAW_INCIDENT, "incident", "incidents", {"arrivals", "population", "staff_left"}, NULL},
    {DRAW_STAFF, "staff", "staff_in_service", {"arrivals", "population", "incidents"}, NULL},
    {DRAW_POSTPONED, "postponed", "releases", {"arrivals", "total_arrived", "intake_drift"}, NULL},
    {DRAW_PROSPECT, "prospect", "wrongly_refused", {"arrivals", "screened", "population"}, NULL},
    {DRAW_COME_BACK,
     "come_back",
     "came_back",
     {"intake_drift", "total_initial"},
     "come_back: [{name: all, chance: 30 %, delay: {exponential: {mean: 60 d}}}]\n"
     "intake_counts: total\n"},
};
#define ROWS (sizeof rows / sizeof *rows)

/* Is SERIES (facility_: of East) in every row of both the same? */
static bool
same_series(const struct trial *a, const struct trial *b, const char *series)
{
    bool facility = strncmp(series, "facility_", 9) == 0;
    int place = facility ? AT_FACILITY : AT_NATION;
    const char *name = facility ? series + 9 : series;
    const struct kept *kept = trial_kept(a, place, name);

    for (int32_t day = 0; day < a->plan->result_days; day++)
        for (uint32_t k = 0; k < kept->width; k++)
            if (trial_at(a, place, 0, name, k, day) != trial_at(b, place, 0, name, k, day))
                return false;
    return true;
}

static void
one_purpose_is_drawn_anew_and_no_other(void **state)
{
    struct trial base;

    (void)state;
    assert_int_equal(ROWS, PURPOSES - 1);
    trial_open_text(&base, COUNTRY, "");
    trial_run(&base, 3);
    for (size_t i = 0; i < ROWS; i++) {
        struct trial varied, own = {0};
        const char *with = rows[i].with != NULL ? rows[i].with : "";
        char vary[256];
        snprintf(vary, sizeof vary, "%svary: [%s]", with, rows[i].word);
        trial_open_text(&varied, COUNTRY, vary);
        trial_run(&varied, 3);
        if (rows[i].with != NULL) {
            trial_open_text(&own, COUNTRY, with);
            trial_run(&own, 3);
        }
        const struct trial *as_before = rows[i].with != NULL ? &own : &base;
        if (same_series(as_before, &varied, rows[i].moves))
            fail_msg("vary: [%s] moves no %s", rows[i].word, rows[i].moves);
        for (size_t n = 0; n < 3 && rows[i].stays[n] != NULL; n++)
            if (!same_series(as_before, &varied, rows[i].stays[n]))
                fail_msg("vary: [%s] moves %s", rows[i].word, rows[i].stays[n]);
        trial_close(&varied);
        if (rows[i].with != NULL)
            trial_close(&own);
    }
    trial_close(&base);
}

/* Of every purpose but those named the first numbers are the same, in the world that the stock
 * comes from too. */
static void
streams_of_other_purposes_are_the_same(void **state)
{
    const struct stream_name who = {17, 4};
    struct trial base, varied;

    (void)state;
    trial_open_text(&base, COUNTRY, "");
    trial_open_text(&varied, COUNTRY, "vary: [stay, breach]");
    for (int purpose = 1; purpose < PURPOSES; purpose++) {
        struct stream a = plan_stream(base.plan, 2, (enum purpose)purpose, who, 1);
        struct stream b = plan_stream(varied.plan, 2, (enum purpose)purpose, who, 1);
        struct stream world = plan_stream(varied.plan->world, 2, (enum purpose)purpose, who, 1);
        uint64_t first = stream_next(&b);
        bool anew = purpose == DRAW_STAY || purpose == DRAW_BREACH;
        assert_true((stream_next(&a) != first) == anew);
        assert_true(stream_next(&world) == first);
    }
    trial_close(&base);
    trial_close(&varied);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_purpose_is_drawn_anew_and_no_other),
        cmocka_unit_test(streams_of_other_purposes_are_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
