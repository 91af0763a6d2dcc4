#include "warn.h"

#include "models/scenario/fields/fields.h"
#include "models/scenario/smaller.h"

#include "sim/engine/calendar.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define PATH 256

/* The days of the run: FIRST, with the warm-up, to before END. */
struct days {
    int32_t first, start, end;
};

static struct days
days_of(const struct scenario *scenario)
{
    return (struct days){scenario->start - (int32_t)scenario->warm_up, scenario->start,
                         scenario->start + (int32_t)scenario->horizon};
}

/* Dates of one kind that have no effect: one warning says where the first is and how many there
 * are.
 */
struct useless {
    const char *why; /* with the date and the run's first or last */
    const struct node *node;
    char path[PATH];
    int32_t day, bound;
    size_t count;
};

static void
useless_add(struct useless *useless, const struct node *node, const char *path, int32_t day,
            int32_t bound)
{
    if (useless->count++ > 0)
        return;
    useless->node = node;
    useless->day = day;
    useless->bound = bound;
    snprintf(useless->path, sizeof useless->path, "%s", path);
}

static void
useless_warn(const struct scenario *scenario, const struct useless *useless)
{
    char day[CALENDAR_TEXT], bound[CALENDAR_TEXT], more[64] = "";

    if (useless->count == 0)
        return;
    calendar_write(useless->day, day);
    calendar_write(useless->bound, bound);
    if (useless->count > 1)
        snprintf(more, sizeof more, "; %zu more of this kind", useless->count - 1);
    faults_warn(scenario_faults(scenario), node_at(useless->node), useless->path, "%s %s (%s)%s",
                day, useless->why, bound, more);
}

/* A map of dates under FIELD: steps behind the end, steps that others follow before the run begins,
 * and a first one that holds from the beginning though its date says otherwise. */
static void
warn_steps(const struct scenario *scenario, const struct node *row, const char *field,
           const char *path, int32_t opens, struct useless late[2])
{
    struct days days = days_of(scenario);
    const struct node *map = node_find(row, field);
    int32_t begins = opens > days.start ? opens : days.start, day, next;
    char inner[PATH], text[CALENDAR_TEXT];

    if (map == NULL || map->kind != NODE_MAP)
        return;
    snprintf(inner, sizeof inner, "%.180s%s%.60s", path, *path != '\0' ? "." : "", field);
    for (size_t i = 0; i < map->count; i++) {
        if (!calendar_parse(map->key[i]->text, &day))
            continue;
        if (i == 0 && day > begins && day < days.end) {
            calendar_write(days.first, text);
            faults_warn(scenario_faults(scenario), node_at(map->key[i]), inner,
                        "the first value also holds before %s; write what holds from %s on",
                        map->key[i]->text, text);
        }
        if (day >= days.end)
            useless_add(&late[0], map->key[i], inner, day, days.end);
        else if (i + 1 < map->count && calendar_parse(map->key[i + 1]->text, &next) &&
                 next <= days.first)
            useless_add(&late[1], map->key[i], inner, day, days.first);
    }
}

enum {
    STEPS_LATE,
    STEPS_EARLY,
    OPENS_LATE,
    CLOSES_LATE,
    CLOSED,
    FROM_LATE,
    UNTIL_LATE,
    UNTIL_EARLY,
    PARDON_EARLY,
    CAP_LATE,
    DRIFT_LATE,
    LAW_LATE,
    CHANGE_LATE,
    USELESS_KINDS
};

static void
warn_facility_dates(const struct scenario *scenario, struct useless kinds[USELESS_KINDS])
{
    static const char *const steps[] = {"capacity", "beds", "entry", "ceiling"};
    const struct facility_object *rows = scenario->facilities.item;
    struct days days = days_of(scenario);

    for (size_t i = 0; i < scenario->facilities.count; i++) {
        const struct facility_object *row = &rows[i];
        const int32_t opens = scenario_opens(row);
        char path[PATH];
        snprintf(path, sizeof path, "facilities[%zu]", i);
        for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
            warn_steps(scenario, row->node, steps[s], path, opens, kinds);
        if (opens != NO_DATE && opens >= days.end)
            useless_add(&kinds[OPENS_LATE],
                        node_where(row->node, row->evens > 0 ? "opens_until" : "opens"), path,
                        opens, days.end);
        if (row->closes != NO_DATE && row->closes >= days.end)
            useless_add(&kinds[CLOSES_LATE], node_where(row->node, "closes"), path, row->closes,
                        days.end);
        if (row->closes != NO_DATE && row->closes <= days.first)
            useless_add(&kinds[CLOSED], node_where(row->node, "closes"), path, row->closes,
                        days.first);
    }
}

