#ifndef MODELS_SCENARIO_EDIT_PUT_H
#define MODELS_SCENARIO_EDIT_PUT_H
/* What happens at a path's end: a value set or changed, items added, something taken out. */

#include "edit_node.h"

/* Do what the batch of E does to the value of FIELD in SLOT. */
void edit_put(struct edit *e, struct node **slot, const struct field *field);

#endif
