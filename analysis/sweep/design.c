#include "design.h"

#include "models/record/series.h"
#include "models/run/reading.h"
#include "models/scenario/check/check.h"
#include "models/scenario/load.h"
#include "models/scenario/source.h"
#include "sim/engine/stream.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A design is a file and the table that it may name. */
#define DESIGN_MOST_TEXTS 16

/* The path of the design's scenario, which is seen from the design's own file. NULL: no memory. */
static char *
scenario_path(const char *design, const char *scenario)
{
    const char *slash = strrchr(design, '/');
    size_t folder = slash != NULL && scenario[0] != '/' ? (size_t)(slash - design) + 1 : 0;
    size_t size = folder + strlen(scenario) + 1;
    char *path = malloc(size);

    if (path != NULL)
        snprintf(path, size, "%.*s%s", (int)folder, design, scenario);
    return path;
}

/* Two factors of one name would be one column. */
static void
check_names(struct design *design)
{
    for (size_t f = 0; f < design->factors; f++)
        for (size_t g = 0; g < f; g++)
            if (strcmp(design->factor[f].name, design->factor[g].name) == 0) {
                const struct factor_object *asked = design->asked.factors.item;
                faults_add(design->tree.faults, node_at(asked[f].node), "factors",
                           "'%.80s' is there already: give one of them another name",
                           design->factor[f].name);
                break;
            }
}

/* What has a place in scenario files, a name in results and a value at each point. */
static int
read_factors(struct design *design)
{
    const struct factor_object *asked = design->asked.factors.item;
    bool good = true;

    design->factor = calloc(design->asked.factors.count + 1, sizeof *design->factor);
    if (design->factor == NULL)
        return NO_MEMORY;
    design->factors = design->asked.factors.count;
    for (size_t f = 0; f < design->factors; f++)
        good &=
            factor_read(&design->factor[f], &asked[f], (size_t)design->asked.levels, &design->tree);
    if (design->tree.no_memory)
        return NO_MEMORY;
    if (good)
        check_names(design);
    return good && design->tree.faults->errors == 0 ? OK : BAD_INPUT;
}

/* The cells of a row of the list, under the names of the factors. */
static bool
read_row(struct design *design, const struct node *row, const struct node **cell)
{
    bool good = row->kind == NODE_MAP;

    if (!good)
        faults_add(design->tree.faults, node_at(row), "list",
                   "expected a row of values, one under the name of each factor");
    for (size_t f = 0; f < design->factors && good; f++) {
        cell[f] = node_find(row, design->factor[f].name);
        good = cell[f] != NULL && factor_takes(cell[f]);
        if (!good)
            faults_add(design->tree.faults, node_at(cell[f] != NULL ? cell[f] : row), "list",
                       "expected a value of %.80s%s", design->factor[f].name,
                       cell[f] != NULL ? " in one line, of 127 bytes at most" : "");
    }
    for (size_t i = 0; i < row->count && good; i++) {
        size_t f = 0;
        while (f < design->factors && strcmp(row->key[i]->text, design->factor[f].name) != 0)
            f++;
        if (f == design->factors)
            faults_warn(design->tree.faults, node_at(row->key[i]), "list",
                        "nothing reads column '%.80s': no factor is called so", row->key[i]->text);
    }
    return good;
}

static int
read_list(struct design *design)
{
    const struct node *list = design->asked.list;
    bool good = list != NULL && list->kind == NODE_LIST && list->count > 0;

    if (!good) {
        faults_add(design->tree.faults, node_at(node_where(design->asked.node, "list")), "list",
                   "expected rows of values, such as {csv: points.csv}");
        return BAD_INPUT;
    }
    design->cell = calloc(list->count * design->factors + 1, sizeof *design->cell);
    if (design->cell == NULL)
        return NO_MEMORY;
    design->points = list->count;
    for (size_t p = 0; p < design->points; p++)
        good &= read_row(design, list->child[p], design->cell + p * design->factors);
    return good ? OK : BAD_INPUT;
}