static void
warn_measure_dates(const struct scenario *scenario, struct useless kinds[USELESS_KINDS])
{
    const struct measure_object *rows = scenario->measures.item;
    struct days days = days_of(scenario);

    for (size_t i = 0; i < scenario->measures.count; i++) {
        const struct measure_object *row = &rows[i];
        char path[PATH];
        snprintf(path, sizeof path, "measures[%zu]", i);
        if (row->from != NO_DATE && row->from >= days.end)
            useless_add(&kinds[FROM_LATE], node_where(row->node, "from"), path, row->from,
                        days.end);
        else if (row->until != NO_DATE && row->until >= days.end)
            useless_add(&kinds[UNTIL_LATE], node_where(row->node, "until"), path, row->until,
                        days.end);
        if (row->kind == MEASURE_PARDON && row->from != NO_DATE && row->from < days.first)
            useless_add(&kinds[PARDON_EARLY], node_where(row->node, "from"), path, row->from,
                        days.first);
        if (row->until != NO_DATE && row->until <= days.first)
            useless_add(&kinds[UNTIL_EARLY], node_where(row->node, "until"), path, row->until,
                        days.first);
    }
}

static void
warn_dates(const struct scenario *scenario)
{
    struct useless kinds[USELESS_KINDS] = {
        [STEPS_LATE] = {.why = "is not before the end of the run"},
        [STEPS_EARLY] = {.why = "has a later value before the beginning of the run"},
        [OPENS_LATE] = {.why = "is not before the end of the run, so it never opens"},
        [CLOSES_LATE] = {.why = "is not before the end of the run"},
        [CLOSED] = {.why = "is not after the beginning of the run, so it is never open"},
        [FROM_LATE] = {.why = "is not before the end of the run, so it is never on"},
        [UNTIL_LATE] = {.why = "is not before the end of the run"},
        [UNTIL_EARLY] = {.why = "is not after the beginning of the run, so it is never on"},
        [PARDON_EARLY] = {.why = "is before the beginning of the run, so nobody is pardoned"},
        [DRIFT_LATE] = {.why = "is not before the end of the run, so it never wanders"},
        [LAW_LATE] = {.why = "is not before the end of the run, so it never comes into force"},
        [CAP_LATE] = {.why = "is not before the end of the run, so no house is held to the cap"},
        [CHANGE_LATE] = {.why = "is not before the end of the run"},
    };
    const struct step_object *change = scenario->history.item;
    const struct intake_object *intake = scenario->intake.item;
    int32_t end = days_of(scenario).end;
    char path[PATH];

    if (scenario->cap_from != NO_DATE && scenario->cap_from >= end)
        useless_add(&kinds[CAP_LATE], node_where(scenario->node, "cap_from"), "cap_from",
                    scenario->cap_from, end);
    const struct law_object *law = scenario->law.item;
    for (size_t i = 0; i < scenario->law.count; i++)
        if (law[i].from != NO_DATE && law[i].from >= end)
            useless_add(&kinds[LAW_LATE], node_where(law[i].node, "from"), "law", law[i].from, end);
    const struct drift_object *drift = scenario->drift.item;
    for (size_t i = 0; i < scenario->drift.count; i++)
        if (drift[i].from != NO_DATE && drift[i].from >= end)
            useless_add(&kinds[DRIFT_LATE], node_where(drift[i].node, "from"), "drift",
                        drift[i].from, end);
    warn_facility_dates(scenario, kinds);
    warn_measure_dates(scenario, kinds);
    for (size_t i = 0; i < scenario->history.count; i++) {
        snprintf(path, sizeof path, "facility_history[%zu]", i);
        if (change[i].from >= end)
            useless_add(&kinds[CHANGE_LATE], node_where(change[i].node, "from"), path,
                        change[i].from, end);
    }
    for (size_t i = 0; i < scenario->intake.count; i++) {
        snprintf(path, sizeof path, "intake[%zu]", i);
        warn_steps(scenario, intake[i].node, "rate", path, NO_DATE, kinds);
    }
    warn_steps(scenario, scenario->node, "intake_level", "", NO_DATE, kinds);
    for (size_t kind = 0; kind < USELESS_KINDS; kind++)
        useless_warn(scenario, &kinds[kind]);
}

