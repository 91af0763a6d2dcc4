#ifndef MODELS_SCENARIO_NODE_H
#define MODELS_SCENARIO_NODE_H
/* A scenario's text as a tree in which every value knows where it stands. Where it comes from is
 * load.h's and source.h's; overlay.c lays one over another. The reader sees one tree and knows no
 * file. */

#include "faults.h"

#include "sim/base/error.h"
#include "sim/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct draws;
struct formula;
struct grades;
struct mark;
struct scenario_source;
struct tree_file;

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct position at;
    const char *text;  /* of a scalar */
    bool faulty;       /* the reader found a fault in it */
    bool unread;       /* it stands for what could not be read, whose fault has been said */
    bool table_row;    /* it comes from a table, whose heading its keys are */
    int height;        /* levels below it */
    size_t weight;     /* nodes that it stands for, itself among them */
    struct node *rows; /* of {csv: FILE}, once they are read */
    size_t count;
    struct node **key;             /* of a map: scalars */
    struct node **child;           /* of a list or a map */
    const struct formula *formula; /* of a scalar: how it follows from what is drawn (formula.h) */
    const struct mark *mark;       /* the path that changed it; NULL: as read (edit_node.h) */
    const struct node *copy_of; /* the item with `copies` that this one was made of; NULL: none */
};

/* A file as it was read; kept for the result's provenance. */
struct source {
    char *name; /* from the scenario's folder (with overlays: their common one), so that no two are
                 * the same; "--set": the command line
                 */
    char *text;
    size_t size;
    bool over; /* an overlay that the command line lays over the scenario */
};

/* How paths of files begin that are typed so, and how their names do. */
struct source_folder {
    const char *typed, *name; /* with a slash at the end, or ""; NULL: there is none */
};

/* Owns everything that nodes point to. */
struct tree {
    struct node *root;
    struct source *source;
    size_t sources, bytes;
    size_t source_room, nodes;
    struct arena memory;
    struct node *world; /* the scenario that the stock comes from; NULL: root (overlay.c) */
    struct node **law;  /* [laws + 1][laws + 1]: the scenario under its laws (overlay.h) */
    size_t laws;
    struct draws *draws;     /* that are made for each replication (uncertain.h) */
    struct grades *grades;   /* where its numbers come from (grades.h) */
    struct tree_file *files; /* which lies over which (source.h) */
    unsigned layers;         /* changes laid over one another so far */
    char top[4096];          /* the folder that files must lie in */
    const char *folder;      /* that names are told from: the scenario's, or one above; "": here */
    struct source_folder own_folder, over_folder; /* of the scenario, of the overlay being read */
    size_t common; /* bytes of the real path of the folder that names are told from */
    bool over;     /* what is read is of an overlay that the command line names */
    const struct scenario_source *from; /* while it is read (source.h) */
    bool no_memory;                     /* something is missing from the tree for want of it */
    bool environment;                   /* a file could not be read that is there */
    bool incomplete; /* a part could not be read: what is missing may stand there */
    struct faults *faults;
};

#define TREE_MOST_NODES    ((size_t)4 << 20) /* all of it, aliases counted each time */
#define TREE_MOST_DEPTH    32
#define MOST_LAWS          12 /* each with those before it is a scenario of its own */
#define TREE_MOST_EXTENDS  8
#define TABLE_MOST_COLUMNS 1000

/* Give back all that TREE owns. */
void tree_free(struct tree *tree);

/* Where NODE stands; NULL: nowhere. */
struct position node_at(const struct node *node);

/* The value of KEY in a map, or NULL. */
const struct node *node_find(const struct node *map, const char *key);

/* The text of KEY in a map; NULL: there is none, or MAP is no map. */
const char *node_text(const struct node *map, const char *key);

/* Where the value of KEY in MAP stands; MAP itself where it is not written. */
const struct node *node_where(const struct node *map, const char *key);

/* Whether the reader found a fault in the value of KEY in MAP. */
bool node_faulty(const struct node *map, const char *key);

/* A new node, with LENGTH bytes of TEXT where it is a scalar; NULL: no memory. */
MUST_CHECK struct node *tree_node(struct tree *tree, enum node_kind kind, struct position at,
                                  const char *text, size_t length);

/* Add CHILD to a list, or to a map under KEY; false: no memory. */
MUST_CHECK bool tree_add_child(struct tree *tree, struct node *parent, struct node *key,
                               struct node *child);

/* A copy of TEXT that lives as long as the tree. */
const char *tree_keep_text(struct tree *tree, const char *text);

/* Memory that lives as long as the tree; zeroed; NULL: none. */
MUST_CHECK void *tree_allocate(struct tree *tree, size_t size);

#endif
