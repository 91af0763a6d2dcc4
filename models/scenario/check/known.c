#include "known.h"

#include "models/scenario/suggest.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH 256
#define LIST 512

/* Names that are missing come first. */
static int
by_name(const void *left, const void *right, void *names)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    const char *const *name = names;
    int text = strcmp(name[a] ? name[a] : "", name[b] ? name[b] : "");

    return text != 0 ? text : a < b ? -1 : a > b;
}

static void
known_sort(struct scenario *scenario, struct known *known)
{
    known->sorted = tree_allocate(&scenario->tree, known->count * sizeof *known->sorted);
    if (known->sorted == NULL)
        known->count = 0;
    for (size_t i = 0; i < known->count; i++) {
        known->sorted[i] = i;
        known->suspect |= known->name[i] == NULL;
    }
    if (known->count > 1)
        qsort_r(known->sorted, known->count, sizeof *known->sorted, by_name, known->name);
}

size_t
known_index(const struct known *known, const char *name)
{
    size_t low = 0, high = known->count;

    while (name != NULL && low < high) {
        size_t middle = low + (high - low) / 2;
        const char *other = known->name[known->sorted[middle]];
        if (strcmp(other ? other : "", name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (name == NULL || low >= known->count)
        return SIZE_MAX;
    const char *found = known->name[known->sorted[low]];
    return found != NULL && strcmp(found, name) == 0 ? known->sorted[low] : SIZE_MAX;
}

void
known_require(struct scenario *scenario, const struct node *node, const char *path,
              const char *name, const struct known *known)
{
    if (name == NULL || known->count == 0 || known->suspect || known_index(known, name) != SIZE_MAX)
        return; /* where nothing is known, that has been said already */
    bool many = faults_many(scenario_faults(scenario));
    const char *near = many ? NULL : suggest(name, known->name, known->count);
    char all[LIST] = "";

    if (near == NULL && !many)
        suggest_all(known->name, known->count, all, sizeof all);
    if (near != NULL)
        faults_add(scenario_faults(scenario), node_at(node), path,
                   "no %s is called '%.60s'; did you mean '%s'?", known->what, name, near);
    else
        faults_add(scenario_faults(scenario), node_at(node), path, "no %s is called '%.60s'%s",
                   known->what, name, all);
}

struct known
known_names(struct scenario *scenario, const char *what, const char **name, size_t count,
            bool suspect)
{
    struct known known = {what, name, count, NULL, suspect};

    known_sort(scenario, &known);
    return known;
}

static const struct node *
item_node(const struct objects *objects, size_t size, size_t i)
{
    const struct node *node;

    memcpy(&node, (const char *)objects->item + i * size, sizeof node);
    return node;
}

struct known
known_collect(struct scenario *scenario, const struct objects *objects, size_t size, size_t offset,
              const char *what, const char *list)
{
    struct known known = {what, tree_allocate(&scenario->tree, objects->count * sizeof(char *)),
                          objects->count, NULL, false};

    if (known.name == NULL)
        known.count = 0;
    for (size_t i = 0; i < known.count; i++)
        memcpy(&known.name[i], (const char *)objects->item + i * size + offset, sizeof *known.name);
    known_sort(scenario, &known);
    for (size_t i = 1; i < known.count; i++) {
        const char *name = known.name[known.sorted[i]];
        const char *before = known.name[known.sorted[i - 1]];
        char path[PATH];
        if (name == NULL || before == NULL || strcmp(name, before) != 0)
            continue;
        snprintf(path, sizeof path, "%s[%zu].name", list, known.sorted[i]);
        faults_add(scenario_faults(scenario),
                   node_at(node_where(item_node(objects, size, known.sorted[i]), "name")), path,
                   "another %s is called '%.60s'", what, name);
    }
    return known;
}
