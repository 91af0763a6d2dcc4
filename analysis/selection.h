#ifndef ANALYSIS_SELECTION_H
#define ANALYSIS_SELECTION_H
/* A reader names a series and labels of it: which variable is that, and which of its cells? */

#include "view.h"

#include <stdbool.h>
#include <stddef.h>

/* A variable with some of its dimensions picked; those that no label names are summed over. */
struct selection {
    struct view view;
    struct view_pick pick;
};

/* Is VARIABLE called SERIES, with or without its place in front? */
bool selection_is_called(const struct store_variable *variable, const char *series);

/* LABEL as AXIS has it: itself, or what stands behind "region=" where that names the axis; NULL:
 * the axis has it not. */
const char *selection_label(const struct store_axis *axis, const char *label);

/* Select from VIEW what COUNT labels name, each in another dimension and with the name of its axis
 * and a = in front or without. False: one is in none. */
MUST_CHECK bool selection_of(struct selection *selection, const struct view *view,
                             const char *const *label, size_t count);

/* The name of the axis on which variables of SERIES among VIEW [views] have LABEL, as it is written
 * or else in any case; NULL: on none. *OTHER: another that has it as well, so that the label alone
 * says too little; NULL: there is none. */
const char *selection_axis(const struct view *view, size_t views, const char *series,
                           const char *label, const char **other);

/* Select from VIEW what COUNT labels name, each on the AXIS of that name. False: it lacks one. */
MUST_CHECK bool selection_on(struct selection *selection, const struct view *view,
                             const char *const *label, const char *const *axis, size_t count);

/* Select from the first variable of SERIES that has all labels. False: there is none. */
MUST_CHECK bool selection_find(struct selection *selection, const struct store *store,
                               const char *series, const char *const *label, size_t count);

/* What of a selection makes sense to show: its sum over all that is not picked; and DIMENSION label
 * by label, the others summed over. */
bool selection_adds_up(const struct selection *selection);
bool selection_has_labels(const struct selection *selection, int dimension);

#endif