static int
make_sample(struct design *design, struct error *err)
{
    size_t *levels = calloc(design->factors + 1, sizeof *levels);
    int status = levels != NULL ? OK : NO_MEMORY;

    for (size_t f = 0; f < design->factors && status == OK; f++)
        levels[f] = design->factor[f].levels;
    const struct sample_asked asked = {.method = &sample_methods[design->asked.method],
                                       .n = (size_t)design->asked.points,
                                       .factors = design->factors,
                                       .count = levels,
                                       .levels = (size_t)design->asked.levels,
                                       .seed = (uint64_t)design->asked.seed};
    if (status == OK)
        status = sample_make(&design->sample, &asked, err);
    if (status == BAD_INPUT)
        faults_add(design->tree.faults, node_at(design->asked.node), "method", "%s", err->message);
    design->points = design->sample.rows;
    if (design->sample.unbalanced)
        faults_warn(design->tree.faults, node_at(node_where(design->asked.node, "points")),
                    "points",
                    "%lld is no power of two, and such points are spread less evenly; take 64, "
                    "128, 256 ...",
                    (long long)design->asked.points);
    free(levels);
    return status;
}

/* Take LINES apart into SET, a text each; how many there are. */
static size_t
split_lines(char *lines, const char **set)
{
    size_t count = 0;

    for (char *line = strtok_r(lines, "\n", &lines); line != NULL;
         line = strtok_r(NULL, "\n", &lines))
        set[count++] = line;
    return count;
}

/* Where the value that LINE of POINT's sets stands in the design. */
static struct position
place_of_line(const struct design *design, size_t point, int line)
{
    for (size_t f = 0; f < design->factors; f++)
        if (design->factor[f].path != NULL && --line == 0)
            return node_at(design->cell != NULL ? design->cell[point * design->factors + f]
                                                : design->factor[f].way);
    return (struct position){design->tree.source[0].name, 1, 1};
}

/* What is wrong with a line is wrong with the factor that it is of. */
static void
place_faults(const struct design *design, size_t point, struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        struct position *at = &faults->fault[i].at;
        if (at->file != NULL && strcmp(at->file, SOURCE_SET) == 0)
            *at = place_of_line(design, point, at->line);
    }
}

/* With the value of each factor of POINT; its seed and what it keeps are the scenario's own. */
static int
read_scenario(const struct design *design, size_t point, struct scenario *scenario,
              struct faults *faults)
{
    char *lines = design_lines(design, point);
    struct scenario_source from = design->from;
    const char **set = calloc(from.sets + design->factors + 1, sizeof *set);
    int status = NO_MEMORY;

    if (lines != NULL && set != NULL) {
        for (size_t i = 0; i < from.sets; i++)
            set[i] = from.set[i];
        from.sets += split_lines(lines, set + from.sets);
        from.set = set;
        status = run_read_from(scenario, &from, faults);
        place_faults(design, point, faults);
    }
    free(set);
    free(lines);
    return status;
}

/* What the design keeps takes the place of the scenario's record, and has its rules. */
static int
check_what_is_kept(const struct design *design, struct faults *faults)
{
    size_t errors = faults->errors;

    check_record(&design->asked.record, faults);
    series_check(&design->asked.record, faults);
    return faults->errors > errors ? BAD_INPUT : OK;
}

/* The scenario itself, and its files from now on. Its warnings are told with the values of the
 * first point in it. */
static int
read_base(struct design *design, struct faults *faults)
{
    struct faults found = {0};
    int status = run_read_from(&design->base, &design->from, &found);
    const struct tree *tree = &design->base.tree;

    faults_free(&found);
    if (status != OK && status != NO_MEMORY) { /* once more, to tell what is wrong */
        scenario_free(&design->base);
        status = run_read_from(&design->base, &design->from, faults);
    }
    if (status != OK)
        return status;
    design->text = calloc(tree->sources + 1, sizeof *design->text);
    if (design->text == NULL)
        return NO_MEMORY;
    for (; design->texts < tree->sources; design->texts++) {
        const struct source *source = &tree->source[design->texts];
        design->text[design->texts] =
            (struct scenario_text){source->name, source->text, source->size};
    }
    design->from.text = design->text;
    design->from.texts = design->texts;
    design->from.allow_outside = true; /* that was seen to when it was first read */
    design->base.keep = design->asked.record;
    return OK;
}

