#ifndef MODELS_SCENARIO_DOCUMENT_H
#define MODELS_SCENARIO_DOCUMENT_H
/* YAML 1.1 through libyaml: one document to a tree, with aliases, merge keys and every fault at its
 * position. */

#include "node.h"

#include "sim/base/error.h"
#include "sim/base/library.h"

/* Where a document stands. */
struct document {
    struct position at; /* of its first character */
    const char *text;
    size_t size;        /* bytes of it */
    const char *behind; /* the fault of what follows it */
    bool doubled;       /* each double quote of TEXT stands twice in the file: a cell of a table */
};

/* The tree of a document; NULL and a fault: there is none. */
MUST_CHECK struct node *document_load(struct tree *tree, const struct document *document);

/* libyaml, behind this module. */
struct library document_library(void);

#endif
