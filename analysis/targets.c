#include "targets.h"

#include "method.h"

#include "models/scenario/fields/rows.h"
#include "models/scenario/load.h"
#include "models/scenario/read_object.h"
#include "models/scenario/source.h"

#include <string.h>

/* Those of estimand.h that a replication has by itself. */
static const char *const estimator_words[] = {"mean",  "ratio", "stay", "rate",
                                              "share", "delay", NULL};

static const struct field target_fields[] = {
    FIELD("name", TEXT, target_object, name, .required = true, .meaning = "what it is called"),
    FIELD("series", TEXT, target_object, series, .required = true,
          .meaning = "the series it is taken from; a+b adds two, a@entry is an entry of one"),
    FIELD("at", TEXT, target_object, at, .meaning = "an entry of the series; all where not given"),
    FIELD("under", TEXT, target_object, under, .meaning = "the series that it is divided by"),
    FIELD("estimator", CHOICE, target_object, estimator, .fallback = "mean",
          .words = estimator_words, .meaning = "how it is taken from each replication"),
    FIELD("from", DATE, target_object, from,
          .meaning = "its first day; the result's where not given"),
    FIELD("until", DATE, target_object, until,
          .meaning = "the day after its last; the result's end where not given"),
    FIELD("value", NUMBER, target_object, value, .required = true, .low = -1e15, .high = 1e15,
          .meaning = "what was observed"),
    FIELD("error", NUMBER, target_object, error, .high = 1e15, .fallback = "0",
          .meaning = "the standard error of what was observed, beside chance"),
    FIELD("number", NUMBER, target_object, number, .low = -1e15, .high = 1e15, .fallback = "0",
          .meaning = "what share and delay ask for"),
    FIELD("scale", NUMBER, target_object, scale, .low = -1e15, .high = 1e15, .fallback = "1",
          .meaning = "what it is multiplied by, to be in the unit of value"),
    FIELD("offset", NUMBER, target_object, offset, .low = -1e15, .high = 1e15, .fallback = "0",
          .meaning = "what is added then"),
    FIELD("source", TEXT, target_object, source, .meaning = "where the value is from"),
};
TYPE_OF(target, "target", "calibration");

static const struct field targets_fields[] = {
    FIELD("scenario", TEXT, targets_object, scenario, .required = true,
          .meaning = "the scenario, in which the parameters are uncertain by their priors"),
    FIELD("method", CHOICE, targets_object, method, .fallback = "smoother", .words = method_words,
          .meaning = "smoother moves members together, where outcomes are smooth in the parameters "
                     "(ES-MDA); abc keeps those that come near what was observed and asks for "
                     "nothing smooth, but for many more runs (sequential ABC)"),
    FIELD("members", WHOLE, targets_object, members, .low = 10, .high = 1e5,
          .meaning = "draws of the parameters: of the smoother moved together, 100 where not "
                     "given; of abc 1,000, of which the nearer half is kept at each step"),
    FIELD("replications", WHOLE, targets_object, replications, .low = 2, .high = 1e4,
          .fallback = "2", .meaning = "replications of each member, which tell the chance of one"),
    FIELD("steps", WHOLE, targets_object, steps, .low = 1, .high = 200,
          .meaning = "steps of the smoother, each counting the targets by its part, 4 where not "
                     "given; of abc at most, 40"),
    FIELD("accepted", SHARE, targets_object, accepted, .high = 0.9, .fallback = "5 %",
          .meaning =
              "abc ends where a smaller share of the new members comes within the tolerance"),
    FIELD("targets", OBJECTS, targets_object, targets, .required = true, .object = &target_type,
          .meaning = "what was observed"),
};
TYPE_OF(targets, "calibration", "calibration");
const struct object_type *const targets_fields_of_file = &targets_type;

const char *
target_estimator(const struct target_object *target)
{
    return estimator_words[target->estimator];
}

int
targets_read(struct targets_object *out, struct tree *tree, const char *path, struct faults *faults)
{
    const struct scenario_source from = {.file = path};

    *out = (struct targets_object){0};
    source_begin(tree, &from, faults);
    tree->root = load_file(tree, path, path, NULL);
    source_end(tree);
    if (tree->root != NULL && !tree->no_memory)
        read_object(tree, tree->root, &targets_type, out, "");
    if (tree->no_memory || faults->no_memory)
        return NO_MEMORY;
    if (faults->errors == 0 && out->targets.count == 0)
        faults_add(faults, node_at(node_where(out->node, "targets")), "targets",
                   "there is none: give one at least");
    faults_sort(faults);
    return faults->errors > 0 ? BAD_INPUT : OK;
}
