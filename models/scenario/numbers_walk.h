#ifndef MODELS_SCENARIO_NUMBERS_WALK_H
#define MODELS_SCENARIO_NUMBERS_WALK_H
/* On the way down a scenario (numbers.c): where we are, which entries of `sources` go along, and
 * the rows of what is found. */

#include "grades.h"
#include "items.h"

/* A value with its numbers; or (group) a map, whose rows follow it. */
struct number_row {
    const char *path;
    size_t numbers;           /* that it holds: of steps by date one for each date */
    size_t below;             /* rows that follow and belong to it; 0: a value */
    const struct node *value; /* as it is in the merged scenario */
    bool drawn;               /* it, or a part of it, is drawn for each replication */
    bool chosen;              /* how long, how often: no fact of the world, needs no source */
    bool one;                 /* of a group: all below have the same grade and text */
    enum grade grade;         /* GRADE_NONE: no source */
    const char *text;         /* of the source; NULL: none */
};

struct number_rows {
    struct number_row *row; /* a group before its rows */
    size_t count, room;
};

/* Are both from one source, or both without one? */
bool number_row_same_source(const struct number_row *left, const struct number_row *right);

/* Entries whose path has ended above cover all below. */
struct walk {
    struct tree *tree;
    struct items_index *index;
    struct number_rows *out; /* NULL: only where entries lead is looked at */
    bool loud;               /* a step that leads nowhere is a fault; the first one ends it */
    size_t errors;           /* before */
    const struct grade_entry **cover;
    size_t covers;
    char path[PATH_TEXT];
    size_t length; /* of path */
};

/* Entries whose paths lead to here and go on, with their step LEVEL. */
struct pending {
    struct grade_entry **entry;
    size_t count, level;
};

/* Whether there is no more to be done: no memory, or a loud walk has had its fault. */
bool walk_ended(const struct walk *w);

/* Put TEXT behind the path, with BEFORE between; what its length was, for walk_out. */
size_t walk_into(struct walk *w, const char *before, const char *text);
void walk_out(struct walk *w, size_t length);

/* Where faults of ENTRY stand. */
struct path_origin walk_origin(const struct walk *w, const struct grade_entry *entry);

/* Add a row of NUMBERS that stand in NODE; CHOSEN: a source is not asked for. */
void walk_add(struct walk *w, const struct node *node, size_t numbers, bool chosen);

/* Begin a group of what stands in NODE; its number, for walk_group_end, when all its rows are
 * there. A group without numbers is taken back. */
size_t walk_group_begin(struct walk *w, const struct node *node);
void walk_group_end(struct walk *w, size_t begun);

/* Those of PENDING whose step is the field or the class NAME. */
struct pending walk_follow(struct walk *w, struct pending pending, const char *name);

/* What ends here covers from here on; what goes on is left. */
struct pending walk_end_here(struct walk *w, struct pending pending);

#endif
