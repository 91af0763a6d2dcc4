#ifndef ANALYSIS_LINES_H
#define ANALYSIS_LINES_H
/* A text that grows in memory. */

#include <stdbool.h>
#include <stddef.h>

struct lines {
    char *text; /* ends in a zero; NULL: nothing so far. free() gives it back */
    size_t size, room;
    bool lost; /* something is missing from it, for want of memory */
};

/* Put what printf would write at the end. */
void lines_put(struct lines *lines, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
