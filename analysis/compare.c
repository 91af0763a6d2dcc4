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

static size_t
value_count(const struct store *store, size_t variable)
{
    size_t shape[LAYOUT_MOST_DIMENSIONS], count = 1;
    int rank = store_shape(store, variable, shape);

    for (int i = 0; i < rank; i++)
        count *= shape[i];
    return count;
}

/* Say where values differ first: "population[replication 3][812]: 13012.5 and 13012.25". */
static void
describe(struct difference *difference, const struct store *a, size_t variable,
         uint64_t replication, const uint32_t *left, const uint32_t *right, size_t count)
{
    size_t at = 0;
    float fa, fb;

    while (at < count && left[at] == right[at])
        at++;
    memcpy(&fa, &left[at], 4);
    memcpy(&fb, &right[at], 4);
    if (store_is_float(a, variable))
        snprintf(difference->first, sizeof difference->first,
                 "%s, replication %llu, value %zu: %.9g and %.9g", store_variable(a, variable),
                 (unsigned long long)replication, at, (double)fa, (double)fb);
    else
        snprintf(difference->first, sizeof difference->first,
                 "%s, replication %llu, value %zu: %d and %d", store_variable(a, variable),
                 (unsigned long long)replication, at, (int32_t)left[at], (int32_t)right[at]);
}

static int
compare_variable(struct store *a, struct store *b, size_t va, struct difference *difference,
                 struct error *err)
{
    size_t vb = store_find(b, store_variable(a, va)), count = value_count(a, va);
    uint32_t *left = malloc(4 * count + 4), *right = malloc(4 * count + 4);
    int status = left != NULL && right != NULL ? OK : NO_MEMORY;

    if (status != OK)
        error_set(err, status, "no memory to compare %s", store_variable(a, va));
    if (status == OK && (vb == SIZE_MAX || value_count(b, vb) != count)) {
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
        if (status == OK && memcmp(left, right, 4 * count) != 0) {
            describe(difference, a, va, store_replication(a, i), left, right, count);
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

int
results_compare(struct store *a, struct store *b, bool common, struct difference *difference,
                struct error *err)
{
    *difference = (struct difference){.variables = store_variables(a)};
    int status = compare_replications(a, b, common, difference);

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
