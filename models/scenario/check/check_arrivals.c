#include "check_arrivals.h"

#include "check_pathways.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH 256

#define DRIFT_WIDEST 2.0 /* a factor of 7 to either side */

/* What tells one row of a list from the others. */
struct tuple {
    const char *part[6];
    const struct node *node;
    size_t row;
};

static int
by_parts(const void *left, const void *right)
{
    const struct tuple *a = left, *b = right;

    for (size_t i = 0; i < sizeof a->part / sizeof *a->part; i++) {
        int order = strcmp(a->part[i] ? a->part[i] : "", b->part[i] ? b->part[i] : "");
        if (order != 0)
            return order;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Rows that say the same twice: PARTS are those of another row of LIST; add up what they give. */
static void
check_again(struct scenario *scenario, struct tuple *tuple, size_t count, const char *list,
            const char *parts, const char *what)
{
    size_t first = 0;

    if (count > 1)
        qsort(tuple, count, sizeof *tuple, by_parts);
    for (size_t i = 1; i < count; i++) {
        struct tuple same = tuple[i];
        char path[PATH];
        same.row = tuple[first].row;
        if (by_parts(&same, &tuple[first]) != 0) {
            first = i;
            continue;
        }
        snprintf(path, sizeof path, "%s[%zu]", list, tuple[i].row);
        faults_add(scenario_faults(scenario), node_at(tuple[i].node), path,
                   "%s are those of %s[%zu]; add their %s", parts, list, tuple[first].row, what);
    }
}

void
check_intake(struct scenario *scenario, const struct known *regions, const struct known *classes,
             const struct known *facilities)
{
    const struct intake_object *rows = scenario->intake.item;
    struct tuple *tuple = tree_allocate(&scenario->tree, scenario->intake.count * sizeof *tuple);
    size_t tuples = 0;

    for (size_t i = 0; i < scenario->intake.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "intake[%zu]", i);
        known_require(scenario, node_where(rows[i].node, "class"), path, rows[i].class, classes);
        known_require(scenario, node_where(rows[i].node, "region"), path, rows[i].region, regions);
        known_require(scenario, node_where(rows[i].node, "facility"), path, rows[i].facility,
                      facilities);
        if (tuple != NULL && rows[i].class != NULL && rows[i].region != NULL)
            tuple[tuples++] =
                (struct tuple){{rows[i].class, rows[i].region, rows[i].facility}, rows[i].node, i};
    }
    check_again(scenario, tuple, tuples, "intake", "class, region and facility", "rates");
}

/* The class NAME of ROW is one of CLASSES, and no earlier row or place of the list has it; SEEN
 * holds 1 + the row that has a class. */
static void
check_drift_class(struct scenario *scenario, size_t row, size_t place, const struct known *classes,
                  size_t *seen)
{
    const struct drift_object *rows = scenario->drift.item;
    const char *name = rows[row].classes.name[place];
    const struct node *node = node_where(rows[row].node, "classes");
    size_t of_class = known_index(classes, name);
    char path[PATH];

    snprintf(path, sizeof path, "drift[%zu].classes", row);
    known_require(scenario, node, path, name, classes);
    if (of_class == SIZE_MAX)
        return;
    if (seen[of_class] > 0)
        faults_add(scenario_faults(scenario), node_at(node), path,
                   "%.60s wanders with drift[%zu] already; a class has one drift", name,
                   seen[of_class] - 1);
    seen[of_class] = row + 1;
}

void
check_drift(struct scenario *scenario, const struct known *classes)
{
    const struct drift_object *rows = scenario->drift.item;
    size_t *seen = tree_allocate(&scenario->tree, (classes->count + 1) * sizeof *seen);

    if (seen == NULL)
        return;
    memset(seen, 0, (classes->count + 1) * sizeof *seen);
    for (size_t i = 0; i < scenario->drift.count; i++) {
        if (rows[i].node == NULL)
            continue;
        for (size_t n = 0; n < rows[i].classes.count; n++)
            check_drift_class(scenario, i, n, classes, seen);
        double spread = rows[i].yearly * sqrt(rows[i].back / 365.25 / 2);
        if (!node_faulty(rows[i].node, "yearly") && !node_faulty(rows[i].node, "return") &&
            spread > DRIFT_WIDEST) {
            char path[PATH];
            snprintf(path, sizeof path, "drift[%zu].yearly", i);
            faults_add(
                scenario_faults(scenario), node_at(node_where(rows[i].node, "yearly")), path,
                "with this return the logarithm of the intake spreads by %.3g in the end (yearly x "
                "the square root of return / 2, in years): at most %g",
                spread, DRIFT_WIDEST);
        }
    }
}

/* Somebody of the stock must be in some phase: one inside with the status (and of the class). */
static bool
has_phase(const struct scenario *scenario, const struct stock_object *row)
{
    for (size_t pathway = 0; pathway < scenario->pathways.count; pathway++) {
        const struct phase_object *phase = scenario->pathways.list[pathway].item;
        if (row->class != NULL && strcmp(row->class, scenario->pathways.name[pathway]) != 0)
            continue;
        for (size_t i = 0; i < scenario->pathways.list[pathway].count; i++)
            if (phase[i].status == row->status && phase[i].where == PHASE_INSIDE)
                return true;
    }
    return false;
}

/* Time spent or left, as counted: of one phase, which for time spent has a stay and nothing that
 * may end it before. */
static void
check_time_counted(struct scenario *scenario, const struct stock_object *row, const char *path)
{
    struct faults *faults = scenario_faults(scenario);
    const char *field = row->spent != NULL ? "spent" : "left";
    const struct node *at = node_where(row->node, field);
    size_t class;
    struct target phase;

    if (row->spent == NULL && row->left == NULL)
        return;
    if (row->spent != NULL && row->left != NULL)
        faults_add(faults, node_at(at), path, "give spent or left, not both: the other follows");
    if (row->fresh)
        faults_add(faults, node_at(at), path, "%s of people who are fresh? leave one of them out",
                   field);
    if (row->phase == NULL && !node_faulty(row->node, "phase")) {
        faults_add(faults, node_at(at), path, "%s is of one phase: name its class and phase",
                   field);
        return;
    }
    if (row->spent == NULL || scenario_class(scenario, row->class, &class) == NULL ||
        !scenario_target(scenario, class, row->phase, &phase) || phase.exit)
        return;
    const struct phase_object *of =
        (const struct phase_object *)scenario->pathways.list[phase.class].item + phase.phase;
    if (of->stay == NULL || of->stays.count > 0 || of->clocks.count > 0)
        faults_add(
            faults, node_at(at), path,
            "spent needs a phase with one stay and no clocks, of which what is left follows; "
            "give left");
    else if (row->left == NULL &&
             distribution_survival(of->stay, distribution_quantile(row->spent, 1 - 1e-9)) <= 0)
        faults_add(faults, node_at(at), path,
                   "some have spent %.4g d, and no stay of this phase is longer; look at both",
                   distribution_quantile(row->spent, 1 - 1e-9));
}

/* What a row says beside its phase and its facility is what these say. */
static void
check_stock_agrees(struct scenario *scenario, const struct known *facilities)
{
    const struct stock_object *rows = scenario->stock.item;
    const struct facility_object *facility = scenario->facilities.item;
    struct faults *faults = scenario_faults(scenario);

    for (size_t i = 0; i < scenario->stock.count; i++) {
        const struct stock_object *row = &rows[i];
        size_t at = known_index(facilities, row->facility);
        size_t class;
        struct target target;
        char path[PATH];
        snprintf(path, sizeof path, "stock[%zu]", i);
        if (row->node == NULL || row->node->faulty)
            continue;
        if (at != SIZE_MAX && row->region != NULL && facility[at].region != NULL &&
            strcmp(row->region, facility[at].region) != 0)
            faults_add(faults, node_at(node_where(row->node, "region")), path,
                       "%.60s is in %.60s; leave the region out", row->facility,
                       facility[at].region);
        if (row->phase == NULL || row->class == NULL ||
            scenario_class(scenario, row->class, &class) == NULL ||
            !scenario_target(scenario, class, row->phase, &target) || target.exit)
            continue;
        const struct phase_object *phase =
            (const struct phase_object *)scenario->pathways.list[target.class].item + target.phase;
        if (phase->status != row->status)
            faults_add(faults, node_at(node_where(row->node, "status")), path,
                       "whoever is in phase %.60s is %s, and not %s", row->phase,
                       status_words[phase->status], status_words[row->status]);
    }
}

void
check_stock(struct scenario *scenario, const struct known *regions, const struct known *classes,
            const struct known *facilities)
{
    const struct stock_object *rows = scenario->stock.item;
    struct tuple *tuple = tree_allocate(&scenario->tree, scenario->stock.count * sizeof *tuple);
    size_t tuples = 0;

    for (size_t i = 0; i < scenario->stock.count; i++) {
        char path[PATH];
        size_t class;
        struct target phase;
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "stock[%zu]", i);
        if (tuple != NULL && !rows[i].node->faulty)
            tuple[tuples++] =
                (struct tuple){{status_words[rows[i].status], rows[i].class, rows[i].phase,
                                rows[i].region, rows[i].facility, rows[i].fresh ? "fresh" : ""},
                               rows[i].node,
                               i};
        known_require(scenario, node_where(rows[i].node, "region"), path, rows[i].region, regions);
        known_require(scenario, node_where(rows[i].node, "class"), path, rows[i].class, classes);
        known_require(scenario, node_where(rows[i].node, "facility"), path, rows[i].facility,
                      facilities);
        check_time_counted(scenario, &rows[i], path);
        if (rows[i].phase != NULL && rows[i].class == NULL)
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "phase")), path,
                       "a phase needs its class beside it");
        else if (rows[i].phase != NULL && scenario_class(scenario, rows[i].class, &class) != NULL &&
                 (!scenario_target(scenario, class, rows[i].phase, &phase) || phase.exit))
            faults_add(scenario_faults(scenario), node_at(node_where(rows[i].node, "phase")), path,
                       "class %s has no phase '%.60s'", rows[i].class, rows[i].phase);
        else if (rows[i].phase == NULL && rows[i].count > 0 &&
                 !node_faulty(scenario->node, "pathways") && !node_faulty(rows[i].node, "status") &&
                 !has_phase(scenario, &rows[i]))
            faults_add(
                scenario_faults(scenario), node_at(node_where(rows[i].node, "status")), path,
                "no phase inside has the status %s%s%s; name the class and phase they are in",
                status_words[rows[i].status], rows[i].class ? " in class " : "",
                rows[i].class ? rows[i].class : "");
    }
    check_stock_agrees(scenario, facilities);
    check_again(scenario, tuple, tuples, "stock", "all that is said of these people", "counts");
}

