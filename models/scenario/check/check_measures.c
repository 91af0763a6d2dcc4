#include "check_measures.h"

#include "models/scenario/fields/fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define PATH    256
#define FULLEST 3 /* occupancy: no country is so full */

#define OF(kind)   (1u << MEASURE_##kind)
#define MOVE_OUT   (OF(EXTENDED_LEAVE) | OF(MONITORING) | OF(TRANSFER_OUT))
#define TAKE       (OF(EARLY_RELEASE) | MOVE_OUT)
#define OF_PEOPLE  (TAKE | OF(POSTPONE) | OF(PARDON))
#define EVERY_KIND ((1u << MEASURE_KINDS) - 1)
#define LASTING    (EVERY_KIND & ~OF(PARDON))

/* The fields that are not for every kind: for which they are, and which need them. */
static const struct {
    const char *field;
    uint32_t kinds, needed;
} rules[] = {
    {"from", EVERY_KIND, OF(PARDON)},
    {"until", LASTING, 0},
    {"looks_at", LASTING, 0},
    {"on", LASTING, 0},
    {"off", LASTING, 0},
    {"on_days", LASTING, 0},
    {"of_days", LASTING, 0},
    {"review", LASTING, 0},
    {"notice", LASTING, 0},
    {"facility", OF(ENTRY_STOP) | OF(EXTRA_BEDS), OF(ENTRY_STOP)},
    {"region", EVERY_KIND & ~OF(ENTRY_STOP), 0},
    {"forward", OF(EARLY_RELEASE) | OF(PARDON), OF(EARLY_RELEASE) | OF(PARDON)},
    {"uptake", OF_PEOPLE, 0},
    {"fatigue", TAKE | OF(POSTPONE), 0},
    {"reaches", TAKE, 0},
    {"statuses", OF_PEOPLE & ~OF(POSTPONE), 0},
    {"classes", OF_PEOPLE, 0},
    {"needs", OF_PEOPLE, 0},
    {"least_sentence", OF_PEOPLE, 0},
    {"most_sentence", OF_PEOPLE, 0},
    {"least_left", TAKE | OF(PARDON), 0},
    {"most_left", TAKE | OF(PARDON), 0},
    {"residence", OF_PEOPLE, 0},
    {"all_offences", OF_PEOPLE, 0},
    {"a_day", TAKE | OF(POSTPONE), 0},
    {"at_once", MOVE_OUT, 0},
    {"total", TAKE, 0},
    {"enough", TAKE, 0},
    {"order", TAKE, 0},
    {"in_turn", OF(EXTENDED_LEAVE), 0},
    {"turn", OF(EXTENDED_LEAVE), 0},
    {"called_back", MOVE_OUT, MOVE_OUT},
    {"never", OF(POSTPONE), 0},
    {"lapse", OF(POSTPONE), 0},
    {"exit", OF(POSTPONE), 0},
    {"to", OF(TRANSFER_OUT), 0},
    {"cost_day", LASTING, 0},
    {"cost_person_day", (MOVE_OUT | OF(POSTPONE)), 0},
    {"beds", OF(EXTRA_BEDS), OF(EXTRA_BEDS)},
};

/* "extended_leave, postpone" of KINDS. */
static const char *
kinds_text(uint32_t kinds, char *text, size_t size)
{
    const struct field *kind = field_find("measures.kind");
    size_t at = 0;

    text[0] = '\0';
    for (uint32_t i = 0; i < MEASURE_KINDS && at < size; i++)
        if (kinds >> i & 1)
            at +=
                (size_t)snprintf(text + at, size - at, "%s%s", at > 0 ? ", " : "", kind->words[i]);
    return text;
}

static void
check_kind(struct scenario *scenario, const struct measure_object *row, const char *path)
{
    const char *word = field_find("measures.kind")->words[row->kind];
    char text[256];

    if (node_faulty(row->node, "kind"))
        return;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct node *given = node_find(row->node, rules[i].field);
        if (given != NULL && !(rules[i].kinds >> row->kind & 1))
            faults_add(scenario_faults(scenario), node_at(given), path,
                       "%s has no %s; that is for %s", word, rules[i].field,
                       kinds_text(rules[i].kinds, text, sizeof text));
        if (given == NULL && (rules[i].needed >> row->kind & 1))
            faults_add(scenario_faults(scenario), node_at(row->node), path, "%s needs %s: %s", word,
                       rules[i].field,
                       field_in(field_find("measures")->object, rules[i].field)->meaning);
    }
}

static bool
given(const struct measure_object *row, const char *field)
{
    return node_find(row->node, field) != NULL;
}

