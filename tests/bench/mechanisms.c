/* What each mechanism costs: Belgium with it beside Belgium without, an event and a replication. */

#include "subject.h"

#include "sim/engine/engine.h"

/* Lines of an overlay: below `add`, below `set`, and on their own. */
struct mechanism {
    const char *name, *add, *set, *rest;
};

static const struct mechanism mechanisms[] = {
    {.name = "drift",
     .rest = "drift: [{name: courts, classes: [arrested, called_short, called_long], yearly: 9 %, "
             "return: 5 y}]\n"},
    {.name = "uncertain",
     .rest = "uncertain:\n"
             "  'intake[arrested].rate': {times: {lognormal: {mean: 1, cv: 0.05}}}\n"
             "  'intake[recalled].rate': {times: {lognormal: {mean: 1, cv: 0.1}}}\n"
             "  house_selection.suitable: {triangular: {low: 15 %, mode: 25 %, high: 35 %}}\n"
             "  house_selection.screening.exponential.mean: {uniform: {low: 20 d, high: 40 d}}\n"},
    {.name = "projects",
     .add =
         "    - {name: New house, copies: 20, kind: detention_house, region: north, "
         "capacity: 30, posts: 20, project: {process: usual, starts: 2026-01-01, ramp_up: "
         "[{after: 0 d, share: 20 %}, {after: 1 y, share: 100 %}], funding: {term: 4 y, renewal: "
         "80 %, notice: 6 mo}, cost: 4000000}}\n",
     .rest = "hand_over: {exponential: {mean: 40 d}}\n"
             "coordination: {level: 0.5, hand_overs: 60 %, failures: 50 %}\n"
             "stages: {usual: [{stage: permit, party: town, time: {exponential: {mean: 9 mo}}, "
             "fails: 20 %, on_failure: permit}, {stage: works, party: agency, time: {gamma: {mean: "
             "2 y, cv: 0.3}}}]}\n"},
    {.name = "measures of eight kinds",
     .add = "    - {name: Rented, kind: rented, region: north, capacity: 500}\n",
     .rest =
         "measures:\n"
         "  - {name: early, forward: 6 mo, statuses: [convicted], looks_at: above_capacity, on: "
         "1500, off: 1200, uptake: 80 %, a_day: 20}\n"
         "  - {name: leave, kind: extended_leave, in_turn: yes, turn: 7 d, at_once: 300, order: "
         "longest_served, uptake: 70 %, statuses: [convicted], from: 2026-01-01, called_back: "
         "yes}\n"
         "  - {name: later, kind: postpone, classes: [called_short], from: 2026-01-01, until: "
         "2028-01-01, a_day: 3}\n"
         "  - {name: bracelets, kind: electronic_monitoring, at_once: 1800, most_left: 6 mo, "
         "called_back: no, statuses: [convicted], from: 2027-01-01, cost_day: 1000, "
         "cost_person_day: 12}\n"
         "  - {name: abroad, kind: transfer_out, to: Rented, least_left: 6 mo, statuses: "
         "[convicted], from: 2026-06-01, called_back: yes}\n"
         "  - {name: beds, kind: extra_beds, beds: 300, looks_at: floor_sleepers, on: 300, off: "
         "100, on_days: 3, of_days: 7}\n"
         "  - {name: stop, kind: entry_stop, facility: Antwerpen, on: 150 %, off: 140 %}\n"
         "  - {name: grace, kind: pardon, from: 2028-07-21, forward: 2 mo, most_sentence: 3 "
         "y}\n"},
    {.name = "pressure and staff",
     .set = "  facilities[*].posts: 200\n",
     .rest = "pressure: {incidents: {base: 0.5 / y, grow: 2}, procedures: {pressure: 0.6, vacancy: "
             "0.3}, activities: {pressure: 0.5, vacancy: 0.8}}\n"
             "staff: {at_start: 85 %, leavers: 15 %, leavers_pressure: 1, recruiting: 5 mo, "
             "absence: 10 %, absence_pressure: 0.2, least_share: 60 %}\n"
             "strikes: [{from: 2026-02-10, until: 2026-02-12, share: 40 %}]\n"},
    {.name = "return",
     .rest =
         "intake_counts: total\n"
         "come_back: [{name: all, chance: 44.1 %, exits: [conditional_release, end_of_sentence, "
         "monitored_to_the_end], house: 0.85, home: 0.5, delay: {lognormal: {mean: 795 d, cv: "
         "0.92}}, ages: {under_25: 1, 25_34: 0.8, 35_49: 0.5, 50_59: 0.3, 60_over: 0.24}}]\n"},
    {.name = "cap and evaluation",
     .rest = "cap_from: 2026-01-01\n"
             "evaluation: {from: 2026-06-01, error: 30 %, least_error: 8 %, experience: 40 y, "
             "breach: 3}\n"},
    {.name = "cost",
     .set = "  facilities[*].cost_day: 20000\n  facilities[*].cost_person_day: 40\n"},
    {.name = "feedback",
     .rest = "feedback: [{name: courts, classes: [arrested], acts_on: intake, at: 120 %, slope: "
             "-0.2, least: 0.9, most: 1.1}]\n"},
    {.name = "laws",
     .rest = "law:\n"
             "  - {name: code, from: 2026-04-08, reaches: both, set: "
             "{'pathways.arrested[remand].stay': {times: 0.9}, 'classes[arrested].served': {times: "
             "0.9}}}\n"
             "  - {name: later, from: 2028-01-01, reaches: new, set: "
             "{'desks[sentence_court].time': {times: 0.8}}}\n"},
};
#define MECHANISMS (sizeof mechanisms / sizeof *mechanisms)