/* Who may get where: phases of all classes, marked when somebody may come to them. */
struct reach {
    const struct scenario *scenario;
    size_t *first;           /* [classes + 1]: of a class */
    bool *reached;           /* [phases] */
    bool statuses[STATUSES]; /* of people inside */
};

static void
reach_phase(struct reach *reach, size_t class, size_t at)
{
    const struct phase_object *row =
        (const struct phase_object *)reach->scenario->pathways.list[class].item + at;
    const struct clock_object *clocks = row->clocks.item;
    struct target next;

    if (reach->reached[reach->first[class] + at])
        return;
    reach->reached[reach->first[class] + at] = true;
    reach->statuses[row->status] |= row->where == PHASE_INSIDE;
    for (size_t i = 0; i < row->then.count; i++)
        if (row->then.share[i] > 0 &&
            scenario_target(reach->scenario, class, row->then.name[i], &next) && !next.exit)
            reach_phase(reach, next.class, next.phase);
    for (size_t i = 0; i < row->clocks.count; i++)
        if (scenario_target(reach->scenario, class, clocks[i].to, &next) && !next.exit)
            reach_phase(reach, next.class, next.phase);
    if (row->refused != NULL && scenario_target(reach->scenario, class, row->refused, &next) &&
        !next.exit)
        reach_phase(reach, next.class, next.phase);
}

static bool
anybody_arrives(const struct intake_object *row)
{
    for (size_t i = 0; i < row->rate.count; i++)
        if (row->rate.value[i] > 0)
            return true;
    return false;
}

static void
reach_stock(struct reach *reach, const struct stock_object *row)
{
    const struct object_map *pathways = &reach->scenario->pathways;
    struct target target;

    for (size_t pathway = 0; pathway < pathways->count && row->count > 0; pathway++) {
        const struct phase_object *phases = pathways->list[pathway].item;
        if (row->class != NULL && strcmp(row->class, pathways->name[pathway]) != 0)
            continue;
        if (row->phase != NULL) {
            if (scenario_target(reach->scenario, pathway, row->phase, &target) && !target.exit)
                reach_phase(reach, target.class, target.phase);
            continue;
        }
        for (size_t i = 0; i < pathways->list[pathway].count; i++)
            if (phases[i].status == row->status && phases[i].where == PHASE_INSIDE)
                reach_phase(reach, pathway, i);
    }
}

static void
reach_all(struct reach *reach)
{
    const struct scenario *scenario = reach->scenario;
    const struct intake_object *intake = scenario->intake.item;
    const struct stock_object *stock = scenario->stock.item;
    size_t class;

    for (size_t i = 0; i < scenario->pathways.count; i++)
        reach->first[i + 1] = reach->first[i] + scenario->pathways.list[i].count;
    for (size_t i = 0; i < scenario->intake.count; i++)
        if (anybody_arrives(&intake[i]) && scenario_class(scenario, intake[i].class, &class))
            reach_phase(reach, class, 0);
    for (size_t i = 0; i < scenario->stock.count; i++)
        reach_stock(reach, &stock[i]);
}

