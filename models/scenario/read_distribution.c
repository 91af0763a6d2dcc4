#include "read_distribution.h"

#include "read_histogram.h"

#include "sim/base/error.h"
#include "sim/engine/distribution.h"

#include <string.h>

#define MIXTURE_DEPTH 3

static bool read_one(const struct reading *r, const struct node *node, struct distribution *dist,
                     int depth);

static bool
read_parameters(const struct reading *r, const struct node *node,
                const struct distribution_form *form, double given[3])
{
    bool good = true;

    if (node->kind == NODE_SCALAR && form->parameters == 1)
        return read_parameter(r, node, form->parameter[0], &given[0]);
    if (node->kind != NODE_MAP) {
        reading_refuse(r, node, "a map of the distribution's parameters");
        return false;
    }
    for (unsigned p = 0; p < form->parameters; p++) {
        const struct node *value = node_find(node, form->parameter[p]);
        if (value == NULL) {
            faults_add(r->tree->faults, node_at(node), r->path, "%s needs %s", form->name,
                       form->parameter[p]);
            good = false;
        } else {
            good &= read_parameter(r, value, form->parameter[p], &given[p]);
        }
    }
    for (size_t i = 0; i < node->count; i++) {
        bool known = false;
        for (unsigned p = 0; p < form->parameters; p++)
            known |= strcmp(node->key[i]->text, form->parameter[p]) == 0;
        if (!known) {
            faults_add(r->tree->faults, node_at(node->key[i]), r->path,
                       "%s has no parameter '%.60s'", form->name, node->key[i]->text);
            good = false;
        }
    }
    return good;
}

static bool
read_quantiles(const struct reading *r, const struct node *node, struct distribution *dist)
{
    bool good = true;

    if (node->kind != NODE_MAP) {
        reading_refuse(r, node, "a map of quantiles and values, or a list of {value: , count: }");
        return false;
    }
    dist->quantile = reading_room(r, node, 2 * node->count, sizeof *dist->quantile);
    for (size_t i = 0; i < node->count && dist->quantile != NULL; i++) {
        good &= reading_number(r, node->key[i], FIELD_SHARE, 0, 1, &dist->quantile[2 * i]);
        good &= read_parameter(r, node->child[i], "value", &dist->quantile[2 * i + 1]);
    }
    dist->count = node->count;
    return good && dist->quantile != NULL;
}

static bool
read_parts(const struct reading *r, const struct node *node, struct distribution *dist, int depth)
{
    bool good = true;

    if (node->kind != NODE_LIST || node->count == 0 || depth >= MIXTURE_DEPTH) {
        reading_refuse(r, node,
                       depth >= MIXTURE_DEPTH ? "mixtures at most 3 deep"
                                              : "a list of {weight: , of: }");
        return false;
    }
    dist->part = reading_room(r, node, node->count, sizeof *dist->part);
    for (size_t i = 0; i < node->count && dist->part != NULL; i++) {
        const struct node *part = node->child[i];
        const struct node *weight = node_find(part, "weight"), *of = node_find(part, "of");
        if (weight == NULL || of == NULL || part->count != 2) {
            reading_refuse(r, part, "{weight: share, of: distribution}");
            good = false;
            continue;
        }
        good &= reading_number(r, weight, FIELD_SHARE, 0, 1, &dist->part[i].weight);
        good &= read_one(r, of, &dist->part[i].of, depth + 1);
    }
    dist->count = node->count;
    return good && dist->part != NULL;
}

static bool
read_one(const struct reading *r, const struct node *node, struct distribution *dist, int depth)
{
    const char *names[DIST_KINDS + 1] = {0};
    double given[3] = {0};
    struct error err = {0};

    if (node->kind != NODE_MAP || node->count != 1) {
        reading_refuse(r, node, field_type_text(FIELD_DISTRIBUTION));
        return false;
    }
    for (int i = 0; i < DIST_KINDS; i++)
        names[i] = distribution_forms[i].name;
    int kind = reading_word(r, node->key[0], names);
    if (kind < 0)
        return false;
    bool rows = kind == DIST_EMPIRICAL && node->child[0]->kind == NODE_LIST;
    if (rows)
        kind = DIST_MIXTURE;
    bool good = rows                     ? read_histogram(r, node->child[0], dist)
                : kind == DIST_EMPIRICAL ? read_quantiles(r, node->child[0], dist)
                : kind == DIST_MIXTURE
                    ? read_parts(r, node->child[0], dist, depth)
                    : read_parameters(r, node->child[0], &distribution_forms[kind], given);
    if (good && distribution_make(dist, (enum distribution_kind)kind, given, &err) != OK) {
        faults_add(r->tree->faults, node_at(node->child[0]), r->path, "%s", err.message);
        good = false;
    }
    return good;
}

void
read_distribution(const struct reading *r, const struct node *node, void *out)
{
    struct distribution **field = out, *dist = reading_room(r, node, 1, sizeof *dist);

    if (dist != NULL && read_one(r, node, dist, 0))
        *field = dist;
}
