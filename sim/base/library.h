#ifndef SIM_LIBRARY_H
#define SIM_LIBRARY_H
/* A library that a result is made with, and its version as it runs. The module that stands between
 * a library and the rest says it: distribution_library, store_library and others. */

struct library {
    const char *name; /* stays */
    char version[32];
};

#endif
