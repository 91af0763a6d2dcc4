#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t
find_replication(const struct store *store, uint64_t replication)
{
    for (size_t i = 0; i < store_replications(store); i++)
        if (store_replication(store, i) == replication)
            return i;
    return SIZE_MAX;
}

/* Say where values differ first: "population, replication 3, value 812: 13012.5 and 13012.25". */
static void
describe(struct difference *difference, const struct store *a, size_t variable,
         uint64_t replication, const char *left, const char *right)
{
    bool is_float = store_is_float(a, variable);
    size_t size = is_float ? sizeof(float) : sizeof(int64_t), at = 0;
    float real[2];
    int64_t whole[2];
    char values[80];

    while (memcmp(left + at * size, right + at * size, size) == 0)
        at++;
    for (int side = 0; side < 2; side++) {
        memcpy(&real[side], (side == 0 ? left : right) + at * size, sizeof *real);
        if (!is_float)
            memcpy(&whole[side], (side == 0 ? left : right) + at * size, sizeof *whole);
    }
    if (is_float)
        snprintf(values, sizeof values, "%.9g and %.9g", (double)real[0], (double)real[1]);
    else
        snprintf(values, sizeof values, "%lld and %lld", (long long)whole[0], (long long)whole[1]);
    snprintf(difference->first, sizeof difference->first, "%s, replication %llu, value %zu: %s",
             store_variable(a, variable), (unsigned long long)replication, at, values);
}

static int
compare_variable(struct store *a, struct store *b, size_t va, struct difference *difference,
                 struct error *err)
{
    size_t vb = store_find(b, store_variable(a, va)), count = store_count(a, va);
    size_t size = count * (store_is_float(a, va) ? sizeof(float) : sizeof(int64_t));
    char *left = malloc(size + 1), *right = malloc(size + 1);
    int status = left != NULL && right != NULL ? OK : NO_MEMORY;

    if (status != OK)
        error_set(err, status, "no memory to compare %s", store_variable(a, va));
    bool alike = vb != SIZE_MAX && store_count(b, vb) == count &&
                 store_is_float(a, va) == store_is_float(b, vb);
    if (status == OK && !alike) {
        snprintf(difference->first, sizeof difference->first, "%s: %s", store_variable(a, va),
                 vb == SIZE_MAX ? "only in the first" : "another shape");
        status = DIFFERENT;
    }
    for (size_t i = 0; i < store_replications(a) && status == OK; i++) {
        size_t j = find_replication(b, store_replication(a, i));
        if (j == SIZE_MAX)
            continue;
        status = store_read(a, va, i, left, err);
        if (status == OK)
            status = store_read(b, vb, j, right, err);
        if (status == OK && memcmp(left, right, size) != 0) {
            describe(difference, a, va, store_replication(a, i), left, right);
            status = DIFFERENT;
        }
    }
    free(left);
    free(right);
    return status;
}

static int
compare_replications(const struct store *a, const struct store *b, bool common,
                     struct difference *difference)
{
    const struct store *side[] = {a, b};

    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < store_replications(side[s]); i++) {
            uint64_t replication = store_replication(side[s], i);
            bool both = find_replication(side[1 - s], replication) != SIZE_MAX;
            difference->replications += both && s == 0;
            if (!both && !common) {
                snprintf(difference->first, sizeof difference->first,
                         "replication %llu: only in "
                         "the %s",
                         (unsigned long long)replication, s == 0 ? "first" : "second");
                return DIFFERENT;
            }
        }
    if (difference->replications == 0) {
        snprintf(difference->first, sizeof difference->first, "no replication is in both");
        return DIFFERENT;
    }
    return OK;
}

static bool
has_coordinate(const struct store *store, const char *name)
{
    const char *other;

    for (size_t i = 0; (other = store_coordinate_name(store, i)) != NULL; i++)
        if (strcmp(name, other) == 0)
            return true;
    return false;
}

/* Both hold NAME: the same labels, or the same numbers? */
static bool
same_coordinate(struct store *a, struct store *b, const char *name)
{
    size_t sizes[2];
    const char *const *labels[2] = {store_labels(a, name, &sizes[0]),
                                    store_labels(b, name, &sizes[1])};
    bool same = sizes[0] == sizes[1];

    if (labels[0] != NULL && labels[1] != NULL) {
        for (size_t i = 0; i < sizes[0] && same; i++)
            same = strcmp(labels[0][i], labels[1][i]) == 0;
        return same;
    }
    const int32_t *numbers[2] = {store_coordinate(a, name, &sizes[0]),
                                 store_coordinate(b, name, &sizes[1])};
    return (labels[0] == NULL) == (labels[1] == NULL) && sizes[0] == sizes[1] &&
           (sizes[0] == 0 || memcmp(numbers[0], numbers[1], sizes[0] * sizeof **numbers) == 0);
}

/* Dates, labels and what belongs to them; a result of 0.1.0 has fewer of them. */
static int
compare_coordinates(struct store *a, struct store *b, struct difference *difference)
{
    struct store *side[] = {a, b};
    const char *name;

    for (int s = 0; s < 2; s++)
        for (size_t i = 0; (name = store_coordinate_name(side[s], i)) != NULL; i++) {
            bool both = has_coordinate(side[1 - s], name);
            if (strcmp(name, "replication") == 0 || (both && same_coordinate(a, b, name)) ||
                (!both && store_format(a) != store_format(b)))
                continue;
            if (both)
                snprintf(difference->first, sizeof difference->first, "%s: other labels or numbers",
                         name);
            else
                snprintf(difference->first, sizeof difference->first, "%s: only in the %s", name,
                         s == 0 ? "first" : "second");
            return DIFFERENT;
        }
    return OK;
}

/* Name the inputs that are not the same. */
static void
compare_inputs(struct store *a, struct store *b, struct difference *difference)
{
    struct store *side[] = {a, b};
    const char *name;
    bool input;

    for (int s = 0; s < 2; s++)
        for (size_t i = 0; (name = store_provenance_name(side[s], i, &input)) != NULL; i++) {
            const char *left = input ? store_provenance(a, name) : NULL;
            const char *right = input ? store_provenance(b, name) : NULL;
            size_t size = strlen(difference->inputs);
            if (!input || (left != NULL && right != NULL && (s == 1 || strcmp(left, right) == 0)))
                continue;
            snprintf(difference->inputs + size, sizeof difference->inputs - size, "%s%s",
                     size > 0 ? ", " : "", name);
        }
}

int
results_compare(struct store *a, struct store *b, bool common, struct difference *difference,
                struct error *err)
{
    *difference = (struct difference){.variables = store_variables(a)};
    int status = compare_replications(a, b, common, difference);

    if (status == OK)
        status = compare_coordinates(a, b, difference);
    if (store_format(a) > 1 && store_format(b) > 1)
        compare_inputs(a, b, difference);
    for (size_t v = 0; v < store_variables(a) && status == OK; v++)
        status = compare_variable(a, b, v, difference, err);
    for (size_t v = 0; v < store_variables(b) && status == OK; v++)
        if (store_find(a, store_variable(b, v)) == SIZE_MAX) {
            snprintf(difference->first, sizeof difference->first, "%s: only in the second",
                     store_variable(b, v));
            status = DIFFERENT;
        }
    return status;
}