/* FIELD needs OTHER, where it stands without it. */
static void
check_pair(struct scenario *scenario, const struct measure_object *row, const char *path,
           const char *field, const char *other, const char *why)
{
    if (given(row, field) && !given(row, other))
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, field)), path, "%s",
                   why);
}

/* An occupancy or a number of people, as what it looks at says. */
static bool
check_level(struct scenario *scenario, const struct measure_object *row, const char *path,
            const char *field, double value)
{
    const struct node *node = node_find(row->node, field);

    if (node == NULL || node_faulty(row->node, field))
        return false;
    if (row->looks_at == LOOKS_AT_OCCUPANCY && value > 10)
        faults_add(scenario_faults(scenario), node_at(node), path,
                   "%s is an occupancy, and %g is above 1000 %%; write 1.1 or 110 %%, or say that "
                   "it looks_at people",
                   field, value);
    else if (row->looks_at != LOOKS_AT_OCCUPANCY && value != round(value) && node->formula == NULL)
        faults_add(scenario_faults(scenario), node_at(node), path,
                   "%s is %g, and this measure looks at a number of people: give a whole one",
                   field, value);
    else
        return true;
    return false;
}

static void
check_trigger(struct scenario *scenario, const struct measure_object *row, const char *path)
{
    struct faults *faults = scenario_faults(scenario);

    if (row->from == NO_DATE && !given(row, "on") && row->kind != MEASURE_PARDON)
        faults_add(faults, node_at(row->node), path, "needs from, or on and off");
    if (given(row, "on") != given(row, "off"))
        faults_add(faults, node_at(row->node), path, "on and off go together");
    bool on = check_level(scenario, row, path, "on", row->on);
    bool off = check_level(scenario, row, path, "off", row->off);
    if (on && off && row->off > row->on)
        faults_add(faults, node_at(node_where(row->node, "off")), path, "off is above on");
    check_pair(scenario, row, path, "looks_at", "on",
               "nothing is looked at: the measure goes by dates alone; give on and off");
    check_pair(scenario, row, path, "on_days", "of_days", "on_days of how many? give of_days too");
    check_pair(scenario, row, path, "of_days", "on_days",
               "of_days goes with on_days: on so many of the last so many days");
    check_pair(scenario, row, path, "on_days", "on",
               "on_days counts days above on; give on and off");
    if (given(row, "on_days") && row->review > 1 && !node_faulty(row->node, "review"))
        faults_add(faults, node_at(node_where(row->node, "on_days")), path,
                   "on_days counts the days of each round; review is to be 1 d beside it");
    if (given(row, "on_days") && given(row, "of_days") && row->on_days > row->of_days)
        faults_add(faults, node_at(node_where(row->node, "on_days")), path,
                   "on_days is above of_days, so it would never be on");
    check_pair(scenario, row, path, "enough", "on",
               "enough brings the figure to off; give on and off");
    if (given(row, "review") && !given(row, "on") && row->kind != MEASURE_PARDON)
        faults_warn(faults, node_at(node_where(row->node, "review")), path,
                    "nothing reads review: the measure goes by dates alone");
}

/* FIRST is above SECOND, which should be the larger. */
static void
check_range(struct scenario *scenario, const struct measure_object *row, const char *path,
            const char *least, double low, const char *most, double high)
{
    if (low > high)
        faults_add(scenario_faults(scenario),
                   node_at(node_where(row->node, given(row, least) ? least : most)), path,
                   "%s is above %s, so it holds for nobody", least, most);
}

static void
check_exit(struct scenario *scenario, const struct measure_object *row, const char *path)
{
    const struct names *exits = &scenario->exits;

    bool lapses = given(row, "lapse");
    if ((row->never > 0 || lapses) && row->exit == NULL && !node_faulty(row->node, "exit"))
        faults_add(scenario_faults(scenario),
                   node_at(node_where(row->node, lapses ? "lapse" : "never")), path,
                   "exit is missing: by which of exits those leave who never come");
    if (row->exit == NULL || exits->count == 0)
        return;
    for (size_t i = 0; i < exits->count; i++)
        if (strcmp(exits->name[i], row->exit) == 0)
            return;
    faults_add(scenario_faults(scenario), node_at(node_where(row->node, "exit")), path,
               "'%.60s' is no exit; give one of exits", row->exit);
}

