#include "check_pathways.h"

#include "models/scenario/suggest.h"

#include "sim/engine/ticks.h"

#include <stdio.h>
#include <string.h>

#define PATH 256

/* Whether TARGET may be an exit or a phase whose own name could not be read. */
static bool
targets_suspect(const struct scenario *scenario, size_t class, const char *target)
{
    const char *dot = strchr(target, '.');
    bool suspect = node_faulty(scenario->node, "exits");

    for (size_t i = 0; i < scenario->pathways.count; i++) {
        const struct objects *phases = &scenario->pathways.list[i];
        const struct phase_object *rows = phases->item;
        for (size_t p = 0; (dot != NULL || i == class) && p < phases->count; p++)
            suspect |= rows[p].phase == NULL;
    }
    return suspect;
}

static void
check_target(struct scenario *scenario, size_t class, const struct node *node, const char *path,
             const char *target)
{
    const struct objects *phases = &scenario->pathways.list[class];
    const struct phase_object *rows = phases->item;
    struct target found;
    size_t count = 0;

    if (target == NULL || scenario_target(scenario, class, target, &found) ||
        targets_suspect(scenario, class, target))
        return;
    const char **names =
        tree_allocate(&scenario->tree, (phases->count + scenario->exits.count) * sizeof *names);
    for (size_t i = 0; names != NULL && i < phases->count; i++)
        if (rows[i].phase != NULL)
            names[count++] = rows[i].phase;
    for (size_t i = 0; names != NULL && i < scenario->exits.count; i++)
        names[count++] = scenario->exits.name[i];
    const char *near = suggest(target, names, count);
    if (near != NULL)
        faults_add(scenario_faults(scenario), node_at(node), path,
                   "no phase or exit is called '%.60s'; did you mean '%s'?", target, near);
    else
        faults_add(scenario_faults(scenario), node_at(node), path,
                   "no phase or exit is called '%.60s'; name a phase of this class, class.phase "
                   "or one of exits",
                   target);
}

bool
class_has_sentence(const struct scenario *scenario, const char *class)
{
    const struct class_object *rows = scenario->classes.item;

    for (size_t i = 0; i < scenario->classes.count; i++)
        if (rows[i].name != NULL && strcmp(rows[i].name, class) == 0)
            return node_find(rows[i].node, "sentence") != NULL;
    return false;
}

/* Does an intake bring CLASS straight to a facility? */
static bool
enters_a_facility(const struct scenario *scenario, const char *class)
{
    const struct intake_object *rows = scenario->intake.item;

    for (size_t i = 0; i < scenario->intake.count; i++)
        if (rows[i].facility != NULL && rows[i].class != NULL && strcmp(rows[i].class, class) == 0)
            return true;
    return false;
}

/* Do all of the ways on from ROW have a stay of their own? */
static bool
all_ways_stay(const struct phase_object *row)
{
    const struct stay_object *stays = row->stays.item;
    size_t with = 0;

    for (size_t i = 0; i < row->then.count; i++)
        for (size_t n = 0; n < row->stays.count; n++)
            if (stays[n].way != NULL && strcmp(stays[n].way, row->then.name[i]) == 0) {
                with++;
                break;
            }
    return with == row->then.count && with > 0;
}

/* Stays by the way on. */
static void
check_stays(struct scenario *scenario, const struct phase_object *row, const char *path)
{
    const struct stay_object *stays = row->stays.item;
    struct faults *faults = scenario_faults(scenario);
    const struct node *list = node_find(row->node, "stays");

    for (size_t n = 0; n < row->stays.count; n++) {
        size_t i = 0;
        if (stays[n].way == NULL || stays[n].node == NULL)
            continue;
        while (i < row->then.count && strcmp(row->then.name[i], stays[n].way) != 0)
            i++;
        if (i == row->then.count && row->then.count > 0)
            faults_add(faults, node_at(node_where(stays[n].node, "way")), path,
                       "'%.60s' is no way on from this phase; give one of then", stays[n].way);
        for (size_t m = 0; m < n; m++)
            if (stays[m].way != NULL && strcmp(stays[m].way, stays[n].way) == 0)
                faults_add(faults, node_at(node_where(stays[n].node, "way")), path,
                           "the way %.60s has a stay already", stays[n].way);
    }
    if (row->stays.count > 0 && (row->serve != SERVE_NOTHING || row->desk != NULL))
        faults_add(
            faults, node_at(list), path,
            "a phase that serves or is done at a desk has its length from that, whatever way "
            "follows");
    else if (row->stays.count > 0 && row->stay == NULL && !all_ways_stay(row) &&
             !node_faulty(row->node, "stay") && !node_faulty(row->node, "then"))
        faults_add(faults, node_at(list), path,
                   "stay is missing: for those of then that have none here");
}