int
design_read_from(struct design *design, const struct scenario_source *from, struct faults *faults)
{
    design->from = *from;
    return read_base(design, faults);
}

/* See what the scenario says, with the values of the first point in it. */
static int
look_at_first(struct design *design, struct faults *faults)
{
    int status = read_scenario(design, 0, &design->first, faults);

    if (status != OK)
        return status;
    design->seed = (uint64_t)design->first.seed;
    design->replications = design->asked.replications > 0 ? (uint64_t)design->asked.replications
                                                          : (uint64_t)design->first.replications;
    return OK;
}

/* Where points may lie anywhere in the range of a factor, or on levels that nobody wrote, see that
 * a field takes a value between its ends: one of whole numbers does not. */
static int
check_between(struct design *design, size_t f, struct faults *faults)
{
    const struct factor_object *asked = design->asked.factors.item;
    const struct factor *factor = &design->factor[f];
    struct faults found = {0};
    struct scenario scenario = {0};
    char value[FACTOR_TEXT], line[4096];
    const char *set = line;
    struct scenario_source from = design->from;
    bool on_levels = sample_methods[design->asked.method].takes_values;

    from.set = &set;
    from.sets = 1;
    if (factor->kind != FACTOR_RANGE || factor->ladder.dates || (on_levels && factor->levels < 3))
        return OK;
    if (on_levels)
        factor_write_level(factor, 1, value);
    else
        factor_write(factor, 0.3183, value);
    if (factor_line(factor, value, line, sizeof line) == 0)
        return OK;
    int status = run_read_from(&scenario, &from, &found);
    size_t i = 0;
    while (i < found.count && (found.fault[i].warning || found.fault[i].at.file == NULL ||
                               strcmp(found.fault[i].at.file, SOURCE_SET) != 0))
        i++;
    if (status == BAD_INPUT && i < found.count)
        faults_add(faults, node_at(asked[f].node), factor->name, "with %s, between its ends: %s%s",
                   value, found.fault[i].text + found.fault[i].path,
                   strstr(found.fault[i].text, "whole number") != NULL
                       ? "; give it a step of whole numbers, such as step: 1"
                       : "");
    else if (status == BAD_INPUT)
        status = OK; /* it is the scenario's own, which is told for itself */
    faults_free(&found);
    scenario_free(&scenario);
    return status;
}

static int
check_all_between(struct design *design, struct faults *faults)
{
    int status = OK;

    if (design->asked.method == SAMPLE_METHODS)
        return OK;
    for (size_t f = 0; f < design->factors && status != NO_MEMORY; f++) {
        int one = check_between(design, f, faults);
        status = one != OK ? one : status;
    }
    return status;
}

/* All but what the scenario says. */
static int
read_points(struct design *design, const struct scenario_source *from, struct faults *faults,
            struct error *err)
{
    *design = (struct design){0};
    int status = design_file_read(&design->asked, &design->tree, from, faults);

    /* What is wrong with factors is told with the rest. */
    if (status == OK || status == BAD_INPUT) {
        int factors = read_factors(design);
        status = status == OK ? factors : status;
    }
    if (status == OK)
        status =
            design->asked.method == SAMPLE_METHODS ? read_list(design) : make_sample(design, err);
    return status == NO_MEMORY ? error_set(err, NO_MEMORY, "no memory for the points") : status;
}

int
design_read(struct design *design, const char *path, bool allow_outside, struct faults *faults,
            struct error *err)
{
    const struct scenario_source from = {.file = path, .allow_outside = allow_outside};
    int status = read_points(design, &from, faults, err);

    design->scenario = status == OK ? scenario_path(path, design->asked.scenario) : NULL;
    if (status == OK && design->scenario == NULL)
        status = error_set(err, NO_MEMORY, "no memory for the points");
    design->from =
        (struct scenario_source){.file = design->scenario, .allow_outside = allow_outside};
    if (status == OK)
        status = check_what_is_kept(design, faults);
    if (status == OK)
        status = read_base(design, faults);
    if (status == OK)
        status = check_all_between(design, faults);
    if (status == OK)
        status = look_at_first(design, faults);
    faults_sort(faults);
    return status;
}

