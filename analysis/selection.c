#include "selection.h"

#include <stdint.h>
#include <string.h>

bool
selection_is_called(const struct store_variable *variable, const char *series)
{
    return strcmp(variable->name, series) == 0 || strcmp(view_base_name(variable), series) == 0;
}

const char *
selection_label(const struct store_axis *axis, const char *label)
{
    size_t length = strlen(axis->name);
    bool named = strncmp(label, axis->name, length) == 0 && label[length] == '=';

    if (view_label(axis, label) != SIZE_MAX)
        return label;
    return named && view_label(axis, label + length + 1) != SIZE_MAX ? label + length + 1 : NULL;
}

/* Pick LABEL in the first dimension that has it and is not picked yet; false: none has. */
static bool
pick_label(struct selection *selection, const char *label)
{
    for (int i = 0; i < selection->view.dimensions; i++) {
        if (selection->pick.of[i] >= 0)
            continue;
        const struct store_axis *axis = selection->view.dimension[i];
        const char *bare = selection_label(axis, label);
        if (bare != NULL) {
            selection->pick.of[i] = (int)view_label(axis, bare);
            return true;
        }
    }
    return false;
}

bool
selection_of(struct selection *selection, const struct view *view, const char *const *label,
             size_t count)
{
    bool good = true;

    *selection = (struct selection){*view, {{VIEW_SUM_OVER, VIEW_SUM_OVER}}};
    for (size_t i = 0; i < count && good; i++)
        good = pick_label(selection, label[i]);
    return good;
}

/* Look for LABEL on axes that have it just so, or (EXACT is false) in any case. */
static const char *
find_axis(const struct view *view, size_t views, const char *series, const char *label, bool exact,
          const char **other)
{
    const char *axis = NULL;

    for (size_t v = 0; v < views; v++)
        for (int i = 0; i < view[v].dimensions; i++) {
            const struct store_axis *at = view[v].dimension[i];
            size_t index = view_label(at, label);
            if (index == SIZE_MAX || !selection_is_called(view[v].variable, series))
                continue;
            if (exact && strcmp(label, at->label[index]) != 0)
                continue;
            if (axis == NULL)
                axis = at->name;
            else if (strcmp(axis, at->name) != 0)
                *other = at->name;
        }
    return axis;
}

const char *
selection_axis(const struct view *view, size_t views, const char *series, const char *label,
               const char **other)
{
    *other = NULL;
    const char *axis = find_axis(view, views, series, label, true, other);
    return axis != NULL ? axis : find_axis(view, views, series, label, false, other);
}

bool
selection_on(struct selection *selection, const struct view *view, const char *const *label,
             const char *const *axis, size_t count)
{
    *selection = (struct selection){*view, {{VIEW_SUM_OVER, VIEW_SUM_OVER}}};
    for (size_t i = 0; i < count; i++) {
        size_t index = SIZE_MAX;
        for (int d = 0; d < view->dimensions && index == SIZE_MAX; d++) {
            if (strcmp(view->dimension[d]->name, axis[i]) != 0 || selection->pick.of[d] >= 0)
                continue;
            index = view_label(view->dimension[d], label[i]);
            if (index != SIZE_MAX)
                selection->pick.of[d] = (int)index;
        }
        if (index == SIZE_MAX)
            return false;
    }
    return true;
}

bool
selection_find(struct selection *selection, const struct store *store, const char *series,
               const char *const *label, size_t count)
{
    for (size_t v = 0; v < store_variables(store); v++) {
        struct view view = view_of(store, store_variable(store, v));
        if (selection_is_called(view.variable, series) &&
            selection_of(selection, &view, label, count))
            return true;
    }
    return false;
}

/* Do all dimensions that are summed over, but for EXCEPT, add up? */
static bool
others_add_up(const struct selection *selection, int except)
{
    for (int i = 0; i < selection->view.dimensions; i++)
        if (i != except && selection->pick.of[i] == VIEW_SUM_OVER &&
            !view_adds_up(&selection->view, i))
            return false;
    return true;
}

bool
selection_adds_up(const struct selection *selection)
{
    return others_add_up(selection, -1);
}

bool
selection_has_labels(const struct selection *selection, int dimension)
{
    return selection->pick.of[dimension] == VIEW_SUM_OVER && others_add_up(selection, dimension);
}
