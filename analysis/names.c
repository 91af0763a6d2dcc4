#include "names.h"

#include "selection.h"
#include "view.h"

#include "sim/base/array.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
add(struct names *names, const char *name)
{
    if (!array_room(names->name, names->room, names->count + 1))
        return false;
    names->name[names->count++] = name;
    return true;
}

/* By name; of the same name, where they stand in the list. */
static int
compare(const void *left, const void *right)
{
    const char *const *const *a = left, *const *const *b = right;
    int order = strcmp(**a, **b);

    return order != 0 ? order : (*a > *b) - (*a < *b);
}

/* Keep the first of each name, in the order of the list. */
static bool
keep_first(struct names *names)
{
    const char ***sorted = malloc((names->count + 1) * sizeof *sorted);
    size_t kept = 0;

    if (sorted == NULL)
        return false;
    for (size_t i = 0; i < names->count; i++)
        sorted[i] = &names->name[i];
    qsort(sorted, names->count, sizeof *sorted, compare);
    for (size_t i = names->count; i-- > 1;)
        if (strcmp(*sorted[i], *sorted[i - 1]) == 0)
            *sorted[i] = NULL;
    for (size_t i = 0; i < names->count; i++)
        if (names->name[i] != NULL)
            names->name[kept++] = names->name[i];
    names->count = kept;
    free(sorted);
    return true;
}

bool
names_add_series(struct names *names, const struct store *store)
{
    bool good = true;

    for (size_t v = 0; v < store_variables(store) && good; v++)
        good = add(names, view_base_name(store_variable(store, v)));
    return good && keep_first(names);
}

static bool
add_axis(struct names *names, const struct store_axis *axis)
{
    bool good = true;

    for (size_t i = 0; i < axis->size && good; i++)
        good = add(names, axis->label[i]);
    return good;
}

bool
names_add_labels(struct names *names, const struct store *store, const char *axis,
                 const char *series)
{
    size_t before = names->count;
    bool good = true;

    for (size_t v = 0; v < store_variables(store) && good; v++) {
        const struct store_variable *variable = store_variable(store, v);
        if (series != NULL && !selection_is_called(variable, series))
            continue;
        for (int i = 1; i < variable->axes && good; i++)
            if (axis == NULL || strcmp(variable->axis[i]->name, axis) == 0)
                good = add_axis(names, variable->axis[i]);
        if (axis != NULL && names->count > before)
            break; /* the others have the same */
    }
    return good && keep_first(names);
}

bool
names_add_places(struct names *names, const struct store *store)
{
    return names_add_labels(names, store, "region", NULL) &&
           names_add_labels(names, store, "facility", NULL);
}

bool
names_have(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcasecmp(names->name[i], name) == 0)
            return true;
    return false;
}

void
names_free(struct names *names)
{
    free(names->name);
    *names = (struct names){0};
}
