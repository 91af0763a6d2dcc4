#ifndef MODELS_SCENARIO_PATH_H
#define MODELS_SCENARIO_PATH_H
/* Paths such as intake[arrested,north].rate: fields joined by dots, and in brackets the key of a
 * list's item. A part of a key may name its field, [region=north]; a part or a field that holds one
 * of . [ ] , = " stands between double quotes, a quote inside written twice. [*] is every item. */

#include "models/scenario/fields/fields.h"
#include "node.h"

#include "sim/base/error.h"

#define PATH_TEXT       256 /* bytes of a path that is written */
#define PATH_MOST_STEPS 12
#define PATH_MOST_PARTS 6

struct path_part {
    const char *field; /* of the key; NULL: whichever holds it */
    const char *name;
    bool quoted;
};

struct path_step {
    bool key; /* in brackets */
    bool all; /* [*] */
    size_t parts;
    struct path_part part[PATH_MOST_PARTS];
    const char *rest; /* the text from here on, as written */
};

struct path {
    size_t steps;
    struct path_step step[PATH_MOST_STEPS];
};

/* Where a path that is followed comes from, for its faults. */
struct path_origin {
    struct tree *tree;
    const struct node *at;
    const char *label;  /* the path itself */
    const char *within; /* which tree, where it is not the scenario itself; or "" */
};

/* A fault at ORIGIN; none in a tree that is incomplete: what is not found may stand in what could
 * not be read. */
void path_refuse(const struct path_origin *origin, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "no facility is called 'Harren'; did you mean 'Haren'?": WHAT is not NAME, which may be one of
 * COUNT that are KNOWN (NULL where there is no name). */
void path_refuse_name(const struct path_origin *origin, const char *what, const char *name,
                      const char **known, size_t count);

/* Take the text of NODE apart; false and a fault at NODE: it is no path. */
MUST_CHECK bool path_parse(struct tree *tree, const struct node *node, struct path *path);

/* Write PATH in one spelling: parts of a key in the order of their names, without the names of
 * their fields, so that two ways to write a path are one. */
void path_write(const struct path *path, char *text, size_t size);

/* The fields by which a list of TYPE names its items, in the order of a key; ends in NULL. */
const char *const *path_key(const struct object_type *type);

/* Whether FIELD is one of those by which a list of TYPE names its items. */
bool path_key_has(const struct object_type *type, const char *field);

/* Write NAME as it stands in a path: between double quotes where it must, a quote inside twice.
 * Returns its length. */
size_t path_write_name(const char *name, char *text, size_t size);

/* Write the key of ITEM as a path would, such as [arrested,north]. */
void path_write_key(const struct node *item, const struct object_type *type, char *text,
                    size_t size);

#endif
