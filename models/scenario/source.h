#ifndef MODELS_SCENARIO_SOURCE_H
#define MODELS_SCENARIO_SOURCE_H
/* Where a scenario's texts come from: files, or memory. Each is named from the scenario's folder on
 * and kept for the result's provenance; a run's provenance, given as texts, reads the same again.
 */

#include "node.h"

#include "sim/base/error.h"

#define SOURCE_MOST_BYTES ((size_t)16 << 20) /* of a file */
#define SOURCE_MOST_ALL   ((size_t)64 << 20) /* of all files together */

/* The source that holds what --set says, a line of YAML for each. */
#define SOURCE_SET "--set"

/* A text in memory. NAME is its path from the scenario's folder on, as a source's: "main.yaml",
 * "tables/facilities.csv", "../base.yaml". */
struct scenario_text {
    const char *name, *text;
    size_t size; /* bytes of TEXT */
};

/* What is to be read. */
struct scenario_source {
    const char *file;        /* the scenario's path; faults begin with it */
    const char *const *over; /* paths of overlays, each of which extends FILE: laid over it in this
                                order, each as if it extended the one before */
    size_t overs;
    const char *const *set; /* lines 'PATH: VALUE' that are laid over it, as --set gives them */
    size_t sets;
    bool allow_outside; /* else the files it names lie in its folder or the one above */
    const struct scenario_text *text; /* these come before files */
    size_t texts;
    bool no_files; /* what is not among the texts is not there */
};

/* Begin a tree for FROM, which must stay until source_end; faults go to FAULTS. */
void source_begin(struct tree *tree, const struct scenario_source *from, struct faults *faults);

/* Note that what stands in FILE (the very text that its positions have) is of a scenario that DEPTH
 * others extend (below 0: of an overlay laid over it, -1 the first), or (IN is not NULL) of a table
 * that is named in the file IN. */
void source_note(struct tree *tree, const char *file, int depth, const char *in);

/* How high what stands in FILE lies: a file lies over those that it extends, with its tables, and
 * what --set says over all. */
int source_layer(const struct tree *tree, const char *file);

/* The files that are read from now on are those of the overlay at PATH, which the command line
 * names: it may lie anywhere, and what it names in its folder or the one above. NULL: they are the
 * scenario's own again. */
void source_enter(struct tree *tree, const char *path);

/* Is what ASKED names, seen from the file in which it stands, the file whose source_real is REAL?
 */
bool source_is(const struct tree *tree, const struct node *asked, const char *real);

/* All is read. */
void source_end(struct tree *tree);

/* What all ways to one file have in common, PATH_MAX bytes, of PATH; false: there is no such file,
 * and errno says why. */
MUST_CHECK bool source_real(const struct tree *tree, const char *path, char *real);

/* The path of the file that ASKED names, seen from the file in which ASKED stands, PATH_MAX bytes;
 * false (and a fault) when it may not be read. */
MUST_CHECK bool source_resolve(struct tree *tree, const struct node *asked, char *path);

/* The file at PATH, called NAME where ASKED names it (NULL: the command line does); NULL and a
 * fault: it cannot be read, or is too large. The tree owns it. */
MUST_CHECK struct source *source_read(struct tree *tree, const char *path, const char *name,
                                      const struct node *asked);

/* Keep TEXT, which is no file, as a source called NAME; NULL: no memory. */
MUST_CHECK struct source *source_add(struct tree *tree, const char *name, const char *text);

#endif
