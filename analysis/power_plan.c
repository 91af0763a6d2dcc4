#include "power_plan.h"

#include "stepped.h"

#include "models/run/reading.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH          4400
#define DAYS_A_MONTH  30.4375
#define MONTHS_A_YEAR 12

static struct position
where(const struct power *power, const char *field)
{
    return node_at(node_where(power->asked.node, field));
}

const char *
power_effect_name(const struct power *power, size_t effect)
{
    const struct effect_object *asked = power->asked.effects.item;

    return effect == 0 ? "no effect" : asked[effect - 1].name;
}

enum power_test
power_test_of(const struct power *power, size_t data)
{
    return power->data[data].people ? POWER_FUTURES : (enum power_test)power->asked.test;
}

/* An address "mean(TEXT)" without a time; false: TEXT is none, which is said. */
static bool
read_counted(struct address *address, const char *text, const struct node *node, const char *field,
             struct faults *faults)
{
    char line[ADDRESS_TEXT];
    struct error err = {0};
    struct window all;

    window_read("all", &all);
    bool good = snprintf(line, sizeof line, "mean(%s)", text) < (int)sizeof line &&
                address_read(address, line, &err) == OK;
    if (!good)
        faults_add(faults, node_at(node_where(node, field)), "outcomes",
                   "expected a series or an indicator as in an address, such as came_back; found "
                   "'%.60s'",
                   text);
    else if (address->window.from != all.from || address->window.until != all.until)
        faults_add(faults, node_at(node_where(node, field)), "outcomes",
                   "'%.60s' names a time, and periods and years say which: leave it out", text);
    else if (address->quantity.labels == QUANTITY_LABELS)
        faults_add(faults, node_at(node_where(node, field)), "outcomes",
                   "'%.60s' has %d labels, and the region is one more: expected fewer", text,
                   QUANTITY_LABELS);
    else
        return true;
    return false;
}

/* What an outcome without a name is called: "came_back per releases". */
static const char *
name_of(struct power *power, const struct data_object *asked)
{
    char name[256];

    if (asked->name != NULL || asked->per == NULL)
        return asked->name != NULL ? asked->name : asked->of;
    snprintf(name, sizeof name, "%.120s per %.120s", asked->of, asked->per);
    return tree_keep_text(&power->tree, name);
}

/* Two outcomes of one name could not be told apart in the table. */
static bool
check_outcome_names(const struct power *power, struct faults *faults)
{
    const struct data_object *asked = power->asked.outcomes.item;
    bool good = true;

    for (size_t o = 0; o < power->asked.outcomes.count; o++)
        for (size_t before = 0; before < o; before++)
            if (strcmp(power->outcome[o].name, power->outcome[before].name) == 0) {
                faults_add(faults, node_at(asked[o].node), "outcomes",
                           "'%.80s' is there already: give one of them another name",
                           power->outcome[o].name);
                good = false;
                break;
            }
    return good;
}

static int
read_outcomes(struct power *power, struct faults *faults)
{
    const struct data_object *asked = power->asked.outcomes.item;
    size_t count = power->asked.outcomes.count;
    bool good = true;

    power->outcome = calloc(count + 1, sizeof *power->outcome);
    power->data = calloc(count * POWER_PERIODS + 1, sizeof *power->data);
    if (power->outcome == NULL || power->data == NULL)
        return NO_MEMORY;
    for (size_t o = 0; o < count; o++) {
        static const char *const field[] = {"of", "per", "against", "other_per"};
        const char *const text[] = {asked[o].of, asked[o].per, asked[o].against,
                                    asked[o].other_per};
        struct power_outcome *outcome = &power->outcome[o];
        outcome->name = name_of(power, &asked[o]);
        for (size_t i = 0; i < POWER_COUNTED && text[i] != NULL; i++)
            good &= read_counted(&outcome->counted[outcome->count++], text[i], asked[o].node,
                                 field[i], faults);
    }
    if (power->tree.no_memory)
        return NO_MEMORY;
    good &= check_outcome_names(power, faults);
    return good ? OK : BAD_INPUT;
}

/* The errors of FOUND, which say where in texts that do not stay. What is wrong with a line that an
 * effect sets stands where the plan names it, at AT; warnings are told of the scenario once. */