static void
check_come_back_row(struct scenario *scenario, const struct come_back_object *row,
                    const struct known *classes, const struct known *exits, const char *path)
{
    for (size_t i = 0; i < row->classes.count; i++)
        known_require(scenario, node_where(row->node, "classes"), path, row->classes.name[i],
                      classes);
    for (size_t i = 0; i < row->exits.count; i++)
        known_require(scenario, node_where(row->node, "exits"), path, row->exits.name[i], exits);
    known_require(scenario, node_where(row->node, "as_class"), path, row->as, classes);
}

/* Is there a class and an exit that ROW holds for and no row before it? */
static bool
holds_for_anybody(const struct scenario *scenario, const struct come_back_object *rows, size_t row)
{
    for (size_t c = 0; c < scenario->pathways.count; c++)
        for (size_t e = 0; e < scenario->exits.count; e++) {
            const char *class = scenario->pathways.name[c], *exit = scenario->exits.name[e];
            size_t i = 0;
            while (i <= row && !(names_hold_for(&rows[i].classes, class) &&
                                 names_hold_for(&rows[i].exits, exit)))
                i++;
            if (i == row)
                return true;
        }
    return false;
}

void
check_come_back(struct scenario *scenario, const struct known *classes)
{
    const struct come_back_object *rows = scenario->come_back.item;
    const struct node *counts = node_find(scenario->node, "intake_counts");
    const struct known exits =
        known_names(scenario, "exit", scenario->exits.name, scenario->exits.count,
                    node_faulty(scenario->node, "exits"));

    for (size_t i = 0; i < scenario->come_back.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "come_back[%zu]", i);
        check_come_back_row(scenario, &rows[i], classes, &exits, path);
        if (i > 0 && !holds_for_anybody(scenario, rows, i))
            faults_warn(scenario_faults(scenario), node_at(rows[i].node), path,
                        "it holds for nobody: the rows before it hold for all of its classes and "
                        "exits");
    }
    if (scenario->come_back.count > 0 && counts == NULL)
        faults_add(scenario_faults(scenario), node_at(node_find(scenario->node, "come_back")),
                   "come_back",
                   "intake_counts is missing: primary, where the rates of intake count those who "
                   "come for the first time; total, where those who come back are among them");
    if (node_find(scenario->node, "come_back") == NULL && counts != NULL)
        faults_warn(scenario_faults(scenario), node_at(counts), "intake_counts",
                    "nothing reads it: nobody comes back; say under come_back who does");
    if (scenario->come_back.count > 0 && scenario->intake_matches_stock && counts != NULL &&
        scenario->intake_counts == INTAKE_COUNTS_PRIMARY)
        faults_add(scenario_faults(scenario), node_at(counts), "intake_counts",
                   "intake_matches_stock finds all entries from the stock; say total, or leave it "
                   "out");
}

