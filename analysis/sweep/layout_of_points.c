#include "layout_of_points.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What lies along point beside the factors. */
enum { OF_SEED, OF_LINES, BESIDE };

static bool
take_dimensions(struct layout *out, const struct layout *from, const struct design *design)
{
    size_t count = from->dimensions, replications = (size_t)design->replications;
    struct layout_dimension *dimension =
        arena_allocate(&out->arena, (count + 1) * sizeof *dimension);
    int32_t *number = arena_allocate(&out->arena, (replications + 1) * sizeof *number);

    if (dimension == NULL || number == NULL)
        return false;
    memcpy(dimension, from->dimension, count * sizeof *dimension);
    for (size_t r = 0; r < replications; r++)
        number[r] = (int32_t)r;
    dimension[count] = (struct layout_dimension){.name = "replication",
                                                 .long_name = "replication",
                                                 .standard_name = "realization",
                                                 .units = "1",
                                                 .size = replications,
                                                 .value = number};
    out->dimension = dimension;
    out->dimensions = count + 1;
    return true;
}

/* What lies along point is a coordinate of each variable, as CF says it: names between spaces, so
 * that a factor with a space in its name is left out. BEFORE: what there is already, or NULL. NULL:
 * no memory. */
static const char *
coordinates(struct layout *out, const struct design *design, const char *before)
{
    size_t size = (before != NULL ? strlen(before) : 0) + sizeof " seed";

    for (size_t f = 0; f < design->factors; f++)
        size += strlen(design->factor[f].name) + 1;
    char *text = arena_allocate(&out->arena, size);
    if (text == NULL)
        return NULL;
    size_t used = (size_t)snprintf(text, size, "%s%sseed", before != NULL ? before : "",
                                   before != NULL ? " " : "");
    for (size_t f = 0; f < design->factors; f++)
        if (strchr(design->factor[f].name, ' ') == NULL)
            used += (size_t)snprintf(text + used, size - used, " %s", design->factor[f].name);
    return text;
}

/* The attributes of FROM, with the coordinates along point. */
static bool
take_attributes(struct layout *out, const struct layout_variable *from, const struct design *design,
                struct layout_variable *to)
{
    struct layout_attribute *attribute =
        arena_allocate(&out->arena, (from->attributes + 1) * sizeof *attribute);
    size_t at = 0;

    if (attribute == NULL)
        return false;
    memcpy(attribute, from->attribute, from->attributes * sizeof *attribute);
    while (at < from->attributes && strcmp(attribute[at].name, "coordinates") != 0)
        at++;
    attribute[at] = (struct layout_attribute){
        "coordinates", coordinates(out, design, at < from->attributes ? attribute[at].text : NULL)};
    to->attribute = attribute;
    to->attributes = from->attributes + (at == from->attributes);
    return attribute[at].text != NULL;
}

/* Each variable of a replication runs over the replications first. */
static bool
take_variables(struct layout *out, const struct layout *from, const struct design *design)
{
    struct layout_variable *variable =
        arena_allocate(&out->arena, (from->variables + 1) * sizeof *variable);
    bool good = variable != NULL;

    for (size_t v = 0; v < from->variables && good; v++) {
        variable[v] = from->variable[v];
        for (int d = 0; d < from->variable[v].dimensions; d++)
            variable[v].dimension[d + 1] = from->variable[v].dimension[d];
        variable[v].dimension[0] = (int)from->dimensions;
        variable[v].dimensions++;
        good = take_attributes(out, &from->variable[v], design, &variable[v]);
    }
    out->variable = variable;
    out->variables = from->variables;
    return good;
}

/* Is NAME taken by a coordinate or a variable, or none that a data set may have? */
static bool
is_taken(const struct layout *layout, const char *name)
{
    static const char *const own[] = {"point", "seed", "set", "provenance", "replication"};
    bool taken = name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL;

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        taken |= strcmp(name, own[i]) == 0;
    for (size_t d = 0; d < layout->dimensions; d++)
        taken |=
            strcmp(name, layout->dimension[d].name) == 0 ||
            (layout->dimension[d].bounds != NULL &&
             strcmp(name, layout->dimension[d].bounds) == 0) ||
            (layout->dimension[d].length != NULL && strcmp(name, layout->dimension[d].length) == 0);
    for (size_t v = 0; v < layout->variables; v++)
        taken |= strcmp(name, layout->variable[v].name) == 0;
    for (size_t i = 0; i < layout->auxiliaries; i++)
        taken |= strcmp(name, layout->auxiliary[i].name) == 0;
    return taken;
}

/* The units of factor F's values, all the design's; NULL: there are several. Is one of them a word?
 */
static const char *
units_of_factor(const struct design *design, size_t f, bool *words)
{
    const char *units = NULL;
    char text[FACTOR_TEXT];
    bool same = true;

    *words = false;
    for (size_t p = 0; p < design->points && !*words; p++) {
        const char *one = factor_units(design_value(design, p, f, text));
        *words = one == NULL;
        same = same && (p == 0 || one == units);
        units = one;
    }
    return same ? units : NULL;
}

/* The values of factor F at the points of JOURNAL: numbers, or as they are written where one of all
 * the design's is a word. */
