#ifndef SIM_LAYOUT_H
#define SIM_LAYOUT_H
/* What a result holds, said without any file format: dimensions with their coordinates, and
 * variables over them. Every variable has the entries of the journal as its first dimension, which
 * is not listed: replications, or the points of a sweep. */

#include "sim/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LAYOUT_MOST_OF_REPLICATION 3 /* dimensions that a variable has in a replication */
#define LAYOUT_MOST_DIMENSIONS     4 /* and in a point, where replication is one of them */

/* Without labels and values it is a mere number of entries. */
struct layout_dimension {
    const char *name, *long_name;
    const char *standard_name; /* of CF's table, or NULL */
    const char *units;         /* of values; NULL: labels, or none */
    size_t size;
    const char **label;   /* [size], UTF-8; or */
    const int32_t *value; /* [size] */
    const char *bounds;   /* what its bounds are called: from each value to the next; NULL: none */
    const char *length;   /* and the lengths between them */
    int32_t end;          /* of the last entry, where there are bounds */
};

#define LAYOUT_ENTRY (-1) /* the first dimension of every variable */

/* What is said besides of the entries of a dimension. */
struct layout_auxiliary {
    const char *name, *long_name;
    int dimension;             /* an index of dimensions, or LAYOUT_ENTRY */
    const char **label;        /* of each entry; or */
    const double *number;      /* NaN where there is none */
    const char *standard_name; /* of CF's table, or NULL */
    const char *units;         /* of numbers */
};

enum layout_type {
    LAYOUT_FLOAT, /* 32-bit floating point */
    LAYOUT_COUNT, /* 64-bit whole number */
    LAYOUT_REAL,  /* 64-bit floating point */
    LAYOUT_TYPES
};

/* What is said of a variable: "units", "cell_methods" and others, as CF knows them, and the model's
 * own. They are written in their order; a text that is NULL is left out. */
struct layout_attribute {
    const char *name, *text;
};

struct layout_variable {
    const char *name;
    const struct layout_attribute *attribute; /* [attributes] */
    size_t attributes;
    enum layout_type type;
    int dimensions;
    int dimension[LAYOUT_MOST_DIMENSIONS]; /* indices of dimensions */
};

struct layout {
    struct arena arena; /* where its maker may keep what it is made of */
    bool of_points;     /* entries are points, and replication is the first that is listed */
    struct layout_dimension *dimension;
    size_t dimensions;
    struct layout_auxiliary *auxiliary;
    size_t auxiliaries;
    struct layout_variable *variable;
    size_t variables;
};

/* Bytes of a value, at most those of a double. */
static inline size_t
layout_value_size(enum layout_type type)
{
    return type == LAYOUT_FLOAT ? sizeof(float) : sizeof(int64_t);
}

/* Values of VARIABLE in one replication. */
static inline size_t
layout_count(const struct layout *layout, const struct layout_variable *variable)
{
    size_t count = 1;

    for (int i = 0; i < variable->dimensions; i++)
        count *= layout->dimension[variable->dimension[i]].size;
    return count;
}

/* COUNT values of TYPE as doubles in the same place, which has room for them. From the last to the
 * first: a double is no shorter than what it is made of. */
double *layout_doubles(enum layout_type type, void *values, size_t count);

/* Bytes of the largest variable in one replication; at least 1. */
static inline size_t
layout_most_bytes(const struct layout *layout)
{
    size_t most = 1;

    for (size_t v = 0; v < layout->variables; v++) {
        const struct layout_variable *variable = &layout->variable[v];
        size_t size = layout_count(layout, variable) * layout_value_size(variable->type);
        most = size > most ? size : most;
    }
    return most;
}

#endif