static void
check_target(struct scenario *scenario, const struct measure_object *row, const char *path,
             const struct known *facilities)
{
    const struct facility_object *rows = scenario->facilities.item;
    size_t number = row->to != NULL ? known_index(facilities, row->to) : SIZE_MAX;

    known_require(scenario, node_where(row->node, "to"), path, row->to, facilities);
    if (number < scenario->facilities.count && rows[number].node != NULL &&
        rows[number].kind != KIND_RENTED && !node_faulty(rows[number].node, "kind"))
        faults_add(scenario_faults(scenario), node_at(node_where(row->node, "to")), path,
                   "%.60s is of another kind than rented, and others send people there too; a "
                   "transfer out goes to rented places, or abroad",
                   row->to);
}

static void
check_measure(struct scenario *scenario, const struct measure_object *row, const char *path,
              const struct known *classes, const struct known *facilities)
{
    struct faults *faults = scenario_faults(scenario);

    check_kind(scenario, row, path);
    check_trigger(scenario, row, path);
    if (row->from != NO_DATE && row->until != NO_DATE && row->until <= row->from)
        faults_add(faults, node_at(node_where(row->node, "until")), path,
                   "until must come after from");
    check_range(scenario, row, path, "least_sentence", row->least_sentence, "most_sentence",
                row->most_sentence);
    check_range(scenario, row, path, "least_left", row->least_left, "most_left", row->most_left);
    for (size_t i = 0; i < row->classes.count; i++)
        known_require(scenario, node_where(row->node, "classes"), path, row->classes.name[i],
                      classes);
    known_require(scenario, node_where(row->node, "facility"), path, row->facility, facilities);
    if (row->kind == MEASURE_POSTPONE)
        check_exit(scenario, row, path);
    if (row->kind == MEASURE_TRANSFER_OUT)
        check_target(scenario, row, path, facilities);
    if (row->in_turn && !given(row, "turn"))
        faults_add(faults, node_at(node_where(row->node, "in_turn")), path,
                   "turn is missing: how long a turn is, such as turn: 7 d");
    if (given(row, "turn") && !row->in_turn)
        faults_add(faults, node_at(node_where(row->node, "turn")), path,
                   "nobody takes turns; say in_turn: yes");
}

/* May somebody of the classes of ROW begin to serve a sentence who is not inside? */
static bool
comes_from_outside(const struct scenario *scenario, const struct measure_object *row)
{
    bool any = false;

    for (size_t i = 0; i < row->classes.count; i++) {
        size_t class;
        const struct objects *list = scenario_class(scenario, row->classes.name[i], &class);
        const struct phase_object *phase = list != NULL ? list->item : NULL;
        any |= list == NULL || (list->count > 0 && phase[0].status == STATUS_CONVICTED);
        for (size_t n = 0; list != NULL && n < list->count; n++)
            any |= phase[n].where != PHASE_INSIDE;
    }
    return any;
}

/* What is likely not meant. */
static void
warn_measure(struct scenario *scenario, const struct measure_object *row, const char *path)
{
    struct faults *faults = scenario_faults(scenario);

    if (given(row, "forward") && row->forward == 0 && !node_faulty(row->node, "forward"))
        faults_warn(faults, node_at(node_where(row->node, "forward")), path,
                    "0 d: it changes nothing");
    if (row->fatigue > 0 && !given(row, "on"))
        faults_warn(faults, node_at(node_where(row->node, "fatigue")), path,
                    "nothing tires: by its dates alone the measure goes on once");
    if (row->at_once == 0 || row->total == 0)
        faults_warn(faults, node_at(node_where(row->node, row->total == 0 ? "total" : "at_once")),
                    path, "it takes nobody");
    if (row->kind == MEASURE_POSTPONE && row->classes.count > 0 &&
        !comes_from_outside(scenario, row))
        faults_warn(faults, node_at(node_where(row->node, "classes")), path,
                    "it takes nobody: in these classes all who serve a sentence are inside before");
    if (row->looks_at == LOOKS_AT_OCCUPANCY && row->on > FULLEST && row->on <= 10)
        faults_warn(faults, node_at(node_where(row->node, "on")), path,
                    "on is an occupancy of %g %%; a number of people needs looks_at beside it",
                    100 * row->on);
}

void
check_measures(struct scenario *scenario, const struct known *regions, const struct known *classes,
               const struct known *facilities)
{
    const struct measure_object *rows = scenario->measures.item;

    for (size_t i = 0; i < scenario->measures.count; i++) {
        char path[PATH];
        if (rows[i].node == NULL)
            continue;
        snprintf(path, sizeof path, "measures[%zu]", i);
        known_require(scenario, node_where(rows[i].node, "region"), path, rows[i].region, regions);
        check_measure(scenario, &rows[i], path, classes, facilities);
        warn_measure(scenario, &rows[i], path);
    }
}
