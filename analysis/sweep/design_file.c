#include "design_file.h"

#include "sample.h"

#include "models/scenario/fields/rows.h"
#include "models/scenario/load.h"
#include "models/scenario/read_object.h"
#include "models/scenario/source.h"

#include <string.h>

/* Those of sample_methods, in their order, and list. */
static const char *const method_words_of_design[] = {
    "grid",   "one_at_a_time", "latin_hypercube", "sobol", "halton",
    "morris", "saltelli",      "jansen",          "list",  NULL};
_Static_assert(COUNT(method_words_of_design) == SAMPLE_METHODS + 2, "one word for each method");
static const char *const seeds_words[] = {"common", "own", NULL};

static const struct field factor_fields[] = {
    FIELD("path", TEXT, factor_object, path,
          .meaning =
              "the field that varies, as in set:; without one the factor changes nothing, and "
              "shows what chance alone makes of a factor"),
    FIELD("name", TEXT, factor_object, name,
          .meaning = "what the factor is called in results; its path where not given"),
    FIELD("to", ANY, factor_object, to,
          .meaning = "the values that the field takes: a range such as 0..40 or 7 d..60 d, a list, "
                     "or a distribution; where the scenario draws the field, in place of the draw"),
    FIELD("times", ANY, factor_object, times,
          .meaning =
              "what the field's value is multiplied by: a range such as 0.8..1.2, a list, or "
              "a distribution; where the scenario draws the field, the draw"),
    FIELD("plus", ANY, factor_object, plus,
          .meaning = "what is added to the field's value: a range, a list, or a distribution"),
    FIELD("step", TEXT, factor_object, step,
          .meaning = "how far the values of a range are apart, such as 5 or '2 %'; any value "
                     "between its ends where not given"),
    FIELD("levels", WHOLE, factor_object, levels, .low = 2, .high = 1e6,
          .meaning = "of grid and one_at_a_time: how many values of a range without a step or of a "
                     "distribution, evenly spread; the design's levels where not given"),
    FIELD("source", TEXT, factor_object, source,
          .meaning =
              "where its values come from, or that they are assumed, as a scenario's sources "
              "say it: 'B: nine in ten draws of the fit'; for readers of the results"),
    FIELD("world", YES_NO, factor_object, world, .fallback = "no",
          .meaning = "the factor is a fact of the world, so that it holds for the people who are "
                     "inside at the start too; else it is policy"),
};
TYPE_OF(factor, "factor", "sweep");

static const struct field design_fields[] = {
    FIELD("scenario", TEXT, design_object, scenario, .required = true,
          .meaning = "the scenario that is varied"),
    FIELD("method", CHOICE, design_object, method, .fallback = "grid",
          .words = method_words_of_design,
          .meaning =
              "how points are chosen: grid, every combination; one_at_a_time, each factor "
              "alone; list, the rows of list; latin_hypercube (maximin), sobol (Owen's "
              "scrambling) and halton, points that fill the space; morris, trajectories that "
              "screen many factors; saltelli or jansen, the points of Sobol' indices"),
    FIELD("points", WHOLE, design_object, points, .low = 1, .high = 1e7, .fallback = "100",
          .meaning = "how many points of a sample; of morris how many trajectories, of factors + 1 "
                     "points each; of saltelli how many rows, of factors + 2 points each"),
    FIELD("levels", WHOLE, design_object, levels, .low = 2, .high = 1e6, .fallback = "4",
          .meaning = "of morris: levels of each factor, an even number; of grid and one_at_a_time: "
                     "values of a factor that does not say how many"),
    FIELD("seed", WHOLE, design_object, seed, .high = 9e15, .fallback = "1",
          .meaning = "of the sample; the scenario's seed is its own"),
    FIELD("replications", WHOLE, design_object, replications, .low = 1, .high = 1e6,
          .meaning = "replications of each point; the scenario's where not given"),
    FIELD("seeds", CHOICE, design_object, seeds, .fallback = "common", .words = seeds_words,
          .meaning = "common: a replication has the same people at every point, which takes chance "
                     "out of differences; own: each point has a seed of its own"),
    FIELD("record", OBJECTS, design_object, record, .object = &record_type,
          .meaning = "what is kept of each point, as a scenario's record says it; the nation by "
                     "year where not given"),
    FIELD("factors", OBJECTS, design_object, factors, .required = true, .object = &factor_type,
          .meaning = "the fields that vary"),
    FIELD("list", ANY, design_object, list,
          .meaning = "of method list: rows with a value for each factor, under its name, such as "
                     "{csv: points.csv}"),
};
TYPE_OF(design, "sweep", "sweep");
const struct object_type *const design_fields_of_file = &design_type;