/* The texts of the design in STORE, at most MOST; how many there are. */
static size_t
texts_within(const struct store *store, struct scenario_text *text, size_t most)
{
    char entry[64];
    size_t count = 0;

    for (; count < most; count++) {
        snprintf(entry, sizeof entry, "design_%zu", count + 1);
        const char *found = store_provenance(store, entry);
        snprintf(entry, sizeof entry, "design_%zu_name", count + 1);
        const char *name = store_provenance(store, entry);
        if (found == NULL || name == NULL)
            break;
        text[count] = (struct scenario_text){name, found, strlen(found)};
    }
    return count;
}

int
design_within(struct design *design, const struct store *store, int64_t seed, struct faults *faults,
              struct error *err)
{
    struct scenario_text text[DESIGN_MOST_TEXTS];
    const char *replications = store_provenance(store, "point_replications");
    struct scenario_source from = {.text = text,
                                   .texts = texts_within(store, text, DESIGN_MOST_TEXTS),
                                   .allow_outside = true,
                                   .no_files = true};

    *design = (struct design){0};
    if (from.texts == 0 || replications == NULL)
        return error_set(err, BAD_INPUT, "the design is not in the file");
    from.file = text[0].name;
    int status = read_points(design, &from, faults, err);
    design->seed = (uint64_t)seed;
    design->replications = strtoull(replications, NULL, 10);
    return status;
}

void
design_free(struct design *design)
{
    sample_free(&design->sample);
    free(design->factor);
    free(design->cell);
    free(design->scenario);
    free(design->text);
    scenario_free(&design->first);
    scenario_free(&design->base);
    tree_free(&design->tree);
}

double
design_quantile(const struct design *design, size_t point, size_t factor)
{
    const struct sample *sample = &design->sample;
    size_t at = point * design->factors + factor;

    return sample->level != NULL && design->factor[factor].kind == FACTOR_DISTRIBUTION
               ? (sample->level[at] + 0.5) / (double)design->asked.levels
               : sample->u[at];
}

const char *
design_value(const struct design *design, size_t point, size_t factor, char text[FACTOR_TEXT])
{
    size_t at = point * design->factors + factor;

    if (design->cell != NULL)
        snprintf(text, FACTOR_TEXT, "%s", design->cell[at]->text);
    else if (sample_methods[design->asked.method].takes_values)
        return factor_write_level(&design->factor[factor], (size_t)design->sample.level[at], text);
    else
        return factor_write(&design->factor[factor], design_quantile(design, point, factor), text);
    return text;
}

uint64_t
design_seed(const struct design *design, size_t point)
{
    struct stream stream;

    if (design->asked.seeds == DESIGN_COMMON)
        return design->seed;
    stream_open(&stream, design->seed, 0, 0,
                (struct stream_name){stream_text_name("seed of a point"), point}, 0);
    return stream_next(&stream) >> 12;
}

char *
design_lines(const struct design *design, size_t point)
{
    size_t size = 1, used = 0;
    char value[FACTOR_TEXT];

    for (size_t f = 0; f < design->factors; f++)
        size += 1 + factor_line(&design->factor[f], design_value(design, point, f, value), NULL, 0);
    char *lines = malloc(size);
    for (size_t f = 0; f < design->factors && lines != NULL; f++) {
        size_t length = factor_line(&design->factor[f], design_value(design, point, f, value),
                                    lines + used, size - used);
        if (length == 0)
            continue;
        used += length;
        lines[used++] = '\n';
    }
    if (lines != NULL)
        lines[used] = '\0';
    return lines;
}

int
design_scenario(const struct design *design, size_t point, struct scenario *scenario,
                struct faults *faults)
{
    int status = read_scenario(design, point, scenario, faults);

    if (status != OK)
        return status;
    scenario->seed = (int64_t)design_seed(design, point);
    if (scenario->world != NULL)
        scenario->world->seed = scenario->seed;
    scenario->keep = design->asked.record;
    return OK;
}