static void
take_faults(struct power *power, struct position at, bool warn, const struct faults *found,
            struct faults *faults)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct fault *fault = &found->fault[i];
        struct position here = fault->at;
        if (here.file != NULL && strcmp(here.file, SOURCE_SET) == 0)
            here = at;
        else
            here.file = tree_keep_text(&power->tree, here.file != NULL ? here.file : "");
        if (!fault->warning)
            faults_add(faults, here, NULL, "%s", fault->text != NULL ? fault->text : "");
        else if (warn)
            faults_warn(faults, here, NULL, "%s", fault->text != NULL ? fault->text : "");
    }
    faults->no_memory |= found->no_memory;
}

/* The scenario at PATH with the lines of EFFECT, in which nothing but what is needed is kept, by
 * month. */
static int
read_scenario(struct power *power, size_t effect, const char *path, bool allow_outside,
              struct faults *faults)
{
    static struct keep_object keep[] = {{.scope = AT_REGION, .tick = KEEP_MONTH},
                                        {.scope = AT_FACILITY, .tick = KEEP_MONTH}};
    const struct effect_object *asked = power->asked.effects.item;
    const struct names *set = effect == 0 ? &power->asked.no_effect : &asked[effect - 1].set;
    const struct scenario_source from = {
        .file = path, .set = set->name, .sets = set->count, .allow_outside = allow_outside};
    struct faults found = {0};
    struct scenario *scenario = &power->scenario[effect];
    struct position at = effect == 0 ? where(power, "no_effect") : node_at(asked[effect - 1].node);

    power->read++;
    int status = run_read_from(scenario, &from, &found);
    take_faults(power, at, effect == 0, &found, faults);
    faults_free(&found);
    scenario->chance = 1;
    scenario->keep = (struct objects){.item = keep, .count = sizeof keep / sizeof *keep};
    return status;
}

static bool
same_regions(const struct names *a, const struct names *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; i < a->count && same; i++)
        same = strcmp(a->name[i], b->name[i]) == 0;
    return same;
}

static int
read_scenarios(struct power *power, const char *path, bool allow_outside, struct faults *faults)
{
    const char *slash = strrchr(path, '/'), *name = power->asked.scenario;
    const struct effect_object *asked = power->asked.effects.item;
    char file[PATH];
    int status = OK;

    snprintf(file, sizeof file, "%.*s%s",
             slash != NULL && name[0] != '/' ? (int)(slash - path) + 1 : 0, path, name);
    power->effects = 1 + power->asked.effects.count;
    power->scenario = calloc(power->effects, sizeof *power->scenario);
    if (power->scenario == NULL)
        return NO_MEMORY;
    for (size_t e = 0; e < power->effects && status == OK; e++) {
        const struct scenario *base = &power->scenario[0], *other = &power->scenario[e];
        status = read_scenario(power, e, file, allow_outside, faults);
        if (status == OK && e > 0 &&
            (other->start != base->start || other->horizon < base->horizon ||
             other->horizon > base->horizon || other->seed != base->seed ||
             !same_regions(&other->regions, &base->regions))) {
            faults_add(faults, node_at(asked[e - 1].node), "effects",
                       "'%.80s' changes the start, the horizon, the seed or the regions: expected "
                       "what houses bring about",
                       asked[e - 1].name);
            status = BAD_INPUT;
        }
    }
    return status;
}

/* The first day that counts, and how many whole months there are from it on. */
static size_t
whole_months(struct power *power, struct faults *faults)
{
    const struct scenario *base = &power->scenario[0];
    int32_t end = base->start + (int32_t)floor(base->horizon + 0.5);
    int months = 0;

    power->from = power->asked.from;
    if (power->from == NO_DATE) {
        struct date first = calendar_date(base->start);
        bool whole = first.day == 1;
        first.day = 1;
        power->from = whole ? base->start : calendar_add_months(calendar_day(first), 1);
    }
    if (power->from < base->start || power->from >= end) {
        faults_add(faults, where(power, "from"), "from",
                   "expected a day between the start and the end of the scenario");
        return 0;
    }
    while (calendar_add_months(power->from, months + 1) <= end)
        months++;
    return (size_t)months;
}