static void
warn_unreached(const struct reach *reach)
{
    const struct object_map *pathways = &reach->scenario->pathways;
    const struct node *map = node_find(reach->scenario->node, "pathways");

    for (size_t pathway = 0; pathway < pathways->count; pathway++) {
        const struct phase_object *rows = pathways->list[pathway].item;
        size_t count = pathways->list[pathway].count, reached = 0;
        char path[PATH];
        for (size_t i = 0; i < count; i++)
            reached += reach->reached[reach->first[pathway] + i];
        snprintf(path, sizeof path, "pathways.%.60s", pathways->name[pathway]);
        if (reached == 0)
            faults_warn(scenario_faults(reach->scenario),
                        node_at(node_where(map, pathways->name[pathway])), path,
                        "nobody arrives in this class, is in it at the start or comes to it");
        for (size_t i = 0; i < count && reached > 0; i++)
            if (!reach->reached[reach->first[pathway] + i])
                faults_warn(scenario_faults(reach->scenario),
                            node_at(node_where(rows[i].node, "phase")), path,
                            "nobody ever comes to phase %.60s", rows[i].phase);
    }
}

static bool
open_in(const struct facility_object *row, struct days days)
{
    return (scenario_opens(row) == NO_DATE || scenario_opens(row) < days.end) &&
           (row->closes == NO_DATE || row->closes > days.first);
}

/* Does a facility that is open in the run accept STATUS and SEX? */
static bool
accepted(const struct scenario *scenario, int status, int sex)
{
    const struct facility_object *rows = scenario->facilities.item;

    for (size_t i = 0; i < scenario->facilities.count; i++)
        if (open_in(&rows[i], days_of(scenario)) && (scenario_statuses(&rows[i]) >> status & 1) &&
            (rows[i].sexes == 0 || (rows[i].sexes >> sex & 1)))
            return true;
    return false;
}

static double
women_of(const struct scenario *scenario, const char *class)
{
    const struct class_object *rows = scenario->classes.item;

    for (size_t i = 0; i < scenario->classes.count; i++)
        if (strcmp(rows[i].name, class) == 0 && rows[i].women >= 0)
            return rows[i].women;
    return scenario->people.women;
}

static void
warn_unaccepted(const struct reach *reach)
{
    const struct scenario *scenario = reach->scenario;
    bool takes[STATUSES][SEXES];

    for (int status = 0; status < STATUSES; status++)
        for (int sex = 0; sex < SEXES; sex++)
            takes[status][sex] = accepted(scenario, status, sex);
    for (size_t pathway = 0; pathway < scenario->pathways.count; pathway++) {
        const struct phase_object *rows = scenario->pathways.list[pathway].item;
        double women = women_of(scenario, scenario->pathways.name[pathway]);
        for (size_t i = 0; i < scenario->pathways.list[pathway].count; i++) {
            char path[PATH];
            bool men_out = women < 1 && !takes[rows[i].status][SEX_MAN];
            bool women_out = women > 0 && !takes[rows[i].status][SEX_WOMAN];
            if (!reach->reached[reach->first[pathway] + i] || rows[i].where != PHASE_INSIDE ||
                rows[i].facility != NULL || (!men_out && !women_out))
                continue;
            snprintf(path, sizeof path, "pathways.%.60s[%zu]", scenario->pathways.name[pathway], i);
            faults_warn(scenario_faults(scenario), node_at(node_where(rows[i].node, "status")),
                        path, "no facility open in the run accepts %s%s",
                        men_out && (women_out || women <= 0)   ? ""
                        : women_out && (men_out || women >= 1) ? ""
                        : women_out                            ? "women who are "
                                                               : "men who are ",
                        status_words[rows[i].status]);
        }
    }
}

static void
warn_unentered(const struct reach *reach)
{
    const struct scenario *scenario = reach->scenario;
    const struct facility_object *rows = scenario->facilities.item;

    for (size_t i = 0; i < scenario->facilities.count; i++) {
        bool somebody = false;
        char path[PATH];
        for (int status = 0; status < STATUSES; status++)
            somebody |= reach->statuses[status] && (scenario_statuses(&rows[i]) >> status & 1);
        snprintf(path, sizeof path, "facilities[%zu]", i);
        if (!somebody)
            faults_warn(scenario_faults(scenario), node_at(rows[i].node), path,
                        "nobody can enter %.60s: nobody inside has a status that it accepts",
                        rows[i].name);
    }
}

