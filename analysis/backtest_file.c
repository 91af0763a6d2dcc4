#include "backtest_file.h"

#include "models/scenario/fields/rows.h"
#include "models/scenario/load.h"
#include "models/scenario/read_object.h"
#include "models/scenario/source.h"

static const struct field backtest_count_fields[] = {
    FIELD("date", DATE, backtest_count_object, date, .required = true,
          .meaning = "the day of the count"),
    FIELD("value", NUMBER, backtest_count_object, value, .required = true, .low = 1, .high = 1e9,
          .meaning = "what was counted; it is taken as it stands, without an error"),
    FIELD("grade", TEXT, backtest_count_object, grade,
          .meaning = "how good the source is; for readers"),
    FIELD("source", TEXT, backtest_count_object, source,
          .meaning = "where the count is from; for readers"),
};
TYPE_OF(backtest_count, "count", "backtest");

static const char *const knowledge_words[] = {
    [BACKTEST_KNOWN] = "known", [BACKTEST_UNKNOWN] = "unknown", NULL};

static const struct field backtest_fields[] = {
    FIELD("scenario", TEXT, backtest_object, scenario, .required = true,
          .meaning = "the scenario, which begins before the first origin; at each of them it is "
                     "begun anew, its people scaled to the last count before"),
    FIELD("quantity", TEXT, backtest_object, quantity, .fallback = "population",
          .meaning = "what was counted: population, of a status and of a place where one is named, "
                     "as in an address: population, convicted, Antwerpen"),
    FIELD("from", DATE, backtest_object, from, .required = true, .meaning = "the first origin"),
    FIELD("to", DATE, backtest_object, to, .required = true,
          .meaning = "the last day that may be an origin"),
    FIELD("every", WHOLE, backtest_object, every, .low = 1, .high = 1200, .fallback = "12",
          .meaning = "months from one origin to the next"),
    FIELD("horizons", NUMBERS, backtest_object, horizons, .fallback = "[1, 3, 6, 12, 24, 36]",
          .meaning = "months ahead; a count belongs to the nearest of those from which it is no "
                     "more than half as many months away, and 3 at most, and is forecast on its "
                     "own day"),
    FIELD("replications", WHOLE, backtest_object, replications, .low = 20, .high = 1e5,
          .fallback = "100", .meaning = "futures from each origin, each with a draw of its own"),
    FIELD("oldest", DURATION, backtest_object, oldest, .high = 4000, .fallback = "100 d",
          .meaning = "an origin whose last count is older is left out"),
    FIELD("laws", CHOICE, backtest_object, laws, .fallback = "known", .words = knowledge_words,
          .meaning = "known: what the scenario dates after an origin happens; unknown: laws, "
                     "measures, openings, projects, strikes and other values by date do not"),
    FIELD("intake", CHOICE, backtest_object, intake, .fallback = "known", .words = knowledge_words,
          .meaning = "the same of intake and intake_level; unknown: they stay as they were"),
    FIELD("match", YES_NO, backtest_object, match, .fallback = "no",
          .meaning = "whether the intake follows the people counted at an origin, by Little's law "
                     "(intake_matches_stock)"),
    FIELD("counts", OBJECTS, backtest_object, counts, .required = true,
          .object = &backtest_count_type,
          .meaning = "what was counted, in any order; also of years before the first origin, from "
                     "which the naive and the drift forecast take their spread"),
};
TYPE_OF(backtest, "back-test", "backtest");
const struct object_type *const backtest_fields_of_file = &backtest_type;

static void
check_horizons(const struct backtest_object *asked, struct faults *faults)
{
    const struct node *node = node_where(asked->node, "horizons");
    const struct numbers *months = &asked->horizons;

    if (node_faulty(asked->node, "horizons"))
        return;
    for (size_t h = 0; h < months->count; h++)
        if (months->value[h] <= (h > 0 ? months->value[h - 1] : 0)) {
            faults_add(faults, node_at(node), "horizons",
                       "expected months above 0 that rise, found %g%s", months->value[h],
                       h > 0 ? " behind one that is no less" : "");
            return;
        }
    if (months->count == 0)
        faults_add(faults, node_at(node), "horizons", "there is none: give one at least");
}

int
backtest_file_read(struct backtest_object *out, struct tree *tree, const char *path,
                   struct faults *faults)
{
    const struct scenario_source from = {.file = path};

    *out = (struct backtest_object){0};
    source_begin(tree, &from, faults);
    tree->root = load_file(tree, path, path, NULL);
    source_end(tree);
    if (tree->root != NULL && !tree->no_memory)
        read_object(tree, tree->root, &backtest_type, out, "");
    if (tree->no_memory || faults->no_memory)
        return NO_MEMORY;
    if (tree->root != NULL && faults->errors == 0) {
        check_horizons(out, faults);
        if (out->to < out->from)
            faults_add(faults, node_at(node_where(out->node, "to")), "to",
                       "it is before from, so there is no origin");
        if (out->counts.count == 0)
            faults_add(faults, node_at(node_where(out->node, "counts")), "counts",
                       "there is none: give two at least, one before an origin and one after");
    }
    faults_sort(faults);
    return faults->errors > 0 ? tree->environment ? ENVIRONMENT : BAD_INPUT : OK;
}
