#ifndef MODELS_SCENARIO_EDIT_NODE_H
#define MODELS_SCENARIO_EDIT_NODE_H
/* Nodes that paths change. Each is copied before its first change, since an anchor or the scenario
 * below may share it, and marked with the path, so that two paths that differ are noticed. */

#include "change.h"
#include "path.h"

enum operation { EDIT_SET, EDIT_ADD, EDIT_DROP };

struct items_index;

/* The changes that one file (or the command line) makes with one operation. */
struct edit_batch {
    struct tree *tree;
    enum operation operation;
    const char *within; /* for messages: which tree, where it is not the scenario itself; or "" */
    unsigned layer;
    const struct node *stock; /* of the scenario below, whose facilities must stay; NULL: none */
    struct items_index *index;
    struct edit_touched *touched; /* shares to be made to sum to 1, lists with gaps */
};

/* Which path made or changed a node, in which batch. */
struct mark {
    unsigned layer;
    bool whole; /* the node's value is what the path says; else a part of it was changed */
    enum change_kind kind;
    const struct node *path, *where; /* its text, and where that or a row of its value stands */
};

struct edit_touched {
    struct node *node;
    bool shares; /* else: children taken out leave gaps */
    const struct node *path;
    struct edit_touched *next;
};

/* One path on its way down the tree. */
struct edit {
    struct edit_batch *batch;
    struct path path;
    struct path_origin origin; /* where it is written, or the row of its value that is laid over */
    const struct node *value;  /* as written */
    struct mark *part;         /* of what is changed inside */
};

/* Remember that NODE has children to be closed up, or SHARES to be made to sum to 1. */
void edit_touch(struct edit *e, struct node *node, bool shares);

/* Whether another path of this batch has changed NODE, which is said. */
bool edit_in_conflict(const struct edit *e, const struct node *node);

/* The list or map in SLOT, to be changed in place; NULL: it is none, or set by another path. */
MUST_CHECK struct node *edit_own(struct edit *e, struct node **slot, enum node_kind kind);

/* The slot of KEY in MAP, made where it is missing; NULL: it is missing and is not to be made. */
MUST_CHECK struct node **edit_slot(struct edit *e, struct node *map, const char *key);

/* Say that an object of TYPE has no field NAME. */
void edit_refuse_field(const struct edit *e, const struct object_type *type, const char *name);

#endif
