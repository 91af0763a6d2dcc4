#ifndef SIM_LIBRARIES_H
#define SIM_LIBRARIES_H
/* The libraries that a result is made with, and their versions as they run. */

#include <stddef.h>

struct library {
    const char *name;
    char version[32];
};

#define LIBRARIES 7

/* Fill LIBRARY, a row for each. */
void libraries_list(struct library library[LIBRARIES]);

#endif