static void
warn_empty_start(const struct scenario *scenario)
{
    const struct stock_object *stock = scenario->stock.item;

    for (size_t i = 0; i < scenario->stock.count; i++)
        if (stock[i].count > 0)
            return;
    if (scenario->warm_up <= 0)
        faults_warn(scenario_faults(scenario), node_at(node_where(scenario->node, "start")),
                    "start", "the run starts with nobody there; give a stock, or a warm_up");
}

/* Places of FACILITY on the first day, by the scenario's word for them. */
static double
places_at_start(const struct scenario *scenario, const struct facility_object *facility)
{
    return steps_at(scenario_places(scenario, facility), scenario->start, 0);
}

static bool
refuses_when_full(const struct facility_object *facility)
{
    return facility->when_full == FULL_REFUSE ||
           (facility->when_full == FULL_BY_KIND && facility->kind != KIND_PRISON);
}

/* More people of the stock than there are places, where nobody comes in above those: said once, at
 * the row with which they are too many. */
static void
warn_stock_above_places(struct scenario *scenario, const struct known *facilities)
{
    const struct stock_object *rows = scenario->stock.item;
    const struct facility_object *all = scenario->facilities.item;
    int64_t *people = tree_allocate(&scenario->tree, (facilities->count + 1) * sizeof *people);

    for (size_t i = 0; people != NULL && i < scenario->stock.count; i++) {
        size_t at = known_index(facilities, rows[i].facility);
        if (at == SIZE_MAX || !refuses_when_full(&all[at]))
            continue;
        double places = places_at_start(scenario, &all[at]);
        bool said = (double)people[at] > places;
        char path[PATH];
        people[at] += rows[i].count;
        if (said || (double)people[at] <= places)
            continue;
        snprintf(path, sizeof path, "stock[%zu]", i);
        faults_warn(scenario_faults(scenario), node_at(node_where(rows[i].node, "count")), path,
                    "%lld people are in %.60s at the start, which has %.0f places and refuses "
                    "when full",
                    (long long)people[at], all[at].name, places);
    }
}

/* People of the stock who are counted in a facility that cannot have them. One that a policy closes
 * on the first day still holds them then. */
static void
warn_stock_places(const struct scenario *scenario, const struct known *facilities)
{
    const struct stock_object *rows = scenario->stock.item;

    for (size_t i = 0; i < scenario->stock.count; i++) {
        size_t at = known_index(facilities, rows[i].facility);
        char path[PATH], day[CALENDAR_TEXT];
        if (at == SIZE_MAX || rows[i].count == 0)
            continue;
        const struct facility_object *facility =
            (const struct facility_object *)scenario->facilities.item + at;
        snprintf(path, sizeof path, "stock[%zu]", i);
        calendar_write(scenario->start, day);
        if (!(scenario_statuses(facility) >> rows[i].status & 1))
            faults_warn(scenario_faults(scenario), node_at(node_where(rows[i].node, "facility")),
                        path, "%.60s does not accept %s", facility->name,
                        status_words[rows[i].status]);
        if (scenario_opens(facility) > scenario->start ||
            (facility->closes != NO_DATE && facility->closes < scenario->start))
            faults_warn(scenario_faults(scenario), node_at(node_where(rows[i].node, "facility")),
                        path, "%.60s is not open on %s, the day of the stock", facility->name, day);
    }
}

/* A share that is served and not said: all of the sentence is no neutral value. */
static void
warn_served(const struct scenario *scenario)
{
    for (size_t pathway = 0; pathway < scenario->pathways.count; pathway++) {
        const struct phase_object *rows = scenario->pathways.list[pathway].item;
        const struct class_object *classes = scenario->classes.item;
        const struct class_object *own = NULL;
        for (size_t i = 0; i < scenario->classes.count; i++)
            if (strcmp(classes[i].name, scenario->pathways.name[pathway]) == 0)
                own = &classes[i];
        for (size_t i = 0; i < scenario->pathways.list[pathway].count; i++)
            if (rows[i].serve == SERVE_SHARE && own != NULL && own->served == NULL) {
                faults_warn(scenario_faults(scenario), node_at(node_where(rows[i].node, "serve")),
                            "classes",
                            "class %.60s says no share that is served: it serves all of its "
                            "sentence; give served",
                            own->name);
                break;
            }
    }
}

