#ifndef MODELS_SCENARIO_ITEMS_H
#define MODELS_SCENARIO_ITEMS_H
/* The items of a list that a step of a path names, such as those of intake[arrested,north]. Lists
 * are indexed by the fields of their keys, so that ten thousand paths into ten thousand items take
 * no time to speak of. */

#include "path.h"

/* Indexes of lists, made as they are asked for; NULL: none so far. Whoever changes which items a
 * list has, or what they are called, sets it back to NULL; an item that becomes NULL is passed
 * over. The tree owns the memory. */
struct items_index;

struct items {
    size_t *at; /* numbers of children, rising */
    size_t count;
};

/* The items of LIST, of TYPE, that STEP names; none: a fault has been said at ORIGIN. */
struct items items_find(const struct path_origin *origin, struct items_index **index,
                        const struct node *list, const struct object_type *type,
                        const struct path_step *step);

/* Whether an item of LIST has NAME as its FIELD. */
bool items_any(struct tree *tree, struct items_index **index, const struct node *list,
               const char *field, const char *name);

/* Whether an item of LIST other than ITEM has the name of ITEM as its FIELD, itself and not by the
 * name that it was made of. */
bool items_another(struct tree *tree, struct items_index **index, const struct node *list,
                   const char *field, const struct node *item);

#endif
