#ifndef MODELS_SCENARIO_SOURCE_H
#define MODELS_SCENARIO_SOURCE_H
/* Where a scenario's texts come from: files, each named from the scenario's folder on and kept for
 * the result's provenance. */

#include "node.h"

#define SOURCE_MOST_BYTES ((size_t)16 << 20) /* of a file */
#define SOURCE_MOST_ALL   ((size_t)64 << 20) /* of all files together */

/* The source that holds what --set says, a line of YAML for each. */
#define SOURCE_SET "--set"

/* Begin a tree for FILE; faults go to FAULTS. A file must lie in the folder of FILE or the one
 * above, unless ALLOW_OUTSIDE. */
void source_begin(struct tree *tree, const char *file, bool allow_outside, struct faults *faults);

/* The path of the file that ASKED names, seen from the file in which ASKED stands, PATH_MAX bytes;
 * false (and a fault) when it may not be read. */
bool source_resolve(struct tree *tree, const struct node *asked, char *path);

/* The file at PATH, called NAME where ASKED names it (NULL: the command line does); NULL and a
 * fault: it cannot be read, or is too large. The tree owns it. */
struct source *source_read(struct tree *tree, const char *path, const char *name,
                           const struct node *asked);

/* Keep TEXT, which is no file, as a source called NAME; NULL: no memory. */
struct source *source_add(struct tree *tree, const char *name, const char *text);

#endif
