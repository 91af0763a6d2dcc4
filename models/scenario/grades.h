#ifndef MODELS_SCENARIO_GRADES_H
#define MODELS_SCENARIO_GRADES_H
/* Where the numbers of a scenario come from: what `sources:` of its files says, a path with a grade
 * and a text each. Nothing of it reaches a run; numbers.h says which entry holds for which number.
 */

#include "path.h"

/* A is a published figure, B is derived from published figures, C is an assumption. */
enum grade { GRADE_NONE, GRADE_A, GRADE_B, GRADE_C, GRADES };

struct grade_entry {
    struct path path;
    const struct node *at; /* its path, as written */
    enum grade grade;
    const char *text;
    int layer;      /* of the file that it stands in (source_layer) */
    size_t length;  /* the longer of two paths that cover a number holds */
    size_t reaches; /* at how many places of its file's scenario the path ends */
};

/* The entries of all files, in the order in which they are read: those of a file below first. */
struct grades {
    struct grade_entry *entry;
    size_t count, room;
};

/* Read what a file's SOURCES says into the tree's grades, with a fault for each entry that is none
 * and for a path that the file names twice. */
void grades_read(struct tree *tree, const struct node *sources);

/* The grade that the text of an item's own `source` says: "B: ..." at its beginning, or "grade B"
 * anywhere; A where it says none. *REST is what follows a grade at the beginning, or all of it. */
enum grade grade_of_text(const char *text, const char **rest);

/* The length of a path of so many STEPS, with so many PARTS in its keys. */
static inline size_t
grade_length(size_t steps, size_t parts)
{
    return steps * (PATH_MOST_STEPS * PATH_MOST_PARTS + 1) + parts;
}

#endif