/* What gives the phase its length: exactly one of three. */
static void
check_length(struct scenario *scenario, size_t class, const struct phase_object *row,
             const struct known *desks, const char *path)
{
    bool by_way = row->stays.count > 0 && row->serve == SERVE_NOTHING && row->desk == NULL;
    int lengths = (node_find(row->node, "stay") != NULL || by_way) +
                  (row->serve != SERVE_NOTHING || node_faulty(row->node, "serve")) +
                  (node_find(row->node, "desk") != NULL);

    if (lengths != 1 && !node_faulty(row->node, "then"))
        faults_add(scenario_faults(scenario), node_at(row->node), path,
                   "needs one of stay, serve and desk, has %d", lengths);
    if (row->serve != SERVE_NOTHING && !node_faulty(scenario->node, "classes") &&
        !class_has_sentence(scenario, scenario->pathways.name[class]))
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, "serve")), path,
                   "class %s has no sentence to serve; give it one under classes",
                   scenario->pathways.name[class]);
    if (row->desk != NULL && desks->count == 0 && !node_faulty(scenario->node, "desks"))
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, "desk")), path,
                   "no desk is called '%.60s': desks: lists none", row->desk);
    else
        known_require(scenario, node_where(row->node, "desk"), path, row->desk, desks);
}

/* No other phase of the class and no exit is called as the phase AT of ROWS. */
static void
check_phase_name(struct scenario *scenario, const struct phase_object *rows, size_t at,
                 const char *path)
{
    const struct phase_object *row = &rows[at];

    for (size_t i = 0; i < at; i++)
        if (row->phase != NULL && rows[i].phase != NULL && strcmp(rows[i].phase, row->phase) == 0)
            faults_add(scenario_faults(scenario), node_at(node_where(row->node, "phase")), path,
                       "another phase is called '%.60s'", row->phase);
    for (size_t i = 0; row->phase != NULL && i < scenario->exits.count; i++)
        if (strcmp(scenario->exits.name[i], row->phase) == 0)
            faults_add(scenario_faults(scenario), node_at(node_where(row->node, "phase")), path,
                       "an exit is called '%.60s' too, and what leads there would not say which; "
                       "give one another name",
                       row->phase);
}

/* Where the phase happens, and what follows where it has no room. */
static void
check_phase_facility(struct scenario *scenario, size_t class, const struct phase_object *row,
                     bool first, const struct known *facilities, const char *path)
{
    known_require(scenario, node_where(row->node, "facility"), path, row->facility, facilities);
    check_target(scenario, class, node_where(row->node, "refused"), path, row->refused);
    if (row->refused != NULL && row->facility == NULL &&
        (!first || !enters_a_facility(scenario, scenario->pathways.name[class])))
        faults_warn(scenario_faults(scenario), node_at(node_where(row->node, "refused")), path,
                    "nothing reads refused: the phase has no facility");
    if (row->facility != NULL && row->where != PHASE_INSIDE)
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, "place")), path,
                   "a phase in a facility is inside");
}

static void
check_phase(struct scenario *scenario, size_t class, const struct phase_object *rows, size_t at,
            const struct known *desks, const struct known *facilities, const char *path)
{
    const struct phase_object *row = &rows[at];
    const struct node *then = node_find(row->node, "then");

    if (row->stays.count > 0)
        check_stays(scenario, row, path);
    check_length(scenario, class, row, desks, path);
    check_phase_name(scenario, rows, at, path);
    check_phase_facility(scenario, class, row, at == 0, facilities, path);
    if (row->then.count > MOST_SHARES)
        faults_add(scenario_faults(scenario), node_at(then), path,
                   "%zu ways on are too many: at most %d", row->then.count, MOST_SHARES);
    if (row->clocks.count > MOST_CLOCKS)
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, "clocks")), path,
                   "%zu clocks are too many: at most %d", row->clocks.count, MOST_CLOCKS);
    for (size_t i = 0; i < row->then.count; i++)
        check_target(scenario, class, then->key[i], path, row->then.name[i]);
    const struct clock_object *clocks = row->clocks.item;
    for (size_t i = 0; i < row->clocks.count; i++)
        check_target(scenario, class, node_where(clocks[i].node, "to"), path, clocks[i].to);
}

/* Times are whole ticks: what is shorter than a tick in the mean is mostly no time at all, and in a
 * round no time that anybody means. */
static bool
is_no_time(const struct distribution *stay)
{
    return stay != NULL && distribution_mean(stay) < 1.0 / (double)TICKS_PER_DAY;
}

/* A case may take no time where it is done at once: at a desk without a limit, or at the
 * facility's own. What the round serves waits for it. */