/* Fields of facilities that are described and not yet used by any part of the model. */
static const char *const waiting_fields[] = {"operator", "floor_area", NULL};

static void
warn_waiting(const struct scenario *scenario)
{
    const struct facility_object *rows = scenario->facilities.item;

    for (size_t w = 0; waiting_fields[w] != NULL; w++)
        for (size_t i = 0; i < scenario->facilities.count; i++) {
            const struct node *found = node_find(rows[i].node, waiting_fields[w]);
            if (found == NULL)
                continue;
            faults_warn(scenario_faults(scenario), node_at(found), "facilities",
                        "nothing reads %s yet", waiting_fields[w]);
            break; /* once is enough */
        }
}

/* Is DESK in any pathway? */
static bool
leads_to_desk(const struct scenario *scenario, const char *desk)
{
    for (size_t pathway = 0; pathway < scenario->pathways.count; pathway++) {
        const struct phase_object *rows = scenario->pathways.list[pathway].item;
        for (size_t i = 0; i < scenario->pathways.list[pathway].count; i++)
            if (rows[i].desk != NULL && strcmp(rows[i].desk, desk) == 0)
                return true;
    }
    return false;
}

/* Settings that nothing would read. */
static void
warn_unread(const struct scenario *scenario)
{
    const struct facility_object *facility = scenario->facilities.item;
    const struct desk_object *desk = scenario->desks.item;
    bool houses = false, sentences = false;

    for (size_t i = 0; i < scenario->facilities.count; i++) {
        houses |=
            facility[i].kind == KIND_DETENTION_HOUSE || facility[i].kind == KIND_TRANSITION_HOUSE;
        sentences |= facility[i].kind == KIND_PRISON &&
                     (facility[i].use == USE_SENTENCES || facility[i].use == USE_OPEN);
    }
    if (scenario->house_selection.node != NULL && !houses)
        faults_warn(scenario_faults(scenario), node_at(scenario->house_selection.node),
                    "house_selection", "nothing reads it: there is no house");
    if (scenario->enforce_cap && scenario->small_scale_cap == 0)
        faults_warn(scenario_faults(scenario), node_at(node_find(scenario->node, "enforce_cap")),
                    "enforce_cap", "nothing reads it: small_scale_cap says no cap");
    if (scenario->chance > scenario->replications)
        faults_warn(scenario_faults(scenario), node_at(node_find(scenario->node, "chance")),
                    "chance",
                    "there are %lld replications: all of them have one draw of what is uncertain",
                    (long long)scenario->replications);
    if (scenario->allocation.node != NULL && !sentences)
        faults_warn(scenario_faults(scenario), node_at(scenario->allocation.node), "allocation",
                    "nothing reads it: there is no prison for sentences");
    for (size_t i = 0; i < scenario->desks.count; i++)
        if (!leads_to_desk(scenario, desk[i].name))
            faults_warn(scenario_faults(scenario), node_at(desk[i].node), "desks",
                        "nothing reads it: no phase goes to desk %s", desk[i].name);
}

/* FACILITY, which ROW of the list PATH names, is split by the cap: its first part alone is meant.
 */
static void
warn_part(const struct scenario *scenario, const struct known *facilities, const struct node *row,
          const char *path, const char *facility)
{
    const struct facility_object *rows = scenario->facilities.item;
    size_t at = facility != NULL ? known_index(facilities, facility) : SIZE_MAX;
    int64_t parts = at != SIZE_MAX ? smaller_parts(scenario, &rows[at]) : 1;

    if (parts > 1)
        faults_warn(scenario_faults(scenario), node_at(node_where(row, "facility")), path,
                    "from cap_from on %.60s is %lld houses; this holds for the first of them "
                    "alone; split it yourself to name each",
                    facility, (long long)parts);
}