/* The lines below KEY of all COUNT; nothing where none has any. */
static void
write_below(FILE *file, const char *key, const struct mechanism *mechanism, size_t count)
{
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        const char *lines = key[0] == 'a' ? mechanism[i].add : mechanism[i].set;
        if (lines != NULL)
            fprintf(file, "%s%s", any ? "" : key, lines);
        any |= lines != NULL;
    }
}

/* Belgium with MECHANISM [COUNT]. */
static void
open_with(struct subject *subject, const struct mechanism *mechanism, size_t count)
{
    char *lines = NULL;
    size_t size;
    FILE *file = open_memstream(&lines, &size);

    if (file == NULL)
        abort();
    fputs("extends: baseline.yaml\n", file);
    for (size_t i = 0; i < count; i++)
        fputs(mechanism[i].rest != NULL ? mechanism[i].rest : "", file);
    write_below(file, "add:\n  facilities:\n", mechanism, count);
    write_below(file, "set:\n", mechanism, count);
    fclose(file);
    const struct scenario_text text = {"with.yaml", lines, size};
    subject_open(subject, &(struct scenario_source){
                              .file = BELGIUM_FOLDER "with.yaml", .text = &text, .texts = 1});
    free(lines);
}

struct timed {
    double event[MOST_REPEATS];       /* CPU ns */
    double replication[MOST_REPEATS]; /* CPU ms */
};

static void
time_replications(struct timed *timed, int turn, struct subject *subject, int count)
{
    double start = cpu_seconds();
    uint64_t events = 0;

    for (int r = 0; r < count; r++) {
        if (model_run(subject->model, (uint64_t)(turn * count + r), NULL) != OK)
            abort();
        events += engine_events(subject->model->engine);
    }
    double seconds = cpu_seconds() - start;
    timed->event[turn] = seconds / (double)events * 1e9;
    timed->replication[turn] = seconds / count * 1e3;
}

static void
bench_with(const char *name, const struct mechanism *mechanism, size_t among)
{
    struct subject without, with;
    struct timed bare, own;
    int count = bench_quick ? 1 : 4;
    char title[64];

    subject_open(&without, &(struct scenario_source){.file = BELGIUM});
    open_with(&with, mechanism, among);
    for (int turn = 0; turn < bench_repeats; turn++) {
        time_replications(&bare, turn, &without, count);
        time_replications(&own, turn, &with, count);
    }
    snprintf(title, sizeof title, "Belgium with %s", name);
    bench_pair(title, "ns an event", bare.event, own.event, "");
    bench_pair(title, "ms a replication", bare.replication, own.replication, "");
    subject_close(&without);
    subject_close(&with);
}

void
bench_mechanisms(void)
{
    for (size_t i = 0; i < MECHANISMS; i++)
        bench_with(mechanisms[i].name, &mechanisms[i], 1);
    bench_with("all of them", mechanisms, MECHANISMS);
}
