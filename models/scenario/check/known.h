#ifndef MODELS_SCENARIO_KNOWN_H
#define MODELS_SCENARIO_KNOWN_H
/* Names that a scenario gives to things, and references to them. */

#include "models/scenario/scenario.h"

/* Names that may be referred to, and what to call them in a message. */
struct known {
    const char *what;
    const char **name;
    size_t count;
    size_t *sorted; /* their numbers, by name */
    bool suspect;   /* one could not be read: a name that is not known may be that one */
};

/* COUNT names of what is called WHAT; SUSPECT where one of them could not be read. */
struct known known_names(struct scenario *scenario, const char *what, const char **name,
                         size_t count, bool suspect);

/* The names of a list of objects of SIZE, whose name is the member at OFFSET; LIST is the list's
 * path. A name given twice is a fault. */
struct known known_collect(struct scenario *scenario, const struct objects *objects, size_t size,
                           size_t offset, const char *what, const char *list);

/* The first that is called NAME; SIZE_MAX: none. */
size_t known_index(const struct known *known, const char *name);

/* NAME (NULL: nothing was said), which stands at NODE, must be one of KNOWN. */
void known_require(struct scenario *scenario, const struct node *node, const char *path,
                   const char *name, const struct known *known);

#endif
