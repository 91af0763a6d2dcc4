#ifndef MODELS_SCENARIO_FAULTS_H
#define MODELS_SCENARIO_FAULTS_H
/* What is wrong with a scenario: one line for each fault, all of them, in the order of the text. */

#include <stdbool.h>
#include <stddef.h>

/* Where something stands in a text; what FILE points to is not owned. */
struct position {
    const char *file;
    int line, column; /* from 1; 0: the file as a whole */
};

struct fault {
    struct position at;
    bool warning;
    size_t path; /* how much of the text is the field's path */
    char *text;
};

struct faults {
    bool no_memory; /* one could not be kept */
    struct fault *fault;
    size_t count, room;
    size_t errors;
    size_t left_out; /* errors that are counted and not kept */
};

/* No more are kept: nobody reads them, and a hostile file could have millions. */
#define FAULTS_MOST 1000

/* "file:line:column: error: PATH: text" is what a fault at AT prints as; no PATH: NULL. */
void faults_add(struct faults *faults, struct position at, const char *path, const char *format,
                ...) __attribute__((format(printf, 4, 5)));
void faults_warn(struct faults *faults, struct position at, const char *path, const char *format,
                 ...) __attribute__((format(printf, 4, 5)));

/* Whether there are so many that nobody needs help with the next one. */
bool faults_many(const struct faults *faults);

/* Sort by file, line and column. One position has one line for one fault, however often an alias or
 * a table's heading leads there. */
void faults_sort(struct faults *faults);

/* Write fault I as its line (no line end) into TEXT. */
void faults_line(const struct faults *faults, size_t i, char *text, size_t size);
void faults_free(struct faults *faults);

#endif