/* Fields that all points have alike, and what stands in their place. */
static const struct {
    const char *path, *instead;
} alike[] = {
    {"seed", "the design's seeds: own gives each its own"},
    {"replications", "the design's replications says how many"},
    {"record", "the design's record says what is kept"},
};

static void
check_path(const struct factor_object *factor, struct faults *faults)
{
    for (size_t i = 0; i < COUNT(alike) && factor->path != NULL; i++) {
        size_t length = strlen(alike[i].path);
        if (strncmp(factor->path, alike[i].path, length) == 0 &&
            strchr(".[", factor->path[length]) != NULL) /* or the end */
            faults_add(faults, node_at(node_where(factor->node, "path")), "factors",
                       "all points have the same %s: %s", alike[i].path, alike[i].instead);
    }
}

static void
check_factor(const struct factor_object *factor, struct faults *faults)
{
    const struct node *const ways[] = {factor->to, factor->times, factor->plus};
    size_t given = 0;

    if (factor->node == NULL) /* no map, which has its fault */
        return;
    check_path(factor, faults);
    for (size_t w = 0; w < COUNT(ways); w++)
        given += ways[w] != NULL;
    if (given != 1)
        faults_add(faults, node_at(factor->node), "factors",
                   given == 0 ? "how does it vary? give to, times or plus"
                              : "it varies in more than one way: give to, times or plus alone");
    if (factor->path == NULL && factor->name == NULL)
        faults_add(faults, node_at(factor->node), "factors",
                   "it has neither path nor name: a factor that changes nothing needs a name");
    if (factor->path == NULL && factor->world)
        faults_add(faults, node_at(node_where(factor->node, "world")), "factors",
                   "a factor without a path changes nothing, in the world neither");
}

/* What is given and the method has no use for. */
static void
check_unread(const struct design_object *design, struct faults *faults)
{
    bool listed = design->method == SAMPLE_METHODS;
    const struct sample_method *method = listed ? NULL : &sample_methods[design->method];
    const char *word = method_words_of_design[design->method];
    const struct node *points = node_find(design->node, "points");
    const struct node *levels = node_find(design->node, "levels");
    const struct factor_object *factor = design->factors.item;

    if (!listed && design->list != NULL)
        faults_add(faults, node_at(design->list), "list",
                   "%s does not read it: say method: list, or leave it out", word);
    if (points != NULL && (listed || method->n_counts == NULL))
        faults_warn(faults, node_at(points), "points",
                    "nothing reads it: how many points %s has follows from its values", word);
    if (levels != NULL && (listed || (!method->takes_levels && !method->takes_values)))
        faults_warn(faults, node_at(levels), "levels", "nothing reads it: %s has no levels", word);
    for (size_t f = 0; f < design->factors.count; f++)
        if (factor[f].levels > 0 && (listed || !method->takes_values))
            faults_warn(faults, node_at(node_where(factor[f].node, "levels")), "levels",
                        "nothing reads it: %s has no levels of a factor", word);
}

/* Where the file does not say what is kept. */
static struct keep_object usual_record[] = {{.scope = AT_NATION, .tick = KEEP_YEAR}};

int
design_file_read(struct design_object *out, struct tree *tree, const struct scenario_source *from,
                 struct faults *faults)
{
    *out = (struct design_object){0};
    source_begin(tree, from, faults);
    tree->root = load_file(tree, from->file, from->file, NULL);
    source_end(tree);
    if (tree->root != NULL && !tree->no_memory)
        read_object(tree, tree->root, &design_type, out, "");
    if (tree->no_memory || faults->no_memory)
        return NO_MEMORY;
    if (out->record.count == 0)
        out->record = (struct objects){.item = usual_record, .count = COUNT(usual_record)};
    const struct factor_object *factor = out->factors.item;
    for (size_t f = 0; f < out->factors.count; f++)
        check_factor(&factor[f], faults);
    if (out->node != NULL && !node_faulty(out->node, "method"))
        check_unread(out, faults);
    if (tree->root != NULL && faults->errors == 0 && out->factors.count == 0)
        faults_add(faults, node_at(node_where(out->node, "factors")), "factors",
                   "there is none: give one at least");
    faults_sort(faults);
    return faults->errors > 0 ? tree->environment ? ENVIRONMENT : BAD_INPUT : OK;
}
