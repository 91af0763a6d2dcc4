#ifndef SIM_IDENTITY_H
#define SIM_IDENTITY_H
/* What a run is, so that nothing of another goes into its journal or its result: a text with a line
 * 'WORD VALUE' each, such as 'seed 3'. */

#include <stdbool.h>

#define IDENTITY_SIZE 1024 /* bytes that an identity has at most, with its zero */

struct identity_difference {
    char text[256]; /* "seed 3, and now 77"; of values that are digests "its scenario is not the
                       same" */
    bool of_build;  /* the same run otherwise, of a program that was built from another commit */
};

/* The first line in which OTHER differs from IDENTITY, which are not the same. BETWEEN stands
 * between their values, first that of OTHER: "and now". */
struct identity_difference identity_compare(const char *other, const char *identity,
                                            const char *between);

#endif
