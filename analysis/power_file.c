#include "power_file.h"

#include "models/scenario/fields/rows.h"
#include "models/scenario/load.h"
#include "models/scenario/read_object.h"

#include "sim/engine/calendar.h"

#include <math.h>
#include <string.h>

const char *const power_period_words[] = {"month", "quarter", "year", NULL};
const size_t power_months[POWER_PERIODS] = {1, 3, 12};

static const char *const scale_words_of_power[] = {"relative", "plain", NULL};
static const char *const direction_words[] = {"either", "less", "more", NULL};
static const char *const test_words[] = {"orders", "futures", NULL};

static const struct field effect_fields[] = {
    FIELD("name", TEXT, effect_object, name, .required = true,
          .meaning = "what it is called in the table"),
    FIELD("set", NAMES, effect_object, set, .required = true,
          .meaning = "lines laid over the scenario, as run --set takes them, in place of those of "
                     "no_effect: ['come_back[released].house: 0.8']"),
};
TYPE_OF(effect, "effect", "power");

static const struct field data_fields[] = {
    FIELD("name", TEXT, data_object, name,
          .meaning = "what it is called in the table; what it is of, and per, where not given"),
    FIELD("of", TEXT, data_object, of, .required = true,
          .meaning = "a series or an indicator that is kept by region, perhaps with labels, as in "
                     "an address: came_back, or 'came_back_from, house', which within { } stands "
                     "between quotes"),
    FIELD("per", TEXT, data_object, per,
          .meaning = "another that it is divided by, such as releases"),
    FIELD("against", TEXT, data_object, against,
          .meaning = "with other_per: what is counted of other people, over the whole country and "
                     "all years watched, if each person's way is kept: of 'came_back_from, house' "
                     "per 'released_from, house', against 'came_back_from, prison' per "
                     "'released_from, prison'; judged by test: futures in any case"),
    FIELD("other_per", TEXT, data_object, other_per, .meaning = "what that is divided by"),
};
TYPE_OF(data, "outcome", "power");

static const struct field power_fields[] = {
    FIELD("scenario", TEXT, power_object, scenario, .required = true,
          .meaning = "the scenario of the roll-out: in it detention or transition houses open in "
                     "one region after the other"),
    FIELD("no_effect", NAMES, power_object, no_effect,
          .meaning = "lines laid over the scenario, as run --set takes them, so that houses open "
                     "and change nothing that is counted; as it is where not given"),
    FIELD("effects", OBJECTS, power_object, effects, .object = &effect_type,
          .meaning = "what houses might bring about, each simulated in the same futures; without "
                     "one only false alarms are told"),
    FIELD("outcomes", OBJECTS, power_object, outcomes, .required = true, .object = &data_type,
          .meaning = "what is counted in each region and period; several show which data to keep"),
    FIELD("periods", SET, power_object, periods, .fallback = "[quarter]",
          .words = power_period_words,
          .meaning = "by what time it is counted; several show how finely data should be kept"),
    FIELD("from", DATE, power_object, from,
          .meaning = "from when on it is counted, the first of a month; houses that are open then "
                     "are no part of the roll-out; the scenario's first whole month where not "
                     "given"),
    FIELD("years", NUMBERS, power_object, years,
          .meaning = "after how many whole years it is judged, such as [2, 4, 6]; after each that "
                     "the scenario has where not given"),
    FIELD("lag", DURATION, power_object, lag, .high = 1e4, .fallback = "0 d",
          .meaning = "how long after the opening of its first house a region still counts as one "
                     "without, rounded up to whole months"),
    FIELD("scale", CHOICE, power_object, scale, .fallback = "relative",
          .words = scale_words_of_power,
          .meaning = "relative: as a share of the region's mean over the years watched, so that "
                     "large and small regions count the same; plain: as it is counted"),
    FIELD("direction", CHOICE, power_object, direction, .fallback = "either",
          .words = direction_words,
          .meaning = "which change is looked for: either way, only less or only more"),
    FIELD("test", CHOICE, power_object, test, .fallback = "orders", .words = test_words,
          .meaning = "what a change is held against. orders: the same openings in every other "
                     "order of the regions, which holds its level if lots decide the order; "
                     "futures: the futures without an effect, which holds it if the "
                     "scenario's chance is that of the world, and needs no number of regions"),
    FIELD("level", SHARE, power_object, level, .low = 0.001, .high = 0.5, .fallback = "5 %",
          .meaning = "how often a change may be seen where there is none"),
    FIELD("aim", SHARE, power_object, aim, .low = 0.01, .high = 0.999, .fallback = "80 %",
          .meaning = "how often a change that is there should be seen"),
    FIELD("replications", WHOLE, power_object, replications, .low = 20, .high = 1e6,
          .fallback = "400", .meaning = "futures, the same without and with each effect"),
};
TYPE_OF(power, "plan of an evaluation", "power");
const struct object_type *const power_fields_of_file = &power_type;

