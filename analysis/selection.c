#include "selection.h"

#include <stdint.h>
#include <string.h>

bool
selection_is_called(const struct store_variable *variable, const char *series)
{
    return strcmp(variable->name, series) == 0 || strcmp(view_base_name(variable), series) == 0;
}

/* Pick LABEL in the first dimension that has it and is not picked yet; false: none has. */
static bool
pick_label(struct selection *selection, const char *label)
{
    for (int i = 0; i < selection->view.dimensions; i++) {
        if (selection->pick.of[i] >= 0)
            continue;
        size_t index = view_label(selection->view.dimension[i], label);
        if (index != SIZE_MAX) {
            selection->pick.of[i] = (int)index;
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