/* Does a row before ROW act on the same of the class NAME? */
static bool
follows_already(const struct scenario *scenario, size_t row, const char *name)
{
    const struct feedback_object *rows = scenario->feedback.item;

    for (size_t i = 0; i < row; i++)
        if (rows[i].node != NULL && rows[i].acts_on == rows[row].acts_on &&
            rows[i].classes.count > 0 && names_hold_for(&rows[i].classes, name))
            return true;
    return false;
}

static void
check_follower(struct scenario *scenario, size_t row, const char *class,
               const struct known *classes, const char *path)
{
    const struct feedback_object *rows = scenario->feedback.item;
    struct position at = node_at(node_where(rows[row].node, "classes"));
    bool known = known_index(classes, class) != SIZE_MAX;

    known_require(scenario, node_where(rows[row].node, "classes"), path, class, classes);
    if (node_faulty(rows[row].node, "acts_on"))
        return;
    if (follows_already(scenario, row, class))
        faults_add(scenario_faults(scenario), at, path, "%.60s follows by a row before it already",
                   class);
    if (known && rows[row].acts_on == ACTS_ON_SENTENCE && !class_has_sentence(scenario, class))
        faults_add(scenario_faults(scenario), at, path,
                   "%.60s has no sentence that could follow; give it one under classes", class);
}

void
check_feedback(struct scenario *scenario, const struct known *classes)
{
    const struct feedback_object *rows = scenario->feedback.item;

    for (size_t i = 0; i < scenario->feedback.count; i++) {
        char path[PATH];
        snprintf(path, sizeof path, "feedback[%zu]", i);
        for (size_t n = 0; rows[i].node != NULL && n < rows[i].classes.count; n++)
            check_follower(scenario, i, rows[i].classes.name[n], classes, path);
    }
}
