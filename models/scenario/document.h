#ifndef MODELS_SCENARIO_DOCUMENT_H
#define MODELS_SCENARIO_DOCUMENT_H
/* YAML 1.1 through libyaml: one document to a tree, with aliases, merge keys and every fault at its
 * place. */

#include "node.h"

#include "sim/base/error.h"

/* The tree of SIZE bytes of TEXT, which begin AT a place of a file. What follows the document is a
 * fault that says BEHIND. NULL and a fault: there is none. */
MUST_CHECK struct node *document_load(struct tree *tree, struct position at, const char *text,
                                      size_t size, const char *behind);

#endif
