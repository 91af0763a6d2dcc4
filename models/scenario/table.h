#ifndef MODELS_SCENARIO_TABLE_H
#define MODELS_SCENARIO_TABLE_H
/* A table beside the scenario: CSV through libcsv to a list of maps from heading to cell, each with
 * its position. */

#include "node.h"

#include "sim/base/error.h"
#include "sim/base/library.h"

/* The rows of SIZE bytes of TEXT; NULL and a fault: it is not such a table. */
MUST_CHECK struct node *table_load(struct tree *tree, const char *file, const char *text,
                                   size_t size);

/* libcsv, behind this module. */
struct library table_library(void);

#endif
