#ifndef MODELS_SCENARIO_LOAD_H
#define MODELS_SCENARIO_LOAD_H
/* A scenario's files as a tree: YAML (document), in which {csv: FILE} is replaced by the list of
 * that file's rows (table). */

#include "node.h"

#include "sim/base/error.h"

/* The map in the file at PATH, called NAME where ASKED names it (NULL: the command line does), with
 * its tables; NULL and a fault: there is none. */
MUST_CHECK struct node *load_file(struct tree *tree, const char *path, const char *name,
                                  const struct node *asked);

/* The tree of TEXT, a value as a scenario would write it; NULL: it is not YAML. */
MUST_CHECK struct node *load_text(struct tree *tree, const char *label, const char *text);

/* The same of a text that begins at LINE of what LABEL names, with its tables. */
MUST_CHECK struct node *load_line(struct tree *tree, const char *label, int line, const char *text);

/* Which of COUNT FIELDs the map in the file at PATH has, the first of them; COUNT: none, or there
 * is no map. It says what kind of file it is. What comes through a pipe has none: it can be read
 * only once. */
size_t load_which(const char *path, const char *const *field, size_t count);

#endif