static bool
take_factor(struct layout *out, const struct design *design, const struct journal *journal,
            size_t f, struct layout_auxiliary *to)
{
    const struct factor *factor = &design->factor[f];
    double *number = arena_allocate(&out->arena, (journal->entries + 1) * sizeof *number);
    const char **label = arena_allocate(&out->arena, (journal->entries + 1) * sizeof *label);
    char text[FACTOR_TEXT];
    bool words;
    const char *units = units_of_factor(design, f, &words);

    if (number == NULL || label == NULL)
        return false;
    for (size_t i = 0; i < journal->entries; i++) {
        design_value(design, (size_t)journal->entry[i].replication, f, text);
        number[i] = factor_number(text);
        char *copy = words ? arena_allocate(&out->arena, strlen(text) + 1) : NULL;
        if (words && copy == NULL)
            return false;
        if (words)
            label[i] = memcpy(copy, text, strlen(text) + 1);
    }
    *to = (struct layout_auxiliary){.name = factor->name,
                                    .long_name =
                                        factor->path != NULL ? factor->path : "changes nothing",
                                    .dimension = LAYOUT_ENTRY,
                                    .label = words ? label : NULL,
                                    .number = words ? NULL : number,
                                    .units = words ? NULL : units};
    return true;
}

/* The seed of each point, and what is set there. */
static bool
take_beside(struct layout *out, const struct design *design, const struct journal *journal,
            struct layout_auxiliary *to)
{
    double *seed = arena_allocate(&out->arena, (journal->entries + 1) * sizeof *seed);
    const char **label = arena_allocate(&out->arena, (journal->entries + 1) * sizeof *label);

    if (seed == NULL || label == NULL)
        return false;
    for (size_t i = 0; i < journal->entries; i++) {
        size_t point = (size_t)journal->entry[i].replication;
        char *lines = design_lines(design, point);
        char *copy = lines != NULL ? arena_allocate(&out->arena, strlen(lines) + 1) : NULL;
        if (copy != NULL)
            label[i] = memcpy(copy, lines, strlen(lines) + 1);
        free(lines);
        if (copy == NULL)
            return false;
        seed[i] = (double)design_seed(design, point);
    }
    to[OF_SEED] = (struct layout_auxiliary){.name = "seed",
                                            .long_name = "seed of the point",
                                            .dimension = LAYOUT_ENTRY,
                                            .number = seed};
    to[OF_LINES] = (struct layout_auxiliary){.name = "set",
                                             .long_name = "what --set would say, a line each",
                                             .dimension = LAYOUT_ENTRY,
                                             .label = label};
    return true;
}

int
layout_check_factors(const struct layout *replication, const struct design *design,
                     struct error *err)
{
    for (size_t f = 0; f < design->factors; f++)
        if (is_taken(replication, design->factor[f].name))
            return error_set(err, BAD_INPUT,
                             "a factor cannot be called '%.80s' in the result, where that is "
                             "something else, or no name: give it another name",
                             design->factor[f].name);
    return OK;
}

int
layout_of_points(struct layout *out, const struct layout *replication, const struct design *design,
                 const struct journal *journal, struct error *err)
{
    size_t old = replication->auxiliaries;

    *out = (struct layout){.of_points = true};
    out->auxiliary =
        arena_allocate(&out->arena, (old + design->factors + BESIDE) * sizeof *out->auxiliary);
    bool good = out->auxiliary != NULL && take_dimensions(out, replication, design) &&
                take_variables(out, replication, design);
    if (good && old > 0)
        memcpy(out->auxiliary, replication->auxiliary, old * sizeof *out->auxiliary);
    out->auxiliaries = old;
    for (size_t f = 0; f < design->factors && good; f++) {
        good = take_factor(out, design, journal, f, &out->auxiliary[old + f]);
    }
    good = good && take_beside(out, design, journal, &out->auxiliary[old + design->factors]);
    out->auxiliaries = old + design->factors + BESIDE;
    return good ? OK : error_set(err, NO_MEMORY, "no memory for the points");
}

void
layout_of_points_free(struct layout *layout)
{
    arena_free(&layout->arena);
}

static bool
same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_dimension(const struct layout_dimension *a, const struct layout_dimension *b)
{
    bool same = same_text(a->name, b->name) && a->size == b->size &&
                (a->label == NULL) == (b->label == NULL) &&
                (a->value == NULL) == (b->value == NULL) && a->end == b->end;

    for (size_t i = 0; same && a->label != NULL && i < a->size; i++)
        same = strcmp(a->label[i], b->label[i]) == 0;
    for (size_t i = 0; same && a->value != NULL && i < a->size; i++)
        same = a->value[i] == b->value[i];
    return same;
}

static bool
same_variable(const struct layout_variable *a, const struct layout_variable *b)
{
    return same_text(a->name, b->name) && a->type == b->type && a->dimensions == b->dimensions &&
           memcmp(a->dimension, b->dimension, (size_t)a->dimensions * sizeof *a->dimension) == 0;
}

const char *
layout_difference(const struct layout *layout, const struct layout *other)
{
    for (size_t d = 0; d < layout->dimensions; d++)
        if (d >= other->dimensions || !same_dimension(&layout->dimension[d], &other->dimension[d]))
            return layout->dimension[d].name;
    for (size_t v = 0; v < layout->variables; v++)
        if (v >= other->variables || !same_variable(&layout->variable[v], &other->variable[v]))
            return layout->variable[v].name;
    return other->variables > layout->variables     ? other->variable[layout->variables].name
           : other->dimensions > layout->dimensions ? other->dimension[layout->dimensions].name
                                                    : NULL;
}