static void
check_years(const struct power_object *asked, struct faults *faults)
{
    const struct node *node = node_where(asked->node, "years");
    const struct numbers *years = &asked->years;

    for (size_t i = 0; i < years->count; i++)
        if (!(years->value[i] > (i > 0 ? years->value[i - 1] : 0)) ||
            years->value[i] > floor(years->value[i])) {
            faults_add(faults, node_at(node), "years",
                       "expected whole numbers of years above 0 that rise, found %g%s",
                       years->value[i], i > 0 ? " after another" : "");
            return;
        }
}

static void
check_names(const struct power_object *asked, struct faults *faults)
{
    const struct effect_object *effect = asked->effects.item;

    for (size_t i = 0; i < asked->effects.count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(effect[i].name, effect[j].name) == 0) {
                faults_add(faults, node_at(effect[i].node), "effects",
                           "'%.80s' is there already: give one of them another name",
                           effect[i].name);
                break;
            }
}

static void
check_outcomes(const struct power_object *asked, struct faults *faults)
{
    const struct data_object *outcome = asked->outcomes.item;

    for (size_t i = 0; i < asked->outcomes.count; i++) {
        bool against = outcome[i].against != NULL || outcome[i].other_per != NULL;
        if (against &&
            (outcome[i].per == NULL || outcome[i].against == NULL || outcome[i].other_per == NULL))
            faults_add(faults, node_at(outcome[i].node), "outcomes",
                       "people are compared by two shares: give of, per, against and other_per");
    }
}

static void
check_file(const struct power_object *asked, struct faults *faults)
{
    check_years(asked, faults);
    check_names(asked, faults);
    check_outcomes(asked, faults);
    if (asked->outcomes.count == 0)
        faults_add(faults, node_at(node_where(asked->node, "outcomes")), "outcomes",
                   "there is none: give one at least");
    if (asked->periods == 0)
        faults_add(faults, node_at(node_where(asked->node, "periods")), "periods",
                   "there is none: give month, quarter or year");
    if (asked->from != NO_DATE && calendar_date(asked->from).day != 1)
        faults_add(faults, node_at(node_where(asked->node, "from")), "from",
                   "expected the first day of a month");
}

int
power_file_read(struct power_object *out, struct tree *tree, const struct scenario_source *from,
                struct faults *faults)
{
    *out = (struct power_object){0};
    source_begin(tree, from, faults);
    tree->root = load_file(tree, from->file, from->file, NULL);
    source_end(tree);
    if (tree->root != NULL && !tree->no_memory)
        read_object(tree, tree->root, &power_type, out, "");
    if (tree->no_memory || faults->no_memory)
        return NO_MEMORY;
    if (tree->root != NULL && faults->errors == 0)
        check_file(out, faults);
    faults_sort(faults);
    return faults->errors > 0 ? tree->environment ? ENVIRONMENT : BAD_INPUT : OK;
}