/* After how many years it is judged. */
static int
set_watches(struct power *power, size_t months, struct faults *faults)
{
    const struct numbers *years = &power->asked.years;
    size_t whole = months / MONTHS_A_YEAR;

    power->watches = years->count > 0 ? years->count : whole;
    power->years = calloc(power->watches + 1, sizeof *power->years);
    if (power->years == NULL)
        return NO_MEMORY;
    for (size_t w = 0; w < power->watches; w++)
        power->years[w] = years->count > 0 ? (size_t)years->value[w] : w + 1;
    if (whole >= 1 && power->years[power->watches - 1] <= whole)
        return OK;
    faults_add(faults, where(power, years->count > 0 ? "years" : "scenario"),
               years->count > 0 ? "years" : "scenario",
               "the scenario has %zu whole year%s from the first day that counts on: expected %s",
               whole, whole == 1 ? "" : "s",
               years->count > 0 ? "no more" : "one at least; give it a longer horizon");
    return BAD_INPUT;
}

/* The data of OUTCOME, where the windows of periods have their FIRST. */
static void
add_data(struct power *power, size_t outcome, const size_t first[POWER_PERIODS])
{
    if (power->outcome[outcome].count == POWER_COUNTED) {
        power->data[power->datas++] =
            (struct power_data){outcome, true, POWER_MONTH, first[POWER_MONTH]};
        return;
    }
    for (int p = 0; p < POWER_PERIODS; p++)
        if ((power->asked.periods & 1u << p) != 0)
            power->data[power->datas++] =
                (struct power_data){outcome, false, (enum power_period)p, first[p]};
}

/* The windows of each period that is asked for, months first in any case: openings are known by
 * them. */
static int
set_windows(struct power *power)
{
    size_t first[POWER_PERIODS];

    power->months = power->years[power->watches - 1] * MONTHS_A_YEAR;
    power->window = calloc(POWER_PERIODS * power->months, sizeof *power->window);
    if (power->window == NULL)
        return NO_MEMORY;
    for (int p = 0; p < POWER_PERIODS; p++) {
        first[p] = power->windows;
        for (size_t m = 0; m < power->months; m += power_months[p])
            if (p == POWER_MONTH || (power->asked.periods & 1u << p) != 0)
                power->window[power->windows++] =
                    (struct window){calendar_add_months(power->from, (int)m),
                                    calendar_add_months(power->from, (int)(m + power_months[p]))};
    }
    for (size_t o = 0; o < power->asked.outcomes.count; o++)
        add_data(power, o, first);
    return OK;
}

static int
check_regions(const struct power *power, struct faults *faults)
{
    size_t regions = power->scenario[0].regions.count;

    if (regions >= 2 && regions <= STEPPED_MOST)
        return OK;
    faults_add(faults, where(power, "scenario"), "scenario",
               "it has %zu region%s: expected 2 to %d, which are compared with each other", regions,
               regions == 1 ? "" : "s", STEPPED_MOST);
    return BAD_INPUT;
}

static int
read_parts(struct power *power, const char *path, bool allow_outside, struct faults *faults)
{
    int status = read_outcomes(power, faults);

    if (status == OK)
        status = read_scenarios(power, path, allow_outside, faults);
    if (status == OK)
        status = check_regions(power, faults);
    size_t months = status == OK ? whole_months(power, faults) : 0;
    if (status == OK)
        status = faults->errors > 0 ? BAD_INPUT : set_watches(power, months, faults);
    if (status == OK)
        status = set_windows(power);
    power->lag = (size_t)ceil(power->asked.lag / DAYS_A_MONTH - 1e-9);
    power->replications = (size_t)power->asked.replications;
    return status;
}

int
power_read(struct power *power, const char *path, bool allow_outside, struct faults *faults,
           struct error *err)
{
    const struct scenario_source from = {.file = path, .allow_outside = allow_outside};

    *power = (struct power){0};
    int status = power_file_read(&power->asked, &power->tree, &from, faults);
    if (status == OK)
        status = read_parts(power, path, allow_outside, faults);
    faults_sort(faults);
    return status == NO_MEMORY ? error_set(err, NO_MEMORY, "no memory for the plan") : status;
}

void
power_free(struct power *power)
{
    for (size_t e = 0; e < power->read; e++)
        scenario_free(&power->scenario[e]);
    free(power->scenario);
    free(power->outcome);
    free(power->data);
    free(power->years);
    free(power->window);
    free(power->row);
    free(power->seen);
    tree_free(&power->tree);
}
