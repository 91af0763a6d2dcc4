#ifndef MODELS_SCENARIO_PATH_H
#define MODELS_SCENARIO_PATH_H
/* Paths such as intake[arrested,north].rate: fields joined by dots, and in brackets the key of a
 * list's item. A part of a key may name its field, [region=north]; a part or a field that holds one
 * of . [ ] , = " stands between double quotes, a quote inside written twice. [*] is every item. */

#include "fields.h"
#include "node.h"

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

/* Take the text of NODE apart; false and a fault at NODE: it is no path. */
bool path_parse(struct tree *tree, const struct node *node, struct path *path);

/* The fields by which a list of TYPE names its items, in the order of a key; ends in NULL. */
const char *const *path_key(const struct record_type *type);

/* Write the key of ITEM as a path would, such as [arrested,north]. */
void path_write_key(const struct node *item, const struct record_type *type, char *text,
                    size_t size);

#endif