static bool
desk_takes_no_time(const struct scenario *scenario, const char *name)
{
    const struct desk_object *desk = scenario->desks.item;

    for (size_t i = 0; i < scenario->desks.count; i++)
        if (desk[i].name != NULL && strcmp(desk[i].name, name) == 0)
            return (desk[i].places == 0 || desk[i].serves == SERVES_FACILITY) &&
                   is_no_time(desk[i].time);
    return false;
}

/* A phase that may take no time at all: it serves a part of the sentence that is already served, or
 * its stay or its desk takes none. */
static bool
takes_no_time(const struct scenario *scenario, const struct phase_object *row)
{
    if (row->serve != SERVE_NOTHING)
        return true;
    return row->desk != NULL ? desk_takes_no_time(scenario, row->desk) : is_no_time(row->stay);
}

/* The search for rounds: each phase is new, being followed, or done (depth first, Tarjan 1972). */
struct rounds {
    struct scenario *scenario;
    size_t *first; /* of a class among all phases */
    enum { NEW, FOLLOWED, DONE } * state;
};

static void follow_phase(struct rounds *rounds, size_t class, size_t at);

static void
refuse_round(const struct rounds *rounds, size_t class, size_t at, const char *target,
             const struct node *node)
{
    char path[PATH];

    snprintf(path, sizeof path, "pathways.%.60s[%zu]", rounds->scenario->pathways.name[class], at);
    faults_add(scenario_faults(rounds->scenario), node_at(node), path,
               "leads round to '%.60s' without taking time; give a phase between a stay", target);
}

/* From a phase to TARGET without taking time; NODE says so in the scenario. */
static void
follow_way(struct rounds *rounds, size_t class, size_t at, const char *target,
           const struct node *node)
{
    struct target next;

    if (target == NULL || !scenario_target(rounds->scenario, class, target, &next) || next.exit)
        return;
    if (rounds->state[rounds->first[next.class] + next.phase] != FOLLOWED) {
        follow_phase(rounds, next.class, next.phase);
        return;
    }
    refuse_round(rounds, class, at, target, node);
}

static void
follow_phase(struct rounds *rounds, size_t class, size_t at)
{
    const struct object_map *pathways = &rounds->scenario->pathways;
    const struct phase_object *row = (const struct phase_object *)pathways->list[class].item + at;
    const struct clock_object *clocks = row->clocks.item;
    size_t here = rounds->first[class] + at;

    if (rounds->state[here] == DONE || row->node == NULL)
        return;
    rounds->state[here] = FOLLOWED;
    bool ends_first = row->desk == NULL && is_no_time(row->stay); /* before any clock rings */
    for (size_t i = 0; takes_no_time(rounds->scenario, row) && i < row->then.count; i++)
        if (row->then.share[i] > 0)
            follow_way(rounds, class, at, row->then.name[i], node_where(row->node, "then"));
    for (size_t i = 0; !ends_first && i < row->clocks.count; i++)
        if (is_no_time(clocks[i].after))
            follow_way(rounds, class, at, clocks[i].to, node_where(clocks[i].node, "to"));
    rounds->state[here] = DONE;
}

/* People must not go round in no time. */
static void
check_rounds(struct scenario *scenario)
{
    const struct object_map *pathways = &scenario->pathways;
    struct rounds rounds = {.scenario = scenario};
    size_t phases = 0;

    rounds.first = tree_allocate(&scenario->tree, (pathways->count + 1) * sizeof *rounds.first);
    for (size_t i = 0; rounds.first != NULL && i < pathways->count; i++) {
        rounds.first[i] = phases;
        phases += pathways->list[i].count;
    }
    if (phases > MOST_PHASES) /* too deep to follow; check_limits says so */
        return;
    rounds.state = tree_allocate(&scenario->tree, (phases + 1) * sizeof *rounds.state);
    if (rounds.first == NULL || rounds.state == NULL)
        return;
    for (size_t pathway = 0; pathway < pathways->count; pathway++)
        for (size_t i = 0; i < pathways->list[pathway].count; i++)
            follow_phase(&rounds, pathway, i);
}

void
check_pathways(struct scenario *scenario, const struct known *desks, const struct known *facilities)
{
    for (size_t pathway = 0; pathway < scenario->pathways.count; pathway++) {
        const struct objects *phases = &scenario->pathways.list[pathway];
        if (phases->count == 0)
            faults_add(scenario_faults(scenario), node_at(scenario->node), "pathways",
                       "%s has no phase", scenario->pathways.name[pathway]);
        for (size_t i = 0; i < phases->count; i++) {
            char path[PATH];
            const struct phase_object *rows = phases->item;
            snprintf(path, sizeof path, "pathways.%.60s[%zu]", scenario->pathways.name[pathway], i);
            if (rows[i].node == NULL)
                continue;
            check_phase(scenario, pathway, rows, i, desks, facilities, path);
        }
    }
    check_rounds(scenario);
}