static void
warn_parts(const struct scenario *scenario, const struct known *facilities)
{
    const struct measure_object *measure = scenario->measures.item;
    const struct intake_object *intake = scenario->intake.item;
    const struct object_map *pathways = &scenario->pathways;

    for (size_t i = 0; i < scenario->measures.count; i++)
        warn_part(scenario, facilities, measure[i].node, "measures", measure[i].facility);
    for (size_t i = 0; i < scenario->intake.count; i++)
        warn_part(scenario, facilities, intake[i].node, "intake", intake[i].facility);
    for (size_t pathway = 0; pathway < pathways->count; pathway++) {
        const struct phase_object *phases = pathways->list[pathway].item;
        for (size_t i = 0; i < pathways->list[pathway].count; i++)
            warn_part(scenario, facilities, phases[i].node, "pathways", phases[i].facility);
    }
}

static bool
arrives(const struct scenario *scenario, const char *class)
{
    const struct intake_object *intake = scenario->intake.item;
    bool any = false;

    for (size_t i = 0; i < scenario->intake.count && !any; i++)
        any = strcmp(intake[i].class, class) == 0 && anybody_arrives(&intake[i]);
    return any;
}

/* What moves the intake of CLASSES moves nothing where they have none. */
static void
warn_no_arrivals(const struct scenario *scenario, const struct node *row,
                 const struct names *classes, const char *path)
{
    for (size_t n = 0; n < classes->count; n++)
        if (!arrives(scenario, classes->name[n]))
            faults_warn(scenario_faults(scenario), node_at(node_where(row, "classes")), path,
                        "nothing moves: nobody arrives in class %s", classes->name[n]);
}

static void
warn_still_feedback(const struct scenario *scenario, const struct feedback_object *row)
{
    struct faults *faults = scenario_faults(scenario);

    if (row->slope == 0)
        faults_warn(faults, node_at(node_where(row->node, "slope")), "feedback",
                    "a slope of 0 changes nothing");
    else if (row->least == 1 && row->most == 1)
        faults_warn(faults, node_at(node_where(row->node, "most")), "feedback",
                    "least and most of 1 let nothing change");
    if (scenario->horizon + scenario->warm_up <= 365)
        faults_warn(faults, node_at(row->node), "feedback",
                    "nothing follows: the run ends before a year is over");
}

static void
warn_still(const struct scenario *scenario)
{
    const struct drift_object *drift = scenario->drift.item;
    const struct feedback_object *feedback = scenario->feedback.item;

    for (size_t i = 0; i < scenario->drift.count; i++)
        warn_no_arrivals(scenario, drift[i].node, &drift[i].classes, "drift");
    for (size_t i = 0; i < scenario->feedback.count; i++) {
        warn_still_feedback(scenario, &feedback[i]);
        if (feedback[i].acts_on == ACTS_ON_INTAKE)
            warn_no_arrivals(scenario, feedback[i].node, &feedback[i].classes, "feedback");
    }
}

void
warn_scenario(struct scenario *scenario, const struct known *facilities)
{
    struct reach reach = {.scenario = scenario};
    size_t phases = 0;

    for (size_t i = 0; i < scenario->pathways.count; i++)
        phases += scenario->pathways.list[i].count;
    reach.first =
        tree_allocate(&scenario->tree, (scenario->pathways.count + 1) * sizeof *reach.first);
    reach.reached = tree_allocate(&scenario->tree, phases + 1);
    if (reach.first == NULL || reach.reached == NULL)
        return;
    warn_dates(scenario);
    warn_empty_start(scenario);
    warn_stock_places(scenario, facilities);
    warn_stock_above_places(scenario, facilities);
    warn_served(scenario);
    reach_all(&reach);
    warn_unreached(&reach);
    warn_unaccepted(&reach);
    warn_unentered(&reach);
    warn_unread(scenario);
    warn_waiting(scenario);
    warn_still(scenario);
    if (scenario->cap_from != NO_DATE)
        warn_parts(scenario, facilities);
}
